package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
)

var day0 = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func capture(token, days int, place string) string {
	return fmt.Sprintf(`<html><body><script>%d</script><nav>Menu %d</nav><div class=%q><h1>Terms</h1><p>You must `+
		`be 13 years old to use the service.</p>%s<p>We keep logs for %d days.</p><p class=seen>%d views</p></div>`+
		`</body></html>`,
		token, token, place, strings.Repeat("<p>We keep your personal data as long as the law requires us to, and you "+
			"agree to that.</p>", 8), days, token)
}

// archives makes a history of raw captures and one of the versions made of them.
func archives(t *testing.T) (snapshots, versions string) {
	t.Helper()
	raw, made := otatest.New(t), otatest.New(t)
	commit := func(h *otatest.History, name, content string, day int) {
		h.Commit(map[string]string{name: content}, "Record new changes of Acme Terms", day0.AddDate(0, 0, day))
	}
	for day, days := range []int{30, 30, 30, 90, 90} {
		place := "old"
		if day > 1 {
			place = "new"
		}
		commit(raw, "Acme/Terms.html", capture(day, days, place), day)
	}
	commit(raw, "Acme/Terms.html",
		`<meta http-equiv=refresh content="0; url=https://acme.example/en/"><p>Please wait.</p>`, 5)
	commit(made, "Acme/Terms.md", "Terms\n=====\n\nWe keep logs for 30 days.\n", 0)
	commit(made, "Acme/Terms.md", "Terms\n=====\n\nWe keep logs for 90 days.\n", 3)
	return raw.Dir, made.Dir
}

func replayed(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(t.Context(), args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// row is the table's figures of the only document.
func row(t *testing.T, out string) string {
	t.Helper()
	for line := range strings.Lines(out) {
		if rest, found := strings.CutPrefix(strings.TrimSpace(line), "Acme/Terms "); found {
			return strings.Join(strings.Fields(rest), " ")
		}
	}
	t.Fatalf("no line of the document in\n%s", out)
	return ""
}

func TestReplayPrintsBothVerdicts(t *testing.T) {
	raw, made := archives(t)
	// Without selectors the counter of views is a change each time, folded.
	out := replayed(t, "-snapshots", raw, "-versions", made)
	if got := row(t, out); got != "6 6 1 4 0 1 1 3 2 1 0 3 0" {
		t.Errorf("without selectors: %s\n%s", got, out)
	}
	if !strings.Contains(out,
		"1 × can't be read: the page only leads on to another address: https://acme.example/en/") {
		t.Errorf("it does not say why one failed:\n%s", out)
	}
	declared := filepath.Join(t.TempDir(), "Acme.json")
	for name, content := range map[string]string{
		declared: `{"name":"Acme","terms":{"Terms":{"fetch":"https://acme.example/terms","select":".new","remove":".seen"}}}`,
		strings.Replace(declared, ".json", ".history.json",
			1): `{"Terms":[{"fetch":"https://acme.example/terms","select":".old","remove":".seen",` +
			`"validUntil":"2026-03-02T18:00:00Z"}]}`,
	} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out = replayed(t, "-snapshots", raw, "-versions", made, "-declarations", declared, "-v")
	if got := row(t, out); got != "6 6 4 1 0 1 1 0 2 1 0 0 0" {
		t.Errorf("as declared: %s\n%s", got, out)
	}
}
