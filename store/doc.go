// Package store keeps everything Fineprint knows in one bbolt file: snapshots,
// texts, changes, decisions, records and the journal of all that happened.
//
// It is not for comparing texts (store/text/redline, store/detect) or judging
// decisions (store/review); it calls them and keeps what they say.
//
// # Short-lived opens
//
// bbolt locks the whole file for one process, so a Store holds no open file:
// every method opens, runs one transaction and closes. A second process waits a
// bounded time and is then told who holds the file. While a writer works, a
// note "<file>.holder" names it.
//
// # Files
//
//	<file>         the database
//	<file>.id      made with it: the store's identity. A missing, empty or
//	               truncated database beside one is refused, never started anew
//	<file>.holder  who is writing now; advisory
//	.<file>.compact  a copy in the making; what a crash left is overwritten
//
// A database is made as a temporary file, synced, renamed, and its folder
// synced. Before bbolt maps the file its size is checked against the newest
// valid meta page, because reading past a truncated file kills the process; and
// reads run with faults turned into ErrDamaged.
//
// # Values
//
// Integers in keys are big-endian, so that bbolt's order is ours. A sealed
// value is SHA-256(bucket ‖ 0 ‖ key ‖ payload) ‖ payload: reading checks it, so a flipped
// bit, or a value under another key, is ErrDamaged and never a wrong answer.
// Payloads are CBOR with integer keys, records JSON.
//
//	bucket    key                             value
//	meta      "schema" "prefix" "id"          plain: schema number, ID prefix, store identity
//	platform  slug                            sealed name
//	document  document                        sealed documentRow
//	docname   platform name 0 type            document; follows renames
//	version   document, seq(4)                sealed versionRow
//	origin    root[:8] commit(20) path[:4]    document, seq(4): what was imported
//	blob      blob                            content's SHA-256 ‖ checksum ‖ compressed, see blobValue
//	blobsha   SHA-256 of the content(32)      blob
//	snapshot  snapshot                        sealed snapshotRow
//	change    change                          sealed changeRow: the clause changes
//	row       change                          sealed queueRow: what a list shows
//	event     change, revision(4)             sealed terms.Event
//	record    record, revision(4)             sealed JSON of the frozen terms.Record
//	withdrawn record, revision(4)             journal entry that withdrew it
//	ofchange  change                          record(8): the record a change has; checked against its decisions
//	word      n(4)                            an interned string
//	wordid    SHA-256 of the string[:16]      n(4)
//	journal   entry                           link(32) ‖ entry, see journal.go
//	tracked   document                        sealed trackedRow: what is fetched from the web, and how that goes
//	draft     change, actor                   sealed terms.Draft: a summary in the making
//	desk      actor                           sealed: what the actor's desk finds again
//
// The buckets tracked, draft and desk came after the first databases of this
// schema; the next write makes them, and without them a database has no tracked
// documents, drafts and desks. The last two are not in the journal: nothing was
// decided yet.
//
// # Readings
//
// A text is of a page and of a way to read it: an extractor and selectors. Where
// the next text is read otherwise than the last good one, what differs may be our
// doing. So the last good bytes are read the new way first (Baseline,
// Capture.Reread): a technical version, from those very bytes, which can hide
// nothing. Where there are no bytes, as of an archive's texts, or the new
// selectors don't match them, two texts with the same visible words in the same
// order are a technical version, and anything else is queued as ever and says
// that the reading changed, too.
//
// A text that comes back within days is set apart until it has stayed
// (quarantine.go). The change that led away from it stays as it was judged, for
// its words were published, and says that it was taken back. It isn't folded
// sooner, while both come in turns: a new text that is being rolled out looks the
// same as one that few readers get.
//
// # Blobs
//
// Consecutive versions share nearly everything. A blob is the zstd-compressed
// difference to the previous blob of its document and kind (text or raw). Where
// more than chainLimit of them would have to be applied, or the difference is
// large, it is the difference to the chain's root: the last blob stored whole that
// another was built on. Where that is large too, it is whole. So reading any one
// applies at most chainLimit differences, a bad capture costs no whole copy of the
// good one after it, and whole ones are rare. Equal contents are stored once: a
// third of all real "changes" go back to a former text.
//
// # Size
//
// Buckets whose keys only grow are written with full pages; what else a large
// import leaves unused, Tidy gives back: it copies the database, compares the
// copy value by value, and renames it over the old one under its lock. A process
// that waited for the old one's lock sees that the path names another file now
// and opens that.
//
// # Lists
//
// A list of changes is made from the heads of their rows: the few fields that
// choosing and ordering need, read out of the sealed CBOR without decoding the
// rest, on all processors. Only what is shown is decoded in full. A row holds the
// change's likeness.Mark; rows from before there were marks have none, are alike
// to nothing and no precedents, until the change is detected again, which marks
// also what was decided on.
//
// # Decisions with reasons
//
//   - The journal has one entry for every version, decision, record and
//     withdrawal, chained by hash. Each entry's own digest is kept apart from
//     the chain, so that a Merkle tree over the digests can be added.
//   - Several changes decided on together are one transaction with an event each;
//     the events share a batch number, the first one's journal entry, so that
//     undo and redo find them again after a restart.
//   - What a second reader makes of a change is an event like any other; it is
//     theirs by who decided and the state it was decided in. The record names
//     both, and neither overwrites the other.
//   - A review is not stored: it is projected from its events each time, so it
//     can't disagree with them.
//   - A suspected bad capture is queued, folded under its reason, but the next
//     version is compared with the last good one. The same text twice in a row
//     is taken as settled.
//   - From the live web such a capture is quarantined instead: kept as a version,
//     queued by nobody, because it is fetched again soon and a wall is no change.
//     So is a text that goes back to a former one within days of leaving it (a
//     site that serves two versions in turns), until it has stayed; and a first
//     capture that is plainly no document.
//   - What a fetch got and how tracking its document goes are one transaction
//     (RecordFetch), so a killed fetch leaves both or neither. When is next due
//     is decided by the caller, who knows the schedule.
package store
