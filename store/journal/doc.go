// Package journal is the append-only log of everything that happened in a store.
//
// It is not for what happened itself: an entry names its object and the digest of
// what was stored of it.
//
// Every version, decision, record and withdrawal has one entry, chained by hash:
// a value is link ‖ entry, and link is SHA-256(link before ‖ number ‖ entry), so
// that an edit after the fact shows. Each entry's own digest is kept apart from the
// chain, so that a Merkle tree over the digests can be added.
package journal
