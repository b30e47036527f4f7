package redline

import (
	"strings"
	"testing"
)

// TestSignsSaySomethingInTheirPlace: in each text, what says something besides
// its words is listed.
func TestSignsSaySomethingInTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"a < 5": "<", "a < b": "", "< 5": "<", "5 <": "<", "a = 5": "=", "a = b": "", "~5": "~", "~ b": "", "a + b": "+", "+ b": "",
		"a +": "", "a + 5": "+", "18+": "+", "a > $5": ">", "a | 5": "", "5 ^": "",
		"5 % of": "%", "%": "%", "‰": "‰", "12 $ a": "$", "€": "€", "≤ a": "≤", "a ≤": "≤", "±": "±", "°": "", "5 °": "°",
		"a → b": "→", "a →": "", "→ a": "", "→ 5": "→", "a × b": "×", "a ×": "", "×": "", "a ▶": "", "a ➤ b": "➤",
		"✓": "✓", "✗ a": "✗", "☐ a": "☐", "👍": "👍", "🇳🇴 a": "🇳🇴", "⛔ a": "⛔", "🟢 a": "🟢",
		"★ a": "", "a ★": "★", "🔒 a": "", "a 🔒": "🔒", "● a": "", "a ○": "○", "a © ® ™ ℠ a": "", "a \ufffd ∙ ┃ ¦ a": "",
		"a & b / c # d * e § f": "", "a ´ b": "", "“a” – b…": "",
	} {
		tokens := Tokens(text)
		var got []string
		for i, tok := range tokens {
			if Says(tokens, i) && !IsWord(tok) {
				got = append(got, tok)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q says %q, want %q", text, got, want)
		}
	}
}

// TestLettersOfTradeMarksSayNothing where they are such a sign.
func TestLettersOfTradeMarksSayNothing(t *testing.T) {
	for text, want := range map[string]string{
		"Quill(TM)": "Quill", "Quill(tm) a": "Quill a", "Quill(SM)": "Quill", "Quill(R)": "Quill", "Quill(r)": "Quill r",
		"Quill (R)": "Quill R", "(TM)": "TM", "TM": "TM", "Quill(TMX)": "Quill TMX", "4(R)": "4(R)", "4 (R)": "4 R",
		"(c) 2026 a": "2026 a", "(C)2026": "2026", "(c) a": "c a", "(c) 3026": "c 3026", "(c) 19ab": "c 19ab", "(c)": "c", "(c": "c",
		"a(TM": "a TM", "½ Ⅳ m²": "½ Ⅳ m ²",
	} {
		tokens := Tokens(text)
		var got []string
		for i, tok := range tokens {
			if Says(tokens, i) {
				got = append(got, tok)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q says %q, want %q", text, got, want)
		}
	}
}

// TestKeptSignIsNotTakenIntoAChange: what turns the sentence around stays seen.
func TestKeptSignIsNotTakenIntoAChange(t *testing.T) {
	got := Compare("Fees of members ≤ crowns of guests count here.", "Fees of friends ≤ pounds of guests count here.")
	kept := false
	for _, s := range got.Spans {
		kept = kept || s.Op == "equal" && strings.Contains(s.Text, "≤")
	}
	if !kept {
		t.Errorf("the sign is in a change: %+v", got.Spans)
	}
}
