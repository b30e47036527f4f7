package export

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"fineprint/store/model"
)

// An export of a database of which something can't be read holds the rest, and says itself what
// it is without ([Options].Damaged):
//
//	json           the key damaged, last: the list
//	md, text       the first paragraph
//	html           below the title of the index, or of the one page
//	pdf            a page of its own, the first
//	atom           the feed's subtitle
//	bibtex         a second @comment at its beginning
//	dataset        the file damaged.json, with the texts that can't be read
//	warc           a metadata record on the warcinfo record, last, with the captures that can't be read
//	jsonl          nothing: each line is a record
//	csv, csl, ris  nothing: rows and references are all that the formats have
//
// Whoever takes one of the last four is told by the command alone, and by its exit status. What
// is whole has not a byte of this.

// damagedFile is the file that a folder has it in.
const damagedFile = "damaged.json"

// mostNamed is how many values a sentence names; json and a dataset list all.
const mostNamed = 20

// damagedSentence says in one sentence what an export is without, "" for nothing.
func damagedSentence(damaged []model.Damage) string {
	if len(damaged) == 0 {
		return ""
	}
	var named []string
	for i, d := range damaged {
		if i == mostNamed {
			named = append(named, fmt.Sprintf("and %d more", len(damaged)-i))
			break
		}
		named = append(named, fmt.Sprintf("%s (%s)", d.What, d.Means))
	}
	return "The database is damaged, and this export is without: " + oneLine(strings.Join(named, "; ")) + "."
}

// incompleteLabel comes before the sentence.
const incompleteLabel = "Incomplete"

// goesOn reports whether an export goes on without a version that a record rests on and that
// can't be read for an error, and adds that to what it is without.
func (o *Options) goesOn(err error, r model.Record, e model.Evidence) bool {
	if o.Lost == nil {
		return false
	}
	d, lost := o.Lost(err)
	if !lost {
		return false
	}
	if d.ID != r.Document { // else it says so itself
		d.What += fmt.Sprintf(", behind version %d of %s", e.Seq, r.Document)
	}
	if !slices.Contains(o.Damaged, d) {
		o.Damaged = append(o.Damaged, d)
	}
	return true
}

// writeDamaged writes the list of a dataset.
func writeDamaged(w io.Writer, damaged []model.Damage) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(damaged); err != nil {
		return fmt.Errorf("writing what can't be read: %w", err)
	}
	return nil
}
