package store_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fineprint/cmd/dev/storetest"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

// makeGolden makes the golden database of the present schema and what is read
// from it. Run it once for each schema, with the last build that writes it:
//
//	go test ./store -run TestGoldenDatabase -make-golden
//
// and commit the two files. Those of earlier schemas are never made again.
var makeGolden = flag.Bool("make-golden", false, "make the golden database of the present schema")

// goldenSchema is the schema that -make-golden writes.
const goldenSchema = 6

func goldenDB(schema int) string   { return fmt.Sprintf("testdata/schema-%d.db.gz", schema) }
func goldenJSON(schema int) string { return fmt.Sprintf("testdata/schema-%d.json", schema) }

// TestGoldenDatabaseOfEverySchemaReadsTheSame opens the databases that earlier
// builds made and compares all that can be read of them with what those builds
// read.
func TestGoldenDatabaseOfEverySchemaReadsTheSame(t *testing.T) {
	if *makeGolden {
		writeGolden(t)
	}
	packed, err := filepath.Glob("testdata/schema-*.db.gz")
	if err != nil || len(packed) == 0 {
		t.Fatalf("no golden database: %v", err)
	}
	for _, file := range packed {
		want, err := os.ReadFile(strings.TrimSuffix(file, ".db.gz") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		// How many changes an older algorithm found grows with each new version of it.
		got, want := withoutLine(readEverything(t, openGolden(t, file)), "older_algorithm"), withoutLine(want, "older_algorithm")
		got, want = withoutLater.ReplaceAll(got, nil), withoutLater.ReplaceAll(want, nil)
		wants := bytes.Split(want, []byte("\n"))
		for i, line := range bytes.Split(got, []byte("\n")) {
			if i >= len(wants) || !bytes.Equal(line, wants[i]) {
				t.Fatalf("%s, line %d reads %.300q", file, i+1, line)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s reads as %d bytes, want %d", file, len(got), len(want))
		}
	}
}

// withoutLater are fields that came after the golden databases, as they read from one,
// and the wording of the methodology in previews: that of records is in their hashes.
var withoutLater = regexp.MustCompile(`,\s*"stale": null|\s*"kind": "change",|\s*"interpretive_note": "[^"]*",|,\s*"methodology_version": \d+` +
	`|methodology, version \d+\.[^"]*|,\s*"unreadable": \d+|,\s*"unreadable_since": "[^"]*"` +
	`|,\s*"says": \[[^\]]*\]|\s*"days": \[[\s\d,]*\],\s*"as_of": "[^"]*",|\s*"recent_activity": \{(?s:.*?)\n   \},`)

// withoutLine returns a text without the line that holds a word; each file has one.
func withoutLine(text []byte, word string) []byte {
	at := bytes.Index(text, []byte(word))
	if at < 0 {
		return text
	}
	begin, end := bytes.LastIndexByte(text[:at], '\n')+1, at+bytes.IndexByte(text[at:], '\n')+1
	return slices.Concat(text[:begin], text[end:])
}

// goldenNow is when golden databases are read.
var goldenNow = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func openGolden(t *testing.T, file string) *store.Store {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "golden.db")
	content, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path, store.Options{Clock: func() time.Time { return goldenNow }})
	if err != nil {
		t.Fatal(err)
	}
	s.UseLearning(store.Learning{Off: true}) // what is learned comes on top of what was stored
	return s
}

// everything is all that can be read of a store.
type everything struct {
	Check      store.CheckReport
	Stats      model.Stats
	Queue      model.QueuePage
	Platforms  []model.PlatformRow
	Changes    []model.ChangeDetail
	Clauses    []model.ClauseHistory
	Precedents map[model.ID][]model.Precedent
	Previews   map[model.ID]model.Record
	Records    []model.Record
	Documents  []model.Document
	Versions   []model.Version
	Texts      []string // SHA-256 of each version's
	Snapshots  []model.Snapshot
	Raw        []string // SHA-256 of each snapshot's
	Tracked    []model.TrackedRow
	Baselines  []string
	Agreement  model.Agreement
	Actors     map[string]actorState
	Journal    []store.JournalLine
	// What the databases of schema 3 and before can't have.
	Notes      []model.ChangeNote      `json:",omitempty"`
	Drafts     []model.RecordDraft     `json:",omitempty"`
	Provisions []model.ProvisionDetail `json:",omitempty"`
}

// actorState is what a store keeps for one person.
type actorState struct {
	Drafts       []model.Draft
	Desk         string
	LastDecision []model.ID
	LastUndone   []model.ID
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func readEverything(t *testing.T, s *store.Store) []byte {
	t.Helper()
	ctx := t.Context()
	e := everything{Precedents: map[model.ID][]model.Precedent{}, Previews: map[model.ID]model.Record{},
		Actors: map[string]actorState{}}
	e.Check = must[store.CheckReport](t)(s.Check(ctx, nil))
	e.Check.Notes = nil // that there is no head beside it, which the builds that made these had not
	e.Stats = must[model.Stats](t)(s.Stats(ctx))
	e.Queue = must[model.QueuePage](t)(s.Queue(ctx, model.QueueFilter{AllState: true}))
	e.Platforms = must[[]model.PlatformRow](t)(s.Platforms(ctx))
	e.Records = must[[]model.Record](t)(s.Records(ctx, model.RecordFilter{}))
	e.Agreement = must[model.Agreement](t)(s.Agreement(ctx))
	e.Journal = must[[]store.JournalLine](t)(s.Journal(ctx, 1, 10_000))
	readChanges(t, s, &e)
	readDocuments(t, s, &e)
	readWritten(t, s, &e)
	for _, actor := range []string{"ada", "ben", "cy"} {
		e.Actors[actor] = actorState{
			Drafts:       must[[]model.Draft](t)(s.Drafts(ctx, actor)),
			Desk:         string(must[[]byte](t)(s.DeskState(ctx, actor))),
			LastDecision: must[[]model.ID](t)(s.LastDecision(ctx, actor)),
			LastUndone:   must[[]model.ID](t)(s.LastUndone(ctx, actor)),
		}
	}
	got, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func readChanges(t *testing.T, s *store.Store, e *everything) {
	t.Helper()
	ctx := t.Context()
	for n := uint64(1); n <= uint64(e.Queue.Total); n++ {
		id := model.NewID("FP", model.ChangeID, n)
		d := must[model.ChangeDetail](t)(s.Change(ctx, id))
		e.Changes = append(e.Changes, d)
		e.Precedents[id] = must[[]model.Precedent](t)(s.Precedents(ctx, id, 0))
		e.Previews[id] = must[model.Record](t)(s.PreviewRecord(ctx, id))
		for i := range d.Change.Clauses {
			e.Clauses = append(e.Clauses, must[model.ClauseHistory](t)(s.ClauseHistory(ctx, id, i)))
		}
	}
}

func readDocuments(t *testing.T, s *store.Store, e *everything) {
	t.Helper()
	ctx := t.Context()
	for n := uint64(1); n <= uint64(e.Stats.Documents); n++ {
		id := model.NewID("FP", model.DocumentID, n)
		e.Documents = append(e.Documents, must[model.Document](t)(s.Document(ctx, id)))
		versions := must[[]model.Version](t)(s.Versions(ctx, id))
		e.Versions = append(e.Versions, versions...)
		for _, v := range versions {
			e.Texts = append(e.Texts, digest([]byte(must[string](t)(s.Text(ctx, id, v.Seq)))))
		}
	}
	for n := uint64(1); n <= uint64(e.Stats.Snapshots); n++ {
		id := model.NewID("FP", model.SnapshotID, n)
		e.Snapshots = append(e.Snapshots, must[model.Snapshot](t)(s.Snapshot(ctx, id)))
		e.Raw = append(e.Raw, digest(must[[]byte](t)(s.RawOf(ctx, id))))
	}
	e.Tracked = must[[]model.TrackedRow](t)(s.Tracking(ctx))
	for _, row := range e.Tracked {
		b, err := s.Baseline(ctx, row.Tracked)
		if err != nil && !errors.Is(err, model.ErrNotFound) {
			t.Fatal(err)
		}
		e.Baselines = append(e.Baselines, fmt.Sprint(b.Reread, b.Snapshot.ID, digest(b.Raw)))
	}
}

// readWritten reads what people wrote beside their decisions.
func readWritten(t *testing.T, s *store.Store, e *everything) {
	t.Helper()
	ctx := t.Context()
	e.Notes = must[[]model.ChangeNote](t)(s.AllNotes(ctx))
	e.Drafts = must[[]model.RecordDraft](t)(s.RecordDrafts(ctx, model.RecordDraftFilter{}))
	seen := map[model.ID]bool{}
	for _, d := range e.Drafts {
		for _, p := range d.Preview.Provisions {
			if !seen[p.ID] {
				seen[p.ID] = true
				e.Provisions = append(e.Provisions, must[model.ProvisionDetail](t)(s.ProvisionByID(ctx, p.ID)))
			}
		}
	}
}

func digest(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }

// writeGolden makes a database with something of everything that can be in one.
func writeGolden(t *testing.T) {
	t.Helper()
	g := &goldenMaker{t: t, ctx: t.Context(), now: time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)}
	path := filepath.Join(t.TempDir(), "golden.db")
	g.s = must[*store.Store](t)(store.Create(path,
		store.Options{Actor: "ada", Tool: "fineprint/golden", Clock: func() time.Time { return g.now }}))
	g.histories()
	g.tracked()
	g.fetched()
	g.decided()
	g.unfinished()
	g.written()
	if _, _, err := g.s.Compact(g.ctx); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenDB(goldenSchema), packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenJSON(goldenSchema), readEverything(t, openGolden(t, goldenDB(goldenSchema))),
		0o600); err != nil {
		t.Fatal(err)
	}
}

type goldenMaker struct {
	t   *testing.T
	ctx context.Context
	s   *store.Store
	now time.Time
}

// rules is an invented text; each version has other numbers, and every fourth
// another paragraph.
func rules(who string, n int) string {
	text := fmt.Sprintf("# Rules of %s\n\nThese rules are between you and %s, which runs the harbour "+
		"library.\n\n## Age\n\nYou must be %d years old to borrow a boat.\n\n"+
		"## How long we keep it\n\nWe keep the log of your voyages for %d days after you return the boat, unless the "+
		"law requires us to keep it longer.\n\n",
		who, who, 13+n%4, 30+10*n)
	if n%4 == 3 {
		text += "## Disputes\n\nYou agree that any dispute is settled by binding arbitration, and waive your right to " +
			"a trial by jury.\n\n"
	}
	return text + "## Contact\n\nWrite to the harbour master, who answers within one month.\n"
}

func (g *goldenMaker) record(captures ...model.Capture) {
	g.t.Helper()
	if _, err := g.s.Record(g.ctx, captures); err != nil {
		g.t.Fatal(err)
	}
	g.now = g.now.Add(time.Hour)
}

// histories imports archives, files and bytes, with every kind of version.
func (g *goldenMaker) histories() {
	start := g.now.AddDate(-1, 0, 0)
	for n := range 6 {
		commit := fmt.Sprintf("%040x", 0xabc0+n)
		c := model.Capture{Platform: "Quayside", Type: "Terms of Service", Text: rules("Quayside", n),
			CapturedAt: start.AddDate(0, n, 0),
			Source:     model.Source{Repo: "invented-versions", Path: "Quayside/Terms of Service.md"},
			Origin: model.Provenance{Method: model.MethodOTAVersions, Tool: "fineprint/golden",
				Archive: &model.ArchiveOrigin{Repo: "invented-versions", Root: strings.Repeat("a1", 20),
					Commit: commit, Path: "Quayside/Terms of Service.md", Subject: "Record new changes", Engine: "2.1.0",
					Locations: []string{"https://quayside.example/terms"}, Snapshots: []string{commit, "undefined"}}}}
		c.Technical = n == 3
		g.record(c)
	}
	g.record(model.Capture{Platform: "Quayside Harbour", Type: "Terms of Service",
		Text: rules("Quayside Harbour", 7), CapturedAt: start.AddDate(0, 7, 0),
		RenamedFrom: &model.DocumentName{Platform: "Quayside",
			Type: "Terms of Service"}, Origin: model.Provenance{Method: model.MethodFile}})
	g.record(model.Capture{Platform: "Larkspur", Type: "Privacy Policy", Text: rules("Larkspur", 1),
		CapturedAt: start, Origin: model.Provenance{Method: model.MethodWayback,
			URL: "https://larkspur.example/privacy"}})
	g.record(model.Capture{Platform: "Larkspur", Type: "Privacy Policy", Text: rules("Larkspur", 2),
		Raw: []byte("<h1>Larkspur</h1>" + rules("Larkspur", 2)), MediaType: "text/html",
		Extractor: "golden 1", CapturedAt: start.AddDate(0, 1,
			0), Origin: model.Provenance{Method: model.MethodDataset}})
	g.record(model.Capture{Platform: "Larkspur", Type: "Privacy Policy", Text: " ",
		CapturedAt: start.AddDate(0, 2, 0), Origin: model.Provenance{Method: model.MethodFile}})
	g.record(model.Capture{Platform: "Larkspur", Type: "Privacy Policy",
		Text: strings.ReplaceAll(rules("Larkspur", 2), "\n\n", "\n\n\n"), CapturedAt: start.AddDate(0, 3,
			0), Origin: model.Provenance{Method: model.MethodFile}})
	g.record(model.Capture{Platform: "Larkspur", Type: "Privacy Policy",
		Text:       "# Sign in\n\nEnter your e-mail address and password to go on.\n\nForgot your password?\n",
		CapturedAt: start.AddDate(0, 4, 0), Origin: model.Provenance{Method: model.MethodFile}})
	for n := range 3 {
		g.record(model.Capture{Platform: "Tidewell", Type: "Cookie Policy", Text: rules("Tidewell", n),
			CapturedAt: start.AddDate(0, n, 0), Origin: model.Provenance{Method: model.MethodFile}})
	}
	g.record(model.Capture{Platform: "Tidewell", Type: "Cookie Policy", Deleted: true,
		CapturedAt: start.AddDate(0, 5, 0), Origin: model.Provenance{Method: model.MethodFile}})
}

func (g *goldenMaker) tracked() {
	requests := []model.TrackRequest{
		{Platform: "Penwick", Type: "Privacy Policy", Every: 12 * time.Hour,
			Source: model.Source{URL: "https://penwick.example/privacy", Select: model.CSS("main"),
				Remove: []model.Selector{{CSS: "nav"},
					{StartBefore: "#ad", EndAfter: "#end"}}, Filters: []model.Filter{{Name: "removeQueryParams",
					Args: []string{"utm"}}}, Browser: true}},
		{Platform: "Harrow", Type: "Developer Terms", IgnoreRobots: true,
			Source: model.Source{Warnings: []string{"a filter is not known"}, Parts: []model.Page{
				{URL: "https://harrow.example/1", Select: model.CSS("article")}, {URL: "https://harrow.example/2.pdf",
					PDF: true}}}},
		{Platform: "Harrow", Type: "Imprint", Source: model.Source{URL: "https://harrow.example/imprint.pdf",
			PDF: true}},
	}
	results := must[[]store.TrackResult](g.t)(g.s.Track(g.ctx, requests))
	requests[0].Every = 24 * time.Hour
	must[[]store.TrackResult](g.t)(g.s.Track(g.ctx, requests[:1]))
	if err := g.s.Untrack(g.ctx, []model.ID{results[2].Document}); err != nil {
		g.t.Fatal(err)
	}
}

// fetched records attempts of all outcomes on the first tracked document.
func (g *goldenMaker) fetched() {
	list := must[[]model.TrackedRow](g.t)(g.s.Tracking(g.ctx))
	doc := list[1].Tracked
	wall := "# Sign in\n\nEnter your e-mail address and password to go on.\n\nForgot your password?\n"
	for i, text := range []string{rules("Penwick", 1), rules("Penwick", 2), wall, rules("Penwick", 1),
		rules("Penwick", 5), rules("Penwick", 5), ""} {
		g.now = g.now.AddDate(0, 0, 2)
		c := model.Capture{Text: text, Raw: fmt.Appendf(nil, "<main>%d %s</main>", i, text), MediaType: "text/html",
			Extractor: "golden 2", CapturedAt: g.now,
			Origin: model.Provenance{Method: model.MethodWeb, Tool: "fineprint/golden", URL: doc.Source.URL,
				FinalURL: doc.Source.URL + "/", Redirects: []string{doc.Source.URL}, Status: 200,
				Header: map[string]string{"Content-Type": "text/html"}, Remote: "192.0.2.1:443",
				Exchange: &model.Exchange{Started: g.now, Ended: g.now.Add(time.Second), Proto: "HTTP/2.0",
					TLSFingerprint: "aa", EncodedSHA256: "bb", EncodedBytes: 12, Charset: "utf-8", Rendered: true,
					RobotsIgnored: true, Remark: "invented"}}}
		current := must[model.Tracked](g.t)(g.s.TrackedDocument(g.ctx, doc.Document))
		_, err := g.s.RecordFetch(g.ctx, current, []model.Capture{c},
			func(h model.Health, o model.Outcome) model.Health {
				return model.Health{LastAttempt: g.now, LastSuccess: g.now, NextDue: g.now.AddDate(0, 0, 1),
					Last: model.FetchChanged, Status: 200, Failures: i % 2, FailingSince: g.now,
					Reason: o.Detail, Quarantined: o.Kind == model.OutcomeQuarantined, ETag: "\"e\"",
					LastModified: "Thu, 01 Jan 2026 09:00:00 GMT", Extractor: "golden 2"}
			})
		if err != nil {
			g.t.Fatal(err)
		}
	}
}

func (g *goldenMaker) decide(ds ...model.Decision) {
	g.t.Helper()
	for i := range ds {
		ds[i].Base = model.AnyRevision
	}
	if _, err := g.s.DecideAll(g.ctx, ds); err != nil {
		g.t.Fatal(err)
	}
	g.now = g.now.Add(time.Minute)
}

// decided takes decisions of every action.
func (g *goldenMaker) decided() {
	judged := func(n uint64, actor string, action model.Action, severity model.Severity) model.Decision {
		return model.Decision{Change: model.NewID("FP", model.ChangeID, n), Actor: actor, Action: action,
			Severity: storetest.Ptr(severity), Confidence: storetest.Ptr(model.MediumConfidence),
			Basis: storetest.Ptr(model.Explicit), Summary: storetest.Ptr("The log of voyages is kept longer."),
			Note: storetest.Ptr("An invented note.")}
	}
	plain := func(n uint64, actor string, action model.Action) model.Decision {
		return model.Decision{Change: model.NewID("FP", model.ChangeID, n), Actor: actor, Action: action}
	}
	because := func(d model.Decision, reason string) model.Decision { d.Reason = reason; return d }
	g.decide(judged(1, "ada", model.ActionApprove, model.High))
	g.decide(plain(1, "ada", model.ActionUndo))
	g.decide(plain(1, "ada", model.ActionRedo))
	g.decide(because(plain(2, "ada", model.ActionDismiss), "not of interest"))
	g.decide(plain(2, "ada", model.ActionReopen))
	g.decide(judged(2, "ada", model.ActionSubmit, model.Low))
	second := plain(2, "ben", model.ActionContest)
	second.Severity = storetest.Ptr(model.Critical)
	g.decide(because(second, "it is worse than that"))
	g.decide(judged(3, "ada", model.ActionSubmit, model.Medium))
	g.decide(because(plain(3, "ben", model.ActionRequestChanges), "say since when"))
	g.decide(judged(3, "ada", model.ActionSubmit, model.Medium))
	reader := plain(3, "ben", model.ActionApprove)
	reader.Severity = storetest.Ptr(model.Medium)
	g.decide(reader)
	until := plain(4, "ada", model.ActionSnooze)
	until.Until = "2199-01-01"
	g.decide(until)
	g.decide(because(plain(5, "ben", model.ActionDismiss), "noise"),
		because(plain(6, "ben", model.ActionDismiss), "noise"))
	g.decide(judged(7, "cy", model.ActionSet, model.Low))
	g.decide(judged(7, "cy", model.ActionApprove, model.Low))
	g.decide(plain(7, "cy", model.ActionUndo))
}

// unfinished keeps drafts and desks.
func (g *goldenMaker) unfinished() {
	for _, d := range []model.Draft{{Change: "FP-C-000007", Actor: "ada", Summary: "A draft, unfinished", At: g.now,
		Base: 3},
		{Change: "FP-C-000005", Actor: "ben", Summary: "Another one", At: g.now}} {
		if err := g.s.SaveDraft(g.ctx, d); err != nil {
			g.t.Fatal(err)
		}
	}
	if err := g.s.SaveDeskState(g.ctx, "ada", []byte(`{"filters":["Quayside/*"]}`)); err != nil {
		g.t.Fatal(err)
	}
}

// written keeps notes, an assignment and provision records.
func (g *goldenMaker) written() {
	note := must[model.ChangeNote](g.t)(g.s.WriteNote(g.ctx, model.NoteRequest{Change: "FP-C-000007", Clause: 1,
		Text: "Ask the harbour master", Actor: "ada"}))
	must[model.ChangeNote](g.t)(g.s.WriteNote(g.ctx, model.NoteRequest{ID: note.ID, Text: "Asked", Actor: "ben"}))
	gone := must[model.ChangeNote](g.t)(g.s.WriteNote(g.ctx, model.NoteRequest{Change: "FP-C-000004", Text: "Twice",
		Actor: "ada"}))
	must[model.ChangeNote](g.t)(g.s.RemoveNote(g.ctx, gone.ID, "ada"))
	if _, err := g.s.Assign(g.ctx, []model.ID{"FP-C-000004", "FP-C-000007"}, "cy", "ada"); err != nil {
		g.t.Fatal(err)
	}
	writing := model.Writing{Severity: model.High, Confidence: model.HighConfidence, Basis: model.Explicit,
		Summary: "The log of voyages is kept."}
	writing.Title, writing.WhatItIs = "Log of voyages", "It keeps the log after the boat is returned."
	writing.WhyItMatters, writing.ConsumerImpact = "Voyages show habits.", "Borrowers are known for longer."
	writing.Types = []string{"data_retention"}
	fields := []string{"severity", "confidence", "basis", "summary", "title", "what_it_is", "why_it_matters",
		"consumer_impact", "types"}
	edit := model.RecordEdit{Writing: writing, Fields: fields, How: model.ByPerson, Actor: "ada", At: g.now}
	for _, approve := range []bool{true, false} {
		d := must[model.RecordDraft](g.t)(g.s.NewRecord(g.ctx, model.NewRecordRequest{Change: "FP-C-000007",
			Clauses: []int{1}, RecordEdit: edit}))
		g.now = g.now.Add(time.Minute)
		if approve {
			must[model.RecordDraft](g.t)(g.s.ApproveRecord(g.ctx, model.RecordApproval{Record: d.Record, Base: d.Revision,
				OverruleAll: "an invented record", Actor: "ada", At: g.now}))
		}
	}
}
