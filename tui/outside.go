package tui

import (
	"context"
	"fmt"
	"net/url"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
)

// sourceOf is the web address a change's newer version was captured from, ""
// when there is none that is safe to open.
func sourceOf(d model.ChangeDetail) string {
	candidates := []string{d.ToMeta.Origin.FinalURL, d.ToMeta.Origin.URL, d.Document.Source.URL}
	if a := d.ToMeta.Origin.Archive; a != nil {
		candidates = append(candidates, a.Locations...)
	}
	for _, p := range d.Document.Source.Pages() {
		candidates = append(candidates, p.URL)
	}
	for _, c := range candidates {
		if u := webAddress(c); u != "" {
			return u
		}
	}
	return ""
}

// webAddress returns s spelled so that neither a terminal nor a shell can take
// it for something else, "" when it is no http or https address.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return ""
	}
	spelled := u.String()
	for _, r := range spelled {
		if r <= ' ' || r > '~' {
			return ""
		}
	}
	return spelled
}

// linked makes a text a link that a terminal can open (OSC 8), where there is an
// address.
func linked(text, address string) string {
	if address == "" {
		return text
	}
	return ansi.SetHyperlink(address) + text + ansi.ResetHyperlink()
}

// openSource shows where a change was captured in the reader's browser.
func (e *env) openSource(desk changeReader, id model.ID) tea.Cmd {
	ctx, open := e.ctx, e.o.OpenURL
	return func() tea.Msg {
		d, err := desk.Change(ctx, id)
		if err != nil {
			return doneMsg{err: err}
		}
		address := sourceOf(d)
		if address == "" {
			return doneMsg{err: fmt.Errorf("no web address is known for %s", id)}
		}
		return opened(ctx, open, address)
	}
}

// openAddress shows a web address in the reader's browser.
func (e *env) openAddress(address string) tea.Cmd {
	ctx, open := e.ctx, e.o.OpenURL
	return func() tea.Msg { return opened(ctx, open, address) }
}

func opened(ctx context.Context, open func(context.Context, string) error, address string) doneMsg {
	if err := open(ctx, address); err != nil {
		return doneMsg{err: fmt.Errorf("can't open %s: %w", address, err)}
	}
	return doneMsg{what: "opened " + address}
}

// citedMsg carries a citation to the clipboard.
type citedMsg struct {
	text string
	err  error
}

// cite copies the citation of a change's record, by the terminal (OSC 52) and
// by the system's own clipboard where there is one.
func (e *env) cite(desk recordPreviewer, id model.ID) tea.Cmd {
	ctx := e.ctx
	return func() tea.Msg {
		r, err := desk.PreviewRecord(ctx, id)
		return citedMsg{r.Citation, err}
	}
}

func (e *env) cited(msg citedMsg) tea.Cmd {
	if !e.fine(msg.err) {
		return nil
	}
	native, text := e.o.Clipboard, msg.text
	return tea.Batch(tea.SetClipboard(text), func() tea.Msg {
		if native != nil && native(text) == nil {
			return doneMsg{what: "citation copied to the clipboard"}
		}
		return doneMsg{what: "citation sent to the terminal's clipboard"}
	})
}
