package rules

import (
	"strings"
	"unicode/utf8"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// formalWords are words that terms and policies can't do without.
var formalWords = wordSetOf(
	"terms agreement policy privacy information data personal services service content account user users rights",
	"right law laws legal consent third parties party collect use share provide license liability agree access",
	"required purposes process processing applicable including notice may must shall guidelines rules prohibited",
	"allowed not cookies",
	// German, Dutch, French, Spanish, Italian, Portuguese, Turkish, where the word alone is told from
	// an English one.
	"nicht dürfen darf müssen muss wird werden gemäß soweit sofern dsgvo niet moet moeten droit droits loi lois",
	"contrat accès vous vos ley leyes datos uso usted podrá deberá conforme legge può deve dati terzi lei leis",
	"dados poderá deverá conforme hakkı hakları avtal villkor vilkår aftale avtale zgoda umowa prawo prawa")

// formalStems are beginnings of such words in other languages, none of them one of an
// English word.
var formalStems = wordSetOf(
	// German and Dutch
	"daten vertrag nutz verarbeit recht gesetz einwillig personenbezogen dienst zustimm widerruf haft dritt zweck",
	"kündig beding verantwortlich auskunft lösch speicher übermitt verpflicht gegevens verwerk persoonsgegev gebruik",
	"voorwaard toestem derden doeleind overeenkomst",
	// French, Spanish, Italian, Portuguese
	"donnée traitement utilisat utilisez utilisons finalit confidentialit consentement responsabl conservées",
	"tratamiento",
	"tratamento trattament privacidad usuari utent utilizador servicio serviço serviz condicion condiç condizion",
	"derecho",
	"diritt direito consentimiento consentimento consenso tercero terceiro titolar finalidad contrato contratt",
	"informativa",
	"responsável responsabil obblig obligaci obrigaç conservam conservan raccogli recoge coletamos",
	// Polish, Czech, Swedish, Danish, Norwegian, Turkish
	"danych dane przetwarz osobow użytkowni usług warunk regulamin umow polityk osobní údaj zpracov uživatel služb",
	"podmín",
	"souhlas smlouv zákon uppgift personuppgift behandl tjänst rättighet samtyck oplysning persondat tjenest rettighed",
	"samtykk kişisel verile işlen kullan hizmet koşul sözleşme gizlilik kanun sorumlu",
	// Russian, Ukrainian, Korean, Arabic
	"данн персональн обработ пользовател услуг услови соглас договор закон третьи политик конфиденциальн обязан",
	"ответственн запрещ даних персональ обробк користувач послуг умов угод згод 개인정보 이용 서비스 약관 동의 제공 회원 회사",
	"법령 권리 처리 책임 보유 البيانات الشخصية المستخدم الخدمة الشروط الخصوصية القانون موافقة الأحكام")

// formalTerms are such words where none stand between spaces: Japanese and Chinese.
var formalTerms = []string{"当社", "お客様", "利用", "規約", "個人情報", "第三者", "同意", "法令", "提供", "責任", "禁止", "権利", "契約",
	"取得", "請求", "開示", "目的", "条", "個人", "服务", "用户", "信息", "个人", "协议", "条款", "第三方", "法律", "权利", "收集", "使用", "隐私",
	"责任", "同意", "提供", "不得", "服務", "使用者", "資訊", "個人資料", "隱私", "法規"}

const (
	// maxFormality is how much of a text, in bytes, formality looks at.
	maxFormality = 40_000 // work limit
	// minFormalStem and maxFormalStem are how long, in characters, a formal stem is.
	minFormalStem = 2
	maxFormalStem = 15
)

// formality is the share of formal words in the beginning of a text.
func formality(text string) float64 {
	visible := clause.Visible(text[:min(len(text), maxFormality)])
	words, formal := 0, 0
	for _, t := range redline.Tokens(visible) {
		if redline.IsWord(t) {
			words++
			if isFormal(strings.ToLower(t)) {
				formal++
			}
		}
	}
	if strings.ContainsFunc(visible, isWithoutSpaces) {
		for _, term := range formalTerms {
			formal += strings.Count(visible, term) * utf8.RuneCountInString(term)
		}
	}
	return float64(min(formal, words)) / float64(max(words, 1))
}

// isFormal reports whether a word in lower case is, or begins with, a formal one.
func isFormal(word string) bool {
	return formalWords[word] || beginsWithStem(word, formalStems)
}

// beginsWithStem reports whether a word is, or begins with, one of a set.
func beginsWithStem(word string, stems wordSet) bool {
	n := 0
	for at := range word {
		if n >= minFormalStem && stems[word[:at]] {
			return true
		}
		if n++; n > maxFormalStem {
			return false
		}
	}
	return stems[word]
}

// isWithoutSpaces reports whether a character is of a script that has no spaces
// between words.
func isWithoutSpaces(r rune) bool { return r >= 0x3040 && r <= 0x30FF || r >= 0x4E00 && r <= 0x9FFF }

// subjectWords are what legal documents are about, by beginnings of words that tell them
// apart.
var subjectWords = []wordSet{
	wordSetOf("privacy personal information data controller consent gdpr erasure rectif retention retain collect",
		"recipients disclos portab",
		"datenschutz personenbezogen verarbeit auskunft berichtig lösch einschränk widerspruch speicher aufbewahr",
		"dsgvo empfänger",
		"données traitement confidentialit conserv datos tratamiento privacidad rectificación dati trattament dados",
		"tratamento",
		"gegevens persoonsgegev bewaar персональн обработ хранен"),
	wordSetOf("liab warrant terminat licen indemn governing arbitrat payment refund purchase order cancel",
		"haft gewährleist kündig vergüt bestell rücktritt responsabilit garantie résili commande responsabilidad",
		"garantía pedido",
		"responsabilità garanzia recesso ordine responsabilidade rescis pedido aansprakelijk opzeg betaling",
		"ответственност"),
}

// minSubject is which share of a text's words are of its subject.
const minSubject = 0.03

// sameSubject reports whether two texts are plainly about one subject.
func sameSubject(a, b string) bool {
	x, y := subjectOf(a), subjectOf(b)
	return x >= 0 && x == y
}

// subjectOf returns which subject a text is about; -1 when unsure.
func subjectOf(text string) int {
	words, counts := 0, make([]int, len(subjectWords))
	for _, t := range redline.Tokens(clause.Visible(text[:min(len(text), maxFormality)])) {
		if !redline.IsWord(t) {
			continue
		}
		words++
		for i, stems := range subjectWords {
			if beginsWithStem(strings.ToLower(t), stems) {
				counts[i]++
			}
		}
	}
	for i, n := range counts {
		if float64(n) >= minSubject*float64(words) && n >= 2*counts[1-i] {
			return i
		}
	}
	return -1
}
