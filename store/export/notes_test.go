package export

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"fineprint/store/model"
)

// TestEveryFormatSaysWhetherItCarriesNotes: the table has each format and no other.
func TestEveryFormatSaysWhetherItCarriesNotes(t *testing.T) {
	for _, f := range Formats {
		if _, said := carriesNotes[f.Name]; !said {
			t.Errorf("carriesNotes does not say whether %s carries notes", f.Name)
		}
	}
	if len(carriesNotes) != len(Formats) {
		t.Errorf("carriesNotes has %d formats, and there are %d", len(carriesNotes), len(Formats))
	}
}

// TestNotesAreInFormatsThatCarryThem, escaped; in the others nothing is changed by them,
// and the error of one names those that can.
func TestNotesAreInFormatsThatCarryThem(t *testing.T) {
	plain := record("It keeps more.")
	noted := plain
	noted.Notes = []model.ChangeNote{{
		ID: "FP-N-000007", Change: "FP-C-000001", Clause: 2, Provision: "FP-P-000003", Quote: "You have 30 days.",
		Text: "# Ask <b>legal</b>\nFrom when?\x1b[2J", Actor: "zoe", At: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
	}}
	for _, f := range Formats {
		err := f.CheckNotes()
		if carriesNotes[f.Name] != (err == nil) {
			t.Errorf("%s: %v", f.Name, err)
		}
		if err != nil && (!errors.Is(err, model.ErrInvalid) ||
			!strings.Contains(err.Error(), f.Name+" can't carry notes; use one of json, ")) {
			t.Errorf("%s: %v", f.Name, err)
		}
		if f.write == nil || f.Content == Binary {
			continue
		}
		var without, with bytes.Buffer
		if err := errors.Join(Write(&without, f, RecordsOf(plain), Options{}),
			Write(&with, f, RecordsOf(noted), Options{})); err != nil {
			t.Fatal(err)
		}
		if !carriesNotes[f.Name] {
			if !bytes.Equal(without.Bytes(), with.Bytes()) {
				t.Errorf("%s has notes that it does not carry:\n%s", f.Name, with.String())
			}
			continue
		}
		for _, part := range []string{"zoe", "From when?", "You have 30 days.", "FP-P-000003", "FP-N-000007"} {
			if !strings.Contains(with.String(), part) || strings.Contains(without.String(), part) {
				t.Errorf("%s: %q in\n%s", f.Name, part, with.String())
			}
		}
		control := func(c rune) bool { return c != '\n' && unicode.IsControl(c) }
		if f.Content == Text && strings.ContainsFunc(with.String(), control) {
			t.Errorf("%s passes control characters on", f.Name)
		}
		if (f.Name == "html" || f.Name == "md") &&
			(strings.Contains(with.String(), "<b>") || strings.Contains(with.String(), "\n  # ")) {
			t.Errorf("%s: a note is markup:\n%s", f.Name, with.String())
		}
	}
}
