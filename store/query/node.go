package query

import (
	"slices"
	"strings"

	"fineprint/store/model"
)

// kind is what a node is. The weakest bond is the first.
type kind int

const (
	isOr kind = iota
	isAnd
	isNot
	isWord
	isField
)

// node is a part of a query; nil is one that narrows nothing.
type node struct {
	kind kind
	kids []*node // of or, and, not

	values []value // of a field; the one of a word
	fuzzy  bool    // a word that is looked for letter by letter
	id     model.ID
	field  *field
	op     string
	test   test // of a field
}

// value is a word as typed, in lower case.
type value struct {
	text   string
	quoted bool
}

func (n *node) isField(name string) bool { return n.field != nil && n.field.Name == name }

// texts are the values' texts.
func (n *node) texts() []string {
	all := make([]string, len(n.values))
	for i, v := range n.values {
		all[i] = v.text
	}
	return all
}

// join binds parts that aren't nil; those of its own kind are taken in as they are.
func join(k kind, parts []*node) *node {
	var kids []*node
	for _, p := range parts {
		switch {
		case p == nil:
		case p.kind == k:
			kids = append(kids, p.kids...)
		default:
			kids = append(kids, p)
		}
	}
	switch len(kids) {
	case 0:
		return nil
	case 1:
		return kids[0]
	}
	return &node{kind: k, kids: kids}
}

func negated(n *node) *node {
	switch {
	case n == nil:
		return nil
	case n.kind == isNot:
		return n.kids[0]
	}
	return &node{kind: isNot, kids: []*node{n}}
}

// each visits the terms, and says of each whether what it finds is taken away.
func (n *node) each(not bool, visit func(n *node, not bool)) {
	switch {
	case n == nil:
	case n.kind >= isWord:
		visit(n, not)
	default:
		for _, kid := range n.kids {
			kid.each(not != (n.kind == isNot), visit)
		}
	}
}

// conjuncts are the parts that all have to be met.
func (n *node) conjuncts() []*node {
	switch {
	case n == nil:
		return nil
	case n.kind == isAnd:
		return n.kids
	}
	return []*node{n}
}

// without takes the terms of a field out: what is left finds all that might be found
// whatever they are. An or of which one side is not known any more narrows nothing.
func (n *node) without(name string) *node {
	has := false
	n.each(false, func(n *node, _ bool) { has = has || n.isField(name) })
	if !has {
		return n
	}
	if n.kind != isAnd {
		return nil
	}
	kids := make([]*node, len(n.kids))
	for i, kid := range n.kids {
		kids[i] = kid.without(name)
	}
	return join(isAnd, kids)
}

// write writes a part within one of a kind that binds as strongly at least.
func (n *node) write(b *strings.Builder, within kind) {
	if n.kind < within {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	switch n.kind {
	case isOr, isAnd:
		between := " "
		if n.kind == isOr {
			between = " or "
		}
		for i, kid := range n.kids {
			if i > 0 {
				b.WriteString(between)
			}
			kid.write(b, n.kind+1)
		}
	case isNot:
		b.WriteByte('-')
		n.kids[0].write(b, isWord)
	case isWord:
		n.writeWord(b)
	case isField:
		b.WriteString(n.field.Name + n.op)
		for i, v := range n.values {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(v.write(strings.ContainsAny(v.text, ",")))
		}
	}
}

func (n *node) writeWord(b *strings.Builder) {
	v := n.values[0]
	switch {
	case n.id != "":
		b.WriteString(strings.ToLower(string(n.id)))
	case n.fuzzy:
		b.WriteString("~" + v.write(false))
	default:
		_, id := parseID(v.text)
		b.WriteString(v.write(id || v.text == "or" || v.text == "and" || strings.ContainsAny(v.text, ":<>=~") ||
			strings.HasPrefix(v.text, "-")))
	}
}

// write writes a value as it was typed: in quotes where it would be read otherwise.
func (v value) write(quoted bool) string {
	if quoted || v.text == "" || strings.ContainsAny(v.text, `"()`) || slices.ContainsFunc([]rune(v.text), isSpace) {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v.text) + `"`
	}
	return v.text
}
