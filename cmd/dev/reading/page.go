package main

import (
	"fmt"
	"hash/fnv"
	"html"
	"io/fs"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

// pageTemplate is one kind of page. Its file begins with a comment: the name, then
// options, parted by semicolons.
//
//	only: ar he         only documents in these languages
//	headings: no        the page has no marked headings, so none are judged
//	lists: decimal      numbered lists have plain numbers
//	letters: a i        all lists are numbered in one of these ways
//	cells: lists        cells of tables hold lists
//	footnotes: yes      the document has footnotes
//	numbered: yes       headings have their number
//	tabs: yes           headings may stand all before the sections
type pageTemplate struct {
	file, name              string
	options                 map[string]string
	judgeHeadings, numbered bool
	*template.Template
}

var headLine = regexp.MustCompile(`^\{\{/\* (.+?) \*/\}\}`)

// partsFile holds how blocks are written where a page's own file does not say.
const partsFile = "parts.tmpl"

// readTemplates reads the page templates of a folder, in order of their files' names. A
// folder without parts of its own takes those of fallback.
func readTemplates(files, fallback fs.FS) ([]*pageTemplate, error) {
	parts, err := fs.ReadFile(files, partsFile)
	if err != nil {
		if parts, err = fs.ReadFile(fallback, partsFile); err != nil {
			return nil, fmt.Errorf("reading what pages are made of: %w", err)
		}
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, err
	}
	var all []*pageTemplate
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading a page template: %w", err)
		}
		t, err := newTemplate(name, string(parts), string(raw))
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func newTemplate(name, parts, raw string) (*pageTemplate, error) {
	head := headLine.FindStringSubmatch(raw)
	if head == nil {
		return nil, fmt.Errorf("%s: the first line is no comment with the name", name)
	}
	fields := strings.Split(head[1], ";")
	t := &pageTemplate{file: strings.TrimSuffix(path.Base(name), ".html"), name: fields[0], options: map[string]string{}}
	for _, f := range fields[1:] {
		key, value, _ := strings.Cut(strings.TrimSpace(f), ": ")
		t.options[key] = value
	}
	t.judgeHeadings = t.options["headings"] != "no"
	t.numbered = t.options["numbered"] != ""
	var err error
	t.Template, err = template.New(name).Funcs((&page{}).funcs()).Parse(parts)
	if err == nil {
		t.Template, err = t.New("page").Parse(raw)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a page template: %w", err)
	}
	return t, nil
}

// page is one page: a template filled with a document, and what there is to find on it.
type page struct {
	*document
	Address string
	body    string
	truths  []truth // any of them is right

	template *template.Template
	bank     *bank
	rng      *rand.Rand
	neutral  []string
}

// makePage makes the nth page of a template.
func makePage(t *pageTemplate, banks map[string]*bank, seed uint64, n int) (*page, error) {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%s %d", t.file, n)
	rng := rand.New(rand.NewPCG(seed, h.Sum64()))
	b, err := bankFor(t, banks, rng, n)
	if err != nil {
		return nil, err
	}
	p := &page{document: draw(rng, b, t), bank: b, rng: rng}
	p.Address = "https://www.example.com/" + b.lang + "/legal/" + strconv.Itoa(n)
	if p.template, err = t.Clone(); err != nil {
		return nil, err
	}
	p.template.Funcs(p.funcs())
	if p.body, err = p.part("page", p); err != nil {
		return nil, fmt.Errorf("%s: %w", t.file, err)
	}
	p.truths = append(p.truths, truthOf(p.document, t, false))
	if t.options["tabs"] != "" {
		p.truths = append(p.truths, truthOf(p.document, t, true))
	}
	for _, w := range p.truths {
		for _, s := range p.neutral {
			w.excuse(s, 1)
		}
	}
	return p, nil
}

// bankFor chooses the language: English first, then others, unless the template has some
// of its own.
func bankFor(t *pageTemplate, banks map[string]*bank, rng *rand.Rand, n int) (*bank, error) {
	langs := strings.Fields(t.options["only"])
	if len(langs) == 0 {
		for lang := range banks {
			langs = append(langs, lang)
		}
		slices.Sort(langs)
		if n == 0 {
			langs = []string{"en"}
		}
	}
	lang := pick(rng, langs)
	if banks[lang] == nil {
		return nil, fmt.Errorf("%s: there is no prose in %q", t.file, lang)
	}
	return banks[lang], nil
}

var noteMarks = regexp.MustCompile(noteMark + `(\d+)` + noteMark)

// part executes one of the page's templates.
func (p *page) part(name string, data any) (string, error) {
	var out strings.Builder
	if err := p.template.ExecuteTemplate(&out, name, data); err != nil {
		return "", err
	}
	var failed error
	s := noteMarks.ReplaceAllStringFunc(out.String(), func(ref string) string {
		var out strings.Builder
		if err := p.template.ExecuteTemplate(&out, "ref", strings.Trim(ref, noteMark)); err != nil {
			failed = err
		}
		return out.String()
	})
	return s, failed
}

// funcs is what templates may call.
func (p *page) funcs() template.FuncMap {
	return template.FuncMap{
		// blocks writes paragraphs, lists and tables, each by the template of its kind.
		"blocks": func(blocks []block) (string, error) {
			var all strings.Builder
			for _, b := range blocks {
				s, err := p.part(b.Kind, b)
				if err != nil {
					return "", err
				}
				all.WriteString(strings.TrimSpace(s) + "\n")
			}
			return all.String(), nil
		},
		"part":   p.part,
		"attr":   html.EscapeString,
		"string": strconv.Quote,
		// chrome is a text of what stands around the document; all lists every one that
		// the language has.
		"chrome": func(key string) (string, error) {
			if len(p.bank.chrome[key]) == 0 {
				return "", fmt.Errorf("no chrome %q in %s", key, p.bank.lang)
			}
			return pick(p.rng, p.bank.chrome[key]), nil
		},
		"all":  func(key string) []string { return p.bank.chrome[key] },
		"some": func(key string) []string { return p.some(p.bank.chrome[key]) },
		"head": func(s string) string { a, _, _ := strings.Cut(s, " | "); return a },
		"tail": func(s string) string { _, b, _ := strings.Cut(s, " | "); return b },
		// neutral is what a reader may take or leave.
		"neutral": func(s string) string { p.neutral = append(p.neutral, s); return s },
		"flip":    func() bool { return p.rng.IntN(2) == 0 },
		"either":  func(all ...string) string { return pick(p.rng, all) },
		"number":  func(from, to int) int { return from + p.rng.IntN(to-from+1) },
		"plus":    func(a, b int) int { return a + b },
		"lower":   strings.ToLower,
		"plain":   plain,
		"hex": func(n int) string {
			return fmt.Sprintf("%016x%016x", p.rng.Uint64(), p.rng.Uint64())[:n]
		},
	}
}

// some leaves out a few of a list, but never all.
func (p *page) some(all []string) []string {
	var kept []string
	for _, s := range all {
		if p.rng.IntN(4) > 0 {
			kept = append(kept, s)
		}
	}
	if len(kept) == 0 {
		return all
	}
	return kept
}

// plain writes blocks as a plain text, as a text field holds it.
func plain(blocks []block) string {
	var out strings.Builder
	for _, b := range blocks {
		var lines []string
		marks := b.Marks()
		for i, item := range b.Items {
			if b.Kind == "ol" {
				lines = append(lines, marks[i]+". "+item.Plain)
			} else {
				lines = append(lines, "- "+item.Plain)
			}
		}
		switch b.Kind {
		case "dl":
			for i, term := range b.Head {
				lines = append(lines, term.Plain+": "+b.Rows[i][0].Text.Plain)
			}
		case "table":
			lines = append(lines, plainRow(b.Head))
			for _, row := range b.Rows {
				var texts []text
				for _, c := range row {
					texts = append(texts, c.Text)
				}
				lines = append(lines, plainRow(texts))
			}
		case "p":
			lines = []string{b.Text.Plain}
		}
		out.WriteString(html.EscapeString(strings.Join(lines, "\n")) + "\n\n")
	}
	return out.String()
}

func plainRow(cells []text) string {
	var all []string
	for _, c := range cells {
		all = append(all, c.Plain)
	}
	return strings.Join(all, " - ")
}
