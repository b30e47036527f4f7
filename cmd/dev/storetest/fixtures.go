package storetest

import (
	"bufio"
	"context"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// Day0 is when the first capture of a history was.
var Day0 = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// Page is a short text; each n has other numbers.
func Page(n int) string {
	return fmt.Sprintf("# Terms\n\nYou must be %d years old.\n\nWe keep your data for %d days after you close your "+
		"account.\n", 13+n%5, 30+n)
}

// Capture is one of a text of platform Acme, n days after Day0.
func Capture(kind, text string, n int) model.Capture {
	return model.Capture{Platform: "Acme", Type: kind, Text: text, CapturedAt: Day0.AddDate(0, 0, n),
		Origin: model.Provenance{Method: model.MethodFile}}
}

// New makes a store with one document of n versions; its check at the end
// is part of every test.
func New(t *testing.T, n int) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, err := s.Record(t.Context(), []model.Capture{Capture("Terms", Page(i), i)}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { RequireConsistent(t, s) })
	return s
}

// RequireConsistent fails the test when the check of a store finds anything.
func RequireConsistent(t *testing.T, s *store.Store) {
	t.Helper()
	report, err := s.Check(context.Background(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("the store is not whole: %v %v", report.Problems, err)
	}
}

// Ptr returns a pointer to a value.
func Ptr[T any](v T) *T { return &v }

// Approval is a complete one.
func Approval(id model.ID) model.Decision {
	return model.Decision{Change: id, Base: model.AnyRevision, Actor: "ada", Action: model.ActionApprove,
		Severity:   Ptr(model.High),
		Confidence: Ptr(model.HighConfidence), Basis: Ptr(model.Explicit), Summary: Ptr("It changed.")}
}

// Kills is how often a process is killed: FINEPRINT_KILLS, or 12.
func Kills() int {
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_KILLS")); err == nil {
		return n
	}
	return 12
}

// Kill runs a test of this program in a process of its own with a setting that
// makes it work for ever, and kills it some milliseconds after it printed "ready" or one of
// the lines that follow, so that it gets somewhere however slow the machine is. It returns
// the last number that it reported it was told of each change, and how often it said so.
func Kill(t *testing.T, rng *rand.Rand, test, setting string) (acknowledged map[model.ID]int, told int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+test+"$")
	cmd.Env = append(os.Environ(), setting)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	after, lead := time.Duration(rng.Intn(40))*time.Millisecond, rng.Intn(3)
	kill := func() { time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) }
	acknowledged = map[model.ID]int{}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Fatalf("%s doesn't say that it is ready: %q", test, lines.Text())
	}
	for line := 0; line == 0 || lines.Scan(); line++ {
		if line == lead {
			kill()
		}
		var id string
		var number int
		if n, _ := fmt.Sscanf(lines.Text(), "took %s %d", &id, &number); n == 2 {
			acknowledged[model.ID(id)] = number
			told++
		}
	}
	_ = cmd.Wait()
	return acknowledged, told
}

// Reopen returns the same store with nothing kept in memory.
func Reopen(t *testing.T, s *store.Store) *store.Store {
	t.Helper()
	again, err := store.Open(s.Path(), store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// Policy is a text long enough to be a document.
func Policy(days int) string {
	return fmt.Sprintf("# Privacy Policy\n\nThese terms apply to the personal data that you provide when you use "+
		"the service.\n\n"+
		"## What we collect\n\nWe collect your name, your e-mail address and the content of what you write, as far as "+
		"the law allows.\n\n"+
		"## How long we keep it\n\nWe keep your data for %d days after you close your account, unless the law "+
		"requires us to keep it longer.\n\n"+
		"## Your rights\n\nYou may ask us for a copy of your data, have it corrected or have it deleted. We answer "+
		"within one month.\n\n"+
		"## Who else sees it\n\nWe share personal data with third parties that host our servers, and with nobody else "+
		"without your consent.\n", days)
}

// WallPage is a sign-in page.
const WallPage = "# Sign in\n\nEnter your e-mail address and password to go on.\n\nForgot your password?\n"

// Fetches is a store with one tracked document and a clock that is set.
type Fetches struct {
	*store.Store
	T   *testing.T
	Now time.Time
	Doc model.Tracked
}

// NewFetches makes a store with one tracked document.
func NewFetches(t *testing.T) *Fetches {
	t.Helper()
	f := &Fetches{T: t, Now: Day0}
	var err error
	f.Store, err = store.Create(t.TempDir()+"/t.db",
		store.Options{Actor: "ada", Clock: func() time.Time { return f.Now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { RequireConsistent(t, f.Store) })
	f.Doc = f.TrackOne(model.TrackRequest{Platform: "Acme", Type: "Privacy Policy",
		Source: model.Source{URL: "https://acme.example/privacy"}}).Tracked
	return f
}

// TrackOne tracks a document.
func (f *Fetches) TrackOne(r model.TrackRequest) store.TrackResult {
	f.T.Helper()
	results, err := f.Track(f.T.Context(), []model.TrackRequest{r})
	if err != nil {
		f.T.Fatal(err)
	}
	return results[0]
}

// FetchText records a text as fetched after a while and returns its outcome.
func (f *Fetches) FetchText(after time.Duration, text string) model.Outcome {
	f.T.Helper()
	return f.CaptureAfter(after, model.Capture{Text: text})
}

// CaptureAfter records a capture as fetched after a while.
func (f *Fetches) CaptureAfter(after time.Duration, c model.Capture) model.Outcome {
	f.T.Helper()
	f.Now = f.Now.Add(after)
	if c.Raw == nil {
		c.Raw = []byte("<p>" + c.Text)
	}
	c.MediaType, c.CapturedAt = "text/html", f.Now
	c.Origin = model.Provenance{Method: model.MethodWeb, URL: f.Doc.Source.URL, Status: 200}
	doc, err := f.TrackedDocument(f.T.Context(), f.Doc.Document)
	if err != nil {
		f.T.Fatal(err)
	}
	o, err := f.RecordFetch(f.T.Context(), doc, []model.Capture{c}, func(h model.Health, _ model.Outcome) model.Health {
		h.LastAttempt = f.Now
		return h
	})
	if err != nil {
		f.T.Fatal(err)
	}
	return o
}

// Queued counts the pending changes.
func (f *Fetches) Queued() int {
	f.T.Helper()
	q, err := f.Queue(f.T.Context(), model.QueueFilter{})
	if err != nil {
		f.T.Fatal(err)
	}
	return q.Total
}

// DB returns the database under a store, for tests that change it behind its back.
func DB(t testing.TB, s *store.Store) *kv.DB {
	t.Helper()
	db, err := kv.Open(s.Path(), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	return db
}
