package review

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"fineprint/store/model"
)

// hostileEvents makes events of bytes: any actions by anybody, numbered as they come.
func hostileEvents(b []byte) []model.Event {
	actions := []model.Action{model.ActionUndo, model.ActionRedo, model.ActionSet, model.ActionApprove, model.ActionDismiss,
		model.ActionSnooze, model.ActionReopen, model.ActionSubmit, model.ActionRequestChanges, model.ActionContest, "unheard of"}
	actors := []string{"ada", "ben", "", "ADA"}
	severities := []model.Severity{"", model.Low, model.Critical, "grave"}
	var events []model.Event
	for i := 0; i+1 < len(b); i += 2 {
		e := model.Event{Change: change, Revision: len(events) + 1, Actor: actors[int(b[i+1])%len(actors)],
			Action: actions[int(b[i])%len(actions)], At: time.Unix(int64(b[i+1]), 0).UTC()}
		if b[i] >= 128 {
			s := severities[int(b[i+1]>>4)%len(severities)]
			e.Severity = &s
		}
		if b[i+1] >= 250 {
			e.Content, e.Fields = &model.Content{}, []string{"title", "no such field"}
			e.Revision = int(b[i]) - 100 // out of order
		}
		events = append(events, e)
	}
	return events
}

// FuzzProject: whatever the events, projecting them ends, gives the same twice, and what it
// says can be asked for; what undoes or redoes nothing is damage, as is a gap.
func FuzzProject(f *testing.F) {
	f.Add([]byte{0, 0})                               // an undo of nothing
	f.Add([]byte{3, 0, 0, 0, 1, 0, 1, 0})             // a redo of nothing after one that did
	f.Add([]byte{7, 0, 3, 1, 0, 2, 0, 3, 1, 1, 8, 1}) // a second reader, undone and done again
	f.Add([]byte{50, 255, 0, 0, 200, 251, 1, 250})    // out of order
	f.Fuzz(func(t *testing.T, b []byte) {
		events := hostileEvents(b[:min(len(b), 200)])
		p, again := Project(change, events), Project(change, events)
		if !reflect.DeepEqual(p, again) {
			t.Error("the same events are projected otherwise")
		}
		_, canUndo := p.Undoes()
		_, canRedo := p.Redoes()
		_, _ = p.LastUndo()
		if canUndo != p.Review.CanUndo || canRedo != p.Review.CanRedo {
			t.Error("what can be undone or redone is not there")
		}
		_, _ = p.Readings()
		for i := range events {
			_, _ = p.Undid(i + 1)
		}
		for _, a := range []model.Action{model.ActionUndo, model.ActionRedo, model.ActionApprove, model.ActionContest} {
			_ = Check(p, model.Decision{Change: change, Base: model.AnyRevision, Actor: "ben", Action: a})
		}
		applied, undone, sound := 0, 0, true
		for i, e := range events {
			sound = sound && e.Revision == i+1
			switch e.Action {
			case model.ActionUndo:
				sound = sound && applied > 0
				applied, undone = applied-1, undone+1
			case model.ActionRedo:
				sound = sound && undone > 0
				applied, undone = applied+1, undone-1
			default:
				applied, undone = applied+1, 0
			}
			if !sound {
				break
			}
		}
		if err := CheckHistory(change, events); (err == nil) != sound || err != nil && !errors.Is(err, model.ErrDamaged) {
			t.Errorf("sound: %v, %v", sound, err)
		}
	})
}
