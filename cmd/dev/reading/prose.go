package main

import (
	"fmt"
	"html"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// bank is the made-up prose of one language: what documents are drawn from, and the
// words of what stands around them. The files in testdata/prose hold one each; their
// format is told at the head of en.txt.
type bank struct {
	lang, dir string
	kinds     []kind
	chrome    map[string][]string
}

// kind is a kind of document: a privacy policy, terms, ….
type kind struct {
	titles, updated []string
	intro           []string
	topics          []topic
}

// topic is what a section may say.
type topic struct {
	heading   string
	sentences []string
	lead      string // before the items of a list
	items     []string
	terms     [][2]string // of a definition list
	table     [][]string  // the head first
}

// readBanks reads the prose of all languages in a folder.
func readBanks(files fs.FS) (map[string]*bank, error) {
	names, err := fs.Glob(files, "*.txt")
	if err != nil {
		return nil, err
	}
	banks := map[string]*bank{}
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading prose: %w", err)
		}
		b := &bank{lang: strings.TrimSuffix(path.Base(name), ".txt"), dir: "ltr", chrome: map[string][]string{}}
		if b.lang == "ar" || b.lang == "he" || b.lang == "fa" {
			b.dir = "rtl"
		}
		for line := range strings.Lines(string(raw)) {
			b.line(strings.TrimSpace(line))
		}
		banks[b.lang] = b
	}
	return banks, nil
}

// line takes in one line of a bank's file.
func (b *bank) line(line string) {
	mark, rest, _ := strings.Cut(line, " ")
	if mark == "kind" {
		b.kinds = append(b.kinds, kind{})
		return
	}
	if mark == "chrome" {
		key, value, _ := strings.Cut(rest, " ")
		b.chrome[key] = append(b.chrome[key], value)
		return
	}
	if line == "" || mark == "//" || len(b.kinds) == 0 {
		return
	}
	k := &b.kinds[len(b.kinds)-1]
	switch mark {
	case "title":
		k.titles = append(k.titles, rest)
		return
	case "updated":
		k.updated = append(k.updated, rest)
		return
	case "##":
		k.topics = append(k.topics, topic{heading: rest})
		return
	}
	if len(k.topics) == 0 {
		k.intro = append(k.intro, line)
		return
	}
	k.topics[len(k.topics)-1].line(line)
}

func (t *topic) line(line string) {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case ":":
		t.lead = rest
	case "-":
		t.items = append(t.items, rest)
	case "=":
		term, meaning, _ := strings.Cut(rest, " = ")
		t.terms = append(t.terms, [2]string{term, meaning})
	case "|":
		t.table = append(t.table, strings.Split(rest, " | "))
	default:
		t.sentences = append(t.sentences, line)
	}
}

// maker draws one document.
type maker struct {
	*rand.Rand
	bank  *bank
	t     *pageTemplate
	doc   *document
	slots *strings.Replacer
}

// draw makes a document for a template.
func draw(rng *rand.Rand, b *bank, t *pageTemplate) *document {
	m := &maker{Rand: rng, bank: b, t: t}
	k := pick(rng, b.kinds)
	site := pick(rng, b.chrome["site"])
	host := strings.ToLower(strings.Join(strings.FieldsFunc(site, func(r rune) bool { return r > 'z' || r <= ' ' }), ""))
	if host == "" {
		host = "shop"
	}
	date := pick(rng, b.chrome["date"])
	m.slots = strings.NewReplacer("{company}", site, "{email}", "privacy@"+host+".example", "{date}", date)
	m.doc = &document{Lang: b.lang, Dir: b.dir, Site: site, Kind: "legal", Title: pick(rng, k.titles), UpdatedShort: date}
	m.doc.Updated = m.fill(pick(rng, k.updated))
	m.doc.Intro = m.paragraphs(k.intro)
	topics := slices.Clone(k.topics)
	rng.Shuffle(len(topics), func(i, j int) { topics[i], topics[j] = topics[j], topics[i] })
	for i, tp := range topics[:min(len(topics), 6+rng.IntN(4))] {
		title := m.fill(tp.heading)
		s := &section{N: i + 1, ID: slug(title, i+1), Title: title, Blocks: m.blocks(tp)}
		m.doc.Sections = append(m.doc.Sections, s)
	}
	return m.doc
}

func pick[T any](rng *rand.Rand, all []T) T { return all[rng.IntN(len(all))] }

// fill puts values into a sentence's slots.
func (m *maker) fill(s string) string {
	s = m.slots.Replace(s)
	for strings.Contains(s, "{n}") {
		s = strings.Replace(s, "{n}", strconv.Itoa(pick(m.Rand, []int{5, 7, 14, 21, 30, 45, 60, 90, 180})), 1)
	}
	return s
}

// blocks draws what stands under a heading: some of the topic's sentences, in their
// order, and what else it has.
func (m *maker) blocks(tp topic) []block {
	sentences := slices.Clone(tp.sentences)
	if len(sentences) > 3 {
		i := m.IntN(len(sentences))
		sentences = slices.Delete(sentences, i, i+1)
	}
	blocks := m.paragraphs(sentences)
	if len(tp.items) > 0 {
		if tp.lead != "" {
			blocks = append(blocks, block{Kind: "p", Text: m.text(tp.lead)})
		}
		list := block{Kind: "ul", Items: m.texts(tp.items)}
		if m.IntN(2) == 0 || m.t.options["letters"] != "" {
			list.Kind, list.Mark = "ol", m.listMark()
		}
		blocks = append(blocks, list)
	}
	if len(tp.terms) > 0 {
		list := block{Kind: "dl"}
		for _, t := range tp.terms {
			list.Head = append(list.Head, m.text(t[0]))
			list.Rows = append(list.Rows, []cell{{Text: m.text(t[1])}})
		}
		blocks = append(blocks, list)
	}
	if len(tp.table) > 0 {
		blocks = append(blocks, m.table(tp.table))
	}
	return blocks
}

// listMark is the type of a numbered list's marks: a plain number where the template
// says that its system makes no other.
func (m *maker) listMark() string {
	if m.t.options["lists"] == "decimal" {
		return "1"
	}
	if kind := m.t.options["letters"]; kind != "" {
		return pick(m.Rand, strings.Fields(kind))
	}
	return pick(m.Rand, []string{"1", "1", "1", "a", "i"})
}

// table makes a table; its last column's cells hold lists where the template asks for it.
func (m *maker) table(rows [][]string) block {
	b := block{Kind: "table", Head: m.texts(rows[0])}
	for _, row := range rows[1:] {
		var cells []cell
		for i, s := range row {
			if items := strings.Split(s, "; "); i > 0 && len(items) > 1 && m.t.options["cells"] == "lists" {
				cells = append(cells, cell{Items: m.texts(items)})
			} else {
				cells = append(cells, cell{Text: m.text(s)})
			}
		}
		b.Rows = append(b.Rows, cells)
	}
	return b
}

// paragraphs joins sentences to paragraphs of one to three.
func (m *maker) paragraphs(sentences []string) []block {
	between := " "
	if m.bank.lang == "ja" || m.bank.lang == "zh" {
		between = ""
	}
	var blocks []block
	for len(sentences) > 0 {
		n := min(len(sentences), 1+m.IntN(3))
		blocks = append(blocks, block{Kind: "p", Text: m.text(strings.Join(sentences[:n], between))})
		sentences = sentences[n:]
	}
	return blocks
}

func (m *maker) texts(all []string) []text {
	texts := make([]text, len(all))
	for i, s := range all {
		texts[i] = m.text(s)
	}
	return texts
}

// noteMark stands in a text's HTML for the reference to a note, which a template forms.
const noteMark = "\x01"

// text makes a run of words of a sentence, now and then with a phrase in bold or a link.
func (m *maker) text(s string) text {
	s = m.fill(s)
	t := text{Plain: s, HTML: html.EscapeString(s)}
	words := strings.Split(s, " ")
	if n := len(words); n > 6 && m.IntN(4) == 0 {
		from := 1 + m.IntN(n-4)
		to := from + 1 + m.IntN(3)
		open, end := "<strong>", "</strong>"
		if m.IntN(2) == 0 {
			open, end = fmt.Sprintf(`<a href="/%s/%d">`, m.doc.Kind, m.IntN(1000)), "</a>"
		}
		parts := []string{strings.Join(words[:from], " "), strings.Join(words[from:to], " "), strings.Join(words[to:], " ")}
		for i := range parts {
			parts[i] = html.EscapeString(parts[i])
		}
		t.HTML = parts[0] + " " + open + parts[1] + end + " " + parts[2]
	}
	if m.t.options["footnotes"] != "" && strings.ContainsFunc(s, unicode.IsDigit) && len(m.doc.Notes) < len(m.bank.chrome["note"]) {
		m.footnote(&t)
	}
	return t
}

// footnote puts a reference to a new note after the first number of a text.
func (m *maker) footnote(t *text) {
	at := func(s string) int {
		from := strings.IndexFunc(s, unicode.IsDigit)
		if i := strings.IndexFunc(s[from:], func(r rune) bool { return !unicode.IsDigit(r) }); i >= 0 {
			return from + i
		}
		return len(s)
	}
	if strings.Contains(t.HTML, "href") || strings.Contains(t.HTML, "&#") {
		return
	}
	n := len(m.doc.Notes) + 1
	said := m.fill(m.bank.chrome["note"][n-1])
	m.doc.Notes = append(m.doc.Notes, note{N: n, Text: text{Plain: said, HTML: html.EscapeString(said)}})
	p, h := at(t.Plain), at(t.HTML)
	t.Plain = t.Plain[:p] + " " + strconv.Itoa(n) + " " + t.Plain[p:]
	t.HTML = t.HTML[:h] + noteMark + strconv.Itoa(n) + noteMark + t.HTML[h:]
}
