package timeline

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/guard"
)

// policy is a document in which one number can be changed.
func policy(days int) string {
	var b strings.Builder
	b.WriteString("# Privacy Policy\n\n")
	for _, about := range strings.Fields("accounts photos videos messages payments contacts devices locations searches " +
		"cookies partners courts") {
		fmt.Fprintf(&b, "You must be at least 16 years old to use our %s, and agree to these terms.\n\n", about)
	}
	fmt.Fprintf(&b, "## How long we keep it\n\nWe keep your personal data for %d days after you close your account.\n",
		days)
	return b.String()
}

const (
	signIn = "# Sign in\n\nEnter your password to log in.\n"
	german = "Wir sind ein Dienst und das ist unsere Seite für dich. "
)

// inGerman is another language, which is believed once it has stayed.
func inGerman() string {
	return "# Datenschutz\n\n" + strings.Repeat("Die Daten werden von uns nicht ohne die Zustimmung der Nutzer mit den "+
		"Partnern geteilt, und wir sind für sie da. ", 9) + "\n\n" + strings.Repeat(german, 9) + "\n"
}

func truncated() string { return policy(30)[:300] }

// at is so many hours after the first capture.
func at(hours int) time.Time {
	return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours) * time.Hour)
}

// web, archive and dataset are captures of a text, by how they come.
func web(hours int, text string) Capture     { return capture(model.MethodWeb, hours, text) }
func archive(hours int, text string) Capture { return capture(model.MethodOTAVersions, hours, text) }
func file(hours int, text string) Capture    { return capture(model.MethodFile, hours, text) }
func pages(hours int, text string) Capture   { return capture(model.MethodOTASnapshots, hours, text) }

func capture(method model.Method, hours int, text string) Capture {
	return Capture{Method: method, At: at(hours), Text: text, Sum: sha256.Sum256([]byte(text))}
}

func (c Capture) with(change func(*Capture)) Capture {
	change(&c)
	return c
}

func technical(c *Capture) { c.Technical = true }

func failed(c *Capture) { c.Failure, c.Text = "unreadable: no text", "" }

func extractor(name string) func(*Capture) { return func(c *Capture) { c.Extractor = name } }

func recorded(r Recorded) func(*Capture) { return func(c *Capture) { c.Recorded = &r } }

// steps takes captures in one after the other and returns the last verdict.
func steps(captures ...Capture) (State, Verdict) {
	var s State
	var v Verdict
	for _, c := range captures {
		s, v = Step(s, c)
	}
	return s, v
}

// want is what a table expects of a verdict and the state after it.
type want struct {
	outcome model.OutcomeKind
	kind    model.VersionKind // "" for no version
	detail  string
	good    int
	suspect int // captures counted
}

// transitions are all arrows of the state diagram; the last capture of each is the
// one whose verdict is looked at.
var transitions = []struct {
	name string
	with []Capture
	want want
}{
	// A new document.
	{"first of a history", []Capture{archive(0, policy(30))}, want{model.OutcomeFirst, model.VersionFirst, "", 1, 0}},
	{"first from the web", []Capture{web(0, policy(30))}, want{model.OutcomeFirst, model.VersionFirst, "", 1, 0}},
	{"a sign-in page first", []Capture{web(0, signIn)},
		want{model.OutcomeQuarantined, model.VersionQuarantined, "sign-in page", 0, 0}},
	{"the same sign-in page first again", []Capture{web(0, signIn), web(1, signIn)},
		want{model.OutcomeQuarantined, "", "sign-in page", 0, 0}},
	{"a short page first in a history", []Capture{archive(0, signIn)},
		want{model.OutcomeFirst, model.VersionFirst, "", 1, 0}},
	{"the document after a sign-in page", []Capture{web(0, signIn), web(1, policy(30))},
		want{model.OutcomeFirst, model.VersionFirst, "", 2, 0}},
	{"nothing first", []Capture{web(0, " \n")}, want{model.OutcomeQuarantined, model.VersionQuarantined, "empty", 0, 0}},
	{"nothing first in a history", []Capture{archive(0, "")},
		want{model.OutcomeFailed, model.VersionFailed, "empty", 0, 0}},
	{"technical first", []Capture{archive(0, policy(30)).with(technical)},
		want{model.OutcomeFirst, model.VersionFirst, "", 1, 0}},
	{"ended before it began", []Capture{archive(0, "").with(func(c *Capture) { c.Deleted = true })},
		want{model.OutcomeEnded, "", "", 0, 0}},

	// The text that was seen last.
	{"seen again", []Capture{web(0, policy(30)), web(1, policy(30))}, want{model.OutcomeUnchanged, "", "", 1, 0}},
	{"seen again under another name", []Capture{web(0, policy(30)),
		web(1, policy(30)).with(func(c *Capture) { c.Renamed = true })}, want{model.OutcomeRenamed, "", "", 1, 0}},
	{"again in a history", []Capture{archive(0, policy(30)), archive(1, policy(30))},
		want{model.OutcomeUnchanged, model.VersionUnchanged, "", 2, 0}},
	{"again and technical", []Capture{archive(0, policy(30)), archive(1, policy(30)).with(technical)},
		want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},
	{"seen again clears what was suspected", []Capture{web(0, policy(30)), web(1, truncated()), web(2, policy(30))},
		want{model.OutcomeUnchanged, "", "", 1, 0}},
	{"ended", []Capture{archive(0, policy(30)), archive(1, "").with(func(c *Capture) { c.Deleted = true })},
		want{model.OutcomeEnded, "", "", 1, 0}},

	// Another text.
	{"changed", []Capture{web(0, policy(30)), web(1, policy(90))},
		want{model.OutcomeChanged, model.VersionChanged, "", 2, 0}},
	{"changed in a history", []Capture{archive(0, policy(30)), archive(1, policy(90))},
		want{model.OutcomeChanged, model.VersionChanged, "", 2, 0}},
	{"technical", []Capture{archive(0, policy(30)),
		archive(1, strings.ReplaceAll(policy(30), "## ", "### ")).with(technical)},
		want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},
	{"technical, with other words", []Capture{archive(0, policy(30)), archive(1, policy(90)).with(technical)},
		want{model.OutcomeChanged, model.VersionTechnical, "", 2, 0}},
	{"technical, of pages", []Capture{pages(0, policy(30)), pages(1, policy(90)).with(technical)},
		want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},
	{"technical and a bad capture", []Capture{archive(0, policy(30)), archive(1, signIn).with(technical)},
		want{model.OutcomeChanged, model.VersionTechnical, "", 1, 1}},
	{"the same bytes read into another text", []Capture{web(0, policy(30)),
		web(1, policy(90)).with(func(c *Capture) { c.SameBytes = true })},
		want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},
	{"the same bytes as a bad capture", []Capture{web(0, policy(30)), web(1, truncated()),
		web(2, policy(90)).with(func(c *Capture) { c.SameBytes = true })},
		want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"another extractor, the same words", []Capture{web(0, policy(30)).with(extractor("one")),
		web(1, strings.ReplaceAll(policy(30), "## ", "### ")).with(extractor("two"))},
		want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},
	{"the same extractor, the same words", []Capture{web(0, policy(30)).with(extractor("one")),
		web(1, strings.ReplaceAll(policy(30), "## ", "### ")).with(extractor("one"))},
		want{model.OutcomeChanged, model.VersionChanged, "", 2, 0}},
	{"another extractor, other words", []Capture{web(0, policy(30)).with(extractor("one")),
		web(1, policy(90)).with(extractor("two"))}, want{model.OutcomeChanged, model.VersionChanged, "", 2, 0}},

	// No usable text.
	{"failed", []Capture{web(0, policy(30)), web(1, "").with(failed)},
		want{model.OutcomeFailed, model.VersionFailed, "unreadable: no text", 1, 0}},
	{"failed the same way again", []Capture{web(0, policy(30)), web(1, "").with(failed), web(2, "").with(failed)},
		want{model.OutcomeFailed, "", "unreadable: no text", 1, 0}},
	{"failed the same way again in a history", []Capture{archive(0, policy(30)), archive(1, "").with(failed),
		archive(2, "").with(failed)}, want{model.OutcomeFailed, model.VersionFailed, "unreadable: no text", 1, 0}},
	{"failed the same way after a text", []Capture{web(0, policy(30)), web(1, "").with(failed), web(2, policy(90)),
		web(3, "").with(failed)}, want{model.OutcomeFailed, model.VersionFailed, "unreadable: no text", 3, 0}},
	{"nothing", []Capture{web(0, policy(30)), web(1, "")},
		want{model.OutcomeQuarantined, model.VersionQuarantined, "empty", 1, 0}},
	{"nothing in a history", []Capture{archive(0, policy(30)), archive(1, "\n")},
		want{model.OutcomeFailed, model.VersionFailed, "empty", 1, 0}},

	// A bad capture.
	{"a sign-in page", []Capture{web(0, policy(30)), web(1, signIn)},
		want{model.OutcomeQuarantined, model.VersionQuarantined, "sign-in page", 1, 1}},
	{"the same sign-in page again", []Capture{web(0, policy(30)), web(1, signIn), web(2, signIn)},
		want{model.OutcomeQuarantined, "", "sign-in page", 1, 2}},
	{"another bad capture", []Capture{web(0, policy(30)), web(1, signIn), web(2, truncated())},
		want{model.OutcomeQuarantined, model.VersionQuarantined, "truncated", 1, 1}},
	{"a sign-in page in a history", []Capture{archive(0, policy(30)), archive(1, signIn)},
		want{model.OutcomeChanged, model.VersionChanged, "", 1, 1}},
	{"the same one again in a history", []Capture{archive(0, policy(30)), archive(1, signIn), archive(2, signIn)},
		want{model.OutcomeChanged, model.VersionChanged, "", 1, 2}},
	{"the same one again elsewhere", []Capture{pages(0, policy(30)), pages(1, signIn), pages(2, signIn)},
		want{model.OutcomeUnchanged, "", "", 1, 2}},
	{"another one like it elsewhere", []Capture{pages(0, policy(30)), pages(1, signIn), pages(2, signIn+"\nForgot it?\n")},
		want{model.OutcomeChanged, model.VersionChanged, "", 1, 2}},
	{"the document after a bad capture", []Capture{archive(0, policy(30)), archive(1, signIn), archive(2, policy(90))},
		want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"a sign-in page stays one for ever", []Capture{archive(0, policy(30)), archive(1, signIn), archive(400, signIn),
		archive(800, signIn)}, want{model.OutcomeChanged, model.VersionChanged, "", 1, 3}},

	// A bad capture of a kind that is believed once it has stayed.
	{"another language, long enough", []Capture{archive(0, policy(30)), archive(1, inGerman()),
		archive(1+14*24, inGerman())}, want{model.OutcomeUnchanged, model.VersionUnchanged, "", 3, 0}},
	{"another language, not long enough", []Capture{archive(0, policy(30)), archive(1, inGerman()), archive(2, inGerman()),
		archive(14*24, inGerman())}, want{model.OutcomeChanged, model.VersionChanged, "", 1, 3}},
	{"another language, edited since", []Capture{archive(0, policy(30)), archive(1, inGerman()),
		archive(1+14*24, inGerman()+"\nNeu.\n")}, want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"an archive recorded nothing else for long enough", []Capture{archive(0, policy(30)), archive(1, inGerman()),
		archive(1+14*24, policy(60))}, want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"files show only what they hold", []Capture{file(0, policy(30)), file(1, inGerman()), file(1+14*24, policy(30))},
		want{model.OutcomeUnchanged, "", "", 1, 0}},
	{"a file like the last bad one", []Capture{file(0, policy(30)), file(1, inGerman()),
		file(1+14*24, inGerman()+"\nNeu.\n")}, want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"from the web, long enough", []Capture{web(0, policy(30)), web(1, inGerman()),
		web(1+14*24, inGerman()+"\nNeu.\n")}, want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"from the web, not long enough", []Capture{web(0, policy(30)), web(1, inGerman()),
		web(14*24, inGerman()+"\nNeu.\n")}, want{model.OutcomeQuarantined, model.VersionQuarantined,
		"another language: German after English", 1, 2}},
	{"from the web, another one by then", []Capture{web(0, policy(30)), web(1, truncated()), web(1+14*24, inGerman())},
		want{model.OutcomeQuarantined, model.VersionQuarantined, "another language: German after English", 1, 1}},
	{"a sign-in page is never believed", []Capture{archive(0, policy(30)), archive(1, signIn), archive(99*24, signIn)},
		want{model.OutcomeChanged, model.VersionChanged, "", 1, 2}},
	{"nor is one that an error page follows", []Capture{web(0, policy(30)), web(1, signIn), web(99*24, "# Error 404\n\n"+
		"The page could not be found.\n")}, want{model.OutcomeQuarantined, model.VersionQuarantined, "error page", 1, 2}},
	{"another language, interrupted by another bad capture", []Capture{archive(0, policy(30)), archive(1, inGerman()),
		archive(2, inGerman()), archive(3, signIn), archive(1+14*24, inGerman())},
		want{model.OutcomeChanged, model.VersionChanged, "", 1, 1}},
	{"another language after another bad capture that has stayed", []Capture{archive(0, policy(30)), archive(1, signIn),
		archive(2, signIn), archive(1+14*24, inGerman())}, want{model.OutcomeChanged, model.VersionChanged, "", 1, 1}},
	{"a failed capture does not end it", []Capture{archive(0, policy(30)), archive(1, inGerman()),
		archive(9, "").with(failed), archive(1+14*24, inGerman())},
		want{model.OutcomeUnchanged, model.VersionUnchanged, "", 4, 0}},

	// Two texts in turns.
	{"back after a bad capture that has stayed", []Capture{web(0, policy(30)), web(1, policy(90)), web(2, signIn),
		web(3, signIn), web(27, policy(30))}, want{model.OutcomeQuarantined, model.VersionQuarantined, flips, 2, 1}},
	{"back within days", []Capture{web(0, policy(30)), web(1, policy(90)), web(2, policy(30))},
		want{model.OutcomeQuarantined, model.VersionQuarantined, flips, 2, 1}},
	{"back just within a week", []Capture{web(0, policy(30)), web(1, policy(90)), web(7*24, policy(30))},
		want{model.OutcomeQuarantined, model.VersionQuarantined, flips, 2, 1}},
	{"back after a week", []Capture{web(0, policy(30)), web(1, policy(90)), web(1+7*24, policy(30))},
		want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"back and stayed for a day", []Capture{web(0, policy(30)), web(1, policy(90)), web(2, policy(30)), web(3, policy(30)),
		web(26, policy(30))}, want{model.OutcomeChanged, model.VersionChanged, "", 4, 0}},
	{"back and stayed for less than a day", []Capture{web(0, policy(30)), web(1, policy(90)), web(2, policy(30)),
		web(3, policy(30)), web(25, policy(30))}, want{model.OutcomeQuarantined, "", flips, 2, 3}},
	{"back and seen once a day later", []Capture{web(0, policy(30)), web(1, policy(90)), web(2, policy(30)),
		web(26, policy(30))}, want{model.OutcomeQuarantined, "", flips, 2, 2}},
	{"back in a history", []Capture{archive(0, policy(30)), archive(1, policy(90)), archive(2, policy(30))},
		want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},

	// The last good text made again.
	{"made anew into another text", []Capture{web(0, policy(30)),
		web(1, policy(90)).with(func(c *Capture) { c.Reread = 1 })},
		want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},

	// Versions judged again.
	{"a bad capture stays one", []Capture{web(0, policy(30)),
		web(1, policy(90)).with(recorded(Recorded{Suspect: true})).with(func(c *Capture) { c.Failure = "flips" })},
		want{model.OutcomeQuarantined, model.VersionQuarantined, "flips", 1, 1}},
	{"a change from the web stays none that is bad",
		[]Capture{web(0, policy(30)), web(1, truncated()).with(recorded(Recorded{Changed: true}))},
		want{model.OutcomeChanged, model.VersionChanged, "", 2, 0}},
	{"a change from the web is not taken for a flip",
		[]Capture{web(0, policy(30)), web(1, policy(90)), web(2, policy(30)).with(recorded(Recorded{Changed: true}))},
		want{model.OutcomeChanged, model.VersionChanged, "", 3, 0}},
	{"a change of a history may be a bad capture",
		[]Capture{archive(0, policy(30)), archive(1, truncated()).with(recorded(Recorded{Changed: true}))},
		want{model.OutcomeChanged, model.VersionChanged, "", 1, 1}},
	{"a change that was technical stays a change",
		[]Capture{archive(0, policy(30)), archive(1, policy(90)).with(technical).with(recorded(Recorded{Changed: true}))},
		want{model.OutcomeChanged, model.VersionChanged, "", 2, 0}},
	{"a technical version stays one", []Capture{archive(0, policy(30)),
		archive(1, strings.ReplaceAll(policy(30), "## ", "### ")).with(technical).with(recorded(Recorded{}))},
		want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},
	{"a technical version with other words is a change", []Capture{archive(0, policy(30)),
		archive(1, policy(90)).with(technical).with(recorded(Recorded{}))},
		want{model.OutcomeChanged, model.VersionTechnical, "", 2, 0}},
	{"a change to the same text stays one", []Capture{web(0, policy(30)),
		web(1, policy(30)).with(recorded(Recorded{Changed: true}))},
		want{model.OutcomeChanged, model.VersionChanged, "", 2, 0}},
	{"a version of the same text stays one", []Capture{web(0, policy(30)), web(1, policy(30)).with(recorded(Recorded{}))},
		want{model.OutcomeUnchanged, model.VersionUnchanged, "", 2, 0}},
	{"a bad capture repeated stays a version", []Capture{pages(0, policy(30)), pages(1, signIn),
		pages(2, signIn).with(recorded(Recorded{Changed: true}))},
		want{model.OutcomeChanged, model.VersionChanged, "", 1, 2}},
	{"a failed one stays one", []Capture{web(0, policy(30)), web(1, "").with(failed),
		web(2, "").with(failed).with(recorded(Recorded{}))},
		want{model.OutcomeFailed, model.VersionFailed, "unreadable: no text", 1, 0}},
	{"a first sign-in page that was believed", []Capture{web(0, signIn).with(recorded(Recorded{}))},
		want{model.OutcomeFirst, model.VersionFirst, "", 1, 0}},
}

func TestStepMakesEachTransition(t *testing.T) {
	for _, c := range transitions {
		before, _ := steps(c.with[:len(c.with)-1]...)
		s, v := Step(before, c.with[len(c.with)-1])
		if got := (want{v.Outcome, v.Kind, v.Detail, s.Good, s.Suspect.Count}); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
		versions := before.Versions
		if c.want.kind != "" {
			versions++
			if v.Seq != versions {
				t.Errorf("%s: it makes version %d of %d", c.name, v.Seq, versions)
			}
		} else if v.Seq != 0 || v.Change != nil {
			t.Errorf("%s: it makes version %d", c.name, v.Seq)
		}
		if s.Versions != versions {
			t.Errorf("%s: %d versions, want %d", c.name, s.Versions, versions)
		}
		if bad := v.Suspect && v.Seq > 0; bad && s.Good == v.Seq {
			t.Errorf("%s: a bad capture is the good version", c.name)
		}
		if (v.Change != nil) != (v.Outcome == model.OutcomeChanged) {
			t.Errorf("%s: the change is %+v", c.name, v.Change)
		}
	}
}

// TestStepLeavesTheStateBefore takes every transition from one State twice.
func TestStepLeavesTheStateBefore(t *testing.T) {
	for _, c := range transitions {
		before, _ := steps(c.with[:len(c.with)-1]...)
		_, first := Step(before, c.with[len(c.with)-1])
		Step(before, web(99, policy(7)))
		if _, again := Step(before, c.with[len(c.with)-1]); !reflect.DeepEqual(first, again) {
			t.Errorf("%s: the same capture in the same state gives\n%+v, then\n%+v", c.name, first, again)
		}
	}
}

// TestRememberedStateGivesTheSameVerdict takes every transition with a State that was made
// from the good versions, as a store makes it.
func TestRememberedStateGivesTheSameVerdict(t *testing.T) {
	for _, c := range transitions {
		var kept, loaded State
		for _, capture := range c.with[:len(c.with)-1] {
			was := kept.Good
			kept, _ = Step(kept, capture)
			if kept.Good != was && capture.Sum != loaded.GoodSum {
				loaded.Remember(kept.Good, capture.At, capture.Text, capture.Sum)
			}
		}
		history := loaded.history
		loaded = kept
		loaded.history = history
		last := c.with[len(c.with)-1]
		_, want := Step(kept, last)
		if _, got := Step(loaded, last); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, want)
		}
	}
}

func TestBadCaptureOfAHistoryIsAnImmaterialChange(t *testing.T) {
	_, v := steps(archive(0, policy(30)), archive(1, signIn))
	if !v.Suspect || v.Material || v.Reason != model.ReasonCapture || v.Change.Detail != "sign-in page" {
		t.Errorf("%+v, %+v", v, v.Change)
	}
}

func TestChangeIsComparedWithTheLastGoodVersion(t *testing.T) {
	_, v := steps(archive(0, policy(30)), archive(1, policy(60)), archive(2, signIn), archive(3, policy(90)))
	if c := v.Change; c.From != 2 || c.FromSum != sha256.Sum256([]byte(policy(60))) || !v.Material ||
		len(c.Fingerprint.Key) == 0 {
		t.Errorf("%+v", v.Change)
	}
}

func TestChangeTakenBackToTheLetterIsReported(t *testing.T) {
	for name, c := range map[string]struct {
		with []Capture
		want bool
	}{
		"at once": {[]Capture{archive(0, policy(30)), archive(1, policy(90)), archive(2, policy(30))},
			true},
		"from the web, after a week": {[]Capture{web(0, policy(30)), web(1, policy(90)), web(200, policy(30))}, true},
		"over a bad capture": {[]Capture{archive(0, policy(30)), archive(1, policy(90)), archive(2, signIn),
			archive(3, policy(30))}, false},
		"not to the letter": {[]Capture{archive(0, policy(30)), archive(1, policy(90)), archive(2, policy(30)+"\n")},
			false},
		"with a change between": {[]Capture{archive(0, policy(30)), archive(1, policy(90)), archive(2, policy(60)),
			archive(3, policy(30))}, false},
		"on to another text": {[]Capture{archive(0, policy(30)), archive(1, policy(90)), archive(2, policy(60))},
			false},
		"when judged again": {[]Capture{web(0, policy(30)).with(recorded(Recorded{})),
			web(1, policy(90)).with(recorded(Recorded{Changed: true})),
			web(2, policy(30)).with(recorded(Recorded{}))}, true},
	} {
		if _, v := steps(c.with...); v.Change == nil || v.Change.TakesBack != c.want {
			t.Errorf("%s: %+v", name, v.Change)
		}
	}
}

func TestChangeOfTheReadingIsMarked(t *testing.T) {
	first := web(0, policy(30)).with(extractor("one"))
	for name, c := range map[string]struct {
		second Capture
		want   bool
	}{
		"by another extractor": {web(1, policy(90)).with(extractor("two")), true},
		"with other selectors": {web(1, policy(90)).with(func(c *Capture) { c.Extractor, c.OtherReading = "one", true }),
			true},
		"by the same extractor":   {web(1, policy(90)).with(extractor("one")), false},
		"an archive's own text":   {web(1, policy(90)), false},
		"an archive's upgrade":    {archive(1, policy(90)).with(technical), true},
		"found when judged again": {web(1, policy(90)).with(extractor("two")).with(recorded(Recorded{})), true},
		"judged again as recorded": {web(1, policy(90)).with(extractor("one")).with(recorded(Recorded{Changed: true})),
			false},
	} {
		if _, v := steps(first, c.second); v.Change == nil || v.Change.OtherReading != c.want {
			t.Errorf("%s: %+v", name, v.Change)
		}
	}
}

func TestExtractorIsThatOfTheLastGoodText(t *testing.T) {
	s, _ := steps(web(0, policy(30)).with(extractor("one")), web(1, policy(30)).with(extractor("two")))
	if s.Extractor != "two" {
		t.Errorf("seen again by another extractor: %q", s.Extractor)
	}
	if s, _ = Step(s, web(2, policy(30))); s.Extractor != "two" {
		t.Errorf("seen again by none: %q", s.Extractor)
	}
	if s, _ = Step(s, web(3, signIn).with(extractor("three"))); s.Extractor != "two" {
		t.Errorf("a bad capture: %q", s.Extractor)
	}
	if s, _ = Step(s, web(4, policy(90)).with(extractor("three"))); s.Extractor != "three" {
		t.Errorf("a change: %q", s.Extractor)
	}
}

func TestOutdatedRereadIsVoid(t *testing.T) {
	before, _ := steps(web(0, policy(30)).with(extractor("one")), web(1, policy(60)).with(extractor("one")))
	reread := func(seq int) func(*Capture) { return func(c *Capture) { c.Reread, c.Extractor = seq, "two" } }
	for name, c := range map[string]struct {
		capture   Capture
		extractor string
	}{
		"of a version that is no longer the good one": {web(2, policy(90)).with(reread(1)), "one"},
		"without a text":        {web(2, "").with(reread(2)), "one"},
		"into the same text":    {web(2, policy(60)).with(reread(2)), "two"},
		"that could not be had": {web(2, "").with(failed).with(reread(2)), "one"},
	} {
		s, v := Step(before, c.capture)
		if !v.Void || v.Seq != 0 || s.Good != 2 || s.Extractor != c.extractor {
			t.Errorf("%s: %+v, extractor %q", name, v, s.Extractor)
		}
	}
}

// TestFaultCostsOneVerdict makes the comparer fail at one of four texts.
func TestFaultCostsOneVerdict(t *testing.T) {
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "for 60 days") })()
	texts := []string{policy(30), policy(60), policy(90), policy(120)}
	wantUncompared := []bool{false, true, true, false} // the pairs that have it
	var s, remembered State
	for i, text := range texts {
		var v Verdict
		old := s.Text()
		s, v = Step(s, web(i*9, text))
		if i > 0 && (v.Change == nil || v.Change.Uncompared != wantUncompared[i] || !v.Material ||
			v.Reason != model.ReasonNone) {
			t.Fatalf("version %d: %+v, %+v", i+1, v, v.Change)
		}
		if s.Good != i+1 || s.Text() != text {
			t.Errorf("version %d is not the good one, but %d", i+1, s.Good)
		}
		if i > 0 && wantUncompared[i] {
			checkCoarse(t, v.Change.Result, old, text)
		}
		remembered.Remember(i+1, time.Time{}, text, sha256.Sum256([]byte(text)))
	}
	for name, s := range map[string]State{"as it was": s, "remembered": remembered} {
		s.Versions = 4
		if _, v := Step(s, archive(99, policy(90))); v.Reason != model.ReasonFlap {
			t.Errorf("%s: a return past the fault is %+v", name, v)
		}
		if _, v := Step(s, archive(9999, policy(60))); !v.Change.Uncompared {
			t.Errorf("%s: a return to the text that fails is %+v", name, v)
		}
	}
}

func checkCoarse(t *testing.T, r detect.Result, old, new string) {
	t.Helper()
	if len(r.Clauses) != 2 || r.Detail != detect.UncomparedDetail || r.Counts != (model.Counts{Added: 1, Removed: 1}) {
		t.Fatalf("%+v", r)
	}
	if was, is := r.Clauses[0].Old, r.Clauses[1].New; old[was.Start:was.End] != old || new[is.Start:is.End] != new {
		t.Errorf("the clauses %+v, %+v do not hold the texts", was, is)
	}
}

func TestFaultWithoutAChangeKeepsTheOutcome(t *testing.T) {
	defer guard.Inject(func(text string) bool { return strings.Contains(text, "for 60 days") })()
	for name, c := range map[string]struct {
		with []Capture
		want want
	}{
		"a first text": {[]Capture{web(0, policy(60))}, want{model.OutcomeFirst, model.VersionFirst, "", 1, 0}},
		"a technical text": {[]Capture{web(0, policy(30)), web(1, policy(60)).with(technical)},
			want{model.OutcomeTechnical, model.VersionTechnical, "", 2, 0}},
		"seen again": {[]Capture{web(0, policy(60)), web(1, policy(60))}, want{model.OutcomeUnchanged, "", "", 1, 0}},
		"another extractor": {[]Capture{web(0, policy(30)).with(extractor("one")), web(1, policy(60)).with(extractor("two"))},
			want{model.OutcomeChanged, model.VersionChanged, detect.UncomparedDetail, 2, 0}},
		"again in a history": {[]Capture{archive(0, policy(60)), archive(1, policy(60))},
			want{model.OutcomeUnchanged, model.VersionUnchanged, "", 2, 0}},
	} {
		s, v := steps(c.with...)
		if got := (want{v.Outcome, v.Kind, v.Detail, s.Good, s.Suspect.Count}); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, c.want)
		}
	}
}

func TestSizeGrowsWithTheText(t *testing.T) {
	small, _ := steps(archive(0, "One clause.\n"))
	large, _ := steps(archive(0, policy(30)))
	if n := len(policy(30)); small.Size() < 10 || large.Size() < n || large.Size() > 3*n {
		t.Errorf("%d and %d bytes for %d of text", small.Size(), large.Size(), n)
	}
}

// TestEveryVersionIsRemembered: a change that leads to the same text, as one judged
// again may, is a version of its own beside the one before.
func TestEveryVersionIsRemembered(t *testing.T) {
	once, _ := steps(web(0, policy(30)))
	changed, _ := Step(once, web(1, policy(30)).with(recorded(Recorded{Changed: true})))
	again, _ := Step(once, web(1, policy(30)).with(recorded(Recorded{})))
	if changed.Size() <= once.Size() || again.Size() != once.Size() {
		t.Errorf("%d bytes, a change on %d, again %d", once.Size(), changed.Size(), again.Size())
	}
}
