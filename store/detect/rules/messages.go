package rules

import "strings"

// What is said by pages that come in place of a document: that somebody has to
// sign in or to prove to be human, that something failed, that the page is gone, is
// not for this country or this age, or that nothing is there yet.

// What a page says whose whole message is that it is no document, each
// matched at the beginning of a sentence of few words.
var (
	signInMessage = message(
		`(?:please |you (?:must|need to|have to) |to continue,? )*(?:sign|log) ?in(?:to\b|\b)`,
		`(?:enter|forgot|reset) (?:your |the )?password`, `password\W*$`, `(?:create|open) (?:an? )?(?:new )?account`,
		`(?:bitte )?(?:melden sie sich|melde dich|anmelden|einloggen)`, `(?:veuillez vous |se )?connect(?:er|ez-vous)`,
		`inici(?:ar|e|a) sesión`, `accedi\b`, `(?:iniciar sessão|entrar)\W*$`, `inloggen`, `войти`, `вход\W*$`,
		`ログイン(?:して|する|画面|ページ|\W*$)`, `登录`, `登入`, `로그인`, `zaloguj`, `logga in`, `log(?:g)? (?:på|ind)`, `connexion\W*$`,
		`.{0,40}\b(?:need to|must|have to) be (?:signed|logged) in\b`, `přihlášení\W*$`, `přihlaste se`, `oturum aç`,
		`giriş yap`, `kirjaudu`, `bejelentkezés\W*$`, `autentificare\W*$`, `تسجيل الدخول`, `התחברות`, `увійти`)
	challengeMessage = message(
		`.{0,40}\b(?:verif(?:y|ying)|confirm(?:ing)?|check(?:ing)?|prove|making sure) (?:if |that |`+
			`whether )?you(?:.re| are)? `+
			`(?:an? )?(?:human|not an? (?:ro)?bot|real person)`,
		`(?:human|bot|browser) (?:verification|check|challenge)`,
		`press (?:&|and) hold\b`, `pardon (?:our|the) interruption`,
		`.{0,60}\bmade us think (?:that )?you (?:are|were) an? (?:ro)?bot`,
		`.{0,30}\bcomplete the (?:security check|challenge|captcha)`, `(?:one|just one) more step\W*$`,
		`.{0,20}\bcheck(?:ing)? if the site connection is secure`, `.{0,20}\bdisable any ad ?blocker`,
		`.{0,20}\bpowered by (?:datadome|perimeterx|imperva|akamai)`,
		`(?:are you|prove (?:that )?you.re) (?:a )?(?:human|robot)`, `i.m not a robot`, `.{0,40}\bunusual traffic`,
		`.{0,40}\bcaptcha\b`, `(?:just a|one) moment`, `checking your browser`,
		`.{0,40}\breview the security of your connection`, `security (?:check|verification)`, `attention required`,
		`(?:please )?(?:enable|turn on|activate) (?:javascript|cookies)`,
		`(?:javascript|cookies) (?:is|are|must be|has to be|have to be) (?:required|disabled|enabled)`,
		`.{0,30}javascript (?:aktivieren|einschalten)`, `.{0,30}activer javascript`,
		`.{0,30}activ(?:ar|e|a) javascript`,
		`(?:aktivieren|aktiviere) sie javascript`, `bitte aktivieren sie javascript`,
		`.{0,30}vérifi.{1,20} que vous êtes (?:un )?humain`, `.{0,30}sind sie ein mensch`,
		`.{0,30}(?:eres|es usted) (?:un )?humano`, `.{0,30}安全验证`, `.{0,30}人机验证`, `.{0,30}ロボットではありません`,
		`(?:nur )?einen (?:kleinen )?moment\W*$`, `.{0,30}\bdass (?:sie|du) ein mensch`,
		`.{0,30}\bkein(?:e)? (?:ro)?bot\b`,
		`sicherheits(?:abfrage|überprüfung|prüfung)`, `.{0,40}\bungewöhnlichen datenverkehr`,
		`.{0,20}\b(?:das|ein) captcha`,
		`(?:vérification|contrôle) (?:de sécurité|en cours)`, `.{0,40}(?:être|êtes|soyez) (?:bien )?(?:un )?humain`,
		`.{0,40}\bpas un robot`, `.{0,40}\bactivité inhabituelle`, `un (?:instant|moment)\W*$`,
		`un momento\b`, `.{0,40}\bque (?:es|eres) (?:un )?(?:ser )?humano`, `.{0,40}\bno (?:es|eres|soy) un robot`,
		`.{0,20}\bconexión del sitio es segura`, `.{0,40}\btráfico inusual`, `.{0,40}\bnão (?:é|sou) um robô`,
		`.{0,40}\bhumano\W*$`, `.{0,40}\btráfego incomum`, `.{0,40}\bnon (?:sia|sei|sono) un robot`,
		`verifica di sicurezza`, `.{0,40}\bessere umano`, `.{0,40}\btraffico insolito`, `.{0,30}\bgeen robot`,
		`.{0,40}\bmens bent`, `.{0,40}\bnie jesteś robotem`, `.{0,40}\binte är en robot`, `.{0,40}\bikke er en robot`,
		`.{0,30}вы не робот`, `.{0,30}что вы человек`, `.{0,40}похожи на автоматические`, `.{0,30}ви не робот`,
		`.{0,30}robot olmadığınızı`, `.{0,30}nejste robot`, `.{0,30}ロボットではない`, `.{0,20}セキュリティ(?:確認|チェック)`,
		`.{0,30}人間であること`, `.{0,20}(?:完成|进行)(?:下方|以下)?验证`, `.{0,20}访问(?:存在)?异常`, `.{0,20}拖动滑块`,
		`.{0,30}로봇이 아닙니다`, `.{0,30}사람인지 확인`, `.{0,30}لست روبوت`)
	errorMessage = message(
		`.{0,30}\b(?:error|http|status|code|page|sorry)\W{0,3}[45]\d\d\b`,
		`[45]\d\d(?:\W*$|\W{1,4}(?:error|page|not found|forbidden|bad|internal|service|gone|oops|sorry|we)\b)`,
		`.{0,30}\b(?:page|content|site|website|link|url|resource)\b.{0,40}\b(?:not|cannot|n.t|couldn.t|isn.t|can.t|`+
			`no longer)`+
			`\b.{0,20}\b(?:found|available|exists?|displayed|reached|loaded|accessible|offered)`,
		`.{0,30}\b(?:can(?:no|.)t|could(?:n.t| not)|unable to) (?:find|load|display|reach|open)\b.{0,30}\b`+
			`(?:page|site|content|link|url)`,
		`.{0,40}\bnot (?:yet )?(?:available|offered|supported|accessible) (?:in|from|to) your `+
			`(?:country|region|location|area)`,
		`.{0,20}\b(?:something|that) (?:went wrong|didn.t work)`, `.{0,20}\berror(?: has)? occur`,
		`.{0,20}\b(?:technical|system|server|application|database|component|internal|syntax|fatal|parse|runtime|`+
			`script|`+
			`type|reference|network|unexpected) ?error\b`, `.{0,10}\berror establishing`,
		`.{0,20}\b(?:try again|reload|refresh)\b(?: (?:this|the) page| later| in a| soon|\W*$)`,
		`.{0,10}\baccess(?: is| was)? (?:denied|forbidden|blocked)`, `forbidden\W*$`, `.{0,12}\bnot found\W*$`,
		`.{0,30}\b(?:you.(?:re| are|ve been)|you have been|been) (?:temporarily )?blocked`, `.{0,60}\bon line \d+`,
		`traceback\b`,
		`.{0,40}\b(?:page|content|site|link|document)\b.{0,30}\b(?:has been|was|been|is) (?:moved|removed|deleted)`,
		`.{0,20}\b(?:server|runtime|application) (?:error|exception)`, `.{0,30}\bhttp status [45]\d\d`,
		`(?:warning|notice|fatal error|parse error|deprecated):? .{0,80}(?:\(\)|\.php|undefined|failed)`,
		`(?:type|exception) (?:report|details?)\b`, `.{0,60}\b(?:java\.lang|javax|org\.springframework|system)\.\w+`,
		`.{0,30}\ba (?:client|server)-side exception`, `.{0,10}\b(?:internal )?(?:server|database) error`,
		`.{0,30}\b(?:we.re|we are) having (?:trouble|problems|difficult)`, `.{0,30}\bnothing was found`,
		`.{0,20}\byou have been (?:temporarily )?blocked`, `.{0,30}\bunable to access\b`, `account suspended\W*$`,
		`this (?:account|site|website) has been suspended`,
		`.{0,30}\b(?:do not|don.t) have permission to (?:access|view)`,
		`.{0,30}\b(?:specified key|document|record|object) (?:does not exist|not found)`,
		`(?:accessdenied|nosuchkey)\b`,
		`.{0,20}\bmany requests`, `.{0,10}\bzu viele anfragen`, `.{0,20}\btrop de (?:requêtes|demandes)`,
		`.{0,10}\bdemasiadas (?:solicitudes|peticiones)`, `.{0,10}\btroppe richieste`,
		`.{0,10}\bmuitas (?:solicitações|requisições)`,
		`.{0,10}\bte veel (?:verzoeken|aanvragen)`, `.{0,10}\bzbyt wiele (?:żądań|zapytań)`,
		`.{0,10}слишком много запросов`,
		`.{0,10}リクエストが多すぎ`, `.{0,10}请求(?:过于频繁|过多)`, `.{0,20}\berreur interne`, `.{0,10}\bunerwarteter fehler`,
		`.{0,20}\bestimated wait`, `.{0,30}\byou are (?:now )?in line\b`,
		`.{0,20}\b(?:high|heavy) (?:traffic|demand)\W*$`,
		`.{0,20}\binterner serverfehler`, `.{0,20}\berror interno`, `.{0,20}\berrore interno`, `.{0,20}\berro interno`,
		`.{0,20}stránka (?:nenalezena|neexistuje|nebyla nalezena)`, `.{0,20}stránk\pL+ (?:neexistuje|nebyla)`,
		`.{0,20}siden (?:blev ikke fundet|ble ikke funnet|findes ikke|finnes ikke)`, `.{0,20}sivua ei löyt`,
		`.{0,20}az oldal nem található`, `.{0,20}pagina nu a fost găsită`, `.{0,20}η σελίδα δεν βρέθηκε`,
		`.{0,20}сторінк\pL+ не (?:знайдено|існує)`, `.{0,20}الصفحة غير موجودة`, `.{0,20}הדף לא נמצא`,
		`.{0,20}không tìm thấy trang`,
		`.{0,20}halaman tidak ditemukan`, `.{0,20}ไม่พบหน้า`, `.{0,20}पृष्ठ नहीं मिला`, `.{0,20}已被删除`,
		`.{0,20}存在しません`, `.{0,20}\b(?:unhandled|uncaught) exception`, `.{0,20}\bbad gateway`,
		`.{0,20}\bgateway time-?out`,
		`.{0,20}\bservice (?:is )?(?:temporarily )?unavailable`, `too many requests`,
		`.{0,60}\bconnection (?:was )?(?:refused|reset|timed out)`, `(?:could not|can.t|failed to) connect\b`,
		`.{0,20}\b(?:ist )?etwas (?:ist )?schief ?gel(?:aufen|ief)`,
		`.{0,20}\b(?:seite|inhalt)\b.{0,30}\bnicht (?:gefunden|verfügbar|vorhanden|erreichbar|existiert)`,
		`.{0,20}\bfehler \d`, `.{0,20}\bfehler (?:ist )?aufgetreten`, `.{0,10}\bune erreur`,
		`.{0,20}\bpage (?:est )?(?:introuvable|non trouvée|n.existe)`, `.{0,10}\balgo (?:salió|ha salido) mal`,
		`.{0,10}\bpágina no (?:encontrada|existe|está disponible)`, `.{0,10}\b(?:se ha producido|ocurrió) un error`,
		`.{0,10}\bpagina (?:non trovata|niet gevonden|inesistente)`, `.{0,10}\bsi è verificato un errore`,
		`.{0,10}\bpágina não (?:encontrada|existe)`, `.{0,10}\bocorreu um erro`, `.{0,10}\ber (?:is iets|ging iets)`,
		`.{0,20}страница не (?:найдена|существует)`, `.{0,20}произошла ошибка`, `.{0,20}ページが見つかりません`,
		`.{0,20}エラーが発生`, `.{0,20}(?:页面|頁面|网页)(?:不存在|未找到|无法)`, `.{0,20}找不到(?:页面|网页|頁面)`,
		`.{0,20}페이지를 찾을 수 없`, `.{0,20}오류가 발생`, `.{0,10}strona nie (?:istnieje|została znaleziona)`,
		`.{0,10}sidan (?:kunde inte|finns inte|hittades inte)`, `.{0,10}sayfa bulunamadı`)
	maintenanceMessage = message(
		`.{0,40}\b(?:down|closed|offline|unavailable) for (?:\w+ )?(?:maintenance|repairs?)`,
		`.{0,40}\b(?:under|undergoing) (?:\w+ )?maintenance\W*$`, `(?:scheduled|planned) maintenance\W*$`,
		`.{0,20}\bbe (?:right )?back(?: soon| shortly| later| online|\W*$)`,
		`(?:please )?come back (?:soon|shortly|later)`,
		`.{0,30}\bsite is being (?:repaired|updated|upgraded)`, `.{0,20}wartungsarbeiten`, `.{0,30}wird gewartet`,
		`.{0,30}\ben maintenance`, `.{0,30}\ben mantenimiento`, `.{0,30}\bin manutenzione`, `.{0,30}\bem manutenção`,
		`.{0,30}\bin onderhoud`, `.{0,20}メンテナンス`, `.{0,20}维护中`, `.{0,20}점검 중`, `.{0,20}технически. работ`,
		`.{0,30}\bmaintenance (?:mode|work|downtime|in progress)`, `.{0,40}\bonderhoud (?:uit|aan)`,
		`.{0,10}\bonderhoud\W*$`,
		`.{0,10}\bprzerwa techniczna`, `.{0,30}\bprace (?:serwisowe|konserwacyjne|techniczne)`,
		`.{0,30}\bsnart tillbaka`,
		`.{0,40}\b(?:för|til) underhåll`, `.{0,10}\bunderhåll\W*$`, `.{0,40}\bvedligehold`, `.{0,40}\bvedlikehold`,
		`.{0,20}\bbakım (?:çalışması|modu)`, `.{0,20}\bbakımda`, `.{0,20}údržb`, `.{0,30}\bkarbantartás`,
		`.{0,30}\bmentenanță`,
		`.{0,30}\bhuoltokatko`, `.{0,30}технічн\pL+ робот`, `.{0,30}на обслуживании`, `.{0,20}メンテ(?:ナンス)?`,
		`.{0,20}(?:系统|網站|网站)维护`,
		`.{0,20}시스템 점검`, `.{0,20}الصيانة`, `.{0,20}bảo trì`)
	countryMessage = message(
		`.{0,60}\bnot (?:currently |yet )?(?:available|offered|supported|accessible) (?:in|from|to) (?:your|this) `+
			`(?:country|region|location|area|territory)`,
		`.{0,40}\bunavailable (?:due to|for) legal reasons`, `.{0,20}\bunavailable in your (?:country|region|location)`,
		`.{0,60}\bfrom a country (?:belonging to|outside)`, `(?:\d+\W+)?unavailable for legal reasons`,
		`.{0,60}\bin (?:ihrem|deinem) (?:land|standort)\b.{0,30}\bnicht`,
		`.{0,60}\bin (?:ihrer|deiner) region\b.{0,30}\bnicht`,
		`.{0,60}\bnicht (?:verfügbar )?in (?:ihrem land|ihrer region)`,
		`.{0,60}\bpas (?:encore )?(?:disponible|accessible) (?:dans|depuis) (?:votre|vos) (?:pays|région)`,
		`.{0,60}\bno (?:está )?disponible en (?:su|tu) (?:región|país)`, `.{0,60}\bno está disponible en el país`,
		`.{0,60}\bnon (?:è )?disponibile nel(?:la)? (?:tuo paese|tua regione|suo paese)`,
		`.{0,60}\bnão (?:está )?disponível (?:no seu país|na sua região|em seu país)`,
		`.{0,60}\bniet beschikbaar in (?:uw|jouw|je) (?:land|regio)`,
		`.{0,60}\bniedostępn\pL+ w (?:twoim kraju|twoim regionie)`,
		`.{0,60}недоступ\pL+ в ваш\pL+ (?:стране|регионе)`, `.{0,40}(?:地域|国)では(?:現在、?)?ご?利用(?:いただけ|でき)ません`,
		`.{0,30}お客様の国では`, `.{0,30}(?:您所在的?(?:国家|地区)).{0,20}(?:不可用|无法)`, `.{0,30}귀하의 (?:국가|지역)에서`,
		`.{0,40}ülkenizde (?:kullanılamıyor|mevcut değil)`, `.{0,40}غير متاح\pL* في (?:بلدك|منطقتك)`)
	ageMessage = message(
		`.{0,30}\bare you (?:of legal|over|at least|already)\b`, `are you \d\d\b`,
		`.{0,30}\bof legal (?:drinking |smoking )?age\W*$`,
		`.{0,30}\benter your (?:date of birth|birth ?date|birthday|age)`, `age (?:verification|check|gate)\W*$`,
		`.{0,20}\b(?:bist du|sind sie) (?:schon |mindestens |über |bereits )?\d\d`,
		`alters(?:kontrolle|prüfung|verifikation|nachweis)\W*$`,
		`.{0,20}\bavez-vous (?:plus de )?\d\d ans`, `.{0,20}êtes-vous majeur`,
		`.{0,20}\b(?:eres|es usted) mayor de edad`,
		`.{0,20}\btiene(?:s)? (?:más de )?\d\d años`, `.{0,20}\bvocê tem (?:mais de )?\d\d anos`,
		`verificação de idade`,
		`.{0,20}\bhai (?:più di |compiuto )?\d\d anni`, `.{0,20}\bben je (?:al )?\d\d`,
		`.{0,20}\bczy masz (?:ukończone )?\d\d lat`,
		`.{0,20}вам (?:уже )?(?:есть )?\d\d`, `.{0,20}\d\d歳以上ですか`, `.{0,20}(?:您|你)(?:是否)?已?满\d\d`,
		`.{0,20}\d\d yaşından büyük`)
	parkedMessage = message(
		`.{0,40}\bdomain\b.{0,30}\b(?:is )?(?:for sale|available for purchase|parked|expired)`,
		`.{0,40}\bis for sale\W*$`,
		`.{0,20}\bbuy this domain`, `.{0,30}\bdomain\b.{0,30}\bzum verkauf`, `.{0,30}\bdomaine\b.{0,30}à vendre`,
		`.{0,30}\bdominio\b.{0,30}\b(?:en|in) vend?i?ta`, `.{0,30}\bdomínio\b.{0,30}à venda`,
		`.{0,30}\bdomein\b.{0,30}\bte koop`,
		`.{0,30}домен.{0,30}(?:продается|продаётся|продажа)`, `.{0,20}域名.{0,10}出售`)
	defaultMessage = message(
		`.{0,10}\bwelcome to (?:nginx|apache|iis|caddy|openresty|litespeed|centos|plesk)`,
		`.{0,30}\bdefault (?:web ?)?page\b`,
		`it works\W*$`, `.{0,40}\bweb server is successfully installed`, `test page for the`, `index of /`,
		`.{0,30}\bweb server'?s default page`, `apache\d? .{0,20}default page`, `.{0,20}\bsite (?:is )?coming soon\W*$`,
		`coming soon\W*$`, `.{0,20}\bunder construction\W*$`, `hello,? world\W*$`)
	newsletterMessage = message(
		`.{0,20}\b(?:get|enjoy|save|receive) .{0,10}\d+ ?% (?:off|discount)`,
		`(?:sign up|subscribe|register) (?:for|to) (?:our|the) (?:newsletter|mailing list|emails?)`,
		`.{0,20}\bjoin our mailing list`,
		`.{0,20}\bnewsletter (?:abonnieren|anmelden|bestellen)`,
		`.{0,20}(?:inscrivez-vous|abonnez-vous) à (?:notre|la) newsletter`,
		`.{0,20}\b(?:suscríbete|suscríbase) a (?:nuestro|nuestra|la) (?:boletín|newsletter)`,
		`.{0,20}iscriviti alla (?:nostra )?newsletter`, `.{0,20}\bassine (?:a )?nossa newsletter`,
		`.{0,20}\b(?:schrijf je in|meld je aan) voor (?:onze|de) nieuwsbrief`, `.{0,20}zapisz się do newslettera`)
	scriptMessage = message(
		`.{0,80}\b(?:enable|turn on|activate|need|requires?|without|allow)\b.{0,20}\b(?:javascript|js)\b`,
		`.{0,60}\b(?:javascript|js)\b.{0,20}\b(?:is )?(?:required|disabled|turned off)`,
		`.{0,60}\b(?:javascript|js)\b (?:must|has to|needs to) be `,
		`(?:please wait|loading|initiali[sz]ing|just a sec\w*)(?:$|[^\p{L}\s]|\s(?:while|the (?:page|app|`+
			`content)|your|…))`,
		`.{0,60}\b(?:javascript) (?:aktivieren|einschalten|erforderlich)`, `(?:wird geladen|lädt|laden|lade)\W*$`,
		`.{0,60}\bactiver javascript`, `chargement(?: en cours)?\W*$`, `cargando\W*$`, `caricamento(?: in corso)?\W*$`,
		`carregando\W*$`, `a carregar\W*$`, `(?:bezig met laden|laden)\W*$`, `ładowanie\W*$`, `laddar\W*$`,
		`indlæser\W*$`, `laster\W*$`,
		`загрузка\W*$`, `завантаження\W*$`, `yükleniyor\W*$`, `načítání\W*$`, `betöltés\W*$`, `se încarcă\W*$`,
		`(?:読み込み中|ロード中)`,
		`(?:正在)?加载中?`, `載入中`, `로딩 ?중`, `.{0,60}\bhabilit\pL+ javascript`, `.{0,60}\babilit\pL+ javascript`,
		`.{0,60}включите javascript`,
		`.{0,40}\bjavascript (?:inschakelen|aanzetten)`, `.{0,40}javascript ?を有効`, `.{0,30}启用 ?javascript`)
	expiredMessage = message(
		`.{0,20}\b(?:link|session|page|token|invitation)\b.{0,20}\b(?:has |is |was )?(?:expired|timed out|`+
			`no longer valid)`,
		`.{0,20}\bsession time-?out`, `(?:link|page|session) expired\W*$`,
		`.{0,30}\b(?:link|sitzung)\b.{0,20}\b(?:ist )?abgelaufen`,
		`.{0,30}\b(?:lien|session) (?:a )?(?:est )?expiré`, `.{0,30}\b(?:enlace|sesión) ha (?:caducado|expirado)`,
		`enlace caducado`,
		`.{0,30}\b(?:link|sessione) (?:è )?scadut`, `.{0,30}\b(?:link|sessão) expir`,
		`.{0,30}\b(?:link|sessie) is verlopen`,
		`.{0,30}\b(?:link|sesja) wygas`, `.{0,30}(?:ссылк\pL+|сесси\pL+) (?:устарел|истек|истёк)`,
		`.{0,20}срок действия ссылки`,
		`.{0,20}(?:リンク|セッション).{0,10}(?:期限|切れ)`, `.{0,20}(?:链接|会话)已?(?:过期|失效)`)
)

// What a waiting room and a wall of cookies say.
var (
	queueMessage = message(
		`(?:you.re|you are) (?:now )?in (?:the )?(?:queue|line)\b`, `(?:virtual )?waiting room\W*$`, `warteraum\W*$`,
		`(?:sie sind|du bist) in der warteschlange`, `salle d.attente\W*$`, `file d.attente\W*$`, `sala de espera\W*$`,
		`sala d.attesa\W*$`, `wachtkamer\W*$`, `wachtrij\W*$`, `poczekalnia\W*$`, `čekárna\W*$`, `väntrum\W*$`,
		`venteværelse\W*$`, `jonotushuone\W*$`, `bekleme odası\W*$`, `зал ожидания\W*$`, `ruang tunggu\W*$`,
		`phòng chờ\W*$`, `غرفة الانتظار\W*$`, `ただいま大変混み合って`, `排队中`, `접속 대기`)
	cookieMessage = message(
		`cookies (?:must|need to|have to) be (?:switched|turned) on\b`, `we value your privacy\W*$`,
		`we care about your privacy\W*$`,
		`wir respektieren ihre privatsphäre\W*$`, `(?:nous|on) respect(?:ons|e) votre vie privée\W*$`,
		`vos choix (?:en matière de|concernant les) cookies\W*$`, `valoramos (?:tu|su) privacidad\W*$`,
		`valorizamos (?:a )?sua privacidade\W*$`, `(?:noi e i nostri partner )?rispettiamo la tua privacy\W*$`,
		`noi e i nostri partner\b`, `(?:wij|we) respecteren je privacy\W*$`, `szanujemy twoją prywatność\W*$`,
		`vážíme si vašeho soukromí\W*$`, `vi värnar om din integritet\W*$`, `vi respekterer dit privatliv\W*$`)
)

// programError is what a program says that failed, anywhere in a clause.
var programError = pattern(`(?i)(?:%s)`, `\btraceback \(most recent`,
	`\bin \S+\.(?:php|py|rb|js|aspx?|jsp|cs)\b.{0,20}\b(?:on )?line \d`,
	`\bon line \d+\W*$`, `\bfile "[^"]+", line \d+`, `\bat [\w.$]+\([\w$]+\.java:\d+\)`, `\bsqlstate\[`,
	`\bora-\d{4,5}\b`,
	`\b\w+(?:\.\w+)+(?:exception|error)\b`, `\bmicrosoft ole db`, `\bmysqli?_\w+\(\)`,
	`\buncaught (?:\w+)?(?:error|exception)\b`,
	`\bundefined (?:index|variable|function|method|offset|array key)`, `\bstack trace:`, `\bfatal error:`,
	`\byou have an error in your sql syntax`, `<(?:code|errorcode)>\w+`,
	`^\{"?(?:error|success|status|errors|code|message)"?\s*:`,
	`^\{\s*"\w+"\s*:.{0,200}"(?:error|errors|exception)"\s*:`)

// messages are all kinds.
var messages = []*expression{signInMessage, challengeMessage, errorMessage, maintenanceMessage, countryMessage,
	ageMessage,
	parkedMessage, defaultMessage, newsletterMessage, scriptMessage, expiredMessage, queueMessage, cookieMessage}

// message makes the expression of a kind.
func message(alternatives ...string) *expression {
	return pattern(`(?i)^[^\pL\pN]*(?:%s)`, inAnyScript(alternatives)...)
}

// inAnyScript makes \W of expressions what is no letter of any script.
func inAnyScript(alternatives []string) []string {
	list := make([]string, len(alternatives))
	for i, a := range alternatives {
		list[i] = strings.ReplaceAll(a, `\W`, `[^\pL\pN]`)
	}
	return list
}
