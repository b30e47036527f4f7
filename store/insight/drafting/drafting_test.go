package drafting_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/insight/drafting"
	"fineprint/store/model"
)

const (
	oldText = "# Terms\n\nYou may close your account whenever you like.\n\nWe keep your messages for 30 days after you " +
		"close it.\n"
	newText = "# Terms\n\nYou may close your account whenever you like.\n\nWe keep your “messages” for twelve months " +
		"after\nyou close it, and share them with partners.\n"
)

func subject() *drafting.Subject {
	quote := func(text, from string) *model.Quote {
		at := strings.Index(text, from)
		return &model.Quote{Text: strings.TrimSpace(text[at:]), Start: at, End: len(strings.TrimSpace(text))}
	}
	return &drafting.Subject{ID: "FP-C-000001", Platform: "Acme", Document: "FP-D-00001", Type: "Terms of Service",
		To:      drafting.Version{Seq: 2, CapturedAt: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)},
		OldText: oldText, NewText: newText,
		Clauses: []drafting.Clause{{N: 3, Kind: model.Modified, Heading: []string{"Terms"}, Old: quote(oldText, "We keep"),
			New: quote(newText, "We keep")}}}
}

// summary checks one sentence of a summary.
func summary(t *testing.T, text string, quotes ...string) model.DraftedSentence {
	t.Helper()
	payload, err := json.Marshal(map[string]any{"summary": []any{map[string]any{"text": text, "quotes": quotes}}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := drafting.Parse(payload)
	if err != nil {
		t.Fatal(err)
	}
	fields := drafting.Check(a, subject())
	if len(fields) != 1 || len(fields[0].Sentences) != 1 {
		t.Fatalf("got %+v", fields)
	}
	return fields[0].Sentences[0]
}

// TestSentencesAreHeldAgainstTheWords: what rests on words that are there is sound, and
// every other sentence says what is wrong with it.
func TestSentencesAreHeldAgainstTheWords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		quotes     []string
		problem    string // "" for a sound one
	}{
		{"sound", "Messages are kept for twelve months.", []string{"We keep your “messages” for twelve months"}, ""},
		{"number in digits", "Messages are kept for 12 months.", []string{"We keep your “messages” for twelve months"}, ""},
		{"other quotation marks and white space", "Messages are kept after closing.",
			[]string{"We keep  your \"messages\" for\ttwelve months after you close it"}, ""},
		{"of the old", "Messages were deleted after 30 days before.", []string{"messages for 30 days"}, ""},
		{"no quote", "Messages are kept for twelve months.", nil, "rests on no quoted words"},
		{"a quote that is not there", "Messages are sold.", []string{"We sell your messages"},
			"quotes words that are in neither text"},
		{"in other letters", "Messages are kept.", []string{"WE KEEP YOUR “MESSAGES”"},
			"quotes words that are in neither text"},
		{"one letter", "You agree to everything.", []string{"y"}, "quotes too few words"},
		{"two letters", "You agree to everything.", []string{"a a"}, "quotes too few words"},
		{"nothing", "You agree to everything.", []string{""}, "quotes too few words"},
		{"invisible characters", "You agree to everything.", []string{"\u200b\u200b\u2060\u200d\u00ad\ufeff\u200b\u200b"},
			"quotes too few words"},
		{"a part of words", "Messages are kept.", []string{"e keep your “mess"}, "quotes words that are in neither text"},
		{"of something else", "Your payment card is charged at once.", []string{"share them with partners"},
			"shares no word with what it quotes"},
		{"of what did not change", "You may close your account.", []string{"You may close your account whenever you like"},
			"quotes words that did not change"},
		{"a number in neither", "Messages are kept for 24 months.", []string{"We keep your “messages” for twelve months"},
			"“24 months” is in neither text"},
		{"a number in words", "Messages are kept for ninety days.", []string{"We keep your “messages” for twelve months"},
			"“ninety days” is in neither text"},
		{"a percentage", "Messages of 5% are kept.", []string{"We keep your “messages” for twelve months"},
			"“5%” is in neither text"},
		{"an amount", "Messages cost $20.", []string{"We keep your “messages” for twelve months"}, "“$20” is in neither text"},
		{"a date", "Messages are kept since 4 May 2021.", []string{"We keep your “messages” for twelve months"},
			"“4 May 2021” is in neither text"},
		{"of the old, said of the new", "Messages are kept for 30 days.", []string{"We keep your “messages” for twelve months"},
			"“30 days” is in the old text only"},
		{"two at once", "Messages are kept. Your soul is ours.", []string{"We keep your “messages” for twelve months"},
			"is several sentences; each needs a quote of its own"},
	} {
		s := summary(t, c.text, c.quotes...)
		if c.problem == "" != s.Sound() || c.problem != "" && !slices.Contains(s.Problems, c.problem) {
			t.Errorf("%s: %q, want %q", c.name, s.Problems, c.problem)
		}
	}
}

// TestTiesStandWhereTheyWereFound: the bytes at a tie's place are its text, whatever the
// quote looked like, and the words are those of the side.
func TestTiesStandWhereTheyWereFound(t *testing.T) {
	for quote, side := range map[string]string{
		"your \"messages\" for twelve months after you close": "new",
		"We\u200b keep your\u00a0“messages” for twelve":       "new",
		"messages for 30 days":                                "old",
		"close your account":                                  "new",
	} {
		s := summary(t, "Messages for months or days when you close your account.", quote)
		if len(s.Ties) != 1 {
			t.Errorf("%q: %+v", quote, s)
			continue
		}
		text := map[string]string{"old": oldText, "new": newText}[side]
		if tie := s.Ties[0]; tie.Side != side || text[tie.Start:tie.End] != tie.Text || strings.ContainsAny(tie.Text, "\u200b") {
			t.Errorf("%q: %+v", quote, tie)
		}
	}
}

func TestOnlyWordsOfAFieldAreTaken(t *testing.T) {
	a, err := drafting.Parse([]byte(`{"severity":"severe","confidence":"high","types":["data_retention","no_such_type"],
		"sections":{"analysis.exposure_level":"high"}}`))
	if err != nil {
		t.Fatal(err)
	}
	problems := map[string]bool{}
	for _, f := range drafting.Check(a, subject()) {
		problems[f.Field] = f.Problem != ""
	}
	want := map[string]bool{"severity": true, "confidence": false, "types": true, "analysis.exposure_level": false}
	if fmt.Sprint(problems) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", problems, want)
	}
}

// TestHostileAnswersAreRefused, each with a plain message.
func TestHostileAnswersAreRefused(t *testing.T) {
	deep := strings.Repeat("[", 5000)
	many := `{"summary":[` + strings.Repeat(`{"text":"a b","quotes":[]},`, 50) + `{"text":"a b","quotes":[]}]}`
	for name, answer := range map[string]string{
		"empty": "", "no JSON": "I am happy to help!", "fenced": "```json\n{}\n```", "a list": "[]", "null": "null",
		"nothing in it": "{}", "cut off": `{"summary":[{"text":"x"`, "two": `{"severity":"low"} {"severity":"high"}`,
		"deep": `{"summary":` + deep + `}`, "deeper": deep + deep + deep, "unknown field": `{"approve":true}`,
		"unknown key": `{"summary":[{"text":"a","quotes":[],"position":5}]}`, "a text": `{"summary":"All is well."}`,
		"a number": `{"severity":4}`, "too many": many, "not UTF-8": "{\"severity\":\"\xff\"}",
		"long":    `{"summary":[{"text":"` + strings.Repeat("x", 3000) + `","quotes":[]}]}`,
		"huge":    `{"severity":"` + strings.Repeat("x", drafting.MaxAnswer) + `"}`,
		"clauses": `{"clauses":[1]}`, "twice": `{"severity":"low","sections":{"severity":"high"}}`,
	} {
		_, err := drafting.Parse([]byte(answer))
		if !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(err.Error()) > 250 || strings.Contains(err.Error(), "drafting.") || strings.Contains(err.Error(), "Go ") {
			t.Errorf("%s: the message is %q", name, err)
		}
	}
}

// TestSchemaListsWhatIsParsed: every field of the schema is one that can be drafted, and
// an answer of all of them is read whole.
func TestSchemaListsWhatIsParsed(t *testing.T) {
	payload, err := drafting.Ask(subject())
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Schema struct {
			Properties map[string]struct {
				Enum       []string                   `json:"enum"`
				Properties map[string]json.RawMessage `json:"properties"`
			} `json:"properties"`
		} `json:"answer_schema"`
		Clauses []struct{ Old, New *string }
		Fields  []struct{ Key string }
	}
	if err := json.Unmarshal(payload, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Clauses) != 1 || r.Clauses[0].Old == nil || !strings.Contains(*r.Clauses[0].New, "twelve months") {
		t.Errorf("clauses are %+v", r.Clauses)
	}
	listed := len(r.Schema.Properties) - 1 + len(r.Schema.Properties["sections"].Properties)
	if listed != len(r.Fields) {
		t.Errorf("the schema has %d fields, the list %d", listed, len(r.Fields))
	}
	for _, f := range r.Fields {
		value := `[{"text":"Messages are kept.","quotes":["We keep"]}]`
		switch f.Key {
		case "severity", "confidence", "analysis.exposure_level":
			value = `"high"`
		case "basis":
			value = `"explicit"`
		case "types":
			value = `["data_retention"]`
		}
		a, err := drafting.Parse([]byte(`{"` + f.Key + `":` + value + `}`))
		if err != nil || len(a.Words)+len(a.Prose) != 1 {
			t.Errorf("%s: %+v, %v", f.Key, a, err)
		}
	}
}

// FuzzCheck: whatever is answered, nothing panics, and every tie's text stands at its place.
func FuzzCheck(f *testing.F) {
	f.Add("Messages are kept for 12 months.", "your “messages” for twelve")
	f.Add("\x1b]0;x\x07", "\u202e\u200b ' \" “")
	f.Fuzz(func(t *testing.T, text, quote string) {
		payload, err := json.Marshal(map[string]any{"summary": []any{map[string]any{"text": text, "quotes": []string{quote}}}})
		if err != nil {
			t.Skip()
		}
		a, err := drafting.Parse(payload)
		if err != nil {
			return
		}
		for _, field := range drafting.Check(a, subject()) {
			for _, s := range field.Sentences {
				for _, tie := range s.Ties {
					whole := map[string]string{"old": oldText, "new": newText}[tie.Side]
					if whole[tie.Start:tie.End] != tie.Text || strings.TrimSpace(tie.Text) == "" {
						t.Errorf("%+v", tie)
					}
				}
			}
		}
	})
}
