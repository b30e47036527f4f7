package views_test

import (
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// acts are decisions at minutes of a day.
type acts struct {
	*store.Store
	t   *testing.T
	ids []model.ID
	day time.Time
}

func newActs(t *testing.T, changes int) *acts {
	s := storetest.New(t, changes+1)
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || len(page.Changes) < changes {
		t.Fatal(len(page.Changes), err)
	}
	a := &acts{Store: s, t: t, day: storetest.Day0.AddDate(2, 0, 0)}
	for _, q := range page.Changes {
		a.ids = append(a.ids, q.ID)
	}
	return a
}

func (a *acts) decide(minute float64, actor string, d model.Decision, changes ...int) {
	a.t.Helper()
	var ds []model.Decision
	for _, i := range changes {
		d.Change, d.Base, d.Actor = a.ids[i], model.AnyRevision, actor
		d.At = a.day.Add(time.Duration(minute * float64(time.Minute)))
		ds = append(ds, d)
	}
	if _, err := a.DecideAll(a.t.Context(), ds); err != nil {
		a.t.Fatal(err)
	}
}

// is compares the day as one reads it that follows, and as one that begins.
func (a *acts) is(what string, want model.Day) {
	a.t.Helper()
	for name, s := range map[string]*store.Store{"following": a.Store, "anew": storetest.Reopen(a.t, a.Store)} {
		got, err := s.Day(a.t.Context(), "ada", a.day)
		want.Actor, want.From, want.To = "ada", a.day, a.day.AddDate(0, 0, 1)
		if err != nil || got != want {
			a.t.Errorf("%s, read %s:\n%+v, want\n%+v, %v", what, name, got, want, err)
		}
	}
}

func TestDayCountsWhatAnActorDecided(t *testing.T) {
	a := newActs(t, 5)
	dismiss := model.Decision{Action: model.ActionDismiss, Reason: "noise"}
	minute := func(n int) time.Time { return a.day.Add(time.Duration(n) * time.Minute) }
	a.is("nothing", model.Day{})
	a.decide(-1, "ada", dismiss, 4)
	a.decide(0, "ada", dismiss, 0)
	a.is("one", model.Day{Decided: 1, Dismissed: 1, First: minute(0), Last: minute(0)})
	severity := model.High
	a.decide(2, "ada", model.Decision{Action: model.ActionSet, Severity: &severity}, 1)
	a.decide(3, "ben", dismiss, 2)
	a.is("a value, and another's", model.Day{Decided: 1, Dismissed: 1, First: minute(0), Last: minute(2),
		Active: 2 * time.Minute})
	approval := storetest.Approval("")
	a.decide(5, "ada", approval, 1)
	a.decide(20, "ada", dismiss, 3)
	a.is("after a pause", model.Day{Decided: 3, Approved: 1, Dismissed: 2, First: minute(0), Last: minute(20),
		Active: 5 * time.Minute})
	a.decide(21, "ben", model.Decision{Action: model.ActionUndo}, 3)
	a.is("undone by another", model.Day{Decided: 2, Approved: 1, Dismissed: 1, First: minute(0), Last: minute(20),
		Active: 5 * time.Minute})
	a.decide(22, "ada", dismiss, 3)
	a.decide(23, "ada", model.Decision{Action: model.ActionReopen}, 3)
	a.decide(24*60, "ada", dismiss, 3)
	a.is("reopened, and the next day", model.Day{Decided: 2, Approved: 1, Dismissed: 1, First: minute(0),
		Last: minute(23), Active: 8 * time.Minute})
}

func TestDayPace(t *testing.T) {
	d := model.Day{Decided: 3, Active: 2 * time.Minute}
	if d.Each() != 40*time.Second || d.Left(6) != 4*time.Minute || d.Left(-1) != 0 || (model.Day{}).Left(3) != 0 {
		t.Error(d.Each(), d.Left(6))
	}
}
