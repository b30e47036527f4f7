package model

import (
	"strconv"
	"strings"
	"time"
)

// DraftAuthor is the author of what a draft command proposes, until a person accepts or
// edits it.
const DraftAuthor = "draft"

// KeptDraft is what a draft command answered, as it is kept until it is accepted or
// dropped: nobody's judgement, in no journal, record or export.
type KeptDraft struct {
	Subject ID        `json:"subject"` // a change or a record
	Source  string    `json:"source"`  // the command
	At      time.Time `json:"at"`
	Answer  []byte    `json:"answer"` // JSON, as it came
	// Taken are the fields and sentences that were accepted: "summary", "what_it_is:2".
	Taken []string `json:"taken,omitempty"`
}

// Drafted is what a draft command proposes for a change or a record, held against the
// words that it is about.
type Drafted struct {
	Subject ID             `json:"subject"`
	Author  string         `json:"author"` // [DraftAuthor]
	Source  string         `json:"source"` // the command
	At      time.Time      `json:"at"`
	Fields  []DraftedField `json:"fields"`
}

// DraftedField is what is proposed for one field.
type DraftedField struct {
	Field string `json:"field"` // ID of a [WritingField]
	Label string `json:"label"`
	// Words are what a field that isn't prose may be, Sentences what one of prose says.
	Words     []string          `json:"words,omitempty"`
	Sentences []DraftedSentence `json:"sentences,omitempty"`
	// Problem is why the words can't be accepted, "" when they can.
	Problem  string `json:"problem,omitempty"`
	Accepted bool   `json:"accepted"`
}

// DraftedSentence is a sentence of a draft, with the words that it rests on.
type DraftedSentence struct {
	N    int    `json:"n"` // from 1, in its field
	Text string `json:"text"`
	Ties []Tie  `json:"ties"`
	// Problems are what was found wrong with it, in plain words.
	Problems []string `json:"problems,omitempty"`
	Accepted bool     `json:"accepted"`
}

// Tie is where the words that a sentence rests on stand, as it was found and not as it was
// said: bytes of the old or the new version's text.
type Tie struct {
	Side   string `json:"side"`             // "old" or "new"
	Clause int    `json:"clause,omitempty"` // that changed, from 1; 0 elsewhere in the document
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Text   string `json:"text"`
}

// Sound reports whether the sentence rests on words that are there, and nothing is wrong.
func (s *DraftedSentence) Sound() bool { return len(s.Ties) > 0 && len(s.Problems) == 0 }

// Sound reports whether the whole field may be accepted without naming its sentences.
func (f *DraftedField) Sound() bool {
	for i := range f.Sentences {
		if !f.Sentences[i].Sound() {
			return false
		}
	}
	return f.Problem == ""
}

// Text is the field's text, of all its sentences or of those that are named.
func (f *DraftedField) Text(sentences ...int) string {
	if len(f.Sentences) == 0 {
		return strings.Join(f.Words, ", ")
	}
	var parts []string
	for i := range f.Sentences {
		named := len(sentences) == 0
		for _, n := range sentences {
			named = named || n == f.Sentences[i].N
		}
		if named {
			parts = append(parts, f.Sentences[i].Text)
		}
	}
	return strings.Join(parts, " ")
}

// Field returns the field of an ID.
func (d *Drafted) Field(id string) (*DraftedField, bool) {
	for i := range d.Fields {
		if d.Fields[i].Field == id {
			return &d.Fields[i], true
		}
	}
	return nil, false
}

// Take marks what was accepted, by the names that [KeptDraft] has for it.
func (d *Drafted) Take(taken []string) {
	for _, name := range taken {
		id, sentence, one := strings.Cut(name, ":")
		f, ok := d.Field(id)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(sentence)
		all := true
		for i := range f.Sentences {
			s := &f.Sentences[i]
			s.Accepted = s.Accepted || !one || err == nil && s.N == n
			all = all && s.Accepted
		}
		f.Accepted = all
	}
}
