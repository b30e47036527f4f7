package charset

import (
	"os"
	"strings"
	"testing"
)

// TestLanguageIsToldByItsLetters: of every language there is prose of, or not at all.
func TestLanguageIsToldByItsLetters(t *testing.T) {
	file, err := os.ReadFile("testdata/prose.txt")
	if err != nil {
		t.Fatal(err)
	}
	prose := map[string]string{"en": strings.Repeat("We keep your personal data for as long as your account is open. "+
		"You may ask us to delete it at any time, and we will do so within thirty days unless the law forbids that. ", 3)}
	for line := range strings.Lines(string(file)) {
		f := strings.SplitN(line, " ", 3)
		prose[f[0]] += f[2]
	}
	told := 0
	for want, text := range prose {
		switch got := Language(text); got {
		case want:
			told++
		case "":
			t.Logf("%s is not told, of %d bytes", want, len(text))
		default:
			t.Errorf("%s is told as %s", want, got)
		}
		if got := Language(text[:min(len(text), 60)]); got != "" {
			t.Errorf("a line of %s is told as %q", want, got)
		}
	}
	if told < len(prose)*3/4 {
		t.Errorf("%d of %d languages are told", told, len(prose))
	}
}
