// Package watch fetches tracked documents and has them recorded: [Fetcher.Run] once,
// [Fetcher.Watch] as they fall due. The command line, the desk and the demo share
// it. [DryRun] fetches without recording, to see what a page changes by itself.
//
// It is not for taking in histories: that is package [fineprint/fetch/importer].
//
// Invariants:
//   - It knows the store only by the methods it needs ([Tracker], [Recorder]).
//   - Each document is recorded in a transaction of its own, as it arrives.
//   - A document that can't be fetched is a [Result]; an error is the store's.
//
// Before a page is compared with a text that was read otherwise, by another
// extractor or with other selectors, that text is read again from its own bytes
// (reread.go), and the page is asked for in full: a 304 would be an answer to
// another question. What a page says that was asked for with other headers, cookies
// and the like than the last good text is compared, and the change says so.
//
// A document is asked for in one language each time (asking.go), for a site that
// chooses by that would else turn from one to another. A server that says "not
// modified" is asked in full now and then, right after, and not believed any more
// when that shows a change (schedule.go).
package watch
