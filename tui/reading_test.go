package tui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"fineprint/cmd/dev/desktest"
	"fineprint/store/model"
	"fineprint/tui"
)

// paragraphs is a still desk with one change of clauses given as old and new
// text; the reason comes first where one is immaterial, "=" for what is unchanged.
func paragraphs(clauses ...[3]string) still {
	s := newStill()
	d := &s.detail
	d.OldText, d.NewText, d.Change.Clauses = "", "", nil
	for i, c := range clauses {
		ch := model.ClauseChange{Kind: model.Modified, Material: c[0] == "", Reason: model.Reason(c[0]), Heading: []string{"Terms", fmt.Sprintf("%d. Part", i+1)}}
		put := func(text *string, words string) *model.ByteRange {
			if words == "" {
				return nil
			}
			e := &model.ByteRange{Start: len(*text), End: len(*text) + len(words)}
			*text += words + "\n\n"
			return e
		}
		ch.Old, ch.New = put(&d.OldText, c[1]), put(&d.NewText, c[2])
		switch {
		case c[0] == "=":
			continue
		case ch.Old == nil:
			ch.Kind = model.Added
		case ch.New == nil:
			ch.Kind = model.Removed
		}
		d.Change.Clauses = append(d.Change.Clauses, ch)
	}
	return s
}

// reads opens a still desk's change at a size.
func reads(t *testing.T, desk still, w, h int) *screens {
	t.Helper()
	m := tui.New(t.Context(), tui.Options{Desk: desk, Actor: "ada"})
	s := &screens{t, desktest.Open(m)}
	s.Settle()
	s.size(w, h)
	s.press("enter")
	return s
}

func (s *screens) size(w, h int) { s.send(tea.WindowSizeMsg{Width: w, Height: h}) }

func (s *screens) code(codes ...rune) {
	for _, c := range codes {
		s.send(tea.KeyPressMsg{Code: c})
	}
}

// page is what the screen shows, without styles.
func (s *screens) page() []string { return strings.Split(ansi.Strip(s.Frame()), "\n") }

// body are the lines under the head's four.
func (s *screens) body() []string { return s.page()[4:] }

func (s *screens) shows(texts ...string) {
	s.t.Helper()
	page := strings.Join(s.page(), "\n")
	for _, text := range texts {
		if !strings.Contains(page, text) {
			s.t.Fatalf("the screen lacks %q:\n%s", text, page)
		}
	}
}

func numbered(word string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s%d ", word, i)
	}
	return strings.TrimSpace(b.String())
}

// TestOpeningLandsOnTheFirstMaterialChange, with the path above it; n and p go
// to what is material, N and P to every row that can be unfolded.
func TestOpeningLandsOnTheFirstMaterialChange(t *testing.T) {
	noise := [3]string{"link", "", "[a](b)"}
	desk := paragraphs(noise, [3]string{"=", "Stays.", "Stays."}, [3]string{"date", "old", "new"},
		[3]string{"", "It was " + numbered("x", 400), "It is " + numbered("x", 400)}, noise, noise, [3]string{"", "", "At last."})
	s := reads(t, desk, 80, 24)
	s.shows("1/2", "1 of 3")
	if top := s.body()[0]; !strings.HasPrefix(top, "~▸modified") || !strings.Contains(top, "Terms > 4. Part") {
		t.Errorf("opens on %q", top)
	}
	s.press("j", "j", "j")
	if above := s.page()[3]; above != "Terms > 4. Part" {
		t.Errorf("inside of a long clause its path is %q", above)
	}
	s.press("n")
	s.shows("2/2", "+▸added", "At last.", "… 2 immaterial: 2 link")
	s.press("n")
	s.shows("no further clause change")
	s.press("P")
	s.shows("…▸2 immaterial: 2 link", "1/2")
	s.press("f")
	s.shows("2/4", "+▸added, immaterial: link", "+ [a](b)")
	s.press("n")
	s.shows("3/4")
	s.press("p", "p", "p")
	s.shows("1/4")
	s.press("P")
	s.shows("…▸2 immaterial: 1 date, 1 link")
	s.press("w", "g")
	s.shows("+▸added, immaterial: link", "… 1 unchanged paragraph", "~ modified, immaterial: date")
	s.press("F")
	s.shows("  Stays.", "new")
}

// TestOpeningBeforeTheWindowIsKnown, as a desk does that opens where it was left,
// lands on the first material change too.
func TestOpeningBeforeTheWindowIsKnown(t *testing.T) {
	m := tui.New(t.Context(), tui.Options{Desk: paragraphs([3]string{"link", "", numbered("n", 9)}, [3]string{"", "", numbered("x", 900)}), Actor: "ada"})
	s := &screens{t, desktest.Open(m)}
	s.Settle()
	s.press("enter")
	s.size(80, 24)
	if top := s.body()[0]; !strings.HasPrefix(top, "+▸added  Terms > 2. Part") {
		t.Errorf("opens on %q", top)
	}
}

// TestTheSameWordStaysInSight through every change of the layout, and is on top
// again when the layout is as it was.
func TestTheSameWordStaysInSight(t *testing.T) {
	desk := paragraphs([3]string{"link", "", numbered("n", 90)}, [3]string{"=", numbered("u", 300), numbered("u", 300)}, [3]string{"", numbered("x", 500), "so " + numbered("x", 200) + " then " + numbered("y", 300)}, [3]string{"", "", numbered("z", 500)})
	s := reads(t, desk, 110, 30)
	for range 7 {
		s.press("j")
	}
	first := s.body()
	left, _, _ := strings.Cut(first[0], "│")
	_, right, _ := strings.Cut(first[0], "│")
	word := strings.Fields(strings.TrimLeft(right, "+~ "))[0]
	for _, change := range []struct {
		name string
		do   func()
	}{
		{"narrow", func() { s.size(61, 30) }},
		{"wide", func() { s.size(200, 60) }},
		{"back", func() { s.size(110, 30) }},
		{"inline", func() { s.press("v") }},
		{"the whole document", func() { s.press("w") }},
		{"all unfolded", func() { s.press("F") }},
		{"less room", func() { s.press("v", "<", "<", "<") }},
		{"the new text", func() { s.press("Z") }},
		{"both again", func() { s.press("Z", "Z") }},
		{"as it was", func() { s.press(">", ">", ">", "F", "w") }},
	} {
		change.do()
		if top := s.body()[0]; !strings.Contains(top+" ", word+" ") {
			t.Errorf("%s: %q is not in the top row %q", change.name, word, top)
		}
	}
	if now, _, _ := strings.Cut(s.body()[0], "│"); now != left {
		t.Errorf("back in the first layout, the top row is %q, not %q", now, left)
	}
}

// TestBetweenAMovedClauseAndItsPlace: J goes there and back, and says so where
// nothing moved.
func TestBetweenAMovedClauseAndItsPlace(t *testing.T) {
	s := reads(t, newStill(), 80, 24)
	s.press("J")
	s.shows("this clause was not moved")
	s.press("n", "n", "n")
	s.shows("4/4", ">▸moved", "> Disputes go to")
	s.press("J")
	s.shows("<▸moved to Acme Terms > 1. Who may use it", "> moved")
	s.press("J")
	s.shows(">▸moved", "< moved to")
}

// TestFindInside: apart from n and p, in the words and not in the rows, and esc
// ends it without leaving.
func TestFindInside(t *testing.T) {
	desk := paragraphs([3]string{"", "You pay " + numbered("x", 300) + " in full", "You pay " + numbered("x", 300) + " in half"}, [3]string{"link", "", "Pay [here](https://acme.example/pay-here) at once"}, [3]string{"=", "They pay too.", "They pay too."})
	s := reads(t, desk, 80, 24)
	find := func(words string) {
		s.press("/")
		s.shows("Find in this change")
		s.send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
		s.press(strings.Split(words, "")...)
		s.code(tea.KeyEnter)
	}
	find("X299 IN") // across what is a line's end here
	s.shows("1/1 matches of X299 IN", "x299 in")
	s.press("g")
	find("PAY")
	s.shows("1/3 matches")
	s.code(tea.KeyTab)
	s.shows("2/3 matches", "[here]")
	s.code(tea.KeyTab, tea.KeyTab)
	s.shows("1/3 matches")
	s.code(tea.KeyEscape)
	if page := strings.Join(s.page(), "\n"); strings.Contains(page, "matches of") || !strings.Contains(page, "FP-C-000001") {
		t.Fatalf("esc ends the search only:\n%s", page)
	}
	s.press("g")
	find("pay-here") // folded
	s.shows("1/1 matches", "pay-here")
	s.code(tea.KeyEscape)
	find("They pay")
	s.shows("not in what changed; w shows the whole document")
	s.press("w")
	find("They pay")
	s.shows("1/1 matches", "They pay too.")
}

// TestColumnsHoldTheirPlace: on a terminal, the bar between the columns stands in
// one column whatever script is on its left.
func TestColumnsHoldTheirPlace(t *testing.T) {
	texts := []string{"您必须年满16周岁才能使用本服务,并同意本条款。", "Cafe\u0301 re\u0301sume\u0301 नमस्ते क्षत्रिय", "👩\u200d👩\u200d👧 🙂 🇩🇪 👍🏽 ❤\ufe0f ☎\ufe0e", "شروط الخدمة والخصوصية للجميع", "תנאי השירות והפרטיות", "zero\u200bwidth soft\u00adhyphen no\u00a0break", "กำหนดการให้บริการ", "서비스 약관과 개인정보"}
	var clauses [][3]string
	for _, text := range texts {
		clauses = append(clauses, [3]string{"", strings.Repeat(text+" ", 6) + "16", strings.Repeat(text+" ", 6) + "13"})
	}
	const w, h = 110, 200
	s := reads(t, paragraphs(clauses...), w, h)
	for _, keys := range []string{"", "K"} {
		if keys != "" {
			s.press(keys)
		}
		term := vt.NewEmulator(w, h)
		_, _ = term.Write([]byte(strings.ReplaceAll(s.Frame(), "\n", "\r\n")))
		bars := 0
		for y := range h {
			for x := range w {
				if c := term.CellAt(x, y); c != nil && c.Content == "│" {
					bars++
					if x != 55 {
						t.Errorf("%q: the bar of row %d stands in column %d: %q", keys, y, x, s.page()[y])
					}
				}
			}
		}
		if bars < 2*len(texts) {
			t.Errorf("%q: only %d rows have a bar", keys, bars)
		}
	}
}

// BenchmarkKeyToFrame is a key and the frame after it, in a document of 290 KB
// that is unfolded as a whole.
func BenchmarkKeyToFrame(b *testing.B) {
	var clauses [][3]string
	for i := range 60 {
		text := numbered("word", 500)
		clauses = append(clauses, [3]string{"=", text, text}, [3]string{"", text + " 16", fmt.Sprint(text, " ", i)})
	}
	m := tui.New(b.Context(), tui.Options{Desk: paragraphs(clauses...), Actor: "ada"})
	s := &screens{b, desktest.Open(m)}
	s.Settle()
	s.size(160, 50)
	s.press("enter", "w", "F")
	for _, keys := range [][]string{{"j"}, {"n", "p"}, {"v"}} {
		b.Run(strings.Join(keys, ""), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				s.press(keys[i%len(keys)])
				_ = s.View()
			}
		})
	}
}
