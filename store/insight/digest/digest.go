// Package digest writes what happened in some days for people: as Markdown, HTML, an Atom
// feed or JSON.
//
// It is not for finding out what happened (cmd/internal/app), and sends nothing.
//
// Invariants:
//   - Equal input gives equal bytes: nothing of the time it is written at is in it.
//   - Names and words come from the web: no markup of theirs is markup here, no control
//     character comes through, and a page has no scripts and loads nothing.
//   - An Atom entry's ID is that of what it is about, in its database.
package digest

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"strings"
	"time"

	"fineprint/store/model"
)

// Digest is what happened from Since until before Until.
type Digest struct {
	Store    string    `json:"store"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
	Filter   string    `json:"filter,omitempty"`
	Reviewed bool      `json:"reviewed,omitempty"` // only what was approved
	Records  []Record  `json:"records"`
	Pending  []Group   `json:"pending"` // material, by platform
	Failing  []Failing `json:"failing"`
	Due      []Due     `json:"due"`
}

// Record is one that was approved.
type Record struct {
	ID           model.ID       `json:"id"`
	Change       model.ID       `json:"change,omitempty"`
	PlatformName string         `json:"platform_name"`
	Type         string         `json:"type"`
	Title        string         `json:"title,omitempty"`
	Summary      string         `json:"summary"`
	Severity     model.Severity `json:"severity"`
	ApprovedAt   time.Time      `json:"approved_at"`
}

// Group is what waits of a platform.
type Group struct {
	PlatformName string   `json:"platform_name"`
	Changes      []Change `json:"changes"`
}

// Change is one that waits.
type Change struct {
	ID         model.ID       `json:"id"`
	Type       string         `json:"type"`
	CapturedAt time.Time      `json:"captured_at"`
	Suggested  model.Severity `json:"suggested"`
	Why        []string       `json:"why"`
	Words      string         `json:"words,omitempty"` // the first that changed
}

// Failing is a document that can't be fetched.
type Failing struct {
	Document     model.ID  `json:"document"`
	PlatformName string    `json:"platform_name"`
	Type         string    `json:"type"`
	Since        time.Time `json:"since"`
	Reason       string    `json:"reason"`
}

// Due is what takes effect soon.
type Due struct {
	Change       model.ID `json:"change"`
	PlatformName string   `json:"platform_name"`
	Type         string   `json:"type"`
	Day          string   `json:"day"`
}

// Formats are the formats, by name.
var Formats = []string{"md", "html", "atom", "json"}

// Write writes a digest in a format.
func (d *Digest) Write(w io.Writer, format string) error {
	switch format {
	case "md":
		return d.markdown(w)
	case "html":
		return d.page(w)
	case "atom":
		return d.atom(w)
	case "json":
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(d)
	}
	return fmt.Errorf("%w: a digest is %s, not %q", model.ErrInvalid, strings.Join(Formats, ", "), format)
}

// Title is what the digest is called.
func (d *Digest) Title() string {
	return fmt.Sprintf("Changes in terms, %s to %s", d.Since.UTC().Format(time.DateOnly),
		d.Until.UTC().Add(-time.Second).Format(time.DateOnly))
}

// Waiting counts the changes that wait.
func (d *Digest) Waiting() (n int) {
	for _, g := range d.Pending {
		n += len(g.Changes)
	}
	return n
}

// line makes a text one line without control characters or such as turn the direction.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r >= 0x7f && r < 0xa0, r == '\u2028', r == '\u2029', r == '\ufffe', r == '\uffff', r == '\ufeff',
			r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

// escape makes a text plain in Markdown.
func escape(s string) string {
	var b strings.Builder
	for _, r := range line(s) {
		switch r {
		case '<':
			b.WriteString("&lt;")
			continue
		case '&':
			b.WriteString("&amp;")
			continue
		case '\\', '`', '*', '_', '{', '}', '[', ']', '>', '(', ')', '#', '+', '!', '|', '~', '$', ':', '@':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// putter returns what writes to b as fmt does, each string escaped.
func putter(b *strings.Builder, escape func(string) string) func(format string, args ...any) {
	return func(format string, args ...any) {
		for i, v := range args {
			if s, ok := v.(string); ok {
				args[i] = escape(s)
			}
		}
		fmt.Fprintf(b, format, args...)
	}
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func (d *Digest) markdown(w io.Writer) error {
	var b strings.Builder
	put := putter(&b, escape)
	put("# %s\n", d.Title())
	if d.Filter != "" {
		put("\nOnly what this filter finds: %s\n", d.Filter)
	}
	put("\n## Approved (%d)\n\n", len(d.Records))
	for _, r := range d.Records {
		put("- **%s** %s / %s, %s (%s)  \n  ", string(r.Severity), r.PlatformName, r.Type, string(r.ID),
			day(r.ApprovedAt))
		if r.Title != "" {
			put("%s. ", r.Title)
		}
		put("%s\n", r.Summary)
	}
	if !d.Reviewed {
		put("\n## Waiting for review (%d)\n", d.Waiting())
		for _, g := range d.Pending {
			put("\n### %s\n\n", g.PlatformName)
			for _, c := range g.Changes {
				put("- %s, %s (%s): suggested %s, %s. %s\n", c.Type, day(c.CapturedAt), string(c.ID),
					string(c.Suggested), strings.Join(c.Why, ", "), c.Words)
			}
		}
		put("\n## Can't be fetched (%d)\n\n", len(d.Failing))
		for _, f := range d.Failing {
			put("- %s / %s, since %s: %s\n", f.PlatformName, f.Type, day(f.Since), f.Reason)
		}
		put("\n## Takes effect soon (%d)\n\n", len(d.Due))
		for _, f := range d.Due {
			put("- %s: %s / %s (%s)\n", f.Day, f.PlatformName, f.Type, string(f.Change))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// style is of the page, which loads nothing.
const style = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
color: #1b1f24; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; border-bottom: 1px solid #d0d7de; margin-top: 2rem; }
h3 { font-size: 1rem; margin-bottom: 0.2rem; } ul { padding-left: 1.2rem; } li { margin: 0.4rem 0; }
.s { font-weight: 600; } .critical, .high { color: #9a3412; } .m { color: #57606a; font-size: 0.9rem; }
q { quotes: none; background: #f6f8fa; padding: 0 0.2rem; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } h2 { border-color: #30363d; }
q { background: #161b22; } .m { color: #8b949e; } .critical, .high { color: #f0883e; } }
`

// page writes HTML. It is written out and not a template: package html/template is 150 KB
// of the binary.
func (d *Digest) page(w io.Writer) error {
	var b strings.Builder
	put := putter(&b, func(s string) string { return html.EscapeString(line(s)) })
	put(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
`, d.Title())
	b.WriteString(style)
	put("</style>\n</head>\n<body>\n<h1>%s</h1>\n", d.Title())
	if d.Filter != "" {
		put("<p class=\"m\">Only what this filter finds: %s</p>\n", d.Filter)
	}
	put("<h2>Approved (%d)</h2>\n<ul>\n", len(d.Records))
	for _, r := range d.Records {
		put("<li><span class=\"s %s\">%s</span> %s / %s\n<span class=\"m\">%s, %s</span><br>", string(r.Severity),
			string(r.Severity), r.PlatformName, r.Type, string(r.ID), day(r.ApprovedAt))
		if r.Title != "" {
			put("<b>%s.</b> ", r.Title)
		}
		put("%s</li>\n", r.Summary)
	}
	put("</ul>\n")
	if !d.Reviewed {
		d.waitingPage(put)
	}
	put("</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// waitingPage is the part of the page with what nobody reviewed yet.
func (d *Digest) waitingPage(put func(format string, args ...any)) {
	put("<h2>Waiting for review (%d)</h2>\n", d.Waiting())
	for _, g := range d.Pending {
		put("<h3>%s</h3>\n<ul>\n", g.PlatformName)
		for _, c := range g.Changes {
			put("<li><span class=\"s %s\">%s?</span> %s <span class=\"m\">%s, %s; %s</span>", string(c.Suggested),
				string(c.Suggested), c.Type, string(c.ID), day(c.CapturedAt), strings.Join(c.Why, ", "))
			if c.Words != "" {
				put("<br><q>%s</q>", c.Words)
			}
			put("</li>\n")
		}
		put("</ul>\n")
	}
	put("<h2>Can't be fetched (%d)</h2>\n<ul>\n", len(d.Failing))
	for _, f := range d.Failing {
		put("<li>%s / %s <span class=\"m\">since %s</span><br>%s</li>\n", f.PlatformName, f.Type, day(f.Since), f.Reason)
	}
	put("</ul>\n<h2>Takes effect soon (%d)</h2>\n<ul>\n", len(d.Due))
	for _, f := range d.Due {
		put("<li>%s: %s / %s <span class=\"m\">%s</span></li>\n", f.Day, f.PlatformName, f.Type, string(f.Change))
	}
	put("</ul>\n")
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Summary string `xml:"summary"`
}

func (d *Digest) atom(w io.Writer) error {
	urn := "urn:fineprint:" + line(d.Store) + ":"
	f := atomFeed{ID: urn + "digest", Title: line(d.Title()), Updated: d.Since.UTC().Format(time.RFC3339), Author: "Fineprint"}
	add := func(id model.ID, title, summary string, at time.Time) {
		e := atomEntry{ID: urn + string(id), Title: line(title), Updated: at.UTC().Format(time.RFC3339), Summary: line(summary)}
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
	}
	for _, r := range d.Records {
		add(r.ID, fmt.Sprintf("%s / %s: %s", r.PlatformName, r.Type, r.Severity), r.Title+" "+r.Summary, r.ApprovedAt)
	}
	for _, g := range d.Pending {
		for _, c := range g.Changes {
			add(c.ID, fmt.Sprintf("%s / %s: suggested %s", g.PlatformName, c.Type, c.Suggested),
				strings.Join(c.Why, ", ")+". "+c.Words, c.CapturedAt)
		}
	}
	for _, x := range d.Failing {
		add(x.Document, fmt.Sprintf("%s / %s can't be fetched", x.PlatformName, x.Type), x.Reason, x.Since)
	}
	out, err := xml.MarshalIndent(f, "", " ")
	if err == nil {
		_, err = io.WriteString(w, xml.Header+string(out)+"\n")
	}
	return err
}
