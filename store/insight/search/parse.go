package search

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fineprint/store/insight/terms"
	"fineprint/store/nearest"
)

// What a query may have: nobody types more, and a paste may.
const (
	maxTerms = 64
	maxDepth = 32
	maxBytes = 16 << 10
)

// Parse reads a query; since: and until: may count back from now.
func Parse(typed string, now time.Time) (*Query, error) { return parse(typed, now, false) }

// Typing reads a query that is still being typed: its last word is one that begins so, and
// what is not complete asks for nothing.
func Typing(typed string, now time.Time) (*Query, error) { return parse(typed, now, true) }

func parse(typed string, now time.Time, typing bool) (*Query, error) {
	if len(typed) > maxBytes {
		return nil, invalid("a query has %d characters at most", maxBytes)
	}
	p := &parser{rest: strings.ToValidUTF8(typed, ""), now: now, typing: typing}
	root, err := p.query()
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, invalid("there is no word to look for")
	}
	if !finds(root) {
		return nil, invalid("the query only leaves out; say also what to look for")
	}
	return &Query{root}, nil
}

// finds reports whether a node says what to look for, and not only what not.
func finds(n *Node) bool {
	switch n.Kind {
	case Not:
		return false
	case Or:
		for _, c := range n.Of {
			if !finds(c) {
				return false
			}
		}
	case And:
		for _, c := range n.Of {
			if finds(c) {
				return true
			}
		}
		return len(n.Of) == 0
	}
	return true
}

type parser struct {
	rest   string
	now    time.Time
	typing bool
	depth  int
	terms  int
}

// query reads groups with "or" between them, up to the end or a closing parenthesis; nil
// is one that asks for nothing.
func (p *parser) query() (*Node, error) {
	var groups, group []*Node
	open := false // an or waits for what follows
	for {
		p.space()
		switch {
		case p.rest == "" || p.depth > 0 && p.rest[0] == ')':
			if open && len(group) == 0 {
				if p.typing {
					return join(Or, groups), nil
				}
				return nil, errLooseOr
			}
			if len(group) > 0 {
				groups = append(groups, join(And, group))
			}
			return join(Or, groups), nil
		case p.word("or"):
			if len(group) == 0 {
				return nil, errLooseOr
			}
			groups, group, open = append(groups, join(And, group)), nil, true
			continue
		case p.word("and"):
			continue
		}
		n, err := p.term()
		if err != nil {
			return nil, err
		}
		if n != nil {
			group = append(group, n)
		}
	}
}

var errLooseOr = invalid(`"or" stands between two terms; write "or" in quotes to look for the word`)

func join(k Kind, list []*Node) *Node {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return &Node{Kind: k, Of: list}
}

// word takes a word that joins, if it is next.
func (p *parser) word(w string) bool {
	if len(p.rest) < len(w) || !strings.EqualFold(p.rest[:len(w)], w) {
		return false
	}
	rest := p.rest[len(w):]
	next, _ := utf8.DecodeRuneInString(rest)
	if rest == "" && p.typing && w == "or" { // may become another word
		p.rest = ""
		return false
	}
	if rest != "" && !isSpace(next) && next != '(' && (next != ')' || p.depth == 0) {
		return false
	}
	p.rest = rest
	return true
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

func (p *parser) space() { p.rest = strings.TrimLeftFunc(p.rest, isSpace) }

// term reads one term; nil is one that asks for nothing.
func (p *parser) term() (*Node, error) {
	if p.terms++; p.terms > maxTerms {
		return nil, invalid("a query has %d terms at most", maxTerms)
	}
	if rest, ok := strings.CutPrefix(p.rest, "-"); ok {
		p.rest = rest
		if next, _ := utf8.DecodeRuneInString(rest); rest == "" || isSpace(next) || next == ')' && p.depth > 0 {
			return nil, nil
		}
		n, err := p.term()
		switch {
		case err != nil || n == nil:
			return nil, err
		case n.Kind == Not:
			return n.Of[0], nil
		}
		return &Node{Kind: Not, Of: []*Node{n}}, nil
	}
	if rest, ok := strings.CutPrefix(p.rest, "("); ok {
		if p.depth++; p.depth > maxDepth {
			return nil, invalid("a query has parentheses %d deep at most", maxDepth)
		}
		p.rest = rest
		n, err := p.query()
		p.rest = strings.TrimPrefix(p.rest, ")")
		p.depth--
		return n, err
	}
	if n, found, err := p.field(); found || err != nil {
		return n, err
	}
	v, inQuotes := p.value(false)
	return p.words(v, inQuotes), nil
}

// words makes a node of a word or a phrase; nil where there is no letter in it.
func (p *parser) words(v string, inQuotes bool) *Node {
	begun := strings.HasSuffix(v, "*")
	if begun {
		v = strings.TrimRight(v, "*")
	}
	asked := terms.Ask(v, begun || p.typing && p.rest == "" && !inQuotes)
	if len(asked) == 0 {
		return nil
	}
	n := &Node{Kind: Words, Asked: asked, typed: quoted(v)}
	if last := asked[len(asked)-1]; last.Prefix {
		n.typed = quoted(v + "*")
	}
	return n
}

var fieldPattern = regexp.MustCompile(`^([A-Za-z]+):`)

// field reads a field with its values; found: what is next is one.
func (p *parser) field() (n *Node, found bool, err error) {
	m := fieldPattern.FindStringSubmatch(p.rest)
	if m == nil || strings.HasPrefix(p.rest[len(m[0]):], "//") {
		return nil, false, nil // "https://" is no field
	}
	name := strings.ToLower(m[1])
	if long, ok := aliases[name]; ok {
		name = long
	}
	var f *field
	names := make([]string, len(Fields))
	for i := range Fields {
		if names[i] = Fields[i].Name; Fields[i].Name == name {
			f = &Fields[i]
		}
	}
	if f == nil {
		why := nearest.Meant(name, names)
		if why == "" {
			why = "; use one of " + strings.Join(names, ", ") + ", or put it in quotes to look for the words"
		}
		return nil, true, invalid("%q is not a field%s", name, why)
	}
	p.rest = p.rest[len(m[0]):]
	var list []*Node
	var values []string
	for more := true; more; {
		v, _ := p.value(true)
		if v != "" {
			one, err := f.make(v, p.now)
			if err != nil && p.typing && p.rest == "" {
				return nil, true, nil
			}
			if err != nil {
				return nil, true, err
			}
			one.typed = f.Name + ":" + quoted(v)
			list, values = append(list, one), append(values, quoted(v))
		}
		p.rest, more = strings.CutPrefix(p.rest, ",")
	}
	if len(list) == 0 && p.typing {
		return nil, true, nil
	}
	if len(list) == 0 {
		return nil, true, invalid("%s: needs a value, as in %s:%s", f.Name, f.Name, f.Sample)
	}
	n = join(Or, list)
	n.typed = f.Name + ":" + strings.Join(values, ",")
	return n, true, nil
}

// value reads one value: up to white space, or in quotes; in a list also up to a comma.
func (p *parser) value(list bool) (v string, inQuotes bool) {
	if strings.HasPrefix(p.rest, `"`) {
		return p.quoted(), true
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool {
		return isSpace(r) || r == ')' && p.depth > 0 || r == ',' && list || r == '"'
	})
	if end < 0 {
		end = len(p.rest)
	}
	v, p.rest = p.rest[:end], p.rest[end:]
	return v, false
}

// quoted reads what stands in quotes; the closing one may still have to be typed.
func (p *parser) quoted() string {
	var b strings.Builder
	rest := p.rest[1:]
	for rest != "" {
		switch {
		case rest[0] == '"':
			p.rest = rest[1:]
			if strings.HasPrefix(p.rest, "*") {
				p.rest = p.rest[1:]
				b.WriteByte('*')
			}
			return b.String()
		case rest[0] == '\\' && len(rest) > 1:
			_, n := utf8.DecodeRuneInString(rest[1:])
			b.WriteString(rest[1 : 1+n])
			rest = rest[1+n:]
		default:
			_, n := utf8.DecodeRuneInString(rest)
			b.WriteString(rest[:n])
			rest = rest[n:]
		}
	}
	p.rest = ""
	return b.String()
}
