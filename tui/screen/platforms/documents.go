package platforms

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
)

// documents are those of the platform under the cursor.
type documents struct {
	of    string // the platform's slug
	asked int
	rest  kit.Rest
	read  bool // what is listed is of it
	stale bool // the store was written to since
	list  []model.DocumentRow
	err   error
}

// documentsMsg answers which documents a platform has.
type documentsMsg struct {
	request int
	list    []model.DocumentRow
	err     error
}

// Follow has the documents of the platform under the cursor read once it rests there.
func (s *Screen) Follow() tea.Cmd {
	b := &s.beside
	slug := s.slug()
	if !s.hasBeside() || slug == b.of && !b.stale {
		return nil
	}
	b.read = b.read && slug == b.of
	b.of, b.stale = slug, false
	b.asked++
	if slug == "" {
		return nil
	}
	return s.Moved(&b.rest)
}

// rested reads the documents, unless the cursor moved on.
func (s *Screen) rested() tea.Cmd {
	b := &s.beside
	cmd, rested := s.HasRested(&b.rest)
	if !rested || b.of == "" {
		return cmd
	}
	request, ctx, desk, slug := b.asked, s.Ctx, s.desk, b.of
	return func() tea.Msg {
		list, err := desk.PlatformDocuments(ctx, slug)
		return documentsMsg{request, list, err}
	}
}

// takeDocuments lists the documents, unless they are of another platform by now.
func (s *Screen) takeDocuments(msg documentsMsg) {
	if b := &s.beside; msg.request == b.asked {
		b.list, b.err, b.read = msg.list, msg.err, true
	}
}

// documents draws the documents of the platform under the cursor in so many cells and
// lines: what each is, what is pending of it, when it changed, and what is wrong with it.
func (s *Screen) documents(w, h int) []string {
	b := &s.beside
	row, name := s.total(), "All platforms"
	if i := s.at.Cursor - 1; i >= 0 && i < len(s.shown) {
		row, name = s.shown[i], s.shown[i].Name
	}
	lines := []string{s.Theme.Title.Styled(s.Cut(s.Safe(name), w)), s.Theme.Faint.Styled(s.Cut(s.summary(&row), w)), ""}
	switch {
	case b.of == "" || !b.read:
	case b.err != nil:
		lines = append(lines, s.Theme.Bad.Styled(s.Cut(s.Safe("Can't be read: "+kit.Sentence(b.err)), w)))
	default:
		if s.isBelow() {
			lines = lines[:2]
		}
		lines = append(lines, s.documentRows(w, h-len(lines))...)
	}
	return lines[:min(len(lines), h)]
}

// documentRows draws as many documents as there is room for, and how many more there are.
func (s *Screen) documentRows(w, room int) []string {
	var lines []string
	for i := range s.beside.list {
		next := s.documentLines(&s.beside.list[i], w)
		left := len(s.beside.list) - i
		if len(lines)+len(next) > room || len(lines)+len(next) == room && left > 1 {
			return append(lines, s.Theme.Faint.Styled(s.Cut(fmt.Sprintf("%s %d more", s.Theme.Ellipsis, left), w)))
		}
		lines = append(lines, next...)
	}
	return lines
}

// documentLines draws one document, with a line for what is wrong with it.
func (s *Screen) documentLines(d *model.DocumentRow, w int) []string {
	figures, days := 7+5+2+model.ActivityMonths, ""
	if w >= withDays {
		figures, days = figures+2+model.ActivityDays, "  "+s.Theme.Title.Styled(s.Theme.Sparkline(d.Days))
	}
	pending := s.Theme.Signs.Zero
	if d.Pending > 0 {
		pending = humanize.Number(d.Pending)
	}
	if d.MaterialPending > 0 {
		pending = humanize.Number(d.MaterialPending) + "/" + pending
	}
	line := s.Pad(s.Safe(d.Type), max(8, w-figures-1)) + " " +
		fmt.Sprintf("%7s %4s  ", pending, s.age(d.LastChange)) + s.Theme.Title.Styled(s.Theme.Sparkline(d.Activity)) + days
	lines := []string{s.Cut(line, w)}
	if trouble := s.documentTrouble(d); trouble != "" {
		lines = append(lines, s.Theme.Bad.Styled(s.Cut("  "+trouble, w)))
	}
	return lines
}

// documentTrouble is what is wrong with a document, "" for nothing.
func (s *Screen) documentTrouble(d *model.DocumentRow) string {
	var parts []string
	if since := d.UnreadableSince; since != nil {
		parts = append(parts, "no readable capture since "+since.Format("2 Jan 2006"))
	}
	if d.Failing {
		parts = append(parts, "fetching fails")
	}
	if d.NotTerms {
		parts = append(parts, model.NotTermsNote)
	}
	if d.Ended != nil {
		parts = append(parts, "ended "+d.Ended.Format("2 Jan 2006"))
	}
	return strings.Join(parts, ", ")
}

// summary is what there is of a platform, in words.
func (s *Screen) summary(r *model.PlatformRow) string {
	parts := []string{humanize.Count(r.Documents, "document"), humanize.Number(r.Versions) + " versions",
		fmt.Sprintf("decided %s of %s", humanize.Number(max(0, r.MaterialTotal-r.MaterialPending)),
			humanize.Number(r.MaterialTotal))}
	if !r.LastFetched.IsZero() {
		parts = append(parts, "fetched "+humanize.While(max(s.Clock().Sub(r.LastFetched), time.Second))+" ago")
	}
	return s.Plain(strings.Join(parts, " · "))
}
