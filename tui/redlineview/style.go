package redlineview

import (
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/markup"
	"fineprint/tui/theme"
)

// over adds to the style of what happened to words that of their markup, and of
// what they are marked as, which is quiet where the whole clause is new or gone. What
// happened stays to be seen.
func (k look) over(t theme.Theme, style ansi.Style, whole bool) ansi.Style {
	if k.style&aside != 0 {
		if k.style&markup.Heading != 0 {
			return t.Label
		}
		return t.Faint
	}
	add := func(more ansi.Style) { style = append(append(ansi.Style{}, style...), more...) }
	kept := k.op == model.Equal
	switch {
	case k.style&markup.Quoted != 0 && kept:
		add(t.Quote)
	case k.style&markup.Link != 0 && kept:
		add(t.Link)
	case k.style&markup.Link != 0 && !t.ASCII:
		add(ansi.Style{}.Underline(true))
	}
	if k.style&markup.Heading != 0 {
		add(t.Heading)
	}
	if k.style&markup.Bold != 0 {
		add(ansi.Style{}.Bold())
	}
	if k.style&markup.Italic != 0 {
		add(ansi.Style{}.Italic(true))
	}
	switch {
	case k.flag == noFlag || k.idle:
	case whole:
		add(t.FlagText)
	default:
		add(t.Flag)
	}
	return style
}
