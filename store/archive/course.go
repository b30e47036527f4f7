package archive

import (
	"bytes"
	"slices"

	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/kv"
	"fineprint/store/rows"
)

// numbers are those of the changes that a document's course names, by the version that
// each led to.
type numbers map[int]uint64

// packCourse makes the row of a course; nil for that of a document without a text.
func (n numbers) packCourse(c *timeline.Course) *rows.Course {
	if c.Shown.Seq == 0 {
		return nil
	}
	row := &rows.Course{ShownSeq: c.Shown.Seq, ShownBy: c.Shown.By, ShownText: slices.Clone(c.Shown.Text[:]),
		ShownChange: n[c.Shown.By], First: c.Alternation.First, Alternation: n.packAlternation(c.Alternation),
		NotTerms: c.NotTerms}
	if c.Turn > 0 {
		row.Turn, row.TurnAt, row.TurnChange = c.Turn, c.TurnAt.UnixNano(), n[c.Turn]
	}
	for _, d := range c.Directions {
		row.Directions = append(append(row.Directions, d.From[:]...), d.To[:]...)
	}
	for _, v := range c.Alternation.Variants {
		row.Texts = append(row.Texts, v.Text[:]...)
	}
	return row
}

// packAlternation makes the row of an alternation; nil for none.
func (n numbers) packAlternation(a timeline.Alternation) *rows.Alternation {
	if a.First == 0 {
		return nil
	}
	row := &rows.Alternation{Change: n[a.First], Turns: a.Turns, Since: a.Since.UnixNano()}
	for _, v := range a.Variants {
		row.Variants = append(row.Variants, v.Seq)
	}
	return row
}

// courseOf reads what is stored of a course.
func courseOf(row *rows.Course) (c timeline.Course, n numbers) {
	if row == nil {
		return c, numbers{}
	}
	n, c.NotTerms = numbers{row.ShownBy: row.ShownChange}, row.NotTerms
	c.Shown = timeline.Shown{Seq: row.ShownSeq, By: row.ShownBy, Text: sumAt(row.ShownText, 0)}
	if row.Turn > 0 {
		c.Turn, c.TurnAt = row.Turn, kv.UnixTime(row.TurnAt)
		n[row.Turn] = row.TurnChange
	}
	const size = len(detect.Sum{})
	for at := 0; at+2*size <= len(row.Directions); at += 2 * size {
		c.Directions = append(c.Directions,
			detect.Direction{From: sumAt(row.Directions, at), To: sumAt(row.Directions, at+size)})
	}
	if a := row.Alternation; a != nil {
		c.Alternation = timeline.Alternation{First: row.First, Turns: a.Turns, Since: kv.UnixTime(a.Since)}
		for i, seq := range a.Variants {
			c.Alternation.Variants = append(c.Alternation.Variants,
				timeline.Variant{Seq: seq, Text: sumAt(row.Texts, i*size)})
		}
		n[row.First] = a.Change
	}
	return c, n
}

// sumAt reads the sum that begins at a position; bytes that are not there are zero.
func sumAt(b []byte, at int) (s detect.Sum) {
	if at < len(b) {
		copy(s[:], b[at:])
	}
	return s
}

// forget lets go of the numbers that the course does not name any more.
func (n numbers) forget(c *timeline.Course) {
	for seq := range n {
		if seq != c.Shown.By && seq != c.Turn && seq != c.Alternation.First {
			delete(n, seq)
		}
	}
}

// loadCourse reads where a document stands, with the texts that are not the good one.
func (h *history) loadCourse(tx *kv.Tx, n uint64, row rows.Document) error {
	course, _ := courseOf(row.Course)
	if course.Shown.Seq == 0 || row.Good == 0 {
		return nil
	}
	good, err := rows.GetVersion(tx, n, row.Good)
	if err != nil {
		return err
	}
	other := func(seq int) (string, error) {
		if seq == 0 || seq == row.Good {
			return "", nil
		}
		v, err := rows.GetVersion(tx, n, seq)
		if err != nil || bytes.Equal(v.TextSum, good.TextSum) {
			return "", err
		}
		return rows.Text(tx, v)
	}
	shown, err := other(course.Shown.Seq)
	if err != nil {
		return err
	}
	turn, err := other(course.Turn)
	if err != nil {
		return err
	}
	h.Follow(course, shown, turn)
	return nil
}
