package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"sort"
	"strings"

	"fineprint/store"
	"fineprint/store/clausetype"
	"fineprint/store/insight/learn"
	"fineprint/store/insight/recognize"
	"fineprint/store/text/clause"
)

// piece is a clause of a document as it is now.
type piece struct {
	Platform, Document string
	Type               string // of the document
	N                  int
	Headings           []string
	Text               string
}

// pieces reads the clauses of all documents of a database, headings and lines left out.
func pieces(ctx context.Context, path string) ([]piece, error) {
	s, err := store.Open(path, store.Options{})
	if err != nil {
		return nil, err
	}
	platforms, err := s.Platforms(ctx)
	if err != nil {
		return nil, err
	}
	var list []piece
	for _, p := range platforms {
		documents, err := s.PlatformDocuments(ctx, p.Slug)
		if err != nil {
			return nil, err
		}
		for _, d := range documents {
			v, _, err := s.VersionClauses(ctx, d.ID, 0)
			if err != nil {
				continue // nothing of it was ever read
			}
			text, err := s.Text(ctx, d.ID, v.Seq)
			if err != nil {
				return nil, err
			}
			c := clause.Split(text)
			for i := range c.Clauses {
				if k := c.Clauses[i].Kind; k != clause.Heading && k != clause.Rule && k != clause.Code {
					list = append(list, piece{p.Slug, string(d.ID), d.Type, i + 1,
						c.HeadingPath(i), clause.Visible(c.Words(i))})
				}
			}
		}
	}
	return list, nil
}

// heldBack: nothing is learned from a platform of the pga collection, nor from one in
// four of the others, so that suggestions can be judged on clauses of theirs.
func heldBack(platform string, pga map[string]bool) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(platform))
	if h.Sum32()>>8%4 == 0 {
		return true
	}
	for p := range pga {
		if strings.HasPrefix(platform, p) || strings.HasPrefix(p, platform) {
			return true
		}
	}
	return false
}

// labelled is a text with the class that it is taken for.
type labelled struct {
	text   string
	class  int
	weight float32
}

// underHeadings are the clauses that stand under a heading which says what they are:
// labels that nobody made, and that are wrong now and then.
func underHeadings(list []piece) []labelled {
	type place struct {
		platform string
		class    int
	}
	const perPlatform = 25
	var out []labelled
	seen := map[string]bool{}
	count := map[place]int{}
	for _, p := range list {
		if len(strings.Fields(p.Text)) < 8 || seen[p.Text] {
			continue
		}
		id, known := recognize.HeadingType(p.Headings)
		if !known || !english(p.Text) || !fits(id, p.Type) {
			continue
		}
		seen[p.Text] = true
		at := place{p.Platform, recognize.ClassOf(id)}
		if count[at]++; count[at] <= perPlatform {
			out = append(out, labelled{p.Text, at.class, 1})
		}
	}
	return out
}

// fits refuses what a heading says in a document of another kind: children in rules for
// content are no personal data.
func fits(id, document string) bool {
	t, ok := clausetype.ByID(id)
	family := recognize.FamilyOf(document)
	return !ok || !(family == clausetype.Conduct && t.Family == clausetype.Data ||
		family == clausetype.Data && t.Family == clausetype.Conduct)
}

// english tells texts to learn words from: in other languages there are too few, so that
// articles would be learned. Cues speak there.
func english(text string) bool {
	fields := strings.Fields(strings.ToLower(text))
	n := 0
	for _, f := range fields {
		switch f {
		case "the", "of", "to", "and", "or", "you", "we", "your", "our", "any", "is", "are", "that", "with", "for", "by", "may":
			n++
		}
	}
	return n*10 >= len(fields)
}

// byCue are clauses that have a cue of a type which few headings name, and none of another
// type.
func byCue(list []piece, counts []int) []labelled {
	const rare, most, perPlatform = 100, 150, 5
	type place struct {
		platform string
		class    int
	}
	var out []labelled
	seen := map[string]bool{}
	byPlace, byClass := map[place]int{}, map[int]int{}
	for _, p := range list {
		if n := len(strings.Fields(p.Text)); n < 8 || n > 250 || seen[p.Text] || !english(p.Text) {
			continue
		}
		seen[p.Text] = true
		types := recognize.CuedTypes(p.Text)
		if len(types) != 1 {
			continue
		}
		at := place{p.Platform, recognize.ClassOf(types[0])}
		if counts[at.class] >= rare || byPlace[at] >= perPlatform || byClass[at.class] >= most {
			continue
		}
		byPlace[at]++
		byClass[at.class]++
		out = append(out, labelled{p.Text, at.class, 0.8})
	}
	return out
}

// taught are the texts that say what types are by themselves: names, definitions and
// cues, and the points of ToS;DR with what their cases are about.
func taught(points []point) []labelled {
	var out []labelled
	for _, t := range clausetype.Types {
		m := clausetype.MappingOf(t.ID)
		class := recognize.ClassOf(t.ID)
		out = append(out, labelled{t.Name + ". " + t.Definition, class, 1})
		out = append(out, labelled{strings.ReplaceAll(strings.Join(m.Cues, ". "), "*", ""), class, 1})
	}
	for _, title := range clausetype.Cases() {
		if types, _ := clausetype.TypesOfCase(title); len(types) > 0 {
			out = append(out, labelled{title, recognize.ClassOf(types[0]), 1})
		}
	}
	for _, p := range points {
		types, _ := clausetype.TypesOfCase(p.Case)
		for i, id := range types {
			out = append(out, labelled{p.Quote, recognize.ClassOf(id), 1 - 0.5*float32(min(i, 1))})
		}
	}
	return out
}

func learnTypes(out io.Writer, list []labelled, keep int) *learn.Classifier {
	counts := make([]int, recognize.Classes)
	texts := make([]string, len(list))
	for i, l := range list {
		texts[i] = l.text
		counts[l.class]++
	}
	v := learn.NewVocabulary(texts, 4, 60000, true)
	examples := make([]learn.Example, len(list))
	for i, l := range list {
		// Types that many clauses are of count less: a clause is what it is, not what most are.
		f := float32(1)
		if n := counts[l.class]; n > 400 {
			f = max(0.35, float32(400)/float32(n))
		} else if n < 100 {
			f = 1.5
		}
		examples[i] = learn.Example{Terms: v.Vector(nil, l.text), Class: l.class, Weight: l.weight * f}
	}
	w := learn.Train(examples, v.Len(), 0, recognize.Classes, learn.Options{Epochs: 12, Rate: 1, Ridge: 3e-6, Seed: 1})
	c := learn.Compress(v, w, examples, keep)
	fmt.Fprintf(out, "types: %d texts, %d terms, %d bytes\n", len(list), v.Len(), len(c.Bytes()))
	return c
}

// ship learns the weights that the program comes with and writes them.
func ship(ctx context.Context, out io.Writer, points []point, databases []string, path string, keepTypes,
	keepCases int) error {
	var all []piece
	pga := map[string]bool{}
	for i, db := range databases {
		list, err := pieces(ctx, db)
		if err != nil {
			return err
		}
		if i == 0 {
			for _, p := range list {
				pga[p.Platform] = true
			}
		}
		all = append(all, list...)
	}
	var from, held []piece
	for _, p := range all {
		if heldBack(p.Platform, pga) {
			held = append(held, p)
		} else {
			from = append(from, p)
		}
	}
	list := append(underHeadings(from), taught(points)...)
	test := underHeadings(held)
	counts := make([]int, recognize.Classes)
	for _, l := range list {
		counts[l.class]++
	}
	list = append(list, byCue(from, counts)...)
	fmt.Fprintln(out, "clauses", len(all), "to learn from", len(from), "labelled", len(list), "tests", len(test))
	types := learnTypes(out, list, keepTypes)
	for i, t := range clausetype.Types {
		if counts[i+1] < 60 {
			fmt.Fprint(out, t.ID, " ", counts[i+1], "; ")
		}
	}
	fmt.Fprintln(out)
	measure(out, recognize.With(types), test)
	s := &recognize.Shipped{Types: types}
	s.Cases = recognize.LearnCases(asPoints(points), keepCases)
	b, err := recognize.Pack(s)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "packed", len(b))
	return os.WriteFile(path, b, 0o644)
}

// measure compares what is recognised, headings unseen, with what headings say.
func measure(out io.Writer, r *recognize.Recognizer, test []labelled) {
	right, three := 0, 0
	wrong := map[string]int{}
	for _, l := range test {
		ranked := r.Ranked(recognize.Clause{Text: l.text})
		for i := range 3 {
			if recognize.ClassOf(ranked[i].Type) == l.class {
				three++
				if i == 0 {
					right++
				}
			}
		}
		if recognize.ClassOf(ranked[0].Type) != l.class {
			want := ""
			if l.class > 0 {
				want = clausetype.Types[l.class-1].ID
			}
			wrong[want+" as "+ranked[0].Type]++
		}
	}
	fmt.Fprintf(out, "held back: %d clauses under headings, top-1 %.3f, top-3 %.3f without the heading\n", len(test),
		float64(right)/float64(len(test)), float64(three)/float64(len(test)))
	keys := make([]string, 0, len(wrong))
	for k := range wrong {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		return wrong[keys[i]] > wrong[keys[j]] || wrong[keys[i]] == wrong[keys[j]] && keys[i] < keys[j]
	})
	for _, k := range keys[:min(30, len(keys))] {
		fmt.Fprintf(out, "%s %d; ", k, wrong[k])
	}
	fmt.Fprintln(out)
}
