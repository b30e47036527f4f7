// Package views reads lists and single things for those who show them: the queue,
// platforms, figures, documents and their texts, precedents, the history of a
// clause, what happened.
//
// It is not for words on a screen: it returns facts, and those who show them put
// them into words. It writes nothing.
//
// Invariants: a list is read in one transaction and never left out in part: what is
// damaged is an error. Lists are made from the heads of rows (store/rows), which a
// Reader keeps and brings in step by the seals of what is stored: every value is
// checked when it is read first, and read again once its seal is another, whoever
// wrote it. A damaged value that was read while it was whole is found by check, and so
// is one that is only counted (Stats).
//
// Size: every list is made from one listing that is kept in step, and what it can be
// asked for shares its heads.
package views
