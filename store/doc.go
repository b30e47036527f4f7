// Package store keeps everything Fineprint knows in one bbolt file: snapshots,
// texts, changes, decisions, records and the journal of all that happened.
//
// It is a facade: a [Store] is made of what records captures (store/archive), takes
// decisions (store/ledger) and notes (store/notes), keeps what is tracked (store/track),
// lists (store/views), checks (store/check) and keeps what is derived up to date
// (store/insight/upkeep). Those build on the rows (store/rows), which document the
// stored format, on contents (store/blob), the log (store/journal) and the file
// (store/kv). Imports go down only.
//
// It is not for comparing texts (store/text/redline, store/detect) or judging
// decisions (store/review); the packages below it call them and keep what they
// return.
//
// Databases made by the last build of every schema are in testdata, with what that
// build read of them; see TestGoldenDatabaseOfEverySchemaReadsTheSame.
package store
