package viewport_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/cmd/dev/desktest"
	"fineprint/tui"
)

// TestOpeningLandsOnTheFirstMaterialChange, with the path above it; n and p go
// to what is material, N and P to every row that can be unfolded.
func TestOpeningLandsOnTheFirstMaterialChange(t *testing.T) {
	noise := [3]string{"link", "", "[a](b)"}
	desk := deskfixture.Paragraphs(noise, [3]string{"=", "Stays.", "Stays."}, [3]string{"date", "old", "new"},
		[3]string{"", "", "It is " + deskfixture.Numbered("x", 400)}, noise, noise, [3]string{"", "",
			"At last."})
	s := deskfixture.Read(t, desk, 80, 24)
	s.Shows("clause 1/2", "item 1/3")
	if top := s.Body()[0]; !strings.HasPrefix(top, "▸ 1/2 Added") || !strings.Contains(top, "Terms › 4. Part") {
		t.Errorf("opens on %q", top)
	}
	s.Keys("j", "j", "j")
	if above := s.Above(); !strings.Contains(above, "1/2 Added  Terms › 4. Part") {
		t.Errorf("inside of a long clause its path is %q", above)
	}
	s.Keys("n")
	s.Shows("▸ 2/2 Added", "At last.", "… 2 noise (2 link targets)  i show")
	s.Keys("n")
	s.Shows("Last change in this document (] next document)")
	s.Keys("P")
	s.Shows("▸ … 2 noise (2 link targets)", "1/2")
	s.Keys("f")
	s.Shows("1/2", "▸ Added, noise (link target)", "▌ a")
	s.Keys("n")
	s.Shows("1/2", "▸ Added, noise (link target)")
	s.Keys("N", "p", "N")
	s.Shows("1/2", "▸ 1/2 Added")
	s.Keys("P")
	s.Shows("▸ … 2 noise (1 date, 1 link target)")
	s.Keys("w", "g")
	s.Shows("… 1 noise (1 link target)", "… 1 unchanged paragraph", "… 1 noise (1 date)")
	s.Keys("F")
	s.Shows("  Stays.", "new")
}

// TestOpeningBeforeTheWindowIsKnown, as a desk does that opens where it was left,
// lands on the first material change too.
func TestOpeningBeforeTheWindowIsKnown(t *testing.T) {
	m := tui.New(t.Context(), tui.Options{Desk: deskfixture.Paragraphs([3]string{"link", "",
		deskfixture.Numbered("n", 9)}, [3]string{"", "", deskfixture.Numbered("x", 900)}), Actor: "ada"})
	s := &deskfixture.Driver{T: t, Desk: desktest.Open(m)}
	s.Settle()
	s.Keys("enter")
	s.Size(80, 24)
	if top := s.Body()[0]; !strings.HasPrefix(top, "▸ 1/1 Added  Terms › 2. Part") {
		t.Errorf("opens on %q", top)
	}
}

// TestLayoutChangesKeepTheWordInSight through every change of the layout, and is on top
// again when the layout is as it was.
func TestLayoutChangesKeepTheWordInSight(t *testing.T) {
	desk := deskfixture.Paragraphs([3]string{"link", "", deskfixture.Numbered("n", 90)},
		[3]string{"=", deskfixture.Numbered("u", 300), deskfixture.Numbered("u", 300)},
		[3]string{"", deskfixture.Numbered("x", 500), "so " + deskfixture.Numbered("x", 200) + " then " +
			deskfixture.Numbered("y", 300)}, [3]string{"", "", deskfixture.Numbered("z", 1500)})
	s := deskfixture.Read(t, desk, 110, 30)
	for range 7 {
		s.Keys("j")
	}
	first := s.Body()
	left, _, _ := strings.Cut(first[0], "│")
	_, right, _ := strings.Cut(first[0], "│")
	word := strings.Fields(strings.TrimLeft(right, "+~ "))[0]
	for _, change := range []struct {
		name string
		do   func()
	}{
		{"narrow", func() { s.Size(61, 30) }},
		{"wide", func() { s.Size(200, 60) }},
		{"back", func() { s.Size(110, 30) }},
		{"inline", func() { s.Keys("v") }},
		{"the whole document", func() { s.Keys("w") }},
		{"all unfolded", func() { s.Keys("F") }},
		{"less room", func() { s.Keys("v", "<", "<", "<") }},
		{"the new text", func() { s.Keys("Z") }},
		{"both again", func() { s.Keys("Z", "Z") }},
		{"as it was", func() { s.Keys(">", ">", ">", "F", "w") }},
	} {
		change.do()
		if top := s.Body()[0]; !strings.Contains(top+" ", word+" ") {
			t.Errorf("%s: %q is not in the top row %q", change.name, word, top)
		}
	}
	if now, _, _ := strings.Cut(s.Body()[0], "│"); now != left {
		t.Errorf("back in the first layout, the top row is %q, not %q", now, left)
	}
}

// TestPartnerKeyJumpsBetweenMovedClauseAndItsOldPlace: J goes there and back, and reports it where
// nothing moved.
func TestPartnerKeyJumpsBetweenMovedClauseAndItsOldPlace(t *testing.T) {
	s := deskfixture.Read(t, deskfixture.NewStatic(), 80, 24)
	s.Keys("J")
	s.Shows("This clause was not moved")
	s.Keys("n", "n", "n")
	s.Shows("4/4", "▸ 4/4 Moved", "Disputes go to")
	s.Keys("J")
	s.Shows("▸ Moved to Acme Terms › 1. Who may use it", "4/4 Moved")
	s.Keys("J")
	s.Shows("▸ 4/4 Moved", "  Moved to")
}

// TestFindMatchesWordsAcrossRows: apart from n and p, in the words and not in the rows, and esc
// ends it without leaving.
func TestFindMatchesWordsAcrossRows(t *testing.T) {
	desk := deskfixture.Paragraphs([3]string{"", "You pay " + deskfixture.Numbered("x", 300) + " in full", "You pay " +
		deskfixture.Numbered("x", 300) + " in half"},
		[3]string{"link", "", "Pay [here](https://acme.example/pay-here) at once"}, [3]string{"=", "They pay too.",
			"They pay too."})
	s := deskfixture.Read(t, desk, 80, 24)
	find := func(words string) {
		s.Keys("/")
		s.Shows("Find in this change")
		s.Deliver(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
		s.Keys(strings.Split(words, "")...)
		s.Code(tea.KeyEnter)
	}
	find("X299 IN") // across what is a line's end here
	s.Shows("1/1 matches of X299 IN", "x299 in")
	s.Keys("g")
	find("PAY")
	s.Shows("1/3 matches")
	s.Code(tea.KeyTab)
	s.Shows("2/3 matches", "Pay here at once")
	s.Code(tea.KeyTab, tea.KeyTab)
	s.Shows("1/3 matches")
	s.Code(tea.KeyEscape)
	if page := strings.Join(s.Page(), "\n"); strings.Contains(page, "matches of") ||
		!strings.Contains(page, "FP-C-000001") {
		t.Fatalf("esc ends the search only:\n%s", page)
	}
	s.Keys("g")
	find("pay-here") // folded
	s.Shows("1/1 matches", "pay-here")
	s.Code(tea.KeyEscape)
	find("They pay")
	s.Shows("not in what changed (w shows the whole document)")
	s.Keys("w")
	find("They pay")
	s.Shows("1/1 matches", "They pay too.")
}

// TestColumnBarStaysInOneColumn: on a terminal, the bar between the columns is in
// one column whatever script is on its left.
func TestColumnBarStaysInOneColumn(t *testing.T) {
	texts := []string{"您必须年满16周岁才能使用本服务,并同意本条款。",
		"Cafe\u0301 re\u0301sume\u0301 नमस्ते क्षत्रिय",
		"👩\u200d👩\u200d👧 🙂 🇩🇪 👍🏽 ❤\ufe0f ☎\ufe0e",
		"شروط الخدمة والخصوصية للجميع", "תנאי השירות והפרטיות",
		"zero\u200bwidth soft\u00adhyphen no\u00a0break", "กำหนดการให้บริการ",
		"서비스 약관과 개인정보"}
	var clauses [][3]string
	for _, text := range texts {
		clauses = append(clauses, [3]string{"", strings.Repeat(text+" ", 6) + "16", strings.Repeat(text+" ", 6) + "13"})
	}
	const w, h = 108, 200 // no outline, and a strip at the end
	s := deskfixture.Read(t, deskfixture.Paragraphs(clauses...), w, h)
	for _, keys := range []string{"", "K"} {
		if keys != "" {
			s.Keys(keys)
		}
		term := vt.NewEmulator(w, h)
		_, _ = term.Write([]byte(strings.ReplaceAll(s.Frame(), "\n", "\r\n")))
		bars := 0
		for y := range h {
			for x := range w {
				if c := term.CellAt(x, y); c != nil && c.Content == "│" && x < w-1 {
					bars++
					if x != 53 {
						t.Errorf("%q: the bar of row %d stands in column %d: %q", keys, y, x, s.Page()[y])
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
		text := deskfixture.Numbered("word", 500)
		clauses = append(clauses, [3]string{"=", text, text}, [3]string{"", text + " 16", fmt.Sprint(text, " ", i)})
	}
	m := tui.New(b.Context(), tui.Options{Desk: deskfixture.Paragraphs(clauses...), Actor: "ada"})
	s := &deskfixture.Driver{T: b, Desk: desktest.Open(m)}
	s.Settle()
	s.Size(160, 50)
	s.Keys("enter", "w", "F")
	for _, keys := range [][]string{{"j"}, {"n", "p"}, {"v"}} {
		b.Run(strings.Join(keys, ""), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				s.Keys(keys[i%len(keys)])
				_ = s.View()
			}
		})
	}
}
