package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// approve goes through what is in the way, and asks for the last word.
func (s *Screen) approve() kit.Action {
	d := s.draft
	switch {
	case d.State == model.Approved:
		s.SetStatus("%s is approved, with no edits since", d.Record)
		return nil
	case len(d.Missing) > 0:
		s.toMissing()
		s.SetStatus("Not approved: still needed: %s", strings.Join(d.Missing, ", "))
		return nil
	}
	if open := s.blocking(); len(open) > 0 {
		return s.listBlocking(open)
	}
	about := []string{fmt.Sprintf("  %s  severity %s, confidence %s, basis %s", s.Safe(d.Writing.Title),
		d.Writing.Severity, d.Writing.Confidence, d.Writing.Basis)}
	for _, p := range d.Problems {
		if !p.Blocks {
			about = append(about, "  to check: "+s.Safe(p.Message))
		}
	}
	for _, rule := range s.overruled() {
		about = append(about, fmt.Sprintf("  overruled: %s, because %s", rule, s.reasons[rule]))
	}
	label := fmt.Sprintf("Approve %s r%d?", d.Record, d.Approved+1)
	return kit.Confirm{Confirmation: kit.Confirmation{About: about, Label: label, Answers: kit.Yes(s.sendApproval)}}
}

// toMissing puts the cursor on the first field that is required and empty.
func (s *Screen) toMissing() {
	for i, f := range fields {
		if f.Required && f.Empty(&s.draft.Writing) {
			s.at.Cursor = i
			s.bring()
			return
		}
	}
}

// blocking lists the rules whose problems are in the way and not overruled, with the
// first problem of each.
func (s *Screen) blocking() []model.Problem {
	var open []model.Problem
	for _, p := range s.problems() {
		if p.Blocks && s.reasons[p.Rule] == "" &&
			!slices.ContainsFunc(open, func(o model.Problem) bool { return o.Rule == p.Rule }) {
			open = append(open, p)
		}
	}
	return open
}

// overruled lists the rules that are overruled and still have a problem.
func (s *Screen) overruled() []string {
	var rules []string
	for _, p := range s.draft.Problems {
		if p.Blocks && s.reasons[p.Rule] != "" && !slices.Contains(rules, p.Rule) {
			rules = append(rules, p.Rule)
		}
	}
	return rules
}

// listBlocking lists what is in the way: to go to its field, or to overrule it.
func (s *Screen) listBlocking(open []model.Problem) kit.Action {
	var choices []kit.Choice
	for _, p := range open {
		choices = append(choices, kit.Choice{
			Name: "overrule, with a reason: " + p.Message + " [" + p.Rule + "]",
			Do:   kit.Send{Msg: askMsg{func() kit.Action { return s.askReason(p) }}},
		})
	}
	for _, p := range open {
		choices = append(choices, kit.Choice{
			Name: "go to its field: " + p.Message,
			Do:   kit.Send{Msg: askMsg{func() kit.Action { s.toField(fieldOf(p.Field)); return nil }}},
		})
	}
	title := humanize.Count(len(open), "problem") + " blocking approval " + string(s.draft.Record)
	p, cmd := s.NewPicker(title, choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

func (s *Screen) toField(id string) {
	s.at.Cursor = max(0, slices.IndexFunc(fields, func(f model.WritingField) bool { return f.ID() == id }))
	s.bring()
}

// askReason asks why a problem is none, and goes on to the next.
func (s *Screen) askReason(p model.Problem) kit.Action {
	return kit.Ask{Question: kit.Question{
		About: []string{"  " + s.Safe(p.Message)}, Label: "Reason for overruling (kept in journal and record)",
		Done: func(reason string) kit.Action {
			if reason == "" {
				s.SetStatus("Not overruled: a reason is required")
				return nil
			}
			if s.reasons == nil {
				s.reasons = map[string]string{}
			}
			s.reasons[p.Rule] = sanitize.Input(reason)
			s.Fit()
			return kit.Send{Msg: askMsg{s.approve}}
		},
	}}
}

// actedMsg reports an approval or a withdrawal.
type actedMsg struct {
	draft model.RecordDraft
	what  string
	stale bool
	err   error
}

// act sends an approval or a withdrawal; keys pressed meanwhile wait.
func (s *Screen) act(do func(context.Context) (done string, err error)) kit.Action {
	s.acting = true
	ctx, desk, id := s.Ctx, s.desk, s.draft.Record
	return kit.Cmd(func() tea.Msg {
		what, err := do(ctx)
		if err != nil && !errors.Is(err, model.ErrStale) {
			return actedMsg{err: err}
		}
		stale := err != nil
		d, err := desk.RecordDraft(ctx, id)
		return actedMsg{d, what, stale, err}
	})
}

func (s *Screen) sendApproval() kit.Action {
	a := model.RecordApproval{Record: s.draft.Record, Base: s.draft.Revision, Actor: s.Actor, At: s.Clock().UTC()}
	for _, rule := range s.overruled() {
		if a.Overrule == nil {
			a.Overrule = map[string]string{}
		}
		a.Overrule[rule] = s.reasons[rule]
	}
	desk := s.desk
	return s.act(func(ctx context.Context) (string, error) {
		d, err := desk.ApproveRecord(ctx, a)
		done := fmt.Sprintf("Approved as %s r%d", a.Record, d.Approved)
		if clock := d.Preview.Clock; err == nil && clock != nil {
			done += ". " + clock.String()
		}
		return done, err
	})
}

// acted takes in an approval or a withdrawal, and leads back to where the record was
// opened from.
func (s *Screen) acted(msg actedMsg) kit.Action {
	s.acting = false
	then := s.then
	s.then = nil
	if !s.ReportError(msg.err) {
		return nil
	}
	s.show(msg.draft)
	if msg.stale {
		s.SetStatus("Not done: %s edited this record in the meantime; review it again",
			sanitize.Line(msg.draft.Actor))
		return nil
	}
	s.reasons = nil
	if then != nil {
		return then()
	}
	return kit.All{kit.Run{Command: keys.Back}, kit.Reload{}, kit.Status{Text: msg.what}}
}

// withdraw asks why the record is taken back.
func (s *Screen) withdraw() kit.Action {
	d := s.draft
	if d.State == model.WithdrawnState {
		s.SetStatus("%s is already withdrawn", d.Record)
		return nil
	}
	about := "  never approved: removed from the drafts"
	if d.Approved > 0 {
		about = fmt.Sprintf("  revision %d is no longer exported; it stays in the journal", d.Approved)
	}
	return kit.Ask{Question: kit.Question{
		About: []string{about}, Label: fmt.Sprintf("Reason for withdrawing %s", d.Record),
		Done: func(reason string) kit.Action {
			if reason == "" {
				s.SetStatus("Not withdrawn: a reason is required")
				return nil
			}
			desk, id, actor := s.desk, d.Record, s.Actor
			return s.act(func(ctx context.Context) (string, error) {
				_, err := desk.WithdrawRecord(ctx, id, reason, actor)
				return string(id) + " withdrawn", err
			})
		},
	}}
}
