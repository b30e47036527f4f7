package detect

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// say adds what a clause change says that is led in by nothing.
func (s *scorer) say(kind model.Kind, old, new string) {
	t := s.read(kind, "", old, new)
	s.add(&model.ClauseChange{Kind: kind}, &t)
}

// TestSeverityFollowsTheThresholds: the score at which each severity begins.
func TestSeverityFollowsTheThresholds(t *testing.T) {
	for _, c := range []struct {
		points []int // each of a topic of its own, the most first
		score  int
		want   model.Severity
	}{
		{nil, 8, model.Low},
		{[]int{19}, 33, model.Low},
		{[]int{20}, 34, model.Medium},
		{[]int{74}, 73, model.Medium},
		{[]int{76}, 74, model.High},
		{[]int{111}, 86, model.Critical},
		{[]int{1000}, 99, model.Critical},
		// Each further topic counts less: 40 + 30/2 + 30/3 + 25/4.
		{[]int{40, 30, 30, 25}, 72, model.Medium},
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
	for size, want := range map[int]int{2000: 8, 2001: 22} {
		s := scorer{size: size}
		if got := s.suggestion(true); got.Score != want || slices.Contains(got.Why,
			"2001 characters changed") != (want == 22) {
			t.Errorf("%d bytes: %+v", size, got)
		}
	}
	s := scorer{}
	s.say(model.Added, "", "one two three")
	s.say(model.Removed, "four", "")
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
		"arbitration or class action": {40, "arbitration,ARBITRATION,arbitrators,class action,class actions,jury," +
			"Schiedsgericht"},
		"liability or warranty": {25, "liability,liabilities,liable,warranty,indemnify,Haftung"},
		"selling or sharing data": {35, "sell,selling,sold,third party,third parties,share your,share with,share " +
			"the,disclose,Weitergabe"},
		"training of models": {35, "machine learning,artificial intelligence,train our,train AI,train models," +
			"training our,training of,training AI,training model,generative AI"},
		"children or age":                    {30, "children,child,minors,years old,years of age,under the age,parents,mineurs"},
		"biometric, health or location data": {30, "biometrics,health data,genetic,location data,geolocation,facial"},
		"new kinds of data":                  {20, "we collect names,contact lists,keystrokes,wir erheben Namen"},
		"retention or deletion":              {25, "retain,retained,retention,deleted,erasure,stored for,löschen"},
		"consent or opting out":              {25, "consent,consented,opt out,opt-in,withdrawal,object to,Einwilligung"},
		"fees or renewal":                    {25, "fee,fees,charges,renewal,renewing,refund,price,pay,payment,Gebühren"},
		"ending or suspending an account":    {20, "terminate,suspended,cancel,résilier"},
		"governing law":                      {20, "governing law,governed by,exclusive jurisdiction,venue,laws of Veldt,courts of"},
		"contracting party":                  {20, "agreement between,a contract with Quill"},
		"licence to content":                 {25, "license,licence,sublicense,perpetual,irrevocable"},
		"a ban":                              {20, "may not,must not,prohibited,forbidden,scraping,not use,verboten"},
		"notice of changes":                  {15, "notice,notify"},
	}
	if len(want) != len(topics) {
		t.Errorf("%d topics, want %d", len(topics), len(want))
	}
	for name, w := range want {
		for _, text := range strings.Split(w.texts, ",") {
			s := scorer{}
			s.say(model.Added, "", "here "+text+" is")
			if len(s.points) != 1 || s.points[name] != w.points {
				t.Errorf("%q: %v, want %d of %s", text, s.points, w.points, name)
			}
		}
	}
	for _, text := range []string{
		"aims", "feeling", "payroll", "sellers", "juryman", "childish", "priceless", "class room", "third time",
		"train journeys", "years ago", "three years of updates", "chargers", "AI", "a health club",
		"x", "éa", "1",
	} {
		s := scorer{}
		s.say(model.Added, "", text)
		if len(s.points) > 0 {
			t.Errorf("%q: %v", text, s.points)
		}
	}
}

// TestChangedMarksAddPoints: a modified clause scores what its marks do, and
// nothing for what it is about while those words are the same.
func TestChangedMarksAddPoints(t *testing.T) {
	for _, c := range []struct {
		old, new string
		why      string
		points   int
	}{
		{"Keep it for 30 days.", "Keep it for 90 days.", "a changed number", 20},
		{"It costs $5 a month.", "It costs $6 a month.", "a changed amount", 20},
		{"We do it.", "We do not do it.", "a changed negation", 20},
		{"We must do it.", "We may do it.", "a changed modal", 10},
		{"We do it since 5 May 2026, at home.", "We do it since 6 May 2026, at home.",
			"words changed, none of them telling", 0},
		{"The fee is due in 30 days.", "The fee is due in 90 days.", "a changed number", 20},
		{"If a third party sold it, ask within 14 days.", "If a third party sold it, ask within 30 days.",
			"a changed number", 20},
		{"We do it well.", "We do it badly.", "words changed, none of them telling", 0},
		{"The fee is due.", "The price is due.", "fees or renewal", 25},
		{"The law of Veldt applies to it.", "The law of the Outer Isles applies to it.", "governing law", 20},
		{"The law of Veldt applies to what you buy.", "The law of Veldt applies to what you rent.",
			"words changed, none of them telling", 0},
	} {
		got := Compare(in(c.old), in(c.new)).Suggested
		if got.Score != scoreOf(c.points+basePoints) || strings.Join(got.Why, "; ") != c.why {
			t.Errorf("%q to %q: %+v, want %d, %s", c.old, c.new, got, scoreOf(c.points+basePoints), c.why)
		}
	}
	if got := Compare(in(""), in("Keep it for 30 days.")).Suggested; got.Score != scoreOf(basePoints) {
		t.Errorf("a number of a clause that was added: %+v", got)
	}
}

// TestAnItemOfAListThatForbidsIsABan: what leads the item in says so.
func TestAnItemOfAListThatForbidsIsABan(t *testing.T) {
	for lead, want := range map[string]bool{
		"You may not:": true, "You agree not to:": true, "Do not:": true, "Users must never:": true,
		"Sie dürfen nicht:": true, "Vous ne devez pas :": true,
		"You may:": false, "We do what nobody else does:": false, "These are ours:": false,
		"You may not like it, but among so many other things that are of use here in our house there are:": false,
	} {
		list := lead + "\n\n* sing at night\n* dance on tables\n"
		got := Compare(in(list), in(list+"* index or mine the pages\n")).Suggested
		if slices.Contains(got.Why, "a ban") != want {
			t.Errorf("%s: %q", lead, got.Why)
		}
	}
}

// TestNumbersThatAreNoQuantityGiveNoMark: nor do negations and modals of clauses
// that are new or gone whole.
func TestNumbersThatAreNoQuantityGiveNoMark(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"3. Use of your information here", "4. Use of your information there", ""},
		{"**2.6** Use of your information here", "**2.7** Use of your information there", ""},
		{"See section 4 for what we do here.", "See section 5 for what we do there.", ""},
		{"Our house: 12 Willow Road, Veldt 94025, Outer Isles", "Our house: 14 Birch Road, Veldt 94026, Outer Isles", ""},
		{"You must be 13.", "You must be 16.", "number"},
		{"A 30-day notice is given.", "A 60-day notice is given.", "number"},
		{"We pay 5% of it.", "We pay 6% of it.", "number"},
		{"thirty (30) days of it", "sixty (60) days of it", "number"},
		{"Es gilt für 30 Tage.", "Es gilt für 90 Tage.", "number"},
		{"", "You must not keep it for 30 days.", ""},
		{"You must not keep it for 30 days.", "", ""},
	} {
		r := Compare(in(c.old), in(c.new))
		if len(r.Clauses) != 1 || strings.Join(r.Clauses[0].Marks, " ") != c.want {
			t.Errorf("%q to %q: %+v, want %q", c.old, c.new, r.Clauses, c.want)
		}
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
		if got := announces(text, redline.Tokens(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestTopicOfTwoWordsMayEndAClause: and both of them are needed.
func TestTopicOfTwoWordsMayEndAClause(t *testing.T) {
	for words, want := range map[string]int{
		"Nobody here joins a class action": 45, "Class action": 45, "Nobody here joins a class": 5,
		"Nobody here takes action": 5, "A class of action": 5,
	} {
		if got := Compare(in(""), in(words)).Suggested; got.Score != scoreOf(want) {
			t.Errorf("%q: %+v, want %d points", words, got, want)
		}
	}
}
