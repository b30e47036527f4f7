package kit

// List is a cursor and a scroll position over N lines.
type List struct{ Cursor, Top, N int }

// Move moves the cursor by so many lines, as far as there are any.
func (l *List) Move(by, height int) {
	l.Cursor = max(0, min(l.Cursor+by, l.N-1))
	l.Fit(height)
}

// Fit brings the cursor into the lines there are, and into sight.
func (l *List) Fit(height int) {
	l.Cursor = max(0, min(l.Cursor, l.N-1))
	l.Top = max(0, min(l.Top, l.Cursor))
	if l.Cursor >= l.Top+height {
		l.Top = l.Cursor - height + 1
	}
}

// Clicked puts the cursor on the row that is drawn in a line, if it is one, and
// reports whether it was there already: then a click opens it.
func (l *List) Clicked(line int, isRow func(at int) bool) bool {
	at := l.Top + line
	if at >= l.N || !isRow(at) {
		return false
	}
	again := at == l.Cursor
	l.Cursor = at
	return again
}

// EveryRow is for a list that has nothing but rows.
func EveryRow(int) bool { return true }
