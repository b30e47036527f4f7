package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

func open(t *testing.T, with func(*tui.Options)) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.NewStatic(), 120, 24, "dark", with)
	return s
}

// answer types a text into what is asked, in place of what is there, and enter.
func answer(s *deskfixture.Driver, text string) {
	s.Keys("ctrl+u")
	s.Type(text)
	s.Keys("enter")
}

func TestExportProposesFormatAndPathOfTheSettings(t *testing.T) {
	var formats, paths []string
	fail := error(nil)
	s := open(t, func(o *tui.Options) {
		o.Config = config.Default()
		o.Config.ExportPath = "out/mine.md"
		o.Export = func(_ context.Context, format, path string, progress func(int, int)) (tui.Exported, error) {
			formats, paths = append(formats, format), append(paths, path)
			progress(1, 2)
			return tui.Exported{Records: 2, Path: "/home/ada/" + path, Bytes: 2048, SHA256: strings.Repeat("ab", 32)},
				fail
		}
	})
	s.Keys("E")
	s.Shows("Export approved records", "▌ md  Markdown", "json  one JSON document")
	s.Keys("enter")
	s.Shows("Output file (will be overwritten)", "out/mine.md")
	s.Keys("enter")
	s.Shows("2 records, 2.0 kB, SHA-256 abababababab…, written to /home/ada/out/mine.md")
	s.Keys("E", "down", "enter")
	s.Shows("out/mine.json")
	answer(s, "")
	if len(formats) != 1 {
		t.Errorf("without a path it exports: %q", paths)
	}
	s.Keys("E", "down", "enter")
	answer(s, "there.json")
	s.Keys("E")
	s.Shows("▌ json  one JSON document") // as the last time
	s.Keys("esc")
	fail = errors.New("disk full")
	s.Keys("E", "enter", "enter")
	s.Shows("disk full")
	if got := fmt.Sprint(formats, paths); got != "[md json json] [out/mine.md there.json there.json]" {
		t.Errorf("exported %s", got)
	}
	s.Size(60, 20)
	fail = nil
	s.Keys("E", "enter", "enter")
	s.Shows("2 records, 2.0 kB written to")
}

func TestTrackingAsksForTheNamesItCantGuess(t *testing.T) {
	var tracked []model.TrackRequest
	var fetched []string
	guess := error(nil)
	s := open(t, func(o *tui.Options) {
		o.Suggest = func(context.Context, string) (string, string, error) { return "Acme", "", guess }
		o.Track = func(_ context.Context, r model.TrackRequest) (model.ID, string, error) {
			tracked = append(tracked, r)
			return "FP-D-00009", "Acme is tracked", nil
		}
		o.Fetch = func(_ context.Context, pattern string, all bool, progress func(model.FetchProgress)) error {
			fetched = append(fetched, fmt.Sprint(pattern, all))
			progress(model.FetchProgress{Document: "FP-D-00009", State: model.FetchDone, Outcome: model.FetchFirst,
				Done: 1, Total: 1})
			return nil
		}
	})
	s.Keys("T", "enter") // only https://
	if strings.Contains(s.Frame(), "Name of the platform") {
		t.Error("no address is looked at")
	}
	s.Keys("T")
	answer(s, "https://acme.example/terms.pdf")
	s.Shows("To track: https://acme.example/terms.pdf", "Name of the platform", "> Acme")
	s.Keys("enter", "enter")
	s.Shows("Not tracked: platform and type are required")
	s.Keys("T")
	answer(s, "https://acme.example/terms.pdf")
	s.Keys("enter")
	s.Shows("Document type, such as Privacy Policy")
	answer(s, "Privacy Policy")
	s.Shows("fetched 1 document: 1 first")
	if len(tracked) != 1 || tracked[0].Platform != "Acme" || tracked[0].Type != "Privacy Policy" ||
		!tracked[0].Source.PDF {
		t.Errorf("tracked %+v", tracked)
	}
	if fmt.Sprint(fetched) != "[FP-D-00009true]" {
		t.Errorf("fetched %q", fetched)
	}
	guess = errors.New("no such host")
	s.Keys("T")
	answer(s, "https://nowhere.example/")
	s.Shows("no such host")
}

// TestFirstFetchThatFailsSaysWhy, and where more is to be read.
func TestFirstFetchThatFailsSaysWhy(t *testing.T) {
	s := open(t, func(o *tui.Options) {
		o.Suggest = func(context.Context, string) (string, string, error) { return "Acme", "Terms", nil }
		o.Track = func(context.Context, model.TrackRequest) (model.ID, string, error) {
			return "FP-D-00009", "Acme is tracked", nil
		}
		o.Fetch = func(_ context.Context, _ string, _ bool, progress func(model.FetchProgress)) error {
			progress(model.FetchProgress{Document: "FP-D-00009", State: model.FetchDone, Outcome: model.FetchFailed,
				Reason: "connection failed: unknown host acme.example", Done: 1, Total: 1})
			return nil
		}
	})
	s.Keys("T")
	answer(s, "https://acme.example/terms")
	s.Keys("enter", "enter")
	s.Shows("1 document failed: unknown host acme.example (A for activity)")
}

func TestTrackingThatFailsIsReported(t *testing.T) {
	s := open(t, func(o *tui.Options) {
		o.Suggest = func(context.Context, string) (string, string, error) { return "Acme", "Terms", nil }
		o.Track = func(context.Context, model.TrackRequest) (model.ID, string, error) {
			return "", "", errors.New("tracked already")
		}
	})
	s.Keys("T")
	answer(s, "https://acme.example/terms")
	s.Keys("enter", "enter")
	s.Shows("tracked already")
}

func TestImportReportsWhatCame(t *testing.T) {
	result, fail := "3 captures", error(nil)
	s := open(t, func(o *tui.Options) {
		o.Import = func(_ context.Context, path string, progress func(int, int)) (string, error) {
			progress(3, 0)
			return result + " of " + path, fail
		}
	})
	s.Keys("O", "enter") // no folder
	s.Keys("O")
	answer(s, "repo")
	s.Shows("3 captures of repo")
	result, fail = "1 capture", context.Canceled
	s.Keys("O")
	answer(s, "repo")
	s.Shows("stopped; 1 capture of repo")
	fail = errors.New("no git repository")
	s.Keys("O")
	answer(s, "repo")
	s.Shows("no git repository")
}

func TestFetchReportsWhatCame(t *testing.T) {
	fail := error(nil)
	s := open(t, func(o *tui.Options) {
		o.Fetch = func(_ context.Context, _ string, _ bool, progress func(model.FetchProgress)) error {
			for i, k := range []model.FetchKind{model.FetchChanged, model.FetchQuarantined, model.FetchNotModified} {
				progress(model.FetchProgress{Document: model.NewID("FP", model.DocumentID, uint64(i+1)),
					State:   model.FetchDone,
					Outcome: k, Done: i + 1, Total: 3})
			}
			return fail
		}
	})
	s.Keys("F")
	s.Shows("fetched 3 documents: 1 changed, 1 not modified, 1 quarantined")
	fail = fmt.Errorf("%w: the next is due in 3 hours", model.ErrNothingDue)
	s.Keys("F")
	s.Shows("nothing is due: the next is due in 3 hours")
	fail = errors.New("no network")
	s.Keys("F")
	s.Shows("no network")
}

func TestOneTaskRunsAtATime(t *testing.T) {
	s := open(t, func(*tui.Options) {}) // whose fetch waits to be stopped
	s.Press("F")
	s.Until(func() bool { return strings.Contains(s.Frame(), "2 of 4") })
	for _, key := range []string{"F", "E", "T", "O"} {
		s.Press(key)
		s.Shows("Can't do that: fetching in progress")
		s.Pause()
	}
	s.Press("X")
	s.Shows("stopping…")
	s.Until(func() bool { return strings.Contains(s.Frame(), "stopped: 2 of 4 documents fetched") })
	s.Press("X")
	s.Shows("Can't do that: nothing in progress")
}

func TestWelcomeStaysWhereTheSampleFails(t *testing.T) {
	fail := errors.New("no port is free")
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.Nothing{Static: deskfixture.NewStatic()}, 120, 24, "dark", func(o *tui.Options) {
		o.Sample = func(context.Context, func(int, int)) (tui.Options, func(), error) {
			return tui.Options{Desk: deskfixture.NewStatic()}, func() {}, fail
		}
	})
	s.Keys("D")
	s.Shows("no port is free", "Welcome")
	fail = context.Canceled
	s.Keys("D")
	s.Shows("Cancelled; the demo was discarded")
	fail = nil
	s.Keys("D")
	if !s.Left() {
		t.Errorf("the desk is not left for the sample:\n%s", s.Frame())
	}
}

func TestSampleIsTheDeskThatIsOpenedNext(t *testing.T) {
	undone := make(chan struct{})
	made := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, deskfixture.StoreOf(t), 100, 30, func(o *tui.Options) {
		o.Sample = func(_ context.Context, progress func(int, int)) (tui.Options, func(), error) {
			progress(1, 2)
			return tui.Options{Desk: made, Actor: "ada"}, func() { close(undone) }, nil
		}
	})
	d.Sees("Welcome")
	d.Press("D")
	d.Sees("by risk", "link  ")
	d.Press("q", "q")
	d.Sees("Welcome")
	<-undone
	d.Press("q")
	d.Left()
}

func TestFoundDocumentsAreTickedAndTracked(t *testing.T) {
	var tracked []model.TrackRequest
	var fetched []string
	var found []model.FoundDocument
	fail := error(nil)
	s := open(t, func(o *tui.Options) {
		o.Find = func(_ context.Context, address string, progress func(int, int)) ([]model.FoundDocument, error) {
			progress(1, 2)
			return found, fail
		}
		o.Track = func(_ context.Context, r model.TrackRequest) (model.ID, string, error) {
			tracked = append(tracked, r)
			return "FP-D-00009", "", nil
		}
		o.Fetch = func(_ context.Context, pattern string, all bool, _ func(model.FetchProgress)) error {
			fetched = append(fetched, fmt.Sprint(pattern, all))
			return nil
		}
	})
	s.Keys("W", "enter") // only https://
	if strings.Contains(s.Frame(), "Track which") {
		t.Error("no address is looked through")
	}
	s.Keys("W")
	answer(s, "https://acme.example/")
	s.Shows("No legal documents found")
	for i, name := range []string{"Terms of Service", "Privacy Policy", "Imprint"} {
		found = append(found, model.FoundDocument{URL: fmt.Sprintf("https://acme.example/%d.pdf", i), Name: name,
			Title: "Title " + name, Platform: "Acme", Type: name})
	}
	found[0].Tracked, found[0].Document = true, "FP-D-00001"
	s.Keys("W")
	answer(s, "https://acme.example/")
	s.Shows("Documents to track", "3 legal documents linked on https://acme.example/", "Terms of Service", "(tracked: FP-D-00001)", "[ ] Imprint")
	s.Keys("enter")
	s.Shows("[ ] Imprint") // nothing is ticked
	s.Keys("space", "j", "j", "space", "k", "space", "space")
	s.Shows("1 selected", "[x] Imprint", "[ ] Privacy Policy", "https://acme.example/1.pdf")
	s.Keys("a")
	s.Shows("2 selected")
	s.Keys("a")
	s.Shows("0 selected")
	s.Keys("esc")
	if len(tracked) != 0 {
		t.Errorf("tracked without enter: %+v", tracked)
	}
	s.Keys("W")
	answer(s, "https://acme.example/")
	s.Keys("a", "enter")
	if len(tracked) != 2 || tracked[0].Type != "Privacy Policy" || tracked[1].Type != "Imprint" ||
		tracked[1].Platform != "Acme" || !tracked[1].Source.PDF || tracked[1].Source.URL != "https://acme.example/2.pdf" {
		t.Errorf("tracked %+v", tracked)
	}
	if fmt.Sprint(fetched) != "[Acme/*false]" {
		t.Errorf("fetched %q", fetched)
	}
	fail = errors.New("no such host")
	s.Keys("W")
	answer(s, "https://nowhere.example/")
	s.Shows("no such host")
}
