package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect"
	"fineprint/store/terms"
)

// recentVersions is how many versions back a flap is recognised.
const recentVersions = 6

// history is what detection gets to see of a document besides the new text. It
// is kept between transactions with the rest of the document's state; what it
// holds must follow from what is stored, so that loadHistory makes the same.
type history struct {
	good   string        // text of row.Good, which the next one is compared with
	sum    sum           // and its hash
	recent []detect.Past // newest first, the good one included
}

// loadHistory reads a document's history as settle left it.
func loadHistory(tx *bolt.Tx, n uint64, row documentRow) (history, error) {
	var h history
	if row.Good > 0 {
		v, err := getVersion(tx, n, row.Good)
		if err != nil {
			return h, err
		}
		if h.good, err = textOf(tx, v); err != nil {
			return h, err
		}
		copy(h.sum[:], v.TextSum)
	}
	for seq := row.Versions; seq > 0 && len(h.recent) < recentVersions; seq-- {
		v, err := getVersion(tx, n, seq)
		if err != nil {
			return h, err
		}
		if len(v.Fingerprint) == 16 {
			h.recent = append(h.recent, detect.Past{Seq: seq, Fingerprint: [16]byte(v.Fingerprint)})
		}
	}
	return h, nil
}

// bytes is what the history holds on to, for the bound of the cache.
func (h *history) bytes() int { return len(h.good) }

// compare detects what changed since the last good version. It is the one place
// where recording calls detection.
func (p *capturePlan) compare() {
	st := p.state
	past := make([]detect.Past, 0, len(st.past.recent))
	for _, r := range st.past.recent {
		if r.Seq != st.row.Good {
			past = append(past, r)
		}
	}
	found := detect.Assess(st.past.good, p.c.Text, p.finger, past)
	if found.Reason == terms.ReasonCapture && bytes.Equal(st.row.Suspect, p.textSum[:]) {
		found = detect.Compare(st.past.good, p.c.Text) // twice in a row: settled
	}
	p.change, p.from, p.fromText = &found, st.row.Good, st.past.sum
	p.outcome.Material, p.outcome.Reason = found.Material, found.Reason
}

// settle moves the history on to the capture's text, which is the document's
// newest usable version. A suspected bad capture leaves the last good version
// the one to compare with.
func (p *capturePlan) settle() {
	st := p.state
	newest := detect.Past{Seq: st.row.Versions, Fingerprint: p.finger}
	st.past.recent = append([]detect.Past{newest}, st.past.recent[:min(len(st.past.recent), recentVersions-1)]...)
	if p.change != nil && p.change.Reason == terms.ReasonCapture {
		st.row.Suspect = p.textSum[:]
		return
	}
	st.row.Good, st.row.Suspect = st.row.Versions, nil
	st.past.good, st.past.sum = p.c.Text, p.textSum
}
