package query

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/store/text/words"
)

// test reports whether an item has what a field asks for.
type test func(env *Env, item *model.QueueItem) bool

// field is a row of the language: what may be asked for by a name.
type field struct {
	Name, Help string
	// aliases are names that may be typed instead.
	aliases []string
	// compared: it takes < <= > >= as well. onlyCompared: it takes nothing else.
	compared, onlyCompared bool
	// alone is the value it has where none is typed, "" when one has to be.
	alone string
	// values are all that it takes; nil when it takes anything that make can read.
	values []string
	// sample is a value for examples.
	sample string
	make   func(op, value string) (test, error)
}

// Fields are what may be asked for, in the order they are shown.
var Fields = []*field{
	{Name: "sev", Help: "severity as set, else as suggested: low, medium, high, critical; `sev>=high`",
		aliases: []string{"severity"}, compared: true, values: stringsOf(model.Severities), make: severityTest},
	{Name: "conf", Help: "confidence: low, medium, high, none", aliases: []string{"confidence"}, compared: true,
		values: append(stringsOf(model.Confidences), "none"), make: confidenceTest},
	{Name: "plat", Help: "platform whose name holds it: `plat:\"google cloud\"`", aliases: []string{"platform"},
		sample: "zoom", make: platformTest},
	{Name: "type", Help: "document type that holds it: `type:privacy`", aliases: []string{"document"},
		sample: "privacy", make: typeTest},
	{Name: "state", Help: "pending, snoozed, in_review, dismissed, approved, changes_requested, contested, all",
		values: append(stringsOf(model.States), string(model.Superseded), "all"), make: stateTest},
	{Name: "kind", Help: "has clauses added, removed, modified, moved, immaterial", aliases: []string{"kinds"},
		values: slices.Sorted(maps.Keys(counts)), make: kindTest},
	{Name: "reason", Help: "reason for being noise: link, date, capture, …", aliases: []string{"why"},
		sample: "link", make: reasonTest},
	{Name: "is", Help: "material, immaterial, noise (probably), judged, marked, alike, mine, noted, " +
		"stale (approved or in review, and the page changed again), undated (material, and the date that the " +
		"document states stayed), announced (takes effect at a day that is still to come), " +
		"deviates (from the playbook)", values: isNames(), make: isTest},
	{Name: "id", Help: "the change's ID or number", sample: "543", make: idTest},
	{Name: "from", Help: "captured then or later: 2026, 2026-01, 2026-01-31, or 90d for the last 90 days",
		aliases: []string{"since"}, sample: "2026-01", make: fromTest},
	{Name: "to", Help: "captured then or before", aliases: []string{"until"}, sample: "2026-01", make: toTest},
	{Name: "date", Help: "captured in that day, month or year; `date>=2026-01`", aliases: []string{"captured"},
		compared: true, sample: "2026-01", make: dateTest},
	{Name: "effective", Help: "takes effect by the document's own words in that day, month or year; `effective>=2026-12`",
		compared: true, sample: "2026-12", make: effectiveTest},
	{Name: "playbook", Help: "brings, ends or alters what deviates from a position of the playbook whose name holds it",
		aliases: []string{"position"}, sample: "retention", make: playbookTest},
	{Name: "age", Help: "time since the capture: `age<30d`, with h, d, w, m, y", compared: true, onlyCompared: true,
		sample: "30d", make: ageTest},
	countField("added"), countField("removed"), countField("modified"), countField("moved"), countField("immaterial"),
	{Name: "alike", Help: "how many changes say the same: `alike>=5`", compared: true, sample: "5",
		make: numberTest(func(c *model.QueueItem) int { return c.DuplicateCount })},
	{Name: "assignee", Help: "who it is assigned to: a name, me, none", sample: "anna", make: assigneeTest},
	{Name: "mine", Help: "assigned to you", alone: "yes", values: []string{"yes", "no"}, make: yesNo(isMine)},
	{Name: "note", Help: "has notes; `note:no`", alone: "yes", values: []string{"yes", "no"}, make: yesNo(isNoted)},
	{Name: "tag", Help: "has a tag: `tag:children`; none, for those without", sample: "children", make: tagTest},
	{Name: "rule", Help: "an alert rule acted on it: its name or ID; `rule:court`, searched on enter", sample: "court",
		make: askedTest(RuleText)},
	{Name: "clause", Help: "touches a clause of a type: `clause:arbitration`, `clause:data_retention`; searched on enter",
		values: clausetype.IDs(), make: askedTest(ClauseText)},
	{Name: "text", Help: "words in the clauses that changed: `text:arbitration`, `text:\"class action\"`; searched on enter",
		sample: "arbitration", make: textTest},
}

// counts are the kinds of clause changes that an item counts.
var counts = map[string]func(*model.QueueItem) int{
	"added":      func(c *model.QueueItem) int { return c.Counts.Added },
	"removed":    func(c *model.QueueItem) int { return c.Counts.Removed },
	"modified":   func(c *model.QueueItem) int { return c.Counts.Modified },
	"moved":      func(c *model.QueueItem) int { return c.Counts.Moved },
	"immaterial": func(c *model.QueueItem) int { return c.Counts.Immaterial },
}

func countField(name string) *field {
	return &field{Name: name, Help: fmt.Sprintf("how many clauses are %s: `%s>10`", name, name), compared: true,
		sample: "10", make: numberTest(counts[name])}
}

func stringsOf[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = string(v)
	}
	return all
}

// fieldNamed returns the field of a name or an alias, nil when there is none.
func fieldNamed(name string) *field {
	for _, f := range Fields {
		if f.Name == name || slices.Contains(f.aliases, name) {
			return f
		}
	}
	return nil
}

// fieldNames lists the names, without the aliases.
func fieldNames() []string {
	all := make([]string, len(Fields))
	for i, f := range Fields {
		all[i] = f.Name
	}
	return all
}

// example is the field with an operator and a value.
func (f *field) example() string {
	op, value := ":", f.sample
	if value == "" {
		value = f.values[0]
	}
	if f.onlyCompared {
		op = "<"
	}
	return f.Name + op + value
}

// compile makes the test of a field: that any of the values is met.
func (f *field) compile(op string, values []string) (test, error) {
	switch {
	case op == ":" && f.onlyCompared:
		return nil, invalid("%s needs a comparison, as in %s", f.Name, f.example())
	case op != ":" && !f.compared:
		return nil, invalid("%s can't be compared; write %s", f.Name, f.example())
	case op != ":" && len(values) > 1:
		return nil, invalid("a comparison takes one value, as in %s%s%s", f.Name, op, values[0])
	}
	tests := make([]test, len(values))
	for i, v := range values {
		if f.values != nil && !slices.Contains(f.values, v) {
			return nil, f.unknown(v)
		}
		var err error
		if tests[i], err = f.make(op, v); err != nil {
			return nil, err
		}
	}
	if len(tests) == 1 {
		return tests[0], nil
	}
	return func(env *Env, c *model.QueueItem) bool {
		return slices.ContainsFunc(tests, func(t test) bool { return t(env, c) })
	}, nil
}

// unknown is the error about a value that the field does not take.
func (f *field) unknown(v string) error { return unknownValue(f.Name, v, f.values) }

func unknownValue(name, v string, values []string) error {
	why := nearest.Meant(v, values)
	if why == "" {
		why = "; use one of " + strings.Join(values, ", ")
	}
	return invalid("%s has no value %q%s", name, v, why)
}

// compare makes of an operator what it says of two numbers.
func compare(op string) func(a, b int) bool {
	switch op {
	case "<":
		return func(a, b int) bool { return a < b }
	case "<=":
		return func(a, b int) bool { return a <= b }
	case ">":
		return func(a, b int) bool { return a > b }
	case ">=":
		return func(a, b int) bool { return a >= b }
	}
	return func(a, b int) bool { return a == b }
}

func severityTest(op, v string) (test, error) {
	at, holds := slices.Index(model.Severities, model.Severity(v)), compare(op)
	return func(_ *Env, c *model.QueueItem) bool {
		s := c.Severity
		if s == "" && c.Material {
			s = c.Suggested.Severity
		}
		n := slices.Index(model.Severities, s)
		return n >= 0 && holds(n, at)
	}, nil
}

func confidenceTest(op, v string) (test, error) {
	if v == "none" && op != ":" {
		return nil, invalid("conf: none can't be compared")
	}
	at, holds := slices.Index(model.Confidences, model.Confidence(v)), compare(op) // -1 is none
	return func(_ *Env, c *model.QueueItem) bool {
		n := slices.Index(model.Confidences, c.Confidence)
		return (n >= 0 || op == ":") && holds(n, at)
	}, nil
}

func platformTest(_, v string) (test, error) {
	return func(_ *Env, c *model.QueueItem) bool {
		return strings.Contains(strings.ToLower(c.PlatformName), v) || strings.Contains(c.Platform, v)
	}, nil
}

func typeTest(_, v string) (test, error) {
	return func(_ *Env, c *model.QueueItem) bool { return strings.Contains(strings.ToLower(c.Type), v) }, nil
}

func stateTest(_, v string) (test, error) {
	return func(_ *Env, c *model.QueueItem) bool { return v == "all" || string(c.State) == v }, nil
}

func kindTest(_, v string) (test, error) { return numberTest(counts[v])(">", "0") }

func reasonTest(_, v string) (test, error) {
	reasons := stringsOf(model.Reasons)
	if !slices.ContainsFunc(reasons, func(r string) bool { return strings.HasPrefix(r, v) }) {
		return nil, unknownValue("reason", v, reasons)
	}
	return func(_ *Env, c *model.QueueItem) bool { return strings.HasPrefix(string(c.Reason), v) }, nil
}

var isTests = []struct {
	name string
	test test
}{
	{"material", func(_ *Env, c *model.QueueItem) bool { return c.Material }},
	{"immaterial", func(_ *Env, c *model.QueueItem) bool { return !c.Material }},
	{"noise", func(_ *Env, c *model.QueueItem) bool { return c.ProbablyNoise }},
	{"judged", func(_ *Env, c *model.QueueItem) bool { return c.Severity != "" }},
	{"marked", func(env *Env, c *model.QueueItem) bool { return env.Marked != nil && env.Marked(c.ID) }},
	{"alike", func(_ *Env, c *model.QueueItem) bool { return c.DuplicateCount > 1 }},
	{"stale", func(_ *Env, c *model.QueueItem) bool { return c.Stale != nil }},
	{"mine", isMine},
	{"noted", isNoted},
	{"undated", isUndated},
	{"announced", func(env *Env, c *model.QueueItem) bool { return c.Stated.Coming(env.Now) }},
	{"deviates", func(_ *Env, c *model.QueueItem) bool { return len(c.Deviations) > 0 }},
}

func isMine(env *Env, c *model.QueueItem) bool { return c.Assignee != "" && c.Assignee == env.Actor }

func isNoted(_ *Env, c *model.QueueItem) bool { return c.Notes > 0 }

// yesNo asks for what holds, or for what does not.
func yesNo(holds test) func(op, v string) (test, error) {
	return func(_, v string) (test, error) {
		return func(env *Env, c *model.QueueItem) bool { return holds(env, c) == (v == "yes") }, nil
	}
}

func assigneeTest(_, v string) (test, error) {
	return func(env *Env, c *model.QueueItem) bool {
		switch v {
		case "none":
			return c.Assignee == ""
		case "me":
			return isMine(env, c)
		}
		return strings.HasPrefix(strings.ToLower(c.Assignee), v)
	}, nil
}

func tagTest(_, v string) (test, error) {
	return func(_ *Env, c *model.QueueItem) bool {
		if v == "none" {
			return len(c.Tags) == 0
		}
		return slices.Contains(c.Tags, v)
	}, nil
}

func isNames() []string {
	all := make([]string, len(isTests))
	for i, t := range isTests {
		all[i] = t.name
	}
	return all
}

func isTest(_, v string) (test, error) { return isTests[slices.Index(isNames(), v)].test, nil }

func idTest(_, v string) (test, error) {
	return func(_ *Env, c *model.QueueItem) bool { return strings.HasSuffix(strings.ToLower(string(c.ID)), v) }, nil
}

func numberTest(count func(*model.QueueItem) int) func(op, v string) (test, error) {
	return func(op, v string) (test, error) {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 {
			return nil, invalid("%q is not a number", v)
		}
		holds := compare(op)
		return func(_ *Env, c *model.QueueItem) bool { return holds(count(c), n) }, nil
	}
}

func textTest(_, v string) (test, error) {
	if words.Normal(v) == "" {
		return nil, invalid("text: needs a word, as in text:arbitration")
	}
	return func(env *Env, c *model.QueueItem) bool { return env.Texts[v][c.ID] }, nil
}

// askedTest makes the test of a field whose values are asked for among texts.
func askedTest(text func(v string) string) func(_, v string) (test, error) {
	return func(_, v string) (test, error) {
		asked := text(v)
		return func(env *Env, c *model.QueueItem) bool { return env.Texts[asked][c.ID] }, nil
	}
}

// period is the time that a date names: from its begin until before its end. One that
// was typed as a length of time begins so long before now, and has no end.
type period struct {
	begin, end time.Time
	ago        time.Duration
}

func parsePeriod(name, v string) (period, error) {
	if ago, err := model.ParseDuration(v); err == nil {
		return period{ago: ago}, nil
	}
	for _, layout := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(layout.layout, v); err == nil {
			return period{begin: t, end: t.AddDate(layout.years, layout.months, layout.days)}, nil
		}
	}
	return period{}, invalid("%s: takes a day, a month, a year or a length of time, "+
		"such as 2026-01-31, 2026-01, 2026 or 90d, not %q", name, v)
}

func (p period) beginAt(now time.Time) time.Time {
	if p.ago > 0 {
		return now.Add(-p.ago)
	}
	return p.begin
}

func (p period) endAt(now time.Time) time.Time {
	if p.ago > 0 {
		return now.Add(-p.ago)
	}
	return p.end
}

func fromTest(_, v string) (test, error) {
	p, err := parsePeriod("from", v)
	return func(env *Env, c *model.QueueItem) bool { return !c.To.CapturedAt.Before(p.beginAt(env.Now)) }, err
}

func toTest(_, v string) (test, error) {
	p, err := parsePeriod("to", v)
	return func(env *Env, c *model.QueueItem) bool { return c.To.CapturedAt.Before(p.endAt(env.Now)) }, err
}

func dateTest(op, v string) (test, error) {
	p, err := parsePeriod("date", v)
	if err == nil && p.ago > 0 {
		return nil, invalid("date: takes a day, a month or a year, such as 2026-01; write age<%s", v)
	}
	return func(_ *Env, c *model.QueueItem) bool { return p.holds(op, c.To.CapturedAt) }, err
}

func ageTest(op, v string) (test, error) {
	limit, err := model.ParseDuration(v)
	holds := compare(op)
	return func(env *Env, c *model.QueueItem) bool {
		return holds(int(env.Now.Sub(c.To.CapturedAt)/time.Second), int(limit/time.Second))
	}, err
}
