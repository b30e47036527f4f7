package config

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/tui/sanitize"
)

// Target is who is told of alerts: a table [targets.NAME]. Secrets are not in it, but in
// the variable or the file that it names.
type Target struct {
	Name string `json:"name"`
	Kind string `name:"kind" json:"kind" about:"command, webhook, mail, smtp or atom"`

	Command []string `name:"command" json:"command,omitempty" about:"command: the program and its arguments; JSON comes on its standard input"`
	Shell   bool     `name:"shell" json:"shell,omitempty" about:"command: it is one line for sh"`
	URL     string   `name:"url" json:"-" about:"webhook: its address"`
	Private bool     `name:"private" json:"private,omitempty" about:"webhook, smtp: it may be at a private address"`

	SecretEnv  string `name:"secret_env" json:"secret_env,omitempty" about:"webhook, smtp: the variable that the key or the password is in"`
	SecretFile string `name:"secret_file" json:"secret_file,omitempty" about:"webhook, smtp: or the file"`

	Folder string   `name:"folder" json:"folder,omitempty" about:"mail: where it is written"`
	Format string   `name:"format" json:"format,omitempty" about:"mail: eml (the default) or maildir"`
	From   string   `name:"from" json:"from,omitempty" about:"mail, smtp: sender"`
	To     []string `name:"to" json:"to,omitempty" about:"mail, smtp: receivers"`
	Host   string   `name:"host" json:"host,omitempty" about:"smtp: the server"`
	Port   int      `name:"port" json:"port,omitempty" about:"smtp: its port; 587 with STARTTLS, 465 with TLS"`
	User   string   `name:"user" json:"user,omitempty" about:"smtp: who signs in"`
	Plain  bool     `name:"plain" json:"plain,omitempty" about:"smtp: without TLS"`

	File    string `name:"file" json:"file,omitempty" about:"atom: the feed"`
	Entries int    `name:"entries" json:"entries,omitempty" about:"atom: how many entries it keeps, 200 by default"`

	Timeout string `name:"timeout" json:"timeout,omitempty" about:"of one attempt, 10s by default"`
	GiveUp  string `name:"give_up" json:"give_up,omitempty" about:"how long it is tried, 7d by default"`
	Every   string `name:"every" json:"every,omitempty" about:"day or week: all of it in one message"`
	At      string `name:"at" json:"at,omitempty" about:"every: at which time, 08:00 by default; weeks begin on Monday"`
}

// needs are the settings that a kind of target can't be without.
var needs = map[string][]string{"command": {"command"}, "webhook": {"url"}, "mail": {"folder"},
	"smtp": {"host", "from", "to"}, "atom": {"file"}}

// targetFields lists what a target's table may have, by name.
func targetFields() map[string]reflect.StructField {
	fields := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Target]()) {
		if name := f.Tag.Get("name"); name != "" {
			fields[name] = f
		}
	}
	return fields
}

// readTargets takes the tables of targets, and reports what is wrong with them. One that
// has a fault is left out: it must not send otherwise than was meant.
func (r *reader) readTargets(v any, lines map[string]int) {
	in, ok := v.(map[string]any)
	if !ok {
		if v != nil {
			r.problem(0, "targets is a table; write [targets.NAME] and its settings under it")
		}
		return
	}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		table, ok := in[name].(map[string]any)
		if !ok {
			r.problem(lines[name], "targets.%s is a table; write [targets.%s] and its settings under it",
				sanitize.Line(name), sanitize.Line(name))
			continue
		}
		before := len(r.problems)
		t := r.target(name, table, lines[name])
		if len(r.problems) == before {
			r.settings.Targets = append(r.settings.Targets, t)
		}
	}
}

// target reads one target's table.
func (r *reader) target(name string, table map[string]any, line int) Target {
	t := Target{Name: name}
	fields, v := targetFields(), reflect.ValueOf(&t).Elem()
	say := func(format string, args ...any) {
		r.problem(line, "targets.%s: %s", sanitize.Line(name), fmt.Sprintf(format, args...))
	}
	if err := oneLine(name); err != nil || len(name) > 40 || name == "" {
		say("a target's name has up to 40 characters")
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		f, ok := fields[key]
		if !ok {
			say("unknown setting %q%s", key, nearest.Meant(key, slices.Sorted(maps.Keys(fields))))
			continue
		}
		if why := setTarget(v.FieldByIndex(f.Index), table[key]); why != "" {
			say("%s takes %s", key, why)
		}
	}
	if why := t.check(table); why != "" {
		say("%s", why)
	}
	return t
}

// setTarget gives a field a value of the file, or says what it takes.
func setTarget(field reflect.Value, v any) (takes string) {
	switch field.Kind() {
	case reflect.Bool:
		b, ok := v.(bool)
		if !ok {
			return "true or false, without quotes"
		}
		field.SetBool(b)
	case reflect.Int:
		n, ok := v.(int64)
		if !ok || n < 1 || n > 65535 {
			return "a number from 1 to 65535"
		}
		field.SetInt(n)
	case reflect.Slice:
		list, ok := v.([]any)
		if text, isText := v.(string); isText {
			list, ok = []any{text}, true
		}
		for _, v := range list {
			text, isText := v.(string)
			if !isText || strings.ContainsRune(text, 0) {
				ok = false
				break
			}
			field.Set(reflect.Append(field, reflect.ValueOf(text)))
		}
		if !ok {
			return "a list of texts in quotes"
		}
	default:
		text, ok := v.(string)
		if !ok || oneLine(text) != nil {
			return "a text in quotes, in one line"
		}
		field.SetString(strings.TrimSpace(text))
	}
	return ""
}

// check says what is wrong with a target as a whole, "" for nothing.
func (t *Target) check(table map[string]any) string {
	want, ok := needs[t.Kind]
	if !ok {
		kinds := slices.Sorted(maps.Keys(needs))
		return fmt.Sprintf("kind must be one of %s%s", strings.Join(kinds, ", "), nearest.Meant(t.Kind, kinds))
	}
	for _, key := range want {
		if table[key] == nil {
			return fmt.Sprintf("a %s needs %s", t.Kind, key)
		}
	}
	switch {
	case t.Format != "" && t.Format != "eml" && t.Format != "maildir":
		return "format is eml or maildir"
	case t.Every != "" && t.Every != "day" && t.Every != "week":
		return "every is day or week"
	}
	if t.At != "" {
		if _, err := ParseClock(t.At); err != nil {
			return "at is a time, such as 08:00"
		}
	}
	for key, v := range map[string]string{"timeout": t.Timeout, "give_up": t.GiveUp} {
		if v == "" {
			continue
		}
		if _, err := ParsePause(v); err != nil {
			return key + " is a length of time, such as 10s, 5m, 2h or 7d"
		}
	}
	return ""
}

// ParsePause reads a length of time: 10s, 5m, 2h, or of days and more as elsewhere.
func ParsePause(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		d, err = model.ParseDuration(s)
	}
	if err == nil && (d < time.Second || d > 400*24*time.Hour) {
		err = fmt.Errorf("%w: %s is too short or too long", model.ErrInvalid, s)
	}
	return d, err
}

// ParseClock reads a time of day as the minutes since midnight.
func ParseClock(s string) (int, error) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err
}

// Weekdays are the names of the days in settings, from Monday on.
var Weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// Quiet are the hours in which nobody is told anything: from one time of day to another,
// which may be on the next day, on the days on which it begins.
type Quiet struct {
	from, to int // minutes
	on       bool
	days     [7]bool // from Sunday on, as package time has them
	zone     *time.Location
}

// QuietHours are those of the settings.
func (s *Settings) QuietHours() (Quiet, error) {
	q := Quiet{zone: time.Local}
	if s.QuietFrom == "" && s.QuietTo == "" {
		return q, nil
	}
	const midnight = "00:00" // where one of them is not set
	var err error
	if q.from, err = ParseClock(cmp.Or(s.QuietFrom, midnight)); err != nil {
		return Quiet{}, fmt.Errorf("quiet.from takes a time such as 22:00, not %q", s.QuietFrom)
	}
	if q.to, err = ParseClock(cmp.Or(s.QuietTo, midnight)); err != nil {
		return Quiet{}, fmt.Errorf("quiet.to takes a time such as 07:00, not %q", s.QuietTo)
	}
	if s.QuietZone != "" {
		if q.zone, err = time.LoadLocation(s.QuietZone); err != nil {
			return Quiet{}, fmt.Errorf("quiet.time_zone: %q is no time zone such as Europe/Berlin", s.QuietZone)
		}
	}
	for _, day := range s.QuietDays {
		q.days[(slices.Index(Weekdays, day)+1)%7] = true
	}
	q.on = true
	return q, nil
}

// Zone is the time zone of the settings.
func (q Quiet) Zone() *time.Location {
	if q.zone == nil {
		return time.Local
	}
	return q.zone
}

// Holds reports whether it is quiet at a time. From a time to the same is the whole day.
func (q Quiet) Holds(at time.Time) bool {
	if !q.on {
		return false
	}
	at = at.In(q.zone)
	minute, day := at.Hour()*60+at.Minute(), at.Weekday()
	if q.from < q.to {
		return q.days[day] && minute >= q.from && minute < q.to
	}
	return q.days[day] && minute >= q.from || q.days[(day+6)%7] && minute < q.to
}
