package clause_test

import (
	"fmt"

	"fineprint/store/text/clause"
)

func ExampleSplit() {
	d := clause.Split("# Terms\n\nYou may:\n\n* read\n* write\n")
	for i := range d.Clauses {
		fmt.Printf("%q under %q\n", d.Words(i), d.HeadingPath(i))
	}
	// Output:
	// "# Terms" under []
	// "You may:" under ["Terms"]
	// "* read" under ["Terms"]
	// "* write" under ["Terms"]
}

func ExampleAlign() {
	old := clause.Split("We keep it for 30 days.\n\nWe do not sell it.\n\nWrite to us.\n")
	new := clause.Split("We keep it for 90 days.\n\nWrite to us.\n\nWe answer soon.\n")
	for _, p := range clause.Align(old, new).Differing() {
		switch {
		case p.New == clause.None:
			fmt.Println("removed:", old.Words(p.Old))
		case p.Old == clause.None:
			fmt.Println("added:", new.Words(p.New))
		default:
			fmt.Println("modified:", new.Words(p.New))
		}
	}
	// Output:
	// modified: We keep it for 90 days.
	// removed: We do not sell it.
	// added: We answer soon.
}
