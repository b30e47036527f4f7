// Package check repeats every hash of a database and follows every reference.
//
// It is not for repairing: it changes nothing.
package check
