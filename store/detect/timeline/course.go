package timeline

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"time"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/guard"
	"fineprint/store/text/similar"
)

const (
	// settleTime is how long a text must stand to be what a document says, and not
	// one of several that it alternates between.
	settleTime = detect.LongStanding
	// maxVariants is how many texts an Alternation remembers.
	maxVariants = 8
	// settledDetail is the detail of the change to a text that stayed.
	settledDetail = "settled"
)

// Course is where a document stands beside what its changes showed. With the last
// [Memory] good versions it makes a State what it was. The zero value is that of a
// document that was not followed.
type Course struct {
	Shown Shown
	// Turn is the version that the last turn led to and TurnAt when it was captured,
	// until it has settled or something else is shown; 0 for none.
	Turn   int
	TurnAt time.Time
	// Directions are those in which changes were shown.
	Directions  []detect.Direction
	Alternation Alternation
	// NotTerms: the page is no legal text.
	NotTerms bool
}

// Shown is the version that the reader of what was shown takes the document to say.
type Shown struct {
	Seq  int
	By   int // the version that the change shown last led to
	Text detect.Sum
}

// Alternation is a run of turns between the same texts.
type Alternation struct {
	First    int // the version that the first turn led to; 0 for no alternation
	Turns    int // so far
	Since    time.Time
	Variants []Variant // in the order of their versions
}

// Variant is one of the texts of an Alternation, by its sum and a version that had it.
type Variant struct {
	Seq  int
	Text detect.Sum
}

// Settled is a version that has stood so long that the document is taken to have
// stayed with it.
type Settled struct {
	Seq int
	// Change is what the change that led to it is from now on: material, and compared
	// with what was shown last. Nil where its text is what was shown.
	Change *Change
	// Again is the version whose change showed the text before and is not taken back
	// any more; 0 for none.
	Again int
	// Believed: the version was taken for a bad capture, and is the good one now.
	Believed bool
}

// Settle takes in that a document still stood as it is at a time, and reports what
// has settled.
func Settle(s State, asOf time.Time) (State, []Settled) {
	settle := func(blind bool) step {
		t := step{State: s, blind: blind}
		t.settle(asOf)
		if t.mayBelieve(asOf) {
			t.believe()
		}
		return t
	}
	taken, ok := guard.Value(func() step { return settle(false) })
	if !ok {
		taken = settle(true)
	}
	return taken.State, taken.v.Settled
}

// Follow sets the course that a State was in, with the text of what was shown last
// and that of the last turn; neither is needed where it is the good text.
func (s *State) Follow(c Course, shown, turn string) {
	s.Course, s.shown, s.turned = c, shown, turn
	s.history.Remind(c.Directions)
}

// showed notes that the text of a version was shown.
func (t *step) showed(seq int, text detect.Sum) {
	t.Course.Shown = Shown{Seq: seq, By: seq, Text: text}
	t.Course.Turn, t.Course.TurnAt, t.shown, t.turned = 0, time.Time{}, "", ""
}

// follow takes a change into the document's course, before its text becomes the good
// one.
func (t *step) follow(c *Change) {
	course, seq := &t.Course, t.c.Seq
	course.NotTerms = c.NotTerms
	switch {
	case c.Material:
		t.history.Show(c.Direction)
		course.Directions = t.history.Shown()
		t.showed(seq, c.Direction.To)
		return
	case c.Reason == model.ReasonFlap && t.c.Technical:
		t.readOld(c)
	case c.Reason == model.ReasonFlap:
		t.turn(c, seq)
	case course.Turn > 0:
		course.Turn, t.turned = seq, "" // it stands in what is no news to it
	case t.shown == "":
		course.Shown.Seq, course.Shown.Text = seq, c.Direction.To
	}
}

// readOld takes in a text of before that an archive read anew, from a page that it had
// kept. Nobody published it, so that it neither settles nor is left for anything new.
func (t *step) readOld(c *Change) {
	t.shown = cmp.Or(t.shown, t.Text())
	t.Course.Turn, t.Course.TurnAt, t.turned = 0, time.Time{}, ""
	t.history.Show(detect.Direction{From: c.Direction.To, To: c.Direction.From})
	t.Course.Directions = t.history.Shown()
}

// turn takes in a change that goes back or forth.
func (t *step) turn(c *Change, seq int) {
	course := &t.Course
	last := t.history.Last()
	if course.Shown.Seq == 0 { // of a document that was not followed
		course.Shown = Shown{Seq: last.Seq, Text: last.Text}
	}
	t.shown = cmp.Or(t.shown, t.Text())
	to := Variant{Seq: seq, Text: c.Direction.To}
	if len(c.Back) > 0 {
		to.Seq = c.Back[len(c.Back)-1]
	}
	course.Alternation.turn(seq, t.c.At, Variant{Seq: last.Seq, Text: last.Text}, to, t.order)
	c.Alternation = course.Alternation
	course.Turn, course.TurnAt, t.turned = seq, t.c.At, ""
	if c.TakesBack && course.Shown.By == t.Good && course.Alternation.Turns == 1 {
		course.Turn, course.TurnAt = 0, time.Time{} // what was shown says that it is taken back
	}
}

// turn counts a turn that leads to version seq, from one text to another.
func (a *Alternation) turn(seq int, at time.Time, from, to Variant, order func(seq int) int) {
	if !a.has(from) && !a.has(to) {
		*a = Alternation{First: seq, Since: at}
	}
	a.Turns++
	a.Variants = slices.Clone(a.Variants)
	for _, v := range []Variant{from, to} {
		if !a.has(v) {
			a.Variants = append(a.Variants, v)
		}
	}
	if order == nil {
		order = func(seq int) int { return seq }
	}
	slices.SortFunc(a.Variants, func(x, y Variant) int { return cmp.Compare(order(x.Seq), order(y.Seq)) })
	for i := 0; len(a.Variants) > maxVariants; {
		if v := a.Variants[i]; v.Text == from.Text || v.Text == to.Text {
			i++
			continue
		}
		a.Variants = slices.Delete(a.Variants, i, i+1)
	}
}

func (a *Alternation) has(v Variant) bool {
	return slices.ContainsFunc(a.Variants, func(w Variant) bool { return w.Text == v.Text })
}

// settle looks at whether the last turn's text has stood long enough at a time.
func (t *step) settle(asOf time.Time) {
	course := &t.Course
	if course.Turn == 0 || course.TurnAt.IsZero() || asOf.Sub(course.TurnAt) < settleTime {
		return
	}
	s, turned := Settled{Seq: course.Turn}, t.turned
	text := t.history.Last().Text
	direction := detect.Direction{From: course.Shown.Text, To: text}
	switch {
	case text == course.Shown.Text:
		s.Again = course.Shown.By
		t.showed(s.Seq, text)
		course.Shown.By = s.Again
	case !t.history.WasShown(direction):
		s.Change = t.sinceShown(direction)
	}
	if s.Change != nil {
		t.history.Show(direction)
		course.Directions = t.history.Shown()
		t.showed(s.Seq, text)
	}
	if s.Change != nil || s.Again > 0 {
		t.shown = turned
		t.v.Settled = append(t.v.Settled, s)
	}
	course.Turn, course.TurnAt, t.turned = 0, time.Time{}, ""
}

// sinceShown compares the last turn's text with what was shown last. It returns nil
// where that is nothing new, and for a page that is no legal text.
func (t *step) sinceShown(d detect.Direction) *Change {
	if t.Course.NotTerms {
		return nil
	}
	text := cmp.Or(t.turned, t.Text())
	change, _ := guard.Value(func() *Change {
		r := detect.CompareAt(t.Course.TurnAt, t.shown, text)
		if !r.Material {
			return nil
		}
		r.Detail, r.Direction = settledDetail, d
		return &Change{Result: r, Fingerprint: similar.New(t.shown, text, r.Clauses), From: t.Course.Shown.Seq,
			FromSum: sha256.Sum256([]byte(t.shown)), Alternation: t.Course.Alternation}
	})
	return change
}

// stood reports whether the good text has stood for long at a time.
func (t *step) stood(at time.Time) bool {
	last := t.history.Last()
	return last.Stood(at)
}
