package record_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/cmd/dev/desktest"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

const record = model.ID("FP-R-000001")

// TestClauseBecomesAnApprovedRecord is the whole path from the review to the approved
// record by keys alone, faster than the store answers where one can be.
func TestClauseBecomesAnApprovedRecord(t *testing.T) {
	for _, size := range []struct{ w, h int }{{60, 20}, {80, 24}, {120, 40}, {200, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := deskfixture.NewStore(t)
			d := deskfixture.OpenTerminal(t, s, size.w, size.h)
			d.Sees("by risk", "link  ")
			d.Press("enter")
			d.Sees("FP-C-000001", "13")
			d.Press("R", "enter") // the form is not there yet
			d.Sees("Provision record FP-R-000001", "0 of 6 required", "enter save")
			d.Press("Minimum age lowered to 13", "enter", "3", "H", "b")
			d.Sees("4 of 6 required, missing: what it is, why it matters")
			d.Press("a")
			d.Sees("Not approved: still needed: what it is, why it matters")
			d.Press("enter", "Whoever is 13 may open an account.", "tab")
			d.Sees("Why it matters  enter save")
			d.Press("Children of 13 are bound by the terms.", "enter")
			d.Sees("6 of 6 required")
			approveOverAll(d)
			d.Sees("Approved as FP-R-000001 r1", "FP-C-000001")
			requireApproved(t, s)
		})
	}
}

// approveOverAll overrules what is in the way, one by one, and says yes.
func approveOverAll(d *desktest.Terminal) {
	d.Press("a")
	for range 20 {
		d.Waits(func() bool {
			return strings.Contains(d.Screen(), "y yes") || strings.Contains(d.Screen(), "blocking approval")
		})
		if strings.Contains(d.Screen(), "y yes") {
			break
		}
		d.Press("enter")
		d.Sees("Overruled because")
		d.Press("made up for this test", "enter")
		d.Waits(func() bool { return !strings.Contains(d.Screen(), "Overruled because") })
	}
	d.Press("enter", "down") // neither is the letter that is asked for
	d.Sees("y yes")
	d.Press("y")
}

func requireApproved(t *testing.T, s *store.Store) {
	t.Helper()
	d, err := s.RecordDraft(t.Context(), record)
	if err != nil || d.State != model.Approved || d.Approved != 1 {
		t.Fatalf("%s is %s, revision %d: %v", record, d.State, d.Approved, err)
	}
	w := d.Writing
	if w.Title != "Minimum age lowered to 13" || w.Severity != model.High || w.Confidence != model.HighConfidence ||
		w.Basis != model.Explicit || w.WhatItIs != "Whoever is 13 may open an account." ||
		w.WhyItMatters != "Children of 13 are bound by the terms." {
		t.Errorf("written is %+v", w)
	}
	if a := d.Preview.Authors["title"]; a.How != model.ByPerson || a.By != "ada" {
		t.Errorf("the title is by %+v", a)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || len(page.Changes) == 0 || page.Changes[0].State != model.Pending {
		t.Errorf("the change does not wait any more: %+v, %v", page.Changes, err)
	}
}

// TestTextThatIsBeingWrittenSurvivesTheDesk: what was typed and not saved is there again
// in the next run, at its field.
func TestTextThatIsBeingWrittenSurvivesTheDesk(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk")
	d.Press("B")
	d.Sees("FP-R-000001", "(no title yet)")
	d.Press("enter")
	d.Sees("Provision record FP-R-000001")
	d.Press("j", "j", "j", "j", "j", "j", "enter")
	d.Sees("What it is  enter save")
	d.Press("Half a sentence")
	kept := "ada\n" + string(record)
	d.Waits(func() bool {
		state, err := s.DeskState(context.Background(), kept)
		return err == nil && strings.Contains(string(state), "Half a sentence")
	})
	d.Kill()
	if w := read(t, s).Writing; w.WhatItIs != "" {
		t.Fatalf("%q was saved", w.WhatItIs)
	}
	again := deskfixture.OpenTerminal(t, s, 120, 40)
	again.Sees("by risk")
	again.Press("B")
	again.Sees("FP-R-000001")
	again.Press("enter")
	again.Sees(`Draft of "What it is" kept`, "being written: Half a sentence")
	again.Press("enter")
	again.Sees("What it is  enter save", "Half a sentence")
	again.Press(" and the rest", "esc")
	again.Sees("Half a sentence and the rest")
	again.Waits(func() bool {
		state, err := s.DeskState(context.Background(), kept)
		return err == nil && len(state) == 0
	})
	if w := read(t, s).Writing; w.WhatItIs != "Half a sentence and the rest" {
		t.Errorf("%q was saved", w.WhatItIs)
	}
}

// begin makes a record of the first clause that changed.
func begin(t *testing.T, s *store.Store) {
	t.Helper()
	r := model.NewRecordRequest{Change: "FP-C-000001", Clauses: []int{1}}
	r.Actor = "ada"
	if _, err := s.NewRecord(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, s *store.Store) model.RecordDraft {
	t.Helper()
	d, err := s.RecordDraft(t.Context(), record)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// form is a desk on a store with a record, at its form; every key is answered before the
// next.
func form(t *testing.T, s *store.Store, w, h int, with ...func(*tui.Options)) *deskfixture.Driver {
	t.Helper()
	d := &deskfixture.Driver{T: t}
	d.StartWith(s, w, h, "dark", func(o *tui.Options) {
		o.Clock = deskfixture.Unhurried()
		for _, change := range with {
			change(o)
		}
	})
	d.Keys("B", "enter")
	d.Shows("Provision record FP-R-000001")
	return d
}

// writes writes a field as somebody else.
func writes(t *testing.T, s *store.Store, field string, w model.Writing) {
	t.Helper()
	_, err := s.EditRecord(t.Context(), model.RecordEdit{Record: record, Base: model.AnyRevision, Writing: w,
		Fields: []string{field}, Actor: "grace"})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTwoDesksWriteInTheSameRecord: what is written in different fields is all there; of
// one field both texts are shown, and one is chosen knowingly.
func TestTwoDesksWriteInTheSameRecord(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	d := form(t, s, 120, 40)
	writes(t, s, "title", model.Writing{Content: model.Content{Title: "Hers"}})
	d.Keys("3")
	d.Shows("grace edited this record in the meantime", "Hers", "high")
	if w := read(t, s).Writing; w.Title != "Hers" || w.Severity != model.High {
		t.Fatalf("%+v", w)
	}
	for _, c := range []struct {
		key, want string
	}{{"keep theirs", "Hers again"}, {"yours", "Mine"}, {"theirs, and yours", "Hers again\n\nMine"}} {
		writes(t, s, "what_it_is", model.Writing{})
		d.Keys("q", "enter")
		d.Keys("g", "j", "j", "j", "j", "j", "j", "enter")
		d.Shows("What it is  enter save")
		writes(t, s, "what_it_is", model.Writing{Content: model.Content{WhatItIs: "Hers again"}})
		d.Type("Mine")
		d.Keys("enter")
		d.Shows("What it is was edited by grace in the meantime", "theirs: Hers again", "yours:  Mine")
		d.Type(c.key)
		d.Settle()
		d.Keys("enter")
		if w := read(t, s).Writing; w.WhatItIs != c.want {
			t.Errorf("%s: it is %q", c.key, w.WhatItIs)
		}
	}
	// Left unanswered, it is neither written nor lost.
	writes(t, s, "what_it_is", model.Writing{})
	d.Keys("q", "enter", "g", "j", "j", "j", "j", "j", "j", "enter")
	writes(t, s, "what_it_is", model.Writing{Content: model.Content{WhatItIs: "Hers at last"}})
	d.Type("Not decided")
	d.Keys("enter")
	d.Shows("What it is was edited by grace in the meantime")
	d.Keys("esc")
	d.Shows("being written: Not decided")
	if w := read(t, s).Writing; w.WhatItIs != "Hers at last" {
		t.Errorf("it is %q", w.WhatItIs)
	}
}

// editor is a script that takes the place of the reader's editor.
func editor(t *testing.T, script string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", path)
}

// TestWholeRecordIsWrittenInTheEditor: what the file says is in the record; a file that
// can't be read is kept, offered again, also in the next run, and nothing of it written.
func TestWholeRecordIsWrittenInTheEditor(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	open := func() *desktest.Terminal {
		d := deskfixture.OpenTerminal(t, s, 120, 40)
		d.Sees("by risk")
		d.Press("B")
		d.Sees("FP-R-000001")
		d.Press("enter")
		d.Sees("Provision record FP-R-000001")
		return d
	}
	editor(t, `sed 's/^title = .*/titel = "Wrong"/' "$1" > "$1.new" && mv "$1.new" "$1"`)
	d := open()
	d.Press("E")
	d.Sees("The file can't be read as a record", "titel", "continue editing")
	d.Press("leave it", "enter")
	d.Waits(func() bool { return !strings.Contains(d.Screen(), "can't be read") })
	d.Press("ctrl+c")
	d.Left()
	if w := read(t, s); w.Revision != 1 {
		t.Fatalf("it was written: %+v", w.Writing)
	}
	editor(t, `grep -q titel "$1" &&
printf '+++\ntitle = "By the editor"\nseverity = "low"\n+++\n\n## What it is\n\nA.\n' > "$1"`)
	d = open()
	d.Sees("A file that could not be read is kept")
	d.Press("E")
	d.Sees("By the editor", "3 of 6 required")
	if w := read(t, s).Writing; w.Title != "By the editor" || w.Severity != model.Low || w.WhatItIs != "A." {
		t.Errorf("written is %+v", w)
	}
	t.Setenv("VISUAL", "false")
	d.Press("E")
	d.Sees("failed, the record is unchanged")
}

// TestSnippetsAndTemplatesAreNamedAsAuthors: a text that is a snippet's is the snippet's;
// one that was written on is a person's.
func TestSnippetsAndTemplatesAreNamedAsAuthors(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	d := form(t, s, 120, 40, func(o *tui.Options) {
		o.Config = config.Default()
		o.Config.Snippets = []config.Named{{Name: "age", Text: "At {platform} the age limit falls."}}
	})
	d.Keys("j", "j", "j", "j", "j", "j", "enter", "ctrl+o", "esc")
	d.Shows("What it is  enter save")
	d.Keys("ctrl+o", "enter", "enter")
	d.Shows("age limit falls.")
	d.Keys("enter", "ctrl+o", "enter")
	d.Type(" So.")
	d.Settle()
	d.Keys("enter")
	got := read(t, s)
	if a := got.Preview.Authors["what_it_is"]; a.How != model.BySnippet || a.Source != "age" {
		t.Errorf("what it is is by %+v: %q", a, got.Writing.WhatItIs)
	}
	if a := got.Preview.Authors["why_it_matters"]; a.How != model.ByPerson || a.Source != "" {
		t.Errorf("why it matters is by %+v: %q", a, got.Writing.WhyItMatters)
	}
	d.Keys("t")
	d.Type("arbitration")
	d.Settle()
	d.Keys("enter")
	got = read(t, s)
	if len(got.Writing.Types) != 1 || got.Writing.Types[0] != "arbitration" ||
		got.Preview.Authors["types"].How != model.BySnippet {
		t.Errorf("types are %q by %+v", got.Writing.Types, got.Preview.Authors["types"])
	}
	if got.Writing.WhatItIs == "" || !strings.Contains(got.Writing.WhatItIs, "the age limit falls") {
		t.Errorf("the template took the place of %q", got.Writing.WhatItIs)
	}
}

// TestListsAreTickedAndTakeOtherNames: what is suggested comes first, and a name that no
// registry has is taken as it is typed.
func TestListsAreTickedAndTakeOtherNames(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	d := form(t, s, 120, 40)
	d.Keys("G", "k", "k", "k", "k", "enter")
	d.Shows("Applicable agencies  (0 selected")
	d.Type("ftc")
	d.Settle()
	d.Keys("enter")
	d.Shows("Applicable agencies  (1 selected")
	d.Type("Ministry of Terms")
	d.Settle()
	d.Shows("as typed; not in the list")
	d.Keys("enter", "esc")
	got := read(t, s)
	if len(got.Writing.Agencies) != 2 || got.Writing.Agencies[1] != "Ministry of Terms" {
		t.Errorf("agencies are %q", got.Writing.Agencies)
	}
	d.Keys("enter") // ticked ones first
	d.Shows("[x] Federal Trade Commission", "[x] Ministry of Terms  not in the list")
	d.Keys("down", "space", "ctrl+s")
	if got = read(t, s); len(got.Writing.Agencies) != 1 {
		t.Errorf("agencies are %q", got.Writing.Agencies)
	}
}

// TestRowsAreWrittenAddedAndRemoved: actions as small forms.
func TestRowsAreWrittenAddedAndRemoved(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	d := form(t, s, 120, 40)
	for range 10 {
		d.Keys("j")
	}
	d.Keys("enter")
	d.Shows("What you can do: action 1")
	for _, text := range []string{"delete", "Ask for it.", "privacy@acme.example", "EU", "GDPR Article 17"} {
		d.Type(text)
		d.Keys("enter")
	}
	d.Shows("delete: Ask for it.")
	d.Keys("enter", "enter")
	d.Shows("action 2")
	d.Keys("down")
	d.Type("Object.")
	d.Keys("esc")
	w := read(t, s).Writing
	if len(w.Actions) != 2 || w.Actions[0].Basis != "GDPR Article 17" || w.Actions[1].Text != "Object." {
		t.Fatalf("%+v", w.Actions)
	}
	d.Keys("enter")
	d.Type("remove delete")
	d.Settle()
	d.Keys("enter")
	if w = read(t, s).Writing; len(w.Actions) != 1 || w.Actions[0].Text != "Object." {
		t.Errorf("%+v", w.Actions)
	}
	d.Keys("j", "j", "enter") // prevalence, which is numbers
	d.Type("many")
	d.Keys("ctrl+s")
	d.Shows("alike is \"many\", which is not a number", "Prevalence: count 1")
	d.Keys("ctrl+u")
	d.Type("3")
	d.Keys("down")
	d.Type("24")
	d.Keys("esc")
	if w = read(t, s).Writing; w.Prevalence == nil || w.Prevalence.Of != 24 {
		t.Errorf("%+v", w.Prevalence)
	}
	d.Keys("enter", "enter") // and what can't be read doesn't hold anybody back
	d.Type("many")
	d.Keys("ctrl+s")
	d.Shows("which is not a number", "Prevalence: count 1")
	d.Keys("enter", "ctrl+s")
	d.Shows("which is not a number", "Prevalence: count 1")
	d.Keys("esc")
	d.Shows("Not saved: ")
	if strings.Contains(d.Frame(), "Prevalence: count 1") {
		t.Error("what can't be read can't be left")
	}
	if w = read(t, s).Writing; w.Prevalence == nil || w.Prevalence.Of != 24 {
		t.Errorf("%+v", w.Prevalence)
	}
}

// TestRecordOfAVersionIsBegunAndWithdrawn: of two clauses of a version that did not
// change.
func TestRecordOfAVersionIsBegunAndWithdrawn(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "link  ")
	d.Press("V")
	d.Sees("Versions:")
	d.Press("c")
	d.Sees("Clauses:", "1  # Terms")
	d.Press("j", "j", "space", "space")
	d.Sees("2 marked")
	d.Press("enter")
	d.Sees("Provision record FP-R-000001", "is now a draft of 2 clauses")
	d.Press("W", "enter")
	d.Sees("Not withdrawn: a reason is required")
	d.Press("W", "no use", "enter")
	d.Sees("FP-R-000001 withdrawn", "Clauses:")
	got := read(t, s)
	if got.State != model.WithdrawnState || len(got.Preview.Provisions) != 2 || got.Preview.Change != "" {
		t.Errorf("%s of %+v", got.State, got.Preview.Provisions)
	}
}

// TestSeveralClausesOfAChangeGoIntoOneRecord and one of them into another.
func TestSeveralClausesOfAChangeGoIntoOneRecord(t *testing.T) {
	text := "# Terms\n\nYou must be %d years old to use this.\n\n## Ending\n\nWe keep what you post for %d days.\n"
	s := deskfixture.StoreOf(t, deskfixture.Captured("Acme", "Terms", fmt.Sprintf(text, 16, 30), 1),
		deskfixture.Captured("Acme", "Terms", fmt.Sprintf(text, 13, 90), 2))
	d := &deskfixture.Driver{T: t}
	d.Start(s, 120, 40, "ascii")
	d.Keys("enter", "ctrl+n", "a", "enter")
	d.Shows("is now a draft of 2 clauses", "[-16-]{+13+}", "[-30-]{+90+}", "|")
	d.Keys("1", "q", "n", "R", "3", "q", "B")
	d.Shows("Provision records: of FP-C-000001", "2 records", "low", "high")
	d.Keys("tab")
	d.Shows("Provision records: of FP-D-00001")
	d.Keys("tab")
	d.Shows("Provision records: all")
}

// TestNarrowWindowShowsTheClauseInPlaceOfTheForm and a wide one the form alone.
func TestNarrowWindowShowsTheClauseInPlaceOfTheForm(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	d := form(t, s, 80, 24)
	d.Shows("v shows the clause: You must be at least 13", "Judgement")
	d.Keys("v")
	d.Shows("clause 3 of version 2")
	if strings.Contains(d.Frame(), "Judgement") {
		t.Error("the form is there too")
	}
	d.Size(120, 40)
	d.Shows("Judgement", "clause 3 of version 2")
	d.Keys("v")
	if strings.Contains(d.Frame(), "clause 3 of version 2") {
		t.Error("the clause is there still")
	}
}

// TestPreviewAndCitationOfARecord: what was written is in the preview, and the citation
// is copied.
func TestPreviewAndCitationOfARecord(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	writes(t, s, "title", model.Writing{Content: model.Content{Title: "Minimum age"}})
	copied := ""
	d := form(t, s, 120, 40, func(o *tui.Options) {
		o.Clipboard = func(text string) error { copied = text; return nil }
	})
	d.Keys("r")
	d.Shows("Record preview", "Minimum age")
	d.Keys("q", "y")
	d.Shows("citation copied to the clipboard")
	if !strings.Contains(copied, "Minimum age") {
		t.Errorf("copied is %q", copied)
	}
}

// TestProblemInTheWayIsOverruledWithAReason: without one it stays in the way; with one it
// is in the record.
func TestProblemInTheWayIsOverruledWithAReason(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	w := model.Writing{Severity: model.High, Confidence: model.HighConfidence, Basis: model.Explicit,
		Content: model.Content{Title: "Minimum age", WhatItIs: "It falls to 99 years.", WhyItMatters: "Children are bound."}}
	for _, f := range model.WritingFields {
		if f.Required {
			writes(t, s, f.ID(), w)
		}
	}
	d := form(t, s, 120, 40)
	d.Shows("1 problem blocking", "number_not_in_redline")
	d.Keys("a")
	d.Shows("1 problem blocking approval FP-R-000001", "overrule, with a reason")
	d.Keys("down", "enter") // go to its field
	d.Shows("> + What it is")
	d.Keys("a", "enter", "enter")
	d.Shows("Not overruled: a reason is required")
	d.Keys("a", "enter")
	d.Type("99 is meant")
	d.Keys("enter")
	d.Shows("overruled: number_not_in_redline, because 99 is meant", "y yes")
	d.Keys("enter")
	d.Shows("y yes")
	d.Keys("esc", "k") // a question that was left takes no key any more
	d.Shows("- overruled:")
	if got := read(t, s); got.State != model.DraftState {
		t.Fatalf("it is %s", got.State)
	}
	d.Keys("a", "y")
	d.Shows("Approved as FP-R-000001 r1")
	records, err := s.Records(t.Context(), model.RecordFilter{Latest: true})
	if err != nil || len(records) != 1 || len(records[0].Overruled) != 1 ||
		records[0].Overruled[0].Reason != "99 is meant" {
		t.Errorf("%+v, %v", records, err)
	}
	// What is written now is a draft of the next revision.
	d.Keys("enter")
	d.Shows("approved")
	d.Keys("a")
	d.Shows("is approved, with no edits since")
	d.Keys("4")
	d.Shows("draft of revision 2")
}

// failing is a store that takes no edit.
type failing struct{ *store.Store }

func (failing) EditRecord(context.Context, model.RecordEdit) (model.RecordDraft, error) {
	return model.RecordDraft{}, model.ErrBusy
}

// TestTextThatCantBeSavedIsKept: nothing is lost, and the failure is shown.
func TestTextThatCantBeSavedIsKept(t *testing.T) {
	s := deskfixture.NewStore(t)
	begin(t, s)
	d := &deskfixture.Driver{T: t}
	d.Start(failing{s}, 120, 40, "dark")
	d.Keys("B", "enter", "enter")
	d.Type("Title that stays")
	d.Keys("enter")
	d.Shows("database is in use", "being written: Title that stays")
	again := form(t, s, 120, 40)
	again.Shows("kept", "being written: Title that stays")
	again.Keys("enter", "enter")
	if w := read(t, s).Writing; w.Title != "Title that stays" {
		t.Errorf("the title is %q", w.Title)
	}
}
