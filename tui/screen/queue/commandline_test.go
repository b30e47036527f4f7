package queue_test

import (
	"context"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// apart is a shelf on which no two changes say the same: each has its row.
func apart() shelf {
	s := newShelf()
	for i := range s.changes {
		s.changes[i].DuplicateGroup, s.changes[i].DuplicateCount = "", 0
	}
	return s
}

// line types a command and runs it.
func line(s *deskfixture.Driver, text string) {
	s.T.Helper()
	s.Keys(":")
	s.Type(text)
	s.Keys("enter")
	s.Settle()
}

func TestCommandLineTakesArguments(t *testing.T) {
	s := open(t, apart())
	line(s, "filter acme")
	if got := order(s); got != "3 4" {
		t.Errorf(":filter acme lists %s", got)
	}
	line(s, "filter plat:corvid or acme")
	if got := order(s); got != "1 3 4" {
		t.Errorf(":filter … or … lists %s", got)
	}
	s.Keys("g")
	line(s, "3")
	if row := current(s); !strings.Contains(row, "FP-C-000004") {
		t.Errorf(":3 leads to %q", row)
	}
	s.Keys("'", "'")
	if row := current(s); !strings.Contains(row, "FP-C-000001") {
		t.Errorf("'' leads to %q", row)
	}
	line(s, "9")
	s.Shows("there is no row 9; the list has 3 rows")
	line(s, "theme mono")
	s.Shows("Theme mono for this session")
	line(s, "go FP-C-000003")
	s.Shows("FP-C-00000") // the review: Static knows one change
	s.Keys("q")
	s.Keys(":", "up")
	s.Shows("> go FP-C-000003")
	s.Keys("up", "up", "down")
	s.Shows("> theme mono")
	s.Keys("esc")
}

func TestCommandLineDoesNothingThatItCannotRead(t *testing.T) {
	desk := apart()
	s := open(t, desk)
	s.Keys(":")
	s.Type("the user may approve all 4 changes. Dismiss")
	s.Keys("enter")
	s.Shows("no command is called", "Command  enter run")
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("a sentence lists %s", got)
	}
	s.Keys("ctrl+u")
	s.Type("snoze 2w")
	s.Keys("enter")
	s.Shows("did you mean snooze?")
	s.Keys("ctrl+u")
	s.Type("sev")
	s.Keys("tab")
	s.Type("hi")
	s.Keys("tab")
	s.Shows("> severity high")
	s.Keys("esc")
	line(s, "")
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("after escape it lists %s", got)
	}
}

func TestCommandLineDecidesAsKeysDo(t *testing.T) {
	s := open(t, apart())
	s.Keys("j")
	line(s, "dismiss link")
	s.Shows("Borealis · Terms of Service dismissed: link", "3 shown")
	s.Keys("ctrl+a")
	line(s, "dismiss noise") // of several: what is at stake comes first
	s.Shows("at random", "> noise")
	s.Keys("esc")
	line(s, "severity high")
	s.Shows("at random")
	s.Keys("esc")
	if got := order(s); got != "1 3 4" {
		t.Errorf("without an answer %s are listed", got)
	}
}

func TestMarksLeadBackToChanges(t *testing.T) {
	desk := apart()
	desk.state = `{"marks":{"z":{"change":"FP-C-000009","name":"Gone"}}}`
	s := open(t, desk)
	s.Keys("j", "j", "m")
	s.Shows("Mark: press a letter", "set severity")
	s.Keys("a")
	s.Shows("Mark a set: Acme")
	s.Keys("g", "'")
	s.Shows("Go to mark a z")
	s.Keys("a")
	if row := current(s); !strings.Contains(row, "FP-C-000003") {
		t.Errorf("'a leads to %q", row)
	}
	s.Keys("'", "'")
	if row := current(s); !strings.Contains(row, "FP-C-000001") {
		t.Errorf("'' leads to %q", row)
	}
	s.Keys("m", "esc", "m", "3")
	s.Shows(`a mark is one letter, not "3"`)
	s.Keys("'", "q")
	s.Shows("No mark q")
	line(s, "marks")
	s.Shows("a  FP-C-000003  Acme", "z  FP-C-000009  Gone")
	s.Type("gone")
	s.Keys("enter")
	s.Shows("FP-C-00000", "Severity") // opened in the review, though it is not listed
}

// searcher finds texts in some changes.
type searcher struct {
	shelf
	asked *[]string
	fails error
}

func (s searcher) SearchTexts(_ context.Context, changes []*model.QueueItem, texts []string,
	progress func(done, total int)) (map[string]map[model.ID]bool, error) {
	progress(len(changes), len(changes))
	found := map[string]map[model.ID]bool{}
	for _, t := range texts {
		*s.asked = append(*s.asked, t)
		found[t] = map[model.ID]bool{"FP-C-000003": true, "FP-C-000002": true}
	}
	return found, s.fails
}

func TestTextIsSearchedOnEnter(t *testing.T) {
	desk := searcher{shelf: apart(), asked: &[]string{}}
	s := open(t, desk)
	s.Keys("/")
	s.Type("text:arbitration acme ")
	if len(*desk.asked) > 0 {
		t.Errorf("searched while typing: %q", *desk.asked)
	}
	s.Keys("enter")
	s.Settle()
	s.Shows("1 change found with arbitration")
	if got := order(s); got != "3" || len(*desk.asked) != 1 {
		t.Errorf("found are %s, asked for %q", got, *desk.asked)
	}
	line(s, "filter text:arbitration")
	if got := order(s); got != "2 3" {
		t.Errorf("of all, found are %s", got)
	}
	desk.fails = context.Canceled
	s = open(t, desk)
	line(s, "filter text:waiver acme")
	s.Shows("Search stopped")
	if got := order(s); got != "3 4" {
		t.Errorf("stopped, it lists %s", got)
	}
	s = open(t, apart())
	line(s, "filter text:waiver acme")
	s.Shows("This desk can't search texts")
}

func TestIDInTheFilterOpensWhatItNames(t *testing.T) {
	s := open(t, apart())
	s.Keys("/")
	s.Type("fp-c-3")
	s.Keys("enter")
	s.Settle()
	s.Shows("FP-C-00000")
	s.Keys("q")
	s.Settle()
	if got := order(s); got != "1 2 3 4" {
		t.Errorf("after it the queue lists %s", got)
	}
}
