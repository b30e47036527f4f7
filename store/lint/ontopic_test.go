package lint

import (
	"os"
	"strings"
	"testing"

	"fineprint/store/clausetype"
	"fineprint/store/model"
)

// TestTopicsHaveEveryType: each type of clause is of a topic, and topics name no others.
func TestTopicsHaveEveryType(t *testing.T) {
	of := map[string]string{}
	for _, row := range topics {
		for _, id := range strings.Fields(row.types) {
			if _, ok := clausetype.ByID(id); !ok || of[id] != "" {
				t.Errorf("topic %s names %s, which is no clause type or of topic %q", row.name, id, of[id])
			}
			of[id] = row.name
		}
	}
	for _, kind := range clausetype.Types {
		if of[kind.ID] == "" {
			t.Errorf("no topic has %s", kind.ID)
		}
	}
}

// TestComparisonsOnAndOffTopic: of made-up comparisons at most one in twenty is taken for
// what it isn't, either way.
func TestComparisonsOnAndOffTopic(t *testing.T) {
	data, err := os.ReadFile("testdata/topics.txt")
	if err != nil {
		t.Fatal(err)
	}
	var s *subject
	var wrong, all [3][2]int // by part, on topic first
	records := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		kind, text, _ := strings.Cut(line, " ")
		switch kind {
		case "=":
			records++
			s = &subject{record: &model.Record{}, writing: &model.Writing{}}
			s.writing.Title = text
		case "types:":
			s.writing.Types = strings.Fields(text)
		case "quote:":
			s.record.Provisions = []model.Provision{{Quote: model.Quote{Text: text}}}
		case "+", "-":
			half, off := (records-1)/5, 0
			if kind == "-" {
				off = 1
			}
			all[half][off]++
			if s.theme().has(text) != (kind == "+") {
				wrong[half][off]++
				t.Logf("%s: %s", s.writing.Title, line)
			}
		}
	}
	if n := all[0][0] + all[1][0]; n != 40 || all[0][1]+all[1][1] != 40 {
		t.Fatalf("%v pairs", all)
	}
	t.Logf("wrong on topic %d and %d of 20, off topic %d and %d of 20", wrong[0][0], wrong[1][0], wrong[0][1], wrong[1][1])
	if wrong[0][0]+wrong[1][0] > 2 || wrong[0][1]+wrong[1][1] > 2 {
		t.Errorf("wrong: %v of %v", wrong, all)
	}
}
