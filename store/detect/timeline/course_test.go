package timeline

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"fineprint/store/model"
)

// seen are the verdicts on captures and what has settled by some day.
func seen(day int, captures ...Capture) (s State, verdicts []Verdict, left []Settled) {
	for _, c := range captures {
		var v Verdict
		s, v = Step(s, c)
		verdicts = append(verdicts, v)
	}
	s, left = Settle(s, at(day*24))
	return s, verdicts, left
}

// on is a capture of an archive on a day.
func on(day int, text string) Capture { return archive(day*24, text) }

func TestVariantSettlesThatWasNotShown(t *testing.T) {
	a, b, c := policy(30), policy(60), policy(90)
	for name, w := range map[string]struct {
		captures []Capture
		day      int
		seq      int // that has settled; 0 for none
		from     int // of its change; 0 for none
		again    int
	}{
		"taken back at once":  {[]Capture{on(0, a), on(1, b), on(2, a)}, 90, 0, 0, 0},
		"with what was shown": {[]Capture{on(0, a), on(1, b), on(2, a), on(3, b)}, 90, 4, 0, 2},
		"with the other":      {[]Capture{on(0, a), on(1, b), on(2, a), on(3, b), on(4, a)}, 90, 5, 2, 0},
		"with one of before":  {[]Capture{on(0, a), on(1, b), on(2, c), on(3, a)}, 17, 4, 3, 0},
		"not yet":             {[]Capture{on(0, a), on(1, b), on(2, c), on(3, a)}, 16, 0, 0, 0},
		"over a bad capture":  {[]Capture{on(0, a), on(1, b), on(2, c), on(3, a), on(4, signIn)}, 17, 4, 3, 0},
		"over other markup": {[]Capture{on(0, a), on(1, b), on(2, c), on(3, a),
			on(4, remarked(a)).with(technical)}, 17, 4, 3, 0},
		"in what is no news":    {[]Capture{on(0, a), on(1, b), on(2, c), on(3, a), on(4, remarked(a))}, 17, 5, 3, 0},
		"after what is no news": {[]Capture{on(0, a), on(1, b), on(2, c), on(3, remarked(c)), on(4, a)}, 18, 5, 4, 0},
		"in a direction shown":  {[]Capture{on(0, a), on(1, b), on(31, a), on(32, b)}, 90, 0, 0, 0},
		"an old page read anew": {[]Capture{on(0, a), on(1, b), on(2, c), on(3, a).with(technical)}, 90, 0, 0, 0},
		"after an old page": {[]Capture{on(0, a), on(1, b), on(2, c), on(3, a).with(technical),
			on(50, c)}, 90, 5, 0, 3},
		"a bad capture is no turn": {[]Capture{on(0, a), on(1, b), on(2, signIn)}, 90, 0, 0, 0},
		"known to say so when again": {[]Capture{on(0, a), on(1, b), on(2, c),
			web(3*24, a).with(recorded(Recorded{Changed: true, Settled: true}))}, 3, 4, 3, 0},
	} {
		_, verdicts, left := seen(w.day, w.captures...)
		for i, v := range verdicts {
			if i == len(verdicts)-1 {
				left = append(v.Settled, left...)
			}
		}
		if w.seq == 0 {
			if len(left) > 0 {
				t.Errorf("%s: %+v", name, left)
			}
			continue
		}
		if len(left) != 1 || left[0].Seq != w.seq || left[0].Again != w.again || (left[0].Change != nil) != (w.from > 0) {
			t.Errorf("%s: %+v", name, left)
			continue
		}
		if ch := left[0].Change; ch != nil && (ch.From != w.from || !ch.Material || ch.Detail != "settled") {
			t.Errorf("%s: %+v", name, ch)
		}
	}
}

// remarked has the words of a text in other markup.
func remarked(text string) string { return strings.ReplaceAll(text, "## ", "### ") }

func TestNextCaptureSettlesWhatStood(t *testing.T) {
	_, verdicts, _ := seen(0, on(0, policy(30)), on(1, policy(60)), on(2, policy(90)),
		on(3, policy(30)), on(17, policy(7)))
	if v := verdicts[4]; len(v.Settled) != 1 || v.Settled[0].Seq != 4 || !v.Material || v.Change.From != 4 {
		t.Errorf("%+v", v)
	}
}

func TestTurnsAreCounted(t *testing.T) {
	var captures []Capture
	for i := range 12 {
		captures = append(captures, on(i, policy(30+i%2)))
	}
	_, verdicts, _ := seen(0, captures...)
	for i, v := range verdicts[2:] {
		a := v.Change.Alternation
		if a.First != 3 || a.Turns != i+1 || !a.Since.Equal(at(2*24)) || len(a.Variants) != 2 ||
			a.Variants[0].Seq != 1 || a.Variants[1].Seq != 2 {
			t.Errorf("version %d: %+v", i+3, a)
		}
	}
	// Another pair of texts is another alternation.
	_, verdicts, _ = seen(0, append(captures, on(12, policy(1)), on(13, policy(2)), on(14, policy(1)))...)
	if a := verdicts[14].Change.Alternation; a.First != 15 || a.Turns != 1 {
		t.Errorf("%+v", a)
	}
	many := Alternation{}
	for i := range 20 {
		from, to := Variant{Seq: i}, Variant{Seq: i + 1}
		from.Text[0], to.Text[0] = byte(i), byte(i+1)
		many.turn(i+1, at(i), from, to, nil)
	}
	if len(many.Variants) != maxVariants || many.Variants[maxVariants-1].Seq != 20 || many.Turns != 20 {
		t.Errorf("%+v", many)
	}
}

// TestFollowedStateJudgesLikeTheOneThatSaw: after each capture of a random history, a
// State made of its last good versions and its course gives the verdicts of the one
// that saw them come in.
func TestFollowedStateJudgesLikeTheOneThatSaw(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 2))
		type good struct {
			seq int
			c   Capture
		}
		var kept State
		var versions []good
		texts := map[int]string{}
		day := 0
		for range 30 {
			day += rng.IntN(4)
			if rng.IntN(6) == 0 {
				day += 15
			}
			c := on(day, policy([]int{30, 30, 60, 60, 90, 120}[rng.IntN(6)]))
			switch rng.IntN(10) {
			case 0:
				c = on(day, signIn)
			case 1:
				c = on(day, remarked(c.Text)).with(technical)
			}
			loaded := kept
			loaded.history = State{}.history
			for _, v := range versions[max(len(versions)-Memory, 0):] {
				loaded.Remember(v.seq, v.c.At, v.c.Text, v.c.Sum)
			}
			loaded.Good, loaded.GoodSum = kept.Good, kept.GoodSum
			other := func(seq int) string {
				if texts[seq] == kept.Text() {
					return ""
				}
				return texts[seq]
			}
			loaded.Follow(kept.Course, other(kept.Course.Shown.Seq), other(kept.Course.Turn))
			_, got := Step(loaded, c)
			var want Verdict
			kept, want = Step(kept, c)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, version %d:\n got %+v\nwant %+v", seed, want.Seq, got, want)
			}
			texts[want.Seq] = c.Text
			if kept.Good != want.Seq {
				continue
			}
			if n := len(versions); n > 0 && versions[n-1].c.Text == c.Text && want.Kind != model.VersionChanged {
				versions[n-1].seq = want.Seq
				continue
			}
			versions = append(versions, good{want.Seq, c})
		}
	}
}
