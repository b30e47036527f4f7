package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const perText = 200 // paragraphs

// fill makes the database: by a history, loose files, a site, and by every kind of edit.
func (h *harness) fill(ctx context.Context, n int) error {
	h.db = filepath.Join(h.dir, "h.db")
	h.config = filepath.Join(h.dir, "config.toml")
	settings := "background = \"dark\"\n[targets.ops]\nkind = \"atom\"\nfile = \"" + filepath.Join(h.dir, "alerts.atom") + "\"\n"
	if err := os.WriteFile(h.config, []byte(settings), 0o600); err != nil {
		return err
	}
	repo := filepath.Join(h.dir, "repo")
	if err := h.history(ctx, repo, max(n/(2*perText), 2)); err != nil {
		return err
	}
	h.run(ctx, "import", "ota", repo)
	for i := range 2 {
		file := filepath.Join(h.dir, fmt.Sprintf("2025-01-0%d%s.md", i+1, h.strings.name()))
		if err := os.WriteFile(file, []byte(h.strings.text(30)), 0o600); err != nil {
			return err
		}
		h.files = append(h.files, file)
	}
	h.run(ctx, append([]string{"import", "files", "Loose/Terms of Service"}, h.files...)...)
	h.site = httptest.NewServer(http.HandlerFunc(h.serve))
	for _, path := range []string{"/terms", "/status", "/moved", "/cut"} {
		h.run(ctx, "track", "add", h.site.URL+path, "--platform", "Web "+h.strings.line(), "--type", h.strings.line(),
			"--allow-host", "127.0.0.1", "--header", "X-A: b")
	}
	h.run(ctx, "fetch", "--all", "--allow-host", "127.0.0.1")
	h.run(ctx, "fetch", "--all", "--allow-host", "127.0.0.1", "--json")
	return h.edit(ctx)
}

// history writes a repository whose paths, subjects, authors and texts are hostile.
func (h *harness) history(ctx context.Context, repo string, documents int) error {
	if err := exec.CommandContext(ctx, "git", "init", "-q", "--bare", repo).Run(); err != nil {
		return err
	}
	var b bytes.Buffer
	names := make([]string, documents)
	for i := range names {
		names[i] = quoted(h.strings.name() + "/" + h.strings.name() + ".md")
	}
	for version := range 2 {
		for i, name := range names {
			subject := "Record new changes " + h.strings.line()
			if version == 0 {
				subject = "First record of " + h.strings.line()
			}
			author := strings.NewReplacer("<", "", ">", "").Replace(h.strings.line())
			text := h.strings.text(perText)
			when := 1700000000 + version*9000000 + i*60
			fmt.Fprintf(&b, "commit refs/heads/main\nauthor %s <a@b> %d +0000\ncommitter %s <a@b> %d +0000\ndata %d\n%s\nM 100644 inline %s\ndata %d\n%s\n",
				author, when, author, when, len(subject), subject, name, len(text), text)
		}
	}
	c := exec.CommandContext(ctx, "git", "--git-dir", repo, "fast-import", "--quiet")
	c.Stdin = &b
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("git: %w: %.300s", err, said)
	}
	return exec.CommandContext(ctx, "git", "--git-dir", repo, "symbolic-ref", "HEAD", "refs/heads/main").Run()
}

// quoted is a path as fast-import takes any bytes.
func quoted(path string) string {
	var b strings.Builder
	for _, c := range []byte(path) {
		fmt.Fprintf(&b, "\\%03o", c)
	}
	return `"` + b.String() + `"`
}

// serve answers with hostile pages, statuses, addresses and headers.
func (h *harness) serve(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	clean := func(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) }
	switch r.URL.Path {
	case "/moved":
		w.Header().Set("Location", "http://"+clean(h.strings.line())+"/")
		w.WriteHeader(http.StatusFound)
	case "/status", "/cut":
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			line := "HTTP/1.1 503 " + clean(h.strings.line()) + "\r\nX-A: " + clean(h.strings.line()) + "\r\n\r\n"
			if r.URL.Path == "/cut" {
				line = clean(h.strings.line()) + "\r\n"
			}
			_, _ = conn.Write([]byte(line))
			_ = conn.Close()
		}
	default:
		w.Header().Set("Content-Type", "text/html; x="+clean(h.strings.line()))
		_, _ = fmt.Fprintf(w, "<html><title>%s</title><main><h1>Terms</h1>", h.strings.line())
		for range 20 {
			_, _ = fmt.Fprintf(w, "<p>You may not keep %s for long, whatever happens to you.</p>", h.strings.line())
		}
	}
}

// edit fills every field that an analyst can.
func (h *harness) edit(ctx context.Context) error {
	changes := h.ids(ctx, "FP-C", "queue", "--state", "all", "--json", "--limit", "0")
	if len(changes) < 2 {
		return fmt.Errorf("only %d changes were found", len(changes))
	}
	h.run(ctx, "note", changes[0], h.strings.line())
	h.run(ctx, "tag", "word", changes[0], "--actor", h.strings.line())
	h.run(ctx, "rules", "add", "alert", h.strings.line(), "--filter", "zq", "--tag", h.strings.line(), "--notify", "ops")
	h.run(ctx, "rules", "add", "alert", "plain", "--filter", "days", "--notify", "ops", "--past")
	h.run(ctx, "decide", changes[0], "--dismiss", h.strings.line(), "--actor", h.strings.line())
	h.run(ctx, "decide", changes[0], "--undo", "--actor", h.strings.line())
	for len(changes) > 0 {
		some := changes[:min(len(changes), 200)]
		changes = changes[len(some):]
		h.run(ctx, append([]string{"decide", "--severity", "medium", "--confidence", "low", "--basis", "inferred", "--approve",
			"--summary", h.strings.line(), "--note", h.strings.line(), "--actor", h.strings.line()}, some...)...)
	}
	draft := filepath.Join(h.dir, "record.md")
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = \"A title\"\nseverity = \"high\"\nconfidence = \"high\"\nbasis = \"explicit\"\n+++\n")
	for _, part := range []string{"Summary", "What it is", "Why it matters", "Consumer impact", "Interpretive note"} {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", part, strings.ToValidUTF8(h.strings.line(), "?"))
	}
	if err := os.WriteFile(draft, []byte(b.String()), 0o600); err != nil {
		return err
	}
	h.files = append(h.files, draft)
	for _, id := range h.ids(ctx, "FP-C", "queue", "--state", "all", "--json", "--limit", "2") {
		h.run(ctx, "record", "new", id, "--clause", "2", "--from", draft, "--actor", h.strings.line())
	}
	return nil
}
