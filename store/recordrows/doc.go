// Package recordrows is what is stored of provisions and of provision records: the IDs of
// clauses, the steps of writing a record, and by what records are found; and of the notes on
// changes and to whom those are assigned.
//
// It is not for deciding anything (store/ledger), nor for the records that approvals
// make (store/rows), whose package comment has the whole stored format with the tables of
// these rows.
//
// Invariants: a row's tags are explicit and of the stored format alone; every value is
// sealed; the steps of a record are read in their order, without a gap. Cards and what
// they are found by are made from the records and can be made again.
package recordrows
