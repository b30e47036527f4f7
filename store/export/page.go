package export

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"fineprint/store/model"
)

// Page is a record, or the preview of one, as a reader gets it. [PageOf] makes it; the
// formats to read range over it, so that none of them forgets a section. All its
// strings are untrusted: each writer escapes them by its own rules.
type Page struct {
	ID       model.ID // "" for a preview
	Title    string
	Subtitle string // the next three in a line
	Platform string
	Document string // its type
	Kind     string // of record, with its ID and revision
	Badges   []Badge
	Notices  []Notice // what a reader must know first: stale, withdrawn, not approved
	Sections []Section
}

// Badge is a judgement or a measure in two or three words.
type Badge struct {
	Label, Value string
	// Level is "low" to "critical" for what a colour may be given.
	Level string
}

// Notice is a warning over a page.
type Notice struct{ Label, Text string }

// Section is a part of a page under a heading. None is without blocks.
type Section struct {
	ID     string // in lower case and hyphens, the same in every record
	Title  string
	Voice  Voice
	Blocks []Block
}

// Voice is whose words a section is in.
type Voice string

// The voices; "" for what is plain.
const (
	Documents Voice = "Document’s words"
	Analysts  Voice = "Analysis"
	Counted   Voice = "From the history"
)

// Block is one of [Paragraph], [Subheading], [Facts], [List], [Table], [Quote], [Redline]
// and [Copyable].
type Block interface{ block() }

// Tone is how a paragraph is meant.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Aside
	Caution
)

// Paragraph is prose; blank lines part it into several.
type Paragraph struct {
	Text string
	Tone Tone
}

// Subheading is a heading within a section, with a level where one goes with it.
type Subheading struct {
	Text  string
	Level string // a severity, "" for none
}

// Facts are names with their values.
type Facts []Fact

// Fact is a name with its value.
type Fact struct {
	Label string
	Value Value
}

// ValueKind is what a [Value] is.
type ValueKind int

// The kinds of values.
const (
	Words  ValueKind = iota
	Code             // a hash, an ID or another value to copy to the letter
	Moment           // a time; Time is set
)

// Value is a short text, and where it leads.
type Value struct {
	Text string
	Kind ValueKind
	// URL is where it leads, "" for nowhere: of no other kind than http, https and
	// mailto.
	URL string
	// Record is the record that it names, for formats that can lead there.
	Record model.ID
	Time   time.Time
}

// List are things of one kind, in their order.
type List struct {
	Ordered bool // in time
	Items   []Item
}

// Item is one of a list.
type Item struct {
	Lead   Value
	Level  string // a severity, "" for none
	Text   string
	Quoted bool // Text is a document's words
	Facts  Facts
}

// Table are values in columns.
type Table struct {
	Caption string
	Columns []string
	Rows    [][]Value
}

// Quote is a clause's own words, exactly.
type Quote struct {
	Heading []string
	Text    string
	Source  string // which clause it is, and where it stands
	ID      model.ID
}

// Redline is what happened to one clause.
type Redline struct {
	Kind    model.Kind
	Heading []string
	Source  string // where the words stand
	Spans   []model.Span
}

// Copyable is text that is copied as a whole.
type Copyable struct{ Text string }

func (Paragraph) block()  {}
func (Subheading) block() {}
func (Facts) block()      {}
func (List) block()       {}
func (Table) block()      {}
func (Quote) block()      {}
func (Redline) block()    {}
func (Copyable) block()   {}

// PageOf makes the page of a record: all that it holds, in the order a reader needs it.
func PageOf(r model.Record) Page {
	p := Page{
		ID: r.ID, Title: titleOf(&r), Platform: r.Platform.Name, Document: r.Type, Kind: kindOf(&r),
		Badges: badgesOf(&r), Notices: noticesOf(&r),
	}
	p.Subtitle = joinedWords(p.Platform, p.Document, p.Kind)
	for _, s := range sections {
		if blocks := s.blocks(&r); len(blocks) > 0 {
			p.Sections = append(p.Sections, Section{ID: s.id, Title: s.title, Voice: s.voice, Blocks: blocks})
		}
	}
	return p
}

// titleOf is what a record is called: a change record without a title is called after
// its document.
func titleOf(r *model.Record) string {
	if title := strings.TrimSpace(r.Title); title != "" {
		return title
	}
	if r.Kind == model.ProvisionRecord {
		return "Provision without a title"
	}
	return "Change of " + or(r.Type, "a document")
}

// kindOf is what kind of record it is, and which.
func kindOf(r *model.Record) string {
	kind := "Change record"
	if r.Kind == model.ProvisionRecord {
		kind = "Provision record"
	}
	if r.ID == "" {
		return kind + ", preview"
	}
	return kind + fmt.Sprintf(" %s, revision %d", r.ID, r.Revision)
}

// joinedWords joins what is not blank.
func joinedWords(list ...string) string {
	var parts []string
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

func badgesOf(r *model.Record) []Badge {
	badges := []Badge{
		{"Severity", sentence(or(string(r.Severity), "not judged")), string(r.Severity)},
		{"Confidence", sentence(or(string(r.Confidence), "not judged")), ""},
		{"Basis", basisWords(r.Basis), ""},
	}
	if s := r.Stability; s != nil && s.Label != "" {
		badges = append(badges, Badge{"Stability", sentence(s.Label), ""})
	}
	if p := r.Prevalence; p != nil && p.Of > 0 {
		label, value := "Alike in other documents", fmt.Sprintf("%d of %d", p.Alike, p.Of)
		if r.Authors["prevalence"].Source == model.FromComparison {
			if label = "Other platforms with a clause like this"; p.Alike == 0 {
				value = fmt.Sprintf("none found among %d", p.Of)
			}
		}
		if p.At != "" {
			value += ", counted " + p.At
		}
		badges = append(badges, Badge{label, value, ""})
	}
	return badges
}

// basisWords says what a judgement rests on.
func basisWords(b model.Basis) string {
	switch b {
	case model.Explicit:
		return "Explicit: the document says so"
	case model.Inferred:
		return "Inferred from the document"
	case model.Absent:
		return "Absent: it is not said any more"
	}
	return sentence(or(string(b), "not judged"))
}

func noticesOf(r *model.Record) []Notice {
	var notices []Notice
	if r.Withdrawn {
		notices = append(notices, Notice{"Withdrawn", "The approval was undone."})
	}
	switch {
	case r.ID == "":
		notices = append(notices, Notice{"Preview", "It is not approved."})
	case r.State != "" && r.State != model.Approved && !r.Withdrawn:
		notices = append(notices, Notice{"Not approved", fmt.Sprintf("This is a %s.", r.State)})
	}
	if s := r.Stale; s != nil {
		notices = append(notices, Notice{"Stale", fmt.Sprintf(
			"The document does not say any more what this record says: %s, of %s.", s, s.Document)})
	}
	return notices
}

// sentence is a word or several with a capital letter.
func sentence(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// link is a text that leads where it says itself, if that is a web or mail address.
func link(s string) Value {
	return Value{Text: s, URL: safeURL(s)}
}

// safeURL returns a web or mail address as a link has it, "" for all else. An address
// without mailto: is one, too.
func safeURL(s string) string {
	s = strings.TrimSpace(s)
	for _, c := range s {
		if c <= ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 || strings.ContainsRune("\"<>\\^`{|}", c) || bidi(c) {
			return ""
		}
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host != "" {
			return u.String()
		}
	case "mailto":
		if a, err := mail.ParseAddress(u.Opaque); err == nil && a.Address == u.Opaque && u.RawQuery == "" {
			return u.String()
		}
	case "":
		if a, err := mail.ParseAddress(s); err == nil && a.Address == s {
			return (&url.URL{Scheme: "mailto", Opaque: url.PathEscape(s)}).String()
		}
	}
	return ""
}

// bidi reports whether a character changes the direction of what follows it.
func bidi(c rune) bool {
	return c == 0x061c || c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069
}

// moment is a time as a page has it.
func moment(t time.Time) Value {
	t = t.UTC()
	return Value{Text: t.Format("2 January 2006, 15:04:05 UTC"), Kind: Moment, Time: t}
}

// day is a time of which the page has the date only.
func day(t time.Time) Value {
	t = t.UTC()
	return Value{Text: t.Format("2 January 2006"), Kind: Moment, Time: t}
}

// code is a value to copy to the letter.
func code(s string) Value { return Value{Text: s, Kind: Code} }

// words is a plain value.
func words(s string) Value { return Value{Text: s} }

// named adds a fact if it has a value.
func (f *Facts) named(label string, v Value) {
	if strings.TrimSpace(v.Text) != "" {
		*f = append(*f, Fact{label, v})
	}
}

// at adds a time if it is known.
func (f *Facts) at(label string, t time.Time) {
	if !t.IsZero() {
		*f = append(*f, Fact{label, moment(t)})
	}
}
