// Package head is the head of a journal outside of the database: the text of the file
// beside it, and the short form that exports carry. It is pure.
//
// It is for noticing what hashes inside of a file can't show, because they go where the
// file goes: an older copy under the same name, another store's database, a journal cut off
// at its end or chained anew. It is not for reading the journal (store/kv does, under the
// database's lock) nor for proving anything to an outsider: whoever can write the database
// can write the file beside it. An export that left the machine is what catches them.
//
// # The file
//
//	fineprint-head 1
//	store 3f0c…        the store's identity, 32 hexadecimal digits
//	entries 297        how many entries the journal has
//	link 9b1e…         of the last of them, 64 hexadecimal digits; it is chained to all before
//	transaction 412    of bbolt, with which that entry was written; for people, never compared:
//	                   compacting counts anew
//	written 2026-11-29T08:50:00Z
//	tool fineprint/0.1.0
//	sum 77aa…          SHA-256 of the lines above
//
// A line is a name, a space and a value. Lines of unknown names before "sum" are
// covered by it and else ignored: later builds may add some. What comes after the line
// "sum" is room for signatures over what is above: this build ignores it, and doesn't take it
// over when it writes the file anew, because it signed another head. Another number in
// the first line is another format, which is not read.
//
// It is written by a rename after each commit that added to the journal, and not synced: it
// may be behind the journal, never ahead of it. What is there instead (a link, a pipe, a
// folder, more than [MaxBytes]) is not read. A file that can't be read, or whose sum is
// wrong, counts as missing: the next commit writes it, and `fineprint check` says so until
// then. Refusing the database for it would protect from nobody, because who can edit it can
// also write a sound one.
//
// # The short form
//
//	fineprint-head:1:STORE:ENTRIES:LINK
//
// has no transaction, time or tool, so that equal stores give equal exports.
package head
