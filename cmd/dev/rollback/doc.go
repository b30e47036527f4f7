// Package rollback makes the table of what happens when the database that is there is not the
// one that was there: older copies, other stores, journals that were cut or rewritten. Its
// test does each to a store, asks the program, and holds the answers against ROLLBACK.md,
// which it writes with -update.
//
// It is not for accidents to single bytes or pages: those are damage, and the fault
// harness's.
package rollback
