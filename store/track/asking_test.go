package track_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// asked is a request to track the document of newFetches with settings and secrets.
func asked(f *fetches, r *model.RequestSettings, secrets ...model.RequestSecret) model.TrackRequest {
	source := f.Doc.Source
	source.Request = r
	for i := range secrets {
		secrets[i].URL = source.URL
	}
	return model.TrackRequest{Platform: "Acme", Type: "Privacy Policy", Source: source, Secrets: secrets}
}

func masked(headers ...string) *model.RequestSettings {
	r := &model.RequestSettings{}
	for _, name := range headers {
		r.Headers = append(r.Headers, model.RequestField{Name: name, Value: model.Masked})
	}
	return r
}

func (f *fetches) secret(name string) string {
	f.T.Helper()
	a, err := f.Asking(f.T.Context(), f.Doc)
	if err != nil {
		f.T.Fatal(err)
	}
	s, _ := model.FindSecret(a.Secrets, model.RequestSecret{URL: f.Doc.Source.URL, Name: name})
	return string(s.Value)
}

// TestSecretsAreKeptApart: with what is tracked, until it isn't; one that isn't given
// again stays, and one that is nowhere is refused.
func TestSecretsAreKeptApart(t *testing.T) {
	f := newFetches(t)
	first := f.TrackOne(asked(f, masked("X-Key"), model.RequestSecret{Name: "X-Key", Value: "one"}))
	if !first.Changed || f.secret("X-Key") != "one" || first.Asking != 1 {
		t.Fatalf("%+v, %q", first, f.secret("X-Key"))
	}
	if again := f.TrackOne(asked(f, masked("X-Key"))); again.Changed || f.secret("X-Key") != "one" {
		t.Errorf("again: %+v", again)
	}
	other := f.TrackOne(asked(f, masked("X-Key"), model.RequestSecret{Name: "X-Key", Value: "two"}))
	if !other.Changed || f.secret("X-Key") != "two" || other.Asking != 2 {
		t.Errorf("another value: %+v, %q", other, f.secret("X-Key"))
	}
	if _, err := f.Track(t.Context(), []model.TrackRequest{asked(f, masked("X-Key", "Authorization"))}); !errors.Is(err,
		model.ErrInvalid) {
		t.Errorf("a value that is nowhere: %v", err)
	}
	moved := asked(f, masked("X-Key"))
	moved.Source.URL = "https://evil.example/privacy"
	if _, err := f.Track(t.Context(), []model.TrackRequest{moved}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a value for another host: %v", err)
	}
	reopened, err := store.Open(f.Path(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := reopened.Asking(t.Context(), f.Doc); err != nil || len(a.Secrets) != 1 {
		t.Errorf("opened again: %v", err)
	}
	storetest.RequireConsistent(t, reopened)
	if gone := f.TrackOne(asked(f, nil)); !gone.Changed || f.secret("X-Key") != "" {
		t.Errorf("taken away: %+v", gone)
	}
	f.TrackOne(asked(f, masked("X-Key"), model.RequestSecret{Name: "X-Key", Value: "three"}))
	if err := f.Untrack(t.Context(), []model.ID{f.Doc.Document}); err != nil || f.secret("X-Key") != "" {
		t.Errorf("untracked: %v", err)
	}
	want := []string{"created", "tracked", "tracked", "asked_otherwise", "tracked", "asked_otherwise", "tracked",
		"asked_otherwise", "tracked", "asked_otherwise", "untracked"}
	if got := f.kinds(); !slices.Equal(got, want) {
		t.Errorf("the journal says %v, want %v", got, want)
	}
}

// TestJournalSaysWhichSettingsWereChanged: and only with what may bring another answer
// is it asked otherwise.
func TestJournalSaysWhichSettingsWereChanged(t *testing.T) {
	f := newFetches(t)
	for _, c := range []struct {
		r      model.RequestSettings
		which  string
		asking int
	}{
		{model.RequestSettings{UserAgent: "Probe"}, "user agent", 1},
		{model.RequestSettings{UserAgent: "Probe", Charset: "shift_jis"}, "charset", 1},
		{model.RequestSettings{AcceptStatus: []int{404}, AcceptLanguage: "de"},
			"user agent, Accept-Language, charset, accepted statuses", 2},
	} {
		got := f.TrackOne(asked(f, &c.r))
		list, err := f.Activity(t.Context(), 1)
		if err != nil || len(list) == 0 {
			t.Fatal(err)
		}
		if a := list[0]; a.Act != model.ActAsked || a.Asked != c.which || got.Asking != c.asking {
			t.Errorf("%+v is %q, asking %d; want %q, %d", c.r, a.Asked, got.Asking, c.which, c.asking)
		}
	}
}

// TestFetchUnderOtherSettingsIsStale: what was asked for with other secrets is no
// answer to what is asked now.
func TestFetchUnderOtherSettingsIsStale(t *testing.T) {
	f := newFetches(t)
	f.TrackOne(asked(f, masked("X-Key"), model.RequestSecret{Name: "X-Key", Value: "one"}))
	before, err := f.TrackedDocument(t.Context(), f.Doc.Document)
	if err != nil {
		t.Fatal(err)
	}
	f.TrackOne(asked(f, masked("X-Key"), model.RequestSecret{Name: "X-Key", Value: "two"}))
	late := model.Capture{Text: storetest.Policy(7), CapturedAt: f.Now.Add(time.Minute),
		Origin: model.Provenance{Method: model.MethodWeb}}
	if _, err := f.RecordFetch(t.Context(), before, []model.Capture{late}, func(h model.Health,
		_ model.Outcome) model.Health {
		return h
	}); !errors.Is(err, model.ErrStale) {
		t.Errorf("%v", err)
	}
}
