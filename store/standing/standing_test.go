package standing_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// page is a text of four clauses, of which one is about disputes.
func page(disputes string, others ...string) string {
	fees := "The service costs nothing. We will tell you 30 days before that changes."
	if len(others) > 0 {
		fees = others[0]
	}
	if disputes != "" {
		disputes = "## Disputes\n\n" + disputes + "\n\n"
	}
	return "# Terms of Service\n\n## Your content\n\nYou keep the rights in what you post. We may host it and show it to " +
		"the people you chose, and to nobody else.\n\n" + disputes + "## Fees\n\n" + fees + "\n"
}

const (
	courts      = "You may bring a claim before the courts of your country of residence."
	arbitration = "You and Quillhaven agree to binding arbitration and waive any class action."
	chosen      = "You and Quillhaven agree to binding arbitration before an arbitrator whom Quillhaven chooses."
)

// desk is a store with one document, whose clock goes on with each act.
type desk struct {
	*store.Store
	t   *testing.T
	now time.Time
	day int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
	var err error
	d.Store, err = store.Create(filepath.Join(t.TempDir(), "t.db"),
		store.Options{Actor: "ada", NoSync: true, Clock: func() time.Time { return d.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.RequireConsistent(t, d.Store) })
	return d
}

func (d *desk) tick() { d.now = d.now.Add(time.Minute) }

// records takes texts in, five days apart, so that what goes back folds by itself.
func (d *desk) records(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		d.tick()
		c := storetest.Capture("Terms", text, 5*d.day)
		d.day++
		if _, err := d.Record(d.t.Context(), []model.Capture{c}); err != nil {
			d.t.Fatal(err)
		}
	}
}

func (d *desk) decides(change model.ID, action model.Action, actor string) model.Review {
	d.t.Helper()
	d.tick()
	decision := storetest.Approval(change)
	decision.Action, decision.Actor = action, actor
	if action != model.ActionApprove && action != model.ActionSubmit {
		decision = model.Decision{Change: change, Base: model.AnyRevision, Actor: actor, Action: action, Reason: "no"}
		if action == model.ActionSet || action == model.ActionContest {
			decision.Severity = storetest.Ptr(model.Low)
		}
	}
	r, err := d.Decide(d.t.Context(), decision)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// item reads one change as the queue and as show have it, which must agree.
func (d *desk) item(change model.ID) model.QueueItem {
	d.t.Helper()
	page, err := d.Queue(d.t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		d.t.Fatal(err)
	}
	detail, err := d.Change(d.t.Context(), change)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, q := range page.Changes {
		if q.ID != change {
			continue
		}
		one := detail.Row
		one.Suggested.Says = nil // for which a list has to be asked
		one.DuplicateCount = q.DuplicateCount
		if a, b := asJSON(d.t, q), asJSON(d.t, one); a != b {
			d.t.Errorf("the queue shows\n%s\nand show\n%s", a, b)
		}
		return q
	}
	d.t.Fatalf("%s is not in the queue", change)
	return model.QueueItem{}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	out, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// all is the whole queue, as JSON without when a change was detected.
func (d *desk) all() string {
	d.t.Helper()
	page, err := d.Queue(d.t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		d.t.Fatal(err)
	}
	for i := range page.Changes {
		page.Changes[i].DetectedAt = time.Time{}
	}
	return asJSON(d.t, page)
}

// wantStale compares the mark of a change and of its record, if it has one:
// "" for none, else "how version change".
func (d *desk) wantStale(change model.ID, want string) {
	d.t.Helper()
	q := d.item(change)
	describe := func(s *model.Stale) string {
		if s == nil {
			return ""
		}
		return fmt.Sprintf("%s %d %s", s.How, s.Seq, s.Change)
	}
	if got := describe(q.Stale); got != want {
		d.t.Errorf("%s is stale: %q, want %q", change, got, want)
	}
	if q.Record == "" || q.State != model.Approved {
		return
	}
	r, err := d.RecordByID(d.t.Context(), q.Record)
	if err != nil {
		d.t.Fatal(err)
	}
	if got := describe(r.Stale); got != want {
		d.t.Errorf("%s is stale: %q, want %q", r.ID, got, want)
	}
	if s := r.Stale; s != nil && (s.Document != q.Document || s.CapturedAt.IsZero()) {
		d.t.Errorf("%s is stale by %+v", r.ID, s)
	}
	preview, err := d.PreviewRecord(d.t.Context(), change)
	if err != nil || describe(preview.Stale) != want {
		d.t.Errorf("the desk's record of %s is stale: %q, want %q (%v)", change, describe(preview.Stale), want, err)
	}
}

// wantShown compares which changes are material, by their numbers.
func (d *desk) wantShown(want ...int) {
	d.t.Helper()
	page, err := d.Queue(d.t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		d.t.Fatal(err)
	}
	got := map[int]bool{}
	for _, q := range page.Changes {
		if q.Material {
			got[int(q.ID.Number())] = true
			if q.Reason != "" {
				d.t.Errorf("%s is material and folded as %s", q.ID, q.Reason)
			}
		}
	}
	for _, n := range want {
		if !got[n] {
			d.t.Errorf("change %d is not shown", n)
		}
		delete(got, n)
	}
	if len(got) > 0 {
		d.t.Errorf("also shown: %v", got)
	}
}

// requireSame shows the first line in which two queues differ.
func requireSame(t *testing.T, what, want, got string) {
	t.Helper()
	wants := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(wants) || line != wants[i] {
			t.Errorf("%s, line %d of the queue is other than %q:\n%s", what, i+1, wants[min(i, len(wants)-1)], line)
			return
		}
	}
}

func id(n uint64) model.ID { return model.NewID("FP", model.ChangeID, n) }

// TestWhatBecomesOfAnApprovedChange runs each history twice: with the approval
// before what came later, and after it. Both must read the same.
func TestWhatBecomesOfAnApprovedChange(t *testing.T) {
	long := strings.Repeat("We publish the rules of each competition on the page of that competition. ", 3)
	for _, c := range []struct {
		name  string
		texts []string // the change from the first to the second is approved
		stale string
		shown []int
	}{
		{"nothing came later", []string{page(courts), page(arbitration)}, "", []int{1}},
		{
			"taken back", []string{page(courts), page(arbitration), page(courts)},
			"taken_back 3 FP-C-000002", []int{1, 2},
		},
		{
			"changed again", []string{page(courts), page(arbitration), page(chosen)},
			"changed 3 FP-C-000002", []int{1, 2},
		},
		{
			"another clause changed", []string{page(courts), page(arbitration), page(arbitration, "It costs 5 euros a month.")},
			"", []int{1, 2},
		},
		{
			"the clause is gone", []string{page(courts), page(arbitration), page("", long)},
			"removed 3 FP-C-000002", []int{1, 2},
		},
		{
			"the words stand again", []string{page(courts), page(arbitration), page(courts), page(arbitration)},
			"", []int{1, 2},
		},
		{
			"once for each alternation",
			[]string{page(courts), page(arbitration), page(courts), page(arbitration), page(courts)},
			"taken_back 3 FP-C-000002", []int{1, 2},
		},
		{
			"quotes and a link changed", []string{
				page(courts), page("You agree to “binding” arbitration and waive any class action."),
				page("You agree to \"binding\" [arbitration](https://a.example/b) and waive any class action."),
			}, "", []int{1},
		},
		{
			"renumbered", []string{
				page(courts), page("2. " + arbitration), page("3. " + arbitration),
			}, "", []int{1},
		},
		{
			"added and dropped with all else that changed", []string{page(""), page(arbitration), page("")},
			"taken_back 3 FP-C-000002", []int{1, 2},
		},
		{
			"added and dropped in a new edition", []string{page(""), page(arbitration), page("", long)},
			"removed 3 FP-C-000002", []int{1, 2},
		},
		{
			"removed and back", []string{page(courts), page(""), page(courts)},
			"taken_back 3 FP-C-000002", []int{1, 2},
		},
		{
			"removed and another came", []string{page(courts), page(""), page(arbitration)},
			"", []int{1, 2},
		},
		{
			"changed, then taken back", []string{page(courts), page(arbitration), page(chosen), page(courts)},
			"taken_back 4 FP-C-000003", []int{1, 2, 3},
		},
		{
			"in Greek", []string{
				page("Μπορείτε να προσφύγετε στα δικαστήρια της χώρας σας."),
				page("Συμφωνείτε σε δεσμευτική διαιτησία και παραιτείστε από κάθε συλλογική αγωγή."),
				page("Μπορείτε να προσφύγετε στα δικαστήρια της χώρας σας."),
			}, "taken_back 3 FP-C-000002", []int{1, 2},
		},
		{
			"a list item", []string{
				page("You may not:\n\n* sell the service\n* copy the service"),
				page("You may not:\n\n* sell the service\n* copy the service\n* train models on the service"),
				page("You may not:\n\n* sell the service\n* copy the service"),
			}, "taken_back 3 FP-C-000002", []int{1, 2},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := newDesk(t), newDesk(t)
			before.records(c.texts[:2]...)
			before.decides(id(1), model.ActionApprove, "ada")
			before.records(c.texts[2:]...)
			after.records(c.texts...)
			after.decides(id(1), model.ActionApprove, "ada")
			for _, d := range []*desk{before, after} {
				d.wantStale(id(1), c.stale)
				d.wantShown(c.shown...)
			}
			again := before.all()
			requireSame(t, "approved after", again, after.all())
			if _, err := after.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
				t.Fatal(err)
			}
			requireSame(t, "detected again", again, after.all())
		})
	}
}

func TestReturnIsShownWithWhatItUndoes(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration))
	r := d.decides(id(1), model.ActionApprove, "ada")
	d.records(page(courts))
	q := d.item(id(2))
	said := "takes back FP-C-000001, approved as FP-R-000001"
	if !strings.HasPrefix(q.Detail, said) || q.Suggested.Severity != model.High || q.Suggested.Score < 55 ||
		len(q.Suggested.Why) != 1 || q.Suggested.Why[0] != said {
		t.Errorf("%+v", q)
	}
	detail, err := d.Change(t.Context(), id(2))
	if err != nil || !detail.Change.Material || len(detail.Change.Clauses) != 2 ||
		!detail.Change.Clauses[0].Material || !detail.Change.Clauses[1].Material {
		t.Errorf("%+v, %v", detail.Change, err)
	}
	stats, err := d.Stats(t.Context())
	if err != nil || stats.MaterialPending != 1 || stats.ByReason[model.ReasonFlap] != 0 {
		t.Errorf("%+v, %v", stats, err)
	}
	record, err := d.RecordByID(t.Context(), r.Record)
	if err != nil {
		t.Fatal(err)
	}
	sum := record.SHA256
	d.decides(id(2), model.ActionDismiss, "ada")
	d.wantStale(id(1), "taken_back 3 FP-C-000002")
	if record, err = d.RecordByID(t.Context(), r.Record); err != nil || record.SHA256 != sum {
		t.Errorf("the record's own hash was %s, is %s (%v)", sum, record.SHA256, err)
	}
}

// TestReturnThatIsMaterialByItselfIsNoNoise: nor is it less grave than what it undoes.
func TestReturnThatIsMaterialByItselfIsNoNoise(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration))
	d.decides(id(1), model.ActionApprove, "ada")
	d.day += 10 // it stood for weeks
	d.records(page(courts))
	q := d.item(id(2))
	said := "takes back FP-C-000001, approved as FP-R-000001"
	if q.Suggested.Probability != 1 || q.ProbablyNoise || q.Suggested.Severity.Rank() < model.High.Rank() ||
		len(q.Suggested.Why) < 2 || q.Suggested.Why[0] != said {
		t.Errorf("%+v", q)
	}
}

// TestOutcomeOfARaisedChange: who imports is told that a return is material.
func TestOutcomeOfARaisedChange(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration))
	d.decides(id(1), model.ActionApprove, "ada")
	outcomes, err := d.Record(t.Context(), []model.Capture{storetest.Capture("Terms", page(courts), 10)})
	if err != nil || !outcomes[0].Material || outcomes[0].Reason != "" {
		t.Errorf("%+v, %v", outcomes, err)
	}
}

func TestWhatIsNotApprovedFoldsAsEver(t *testing.T) {
	for _, action := range []model.Action{"", model.ActionSet, model.ActionDismiss} {
		d := newDesk(t)
		d.records(page(courts), page(arbitration))
		if action != "" {
			d.decides(id(1), action, "ada")
		}
		d.records(page(courts))
		d.wantStale(id(1), "")
		d.wantShown(1)
	}
}

func TestUndoTakesTheMarkAway(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration), page(courts))
	d.decides(id(1), model.ActionApprove, "ada")
	d.wantShown(1, 2)
	d.decides(id(1), model.ActionUndo, "ada")
	d.wantStale(id(1), "")
	d.wantShown(1)
	d.decides(id(1), model.ActionRedo, "ada") // no new judgement
	d.wantStale(id(1), "taken_back 3 FP-C-000002")
	d.wantShown(1, 2)
}

func TestNewRevisionClearsTheMark(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration), page(courts))
	d.decides(id(1), model.ActionApprove, "ada")
	d.decides(id(1), model.ActionUndo, "ada")
	d.decides(id(1), model.ActionApprove, "ada")
	d.wantStale(id(1), "")
	if _, err := d.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	d.wantStale(id(1), "")
	d.records(page(arbitration), page(courts))
	d.wantStale(id(1), "taken_back 5 FP-C-000004")
}

func TestSecondReaderIsTold(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration))
	d.decides(id(1), model.ActionSubmit, "ada")
	d.records(page(courts))
	d.wantStale(id(1), "taken_back 3 FP-C-000002")
	d.wantShown(1, 2)
	q := d.item(id(2))
	if !strings.HasPrefix(q.Detail, "takes back FP-C-000001, submitted to a second reader") {
		t.Errorf("%q", q.Detail)
	}
	if q.Suggested.Severity != d.item(id(1)).Suggested.Severity {
		t.Errorf("%s gives away what the author judged: %+v", q.ID, q.Suggested)
	}
	d.decides(id(1), model.ActionContest, "ben")
	d.wantStale(id(1), "taken_back 3 FP-C-000002")
	d.wantShown(1, 2)
}

// TestReturnOfAReturn: each side that is approved is told of, once.
func TestReturnOfAReturn(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration))
	d.decides(id(1), model.ActionApprove, "ada")
	d.records(page(courts))
	d.decides(id(2), model.ActionApprove, "ada")
	d.records(page(arbitration), page(courts), page(arbitration))
	d.wantShown(1, 2, 3)
	d.wantStale(id(1), "")
	d.wantStale(id(2), "taken_back 4 FP-C-000003")
}

func TestBadCaptureMakesNothingStale(t *testing.T) {
	d := newDesk(t)
	d.records(storetest.Policy(30), storetest.Policy(60))
	d.decides(id(1), model.ActionApprove, "ada")
	d.records(storetest.WallPage)
	d.wantStale(id(1), "")
	d.wantShown(1)
}

// TestTextThatCannotBeCompared: nothing is claimed of what nobody could compare.
func TestTextThatCannotBeCompared(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration))
	d.decides(id(1), model.ActionApprove, "ada")
	defer guardInject("UNREADABLE")()
	d.records(page(courts, "UNREADABLE"))
	d.wantStale(id(1), "")
}

// TestTechnicalVersionWithTheSameWords: another reading of the same page makes
// nothing stale, and what changes after it does.
func TestTechnicalVersionWithTheSameWords(t *testing.T) {
	d := newDesk(t)
	d.records(page(courts), page(arbitration))
	d.decides(id(1), model.ActionApprove, "ada")
	capture := func(text string, technical bool) {
		d.tick()
		c := storetest.Capture("Terms", text, 5*d.day)
		c.Technical = technical
		d.day++
		if _, err := d.Record(t.Context(), []model.Capture{c}); err != nil {
			t.Fatal(err)
		}
	}
	capture(strings.ReplaceAll(page(arbitration), "class action", "**class action**"), true)
	d.wantStale(id(1), "")
	capture(page(arbitration, "It costs 5 euros a month."), false)
	d.wantStale(id(1), "")
	capture(page(chosen, "It costs 5 euros a month."), false)
	d.wantStale(id(1), "changed 5 FP-C-000003")
}

// TestManyCapturesInOneBatch: a batch that holds several changes of a document is
// as several batches.
func TestManyCapturesInOneBatch(t *testing.T) {
	one, several := newDesk(t), newDesk(t)
	later := []string{page(courts), page(arbitration), page(chosen), page(courts)}
	for _, d := range []*desk{one, several} {
		d.records(page(courts), page(arbitration))
		d.decides(id(1), model.ActionApprove, "ada")
	}
	several.records(later...)
	batch := make([]model.Capture, len(later))
	for i, text := range later {
		batch[i] = storetest.Capture("Terms", text, 5*(i+2))
	}
	if _, err := one.Record(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	requireSame(t, "in several batches", one.all(), several.all())
	one.wantStale(id(1), "taken_back 3 FP-C-000002")
}
