package jobs

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"

	"fineprint/store/model"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Intake is how something new comes into the store from within the desk.
// Functions that are nil leave out what they are for, and the desk reports it.
type Intake struct {
	// Suggest guesses from an address, and from its page if need be, whose terms
	// it has and of what type; "" for what is unknown.
	Suggest func(ctx context.Context, address string) (platform, kind string, err error)
	// Track has a document tracked and reports the outcome.
	Track func(ctx context.Context, r model.TrackRequest) (document model.ID, what string, err error)
	// Find lists the legal documents that the page at an address links.
	Find func(ctx context.Context, address string, progress func(done, total int)) ([]model.FoundDocument, error)
	// Import takes in the Open Terms Archive history at a path and reports what came,
	// with an error too: of one that was stopped, what had come is kept.
	Import func(ctx context.Context, path string, progress func(done, total int)) (what string, err error)
	// Sample makes a desk to look around on, and what undoes that. What was made is
	// kept by whoever gave the function.
	Sample func(ctx context.Context, progress func(done, total int)) (undo func(), err error)
}

// Beginnings are the ways by which something comes into the store.
type Beginnings struct {
	*kit.Common
	task     *Task
	fetching *Fetching
	with     Intake
}

// NewBeginnings makes them; what is tracked is fetched at once.
func NewBeginnings(c *kit.Common, t *Task, f *Fetching, with Intake) *Beginnings {
	return &Beginnings{Common: c, task: t, fetching: f, with: with}
}

// AskTrack asks for a document to track, and what can't be guessed from it.
func (b *Beginnings) AskTrack() kit.Action {
	return askAddress("Address of the document to track", b.suggest)
}

// askAddress asks for a web address, and does something with it.
func askAddress(label string, then func(address string) kit.Action) kit.Action {
	return kit.Ask{Question: kit.Question{
		Label: label, Placeholder: "https://example.org/privacy", Enter: "continue",
		Check: func(typed string) error {
			u, err := url.Parse(spelled(typed))
			if typed != "" && (err != nil || u.Host == "" || strings.Contains(typed, " ")) {
				return errors.New("not a web address; paste it as the browser shows it")
			}
			return nil
		},
		Done: func(typed string) kit.Action {
			if typed == "" {
				return nil
			}
			return then(spelled(typed))
		},
	}}
}

// spelled is an address as it was meant: with a scheme, and with one only where it was
// pasted behind another.
func spelled(typed string) string {
	at := max(strings.LastIndex(typed, "https://"), strings.LastIndex(typed, "http://"))
	switch scheme := strings.Trim(strings.NewReplacer("https://", "", "http://", "").Replace(typed[:max(0, at)]), " "); {
	case at < 0:
		return "https://" + typed
	case scheme == "":
		return typed[at:]
	}
	return typed
}

// cameThrough reports whether what comes before tracking was done, and says why not.
func (b *Beginnings) cameThrough(err error) bool {
	if stopped(err) {
		b.SetStatus("Cancelled; nothing tracked")
		return false
	}
	return b.ReportError(err)
}

// suggest guesses whose terms an address has, and of what type.
func (b *Beginnings) suggest(address string) kit.Action {
	r := model.TrackRequest{Source: model.Source{URL: address, PDF: model.NamesPDF(address)}}
	return b.task.start(job{
		what: "looking at " + sanitize.Line(address),
		do: func(ctx context.Context, _ func(step)) (err error) {
			r.Platform, r.Type, err = b.with.Suggest(ctx, address)
			return err
		},
		then: func(err error) kit.Action {
			if !b.cameThrough(err) {
				return nil
			}
			return b.askNames(r)
		},
	})
}

// askNames asks for platform and type, with what was guessed to begin with.
func (b *Beginnings) askNames(r model.TrackRequest) kit.Action {
	about := []string{"To track: " + sanitize.Line(r.Source.URL)}
	named := func(platform, kind string) kit.Action {
		if platform == "" || kind == "" {
			b.SetStatus("Not tracked: platform and type are required")
			return nil
		}
		r.Platform, r.Type = platform, kind
		return b.track(r)
	}
	return kit.Ask{Question: kit.Question{
		About: about, Label: "Name of the platform", Value: sanitize.Line(r.Platform),
		Done: func(platform string) kit.Action {
			return kit.Ask{Question: kit.Question{
				About: about, Label: "Document type, such as Privacy Policy", Value: sanitize.Line(r.Type),
				Done: func(kind string) kit.Action { return named(platform, kind) },
			}}
		},
	}}
}

// track has a document tracked, and fetches it.
func (b *Beginnings) track(r model.TrackRequest) kit.Action {
	var id model.ID
	var what string
	return b.task.start(job{
		what: "tracking",
		do: func(ctx context.Context, _ func(step)) (err error) {
			id, what, err = b.with.Track(ctx, r)
			return err
		},
		then: func(err error) kit.Action {
			if !b.ReportError(err) {
				return nil
			}
			b.SetStatus("%s", what)
			if b.fetching.fetch == nil {
				return kit.Reload{}
			}
			return kit.All{kit.Reload{}, b.fetching.Start(string(id), true)}
		},
	})
}

// AskImport asks for a history to import.
func (b *Beginnings) AskImport() kit.Action {
	done := func(path string) kit.Action {
		if path == "" {
			return nil
		}
		return b.importFrom(path)
	}
	label := "Folder of the Open Terms Archive git repository"
	return kit.Ask{Question: kit.Question{Label: label, Done: done}}
}

func (b *Beginnings) importFrom(path string) kit.Action {
	var what string
	return b.task.start(job{
		what: "importing " + sanitize.Line(filepath.Base(path)),
		do: func(ctx context.Context, tell func(step)) (err error) {
			progress := func(done, total int) { tell(step{done: done, total: total}) }
			what, err = b.with.Import(ctx, path, progress)
			return err
		},
		then: func(err error) kit.Action {
			switch {
			case stopped(err):
				b.SetStatus("stopped; %s", cmp.Or(what, "nothing had come"))
			case b.ReportError(err):
				b.SetStatus("%s", what)
			}
			return kit.Reload{}
		},
	})
}

// LookAround makes the sample, and leaves this desk for it.
func (b *Beginnings) LookAround() kit.Action {
	var undo func()
	return b.task.start(job{
		what: "preparing the sample",
		do: func(ctx context.Context, tell func(step)) (err error) {
			progress := func(done, total int) { tell(step{done: done, total: total}) }
			undo, err = b.with.Sample(ctx, progress)
			if err == nil && ctx.Err() != nil {
				undo()
				undo = nil
			}
			return err
		},
		dropped: func() {
			if undo != nil {
				undo()
			}
		},
		then: func(err error) kit.Action {
			if stopped(err) {
				b.SetStatus("Cancelled; the demo was discarded")
				return nil
			}
			if !b.ReportError(err) {
				return nil
			}
			return kit.EnterSample{}
		},
	})
}
