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
// Payloads are CBOR maps in its deterministic encoding, records JSON. The keys
// of a map are the small integers or names in the table below, which a test
// compares with the rows' tags; they and the JSON of records are never given
// another meaning. Databases of every schema are in testdata.
//
//	bucket    key                             value
//	meta      "schema" "prefix" "id"          plain: schema number, ID prefix, store identity
//	platform  slug                            sealed name
//	document  document                        sealed documentRow
//	docname   platform name 0 type            document; follows renames
//	version   document, seq(4)                sealed versionRow
//	origin    root[:8] commit(20) path[:4]    document, seq(4): what was imported
//	blob      blob                            content's SHA-256 ‖ checksum ‖ compressed, see blob.Value
//	blobsha   SHA-256 of the content(32)      blob
//	snapshot  snapshot                        sealed snapshotRow
//	change    change                          sealed changeRow: the clause changes
//	row       change                          sealed queueRow: what a list shows
//	event     change, revision(4)             sealed eventRow
//	record    record, revision(4)             sealed JSON of the frozen model.Record
//	withdrawn record, revision(4)             journal entry that withdrew it
//	ofchange  change                          record(8): the record a change has; checked against its decisions
//	word      n(4)                            an interned string
//	wordid    SHA-256 of the string[:16]      n(4)
//	journal   entry                           link(32) ‖ entry, see journal.go
//	tracked   document                        sealed trackedRow: what is fetched from the web, and how that goes
//	draft     change, actor                   sealed draftRow: a summary in the making
//	desk      actor                           sealed: what the actor's desk finds again
//
// The buckets tracked, draft and desk came after the first databases of this
// schema; the next write makes them, and without them a database has no tracked
// documents, drafts and desks. The last two are not in the journal: nothing was
// decided yet.
//
// # Fields
//
// What is left out of a row is zero. Rows whose keys are names were first stored
// by the names that the command line prints; they no longer follow it.
//
//	documentRow     1 Slug, 2 Name, 3 Type, 4 Source, 5 CreatedAt, 6 Ended, 7 Versions, 8 Good,
//	                9 Suspect, 10 Text, 11 Raw, 12 LastSnapshot, 13 LastChange, 14 Overturned,
//	                15 Extractor
//	blob.ChainRow        1 End, 2 Root, 3 Depth
//	suspectRow      1 What, 2 Count, 3 Since, 4 Text
//	versionRow      1 Kind, 2 Failure, 3 CapturedAt, 4 RecordedAt, 5 Text, 6 TextBytes, 7 Snapshot,
//	                8 Extractor, 9 Suspect, 10 Origin, 11 TextSum
//	originIn        1 Method, 2 Tool, 3 URL, 4 Repo, 5 Root, 6 Commit, 7 Path, 8 Subject, 9 Engine,
//	                10 Locations, 11 Snapshots, 12 Web
//	snapshotRow     1 Document, 2 Blob, 3 Sum, 4 Bytes, 5 MediaType, 6 CapturedAt, 7 Origin
//	clauseRow       1 Kind, 2 Material, 3 Reason, 4 Detail, 5 Heading, 6 Old, 7 New, 8 Marks,
//	                9 OldPath
//	queueRow        1 Document, 2 From, 3 To, 4 DetectedAt, 5 Material, 6 Reason, 7 Detail,
//	                8 Severity, 9 Score, 10 Why, 11 Counts, 12 Algorithm, 13 Repo, 14 Alike,
//	                15 Sketch, 16 OtherReading, 17 TakenBack
//	refRow          1 Seq, 2 CapturedAt, 3 Sum, 4 Commit
//	eventRow        change, revision, entry, batch, at, actor, action, severity, confidence, basis,
//	                summary, note, reason, until
//	draftRow        change, actor, summary, at, base
//	trackedRow      1 Setting, 2 Health
//	trackedSetting  1 Source, 2 Every, 3 IgnoreRobots, 4 AddedAt, 5 AddedBy
//	healthRow       1 LastAttempt, 2 LastSuccess, 3 NextDue, 4 Last, 5 Status, 6 Failures,
//	                7 FailingSince, 8 Reason, 9 Quarantined, 10 ETag, 11 LastModified, 12 Extractor
//	sourceRow       url, select, remove, filters, browser, pdf, parts, warnings, repo, path
//	pageRow         url, select, remove, filters, browser, pdf
//	selectorRow     css, startBefore, startAfter, endBefore, endAfter
//	filterRow       name, args
//	journal.Entry    1 At, 2 Actor, 3 Kind, 4 Object, 5 Part, 6 Digest
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
// more than blob.ChainLimit of them would have to be applied, or the difference is
// large, it is the difference to the chain's root: the last blob stored whole that
// another was built on. Where that is large too, it is whole. So reading any one
// applies at most blob.ChainLimit differences, a bad capture costs no whole copy of the
// good one after it, and whole ones are rare. Equal contents are stored once: a
// third of all real "changes" go back to a former text.
//
// # Size
//
// Buckets whose keys only grow are written with full pages; what else a large
// import leaves unused, CompactIfWasteful gives back: it copies the database, compares the
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
