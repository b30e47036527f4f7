package kv

import (
	"slices"

	bolt "go.etcd.io/bbolt"
)

const (
	// Schema is the newest number of the layout that is read: of the buckets, their keys
	// and values.
	Schema = 7
	// FirstSchema is the oldest one, and that of a new database. It is raised by the first
	// write of a value that builds of before can't read, so that they say so.
	FirstSchema = 2
)

// The buckets of a database.
var (
	BucketMeta      = []byte("meta")
	BucketPlatform  = []byte("platform")
	BucketDocument  = []byte("document")
	BucketDocName   = []byte("docname")
	BucketVersion   = []byte("version")
	BucketOrigin    = []byte("origin")
	BucketBlob      = []byte("blob")
	BucketBlobSum   = []byte("blobsha")
	BucketSnapshot  = []byte("snapshot")
	BucketChange    = []byte("change")
	BucketRow       = []byte("row")
	BucketEvent     = []byte("event")
	BucketRecord    = []byte("record")
	BucketWithdrawn = []byte("withdrawn")
	BucketOfChange  = []byte("ofchange")
	BucketString    = []byte("word")
	BucketStringID  = []byte("wordid")
	BucketJournal   = []byte("journal")
	BucketTracked   = []byte("tracked")
	BucketDraft     = []byte("draft")
	BucketDesk      = []byte("desk")
	BucketRule      = []byte("rule")
	BucketStanding  = []byte("standing")
	BucketMemory    = []byte("memory")
	BucketSighting  = []byte("sighting")
	BucketSecret    = []byte("secret")

	BucketProvision      = []byte("provision")
	BucketProvisionWords = []byte("provisionwords")
	BucketRecordEvent    = []byte("recordevent")
	BucketRecordHead     = []byte("recordhead")
	BucketRecordIndex    = []byte("recordindex")
	BucketRecordStanding = []byte("recordstanding")
	BucketAnnotation     = []byte("annotation")
	BucketStated         = []byte("stated")
	BucketPlaybook       = []byte("playbook")
	BucketDeviation      = []byte("deviation")
	BucketTrained        = []byte("trained")
	BucketRankWords      = []byte("rankwords")
	BucketRankModel      = []byte("rankmodel")
	BucketRankParts      = []byte("rankparts")
	BucketAlertRule      = []byte("alertrule")
	BucketAlertMark      = []byte("alertmark")
	BucketOutbox         = []byte("outbox")
	BucketOutboxDue      = []byte("outboxdue")

	BucketIdentity      = []byte("identity")
	BucketIdentityRange = []byte("identityrange")
	BucketUpkeep        = []byte("upkeep")

	BucketTypeCorrection = []byte("typecorrection")
	BucketQuotes         = []byte("quotes")
	BucketClauseTypes    = []byte("clausetypes")
	BucketChangeTypes    = []byte("changetypes")
	BucketQuoteModel     = []byte("quotemodel")

	BucketDrafted        = []byte("drafted")
	BucketSearchDocument = []byte("searchdocument")
	BucketSearchSegment  = []byte("searchsegment")

	BucketSalvaged = []byte("salvaged")
)

var (
	firstBuckets = [][]byte{BucketMeta, BucketPlatform, BucketDocument, BucketDocName, BucketVersion, BucketOrigin,
		BucketBlob, BucketBlobSum,
		BucketSnapshot, BucketChange, BucketRow, BucketEvent, BucketRecord, BucketWithdrawn, BucketOfChange, BucketString,
		BucketStringID, BucketJournal}
	// laterBuckets came after the first databases of this schema: the first write
	// makes them, and until then they are read as empty.
	laterBuckets = [][]byte{BucketTracked, BucketDraft, BucketDesk, BucketRule, BucketStanding, BucketMemory,
		BucketSighting, BucketSecret, BucketProvision, BucketProvisionWords, BucketRecordEvent, BucketRecordHead,
		BucketRecordIndex, BucketRecordStanding, BucketAnnotation,
		BucketTrained, BucketRankWords, BucketRankModel, BucketRankParts,
		BucketAlertRule, BucketAlertMark, BucketOutbox, BucketOutboxDue,
		BucketIdentity,
		BucketIdentityRange,
		BucketUpkeep,
		BucketSearchDocument, BucketSearchSegment, BucketDrafted,
		BucketStated, BucketPlaybook, BucketDeviation,
		BucketTypeCorrection, BucketQuotes, BucketClauseTypes, BucketChangeTypes, BucketQuoteModel,
		BucketSalvaged,
	}
	// appended are the buckets whose keys only grow: their pages are filled before
	// the next one is begun.
	appended = [][]byte{BucketBlob, BucketSnapshot, BucketChange, BucketRow, BucketString, BucketJournal}
)

// derived are the buckets whose values are made from others: one that can't be read is as
// good as one that isn't made yet.
var derived = [][]byte{BucketMemory, BucketStanding, BucketRecordHead, BucketRecordStanding, BucketStated,
	BucketDeviation, BucketRankWords, BucketRankModel, BucketRankParts, BucketIdentity, BucketUpkeep,
	BucketClauseTypes, BucketChangeTypes, BucketQuoteModel, BucketDrafted, BucketSearchDocument, BucketSearchSegment}

func isDerived(bucket []byte) bool {
	return slices.ContainsFunc(derived, func(b []byte) bool { return string(b) == string(bucket) })
}

// Buckets lists the buckets that a database of this schema has.
func Buckets(tx *bolt.Tx) [][]byte {
	buckets := slices.Clone(firstBuckets)
	for _, b := range laterBuckets {
		if tx.Bucket(b) != nil {
			buckets = append(buckets, b)
		}
	}
	return buckets
}
