package review

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/reading"
	"fineprint/tui/sanitize"
)

// fact is one row under the judgement: a label and what there is to say.
type fact struct {
	label string
	text  string // of anybody, made safe when it is drawn
	hint  string // after it: what to do about it
	faint bool
}

// facts are why the change is in its state, why it was suggested as it was, and what is
// said of it so far.
func (s *Screen) facts(d model.ChangeDetail) []fact {
	var all []fact
	if state := strings.Join(s.notices(d), " · "); state != "" {
		all = append(all, fact{label: "State", text: state})
	}
	if tags := marked(d.Row); tags != "" {
		all = append(all, fact{label: "Tags", text: tags})
	}
	if why := s.why(d.Change); why != "" {
		all = append(all, fact{label: "Why", text: why})
	}
	return append(all, s.summaryFact(d.Review))
}

// marked is what people and rules marked the change with.
func marked(row model.QueueItem) string {
	var parts []string
	for _, tag := range row.Tags {
		parts = append(parts, "#"+tag)
	}
	if row.FoldedBy != "" {
		parts = append(parts, "folded by "+row.FoldedBy)
	}
	return strings.Join(parts, "  ")
}

// notices are what the reader has to know of the review before judging.
func (s *Screen) notices(d model.ChangeDetail) (all []string) {
	v := d.Review
	blind := v.State == model.InReview && !model.SamePerson(v.Author, s.Actor) && !v.Read(s.Actor)
	switch {
	case v.State == model.Dismissed:
		all = append(all, "Dismissed: "+v.Reason)
	case v.State == model.Snoozed && v.Until == "next":
		all = append(all, "Snoozed until the next change")
	case v.State == model.Snoozed:
		all = append(all, "Snoozed until "+v.Until)
	case blind:
		all = append(all, "Author "+v.Author+", rating hidden until you rate")
	case v.State == model.InReview:
		all = append(all, "Author "+v.Author)
	case v.State == model.ChangesRequested:
		all = append(all, fmt.Sprintf("Changes requested by %s: %s", v.Actor, v.Reason))
	case v.State == model.Contested:
		all = append(all, fmt.Sprintf("Contested by %s: %s", v.Actor, v.Reason))
	case v.State == model.Approved && v.Record != "":
		all = append(all, fmt.Sprintf("Approved by %s as %s r%d", v.Actor, v.Record, v.RecordRevision))
	}
	if second := v.Second; second != nil && second.Severity != "" {
		all = append(all, fmt.Sprintf("Second reader (%s): %s", second.Actor, second.Severity))
	}
	if d.Row.Stale != nil {
		all = append(all, "Stale: "+d.Row.Stale.String())
	}
	if text := d.Row.Stated.Text(d.Row.Material, s.Clock()); text != "" {
		all = append(all, "Dates: "+text)
	}
	if d.Document.NotTerms {
		all = append(all, model.NotTermsNote)
	}
	return all
}

// why is what the detection makes of the change.
func (s *Screen) why(c model.Change) string {
	if !c.Material {
		text := "Noise: " + kit.Words(c.Reason)
		if c.Detail != "" {
			text += " (" + c.Detail + ")"
		}
		return text
	}
	text := strings.Join(c.Suggested.Reasons(), " · ")
	if p := c.Suggested.Probability; p > 0 {
		text += fmt.Sprintf(" · %.0f %% likely material", 100*p)
		if len(c.Suggested.Evidence) > 0 {
			text += ": " + strings.Join(c.Suggested.Evidence, ", ")
		}
	}
	return strings.TrimPrefix(text, " · ")
}

// summaryFact is the draft or the summary, else how to come to one.
func (s *Screen) summaryFact(v model.Review) fact {
	key := s.Keys.Key(keys.Summary)
	if s.Drafts != nil {
		if draft := s.Drafts.Draft(v.Change); draft != "" {
			return fact{label: "Draft", text: draft, hint: key + " to continue"}
		}
	}
	f := fact{label: "Summary", text: v.Summary}
	if v.Summary == "" {
		f.text, f.faint = "none", true
		if v.State == model.Pending {
			f.text = "press " + key + " to write one"
		}
	}
	if s.precedent != nil && v.State == model.Pending && v.Summary == "" {
		f.hint = s.similar(*s.precedent) + "  " + s.Keys.Key(keys.Precedent) + " reuse"
	}
	return f
}

// similar is how the like of the change was judged, in a few words.
func (s *Screen) similar(p model.Precedent) string {
	r := p.Review
	how := string(r.State)
	if r.State == model.Dismissed {
		how += " (" + r.Reason + ")"
	} else {
		how += " " + string(r.Severity)
	}
	like := fmt.Sprintf("%.0f %% similar", 100*p.Similarity)
	if p.Same {
		like = "same words"
	}
	on := reading.Day
	if r.UpdatedAt.Year() == s.Clock().Year() {
		on = "2 Jan"
	}
	return fmt.Sprintf("%s: %s on %s", like, how, r.UpdatedAt.Format(on))
}

// most is how many lines a fact may take beside the text.
func (s *Screen) most() int {
	switch {
	case s.H < 24:
		return 1
	case s.H < 40:
		return 2
	}
	return 3
}

// draw is a fact in at most so many lines; what has no room is a key away.
func (s *Screen) draw(f fact, most int) []string {
	room := s.W - labelWidth - 1
	text := sanitize.Line(sanitize.Clip(f.text, (most+1)*s.W))
	style := ansi.Style{}
	if f.faint {
		style = s.Theme.Folded
	}
	if hint := "   " + sanitize.Line(sanitize.Clip(f.hint, s.W)); f.hint != "" && ansi.StringWidth(text+hint) <= room {
		return []string{s.labelled(f.label, style.Styled(text)+s.Theme.Faint.Styled(hint))}
	}
	if f.hint != "" && f.faint { // the hint says more than the text
		text, style = sanitize.Line(sanitize.Clip(f.hint, most*s.W)), s.Theme.Faint
	}
	wrapped := s.Wrap(text, room)
	if len(wrapped) > most {
		rest := strings.Join(wrapped[most-1:], " ")
		more := "  " + s.Keys.Key(keys.Details) + " all"
		wrapped = append(wrapped[:most-1:most-1], s.Cut(rest, room-ansi.StringWidth(more)))
		wrapped[most-1] = style.Styled(wrapped[most-1]) + s.Theme.Key.Styled(more)
	}
	lines := make([]string, len(wrapped))
	for i, l := range wrapped {
		if i < most-1 || len(wrapped) < most {
			l = style.Styled(l)
		}
		label := ""
		if i == 0 {
			label = f.label
		}
		lines[i] = s.labelled(label, l)
	}
	return lines
}

func (s *Screen) labelled(label, text string) string {
	return " " + s.Theme.Faint.Styled(s.Pad(label, labelWidth-1)) + text
}

// details lists all that the head has no room for, to be read in full.
func (s *Screen) details() kit.Action {
	d := s.detail
	var text []string
	add := func(label, of string) {
		if of != "" {
			text = append(text, label, of, "")
		}
	}
	for _, f := range s.facts(*d) {
		if !f.faint {
			add(f.label, f.text)
		}
	}
	if d.Review.Summary != "" && s.Drafts != nil && s.Drafts.Draft(d.Change.ID) != "" {
		add("Summary", d.Review.Summary)
	}
	add("Interpretive note", d.Review.Note)
	if c := d.Change; c.Material {
		add("Suggested severity", string(c.Suggested.Severity))
	}
	if s.precedent != nil {
		add("Precedent", describePrecedent(*s.precedent)+"; summary: "+s.precedent.Review.Summary)
	}
	return kit.OpenDialog{Dialog: s.NewPager("Judgement of "+string(d.Change.ID), text)}
}

// elsewhere describes what somebody else decided: how the review was, and is.
func elsewhere(was, is model.Review) string {
	who := is.Actor
	switch {
	case is.State != was.State && is.State == model.Dismissed:
		return fmt.Sprintf("%s dismissed this change: %s", who, is.Reason)
	case is.State != was.State && is.State == model.Snoozed:
		return fmt.Sprintf("%s snoozed this change until %s", who, is.Until)
	case is.State != was.State && is.State == model.InReview:
		return who + " submitted this change for a second reading"
	case is.State != was.State && is.State == model.Pending:
		return who + " reopened this change"
	case is.State != was.State:
		return fmt.Sprintf("%s set this change to %s", who, kit.Words(is.State))
	}
	for _, set := range []struct{ name, was, is string }{
		{"severity", string(was.Severity), string(is.Severity)},
		{"confidence", string(was.Confidence), string(is.Confidence)},
		{"basis", string(was.Basis), string(is.Basis)},
	} {
		switch {
		case set.is == set.was:
		case set.is == "":
			return fmt.Sprintf("%s cleared the %s", who, set.name)
		default:
			return fmt.Sprintf("%s set %s to %s", who, set.name, set.is)
		}
	}
	if is.Summary != was.Summary {
		return who + " wrote the summary"
	}
	return who + " edited this change"
}

// describePrecedent writes how similar changes were judged, and by whom.
func describePrecedent(p model.Precedent) string {
	r := p.Review
	how := string(r.State)
	if r.Reason != "" {
		how += " (" + r.Reason + ")"
	}
	if r.State != model.Dismissed {
		how += " " + string(r.Severity)
	}
	like := "same words"
	if !p.Same {
		like = kit.SimilarityLabel(p)
	}
	at := r.UpdatedAt.Format(time.DateOnly)
	return fmt.Sprintf("%s (%s): %s by %s on %s", p.Change, like, how, r.Actor, at)
}
