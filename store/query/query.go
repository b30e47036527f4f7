// Package query is the one language that narrows the queue, for the desk and for
// fineprint queue --filter: words, and fields such as
//
//	sev>=high plat:"google cloud" -reason:link from:2026-01 cookies or ~fb
//
// The grammar:
//
//	query  = group { "or" group }            "or" binds less than terms side by side
//	group  = term { ["and"] term }
//	term   = ["-"] ( "(" query ")" | field op value { "," value } | word | "~" word )
//	op     = ":" | "<" | "<=" | ">" | ">="   for fields that can be compared, else ":"
//	value  = word | '"' anything '"'         in quotes \" is a quote and \\ a backslash
//
// [Parse] reads a query, [Query.String] writes it so that it reads the same,
// [Query.Select] applies it and [Complete] proposes how one that is being typed
// could go on. It is pure, and not for reading texts: what text: asks for is searched
// by the caller, who hands in what was found ([Env]).
//
// Invariants:
//   - Nothing that is typed panics; what can't be read is an error that names the
//     nearest word which can.
//   - Every item is either found by a query or by its negation, never by both.
//   - The empty query finds everything, and so does what has no letter or digit.
//
// Decision: a word finds what has a word that begins with it (store/text/words) in
// the platform's name, the type, or the reasons; letter by letter is looked only
// after a ~, for else every word finds something that it has nothing to do with.
//
// Decision: is:stale and an ID list all states unless one is named, for nothing that
// waits is stale, and an ID names one thing whatever its state.
package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fineprint/store/clausetype"
	"fineprint/store/model"
)

// Query selects changes.
type Query struct {
	// State is what the store is asked for: one state, or all of them.
	State    model.State
	AllState bool
	root     *node // nil finds everything
}

// Env is what can't be known of an item by itself.
type Env struct {
	// Now is what ages are counted from, Actor who "me" is.
	Now   time.Time
	Actor string
	// Marked reports which changes are marked; nil: none is.
	Marked func(model.ID) bool
	// Texts are the changes whose words hold a text, by what [Query.Texts] lists.
	Texts map[string]map[model.ID]bool
	// Index remembers the words of the list from one query to the next; nil: none does.
	Index *Index
}

// Parse reads a query. The error wraps [model.ErrInvalid] and names what is allowed.
func Parse(s string) (Query, error) {
	root, err := parse(s)
	if err != nil {
		return Query{State: model.Pending}, err
	}
	return newQuery(root), nil
}

// newQuery finds out which state the store is asked for. What is asked of the state
// beside the other terms the store can answer; else it lists all.
func newQuery(root *node) Query {
	q := Query{State: model.Pending, root: root}
	stated, stale := false, false
	root.each(false, func(n *node, not bool) {
		stated = stated || n.isField("state")
		stale = stale || !not && (n.id != "" || n.isField("is") && slices.Contains(n.texts(), "stale"))
	})
	if !stated {
		if stale {
			q.State, q.AllState = "", true
		}
		return q
	}
	q.State, q.AllState = "", true
	for _, n := range root.conjuncts() {
		if v := n.texts(); n.isField("state") && len(v) == 1 && v[0] != "all" {
			q.State, q.AllState = model.State(v[0]), false
			return q
		}
	}
	return q
}

// Texts lists what text: asks for, each once, and what clause: and rule: do as [ClauseText]
// and [RuleText].
func (q Query) Texts() []string {
	var all []string
	q.root.each(false, func(n *node, _ bool) {
		switch {
		case n.isField("text"):
			all = append(all, n.texts()...)
		case n.isField("clause"):
			for _, id := range n.texts() {
				all = append(all, ClauseText(id))
			}
		case n.isField("rule"):
			for _, name := range n.texts() {
				all = append(all, RuleText(name))
			}
		}
	})
	slices.Sort(all)
	return slices.Compact(all)
}

// ClauseText is how a clause type is asked for among texts: as it is typed.
func ClauseText(id string) string { return clausePrefix + id }

// RuleText is how what an alert rule acted on is asked for among texts: as it is typed.
func RuleText(name string) string { return rulePrefix + name }

const clausePrefix, rulePrefix = "clause:", "rule:"

// RuleOfText returns the rule that a text of [Query.Texts] asks for; not ok: it is one of
// words.
func RuleOfText(text string) (name string, ok bool) { return strings.CutPrefix(text, rulePrefix) }

// TypeOfText returns the clause type that a text of [Query.Texts] asks for; not ok: it is
// one of words.
func TypeOfText(text string) (id string, ok bool) {
	id, ok = strings.CutPrefix(text, clausePrefix)
	_, known := clausetype.ByID(id)
	return id, ok && known
}

// WithoutTexts is the query without what text:, clause: and rule: ask for: it finds whatever
// the whole query may find, before anything was searched.
func (q Query) WithoutTexts() Query {
	q.root = q.root.without("text").without("clause").without("rule")
	return q
}

// WithoutState is the query without the state that is asked for beside all else.
func (q Query) WithoutState() Query {
	rest := slices.DeleteFunc(slices.Clone(q.root.conjuncts()), func(n *node) bool { return n.isField("state") })
	return newQuery(join(isAnd, rest))
}

// Narrows reports whether the query asks for anything.
func (q Query) Narrows() bool { return q.root != nil }

// ID is what the query names where it is nothing but an ID.
func (q Query) ID() (model.ID, bool) {
	if q.root == nil {
		return "", false
	}
	return q.root.id, q.root.id != ""
}

// Words are the words that are looked for in names and reasons, as typed; nil when
// the query asks for something else as well.
func (q Query) Words() []string {
	var all []string
	for _, n := range q.root.conjuncts() {
		if n.kind != isWord || n.id != "" || n.fuzzy {
			return nil
		}
		all = append(all, n.values[0].text)
	}
	return all
}

// Select returns the indices of the items that the query finds, in their order.
func (q Query) Select(items []*model.QueueItem, env Env) []int {
	m := q.Matcher(env)
	if env.Index != nil && len(m.words) > 0 {
		m.list = env.Index.list(items)
	}
	found := make([]int, 0, len(items))
	for i, c := range items {
		if m.at = i; m.Match(c) {
			found = append(found, i)
		}
	}
	return found
}

// invalid is an error about what was typed.
func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", model.ErrInvalid, fmt.Sprintf(format, args...))
}

// String writes the query so that it is read the same.
func (q Query) String() string {
	if q.root == nil {
		return ""
	}
	var b strings.Builder
	q.root.write(&b, isOr)
	return b.String()
}
