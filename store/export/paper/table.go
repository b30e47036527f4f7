package paper

// Table sets rows of cells under a head, which is repeated on each page that the table
// goes on to. A row that doesn't fit goes on there, too.
func (d *Document) Table(head []string, rows [][]Run) {
	if len(head) == 0 {
		return
	}
	const size, leading, pad = 8.2, 12.5, 10.0
	column := (Width - pad*float64(len(head)-1)) / float64(len(head))
	titles := make([]Run, len(head))
	for i, s := range head {
		titles[i] = Run{Text: s, Face: Bold, Size: size, Color: Muted}
	}
	row := func(cells []Run, again func()) {
		set := make([][]setLine, len(cells))
		most := 0
		for i := range cells {
			cells[i].Size = size
			set[i] = lines(glyphsOf(cells[i:i+1]), cells[i:i+1], column, column)
			most = max(most, len(set[i]))
		}
		for l := range most {
			before := d.page
			d.room(leading)
			if d.page != before {
				again()
			}
			for i := range cells {
				if l < len(set[i]) {
					d.drawLine(set[i][l].glyphs, cells[i:i+1], left+float64(i)*(column+pad), d.y+leading/2+size*0.36)
				}
			}
			d.y += leading
		}
		d.y += 3
		d.Line()
		d.y += 3
	}
	showHead := func() { row(append([]Run(nil), titles...), func() {}) }
	d.room(4 * leading)
	showHead()
	for _, cells := range rows {
		row(cells[:min(len(cells), len(head))], showHead)
	}
}
