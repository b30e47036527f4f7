// Command reading judges how pages are read without a selector: it makes pages as the
// systems in common use write them, each around a made-up document that is known word
// for word, and prints how many of its words and headings are kept and how many words of
// menus, banners and feet are taken in, beside go-readability alone and html-to-markdown
// alone in the same run.
//
//	go run ./cmd/dev/reading
//	go run ./cmd/dev/reading -only notion -v
//	go run ./cmd/dev/reading -templates DIR -seed 7 -documents 5
//
// The templates in testdata/templates and the prose in testdata/prose are combined by
// the seed. Who adds a template writes down what its system really writes, without
// looking first at how it is read. A test holds our figures against bounds;
// testdata/misses.txt lists the templates that miss them, and may only shrink.
//
// A word is kept when it stands in the order of the document. Words found beside those
// are chrome, but for the heads of a table said again beside its cells, and for what a
// template declares neutral: a table of contents, a title in a breadcrumb.
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fineprint/cmd/dev/devtool"
)

//go:embed testdata/templates testdata/prose
var testdata embed.FS

func main() { devtool.Main("reading", run) }

// options are what the command line asks for.
type options struct {
	templates, only, dump string
	seed                  uint64
	documents             int
	verbose               bool
}

func run(_ context.Context, args []string, out io.Writer) error {
	var o options
	f := flag.NewFlagSet("reading", flag.ContinueOnError)
	f.SetOutput(out)
	f.StringVar(&o.templates, "templates", "", "take the page templates of this folder instead of the built-in ones")
	f.StringVar(&o.only, "only", "", "only templates with this in their file's name")
	f.StringVar(&o.dump, "dump", "", "write the pages, what is to be found and what we found into this folder")
	f.Uint64Var(&o.seed, "seed", 1, "what documents and structures are drawn by")
	f.IntVar(&o.documents, "documents", 3, "how many documents to fill each template with")
	f.BoolVar(&o.verbose, "v", false, "print the words that we lose and take in, and the headings that we miss")
	if err := f.Parse(args); err != nil {
		return err
	}
	templates, banks, err := load(o.templates)
	if err != nil {
		return err
	}
	var rows []row
	for _, t := range templates {
		if !strings.Contains(t.file, o.only) {
			continue
		}
		r, err := judge(t, banks, o, readers)
		if err != nil {
			return err
		}
		rows = append(rows, r)
	}
	printTable(out, rows, o.verbose)
	return nil
}

// load reads the templates, those of dir if there is one, and the prose.
func load(dir string) ([]*pageTemplate, map[string]*bank, error) {
	own, err := fs.Sub(testdata, "testdata/templates")
	if err != nil {
		return nil, nil, err
	}
	prose, err := fs.Sub(testdata, "testdata/prose")
	if err != nil {
		return nil, nil, err
	}
	banks, err := readBanks(prose)
	if err != nil {
		return nil, nil, err
	}
	from := own
	if dir != "" {
		from = os.DirFS(dir)
	}
	templates, err := readTemplates(from, own)
	return templates, banks, err
}

// row is how well a template's pages were read by each reader.
type row struct {
	template *pageTemplate
	scores   []score
	failed   []string
}

// judge fills a template with documents and lets each reader read the pages.
func judge(t *pageTemplate, banks map[string]*bank, o options, readers []reader) (row, error) {
	r := row{template: t, scores: make([]score, len(readers))}
	for n := range o.documents {
		p, err := makePage(t, banks, o.seed, n)
		if err != nil {
			return r, err
		}
		for i, reader := range readers {
			md, err := reader.read([]byte(p.body), p.Address)
			if err != nil {
				r.failed = append(r.failed, fmt.Sprintf("%s, document %d: %v", reader.name, n, err))
			}
			r.scores[i].add(best(p.truths, foundIn(md)))
			if i == 0 && o.dump != "" {
				if err := dump(o.dump, fmt.Sprintf("%s-%d", t.file, n), p, md); err != nil {
					return r, err
				}
			}
		}
	}
	return r, nil
}

// best measures by the truth that a reader comes nearest to.
func best(truths []truth, f found) score {
	s := measure(truths[0], f)
	for _, w := range truths[1:] {
		if o := measure(w, f); o.kept-o.chrome+o.right > s.kept-s.chrome+s.right {
			s = o
		}
	}
	return s
}

// dump writes a page and its words to be looked at.
func dump(dir, name string, p *page, md string) error {
	for ending, s := range map[string]string{
		".html": p.body, ".md": md, ".txt": strings.Join(p.truths[0].words, "\n") + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name+ending), []byte(s), 0o644); err != nil {
			return fmt.Errorf("writing a page: %w", err)
		}
	}
	return nil
}
