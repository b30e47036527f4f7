package rules

import (
	"strings"
	"testing"

	"fineprint/store/text/clause"
)

// TestSurroundingsFoldByShape: what stands around a document folds, whatever
// brings it about; what may be of the document stays.
func TestSurroundingsFoldByShape(t *testing.T) {
	const menu = "[Quill](/)\n\n* [Ranks](/r)\n* [Levels](/l)\n* [Badges](/b)\n\n"
	const foot = "[Help](/h)\n\n[Careers](/c)\n\n© 2026 Quill\n"
	for name, c := range map[string]struct {
		old, new string
		want     bool // whether it folds
	}{
		"heading in a menu": {menu + "{a}",
			"[Quill](/)\n\n### Goods\n\n* [Ranks](/r)\n* [Levels](/l)\n* [Badges](/b)\n\n{a}", true},
		"heading of a sentence": {menu + "{a}",
			"[Quill](/)\n\n### Goods\n\nYou pay us for all.\n\n* [Ranks](/r)\n* [Levels](/l)\n* [Badges](/b)\n\n{a}", false},
		"title in a menu": {menu + "{a}",
			"[Quill](/)\n\n### Fee policy\n\n* [Ranks](/r)\n* [Levels](/l)\n* [Badges](/b)\n\n{a}", false},
		"entry that moves": {menu + "{a}",
			"[Quill](/)\n\n* [Badges](/b)\n* [Ranks](/r)\n* [Levels](/l)\n\n{a}", true},
		"link before the signs": {menu + "{a}", "[To the text](#t)\n\n" + menu + "{a}", true},
		"line before the signs": {menu + "{a}", "Port Alp\n\n" + menu + "{a}", false},
		"link after the signs":  {"{a}" + foot, "{a}" + foot + "\n[Quix](https://quix.example)\n", true},
		"line among links":      {"{a}" + foot, "{a}" + strings.Replace(foot, "\n\n[C", "\n\nGoods\n\n[C", 1), true},
		"rule among links":      {"{a}" + foot, "{a}" + strings.Replace(foot, "\n\n[C", "\n\n---\n\n[C", 1), true},
		"links to legal documents": {"{a}© 2026 Quill\n\n" +
			"* [Coins](/c)\n* [Fee terms](/f)\n* [Ad rules](/a)\n\n[Help](/h)\n\nGoods.\n",
			"{a}© 2026 Quill\n\n" +
				"* [Coins](/c)\n* [Fee terms](/f)\n* [Ad rules](/a)\n* [Coin terms](/t)\n\n[Help](/h)\n\nGoods.\n", false},
		"link in a menu is a right":  {menu + "{a}", menu + "[Unsubscribe](/u)\n\n* [Teams](/t)\n\n{a}", false},
		"cancelling in another word": {menu + "{a}", menu + "[Vertrag kündigen](/k)\n\n* [Teams](/t)\n\n{a}", false},
		"broken link is a right":     {menu + "{a}", menu + "[\n\nDelete my data\n\n](/d)\n\n* [Teams](/t)\n\n{a}", false},
		"bracket that nothing ends": {menu + "{a}", menu +
			"[\n\nYou pay us for all of it\n\nat once\n\nand here\n\n* [Teams](/t)\n\n{a}", false},
		"long menu without links": {"# Quill\n\n{a}",
			strings.Repeat("* Homes\n* Lofts\n* Barns\n", 5) + "\nHelp\n\nCareers\n\nContact us\n\n# Quill\n\n{a}", true},
		"another owner":      {"{a}" + foot, "{a}" + strings.Replace(foot, "Quill", "Quix", 1), false},
		"owner another year": {"{a}" + foot, "{a}" + strings.Replace(foot, "2026", "2027", 1), true},
		"list below sentences": {"# Rules\n\n{a4}Lists:\n\n### Spam\n\n* [Ranks](/r)\n* [Coins](/c)\n\n### More spam\n\n" +
			"* [Lies](/l)\n* [Myths](/m)\n* [Dares](/d)\n\n{a12}", "# Rules\n\n{a4}Lists:\n\n### Spam\n\n* [Ranks](/r)\n" +
			"* [Coins](/c)\n\n### More spam\n\n* [Lies](/l)\n* [Dares](/d)\n\n{a12}", false},
		"no document at all": {"* Guns\n* Coins\n* Drugs\n", "* Guns\n* Coins\n", false},
	} {
		by := verdictsOf(Default, OfContext, Example{c.old, c.new})
		if len(by) == 0 || anyMaterial(by) == c.want {
			t.Errorf("%s: folds %t: %q", name, !c.want, by)
		}
	}
}

// TestRewordedEntryRepeatsItsHeading: an entry of a table of contents that came to say
// what its heading says folds, one that says more doesn't.
func TestRewordedEntryRepeatsItsHeading(t *testing.T) {
	const contents = "- [Age](#age)\n- [Your data](#data)\n- [Law](#law)\n- [Changes](#changes)\n\n"
	for entry, want := range map[string]bool{
		"[The age](#age)": true, "[Age](#age): 21": false, "[The age](/age)": false, "Pay us": false,
	} {
		old := strings.Replace(contents, "[Age](#age)", entry, 1)
		by := verdictsOf(Default, OfContext, Example{old + "{sections}", contents + "{sections}"})
		if len(by) == 0 || anyMaterial(by) == want {
			t.Errorf("%q folds %t: %q", entry, !want, by)
		}
	}
}

func TestLinkIsBrokenOverFewClauses(t *testing.T) {
	for text, want := range map[string]int{
		"[\n\nAbout coins\n\n](/c)\n":                                2,
		"* [![](/i.png)\n\n    Our new ranks](/r)\n":                 1,
		"[About coins](/c)\n\nYou pay.\n":                            0,
		"[\n\nAbout\n\nour\n\nnew\n\ncoins\n\n](/c)\n":               0,
		"[\n\nWe may sell it\n\n](/c)\n":                             0,
		"[\n\n" + strings.Repeat("coins ", 17) + "\n\n](/c)\n":       0,
		"[" + strings.Repeat("x", maxLinks) + "\n\ncoins\n\n](/c)\n": 0,
	} {
		if got := brokenEnd(clause.Split(text), 0); got != want {
			t.Errorf("%.60q ends at %d, want %d", text, got, want)
		}
	}
}

func TestLanguagesAreKnownByName(t *testing.T) {
	for name, want := range map[string]bool{
		"English": true, "English (UK)": true, "日本語": true, "српски / srpski": true, "Deutsch (Sie-Form)": true,
		"Fees": false, "": false, "English fees": false,
	} {
		if isLanguage(name) != want {
			t.Errorf("%q: %t", name, !want)
		}
	}
}
