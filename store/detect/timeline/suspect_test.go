package timeline

import (
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/store/text/guard"
)

// settledAt settles a state as of a time, and returns what is believed by it.
func settledAt(s State, asOf time.Time) (State, *Settled) {
	s, found := Settle(s, asOf)
	if len(found) == 0 {
		return s, nil
	}
	return s, &found[0]
}

func first(found []Settled) Settled {
	if len(found) == 1 && found[0].Believed {
		return found[0]
	}
	return Settled{}
}

const believedDetail = "set aside as another language: German after English since 2026-03-01, believed since it stayed"

// TestBelievedIsShownAndComparedWith: what was set aside becomes a change of its own,
// and the next text is compared with it.
func TestBelievedIsShownAndComparedWith(t *testing.T) {
	next := strings.Replace(inGerman(), "Partnern", "Freunden", 1)
	s, v := steps(archive(0, policy(30)), archive(1, inGerman()), archive(20*24, next))
	b := first(v.Settled)
	if b.Change == nil || b.Seq != 2 || b.Change.From != 1 || !b.Change.Material || b.Change.Suspect ||
		b.Change.Detail != believedDetail {
		t.Fatalf("%+v", b)
	}
	if v.Change == nil || v.Change.From != 2 || !v.Material || v.Change.Counts != (model.Counts{Modified: 1}) ||
		v.Change.Detail != "" {
		t.Errorf("the next: %+v", v.Change)
	}
	if s.Good != 3 || s.Suspect.Count != 0 {
		t.Errorf("%+v", s)
	}
}

// TestRejectedAreComparedWithOneAnother: an edition of what was set aside goes on with
// it, so that the two weeks run from the first.
func TestRejectedAreComparedWithOneAnother(t *testing.T) {
	next := strings.Replace(inGerman(), "Partnern", "Freunden", 1)
	s, _ := steps(archive(0, policy(30)), archive(1, inGerman()), archive(10*24, next))
	if s.Good != 1 || !s.Suspect.Since.Equal(at(1)) || s.Suspect.Count != 2 {
		t.Fatalf("%+v", s.Suspect)
	}
	s, v := Step(s, archive(16*24, policy(60)))
	if first(v.Settled).Seq != 3 || v.Change.From != 3 || s.Good != 4 {
		t.Errorf("%+v, %+v", v.Settled, v.Change)
	}
	if s, _ = steps(archive(0, policy(30)), archive(1, inGerman()), archive(10*24, truncated())); !s.Suspect.Since.Equal(
		at(10 * 24)) {
		t.Errorf("another bad capture: %+v", s.Suspect)
	}
}

func TestLiveTextThatIsBelievedSaysSo(t *testing.T) {
	history := []Capture{web(0, policy(30)), web(1, inGerman()), web(20*24, inGerman()+"\nNeu.\n")}
	s, v := steps(history...)
	if len(v.Settled) > 0 || v.Change == nil || v.Change.From != 1 || v.Change.Detail != believedDetail || !v.Material {
		t.Fatalf("%+v, %+v", v.Settled, v.Change)
	}
	if s.Good != 3 {
		t.Errorf("%+v", s)
	}
	// Judged again.
	history[1] = history[1].with(recorded(Recorded{Suspect: true})).with(func(c *Capture) {
		c.Failure = "another language: German after English"
	})
	history[2] = history[2].with(recorded(Recorded{Changed: true}))
	if _, again := steps(history...); again.Change.Detail != v.Change.Detail {
		t.Errorf("judged again: %q", again.Change.Detail)
	}
}

func TestTimeSettlesWhatAnArchiveSetAside(t *testing.T) {
	for name, c := range map[string]struct {
		with []Capture
		end  int
		want int // the version that is good then
	}{
		"long enough":         {[]Capture{archive(0, policy(30)), archive(1, inGerman())}, 1 + 14*24, 2},
		"not long enough":     {[]Capture{archive(0, policy(30)), archive(1, inGerman())}, 14 * 24, 1},
		"a sign-in page":      {[]Capture{archive(0, policy(30)), archive(1, signIn)}, 99 * 24, 1},
		"nothing but a title": {[]Capture{archive(0, policy(30)), archive(1, "# Privacy Policy\n")}, 99 * 24, 1},
		"from the web":        {[]Capture{web(0, policy(30)), web(1, inGerman())}, 99 * 24, 1},
		"nothing set aside":   {[]Capture{archive(0, policy(30))}, 99 * 24, 1},
		"a return to the document": {[]Capture{archive(0, policy(30)), archive(1, inGerman()), archive(2, policy(30))},
			99 * 24, 3},
	} {
		before, _ := steps(c.with...)
		s, b := settledAt(before, at(c.end))
		if s.Good != c.want || (b != nil) != (before.Good != c.want) || b != nil && b.Change.Detail != believedDetail {
			t.Errorf("%s: version %d is good, %+v", name, s.Good, b)
		}
		if again, b := settledAt(s, at(c.end)); b != nil || again.Good != s.Good {
			t.Errorf("%s: settled twice: %+v", name, b)
		}
	}
}

// TestAsideIsSetAsItCameIn: with the last bad capture told, a state believes as the one
// that saw it.
func TestAsideIsSetAsItCameIn(t *testing.T) {
	kept, _ := steps(archive(0, policy(30)), archive(1, inGerman()))
	loaded, _ := steps(archive(0, policy(30)))
	loaded.Versions, loaded.Suspect, loaded.Last = kept.Versions, kept.Suspect, kept.Last
	if _, b := settledAt(loaded, at(99*24)); b != nil {
		t.Error("a text that nobody told is believed")
	}
	if loaded.Size() >= kept.Size() {
		t.Error("the text set aside has no size")
	}
	loaded.SetAside(Aside{Seq: 2, At: at(1), Text: inGerman(), Sum: sha256.Sum256([]byte(inGerman()))})
	if _, b := settledAt(loaded, at(99*24)); b == nil || b.Change.Detail != believedDetail {
		t.Errorf("%+v", b)
	}
}

// TestDocumentIsBackFromWhatWasBelieved: it is no bad capture for being unlike that,
// and nor is its next edition.
func TestDocumentIsBackFromWhatWasBelieved(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"itself": {policy(30), 3}, "an edition": {policy(60), 3}, "another bad capture": {truncated(), 2},
		"a sign-in page": {signIn, 2},
	} {
		before, _ := steps(archive(0, policy(30)), archive(1, inGerman()))
		if s, _ := Step(before, archive(20*24, c.text)); s.Good != c.want {
			t.Errorf("%s: version %d is good", name, s.Good)
		}
		before, _ = settledAt(before, at(20*24))
		before.SetFormer(policy(30))
		if s, _ := Step(before, archive(21*24, c.text)); s.Good != c.want {
			t.Errorf("%s, by another process: version %d is good", name, s.Good)
		}
	}
}

func TestFaultIsBelievedToo(t *testing.T) {
	before, _ := steps(archive(0, policy(30)), archive(1, inGerman()))
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "Partnern") })()
	s, b := settledAt(before, at(99*24))
	if b == nil || !b.Change.Uncompared || s.Good != 2 || s.Text() != inGerman() {
		t.Errorf("%+v", b)
	}
}

// TestDoubtfulFirstTextIsKeptAndSaysSo: a home page as the first capture makes a version, with
// why it may be no document; one that reads like a document says nothing.
func TestDoubtfulFirstTextIsKeptAndSaysSo(t *testing.T) {
	home := "# Ride well\n\nRent by the day.\n\n## Why us\n\nAt any shop.\n\n## New in\n\n* Wren, £649\n* Heron, £99\n"
	for text, want := range map[string]bool{home: true, "# Terms\n\nYou must pay on the first of the month.\n": false} {
		_, v := Step(State{}, Capture{Seq: 1, Method: model.MethodWeb, Text: text})
		if v.Outcome != model.OutcomeFirst || v.Suspect || (v.Detail != "") != want {
			t.Errorf("%.12q: %+v", text, v)
		}
	}
}
