// Package alerts is the screen of alert rules, of the targets that are told, and of what
// waits for them or failed. It is not for making rules (package tui/rules), nor for
// applying them or sending: functions that the desk was given do that, as jobs.
//
// Invariants:
//   - Nothing is sent, removed or taken back by one key: what tells others or undoes work
//     asks first, and says what is at stake.
package alerts

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Desk is what the screen reads and writes.
type Desk interface {
	AlertRules(ctx context.Context) ([]model.AlertRule, error)
	TargetFigures(ctx context.Context) ([]model.TargetFigures, error)
	OutboxItems(ctx context.Context, finished int) ([]model.OutboxItem, error)
	RetryAlert(ctx context.Context, id string) (model.OutboxItem, error)
	AlertRuleStanding(ctx context.Context, named string) (model.AlertRemoval, error)
	RemoveAlertRule(ctx context.Context, named string, takeBack bool, by string) (model.AlertRemoval, error)
}

// Sending is how targets are told. Functions that are nil leave out what they are for.
type Sending struct {
	// Test sends a target a test and says how that went.
	Test func(ctx context.Context, target string) (what string, err error)
	// Run applies the rules to what is new, sends what is due, and says what came of it; bad
	// when something failed.
	Run func(ctx context.Context) (what string, bad bool, err error)
}

// Jobs runs what takes time while the reader goes on.
type Jobs interface {
	Do(what string, do func(ctx context.Context, progress func(done, total int)) error,
		then func(err error) kit.Action) kit.Action
}

// target is a row of the targets.
type target struct {
	model.TargetFigures
	kind string
}

// Screen is the screen of alerts.
type Screen struct {
	*kit.Common
	desk    Desk
	sending Sending
	jobs    Jobs
	at      kit.List
	read
	kit.Request
}

// read is what was read of the store.
type read struct {
	rules   []model.AlertRule
	targets []target
	items   []model.OutboxItem
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Opener   = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
	_ kit.Targeter = (*Screen)(nil)
)

// New makes the screen; desk may be nil where there are no rules.
func New(c *kit.Common, desk Desk, s Sending, j Jobs) *Screen {
	return &Screen{Common: c, desk: desk, sending: s, jobs: j}
}

type (
	alertsMsg struct {
		request int
		read
		err error
	}
	// askMsg brings what stands of a rule that is to be removed.
	askMsg struct {
		standing model.AlertRemoval
		err      error
	}
	doneMsg struct {
		what string
		err  error
	}
)

// Opened reads what the screen shows.
func (s *Screen) Opened() tea.Cmd {
	s.at = kit.List{Cursor: 1}
	return s.Reload()
}

// Reload reads rules, targets and notifications again.
func (s *Screen) Reload() tea.Cmd {
	request, ctx, desk, known := s.Next(), s.Ctx, s.desk, s.Config.Targets
	return func() tea.Msg {
		var r read
		var err error
		if r.rules, err = desk.AlertRules(ctx); err != nil {
			return alertsMsg{request: request, err: err}
		}
		figures, err := desk.TargetFigures(ctx)
		if err != nil {
			return alertsMsg{request: request, err: err}
		}
		r.targets = join(known, figures)
		r.items, err = desk.OutboxItems(ctx, 0)
		return alertsMsg{request, r, err}
	}
}

// join puts the targets of the settings and what was counted of each together; those that
// are not in the settings any more come last.
func join(known []config.Target, figures []model.TargetFigures) (list []target) {
	of := map[string]model.TargetFigures{}
	for _, f := range figures {
		of[f.Target] = f
	}
	for _, t := range known {
		f := of[t.Name]
		f.Target = t.Name
		kind := t.Kind
		if t.Every != "" {
			kind += ", by " + t.Every
		}
		list = append(list, target{f, kind})
		delete(of, t.Name)
	}
	for _, f := range figures {
		if _, left := of[f.Target]; left {
			list = append(list, target{f, ""})
		}
	}
	return list
}

// Update takes in what was read, and how what was asked for went.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch got := msg.(type) {
	case alertsMsg:
		if s.Answered(&s.Request, got.request, got.err) {
			s.read = got.read
			s.at.N = len(s.rules) + len(s.targets) + len(s.items) + headings
			s.Scroll(0)
		}
	case askMsg:
		if s.ReportError(got.err) {
			return s.askRemoval(got.standing), true
		}
	case doneMsg:
		if s.ReportError(got.err) {
			s.SetStatus("%s", got.what)
			return kit.Reload{}, true
		}
	default:
		return nil, false
	}
	return nil, true
}

// headings is how many lines of the list are headings.
const headings = 3

// row tells what a line of the list is: one of the three parts, and which of it; -1 for
// the heading of the part.
func (s *Screen) row(i int) (part, at int) {
	for part, n := range []int{len(s.rules), len(s.targets), len(s.items)} {
		if i <= n {
			return part, i - 1
		}
		i -= n + 1
	}
	return headings, -1
}

func (s *Screen) rule() *model.AlertRule {
	if part, at := s.row(s.at.Cursor); part == 0 && at >= 0 {
		return &s.rules[at]
	}
	return nil
}

func (s *Screen) target() *target {
	if part, at := s.row(s.at.Cursor); part == 1 && at >= 0 {
		return &s.targets[at]
	}
	return nil
}

func (s *Screen) item() *model.OutboxItem {
	if part, at := s.row(s.at.Cursor); part == 2 && at >= 0 {
		return &s.items[at]
	}
	return nil
}

// Name is alerts.
func (s *Screen) Name() keys.Screen { return keys.Alerts }

// Head is the title, and whether it is quiet.
func (s *Screen) Head() []string {
	right := s.Counted(len(s.rules), "rule") + ", " + s.Counted(len(s.targets), "target")
	return []string{s.TitleBar("Alerts", right), s.Theme.Faint.Styled(s.Cut(s.Plain(" "+s.quiet()), s.W))}
}

// quiet is whether targets are told now.
func (s *Screen) quiet() string {
	q, err := s.Config.QuietHours()
	if err != nil {
		return "Quiet hours: " + sanitize.Line(err.Error())
	}
	if s.Config.QuietFrom == "" && s.Config.QuietTo == "" {
		return "No quiet hours; targets are told after a fetch, an import, and while a watch runs"
	}
	from, to := cmp.Or(s.Config.QuietFrom, "00:00"), cmp.Or(s.Config.QuietTo, "00:00")
	days := ""
	if n := len(s.Config.QuietDays); n < len(config.Weekdays) {
		days = " on " + strings.Join(s.Config.QuietDays, ", ")
	}
	if q.Holds(s.Clock()) {
		return fmt.Sprintf("Quiet now, until %s (%s–%s%s); what waits goes as one message after", to, from, to, days)
	}
	return fmt.Sprintf("Quiet hours %s–%s%s; not quiet now", from, to, days)
}

// Status is what can be done with the row.
func (s *Screen) Status() string {
	switch {
	case s.rule() != nil:
		return "Enter lists what the rule acted on, " + s.Keys.Key(keys.RuleFinds) + " what its filter finds now, whatever the state"
	case s.target() != nil:
		return s.Keys.Key(keys.TestTarget) + " sends a test, after asking"
	case s.item() != nil:
		return s.Keys.Key(keys.RetryAlert) + " tries it again now; enter opens its change"
	}
	return ""
}

// Fit keeps the cursor in sight.
func (s *Screen) Fit() { s.Scroll(0) }

func (s *Screen) listHeight() int { return max(3, s.Height()-len(s.detail())) }

// Scroll moves the cursor, past the headings.
func (s *Screen) Scroll(by int) {
	s.at.Move(by, s.listHeight())
	step := 1
	if by < 0 && s.at.Cursor > 0 {
		step = -1
	}
	for _, way := range []int{step, -step} {
		for i := s.at.Cursor; i >= 0 && i < s.at.N; i += way {
			if _, at := s.row(i); at >= 0 {
				s.at.Move(i-s.at.Cursor, s.listHeight())
				if i == 1 {
					s.at.Top = 0 // the heading above it
				}
				return
			}
		}
	}
}

// Facts are what is under the cursor.
func (s *Screen) Facts() keys.Facts {
	f := s.Target().Facts(s.DeskFacts)
	if s.rule() == nil && s.item() == nil && s.target() == nil {
		f.NoItem = "nothing is under the cursor"
	}
	switch {
	case s.rule() != nil && s.rule().Acted == 0:
		f.NoOpen = "the rule acted on nothing yet (" + s.Keys.Key(keys.RuleFinds) + " lists what its filter finds)"
	case s.target() != nil:
		f.NoOpen = "a target has nothing to open (" + s.Keys.Key(keys.TestTarget) + " tests it)"
	case s.item() != nil && s.item().Change == "":
		f.NoOpen = "this notification is about no change"
	}
	return f
}

// Target is the change that a notification tells of.
func (s *Screen) Target() kit.Target {
	if i := s.item(); i != nil {
		return kit.Target{ID: i.Change}
	}
	return kit.Target{}
}

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	isRow := func(i int) bool { _, at := s.row(i); return at >= 0 }
	if line >= s.listHeight() || !s.at.Clicked(line, isRow) || s.Facts().NoOpen != "" {
		return nil
	}
	return s.open()
}

var handlers = kit.Handlers[*Screen]{
	keys.Open:       (*Screen).open,
	keys.TestTarget: (*Screen).askTest,
	keys.RetryAlert: (*Screen).retry,
	keys.RuleFinds:  (*Screen).finds,
	keys.RemoveRule: (*Screen).remove,
	keys.RunAlerts:  (*Screen).runNow,
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// open lists what a rule acted on, or opens a notification's change.
func (s *Screen) open() kit.Action {
	if i := s.item(); i != nil && i.Change != "" {
		return kit.Open{Change: i.Change}
	}
	if r := s.rule(); r != nil {
		name := r.Name
		if strings.Contains(name, " ") {
			name = `"` + name + `"`
		}
		return kit.ListQuery{Query: "rule:" + name + " state:all"}
	}
	return nil
}

// finds lists what a rule's filter finds, whatever its state.
func (s *Screen) finds() kit.Action {
	r := s.rule()
	if r == nil {
		s.SetStatus("Can't do that: the cursor is on no rule")
		return nil
	}
	filter := r.Filter
	if !strings.Contains(filter, "state:") {
		filter += " state:all"
	}
	return kit.ListQuery{Query: filter}
}

// askTest asks before the target under the cursor is told something.
func (s *Screen) askTest() kit.Action {
	t := s.target()
	if t == nil {
		s.SetStatus("Can't do that: the cursor is on no target")
		return nil
	}
	if t.kind == "" {
		s.SetStatus("Can't do that: %s is not in the settings any more", sanitize.Line(t.Target))
		return nil
	}
	name := t.Target
	return kit.Confirm{Confirmation: kit.Confirmation{
		Label: "Send " + name + " (" + t.kind + ") a test now?",
		About: []string{"It says that it is a test; quiet hours and digests are no matter."},
		Answers: kit.Yes(func() kit.Action {
			var what string
			return s.jobs.Do("testing "+sanitize.Line(name), func(ctx context.Context, _ func(int, int)) (err error) {
				what, err = s.sending.Test(ctx, name)
				return err
			}, func(err error) kit.Action {
				if s.ReportError(err) {
					s.SetDone("", "%s", what)
				}
				return kit.Cmd(s.Reload())
			})
		}),
	}}
}

// runNow applies the rules and sends what is due.
func (s *Screen) runNow() kit.Action {
	var what string
	var bad bool
	return s.jobs.Do("running the alert rules", func(ctx context.Context, _ func(int, int)) (err error) {
		what, bad, err = s.sending.Run(ctx)
		return err
	}, func(err error) kit.Action {
		if s.ReportError(err) {
			s.SetStatus("%s", what)
			s.Bad = bad
		}
		return kit.Reload{}
	})
}

// retry has the notification under the cursor tried again.
func (s *Screen) retry() kit.Action {
	i := s.item()
	if i == nil {
		s.SetStatus("Can't do that: the cursor is on no notification")
		return nil
	}
	desk, ctx, id, run := s.desk, s.Ctx, i.ID, s.Keys.Key(keys.RunAlerts)
	return kit.Cmd(func() tea.Msg {
		_, err := desk.RetryAlert(ctx, id)
		return doneMsg{"It is due now, and goes with the next run (" + run + " runs now)", err}
	})
}

// remove reads what stands of the rule under the cursor, to ask.
func (s *Screen) remove() kit.Action {
	r := s.rule()
	if r == nil {
		s.SetStatus("Can't do that: the cursor is on no rule")
		return nil
	}
	desk, ctx, id := s.desk, s.Ctx, string(r.ID)
	return kit.Cmd(func() tea.Msg {
		standing, err := desk.AlertRuleStanding(ctx, id)
		return askMsg{standing, err}
	})
}

// askRemoval asks before a rule is removed, and whether what it did is taken back.
func (s *Screen) askRemoval(r model.AlertRemoval) kit.Action {
	var did []string
	for _, e := range r.Did {
		did = append(did, e.Action+" ("+humanize.Count(e.Count, "change")+")")
	}
	if r.Waiting > 0 {
		did = append(did, humanize.Count(r.Waiting, "notification")+" not sent yet")
	}
	about := []string{"What stands of it: nothing."}
	answers := []kit.Answer{{Key: "y", Does: "remove", Then: func() kit.Action { return s.removal(r.Rule, false) }}}
	if len(did) > 0 {
		about = []string{"What stands of it: " + strings.Join(did, ", ") + ".",
			"Removed, it stays unless it is taken back."}
		answers = append(answers, kit.Answer{Key: "b", Does: "remove and take back",
			Then: func() kit.Action { return s.removal(r.Rule, true) }})
	}
	return kit.Confirm{Confirmation: kit.Confirmation{
		Label: "Remove the rule " + r.Rule.Name + "?", About: about, Answers: answers, Several: true,
	}}
}

func (s *Screen) removal(r model.AlertRule, takeBack bool) kit.Action {
	desk, ctx, by := s.desk, s.Ctx, s.Actor
	return kit.Cmd(func() tea.Msg {
		removed, err := desk.RemoveAlertRule(ctx, string(r.ID), takeBack, by)
		what := "Rule " + r.Name + " removed; what it did stays"
		if takeBack {
			n := 0
			for _, e := range removed.TakenBack {
				n += e.Count
			}
			what = fmt.Sprintf("Rule %s removed; %s taken back, %s recalled", r.Name, humanize.Count(n, "step"),
				humanize.Count(removed.Recalled, "notification"))
		}
		return doneMsg{what, err}
	})
}

// ago is how long ago something was.
func (s *Screen) ago(at time.Time) string {
	if at.IsZero() {
		return "never"
	}
	if past := s.Clock().Sub(at); past < time.Hour {
		return humanize.While(past)
	}
	return humanize.Age(s.Clock().Sub(at))
}
