package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"fineprint/store/export"
	"fineprint/store/nearest"
	"fineprint/tui/theme"
)

// Background is what the desk is drawn on.
type Background string

// The backgrounds; Auto asks the terminal.
const (
	Auto  Background = "auto"
	Dark  Background = "dark"
	Light Background = "light"
)

// Settings are all settings, as a file or the defaults have them. Their tags are
// their names in the file, what they take where neither their type nor [words]
// has it, and one sentence on what they are for.
type Settings struct {
	Actor         string     `name:"actor" takes:"a name" about:"Reviewer name (default: your login name)."`
	Palette       string     `name:"palette" about:"Colour theme: {palettes}."`
	Background    Background `name:"background" about:"Terminal background; auto detects it."`
	ASCII         bool       `name:"ascii" about:"Use ASCII characters only."`
	ReducedMotion bool       `name:"reduced_motion" about:"No animation: no progress bars, no blinking cursor."`
	Mouse         bool       `name:"mouse" about:"Use the mouse on the desk; false leaves it to the terminal, for selecting text."`
	DayBar        bool       `name:"day_bar" about:"Show the day bar in the queue: decisions today, minutes, and time per decision."`
	DayGoal       int        `name:"day_goal" range:"1 10000" about:"Decisions per day; the day bar is full at this number."`
	Offline       bool       `name:"offline" about:"Refuse everything that needs the network: fetching, finding, the Internet Archive, telling targets."`
	ReminderDays  int        `name:"reminder_days" range:"1 365" about:"How many days ahead terms that take effect are told of while nobody has decided on them."`
	Split         int        `name:"split" range:"30 70" about:"Width of the old text side by side, in percent."`
	Editor        string     `name:"editor" takes:"a command" about:"Editor for summaries (default: VISUAL, then EDITOR)."`
	ExportPath    string     `name:"export.path" takes:"a file" about:"Default export file on the desk; its extension selects the format."`
	ExportFormat  string     `name:"export.format" about:"Default format of ~fineprint export~, if neither --format nor the file name selects one."`

	QueueColumns []string `name:"queue.columns" about:"The columns of the queue, in their order."`

	DraftCommand []string `name:"draft.command" takes:"a list: a program and its arguments" about:"Command that drafts records (none: no drafts). It gets the change as JSON on standard input; ~fineprint draft --example~ prints one for a model on this machine."`
	DraftTimeout string   `name:"draft.timeout" takes:"a time such as 60s, 10m at most" about:"How long the draft command may take."`
	DraftEnv     []string `name:"draft.env" takes:"a list of names" about:"Environment variables that the draft command gets beside PATH."`

	QuietFrom string   `name:"quiet.from" takes:"a time of day" about:"Quiet hours: alerts wait from this time on, such as 22:00, and go as one message after."`
	QuietTo   string   `name:"quiet.to" takes:"a time of day" about:"Quiet hours: until this time, such as 07:00."`
	QuietDays []string `name:"quiet.days" about:"Quiet hours: the days on which they begin."`
	QuietZone string   `name:"quiet.time_zone" takes:"a time zone" about:"Quiet hours and digests: time zone, such as Europe/Berlin (default: the system's)."`

	Learn     bool   `name:"insight.learn" about:"Order the queue by what your decisions taught, too; it hides and decides nothing. What is learned stays in the database."`
	LearnFrom string `name:"insight.learn_from" about:"Whose decisions teach: everybody's in the database, or only your own."`

	BackupAutomatic bool   `name:"backup.automatic" about:"Back up the database by itself: before the first write of a day, a migration, and ~detect --again~."`
	BackupFolder    string `name:"backup.folder" takes:"a folder" about:"Where backups are kept, one folder a database in it (default: beside the database)."`
	BackupKeep      int    `name:"backup.keep" range:"1 1000" about:"How many automatic backups are kept."`

	Targets  []Target            // who is told of alerts, in the order of their names
	Snippets []Named             // phrases for summaries, in the file's order; see [Expand]
	Filters  []Named             // saved filters of the queue, in the file's order
	Keys     map[string][]string // the keys of commands as they were remapped; [Remap] applies them
}

// Named is a text somebody gave a name to.
type Named struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Default returns the settings that hold without a file.
func Default() Settings {
	return Settings{
		Palette:      theme.Default,
		Background:   Auto,
		Mouse:        true,
		DayBar:       true,
		DayGoal:      50,
		ReminderDays: 14,
		Split:        50,
		ExportPath:   "records.md",
		ExportFormat: "json",
		DraftTimeout: "60s",
		QueueColumns: []string{"severity", "platform", "added", "removed", "modified", "alike", "age"},
		QuietDays:    slices.Clone(Weekdays),
		Learn:        true,
		LearnFrom:    LearnFromAll,

		BackupAutomatic: true,
		BackupKeep:      7,

		Keys: map[string][]string{},
	}
}

// allowedValues are what those settings take that take one of a few words.
var allowedValues = map[string][]string{
	"palette":       theme.Palettes(),
	"background":    {string(Auto), string(Dark), string(Light)},
	"export.format": export.Names(),
	"queue.columns": QueueColumns,
	"quiet.days":    Weekdays,

	"insight.learn_from": {LearnFromAll, LearnFromMe},
}

// Whose decisions teach the order of the queue.
const (
	LearnFromAll = "all"
	LearnFromMe  = "me"
)

// QueueColumns lists the columns that the queue can have.
var QueueColumns = []string{
	"severity", "state", "platform", "added", "removed", "modified", "moved", "noise", "alike", "age", "captured",
	"likely", "id", "record", "author", "assignee", "notes", "tags", "why",
}

// The tables of a file, all but the first with names of the reader's own.
const (
	exportTable   = "export"
	queueTable    = "queue"
	quietTable    = "quiet"
	targetsTable  = "targets"
	draftTable    = "draft"
	insightTable  = "insight"
	backupTable   = "backup"
	snippetsTable = "snippets"
	filtersTable  = "filters"
	keysTable     = "keys"
)

var tables = []string{exportTable, queueTable, draftTable, quietTable, insightTable, backupTable, snippetsTable, filtersTable,
	keysTable}

// setting is one setting, by its tags.
type setting struct {
	name    string // with its table: "export.path"
	accepts string
	about   string
	allowed []string // all it can be, nil for any
	field   int      // of Settings
	low     int64
	high    int64
}

// table lists the settings in the order they are shown.
var table = settings()

func settings() []setting {
	var palettes []string
	for _, p := range theme.Palettes() {
		palettes = append(palettes, p+" ("+theme.About(p)+")")
	}
	listed := strings.NewReplacer("{palettes}", strings.Join(palettes, ", "), "~", "`")
	var list []setting
	for i, f := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
		s := setting{name: f.Tag.Get("name"), accepts: f.Tag.Get("takes"), about: listed.Replace(f.Tag.Get("about")),
			field: i}
		s.allowed = allowedValues[s.name]
		switch {
		case s.name == "":
			continue
		case f.Type.Kind() == reflect.Bool:
			s.accepts = "true or false"
		case f.Type.Kind() == reflect.Int:
			_, _ = fmt.Sscan(f.Tag.Get("range"), &s.low, &s.high)
			s.accepts = fmt.Sprintf("a number from %d to %d", s.low, s.high)
		case f.Type.Kind() == reflect.Slice && s.allowed != nil:
			s.accepts = "a list of " + strings.Join(s.allowed, ", ")
		case s.allowed != nil:
			last := len(s.allowed) - 1
			s.accepts = fmt.Sprintf("%s or %q", strings.Trim(literal(s.allowed[:last]), "[]"), s.allowed[last])
		}
		list = append(list, s)
	}
	return list
}

// of returns the setting's field.
func (t setting) of(s *Settings) reflect.Value { return reflect.ValueOf(s).Elem().Field(t.field) }

// set gives the setting a value of the file, or reports why it can't have it.
func (t setting) set(s *Settings, v any) error {
	switch field := t.of(s); field.Kind() {
	case reflect.Bool:
		b, ok := v.(bool)
		if !ok {
			return fmt.Errorf("%s takes true or false, without quotes", t.name)
		}
		field.SetBool(b)
	case reflect.Int:
		n, ok := v.(int64)
		if !ok || n < t.low || n > t.high {
			return fmt.Errorf("%s takes %s, not %v", t.name, t.accepts, v)
		}
		field.SetInt(n)
	case reflect.Slice:
		return t.setList(field, v)
	default:
		text, ok := v.(string)
		switch {
		case !ok && t.allowed != nil:
			return fmt.Errorf("%s takes %s, not %v", t.name, t.accepts, v)
		case !ok:
			return fmt.Errorf("%s takes %s in quotes, not %v", t.name, t.accepts, v)
		case t.allowed != nil && !slices.Contains(t.allowed, text):
			return fmt.Errorf("%s can't be %q; it takes %s%s", t.name, text, t.accepts, nearest.Meant(text, t.allowed))
		}
		if err := oneLine(text); err != nil {
			return fmt.Errorf("%s %w", t.name, err)
		}
		if t.name == "draft.timeout" {
			if _, err := timeout(text); err != nil {
				return err
			}
		}
		field.SetString(strings.TrimSpace(text))
	}
	return nil
}

// longestDraft is how long a draft command may take at most.
const longestDraft = 10 * time.Minute

// timeout reads how long a draft command may take.
func timeout(text string) (time.Duration, error) {
	d, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil || d <= 0 || d > longestDraft {
		return 0, fmt.Errorf("draft.timeout takes a time such as 60s, %s at most, not %q", longestDraft, text)
	}
	return d, nil
}

// DraftLimit is how long the draft command may take.
func (s *Settings) DraftLimit() time.Duration {
	d, err := timeout(s.DraftTimeout)
	if err != nil {
		return time.Minute
	}
	return d
}

// setTexts gives the setting a list of texts, of which one may stand without brackets.
func (t setting) setTexts(field reflect.Value, v any) error {
	list, ok := v.([]any)
	if text, one := v.(string); one {
		list, ok = []any{text}, true
	}
	var texts []string
	for _, v := range list {
		text, is := v.(string)
		if ok = ok && is && text != "" && oneLine(text) == nil; !ok {
			break
		}
		texts = append(texts, text)
	}
	if !ok {
		return fmt.Errorf("%s takes %s, in quotes, not %v", t.name, t.accepts, v)
	}
	field.Set(reflect.ValueOf(texts))
	return nil
}

// setList gives the setting a list of some of the words it takes, each once.
func (t setting) setList(field reflect.Value, v any) error {
	if t.allowed == nil {
		return t.setTexts(field, v)
	}
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return fmt.Errorf("%s takes %s, not %v", t.name, t.accepts, v)
	}
	var words []string
	for _, v := range list {
		word, _ := v.(string)
		switch {
		case !slices.Contains(t.allowed, word):
			return fmt.Errorf("%s can't have %q; it takes %s%s", t.name, fmt.Sprint(v), t.accepts,
				nearest.Meant(word, t.allowed))
		case slices.Contains(words, word):
			return fmt.Errorf("%s has %q twice", t.name, word)
		}
		words = append(words, word)
	}
	field.Set(reflect.ValueOf(words))
	return nil
}

// oneLine refuses what could break out of the line it is shown on.
func oneLine(s string) error {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return errors.New("must be a single line without control characters")
	}
	return nil
}

// topLevel lists what may be at the beginning of a file.
func topLevel() []string {
	var names []string
	for _, s := range table {
		if !strings.Contains(s.name, ".") {
			names = append(names, s.name)
		}
	}
	return append(names, tables...)
}
