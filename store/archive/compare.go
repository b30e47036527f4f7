package archive

import (
	"bytes"
	"time"

	"fineprint/store/blob"
	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// history is what the next capture of a document is judged by. It is kept between
// transactions with the rest of the document's state; what it holds follows from
// what is stored, so that loadHistory makes the same.
type history struct {
	timeline.State
	resumed bool // from what was remembered, not from the texts
}

// loadHistory reads a document's history: its last good versions, what the newest
// is if it is none, and the newest change.
func loadHistory(tx *kv.Tx, blobs *blob.Reader, n uint64, row rows.Document) (history, error) {
	var h history
	if err := h.loadEnds(tx, n, row); err != nil {
		return h, err
	}
	var err error
	if h.resumed, err = h.resume(tx, blobs, n, row); err != nil {
		return h, err
	}
	if !h.resumed {
		if err := h.readGood(tx, blobs, n, row); err != nil {
			return h, err
		}
	}
	h.Suspect = suspectOf(row.Suspect)
	list, err := placeRules(tx, n)
	if err != nil {
		return h, err
	}
	h.State = h.UnderRules(list)
	if row.Order != nil {
		order := row.Chronology()
		h.State = h.Ordered(order.Place)
	}
	if err := h.loadAside(tx, n, row); err != nil {
		return h, err
	}
	return h, h.loadCourse(tx, n, row)
}

// resume takes the last good versions as they were remembered when the document was
// let go of, with the text of the newest. It reports whether it could.
func (h *history) resume(tx *kv.Tx, blobs *blob.Reader, n uint64, row rows.Document) (bool, error) {
	if row.Good == 0 {
		return false, nil
	}
	packed, err := rows.GetMemory(tx, n, row, detect.Version)
	if err != nil || packed == nil {
		return false, err
	}
	good, err := rows.GetVersion(tx, n, row.Good)
	if err != nil || good.Suspect { // after one that was believed late, another text is needed, too
		return false, err
	}
	text, err := rows.TextBy(blobs, good)
	if err != nil {
		return false, err
	}
	return h.Resume(row.Good, text, toSum(good.TextSum), packed), nil
}

// readGood reads the texts of the last good versions.
func (h *history) readGood(tx *kv.Tx, blobs *blob.Reader, n uint64, row rows.Document) error {
	type goodVersion struct {
		seq int
		at  time.Time // of the first capture of the same text in a row
		row rows.Version
	}
	var good []goodVersion
	order := row.Chronology()
	for place := order.Place(row.Good); place > 0; place-- {
		seq := order.At(place)
		if row.IsRepeat(seq) {
			continue
		}
		v, err := rows.GetVersion(tx, n, seq)
		if err != nil {
			return err
		}
		if v.Kind == string(model.VersionFailed) || row.IsSuspect(seq, v) {
			continue
		}
		at := kv.UnixTime(v.CapturedAt)
		if last := len(good) - 1; last >= 0 && bytes.Equal(good[last].row.TextSum, v.TextSum) {
			good[last].at = at
			continue
		}
		if len(good) == timeline.Memory {
			break
		}
		good = append(good, goodVersion{seq, at, v})
	}
	for i := len(good) - 1; i >= 0; i-- {
		text, err := rows.TextBy(blobs, good[i].row)
		if err != nil {
			return err
		}
		h.Remember(good[i].seq, good[i].at, text, toSum(good[i].row.TextSum))
		if i == 1 && good[0].row.Suspect {
			h.SetFormer(text)
		}
	}
	return nil
}

// loadAside reads the last bad capture since the last good version.
func (h *history) loadAside(tx *kv.Tx, n uint64, row rows.Document) error {
	order := row.Chronology()
	for place := order.Len(); row.Suspect != nil && place > order.Place(row.Good); place-- {
		seq := order.At(place)
		v, err := rows.GetVersion(tx, n, seq)
		if err != nil {
			return err
		}
		if row.IsRepeat(seq) || !row.IsSuspect(seq, v) || !bytes.Equal(v.TextSum, row.Suspect.Text) {
			continue
		}
		a := timeline.Aside{Seq: seq, At: kv.UnixTime(v.CapturedAt), Sum: toSum(v.TextSum),
			Quarantined: v.Kind == string(model.VersionQuarantined)}
		if a.Text, err = rows.Text(tx, v); err != nil {
			return err
		}
		if a.Extractor, err = kv.LookupString(tx, v.Extractor); err != nil {
			return err
		}
		h.SetAside(a)
		return nil
	}
	return nil
}

// loadEnds reads when the last good version was captured, what the newest one was
// if it has no usable text, and the newest change.
func (h *history) loadEnds(tx *kv.Tx, n uint64, row rows.Document) error {
	if row.Good > 0 {
		good, err := rows.GetVersion(tx, n, row.Good)
		if err != nil {
			return err
		}
		h.GoodAt = kv.UnixTime(good.CapturedAt)
		if h.Extractor, err = kv.LookupString(tx, good.Extractor); err != nil {
			return err
		}
	}
	if last := newest(&row); last != row.Good {
		newest, err := rows.GetVersion(tx, n, last)
		if err != nil {
			return err
		}
		if newest.Failure != "" {
			h.Bad = timeline.Bad{Failure: newest.Failure, Text: toSum(newest.TextSum)}
		}
	}
	if row.LastChange > 0 {
		var change rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(row.LastChange), &change); err != nil {
			return err
		}
		h.Last = timeline.Link{From: toSum(change.From.Sum), To: change.To.Seq}
	}
	return nil
}

func packSuspect(s timeline.Suspect) *rows.Suspect {
	if s.Count == 0 {
		return nil
	}
	return &rows.Suspect{What: s.What, Count: s.Count, Since: s.Since.UnixNano(), Text: s.Text[:],
		NeverReal: s.NeverReal()}
}

// suspectOf reads what is stored of a suspect.
func suspectOf(s *rows.Suspect) timeline.Suspect {
	if s == nil {
		return timeline.Suspect{}
	}
	return timeline.Suspect{What: s.What, Count: s.Count, Since: kv.UnixTime(s.Since), Text: toSum(s.Text)}
}

func toSum(b []byte) (s kv.Sum) {
	copy(s[:], b)
	return s
}
