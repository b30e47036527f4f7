// Package pagesum keeps checksums of the pages of a database beside it, in "<file>.pages": the
// only way to tell a page that was replaced by another sound one, such as one of before.
//
// It is not for what is wrong inside of a page (store/kv/pagefile says that), and decides
// nothing: store/kv says when sums are made, compared, and what follows.
//
// # What there is
//
// One CRC-32C for each page of the file that a transaction leads to, those of large values and of
// the list of free pages among them; 0 for all others. A header names the store, the
// transaction and its meta page, which is kept as it is, and has a checksum over everything.
//
// # Invariants
//
//   - Sums are of one transaction, and say nothing of a file whose newest meta page is
//     another. What they are of is part of what is compared.
//   - A transaction never writes over a page that the one before leads to. So after a commit
//     [Sums.Advance] follows only what has no sum yet; what is below a page that has one is
//     as it was. What the new list of free pages names loses its sum first.
//   - They are written after the commit and not synced: what a crash leaves is older than the file or
//     torn, is seen by the header, and costs a walk over the file ([Build]).
//
// # Why one sum a page, not one a run of pages
//
// A run's length is in the header of its first page, which is what may be damaged. Sums of
// single pages are compared without believing anything in the file.
//
// # Why not bbolt's NoFreelistSync
//
// It keeps no list of free pages and makes it at each opening for writing, so that a damaged one
// does no harm. But the file is opened for every transaction here: measured, see store/kv.
// And it sees neither stale nor swapped pages.
package pagesum
