package kit

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/keys"
)

// common is what screens share in a window of so many columns.
func common(t *testing.T, w int) *Common {
	t.Helper()
	c := &Common{Ctx: t.Context(), Config: config.Default(), Keys: keys.All, W: w, H: 24, Dark: true,
		Clock: func() time.Time { return now }}
	c.ApplyTheme()
	return c
}

func press(names ...string) []tea.KeyPressMsg {
	var msgs []tea.KeyPressMsg
	for _, n := range names {
		switch n {
		case "enter":
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyEnter})
		case "esc":
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyEscape})
		case "backspace":
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyBackspace})
		case "down":
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyDown})
		case "up":
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyUp})
		case "pgdown":
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyPgDown})
		case "pgup":
			msgs = append(msgs, tea.KeyPressMsg{Code: tea.KeyPgUp})
		default:
			for _, r := range n {
				msgs = append(msgs, tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
	return msgs
}

// typeInto presses keys until the dialog is done, and returns what it does.
func typeInto(d Dialog, names ...string) (a Action, done bool) {
	for _, msg := range press(names...) {
		if a, done = d.Key(msg); done {
			return a, done
		}
	}
	return a, done
}

func TestTitleBarFillsTheWindowAndKeepsTheRightSide(t *testing.T) {
	for _, w := range []int{60, 80, 120} {
		bar := ansi.Strip(common(t, w).TitleBar(strings.Repeat("long ", 40)+"\x1b]0;owned\x07", "12 of 40"))
		if ansi.StringWidth(bar) != w || !strings.HasSuffix(bar, "12 of 40 ") || strings.Contains(bar, "\x1b") {
			t.Errorf("in %d columns the bar is %q", w, bar)
		}
	}
}

func TestRowsAreAsWideAsTheWindow(t *testing.T) {
	c := common(t, 60)
	for _, line := range []string{"", "short", strings.Repeat("社交", 60)} {
		for _, selected := range []bool{true, false} {
			if row := c.Row(selected, line); ansi.StringWidth(row) != 60 {
				t.Errorf("%q is %d wide", row, ansi.StringWidth(row))
			}
		}
	}
}

func TestStatusIsWhatHappenedLast(t *testing.T) {
	c := common(t, 60)
	c.SetStatus("%d marked", 3)
	if c.Message != "3 marked" || c.Bad {
		t.Errorf("%q, an error %v", c.Message, c.Bad)
	}
	if !c.ReportError(nil) || c.Message != "3 marked" {
		t.Error("no error is reported as one")
	}
	c.Offer = keys.Undo
	if c.ReportError(fmt.Errorf("deciding: %w: it is approved", model.ErrNotAllowed)) || c.Message != "it is approved" {
		t.Errorf("the error reads %q", c.Message)
	}
	if !c.Bad || c.Offer != "" {
		t.Error("the error still offers what the message before it did")
	}
	if s := Sentence(errors.New("disk full")); s != "disk full" {
		t.Errorf("the error reads %q", s)
	}
}

func TestPercentIsOfWhatIsNotShown(t *testing.T) {
	c := common(t, 60)
	c.Taken = 2 // 20 lines are left
	for _, v := range []struct {
		top, n int
		want   string
	}{{0, 20, ""}, {0, 40, "0%"}, {10, 40, "50%"}, {20, 40, "100%"}} {
		if got := c.Percent(v.top, v.n); got != v.want {
			t.Errorf("%d of %d is %q, not %q", v.top, v.n, got, v.want)
		}
	}
}

func TestDateRangeNamesTheTimeOnlyWithinADay(t *testing.T) {
	c, at := common(t, 120), time.Date(2026, 3, 1, 5, 6, 0, 0, time.UTC)
	ch := model.Change{From: model.VersionRef{CapturedAt: at}, To: model.VersionRef{CapturedAt: at.AddDate(0, 0, 1)}}
	if got := c.FormatDateRange(ch); got != "2026-03-01 → 2026-03-02" {
		t.Error(got)
	}
	ch.To.CapturedAt = at.Add(time.Hour)
	if got := c.FormatDateRange(ch); got != "2026-03-01 05:06 → 06:06" {
		t.Error(got)
	}
	c.ASCII = true
	if got := c.FormatDateRange(ch); got != "2026-03-01 05:06 -> 06:06" {
		t.Error(got)
	}
	c.W = 60
	if got := c.FormatDateRange(ch); got != "2026-03-01" {
		t.Error(got)
	}
}

func TestFailureNamesWhatToDoNext(t *testing.T) {
	c := common(t, 120)
	for _, v := range []struct {
		on   keys.Screen
		err  error
		want string
	}{
		{keys.Queue, model.ErrBusy, "R to retry"},
		{keys.Versions, model.ErrBusy, "open it again to retry"},
		{keys.Versions, fmt.Errorf("reading: %w", model.ErrDamaged), "`fineprint check`"},
	} {
		text := strings.Join(c.Failure("The list", v.on, v.err), " ")
		if !strings.Contains(text, "The list can't be read") || !strings.Contains(text, v.want) {
			t.Errorf("on %s: %q", v.on, text)
		}
	}
}

func TestCountOfAFailedReadIsOpen(t *testing.T) {
	c, r := common(t, 60), Request{}
	n := r.Next()
	if !c.Answered(&r, n, nil) || r.Count(0) != "0" || r.Counted(1, "step") != "1 step" || r.Failed(0) {
		t.Errorf("an answered request counts %q", r.Count(0))
	}
	if c.Answered(&r, n-1, nil) {
		t.Error("an answer that was overtaken is shown")
	}
	if c.Answered(&r, r.Next(), model.ErrBusy) || r.Count(0) != "?" || r.Count(3) != "3 of ?" {
		t.Errorf("a failed request counts %q and %q", r.Count(0), r.Count(3))
	}
	if r.Counted(0, "step") != "? steps" || !r.Failed(0) || r.Failed(3) {
		t.Errorf("a failed request counts %q", r.Counted(0, "step"))
	}
	if r.Reset(); r.Err != nil || r.Read || r.Asked != 2 {
		t.Errorf("reset, it is %+v", r)
	}
}

func TestListKeepsTheCursorInSight(t *testing.T) {
	l := List{N: 30}
	for _, v := range []struct{ by, cursor, top int }{{5, 5, 0}, {10, 15, 6}, {1000, 29, 20}, {-5, 24, 20},
		{-1000, 0, 0}} {
		if l.Move(v.by, 10); l.Cursor != v.cursor || l.Top != v.top {
			t.Errorf("moved by %d: %+v", v.by, l)
		}
	}
	l.N = 0
	if l.Fit(10); l.Cursor != 0 {
		t.Errorf("of an empty list the cursor is on %d", l.Cursor)
	}
}

func TestSecondClickOpens(t *testing.T) {
	l := List{N: 3}
	if l.Clicked(1, EveryRow) || l.Cursor != 1 || !l.Clicked(1, EveryRow) {
		t.Errorf("clicked twice: %+v", l)
	}
	if l.Clicked(3, EveryRow) || l.Clicked(0, func(int) bool { return false }) || l.Cursor != 1 {
		t.Errorf("clicked on no row: %+v", l)
	}
}

func TestPromptAnswersWithWhatWasTyped(t *testing.T) {
	var changed []string
	left := false
	p, _ := common(t, 60).NewPrompt(Question{
		Label: "Reason", Value: "no", About: []string{"at stake"},
		Done:    func(text string) Action { return Status{text} },
		Changed: func(text string) { changed = append(changed, text) },
		Left:    func() { left = true },
	})
	p.Fit()
	if lines := ansi.Strip(strings.Join(p.Lines(10), "\n")); !strings.Contains(lines,
		"at stake\nReason  enter save · esc cancel") {
		t.Errorf("drawn as %q", lines)
	}
	a, done := typeInto(p, "ise", "enter")
	if !done || a != Action(Status{"noise"}) || !slices.Equal(changed, []string{"noi", "nois", "noise"}) {
		t.Errorf("%v %v after %q", a, done, changed)
	}
	if p.Closed(); !left {
		t.Error("giving up is not told")
	}
	if _, done := p.Click(0); done {
		t.Error("a click closes it")
	}
}

// now is what the clock of [common] says.
var now = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)

// later has the clock say something later, until the test is over.
func later(t *testing.T, by time.Duration) {
	was := now
	now = now.Add(by)
	t.Cleanup(func() { now = was })
}

// TestQuestionIsAnsweredByItsKeyOnly: enter is no yes, any other letter is a no and holds
// back what is typed after it, and a yes that comes at once has to come again.
func TestQuestionIsAnsweredByItsKeyOnly(t *testing.T) {
	c := common(t, 60)
	ask := func() Dialog {
		return c.NewConfirmation(Confirmation{Label: "All 5?", Answers: Yes(func() Action { return Leave{} })})
	}
	p := ask()
	if lines := p.Lines(10); len(lines) != 1 || !strings.Contains(ansi.Strip(lines[0]), "y yes · esc cancel") {
		t.Errorf("drawn as %q", lines)
	}
	if a, done := typeInto(p, "y"); done || a != nil {
		t.Errorf("a y that can't have been meant answers with %v", a)
	}
	if lines := ansi.Strip(strings.Join(p.Lines(10), "\n")); !strings.Contains(lines, "y again confirms") {
		t.Errorf("drawn as %q", lines)
	}
	if a, done := typeInto(p, "y"); !done || a != Action(Leave{}) {
		t.Errorf("y again answers with %v", a)
	}
	p = ask()
	later(t, Moment)
	if a, done := typeInto(p, "enter"); done || a != nil {
		t.Errorf("enter answers with %v", a)
	}
	if a, done := typeInto(p, "y"); !done || a != Action(Leave{}) {
		t.Errorf("y answers with %v", a)
	}
	p = ask()
	if _, done := typeInto(p, "d"); !done || !c.Holds(tea.KeyPressMsg{Code: 'a', Text: "a"}) {
		t.Error("another letter leaves the question open, or what is typed after it is carried out")
	}
	if a, done := typeInto(ask(), "n"); !done || a != Action(Status{"Cancelled, nothing changed"}) {
		t.Errorf("n answers with %v", a)
	}
}

// TestQuestionOfATextIsReadForAPause: a question that a letter among others opened takes no
// answer at the pace of who types slowly.
func TestQuestionOfATextIsReadForAPause(t *testing.T) {
	for _, test := range []struct {
		before   string
		pause    time.Duration
		answered bool
	}{
		{"p", Moment, false}, {"p", Pause, true}, {"enter", Moment, true},
	} {
		c := common(t, 60)
		key := func(name string) tea.KeyPressMsg {
			msg := press(name)[0]
			c.Pressed(msg)
			return msg
		}
		key(test.before)
		later(t, test.pause)
		key("a")
		q := c.NewConfirmation(Confirmation{Label: "Approve?", Answers: Yes(func() Action { return Leave{} })})
		later(t, Pause-1)
		if _, done := q.Key(key("y")); done != test.answered {
			t.Errorf("%s, %v, a and a slow y: answered %v", test.before, test.pause, done)
		}
	}
}

// TestTypingIsHeldUntilAPause: the letters of a text that nobody asked for are carried out
// by nothing, nor is the enter that ends it; after a pause or escape keys are keys again.
func TestTypingIsHeldUntilAPause(t *testing.T) {
	c := common(t, 60)
	holds := func(key string) bool { return c.Holds(press(key)[0]) }
	if holds("a") {
		t.Fatal("a key is held for nothing")
	}
	for _, end := range []string{"enter", "esc"} {
		c.HoldTyping("Can't do that")
		if !holds("a") || !holds(" ") || !holds(end) || holds("a") {
			t.Errorf("a text that ends in %s is carried out, or what comes after it is not", end)
		}
	}
	c.HoldTyping("Can't do that")
	later(t, Pause/2)
	if !holds("a") {
		t.Error("half a pause ends it")
	}
	later(t, Pause/2)
	if !holds("b") {
		t.Error("a pause is counted from the first letter, not from the last")
	}
	later(t, Pause)
	if holds("c") {
		t.Error("a pause does not end it")
	}
	c.HoldTyping("Can't do that")
	if holds("down") || holds("a") {
		t.Error("a key that writes nothing is held, or does not end it")
	}
}

func TestPickerNarrowsBestFirst(t *testing.T) {
	choices := []Choice{
		{Name: "dismiss with a reason", Hint: "x", Do: Run{keys.Dismiss}},
		{Name: "reason of the last one", Do: Run{keys.Repeat}},
		{Name: "treason", Off: "it is a word", Do: Run{keys.Copy}},
		{Name: "r e a son", Do: Run{keys.Undo}},
	}
	p, _ := common(t, 60).NewPicker("Commands", choices, "about them")
	p.Fit()
	typeInto(p, "reason")
	lines := ansi.Strip(strings.Join(p.Lines(12), "\n"))
	first, second := strings.Index(lines, "reason of"), strings.Index(lines, "dismiss")
	if first < 0 || second < first || strings.Index(lines, "treason") < second ||
		!strings.Contains(lines, "about them") {
		t.Errorf("narrowed to\n%s", lines)
	}
	if !strings.Contains(lines, "(not now: it is a word)") {
		t.Errorf("the reason is missing in\n%s", lines)
	}
	if a, done := typeInto(p, "enter"); !done || a != Action(Run{keys.Repeat}) {
		t.Errorf("enter does %v", a)
	}
	if a, done := typeInto(p, "down", "enter"); !done || a != Action(Run{keys.Dismiss}) {
		t.Errorf("the second is %v", a)
	}
	a, done := typeInto(p, "down", "enter")
	if status, is := a.(Status); !done || !is || !strings.Contains(status.Text, "Can't do that: treason") {
		t.Errorf("what is disabled does %v", a)
	}
	if a, done := p.Click(len(p.Lines(12)) - 4); !done || a == nil {
		t.Errorf("a click does %v, %v", a, done)
	}
	if _, done := p.Click(0); done || p.Closed() != nil {
		t.Error("a click on the title chooses")
	}
	typeInto(p, "up", "pgdown", "pgup")
	if a, done := typeInto(p, "enter"); !done || a != Action(Run{keys.Repeat}) {
		t.Errorf("after moving about, enter does %v", a)
	}
	if _, done := typeInto(p, "zzzz", "enter"); done || !strings.Contains(strings.Join(p.Lines(12), ""),
		"No match") {
		t.Error("of nothing something is chosen")
	}
}

func TestPasteEditsADialog(t *testing.T) {
	p, _ := common(t, 60).NewPrompt(Question{Done: func(text string) Action { return Status{text} }})
	p.Update(tea.PasteMsg{Content: "pasted"})
	if a, _ := typeInto(p, "enter"); a != Action(Status{"pasted"}) {
		t.Errorf("answered with %v", a)
	}
}

func TestMissingEditorIsReportedWithoutBeingStarted(t *testing.T) {
	type edited struct {
		editor string
		err    error
	}
	c := &Common{Ctx: t.Context()}
	for _, editor := range []string{"/nowhere/editor", "no-such-editor -w"} {
		c.Config.Editor = editor
		msg := c.Edit("f", func(editor string, err error) tea.Msg { return edited{editor, err} })()
		if got, ok := msg.(edited); !ok || got.err == nil || got.editor != strings.Fields(editor)[0] {
			t.Errorf("%s gives %#v", editor, msg)
		}
	}
}

func TestEditorIsThatOfTheSettingsThenOfTheEnvironment(t *testing.T) {
	c := common(t, 60)
	t.Setenv("VISUAL", "")
	t.Setenv("EDITOR", "")
	if got := c.Editor("f").Args; !slices.Equal(got, []string{"vi", "f"}) {
		t.Errorf("%q", got)
	}
	t.Setenv("EDITOR", "ed -s")
	if got := c.Editor("f").Args; !slices.Equal(got, []string{"ed", "-s", "f"}) {
		t.Errorf("%q", got)
	}
	t.Setenv("VISUAL", "nano")
	if got := c.Editor("f").Args; !slices.Equal(got, []string{"nano", "f"}) {
		t.Errorf("%q", got)
	}
	c.Config.Editor = "micro"
	if got := c.Editor("f").Args; !slices.Equal(got, []string{"micro", "f"}) {
		t.Errorf("%q", got)
	}
	if c.Edit("f", func(string, error) tea.Msg { return nil }) == nil {
		t.Error("there is no command to edit")
	}
}

func TestSourceIsTheFirstSafeAddress(t *testing.T) {
	d := model.ChangeDetail{}
	if got := SourceOf(d); got != "" {
		t.Errorf("of nothing it is %q", got)
	}
	d.Document.Source = model.Source{URL: "https://acme.example/terms"}
	d.ToMeta.Origin.FinalURL = "javascript:alert(1)"
	if got := SourceOf(d); got != "https://acme.example/terms" {
		t.Errorf("%q", got)
	}
	d.Document.Source = model.Source{}
	d.ToMeta.Origin.Archive = &model.ArchiveOrigin{Locations: []string{"file:///etc/passwd",
		"https://archive.example/é x"}}
	if got := SourceOf(d); got != "https://archive.example/%C3%A9%20x" {
		t.Errorf("%q", got)
	}
	for _, unsafe := range []string{"", "ftp://a", "https://", "https://user@a/", "https://a\n/"} {
		if got := WebAddress(unsafe); got != "" {
			t.Errorf("%q is opened as %q", unsafe, got)
		}
	}
}

func TestTargetOfSeveralCountsThem(t *testing.T) {
	one := Target{ID: "FP-C-000001", Review: model.Review{State: model.Approved}}
	if f := one.Facts(keys.Facts{Running: "fetching"}); f.Changes != 1 || f.Review.State != model.Approved ||
		f.Running == "" {
		t.Errorf("%+v", f)
	}
	if f := (Target{ID: "FP-C-000001", Many: make([]model.QueueItem, 3)}).Facts(keys.Facts{}); f.Changes != 3 {
		t.Errorf("%+v", f)
	}
	if f := (Target{}).Facts(keys.Facts{}); f.Changes != 0 {
		t.Errorf("%+v", f)
	}
}

func TestHandlersRunOnlyTheirOwnCommands(t *testing.T) {
	h := Handlers[string]{
		keys.Undo: func(s string) Action { return Status{s} },
		keys.Redo: func(string) Action { return nil },
	}
	if a, ok := h.Run("done", keys.Undo); !ok || a != Action(Status{"done"}) {
		t.Errorf("%v %v", a, ok)
	}
	if _, ok := h.Run("", keys.Copy); ok {
		t.Error("a command without a handler is carried out")
	}
	if got := h.Commands(); !slices.Equal(got, []keys.Command{keys.Redo, keys.Undo}) {
		t.Errorf("%q", got)
	}
}

func TestStatesAndSimilarityAreLabelled(t *testing.T) {
	if got := Words(model.InReview); got != "in review" {
		t.Error(got)
	}
	if got := SimilarityLabel(model.Precedent{Same: true}); got != "same words" {
		t.Error(got)
	}
	if got := SimilarityLabel(model.Precedent{Similarity: 0.876}); got != "88% similar" {
		t.Error(got)
	}
	if got := common(t, 60).NothingTracked(); !strings.Contains(strings.Join(got, ""), "No tracked documents yet") {
		t.Error(got)
	}
}

func ExampleHandlers() {
	handlers := Handlers[int]{keys.Open: func(row int) Action { return Status{fmt.Sprint("opens row ", row)} }}
	a, handled := handlers.Run(3, keys.Open)
	fmt.Println(a, handled)
	// Output: {opens row 3} true
}
