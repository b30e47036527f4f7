package termtype

// words are what documents are called, by language. Parts of a list are set apart by "|".
// A name stands at the beginning of a word, anywhere in a language that sets no spaces,
// and may go on where it ends in "*". What begins with "?" names a document only where
// nothing else is said beside it; with "??" it may mean something else even then.
// Accents and case don't count.
var words = []struct{ kind, lang, names string }{
	{TermsOfService, "en", "terms of service*|terms of use*|terms and conditions|terms & conditions|user agreement|" +
		"service agreement|subscription agreement|customer agreement|membership agreement|license agreement|" +
		"licence agreement|eula|general terms|terms of business|user terms|service terms|platform terms|" +
		"subscriber agreement|?terms|?tos|?t&c*|?conditions of use|website terms|site terms|legal terms|" +
		"supplemental terms|additional terms"},
	{TermsOfService, "de", "nutzungsbedingungen|allgemeine geschaftsbedingungen|geschaftsbedingungen|agb|" +
		"nutzungsvereinbarung|teilnahmebedingungen|?bedingungen|nutzungsordnung"},
	{TermsOfService, "fr", "conditions d'utilisation|conditions generales d'utilisation|conditions generales|cgu|" +
		"conditions d'usage|conditions de service|?conditions et modalites|modalites d'utilisation"},
	{TermsOfService, "es", "terminos y condiciones|terminos legales|terminos de uso|terminos de servicio|terminos del servicio|" +
		"condiciones de uso|condiciones generales|condiciones de servicio|condiciones del servicio|?terminos|" +
		"?condiciones"},
	{TermsOfService, "pt", "termos de uso|termos de servico|termos de utilizacao|termos e condicoes|" +
		"condicoes de uso|condicoes gerais|condicoes de utilizacao|?termos"},
	{TermsOfService, "it", "termini e condizioni|termini di servizio|termini d'uso|condizioni d'uso|" +
		"condizioni di utilizzo|termini di utilizzo|condizioni generali|?termini|?condizioni"},
	{TermsOfService, "nl", "algemene voorwaarden|gebruiksvoorwaarden|gebruikersvoorwaarden|servicevoorwaarden|" +
		"?voorwaarden"},
	{TermsOfService, "pl", "regulamin*|warunki korzystania|warunki uzytkowania|warunki swiadczenia uslug|" +
		"ogolne warunki"},
	{TermsOfService, "sv", "anvandarvillkor|allmanna villkor|tjanstevillkor|anvandningsvillkor|?villkor"},
	{TermsOfService, "da", "brugsbetingelser|brugervilkar|vilkar og betingelser|servicevilkar|?vilkar|?betingelser"},
	{TermsOfService, "no", "bruksvilkar|brukervilkar|vilkar for bruk|tjenestevilkar"},
	{TermsOfService, "fi", "kayttoehdot|yleiset ehdot|palveluehdot|sopimusehdot|?ehdot"},
	{TermsOfService, "cs", "obchodni podminky|podminky pouziti|podminky uzivani|podminky sluzby|vseobecne podminky|" +
		"?podminky"},
	{TermsOfService, "sk", "obchodne podmienky|podmienky pouzivania|vseobecne podmienky"},
	{TermsOfService, "hu", "felhasznalasi feltetelek|altalanos szerzodesi feltetelek|aszf|szolgaltatasi feltetelek"},
	{TermsOfService, "ro", "termeni si conditii|termeni de utilizare|conditii de utilizare"},
	{TermsOfService, "el", "οροι χρησησ|οροι και προυποθεσεισ|οροι παροχησ υπηρεσιων|?οροι"},
	{TermsOfService, "ru", "пользовательское соглашение|условия использования|условия обслуживания|" +
		"условия предоставления|правила пользования|правила использования|лицензионное соглашение|?условия|?соглашение"},
	{TermsOfService, "uk", "угода користувача|умови використання|умови надання|користувацька угода|" +
		"правила користування"},
	{TermsOfService, "tr", "kullanim kosullari|kullanim sartlari|hizmet sartlari|hizmet kosullari|" +
		"kullanici sozlesmesi|uyelik sozlesmesi|sartlar ve kosullar|?kosullar|?sartlar"},
	{TermsOfService, "ja", "利用規約|サービス規約|会員規約|使用許諾|?規約|ご利用条件|利用条件"},
	{TermsOfService, "zh", "服务条款|服務條款|使用条款|使用條款|用户协议|用戶協議|使用者條款|服务协议|服務協議|用户服务协议|條款及細則|?条款|?條款"},
	{TermsOfService, "ko", "이용약관|서비스약관|회원약관|?약관"},
	{TermsOfService, "ar", "الشروط والاحكام|شروط الاستخدام|شروط الخدمة|اتفاقية المستخدم|احكام الاستخدام|?الشروط"},
	{TermsOfService, "he", "תנאי שימוש|תנאי השימוש|תקנון|תנאי השירות"},
	{TermsOfService, "fa", "شرایط استفاده|قوانین و مقررات|شرایط و ضوابط"},
	{TermsOfService, "hi", "सेवा की शर्तें|उपयोग की शर्तें|नियम और शर्तें"},
	{TermsOfService, "id", "syarat dan ketentuan|ketentuan layanan|syarat & ketentuan|ketentuan penggunaan"},
	{TermsOfService, "vi", "dieu khoan su dung|dieu khoan dich vu|đieu khoan su dung|đieu khoan dich vu|?đieu khoan"},
	{TermsOfService, "th", "ข้อกำหนดการใช้|ข้อกำหนดและเงื่อนไข|เงื่อนไขการให้บริการ|เงื่อนไขการใช้"},

	{PrivacyPolicy, "en", "privacy policy|privacy policies|privacy notice*|privacy statement|privacy & cookie*|" +
		"data protection policy|data protection notice|data protection statement|data protection declaration|" +
		"data policy|data privacy notice|data privacy policy|??data protection|??data privacy|privacy and cookie*|" +
		"privacy cookie*|privacy terms|personal information policy|?privacy|??gdpr|??ccpa"},
	{PrivacyPolicy, "de", "datenschutz*|?daten schutz"},
	{PrivacyPolicy, "fr", "politique de confidentialite|confidentialite|protection des donnees|" +
		"donnees personnelles|vie privee|rgpd|charte de confidentialite"},
	{PrivacyPolicy, "es", "politica de privacidad|aviso de privacidad|proteccion de datos|" +
		"declaracion de privacidad|?privacidad"},
	{PrivacyPolicy, "pt", "politica de privacidade|aviso de privacidade|protecao de dados|lgpd|?privacidade"},
	{PrivacyPolicy, "it", "informativa sulla privacy|informativa privacy|politica sulla privacy|" +
		"protezione dei dati|trattamento dei dati"},
	{PrivacyPolicy, "nl", "privacyverklaring|privacybeleid|privacy verklaring|privacy beleid|privacyvoorwaarden|" +
		"privacyreglement|gegevensbescherming|privacystatement"},
	{PrivacyPolicy, "pl", "polityka prywatnosci|ochrona danych|prywatnosc|rodo|ochrona prywatnosci"},
	{PrivacyPolicy, "sv", "integritetspolicy|personuppgiftspolicy|sekretesspolicy|dataskydd*|" +
		"behandling av personuppgifter|?integritet|?personuppgifter"},
	{PrivacyPolicy, "da", "privatlivspolitik|persondatapolitik|databeskyttelse*|behandling af personoplysninger|" +
		"?persondata"},
	{PrivacyPolicy, "no", "personvern*|personvernerklæring"},
	{PrivacyPolicy, "fi", "tietosuoja*|yksityisyys*|rekisteriseloste"},
	{PrivacyPolicy, "cs", "ochrana osobnich udaju|zasady ochrany osobnich udaju|ochrana soukromi|" +
		"zpracovani osobnich udaju|zasady ochrany soukromi"},
	{PrivacyPolicy, "sk", "ochrana osobnych udajov|zasady ochrany osobnych udajov|ochrana sukromia"},
	{PrivacyPolicy, "hu", "adatvedelm*|adatkezelesi*|adatvedelem"},
	{PrivacyPolicy, "ro", "politica de confidentialitate|protectia datelor|?confidentialitate"},
	{PrivacyPolicy, "el", "πολιτικη απορρητου|προστασια δεδομενων|προστασια προσωπικων δεδομενων|?απορρητο"},
	{PrivacyPolicy, "ru", "политика конфиденциальности|конфиденциальност*|обработки персональных данных|" +
		"персональные данные|защита данных|персональных данных"},
	{PrivacyPolicy, "uk", "політика конфіденційності|конфіденційн*|персональних даних|персональні дані|" +
		"політика приватності"},
	{PrivacyPolicy, "tr", "gizlilik*|kisisel verilerin korunmasi|kvkk*|aydinlatma metni"},
	{PrivacyPolicy, "ja", "プライバシー|個人情報保護*|個人情報の取*|個人情報取*"},
	{PrivacyPolicy, "zh", "隐私*|隱私*|私隱*|个人信息保护|個人資料保護"},
	{PrivacyPolicy, "ko", "개인정보처리방침|개인정보취급방침|개인정보보호*|?개인정보"},
	{PrivacyPolicy, "ar", "سياسة الخصوصية|اشعار الخصوصية|بيان الخصوصية|?الخصوصية|حماية البيانات"},
	{PrivacyPolicy, "he", "מדיניות פרטיות|מדיניות הפרטיות|?פרטיות|הגנת הפרטיות"},
	{PrivacyPolicy, "fa", "حریم خصوصی|سیاست حفظ حریم*"},
	{PrivacyPolicy, "hi", "गोपनीयता*|निजता*"},
	{PrivacyPolicy, "id", "kebijakan privasi|pemberitahuan privasi|?privasi"},
	{PrivacyPolicy, "vi", "chinh sach bao mat|chinh sach quyen rieng tu|quyen rieng tu"},
	{PrivacyPolicy, "th", "นโยบายความเป็นส่วนตัว|ความเป็นส่วนตัว|คุ้มครองข้อมูลส่วนบุคคล"},

	{TrackersPolicy, "en", "cookie policy|cookies policy|cookie policies|cookie notice|cookies notice|" +
		"cookie statement|cookie declaration|use of cookies|about cookies|tracking technologies|tracker policy|" +
		"trackers policy|??cookies|??cookie|??tracking"},
	{TrackersPolicy, "de", "cookie richtlinie*|cookierichtlinie*|cookie hinweis*|cookie erklarung|cookie policy"},
	{TrackersPolicy, "fr", "politique relative aux cookies|politique en matiere de cookies|politique de cookies|" +
		"politique cookies|utilisation des cookies|charte cookies|politique des cookies"},
	{TrackersPolicy, "es", "politica de cookies|aviso de cookies|uso de cookies|politica sobre cookies"},
	{TrackersPolicy, "pt", "politica de cookies|aviso de cookies|uso de cookies"},
	{TrackersPolicy, "it", "informativa sui cookie|informativa cookie|politica sui cookie|politica dei cookie"},
	{TrackersPolicy, "nl", "cookiebeleid|cookieverklaring|cookie beleid|cookie verklaring"},
	{TrackersPolicy, "pl", "polityka cookies|polityka plikow cookie*|pliki cookie*|polityka ciasteczek"},
	{TrackersPolicy, "sv", "cookiepolicy|om kakor|om cookies|anvandning av kakor|kakpolicy|??kakor"},
	{TrackersPolicy, "da", "cookiepolitik|cookie politik|om cookies"},
	{TrackersPolicy, "no", "informasjonskapsler|bruk av informasjonskapsler"},
	{TrackersPolicy, "fi", "evastekaytanto*|evasteet|evasteiden kaytto|evasteseloste"},
	{TrackersPolicy, "cs", "zasady cookies|soubory cookie*|souboru cookie*|zasady pouzivani cookies|" +
		"pouzivani cookies"},
	{TrackersPolicy, "hu", "cookie szabalyzat|cookie tajekoztato|suti szabalyzat|suti tajekoztato|sutikezeles*|" +
		"sutik"},
	{TrackersPolicy, "ro", "politica de cookie*|politica cookie*|politica privind cookie*|" +
		"politica de utilizare cookie*|utilizare cookie*"},
	{TrackersPolicy, "el", "πολιτικη cookies"},
	{TrackersPolicy, "ru", "файлов cookie|файлы cookie|политика cookie|использование cookie|использования cookie"},
	{TrackersPolicy, "uk", "файлів cookie|файли cookie|політика cookie"},
	{TrackersPolicy, "tr", "cerez politikasi|cerez*"},
	{TrackersPolicy, "ja", "クッキーポリシー|cookieポリシー|クッキーについて|cookieについて|??クッキー"},
	{TrackersPolicy, "zh", "cookie政策|cookies政策|cookie 政策|cookies 政策|cookie声明"},
	{TrackersPolicy, "ko", "쿠키정책|쿠키방침|??쿠키"},
	{TrackersPolicy, "ar", "ملفات تعريف الارتباط|سياسة الكوكيز"},
	{TrackersPolicy, "he", "מדיניות עוגיות|מדיניות קובצי cookie|מדיניות cookies"},
	{TrackersPolicy, "id", "kebijakan cookie*"},
	{TrackersPolicy, "vi", "chinh sach cookie*"},

	{Imprint, "en", "imprint|legal notice*|legal disclosure|disclaimer|company information|legal entity"},
	{Imprint, "de", "impressum|anbieterkennzeichnung|pflichtangaben"},
	{Imprint, "fr", "mentions legales|informations legales"},
	{Imprint, "es", "aviso legal|nota legal|informacion legal"},
	{Imprint, "pt", "aviso legal|ficha tecnica legal|informacao legal"},
	{Imprint, "it", "note legali|informazioni legali|note societarie|avviso legale"},
	{Imprint, "nl", "colofon|disclaimer|juridische kennisgeving"},
	{Imprint, "pl", "nota prawna|dane firmy"},
	{Imprint, "hu", "impresszum*|jogi nyilatkozat"},
	{Imprint, "ro", "mentiuni legale|informatii legale"},
	{Imprint, "fi", "oikeudellinen huomautus"},
	{Imprint, "ja", "特定商取引法*|特商法*|法的表示|免責事項"},
	{Imprint, "zh", "法律声明|法律聲明|免责声明|免責聲明"},
	{Imprint, "ko", "법적고지"},
	{Imprint, "ru", "правовая оговорка|реквизиты"},
	{Imprint, "tr", "kunye|yasal uyari"},

	{CommunityGuidelines, "en", "community guideline*|community standard*|community rule*|code of conduct|" +
		"house rules|forum rules|content policy|content guidelines|content policies|rules of conduct|" +
		"community policies|community principles|user conduct|posting guidelines|server rules|??guidelines|??rules"},
	{CommunityGuidelines, "de", "gemeinschaftsrichtlinien|community richtlinien|communityrichtlinien|" +
		"gemeinschaftsstandards|netiquette|verhaltenskodex|hausordnung|forenregeln|community regeln|" +
		"gemeinschaftsregeln"},
	{CommunityGuidelines, "fr", "regles de la communaute|regles communautaires|charte de la communaute|" +
		"standards de la communaute|lignes directrices communautaires|code de conduite|charte d'utilisation du forum|" +
		"charte de moderation"},
	{CommunityGuidelines, "es", "normas de la comunidad|normas comunitarias|directrices de la comunidad|" +
		"reglas de la comunidad|codigo de conducta|pautas de la comunidad"},
	{CommunityGuidelines, "pt", "diretrizes da comunidade|regras da comunidade|padroes da comunidade|" +
		"codigo de conduta|normas da comunidade"},
	{CommunityGuidelines, "it", "linee guida della community|regole della community|regole della comunita|" +
		"standard della community|codice di condotta|linee guida della comunita"},
	{CommunityGuidelines, "nl", "communityrichtlijnen|huisregels|gedragscode|gedragsregels|community richtlijnen"},
	{CommunityGuidelines, "pl", "zasady spolecznosci|standardy spolecznosci|wytyczne dla spolecznosci|" +
		"kodeks postepowania|netykieta"},
	{CommunityGuidelines, "sv", "riktlinjer for communityn|gemenskapsregler|uppforandekod|communityriktlinjer|" +
		"forumregler"},
	{CommunityGuidelines, "da", "retningslinjer for fællesskabet|fællesskabsregler|adfærdskodeks"},
	{CommunityGuidelines, "no", "retningslinjer for fellesskapet|fellesskapsregler"},
	{CommunityGuidelines, "fi", "yhteison saannot|yhteisosaannot|kayttaytymissaannot"},
	{CommunityGuidelines, "cs", "pravidla komunity|zasady komunity|kodex chovani"},
	{CommunityGuidelines, "ru", "правила сообщества|нормы сообщества|правила поведения|правила форума|" +
		"кодекс поведения"},
	{CommunityGuidelines, "uk", "правила спільноти|норми спільноти"},
	{CommunityGuidelines, "tr", "topluluk kurallari|topluluk ilkeleri|topluluk standartlari|davranis kurallari"},
	{CommunityGuidelines, "ja", "コミュニティガイドライン|コミュニティルール|投稿ガイドライン|行動規範|コミュニティ規定"},
	{CommunityGuidelines, "zh", "社区规范|社區規範|社区准则|社區守則|社区公约|社群守则|社群守則|行为准则|社区管理规定"},
	{CommunityGuidelines, "ko", "커뮤니티가이드라인|커뮤니티규정|운영정책|커뮤니티지침"},
	{CommunityGuidelines, "ar", "ارشادات المجتمع|معايير المجتمع|قواعد المجتمع|قواعد السلوك"},
	{CommunityGuidelines, "he", "כללי הקהילה|תקנון הקהילה"},
	{CommunityGuidelines, "id", "pedoman komunitas|panduan komunitas"},
	{CommunityGuidelines, "vi", "tieu chuan cong đong|nguyen tac cong đong"},

	{AcceptableUsePolicy, "en", "acceptable use*|acceptable usage*|fair use polic*|usage polic*|use policy|" +
		"use policies|?aup|responsible use*"},
	{AcceptableUsePolicy, "de", "nutzungsrichtlinie*|richtlinie zur akzeptablen nutzung|fair use richtlinie"},
	{AcceptableUsePolicy, "fr", "utilisation acceptable|utilisation raisonnable|bon usage"},
	{AcceptableUsePolicy, "es", "uso aceptable|uso justo|politica de uso"},
	{AcceptableUsePolicy, "pt", "uso aceitavel|politica de uso"},
	{AcceptableUsePolicy, "it", "uso accettabile|utilizzo accettabile"},
	{AcceptableUsePolicy, "nl", "aanvaardbaar gebruik*|acceptabel gebruik|redelijk gebruik"},
	{AcceptableUsePolicy, "pl", "dopuszczalnego uzytkowania|zasady dopuszczalnego"},
	{AcceptableUsePolicy, "ru", "допустимого использования"},
	{AcceptableUsePolicy, "ja", "利用ポリシー|適正利用規*|許容される使用"},
	{AcceptableUsePolicy, "zh", "可接受使用政策|合理使用政策"},

	{RestrictedUsePolicy, "en", "prohibited item*|prohibited content|restricted item*|prohibited use*|" +
		"restricted use*|prohibited product*|restricted product*|prohibited activit*|restricted business*"},
	{RestrictedUsePolicy, "de", "verbotene artikel|verbotene inhalte|unzulassige artikel"},
	{RestrictedUsePolicy, "fr", "articles interdits|produits interdits|contenus interdits"},
	{RestrictedUsePolicy, "es", "articulos prohibidos|contenido prohibido|productos prohibidos"},
	{RestrictedUsePolicy, "pt", "itens proibidos|produtos proibidos"},
	{RestrictedUsePolicy, "ja", "禁止出品物|出品禁止*|禁止行為"},
	{RestrictedUsePolicy, "zh", "禁售商品*|违禁*"},

	{CopyrightClaimsPolicy, "en", "copyright polic*|trademark & copyright*|trademarks & copyright*|trademark and copyright*|" +
		"trademarks and copyright*|copyright notice|copyright infringement|copyright claim*|dmca*|" +
		"intellectual property policy|intellectual property rights|intellectual property notice|" +
		"intellectual property infringement|intellectual property claims|??intellectual property|notice and takedown|" +
		"takedown policy|copyright complaint*|copyright & *|copyright and *|ip policy|infringement policy|??copyright|" +
		"report infringement"},
	{CopyrightClaimsPolicy, "de", "urheberrecht*|geistiges eigentum"},
	{CopyrightClaimsPolicy, "fr", "propriete intellectuelle|droit d'auteur|droits d'auteur"},
	{CopyrightClaimsPolicy, "es", "derechos de autor|propiedad intelectual"},
	{CopyrightClaimsPolicy, "pt", "direitos autorais|propriedade intelectual|direitos de autor"},
	{CopyrightClaimsPolicy, "it", "proprieta intellettuale|diritto d'autore|diritti d'autore"},
	{CopyrightClaimsPolicy, "nl", "auteursrecht*|intellectueel eigendom|intellectuele eigendom"},
	{CopyrightClaimsPolicy, "pl", "prawa autorskie|wlasnosc intelektualna|prawa autorskiego"},
	{CopyrightClaimsPolicy, "sv", "upphovsratt*|immaterialratt*"},
	{CopyrightClaimsPolicy, "cs", "autorska prava|dusevni vlastnictvi"},
	{CopyrightClaimsPolicy, "ru", "авторские права|авторских прав|авторское право|интеллектуальная собственность|" +
		"интеллектуальной собственности|правообладател*"},
	{CopyrightClaimsPolicy, "tr", "telif hakk*|fikri mulkiyet*"},
	{CopyrightClaimsPolicy, "ja", "著作権*|知的財産*"},
	{CopyrightClaimsPolicy, "zh", "版权*|版權*|著作权*|知识产权*|侵权投诉"},
	{CopyrightClaimsPolicy, "ko", "저작권*|지식재산*"},
	{CopyrightClaimsPolicy, "ar", "حقوق النشر|حقوق الملكية|الملكية الفكرية"},

	{DataProcessorAgreement, "en", "data processing*|data processor*|data protection addendum|" +
		"data protection agreement|?dpa|processing addendum|subprocessor*|sub processor*|processor terms"},
	{DataProcessorAgreement, "de", "auftragsverarbeitung*|auftragsdatenverarbeitung*|avv|unterauftrag*|" +
		"vertrag zur auftragsverarbeitung"},
	{DataProcessorAgreement, "fr", "traitement des donnees|sous traitant*|sous traitance"},
	{DataProcessorAgreement, "es", "encargado del tratamiento|tratamiento de datos|subencargado*"},
	{DataProcessorAgreement, "pt", "processamento de dados|tratamento de dados|suboperador*|subprocessador*"},
	{DataProcessorAgreement, "it", "responsabile del trattamento|elaborazione dei dati|sub responsabil*"},
	{DataProcessorAgreement, "nl", "verwerkersovereenkomst|subverwerker*"},
	{DataProcessorAgreement, "pl", "powierzenie przetwarzania|powierzenia przetwarzania|podprocesor*"},
	{DataProcessorAgreement, "sv", "personuppgiftsbitrade*|underbitrade*"},
	{DataProcessorAgreement, "ja", "データ処理*"},

	{GeneralConditionsOfSale, "en", "terms of sale|conditions of sale|terms and conditions of sale|refund polic*|" +
		"return polic*|returns polic*|refunds polic*|shipping polic*|delivery policy|cancellation polic*|" +
		"return and refund*|returns and refund*|returns & refund*|refunds and return*|refunds & return*|" +
		"right of withdrawal|purchase terms|sales terms|warranty policy|limited warranty|money back guarantee|" +
		"exchange policy|?refunds|?refund|??returns|??warranty|??cancellation"},
	{GeneralConditionsOfSale, "de", "widerruf*|verkaufsbedingungen|ruckgabe*|ruckerstattung*|rucksendung*|" +
		"lieferbedingungen|stornobedingungen|garantiebedingungen|zahlungsbedingungen|allgemeine verkaufsbedingungen"},
	{GeneralConditionsOfSale, "fr", "conditions de vente|conditions generales de vente|cgv|" +
		"retours et remboursement*|politique de retour*|politique de remboursement|droit de retractation|" +
		"politique d'expedition"},
	{GeneralConditionsOfSale, "es", "condiciones de venta|envios y devoluciones|gastos de envio y devoluciones|condiciones generales de venta|politica de devolucion*|" +
		"politica de reembolso*|cambios y devoluciones|devoluciones y reembolsos|politica de envio*|" +
		"derecho de desistimiento|condiciones de compra|?devoluciones"},
	{GeneralConditionsOfSale, "pt", "condicoes de venda|condicoes gerais de venda|trocas e devolucoes|" +
		"politica de troca*|politica de devolucao|politica de reembolso|politica de entrega|politica de devolucoes|" +
		"?devolucoes"},
	{GeneralConditionsOfSale, "it", "condizioni di vendita|condizioni generali di vendita|resi e rimborsi|" +
		"diritto di recesso|politica di reso|politica di rimborso|?resi|?recesso"},
	{GeneralConditionsOfSale, "nl", "verkoopvoorwaarden|retourbeleid|retourneren|herroepingsrecht|" +
		"leveringsvoorwaarden|ruilen en retourneren|annuleringsvoorwaarden|terugbetalingsbeleid|garantievoorwaarden"},
	{GeneralConditionsOfSale, "pl", "zwroty i reklamacje|zwroty|polityka zwrotow|warunki sprzedazy|" +
		"prawo odstapienia|reklamacje"},
	{GeneralConditionsOfSale, "sv", "kopvillkor|returpolicy|angerratt|leveransvillkor|retur och reklamation|returer"},
	{GeneralConditionsOfSale, "da", "handelsbetingelser|salgsbetingelser|returret|fortrydelsesret|returpolitik"},
	{GeneralConditionsOfSale, "no", "salgsvilkar|kjopsvilkar|angrerett|returvilkar"},
	{GeneralConditionsOfSale, "fi", "toimitusehdot|palautusehdot|palautukset|tilausehdot|myyntiehdot"},
	{GeneralConditionsOfSale, "cs", "reklamacni rad|reklamace|vraceni zbozi|odstoupeni od smlouvy|dodaci podminky"},
	{GeneralConditionsOfSale, "hu", "elallas*|visszakuldes*|visszaterites*"},
	{GeneralConditionsOfSale, "ro", "politica de retur|politica de livrare|retururi"},
	{GeneralConditionsOfSale, "ru", "публичная оферта|оферта|договор оферты|возврат товара|условия возврата|" +
		"возврат и обмен|условия продажи|правила продажи|обмен и возврат|правила возврата"},
	{GeneralConditionsOfSale, "uk", "публічна оферта|договір оферти|повернення товару|обмін та повернення"},
	{GeneralConditionsOfSale, "tr", "mesafeli satis*|iade kosullari|iade ve degisim|iptal ve iade*|" +
		"satis sozlesmesi|teslimat ve iade"},
	{GeneralConditionsOfSale, "ja", "返品*|返金*|キャンセルポリシー|販売条件"},
	{GeneralConditionsOfSale, "zh", "退款政策|退货政策|退換貨*|退换货*|退貨*|销售条款|配送政策|运送政策"},
	{GeneralConditionsOfSale, "ko", "환불정책|환불규정|교환및반품|반품정책|취소및환불*"},
	{GeneralConditionsOfSale, "ar", "سياسة الاسترجاع|سياسة الاستبدال|سياسة الارجاع|الاستبدال والاسترجاع|" +
		"سياسة الاسترداد|سياسة الشحن|شروط البيع"},
	{GeneralConditionsOfSale, "he", "מדיניות החזרות|מדיניות ביטולים|מדיניות משלוחים"},
	{GeneralConditionsOfSale, "el", "πολιτικη επιστροφων|επιστροφεσ|οροι πωλησησ|δικαιωμα υπαναχωρησησ"},
	{GeneralConditionsOfSale, "vi", "chinh sach đoi tra|chinh sach hoan tien|chinh sach van chuyen|" +
		"chinh sach giao hang"},
	{GeneralConditionsOfSale, "id", "kebijakan pengembalian*|kebijakan refund"},

	{AccessibilityStatement, "en", "accessibility statement|accessibility policy|accessibility notice|" +
		"??accessibility"},
	{AccessibilityStatement, "de", "barrierefreiheit*"},
	{AccessibilityStatement, "fr", "accessibilite*|declaration d'accessibilite"},
	{AccessibilityStatement, "es", "accesibilidad*|declaracion de accesibilidad"},
	{AccessibilityStatement, "pt", "acessibilidade*|declaracao de acessibilidade"},
	{AccessibilityStatement, "it", "accessibilita*|dichiarazione di accessibilita"},
	{AccessibilityStatement, "nl", "toegankelijkheid*"},
	{AccessibilityStatement, "pl", "deklaracja dostepnosci|dostepnosc"},
	{AccessibilityStatement, "sv", "tillganglighet*"},
	{AccessibilityStatement, "da", "tilgængelighed*"},
	{AccessibilityStatement, "no", "tilgjengelighet*"},
	{AccessibilityStatement, "fi", "saavutettavuus*"},
	{AccessibilityStatement, "cs", "prohlaseni o pristupnosti|pristupnost"},
	{AccessibilityStatement, "ja", "アクセシビリティ*"},
	{AccessibilityStatement, "zh", "无障碍*|無障礙*"},
	{AccessibilityStatement, "ko", "접근성*"},
	{AccessibilityStatement, "tr", "erisilebilirlik*"},
	{AccessibilityStatement, "he", "הצהרת נגישות|?נגישות"},

	{DeveloperTerms, "en", "developer terms*|developer agreement|developer polic*|api terms*|api agreement|" +
		"api polic*|terms for developers|developer guidelines|api license*|api licence*|sdk terms|sdk license*|" +
		"sdk licence*"},
	{DeveloperTerms, "de", "entwicklerbedingungen|api nutzungsbedingungen|entwicklervereinbarung|" +
		"entwicklerrichtlinien"},
	{DeveloperTerms, "fr", "conditions developpeur*|conditions pour les developpeurs|" +
		"conditions d'utilisation de l'api"},
	{DeveloperTerms, "es", "terminos para desarrolladores|condiciones para desarrolladores"},
	{DeveloperTerms, "pt", "termos para desenvolvedores"},
	{DeveloperTerms, "ja", "開発者規約|開発者利用規約|デベロッパー規約|api利用規約"},
	{DeveloperTerms, "zh", "开发者协议|开发者服务协议|開發者條款"},

	{CommercialTerms, "en", "commercial terms|business terms|enterprise terms|enterprise agreement|" +
		"master services agreement|master service agreement|master subscription agreement|?msa|reseller agreement|" +
		"partner agreement|partner terms"},
	{MarketplaceSellers, "en", "seller agreement|seller terms*|seller polic*|merchant agreement|merchant terms*|" +
		"vendor agreement|vendor terms|terms for sellers|host terms|creator terms|driver terms|payments terms"},
	{MarketplaceSellers, "de", "verkauferbedingungen|handlerbedingungen|verkaufervereinbarung|" +
		"bedingungen fur verkaufer"},
	{MarketplaceSellers, "fr", "conditions vendeur*|conditions pour les vendeurs"},
	{MarketplaceSellers, "es", "condiciones para vendedores|acuerdo de vendedor*"},
	{MarketplaceSellers, "ja", "出店規約|出品者規約"},
	{MarketplaceSellers, "zh", "商家协议|卖家协议|商家服务协议"},
	{LawEnforcement, "en", "law enforcement*|guidelines for law enforcement|legal process*|government request*"},
	{LawEnforcement, "de", "strafverfolgung*|behordenanfragen"},
	{LawEnforcement, "fr", "forces de l'ordre|demandes des autorites"},
	{BrandGuidelines, "en", "brand guideline*|trademark polic*|trademark guideline*|trademark usage*|brand usage*|" +
		"brand polic*|branding guideline*|branding polic*|brand resources policy|?trademarks"},
	{BrandGuidelines, "de", "markenrichtlinie*"},
	{BrandGuidelines, "fr", "charte graphique|regles d'utilisation de la marque"},
	{VulnerabilityDisclosure, "en", "vulnerability disclosure*|responsible disclosure*|security disclosure*|" +
		"coordinated disclosure|coordinated vulnerability*|bug bounty policy|bug bounty terms"},
	{VulnerabilityDisclosure, "nl", "responsible disclosure|coordinated vulnerability disclosure"},
	{VulnerabilityDisclosure, "fr", "divulgation responsable|divulgation de vulnerabilite*"},
	{ServiceLevelAgreement, "en", "service level*|?sla"},
	{AffiliateAgreement, "en", "affiliate agreement|affiliate polic*|affiliate terms*|affiliate program terms|" +
		"affiliate disclosure|referral terms|referral program terms"},
	{AdvertisingContent, "en", "advertising polic*|ads polic*|ad polic*|advertising terms|advertising guideline*|" +
		"ad guideline*|ads guideline*|advertising content policy|advertiser terms|promoted content policy"},
	{AdvertisingContent, "de", "werberichtlinie*|anzeigenrichtlinie*"},
	{AdvertisingContent, "fr", "regles publicitaires|politique publicitaire"},
	{AdvertisingContent, "es", "politicas de publicidad|politica de anuncios"},
	{AdvertisingContent, "ja", "広告ポリシー|広告掲載基準"},
	{ComplaintsPolicy, "en", "complaints polic*|complaint policy|complaints procedure*|complaints handling|" +
		"dispute polic*|grievance polic*|complaint procedure*|?complaints"},
	{ComplaintsPolicy, "de", "beschwerdeverfahren|beschwerderichtlinie"},
	{ComplaintsPolicy, "fr", "politique de reclamation*|traitement des reclamations"},
	{ComplaintsPolicy, "nl", "klachtenregeling|klachtenprocedure|?klachten"},
	{ComplaintsPolicy, "it", "reclami|gestione dei reclami"},
	{WhistleblowerPolicy, "en", "whistleblow*|whistle blow*|speak up policy"},
	{WhistleblowerPolicy, "de", "hinweisgeber*"},
	{WhistleblowerPolicy, "fr", "lanceur d'alerte|lanceurs d'alerte|dispositif d'alerte"},
	{WhistleblowerPolicy, "es", "canal de denuncias|canal etico"},
	{WhistleblowerPolicy, "pt", "canal de denuncia*"},
	{WhistleblowerPolicy, "it", "whistleblowing|segnalazioni whistleblowing"},
	{WhistleblowerPolicy, "nl", "klokkenluider*"},
	{WhistleblowerPolicy, "sv", "visselblas*"},
	{WhistleblowerPolicy, "da", "whistleblower*"},
	{WhistleblowerPolicy, "no", "varsling*"},
	{WhistleblowerPolicy, "pl", "sygnalist*"},
	{AntiCorruption, "en", "anti corruption*|anti bribery*|anticorruption*|antibribery*"},
	{HumanRights, "en", "human rights policy|human rights statement|modern slavery*|supply chain act*|" +
		"??human rights"},
	{HumanRights, "de", "menschenrecht*|lieferkettengesetz*|lieferkettensorgfalt*"},
	{HumanRights, "no", "apenhetsloven*"},
	{HumanRights, "fr", "droits humains|droits de l'homme|devoir de vigilance"},
	{EditorialPolicy, "en", "editorial polic*|editorial guideline*|editorial standard*|corrections policy"},
	{EditorialPolicy, "de", "redaktionelle richtlinien|redaktionsstatut"},
	{EditorialPolicy, "fr", "charte editoriale|charte deontologique"},
	{ReviewGuidelines, "en", "review guideline*|review polic*|reviews policy|ratings and reviews policy"},
	{RankingParameters, "en", "ranking parameter*|how ranking works|recommender system*|search ranking*"},
	{RankingParameters, "de", "rankingparameter*|ranking parameter*|ranking kriterien"},
	{RankingParameters, "fr", "parametres de classement|classement des offres|regles de classement"},
	{PlatformToBusiness, "en", "platform to business*|p2b*"},
	{InAppPurchases, "en", "in app purchase*|virtual goods polic*|virtual items policy|virtual currency terms"},
	{LivePolicy, "en", "live polic*|livestream polic*|live streaming polic*"},
	{Monetisation, "en", "monetization polic*|monetisation polic*|monetization terms|monetisation terms|" +
		"partner program polic*|creator monetization*|creator monetisation*"},
	{ConditionsOfCarriage, "en", "conditions of carriage|contract of carriage|carriage conditions"},
	{ConditionsOfCarriage, "de", "beforderungsbedingungen"},
	{ConditionsOfCarriage, "fr", "conditions de transport|conditions generales de transport"},
	{ConditionsOfCarriage, "es", "condiciones de transporte|contrato de transporte"},
	{ConditionsOfCarriage, "it", "condizioni di trasporto"},
	{HyperlinksPolicy, "en", "linking polic*|hyperlink polic*|hyperlinks polic*|links policy|link policy|" +
		"external links policy"},
	{UserConsent, "en", "user consent policy|consent policy"},
	{ClosedCaptioning, "en", "closed caption*|captioning polic*"},
	{DeceasedUsers, "en", "deceased user*|deceased member*|memorialization policy|memorialisation policy"},
	{BusinessPrivacy, "en", "business privacy*|candidate privacy*|applicant privacy*|employee privacy*|" +
		"partner privacy*"},
	{QualityGuidelines, "en", "quality guideline*|quality standard*"},
	{SingleSignOn, "en", "single sign on policy|sso policy"},
	{SellerWarranty, "en", "seller protection*|seller warrant*|seller guarantee"},
	{BusinessMediation, "en", "business mediation*|mediators"},
	{TransparencyReport, "en", "transparency report*|dsa transparency*|??transparency|??digital services act|??dsa"},
	{TransparencyReport, "de", "transparenzbericht*|?transparenz"},
	{TransparencyReport, "fr", "rapport de transparence|rapports de transparence|?transparence"},
	{TransparencyReport, "es", "informe de transparencia|informes de transparencia"},
	{TransparencyReport, "pt", "relatorio de transparencia"},
	{TransparencyReport, "it", "rapporto di trasparenza|relazione di trasparenza"},
	{TransparencyReport, "nl", "transparantierapport*"},
	{TransparencyReport, "ja", "透明性レポート|透明性に関する*"},
	{TransparencyReport, "ko", "투명성보고서"},
	{TransparencyReport, "zh", "透明度报告|透明度報告"},

	{Hub, "en", "?legal|?legal cent*|?legal hub|?legal information|?legal info|?legal documents|" +
		"?legal terms and policies|?policies|?terms and policies|?terms & policies|?policies and terms|" +
		"?legal and privacy|?legal & privacy|?trust cent*|?policy cent*|?rules and policies|?rules & policies|" +
		"?policies and guidelines|?legal policies|?policies & guidelines|?legal stuff|?legal resources|" +
		"?policies & safety|?our policies|?legal agreements|?privacy and terms|?privacy & terms|?terms and privacy|" +
		"?terms & privacy|?legal and policies|?store policies|?trust & legal|?safety and policies"},
	{Hub, "de", "?rechtliches|?rechtliche hinweise|?rechtliche informationen|?rechtliche dokumente|?richtlinien|" +
		"?bedingungen und richtlinien|?nutzungsbedingungen und richtlinien|?rechtliche bestimmungen|" +
		"?recht und datenschutz"},
	{Hub, "fr", "?juridique|?politiques|?conditions et politiques|?conditions et reglements|?documents juridiques|" +
		"?documents legaux|?espace juridique|?legal et confidentialite|?regles et politiques"},
	{Hub, "es", "?legales|?politicas|?terminos y politicas|?condiciones y politicas|?documentos legales|" +
		"?bases legales|?asuntos legales"},
	{Hub, "pt", "?juridico|?politicas|?termos e politicas|?documentos legais|?termos e condicoes e politicas"},
	{Hub, "it", "?legale|?area legale|?documenti legali|?termini e norme|?termini e politiche|?condizioni e norme"},
	{Hub, "nl", "?juridisch|?juridische informatie|?voorwaarden en beleid|?juridische zaken"},
	{Hub, "pl", "?informacje prawne|?regulaminy|?dokumenty|?zasady i warunki|?dokumenty prawne"},
	{Hub, "sv", "?juridisk information|?villkor och policyer|?juridik|?policyer"},
	{Hub, "da", "?juridisk|?politikker|?vilkar og politikker"},
	{Hub, "no", "?juridisk informasjon|?vilkar og retningslinjer"},
	{Hub, "fi", "?oikeudelliset tiedot|?ehdot ja kaytannot|?lakiasiat"},
	{Hub, "cs", "?pravni informace|?pravidla a podminky|?dokumenty ke stazeni"},
	{Hub, "ru", "?правовая информация|?правовые документы|?юридическая информация|?документы|?правила и условия"},
	{Hub, "uk", "?правова інформація|?юридична інформація"},
	{Hub, "tr", "?yasal|?yasal bilgiler|?politikalar|?sozlesmeler|?kosullar ve politikalar"},
	{Hub, "ja", "?規約とポリシー|?規約・ポリシー|?利用規約・ポリシー|?各種規約|?法的情報|?ポリシー|?規約一覧|?規約・ガイドライン"},
	{Hub, "zh", "?法律信息|?法律条款|?条款与政策|?條款與政策|?政策与条款|?法律资讯|?平台规则|?规则中心"},
	{Hub, "ko", "?약관및정책|?약관및방침|?법적정보|?정책"},
	{Hub, "ar", "?قانوني|?القانونية|?السياسات|?الشروط والسياسات|?معلومات قانونية"},
	{Hub, "he", "?משפטי|?מידע משפטי"},

	{Setting, "en", "settings|preferences|preference cent*|privacy choices|cookie choices|manage cookie*|" +
		"manage consent|manage privacy|consent manager|do not sell*|customize cookies|customise cookies|opt out|" +
		"your choices|privacy cent*|privacy checkup|ad choices|adchoices|privacy dashboard|privacy controls"},
	{Setting, "de", "einstellungen|*einstellungen|cookies verwalten|cookies anpassen|zustimmung andern|" +
		"einwilligung*"},
	{Setting, "fr", "parametrer*|parametres des cookies|parametres cookies|parametrage*|gerer les cookies|" +
		"gerer mes cookies|gestion des cookies|preferences|personnaliser les cookies"},
	{Setting, "es", "configurar*|configuracion*|preferencias*|gestionar cookies|gestion de cookies|ajustes*"},
	{Setting, "pt", "configuracoes*|preferencias*|gerenciar cookies|gerir cookies|definicoes*"},
	{Setting, "it", "impostazioni*|preferenze*|gestisci*|gestione cookie|rivedi le tue scelte"},
	{Setting, "nl", "instellingen|cookie instellingen|cookievoorkeuren|*instellingen|voorkeuren"},
	{Setting, "pl", "ustawienia*|zarzadzaj*|preferencje*"},
	{Setting, "sv", "installningar|cookieinstallningar|*installningar|hantera kakor|hantera cookies"},
	{Setting, "da", "indstillinger|cookieindstillinger|*indstillinger"},
	{Setting, "no", "innstillinger|*innstillinger"},
	{Setting, "fi", "asetukset|evasteasetukset|*asetukset"},
	{Setting, "cs", "nastaveni*"},
	{Setting, "ru", "настройк*|управление cookie|настроить*"},
	{Setting, "uk", "налаштуван*"},
	{Setting, "tr", "ayar*|tercih*|cerez ayarlari|cerez tercihleri"},
	{Setting, "ja", "設定|cookie設定|クッキー設定"},
	{Setting, "zh", "设置|設定|偏好设置"},
	{Setting, "ko", "설정|쿠키설정"},
	{Setting, "ar", "اعدادات*|تفضيلات*"},
	{Setting, "he", "הגדרות*"},
}

// fillers are words that say nothing about which document it is.
var fillers = "our the a an your of to for on in at and & us we read see view full here more website site web app online " +
	"en fr de es pt it us uk eu new updated current latest page pages html htm php aspx index pdf download open " +
	"unsere unser der die das und zur zum im nos notre la le les des du et sur nuestra nuestro el los las y sobre " +
	"nossa nosso o os as e no na sobre il lo i gli della del di sulla dei delle van het een onze en w i z o " +
	"policy policies notice statement help support about info information general company v1 v2 v3 " +
	"non conforme partiellement conforme totalement teilweise konform"
