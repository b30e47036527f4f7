package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"fineprint/cmd/dev/detecteval"
	"fineprint/fetch/ota"
)

// load reads the history, when there is one and a part needs it.
func (e *evaluation) load(ctx context.Context) error {
	needs := slices.ContainsFunc(e.parts, func(p string) bool { return p != "cases" && p != "pathological" })
	if e.corpus == "" || !needs {
		return nil
	}
	dir := e.corpus
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		temp, err := os.MkdirTemp("", "fineprint-eval-*")
		if err != nil {
			return fmt.Errorf("making room for the history: %w", err)
		}
		defer func() { _ = os.RemoveAll(temp) }()
		dir = filepath.Join(temp, "history.git")
		if said, err := exec.CommandContext(ctx, "git", "clone", "--quiet", "--bare", e.corpus,
			dir).CombinedOutput(); err != nil {
			return fmt.Errorf("cloning the bundle: %w: %s", err, strings.TrimSpace(string(said)))
		}
	}
	var err error
	e.histories, err = readHistories(ctx, dir)
	return err
}

// readHistories reads every version of every document of an archive, following
// renames.
func readHistories(ctx context.Context, dir string) ([]detecteval.History, error) {
	repo, err := ota.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = repo.Close() }()
	byPath := map[string]*detecteval.History{}
	var order []*detecteval.History
	err = repo.Each(ctx, func(string, string) bool { return false }, nil, func(x ota.Entry) error {
		h := byPath[x.Path]
		if from := byPath[x.RenamedFrom]; h == nil && from != nil {
			h = from
			delete(byPath, x.RenamedFrom)
		}
		if h == nil {
			h = &detecteval.History{}
			order = append(order, h)
		}
		h.Path, byPath[x.Path] = x.Path, h
		if !x.Deleted {
			h.Versions = append(h.Versions, detecteval.Version{Commit: x.Commit, Path: x.Path, Text: x.Content,
				Technical: x.Technical, CapturedAt: x.CapturedAt})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	histories := make([]detecteval.History, len(order))
	for i, h := range order {
		histories[i] = *h
	}
	return histories, nil
}

// documents are the newest versions of the history's documents that are neither
// tiny nor huge, else the package's own.
func (e *evaluation) documents() ([]detecteval.Document, string, error) {
	var out []detecteval.Document
	for _, h := range e.histories {
		for _, v := range slices.Backward(h.Versions) {
			if len(v.Text) > 4_000 && len(v.Text) < 150_000 {
				brand, _, _ := strings.Cut(v.Path, "/")
				brand, _, _ = strings.Cut(brand, " ")
				out = append(out, detecteval.Document{Name: v.Path, Brand: brand, Text: v.Text})
				break
			}
		}
	}
	if len(out) > 0 {
		return out, fmt.Sprintf("%d documents of the history", len(out)), nil
	}
	out, err := detecteval.Invented()
	return out, fmt.Sprintf("%d invented documents (no history given)", len(out)), err
}
