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
package clausetype

import "fineprint/store/model"

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

// Types are all clause types, in the order that lists have them: by family, and in a
// family as documents usually have them.
var Types = []Type{
	{"arbitration", "Arbitration", Contract,
		"Sends disputes to a private arbitrator whose decision binds both sides, in place of a court."},
	{"model_training_licence", "Model training licence", Contract,
		"Lets the provider use what users put in, or what they get out, to develop or train its models."},
	{"data_retention", "Data retention", Data,
		"Says how long personal data are kept, or by what that is determined."},
	{"acceptable_use", "Acceptable use", Conduct,
		"Says in general what the service may and may not be used for."},
}

// ByID returns the type of an ID.
func ByID(id string) (Type, bool) {
	for _, t := range Types {
		if t.ID == id {
			return t, true
		}
	}
	return Type{}, false
}

// Template returns what starts a record about a clause of a type: its type, and
// sentences with blanks for the analyst to complete.
func Template(id string) (model.Writing, bool) {
	t, ok := ByID(id)
	if !ok {
		return model.Writing{}, false
	}
	var w model.Writing
	w.Types = []string{t.ID}
	return w, true
}
