package reading

import "fineprint/tui/kit"

// handle is what the mouse holds while a button is down.
type handle uint8

const (
	nothing handle = iota
	stripHandle
	edgeHandle // of the outline
	barHandle  // between old and new text
)

var _ kit.Mouser = (*Pane)(nil)

// Mouse carries out what the mouse does on the lines of the text and beside it.
func (p *Pane) Mouse(e kit.Mouse) kit.Action {
	switch e.Kind {
	case kit.MouseWheel:
		p.wheel(e)
	case kit.MouseRelease:
		p.drag = nothing
	case kit.MouseDrag:
		p.dragged(e)
	case kit.MousePress:
		return p.press(e)
	}
	return nil
}

// wheel scrolls what the mouse is over.
func (p *Pane) wheel(e kit.Mouse) {
	if e.X < max(p.beside(), p.over()) {
		p.at.N = len(p.Outline())
		if !p.focused {
			p.focus()
		}
		p.at.Move(e.By, p.listed(p.Height()))
		return
	}
	p.Viewport.Scroll(e.By)
}

func (p *Pane) press(e kit.Mouse) kit.Action {
	outline := max(p.beside(), p.over())
	switch {
	case e.X == p.W-1:
		p.drag = stripHandle
		p.toStrip(e.Line)
	case outline > 0 && e.X < outline:
		if at := p.at.Top + e.Line - 1; e.Line > 0 && e.Line <= p.listed(p.Height()) && at < len(p.Outline()) {
			return p.choose(at)
		}
	case outline > 0 && e.X == outline && p.beside() > 0:
		p.drag = edgeHandle
	case p.focused && p.over() > 0:
		p.focused = false // the text beside the outline that lies over it
	default:
		p.focused = false
		if p.Bar() >= 0 && e.X-p.Left == p.Bar() {
			p.drag = barHandle
			return nil
		}
		return p.Viewport.Click(e.Line, e.X-p.Left)
	}
	return nil
}

func (p *Pane) dragged(e kit.Mouse) {
	switch p.drag {
	case stripHandle:
		p.toStrip(e.Line)
	case edgeHandle:
		p.width = max(leastDragged, min(e.X, p.W/2))
		p.Fit()
	case barHandle:
		p.MoveBar(e.X - p.Left)
	}
}

// toStrip brings the part of the text that a cell of the strip stands for into the middle.
func (p *Pane) toStrip(line int) {
	height := p.Height()
	from, to, of := p.Extent()
	if of <= height {
		return
	}
	p.ScrollTo(max(0, line)*of/height - (to-from)/2)
}
