package record

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// table is how a field of several rows is written: each row as a few short texts.
type table struct {
	one     string // what a row is
	single  bool   // it has one row at most
	columns []column
	rows    func(w *model.Writing) [][]string
	put     func(w *model.Writing, rows [][]string) error
	line    func(row []string) string
}

type column struct{ name, hint string }

// tables are the fields with rows, by their ID. A test holds them against the shapes of
// the model.
var tables = map[string]table{
	"actions": {
		one: "action",
		columns: []column{
			{"kind", "opt_out, delete, object, complain, negotiate, read, …"},
			{"text", "what the reader can do, in one sentence"},
			{"contact", "URL or address"},
			{"jurisdiction", "where: an ISO 3166 code or EU; empty everywhere"},
			{"legal basis", "such as GDPR Article 17"},
		},
		rows: func(w *model.Writing) (rows [][]string) {
			for _, a := range w.Actions {
				rows = append(rows, []string{a.Kind, a.Text, a.Contact, a.Jurisdiction, a.Basis})
			}
			return rows
		},
		put: func(w *model.Writing, rows [][]string) error {
			w.Actions = nil
			for _, r := range rows {
				w.Actions = append(w.Actions,
					model.ReaderAction{Kind: r[0], Text: r[1], Contact: r[2], Jurisdiction: r[3], Basis: r[4]})
			}
			return nil
		},
		line: func(r []string) string { return joined(": ", kit.Words(r[0]), joined("  ", r[1], r[2], r[3], r[4])) },
	},
	"comparisons": {
		one: "comparison",
		columns: []column{
			{"platform", "author of the quote"}, {"excerpt", "their wording, quoted"},
			{"severity", "low, medium, high or critical"}, {"captured", "date of the quoted version"},
			{"document", "its ID, FP-D-…"}, {"version", "number of the quoted version"},
			{"record", "its record, FP-R-…"},
		},
		rows: comparisonRows,
		put:  putComparisons,
		line: func(r []string) string { return joined(": ", joined(", ", r[0], r[2]), r[1]) },
	},
	"prevalence": {
		one: "count", single: true,
		columns: []column{
			{"alike", "number of documents with a similar clause"},
			{"of", "number of documents checked"}, {"at", "date of the count"},
		},
		rows: func(w *model.Writing) [][]string {
			if p := w.Prevalence; p != nil {
				return [][]string{{strconv.Itoa(p.Alike), strconv.Itoa(p.Of), p.At}}
			}
			return nil
		},
		put:  putPrevalence,
		line: func(r []string) string { return joined(", ", r[0]+" of "+r[1], r[2]) },
	},
	"agency_reasons": {
		one: "reason",
		columns: []column{
			{"agency", "name as in the registry"}, {"why", "why it has jurisdiction, in one sentence"},
		},
		rows: func(w *model.Writing) (rows [][]string) {
			for _, name := range slices.Sorted(maps.Keys(w.AgencyReasons)) {
				rows = append(rows, []string{name, w.AgencyReasons[name]})
			}
			return rows
		},
		put: func(w *model.Writing, rows [][]string) error {
			w.AgencyReasons = nil
			for _, r := range rows {
				if w.AgencyReasons == nil {
					w.AgencyReasons = map[string]string{}
				}
				w.AgencyReasons[r[0]] = r[1]
			}
			return nil
		},
		line: func(r []string) string { return joined(": ", r[0], r[1]) },
	},
}

// joined joins what is not empty.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), between)
}

func comparisonRows(w *model.Writing) (rows [][]string) {
	for _, c := range w.Comparisons {
		seq := ""
		if c.Seq > 0 {
			seq = strconv.Itoa(c.Seq)
		}
		rows = append(rows, []string{c.Platform, c.Excerpt, string(c.Severity), c.CapturedAt, string(c.Document), seq,
			string(c.Record)})
	}
	return rows
}

func putComparisons(w *model.Writing, rows [][]string) error {
	w.Comparisons = nil
	for _, r := range rows {
		c := model.Comparison{Platform: r[0], Excerpt: r[1], CapturedAt: r[3], Document: model.ID(r[4]),
			Record: model.ID(r[6])}
		var err error
		if r[2] != "" {
			if c.Severity, err = model.ParseSeverity(r[2]); err != nil {
				return err
			}
		}
		if c.Seq, err = number("version", r[5]); err != nil {
			return err
		}
		w.Comparisons = append(w.Comparisons, c)
	}
	return nil
}

func putPrevalence(w *model.Writing, rows [][]string) error {
	w.Prevalence = nil
	for _, r := range rows {
		alike, err := number("alike", r[0])
		if err != nil {
			return err
		}
		of, err := number("of", r[1])
		if err != nil {
			return err
		}
		w.Prevalence = &model.Prevalence{Alike: alike, Of: of, At: r[2]}
	}
	return nil
}

func number(name, text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%w: %s is %q, which is not a number", model.ErrInvalid, name, text)
	}
	return n, nil
}

// editTable lists the rows of a field, to write one or add one; without any, one is
// added at once.
func (s *Screen) editTable(f model.WritingField) kit.Action {
	t, w := tables[f.ID()], s.current()
	rows := t.rows(&w)
	switch {
	case len(rows) == 0:
		return s.editRow(f, w, rows, 0)
	case t.single:
		return s.editRow(f, w, rows, 0)
	}
	var choices []kit.Choice
	at := func(name string, do func() kit.Action) {
		choices = append(choices, kit.Choice{Name: name, Do: kit.Send{Msg: askMsg{do}}})
	}
	at("add another "+t.one, func() kit.Action { return s.editRow(f, w, rows, len(rows)) })
	for i, r := range rows {
		at("write "+t.line(r), func() kit.Action { return s.editRow(f, w, rows, i) })
	}
	for i, r := range rows {
		at("remove "+t.line(r), func() kit.Action { return s.putRows(f, w, slices.Delete(slices.Clone(rows), i, i+1)) })
	}
	p, cmd := s.NewPicker(f.Label, choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// editRow asks for the texts of a row, which is a new one at the end of them. A row
// without any is removed.
func (s *Screen) editRow(f model.WritingField, was model.Writing, rows [][]string, at int) kit.Action {
	t := tables[f.ID()]
	return s.askRow(f, t, at, blanksOf(t, rows, at), nil, func(values []string) kit.Action {
		next := slices.Clone(rows)
		switch empty := strings.Join(values, "") == ""; {
		case empty && at >= len(next):
			return nil
		case empty:
			next = slices.Delete(next, at, at+1)
		case at < len(next):
			next[at] = values
		default:
			next = append(next, values)
		}
		return s.putRows(f, was, next)
	})
}

func blanksOf(t table, rows [][]string, at int) []kit.Blank {
	blanks := make([]kit.Blank, len(t.columns))
	for i, c := range t.columns {
		blanks[i] = kit.Blank{Name: c.name, Hint: c.hint}
		if at < len(rows) {
			blanks[i].Value = rows[at][i]
		}
	}
	return blanks
}

// askRow asks for a row until what is written can be read, or is closed again as it was
// refused before.
func (s *Screen) askRow(
	f model.WritingField, t table, at int, blanks []kit.Blank, refused []string, done func([]string) kit.Action,
) kit.Action {
	title := fmt.Sprintf("%s: %s %d", f.Label, t.one, at+1)
	d, cmd := s.NewFields(title, blanks, func(values []string, closed bool) kit.Action {
		if err := t.put(&model.Writing{}, [][]string{values}); err != nil {
			if closed && slices.Equal(values, refused) {
				return kit.Status{Text: "Not saved: " + kit.Sentence(err)}
			}
			for i := range blanks {
				blanks[i].Value = values[i]
			}
			return kit.Send{Msg: askMsg{func() kit.Action {
				again := s.askRow(f, t, at, blanks, values, done)
				return kit.All{again, kit.Cmd(func() tea.Msg { return keptMsg{err} })}
			}}}
		}
		return done(values)
	})
	return kit.OpenDialog{Dialog: d, Cmd: cmd}
}

// putRows saves the rows of a field.
func (s *Screen) putRows(f model.WritingField, was model.Writing, rows [][]string) kit.Action {
	var now model.Writing
	if !s.ReportError(tables[f.ID()].put(&now, rows)) {
		return nil
	}
	return s.set(f, was, now, model.ByPerson, "")
}
