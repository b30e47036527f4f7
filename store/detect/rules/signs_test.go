package rules

import (
	"strings"
	"testing"
	"unicode"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// sameMeaning judges one clause amid others.
func sameMeaning(old, new string) bool {
	return !anyMaterial(verdictsOf(Default, OfClause, Example{old, new}))
}

// TestSignsThatMeanSomethingAreMaterial whatever their script and their place.
func TestSignsThatMeanSomethingAreMaterial(t *testing.T) {
	for _, c := range [][2]string{
		// Comparison and arithmetic.
		{"Orders ≥ 20 crowns ship free.", "Orders ≤ 20 crowns ship free."},
		{"Weight < 5 kg", "Weight > 5 kg"}, {"Weight &lt; 5 kg", "Weight &gt; 5 kg"},
		{"Weight 5 kg", "Weight < 5 kg"}, {"Rent = 12 crowns", "Rent ≠ 12 crowns"},
		{"The rate may vary by ±2 points.", "The rate may vary by +2 points."}, {"about ~30 days", "about 30 days"},
		{"Members 18+ only", "Members 18 only"}, {"the deposit × 2 is due", "the deposit ÷ 2 is due"},
		{"Your score: (+5)", "Your score: (-5)"}, {"Your score: 5", "Your score: -5"}, {"from −4 to 8 °C", "from 4 to 8 °C"},
		{"Freeze at − 18 °C", "Freeze at 18 °C"}, {"Gutschrift: -12 Kronen", "Gutschrift: 12 Kronen"},
		// Units and money.
		{"Fee: 3 %", "Fee: 3 ‰"}, {"Fee: 3 %", "Fee: 3"}, {"Fee: 12 £", "Fee: 12 ¥"}, {"Fee: 12 ₹", "Fee: 12 ₽"},
		{"Keep it below 8 °C", "Keep it below 8 °F"}, {"prix : 12 €", "prix : 12 $"}, {"US$ 12 each", "US€ 12 each"},
		// Numbers without digits.
		{"⅓ of the fee", "⅔ of the fee"}, {"1½ years", "1¼ years"}, {"Teil Ⅱ gilt.", "Teil Ⅲ gilt."}, {"10⁶ calls", "10⁹ calls"},
		{"CO₂ counts", "CO₃ counts"}, {"per km²", "per km"}, {"٣ أيام", "٥ أيام"},
		// Answers.
		{"Advertisers: ✔", "Advertisers: ✘"}, {"✅ Selling your data", "❌ Selling your data"}, {"☐ I agree", "☒ I agree"},
		{"We may share it 👍", "We may share it 👎"}, {"Risk: 🟢", "Risk: 🔴"}, {"广告 ✓", "广告 ✗"}, {"Ads: ✓", "Ads:"},
		{"Rating ★★★★★", "Rating ★★★"}, {"Servers: 🇫🇷", "Servers: 🇺🇸"}, {"Data goes EU → US", "Data goes EU ← US"},
		{"Group A ● Group B ○", "Group A ○ Group B ●"}, {"From Oslo 🔒", "From Oslo 🔓"},
		// Struck out.
		{"We ~~never~~ sell it.", "We never sell it."}, {"We sell <s>some of</s> it.", "We sell some of it."},
		{"~~Refunds are paid.~~", "Refunds are paid."}, {"Refunds <strike>are paid</strike>", "Refunds are paid"},
		{"Nous ne <del>vendons</del> rien.", "Nous ne vendons rien."}, {"Due in ~~30~~ 10 days.", "Due in ~~10~~ 30 days."},
		// Cells.
		{"| Mail | ✓ |  |\n|---|---|---|\n| a | b | c |", "| Mail |  | ✓ |\n|---|---|---|\n| a | b | c |"},
		{"| k | l | m | n |\n|---|---|---|---|\n| Mail | yes |  | no |", "| k | l | m | n |\n|---|---|---|---|\n| Mail |  | yes | no |"},
		{"| k | l | m |\n|---|---|---|\n| Mail |  | X |", "| k | l | m |\n|---|---|---|\n| Mail | X |"},
		// Words by their case, their spaces and their number.
		{"Dealings of US companies count.", "Dealings of us companies count."},
		{"This rule is of the WHO itself.", "This rule is of the who itself."},
		{"We have now here an office.", "We have nowhere an office."}, {"What may be lost is lost.", "What maybe lost is lost."},
		{"(30) days after your order you pay.", "(60) days after your order you pay."},
		{"18. years of age are needed", "16. years of age are needed"}, {"(18) Jahre alt sein", "(16) Jahre alt sein"},
		{"§ 30. days of rest", "§ 31. days of rest"}, {"3. % of all fees are kept", "4. % of all fees are kept"},
		{"At most 10 000 crowns", "At most 10,500 crowns"}, {"At most 1 000 crowns", "At most 1.000 crowns"},
		{"Levels 10, 100 and more", "Levels 10,100 and more"},
	} {
		for _, e := range []Example{{c[0], c[1]}, {c[1], c[0]}} {
			if sameMeaning(e.Old, e.New) {
				t.Errorf("folded: %q to %q", e.Old, e.New)
			}
		}
	}
}

// TestSignsThatSayNothingFold: typography, and other forms of one character.
func TestSignsThatSayNothingFold(t *testing.T) {
	for _, c := range [][2]string{
		{"Quill(TM) and Quill (c) 2026", "Quill™ and Quill © 2026"}, {"Quill(R) runs it.", "Quill runs it."},
		{"Quill(sm) runs it.", "Quill℠ runs it."}, {"Learn more about it", "Learn more about it →"},
		{"← Back to all of them", "Back to all of them"}, {"★ We keep what you write.", "We keep what you write."},
		{"🔒 We keep what you write.", "We keep what you write."}, {"➤ We keep what you write.", "• We keep what you write."},
		{"Close this ×", "Close this"}, {"Show all of it +", "Show all of it"}, {"Home > Legal > Terms", "Home / Legal / Terms"},
		{"Pay 5 - 10 crowns", "Pay 5 – 10 crowns"}, {"Pay 5 -10 crowns", "Pay 5−10 crowns"},
		{"Late fee - 12 crowns", "Late fee – 12 crowns"}, {"Freeze at -18 °C", "Freeze at −18 °C"},
		{"Pay １２ Ｅｕｒｏ", "Pay 12 Euro"}, {"the oﬃce and the ﬁles", "the office and the files"}, {"part Ⅳ of it", "part IV of it"},
		{"Call № 5", "Call No 5"}, {"At most 10 000 crowns", "At most 10,000 crowns"}, {"USD 1'000'000", "USD 1,000,000"},
		{"At most €10\u202f000.50 now", "At most €10,000.50 now"},
		{"| Mail | yes |\n|---|---|", "|  | Mail | yes |\n|---|---|---|"}, {"| Mail | yes |\n|---|---|", "| Mail | yes |  |\n|---|---|---|"},
		{"We keep it ~~for ever~~.", "We keep it."}, {"Use it ~ and enjoy", "Use it and enjoy"},
		{"(3) the terms you accept", "(4) the terms you accept"}, {"30. We pay it back.", "35. We pay it back."},
		{"THE SERVICE IS PROVIDED AS IT IS.", "The service is provided as it is."},
		{"contact US NOW please", "contact us now please"}, {"Civic participationClimate change", "Civic participation Climate change"},
	} {
		for _, e := range []Example{{c[0], c[1]}, {c[1], c[0]}} {
			if !sameMeaning(e.Old, e.New) {
				t.Errorf("material: %q to %q", e.Old, e.New)
			}
		}
	}
}

// TestNoSignThatSaysSomethingFolds tries every symbol and number of Unicode that
// is said where it stands: away it is material, and so is the next in its place.
func TestNoSignThatSaysSomethingFolds(t *testing.T) {
	const plainOf = "We keep it for  30 days after the end."
	tried, before := 0, ""
	for r := rune(0x21); r < 0x1fb00; r++ {
		if !unicode.In(r, unicode.S, unicode.No, unicode.Nl) {
			continue
		}
		sign := string(r)
		if r == '|' || r == '<' { // Markdown's own where they stand like this
			continue
		}
		text := clause.Visible("We keep it for " + sign + " 30 days after the end.")
		tokens := redline.Tokens(text)
		said := false
		for i, tok := range tokens {
			said = said || !strings.Contains("We keep it for 30 days after the end.", tok) && redline.Says(tokens, i)
		}
		if !said {
			continue
		}
		tried++
		if sameMeaning(plainOf, text) || sameMeaning(text, plainOf) {
			t.Errorf("%U %s folds when it comes or goes", r, sign)
		}
		if before != "" && clause.Visible(before) != text && sameMeaning(before, text) {
			t.Errorf("%q is the same as %q", before, text)
		}
		before = text
	}
	if tried < 4000 {
		t.Errorf("only %d signs are said", tried)
	}
}

// TestWeightyWordsNeverFold: numbers, negations and modals that come or go, beside
// signs that say nothing.
func TestWeightyWordsNeverFold(t *testing.T) {
	for _, word := range []string{"not", "never", "must", "may", "only", "30", "ten", "½", "Ⅳ", "-5", "+5", "5%", "$5"} {
		for _, around := range []string{"%", "“%”", "**%**", "(%)", "— % —", "• %", "`%`", "_%_", "… % …", "·%·"} {
			with := "Members " + strings.Replace(around, "%", word, 1) + " pay for it at the end."
			for _, without := range []string{"Members pay for it at the end.", "Members ~~" + word + "~~ pay for it at the end."} {
				if sameMeaning(with, without) || sameMeaning(without, with) {
					t.Errorf("folded: %q and %q", with, without)
				}
			}
		}
	}
}
