package salvage

import (
	"bytes"

	"fineprint/store/blob"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/rows"
)

// class is what may be done with the values of a bucket.
type class uint8

const (
	sealed   class = 1 << iota // a value is recognised by its seal
	lasting                    // none is ever written anew or deleted
	kept                       // an older copy is better than none
	derived                    // made again from the rest
	reserved                   // handled one by one
)

// classes are those of the buckets. What is not listed is sealed, and may be deleted.
var classes = map[string]class{
	string(kv.BucketMeta): reserved, string(kv.BucketOrigin): reserved,
	string(kv.BucketDocName): derived, string(kv.BucketBlobSum): derived, string(kv.BucketStringID): derived,
	string(kv.BucketWithdrawn): derived, string(kv.BucketOfChange): derived,

	string(kv.BucketBlob): sealed | lasting, string(kv.BucketJournal): sealed | lasting,
	string(kv.BucketString): sealed | lasting, string(kv.BucketSnapshot): sealed | lasting,
	string(kv.BucketVersion): sealed | lasting, string(kv.BucketEvent): sealed | lasting,
	string(kv.BucketRecord): sealed | lasting, string(kv.BucketProvision): sealed | lasting,
	string(kv.BucketRecordEvent): sealed | lasting, string(kv.BucketAnnotation): sealed | lasting,
	string(kv.BucketPlaybook): sealed | lasting, string(kv.BucketTrained): sealed | lasting,
	string(kv.BucketTypeCorrection): sealed | lasting, string(kv.BucketQuotes): sealed | lasting,
	string(kv.BucketPlatform): sealed | lasting, string(kv.BucketProvisionWords): sealed | lasting,
	string(kv.BucketIdentityRange): sealed | lasting,

	string(kv.BucketDocument): sealed | kept, string(kv.BucketChange): sealed | kept, string(kv.BucketRow): sealed | kept,
	string(kv.BucketTracked): sealed | kept, string(kv.BucketSecret): sealed | kept,

	string(kv.BucketStated): sealed | derived, string(kv.BucketDeviation): sealed | derived,
	string(kv.BucketRankWords): sealed | derived, string(kv.BucketRankModel): sealed | derived,
	string(kv.BucketRankParts): sealed | derived, string(kv.BucketUpkeep): sealed | derived,
	string(kv.BucketIdentity): sealed | derived, string(kv.BucketMemory): sealed | derived,
	string(kv.BucketClauseTypes): sealed | derived, string(kv.BucketChangeTypes): sealed | derived,
	string(kv.BucketQuoteModel): sealed | derived, string(kv.BucketSearchDocument): sealed | derived,
	string(kv.BucketSearchSegment): sealed | derived, string(kv.BucketStanding): sealed | derived,
	string(kv.BucketRecordHead): sealed | derived, string(kv.BucketRecordIndex): sealed | derived,
	string(kv.BucketRecordStanding): sealed | derived,
}

func classOf(bucket string) class {
	if c, ok := classes[bucket]; ok {
		return c
	}
	return sealed
}

// intact reports whether a value is one that was written under a key of a bucket.
func intact(bucket string, key, value []byte) bool {
	switch bucket {
	case string(kv.BucketBlob):
		if len(key) != 8 {
			return false
		}
		_, err := blob.Parse(kv.KeyNumber(key), value)
		return err == nil
	case string(kv.BucketJournal): // its link says whether it is; alone, that it can be read
		if len(key) != 8 || len(value) < 40 {
			return false
		}
		_, e, err := journal.Decode(value)
		return err == nil && e.Kind != 0 && len(e.Kind.String()) > 0
	}
	if classOf(bucket)&sealed == 0 {
		return shaped(bucket, key, value)
	}
	_, err := kv.Unseal([]byte(bucket), key, value)
	return err == nil
}

// shaped reports whether a value without a seal can be one of the bucket.
func shaped(bucket string, key, value []byte) bool {
	k, v := len(key), len(value)
	switch bucket {
	case string(kv.BucketMeta):
		return k < 64 && v < 256
	case string(kv.BucketOrigin):
		return k == 32 && v == 12
	case string(kv.BucketDocName):
		return v == 8 && bytes.IndexByte(key, 0) > 0
	case string(kv.BucketBlobSum):
		return k == 32 && v == 8
	case string(kv.BucketStringID):
		return k == 16 && v == 4
	case string(kv.BucketWithdrawn):
		return k == 12 && v == 8
	case string(kv.BucketOfChange):
		return k == 8 && v == 8
	}
	return false
}

// newer reports whether b is the later one of two copies of what is written again; false
// where nothing tells.
func newer(bucket string, a, b []byte) bool {
	switch bucket {
	case string(kv.BucketDocument):
		var x, y rows.Document
		if kv.DecodePayload(kv.BucketDocument, a[32:], &x) != nil || kv.DecodePayload(kv.BucketDocument, b[32:], &y) != nil {
			return false
		}
		if x.Versions != y.Versions {
			return y.Versions > x.Versions
		}
		if x.LastChange != y.LastChange {
			return y.LastChange > x.LastChange
		}
		return y.Seen > x.Seen
	case string(kv.BucketTracked):
		var x, y rows.Tracked
		if kv.DecodePayload(kv.BucketTracked, a[32:], &x) != nil || kv.DecodePayload(kv.BucketTracked, b[32:], &y) != nil {
			return false
		}
		return kv.SameEncoding(x.Setting, y.Setting) && y.Health.LastAttempt > x.Health.LastAttempt
	case string(kv.BucketRow):
		var x, y rows.Change
		if kv.DecodePayload(kv.BucketRow, a[32:], &x) != nil || kv.DecodePayload(kv.BucketRow, b[32:], &y) != nil {
			return false
		}
		return y.Algorithm > x.Algorithm
	}
	return false
}
