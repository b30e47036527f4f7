package store

import (
	"bytes"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/similar"
)

// history is what detection gets to see of a document besides the new text. It
// is kept between transactions with the rest of the document's state; what it
// holds follows from what is stored, so that loadHistory makes the same.
type history struct {
	detect.History
	sum sum // of the good text
}

// loadHistory reads a document's history as settle left it: its last good
// versions, the oldest first.
func loadHistory(tx *Tx, n uint64, row documentRow) (history, error) {
	var h history
	type goodVersion struct {
		seq int
		row versionRow
	}
	var good []goodVersion
	for seq := row.Good; seq > 0 && len(good) < detect.HistoryWindow; seq-- {
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
		h.Start(good[i].seq, text)
		copy(h.sum[:], good[i].row.TextSum)
	}
	h.Suspect = suspectOf(row.Suspect)
	return h, nil
}

// suspectOf reads what is stored of a suspect.
func suspectOf(s *suspectRow) detect.Suspect {
	if s == nil {
		return detect.Suspect{}
	}
	return detect.Suspect{What: s.What, Count: s.Count, Since: unixTime(s.Since)}
}

// bytes is what the history holds on to, for the bound of the cache.
func (h *history) bytes() int { return h.Size() }

// compare detects what changed since the last good version. It is the one place
// where recording calls detection. again says that the capture is the very
// suspect that was seen last, and is to make no version.
func (p *capturePlan) compare(fromHistory bool) (again bool) {
	st := p.state
	found := st.past.Assess(p.c.Text, p.c.CapturedAt)
	if found.Suspect {
		again = !fromHistory && st.row.Suspect != nil && bytes.Equal(st.row.Suspect.Text, p.textSum[:])
		p.reject(found.Detail)
	}
	if again {
		return true
	}
	p.found(&found)
	return false
}

// found takes over what detection found.
func (p *capturePlan) found(r *detect.Result) {
	p.change, p.from, p.fromText = r, p.state.row.Good, p.state.past.sum
	p.outcome.Material, p.outcome.Reason = r.Material, r.Reason
	p.otherReading = p.readOtherwise()
	p.mark = similar.Of(p.state.past.Good(), p.c.Text, r.Clauses)
}

// settle moves the history on to the capture's text, which is the document's
// newest usable version. A suspected bad capture leaves the last good version
// the one to compare with.
func (p *capturePlan) settle(kind model.VersionKind) {
	st := p.state
	switch {
	case p.change != nil && p.change.Suspect:
		p.version.Suspect = true
		return
	case p.change != nil:
		st.past.Settle(st.row.Versions)
	case kind == model.VersionUnchanged || p.textSum == st.past.sum && st.row.Good > 0:
		st.past.Seen(st.row.Versions)
	default:
		st.past.Start(st.row.Versions, p.c.Text)
	}
	st.row.Good, st.row.Suspect = st.row.Versions, nil
	st.past.sum, st.goodAt, st.row.Extractor = p.textSum, p.c.CapturedAt, p.c.Extractor
}

// reject counts the capture as a bad one.
func (p *capturePlan) reject(what string) {
	p.state.past.Reject(what, p.c.CapturedAt)
	s := p.state.past.Suspect
	p.state.row.Suspect = &suspectRow{What: s.What, Count: s.Count, Since: s.Since.UnixNano(), Text: p.textSum[:]}
}
