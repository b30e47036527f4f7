package stated

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/model"
)

// cue is words that say what a date is of.
type cue struct {
	words string
	kind  model.StatedKind
	side  side
	// other: they are of a language that writes the day before the month, as all do here
	// but English.
	other bool
}

// side is where a cue stands beside its date.
type side uint8

const (
	before side = 1 << iota
	after
	around = before | after
)

// cueRows are the cues by kind and side, one language a line. A word ends where its
// letters end, so that "update" isn't in "updates"; one that ends in * goes on, and in
// scripts without spaces every one does.
var cueRows = []struct {
	kind    model.StatedKind
	side    side
	english bool
	words   string // separated by |
}{
	// What says when a text was changed last.
	{model.StatedUpdated, around, true, "last updated|last update|last modified|last revised|last changed|" +
		"last amended|last edited|" +
		"last reviewed|last modification|last revision|latest update|latest revision|latest version|was updated|" +
		"were updated|been updated|was revised|were revised|was amended|" +
		"revision date|date of revision|date of last|date revised|date modified|date updated|date last|update date|" +
		"date of update|version of|document version|version date|date of issue|amended on|amended as of|revised as of|" +
		"updated as of"},
	{model.StatedUpdated, before, true, "updated|revised|modified|amended|update|revision|changed on|reviewed on|" +
		"current as of|" +
		"current at|correct as of|as of|as at|version|rev"},
	{model.StatedUpdated, before, false, "stand|zuletzt aktualisiert|zuletzt geändert|letzte aktualisierung|" +
		"letzte änderung|" +
		"aktualisiert|geändert|überarbeitet|fassung vom|version vom|aktualisierung|änderungsdatum|letzter stand"},
	{model.StatedUpdated, around, false, "zuletzt aktualisiert|zuletzt geändert|zuletzt überarbeitet"},
	{model.StatedUpdated, before, false, "dernière mise à jour|dernière modification|dernière révision|" +
		"dernière version|mise à jour|" +
		"mis à jour|mises à jour|modifié|modifiée|modifiées|révisé|révisée|version du|date de mise à jour|à jour au|" +
		"en date du"},
	{model.StatedUpdated, before, false, "última actualización|última modificación|última revisión|última versión|" +
		"actualizado|" +
		"actualizada|actualizados|modificado|modificada|fecha de actualización|fecha de revisión|versión de|revisado|" +
		"revisada"},
	{model.StatedUpdated, before, false, "ultimo aggiornamento|ultima modifica|ultima revisione|ultima versione|" +
		"aggiornato|aggiornata|" +
		"aggiornati|aggiornamento|modificato|modificata|versione del|revisione del"},
	{model.StatedUpdated, before, false, "última atualização|última modificação|última revisão|última versão|" +
		"atualizado|atualizada|" +
		"atualizados|atualização|modificada em|versão de|revisado em"},
	{model.StatedUpdated, before, false, "laatst bijgewerkt|laatst gewijzigd|laatst aangepast|laatste update|" +
		"laatste wijziging|" +
		"laatste versie|bijgewerkt op|bijgewerkt|gewijzigd op|versie van|herzien op|datum laatste|laatst herzien"},
	{model.StatedUpdated, before, false, "ostatnia aktualizacja|ostatnio zaktualizowano|data aktualizacji|" +
		"data ostatniej|" +
		"zaktualizowano|aktualizacja|ostatnia zmiana|stan na dzień|wersja z dnia|zmieniono"},
	{model.StatedUpdated, before, false, "senast uppdaterad|senast uppdaterade|senast uppdaterat|senast ändrad|" +
		"uppdaterad|" +
		"uppdaterades|senaste uppdatering|uppdaterat|ändrad|reviderad|version från"},
	{model.StatedUpdated, before, false, "senest opdateret|sidst opdateret|opdateret|sidst ændret|senest ændret|" +
		"seneste opdatering|" +
		"sidste opdatering|ændret den|revideret|version af"},
	{model.StatedUpdated, before, false, "sist oppdatert|sist endret|oppdatert|siste oppdatering|sist revidert|" +
		"endret den"},
	{model.StatedUpdated, before, false, "päivitetty|viimeksi päivitetty|viimeksi muutettu|viimeisin päivitys|" +
		"muokattu|päivätty|" +
		"päivitetty viimeksi"},
	{model.StatedUpdated, before, false, "poslední aktualizace|naposledy aktualizováno|aktualizováno|aktualizace|" +
		"poslední změna|" +
		"poslední úprava|naposledy změněno|verze ze dne"},
	{model.StatedUpdated, around, false, "последнее обновление|последнего обновления|обновлено|последнее изменение|" +
		"обновлён|" +
		"обновлена|дата обновления|дата изменения|в редакции от|редакция от|версия от|последняя редакция|изменено"},
	{model.StatedUpdated, around, false, "останнє оновлення|оновлено|дата оновлення|остання зміна|змінено|" +
		"в редакції від|редакція від"},
	{model.StatedUpdated, around, false, "son güncelleme|son güncellenme|güncelleme tarihi|güncellenme tarihi|" +
		"güncellendi|" +
		"güncellenmiştir|son değişiklik|revizyon tarihi"},
	{model.StatedUpdated, around, false, "最終更新|最終改定|最終改訂|更新日|改定日|改訂日|改定|改訂|更新"},
	{model.StatedUpdated, around, false, "最后更新|最近更新|更新日期|更新于|更新時間|更新时间|修订日期|修訂日期|最後更新|最后修订|最後修訂|" +
		"最新更新|上次更新|修改日期|修订于|版本日期"},
	{model.StatedUpdated, around, false, "최종 업데이트|최종 수정|마지막 업데이트|업데이트|개정일|개정일자|최종 개정|수정일|변경일자|개정"},
	{model.StatedUpdated, around, false, "utolsó frissítés|utoljára frissítve|frissítve|utolsó módosítás|módosítva|" +
		"frissítés dátuma|" +
		"utoljára módosítva"},
	{model.StatedUpdated, before, false, "ultima actualizare|actualizat|actualizată|ultima modificare|" +
		"ultima revizuire|modificat la|" +
		"revizuit|data actualizării"},
	{model.StatedUpdated, before, false, "τελευταία ενημέρωση|ενημερώθηκε|τελευταία τροποποίηση|ημερομηνία ενημέρωσης|" +
		"τελευταία αναθεώρηση"},
	{model.StatedUpdated, before, false, "آخر تحديث|تاريخ التحديث|تم التحديث|آخر تعديل|تاريخ آخر تحديث"},
	{model.StatedUpdated, before, false, "terakhir diperbarui|diperbarui|terakhir diubah|pembaruan terakhir|" +
		"última actualització|" +
		"cập nhật lần cuối|last updated at"},
	// What says since when a text holds, or from when it will.
	{model.StatedEffective, around, true, "effective|takes effect|take effect|taking effect|took effect|" +
		"comes into effect|come into effect|" +
		"came into effect|coming into effect|goes into effect|go into effect|going into effect|went into effect|" +
		"in effect|" +
		"effective date|date effective|comes into force|come into force|came into force|enters into force|" +
		"enter into force|" +
		"entered into force|in force|becomes effective|become effective|became effective|" +
		"will apply|applies from|apply from|applies as of|apply as of|applicable from|applicable as of|valid from|" +
		"valid as of|starting on|effect on|effect from|shall apply from|applicable to you|will be updating|" +
		"we're updating|we’re updating|we are updating|are changing|are being updated|will be updated|are making changes|" +
		"will change|apply on|date of effect|date of entry into force|commencement date|implementation date|" +
		"will become effective"},
	{model.StatedEffective, around, false, "gültig ab|gültig seit|gültig|gilt ab|gelten ab|in kraft|tritt am|" +
		"treten am|inkrafttreten|" +
		"wirksam ab|wirksam|mit wirkung|gilt seit|gelten seit|gültigkeit|geltung ab"},
	{model.StatedEffective, around, false, "en vigueur|entrée en vigueur|entre en vigueur|entrent en vigueur|" +
		"applicable à|applicables à|" +
		"applicable depuis|à compter du|prend effet|prennent effet|date d'effet|date d’effet|date d'entrée|date d’entrée|" +
		"applicable au|applicables au|valable à partir"},
	{model.StatedEffective, around, false, "en vigor|vigente|vigentes|vigencia|entrada en vigor|entra en vigor|" +
		"entran en vigor|" +
		"entrará en vigor|entrarán en vigor|efectiva|efectivo|fecha de vigencia|fecha efectiva|aplicable a partir|" +
		"fecha de entrada"},
	{model.StatedEffective, around, false, "in vigore|entrata in vigore|entra in vigore|entrano in vigore|" +
		"efficace dal|efficaci dal|" +
		"valido dal|valida dal|decorrenza|data di validità|data di efficacia|con effetto dal|data effettiva"},
	{model.StatedEffective, around, false, "em vigor|entra em vigor|entram em vigor|data de vigência|vigência|" +
		"vigente desde|" +
		"data de entrada|válido a partir|válida a partir|data efetiva|com efeito"},
	{model.StatedEffective, around, false, "geldig vanaf|geldig per|van kracht|ingangsdatum|treedt in werking|" +
		"in werking|geldt vanaf|" +
		"gelden vanaf|effectief|geldig sinds|met ingang van|van toepassing vanaf"},
	{model.StatedEffective, around, false, "obowiązuje od|obowiązują od|obowiązuje|obowiązujący od|obowiązująca od|" +
		"obowiązujące od|" +
		"obowiązująca|obowiązujący|wchodzi w życie|wchodzą w życie|wejścia w życie|data wejścia|ważne od|ważny od"},
	{model.StatedEffective, around, false, "gäller från|gäller fr|gäller sedan|träder i kraft|trädde i kraft|" +
		"i kraft|gällande från|" +
		"giltig från|gällande fr|giltighetsdatum|gäller för"},
	{model.StatedEffective, around, false, "gældende fra|gælder fra|træder i kraft|trådte i kraft|ikrafttrædelse|" +
		"ikrafttrædelsesdato|" +
		"gyldig fra|i kraft|gældende pr"},
	{model.StatedEffective, around, false, "gjelder fra|gjeldende fra|trer i kraft|trådte i kraft|gyldig fra|" +
		"ikrafttredelse|" +
		"ikrafttredelsesdato|gjelder fra og med"},
	{model.StatedEffective, around, false, "voimassa|voimaan|voimassa alkaen|tulee voimaan|tulevat voimaan|" +
		"voimaantulopäivä|alkaen"},
	{model.StatedEffective, around, false, "účinnost|účinné od|účinná od|účinný od|účinnosti|platné od|platnost od|" +
		"platí od|" +
		"nabývá účinnosti|nabývají účinnosti|datum účinnosti|vstupuje v platnost|vstupují v platnost|účinné ode dne"},
	{model.StatedEffective, around, false, "вступает в силу|вступают в силу|вступила в силу|вступили в силу|" +
		"вступления в силу|" +
		"действует с|действует|действуют с|действительно с|в силе с|дата вступления"},
	{model.StatedEffective, around, false, "набирає чинності|набирають чинності|набрала чинності|набули чинності|" +
		"чинна з|чинні з|" +
		"діє з|діють з|чинності"},
	{model.StatedEffective, around, false, "yürürlük tarihi|yürürlüğe girer|yürürlüğe girecektir|" +
		"yürürlüğe girmiştir|yürürlüğe|" +
		"yürürlükte|geçerlilik tarihi|tarihinden itibaren geçerli"},
	{model.StatedEffective, around, false, "施行|制定日|発効日|発効|適用日|適用開始日|より適用|から適用|より有効|から有効"},
	{model.StatedEffective, around, false, "生效日期|生效|起施行|实施日期|實施日期|生效日|施行日期|开始实施"},
	{model.StatedEffective, around, false, "시행일|시행일자|시행|부터 적용|적용일|발효일|효력 발생|공고일자"},
	{model.StatedEffective, around, false, "hatályos|hatálybalépés|hatályba|hatálya|érvényes|hatályba lépés"},
	{model.StatedEffective, around, false, "în vigoare|intră în vigoare|data intrării|valabil de la|valabilă de la|" +
		"aplicabil de la|" +
		"valabil din|efectiv de la|data efectivă"},
	{model.StatedEffective, around, false, "σε ισχύ|ισχύει από|ισχύουν από|ημερομηνία ισχύος|έναρξη ισχύος|ισχύος|" +
		"τίθεται σε ισχύ|" +
		"τίθενται σε ισχύ"},
	{model.StatedEffective, around, false, "تاريخ السريان|ساري المفعول|سارية المفعول|تاريخ النفاذ|يسري اعتبارا|" +
		"يسري اعتبارًا|تسري اعتبارا|" +
		"تسري اعتبارًا|تاريخ سريان|حيز التنفيذ"},
	{model.StatedEffective, around, false, "berlaku sejak|tanggal berlaku|mulai berlaku|có hiệu lực|ngày hiệu lực"},
	// What says when a text was made public.
	{model.StatedPublished, around, true, "published|posted|date of publication|publication date|first published|" +
		"issued|issue date|" +
		"date posted|date published|date created|created on|adopted on|originally published|released on"},
	{model.StatedPublished, around, false, "veröffentlicht|publié|publiée|publiées|date de publication|publicado|" +
		"publicada|" +
		"fecha de publicación|pubblicato|pubblicata|data di pubblicazione|data de publicação|gepubliceerd|" +
		"publicatiedatum|" +
		"opublikowano|data publikacji|publicerad|publiceringsdatum|offentliggjort|publisert|publiceret|julkaistu|" +
		"zveřejněno|datum zveřejnění|опубликовано|дата публикации|опубліковано|дата публікації|yayınlanma tarihi|" +
		"yayın tarihi|yayımlanma tarihi|közzétéve|közzététel|publicat|δημοσιεύθηκε|ημερομηνία δημοσίευσης|تاريخ النشر"},
	{model.StatedPublished, around, false, "公布日|公布|发布日期|發布日期|发布|發布|公開日|公表日|掲載日|게시일|공고일|공시일|공고"},
	// What a text without other words for it is dated by.
	{model.StatedDated, before, true, "dated|date"},
	{model.StatedDated, before, false, "datum|dato|data|fecha|дата|tarih|tarihi|日期|日付|日時|날짜|päivämäärä|dátum|" +
		"ημερομηνία|التاريخ"},
}

// cues are what cueRows say, by their first letter.
var cues = func() map[rune][]cue {
	m := map[rune][]cue{}
	for _, row := range cueRows {
		for w := range strings.SplitSeq(row.words, "|") {
			first, _ := utf8.DecodeRuneInString(w)
			m[first] = append(m[first], cue{w, row.kind, row.side, !row.english})
		}
	}
	return m
}()

// wordsAt are those of a list that stand in a text, with where they begin and end. The
// text is in lower case.
func eachCue(low string, of side, report func(c cue, from, to int)) {
	start := true
	for i, r := range low {
		if start || !unicode.IsLetter(r) || isIdeograph(r) {
			for _, c := range cues[r] {
				if c.side&of != 0 && strings.HasPrefix(low[i:], c.words) && endsWord(low[i:], len(c.words)) {
					report(c, i, i+len(c.words))
				}
			}
		}
		start = !unicode.IsLetter(r) || isIdeograph(r)
	}
}

// endsWord reports whether a word ends at n.
func endsWord(s string, n int) bool {
	last, _ := utf8.DecodeLastRuneInString(s[:n])
	next, _ := utf8.DecodeRuneInString(s[n:])
	return n == len(s) || isIdeograph(last) || !unicode.IsLetter(next) || unicode.Is(unicode.Hangul, last)
}

// isIdeograph reports whether a letter is of a script that is written without spaces.
func isIdeograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// wordList is a set of words and of phrases.
type wordList []string

func listOf(rows ...string) wordList {
	var l wordList
	for _, row := range rows {
		l = append(l, strings.Split(row, "|")...)
	}
	return l
}

// in reports whether one of the list stands in a text in lower case, as a whole word.
func (l wordList) in(low string) bool {
	for _, w := range l {
		for from := 0; ; {
			i := strings.Index(low[from:], w)
			if i < 0 {
				break
			}
			i += from
			prev, _ := utf8.DecodeLastRuneInString(low[:i])
			first, _ := utf8.DecodeRuneInString(w)
			if (i == 0 || !unicode.IsLetter(prev) || isIdeograph(first)) && endsWord(low[i:], len(w)) {
				return true
			}
			from = i + len(w)
		}
	}
	return false
}

// ends reports whether a text in lower case ends with one of the list, as a word.
func (l wordList) ends(low string) bool {
	low = strings.TrimRight(low, " \t\n:,-–—")
	for _, w := range l {
		if strings.HasSuffix(low, w) {
			prev, _ := utf8.DecodeLastRuneInString(low[:len(low)-len(w)])
			first, _ := utf8.DecodeRuneInString(w)
			if len(low) == len(w) || !unicode.IsLetter(prev) || isIdeograph(first) {
				return true
			}
		}
	}
	return false
}

var (
	// subjects are what a sentence about the document itself is about.
	subjects = listOf(
		"this policy|this privacy|this notice|this statement|this agreement|this document|this page|this version|"+
			"this addendum|this cookie|this data|this contract|this eula|this license|this licence|this user|this terms|"+
			"this code|this website|this site's|this supplement|this disclosure|this text|this developer|this end user|"+
			"this consumer",
		"these terms|these conditions|these policies|these guidelines|these rules|these general|these community|"+
			"these standards|these supplemental|these additional|these user|these service|these principles|these website",
		"our policy|our privacy|our terms|our user agreement|our agreement|our new|our updated|our cookie|our community|"+
			"our guidelines|our rules|our data policy|our statement|our developer|our ads|our advertising|"+
			"our services agreement",
		"the terms of|the terms and|the privacy|the policy|the agreement|the current version|the new|the updated|"+
			"the revised|"+
			"the following terms|the current terms|the current privacy|the changes|these changes|these updates|"+
			"these revisions|"+
			"this update|this change|the update|the present|the above terms|updated terms|new terms|the amended|new version|"+
			"updated version|revised version|the foregoing terms|the user agreement|the cookie|the eula|new privacy|"+
			"updated privacy|"+
			"terms of service|terms of use|terms and conditions|privacy policy|privacy notice|privacy statement|"+
			"cookie policy|"+
			"user agreement|community guidelines|data policy|terms & conditions|updates to our|changes to our|"+
			"changes to these|"+
			"updates to these|changes to this|the statement|the notice",
		"diese|dieser|dieses|diese datenschutzerklärung|unsere datenschutzerklärung|die vorliegende|vorliegende|"+
			"die nutzungsbedingungen|unsere nutzungsbedingungen|datenschutzerklärung|nutzungsbedingungen|"+
			"die neuen|die änderungen|unsere neuen|unsere aktualisierten|geschäftsbedingungen|agb",
		"la présente|les présentes|le présent|présentes|présente|cette politique|ces conditions|cette version|"+
			"notre politique|"+
			"nos conditions|conditions générales|politique de confidentialité|conditions d'utilisation|"+
			"conditions d’utilisation|"+
			"ces modifications|cette charte|ce document|la nouvelle version|la politique",
		"esta política|estos términos|estas condiciones|este aviso|este documento|la presente|las presentes|los presentes|"+
			"el presente|nuestra política|nuestros términos|política de privacidad|términos y condiciones|estos cambios|"+
			"condiciones de uso|términos de|esta versión",
		"la presente informativa|questa informativa|questi termini|le presenti|i presenti|il presente|questa politica|"+
			"queste condizioni|informativa|termini e condizioni|condizioni generali|questa versione|queste modifiche",
		"estes termos|esta declaração|este contrato|a presente|os presentes|nossa política|nossos termos|termos de|"+
			"estas alterações|política de|este acordo",
		"dit privacybeleid|dit beleid|deze voorwaarden|deze privacyverklaring|deze verklaring|dit document|deze versie|"+
			"onze voorwaarden|privacyverklaring|gebruiksvoorwaarden|algemene voorwaarden|deze overeenkomst|deze wijzigingen",
		"niniejszy|niniejsza|niniejsze|regulamin|polityka|polityki|regulaminu|zmiany",
		"denna policy|dessa villkor|denna|villkoren|policyn|integritetspolicy|disse vilkår|denne politik|denne|disse|"+
			"vilkårene|"+
			"personvernerklæringen|personvernerklæring|privatlivspolitik|betingelser|nämä ehdot|tämä|nämä|tämän|ehdot|"+
			"tietosuojaseloste",
		"tyto|tato|toto|podmínky|zásady|obchodní podmínky|настоящие|настоящая|настоящее|настоящий|данная|данные условия|"+
			"политика|соглашение|условия|цей|ця|ці|цих|політика|умови|угода|правила|правил",
		"bu politika|bu sözleşme|bu şartlar|bu koşullar|bu metin|bu gizlilik|işbu|sözleşme|politika",
		"本規約|本ポリシー|本プライバシー|本契約|本約款|この規約|本方針|規約|ポリシー|本協議|本协议|本隐私|本政策|本條款|本条款|"+
			"本声明|本聲明|本版|本准则|隐私政策|服务条款|服務條款|隱私權|条款|條款|政策|协议|이 약관|본 약관|이 개인정보|본 방침|"+
			"개인정보 처리방침|개인정보처리방침|약관|방침|본 정책",
		"jelen|ez a|ezen|szabályzat|tájékoztató|feltételek|această|aceste|acești|prezenta|prezentul|prezentele|"+
			"politica|termenii|"+
			"η παρούσα|οι παρόντες|παρούσα|παρόντες|πολιτική|όροι|هذه|هذا|سياسة|شروط")

	// strangers are what a sentence with a date is about when it's not about the document.
	strangers = listOf(
		"act|act of|regulation|regulations|directive|law|laws|statute|code of|gdpr|ccpa|cpra|decree|ordinance|treaty|"+
			"convention|court|commission|decision|decisions|bill|acts|standard contractual|privacy shield|judgment|"+
			"implementing|legislation",
		"gesetz|gesetzes|verordnung|richtlinie|dsgvo|loi|règlement|décret|ordonnance|arrêté|ley|reglamento|"+
			"real decreto|lei|"+
			"legge|regolamento|decreto|d.lgs|wet|verordening|ustawa|ustawy|ustawą|rozporządzenia|rozporządzenie|"+
			"rozporządzeniem|"+
			"dz.u|lag|förordning|lov|forordning|laki|asetus|zákon|zákona|nařízení|закон|закона|закону|регламент|kanun|"+
			"kanunu|yönetmelik|törvény|rendelet|legea|regulamentul|νόμος|νόμου|κανονισμός|법률|法律|法令",
		"born|founded|since its|incorporated|established in|copyright|license number|registered|registered in|"+
			"accounts created|created before|created after|created on or|purchased|purchases made|orders placed|"+
			"subscribed|signed up|registered before|accepted these|who joined|opened before|collected before|collected after|"+
			"collected prior|members who|users who|users in|during the|calendar year|for the period|fiscal|your subscription|"+
			"received from|pursuant to|migrated|discontinued|expire|expires|will end|will be discontinued|"+
			"no longer be available|agreements entered|entered into",
	)

	// limits are what stands right before a date until which something holds.
	limits = listOf(
		"until|till|to|through|prior to|before|up to|through|expires|expired on|ends on|ended on|by|no later than|between",
		"bis|bis zum|vor dem|bis einschließlich|jusqu'au|jusqu’au|avant le|hasta|hasta el|antes del|antes de|fino al|"+
			"prima del|"+
			"até|até o|tot|tot en met|vóór|voor|do|do dnia|przed|till och med|före|indtil|før|inntil|frem til|asti|"+
			"ennen|do dne|před|до|перед|kadar|までに|以前|之前|截至")

	// earlier are what says that a version is one of before.
	earlier = listOf(
		"previous|prior|former|archived|superseded|replaces|old version|older|earlier|past version|supersedes|"+
			"last version was",
		"vorherige|frühere|alte fassung|précédente|précédentes|ancienne|anterior|anteriores|precedente|precedenti|vorige|"+
			"vorig|poprzednia|poprzednie|poprzedni|tidigare|forrige|tidligere|edellinen|aiempi|předchozí|предыдущая|"+
			"предыдущие|прошлая|попередня|попередні|önceki|旧|舊|以前的|上一版|이전|korábbi|előző|anterioară|προηγούμενη|السابق")
)
