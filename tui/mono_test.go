package tui_test

import (
	"fmt"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"fineprint/cmd/dev/desktest"
	"fineprint/store/model"
	"fineprint/tui/theme"
)

// signs is a change of one clause of each kind.
func signs(desk longDocument) longDocument {
	d := model.ChangeDetail{Change: model.Change{Material: true}, Review: model.Review{State: model.Pending}}
	add := func(kind model.Kind, old, new string) {
		c := model.ClauseChange{Kind: kind, Material: true, Heading: []string{"Terms"}}
		if old != "" {
			c.Old, d.OldText = appended(d.OldText, old)
		}
		if new != "" {
			c.New, d.NewText = appended(d.NewText, new)
		}
		d.Change.Clauses = append(d.Change.Clauses, c)
	}
	add(model.Modified, "You must be at least sixteen years old.", "You must be at least thirteen years old.")
	add(model.Removed, "Complaints are answered.", "")
	add(model.Added, "", "Scraping is forbidden.")
	add(model.Moved, "Disputes go to Dublin.", "Disputes go to Dublin.")
	d.Document.Platform.Name, d.Document.Type = "Acme", "Terms of Service"
	desk.detail = d
	return desk
}

// look is how a word's cells are drawn, without their colours.
func look(t *testing.T, d *desktest.Terminal, word string) (text string, attrs uint8, underlined, coloured bool) {
	t.Helper()
	var rows []string
	var cells [][]uv.Cell
	d.Cells(func(x, y int, c *uv.Cell) {
		if x == 0 {
			rows, cells = append(rows, ""), append(cells, nil)
		}
		cell := uv.Cell{Content: " "}
		if c != nil && c.Content != "" {
			cell = *c
		}
		for range len(cell.Content) { // a cell for each byte, to be found by the text's position
			cells[y] = append(cells[y], cell)
		}
		rows[y] += cell.Content
	})
	for y, row := range rows {
		if at := strings.Index(row, word); at >= 0 {
			c := cells[y][at]
			return row, c.Style.Attrs, c.Style.Underline != 0, c.Style.Fg != nil || c.Style.Bg != nil
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", word, d.Screen())
	return "", 0, false, false
}

// TestEditsAreDistinctWithoutColours: what is inserted, deleted, moved and selected differs on a
// terminal that shows no colours, and on one that shows nothing but ASCII.
func TestEditsAreDistinctWithoutColours(t *testing.T) {
	desktest.NeedTerminal(t)
	for _, ascii := range []bool{false, true} {
		for _, w := range []int{80, 160} {
			t.Run(fmt.Sprintf("%d-ascii-%v", w, ascii), func(t *testing.T) {
				o := speedOptions(signs(longDocument{Desk: madeStore(t, 1)}))
				o.ASCII = ascii
				d := onTerminal(t, o, w, 45, "NO_COLOR=1")
				cursor := theme.New(true, ascii).Signs.Cursor
				d.Sees("SEVERITY", "help", "\n"+cursor+" ", "65 %") // with the preview, which comes last
				selected, _, _, coloured := look(t, d, cursor+" ")
				if !strings.HasPrefix(selected, cursor) || coloured {
					t.Errorf("the selected row is %q, coloured %v", selected, coloured)
				}
				d.Press("enter")
				d.Sees("sixteen", "thirteen", "Complaints", "Scraping")
				distinct(t, d, ascii)
				d.Cells(func(x, y int, c *uv.Cell) {
					switch {
					case c == nil:
					case c.Style.Fg != nil || c.Style.Bg != nil:
						t.Fatalf("the cell %d,%d has a colour", x, y)
					case ascii && strings.ContainsFunc(c.Content, func(r rune) bool { return r > '~' }):
						t.Fatalf("the cell %d,%d holds %q", x, y, c.Content)
					}
				})
			})
		}
	}
}

func distinct(t *testing.T, d *desktest.Terminal, ascii bool) {
	t.Helper()
	plain, plainAttrs, plainUnder, _ := look(t, d, "years old")
	old, oldAttrs, oldUnder, _ := look(t, d, "sixteen")
	new, newAttrs, newUnder, _ := look(t, d, "thirteen")
	if ascii {
		if !strings.Contains(old, "[-sixteen-]") || !strings.Contains(new, "{+thirteen+}") ||
			strings.Contains(plain, "[-years") {
			t.Errorf("deleted %q, inserted %q, unchanged %q", old, new, plain)
		}
	} else {
		if oldAttrs&uv.AttrStrikethrough == 0 || newAttrs&uv.AttrStrikethrough != 0 ||
			plainAttrs&uv.AttrStrikethrough != 0 {
			t.Errorf("struck through: deleted %v, inserted %v, unchanged %v", oldAttrs, newAttrs, plainAttrs)
		}
		if !newUnder || oldUnder || plainUnder {
			t.Errorf("underlined: deleted %v, inserted %v, unchanged %v", oldUnder, newUnder, plainUnder)
		}
	}
	for _, heading := range []string{"2/4 Removed", "3/4 Added", "4/4 Moved"} {
		look(t, d, heading)
	}
	removed, _, _, _ := look(t, d, "Complaints")
	added, _, _, _ := look(t, d, "Scraping")
	moved, _, _, _ := look(t, d, "Disputes go to Dublin.  ")
	if ascii && !(strings.Contains(removed, "- ") && strings.Contains(added, "+ ") && strings.Contains(moved, "> ")) {
		t.Errorf("the signs of what is removed, added and moved: %q, %q, %q", removed, added, moved)
	}
}
