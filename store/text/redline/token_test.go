package redline

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTokensAreWhole cuts texts; | is where they are to be cut.
func TestTokensAreWhole(t *testing.T) {
	for _, want := range []string{
		// Numbers with what belongs to them.
		"$1,000.50| |due", "3.5%| |of| |it", "€20|,| |£5|,| |¥7", "$| |x", "€|x", "13th|,| |24h", "1.5.2|,",
		"4.2(a)| |there", "4(viii)|.", "4|(|xviii|)", "4(a)(iv)(2)|.", "4|(|)", "4|(|toolong|)", "4|(|a", "4|(|é|)",
		"12|½", "5é", "3٣",
		// Signs of numbers, where they are no range and no hyphen.
		"by| |-5|.", "+5%", "(|-12|)", "at| |−18| |°|C", "±2", "a|-|5", "5|-|6", "5| |-|6", "5|−|6", "x|:|-4", "9|\n|-4",
		"-|x", "-| |5", "-|5 May 2026", "-|-|5", "+44| |20", "“|-3|”", "COVID|-|19", "-5.2(a)", "€|-|5", "12| |$", "−|x", "±| |2",
		// Dates.
		"January 5, 2026|,", "Jan. 2026|;", "Jan|.| |x", "5th of January 2026| |it", "2026-01-05| |it", "marginal| |5",
		"5|/|1|/|2026|/|7", "2026|-|01|-|05x", "5|-|1|-|2026|-|3", "5/1/2026|-", "2026-01-05|/",
		"May| |be",
		// Words.
		"don't|,| |users|'| |o'clock|'", "l’été|’| |x", "rock|'|1", "naïve|,", "café|.", "नमस्ते| |x",
		"a|_|b", "x\u200dy",
		// Addresses and targets.
		"a.b@c.example|,", "a|@|b|.", "7@c.example| |x", "https://a.example/b?c=|(|d|)", "see| |http://a.example|.",
		"x|:| |y", "mailto|:|x",
		"[|a|](https://a.example/(x))| |on", "[|a|]|(|open", "]| |x",
		// Scripts without spaces, clusters, marks, spaces.
		"保|存|三|十|天", "👩‍👩‍👧|!", "-\u0301|a", "-\u0301\u200d|a", "  \n\t|x", "a|\u00a0|b", "\xff|x",
		"“|a|”", "zebra| |JAZZ|@|az|[|ZA|`|a|{",
	} {
		text := strings.ReplaceAll(want, "|", "")
		if got := strings.Join(Tokens(text), "|"); got != want {
			t.Errorf("cut as %q, want %q", got, want)
		}
	}
}

func TestDateIsOneToken(t *testing.T) {
	for _, date := range []string{
		"2026-01-05", "2026/1/5", "2026.01.05", "05.01.2026", "5/1/2026", "5-1-2026", "5/1/26", "2022-12-19T19:21:31Z",
		"2022-12-19T19:21:31.123",
		"5 January 2026", "5th of January 2026", "05 January, 2026", "5 de enero de 2026", "1er janvier 2026",
		"5 juin 2026",
		"January 5, 2026", "January 5 2026", "Jan. 5, 2026", "January 2026", "january\n2026", "Mai 1999",
		"September 1st, 2026", "December 5. 2026", "5 May 2026", "5 Dec. 2026", "5 septiembre 2026", "May 5, 2026",
		"Mai 1987",
		"5. Januar 2026", "5.Januar 2026", "5-Jan-2026", "05-may-2026", "1º de janeiro de 2026", "5 mei 2026",
		"5 stycznia 2026", "5 января 2026", "5 Μαΐου 2026", "5 Mayıs 2026", "5. tammikuuta 2026", "2026年1月5日", "2026年1月",
		"2026년 1월 5일", "2026. január 5", "5 janv. 2026",
		"9 May 1999", "2022-12-19T19:21", "2022-12-19T19:21.5", "2022-12-19T19:21:31.5Z",
	} {
		if !IsDate(date) {
			t.Errorf("%q is no date", date)
		}
		if got := Tokens("on " + date + " it"); got[2] != date {
			t.Errorf("%q is cut into %q", date, got)
		}
	}
	for _, none := range []string{
		"", "5", "2026", "123/1/26", "5/1/261", "2026-1-051", "123.1.2026", "5.1.20261", "1/123/2026", "January", "may", "January 1897", "January 2126", "January 9026", "January 1026",
		"32 Ma 2026", "12345-1-1", "5.1.26", "5-1-26", "123-1-2026", "2026-001-05", "2026-01/05", "2026-01-05x",
		"1.2.2026.3", "5/1/2026/7",
		"2026-01-", "2026-01", "5 Smarch 2026", "5 January", "5 January 26", "5 January 3026", "5x January 2026",
		"123 January 2026", "5January",
		"5-Jan 2026", "5 Jan-2026", "5-Jan-26", "5-Smarch-2026", "2026年", "2026年1", "126年1月5日", "2026. Smarch 5",
		"2026. január", "2026. január 501", "2026.január 5", "5-", "2026. ",
		"of January 2026", "Smarch 5, 2026", "January, 2026", "January 5, 26", "January2026", "January 52026",
		"Januaryyyyyyyyyyyyyyyyyyyyyyyyyyyy 2026", "5 ", "5 d'",
	} {
		if IsDate(none) {
			t.Errorf("%q is a date", none)
		}
	}
	for text, date := range map[string]string{"1.2.2026.": "1.2.2026", "5/1/2026, x": "5/1/2026",
		"2022-12-19T1": "2022-12-19", "2022-12-19T19:2": "2022-12-19",
		"2022-12-19T19:21:31.": "2022-12-19T19:21:31", "2022-12-19T19:21:31.x": "2022-12-19T19:21:31",
		"2022-12-19T19:21x": "2022-12-19T19:21", "5 January 2026.": "5 January 2026"} {
		if got := Tokens(text)[0]; got != date {
			t.Errorf("%q begins with %q, want %q", text, got, date)
		}
	}
}

// TestEarliestDayOfADate: what a date may mean, and what no calendar has.
func TestEarliestDayOfADate(t *testing.T) {
	for date, want := range map[string]string{
		"January 5, 2026": "2026-01-05", "5th of January 2026": "2026-01-05", "January 2026": "2026-01-01",
		"5. Januar 2026": "2026-01-05", "2026-03-05": "2026-03-05", "2026/3/5": "2026-03-05", "05.03.2026": "2026-03-05",
		"5/3/2026": "2026-03-05", "3/5/2026": "2026-03-05", "13/5/2026": "2026-05-13", "5/13/2026": "2026-05-13",
		"5/3/26": "2026-03-05", "03.05.2026": "2026-05-03", "2026年3月5日": "2026-03-05", "2026年3月": "2026-03-01",
		"2026. január 5": "2026-01-05", "2026-03-05T19:21:31Z": "2026-03-05", "5-Mar-2026": "2026-03-05",
		"31 February 2026": "", "14/14/2026": "", "2026-14-01": "", "soon": "",
	} {
		day, ok := Earliest(date)
		if got := day.Format(time.DateOnly); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %s (%t), want %q", date, got, ok, want)
		}
	}
}

func TestSentencesKnowLegalPoints(t *testing.T) {
	for _, want := range []string{
		"One ends. |Another begins! |A third? |Yes.",
		"See No. 5 and Art. 5, e.g. Para. 4.2. |Then go on.",
		"Mr. A. Smith of Acme Inc. Ltd. decides.",
		"1. You agree. |2. |We agree.",
		"It is so. however it goes on. |(It ends.) |“Quoted.” |*Bold* begins.",
		"a line\n|another\n|1. numbered\n|last", "a line\n|1. Numbered\n  |12. As well", "It costs 5. |Nothing more.", "It is. |Ab.",
		"終わり。|次！|三？|四",
		"No end",
		". Odd. |5 is a number. |So is this", "He agrees. |(“",
		"",
	} {
		text := strings.ReplaceAll(want, "|", "")
		tokens := Tokens(text)
		var got []string
		from := 0
		for _, end := range Sentences(tokens) {
			got = append(got, strings.Join(tokens[from:end], ""))
			from = end
		}
		if joined := strings.Join(got, "|"); joined != want {
			t.Errorf("cut as\n%q, want\n%q", joined, want)
		}
	}
}

func TestClassOfKnowsNumbersNegationsAndModals(t *testing.T) {
	for class, words := range map[Class][]string{
		ClassNumber: {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "x0", "x9", "3.5%", "$1,000", "2026-01-05",
			"Seven", "hundred", "٣", "é5"},
		ClassNegation: {"not", "NOT", "without", "don't", "won’t", "isn't", "nicht", "jamais"},
		ClassModal:    {"may", "Must", "shall", "required", "doit"},
		0: {"one", "data", "mayor", "t", "it", "at", "at5@a.example", "https://a.example/5", "](/5)", "part",
			"aren", "élément", "’t", "unconstitutionally"},
	} {
		for _, w := range words {
			if got := ClassOf(w); got != class {
				t.Errorf("%q has class %d, want %d", w, got, class)
			}
			if Significant(w) != (class != 0) || IsNumber(w) != (class == ClassNumber) ||
				Negation(w) != (class == ClassNegation) ||
				Modal(w) != (class == ClassModal) {
				t.Errorf("%q: significant %t, number %t, negation %t, modal %t", w, Significant(w), IsNumber(w), Negation(w),
					Modal(w))
			}
		}
	}
}

func TestTokenKindsAreRecognised(t *testing.T) {
	for token, want := range map[string][4]bool{ // word, space, money, target
		"data": {true, false, false, false}, "5": {true, false, false, false}, "é": {true, false, false, false},
		"-":   {},
		"“":   {},
		" \n": {false, true, false, false}, "\u00a0": {false, true, false, false},
		"$5": {true, false, true, false}, "€": {false, false, true, false}, "EUR": {true, false, true, false},
		"eur": {true, false, false, false}, "USDT": {true, false, false, false},
		"](/x)": {true, false, false, true}, "a@b.example": {true, false, false, true},
		"http://a.example": {true, false, false, true},
	} {
		if got := [4]bool{IsWord(token), IsSpace(token), IsMoney(token), IsTarget(token)}; got != want {
			t.Errorf("%q: word, space, money, target %v, want %v", token, got, want)
		}
	}
}

func TestLinkWordsEndAtTheirBracket(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) + "(x)" }
	for text, want := range map[string]int{
		"[a](x)": 2, "[a [b] c](x)": 8, `[a\]b](x)`: 5, "[a] (x)": 0, "[a]": 0, "[a": 0, `[a\`: 0,
		nested(MaxBrackets): 2*MaxBrackets - 1, nested(MaxBrackets + 1): 0,
	} {
		if got := LinkWords(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestAppendTokensKeepsWhatIsThere(t *testing.T) {
	if got := AppendTokens([]string{"x"}, "a b"); !slices.Equal(got, []string{"x", "a", " ", "b"}) {
		t.Errorf("%q", got)
	}
}

func TestDayAndMonthWithoutAYearAreNoDate(t *testing.T) {
	for _, want := range []string{
		"5| |January| |26", "5| |January| |it", "5| |January|,|2026", "January| |5| |it", "January| |5|,| |26",
		"January| |it", "5| |de| |enero| |de| |paz",
	} {
		if got := strings.Join(Tokens(strings.ReplaceAll(want, "|", "")), "|"); got != want {
			t.Errorf("cut as %q, want %q", got, want)
		}
	}
}

func TestOneSmallLetterBeginsNoSentence(t *testing.T) {
	if got := Sentences(Tokens("It is so. a thing goes on")); len(got) != 1 {
		t.Errorf("ends at %v", got)
	}
	if got := Sentences(Tokens("It is so. I go on")); len(got) != 2 {
		t.Errorf("ends at %v", got)
	}
}

func TestContractionOfTwelveLettersNegates(t *testing.T) {
	if !Negation("shouldestn't") {
		t.Error("it does not negate")
	}
}

func TestOnlyLettersAndDigitsOfASCIIAreInWords(t *testing.T) {
	for r := rune(0); r < 0x80; r++ {
		want := strings.ContainsRune("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", r)
		if inWord(r) != want {
			t.Errorf("%q is in words: %t", r, !want)
		}
	}
}

func TestOneCharacterIsNoDate(t *testing.T) {
	for _, none := range []string{"a", "é", "-", "5"} {
		if IsDate(none) {
			t.Errorf("%q is a date", none)
		}
	}
}
