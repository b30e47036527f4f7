package query

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/store/text/words"
)

// What a query may have: nobody types more, and a paste may.
const (
	maxTerms = 64
	maxDepth = 32
)

// parser reads a query from the left.
type parser struct {
	rest  string
	depth int // of parentheses
	terms int
}

func parse(s string) (*node, error) {
	p := &parser{rest: strings.ToLower(strings.ToValidUTF8(s, ""))}
	return p.query()
}

// query reads groups with "or" between them, up to the end or a closing parenthesis.
func (p *parser) query() (*node, error) {
	groups, group, open := []*node{}, []*node{}, false // open: an or waits for what follows
	for {
		p.space()
		switch {
		case p.rest == "" || p.depth > 0 && p.rest[0] == ')':
			if open && len(group) == 0 {
				return nil, errLooseOr
			}
			return join(isOr, either(append(groups, join(isAnd, group)))), nil
		case p.word("or"):
			if len(group) == 0 {
				return nil, errLooseOr
			}
			groups, group, open = append(groups, join(isAnd, group)), nil, true
			continue
		case p.word("and"):
			continue
		}
		n, err := p.term()
		if err != nil {
			return nil, err
		}
		group = append(group, n)
	}
}

var errLooseOr = invalid(`"or" stands between two terms; write "or" in quotes to look for the word`)

// either is what an or is between; one side that narrows nothing leaves nothing to ask.
func either(groups []*node) []*node {
	for _, g := range groups {
		if g == nil {
			return nil
		}
	}
	return groups
}

// word takes a word that joins, if it is next.
func (p *parser) word(w string) bool {
	rest, ok := strings.CutPrefix(p.rest, w)
	next, _ := utf8.DecodeRuneInString(rest)
	if !ok || rest != "" && !isSpace(next) && next != '(' && (next != ')' || p.depth == 0) {
		return false
	}
	p.rest = rest
	return true
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

func (p *parser) space() { p.rest = strings.TrimLeftFunc(p.rest, isSpace) }

// term reads one term; nil is one that asks for nothing.
func (p *parser) term() (*node, error) {
	if p.terms++; p.terms > maxTerms {
		return nil, invalid("a filter has %d terms at most", maxTerms)
	}
	if rest, ok := strings.CutPrefix(p.rest, "-"); ok {
		p.rest = rest
		if next, _ := utf8.DecodeRuneInString(rest); rest == "" || isSpace(next) || next == ')' && p.depth > 0 {
			return nil, nil
		}
		n, err := p.term()
		return negated(n), err
	}
	if rest, ok := strings.CutPrefix(p.rest, "("); ok {
		if p.depth++; p.depth > maxDepth {
			return nil, invalid("a filter has parentheses %d deep at most", maxDepth)
		}
		p.rest = rest
		n, err := p.query()
		p.rest = strings.TrimPrefix(p.rest, ")")
		p.depth--
		return n, err
	}
	if rest, ok := strings.CutPrefix(p.rest, "~"); ok {
		p.rest = rest
		v := p.value(false)
		if v.text == "" {
			return nil, nil
		}
		return &node{kind: isWord, values: []value{v}, fuzzy: true}, nil
	}
	if n, err := p.fieldTerm(); n != nil || err != nil {
		return n, err
	}
	v := p.value(false)
	n := &node{kind: isWord, values: []value{v}}
	if id, ok := parseID(v.text); ok && !v.quoted {
		n.id = id
		return n, nil
	}
	if words.Normal(v.text) == "" {
		return nil, nil
	}
	return n, nil
}

// parseID reads the ID of a change, a document or a record: what an item may have.
func parseID(s string) (model.ID, bool) {
	id, err := model.ParseID(s)
	switch k := id.Kind(); {
	case err != nil, k != model.ChangeID && k != model.DocumentID && k != model.RecordID:
		return "", false
	}
	return id, true
}

var fieldPattern = regexp.MustCompile(`^([a-z][a-z_-]*)(:|<=|>=|<|>|=)`)

// fieldTerm reads a field with its values; nil when what is next is none.
func (p *parser) fieldTerm() (*node, error) {
	m := fieldPattern.FindStringSubmatch(p.rest)
	if m == nil {
		return nil, nil
	}
	name, op := m[1], m[2]
	f := fieldNamed(name)
	switch {
	case f == nil && op == "=":
		return nil, nil // a word with such a sign in it
	case f == nil:
		why := nearest.Meant(name, fieldNames())
		if why == "" {
			why = "; use one of " + strings.Join(fieldNames(), ", ")
		}
		return nil, invalid(`%q is not a field%s`, name, why)
	case op == "=":
		op = ":"
	}
	p.rest = p.rest[len(m[0]):]
	n := &node{kind: isField, field: f, op: op}
	for more := true; more; {
		if v := p.value(true); v.text != "" {
			n.values = append(n.values, v)
		}
		p.rest, more = strings.CutPrefix(p.rest, ",")
	}
	if len(n.values) == 0 && f.alone != "" {
		n.values = []value{{text: f.alone}}
	}
	if len(n.values) == 0 {
		return nil, invalid("%s%s needs a value, as in %s", f.Name, op, f.example())
	}
	var err error
	n.test, err = f.compile(op, n.texts())
	return n, err
}

// value reads one value: up to white space, or in quotes; in a list also up to a comma.
func (p *parser) value(list bool) value {
	if strings.HasPrefix(p.rest, `"`) {
		return value{p.quoted(), true}
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool {
		return isSpace(r) || r == ')' && p.depth > 0 || r == ',' && list
	})
	if end < 0 {
		end = len(p.rest)
	}
	v := value{text: p.rest[:end]}
	p.rest = p.rest[end:]
	return v
}

// quoted reads what stands in quotes; the closing one may still have to be typed.
func (p *parser) quoted() string {
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		c := p.rest[i]
		switch {
		case c == '"':
			p.rest = p.rest[i+1:]
			return b.String()
		case c == '\\' && i+1 < len(p.rest) && (p.rest[i+1] == '"' || p.rest[i+1] == '\\'):
			i++
			c = p.rest[i]
		}
		b.WriteByte(c)
	}
	p.rest = ""
	return b.String()
}
