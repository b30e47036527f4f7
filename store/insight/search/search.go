// Package search is the language in which clauses are searched for:
//
//	arbitration "class action" waive* -small platform:zoom in:current since:2024
//
// The grammar:
//
//	query  = group { "or" group }         "or" binds less than terms side by side
//	group  = term { ["and"] term }
//	term   = ["-"] ( "(" query ")" | field ":" value { "," value } | word ["*"] | '"' anything '"' )
//
// A word is in a clause whose words, or a heading above them, have it; a phrase in one
// whose own words have its words side by side, which is also what a word of several parts
// asks for ("opt-out"). Case and accents make no difference (store/insight/terms). Fields
// are listed in [Fields].
//
// The package is pure, and not for finding: store/insight/index answers a [Query].
//
// Invariants, fuzzed: nothing that is typed panics; what can't be read is an error that
// says what to write instead; a Query is written so that it reads the same.
//
// Decision: the conventions are those of the queue's filter language (store/query), whose
// fields are of changes, where these are of clauses. It is a parser of its own because a
// word there is looked for in names and reasons, item by item, and one here in an index.
package search

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/insight/terms"
	"fineprint/store/model"
)

// Kind is what a [Node] asks for.
type Kind uint8

// The kinds of nodes.
const (
	And      Kind = iota // all of Of
	Or                   // one of Of
	Not                  // not Of[0]
	Words                // Asked, side by side
	Heading              // each of Asked, in a heading above
	Platform             // whose name or slug has Value
	Type                 // of the document, which has Value
	Document             // Value is its ID
	Clause               // Value is its ID
	Current              // wordings of today
	Past                 // others
	Since                // that stood at or after From
	Until                // that stood before To
)

// Node is a part of a query.
type Node struct {
	Kind     Kind
	Of       []*Node
	Asked    []terms.Asked
	Value    string
	From, To time.Time
	typed    string // as it is written again
}

// Query is what is searched for.
type Query struct {
	Root *Node
}

// field is a name with what it asks for.
type field struct {
	Name, Help, Sample string
	make               func(v string, now time.Time) (*Node, error)
}

// Fields are what may be asked for by name.
var Fields = []field{
	{"platform", "whose name has it", "zoom", valued(Platform)},
	{"type", "documents whose type has it", "privacy", valued(Type)},
	{"document", "one document, by its ID", "FP-D-00012", identified(Document, model.DocumentID)},
	{"clause", "one clause, by its ID", "FP-P-000345", identified(Clause, model.ClauseID)},
	{"heading", "words of a heading above", "liability", headingNode},
	{"in", "current, past or all wordings", "current", inNode},
	{"since", "that stood then or later: a day, a month, a year, or 90d", "2024-01", sinceNode},
	{"until", "that stood then or before", "2024", untilNode},
}

var aliases = map[string]string{"plat": "platform", "doc": "document", "from": "since", "to": "until",
	"under": "heading", "provision": "clause"}

func valued(k Kind) func(string, time.Time) (*Node, error) {
	return func(v string, _ time.Time) (*Node, error) { return &Node{Kind: k, Value: v}, nil }
}

func identified(k Kind, kind model.IDKind) func(string, time.Time) (*Node, error) {
	return func(v string, _ time.Time) (*Node, error) {
		id, err := model.ParseID(strings.ToUpper(v))
		if err != nil || id.Kind() != kind {
			what := "document:FP-D-00012"
			if k == Clause {
				what = "clause:FP-P-000345"
			}
			return nil, invalid("%q is no such ID; write one as in %s", v, what)
		}
		return &Node{Kind: k, Value: string(id)}, nil
	}
}

func headingNode(v string, _ time.Time) (*Node, error) {
	n := &Node{Kind: Heading, Asked: terms.Ask(strings.TrimRight(v, "*"), strings.HasSuffix(v, "*"))}
	if len(n.Asked) == 0 {
		return nil, invalid("heading: needs a word, as in heading:liability")
	}
	return n, nil
}

func inNode(v string, _ time.Time) (*Node, error) {
	switch strings.ToLower(v) {
	case "current":
		return &Node{Kind: Current}, nil
	case "past":
		return &Node{Kind: Past}, nil
	case "all":
		return &Node{Kind: And}, nil
	}
	return nil, invalid("in: takes current, past or all, not %q", v)
}

func sinceNode(v string, now time.Time) (*Node, error) {
	begin, _, err := period("since", v, now)
	return &Node{Kind: Since, From: begin}, err
}

func untilNode(v string, now time.Time) (*Node, error) {
	_, end, err := period("until", v, now)
	return &Node{Kind: Until, To: end}, err
}

// period is from when until before when a date is; a length of time is so long ago.
func period(name, v string, now time.Time) (begin, end time.Time, err error) {
	if ago, err := model.ParseDuration(v); err == nil {
		return now.Add(-ago), now.Add(-ago), nil
	}
	for _, layout := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(layout.layout, v); err == nil {
			return t, t.AddDate(layout.years, layout.months, layout.days), nil
		}
	}
	return begin, end, invalid("%s: takes a day, a month, a year or a length of time, "+
		"such as 2026-01-31, 2026-01, 2026 or 90d, not %q", name, v)
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{model.ErrInvalid}, args...)...)
}

// String writes the query so that it reads the same.
func (q *Query) String() string {
	var b strings.Builder
	q.Root.write(&b, 0)
	return b.String()
}

func (n *Node) write(b *strings.Builder, within int) {
	switch n.Kind {
	case And, Or:
		if n.typed != "" {
			b.WriteString(n.typed)
			return
		}
		level, between := 2, " "
		if n.Kind == Or {
			level, between = 1, " or "
		}
		if within >= level {
			b.WriteString("(")
			defer b.WriteString(")")
		}
		for i, c := range n.Of {
			if i > 0 {
				b.WriteString(between)
			}
			c.write(b, level)
		}
	case Not:
		b.WriteString("-")
		n.Of[0].write(b, 3)
	default:
		b.WriteString(n.typed)
	}
}

// Phrases lists what the query looks for in the words of clauses, without what it leaves
// out: what is marked where a clause is shown.
func (q *Query) Phrases() (list [][]terms.Asked) {
	var walk func(n *Node)
	walk = func(n *Node) {
		switch n.Kind {
		case And, Or:
			for _, c := range n.Of {
				walk(c)
			}
		case Words:
			list = append(list, n.Asked)
		}
	}
	walk(q.Root)
	return list
}

var escaped = strings.NewReplacer("\\", "\\\\", "\"", "\\\"")

// quoted writes a value so that it is read as one.
func quoted(v string) string { return "\"" + escaped.Replace(v) + "\"" }
