package decide

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestEditorFileIsReadBackAsWritten: whatever the summary is, without what is about it.
func TestEditorFileIsReadBackAsWritten(t *testing.T) {
	about := []string{"Write the summary above.", "", "[-16-]{+13+}"}
	for _, text := range []string{"", "One line.", "# no comment", "a\n\n#b\n\\#c\n\\\\# d\n  # e", `\ # f`, "ends with #"} {
		file := commented(text, about)
		if got := uncommented(file); got != text {
			t.Errorf("%q is read back as %q from\n%s", text, got, file)
		}
		if strings.Contains(file, "# \n") {
			t.Errorf("a comment ends with a space:\n%s", file)
		}
	}
}

// detail is a change of n material clauses and one that is not.
func detail(n int) model.ChangeDetail {
	d := model.ChangeDetail{Document: model.Document{Type: "Terms of Service"}}
	d.Document.Platform.Name = "Acme\x1b[31m"
	d.Change = model.Change{ID: "FP-C-000001", Material: true,
		Suggested: model.Suggestion{Severity: model.High, Why: []string{"a changed number"}}}
	for i := range n + 1 {
		c := model.ClauseChange{Kind: model.Modified, Material: i < n, Reason: model.ReasonTypography,
			Old: &model.ByteRange{Start: len(d.OldText)}, New: &model.ByteRange{Start: len(d.NewText)}}
		d.OldText += fmt.Sprintf("Clause %d: you must be at least 16 years old.\n\n", i)
		d.NewText += fmt.Sprintf("Clause %d: you must be at least 13 years old.\n\n", i)
		c.Old.End, c.New.End = len(d.OldText)-2, len(d.NewText)-2
		d.Change.Clauses = append(d.Change.Clauses, c)
	}
	return d
}

// TestEditorFileTellsWhatTheChangeIs, and no more of it than can be read.
func TestEditorFileTellsWhatTheChangeIs(t *testing.T) {
	text := strings.Join(about(detail(2)), "\n")
	for _, want := range []string{"FP-C-000001   Acme", "· Terms of Service", "Severity: not set (suggested: high)",
		"Confidence: not set", "Basis: not set", "Why: a changed number", "[-16-]", "{+13+}", "Clause 0", "Clause 1"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Clause 2") || strings.Contains(text, "\x1b") {
		t.Errorf("it has what is not material, or a control character:\n%s", text)
	}
	lines := about(detail(400))
	if last := lines[len(lines)-1]; len(lines) > maxRedline+20 || !strings.HasPrefix(last, "… ") {
		t.Errorf("%d lines, the last %q", len(lines), last)
	}
}

// TestEmptiedOrUnchangedFileSavesNothing, and one that was written does.
func TestEmptiedOrUnchangedFileSavesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "summary.txt")
	for body, want := range map[string]string{
		"Was.\n\n# about\n": "", "# about\n": "", "": "", "Is.\n# about\n": "Is.", "\\# one\n": "# one",
	} {
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readEdited(editFileMsg{summary: "Was.", file: file}, "ed", nil); got.text != want || got.err != nil {
			t.Errorf("%q gives %q, %v", body, got.text, got.err)
		}
	}
}
