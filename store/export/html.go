package export

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "html", Ext: ".html", Description: "web pages: one per record and an index",
		Position: 5, Content: Text, Folder: true, write: writeHTMLRecord, writeFolder: writeHTMLFolder,
		head: func(src headSource) string { return src.between("<!DOCTYPE html>", headMeta, `">`, "</head>") },
	})
}

//go:embed page.css
var pageStyle string

//go:embed index.js
var indexScript string

// headMeta begins the element of a page that has the journal's head.
const headMeta = `<meta name="fineprint-journal-head" content="`

const indexFile = "index.html"

// writeHTMLRecord writes one record as a page that needs no other file.
func writeHTMLRecord(w io.Writer, records Records, o Options) error {
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		if _, err := w.Write(recordHTML(PageOf(r), o, nil)); err != nil {
			return err
		}
	}
	return nil
}

// writeHTMLFolder writes a page for each record, and an index of them. Of the records
// only what the index says of them is held, and their IDs, so that each can lead to the
// others.
func writeHTMLFolder(folder Folder, records Records, o Options) error {
	pages := map[model.ID]string{}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		pages[r.ID] = fileName(string(r.ID)) + ".html"
	}
	var heads []indexEntry
	used := map[string]bool{indexFile: true}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		name := pageFile(r, used)
		used[name] = true
		page := PageOf(r)
		w, err := folder.Create(name)
		if err != nil {
			return err
		}
		if _, err := w.Write(recordHTML(page, o, pages)); err != nil {
			return err
		}
		heads = append(heads, newIndexEntry(name, page, &r))
	}
	w, err := folder.Create(indexFile)
	if err != nil {
		return err
	}
	return writeIndex(w, heads, o)
}

// pageFile is the name of a record's page, which no other has: after its ID, and where
// several revisions of it are written after that, too.
func pageFile(r model.Record, used map[string]bool) string {
	id := fileName(or(string(r.ID), "preview"))
	name := id + ".html"
	for n := 0; used[name]; n++ {
		name = fmt.Sprintf("%s-r%d.html", id, r.Revision+n)
	}
	return name
}

// fileName is a text of which only what every file system takes is left.
func fileName(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' {
			return c
		}
		return '-'
	}, s)
}

// markup is HTML as it is made. What is written by text is escaped.
type markup struct {
	bytes.Buffer
	pages map[model.ID]string // of other records; nil where there is no index, either
	ids   map[string]bool     // of elements so far
}

// raw writes markup of the format's own.
func (m *markup) raw(s string) { m.WriteString(s) }

// text writes untrusted text. What a page can't hold, or what would change the
// direction of what follows, is named instead.
func (m *markup) text(s string) {
	from := 0
	for i, c := range s {
		var as string
		size := utf8.RuneLen(c)
		switch {
		case c == '<':
			as = "&lt;"
		case c == '>':
			as = "&gt;"
		case c == '&':
			as = "&amp;"
		case c == '"':
			as = "&#34;"
		case c == '\'':
			as = "&#39;"
		case c == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			as, size = "\uFFFD", 1
		case unprintable(c):
			as = fmt.Sprintf("[U+%04X]", c)
		default:
			continue
		}
		m.raw(s[from:i])
		m.raw(as)
		from = i + size
	}
	m.raw(s[from:])
}

// unprintable reports whether a character is a control one, a bidirectional override or
// embedding, or none at all.
func unprintable(c rune) bool {
	switch {
	case c == '\n' || c == '\t' || c == '\r':
		return false
	case c < ' ' || c >= 0x7f && c < 0xa0, c >= 0x202a && c <= 0x202e, c >= 0x2066 && c <= 0x2069:
		return true
	}
	return c&0xfffe == 0xfffe || c >= 0xfdd0 && c <= 0xfdef
}

// open begins an element; attributes are pairs of a name and an untrusted value.
func (m *markup) open(tag string, attributes ...string) {
	m.raw("<" + tag)
	for i := 0; i+1 < len(attributes); i += 2 {
		m.raw(" " + attributes[i] + `="`)
		m.text(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(attributes[i+1]))
		m.raw(`"`)
	}
	m.raw(">")
}

// element writes an element that holds text only.
func (m *markup) element(tag, text string, attributes ...string) {
	m.open(tag, attributes...)
	m.text(text)
	m.raw("</" + tag + ">")
}

// hashOf is how a content security policy names a script or a style.
func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// head writes what comes before the body's own: nothing is loaded, and no script runs
// but the given one.
func (m *markup) head(title, description, script string, o Options) {
	policy := "default-src 'none'; img-src data:; style-src " + hashOf(pageStyle)
	if script != "" {
		policy += "; script-src " + hashOf(script)
	}
	m.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	m.raw(`<meta http-equiv="Content-Security-Policy" content="` + policy + "; base-uri 'none'; form-action 'none'\">\n")
	m.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	m.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
	m.element("title", title)
	m.raw("\n")
	if description != "" {
		m.open("meta", "name", "description", "content", description)
		m.raw("\n")
	}
	if short := shortHead(o); short != "" {
		m.raw(headMeta + short + "\">\n")
	}
	m.open("meta", "name", "generator", "content", or(o.Tool, "fineprint"))
	m.raw("\n<link rel=\"icon\" href=\"data:,\">\n<style>" + pageStyle + "</style>\n</head>\n")
}

// foot writes how a page ends.
func (m *markup) foot(o Options) {
	m.raw("<footer class=\"foot\"><p>")
	m.text("Written " + writtenBy(Options{GeneratedAt: o.GeneratedAt, Tool: or(o.Tool, "fineprint")}) + ".")
	m.raw("</p></footer>\n")
}

// incomplete writes what an export is without.
func (m *markup) incomplete(o Options) {
	if missing := damagedSentence(o.Damaged); missing != "" {
		m.notice(incompleteLabel, missing)
	}
}

func (m *markup) notice(label, text string) {
	m.raw("<div class=\"notice\" role=\"note\"><p><strong>")
	m.text(label + ".")
	m.raw("</strong> ")
	m.text(text)
	m.raw("</p></div>\n")
}

// recordHTML is a record's page.
func recordHTML(p Page, o Options, pages map[model.ID]string) []byte {
	m := &markup{pages: pages, ids: map[string]bool{}}
	for _, s := range p.Sections {
		m.ids[s.ID] = true
	}
	m.head(p.Title+" – "+p.Subtitle, shortened(firstProse(p), 200), "", o)
	m.raw("<body>\n<a class=\"skip\" href=\"#content\">Skip to the record</a>\n")
	if pages != nil {
		m.raw("<header class=\"bar\"><nav aria-label=\"Records\">")
		m.element("a", "← All records", "href", indexFile+"#"+fileName(string(p.ID)))
		m.raw("</nav></header>\n")
	}
	m.raw("<div class=\"frame\">\n<nav class=\"toc wide\" aria-label=\"Sections\">\n<p class=\"toc-title\">On this page</p>\n")
	m.contents(p.Sections)
	m.raw("</nav>\n<main id=\"content\" tabindex=\"-1\">\n<article>\n")
	m.masthead(p)
	if pages == nil {
		m.incomplete(o)
	}
	m.raw("<details class=\"toc narrow\"><summary>On this page</summary>\n<nav aria-label=\"Sections\">\n")
	m.contents(p.Sections)
	m.raw("</nav></details>\n")
	for _, s := range p.Sections {
		m.section(s)
	}
	m.raw("</article>\n</main>\n</div>\n")
	m.foot(o)
	m.raw("</body>\n</html>\n")
	return m.Bytes()
}

// firstProse is the first paragraph of a page.
func firstProse(p Page) string {
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			if paragraph, ok := b.(Paragraph); ok {
				return paragraph.Text
			}
		}
	}
	return ""
}

// shortened is the beginning of a text in a line, cut between words.
func shortened(s string, most int) string {
	var b strings.Builder
	n := 0
	for word := range strings.FieldsSeq(s) {
		if n += utf8.RuneCountInString(word) + 1; n > most {
			if b.Len() == 0 {
				return string([]rune(word)[:most-1]) + "…"
			}
			return b.String() + " …"
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

func (m *markup) contents(sections []Section) {
	m.raw("<ol>\n")
	for _, s := range sections {
		m.raw("<li>")
		m.element("a", s.Title, "href", "#"+s.ID)
		m.raw("</li>\n")
	}
	m.raw("</ol>\n")
}

// masthead writes what a record is called, what it was judged to be, and what a reader
// must know first.
func (m *markup) masthead(p Page) {
	m.raw("<header class=\"masthead\">\n<p class=\"kicker\">")
	m.element("bdi", p.Platform)
	if p.Platform != "" && p.Document != "" {
		m.raw(" <span aria-hidden=\"true\">·</span> ")
	}
	m.element("bdi", p.Document)
	m.raw("</p>\n")
	m.element("h1", p.Title, "dir", "auto")
	m.raw("\n")
	m.element("p", p.Kind, "class", "kind")
	m.raw("\n<dl class=\"badges\">\n")
	for _, b := range p.Badges {
		m.open("div", "class", strings.TrimSpace("badge "+levelClass(b.Level)))
		m.element("dt", b.Label)
		m.element("dd", b.Value)
		m.raw("</div>\n")
	}
	m.raw("</dl>\n")
	if m.ids["methodology"] {
		m.raw("<p class=\"kind\"><a href=\"#methodology\">How this record was made, and what it is not</a></p>\n")
	}
	for _, n := range p.Notices {
		m.notice(n.Label, n.Text)
	}
	m.raw("</header>\n")
}

// levelClass is the class of a severity's colour, "" for what is none.
func levelClass(level string) string {
	if model.Severity(level).Rank() == 0 {
		return ""
	}
	return "level-" + level
}

func (m *markup) section(s Section) {
	m.open("section", "id", s.ID, "aria-labelledby", s.ID+"-title")
	m.raw("\n<div class=\"section-head\">")
	m.open("h2", "id", s.ID+"-title")
	m.open("a", "class", "anchor", "href", "#"+s.ID)
	m.text(s.Title)
	m.raw("</a></h2>")
	if s.Voice != "" {
		m.element("p", string(s.Voice), "class", "voice")
	}
	m.raw("</div>\n")
	for _, b := range s.Blocks {
		m.block(b)
	}
	m.raw("</section>\n")
}

func (m *markup) block(b Block) {
	switch b := b.(type) {
	case Paragraph:
		m.paragraphs(b.Text, [...]string{Plain: "prose", Aside: "prose aside", Caution: "prose caution"}[b.Tone])
	case Subheading:
		m.raw("<h3>")
		m.text(b.Text)
		m.level(b.Level)
		m.raw("</h3>\n")
	case Facts:
		m.facts(b)
	case List:
		m.list(b)
	case Table:
		m.table(b)
	case Quote:
		m.quote(b)
	case Redline:
		m.redline(b)
	case Copyable:
		m.element("p", b.Text, "class", "copyable", "dir", "auto")
		m.raw("\n<p class=\"hint\">A click selects all of it.</p>\n")
	}
}

// paragraphs writes prose; blank lines part it.
func (m *markup) paragraphs(text, class string) {
	for _, part := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			m.element("p", part, "class", class, "dir", "auto")
			m.raw("\n")
		}
	}
}

// level writes a severity beside what it is of.
func (m *markup) level(level string) {
	if level == "" {
		return
	}
	m.raw(" ")
	m.open("span", "class", strings.TrimSpace("pill "+levelClass(level)))
	m.raw("<span class=\"vh\">severity: </span>")
	m.text(sentence(level))
	m.raw("</span>")
}

func (m *markup) facts(facts Facts) {
	if len(facts) == 0 {
		return
	}
	m.raw("<dl class=\"facts\">\n")
	for _, f := range facts {
		m.raw("<div>")
		m.element("dt", f.Label)
		m.raw("<dd>")
		m.value(f.Value)
		m.raw("</dd></div>\n")
	}
	m.raw("</dl>\n")
}

// value writes a value, and where it leads.
func (m *markup) value(v Value) {
	url := v.URL
	if url == "" && v.Record != "" {
		url = m.pages[v.Record]
	}
	if url != "" {
		m.open("a", "href", url)
	}
	switch v.Kind {
	case Code:
		m.element("code", v.Text)
	case Moment:
		m.element("time", v.Text, "datetime", v.Time.UTC().Format(time.RFC3339))
	default:
		m.element("bdi", v.Text)
	}
	if url != "" {
		m.raw("</a>")
	}
}

func (m *markup) list(l List) {
	tag, class := "ul", "items"
	if l.Ordered {
		tag, class = "ol", "items timeline"
	}
	m.open(tag, "class", class)
	m.raw("\n")
	for _, item := range l.Items {
		m.raw("<li>\n")
		if item.Lead.Text != "" || item.Level != "" {
			m.raw("<p class=\"lead\">")
			m.value(item.Lead)
			m.level(item.Level)
			m.raw("</p>\n")
		}
		if item.Quoted {
			m.raw("<blockquote>\n")
			m.paragraphs(item.Text, "quoted")
			m.raw("</blockquote>\n")
		} else {
			m.paragraphs(item.Text, "prose")
		}
		m.facts(item.Facts)
		m.raw("</li>\n")
	}
	m.raw("</" + tag + ">\n")
}

// table writes a table. Its roles are said, because a narrow screen shows it otherwise.
func (m *markup) table(t Table) {
	m.raw("<table role=\"table\">\n")
	m.element("caption", t.Caption)
	m.raw("\n<thead role=\"rowgroup\"><tr role=\"row\">")
	for _, c := range t.Columns {
		m.element("th", c, "scope", "col", "role", "columnheader")
	}
	m.raw("</tr></thead>\n<tbody role=\"rowgroup\">\n")
	for _, row := range t.Rows {
		m.raw("<tr role=\"row\">")
		for i, v := range row {
			tag, attributes := "td", []string{"role", "cell", "data-label", t.Columns[i]}
			if i == 0 {
				tag, attributes = "th", []string{"scope", "row", "role", "rowheader"}
			}
			m.open(tag, attributes...)
			m.value(v)
			m.raw("</" + tag + ">")
		}
		m.raw("</tr>\n")
	}
	m.raw("</tbody>\n</table>\n")
}

// path writes the headings above a clause.
func (m *markup) path(headings []string) {
	for i, h := range headings {
		if i > 0 {
			m.raw(" <span aria-hidden=\"true\">›</span> ")
		}
		m.element("bdi", h)
	}
}

func (m *markup) quote(q Quote) {
	attributes := []string{"class", "quote"}
	if id := fileName(string(q.ID)); id != "" && !m.ids[id] {
		m.ids[id] = true
		attributes = append(attributes, "id", id)
	}
	m.open("figure", attributes...)
	m.raw("\n")
	if len(q.Heading) > 0 {
		m.raw("<p class=\"path\">")
		m.path(q.Heading)
		m.raw("</p>\n")
	}
	m.raw("<blockquote>")
	m.element("p", q.Text, "class", "verbatim", "dir", "auto")
	m.raw("</blockquote>\n")
	m.element("figcaption", q.Source)
	m.raw("\n</figure>\n")
}

func (m *markup) redline(r Redline) {
	m.raw("<figure class=\"redline\">\n<figcaption><span class=\"what\">")
	m.text(sentence(string(r.Kind)))
	m.raw("</span> ")
	if len(r.Heading) > 0 {
		m.raw("<span class=\"path\">")
		m.path(r.Heading)
		m.raw("</span> ")
	}
	if r.Source != "" {
		m.element("span", r.Source, "class", "bytes")
	}
	m.raw("</figcaption>\n<div class=\"sides\">\n")
	for _, side := range sidesOf(r.Spans) {
		m.open("div", "class", "side")
		if side.label != "" {
			m.element("p", side.label, "class", "side-label")
		}
		m.raw("<p class=\"verbatim\" dir=\"auto\">")
		for _, s := range side.spans {
			m.span(s)
		}
		m.raw("</p></div>\n")
	}
	m.raw("</div>\n</figure>\n")
}

// span writes a run of a redline; what it does is said in words, too.
func (m *markup) span(s model.Span) {
	switch s.Op {
	case model.Delete:
		m.raw("<del><span class=\"vh\">[deleted: </span>")
		m.text(s.Text)
		m.raw("<span class=\"vh\">]</span></del>")
	case model.Insert:
		m.raw("<ins><span class=\"vh\">[inserted: </span>")
		m.text(s.Text)
		m.raw("<span class=\"vh\">]</span></ins>")
	default:
		m.text(s.Text)
	}
}

// side is what a clause was, or is.
type side struct {
	label string
	spans []model.Span
}

// sidesOf parts a redline into what the clause was and what it is; one of what was added
// or removed whole has one side.
func sidesOf(spans []model.Span) []side {
	before, after := side{label: "Before"}, side{label: "After"}
	for _, s := range spans {
		if s.Op != model.Insert {
			before.spans = append(before.spans, s)
		}
		if s.Op != model.Delete {
			after.spans = append(after.spans, s)
		}
	}
	switch {
	case len(before.spans) == 0:
		return []side{{spans: after.spans}}
	case len(after.spans) == 0:
		return []side{{spans: before.spans}}
	}
	return []side{before, after}
}
