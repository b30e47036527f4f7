// Package archive takes captures in: it finds each one's document, lets
// store/detect/timeline decide what becomes of it, and writes the version, snapshot,
// change and journal entry that follow. It also detects again what is stored.
//
// It is not for deciding what a text means (store/detect) or what an analyst makes
// of it (store/ledger).
//
// Invariants: a batch of captures is one transaction; the same captures in other
// batches make the same store; what is known of a document between transactions is
// used again only while the row it was made from is still the stored one.
//
// # Readings
//
// A text is of a page and of a way to read it: an extractor and selectors. Where
// the next text is read otherwise than the last good one, what differs may be our
// doing. So the last good bytes are read the new way first ([Recorder.Baseline],
// model.Capture.Reread): a technical version, from those very bytes, which can hide
// nothing. Where there are no bytes, as of an archive's texts, or the new selectors
// don't match them, two texts with the same visible words in the same order are a
// technical version, and anything else is queued as ever, with a detail that the
// reading changed, too.
//
// A text that comes back within days is set apart until it has stayed. The change
// that led away from it stays as it was judged, for its words were published, and
// is marked as taken back (quarantine.go). It isn't folded sooner, while both come
// in turns: a new text that is being rolled out looks the same as one that few
// readers get.
//
// # Order
//
// A document's versions are numbered as they come in, and a number is never given anew,
// for records cite it; their order is that of their captures (rows.Chronology). A capture
// that is older than what is here is kept beside the versions (rows.Sighting), as is one
// that shows again what was there; then the document's captures are judged from the first
// on as if they had come in their order (ordering.go): one makes a version where it shows
// another text than the one before, a version that doesn't any more is a repeat. The
// changes found are the ones that the same captures make in any order, which
// TestAnyOrderOfImportGivesTheSame holds. A change between two versions that others came
// to lie between is superseded: it leaves the queue while nothing was begun on it, and
// else stays as it was decided, with what takes its place. What a git archive has older
// is judged once, when all of it is here ([Recorder.SettleArchive]); until then the
// document is marked. Captures of the same time keep the order in which they came, and
// what the live web shows comes last, whatever its clock says.
//
// # Decisions with reasons
//
//   - A suspected bad capture is queued, folded under its reason, but the next
//     version is compared with the last good one. The same text twice in a row
//     is taken as settled.
//   - Of a document that is let go of between transactions, what its next text is judged
//     by is kept in the database, so that coming back to it costs reading one text and
//     not eleven (rows.Memory). It is used only while it is of the document as it is,
//     and made again from the texts otherwise.
//   - From the live web such a capture is quarantined instead: kept as a version,
//     queued by nobody, because it is fetched again soon and an interstitial is no change.
//     So is a text that goes back to a former one within days of leaving it (a
//     site that serves two versions in turns), until it has stayed; and a first
//     capture that is plainly no document.
//
// Size: recording, detecting again and putting in order write the same rows by the same
// rules in one transaction; apart they would export the document's state to each other.
package archive
