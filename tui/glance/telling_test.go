package glance

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fineprint/store/model"
)

// change makes a change of clauses written as "kind|heading|marks|old|new", immaterial
// ones with a kind in brackets.
func change(why []string, clauses ...string) model.ChangeDetail {
	d := model.ChangeDetail{Change: model.Change{ID: "FP-C-000001", Material: true,
		Suggested: model.Suggestion{Severity: model.High, Why: why}}}
	put := func(text *string, words string) *model.ByteRange {
		if words == "" {
			return nil
		}
		r := &model.ByteRange{Start: len(*text), End: len(*text) + len(words)}
		*text += words + "\n\n"
		return r
	}
	for _, c := range clauses {
		f := strings.Split(c, "|")
		kind := strings.Trim(f[0], "()")
		cc := model.ClauseChange{Kind: model.Kind(kind), Material: kind == f[0], Heading: strings.Split(f[1], ">"),
			Marks: strings.Fields(f[2])}
		cc.Old, cc.New = put(&d.OldText, f[3]), put(&d.NewText, f[4])
		d.Change.Clauses = append(d.Change.Clauses, cc)
	}
	return d
}

// TestTellingClausesComeFirst: each row is told by one part of the rule, and would come
// out otherwise without it.
func TestTellingClausesComeFirst(t *testing.T) {
	long := strings.Repeat("We describe how this page is laid out for its readers. ", 9)
	tests := map[string]struct {
		why     []string
		clauses []string
		want    []int
	}{
		"material ones before others": {nil, []string{
			"(modified)|A|negation money|We do not charge you 5 EUR.|We charge you 5 EUR.",
			"added|B|||We greet you."}, []int{1, 0}},
		"a mark before size": {nil, []string{
			"added|A|||" + long,
			"modified|B|negation|You may not leave the service.|You may leave the service."}, []int{1, 0}},
		"a negation before a date": {nil, []string{
			"modified|A|date|It holds from 1 March 2026.|It holds from 9 March 2026.",
			"modified|B|negation|You may not leave.|You may leave."}, []int{1, 0}},
		"marks of what is new as a whole count for nothing": {nil, []string{
			"added|A|negation number money||Nobody may see 5 cats.",
			"modified|B|modal|You may leave the service today.|You must leave the service today."}, []int{1, 0}},
		"what the suggestion names": {[]string{"selling or sharing data"}, []string{
			"added|A|||" + long,
			"modified|B||We keep your photos.|We keep and share your photos."}, []int{1, 0}},
		"an age is no agent": {[]string{"children or age"}, []string{
			"added|A|||Our agent greets you here.",
			"added|B|||Your age decides that."}, []int{1, 0}},
		"an edit of a promise": {nil, []string{
			"added|A|||" + long,
			"modified|B||We don't use your data to show ads.|We don't use your chats to show ads."}, []int{1, 0}},
		"a heading promises nothing": {nil, []string{
			"modified|A||## No ads based on you|## No ads based on all of your chats",
			"modified|B||We never use data.|We never use chats."}, []int{1, 0}},
		"a rewrite is no edit": {nil, []string{
			"modified|A|negation number|Please contact somebody about something that isn't there.|" +
				"Tables list countries where partners receive 5 names.",
			"modified|B|modal|You may leave the service today.|You must leave the service today."}, []int{1, 0}},
		"the larger one": {nil, []string{"added|A|||We greet you.", "added|B|||" + long}, []int{1, 0}},
		"an edit before a new clause": {nil, []string{
			"added|A|||We greet you all.",
			"modified|B||Good morning to everybody there.|Good morning to everybody here, and to you."}, []int{1, 0}},
		"the order of the document": {nil, []string{"added|A|||We greet you.", "added|B|||We greet him."}, []int{0, 1}},
		"two under one heading": {nil, []string{"added|A|||" + long, "added|A|||" + long, "added|A|||" + long,
			"added|B|||We greet you."}, []int{0, 1, 3, 2}},
	}
	for name, test := range tests {
		if got := Telling(change(test.why, test.clauses...), len(test.clauses)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
	if got := Telling(model.ChangeDetail{}, 3); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

func TestReasonsNameTheirSubjects(t *testing.T) {
	got := fmt.Sprint(reasonWords(model.Suggestion{Why: []string{"children or age", "2303 characters changed",
		"a changed number", "fees or renewal", "training of models"}}))
	if want := "[[child age] [fees renew] [train model]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWindowsHoldWholeSentences(t *testing.T) {
	before := strings.Repeat("Nothing of this changed, and nobody looks at it. ", 20)
	for _, test := range []struct{ old, new, was, is string }{
		{before + "We keep it 16 days. " + before, before + "We keep it 13 days. " + before, "We keep it 16 days.",
			"We keep it 13 days."},
		{"We keep it 16 days", "We keep it 13 days", "We keep it 16 days", "We keep it 13 days"},
		{"", "All of it is new.", "", "All of it is new."},
		{"The same.", "The same.", "The same.", "The same."},
		{before + "é.", before + "è.", "é.", "è."},
	} {
		if was, is := cutToWindow(test.old, test.new, "…"); was != test.was || is != test.is {
			t.Errorf("got %q and %q, want %q and %q", was, is, test.was, test.is)
		}
	}
	words := strings.Repeat("word ", 100)
	if was, _ := cutToWindow(words+"old", words+"new", "…"); !strings.HasPrefix(was, "… word") ||
		len(was) > maxLead+10 {
		t.Errorf("a long sentence begins %q", was)
	}
}

// FuzzExcerpt: whatever the texts are, a window holds all that changed, is no longer than
// it may be, and cuts no character.
func FuzzExcerpt(f *testing.F) {
	f.Add("We keep it 16 days.", "We keep it 13 days.")
	f.Add("a", "")
	f.Add("日本語。ああ", "日本語。いい")
	f.Add("x\xff\xfe", "x\xff\xfd")
	f.Fuzz(func(t *testing.T, old, new string) {
		d := change(nil, "modified|A||.|.")
		d.OldText, d.NewText = old, new
		d.Change.Clauses[0].Old = &model.ByteRange{End: len(old)}
		d.Change.Clauses[0].New = &model.ByteRange{End: len(new)}
		out := excerpt(d, Telling(d, 1), "…")
		c := out.Change.Clauses[0]
		was, is := side(out.OldText, c.Old), side(out.NewText, c.New)
		if len(was) > maxSide+16 || len(is) > maxSide+16 {
			t.Errorf("%d and %d bytes", len(was), len(is))
		}
		if utf8.ValidString(old) && utf8.ValidString(new) && (!utf8.ValidString(was) || !utf8.ValidString(is)) {
			t.Errorf("%q and %q cut a character", was, is)
		}
		if w := windowOf(old, new); old != new && len(old) > 0 && len(new) > 0 && len(old)+len(new) < maxSide &&
			(!strings.Contains(was, old[w.head:len(old)-w.tail]) || !strings.Contains(is, new[w.head:len(new)-w.tail])) {
			t.Errorf("%q and %q leave out what changed of %q and %q", was, is, old, new)
		}
	})
}
