package tui_test

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"fineprint/cmd/dev/desktest"
	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui"
)

// still is a desk's store that stands still: the screens must not move with
// what the detection makes of a text.
type still struct{ detail model.ChangeDetail }

func newStill() still {
	texts := [2]string{"", ""}
	add := func(old, new string) (*model.ByteRange, *model.ByteRange) {
		extents := [2]*model.ByteRange{}
		for i, text := range []string{old, new} {
			if text != "" {
				extents[i] = &model.ByteRange{Start: len(texts[i]), End: len(texts[i]) + len(text)}
				texts[i] += text + "\n\n"
			}
		}
		return extents[0], extents[1]
	}
	clause := func(kind model.Kind, reason model.Reason, old, new, marks string) model.ClauseChange {
		c := model.ClauseChange{Kind: kind, Material: reason == "", Reason: reason, Heading: []string{"Acme Terms",
			"1. Who may use it"}, Marks: strings.Fields(marks)}
		c.Old, c.New = add(old, new)
		return c
	}
	at := func(n int) model.VersionRef {
		return model.VersionRef{Seq: n, CapturedAt: time.Date(2026, 3, n, 5, 6, 7, 0, time.UTC),
			SHA256: strings.Repeat(fmt.Sprint(n), 64)}
	}
	d := model.ChangeDetail{
		Document: model.Document{ID: "FP-D-00001", Type: "Terms of Service", Platform: model.Platform{Slug: "acme",
			Name: "Acme \x1b]0;owned\x07社交 Network"}},
		Review: model.Review{Change: "FP-C-000001", State: model.Pending},
		Change: model.Change{ID: "FP-C-000001", Document: "FP-D-00001", From: at(1), To: at(2), Material: true,
			Suggested: model.Suggestion{Severity: model.High, Score: 70, Why: []string{"children or age",
				"a changed number"}},
			Counts: model.Counts{Added: 1, Removed: 1, Modified: 1, Moved: 1, Immaterial: 1},
			Clauses: []model.ClauseChange{
				clause(model.Modified, "",
					"You must be at least 16 years old to use the service, and you may not share your account with "+
						"anybody else.",
					"You must be at least 13 years old to use the service, and you may not share your account with "+
						"anybody else.", "number"),
				clause(model.Added, "", "", "* Cafe\u0301 owners 🙂 must not scrape; 您同意本条款。", "negation modal"),
				clause(model.Removed, "", "We answer every complaint.", "", ""),
				clause(model.Moved, "", "Disputes go to the courts of Dublin.", "Disputes go to the courts of Dublin.",
					""),
				clause(model.Modified, model.ReasonLink, "Read [this](https://acme.example/a).",
					"Read [this](https://acme.example/b).", ""),
			}},
	}
	d.OldText, d.NewText = texts[0], texts[1]
	return still{d}
}

func (s still) Platforms(context.Context) ([]model.PlatformRow, error) {
	return []model.PlatformRow{
		{Platform: s.detail.Document.Platform, Documents: 2, Versions: 40, Pending: 12, MaterialPending: 3,
			LastChange: s.detail.Change.To.CapturedAt,
			Activity:   []int{0, 1, 2, 3, 5, 8, 13, 21, 34, 2, 0, 1}, LastFetched: time.Date(2026, 3, 31, 5, 6, 7, 0,
				time.UTC)},
		{Platform: model.Platform{Slug: "borealis", Name: "Borealis"}, Documents: 1, Versions: 1,
			Activity: make([]int, 12), Failing: 2},
	}, nil
}

func (s still) Queue(context.Context, model.QueueFilter) (model.QueuePage, error) {
	c := s.detail.Change
	row := model.QueueItem{ID: c.ID, PlatformName: s.detail.Document.Platform.Name, Type: "Terms of Service",
		From: c.From, To: c.To, State: model.Pending, Material: true, Suggested: c.Suggested, Counts: c.Counts}
	judged, noise := row, row
	judged.ID, judged.Severity, judged.PlatformName = "FP-C-000002", model.Critical, "Borealis"
	noise.ID, noise.Material, noise.Reason, noise.Type, noise.Counts = "FP-C-000003", false, model.ReasonBoilerplate,
		"Privacy Policy with a Name that is Longer than Most Windows are Wide", model.Counts{Immaterial: 4}
	return model.QueuePage{Total: 3, Changes: []model.QueueItem{row, judged, noise}}, nil
}

func (s still) Change(context.Context, model.ID) (model.ChangeDetail, error) { return s.detail, nil }

func (s still) Decide(context.Context, model.Decision) (model.Review, error) {
	return model.Review{}, model.ErrNotAllowed
}

func (s still) PreviewRecord(context.Context, model.ID) (model.Record, error) {
	r := model.Record{Change: s.detail.Change.ID, Document: s.detail.Document.ID, Platform: s.detail.Document.Platform,
		Type: s.detail.Document.Type, Severity: model.High, Summary: "The age falls from 16 to 13."}
	r.Clauses = []model.RecordClause{{Kind: model.Modified, Material: true, Heading: []string{"Acme Terms"},
		Spans: []model.Span{{Op: model.Equal, Text: "You must be "}, {Op: model.Delete, Text: "16"},
			{Op: model.Insert, Text: "13"}, {Op: model.Equal, Text: " years old."}}}}
	return r, nil
}

func (s still) DecideAll(context.Context, []model.Decision) ([]model.Review, error) {
	return nil, model.ErrNotAllowed
}
func (s still) Precedents(context.Context, model.ID, int) ([]model.Precedent, error) { return nil, nil }
func (s still) SaveDraft(context.Context, model.Draft) error                         { return nil }
func (s still) Drafts(context.Context, string) ([]model.Draft, error)                { return nil, nil }
func (s still) DropDraft(context.Context, model.ID, string) error                    { return nil }
func (s still) SaveDeskState(context.Context, string, []byte) error                  { return nil }
func (s still) DeskState(context.Context, string) ([]byte, error)                    { return nil, nil }
func (s still) LastDecision(context.Context, string) ([]model.ID, error)             { return nil, nil }
func (s still) LastUndone(context.Context, string) ([]model.ID, error)               { return nil, nil }

// screens is a desk that answers whatever was asked before the next key comes.
type screens struct {
	t testing.TB
	*desktest.Desk
}

func (s *screens) send(msg tea.Msg) {
	s.Send(msg)
	s.Settle()
}

func (s *screens) press(keys ...string) {
	for _, k := range keys {
		s.Press(k)
		s.Settle()
	}
}

// open begins anew with a desk.
func (s *screens) open(on tui.Desk, width, height int, style string) {
	s.openWith(on, width, height, style, func(*tui.Options) {})
}

// openWith begins anew with a desk that has other options.
func (s *screens) openWith(on tui.Desk, width, height int, style string, with func(*tui.Options)) {
	o := tui.Options{Desk: on, Fetch: newStill().fetching, Settings: settings(style == "ascii"), Actor: "ada",
		Markdown: export.RecordMarkdown, ASCII: style == "ascii",
		Exporting: exporting, Intake: intake, Tick: atOnce,
		Clock: func() time.Time { return time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) }}
	with(&o)
	s.Desk = desktest.Open(tui.New(s.t.Context(), o))
	s.Settle()
	s.send(tea.WindowSizeMsg{Width: width, Height: height})
	if style == "light" {
		s.send(tea.BackgroundColorMsg{Color: color.White})
	}
}

// TestScreens holds each screen, in every width and theme, against what it
// looked like when somebody last looked at it: go test ./tui -update writes
// them anew.
func TestScreens(t *testing.T) {
	const height = 24
	for _, width := range []int{60, 80, 120, 200} {
		for _, style := range []string{"dark", "light", "nocolor", "ascii"} {
			t.Run(fmt.Sprintf("%d-%s", width, style), func(t *testing.T) {
				s := &screens{t: t}
				s.open(newStill(), width, height, style)
				var out bytes.Buffer
				profile := colorprofile.ANSI256
				if style == "nocolor" {
					profile = colorprofile.Ascii
				}
				w := &colorprofile.Writer{Forward: &out, Profile: profile}
				take := func(name string) {
					content := s.Frame()
					lines := strings.Split(content, "\n")
					if len(lines) != height {
						t.Errorf("%s has %d lines", name, len(lines))
					}
					for i, l := range lines {
						if n := ansi.StringWidth(l); n > width {
							t.Errorf("%s: line %d is %d wide", name, i, n)
						}
					}
					_, _ = fmt.Fprintf(w, "== %s\n%s\n", name, content)
				}
				take("queue")
				s.press("enter")
				take("review")
				s.press("i", "w")
				take("review, the whole document unfolded")
				s.press("x")
				take("prompt")
				s.send(tea.KeyPressMsg{Code: tea.KeyEscape})
				s.press("r")
				take("preview")
				s.press("q", "?")
				take("help")
				s.send(tea.KeyPressMsg{Code: tea.KeyEscape})
				s.press("q", "q")
				take("platforms")
				s.besides(take)
				s.open(nothing{newStill()}, width, height, style)
				take("welcome")
				golden.RequireEqual(t, out.Bytes())
			})
		}
	}
}
