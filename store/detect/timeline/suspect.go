package timeline

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/detect"
	"fineprint/store/model"
)

// Suspect counts the bad captures since the last good version.
type Suspect struct {
	What  string // what gave them away
	Count int
	Since time.Time // capture time of the first of those that are alike
	Text  Sum       // of the last one
}

// NeverReal reports whether the last bad capture is none that is believed however
// long it stays.
func (s *Suspect) NeverReal() bool { return s.Count > 0 && detect.NeverReal(s.What) }

// Aside is the last bad capture: the version that it makes, with its text.
type Aside struct {
	Seq       int
	At        time.Time
	Text      string
	Sum       Sum
	Extractor string
	// Quarantined: no change leads to it.
	Quarantined bool
}

// SetAside takes a text as the last bad capture, which [State.Suspect] counts, as
// [State.Remember] takes the good ones.
func (s *State) SetAside(a Aside) { s.aside = a }

// SetFormer takes a text as the good one before the present one, which was set aside
// first.
func (s *State) SetFormer(text string) { s.former = text }

// reject counts the capture as a bad one.
func (t *step) reject(what string) {
	s := &t.Suspect
	if s.Count == 0 || !t.goesOn(what) {
		*s = Suspect{Since: t.c.At}
	}
	s.What, s.Text = what, t.c.Sum
	s.Count++
}

// goesOn reports whether a bad capture is like the one before it.
func (t *step) goesOn(what string) bool {
	was := t.Suspect.What
	switch {
	case what == flips || was == flips:
		return what == was
	case detect.NeverReal(was) || detect.NeverReal(what):
		return detect.NeverReal(was) && detect.NeverReal(what)
	}
	return t.isAside()
}

// isAside reports whether the capture's text is, or nearly is, what was set aside last.
func (t *step) isAside() bool {
	s := &t.Suspect
	if s.Count == 0 || s.Text == t.c.Sum {
		return s.Count > 0
	}
	return t.aside.Sum == s.Text && !t.blind && detect.Alike(t.aside.Text, t.c.Text)
}

// stayed reports whether the capture's text was set aside long enough ago to be
// believed to be the platform's doing.
func (t *step) stayed() bool {
	s := &t.Suspect
	return s.Count > 0 && s.What != flips && t.c.At.Sub(s.Since) >= acceptTime && t.isAside()
}

// believed reports whether a text is taken for what it is although it looks like a
// bad capture.
func (t *step) believed(s detect.Suspicion) bool {
	switch {
	case t.former != "" && detect.Alike(t.former, t.c.Text):
		return true // the document is back, from what was believed
	case t.settling, t.c.Recorded != nil && t.c.Method == model.MethodWeb: // it was when it was fetched
	case !s.MayBeReal || !t.stayed():
		return false
	}
	t.overruled = t.settling || t.stayed()
	return true
}

// believeAside believes what was set aside if the capture shows that it has stayed: by
// its text, or because an archive that records every change recorded none for
// so long. Its change is shown then, and what follows is compared with it.
func (t *step) believeAside() {
	archive := t.c.Method == model.MethodOTAVersions || t.c.Method == model.MethodOTASnapshots
	if t.mayBelieve(t.c.At) && (archive || t.isAside()) {
		t.believe()
	}
}

// mayBelieve reports whether the change to what was set aside may be shown at a time.
func (t *step) mayBelieve(at time.Time) bool {
	s, a := &t.Suspect, &t.aside
	return s.Count > 0 && s.What != flips && !s.NeverReal() && a.Sum == s.Text && a.Seq > 0 && !a.Quarantined &&
		at.Sub(s.Since) >= acceptTime
}

// believe takes what was set aside as the good version, and reports its change.
func (t *step) believe() {
	a, now := t.aside, t.c
	t.c, t.settling = Capture{Method: now.Method, At: a.At, Text: a.Text, Sum: a.Sum, Extractor: a.Extractor}, true
	change, former := t.changeTo(t.assess()), t.Text()
	if change.Material {
		t.history.Show(change.Direction)
		t.Course.Directions = t.history.Shown()
		t.showed(a.Seq, change.Direction.To)
	}
	if t.blind {
		t.history.Adopt(a.Seq, a.At, a.Text)
	} else {
		t.history.Advance(a.Seq, a.At)
	}
	t.v.Settled = append(t.v.Settled, Settled{Seq: a.Seq, Change: change, Believed: true})
	t.Last = Link{t.GoodSum, a.Seq}
	t.Good, t.GoodSum, t.GoodAt, t.Extractor = a.Seq, a.Sum, a.At, a.Extractor
	t.Suspect, t.aside, t.former = Suspect{}, Aside{}, former
	t.c, t.settling, t.overruled = now, false, false
}

// tellAside adds to a change's detail that its text was set aside first.
func (t *step) tellAside(found *detect.Result) {
	if t.overruled {
		found.Detail = strings.TrimPrefix(fmt.Sprintf("%s; set aside as %s since %s, believed since it stayed", found.Detail,
			t.Suspect.What, t.Suspect.Since.UTC().Format(time.DateOnly)), "; ")
	}
}
