package main

import (
	"slices"
	"strconv"
	"strings"
)

// document is a made-up legal document, from which a page and what its readers ought
// to find on it are both made.
type document struct {
	Lang, Dir, Site, Kind, Title, Updated, UpdatedShort string

	Intro    []block
	Sections []*section
	Notes    []note // in the order of their numbers
}

// section is a heading and what stands under it.
type section struct {
	N         int // from 1
	ID, Title string
	Blocks    []block
}

// block is a paragraph, a list or a table. Templates know one by its Kind: p, ul, ol,
// dl, quote, table.
type block struct {
	Kind  string
	Text  text     // of a p or quote
	Items []text   // of a list
	Mark  string   // of an ol: 1, a, i, as the type attribute has it
	Head  []text   // of a table; of a dl what is defined
	Rows  [][]cell // of a table; of a dl one cell for each of Head
}

// cell of a table holds its text, or the items of a list.
type cell struct {
	Text  text
	Items []text
}

// text is a run of words as they are read, and as a page has them.
type text struct{ Plain, HTML string }

// note is a footnote.
type note struct {
	N    int
	Text text
}

// Marks returns what stands before the items of a numbered list.
func (b block) Marks() []string {
	marks := make([]string, len(b.Items))
	for i := range b.Items {
		marks[i] = mark(b.Mark, i+1)
	}
	return marks
}

// mark returns the nth mark of a list of a type of HTML's.
func mark(kind string, n int) string {
	switch kind {
	case "a":
		return string(rune('a' + n - 1))
	case "i":
		roman := []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}
		return roman[n-1]
	}
	return strconv.Itoa(n)
}

// truth is what a reader should find: all words in their order, the headings, and how
// often a word may stand there once more without being called chrome.
type truth struct {
	words    []string
	headings []string
	neutral  map[string]int
}

// truthOf lists what of a document a page by a template shows. With labelsFirst the
// headings stand before all sections, as those of tabs do.
func truthOf(d *document, t *pageTemplate, labelsFirst bool) truth {
	w := truth{neutral: map[string]int{}}
	w.heading(d.Title)
	w.text(d.Updated)
	w.blocks(d.Intro)
	if labelsFirst {
		for _, s := range d.Sections {
			w.heading(s.Title)
		}
	}
	for _, s := range d.Sections {
		if t.numbered {
			w.heading(strconv.Itoa(s.N) + ". " + s.Title)
		} else if !labelsFirst {
			w.heading(s.Title)
		}
		w.blocks(s.Blocks)
	}
	for _, n := range d.Notes {
		w.text(strconv.Itoa(n.N))
		w.text(n.Text.Plain)
	}
	if !t.judgeHeadings {
		w.headings = nil
	}
	return w
}

func (w *truth) text(s string) { w.words = append(w.words, wordsOf(s)...) }

func (w *truth) heading(s string) {
	w.text(s)
	w.headings = append(w.headings, strings.Join(wordsOf(s), " "))
}

func (w *truth) blocks(blocks []block) {
	for _, b := range blocks {
		switch b.Kind {
		case "dl":
			for i, term := range b.Head {
				w.text(term.Plain)
				w.cell(b.Rows[i][0])
			}
		case "table":
			w.table(b)
		default:
			w.text(b.Text.Plain)
			marks := b.Marks()
			for i, item := range b.Items {
				if b.Kind == "ol" {
					w.text(marks[i])
				}
				w.text(item.Plain)
			}
		}
	}
}

func (w *truth) cell(c cell) {
	w.text(c.Text.Plain)
	for _, item := range c.Items {
		w.text(item.Plain)
	}
}

// table adds the cells row by row. A reader may say the heads once more beside every
// cell, so that what stands in it can be told without the table.
func (w *truth) table(b block) {
	for _, h := range b.Head {
		w.text(h.Plain)
		w.excuse(h.Plain, len(b.Rows))
	}
	for _, row := range b.Rows {
		for _, c := range row {
			w.cell(c)
		}
		w.excuse(row[0].Text.Plain, len(row)-1)
	}
}

// excuse lets words stand a few times more than the document has them.
func (w *truth) excuse(s string, times int) {
	for _, word := range wordsOf(s) {
		w.neutral[word] += times
	}
}

// slug returns a section's anchor.
func slug(title string, n int) string {
	id := strings.Join(slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return r < 'a' || r > 'z'
	}), func(s string) bool { return len(s) < 2 }), "-")
	if id == "" {
		return "section-" + strconv.Itoa(n)
	}
	return id
}
