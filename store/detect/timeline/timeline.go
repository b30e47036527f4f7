// Package timeline decides what becomes of a capture: whether it makes a version
// of its document, which one the next is compared with, whether it is a change, a
// bad capture, or nothing at all. It is the one state machine for that, used by
// recording, by detecting again what is stored, by the evaluation and by
// `track test`.
//
// It is pure: [Step] takes a document's [State] and a [Capture] and returns the
// next State and a [Verdict], without storing, reading or asking the time. What
// changed in a text, and what gives one away as a bad capture, is for
// store/detect.
//
// A document is in one of these states; the arrows are the kinds of version that a
// capture makes (in brackets: none):
//
//	       failed, quarantined                     unchanged, technical, changed
//	            ┌────┐                                       ┌────┐
//	            │    ▼                                       │    ▼
//	          ┌────────┐                first              ┌────────┐
//	─────────►│  new   │──────────────────────────────────►│  good  │──┐ (ended, seen again,
//	          └────────┘                                   └────────┘◄─┘  void reread)
//	                                                         │    ▲
//	                                  changed and suspect,   │    │  changed (another text, or the
//	                                  quarantined, failed    │    │  suspect has stayed), technical,
//	                                                         ▼    │  unchanged, (seen again)
//	                                                       ┌────────┐
//	                                                       │  good, │──┐ suspect, quarantined or failed
//	                                                       │suspect │◄─┘ again; (the very same again)
//	                                                       └────────┘
//
// Rules:
//   - The last good version is what the next text is compared with. A bad capture
//     leaves it and is set aside. One that may be the platform's doing is believed
//     when it, or a text like it, is seen again after two weeks, or when an archive
//     recorded nothing else for as long: then its change is shown, saying so, and
//     what follows is compared with it. A page whose whole message is that it is
//     none is never believed.
//   - What was fetched from the live web can be fetched again. A bad capture from
//     there is quarantined: kept, compared with nothing, and no change. From an
//     archive it is kept as an immaterial change, for there is nothing else.
//   - A site that serves two texts in turns makes no changes: a text that goes back
//     to a former one within days is quarantined until it has stayed, unless it goes back
//     from another page altogether: then the document is back. A change that
//     is taken back to the letter is marked as taken back.
//   - A document that goes back and forth between the same texts alternates: its
//     turns are folded and counted. The text that stays at last, without being the
//     one that was shown, is shown once as settled: the change of its turn becomes
//     material, however late that shows.
//   - A text that our own or the archive's extraction made otherwise is technical:
//     it becomes the good one and is no change. Where the archive's has other words
//     it is a change, which says that the reading changed, too: an archive looks at
//     the page anew when it reads it anew.
//   - A history's versions are all kept, the text before included; of what comes
//     otherwise, what was seen last makes no version.
//   - Texts that make the comparer fail cost that verdict only (store/text/guard):
//     the change is kept as one that could not be compared.
package timeline

import (
	"cmp"
	"crypto/sha256"
	"strings"
	"time"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/text/guard"
	"fineprint/store/text/similar"
)

const (
	// acceptTime is for how long a text that looks like a bad capture must stay to
	// be believed, where that is possible at all.
	acceptTime = 14 * 24 * time.Hour

	// flips is what a text is quarantined for that goes back to a former one.
	flips = "flips back and forth"
	// flipWindow is how soon after it was left a former text must come back to be
	// quarantined: a platform takes a change back after weeks, a site that serves
	// two versions in turns does it within days.
	flipWindow = 7 * 24 * time.Hour
	// flipCaptures and flipTime are how often and for how long it must have stayed
	// to be believed.
	flipCaptures = 2
	flipTime     = 24 * time.Hour

	// strangeShare: of a strange text all but one part in so many is gone again.
	strangeShare = 10

	// empty is the failure of a capture without a text.
	empty = "empty"
)

// Memory is how many good versions, remembered one after the other, make a State
// judge the next text as the one that saw them come in does.
const Memory = detect.HistoryWindow

// Sum is the SHA-256 of a text.
type Sum = [sha256.Size]byte

// Bad is what a capture without a usable text was, to know the same one again.
type Bad struct {
	Failure string
	Text    Sum
}

// Link is a change: the text that it leaves, and the version that it leads to.
type Link struct {
	From Sum
	To   int
}

// State is what becomes of a document's next capture depends on. The zero value is
// a document without a capture. A State is a value: a copy is independent of it.
type State struct {
	Versions  int       // the newest version
	Good      int       // the one that the next is compared with; 0 for none
	GoodSum   Sum       // of its text
	GoodAt    time.Time // when it was captured
	Extractor string    // what made its text, or the same text since
	Suspect   Suspect
	Bad       Bad  // the newest version, if it has no usable text
	Last      Link // the newest change
	Course    Course

	order   func(seq int) int // the place of a version in the order of time; nil where it is its number
	history detect.History
	shown   string // the text of Course.Shown, where it is not the good one
	turned  string // that of Course.Turn, where it is not the good one
	aside   Aside  // the last bad capture
	former  string // the good text before one that was set aside first
	prints  turnPrints
}

// Outline returns what of the state can be told without a text. It judges no capture.
func (s *State) Outline() State {
	return State{Versions: s.Versions, Good: s.Good, GoodSum: s.GoodSum, GoodAt: s.GoodAt, Extractor: s.Extractor,
		Suspect: s.Suspect, Bad: s.Bad, Last: s.Last, Course: s.Course}
}

// Text returns the text that the next one is compared with, "" for none.
func (s *State) Text() string { return s.history.Good() }

// Size is about how many bytes the state holds on to.
func (s *State) Size() int {
	return s.history.Size() + len(s.shown) + len(s.turned) + len(s.aside.Text) + len(s.former) + s.prints.size()
}

// Remember takes a text, captured at a time, as the good version seq without a
// verdict. The last
// [Memory] good versions, the oldest first, make a State what it was.
func (s *State) Remember(seq int, at time.Time, text string, sum Sum) {
	history, ok := guard.Value(func() detect.History {
		h := s.history
		h.Start(seq, at, text)
		return h
	})
	if ok {
		s.history = history
	} else {
		s.history.Adopt(seq, at, text)
	}
	s.Good, s.GoodSum = seq, sum
}

// Pack returns what the state remembers of its last good versions, the newest one's
// text left out; nil where that is no gain.
func (s *State) Pack() []byte { return s.history.Pack() }

// Resume takes the good version seq with what was packed of those before. ok is false,
// and nothing taken, when it was not packed of this text.
func (s *State) Resume(seq int, text string, sum Sum, packed []byte) (ok bool) {
	resumed, _ := guard.Value(func() bool { return s.history.Resume(text, packed) })
	if resumed {
		s.Good, s.GoodSum = seq, sum
	}
	return resumed
}

// Ordered returns the state of a document whose versions are in another order than that
// of their numbers; order returns the place of one.
func (s State) Ordered(order func(seq int) int) State {
	s.order = order
	return s
}

// UnderRules returns the state with other rules of the analyst for places.
func (s State) UnderRules(list []detect.PlaceRule) State {
	s.history = s.history.UnderRules(list)
	return s
}

// Capture is what of a capture matters to what becomes of it. See [model.Capture]
// for the fields of the same names.
type Capture struct {
	Seq    int // of the version that it makes, if it makes one; 0 for the next number
	Method model.Method
	At     time.Time
	Text   string
	Sum    Sum // of Text

	Failure      string
	Deleted      bool
	Technical    bool
	OtherReading bool
	Extractor    string
	Renamed      bool
	Reread       int  // the version whose text it makes again; 0 for none
	SameBytes    bool // its bytes are those of the newest snapshot
	// Recorded is set when it is a version already and is judged again.
	Recorded *Recorded
}

// Recorded is what a version was taken for when it came in.
type Recorded struct {
	// Suspect: for a bad capture. Of one from the live web that is not judged
	// again, because what was seen between its versions is not kept.
	Suspect bool
	// Changed: a change leads to it.
	Changed bool
	// Settled: the document was seen to have stayed with it.
	Settled bool
}

// Verdict is what becomes of a capture.
type Verdict struct {
	Outcome  model.OutcomeKind
	Seq      int               // of the version that it makes; 0 for none
	Kind     model.VersionKind // of that version
	Failure  string            // and what is wrong with it
	Suspect  bool              // it is a bad capture, and compared with nothing
	Material bool              // of the change
	Reason   model.Reason
	Detail   string  // of a failed or quarantined capture, a change that could not be compared, or a doubtful first text
	Change   *Change // nil for none
	// Settled is what of before had stood long enough when the capture came.
	Settled []Settled
	// Void: a text made again that nothing is to be recorded of, its bytes neither.
	Void bool
}

// Change is what a capture changed, and what it is compared with others by.
type Change struct {
	detect.Result
	Fingerprint similar.Fingerprint
	From        int // the version compared with
	FromSum     Sum
	// OtherReading: the two texts were made in different ways, so that what
	// differs may be our doing.
	OtherReading bool
	// TakesBack: it takes the document's last change back to the letter, and soon.
	TakesBack bool
	// Alternation is set for a change that is a turn of one, as of this turn.
	Alternation Alternation
}

// Step takes a capture in: the next state of its document, and what becomes of the
// capture.
func Step(s State, c Capture) (State, Verdict) {
	if c.Seq == 0 {
		c.Seq = s.Versions + 1
	}
	taken, ok := guard.Value(func() step {
		t := step{State: s, c: c}
		t.settle(c.At)
		t.decide()
		return t
	})
	if !ok {
		taken = step{State: s, c: c, blind: true}
		taken.settle(c.At)
		taken.decide()
	}
	return taken.State, taken.v
}

// step is one Step under way.
type step struct {
	State
	c     Capture
	v     Verdict
	blind bool // the comparer failed: it is not asked again

	settling  bool // what was set aside is being believed
	overruled bool // it was, or what is like it
}

// usable reports whether the capture holds a text to compare.
func (t *step) usable() bool { return t.c.Failure == "" && strings.TrimSpace(t.c.Text) != "" }

// live reports whether the capture comes from the live web and is judged for the
// first time: what looks bad can be fetched again.
func (t *step) live() bool { return t.c.Method == model.MethodWeb && t.c.Recorded == nil }

// always reports whether the capture makes a version whatever it holds: a history
// keeps its versions, and so does the store those that it has.
func (t *step) always() bool {
	return t.c.Method == model.MethodOTAVersions || t.c.Recorded != nil
}

func (t *step) decide() {
	t.v.Outcome = model.OutcomeUnchanged
	switch {
	case t.c.Deleted:
		t.v.Outcome = model.OutcomeEnded
		return
	case t.c.Reread > 0 && !t.reread():
		t.v.Void = true
		return
	}
	t.believeAside()
	if t.c.SameBytes && t.Good > 0 && t.Good == t.Versions && t.c.Text != t.Text() {
		t.c.Technical = true // the bytes of the last good version: what differs is our own extraction
	}
	kind, seen := t.classify()
	if seen {
		return
	}
	t.v.Detail = cmp.Or(t.c.Failure, t.v.Detail)
	if t.live() && t.Bad == (Bad{t.c.Failure, t.c.Sum}) {
		return // the very same again
	}
	t.addVersion(kind)
}

// reread prepares a capture that makes the last good text again; it reports whether
// there is anything to record.
func (t *step) reread() bool {
	if t.c.Reread != t.Good || !t.usable() {
		return false // another one is the good one since, or there is no text in it
	}
	if t.c.Text == t.Text() {
		t.Extractor = t.c.Extractor
		return false
	}
	t.c.Technical = true
	return true
}

// readOtherwise reports whether the last good text was made in another way than
// this one: then what differs may be our doing. An archive's own texts are
// compared as they are.
func (t *step) readOtherwise() bool {
	return t.c.OtherReading || t.c.Extractor != "" && t.c.Extractor != t.Extractor
}

// classify finds the role of the capture in its document's history. seen reports
// that it is what was seen last and makes no version.
func (t *step) classify() (kind model.VersionKind, seen bool) {
	c := &t.c
	switch {
	case c.Recorded != nil && c.Recorded.Suspect && c.Method == model.MethodWeb:
		if t.Good > 0 {
			t.reject(c.Failure)
		}
		return t.quarantine(c.Failure), false
	case !t.usable():
		return t.unusable(), false
	case t.Good == 0 && t.live() && t.interstitial() != "":
		return t.quarantine(t.interstitial()), false
	case t.Good == 0:
		t.v.Outcome = model.OutcomeFirst
		if t.live() && !t.blind {
			t.v.Detail = detect.Doubt(t.c.Text)
		}
		return model.VersionFirst, false
	case c.Recorded != nil && c.Recorded.Changed:
		return t.compare()
	case c.Text == t.Text():
		return t.again()
	case c.Technical && !t.upgraded(), t.readOtherwise() && t.sameWords():
		t.v.Outcome = model.OutcomeTechnical
		return model.VersionTechnical, false
	case c.Technical:
		_, seen = t.compare()
		return model.VersionTechnical, seen
	case t.live():
		return t.compareLive(), false
	default:
		return t.compare()
	}
}

// upgraded reports whether what an archive made with another extraction has other
// words than the last good text. Then the platform may have changed them as well,
// since the archive only looks at the page anew when it reads it anew.
func (t *step) upgraded() bool { return t.c.Method == model.MethodOTAVersions && !t.sameWords() }

// unusable is the role of a capture without a text to compare.
func (t *step) unusable() model.VersionKind {
	if t.c.Failure == "" && t.live() {
		return t.quarantine(empty)
	}
	if t.c.Failure == "" {
		t.c.Failure = empty
	}
	t.v.Outcome = model.OutcomeFailed
	return model.VersionFailed
}

// again is the role of a capture of the last good text.
func (t *step) again() (kind model.VersionKind, seen bool) {
	switch {
	case t.c.Technical:
		t.v.Outcome = model.OutcomeTechnical
		return model.VersionTechnical, false
	case t.always():
		return model.VersionUnchanged, false
	}
	t.Suspect, t.aside = Suspect{}, Aside{}
	if t.c.Extractor != "" {
		t.Extractor = t.c.Extractor
	}
	if t.c.Renamed {
		t.v.Outcome = model.OutcomeRenamed
	}
	return model.VersionUnchanged, true
}

// quarantine sets the capture apart, for what gave it away.
func (t *step) quarantine(what string) model.VersionKind {
	t.c.Failure, t.v.Suspect = what, true
	t.v.Outcome, t.v.Reason = model.OutcomeQuarantined, model.ReasonCapture
	return model.VersionQuarantined
}

// compareLive detects what a capture from the live web changed, or quarantines it.
func (t *step) compareLive() model.VersionKind {
	found := t.assess()
	bad := ""
	switch {
	case found.Suspect:
		bad = found.Detail
	case found.Reason == model.ReasonFlap && t.c.At.Sub(t.GoodAt) < flipWindow &&
		!t.hasStayed(flips, flipCaptures, flipTime) && !t.wasStrange(found):
		bad = flips
	}
	if bad != "" {
		t.reject(bad)
		return t.quarantine(bad)
	}
	t.changed(found)
	return model.VersionChanged
}

// wasStrange reports whether a text goes back from one that next to nothing of is in it:
// another page in place of the document, which was believed, and not two variants of one.
func (t *step) wasStrange(found detect.Result) bool {
	gone := 0
	for _, ch := range found.Clauses {
		if ch.Kind == model.Removed && ch.Old != nil {
			gone += ch.Old.End - ch.Old.Start
		}
	}
	return gone*strangeShare >= len(strings.TrimSpace(t.Text()))*(strangeShare-1)
}

// compare detects what any other capture changed. seen reports that it is the very
// suspect that was seen last.
func (t *step) compare() (kind model.VersionKind, seen bool) {
	found := t.assess()
	if found.Suspect {
		same := t.Suspect.Count > 0 && t.Suspect.Text == t.c.Sum
		t.reject(found.Detail)
		if same && !t.always() {
			t.v.Outcome, t.v.Reason = model.OutcomeUnchanged, model.ReasonCapture
			return model.VersionChanged, true
		}
	}
	t.changed(found)
	return model.VersionChanged, false
}

// changed takes over what detection found.
func (t *step) changed(found detect.Result) {
	c := t.changeTo(found)
	c.TakesBack = found.Reason == model.ReasonFlap && t.Last == Link{t.c.Sum, t.Good} && !t.stood(t.c.At)
	t.v.Change, t.v.Suspect = c, found.Suspect
	t.v.Outcome, t.v.Material, t.v.Reason = model.OutcomeChanged, found.Material, found.Reason
	if t.Last = (Link{t.GoodSum, t.c.Seq}); found.Uncompared {
		t.v.Detail = found.Detail
	}
	if !found.Suspect {
		t.follow(c)
	}
}

// changeTo makes the change from the good version of what detection found.
func (t *step) changeTo(found detect.Result) *Change {
	t.tellAside(&found)
	c := &Change{Result: found, From: t.Good, FromSum: t.GoodSum, OtherReading: t.readOtherwise() || t.c.Technical}
	if !t.blind {
		c.Fingerprint = t.fingerprint(&found)
	}
	return c
}

// hasStayed reports whether the same kind of bad capture was seen so often and for
// so long that it is believed to be the platform's doing.
func (t *step) hasStayed(what string, captures int, long time.Duration) bool {
	s := &t.Suspect
	return s.What == what && s.Count >= captures && t.c.At.Sub(s.Since) >= long
}

// addVersion makes the version, and the text the good one unless it is a bad capture.
func (t *step) addVersion(kind model.VersionKind) {
	t.Versions, t.Bad = t.c.Seq, Bad{}
	t.v.Seq, t.v.Kind, t.v.Failure = t.c.Seq, kind, t.c.Failure
	if t.v.Suspect {
		t.aside = Aside{Seq: t.c.Seq, At: t.c.At, Text: t.c.Text, Sum: t.c.Sum, Extractor: t.c.Extractor,
			Quarantined: kind == model.VersionQuarantined}
	}
	if !t.usable() {
		t.Bad = Bad{t.c.Failure, t.c.Sum}
		return
	}
	if t.v.Suspect {
		return
	}
	if t.v.Change == nil && t.c.Text != t.Text() {
		t.keepTexts()
	}
	t.advance()
	switch {
	case kind == model.VersionFirst:
		t.showed(t.c.Seq, t.history.Last().Text) // by being there
	case t.c.Recorded != nil && t.c.Recorded.Settled:
		t.settle(t.Course.TurnAt.Add(settleTime))
	}
	t.Good, t.GoodSum, t.GoodAt = t.c.Seq, t.c.Sum, t.c.At
	t.Suspect, t.aside, t.former, t.Extractor = Suspect{}, Aside{}, "", t.c.Extractor
}

// keepTexts keeps the texts that the course needs when one takes the place of the
// good text that is no change.
func (t *step) keepTexts() {
	if t.Course.Shown.Seq > 0 && t.shown == "" {
		t.shown = t.Text()
	}
	if t.Course.Turn > 0 && t.turned == "" {
		t.turned = t.Text()
	}
}

// advance moves the history on to the capture's text.
func (t *step) advance() {
	switch {
	case t.v.Change != nil && !t.blind:
		t.history.Advance(t.c.Seq, t.c.At)
	case t.Good > 0 && t.c.Text == t.Text():
		t.history.Seen(t.c.Seq)
	case t.blind:
		t.history.Adopt(t.c.Seq, t.c.At, t.c.Text)
	default:
		t.history.Start(t.c.Seq, t.c.At, t.c.Text)
	}
}

// assess asks detection what the capture's text is beside the good one.
func (t *step) assess() detect.Result {
	if t.blind {
		return detect.Uncompared(t.Text(), t.c.Text)
	}
	return t.history.Assess(t.c.At, t.c.Text, t.c.Technical, t.believed)
}

func (t *step) interstitial() string {
	if t.blind {
		return ""
	}
	return detect.ClassifyInterstitial(t.c.Text)
}

func (t *step) sameWords() bool { return !t.blind && detect.SameWords(t.Text(), t.c.Text) }
