// Package track keeps which documents are fetched from the web, how, and how that
// goes.
//
// It is not for fetching or for the schedule: when a document is next due is
// decided by the caller of [Tracker.RecordFetch].
//
// Invariants: what a fetch got and how tracking its document goes are one
// transaction, so a killed fetch leaves both or neither; of two fetches at once the
// first to end counts; whatever is asked for is in the journal.
package track
