// Package clausetype has the list of clause types: what kinds of clause contracts,
// privacy policies and rules of conduct are made of, each with a name, a family and a
// definition, and with what starts a record of that type.
//
// It is not for recognising the type of a clause, nor for judging one: definitions
// say what a clause does, not whether that is fair, and templates ask, never answer.
//
// Invariants:
//   - An ID stays what it is: records name it. Types are only added.
//   - What a template fills in has blanks, and [Blanks] finds those that are left.
//   - A template names no agency and no law: package registry suggests those.
//
// What other lists call a type, and the words that give it away, are its [Mapping]. The
// laws and agencies that it usually touches are those of package registry, which says so
// of each of its entries: there is no second list of them.
package clausetype

import "slices"

// Type is a kind of clause.
type Type struct {
	ID         string // snake_case
	Name       string // in sentence case
	Family     string // Contract, Data or Conduct
	Definition string // a sentence or two
}

// The families of clause types.
const (
	Contract = "contract" // what the parties owe each other
	Data     = "data"     // what is done with personal data
	Conduct  = "conduct"  // what users may do, and how that is enforced
)

// row is all about a type. Prompts have blanks.
type row struct {
	id, name, definition string
	what                 string // prompt of "What it is"
	matters              string // of "Why it matters"
	unclear              string // of the interpretive note
}

// Types are all clause types, in the order that lists have them: by family, and in a
// family as documents usually have them.
var Types = slices.Concat(typesOf(Contract, contractRows), typesOf(Data, dataRows), typesOf(Conduct, conductRows))

func typesOf(family string, rows []row) []Type {
	list := make([]Type, len(rows))
	for i, r := range rows {
		list[i] = Type{ID: r.id, Name: r.name, Family: family, Definition: r.definition}
	}
	return list
}

// ByID returns the type of an ID.
func ByID(id string) (Type, bool) {
	i := slices.IndexFunc(Types, func(t Type) bool { return t.ID == id })
	if i < 0 {
		return Type{}, false
	}
	return Types[i], true
}

// IDs lists the types' IDs in their order.
func IDs() []string {
	list := make([]string, len(Types))
	for i, t := range Types {
		list[i] = t.ID
	}
	return list
}
