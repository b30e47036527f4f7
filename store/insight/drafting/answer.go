package drafting

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"fineprint/store/model"
)

// The bounds of an answer: of its bytes, of the sentences of a field, of the runes of a
// sentence or a quote, and of the quotes of a sentence.
const (
	MaxAnswer    = 256 << 10
	maxSentences = 40
	maxRunes     = 2000
	maxQuotes    = 10
)

// Sentence is a sentence of an answer, with the words it says it rests on.
type Sentence struct {
	Text   string   `json:"text"`
	Quotes []string `json:"quotes"`
}

// Answer is what a command wrote, by the IDs of fields.
type Answer struct {
	Words map[string][]string
	Prose map[string][]Sentence
}

// Parse reads an answer. Every error wraps [model.ErrInvalid] and says what is wrong.
func Parse(payload []byte) (Answer, error) {
	a := Answer{Words: map[string][]string{}, Prose: map[string][]Sentence{}}
	if len(payload) > MaxAnswer {
		return a, invalid("the answer is longer than %d KiB", MaxAnswer>>10)
	}
	if !utf8.Valid(payload) {
		return a, invalid("the answer is not UTF-8")
	}
	top, err := object(payload)
	if err != nil {
		return a, invalid("the answer is not one JSON object: %s", plain(err))
	}
	if raw, ok := top["sections"]; ok {
		sections, err := object(raw)
		if err != nil {
			return a, invalid("`sections` is not an object: %s", plain(err))
		}
		delete(top, "sections")
		for key, raw := range sections {
			if _, twice := top[key]; twice {
				return a, invalid("%q is there twice", short(key))
			}
			top[key] = raw
		}
	}
	for _, f := range model.WritingFields {
		raw, ok := top[f.ID()]
		if !ok || !drafts(f) {
			continue
		}
		delete(top, f.ID())
		if err := a.take(f, raw); err != nil {
			return a, err
		}
	}
	for key := range top {
		return a, invalid("%q is no field that can be drafted", short(key))
	}
	if len(a.Words)+len(a.Prose) == 0 {
		return a, invalid("the answer is empty")
	}
	return a, nil
}

func (a *Answer) take(f model.WritingField, raw json.RawMessage) error {
	switch {
	case string(raw) == "null":
		return nil
	case f.Shape == model.Word:
		var word string
		if err := json.Unmarshal(raw, &word); err != nil {
			return invalid("%s is not a word in quotes", f.ID())
		}
		if word = strings.TrimSpace(word); word != "" {
			a.Words[f.ID()] = []string{cut(word)}
		}
		return nil
	case f.Shape == model.List:
		var words []string
		if err := json.Unmarshal(raw, &words); err != nil || len(words) > maxSentences {
			return invalid("%s is not a list of at most %d words", f.ID(), maxSentences)
		}
		for i := range words {
			words[i] = cut(strings.TrimSpace(words[i]))
		}
		if words = slices.Compact(words); len(words) > 0 {
			a.Words[f.ID()] = words
		}
		return nil
	}
	sentences, err := sentencesIn(f, raw)
	if err == nil && len(sentences) > 0 {
		a.Prose[f.ID()] = sentences
	}
	return err
}

func sentencesIn(f model.WritingField, raw json.RawMessage) ([]Sentence, error) {
	var list []Sentence
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, invalid("%s is not a list of {\"text\", \"quotes\"}: %s", f.ID(), plain(err))
	}
	if len(list) > maxSentences {
		return nil, invalid("%s has more than %d sentences", f.ID(), maxSentences)
	}
	kept := list[:0]
	for _, s := range list {
		s.Text = strings.Join(strings.Fields(visible(s.Text)), " ")
		if s.Text == "" {
			continue
		}
		if utf8.RuneCountInString(s.Text) > maxRunes || len(s.Quotes) > maxQuotes {
			return nil, invalid("a sentence of %s has more than %d characters, or more than %d quotes", f.ID(),
				maxRunes, maxQuotes)
		}
		for _, q := range s.Quotes {
			if utf8.RuneCountInString(q) > maxRunes {
				return nil, invalid("a quote of %s has more than %d characters", f.ID(), maxRunes)
			}
		}
		kept = append(kept, s)
	}
	return kept, nil
}

// object reads exactly one object.
func object(raw []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	var m map[string]json.RawMessage
	if err := d.Decode(&m); err != nil {
		return nil, err
	}
	if m == nil {
		return nil, errors.New("it is null")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more behind it")
	}
	return m, nil
}

// plain is a message of package json without the names of Go.
func plain(err error) string {
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too soon"
	}
	s := strings.TrimPrefix(err.Error(), "json: ")
	if strings.HasPrefix(s, "cannot unmarshal") {
		return "it is of another kind"
	}
	return short(s)
}

// cut bounds a word, short what a message quotes.
func cut(s string) string   { return bounded(s, 200) }
func short(s string) string { return bounded(s, 60) }

func bounded(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", model.ErrInvalid, fmt.Sprintf(format, args...))
}
