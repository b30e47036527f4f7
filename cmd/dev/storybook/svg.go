package main

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

const cellWide, cellHigh = 8.4, 18.0 // of 14 px monospace

// picture draws a frame as SVG, by way of an emulated terminal. No Go library
// that does this is in reach as one (Freeze is a program only).
func picture(frame string, w, h int) string {
	term := vt.NewSafeEmulator(w, h)
	_, _ = term.Write([]byte("\x1b[?7l" + strings.ReplaceAll(frame, "\n", "\r\n")))
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" `+
		`font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14">`+"\n",
		float64(w)*cellWide+16, float64(h)*cellHigh+16)
	b.WriteString(`<rect width="100%" height="100%" rx="6" fill="#16181d"/>` + "\n")
	for y := range h {
		for x := 0; x < w; {
			c := term.CellAt(x, y)
			run, width := content(c), max(cellWidth(c), 1)
			for x+width < w {
				next := term.CellAt(x+width, y)
				if styleOf(next) != styleOf(c) || cellWidth(next) > 1 || cellWidth(c) > 1 {
					break
				}
				run, width = run+content(next), width+1
			}
			b.WriteString(draw(run, styleOf(c), x, y, width))
			x += width
		}
	}
	return b.String() + "</svg>\n"
}

func cellWidth(c *uv.Cell) int {
	if c == nil {
		return 1
	}
	return c.Width
}

func content(c *uv.Cell) string {
	if c == nil || c.Content == "" {
		return " "
	}
	return c.Content
}

// style is what of a cell's style is drawn.
type style struct {
	fg, bg                       string
	bold, italic, under, through bool
}

func styleOf(c *uv.Cell) style {
	s := style{fg: "#d5d8de"}
	if c == nil {
		return s
	}
	a := c.Style.Attrs
	s.fg, s.bg = hex(c.Style.Fg, s.fg), hex(c.Style.Bg, "")
	s.bold, s.italic, s.through, s.under = a&uv.AttrBold != 0, a&uv.AttrItalic != 0, a&uv.AttrStrikethrough != 0,
		c.Style.Underline != 0
	if a&uv.AttrReverse != 0 {
		s.fg, s.bg = "#16181d", s.fg
	}
	return s
}

func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// draw is a run of cells of one style.
func draw(text string, s style, x, y, width int) string {
	var b strings.Builder
	left, top := float64(x)*cellWide+8, float64(y)*cellHigh+8
	if s.bg != "" {
		fmt.Fprintf(&b, `<rect x="%.1f" y="%.0f" width="%.1f" height="%.0f" fill="%s"/>`+"\n", left, top,
			float64(width)*cellWide, cellHigh, s.bg)
	}
	if strings.TrimSpace(text) == "" {
		return b.String()
	}
	attrs, lines := "", []string{}
	if s.bold {
		attrs += ` font-weight="bold"`
	}
	if s.italic {
		attrs += ` font-style="italic"`
	}
	if s.under {
		lines = append(lines, "underline")
	}
	if s.through {
		lines = append(lines, "line-through")
	}
	if len(lines) > 0 {
		attrs += fmt.Sprintf(` text-decoration="%s"`, strings.Join(lines, " "))
	}
	fmt.Fprintf(&b, `<text x="%.1f" y="%.0f" textLength="%.1f" xml:space="preserve" fill="%s"%s>`, left, top+13.5,
		float64(width)*cellWide, s.fg, attrs)
	_ = xml.EscapeText(&b, []byte(text))
	b.WriteString("</text>\n")
	return b.String()
}
