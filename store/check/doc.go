// Package check repeats every hash of a database and follows every reference.
//
// It is not for repairing: it changes nothing.
//
// It holds a few contents at a time and, until the journal was read, a digest of each
// version, decision and record.
package check
