package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// indexEntry is what the index says of a record.
type indexEntry struct {
	file, id, title, platform, document, summary string
	kind                                         string
	severity                                     model.Severity
	approved                                     time.Time
	notices                                      string
	types                                        string
}

func newIndexEntry(file string, p Page, r *model.Record) indexEntry {
	e := indexEntry{
		file: file, id: string(r.ID), title: p.Title, platform: p.Platform, document: p.Document,
		summary: shortened(firstProse(p), 180), kind: "Change", severity: r.Severity, approved: r.ApprovedAt,
	}
	if r.Kind == model.ProvisionRecord {
		e.kind = "Provision"
	}
	var notices, types []string
	for _, n := range p.Notices {
		notices = append(notices, n.Label)
	}
	for _, t := range r.TypeDetails {
		types = append(types, t.Name)
	}
	e.notices, e.types = strings.Join(notices, ", "), strings.Join(types, ", ")
	return e
}

// writeIndex writes the list of all records, newest first. The script only adds to it a
// search and filters.
func writeIndex(w io.Writer, entries []indexEntry, o Options) error {
	smallsort.By(entries, func(a, b indexEntry) int { return b.approved.Compare(a.approved) })
	m := &markup{}
	m.head("Records", "", indexScript, o)
	m.raw("<body class=\"index\">\n<a class=\"skip\" href=\"#content\">Skip to the records</a>\n")
	m.raw("<main id=\"content\" tabindex=\"-1\">\n<header class=\"masthead\">\n<h1>Records</h1>\n")
	m.element("p", tally(entries), "class", "kind")
	m.raw("\n")
	m.incomplete(o)
	m.raw("</header>\n")
	m.filters(entries)
	m.raw("<ol class=\"records\" id=\"records\">\n")
	if _, err := w.Write(m.Bytes()); err != nil {
		return err
	}
	for _, e := range entries {
		m.Reset()
		m.entry(e)
		if _, err := w.Write(m.Bytes()); err != nil {
			return err
		}
	}
	m.Reset()
	m.raw("</ol>\n</main>\n")
	m.foot(o)
	m.raw("<script>" + indexScript + "</script>\n</body>\n</html>\n")
	_, err := w.Write(m.Bytes())
	return err
}

// tally says how many records there are, and how many of each severity.
func tally(entries []indexEntry) string {
	count := map[model.Severity]int{}
	for _, e := range entries {
		count[e.severity]++
	}
	s := fmt.Sprintf("%d records", len(entries))
	if len(entries) == 1 {
		s = "1 record"
	}
	var parts []string
	for _, severity := range slices.Backward(model.Severities) {
		if n := count[severity]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, severity))
		}
	}
	if len(parts) > 0 {
		s += ": " + strings.Join(parts, ", ")
	}
	return s + "."
}

// filters writes the form that the script shows and answers to.
func (m *markup) filters(entries []indexEntry) {
	m.raw("<form class=\"filters\" id=\"filters\" role=\"search\" hidden>\n")
	m.raw("<p><label for=\"q\">Search</label><input id=\"q\" type=\"search\" autocomplete=\"off\"></p>\n")
	m.choice("severity", "Severity", entries, func(e indexEntry) string { return sentence(string(e.severity)) })
	m.choice("platform", "Platform", entries, func(e indexEntry) string { return e.platform })
	m.choice("document", "Document", entries, func(e indexEntry) string { return e.document })
	m.choice("kind", "Kind", entries, func(e indexEntry) string { return e.kind })
	m.raw("<p class=\"found\" id=\"found\" role=\"status\"></p>\n</form>\n")
}

// choice writes one filter, if there is something to choose.
func (m *markup) choice(id, label string, entries []indexEntry, of func(indexEntry) string) {
	seen := map[string]bool{}
	var values []string
	for _, e := range entries {
		if v := of(e); v != "" && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	if len(values) < 2 {
		return
	}
	smallsort.By(values, func(a, b string) int {
		rank := func(s string) int { return model.Severity(strings.ToLower(s)).Rank() }
		return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(a, b))
	})
	m.raw("<p>")
	m.element("label", label, "for", id)
	m.open("select", "id", id)
	m.raw("<option value=\"\">Any</option>")
	for _, v := range values {
		m.element("option", shortened(v, 60), "value", v)
	}
	m.raw("</select></p>\n")
}

func (m *markup) entry(e indexEntry) {
	m.open("li", "id", strings.TrimSuffix(e.file, ".html"), "data-severity", sentence(string(e.severity)),
		"data-platform", e.platform, "data-document", e.document, "data-kind", e.kind)
	m.raw("\n<p class=\"kicker\">")
	m.element("bdi", e.platform)
	m.raw(" <span aria-hidden=\"true\">·</span> ")
	m.element("bdi", e.document)
	m.raw("</p>\n<h2>")
	m.element("a", e.title, "href", e.file)
	m.level(string(e.severity))
	m.raw("</h2>\n")
	if e.summary != "" {
		m.element("p", e.summary, "class", "prose", "dir", "auto")
		m.raw("\n")
	}
	m.raw("<p class=\"meta\">")
	parts := []string{e.kind + " record", e.types, e.notices}
	m.element("code", e.id)
	for _, part := range parts {
		if part != "" {
			m.raw(" <span aria-hidden=\"true\">·</span> ")
			m.element("span", part)
		}
	}
	if !e.approved.IsZero() {
		m.raw(" <span aria-hidden=\"true\">·</span> approved ")
		m.element("time", e.approved.UTC().Format("2 January 2006"), "datetime", e.approved.UTC().Format(time.RFC3339))
	}
	m.raw("</p>\n</li>\n")
}
