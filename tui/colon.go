package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/theme"
)

// typedLine is what was typed at the command line, as far as it is known: a command by
// its name, or one of keys.Lines with its argument.
type typedLine struct {
	command  keys.Command // "" when it is a line
	line     keys.Line
	argument string
}

// lineHandler does what a line is for. It is an error when the argument is none; then
// nothing was done.
type lineHandler func(m *Model, argument string) (kit.Action, error)

// lineHandlers are what the lines of the registry do.
var lineHandlers map[string]lineHandler

func init() { lineHandlers = makeLineHandlers() } // some run commands, and the line is one

func makeLineHandlers() map[string]lineHandler {
	return map[string]lineHandler{
		"go":  func(_ *Model, id string) (kit.Action, error) { return goTo(id) },
		"row": (*Model).goToRow,
		"filter": func(_ *Model, text string) (kit.Action, error) {
			return kit.ListQuery{Query: text}, nil
		},
		"sort":        func(m *Model, how string) (kit.Action, error) { return nil, m.queue.SortBy(how) },
		"group":       func(m *Model, how string) (kit.Action, error) { return nil, m.queue.GroupBy(how) },
		"severity":    runs(severities),
		"confidence":  runs(confidences),
		"basis":       (*Model).setBasis,
		"dismiss":     answers(keys.Dismiss),
		"snooze":      answers(keys.Snooze),
		"note":        func(m *Model, text string) (kit.Action, error) { return m.notes.Write(text, m.target()), nil },
		"assign":      func(m *Model, name string) (kit.Action, error) { return m.notes.AssignTo(name, m.target()), nil },
		"tag":         func(m *Model, text string) (kit.Action, error) { return m.notes.TagAs(text, m.target()), nil },
		"rule":        func(m *Model, text string) (kit.Action, error) { return m.rules.Typed(text) },
		"find":        answers(keys.Find),
		"search":      func(_ *Model, words string) (kit.Action, error) { return kit.OpenSearch{Query: words}, nil },
		"save-filter": answers(keys.SaveFilter),
		"track":       answers(keys.Track),
		"mark":        (*Model).setMarkNamed,
		"marks":       func(m *Model, _ string) (kit.Action, error) { return m.listMarks(), nil },
		"export":      func(m *Model, to string) (kit.Action, error) { return m.exporter.To(to) },
		"theme":       (*Model).useTheme,
		"help":        func(m *Model, word string) (kit.Action, error) { return m.helpOn(word), nil },
	}
}

var (
	severities = map[string]keys.Command{
		"low": keys.Low, "medium": keys.Medium, "high": keys.High, "critical": keys.Critical,
	}
	confidences = map[string]keys.Command{
		"low": keys.LowConfidence, "medium": keys.MediumConfidence, "high": keys.HighConfidence,
	}
)

// lineValues are the arguments of lines that take one of a few.
var lineValues = map[string]func(m *Model) []string{
	"sort":       func(m *Model) []string { return m.queue.Orders() },
	"group":      func(m *Model) []string { return m.queue.Groupings() },
	"severity":   func(*Model) []string { return stringsOf(model.Severities) },
	"confidence": func(*Model) []string { return stringsOf(model.Confidences) },
	"basis":      func(*Model) []string { return stringsOf(model.Bases) },
	"theme":      func(*Model) []string { return theme.Palettes() },
	"export":     func(m *Model) []string { return m.exporter.Formats() },
}

func stringsOf[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = string(v)
	}
	return all
}

// keptLines is how many lines the command line remembers.
const keptLines = 50

// commandLine asks for a command by its name. Nothing is done before enter, and what is
// no command keeps the line open.
func (m *Model) commandLine() kit.Action {
	return kit.Ask{Question: kit.Question{
		Label: "Command", Enter: "run",
		Hint:    "go FP-C-…  42  filter sev>=high  sort age  severity high  snooze 2w  marks  help WORD; any command by name",
		History: m.typed,
		Check: func(text string) error {
			_, err := m.readLine(text)
			return err
		},
		Complete: m.completeLine,
		Done:     m.runLine,
	}}
}

// readLine finds out what was typed; a zero typedLine is nothing.
func (m *Model) readLine(text string) (typedLine, error) {
	text = strings.TrimSpace(strings.TrimLeft(text, ": "))
	if text == "" {
		return typedLine{}, nil
	}
	if _, err := strconv.Atoi(text); err == nil {
		text = "row " + text
	}
	if _, err := model.ParseID(text); err == nil {
		text = "go " + text
	}
	name, argument, several := strings.Cut(text, " ")
	argument = strings.TrimSpace(argument)
	if c := commandNamed(text); several && m.onScreen(c) { // "mark shown" sets no mark
		return typedLine{command: c}, nil
	}
	if line, ok := keys.LineNamed(strings.ToLower(name)); ok {
		switch {
		case argument == "" && line.Bare != "":
			return typedLine{command: line.Bare}, nil
		case argument == "" && line.Argument != "":
			return typedLine{}, invalid("%s needs its argument: %s %s", line.Name, line.Name, line.Argument)
		}
		return typedLine{line: line, argument: argument}, m.checkValue(line, argument)
	}
	return m.readCommand(text)
}

// commandNamed is the name of a command as it may be typed, in words.
func commandNamed(text string) keys.Command {
	return keys.Command(strings.ReplaceAll(strings.ToLower(text), " ", "-"))
}

// onScreen reports whether a command works on the screen that is shown.
func (m *Model) onScreen(c keys.Command) bool {
	return slices.ContainsFunc(m.Keys.Of(m.screen().Name()), func(b keys.Binding) bool { return b.Command == c })
}

// readCommand finds a command of the screen by its name.
func (m *Model) readCommand(text string) (typedLine, error) {
	name := commandNamed(text)
	for _, b := range m.Keys {
		if b.Command != name && !strings.EqualFold(b.Help, text) {
			continue
		}
		if !b.On(m.screen().Name()) {
			return typedLine{}, invalid("%s isn't available on this screen", b.Command)
		}
		return typedLine{command: b.Command}, nil
	}
	first, _, _ := strings.Cut(string(name), "-")
	why := nearest.Meant(string(name), m.lineNames())
	if why == "" {
		why = nearest.Meant(first, m.lineNames())
	}
	if why == "" {
		why = "; tab lists them"
	}
	return typedLine{}, invalid("no command is called %q%s", text, why)
}

// checkValue refuses an argument that is none of the few a line takes.
func (m *Model) checkValue(line keys.Line, argument string) error {
	values := lineValues[line.Name]
	first, _, _ := strings.Cut(strings.TrimPrefix(argument, "-"), " ")
	if values == nil || slices.Contains(values(m), strings.ToLower(first)) {
		return nil
	}
	why := nearest.Meant(strings.ToLower(first), values(m))
	if why == "" {
		why = "; use one of " + strings.Join(values(m), ", ")
	}
	return invalid("%s has no value %q%s", line.Name, first, why)
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", model.ErrInvalid, fmt.Sprintf(format, args...))
}

// lineNames are the names that can be typed on the screen, each once.
func (m *Model) lineNames() []string {
	var all []string
	for _, l := range keys.Lines {
		all = append(all, l.Name)
	}
	for _, b := range m.Keys.Of(m.screen().Name()) {
		all = append(all, string(b.Command))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// completeLine proposes names, and then the arguments of lines that take one of a few.
func (m *Model) completeLine(typed string) (kept string, options []string) {
	name, argument, hasArgument := strings.Cut(strings.TrimLeft(typed, ": "), " ")
	if !hasArgument {
		for _, n := range m.lineNames() {
			if strings.HasPrefix(n, strings.ToLower(name)) {
				options = append(options, n)
			}
		}
		return "", options
	}
	if name == "filter" {
		kept, options = m.queue.CompleteFilter(argument)
		return name + " " + kept, options
	}
	if name == "rule" {
		kept, options = m.rules.Complete(argument, func(begun string) []string {
			_, people := m.queue.CompleteFilter("assignee:" + begun)
			return people
		})
		return name + " " + kept, options
	}
	values := lineValues[name]
	if values == nil || strings.Contains(argument, " ") {
		return typed, nil
	}
	for _, v := range values(m) {
		if strings.HasPrefix(v, strings.ToLower(argument)) {
			options = append(options, v)
		}
	}
	return name + " ", options
}

// runLine does what was typed.
func (m *Model) runLine(text string) kit.Action {
	line, err := m.readLine(text)
	if !m.ReportError(err) || text == "" {
		return nil
	}
	if n := len(m.typed); n == 0 || m.typed[n-1] != text {
		m.typed = append(m.typed[max(0, n+1-keptLines):n:n], text)
	}
	if line.command != "" {
		return kit.Run{Command: line.command}
	}
	if of := line.line.Of; of != "" {
		if !m.onScreen(of) {
			m.SetStatus("Can't do that: %s isn't available on this screen", line.line.Name)
			return nil
		}
		if why := m.disabledReason(of); why != "" {
			m.SetStatus("Can't do that: %s", why)
			return nil
		}
	}
	a, err := lineHandlers[line.line.Name](m, line.argument)
	m.ReportError(err)
	return a
}

// answers runs a command that asks for words, with the words. Where several changes are
// selected the question is asked as ever, with the words filled in: what is at stake is
// to be seen before it is decided.
func answers(c keys.Command) lineHandler {
	return func(m *Model, words string) (kit.Action, error) {
		a, _ := m.carryOut(c)
		ask, ok := a.(kit.Ask)
		if !ok {
			return a, nil
		}
		q := ask.Question
		if len(q.About) > 0 || len(m.target().Many) > 0 {
			q.Value = words
			return kit.Ask{Question: q}, nil
		}
		if q.Check != nil {
			if err := q.Check(words); err != nil {
				return nil, err
			}
		}
		return q.Done(words), nil
	}
}

// runs runs the command of a value, so that it asks what its key asks.
func runs(commands map[string]keys.Command) lineHandler {
	return func(_ *Model, value string) (kit.Action, error) {
		return kit.Run{Command: commands[strings.ToLower(value)]}, nil
	}
}

func (m *Model) setBasis(value string) (kit.Action, error) {
	b, err := model.ParseBasis(value)
	if err != nil {
		return nil, err
	}
	return m.decisions.SetBasis(b, m.target()), nil
}

// goTo opens what an ID names.
func goTo(text string) (kit.Action, error) {
	id, err := model.ParseID(text)
	if err != nil {
		return nil, err
	}
	return kit.Go{ID: id}, nil
}

// follow opens what an ID names, and keeps the way back.
func (m *Model) follow(id model.ID) kit.Action {
	switch id.Kind() {
	case model.ChangeID:
		m.keepWay()
		return kit.Open{Change: id}
	case model.DocumentID:
		return kit.OpenVersions{Document: id}
	case model.ClauseID:
		return kit.OpenClause{Title: string(id), Clause: id}
	case model.RecordID:
		if c := m.queue.ChangeOfRecord(id); c != "" {
			m.keepWay()
			return kit.Open{Change: c}
		}
		return kit.OpenRecord{Record: id}
	}
	m.ReportError(invalid("%s can't be opened here; the IDs of changes, clauses, records and documents can", id))
	return nil
}

// goToRow puts the cursor on the row of a number, from 1.
func (m *Model) goToRow(text string) (kit.Action, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return nil, invalid("%q is not the number of a row", text)
	}
	if m.screen() == kit.Screen(m.queue) {
		m.keepWay()
		return nil, m.queue.GoToRow(n)
	}
	m.screen().Scroll(-1 << 30)
	m.screen().Scroll(n - 1)
	return nil, nil
}

// useTheme uses a palette until the desk is left.
func (m *Model) useTheme(name string) (kit.Action, error) {
	m.Config.Palette = strings.ToLower(name)
	m.ApplyTheme()
	m.SetStatus("Theme %s for this session; set palette = %q in the settings to keep it", m.Theme.Palette, m.Theme.Palette)
	return kit.Refit{}, nil
}

// helpOn lists the commands of the screen that a word finds.
func (m *Model) helpOn(word string) kit.Action {
	a := m.palette()
	open, ok := a.(kit.OpenDialog)
	if p, is := open.Dialog.(*kit.Picker); ok && is {
		p.Type(word)
	}
	return a
}
