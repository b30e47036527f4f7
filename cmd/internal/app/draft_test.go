package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/model"
)

// TestMain lets the test binary play the draft command.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "play-draft" {
		playDraft(os.Args[2])
		return
	}
	os.Exit(m.Run())
}

const soundAnswer = `{"severity":"high","types":["no_such_type"],
	"summary":[{"text":"The minimum age is 13 years.","quotes":["at least 13 years old"]},
	{"text":"Everybody pays $5.","quotes":["at least 13 years old"]}],
	"title":[{"text":"Minimum age of 13 years","quotes":["at least 13 years old"]}]}`

func playDraft(how string) {
	switch how {
	case "sound":
		fmt.Print(soundAnswer)
	case "loud":
		for range 10 << 10 {
			fmt.Print(strings.Repeat("x", 1<<10))
		}
	case "hang":
		time.Sleep(time.Hour)
	case "fails":
		fmt.Fprintln(os.Stderr, "no model \x1b]0;x\x07 here")
		os.Exit(3)
	case "nothing":
	case "words":
		fmt.Print("Certainly! \x1b[2J")
	case "environment":
		env, _ := json.Marshal(strings.Join(os.Environ(), " "))
		fmt.Printf(`{"summary":[{"text":%s,"quotes":[]}]}`, env)
	case "child": // leaves a child behind that holds the output open
		child := exec.Command(os.Args[0], "play-draft", "hang")
		child.Stdout = os.Stdout
		if child.Start() == nil {
			_ = os.WriteFile(os.Args[3], []byte(strconv.Itoa(child.Process.Pid)), 0o600)
		}
		fmt.Print(soundAnswer)
	}
}

func drafterOf(t *testing.T, s *store.Store, timeout time.Duration, args ...string) *app.Drafter {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &app.Drafter{Store: s, Actor: "ada", Clock: func() time.Time { return time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) },
		Command: app.DraftCommand{Args: append([]string{self, "play-draft"}, args...), Timeout: timeout,
			Env: []string{"DRAFT_TEST_NAME"}}}
}

// change is the change of the store that says 13 where it said 16.
const change = model.ID("FP-C-000001")

// TestNothingOfADraftIsWrittenBeforeItIsAccepted goes through a draft: it is kept, a field
// with a problem is not accepted as a whole, and what is accepted names the drafter.
func TestNothingOfADraftIsWrittenBeforeItIsAccepted(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := drafterOf(t, s, time.Minute, "sound")
	ctx := t.Context()
	drafted, err := d.Draft(ctx, change, false)
	if err != nil || drafted.Author != model.DraftAuthor || len(drafted.Fields) != 4 {
		t.Fatalf("%+v, %v", drafted, err)
	}
	read := func() model.ChangeDetail {
		t.Helper()
		c, err := s.Change(ctx, change)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if r := read().Review; r.Revision != 0 {
		t.Fatalf("the draft wrote %+v", r)
	}
	approve := model.Decision{Change: change, Base: model.AnyRevision, Action: model.ActionApprove}
	if _, err := s.Decide(ctx, approve); err == nil {
		t.Fatal("a change was approved on a draft that nobody accepted")
	}
	d.Command.Args = []string{"/does/not/exist"} // the kept one needs no command
	if again, err := d.Draft(ctx, change, false); err != nil || len(again.Fields) != 4 {
		t.Fatalf("%+v, %v", again, err)
	}
	for _, names := range [][]string{{"summary"}, {"severity", "summary"}, {"nothing"}, {"summary:3"}, {"summary:x"}} {
		if _, err := d.Accept(ctx, change, names); err == nil || read().Review.Revision != 0 {
			t.Errorf("%v was accepted, or wrote", names)
		}
	}
	if _, err := d.Accept(ctx, change, []string{"severity", "summary:1", "title"}); err != nil {
		t.Fatal(err)
	}
	c := read()
	e := c.History[len(c.History)-1]
	if c.Review.Severity != model.High || c.Review.Summary != "The minimum age is 13 years." ||
		c.Review.Content.Title != "Minimum age of 13 years" || e.Actor != "ada" || e.How != model.ByDraft || e.Source == "" {
		t.Errorf("%+v by %+v", c.Review, e)
	}
	if _, err := d.Edit(ctx, change, "summary", "Whoever is 13 may join."); err != nil {
		t.Fatal(err)
	}
	c = read()
	if _, err := d.Accept(ctx, change, []string{"summary:2"}); err != nil { // a problem's own sentence, by its number
		t.Fatal(err)
	}
	if got := read().Review.Summary; got != "Whoever is 13 may join. Everybody pays $5." {
		t.Errorf("what was written since was lost: %q", got)
	}
	if e := c.History[len(c.History)-1]; c.Review.Summary != "Whoever is 13 may join." || e.How == model.ByDraft {
		t.Errorf("%+v by %+v", c.Review, e)
	}
	if _, err := d.Accept(ctx, change, []string{"types"}); err == nil {
		t.Error("an unknown type was accepted")
	}
	if err := d.Drop(ctx, change); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Draft(ctx, change, false); err == nil {
		t.Error("the draft is still kept")
	}
}

// TestSeverityAloneNamesTheDrafter: what has no content names it too.
func TestSeverityAloneNamesTheDrafter(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := drafterOf(t, s, time.Minute, "sound")
	if _, err := d.Draft(t.Context(), change, false); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Accept(t.Context(), change, []string{"severity"}); err != nil {
		t.Fatal(err)
	}
	c, err := s.Change(t.Context(), change)
	if e := c.History[0]; err != nil || e.How != model.ByDraft || e.Source == "" {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestHostileCommandsChangeNothing: each is a plain error, and nothing is kept.
func TestHostileCommandsChangeNothing(t *testing.T) {
	s := deskfixture.NewStore(t)
	for how, want := range map[string]string{
		"loud": "wrote more than 256 KiB", "hang": "did not answer in", "fails": "no model", "nothing": "answered nothing",
		"words": "not one JSON object",
	} {
		timeout := time.Minute
		if how == "hang" {
			timeout = 300 * time.Millisecond
		}
		_, err := drafterOf(t, s, timeout, how).Draft(t.Context(), change, false)
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", how, err, want)
		}
		if _, found, err := s.Drafted(t.Context(), change); found || err != nil {
			t.Errorf("%s: a draft is kept, %v", how, err)
		}
	}
	none := &app.Drafter{Store: s}
	if _, err := none.Draft(t.Context(), change, false); !errors.Is(err, app.ErrNoDraftCommand) {
		t.Errorf("without a command: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	if _, err := drafterOf(t, s, time.Minute, "hang").Draft(gone, change, false); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestCommandGetsACleanEnvironment(t *testing.T) {
	t.Setenv("DRAFT_TEST_NAME", "given")
	t.Setenv("DRAFT_TEST_SECRET", "hidden")
	d, err := drafterOf(t, deskfixture.NewStore(t), time.Minute, "environment").Draft(t.Context(), change, false)
	if err != nil {
		t.Fatal(err)
	}
	text := d.Fields[0].Text()
	if !strings.Contains(text, "DRAFT_TEST_NAME=given") || strings.Contains(text, "SECRET") || strings.Contains(text, "HOME=") {
		t.Errorf("the environment is %q", text)
	}
}
