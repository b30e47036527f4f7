package rules

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

// note is a document of a few hundred bytes.
const note = "# Cookie notice\n\nThis site uses one cookie. It remembers the language that you chose and is deleted when " +
	"you close your browser. We set no cookies for advertising, and we don't share what they hold with anybody.\n"

// asMaterial is the verdict on a change that nothing else folds.
var asMaterial = Verdict{}

// wrongPages come with status 200 in place of a document: what is said of them, and the page.
var wrongPages = [][2]string{
	{"challenge page", "# Pardon Our Interruption\n\nAs you were browsing something about your browser made us think you " +
		"were a bot. There are a few reasons this might happen:\n\n* You've disabled JavaScript in your web browser.\n" +
		"* You're a power user moving through this website with super-human speed.\n\nTo regain access, please make sure that " +
		"cookies and JavaScript are enabled before reloading the page. A plugin of a third party may be the cause as well.\n"},
	{"challenge page", "# Press & Hold to confirm you are a human (and not a bot).\n\nReference ID 3c1b-77a0-55\n"},
	{"challenge page", "# Let's confirm you are human\n\nComplete the security check before continuing. This step verifies " +
		"that you are not a bot, which helps to protect your account and prevent spam.\n"},
	{"challenge page", "# Verifica di sicurezza\n\nStiamo verificando che tu non sia un robot. L'operazione richiede pochi " +
		"secondi.\n"},
	{"challenge page", "# Подтвердите, что вы не робот\n\nЗапросы с вашего устройства похожи на автоматические.\n"},
	{"challenge page", "# セキュリティ確認\n\nあなたがロボットではないことを確認しています。しばらくお待ちください。\n"},
	{"error page", "**Fatal error**: Uncaught Error: Call to undefined function menu() in /srv/site/index.php:17 Stack trace: " +
		"#0 thrown in **/srv/site/index.php** on line **17**\n"},
	{"error page", "```\nTraceback (most recent call last):\n  File \"/srv/app/views.py\", line 88, in legal\n```\n"},
	{"error page", "{\"error\":{\"code\":500,\"message\":\"Internal error encountered.\"}}"},
	{"error page", "# Zu viele Anfragen\n\nSie haben in kurzer Zeit zu viele Anfragen gestellt.\n"},
	{"error page", "# Stránka nenalezena\n\nPožadovaná stránka neexistuje nebo byla přesunuta.\n"},
	{"maintenance page", "# Przerwa techniczna\n\nTrwają prace serwisowe. Serwis będzie dostępny wkrótce.\n"},
	{"maintenance page", "# Vi är snart tillbaka\n\nWebbplatsen är stängd för underhåll. Försök igen om en stund.\n"},
	{"not available in this country", "# 451: Unavailable due to legal reasons\n\nWe recognize you are attempting to access " +
		"this website from a country belonging to the European Economic Area which enforces the General Data Protection " +
		"Regulation and therefore access cannot be granted at this time.\n"},
	{"not available in this country", "# Contenido no disponible en su región\n\nLo sentimos, no podemos ofrecerlo.\n"},
	{"sign-in page", "# Log in\n\nEmail\n\nPassword\n\nForgot password?\n"},
	{"sign-in page", "# Connexion\n\nAdresse e-mail\n\nMot de passe\n\nCréer un compte\n"},
	{"sign-in page", "# Quill\n\nAnvändarnamn\n\nLösenord\n\nFortsätt\n"},
	{"sign-in page", "# Partner Portal\n\nYou must be signed in to view this page. Have your phone ready.\n\nUsername\n\n" +
		"Password\n\n## Having trouble?\n\n" + strings.Repeat("If you have forgotten it, follow the link in the email that "+
		"comes within ten minutes, or look in your spam folder. ", 25)},
	{"age gate", "# Are you of legal drinking age?\n\nPlease enter your date of birth to enter this site.\n"},
	{"parked domain", "# quill.example is for sale\n\nThis domain name may be available for purchase.\n"},
	{"default page of a server", "# Welcome to nginx!\n\nIf you see this page, the nginx web server is successfully " +
		"installed and working. Further configuration is required.\n"},
	{"newsletter form", "# Get 15% off your first order\n\nBe the first to hear about new arrivals.\n\nNo thanks\n"},
	{"page without its scripts", "You need to enable JavaScript to run this app.\n"},
	{"expired link", "# El enlace ha caducado\n\nSolicite uno nuevo para continuar.\n"},
	{"sign-in page", "# Üyelik\n\nHesabınıza giriş yapın.\n\nHesabınız yok mu? [Kaydolun](/u)\n"},
	{"sign-in page", "## These pages are for subscribers\n\nGive us your address, and we send you a magic link. It is good for " +
		"one visit.\n\nNot a member yet? It costs three pounds a month.\n"},
	{"challenge page", "# Solo un attimo\n\nAbbiamo visto richieste anomale dalla tua rete. Ci pensiamo noi, e poi si va.\n"},
	{"error page", "# Oei\n\nEr is aan onze kant iets misgegaan waardoor u deze bladzijde nu niet ziet. Ververs de pagina.\n"},
	{"error page", "```\n{\"time\":\"2026-03-02T09:11Z\",\"status\":500,\"error\":\"Internal\",\"path\":\"/legal\"}\n```\n"},
	{"error page", "# Hups\n\nSivua ei voitu ladata juuri nyt. Yritä hetken päästä uudelleen.\n"},
	{"error page", "# Tu nie ma nic\n\nStrona, o którą prosisz, została usunięta albo zmieniła adres.\n"},
	{"maintenance page", "# Kami berbenah\n\nSitus sedang dalam pemeliharaan dan dibuka lagi besok pagi.\n"},
	{"waiting room", "# Quill is busy\n\nYou are in the queue.\n\nPeople ahead of you: 1,204\n\nKeep this window open.\n"},
	{"waiting room", "# Casi\n\nEstás en la sala de espera. En cuanto sea tu turno, entras.\n\nPersonas delante de ti: 40\n"},
	{"not available in this country", "# Überall, nur hier nicht\n\nIn Ihrem Land können wir diese Seiten leider nicht " +
		"anbieten.\n"},
	{"not available in this country", "# Poxa\n\nO conteúdo só pode ser acessado a partir do Brasil.\n\nCódigo 17\n"},
	{"not available in this country", "# Not here\n\nIt looks like you are visiting from outside Ireland.\n"},
	{"cookie wall", "# Bevor es losgeht\n\nWir und bis zu 90 Partner speichern auf Ihrem Gerät, was Sie lesen, und zeigen " +
		"danach Werbung.\n\nSie können zustimmen oder ein werbefreies Abo nehmen.\n"},
	{"cookie wall", "## Vos choix\n\nNos partenaires et nous utilisons des traceurs pour mesurer l'audience.\n"},
	{"cookie wall", "# Weiter mit Werbung\n\nBesuchen Sie uns mit Tracking. Ihre Zustimmung können Sie widerrufen.\n\n" +
		"Akzeptieren und weiter\n"},
}

// TestWrongPagesAreTold: in place of a document of any length, and as the first capture.
func TestWrongPagesAreTold(t *testing.T) {
	for _, old := range []string{"", note, "{a}", "{a}{b}{c}{d}{e}{f}"} {
		for _, p := range wrongPages {
			by := verdictsOf(Default, OfCapture, Example{old, p[1]})
			if len(by) != 1 || by[0] == "" || old == "" && detailOf(by[0]) != p[0] {
				t.Errorf("after %.20q: %.40q is %q, want %q", old, p[1], by, p[0])
			}
		}
	}
}

func detailOf(rule string) string {
	for _, r := range captureRules {
		if r.Name == rule {
			return r.Detail
		}
	}
	return ""
}

// TestAnotherPageInPlaceOfAShortDocument: with a title and words of its own, and no
// sentence of a document.
func TestAnotherPageInPlaceOfAShortDocument(t *testing.T) {
	for _, page := range []string{
		"# Gear for every trail\n\nOur new spring collection.\n\n* Trail Jacket $129\n* Summit Tent $349\n",
		"# Privacy\n\n", "Menu\n",
	} {
		if v := Default.Capture(compare(Default, note, page), asMaterial); v.Reason != model.ReasonCapture {
			t.Errorf("%.40q is believed", page)
		}
	}
}

// realTexts are documents: the text before, none for a first capture, and the text.
var realTexts = [][2]string{
	{"", "# Impressum\n\nMöwe Bank AG, Hafenstraße 12, Kiel. Vorstand: Jana Petersen. Amtsgericht Kiel HRB 12345.\n"},
	{"", "# Refunds\n\nTickets are refunded until 24 hours before departure. After that we refund half of the price.\n"},
	{"", note},
	{"", "# Availability\n\nMaintenance takes place on Sundays between two and five. While the service is under maintenance, " +
		"pages can't be shown. A month with less than 99 % of it is half paid back.\n"},
	{"", "# Países e regiões\n\nO serviço está disponível apenas no Brasil. Quem viaja mantém o acesso por 30 dias. Depois " +
		"disso a conta é suspensa até o retorno, sem reembolso do que foi pago.\n"},
	{"", "# Sales by queue\n\nYour place in the queue is drawn by lot when sales open. One account holds one place. Orders of " +
		"robots are cancelled. Who is in it has no claim to a ticket. Ten minutes are yours to pay.\n"},
	{"", "# Cookies\n\nWe and our partners use cookies to count visits.\n\n## Which\n\nThe basket is kept for a week. " +
		"Statistics are kept for a year by Larkcount.\n"},
	{"", "# Signing in\n\nIf you forgot your password, we send a link that is good for an hour. After ten wrong attempts the " +
		"account is locked for a day. Tell us within a day if somebody else signed in.\n"},
	{"", "# Dokumen hukum\n\n- [Syarat layanan](/s)\n- [Kebijakan privasi](/p)\n- [Kebijakan kuki](/k)\n"},
	{"", "# Automated Access Policy\n\nYou may not use robots, nor bypass a CAPTCHA by which we verify that a visitor is " +
		"human. We may show a security check where we see unusual traffic.\n"},
	{"", "# API Terms\n\nYou may send sixty requests a minute. If you send too many requests the server answers with error " +
		"429. An error 500 does not count. A page that is not found counts as a request.\n"},
	{"", "# Nutzungsbedingungen\n\nDie Anmeldung erfolgt mit E-Mail-Adresse und Passwort. Während Wartungsarbeiten ist das " +
		"Konto nicht erreichbar; hieraus entstehen keine Ansprüche.\n"},
	{"", "# Правила доступа\n\nДля входа в личный кабинет необходимы логин и пароль. Во время технических работ сервис " +
		"может быть недоступен, компенсация за это не выплачивается.\n"},
	{"", "# アカウント利用規約\n\nログインにはメールアドレスとパスワードが必要です。パスワードを第三者に開示してはなりません。" +
		"メンテナンスのため、予告なくサービスを停止することがあります。\n"},
	{"", "# Age Policy\n\nYou must be at least 18 years old to use the service. We ask for your date of birth when you " +
		"enter the site and may ask for proof of age.\n"},
	{"# Rules\n\nThe text of these services.\n\n{a}{b}", "# Terms of Service\n\nThese terms have been replaced by the Quill Group Terms, which apply to all services " +
		"since 1 March. The earlier text is available on request.\n"},
	{"# Datenschutz\n\nDie Bedingungen gehen vor.\n\n{de}", "# Nutzungsbedingungen\n\nDiese Bedingungen wurden zum 1. April durch die Allgemeinen " +
		"Bedingungen der Quill-Gruppe ersetzt und gelten für frühere Verträge weiter.\n"},
	{"# Huisregels\n\nLeden komen binnen van acht tot tien uur.\n\nSchade wordt door het lid vergoed.\n",
		"# Huisregels\n\nWij controleren of je een mens bent: robots reserveren niets. Wie een robot stuurt, komt een jaar " +
			"lang niet meer binnen. De draaibank is vrij voor wie de cursus heeft gedaan. Gasten komen alleen mee met een " +
			"lid dat er bij blijft.\n"},
	{note, "# Cookies\n\nWe use cookies for the basket and for statistics of visits, which our partners keep for a year. " +
		"You can turn them off in the settings of your browser at any time.\n"},
}

// TestRealTextsAreBelieved: short ones, those that speak of what wrong pages say, and what
// became of a document.
func TestRealTextsAreBelieved(t *testing.T) {
	for _, r := range realTexts {
		if by := verdictsOf(Default, OfCapture, Example{r[0], r[1]}); len(by) != 1 || by[0] != "" {
			t.Errorf("%.40q after %.20q is taken for %q", r[1], r[0], by)
		}
	}
}

// TestRewriteOfTheSameSubjectIsBelieved: other words, another title, no clause of before.
func TestRewriteOfTheSameSubjectIsBelieved(t *testing.T) {
	old := "# Privacy Policy\n\nThis policy explains what we do with the information about people who book a ferry.\n\n" +
		strings.Repeat("We collect your name and share personal data with ports. We retain it for seven years.\n\n", 8)
	rewritten := "# How we handle what you tell us\n\nThe controller is Kestrel Group plc in Dunmore. " + strings.Repeat(
		"Recipients include insurers; legal bases are consent and contract. Erasure and rectification are yours to ask for.\n\n", 7)
	if v := Default.Capture(compare(Default, old, rewritten), asMaterial); v.Folded() {
		t.Errorf("it is taken for %q", v.Detail)
	}
}

// TestFirstTextIsDoubted: a home page, and a few sentences of no document; none of those that
// have the title, the rules or the words of one.
func TestFirstTextIsDoubted(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"# Ride something lovely\n\nRent by the day.\n\n## Why us\n\nEvery month, at any of our shops.\n\n## New in\n\n" +
			"* Wren, £649\n* Heron, £2,190\n\n## Journal\n\nFive rides that end at a bakery\n", doubtScraps},
		{"# Вкус леса\n\nМёд с доставкой.\n\n## Хиты\n\n* Мёд, 540 ₽\n* Чай, 290 ₽\n\n## Акции\n\nВторой набор дешевле\n", doubtScraps},
		{"# Hmm, that has sailed\n\nHead back to the boathouse. We looked everywhere.\n", doubtShort},
		{"# Fees\n\n* City bike, £29\n* Cargo bike, £79\n\n## Late\n\n* Day, £6\n\n## Lost\n\n* Key, £12\n", ""},
		{"# Spielregeln\n\nHallo!\n\n## Buchen\n\nPer Klick.\n\n## Zahlen\n\nBis Montag.\n", ""},
		{"# Can I get my money back?\n\nYes, within a week.\n", ""},
		{"# A note to parents\n\nChildren must ask you first. You may close the profile at any time.\n", ""},
		{"# Dokumen hukum\n\n- [Syarat layanan](/s)\n- [Kebijakan privasi](/p)\n- [Kebijakan kuki](/k)\n", ""},
		{note, ""},
	} {
		if got := Doubt(c.text); got != c.want {
			t.Errorf("%.30q: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestDocumentThatSaysWhatItReplacesIsBelieved: under another title, in words of its own; one
// that doesn't say so, or replaces something else, is another page.
func TestDocumentThatSaysWhatItReplacesIsBelieved(t *testing.T) {
	old := "# Allgemeine Bedingungen\n\nFür sämtliche Verträge der Quill GmbH mit dem Nutzer gelten ausschließlich die " +
		"nachstehenden Bedingungen.\n\nVerbrauchern steht ein gesetzliches Widerrufsrecht zu, das der Vertrag nicht berührt.\n"
	rest := "\n\n## Buchen\n\nPer Klick, und der Platz ist reserviert.\n\n## Stornieren\n\nBis drei Tage vorher kostet es nichts.\n"
	for text, want := range map[string]bool{
		"# So geht das\n\nDas hier ersetzt ab Mai unsere alten Bedingungen." + rest:      true,
		"# So geht das\n\nAb Mai schreiben wir, wie wir reden." + rest:                   false,
		"# So geht das\n\nKaputte Räder ersetzen wir, solange der Vorrat reicht." + rest: false,
	} {
		if v := Default.Capture(compare(Default, old, text), asMaterial); v.Folded() == want {
			t.Errorf("%.60q: %+v", text, v)
		}
	}
}

// TestAnotherScriptIsAnotherLanguage: of languages whose words nobody counts.
func TestAnotherScriptIsAnotherLanguage(t *testing.T) {
	ja := "# プライバシー\n\n" + strings.Repeat("当社は注文の際に氏名と住所と電話番号を取得し、商品の発送のために利用します。\n\n", 12)
	ru := "# Политика\n\n" + strings.Repeat("Мы собираем имя и адрес, когда вы оформляете заказ в магазине.\n\n", 12)
	en := "# Privacy\n\n" + strings.Repeat("We collect your name and address when you order from our shop.\n\n", 12)
	for _, c := range [][2]string{{ja, en}, {en, ja}, {ru, en}, {ja, ru}} {
		if v := Default.Capture(compare(Default, c[0], c[1]), asMaterial); !strings.HasPrefix(v.Detail, "another language") {
			t.Errorf("%.20q after %.20q: %+v", c[1], c[0], v)
		}
	}
	if v := Default.Capture(compare(Default, en, en+ja), asMaterial); v.Folded() {
		t.Errorf("a translation added: %+v", v)
	}
}
