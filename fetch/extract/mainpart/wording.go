package mainpart

import (
	"strings"

	"fineprint/fetch/extract/dom"
)

// The words by which chrome is told where its structure already speaks for it. They
// decide nothing alone.
var (
	// consentTopic is what consent boxes are about.
	consentTopic = dom.Compile(`(?i)cookie|تعريف الارتباط|çerez|עוגיות|your privacy|privacy choices|store (or|and/or) access|datenschutz|privatsphäre|` +
		`vie privée|privacidad|プライバシー|gdpr|ccpa|tracking tech|personal data|personenbezogen|` +
		`données personnelles|datos personales|dati personali|dados pessoais|persoonsgegevens|クッキー|쿠키|куки|файл\S* cookie`)
	// consentAnswer is what their buttons say.
	consentAnswer = dom.Pattern(`(?i)^\W*(i )?(accept|قبول|رفض|موافق|أوافق|kabul|reddet|allow|agree|got it|okay|ok|reject|decline|deny|refuse|` +
		`(alle )?(akzeptieren|zustimmen|ablehnen|zulassen|erlauben)|einverstanden|verstanden|` +
		`(tout )?(accepter|refuser|j'accepte)|aceptar|acepto|rechazar|entendido|accett|rifiut|ho capito|aceit|rejeit|` +
		`accepte|weiger|akkoord|akcept|zgadzam|odrzu|godk|neka|hyväks|hylk|aksept|avvis|tillad|přij|odm[ií]t|elfogad|` +
		`приня|отклон|соглас|同意|接受|拒|許可|承諾|すべて|동의|수락|거부)`)
	// plainButton is what buttons do that say nothing of a document.
	plainButton = dom.Pattern(`(?i)^\W*(print|share|copy|copied|download|back to|go to top|scroll|top\b|load|show|` +
		`hide|read (more|less)|see (more|less|all)|view|expand|collapse|open|close|toggle|menu|search|submit|send|save|` +
		`sign|log|subscribe|register|join|get (started|a|the|your|in touch)|start|try|buy|shop|add to|book|learn|contact|` +
		`chat|talk|next|prev|continue|skip|accept|allow|agree|reject|decline|i (accept|agree)|got it|ok\b|yes\b|no\b|like|` +
		`follow|tweet|pin|e-?mail|edit|reply|report (a bug|this page)|feedback|was this|play|pause|mute|change language|` +
		`select|choose|filter|sort|clear|reset|drucken|teilen|kopieren|mehr|weiter|zurück|anmelden|abonnieren|senden|` +
		`suche|imprimer|partager|copier|voir|lire|fermer|envoyer|s'abonner|s'inscrire|rechercher|imprimir|compartir|` +
		`copiar|ver más|leer|cerrar|enviar|suscri|buscar|stampa|condividi|copia|leggi|mostra|chiudi|invia|iscriviti|` +
		`cerca|compartilhar|ler|fechar|inscrev|drukuj|udostępnij|afdrukken|delen|meer|sluiten)`)
	// newsletter is what the forms say that gather addresses.
	newsletter = dom.Compile(`(?i)newsletter|subscri|sign ?up|mailing list|inbox|abonn|anmelden|suscr|iscriv|inscri|` +
		`registr|nieuwsbrief|購読|구독|подпис`)
	// more is how other reading is announced.
	more = dom.Pattern(`(?i)^\W*(related|recommended|you (may|might)( also)? (like|be interested)|read (next|more|also)|` +
		`more (from|articles|posts|stories|reading|in this)|further reading|keep reading|popular|trending|latest|recent(ly)?|` +
		`(das|dies) könnte|ähnliche|mehr (zum|aus)|weitere|verwandte|à lire|articles (liés|similaires)|vous aimerez|` +
		`te puede|artículos relacionados|también te|potrebbe|articoli correlati|zobacz też|powiązane|może ci|関連|おすすめ|` +
		`こちらも|قد يعجبك|اقرأ أيضا|مقالات ذات)`)
	newsletterTopic = dom.Compile(`(?i)newsletter|inbox|mailing list|posteingang|boîte (mail|de réception)|boletín|` +
		`bandeja de entrada|skrzynk|nieuwsbrief|メールマガジン|ニュースレター|نشرت`)
	signUpAnswer = dom.Pattern(`(?i)^\W*(subscribe|sign ?up|join|abonn|anmelden|s'abonner|s’abonner|s'inscrire|suscr|iscriv|` +
		`inscr|zapisz|subskryb|aanmelden|登録|購読|اشتر)`)
	// call is what one is called to do who might buy.
	call = dom.Pattern(`(?i)^\W*(start( (free|your|for|now|a|shopping|trial|today)\b|\W*$)|try\b|` +
		`get (started|the app|an? (quote|demo|offer)|your (offer|discount|free)|\d)|book (a|now|your|online|today)\b|` +
		`join (now|us|the|free|today|our|for)\b|sign up|download( (now|for|the app|free)\b|\W*$)|play\b|buy\b|` +
		`shop\b|order now|(request|schedule|see|watch) (a |your |the )?(demo|quote|call|plans|pricing)|see plans|` +
		`open an account|apply now|install (now|the app)|claim your|` +
		`jetzt |kostenlos|gratis|termin (buchen|vereinbaren)|demo |essayer|essai|commencer|réserver|télécharger|acheter|` +
		`empezar|empieza|probar|prueba|reservar|descargar|comprar|inizia|prova|prenota|scarica|acquista|comece|` +
		`experimente|baixar|zacznij|wypróbuj|pobierz|kup |probeer|boek|無料|今すぐ|お試し|ダウンロード|ابدأ|جرّب|احجز|اشترك|` +
		`начать|попробовать|скачать|купить)`)
	// effective is what dates are called that matter to a document.
	effective = dom.Compile(`(?i)effective|in force|updated|revised|modified|version|valid|as of|\bstand\b|gültig|` +
		`in kraft|aktualisiert|vigueur|mis(e)? à jour|vigente|vigor|actualiz|aggiornat|obowiązuj|aktualiz|改定|施行|更新|制定|` +
		`سار|تحديث|изменен|обновлен|действует`)
	// byline is who put a page on its site, and age how long ago: neither is a document's.
	byline = dom.Pattern(`^\W*(?i:(written|posted|submitted|published|created|added|authored) by|` +
		`(geschrieben|verfasst|erstellt|veröffentlicht) von|(écrit|publié|rédigé) par|(escrito|publicado) por|` +
		`(scritto|pubblicato) da|(geschreven|geplaatst) door|napisane przez|作成者|投稿者|كتبه|بقلم)|^\W*(By|Von|Par|Por|Da) \p{Lu}`)
	age = dom.Pattern(`(?i)^\W*((last )?(updated|modified|edited|published|posted)\W*)?((over|about|almost|more than) )?` +
		`(an?|\d+) (minute|hour|day|week|month|year)s? ago\W*$|` +
		`^\W*((zuletzt )?(aktualisiert|bearbeitet|geändert)\W*)?vor (über |etwa |fast )?(einem|einer|\d+) (minute|stunde|tag|woche|monat|jahr)\p{L}*\W*$|` +
		`^\W*((mis à jour|modifié|publié)\W*)?il y a (environ |plus d[e’'] ?)?(une?|\d+) (minute|heure|jour|semaine|mois|an)\p{L}*\W*$|` +
		`^\W*((actualizado|editado|publicado)\W*)?hace (unos |más de )?(una?|\d+) (minuto|hora|día|semana|mes|año)\p{L}*\W*$|` +
		`^\W*((更新日?|最終更新)\W*)?\d+ ?(分|時間|日|週間|か月|ヶ月|年)前(\W*更新)?\W*$`)
	skipLink = dom.Pattern(`(?i)^\W*(skip|jump) (to|over|nav)|^(zum|direkt zum) (inhalt|hauptinhalt)|` +
		`^(aller|passer|accéder) (directement )?au contenu|^(saltar|ir|pasar) al contenido|^(vai|salta) al contenuto|` +
		`^(pular|ir|saltar) para o conteúdo|^przejdź do|^(ga )?naar (de )?(hoofd)?inhoud|^(hoppa|gå) till|^gå til|` +
		`^siirry|^перейти к|本文へ|コンテンツへ|콘텐츠로`)
	// copyright is what a copyright line begins with. A clause "(c)", a section "Copyright"
	// and a sentence about all rights are none.
	copyright = dom.Pattern(`(?i)^\W*(©|\(c\)\s*(copyright|\d{4})|copyright\W*(©|\(c\)|\d{4}|by\b)|` +
		`copyright\b[^.]*(reserved|vorbehalten|réservés|reservados|riservati)|all rights reserved|` +
		`alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti (sono )?riservati|` +
		`todos os direitos reservados|alle rechten voorbehouden|wszelkie prawa zastrzeżone|все права защищены|` +
		`جميع الحقوق محفوظة|版权所有|版權所有)`)
	// copyrightYear is a copyright wherever it stands in a line's first sentence.
	copyrightYear = dom.Compile(`(?i)^[^.!?。！？؟।]*(©\s*\pN|copyright\s+(©|\(c\)|\d{4}))`)
	dated         = dom.Compile(`\b(19|20)\d\d\b|\d年`)
	notice        = dom.Compile(`(?i)javascript|java script|your browser|ihr(en)? browser|votre navigateur|su navegador|` +
		`tu navegador|il tuo browser|seu navegador|ブラウザ|브라우저|浏览器|браузер|iframe|enable cookies`)
)

// knownBoxes are the boxes of the usual consent tools.
var knownBoxes = map[string]bool{"onetrust-consent-sdk": true, "onetrust-banner-sdk": true, "onetrust-pc-sdk": true,
	"cybotcookiebotdialog": true, "cookiebanner": true, "usercentrics-root": true, "usercentrics-cmp-ui": true,
	"didomi-host": true, "truste-consent-track": true, "qc-cmp2-container": true, "cc-window": true,
	"cc-banner": true, "iubenda-cs-banner": true, "termly-consent-banner": true, "sp_message_container": true,
	"cky-consent-container": true, "cookie-law-info-bar": true, "cmplz-cookiebanner": true, "axeptio_overlay": true,
	"hs-eu-cookie-confirmation": true, "shopify-pc__banner": true, "osano-cm-window": true, "klaro": true,
	"cookie-notice": true, "cmpbox": true, "fc-consent-root": true, "ccc-overlay": true, "tarteaucitronroot": true}

// isKnownBox reports whether an id or a class is one of the usual consent tools'.
func isKnownBox(id string, classes []string) bool {
	if knownBoxes[strings.ToLower(id)] || strings.HasPrefix(id, "sp_message_container") {
		return true
	}
	for _, c := range classes {
		if knownBoxes[strings.ToLower(c)] {
			return true
		}
	}
	return false
}

// IsFallbackNotice reports whether a text only says that a browser is needed which can
// do more.
func IsFallbackNotice(text string) bool {
	return notice.MatchString(text) && len(strings.Fields(text)) <= maxNoticeWords
}

// maxNoticeWords is the most that such a notice has.
const maxNoticeWords = 70
