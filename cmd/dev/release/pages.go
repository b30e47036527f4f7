package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// pages writes the manual pages, compressed, the completions and the licences.
func pages(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("pages", flag.ContinueOnError)
	f.SetOutput(out)
	to := f.String("o", "bin/pages", "folder to write into, emptied before")
	version := f.String("version", "", "of the release")
	date := f.String("date", "", "of its commit, RFC 3339")
	if err := f.Parse(args); err != nil {
		return err
	}
	if err := os.RemoveAll(*to); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "pages")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	bin := filepath.Join(work, "fineprint")
	build := exec.CommandContext(ctx, "go", "build", "-o", bin,
		"-ldflags", fmt.Sprintf("-X main.buildVersion=%s -X main.buildDate=%s", *version, *date), "./cmd/fineprint")
	build.Stdout, build.Stderr = out, out
	build.Env = native(os.Environ())
	if err := build.Run(); err != nil {
		return err
	}
	for _, folder := range []string{"man", "completions"} {
		if err := os.MkdirAll(filepath.Join(*to, folder), 0o755); err != nil {
			return err
		}
	}
	for name, arguments := range map[string][]string{
		"completions/fineprint.bash": {"completion", "bash"},
		"completions/fineprint.zsh":  {"completion", "zsh"},
		"completions/fineprint.fish": {"completion", "fish"},
		"completions/fineprint.ps1":  {"completion", "powershell"},
		"LICENSES.txt":               {"licenses"},
	} {
		printed, err := exec.CommandContext(ctx, bin, arguments...).Output()
		if err == nil {
			err = os.WriteFile(filepath.Join(*to, name), printed, 0o644)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := exec.CommandContext(ctx, bin, "man", "--to", filepath.Join(work, "man")).Run(); err != nil {
		return err
	}
	return compressAll(filepath.Join(work, "man"), filepath.Join(*to, "man"))
}

// native is an environment in which a program is built for this machine: goreleaser sets
// what it builds for.
func native(environment []string) []string {
	return append(environment, "GOOS=", "GOARCH=", "CGO_ENABLED=0")
}

// compressAll compresses the files of a folder into another, without names and times.
func compressAll(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		page, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, e.Name()+".gz"), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
