package stated_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fineprint/store/insight/stated"
	"fineprint/store/model"
)

// captured is after all dates of the tests that are not told as still to come.
var captured = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func shortly(list []model.StatedDate) string {
	var all []string
	for _, d := range list {
		all = append(all, string(d.Kind)+" "+d.String())
	}
	return strings.Join(all, ", ")
}

// filler is what stands between the head and the foot of a document.
var filler = strings.Repeat("We keep what you send us for as long as your account is open.\n\n", 20)

// TestStatedInEveryLanguage holds for stamps at the head, at the foot and in the middle.
func TestStatedInEveryLanguage(t *testing.T) {
	for line, want := range map[string]string{
		"Last updated: May 5, 2026":                                                          "updated 2026-05-05",
		"**Last Updated:** 5th of May, 2026":                                                 "updated 2026-05-05",
		"_Revised on 2026-05-05._":                                                           "updated 2026-05-05",
		"Version 3.2, May 2026":                                                              "updated 2026-05",
		"Privacy PolicyLast Modified: 2026-05-05":                                            "updated 2026-05-05",
		"Effective Date: October **14, 2025**":                                               "effective 2025-10-14",
		"Effective June 28, 2025. Last Revised May 29, 2025.":                                "effective 2025-06-28, updated 2025-05-29",
		"Posted on 2026-05-05":                                                               "published 2026-05-05",
		"Dated: May 5, 2026":                                                                 "dated 2026-05-05",
		"Effective May 5, 2026 | [See previous versions](/v)":                                "effective 2026-05-05",
		"Terms effective until May 5, 2026":                                                  "previous 2026-05-05",
		"[Previous terms](/t) (effective from May 4, 2024 to May 5, 2026)":                   "previous 2024-05-04, previous 2026-05-05",
		"Stand: 5. Mai 2026":                                                                 "updated 2026-05-05",
		"Stand: 05/2026":                                                                     "updated 2026-05",
		"Zuletzt aktualisiert am 05.05.2026":                                                 "updated 2026-05-05",
		"Gültig ab 1. Juni 2026":                                                             "effective 2026-06-01",
		"Dernière mise à jour : 5 mai 2026":                                                  "updated 2026-05-05",
		"Version du 01/06/2026":                                                              "updated 2026-06-01",
		"Date d’entrée en vigueur : 1er juin 2026":                                           "effective 2026-06-01",
		"Última actualización: 5 de mayo de 2026":                                            "updated 2026-05-05",
		"Vigente desde el 1 de junio de 2026":                                                "effective 2026-06-01",
		"Ultimo aggiornamento: 5 maggio 2026":                                                "updated 2026-05-05",
		"In vigore dal 1 giugno 2026":                                                        "effective 2026-06-01",
		"Última atualização: 5 de maio de 2026":                                              "updated 2026-05-05",
		"Em vigor desde 1 de junho de 2026":                                                  "effective 2026-06-01",
		"Laatst bijgewerkt op 5 mei 2026":                                                    "updated 2026-05-05",
		"Geldig vanaf 1 juni 2026":                                                           "effective 2026-06-01",
		"Ostatnia aktualizacja: 5 maja 2026 r.":                                              "updated 2026-05-05",
		"Obowiązuje od 1 czerwca 2026":                                                       "effective 2026-06-01",
		"Senast uppdaterad den 5 maj 2026":                                                   "updated 2026-05-05",
		"Gäller från 1 juni 2026":                                                            "effective 2026-06-01",
		"Sidst opdateret 5. maj 2026":                                                        "updated 2026-05-05",
		"Gælder fra 1. juni 2026":                                                            "effective 2026-06-01",
		"Sist oppdatert 5. mai 2026":                                                         "updated 2026-05-05",
		"Trer i kraft 1. juni 2026":                                                          "effective 2026-06-01",
		"Päivitetty 5.5.2026":                                                                "updated 2026-05-05",
		"Voimassa 1. kesäkuuta 2026 alkaen":                                                  "effective 2026-06-01",
		"Poslední aktualizace: 5. května 2026":                                               "updated 2026-05-05",
		"Účinné od 1. června 2026":                                                           "effective 2026-06-01",
		"Последнее обновление: 5 мая 2026 г.":                                                "updated 2026-05-05",
		"Вступает в силу с 1 июня 2026 года":                                                 "effective 2026-06-01",
		"Останнє оновлення: 5 травня 2026 р.":                                                "updated 2026-05-05",
		"Набирає чинності з 1 червня 2026":                                                   "effective 2026-06-01",
		"Son güncelleme: 5 Mayıs 2026":                                                       "updated 2026-05-05",
		"Yürürlük tarihi: 1 Haziran 2026":                                                    "effective 2026-06-01",
		"最終更新日：2026年5月5日":                                                                    "updated 2026-05-05",
		"２０２６年６月１日施行":                                                                        "effective 2026-06-01",
		"令和8年6月1日 改定":                                                                        "updated 2026-06-01",
		"更新日期：2026 年 5 月 5 日":                                                                "updated 2026-05-05",
		"本协议自2026年6月1日起生效":                                                                   "effective 2026-06-01",
		"최종 업데이트: 2026년 5월 5일":                                                               "updated 2026-05-05",
		"시행일자: 2026. 6. 1.":                                                                  "effective 2026-06-01",
		"Utolsó frissítés: 2026. május 5.":                                                   "updated 2026-05-05",
		"Hatályos: 2026. június 1-től":                                                       "effective 2026-06-01",
		"Ultima actualizare: 5 mai 2026":                                                     "updated 2026-05-05",
		"În vigoare de la 1 iunie 2026":                                                      "effective 2026-06-01",
		"Τελευταία ενημέρωση: 5 Μαΐου 2026":                                                  "updated 2026-05-05",
		"Ημερομηνία ισχύος: 1 Ιουνίου 2026":                                                  "effective 2026-06-01",
		"آخر تحديث: ٥ مايو ٢٠٢٦":                                                             "updated 2026-05-05",
		"تاريخ السريان: 1 يونيو 2026":                                                        "effective 2026-06-01",
		"Last update\n-----\n\n5 May 2026":                                                   "updated 2026-05-05",
		"This policy was last updated on May 5, 2026.":                                       "updated 2026-05-05",
		"We have changed our terms. These changes will go into effect on December 15, 2026.": "effective 2026-12-15",
	} {
		for _, text := range []string{
			"Our Terms\n=========\n\n" + line + "\n\n" + filler, filler + line + "\n\n" + filler, filler + line,
		} {
			if got := shortly(stated.Find(text, captured)); got != want {
				t.Errorf("%q: %q, want %q", line, got, want)
			}
		}
	}
}

// TestStatedIsOfTheDocument leaves out dates that a text only names.
func TestStatedIsOfTheDocument(t *testing.T) {
	for _, line := range []string{
		"Regulation (EU) 2016/679 of 27 April 2016 is called GDPR.",
		"The California Consumer Privacy Act took effect on January 1, 2020.",
		"Export and download your data (incomplete as of June 8, 2018)",
		"Accounts created before May 5, 2024 keep their price.",
		"In May 2018 the law changed.", "You must be born before 1 January 2008 to join.",
		"The clauses of the Commission's decision, dated 4 June 2021, are part of it.",
		"Copyright 2026 Example.", "Call +49 30 2026 05 05.", "Starting June 1, 2021, payments are royalties.",
		"Gemäß dem Gesetz vom 5. Mai 2020 gilt das nicht.", "The winner is told on 5 May 2026.",
		"Read the [terms](https://example.com/effective/2026-05-05) again.",
		"", "2026", "5/5", "effective", "99/99/2026",
	} {
		if got := shortly(stated.Find(filler+line+"\n\n"+filler, captured)); got != "" {
			t.Errorf("%q: found %q", line, got)
		}
	}
}

// TestStatedAlone takes a date alone for the document's at its head and foot only.
func TestStatedAlone(t *testing.T) {
	for text, want := range map[string]string{
		"Terms\n\nMay 5, 2026\n\n" + filler: "dated 2026-05-05",
		filler + "May 5, 2026\n":            "dated 2026-05-05",
		filler + "May 5, 2026\n" + filler:   "",
	} {
		if got := shortly(stated.Find(text, captured)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestStatedReadings decides between two readings by what is known, and else returns
// both.
func TestStatedReadings(t *testing.T) {
	at := time.Date(2026, 1, 6, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"Last updated 12/2/2022":                                   "updated 2022-02-12 or 2022-12-02",
		"Last updated 01/05/2026":                                  "updated 2026-01-05", // else after the capture
		"Effective 01/05/2026":                                     "effective 2026-01-05 or 2026-05-01",
		"Last updated 12/2/2022\n\nIt was 25/2/2022.":              "updated 2022-02-12",
		"Last updated 12/2/2022\n\nIt was 2/25/2022.":              "updated 2022-12-02",
		"Last updated 12/2/2022\n\nIt was 2/25/2022 or 25/2/2022.": "updated 2022-02-12 or 2022-12-02",
		"Dernière mise à jour : 12/2/2022":                         "updated 2022-02-12",
		"Last updated 12.2.2022":                                   "updated 2022-02-12",
		"Last updated 12/13/2022":                                  "updated 2022-12-13",
		"Last updated 5/5/2022":                                    "updated 2022-05-05",
	} {
		if got := shortly(stated.Find(text, at)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestStatedAnnounces finds from when a clause holds while that is still to come.
func TestStatedAnnounces(t *testing.T) {
	const clause = "Starting December 15, 2026, each subscription costs ten euros more, taxes excluded, in all countries.\n\n"
	if got := shortly(stated.Find(filler+clause+filler, captured)); got != "applies 2026-12-15" {
		t.Errorf("%q", got)
	}
	if got := shortly(stated.Find(filler+clause+filler, captured.AddDate(0, 3, 0))); got != "" {
		t.Errorf("it is over, and %q", got)
	}
}

// TestStatedWords holds that the places are those of the words that say so.
func TestStatedWords(t *testing.T) {
	for text, want := range map[string]string{
		"Terms\n\n**Last updated:** _May 5, 2026_ now": "Last updated:** _May 5, 2026",
		"Grüße\n\nStand: 5. Mai 2026":                  "Stand: 5. Mai 2026",
		"２０２６年６月１日施行":                                  "２０２６年６月１日施行",
	} {
		list := stated.Find(text, captured)
		if len(list) != 1 || text[list[0].Start:list[0].End] != want {
			t.Errorf("%q: %v", text, list)
		}
	}
}

// FuzzFind holds that nothing panics, places are in the text and on whole letters, what
// is found is a day, and no date is found twice.
func FuzzFind(f *testing.F) {
	f.Add("Last updated: May 5, 2026")
	f.Add("２０２６ 年５月５日\n令和8年6月1日 | [x](y(z) **Effective** 5/6/26")
	f.Add("\xff\xfeİstanbul 5 Mayıs 2026 yürürlük 99/99/9999 Stand 05/2026")
	f.Fuzz(func(t *testing.T, text string) {
		list := stated.Find(text, captured)
		for i, d := range list {
			if d.Start < 0 || d.End > len(text) || d.Start >= d.End {
				t.Fatalf("%q: %v is not in it", text, d)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[d.Start:d.End]) {
				t.Fatalf("%q: %v cuts a letter", text, d)
			}
			if d.Day().IsZero() || d.Last().Before(d.Day()) {
				t.Fatalf("%v is no day", d)
			}
			if slices.ContainsFunc(list[:i], d.SameDate) {
				t.Fatalf("%v twice", d)
			}
		}
	})
}

// TestFindAgainstRandomTexts runs what FuzzFind holds on texts of pieces of dates.
func TestFindAgainstRandomTexts(t *testing.T) {
	pieces := strings.Split("effective|last updated|until|5|05|2026|/|.|-| |\n|年|月|日|May|Mai|(|)|[|](|*|_|١|令和|of|, |Mayıs|İ|\xff|ß", "|")
	r := rand.New(rand.NewPCG(1806, 1))
	for range 20000 {
		var b strings.Builder
		for range r.IntN(16) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		for _, d := range stated.Find(b.String(), captured) {
			if d.Start < 0 || d.End > b.Len() || d.Start >= d.End || d.Day().IsZero() {
				t.Fatalf("%q: %v", b.String(), d)
			}
		}
	}
}

func ExampleFind() {
	text := "Our terms\n\nThese terms take effect on 15 December 2026. Last updated: 1 November 2026.\n"
	for _, d := range stated.Find(text, time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)) {
		fmt.Printf("%s %s: %q\n", d.Kind, d, text[d.Start:d.End])
	}
	// Output:
	// effective 2026-12-15: "take effect on 15 December 2026"
	// updated 2026-11-01: "Last updated: 1 November 2026"
}
