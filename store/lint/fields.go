package lint

import (
	"slices"
	"strings"
	"time"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/text/clause"
)

func checkMissing(s *subject) {
	if s.record.Kind != model.ProvisionRecord {
		return
	}
	for _, f := range model.WritingFields {
		if f.Required && f.Empty(s.writing) {
			s.report(f.ID(), "%s is empty", strings.ToLower(f.Label))
		}
	}
}

func checkStale(s *subject) {
	if stale := s.record.Stale; stale != nil {
		s.report("stale", "the document doesn't say this any more: %s", stale)
	}
}

func checkSeen(s *subject) {
	if st := s.record.Stability; st != nil {
		first, last := st.FirstSeen, st.LastSeen
		if last.Seq < first.Seq || last.CapturedAt.Before(first.CapturedAt) {
			s.report("stability", "last seen with version %d, %s, before it was first seen with version %d, %s",
				last.Seq, day(last.CapturedAt), first.Seq, day(first.CapturedAt))
		}
		for _, step := range st.History {
			removed := step.Kind == model.Removed
			if step.Seq < first.Seq || step.CapturedAt.Before(first.CapturedAt) ||
				!removed && (step.Seq > last.Seq || step.CapturedAt.After(last.CapturedAt)) {
				s.report("stability", "its history has version %d, %s, but it was seen from version %d, %s, to %d, %s", step.Seq,
					day(step.CapturedAt), first.Seq, day(first.CapturedAt), last.Seq, day(last.CapturedAt))
			}
		}
	}
	if r := s.record; !r.LastVerified.IsZero() && r.LastVerified.Before(r.FirstTracked) {
		s.report("last_verified", "last verified %s, before the document was first tracked, %s", day(r.LastVerified),
			day(r.FirstTracked))
	}
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func checkExposure(s *subject) {
	severity, level := s.writing.Severity, s.writing.Analysis.ExposureLevel
	if severity != "" && severity.Rank() < level.Rank() {
		s.report("severity", "severity is %s, but the exposure of organisations is called %s", severity, level)
	}
}

// unclear are words that say that a clause leaves something open.
var unclear = pattern(`(?i)\b(?:undefined|unclear|ambiguous|ambiguity|vague|(?:is|are|was|were) ` +
	`not (?:further |clearly |precisely )?(?:defined|specified|explained|limited)|(?:does|do)(?: not|n't) ` +
	`(?:define|specify|say|explain)|left open|could be read|may be read|can be read)\b`)

func checkNoteAsked(s *subject) {
	w := s.writing
	if strings.TrimSpace(w.InterpretiveNote) != "" {
		return
	}
	if c := w.Confidence; c != "" && c != model.HighConfidence {
		s.report("interpretive_note", "confidence is %s, so that a note on what is uncertain is asked for", c)
		return
	}
	for _, p := range s.prose() {
		if found := unclear().FindString(withoutQuotations(clause.Plain(p.text, clause.DepthTypography))); found != "" {
			s.report("interpretive_note", "%s says “%s”, so that a note on it is asked for", p.field, found)
			return
		}
	}
}

func checkBasis(s *subject) {
	r := s.record
	quoted := len(r.Provisions) > 0 ||
		slices.ContainsFunc(r.Clauses, func(c model.RecordClause) bool { return c.Old != nil || c.New != nil })
	switch s.writing.Basis {
	case model.Explicit:
		if !quoted {
			s.report("basis", "the basis is that the document says so, but none of its words are quoted")
		}
	case model.Absent:
		if saysLess(r.Clauses) {
			return
		}
		for _, p := range r.Provisions {
			if p.Seq == r.To.Seq {
				s.report("basis", "the basis is that the document doesn't say it, but “%s” is quoted from version %d",
					shortened(p.Quote.Text), p.Seq)
				return
			}
		}
	}
}

// saysLess reports whether something that was said is left out in some clause.
func saysLess(clauses []model.RecordClause) bool {
	return slices.ContainsFunc(clauses, func(c model.RecordClause) bool {
		return c.New == nil || slices.ContainsFunc(c.Spans, func(span model.Span) bool { return span.Op == model.Delete })
	})
}

func checkTypes(s *subject) {
	for _, id := range s.writing.Types {
		if _, ok := clausetype.ByID(id); !ok && strings.TrimSpace(id) != "" {
			s.report("types", "there is no clause type “%s”", shortened(id))
		}
	}
}

func checkEmpty(s *subject) {
	s.checkAnalysisParts()
	w := s.writing
	for i, a := range w.Actions {
		if strings.TrimSpace(a.Text) == "" {
			s.report("actions", "action %d has no text", i+1)
		}
	}
	for i, c := range w.Comparisons {
		if strings.TrimSpace(c.Excerpt) == "" || strings.TrimSpace(c.Platform) == "" {
			s.report("comparisons", "comparison %d has no platform or no excerpt", i+1)
		}
	}
	for _, f := range model.WritingFields {
		if list := f.List(w); list != nil {
			for i, item := range *list {
				if strings.TrimSpace(item) == "" {
					s.report(f.ID(), "item %d of %s is blank", i+1, strings.ToLower(f.Label))
				}
			}
		}
	}
	for _, name := range sortedKeys(w.AgencyReasons) {
		if strings.TrimSpace(w.AgencyReasons[name]) == "" {
			s.report("agency_reasons", "why %s has jurisdiction is empty", shortened(name))
		}
	}
	for _, q := range s.record.FAQ {
		if strings.TrimSpace(q.Answer) == "" {
			s.report("faq", "“%s” has no answer", shortened(q.Question))
		}
	}
	for _, p := range s.prose() {
		if heading := emptyHeading(p.text); heading != "" {
			s.report(p.field, "nothing stands under the heading “%s”", shortened(heading))
		}
	}
}

// checkAnalysisParts: an analysis has all its parts, or none.
func (s *subject) checkAnalysisParts() {
	var empty []model.WritingField
	parts := 0
	for _, f := range model.WritingFields {
		if f.Part {
			parts++
			if f.Empty(s.writing) {
				empty = append(empty, f)
			}
		}
	}
	if len(empty) < parts {
		for _, f := range empty {
			s.report(f.ID(), "the analysis has no %s", strings.ToLower(f.Label))
		}
	}
}

// emptyHeading returns the first Markdown heading in a text that has nothing under it.
func emptyHeading(text string) string {
	open, level := "", 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		marks := len(line) - len(strings.TrimLeft(line, "#"))
		switch isHeading := marks > 0 && marks < 7 && (marks == len(line) || line[marks] == ' '); {
		case isHeading && (open == "" || marks > level):
			open, level = line, marks
		case isHeading:
			return strings.Trim(open, "# ")
		case line != "":
			open = ""
		}
	}
	return strings.Trim(open, "# ")
}

// left are the signs of a text that was not finished.
var left = pattern(`\b(?:TODO|FIXME|TBD|TKTK|XXX+)\b|(?i:lorem ipsum|\bto be (?:added|completed|filled in|written)\b|` +
	`\b(?:insert|fill in|describe|replace|your text)[^.\n]{0,30} here\b)|_{4,}|\{\{[^}\n]{0,80}\}\}`)

// gap is something in brackets that stands for what was to be written there. A link's
// words are none, nor is what is left out of a quotation.
var gap = pattern(`\[(?:…|\.\.\.|\?+|[A-Z][A-Z0-9 _/-]{2,40}|(?i:name|date|number|platform|company|amount|insert|` +
	`describe|which|who|what|how|why|where|when|your|e\.g\.)[^\[\]\n]{0,120})\](?:[^(]|$)`)

func checkPlaceholders(s *subject) {
	for _, p := range s.prose() {
		found := left().FindString(p.text)
		if found == "" {
			found = gap().FindString(withoutQuotations(p.text))
		}
		if blanks := clausetype.Blanks(p.text); found == "" && len(blanks) > 0 {
			found = blanks[0]
		}
		if found == "" {
			if f, ok := model.FieldByID(p.field); ok && strings.TrimSpace(p.text) == f.Hint {
				found = f.Hint
			}
		}
		if found != "" {
			s.report(p.field, "“%s” is a placeholder", shortened(found))
		}
	}
}
