package tui

import (
	"context"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// Intake is how something new comes into the store from within the desk.
// Functions that are nil leave out what they are for, and the desk says so.
type Intake struct {
	// Suggest guesses from an address, and from its page if need be, whose terms
	// it has and of what type; "" for what can't be told.
	Suggest func(ctx context.Context, address string) (platform, kind string, err error)
	// Track has a document tracked and says what came of it.
	Track func(ctx context.Context, r model.TrackRequest) (document model.ID, what string, err error)
	// Import takes in the Open Terms Archive history at a path and says what came,
	// with an error too: of one that was stopped, what had come is kept.
	Import func(ctx context.Context, path string, progress func(done, total int)) (what string, err error)
	// Sample makes a desk to look around on, and what does away with it.
	Sample func(ctx context.Context, progress func(done, total int)) (Options, func(), error)
}

// sample is a desk that is opened in place of this one until it is left.
type sample struct {
	o     Options
	close func()
}

// welcome is the screen on an empty store: the ways to begin.
type welcome struct {
	*env
	at list
	do func(keys.Command) tea.Cmd
	// why says why a command isn't possible now.
	why func(keys.Command) string
}

var beginnings = []struct {
	command     keys.Command
	what, about string
}{
	{keys.Track, "Track a document", "Give the address of a platform's terms or privacy policy. It is fetched now, and then once a day."},
	{keys.Import, "Import a history", "Give the folder of an Open Terms Archive git repository: years of changes at once."},
	{keys.Sample, "Look around on a sample", "An invented web site is served on this machine and fetched over its history. Nothing of it stays."},
}

func (w *welcome) name() keys.Screen { return keys.Welcome }
func (w *welcome) head() []string    { return []string{w.bar("Welcome", "")} }
func (w *welcome) status() string    { return "" }
func (w *welcome) fit()              {}
func (w *welcome) scroll(by int)     { w.at.n = len(beginnings); w.at.move(by, len(beginnings)) }

// intro is how many lines stand above the first beginning, which has three.
const intro = 3

func (w *welcome) lines(height int) []string {
	lines := []string{"", w.cut("  Nothing is tracked yet. There are three ways to begin:", w.w), ""}
	for i, b := range beginnings {
		lines = append(lines, w.mark(i == w.at.cursor, fmt.Sprintf("%s  %s", w.keys.Key(b.command), b.what)))
		about := b.about
		if why := w.why(b.command); why != "" {
			about = "Not now: " + why + "."
		}
		for n, l := range w.wrapped(about, w.w-7) {
			if n < 2 {
				lines = append(lines, w.theme.Faint.Styled("     "+l))
			}
		}
		for len(lines) < intro+3*(i+1) {
			lines = append(lines, "")
		}
	}
	return lines[:min(len(lines), height)]
}

func (w *welcome) run(c keys.Command) (tea.Cmd, bool) {
	if c != keys.Open {
		return nil, false
	}
	return w.do(beginnings[w.at.cursor].command), true
}

func (w *welcome) click(line, _ int) tea.Cmd {
	if i := (line - intro) / 3; line >= intro && i < len(beginnings) {
		w.at.cursor = i
		return w.do(beginnings[i].command)
	}
	return nil
}

// greet puts the welcome on an empty store, and takes it away once it isn't.
func (m *Model) greet() {
	empty := m.platforms.read && len(m.platforms.rows) == 0
	for i, s := range m.screens {
		if s == screen(m.welcome) {
			if !empty {
				m.screens = append(m.screens[:i:i], m.screens[i+1:]...)
			}
			return
		}
	}
	if empty && len(m.screens) <= 2 {
		m.screens = []screen{m.platforms, m.queue, m.welcome}
	}
}

// askTrack asks for a document to track, and what can't be told from it.
func (m *Model) askTrack() tea.Cmd {
	return m.ask(question{label: "Address of the document to track", value: "https://", done: func(address string) tea.Cmd {
		if address == "" || address == "https://" {
			return nil
		}
		return m.suggest(address)
	}})
}

func (m *Model) suggest(address string) tea.Cmd {
	r := model.TrackRequest{Source: model.Source{URL: address, PDF: model.NamesPDF(address)}}
	return m.task.start(job{
		what: "looking at " + sanitize.Line(address),
		do: func(ctx context.Context, _ func(step)) (err error) {
			r.Platform, r.Type, err = m.o.Suggest(ctx, address)
			return err
		},
		then: func(err error) tea.Cmd {
			if stopped(err) {
				m.say("stopped; nothing is tracked")
				return nil
			}
			if !m.fine(err) {
				return nil
			}
			return m.askNames(r)
		},
	})
}

// askNames asks for platform and type, with what was guessed to begin with.
func (m *Model) askNames(r model.TrackRequest) tea.Cmd {
	about := []string{"To track: " + sanitize.Line(r.Source.URL)}
	return m.ask(question{about: about, label: "Name of the platform", value: sanitize.Line(r.Platform), done: func(platform string) tea.Cmd {
		return m.ask(question{about: about, label: "Type of the document, such as Privacy Policy", value: sanitize.Line(r.Type), done: func(kind string) tea.Cmd {
			if platform == "" || kind == "" {
				m.say("not tracked: it needs a platform and a type")
				return nil
			}
			r.Platform, r.Type = platform, kind
			return m.track(r)
		}})
	}})
}

// track has a document tracked, and fetches it.
func (m *Model) track(r model.TrackRequest) tea.Cmd {
	var id model.ID
	var what string
	return m.task.start(job{
		what: "tracking",
		do: func(ctx context.Context, _ func(step)) (err error) {
			id, what, err = m.o.Track(ctx, r)
			return err
		},
		then: func(err error) tea.Cmd {
			if !m.fine(err) {
				return nil
			}
			m.say("%s", what)
			if m.o.Fetch == nil {
				return m.again()
			}
			return tea.Batch(m.again(), m.fetching.start(string(id), true))
		},
	})
}

func (m *Model) askImport() tea.Cmd {
	return m.ask(question{label: "Folder of the Open Terms Archive git repository", done: func(path string) tea.Cmd {
		if path == "" {
			return nil
		}
		return m.importFrom(path)
	}})
}

func (m *Model) importFrom(path string) tea.Cmd {
	var what string
	return m.task.start(job{
		what: "importing " + sanitize.Line(filepath.Base(path)),
		do: func(ctx context.Context, tell func(step)) (err error) {
			what, err = m.o.Import(ctx, path, func(done, total int) { tell(step{done: done, total: total}) })
			return err
		},
		then: func(err error) tea.Cmd {
			switch {
			case stopped(err):
				m.say("stopped; %s", or(what, "nothing had come"))
			case m.fine(err):
				m.say("%s", what)
			}
			return m.again()
		},
	})
}

// lookAround makes the sample, and leaves this desk for it.
func (m *Model) lookAround() tea.Cmd {
	var s sample
	return m.task.start(job{
		what: "preparing the sample",
		do: func(ctx context.Context, tell func(step)) (err error) {
			s.o, s.close, err = m.o.Sample(ctx, func(done, total int) { tell(step{done: done, total: total}) })
			if err == nil && ctx.Err() != nil {
				s.close()
				s.close = nil
			}
			return err
		},
		dropped: func() {
			if s.close != nil {
				s.close()
			}
		},
		then: func(err error) tea.Cmd {
			if stopped(err) {
				m.say("stopped; nothing of the sample stays")
				return nil
			}
			if !m.fine(err) {
				return nil
			}
			m.sample = &s
			return m.judge.leave()
		},
	})
}
