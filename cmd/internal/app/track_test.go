package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

func track(t *testing.T, a *App, r TrackRequest) TrackResult {
	t.Helper()
	result, err := a.Track(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestTrackKeepsOptionsNotGivenAgain(t *testing.T) {
	a := newApp(t)
	yes, no := true, false
	r := TrackRequest{
		Targets: []string{" https://acme.example/privacy#top"}, Every: 12 * time.Hour,
		Source: SourceOptions{Select: []string{"main"}, Remove: []string{".seen"}, Browser: &yes, IgnoreRobots: &yes},
	}
	first := track(t, a, r).Documents[0]
	if !first.New || first.Name() != "Acme / Privacy Policy" || first.Inferred != "platform and type" ||
		first.Source.URL != "https://acme.example/privacy" || !first.Source.Browser || !first.IgnoreRobots {
		t.Fatalf("%+v", first)
	}
	again := track(t, a, TrackRequest{Targets: r.Targets}).Documents[0]
	if again.New || again.Changed || again.Every != 12*time.Hour || len(again.Source.Select) != 1 {
		t.Errorf("again: %+v", again)
	}
	r.Source = SourceOptions{Select: []string{"article"}, Browser: &no, IgnoreRobots: &no}
	other := track(t, a, r).Documents[0]
	if !other.Changed || other.Source.Select[0].CSS != "article" || len(other.Source.Remove) != 1 ||
		other.Source.Browser || other.IgnoreRobots {
		t.Errorf("otherwise: %+v", other)
	}
}

// TestActionsNeedABrowserAndTurnItOn: and are gone with it.
func TestActionsNeedABrowserAndTurnItOn(t *testing.T) {
	a := newApp(t)
	no := false
	r := TrackRequest{Targets: []string{"https://acme.example/privacy"},
		Source: SourceOptions{Actions: []model.PageAction{{Click: "#more"}, {Scroll: true}}}}
	first := track(t, a, r).Documents[0]
	if !first.Source.Browser || len(first.Source.Actions) != 2 || len(first.Source.Pages()[0].Actions) != 2 {
		t.Errorf("%+v", first)
	}
	if again := track(t, a, TrackRequest{Targets: r.Targets}).Documents[0]; again.Changed {
		t.Errorf("again: %+v", again)
	}
	r.Source.Browser = &no
	if _, err := a.Track(t.Context(), r); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("without a browser: %v", err)
	}
	r.Source = SourceOptions{Actions: []model.PageAction{}}
	if none := track(t, a, r).Documents[0]; !none.Changed || len(none.Source.Actions) != 0 || !none.Source.Browser {
		t.Errorf("none: %+v", none)
	}
	r.Source = SourceOptions{Actions: []model.PageAction{{WaitFor: "main"}}}
	track(t, a, r)
	r.Source = SourceOptions{Browser: &no}
	if plain := track(t, a, r).Documents[0]; len(plain.Source.Actions) != 0 || plain.Source.Browser {
		t.Errorf("plain: %+v", plain)
	}
}

func TestTrackOfWhatIsNoTargetIsRefused(t *testing.T) {
	a := newApp(t)
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte("https://acme.example/terms\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	declaration := filepath.Join("..", "..", "fineprint", "testdata", "declared", "query.json")
	for name, r := range map[string]TrackRequest{
		"neither a URL": {Targets: []string{"nothing"}},
		"is not a URL":  {Targets: []string{"ftp://acme.example"}},
		"not a CSS selector": {
			Targets: []string{"https://acme.example/terms"}, Source: SourceOptions{Remove: []string{"[["}},
		},
		`"p[" is not a CSS selector`: {
			Targets: []string{"https://acme.example/terms"},
			Source:  SourceOptions{Actions: []model.PageAction{{Click: "p["}}},
		},
		"are too many": {
			Targets: []string{"https://acme.example/terms"},
			Source:  SourceOptions{Actions: make([]model.PageAction, model.MaxPageActions+1)},
		},
		"can't be derived":      {Targets: []string{"https://127.0.0.1/x"}, Platform: "Acme"},
		"is a list":             {Targets: []string{list}, Type: "Terms"},
		"a declaration defines": {Targets: []string{declaration}, Platform: "Acme"},
		"would both be": {
			Targets:  []string{"https://acme.example/1", "https://acme.example/2"},
			Platform: "Acme", Type: "Terms",
		},
	} {
		result, err := a.Track(t.Context(), r)
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), name) || len(result.Documents) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := a.Open(); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("a database was made for nothing: %v", err)
	}
}

// TestTrackListRefusesOnlyBadLines: a list is read whatever some of its lines are.
func TestTrackListRefusesOnlyBadLines(t *testing.T) {
	a := newApp(t)
	var refused []string
	result := track(t, a, TrackRequest{
		Targets: []string{"-"}, Platform: "Acme",
		Stdin: strings.NewReader("# ours\n\nhttps://acme.example/privacy\nnot an address\n" +
			"https://acme.example/a\tBorealis\tTerms of Service\nhttps://acme.example/b\tBorealis\tTerms of Service\n" +
			"https://acme.example/a\tBorealis\tTerms of Service\nhttps://acme.example/a\tCobalt\tImprint\n"),
		Confirm: func(string, string) string { t.Error("a list is asked about"); return "" },
		Refused: func(where string, err error) { refused = append(refused, where+": "+err.Error()) },
	})
	if len(result.Documents) != 3 || result.Refused != 2 || len(refused) != 2 ||
		!strings.HasPrefix(refused[0], "standard input, line 4: ") {
		t.Errorf("%+v, %q", result, refused)
	}
	if d := result.Documents[1]; d.SamePage != "Cobalt / Imprint" || result.Documents[0].SamePage != "" {
		t.Errorf("%s shares its page with %q", d.Name(), d.SamePage)
	}
	if _, err := a.Track(t.Context(), TrackRequest{
		Targets: []string{"-"}, Stdin: strings.NewReader(strings.Repeat("x", maxListLine+1)),
	}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a line without end: %v", err)
	}
}

func TestTrackDeclarationsReportsBadFiles(t *testing.T) {
	a := newApp(t)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"Acme.json": `{"name":"Acme","documents":{"Terms of Service":{"fetch":"https://acme.example/t","select":"main"}}}`,
		"Bad.json":  `{"name":`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yes, refused := true, 0
	r := TrackRequest{
		Targets: []string{dir}, Source: SourceOptions{IgnoreRobots: &yes}, Refused: func(string, error) { refused++ },
	}
	result := track(t, a, r)
	if len(result.Documents) != 1 || !result.Documents[0].IgnoreRobots || refused != 1 || result.Refused != 1 {
		t.Fatalf("%+v, %d refused", result, refused)
	}
	r.Source = SourceOptions{Browser: &yes}
	if d := track(t, a, r).Documents[0]; !d.IgnoreRobots || !d.Source.Browser {
		t.Errorf("robots.txt is asked again, or the browser isn't used: %+v", d)
	}
	if _, err := a.Track(t.Context(), TrackRequest{Targets: []string{filepath.Join(dir, "Bad.json")}}); err == nil {
		t.Error("a broken declaration is tracked")
	}
}

func TestTrackAsksForWhatItGuessed(t *testing.T) {
	a := newApp(t)
	asked := map[string]string{}
	result := track(t, a, TrackRequest{
		Targets: []string{"https://acme.example/privacy"},
		Confirm: func(what, guess string) string { asked[what] = guess; return "My " + what },
	})
	if asked["Platform"] != "Acme" || asked["Type"] != "Privacy Policy" ||
		result.Documents[0].Name() != "My Platform / My Type" {
		t.Errorf("%v, %s", asked, result.Documents[0].Name())
	}
}

func TestTypeIsInferredFromThePage(t *testing.T) {
	a, web := newApp(t), newSite(t)
	platform, kind, err := a.Suggest(t.Context(), web.URL+"/x", loopback)
	if err != nil || kind != "Trackers Policy" {
		t.Errorf("%q, %q, %v", platform, kind, err)
	}
	if _, kind, err = a.Suggest(t.Context(), web.URL+"/x", nil); err != nil || kind != "" {
		t.Errorf("of a guarded page: %q, %v", kind, err)
	}
	if _, _, err = a.Suggest(t.Context(), "acme", nil); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("of no address: %v", err)
	}
	d := track(t, a, TrackRequest{Targets: []string{web.URL + "/x"}, Platform: "Acme", AllowHosts: loopback}).Documents[0]
	if d.Type != "Trackers Policy" || d.Inferred != "type" {
		t.Errorf("%+v", d)
	}
}

func TestTrackAddressNeedsAnAddress(t *testing.T) {
	a := newApp(t)
	if _, err := a.TrackAddress(t.Context(), "https://acme.example/terms", "", ""); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("without a database: %v", err)
	}
	a.Store = create(t, a)
	if _, err := a.TrackAddress(t.Context(), "declarations/", "Acme", "Terms"); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("%v", err)
	}
	d, err := a.TrackAddress(t.Context(), "https://acme.example/terms", "Acme", "Terms of Service")
	if err != nil || !d.New || d.Name() != "Acme / Terms of Service" {
		t.Errorf("%+v, %v", d, err)
	}
	const other = "https://acme.example/legal/terms-of-service"
	if _, err := a.TrackAddress(t.Context(), other, "", ""); !errors.Is(err, model.ErrInvalid) ||
		!strings.Contains(err.Error(), "looks like") {
		t.Errorf("another address with the same inferred name: %v", err)
	}
}

func TestUntrackNeedsEveryPatternToMatch(t *testing.T) {
	a := newApp(t)
	if _, err := a.Untrack(t.Context(), []string{"Acme/*"}); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("%v", err)
	}
	track(t, a, TrackRequest{Targets: []string{"https://acme.example/privacy", "https://acme.example/terms"}})
	if _, err := a.Untrack(t.Context(), []string{"Acme/Priv*", "Borealis/*"}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("%v", err)
	}
	if rows, err := a.Tracking(t.Context()); err != nil || len(rows) != 2 {
		t.Fatalf("%d tracked, %v", len(rows), err)
	}
	removed, err := a.Untrack(t.Context(), []string{"Acme/Priv*"})
	if err != nil || len(removed) != 1 || removed[0].Type != "Privacy Policy" {
		t.Errorf("%+v, %v", removed, err)
	}
	if rows, err := a.Tracking(t.Context()); err != nil || len(rows) != 1 {
		t.Errorf("%d tracked, %v", len(rows), err)
	}
}

func TestPreviewOfOneTrackedDocument(t *testing.T) {
	a, web := newApp(t), newSite(t)
	yes := true
	d, err := a.PreviewDocument(t.Context(), web.URL, SourceOptions{Select: []string{"main"}, IgnoreRobots: &yes})
	if err != nil || !d.IgnoreRobots || len(d.Source.Select) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	preview, err := a.Preview(t.Context(), d, loopback, time.Millisecond)
	if err != nil || !preview.SameText || !strings.Contains(preview.Text, "30 days") {
		t.Errorf("%+v, %v", preview, err)
	}
	if _, err := a.PreviewDocument(t.Context(), "Acme/*", SourceOptions{}); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("%v", err)
	}
	track(t, a, TrackRequest{Targets: []string{"https://acme.example/privacy", "https://acme.example/terms"}})
	if _, err := a.PreviewDocument(t.Context(), "Acme/*", SourceOptions{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("two documents: %v", err)
	}
	d, err = a.PreviewDocument(t.Context(), "Acme/Priv*", SourceOptions{Remove: []string{".x"}})
	if err != nil || d.Type != "Privacy Policy" || len(d.Source.Remove) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	for _, bad := range []string{"https://", "x://y"} {
		if _, err := a.PreviewDocument(t.Context(), bad, SourceOptions{}); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
