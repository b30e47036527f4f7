package store

import (
	"bytes"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect/timeline"
	"fineprint/store/model"
)

// history is what the next capture of a document is judged by. It is kept between
// transactions with the rest of the document's state; what it holds follows from
// what is stored, so that loadHistory makes the same.
type history struct{ timeline.State }

// suspectRow is a timeline.Suspect as stored.
type suspectRow struct {
	What  string `cbor:"1,keyasint"`
	Count int    `cbor:"2,keyasint"`
	Since int64  `cbor:"3,keyasint"` // Unix nanoseconds
	Text  []byte `cbor:"4,keyasint"` // SHA-256 of the last one's text
}

// loadHistory reads a document's history: its last good versions, what the newest
// is if it is none, and the newest change.
func loadHistory(tx *bolt.Tx, n uint64, row documentRow) (history, error) {
	var h history
	if err := h.loadEnds(tx, n, row); err != nil {
		return h, err
	}
	type goodVersion struct {
		seq int
		row versionRow
	}
	var good []goodVersion
	for seq := row.Good; seq > 0 && len(good) < timeline.Memory; seq-- {
		v, err := getVersion(tx, n, seq)
		if err != nil {
			return h, err
		}
		if last := len(good) - 1; v.Kind == string(model.VersionFailed) || row.suspect(seq, v) || last >= 0 && bytes.Equal(good[last].row.TextSum, v.TextSum) {
			continue
		}
		good = append(good, goodVersion{seq, v})
	}
	for i := len(good) - 1; i >= 0; i-- {
		text, err := textOf(tx, good[i].row)
		if err != nil {
			return h, err
		}
		h.Remember(good[i].seq, text, toSum(good[i].row.TextSum))
	}
	h.Suspect = row.Suspect.toModel()
	return h, nil
}

// loadEnds reads when the last good version was captured, what the newest one was
// if it has no usable text, and the newest change.
func (h *history) loadEnds(tx *bolt.Tx, n uint64, row documentRow) error {
	if row.Good > 0 {
		good, err := getVersion(tx, n, row.Good)
		if err != nil {
			return err
		}
		h.GoodAt = unixTime(good.CapturedAt)
		if h.Extractor, err = word(tx, good.Extractor); err != nil {
			return err
		}
	}
	if row.Versions > row.Good {
		newest, err := getVersion(tx, n, row.Versions)
		if err != nil {
			return err
		}
		if newest.Failure != "" {
			h.Bad = timeline.Bad{Failure: newest.Failure, Text: toSum(newest.TextSum)}
		}
	}
	if row.LastChange > 0 {
		var change queueRow
		if _, err := getRow(tx, bktRow, u64(row.LastChange), &change); err != nil {
			return err
		}
		h.Last = timeline.Link{From: toSum(change.From.Sum), To: change.To.Seq}
	}
	return nil
}

func packSuspect(s timeline.Suspect) *suspectRow {
	if s.Count == 0 {
		return nil
	}
	return &suspectRow{What: s.What, Count: s.Count, Since: s.Since.UnixNano(), Text: s.Text[:]}
}

func (s *suspectRow) toModel() timeline.Suspect {
	if s == nil {
		return timeline.Suspect{}
	}
	return timeline.Suspect{What: s.What, Count: s.Count, Since: unixTime(s.Since), Text: toSum(s.Text)}
}

func toSum(b []byte) (s sum) {
	copy(s[:], b)
	return s
}

// bytes is what the history holds on to, for the bound of the cache.
func (h *history) bytes() int { return h.Size() }

func unixTime(ns int64) time.Time { return time.Unix(0, ns).UTC() }
