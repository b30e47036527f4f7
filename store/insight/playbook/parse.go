package playbook

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/nearest"
)

const (
	// maxFile is how large a file may be, maxPositions how many positions it has.
	maxFile      = 256 << 10
	maxPositions = 200
)

// Position is what a team expects of the clauses of a type.
type Position struct {
	Name      string         `toml:"name" json:"name"`
	Type      string         `toml:"type" json:"type"`
	Expect    string         `toml:"expect" json:"expect"`
	About     []string       `toml:"about" json:"about,omitempty"`
	Unless    []string       `toml:"unless" json:"unless,omitempty"`
	Documents []string       `toml:"documents" json:"documents,omitempty"`
	Platforms []string       `toml:"platforms" json:"platforms,omitempty"`
	Severity  model.Severity `toml:"severity" json:"severity,omitempty"`
	Note      string         `toml:"note" json:"note,omitempty"`

	rule          rule
	about, unless []phrase
}

// Playbook is a team's expected positions.
type Playbook struct {
	Positions []Position          `toml:"position"`
	Synonyms  map[string][]string `toml:"synonyms"`
}

// Parse reads a file. The error wraps [model.ErrInvalid].
func Parse(file []byte) (*Playbook, error) {
	switch {
	case len(file) > maxFile:
		return nil, invalid("it is larger than %d bytes; that is no playbook", maxFile)
	case !utf8.Valid(file):
		return nil, invalid("it is not UTF-8; save the file as UTF-8")
	}
	p := new(Playbook)
	d := toml.NewDecoder(bytes.NewReader(file))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return nil, fault(err)
	}
	if len(p.Positions) == 0 {
		return nil, invalid("it has no positions; begin one with a line [[position]]")
	}
	if len(p.Positions) > maxPositions {
		return nil, invalid("it has %d positions; %d are read", len(p.Positions), maxPositions)
	}
	names := map[string]bool{}
	for i := range p.Positions {
		x := &p.Positions[i]
		if x.Name == "" {
			x.Name = x.Type
		}
		if err := p.compile(x); err != nil {
			return nil, fmt.Errorf("position %d (%s): %w", i+1, x.Name, err)
		}
		if key := strings.ToLower(x.Name); names[key] {
			return nil, invalid("position %d: there is another one named %s; give each a name = of its own", i+1,
				x.Name)
		}
		names[strings.ToLower(x.Name)] = true
	}
	return p, nil
}

// fault says where a file is no TOML, or has a name that is none of a playbook.
func fault(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		e := &strict.Errors[0]
		line, _ := e.Position()
		key := strings.Join(e.Key(), ".")
		last := key[strings.LastIndexByte(key, '.')+1:]
		return invalid("line %d: a playbook has no %q%s", line, key, nearest.Meant(last, keys))
	}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		line, _ := at.Position()
		return invalid("line %d is not TOML that can be used: %s", line, strings.TrimPrefix(at.Error(), "toml: "))
	}
	return invalid("%s", strings.TrimPrefix(err.Error(), "toml: "))
}

var keys = []string{"position", "synonyms", "name", "type", "expect", "about", "unless", "documents", "platforms",
	"severity", "note"}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{model.ErrInvalid}, args...)...)
}

// compile reads what a position expects.
func (p *Playbook) compile(x *Position) (err error) {
	if _, ok := clausetype.ByID(x.Type); !ok {
		why := nearest.Meant(x.Type, clausetype.IDs())
		if why == "" {
			why = "; see `fineprint types list`"
		}
		return invalid("there is no clause type %q%s", x.Type, why)
	}
	if strings.TrimFunc(x.Name, func(r rune) bool { return r >= ' ' }) != "" || len(x.Name) > 60 {
		return invalid("its name is too long or has control characters; use up to 60 letters")
	}
	if x.Severity != "" && !slices.Contains(model.Severities, x.Severity) {
		return invalid("severity is low, medium, high or critical, not %q", x.Severity)
	}
	if x.rule, err = p.parseRule(x.Expect); err != nil {
		return err
	}
	if x.about, err = p.phrases(x.About); err != nil {
		return err
	}
	if x.About == nil && x.rule.kind == limit {
		x.about, _ = p.phrases(strings.Fields(aboutByType[x.Type]))
	}
	if x.rule.kind == limit {
		x.rule.unless, _ = p.phrases(strings.Fields(exceptByType[x.Type]))
	}
	x.unless, err = p.phrases(x.Unless)
	if err == nil && len(x.Documents) == 0 && (x.rule.kind == present || x.rule.kind == mustSay) {
		return invalid("%q holds only for some documents; say which, as in documents = [\"privacy\"]", x.Expect)
	}
	return err
}

// aboutByType are what sentences with a limit are about where a position doesn't say.
var aboutByType = map[string]string{
	"data_retention":          "keep retain retention store stored hold delete/erase log",
	"data_deletion":           "delete/erase remove deletion",
	"breach_notification":     "notify/inform report notification",
	"unilateral_modification": "notice notify/inform advance post",
	"service_changes":         "notice notify/inform advance",
	"price_changes":           "notice notify/inform advance increase",
	"cancellation_refunds":    "cancel refund withdraw",
	"time_limit_on_claims":    "claim action bring file commence",
	"limitation_of_liability": "liability liable exceed",
	"government_requests":     "notify/inform",
}

// exceptByType are words of sentences in which a limit is of something else: a notice that
// is deemed to be received after a day is no notice of a day.
var exceptByType = map[string]string{
	"unilateral_modification": "deemed considered received", "service_changes": "deemed considered received",
	"price_changes": "deemed considered received",
}

func (p *Playbook) phrases(list []string) ([]phrase, error) {
	var all []phrase
	for _, words := range list {
		x, err := p.phrase(words)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}
