package rules

// What a page reports of itself that comes in place of a document, wherever in a sentence it
// stands: that what was asked for isn't here, can't be shown now or not to this reader. A
// sentence that sets a condition, as those of a document do that speak of the same, reports
// nothing.
var (
	signInReport = report(
		// English
		`^.{0,30}\b(?:for|to) (?:our )?(?:registered )?(?:members|subscribers)(?: only)?\W*$`, `\bmembers.only\b`,
		`\b(?:send|e-?mail|get)\b.{0,20}\b(?:magic|sign-?in|log-?in) link\b`, `^welcome back\W*$`,
		`^new to .{1,30}\?`, `\btrouble (?:getting|signing|logging) in\b`, `^willkommen zurück\W*$`,
		`^welkom terug\W*$`, `^bienvenid[oa] de nuevo\W*$`, `^bem-vind[oa] de volta\W*$`, `^bentornat[oa]\W*$`,
		`^bon retour\W*$`, `\bnot (?:yet )?(?:a member|registered)(?: yet)?\W*$`,
		`\b(?:don.t|do not) have an account\W*$`, `^no account(?: yet)?\W*$`,
		`\bforgot(?:ten)? (?:your |my )?(?:password|username)`, `\bkeep me (?:signed|logged) in`,
		`\benter (?:the|your) (?:e-?mail|phone|user ?name|password)\b`,
		// German, Dutch
		`\b(?:passwort|kennwort) vergessen`, `\bnoch kein(?:e)? (?:konto|mitglied|account)`, `\bangemeldet bleiben`,
		`\bnur (?:für )?(?:mitglieder|angemeldete|registrierte|abonnenten)`, `\bin ihrem konto anmelden`,
		`\bwachtwoord vergeten`, `\b(?:nog )?geen (?:account|lid)\b`, `\bingelogd blijven`,
		`\balleen voor (?:leden|abonnees)`,
		// Romance languages
		`\bmot de passe oublié`, `\bpas encore (?:de compte|inscrit|membre)`, `\b(?:connectez|identifiez)-vous\b`,
		`\bréservée? (?:aux|à nos) (?:membres|abonnés|adhérents)`, `\binicia(?:r)? sesión`,
		`\b(?:olvidaste|olvidó|olvidado) (?:tu|su|la) contraseña`, `\bno tienes? (?:una )?cuenta`,
		`\bsolo para (?:socios|miembros|suscriptores)`, `\besqueceu (?:a |sua )?senha`, `\bnão tem (?:uma )?conta`,
		`\bfaça (?:o )?login`, `\bexclusiv[oa] para (?:assinantes|membros)`,
		`\bpassword dimenticata|dimenticato la password`, `\bnon hai (?:ancora )?un account`,
		`\baccedi (?:al|con|per)\b`, `\briservat[oa] a(?:i|gli) (?:soci|iscritti|abbonati)`,
		`\b(?:ai|ați) uitat parola`, `\bnu (?:ai|aveți) (?:încă )?(?:un )?cont\b`,
		// Slavic languages
		`nie pamiętasz hasła|zapomniał[ae]ś hasła`, `nie masz (?:jeszcze )?konta`, `zaloguj się`,
		`tylko (?:dla )?zalogowan\pL+`, `zapomenuté heslo|zapomněli jste heslo`, `nemáte (?:ještě )?účet`,
		`přihlaste se`, `забыли пароль`, `нет (?:аккаунта|уч[её]тной записи)`, `авторизуйтесь|войдите (?:в|через|с)`,
		`введите (?:пароль|логин|номер телефона)`, `забули пароль`, `немає (?:акаунт|облікового)`,
		`увійдіть (?:у|в|через)`,
		// Nordic and Baltic Sea
		`glömt (?:ditt )?lösenord`, `\blogga in\b`, `skicka\pL* en engångskod`,
		`glemt (?:din )?(?:adgangskode|passord|kode)`, `\blog(?:g)? (?:ind|inn) (?:med|for|på)`,
		`unohditko salasana|unohtuiko salasana`, `\bkirjaudu sisään`,
		// others
		`hesab\pL+ (?:giriş|yok mu)`, `şifremi unuttum`, `üye (?:ol|girişi)`, `elfelejtett jelszó`,
		`nincs (?:még )?fiók`, `(?:jelentkezzen|lépjen) be`, `ξεχάσατε τον κωδικό`, `δεν έχετε λογαριασμό`,
		`συνδεθείτε`, `lupa (?:kata sandi|password)`, `belum (?:punya|memiliki) akun`, `masuk ke akun`,
		`quên mật khẩu`, `chưa có tài khoản`, `đăng nhập (?:để|vào|bằng)`, `نسيت كلمة`, `ليس لديك حساب`,
		`שכחת סיסמה`, `パスワードを(?:お)?忘れ`, `会員(?:専用|限定)`, `ログインが必要`, `忘记密码|忘記密碼`, `没有(?:账号|帐号)`, `请先登录|登录后(?:查看|继续)`,
		`(?:密码|验证码|扫码)登录`, `비밀번호를 (?:잊|찾)`, `계정이 없으신`, `로그인(?:이 필요|해 주세요|하세요)`)
	challengeReport = report(
		`\b(?:person|human) behind\b`, `\b(?:you.re|you are|i.m|i am|aren.t|are) not an? (?:ro)?bot\b`,
		`\b(?:unusual|suspicious|automated) (?:traffic|activity|requests)\b.{0,40}\byour\b`,
		`\bsolve (?:the|this) (?:puzzle|captcha)`, `\bquick check\b`,
		`\bmade us think (?:that )?you (?:are|were|might be|may be) an? (?:ro)?bot`, `\bslide .{0,20}to complete\b`,
		`\bray id\b`, `\b(?:dass|ob) (?:sie|du) (?:ein|kein|wirklich ein) (?:mensch|roboter|bot)`,
		`\bungewöhnliche\w* (?:aktivität|datenverkehr|anfragen)`,
		`\b(?:browser|verbindung) wird (?:gerade )?(?:überprüft|geprüft)`, `\bbent (?:een|geen) (?:mens|robot)`,
		`\b(?:ongewoon|ongebruikelijk) (?:verkeer|activiteit)`,
		`(?:êtes|soyez) (?:bien )?(?:un |une )?(?:humain|robot|personne)`,
		`\b(?:trafic|activité|requêtes) (?:inhabituel|suspect|anorma)`,
		`\b(?:eres|usted es|sea) (?:un |una )?(?:humano|robot|persona)\b`,
		`\b(?:tráfico|actividad|solicitudes) (?:inusual|sospechos)`,
		`\b(?:comprobando|verificando) (?:su|tu|el) navegador`,
		`\b(?:você é|seja) (?:um |uma )?(?:humano|robô|pessoa)`,
		`\b(?:tráfego|atividade|acessos) (?:incomu|suspeit)`, `\bverificando (?:seu|o) navegador`,
		`\b(?:traffico|attività|richieste) (?:insolit|anomal|sospett)`,
		`\bdimostrar?e? (?:di|che) (?:non )?(?:sei|essere)`, `\bcontroll\pL+ (?:del|il tuo) browser`,
		`(?:jesteś|nie jesteś) (?:człowiekiem|robotem)`, `nietypow\pL+ (?:ruch|aktywno)`,
		`(?:jste|nejste) (?:člověk|robot)`, `neobvykl\pL+ (?:provoz|aktivit)`,
		`du är (?:en )?människa|inte är en robot`, `du er (?:et )?menneske|ikke er en robot`,
		`ovanlig trafik|usædvanlig trafik|uvanlig trafikk`, `että olet ihminen|et ole robotti`,
		`(?:insan|robot) (?:olduğunuz|olmadığınız)`, `провер\pL+ (?:ваш )?(?:браузер|соединение)`,
		`что вы (?:не робот|человек)`, `(?:необычн|подозрительн)\pL+ (?:трафик|активност)`,
		`що ви (?:не робот|людина)`, `перевір\pL+ (?:ваш )?браузер`, `είστε άνθρωπος|δεν είστε ρομπότ`,
		`έλεγχος ασφαλείας\W*$`, `hogy (?:ön )?(?:ember|nem robot)`, `szokatlan (?:forgalm|tevékenység)`,
		`că (?:sunteți|nu sunteți) (?:om|un robot|robot)`, `bahwa anda (?:bukan robot|manusia)`,
		`không phải (?:là )?(?:robot|người máy)`, `أنك (?:لست روبوت|إنسان)`, `(?:通常と異なる|不審な)(?:アクセス|トラフィック)`,
		`ブラウザー?を確認し`, `(?:异常|可疑)(?:流量|访问|请求)`, `真人验证|不是机器人`, `(?:비정상적인|의심스러운) ?(?:접속|접근|트래픽|요청|활동)`)
	errorReport = report(
		`\b(?:couldn.t|could not|can.t|cannot|unable to|weren.t able to) (?:find|show|load|display|open`+
			`|process)\b.{0,40}\b(?:page|site|what you|you (?:want|were|are)|you.re|your request)`,
		`\b(?:request|requested \w+|access|connection)\b(?: (?:is|was|has been|have been|been))? (?:rejected`+
			`|blocked|denied|refused)\b`,
		`\b(?:anfrage|zugriff|zugang)\b.{0,20}\b(?:wurde|ist|wird)\b.{0,20}\b(?:blockiert|verweigert|abgelehnt`+
			`|gesperrt)`, `\b(?:verzoek|toegang) (?:is |werd )?(?:geblokkeerd|geweigerd)`,
		`(?:requête|demande|accès) (?:a été |est )?(?:bloqué|refusé|rejeté)`,
		`\b(?:solicitud|acceso) (?:ha sido |fue |está )?(?:bloquead|denegad|rechazad)`,
		`\b(?:solicitação|acesso) (?:foi |está )?(?:bloquead|negad)`,
		`\b(?:richiesta|accesso) (?:è stat[oa] )?(?:bloccat|negat|rifiutat)`,
		`\bacces(?:ul)? (?:a fost )?(?:interzis|respins|blocat)`,
		`(?:dostęp|żądanie) (?:został\pL? )?(?:zablokowan|zabronion|odrzucon)`,
		`přístup (?:byl )?(?:odepřen|zablokován|zamítnut)`,
		`доступ (?:был )?(?:запрещ[её]н|закрыт|ограничен|заблокирован)`,
		`запрос (?:был )?(?:отклон[её]н|заблокирован)`, `доступ (?:заборонен|обмежен|закрит)`, `åtkomst nekad`,
		`adgang nægtet`, `ingen tilgang\W*$`, `pääsy (?:estetty|evätty)`, `eriş\pL+ (?:engellendi|reddedildi)`,
		`hozzáférés (?:megtagad|letilt)`, `δεν επιτρέπεται η πρόσβαση`, `akses (?:ditolak|diblokir)`,
		`truy cập bị (?:từ chối|chặn)`, `تم (?:رفض|حظر) `, `アクセスが(?:拒否|制限|ブロック)され`,
		`拒绝访问|访问被(?:拒绝|阻断|拦截)|请求被(?:拦截|拒绝)`, `(?:접근|접속|요청)이 (?:거부|차단)`,
		`\b(?:site|website|account|page) (?:is|was|has been) suspended\b`,
		`\b(?:seite|domain|website) .{0,15}gesperrt`, `\bsite (?:est|a été) suspendu`, `\bsitio .{0,12}suspendid`,
		`\bsito .{0,12}sospes`, `\bstron\pL+ .{0,12}zawieszon`,
		`(?:сайт|аккаунт) .{0,12}(?:приостановлен|заблокирован)`, `\bwrong turn\b`, `\bnothing (?:here|to see)\b`,
		`\bgone wrong\b|\bwent wrong\b`,
		`\b(?:page|link) (?:may|might) (?:be|have)\b.{0,30}\b(?:old|moved|broken|removed|renamed|wrong)`,
		// German, Dutch
		`\b(?:seite|inhalt|adresse)\b.{0,60}\bnicht (?:gefunden|finden|angezeigt|anzeigen|geladen|laden|mehr)`,
		`\b(?:seite|inhalt)\b.{0,60}\b(?:existiert nicht|gibt es (?:hier )?nicht|verschoben|gelöscht)`,
		`\bkonnten? .{0,40}nicht (?:geladen|angezeigt|verarbeitet)`,
		`\bpagina\b.{0,60}\b(?:niet (?:gevonden|vinden|tonen|laden)|bestaat niet)`,
		`\bpagina\b.{0,40}\b(?:verwijderd|verplaatst)`, `\biets (?:mis|fout)(?:gegaan| gegaan)?\b`,
		// Romance languages
		`\bpage\b.{0,60}(?:introuvable|n.existe (?:pas|plus)|été (?:déplacée|supprimée))`,
		`\b(?:impossible de|n.avons pas pu|ne pouvons pas|n.a pas pu) .{0,30}(?:afficher|charger|trouver`+
			`|traiter|être (?:affich|charg|trait))`, `\bs.est mal passé`,
		`\bpágina\b.{0,60}\b(?:no (?:existe|se encuentra|se ha encontrado)|ha sido (?:eliminada|movida)`+
			`|se ha mudado)`,
		`\bno (?:pudimos|podemos|hemos podido|se ha podido) .{0,20}(?:encontrar|mostrar|cargar|procesar)`,
		`\b(?:salió|ha salido|ha ido) mal\b`,
		`\bpágina\b.{0,60}(?:não (?:existe|foi encontrada)|foi (?:removida|movida)|mudou de)`, `\bdeu errado`,
		`não (?:conseguimos|foi possível|pudemos) .{0,20}(?:carregar|encontrar|exibir|mostrar|processar)`,
		`\bpagina\b.{0,60}(?:non esiste|non è stata trovata|è stata (?:rimossa|spostata|eliminata))`,
		`\bqui non c.è (?:nulla|niente)`,
		`\b(?:non (?:riusciamo|siamo riusciti|è stato possibile)|impossibile) .{0,10}(?:trovare|caricare`+
			`|mostrare|visualizzare)`, `\bandato storto`,
		`\bpagin\pL*.{0,60}(?:nu (?:a fost găsit|există|poate fi)|a fost (?:ștearsă|mutată))`,
		`\ba apărut o (?:eroare|problemă)`, `\bcererea .{0,20}nu a putut fi`, `\bceva nu a (?:mers|funcționat)`,
		// Slavic languages
		`\bstron\pL+.{0,60}(?:nie (?:istnieje|znaleziono|została)|usunięt|przeniesion)`, `wystąpił .{0,15}błąd`,
		`nie (?:udało się|możemy) .{0,20}(?:znaleźć|załadować|wyświetlić|przetworzyć)`, `coś poszło nie tak`,
		`stránk\pL+.{0,60}(?:nenašl|nenalez|neexist|odstraněn|přesunut|smazán)`,
		`(?:nepodařilo se|nelze) .{0,30}(?:načíst|zobrazit|najít)`, `něco se (?:pokazilo|nepovedlo)`,
		`stranic\pL*.{0,40}(?:nije pronađena|ne postoji)`,
		`(?:страниц|адрес|ссылк)\pL*.{0,60}(?:не (?:найден|существует|удалось|открыва)|удал[её]н|перемещ|устарел)`,
		`нет такой страницы`, `не удалось (?:загрузить|найти|открыть|обработать)`, `что-то пошло не так`,
		`(?:возникла|произошла) .{0,20}ошибка`,
		`сторінк\pL*.{0,60}(?:не (?:знайдено|існує|вдалося)|немає|видален|перенес|переміщ)`, `щось пішло не так`,
		`виникла .{0,20}помилка`,
		// Nordic and Baltic Sea
		`\bsida(?:n)?\b.{0,60}(?:finns inte|hittades inte|hittar inte|inte (?:hitta|visas|laddas)|har flyttats`+
			`|tagits bort)`, `något (?:gick|har gått) (?:fel|snett)`,
		`\bside(?:n)?\b.{0,60}(?:findes ikke|finnes ikke|er væk|er borte)`,
		`\bkan (?:desværre |dessverre )?ikke (?:finde|finne|vise|hente) (?:den )?(?:side|siden|det du)`,
		`\bno(?:get|e) gikk? galt`,
		`sivu\pL*.{0,60}(?:ei (?:löydy|löytynyt|voitu|ole olemassa)|on poistettu|on siirretty)`,
		`jokin meni (?:pieleen|vikaan)`, `ei voitu (?:ladata|näyttää)`,
		// others
		`sayfa\pL*.{0,60}(?:bulunamad|mevcut değil|kaldırıl|taşın|yüklenemedi|görüntülenem)`,
		`bir (?:hata|sorun) oluştu`, `ters gitti`,
		`oldal\pL*.{0,60}(?:nem (?:található|létezik|tölthető)|törölt|áthelyez)`, `hiba történt`,
		`σελίδα.{0,60}(?:δεν (?:βρέθηκε|υπάρχει)|μετακινηθεί|διαγραφεί)`, `κάτι πήγε στραβά`,
		`(?:παρουσιάστηκε|προέκυψε).{0,15}σφάλμα`,
		`halaman.{0,60}(?:tidak (?:ditemukan|ada|tersedia)|telah (?:dihapus|dipindah))`, `terjadi kesalahan`,
		`trang.{0,60}(?:không (?:tồn tại|tìm thấy)|đã (?:bị xóa|được chuyển))`, `đã xảy ra lỗi`,
		`الصفحة.{0,60}(?:غير (?:موجودة|متاحة)|لم نعثر|حذف|نقل)`, `حدث خطأ`,
		`(?:העמוד|הדף).{0,40}(?:לא נמצא|לא קיים|הוסר)`, `משהו השתבש|אירעה שגיאה`,
		`(?:ページ|サイト).{0,40}(?:見つかりません|存在しません|削除され|移動し|表示できません)`, `(?:エラー|問題|障害)が発生し`,
		`(?:页面|网页|頁面|網頁|内容).{0,20}(?:不存在|找不到|未找到|已被?(?:删除|移除)|不见了)`, `(?:出错了|出了点问题|发生(?:了)?错误|系统(?:繁忙|错误|异常))`,
		`(?:페이지|주소).{0,40}(?:찾을 수 없|존재하지 않|삭제되었|이동되었|표시할 수 없)`, `(?:일시적인 )?(?:오류|문제)가 발생했`,
		`ไม่พบ(?:หน้า|เพจ)|เกิดข้อผิดพลาด`, `(?:पेज|पृष्ठ).{0,30}(?:नहीं मिला|मौजूद नहीं)`)
	maintenanceReport = report(
		`\b(?:we.re|we are|is|are) (?:currently |just |now )?(?:under|undergoing|in|doing|carrying out`+
			`|performing) (?:\w+ ){0,2}maintenance`, `\bback (?:soon|shortly|online)\b`, `\bwartungsarbeiten\W*$`,
		`\b(?:gleich|bald|in kürze) (?:wieder|zurück)\b`,
		`\b(?:derzeit|gerade|momentan|aktuell)\b.{0,20}\bwart(?:en|ung)`,
		`\b(?:zo|binnenkort|snel) (?:weer )?terug\b`, `\b(?:est|sommes|cours) .{0,20}(?:en|de) maintenance`,
		`\bde retour (?:bientôt|très vite|dans)`,
		`\b(?:está|estamos) .{0,10}(?:en|realizando|em) (?:mantenimiento|manutenção)`,
		`\bvolv(?:emos|eremos) (?:pronto|enseguida|en)\b`, `\bvoltamos (?:já|logo|em)`,
		`(?:è|siamo) in manutenzione`, `\btorniamo (?:presto|subito|tra)\b`,
		`\b(?:revenim|ne întoarcem) (?:imediat|în curând|în)\b`, `(?:lucrări de|în) mentenanță`,
		`\bwracamy (?:wkrótce|za|niebawem)`, `\bwrócimy (?:wkrótce|za)`, `trwa\pL* (?:przerwa|prace|konserwacj)`,
		`brzy (?:jsme|budeme) zpět|brzy se vrátíme`, `(?:probíhá|provádíme) .{0,20}údržb`,
		`(?:ведутся|проводятся|проводим) .{0,20}работ`, `скоро верн[её]мся`, `(?:ведуться|проводяться) .{0,20}робот`,
		`скоро повернемося`, `\b(?:snart|strax) (?:tillbaka|igång)`, `\b(?:snart|straks) tilbage`,
		`\bpå (?:grund af|grunn av) vedligehold`, `\bhuolto(?:katko|tauko|työ)`, `\bpalaamme (?:pian|kohta)`,
		`(?:bakımda(?:dır|yız)?|bakım çalışması)\W*$`, `karbantartás (?:alatt|miatt|zajlik)`,
		`hamarosan (?:visszatér|visszajö|újra)`, `υπό συντήρηση|εργασίες συντήρησης`,
		`(?:επιστρέφουμε|επανερχόμαστε) σύντομα`, `(?:sedang|dalam) (?:dalam )?(?:pemeliharaan|perbaikan|perawatan)`,
		`(?:segera|akan) kembali (?:sekitar|pukul|lagi|dalam)`, `(?:đang|được) (?:bảo trì|nâng cấp)`,
		`(?:quay|trở) lại sau`, `(?:تحت|قيد) الصيانة`, `سنعود (?:قريب|بعد)`, `נחזור בקרוב`,
		`メンテナンス(?:中|を(?:行って|実施))`, `正在(?:维护|升级)`, `점검 ?중(?:입니다|이에요)`, `ปิดปรับปรุง`)
	queueReport = report(
		`\byou(?:.re| are) (?:now )?(?:in|on) (?:the |a |our )?(?:queue|line|waiting (?:room|list))\W*$`,
		`\b(?:people|visitors|number) .{0,20}ahead of you`,
		`\byour (?:place|position|number) in (?:the )?(?:queue|line)\b`, `\b(?:estimated|expected) wait\b`,
		`\bqueue id\b`, `\b(?:keep|don.t close|do not close) this (?:window|tab|page)\b`,
		`\byou will lose your place`, `\b(?:sie sind|sie befinden sich|du bist) .{0,12}in der warteschlange`,
		`\b(?:personen|kunden) vor (?:ihnen|dir)`, `\b(?:voraussichtliche|geschätzte) wartezeit`,
		`\b(?:je|u) (?:staat|bent) in de (?:wacht)?rij`, `\bwachtenden voor (?:je|u)`,
		`\bvous êtes .{0,12}(?:file|salle) d.attente`, `\bpersonnes (?:devant|avant) vous`,
		`\btemps d.attente estimé`, `\best(?:ás|á) en (?:la |una )?(?:cola|fila|sala de espera)`,
		`\bpersonas (?:por )?delante de`, `\btu turno\b|\bsu turno\b`,
		`\bno (?:cierres|cierre) esta (?:ventana|página)`, `\bvocê está na (?:fila|sala de espera)`,
		`\bpessoas (?:à|na) sua frente`, `\bsei in (?:coda|fila|sala d.attesa)`,
		`\bpersone (?:davanti a|prima di) te`, `\bjesteś w kolejce`, `osób przed tobą`, `jste ve frontě`,
		`lidí před vámi`, `вы (?:находитесь )?в очереди`, `(?:человек|людей) перед вами`, `ви в черзі`,
		`\bdu står i kö`, `\b(?:personer|besökare) före dig`, `\bdu (?:er|står) i kø`, `\bforan (?:dig|deg) i køen`,
		`\bolet jonossa`, `\bsıradasınız|bekleme odasındasınız`, `önünüzde .{0,20}kişi`, `sorban áll`,
		`βρίσκεστε (?:σε|στην) (?:ουρά|αίθουσα)`, `sunteți la rând|în sala de așteptare`,
		`anda (?:berada )?dalam antrean`, `đang (?:trong|ở) hàng (?:đợi|chờ)`, `أنت في (?:قائمة|غرفة|طابور)`,
		`順番(?:を|に|が)`, `アクセスが集中し`, `正在排队|前面还有`, `접속 ?대기|대기 순번`)
	countryReport = report(
		`\byou(?:.re| are| seem to be| appear to be) (?:visiting|accessing|connecting|browsing|located`+
			`|coming) (?:\w+ ){0,2}(?:from|outside|in)\b`, `\b(?:don.t|doesn.t|do not|isn.t) \w+ (?:to )?where you are`,
		`\bsie (?:befinden sich|greifen) .{0,30}(?:außerhalb|aus einem)`,
		`\bnur (?:aus|innerhalb) .{0,20}\b(?:aufrufbar|abrufbar|zugänglich|erreichbar)`,
		`\b(?:u|je) bevindt (?:zich|je) .{0,20}buiten`, `\balleen (?:toegankelijk|te bekijken) (?:vanuit|in)\b`,
		`\bvous (?:êtes|semblez|vous trouvez|naviguez) .{0,20}(?:hors d|depuis un|en dehors)`,
		`\baccessible (?:uniquement|seulement) (?:depuis|en)\b`,
		`\b(?:estás|se encuentra|accede) .{0,15}(?:fuera de|desde otro)`,
		`\b(?:solo|sólo) .{0,25}(?:accesible|acceder) .{0,5}desde`,
		`\bvocê (?:está|parece estar) .{0,10}(?:em outro|fora d)`,
		`\b(?:apenas|só|somente) .{0,40}\b(?:acess|aced)\w+ .{0,12}\b(?:do|da|de|partir|no)\b`,
		`\b(?:accessibile|visibile) (?:solo|soltanto|esclusivamente) (?:dall|da|in)\w*`,
		`(?:osobom|użytkownikom|dostęp) spoza`, `вы находитесь (?:за пределами|в другой)`,
		`доступ\pL* только (?:из|с территории)`, `yalnızca .{0,25}(?:den|dan) (?:görüntülen|eriş)`,
		`国(?:内|外)からのアクセス`, `(?:仅|只)(?:限|支持|对).{0,12}访问`, `국내에서만|해외에서는 (?:이용|접속)`)
	// againReport asks to come back, whatever the reason.
	againReport = report(
		`\b(?:try|come back|check back) (?:again|later|soon)\b`, `\b(?:réessayez|revenez|rechargez la page)\b`,
		`\b(?:inténtalo|inténtelo|vuelve|vuelva) (?:de nuevo|más tarde|a intentarlo)`,
		`\b(?:riprova|torna) (?:più tardi|tra|alla)`, `\b(?:probeer het|kom) .{0,20}(?:opnieuw|later|terug)`,
		`спробуйте.{0,30}(?:пізніше|ще раз|знову)`, `(?:reîncercați|încercați din nou)`,
		`(?:حاول|المحاولة) (?:مرة أخرى|لاحق)`, `\bversuchen sie es .{0,20}(?:erneut|später)`, `\bververs de pagina`,
		`\btente (?:novamente|de novo)\b`, `spróbuj (?:ponownie|później)`, `zkuste to .{0,20}(?:znovu|později)`,
		`(?:попробуйте|повторите|обновите).{0,30}(?:позже|ещё раз|еще раз|снова|страницу|попытку)`, `\bförsök igen`,
		`\bprøv ig(?:en|jen)`, `yritä .{0,30}uudelleen`, `(?:tekrar|yeniden) deneyin`,
		`(?:próbálja|próbáld) (?:meg )?(?:újra|később)`, `(?:δοκιμάστε|προσπαθήστε) (?:ξανά|πάλι|αργότερα)`,
		`coba(?:lah)? lagi`, `vui lòng thử lại`, `しばらく.{0,20}(?:お試し|アクセス)`, `(?:稍后|刷新).{0,10}(?:再试|重试|页面)`,
		`잠시 후 다시`)
	// yourPlace names where the reader is, denial says no.
	yourPlace = report(
		`\b(?:your|this) (?:country|region|location|area|territory)\b`,
		`\b(?:ihrem|deinem|diesem) (?:land|standort)\b`, `\b(?:ihrer|deiner|dieser) region\b`,
		`\b(?:uw|jouw|je|dit) (?:land|regio|locatie)\b`, `\bvotre (?:pays|région|zone)\b`,
		`\b(?:su|tu) (?:país|región|ubicación|zona)\b`, `\bseu país\b`, `\bsua (?:região|localização)\b`,
		`\b(?:tuo|suo) paese\b`, `\b(?:tua|sua) (?:regione|zona)\b`,
		`(?:țara|regiunea|zona) (?:dumneavoastră|dvs|ta)`, `(?:twoim|tym|państwa) (?:kraju|regionie)`,
		`(?:vaší|vašem) (?:zemi|regionu|oblasti)`, `ваш\pL+ (?:стран|регион|країн|регіон)\pL*`, `\bditt? land\b`,
		`\bdin region\b`, `maassasi|alueellasi`, `(?:ülkeniz|bölgeniz|bulunduğunuz (?:ülke|bölge))\pL*`,
		`(?:országában|országodban|régiójában|térségében)`, `(?:χώρα|περιοχή) σας`, `(?:negara|wilayah|lokasi) anda`,
		`(?:quốc gia|khu vực|vùng) của bạn`, `(?:بلدك|منطقتك)`, `お住まいの(?:地域|国)|ご利用の(?:地域|国)`,
		`(?:您|你)(?:所在|当前)的?(?:国家|地区)`, `(?:귀하의|현재|접속하신) ?(?:국가|지역)`)
	denial = report(
		`\b(?:not|cannot|no longer|unavailable|blocked|restricted)\b|n.t\b`, `\b(?:nicht|kein|keine|gesperrt)\b`,
		`\b(?:niet|geen)\b`, `\b(?:pas|indisponible|bloqué)\b`, `\bno\b`, `não |\bindisponível`, `\bnon\b`, `\bnu\b`,
		`\bnie(?:dostępn|\b)`, `\bne(?:ní|lze|jsou|můžeme)`, `(?:^|\s)не`, `\b(?:inte|ikke|ej)\b`,
		`\b(?:ei|emme|eivät)\b`, `(?:yok|değil|lamıyor|lemiyor|lamaz|lemez|kapalı)`, `\b(?:nem|sem)\b`, `δεν|μη `,
		`\b(?:tidak|belum)\b`, `(?:không|chưa)`, `(?:غير|لا |ليس)`, `ません|不可`, `不(?:可|能|支持|提供)|无法|未`, `없|않|불가`)
	cookieReport = report(
		`^.{0,12}\bwe and (?:our|up to)? ?(?:\d+ )?(?:\w+ ){0,2}partners\b`, `\bstore and/or access information`,
		`\bcookies (?:must|need to|have to) be (?:switched on|turned on|enabled)`,
		`\bcookies are (?:disabled|blocked|switched off|turned off)`, `\bnot accepting cookies`,
		`\b(?:switch|turn) (?:on )?cookies (?:back )?on\b`,
		`\bwir und (?:bis zu |unsere )?(?:\d+ )?(?:\w+ )?partner\b`, `\bzustimmen oder\b`, `\bwerbefreie[sn]? abo`,
		`\b(?:wij|we) en (?:onze )?(?:\d+ )?partners\b`,
		`\bnos (?:\d+ )?partenaires et nous|\bnous et nos (?:\d+ )?partenaires`,
		`\bretirer votre (?:consentement|accord) à tout`, `\bcontinuer sans accepter`,
		`\bnosotros y (?:nuestros )?(?:\d+ )?(?:socios|proveedores)`, `\bdebe aceptar .{0,15}cookies`,
		`\bcookies propias y de terceros para\b`, `\bnós e (?:os )?nossos (?:\d+ )?parceiros`,
		`\bnoi e (?:i nostri )?(?:\d+ )?(?:partner|fornitori)`, `\barchiviare .{0,20}su (?:un|di un) dispositivo`,
		`^pubblicità personalizzata\W*$|^misurazione dei? contenuti\W*$`, `\bgestisci le preferenze`,
		`\bnoi și (?:cei )?(?:\d+ )?parteneri`,
		`(?:my i nasi|wraz z naszymi|nasi) (?:\d+ )?(?:zaufani )?partner(?:zy|ami)`, `my a naši (?:\d+ )?partneři`,
		`potřebujeme váš souhlas`, `мы и наши (?:\d+ )?партн[её]р`, `\bvi och våra (?:\d+ )?partner`,
		`\bvi og (?:vores|våre) (?:\d+ )?partnere`, `\bme ja (?:\d+ )?kumppanimme`,
		`biz ve (?:\d+ )?(?:iş )?ortaklarımız`, `mi és (?:a )?(?:\d+ )?partnereink`,
		`εμείς και οι (?:\d+ )?συνεργάτες`, `kami dan (?:\d+ )?mitra`, `chúng tôi và (?:\d+ )?đối tác`,
		`(?:当社|私たち)と(?:\d+の)?パートナー`, `クッキーを有効`, `我们(?:和|及)(?:我们的)?(?:\d+ ?家)?合作伙伴`, `당사와 (?:\d+개 )?(?:파트너|제휴사)`)

	// condition is a word that makes a sentence one of what would be.
	condition = report(
		`\b(?:if|when|unless|during|whenever|provided)\b`, `^while\b`, `\b(?:wenn|falls|sofern|während)\b`,
		`\b(?:als|indien|wanneer|tijdens)\b`, `\b(?:si|lorsque|quand|pendant|lors)\b`,
		`\b(?:cuando|durante|siempre que)\b`, `\b(?:quando|caso|qualora)\b`, `\b(?:jeśli|jeżeli|gdy|podczas)\b`,
		`\b(?:pokud|když|během)\b`, `\bnär\b`, `\b(?:hvis|når|såfremt)\b`, `\b(?:jos|kun)\b`,
		`(?:eğer|sırasında|halinde|durumunda)`, `(?:^|\s)(?:если|когда|якщо|коли|во время|під час|при)\s`,
		`(?:場合|ときは|際は)`, `(?:如果|若|期间)`, `(?:경우|때에는)`, `(?:αν|εάν|όταν|κατά τη)\s`, `\bamennyiben\b`,
		`(?:dacă|când|în timpul)`, `\b(?:jika|bila|apabila|ketika|selama)\b`, `(?:nếu|khi)\s`, `(?:إذا|عند|أثناء)`)
)

// report makes the expression of what is reported.
func report(alternatives ...string) *expression {
	return pattern(`(?i)(?:%s)`, inAnyScript(alternatives)...)
}

// reports are what is reported of each kind of message.
var reports = map[*expression]*expression{signInMessage: signInReport, challengeMessage: challengeReport,
	errorMessage: errorReport, maintenanceMessage: maintenanceReport, queueMessage: queueReport,
	countryMessage: countryReport, cookieMessage: cookieReport}

// reported returns the kinds of messages that a sentence reports, a bit each, and one that is
// of none where it asks to come back.
func reported(s string) (kinds uint) {
	if condition.MatchString(s) {
		return 0
	}
	for k, m := range messages {
		r := reports[m]
		if r != nil && r.MatchString(s) || m == countryMessage && yourPlace.MatchString(s) && denial.MatchString(s) {
			kinds |= 1 << k
		}
	}
	if againReport.MatchString(s) {
		kinds |= 1 << len(messages)
	}
	return kinds
}
