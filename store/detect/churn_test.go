package detect

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

// captureDay is the nth day of captures.
func captureDay(n int) time.Time { return time.Date(2026, 3, 1+n, 6, 0, 0, 0, time.UTC) }

const churnTerms = "\n\nQuill Terms\n===========\n\nThese terms govern your use of Quill in your country.\n\n" +
	"You must keep your password safe and you may not share it.\n\nFees are due within 30 days of your order.\n"

// assessDays takes texts in, one a day or every so many days, and returns what the
// last one is.
func assessDays(every int, texts ...string) Result {
	var h History
	h.Start(1, captureDay(0), texts[0])
	var r Result
	for i, text := range texts[1:] {
		r = h.Assess(captureDay((i+1)*every), text, false, func(Suspicion) bool { return true })
		h.Advance(i+2, captureDay((i+1)*every))
	}
	return r
}

// days makes a text a day, of a format and the words for each day.
func days(n int, make func(int) string) (texts []string) {
	for i := range n {
		texts = append(texts, make(i))
	}
	return texts
}

func ticker(i int) string { return fmt.Sprintf("QLL\n\n%d.%02d\n\nInk", 40+i*7%31, i*37%100) }

func TestPlaceThatChurnsFolds(t *testing.T) {
	for name, make := range map[string]func(int) string{
		"ticker": func(i int) string { return ticker(i) + churnTerms },
		"table of shares": func(i int) string {
			return fmt.Sprintf("| Share | Last |\n| --- | --- |\n| QLL | %d.5 |\n| INK | %d.7 |", 7+i*5, 90-i*3) + churnTerms
		},
		"threads of a forum": func(i int) string {
			return "Start" + churnTerms +
				fmt.Sprintf("\nLatest threads\n\n* Lost page %d\n* by ann%d\n* Help %d\n\nAbout us\n", i, i, i+1)
		},
		"related articles": func(i int) string {
			return "Start" + churnTerms +
				fmt.Sprintf("\nMore to read\n\n* [Ink number %d is here](https://q.example/%d)\n\nBye\n", i, i)
		},
		"promotions in Japanese": func(i int) string {
			return "トップ\n\n" + fmt.Sprintf("春のセール%d\n\n", i) + "会社概要" + churnTerms
		},
		"days to come in German": func(i int) string {
			return "Start\n\n" + fmt.Sprintf("* Tag %d im Laden\n* Woche %d\n\n", i, i+2) + "Unternehmen" + churnTerms
		},
	} {
		texts := days(7, make)
		r := assessDays(1, texts...)
		if r.Material || r.Reason != model.ReasonChurn ||
			!strings.HasPrefix(r.Detail, "changed in 6 of the last 6 captures: ") {
			t.Errorf("%s: material %v, %q, %q", name, r.Material, r.Reason, r.Detail)
		}
		if r := assessDays(1, texts[:4]...); !r.Material {
			t.Errorf("%s: folded after three changes", name)
		}
		if r := assessDays(1, texts[:5]...); r.Material {
			t.Errorf("%s: not folded after four changes: %+v", name, r.Clauses)
		}
		if r := assessDays(20, texts...); !r.Material {
			t.Errorf("%s: folded although it changes every 20 days", name)
		}
		if !Compare(texts[5], texts[6]).Material {
			t.Errorf("%s: folded without a history", name)
		}
	}
}

func TestWhatStaysMaterialBesideChurn(t *testing.T) {
	edit := func(old, new string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, new, 1) }
	}
	for name, change := range map[string]func(string) string{
		"a fee":                     edit("within 30 days", "within 3 days"),
		"a sentence in the place":   edit("\n\nInk", "\n\nYou may not sell ink.\n\nInk"),
		"a number in a sentence":    edit("\n\nInk", "\n\nFees of 5 EUR are due on each order of yours\n\nInk"),
		"a modal without an end":    edit("\n\nInk", "\n\nYou must pay at once\n\nInk"),
		"prose in the place":        edit("\n\nInk", "\n\n"+strings.Repeat("ink ", 14)+"\n\nInk"),
		"a sentence in Chinese":     edit("\n\nInk", "\n\n您不得出售墨水。\n\nInk"),
		"a long line in Thai":       edit("\n\nInk", "\n\nคุณต้องชำระค่าธรรมเนียมภายในสามสิบวัน\n\nInk"),
		"two sentences":             edit("\n\nInk", "\n\nWe sell ink here. Buy it\n\nInk"),
		"a number beside the place": edit("\n\nQuill Terms", "\n\n5 EUR\n\nQuill Terms"),
		"a heading elsewhere":       edit("\n\nFees are", "\n\n## Arbitration\n\nFees are"),
	} {
		texts := days(7, func(i int) string { return ticker(i) + churnTerms })
		texts[6] = change(texts[6])
		if r := assessDays(1, texts...); !r.Material || r.Counts.Immaterial == 0 {
			t.Errorf("%s: material %v, %d folded", name, r.Material, r.Counts.Immaterial)
		}
	}
}

func TestPlaceThatDoesNotChurn(t *testing.T) {
	for name, make := range map[string]func(int) string{
		"two variants in turns, then a third": func(i int) string {
			return "Start\n\n" +
				[]string{"* email\n* name", "* phone", "* location"}[i%2+i/6*2-i/6*(i%2)] + "\n\nBye" + churnTerms
		},
		"prose": func(i int) string {
			return fmt.Sprintf("Start\n\nYou pay us %d EUR in every month.\n\nInk%d\n\nBye", i, i) + churnTerms
		},
		"a list of what takes effect rarely": func(i int) string {
			return fmt.Sprintf("Start\n\n* Vendor %d\n\nBye", i/3) + churnTerms
		},
		"nothing stays": func(i int) string { return fmt.Sprintf("Ink%d\n\nPen%d", i, i) },
	} {
		if r := assessDays(1, days(7, make)...); !r.Material {
			t.Errorf("%s: folded as %q", name, r.Detail)
		}
	}
	var h History
	for i, text := range days(7, func(i int) string { return ticker(i) + churnTerms }) {
		if i > 0 && !h.Assess(time.Time{}, text, false, nil).Material {
			t.Error("folded although nobody knows when it was captured")
		}
		h.Start(i+1, time.Time{}, text)
	}
}

func TestRestOfAChangeFoldsWithWhatChurns(t *testing.T) {
	texts := days(7, func(i int) string {
		return fmt.Sprintf("QLL\n\n%d.01\n\nINK\n\n%d.03\n\nPEN\n\n%d.05\n\nEnd", i, i*3, i*7) + churnTerms
	})
	last := texts[6]
	texts[6] = last + "\nAdvertisement\n"
	if r := assessDays(1, texts...); r.Material {
		t.Errorf("a line beside three that churn stays: %+v", r.Clauses)
	}
	for _, kept := range []string{"\n5 EUR\n", "\nWe sell ink here.\n", "\n## Arbitration\n"} {
		texts[6] = last + kept
		if r := assessDays(1, texts...); !r.Material {
			t.Errorf("%q folds beside what churns", kept)
		}
	}
}

func TestResumedHistoryKnowsWhatChurns(t *testing.T) {
	for _, n := range []int{5, 9, 14, 23} {
		texts := days(n+1, func(i int) string {
			return ticker(i) + churnTerms + fmt.Sprintf("\nThreads\n\n* page %d\n\nBye %d\n", i/2, i/5)
		})
		var whole, resumed History
		whole.Start(1, captureDay(0), texts[0])
		for i := 1; i < n; i++ {
			whole.Assess(captureDay(i), texts[i], false, nil)
			whole.Advance(i+1, captureDay(i))
		}
		for i := max(0, n-HistoryWindow); i < n; i++ {
			resumed.Start(i+1, captureDay(i), texts[i])
		}
		a, b := whole.Assess(captureDay(n), texts[n], false, nil), resumed.Assess(captureDay(n), texts[n], false, nil)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("after %d versions: %+v, resumed %+v", n, a, b)
		}
	}
}

func TestProseIsToldByItsEndAndLength(t *testing.T) {
	for text, want := range map[string]bool{
		"we sell your data.": true, "we sell data": false, "apple inc.": false,
		"we keep your name;": true, "you may not do:": true, "the old and good ink,": true, "the good old ink...": false,
		"您不得出售墨水。": true, "会社概要": false, "क्या आप।": true, "is this yours؟": true,
		"one two three four. five": true, "st. five": false,
		strings.Repeat("ink ", 11) + "x": false, strings.Repeat("ink ", 12) + "x": true,
		strings.Repeat("字", 20): false, strings.Repeat("字", 21): true,
	} {
		if isProse([]byte(text)) != want {
			t.Errorf("%q: prose is %v", text, !want)
		}
	}
}

func TestIsLink(t *testing.T) {
	for source, want := range map[string]bool{
		"* [Ink must not be sold](https://q.example/a)": true, "[Ink](https://q.example/a) now": false,
		"Ink": false, "[Ink": false, "[Ink] now": false,
	} {
		if isLink(source) != want {
			t.Errorf("%q: a link is %v", source, !want)
		}
	}
}
