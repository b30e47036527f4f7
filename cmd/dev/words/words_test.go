package main

import (
	"flag"
	"os"
	"strings"
	"testing"
)

const root = "../../.."

var update = flag.Bool("update", false, "write the page")

// retired are phrases that were on the desk or the command line and that no native
// speaker would write there; a message that has one is to be said otherwise.
var retired = []string{
	"takes it back", "taken back;", "of them all", "lmhc", "LMH sure", "enter does it", "esc leaves", "enter saves",
	"not now:", "take the mark away", "marks away", "marks taken away", "once more leads back", "this is for one at a time",
	"of yours is left", "you decided nothing yet", "goes on with it", "nothing written, nothing saved", "theirs stands",
	"nothing like it was judged", "nothing is searched for", "does nothing here", "nothing is called that",
	"the list of filters has", "like no other", "alike: ", "before one takes it away", "these letters in order",
	"what is in it is replaced", "froze a record", "quarantined what came", "put off", "of what came",
	"judges so too", "what they make of it", "not judged", "none of them telling", "to the top", "a page down", "leave at once",
	"is under way", "lists the other states", "Nothing of it stays", "somebody else kept", "Take in ",
	"that hold,", "Who decides", "within this while",
}

func TestPageListsWhatIsSaid(t *testing.T) {
	all, err := spoken(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 1000 {
		t.Fatalf("only %d texts are found", len(all))
	}
	want := page(all)
	if *update {
		if err := os.WriteFile("WORDS.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := os.ReadFile("WORDS.md"); string(got) != want {
		t.Error("WORDS.md is out of step; go test ./cmd/dev/words -run Page -update writes it")
	}
}

func TestNothingIsSaidInRetiredWords(t *testing.T) {
	all, err := spoken(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		for _, r := range retired {
			if strings.Contains(s.text, r) {
				t.Errorf("%s says %q, of which %q is retired", s.folder, s.text, r)
			}
		}
	}
}

// TestWhatIsSaidIsFound: texts are found whole, with what they are put together from.
func TestWhatIsSaidIsFound(t *testing.T) {
	all, err := spoken(root)
	if err != nil {
		t.Fatal(err)
	}
	for folder, text := range map[string]string{
		"cmd/fineprint": "Verify database integrity: every hash, index and journal entry",
		"store/model":   "database is damaged",
		"tui/config":    "Use ASCII characters only.",
	} {
		found := false
		for _, s := range all {
			found = found || s.folder == folder && s.text == text
		}
		if !found {
			t.Errorf("%s: %q is not listed", folder, text)
		}
	}
}
