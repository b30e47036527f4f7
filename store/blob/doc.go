// Package blob stores contents: the bytes of snapshots and the texts made of them.
//
// It is not for what a content is or belongs to.
//
// Consecutive versions share nearly everything. A blob is the zstd-compressed
// difference to the previous blob of its document and kind (text or raw). Where
// more than chainLimit of them would have to be applied, or the difference is
// large, it is the difference to the chain's root: the last blob stored whole that
// another was built on. Where that is large too, it is whole. So reading any one
// applies at most chainLimit differences, a bad capture costs no whole copy of the
// good one after it, and whole ones are rare. Equal contents are stored once: a
// third of all real "changes" go back to a former text.
//
// Invariants: a blob's value has a checksum and the SHA-256 of its content, which
// [Read] checks; each difference is to a blob of one depth less, so that a ring of
// blobs is damage and no endless loop; what a [ChainEnd] plans follows from the
// contents alone, in whatever batches they come.
//
// The differences are our own (delta.go) because the general tools are slower by a
// factor of 14 to 45 on these texts.
package blob
