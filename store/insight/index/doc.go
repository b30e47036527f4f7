// Package index finds clauses by their words: an inverted index of every wording that a
// clause ever had, in the database that the texts are in.
//
// It is not for what is typed (store/insight/search), for how texts are cut into terms
// (store/insight/terms), for which clause is which (store/insight/identity), nor for
// showing what was found (store/insight/lookup).
//
// Invariants, tested on random texts and queries:
//   - A query finds a clause if and only if going over all its wordings would: one of
//     them, with the two nearest headings above it as it was first seen, has everything.
//   - In whatever batches the texts came, the same are found in the same order with the
//     same scores.
//   - All is written in the transaction that says so. A byte that is damaged is an error
//     that names what repairs it, never a shorter list.
//
// # How it is stored
//
// What is indexed is a unit: one wording of one clause. A document's [table] lists its
// texts, clauses and units, with the first and last text of each unit; it is replaced with
// every text that comes. The terms of units are in segments, which are written once: one
// for each transaction, merged when there are several of one size, as Lucene does, so that
// a fetch writes a few kilobytes and a posting is written again a few times at most.
//
//	searchdocument  document                  sealed, compressed table
//	searchsegment   0(8)                      sealed manifest: the segments
//	                segment, kind(1), n(4)    sealed, compressed: the header (kind 0), a block
//	                                          of terms (1), the places of its terms (2)
//
// A segment's header lists whose units it has, in runs; a document that is made again has
// another generation, by which its old units are known to be void until a merge leaves
// them out. Terms are sorted and in blocks, so that those with a prefix stand together.
//
// # Decisions with reasons
//
//   - Units are wordings, not clauses with the terms of all their wordings: so a query is
//     about one wording, what is left out is too, and what stands today can be told from
//     what stood. The wordings of a clause stand side by side, where a posting's distance
//     is 1 and compresses to little: on 313,000 wordings of 204,000 clauses all postings
//     take 6.6 MB.
//   - Places are stored, in blocks apart (8.6 MB there): a phrase is decided without
//     reading texts, of which a common one would take hundreds. Only the texts of the
//     page that is shown are read.
//   - Scores are BM25's, over units that are not void, counted exactly: segments and what
//     is void in them make no difference.
//   - All that match are counted, so no early end is possible: what can be saved is what is
//     done for each. Words are first brought together without lists or scores
//     (conjunction.go), and only what has all of them is scored; postings are decoded by the
//     chunk.
//   - A heading counts for the clauses under it, little: "You may opt out within 30 days"
//     is found by "arbitration opt-out" where it stands below that heading. The outermost
//     heading, which names the document, does not.
//   - Blocks are some 48 KB before they are compressed: half of that compresses a tenth
//     worse, and more would be read in vain for a rare term.
//
// Size: tables, segments, how those are merged and how queries read them share one layout
// that no other package should have to know.
package index
