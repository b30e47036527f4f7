// Package rules saves what the queue is filtered by as an alert rule, from the desk: it
// reads what was typed, shows what the rule would have done to all that is there, and
// saves it once that was seen. It is not for the list of rules (package
// tui/screen/alerts), nor for what a rule does (the store).
//
// Invariants:
//   - No rule is saved whose preview was not on the screen: what is saved is the request
//     that was previewed.
package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// Desk previews and saves rules.
type Desk interface {
	PreviewAlertRule(ctx context.Context, q model.AlertRuleRequest, progress func(done, total int)) (model.AlertPreview, error)
	AddAlertRule(ctx context.Context, q model.AlertRuleRequest) (model.AlertPreview, error)
}

// Jobs runs what takes time while the reader goes on.
type Jobs interface {
	Do(what string, do func(ctx context.Context, progress func(done, total int)) error,
		then func(err error) kit.Action) kit.Action
}

// Controller saves rules.
type Controller struct {
	*kit.Common
	desk Desk
	jobs Jobs
	// filter is what the queue lists by.
	filter func() string
}

// New makes a controller.
func New(c *kit.Common, desk Desk, j Jobs, filter func() string) *Controller {
	return &Controller{Common: c, desk: desk, jobs: j, filter: filter}
}

// Commands lists what the controller does.
func (c *Controller) Commands() []keys.Command { return []keys.Command{keys.SaveRule} }

// Ask asks for a name and what the rule does.
func (c *Controller) Ask() kit.Action {
	filter := c.filter()
	if filter == "" {
		c.SetStatus("Can't do that: no filter is set (%s sets one)", c.Keys.Key(keys.Filter))
		return nil
	}
	hint := "NAME then tag:T  assign:WHO  raise:high  notify:TARGET  fold"
	if names := c.targets(); len(names) > 0 {
		hint += "  (targets: " + strings.Join(names, ", ") + ")"
	}
	return kit.Ask{Question: kit.Question{
		Label: "Rule", Enter: "preview", Placeholder: "court tag:court raise:high",
		About: []string{"A rule for what " + filter + " finds, from now on. Nothing is saved before you saw what it would do.", hint},
		Check: func(text string) error {
			if text == "" {
				return nil
			}
			_, err := c.read(text)
			return err
		},
		Complete: func(typed string) (string, []string) { return c.Complete(typed, nil) },
		Done: func(text string) kit.Action {
			if text == "" {
				return nil
			}
			a, err := c.Typed(text)
			c.ReportError(err)
			return a
		},
	}}
}

// Typed previews a rule as it was typed: a name, then what it does.
func (c *Controller) Typed(text string) (kit.Action, error) {
	q, err := c.read(text)
	if err != nil {
		return nil, err
	}
	if q.Filter = c.filter(); q.Filter == "" {
		return nil, fmt.Errorf("%w: no filter is set; a rule would find everything", model.ErrInvalid)
	}
	return c.preview(q, 0), nil
}

func (c *Controller) targets() (names []string) {
	for _, t := range c.Config.Targets {
		names = append(names, t.Name)
	}
	return names
}

// actions are what a rule can be told to do, as it is typed.
var actions = []string{"tag:", "assign:", "raise:", "notify:", "fold", "past"}

// Complete proposes how a rule could go on: what it can do, once it has a name, and the
// values of that. people lists who changes are assigned to; nil is for nobody.
func (c *Controller) Complete(typed string, people func(begun string) []string) (kept string, options []string) {
	at := strings.LastIndexByte(typed, ' ') + 1
	last := typed[at:]
	field, _, valued := strings.Cut(last, ":")
	if strings.TrimSpace(typed[:at]) == "" {
		return typed, nil // its name
	}
	known := actions
	if valued {
		at += max(len(field), strings.LastIndexByte(last, ',')) + 1
		switch strings.ToLower(field) {
		case "raise":
			known = nil
			for _, v := range model.Severities {
				known = append(known, string(v))
			}
		case "notify":
			known = c.targets()
		case "assign":
			known = nil
			if people != nil {
				known = people(typed[at:])
			}
		default:
			known = nil
		}
	}
	begun := strings.ToLower(typed[at:])
	for _, v := range known {
		if strings.HasPrefix(strings.ToLower(v), begun) {
			options = append(options, v)
		}
	}
	return typed[:at], options
}

// read reads a name and actions. The name is what stands before the first of them.
func (c *Controller) read(text string) (q model.AlertRuleRequest, err error) {
	q.Actor = c.Actor
	var name []string
	begun := false
	for _, word := range strings.Fields(text) {
		field, value, has := strings.Cut(word, ":")
		known := has && slices.Contains(actions, field+":") || !has && slices.Contains(actions, word) && len(name) > 0
		if !known {
			if begun || has {
				return q, fmt.Errorf("%w: %q is nothing that a rule does%s", model.ErrInvalid, word, meant(field))
			}
			name = append(name, word)
			continue
		}
		begun = true
		if err := c.action(&q, field, value); err != nil {
			return q, err
		}
	}
	q.Name = strings.Join(name, " ")
	switch {
	case q.Name == "":
		return q, fmt.Errorf("%w: the rule needs a name first, such as court tag:court", model.ErrInvalid)
	case len(q.Actions()) == 0:
		return q, fmt.Errorf("%w: the rule needs an action: %s", model.ErrInvalid, strings.Join(actions[:5], " "))
	}
	return q, nil
}

func meant(field string) string {
	var plain []string
	for _, a := range actions {
		plain = append(plain, strings.TrimSuffix(a, ":"))
	}
	if m := nearest.Meant(field, plain); m != "" {
		return m
	}
	return "; use " + strings.Join(actions, " ")
}

func (c *Controller) action(q *model.AlertRuleRequest, field, value string) (err error) {
	if value == "" && field != "fold" && field != "past" {
		return fmt.Errorf("%w: %s: needs a value", model.ErrInvalid, field)
	}
	switch field {
	case "tag":
		q.Tags = append(q.Tags, strings.Split(value, ",")...)
	case "assign":
		q.Assign = value
	case "raise":
		q.Raise, err = model.ParseSeverity(value)
	case "notify":
		for name := range strings.SplitSeq(value, ",") {
			if names := c.targets(); !slices.Contains(names, name) {
				return fmt.Errorf("%w: no target %q in the settings%s", model.ErrInvalid, name, nearest.Meant(name, names))
			}
			q.Notify = append(q.Notify, name)
		}
	case "fold":
		q.Fold = true
	case "past":
		q.Past = true
	}
	return err
}

// preview tries a rule on all that is there, and shows what it would have done, from a
// line on.
func (c *Controller) preview(q model.AlertRuleRequest, top int) kit.Action {
	var p model.AlertPreview
	return c.jobs.Do("trying the rule", func(ctx context.Context, progress func(int, int)) (err error) {
		p, err = c.desk.PreviewAlertRule(ctx, q, progress)
		return err
	}, func(err error) kit.Action {
		if !c.ReportError(err) {
			return nil
		}
		return kit.OpenDialog{Dialog: newDialog(c, q, p, top)}
	})
}

// save saves a rule that was previewed.
func (c *Controller) save(q model.AlertRuleRequest) kit.Action {
	var p model.AlertPreview
	return c.jobs.Do("saving the rule", func(ctx context.Context, _ func(int, int)) (err error) {
		p, err = c.desk.AddAlertRule(ctx, q)
		return err
	}, func(err error) kit.Action {
		if !c.ReportError(err) {
			return nil
		}
		when := "from the next fetch or import on"
		if q.Past {
			when = "from the next run on, and " + humanize.Count(p.Matched, "change") + " that are there"
		}
		c.SetDone("", "Rule %s saved; it applies %s (%s lists rules)", p.Rule.Name, when, c.Keys.Key(keys.ToAlerts))
		return kit.Reload{}
	})
}
