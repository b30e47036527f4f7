// Package salvage reads whatever can be read of a damaged database into a new one.
//
// It is not for a database that is sound, which is read by store/kv, nor for backups
// (store/rescue). What belongs to what is stored is made again from it by the packages that
// make it; this one makes only the plain indexes.
//
// # How
//
// bbolt is not asked: the file is read page by page, each length and offset within bounds,
// no page twice, so that no damage can crash it, or keep it from ending. First the tree is
// followed from the newest meta page, or from the newest page that is like the root of one.
// Then every page that the tree does not reach is read as if it were a leaf. Values are
// recognised by their seals, which hold the name of their bucket and their key: what fits
// is what was written there once, byte for byte.
//
// The sums of the pages, which are kept beside the database (store/kv/pagesum), tell which
// pages count and which hold something else than what was written on them last. Where they
// are of the file's newest transaction, or of a newer one whose root is in the file:
//
//   - a page that differs by one bit gets it back, and one whose content lies in another
//     place is read from there: nothing of them is lost
//   - the root and the free pages are taken from them, whatever became of the meta pages
//   - a page on which everything fits, but that is not as it was written, holds what was on
//     it earlier: what may have changed since comes back, and is named
//
// # Invariants
//
//   - The damaged file is only read.
//   - A value of the tree is preferred to one beside it; one on a page that is not free to
//     one that is. What was deleted does not come back: from free pages is taken only what
//     is never deleted (versions, decisions, records, contents, the journal …), and an
//     older copy of a document or change where there is no other.
//   - Nothing is invented: no seal, link or journal entry is made for what is lost. Numbers
//     are never given anew: sequences go on after the last number that anything names.
//   - The new file is called .NAME.partial until it is whole.
//
// # What is lost
//
// Is listed in the new database (bucket salvaged), as the problems that checking it finds,
// and a journal entry tells of it; checking it later names these as notes. So what is lost
// stays known, and new damage is not hidden by it.
package salvage
