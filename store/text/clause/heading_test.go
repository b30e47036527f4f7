package clause

import (
	"strings"
	"testing"
)

// pathOf returns the headings above the clause that holds some words.
func pathOf(t *testing.T, text, words string) string {
	t.Helper()
	d := Split(text)
	for i := range d.Clauses {
		if strings.Contains(d.Words(i), words) {
			return strings.Join(d.HeadingPath(i), " > ")
		}
	}
	t.Fatalf("no clause holds %q", words)
	return ""
}

func TestWhatNamesNothingIsNoHeading(t *testing.T) {
	for _, line := range []string{
		"### [](#anchor)", "## ![](https://quill.example/logo.png)", "# **Last Updated: August 29, 2025**",
		"**Last updated: 29 August 2025**", "## Effective date: 2025-08-29", "### Stand: 05.01.2026",
		"# Dernière mise à jour : 5 janvier 2026", "**Revised 05/01/2026**",
		"## We collect what you give us, what your device tells us, what our partners know and what others have " +
			"said about you in public, and we keep all of it until you ask us to delete it.",
		"**We may close any account that was not used for more than a year, without telling its owner first.**",
	} {
		if got := pathOf(t, "# Terms\n\n## Rights\n\n"+line+"\n\nYou may leave.\n", "You may leave"); got != "Terms > Rights" {
			t.Errorf("%s: the clause below it is under %q", line, got)
		}
	}
}

func TestWhatNamesSomethingIsAHeading(t *testing.T) {
	for _, line := range []string{
		"## Requests in 2024", "## August 2025", "## 29 August 2025", "**Fees from 2025 on**",
		"## What will change on 29 August 2025 for members in Europe", "## ![](logo.png) Refunds", "## ❖ 7",
		"## How do we use what you tell us?",
	} {
		want := "Terms > " + Visible(line)
		if got := pathOf(t, "# Terms\n\n"+line+"\n\nYou may leave.\n", "You may leave"); got != want {
			t.Errorf("%s: the clause below it is under %q, want %q", line, got, want)
		}
	}
	if got := pathOf(t, "# 利用規約\n\n3. 料金について\n\n返金はできます。\n", "返金"); got != "利用規約 > 3. 料金について" {
		t.Errorf("a numbered line in a script without capitals: %q", got)
	}
}

func TestNumbersSayWhereAHeadingEnds(t *testing.T) {
	for _, c := range []struct{ name, text, words, want string }{
		{"the next number in bold ends the one before",
			"**1. Rules**\n\n**1.22. Tax**\n\nSend it.\n\n**1.23.** Use it.\n\nYou may leave.", "You may leave", "1. Rules"},
		{"and so it does without bold", "# T\n\n## 2.1 Tax\n\nSend it.\n\n2.2 You may leave.", "You may leave", "T"},
		{"what is before it stays", "# T\n\n## 2.1 Tax\n\nSend it.\n\n2.2 You may leave.", "Send it", "T > 2.1 Tax"},
		{"a part of the section doesn't end it", "# T\n\n## 2. Tax\n\n2.1 You may leave.", "You may leave", "T > 2. Tax"},
		{"a number of the past doesn't", "# T\n\n## 2.3 Tax\n\n2.1 You may leave.", "You may leave", "T > 2.3 Tax"},
		{"an amount doesn't", "# T\n\n## 2.3 Tax\n\n2.5% of it. You may leave.", "You may leave", "T > 2.3 Tax"},
		{"a numbered sentence that isn't bold doesn't", "# T\n\n## 2. Tax\n\n3 months: you may leave.",
			"you may leave", "T > 2. Tax"},
		{"a section is no part of an earlier one", "# T\n\n### 21. Ground\n\nA.\n\n#### 71. Wide\n\n#### 71.1 Use\n\nB.",
			"B.", "T > 71. Wide > 71.1 Use"},
		{"nor is the next", "# T\n\n### 21. Ground\n\nA.\n\n#### 71. Wide\n\nB.\n\n#### 72. Net\n\nC.", "C.", "T > 72. Net"},
		{"numbers begin anew in a section", "# T\n\n### 3. Yours\n\n#### 1. A\n\n#### 2. B\n\n#### 4. D\n\nE.", "E.",
			"T > 3. Yours > 4. D"},
		{"what is marked alike keeps its place", "# T\n\n## 1. A\n\n### 1.1 B\n\n## 2. C\n\nD.", "D.", "T > 2. C"},
	} {
		if got := pathOf(t, c.text, c.words); got != c.want {
			t.Errorf("%s: under %q, want %q", c.name, got, c.want)
		}
	}
}
