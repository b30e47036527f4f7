package query_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/store/query"
)

func items() []*model.QueueItem {
	day := func(n int) model.VersionRef {
		return model.VersionRef{CapturedAt: time.Date(2026, 3, n, 23, 0, 0, 0, time.UTC)}
	}
	return []*model.QueueItem{
		{ID: "FP-C-000001", Document: "FP-D-00001", Platform: "zoom", PlatformName: "Zoom Cloud", Type: "Privacy Policy",
			State: model.Pending, Material: true, Suggested: model.Suggestion{
				Severity: model.High, Why: []string{"biometric, health or location data"},
			}, Counts: model.Counts{Added: 2}, To: day(1)},
		{ID: "FP-C-000002", Document: "FP-D-00002", Platform: "zoom", PlatformName: "Zoom", Type: "Terms of Service",
			State: model.Approved, Material: true, Severity: model.Low, Confidence: model.HighConfidence,
			Suggested: model.Suggestion{Severity: model.High}, Counts: model.Counts{Removed: 1}, To: day(2),
			Stale: &model.Stale{How: model.StaleChanged}, Record: "FP-R-000007", Assignee: "Anna", Notes: 2,
			MarkedByRules: model.MarkedByRules{Tags: []string{"ads", "children"}}},
		{ID: "FP-C-000003", Document: "FP-D-00003", Platform: "facebook", PlatformName: "Facebook (Café)",
			Type: "Privacy Policy", State: model.Pending, Reason: model.ReasonLink, Counts: model.Counts{Immaterial: 4},
			DuplicateCount: 3, To: day(3)},
	}
}

func env() query.Env {
	return query.Env{Now: time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC), Actor: "Anna",
		Marked: func(id model.ID) bool { return id == "FP-C-000002" },
		Texts: map[string]map[model.ID]bool{
			"arbitration": {"FP-C-000001": true}, "class action": {"FP-C-000001": true, "FP-C-000003": true},
		}}
}

// find lists the numbers of the items that a query finds.
func find(q query.Query, e query.Env) string {
	var got []string
	for _, i := range q.Select(items(), e) {
		got = append(got, fmt.Sprint(i+1))
	}
	return strings.Join(got, " ")
}

func TestSelectFindsByFieldAndWord(t *testing.T) {
	for _, c := range []struct {
		query string
		want  string
	}{
		{"", "1 2 3"},
		{"sev:high", "1"}, {"severity:low,high", "1 2"}, {"-sev:high", "2 3"}, {"sev=high", "1"},
		{"sev>=low", "1 2"}, {"sev>low", "1"}, {"sev<high", "2"}, {"sev<=high", "1 2"}, {"-sev>=low", "3"},
		{"conf:high", "2"}, {"conf:none", "1 3"}, {"conf>=low", "2"}, {"conf<high", ""},
		{"plat:zoom", "1 2"}, {"plat:oom", "1 2"}, {`plat:"zoom cloud"`, "1"}, {`plat:"zoom cloud",face`, "1 3"},
		{"type:privacy", "1 3"}, {`type:"of serv"`, "2"},
		{"zoom privacy", "1"}, {"-zoom", "3"}, {"ZOO", "1 2"}, {"pol", "1 3"}, {"café", "3"},
		{"oom", ""}, {"fb", ""}, // no word begins with it
		{`"terms of service"`, "2"}, {`"of serv"`, "2"}, {`"terms service"`, ""}, {`"terms of`, "2"},
		{"health", "1"}, {"link", "3"}, {"zoom health", "1"}, {`"location data"`, "1"},
		{"~fb", "3"}, {"~ok ~priv", "3"}, {"-~fb", "1 2"}, {`~"zoom"`, "1 2"},
		{"facebook or health", "1 3"}, {"facebook or zoom terms", "2 3"}, {"(facebook or zoom) terms", "2"},
		{"privacy and zoom", "1"}, {"-(facebook or terms)", "1"}, {"-(zoom -terms)", "2 3"}, {"privacy (", "1 3"},
		{"&", "1 2 3"}, {"-", "1 2 3"}, {"~", "1 2 3"}, {"()", "1 2 3"}, {"-!", "1 2 3"},
		{"kind:added", "1"}, {"kind:added,removed", "1 2"}, {"kind:immaterial", "3"},
		{"added>1", "1"}, {"added:2", "1"}, {"removed<1", "1 3"}, {"alike>=3", "3"},
		{"reason:link", "3"}, {"is:material", "1 2"}, {"is:immaterial", "3"}, {"is:judged", "2"}, {"is:marked", "2"},
		{"is:alike", "3"}, {"is:stale", "2"}, {"-is:stale", "1 3"},
		{"id:3", "3"}, {"id:fp-c-000002", "2"}, {"fp-c-2", "2"}, {"FP-D-00003", "3"}, {"FP-R-000007", "2"},
		{"from:2026-03-02", "2 3"}, {"to:2026-03-02", "1 2"}, {"from:2026-03-02 to:2026-03-02", "2"},
		{"from:2026-03", "1 2 3"}, {"from:2027", ""}, {"to:2025", ""}, {"to:2026-03", "1 2 3"}, {"from:28d", "3"},
		{"to:28d", "1 2"}, {"age<28d", "3"}, {"age>=4w", "1 2"}, {"date:2026-03-02", "2"}, {"date>2026-03-01", "2 3"},
		{"date<=2026-03-02", "1 2"}, {"date:2026", "1 2 3"}, {"date<2026-03", ""},
		{"state:pending,approved", "1 2 3"}, {"-state:pending", "2"}, {"state:approved or facebook", "2 3"},
		{"assignee:ann", "2"}, {"assignee:none", "1 3"}, {"assignee:me", "2"}, {"mine:", "2"}, {"-mine:", "1 3"},
		{"mine: zoom", "2"}, {"is:mine", "2"}, {"note:", "2"}, {"note:no", "1 3"}, {"is:noted", "2"},
		{"tag:ads", "2"}, {"tag:ad", ""}, {"tag:none", "1 3"}, {"-tag:children", "1 3"},
		{"text:arbitration", "1"}, {`text:"class action"`, "1 3"}, {"-text:arbitration", "2 3"}, {"text:unsearched", ""},
	} {
		q, err := query.Parse(c.query)
		if err != nil {
			t.Errorf("%q: %v", c.query, err)
			continue
		}
		if got := find(q, env()); got != c.want {
			t.Errorf("%q finds %v, not %s", c.query, got, c.want)
		}
	}
}

func TestQueryAsksTheStoreForOneState(t *testing.T) {
	for text, want := range map[string]query.Query{"": {State: model.Pending},
		"state:approved": {State: model.Approved}, "state:all": {AllState: true}, "zoom state:approved": {State: model.Approved},
		"is:stale": {AllState: true}, "is:stale state:in_review": {State: model.InReview},
		"state:approved is:stale": {State: model.Approved}, "-is:stale": {State: model.Pending},
		"is:stale state:pending": {State: model.Pending}, "state:approved or zoom": {AllState: true},
		"-state:approved": {AllState: true}, "state:approved,pending": {AllState: true},
		"state:all state:approved": {State: model.Approved}, "FP-C-000001": {AllState: true},
		"FP-C-000001 state:pending": {State: model.Pending}, "id:1": {State: model.Pending}} {
		q, err := query.Parse(text)
		if err != nil || q.State != want.State || q.AllState != want.AllState {
			t.Errorf("%q asks for %q %v, %v", text, q.State, q.AllState, err)
		}
	}
}

func TestParseNamesTheNearestOfWhatItRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"colour:red": `"colour" is not a field; use one of sev, conf`, "servity:high": "", "seve:high": "did you mean sev?",
		"sev:hihg": `sev has no value "hihg"; did you mean high?`, "sev:huge": "use one of low, medium, high, critical",
		"state:aproved": "did you mean approved?", "kind:ad": "use one of added", "is:nice": "use one of material",
		"reason:lnik": "did you mean link?", "reason:zebra": "use one of whitespace",
		"from:yesterday": "2026-01-31, 2026-01, 2026 or 90d", "from:2026-13": "not \"2026-13\"", "date:90d": "write age<90d",
		"sev:": "sev: needs a value, as in sev:low", "age:30d": "age needs a comparison, as in age<30d",
		"age<x": "is not a length of time", "plat>zoom": "plat can't be compared; write plat:zoom",
		"added>1,2": "a comparison takes one value", "added>many": `"many" is not a number`, "conf>none": "can't be compared",
		"text:": "needs a value", "text:!!": "needs a word", "or zoom": "stands between two terms",
		"zoom or": "stands between two terms", "a or or b": "stands between two terms", "https://a.example": "is not a field",
		strings.Repeat("a ", 65): "64 terms at most", strings.Repeat("(", 40): "deep at most",
	} {
		_, err := query.Parse(text)
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// terms are one of each kind.
var terms = []string{"sev:high", "sev>=medium", "conf:none", "plat:z", "type:p", "kind:added", "reason:link",
	"is:material", "is:marked", "id:1", "from:2026-03-02", "to:90d", "date:2026", "age<30d", "added>1", "alike:3", "zoom",
	"~fb", "nobody", "fp-c-000003", "state:pending,dismissed", "text:arbitration", `plat:"zoom cloud",f`, `"terms of"`,
	`"or"`, `"a\"b\\"`, `"-x"`, `"(y)"`, "a:b)", `"sev:high"`, `"fp-c-1"`, "a=b", "~-~", "it's", "thomson.com"}

// randomQuery makes a query of some terms.
func randomQuery(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(3) == 0 {
		return terms[r.IntN(len(terms))]
	}
	a, b := randomQuery(r, depth-1), randomQuery(r, depth-1)
	return []string{a + " " + b, a + " or " + b, "-(" + a + " " + b + ")", "(" + a + " or " + b + ")", "-" + a,
		"(" + a + ") and " + b}[r.IntN(6)]
}

func TestEveryItemMatchesAQueryOrItsNegation(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := randomQuery(r, 3)
		yes, err1 := query.Parse(text)
		no, err2 := query.Parse("-(" + text + ")")
		if err1 != nil || err2 != nil {
			continue // "a:b" is no field
		}
		e := env()
		e.Marked = func(id model.ID) bool { return rand.New(rand.NewPCG(seed, id.Number())).IntN(2) == 0 }
		got := append(yes.Select(items(), e), no.Select(items(), e)...)
		slices.Sort(got)
		if !slices.Equal(got, []int{0, 1, 2}) {
			t.Errorf("%q and its negation find %v", text, got)
		}
	}
}

// reads checks that a query is written so that it reads the same, and that it finds no
// more than what it finds without the texts that are searched.
func reads(t *testing.T, s string) {
	q, err := query.Parse(s)
	if err != nil {
		if !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q: %v", s, err)
		}
		return
	}
	again, err := query.Parse(q.String())
	if err != nil || again.String() != q.String() || again.State != q.State || again.AllState != q.AllState ||
		find(again, env()) != find(q, env()) {
		t.Errorf("%q is written %q, and that %q, %v", s, q, again, err)
	}
	all := q.WithoutTexts().Select(items(), env())
	for _, i := range q.Select(items(), env()) {
		if !slices.Contains(all, i) {
			t.Errorf("%q finds item %d, but %q does not", s, i, q.WithoutTexts())
		}
	}
}

func TestQueryIsWrittenSoThatItReadsTheSame(t *testing.T) {
	for seed := range uint64(2000) {
		reads(t, randomQuery(rand.New(rand.NewPCG(seed, 2)), 4))
	}
	for text, want := range map[string]string{
		"severity:HIGH,low  (zoom)": "sev:high,low zoom", `plat:"google cloud"`: `plat:"google cloud"`,
		"a or (b c) -(-d)": "a or b c d", "(a or b) c": "(a or b) c", `"zoom"`: "zoom", `"or"`: `"or"`,
		"-(a or b)": "-(a or b)", "FP-C-7": "fp-c-000007", "since:90d": "from:90d", "mine: x": "mine:yes x",
	} {
		if q, err := query.Parse(text); err != nil || q.String() != want {
			t.Errorf("%q is written %q, %v", text, q, err)
		}
	}
}

// TestIndexChangesNothingThatIsFound: with a memory of the list, and while the list
// changes, the same is found as without.
func TestIndexChangesNothingThatIsFound(t *testing.T) {
	list, index := items(), query.NewIndex()
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		q, err := query.Parse(randomQuery(r, 3))
		if err != nil {
			continue
		}
		if r.IntN(4) == 0 {
			list = items() // read anew
		}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		some, with := list[:r.IntN(len(list)+1)], env()
		with.Index = index
		if got, want := q.Select(some, with), q.Select(some, env()); !slices.Equal(got, want) {
			t.Errorf("%q finds %v of %d, not %v", q, got, len(some), want)
		}
	}
}

func TestQueryTellsWhatItIsMadeOf(t *testing.T) {
	parse := func(s string) query.Query {
		q, err := query.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	if got := parse(`text:b,"a c" or -text:b`).Texts(); !slices.Equal(got, []string{"a c", "b"}) {
		t.Errorf("texts: %q", got)
	}
	if q := parse("zoom state:approved sev:high").WithoutState(); q.String() != "zoom sev:high" || q.State != model.Pending {
		t.Errorf("without state: %q %s", q, q.State)
	}
	if id, ok := parse("fp-r-12").ID(); !ok || id != "FP-R-000012" {
		t.Errorf("ID: %s", id)
	}
	for _, s := range []string{"", "fp-r-12 zoom", "zoom", "-fp-r-12", "FP-S-000001", `"fp-r-12"`} {
		if id, ok := parse(s).ID(); ok {
			t.Errorf("%q is the ID %s", s, id)
		}
	}
	if got := parse("zoom or"[:4] + " pol").Words(); !slices.Equal(got, []string{"zoom", "pol"}) {
		t.Errorf("words: %q", got)
	}
	if got := parse("zoom sev:high").Words(); got != nil {
		t.Errorf("words: %q", got)
	}
}

func TestCompletionProposesFieldsAndValues(t *testing.T) {
	values := func(field string) []string {
		return map[string][]string{"plat": {"Google Cloud", "Google", "Zoom"}}[field]
	}
	for _, c := range []struct{ typed, kept, options string }{
		{"se", "", "sev:"}, {"zoom a", "zoom ", "age< added: alike: assignee:"}, {"-st", "-", "state:"}, {"sev:h", "sev:", "high"},
		{"sev>=m", "sev>=", "medium"}, {"sev:low,c", "sev:low,", "critical"}, {"plat:goo", "plat:", `"google cloud" google`},
		{`zoom plat:"google c`, "zoom plat:", `"google cloud"`}, {"is:al", "is:", "alike"}, {"nothing:x", "nothing:x", ""},
		{"(state:a", "(state:", "approved all"},
	} {
		kept, options := query.Complete(c.typed, values)
		if strings.Join(options, " ") != c.options || c.options != "" && kept != c.kept {
			t.Errorf("%q: %q %q", c.typed, kept, options)
		}
	}
}

func TestQueryBeingTypedIsReadAsFarAsItCanBe(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", "s": "", "zoom se": "zoom", "zoom sev:": "zoom", "zoom sev:hi": "zoom", "zoom sev:high": "zoom sev:high",
		"zoom or": "zoom", "zoom or k": "zoom", "zoom or x": "zoom or x", `plat:"a b`: `plat:"a b"`, "a -": "a", "date ": "date",
	} {
		if q, err := query.Typing(typed); err != nil || q.String() != want {
			t.Errorf("%q: %q, %v", typed, q, err)
		}
	}
}

// FuzzParse: whatever is typed as a filter, it is refused, or written out it reads the same.
func FuzzParse(f *testing.F) {
	for _, s := range terms {
		f.Add(s)
	}
	f.Add(`sev:high -plat:zoom x or (~y "z`)
	f.Fuzz(func(t *testing.T, s string) {
		reads(t, s)
		query.Complete(s, nil)
		_, _ = query.Typing(s)
	})
}
