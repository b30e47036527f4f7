// Command licences gathers the licences of what a release of Fineprint is made of, for
// `fineprint licenses` to show:
//
//	go run ./cmd/dev/licences        # `task licenses`, after a change of go.mod
//
// What is linked is asked of `go list -deps` for every system of .goreleaser.yaml, so that a
// module that only one of them needs is there too. Of a module the licence and notice files
// count that stand in its root and in the folders above a linked package; one whose licence
// is in none of them is an error. To them come Go's own licence and the texts of the folder
// also, of what is no module: PDFium with the libraries in it, and embedded data.
//
// Its test gathers again and compares with what is embedded.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/andybalholm/brotli"

	"fineprint/cmd/dev/devtool"
	"fineprint/cmd/internal/licences"
	"fineprint/store/smallsort"
)

func main() { devtool.Main("licences", command) }

func command(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("licences", flag.ContinueOnError)
	f.SetOutput(out)
	root := f.String("root", ".", "the project's folder")
	if err := f.Parse(args); err != nil {
		return err
	}
	all, err := gather(ctx, *root)
	if err != nil {
		return err
	}
	encoded, err := encode(all)
	if err != nil {
		return err
	}
	kinds := map[string]int{}
	for _, p := range all {
		kinds[p.Kind]++
	}
	_, _ = fmt.Fprintf(out, "%d parts, %d bytes compressed: %v\n", len(all), len(encoded), kinds)
	return os.WriteFile(filepath.Join(*root, "cmd/internal/licences/licences.br"), encoded, 0o644)
}

// encode returns parts as package licences embeds them.
func encode(all []licences.Part) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 11, LGWin: 22})
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	err := errors.Join(e.Encode(all), w.Close())
	return b.Bytes(), err
}

// linked is a module of a release.
type linked struct {
	path, version, dir string
	folders            map[string]bool // of its linked packages, within it
}

// gather returns the parts of a release, sorted by name.
func gather(ctx context.Context, root string) ([]licences.Part, error) {
	modules := map[string]*linked{}
	targets, err := devtool.Targets(root)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, t := range targets {
		if !asked[t.OS] {
			asked[t.OS] = true
			if err := list(ctx, root, t, modules); err != nil {
				return nil, err
			}
		}
	}
	all, err := others(ctx, root)
	if err != nil {
		return nil, err
	}
	for _, m := range modules {
		text, err := m.text()
		if err != nil {
			return nil, err
		}
		if text == "" {
			text, err = original(root, m.path)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, licences.Part{Name: m.path, Version: m.version, Kind: kind(text), Text: text})
	}
	smallsort.By(all, func(a, b licences.Part) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// list adds the modules that the program links on a system.
func list(ctx context.Context, root string, t devtool.Target, modules map[string]*linked) error {
	c := exec.CommandContext(ctx, "go", "list", "-deps", "-f",
		`{{with .Module}}{{if not .Main}}{{$.ImportPath}}|{{.Path}}|{{.Version}}|{{.Dir}}{{end}}{{end}}`, "./cmd/fineprint")
	c.Dir, c.Env = root, append(os.Environ(), "GOOS="+t.OS, "GOARCH="+t.Arch, "CGO_ENABLED=0")
	c.Stderr = os.Stderr
	printed, err := c.Output()
	if err != nil {
		return fmt.Errorf("listing what is linked on %s: %w", t.OS, err)
	}
	for _, line := range strings.Fields(string(printed)) {
		f := strings.Split(line, "|")
		m := modules[f[1]]
		if m == nil {
			m = &linked{path: f[1], version: f[2], dir: f[3], folders: map[string]bool{"": true}}
			modules[f[1]] = m
		}
		for folder := strings.Trim(strings.TrimPrefix(f[0], f[1]), "/"); folder != "" && folder != "."; {
			m.folders[folder] = true
			folder = filepath.Dir(folder)
		}
	}
	return nil
}

// named is what files with a licence or a notice are called.
var named = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|notice|patents)([-.].*)?$`)

// text returns a module's licence and notice files, one after the other.
func (m *linked) text() (string, error) {
	var files []string
	for folder := range m.folders {
		entries, err := os.ReadDir(filepath.Join(m.dir, folder))
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			if e.Type().IsRegular() && named.MatchString(e.Name()) && filepath.Ext(e.Name()) != ".go" {
				files = append(files, filepath.Join(folder, e.Name()))
			}
		}
	}
	smallsort.By(files, strings.Compare)
	return joined(m.dir, files)
}

// joined returns files' texts; each but a single one under its name.
func joined(dir string, files []string) (string, error) {
	var b strings.Builder
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return "", err
		}
		if len(files) > 1 {
			fmt.Fprintf(&b, "---- %s ----\n\n", filepath.ToSlash(file))
		}
		b.WriteString(strings.TrimSpace(strings.ReplaceAll(string(raw), "\r\n", "\n")) + "\n\n")
	}
	return strings.TrimSpace(b.String()), nil
}

// standIns are the modules that are replaced by ours, which have declarations in common
// with the original and so its licence.
var standIns = map[string]string{
	"github.com/alecthomas/chroma/v2":    "chroma.txt",
	"github.com/microcosm-cc/bluemonday": "bluemonday.txt",
}

// original returns the licence of what a module without one stands in for.
func original(root, path string) (string, error) {
	name, known := standIns[path]
	if !known {
		return "", fmt.Errorf("%s is linked and has no licence", path)
	}
	return joined(filepath.Join(root, "cmd/dev/licences/also"), []string{name})
}

// others are the parts that are no modules.
func others(ctx context.Context, root string) ([]licences.Part, error) {
	goroot, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output() // not runtime's: there is none with -trimpath
	if err != nil {
		return nil, err
	}
	also := filepath.Join(root, "cmd/dev/licences/also")
	fonts := filepath.Join(root, "store/export/paper/fonts")
	var all []licences.Part
	for _, o := range []struct {
		name, dir string
		files     []string
		kind      string
	}{
		{"Go", strings.TrimSpace(string(goroot)), []string{"LICENSE", "PATENTS"}, "BSD-3-Clause"},
		{"PDFium", also, []string{"pdfium.txt"}, "BSD-3-Clause AND Apache-2.0 AND FTL AND IJG AND MIT AND Zlib AND Unicode-TOU"},
		{"DejaVu fonts", fonts, []string{"LICENSE.dejavu"}, "Bitstream-Vera"},
		{"Noto fonts", fonts, []string{"LICENSE.noto"}, "OFL-1.1"},
		{"ToS;DR", also, []string{"tosdr.txt"}, "CC-BY-SA-3.0"},
	} {
		text, err := joined(o.dir, o.files)
		if err != nil {
			return nil, err
		}
		all = append(all, licences.Part{Name: o.name, Kind: o.kind, Text: text})
	}
	return all, nil
}

// kind returns the SPDX names of the licences in a text, by a phrase of each.
func kind(text string) string {
	flat := strings.Join(strings.Fields(text), " ")
	has := func(phrase string) bool { return strings.Contains(strings.ToLower(flat), strings.ToLower(phrase)) }
	var found []string
	add := func(name string, yes bool) {
		if yes {
			found = append(found, name)
		}
	}
	add("MIT", has("Permission is hereby granted, free of charge"))
	bsd := has("Redistribution and use in source and binary forms")
	three := has("Neither the name") || has("names of its contributors may")
	add("BSD-3-Clause", bsd && three)
	add("BSD-2-Clause", bsd && !three)
	add("Apache-2.0", has("Apache License") && has("Version 2.0"))
	add("MPL-2.0", has("Mozilla Public License") && has("2.0"))
	add("ISC", has("Permission to use, copy, modify, and/or distribute this software") ||
		has("Permission to use, copy, modify, and distribute this software for any purpose with or without fee"))
	add("Unlicense", has("This is free and unencumbered software"))
	if len(found) == 0 {
		return "see its text"
	}
	return strings.Join(found, " AND ")
}
