package detect

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestSeverityFollowsTheThresholds: the score at which each severity begins.
func TestSeverityFollowsTheThresholds(t *testing.T) {
	for _, c := range []struct {
		points []int // each of a topic of its own, the most first
		score  int
		want   model.Severity
	}{
		{nil, 5, model.Low},
		{[]int{19}, 24, model.Low},
		{[]int{20}, 25, model.Medium},
		{[]int{49}, 54, model.Medium},
		{[]int{50}, 55, model.High},
		{[]int{79}, 84, model.High},
		{[]int{80}, 85, model.Critical},
		{[]int{95}, 100, model.Critical},
		{[]int{96}, 100, model.Critical},
		// Each further topic counts less: 40 + 30/2 + 30/3 + 25/4.
		{[]int{40, 30, 30, 25}, 40 + 15 + 10 + 6 + 5, model.High},
	} {
		s := scorer{points: map[string]int{}}
		for i, p := range c.points {
			s.points[fmt.Sprint(i)] = p
		}
		if got := s.suggestion(true); got.Score != c.score || got.Severity != c.want {
			t.Errorf("%v: %d %s, want %d %s", c.points, got.Score, got.Severity, c.score, c.want)
		}
	}
}

// TestSizeAddsPoints: more than 2,000 bytes of changed words add ten points.
func TestSizeAddsPoints(t *testing.T) {
	for size, want := range map[int]int{2000: 5, 2001: 15} {
		s := scorer{size: size}
		if got := s.suggestion(true); got.Score != want || slices.Contains(got.Why,
			"2001 characters changed") != (want == 15) {
			t.Errorf("%d bytes: %+v", size, got)
		}
	}
	s := scorer{}
	s.add(&model.ClauseChange{Kind: model.Added}, "", "one two three")
	s.add(&model.ClauseChange{Kind: model.Removed}, "four", "")
	if want := len("one ") + len("two ") + len("three ") + len("four "); s.size != want {
		t.Errorf("size %d, want %d", s.size, want)
	}
}

// TestSuggestionNamesTheWeightiestTopics: at most four, by points, then by name.
func TestSuggestionNamesTheWeightiestTopics(t *testing.T) {
	s := scorer{points: map[string]int{"a": 10, "b": 20, "c": 20, "d": 30, "e": 5, "none": 0}}
	if got := s.suggestion(true).Why; !slices.Equal(got, []string{"d", "b", "c", "a"}) {
		t.Errorf("%q", got)
	}
	if got := (&scorer{}).suggestion(true).Why; !slices.Equal(got, []string{"words changed, none of them telling"}) {
		t.Errorf("%q", got)
	}
	got := s.suggestion(false)
	if got.Score != 0 || got.Severity != model.Low || got.Why == nil || len(got.Why) > 0 {
		t.Errorf("of what is immaterial: %+v", got)
	}
}

// TestEveryStemGivesItsTopicsPoints pins the points of each topic and the words
// that are of it.
func TestEveryStemGivesItsTopicsPoints(t *testing.T) {
	want := map[string]struct {
		points int
		texts  string
	}{
		"arbitration or class action": {40, "arbitration,ARBITRATION,arbitrators,class action,class actions,jury"},
		"liability or warranty":       {25, "liability,liabilities,liable,warranty,indemnify"},
		"selling or sharing data": {35, "sell,selling,third party,third parties,share your,share with,share " +
			"the,disclose"},
		"training of models": {35, "machine learning,artificial intelligence,train our,train ai,train models," +
			"training our,training of,training ai,training model,AI,generative"},
		"children or age":                    {30, "children,child,minors,years old,years of,parents"},
		"biometric, health or location data": {30, "biometrics,health,genetic,location data,geolocation,facial"},
		"retention or deletion":              {25, "retain,retention,deleted,erasure"},
		"consent or opting out":              {25, "consent,opt out,opt in,withdrawal"},
		"fees or renewal":                    {25, "fee,fees,charges,renewal,refund,price,pay,payment"},
		"ending or suspending an account":    {20, "terminate,suspended,cancel"},
		"governing law":                      {20, "governing law,governed by,jurisdiction,venue"},
		"licence to content":                 {25, "license,licence,sublicense,perpetual,irrevocable"},
		"notice of changes":                  {15, "notice,notify"},
	}
	if len(want) != len(topics) {
		t.Errorf("%d topics, want %d", len(topics), len(want))
	}
	for name, w := range want {
		for _, text := range strings.Split(w.texts, ",") {
			s := scorer{}
			s.add(&model.ClauseChange{Kind: model.Added}, "", "here "+text+" is")
			if len(s.points) != 1 || s.points[name] != w.points {
				t.Errorf("%q: %v, want %d of %s", text, s.points, w.points, name)
			}
		}
	}
	for _, text := range []string{
		"aims", "feeling", "payroll", "sellers", "juryman", "childish", "priceless", "class room", "third time",
		"train journeys", "years ago",
		"under the age", // two words are looked at, not three
		"x", "éa", "1",
	} {
		s := scorer{}
		s.add(&model.ClauseChange{Kind: model.Added}, "", text)
		if len(s.points) > 0 {
			t.Errorf("%q: %v", text, s.points)
		}
	}
}

// TestChangedMarksAddPoints: a modified clause scores what its marks do, and what
// it is about although those words are the same; an added one doesn't.
func TestChangedMarksAddPoints(t *testing.T) {
	for _, c := range []struct {
		old, new string
		why      string
		score    int
	}{
		{"Keep it for 30 days.", "Keep it for 90 days.", "a changed number", 20},
		{"It costs $5 a month.", "It costs $6 a month.", "a changed money", 20},
		{"We do it.", "We do not do it.", "a changed negation", 25},
		{"We must do it.", "We may do it.", "a changed modal", 15},
		{"We do it since 5 May 2026, at home.", "We do it since 6 May 2026, at home.",
			"words changed, none of them telling", 5},
		{"The fee is due in 30 days.", "The fee is due in 90 days.", "fees or renewal; a changed number", 25 + 7 + 5},
		{"We do it well.", "We do it badly.", "words changed, none of them telling", 5},
	} {
		got := Compare(in(c.old), in(c.new)).Suggested
		if got.Score != c.score || strings.Join(got.Why, "; ") != c.why {
			t.Errorf("%q to %q: %+v, want %d, %s", c.old, c.new, got, c.score, c.why)
		}
	}
	for size, want := range map[int]int{1999: 37, 2000: 20} {
		text := "The fee is due in 30 days. " + strings.Repeat("x", 100) + " and so on"
		text += strings.Repeat(".", size-len(text))
		if got := Compare(in(text), in(strings.Replace(text, "30", "90", 1))).Suggested; got.Score != want {
			t.Errorf("of %d bytes: %+v, want %d", size, got, want)
		}
	}
	long := "The fee is due in 30 days. " + strings.Repeat("We like it here as it is. ", 80)
	if got := Compare(in(long), in(strings.Replace(long, "30", "90", 1))).Suggested; got.Score != 20 {
		t.Errorf("what a long clause is about counts as well: %+v", got)
	}
	if got := Compare(in(""), in("Keep it for 30 days.")).Suggested; got.Score != 5 {
		t.Errorf("a number of a clause that was added: %+v", got)
	}
}

// TestAnnouncementsOfADateAreRecognised: what announces something that takes effect at a date, and
// what doesn't.
func TestAnnouncementsOfADateAreRecognised(t *testing.T) {
	for text, want := range map[string]bool{
		"The Terms will go into effect on 5 May 2026.":                                        true,
		"The Terms shall come into force on 5 May 2026.":                                      true,
		"The Terms will enter into effect. It is 5 May 2026.":                                 true,
		"The Terms will take effect 5 May 2026.":                                              true,
		"The Terms shall have effect 5 May 2026.":                                             true,
		"The Terms take effect on 5 May 2026.":                                                true,
		"The text takes effect from 5 May 2026.":                                              true,
		"The Terms will be effective 5 May 2026.":                                             true,
		"The Terms shall become effective 5 May 2026.":                                        true,
		"Starting 5 May 2026, chats will be read.":                                            true,
		"Beginning 5 May 2026 we must read chats.":                                            true,
		"Effective 5 May 2026, we may read chats.":                                            true,
		"As of 5 May 2026 chats are read.":                                                    true,
		"From 5 May 2026, it is read.":                                                        true,
		"Until 5 May 2026 it shall be read.":                                                  true,
		"We will read chats from 5 May 2026.":                                                 true,
		"We shall read chats after 5 May 2026.":                                               true,
		"We've updated our Terms, effective 5 May 2026.":                                      true,
		"Chats were read 5 May 2026.":                                                         false,
		"The Terms will take effect soon.":                                                    false,
		"We will read chats.":                                                                 false,
		"Order number 20261234 will take effect.":                                             false,
		"From 5 May 2026, it is read. " + strings.Repeat("x ", 2000):                          false,
		"The Terms will never, so we think, take effect. We wrote it; 5 May 2026 was the day": false,
	} {
		if got := announces(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestTopicOfUnchangedWordsNeedsAMark: what a modified clause is about counts where
// a number, amount, negation or modal changed.
func TestTopicOfUnchangedWordsNeedsAMark(t *testing.T) {
	got := Compare(in("The fee is due and we do it well."), in("The fee is due and we do it badly.")).Suggested
	if got.Score != 5 {
		t.Errorf("no mark: %+v", got)
	}
	got = Compare(in("The fee is due, which we like."), in("The fee is not due, which we like.")).Suggested
	if got.Score <= 20 {
		t.Errorf("a negation: %+v", got)
	}
}

// TestTopicOfTwoWordsMayEndAClause: and both of them are needed.
func TestTopicOfTwoWordsMayEndAClause(t *testing.T) {
	for words, want := range map[string]int{
		"Nobody here joins a class action": 45, "Class action": 45, "Nobody here joins a class": 5,
		"Nobody here takes action": 5,
		"A class of action":        5,
	} {
		if got := Compare(in(""), in(words)).Suggested; got.Score != want {
			t.Errorf("%q: %+v, want %d", words, got, want)
		}
	}
}
