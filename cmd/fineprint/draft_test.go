package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/store/insight/drafting"
	"fineprint/store/model"
)

// TestExampleScriptAsksALocalServer runs the script that `draft --example` prints against
// a server that plays the API, and refuses one that is not on this machine.
func TestExampleScriptAsksALocalServer(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	var asked struct {
		Model    string
		Messages []struct{ Role, Content string }
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" {
			http.Error(w, "not found", http.StatusNotFound)
			return
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			t.Error(err)
		}
		said := "Here it is:\n```json\n" + `{"severity":"high","summary":[{"text":"The age is 13.","quotes":["13 years"]}]}` + "\n```"
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"content": said}}}})
	}))
	defer server.Close()
	script := filepath.Join(t.TempDir(), "draft.py")
	if err := os.WriteFile(script, []byte(draftExample), 0o600); err != nil {
		t.Fatal(err)
	}
	text := "You must be 13 years old."
	question, err := drafting.Ask(&drafting.Subject{ID: "FP-C-000001", Platform: "Acme", Type: "Terms",
		Clauses: []drafting.Clause{{N: 1, Kind: model.Added, New: &model.Quote{Text: text, End: len(text)}}}})
	if err != nil {
		t.Fatal(err)
	}
	run := func(env ...string) (string, string, error) {
		cmd := exec.CommandContext(t.Context(), python, script)
		var out, said bytes.Buffer
		cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(question), &out, &said
		cmd.Env = append([]string{"PATH=" + os.Getenv("PATH")}, env...)
		err := cmd.Run()
		return out.String(), said.String(), err
	}
	out, said, err := run("DRAFT_MODEL=tiny", "DRAFT_URL="+server.URL)
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	a, err := drafting.Parse([]byte(out))
	if err != nil || a.Words["severity"][0] != "high" || a.Prose["summary"][0].Quotes[0] != "13 years" {
		t.Errorf("%s: %+v, %v", out, a, err)
	}
	if asked.Model != "tiny" || len(asked.Messages) != 2 || !strings.Contains(asked.Messages[1].Content, text) {
		t.Errorf("asked %+v", asked)
	}
	for _, env := range [][]string{{"DRAFT_MODEL=tiny", "DRAFT_URL=https://api.example.com"}, {"DRAFT_URL=" + server.URL}} {
		if out, said, err := run(env...); err == nil || out != "" || strings.Contains(said, "Traceback") {
			t.Errorf("%v: %q, %q, %v", env, out, said, err)
		}
	}
}
