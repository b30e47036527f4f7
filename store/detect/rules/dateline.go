package rules

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// A date line is a bare stamp of a document: when it was updated, or since when
// it is in force. All its words are known: there is no telling what a date is of
// beside a word that is not.
var (
	// updateWords tell that a document was changed, which is over at any rate.
	updateWords = wordSetOf(
		"last updated update updates revised revision modified modification posted published publication",
		"change changed changes changelog created reviewed amended archived",
		"dernière dernières mise modifié modifiée révisé révisée publié publiée publication révision modification",
		"aktualisiert geändert aktualisierung änderung letzte zuletzt überarbeitet veröffentlicht",
		"última último actualización actualizado actualizada modificación modificado revisado publicado",
		"atualização atualizado atualizada modificação revisão ultimo ultima aggiornamento aggiornato aggiornata",
		"modifica revisione pubblicato laatst laatste bijgewerkt gewijzigd wijziging herzien",
		"ostatnia ostatnio aktualizacja zaktualizowano zmiana senast uppdaterad uppdaterat ändrad sidst sist",
		"opdateret oppdatert ændret endret viimeksi päivitetty päivitys poslední aktualizace aktualizováno",
		"utolsó frissítés ultima actualizare son güncelleme güncellenme terakhir diperbarui",
		"последнее обновление обновлено изменено останнє оновлення оновлено τελευταία ενημέρωση",
		"更 新 改 定 修 订 訂 최종 업데이트 개정일 개정 수정일")

	// stampWords tell that a date is one of the document.
	stampWords = wordSetOf(
		"effective effect version dated date force current as in",
		"vigueur jour date version stand fassung datum vigente vigor vigencia fecha vigência data versión versão versione",
		"versie wersja obowiązuje datum dato päiväys účinnost hatályos tarihi tarih версия редакция дата редакція",
		"日 期 版 本 最 終 终 后 後 公 布 制 施 行 生 效 시행일 시행 버전 일자")

	// dateLineNouns are the words of a date line without which it is none.
	dateLineNouns = without(union(updateWords, stampWords), "last", "as", "in", "日", "本", "最", "公", "行", "后", "後")

	// documentWords name the document or a part of its name.
	documentWords = union(titleWords, wordSetOf("document page this these text site website online publicly notice",
		"politique confidentialité conditions générales utilisation datenschutzerklärung nutzungsbedingungen agb",
		"datenschutz bedingungen política privacidad privacidade términos condiciones termos condições",
		"informativa termini condizioni privacybeleid voorwaarden regulamin polityka"))

	// glueWords are between the others, or a control of the page beside them.
	glueWords = wordSetOf("print printable pdf download archive history prior previous earlier versions view see read of",
		"ansehen vorherige frühere versionen voir précédentes précédente ver anterior anteriores",
		"since on the was is were our your or for at by and to",
		"depuis seit entrée le la les du des de en au à am vom der die das dieser diese el los il del da do den de het op",
		"dnia z от від od")

	// sinceWords lead in a date from which a text holds: a bare stamp once that day
	// is over, news before.
	sinceWords = union(validWords, wordSetOf("from starting beginning partir compter ab tritt",
		"desde entrada vigente dal decorrenza vanaf från fra"))

	// validWords are those of them that make a date line by themselves.
	validWords = wordSetOf("valid gültig kraft válido geldig gäller")

	// dateLineWords are all the words of a date line.
	dateLineWords = union(updateWords, stampWords, documentWords, glueWords, sinceWords)
)

// without makes a set of what is in another but for some words.
func without(set wordSet, words ...string) wordSet {
	out := union(set)
	for _, w := range words {
		delete(out, w)
	}
	return out
}

// views is the counter that some help pages put before their date line.
var views = pattern(`(?i)\bviews:?\s*\d[\d.,]*[km]?`)

const (
	// maxDateLineWords is how many words may be around the date of a date line,
	// maxDateLineNames how many of them may be names.
	maxDateLineWords = 10
	maxDateLineNames = 3
	// maxDateLine is how long, in bytes, a clause of date lines is.
	maxDateLine = 400
	// dayAround is by how much a date may be ahead of a capture in another time
	// zone and be none that is still to come.
	dayAround = 24 * time.Hour
)

// place is where words stand: in which texts that are compared, and in which kind of
// clause they are. The zero value is a paragraph of which nothing is known.
type place struct {
	of   *Comparison // nil when nobody knows
	kind clause.Kind
	led  bool // of a list that words before it lead in with a colon
}

// isAhead reports whether a date was still to come when the text was captured.
func (p place) isAhead(date string) bool {
	if !p.isDated() {
		return false
	}
	day, ok := redline.Earliest(date)
	return ok && p.of.isAhead(day.Add(-dayAround))
}

// isDated reports whether it is known when the text was captured.
func (p place) isDated() bool { return p.of != nil && !p.of.At.IsZero() }

// ofList reports whether the words are an item of a list or a row of a table:
// a date alone, or a number, is of what is beside it there.
func (p place) ofList() bool { return p.kind == clause.Item || p.kind == clause.Row }

// dateLine is what is counted of a phrase that may be a date line.
type dateLine struct {
	words, dates, names    int
	noun, update, document bool
}

// add counts a token; it is false of one that no date line has.
func (d *dateLine) add(t string, in place) bool {
	switch {
	case !redline.IsWord(t):
		return true
	case redline.IsDate(t):
		d.dates++
		return !in.isAhead(t)
	case redline.IsNumber(t):
		return isVersionNumber(t)
	case redline.Negation(t), redline.Modal(t), redline.IsTarget(t):
		return false
	}
	d.words++
	w := strings.ToLower(t)
	d.update = d.update || updateWords[w]
	d.noun = d.noun || dateLineNouns[w] || validWords[w]
	switch {
	case documentWords[w]:
		d.document = true
	case updateWords[w], stampWords[w], glueWords[w]:
	case sinceWords[w]:
		return in.isDated()
	default:
		d.names++
		r, _ := utf8.DecodeRuneInString(t)
		return unicode.IsUpper(r)
	}
	return true
}

// isDateLine reports whether a phrase with dates in it is a bare date line: a
// date alone, or with words for when the document was changed or since when it
// is in force, and no other; a name may be in the title of the document.
func isDateLine(phrase []string, in place) bool {
	for _, t := range phrase {
		if strings.EqualFold(t, "views") {
			phrase = redline.Tokens(views.ReplaceAllString(strings.Join(phrase, ""), ""))
			break
		}
	}
	var d dateLine
	for _, t := range phrase {
		if !d.add(t, in) {
			return false
		}
	}
	switch {
	case d.dates == 0 || d.words > maxDateLineWords || in.led:
		return false
	case d.names > 0:
		return d.noun && d.names <= maxDateLineNames && d.document && (d.update || in.isDated())
	}
	return d.noun || d.words == 0
}

func isVersionNumber(t string) bool {
	return strings.Count(t, ".") >= 1 && strings.Trim(t, "0123456789.v") == ""
}

// inDateLines reports whether a stretch differs only in the dates of bare date
// lines.
func inDateLines(s *Stretch) bool {
	if !HasDate(s.old[s.i0:s.i1]) && !HasDate(s.new[s.j0:s.j1]) {
		return false
	}
	return ofDateLine(s.old, s.i0, s.i1, s.in) && ofDateLine(s.new, s.j0, s.j1, s.in)
}

// ofDateLine reports whether the phrase around tokens[from:to] is a date line,
// one whose date is missing, or nothing at all. A date alone is one where
// nothing but date lines is around it.
func ofDateLine(tokens []string, from, to int, in place) bool {
	from, to = phraseAround(tokens, from, to)
	phrase := tokens[from:to]
	switch {
	case countWords(phrase) == 0:
		return true
	case !HasDate(phrase):
		return onlyDateLineWords(phrase)
	case isDateAlone(phrase):
		return onlyDateLines(tokens, in)
	}
	return isDateLine(phrase, in)
}

func isDateAlone(phrase []string) bool {
	for _, t := range phrase {
		if redline.IsWord(t) && !redline.IsDate(t) {
			return false
		}
	}
	return true
}

// HasDate reports whether there is a date among some tokens.
func HasDate(tokens []string) bool {
	for _, t := range tokens {
		if redline.IsDate(t) {
			return true
		}
	}
	return false
}

// onlyDateLineWords reports whether a phrase has no words but a date line's:
// one whose date was removed or not there yet.
func onlyDateLineWords(phrase []string) bool {
	for _, t := range phrase {
		if redline.IsWord(t) && !dateLineWords[strings.ToLower(t)] {
			return false
		}
	}
	return true
}

// HasYear reports whether four digits, or two after a stroke or point, are
// together: without them there is no date.
func HasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			run = 0
			continue
		}
		if run++; run == 4 || run == 2 && i > 1 && (s[i-2] == '/' || s[i-2] == '.') {
			return true
		}
	}
	return false
}

// onlyDateLines reports whether every phrase is a bare date line. In a list or a
// table one of them says so in words.
func onlyDateLines(tokens []string, in place) bool {
	dates, named := false, false
	for from := 0; from < len(tokens); {
		_, to := phraseAround(tokens, from, min(from+1, len(tokens)))
		phrase := tokens[from:to]
		switch {
		case countWords(phrase) == 0:
		case isDateLine(phrase, in):
			dates = true
			named = named || !isDateAlone(phrase)
		default:
			return false
		}
		from = max(to, from+1)
	}
	return dates && (named || !in.ofList())
}
