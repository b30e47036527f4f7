package lint

// topics are what clauses are about, each with the types of clause that are about it
// and the cues that speak of it: "word", "word*" for any word that begins so, or several
// words one after the other. English first, then what German, French, Spanish and Italian
// terms call it. A test holds the types against those of package clausetype.
var topics = []struct{ name, types, cues string }{
	{"disputes",
		"arbitration class_action_waiver time_limit_on_claims governing_law_venue",
		`legal action*, sue, suit, suits, judge*, class member, neutral, award, hearing, trial by, complaint*, settle*,
			resolve*, ombuds*, arbitrat*, class action*, class-wide, collective action*, representative action*, jury,
			dispute*, small claims, court*, mediat*, litigat*, lawsuit*, governing law, governed by the law*, laws of,
			jurisdiction of, venue, statute of limitations, bring a claim, cause of action, within one year after,
			tribunal*, schiedsgericht*, sammelklage*, gerichtsstand*, anwendbares recht, streitig*, arbitrage, litige*,
			tribunaux, droit applicable, recours collectif*, arbitraje, tribunales, ley aplicable, arbitrato, foro
			competente, controversi*`},
	{"liability",
		"limitation_of_liability warranty_disclaimer indemnification force_majeure",
		`responsible for, not responsible, answer for, owe you, under no circumstances, in no event, guarantee*, promise,
			loss, injur*, hurt, compensat*, best efforts, accurate, accuracy, liab*, damages, warrant*, as is, as available,
			merchantab*, fitness for, indemnif*, indemnity, hold harmless, consequential, punitive, negligence, beyond our
			control, beyond its reasonable control, force majeure, act of god, at your own risk, errors or omissions,
			uninterrupted, error-free, losses, haftung*, haften, gewährleist*, höhere gewalt, responsabilit*, garantie*,
			dommages, responsabilidad, garantía*, daños, garanzi*, danni`},
	{"changes of the terms",
		"unilateral_modification service_changes acceptance severability entire_agreement assignment",
		`alter*, amend*, modif*, revis*, update*, change these, may change, change our, notice of changes, new terms,
			latest wording, latest version, current version, posting, from time to time, prior notice, advance notice,
			before they take effect, take effect, days beforehand, stop using, wording, replaces, modify these, amend these,
			update these, changes to these, changes to this, revise these, revised terms, updated terms, new version of,
			modify the service*, discontinue, at any time without notice, continued use, by using the, you accept, you agree
			to be bound, agree to these, enter into this, binding agreement, severab*, unenforceable, invalid, waiver of,
			entire agreement, supersede*, assign this, assign these, assign or transfer, transfer this agreement, assign our
			rights, successor*, änderung*, modifier les, modificar est*, modific*`},
	{"ending and suspension",
		"termination_suspension moderation_appeals",
		`lock you out, lock out, locked, closed, close an, close or, shut down, remove you, kick*, exclude you, end this,
			end the, end our, end your, account was, withdraw access, disabl*, break these rules, breach of, violat*,
			reinstat*, look at it again, terminat*, suspend*, suspension, deactivat*, close your account, disable your
			account, delete your account, cancel your account, ban, banned, strike*, appeal*, restrict your access, revoke
			your access, block your access, lock your account, remove your content, removed content, moderat*, enforce*,
			repeat infring*, kündig*, sperren, sperrung, gesperrt, résili*, suspendre, rescindir, suspender, recesso,
			sospen*`},
	{"money",
		"automatic_renewal cancellation_refunds price_changes fees_payment",
		`bill, bills, bill the, price, cost*, money, card, currency, discount*, coupon*, plan, plans, paying,
			memberships, credit*, deposit*, late payment, deliver*, shipping, purchase*, order, orders, fee, fees, charge,
			charges, charged, payment*, pay, paid, billing, billed, subscription*, renew*, refund*, price*, pricing, trial,
			cancel*, tax, taxes, invoice*, credit card, payment method, money back, gebühr*, preis*, zahlung*, abonnement*,
			erstatt*, verlänger*, prix, paiement, rembours*, renouvel*, precio*, pago*, reembols*, suscripci*, prezz*,
			pagament*, rimbors*`},
	{"licence to content",
		"user_content_licence feedback_licence ip_ownership output_ownership takedown",
		`post, posts, posted, upload*, you write, remains yours, remain yours, yours, you own, keep the copyright,
			permission to, show it, show what, display, take them down, take it down, translate it, content you, your
			content, user content, reviews, videos, pictures, photos, without payment, creat*, licen*, sublicen*, royalt*,
			worldwide, perpetual, irrevocable, transferable, derivative works, publicly display*, publicly perform*, host,
			reproduce, distribute, adapt, intellectual property, copyright*, trademark*, own your, ownership, owns, retain
			all rights, right, title and interest, feedback, suggestion*, dmca, infring*, counter-notice, take down,
			takedown, moral rights, nutzungsrecht*, lizenz*, urheber*, unwiderruflich, propriété intellectuelle,
			irrévocable, droits d'auteur, derechos de autor, propiedad intelectual, licencia*, proprietà intellettuale,
			licenza`},
	{"training of models",
		"model_training_licence ai_training_personal_data",
		`learn from, better models, smarter, feed*, fed into, neural, chatbot*, what you type, your chats, evaluat*,
			train, trains, trained, training, machine learning, artificial intelligence, ai, model, models, large language,
			language model*, generative, algorithm*, fine-tun*, dataset*, improve our, improve the service*, improve its,
			improve their, develop and improve, develop new, improving our, improve and develop, prompt*, input and output,
			inputs and outputs, output, outputs, inputs, conversation*, human review*, künstliche* intelligenz, maschinell*,
			trainier*, intelligence artificielle, entraîn*, apprentissage automatique, inteligencia artificial, entren*,
			aprendizaje automático, intelligenza artificiale, addestr*`},
	{"third-party services",
		"third_party_services",
		`partner sites, third-party content, third party content, third-party app*, plugins, plug-ins, open source,
			third-party service*, third-party site*, third-party website*, third party service*, third party website*,
			external site*, external link*, links to other, linked site*, other websites, integrat*, do not control, don't
			control, not responsible for their, fremde inhalte, sites tiers, sitios de terceros`},
	{"confidentiality",
		"confidentiality",
		`confidential*, nondisclosure, non-disclosure, trade secret*, proprietary information, secret, vertraulich*,
			confidentiel*, confidencial*, riservat*`},
	{"collection of data",
		"controller_contact data_collection device_identifiers",
		`gather*, receive from you, we obtain, you give us, you provide, when you register, learn about you, record*,
			operating system, browser, hardware, we collect, we may collect, we also collect, collects, collected,
			collection of, information you provide, information you give, you provide to us, automatically, ip address*,
			device identifier*, device id*, browser type, log data, log file*, usage data, usage information, advertising
			id*, data controller, controller is, data protection officer, erheben, erhoben, verantwortlicher, ip-adresse*,
			nous collectons, responsable du traitement, adresse ip, recopilamos, dirección ip, raccogliamo, indirizzo ip`},
	{"purposes",
		"purpose_of_use",
		`we use your information, we use the information, use your data to, use personal data to, for the following
			purposes, purposes for which, to provide and maintain, personaliz*, personalis*, analytics, research, zwecke*,
			finalité*, finalidad*, finalità`},
	{"legal basis",
		"legal_basis_consent",
		`legal basis, legal bases, lawful basis, legitimate interest*, consent*, performance of a contract, legal
			obligation*, withdraw*, rechtsgrundlage*, einwillig*, berechtigte* interess*, base légale, consentement,
			intérêt* légitime*, base jurídica, consentimiento, base giuridica, consenso`},
	{"sensitive data",
		"sensitive_data biometric_data location_data",
		`where you are, where you go, position, positions, coordinate*, latitude, wi-fi, whereabouts, nearby, maps,
			disabilit*, body, dna, heartbeat, sensitive, special categor*, health, medical, genetic*, biometric*, face*,
			facial, voiceprint*, fingerprint*, iris, location*, gps, geolocation*, precise geo*, racial, ethnic*, religio*,
			sexual orientation, political opinion*, gesundheit*, biometri*, standort*, santé, géolocalisation, salud,
			ubicación, salute, posizione`},
	{"children",
		"children_data age_requirement",
		`pupil*, school*, student*, age, aged, young, younger, youth, juvenile*, adult*, family, families, eighteen,
			thirteen, sixteen, of age, grown, child*, minor, minors, under 13, under the age, under 16, under 18, years old,
			years of age, age of majority, at least 13, at least 18, parent*, guardian*, teen*, old enough, kind, kinder*,
			minderjährig*, eltern, enfant*, mineur*, menor*, niños, minori, genitori`},
	{"cookies",
		"cookies_tracking",
		`tracker*, tracking, tracks, analytics tool*, browser saves, opt-out preference signal*, cookie*, pixel*, web
			beacon*, beacon*, tracking technolog*, local storage, similar technolog*, do not track, global privacy control,
			tags, sdk*, session replay, traceurs`},
	{"advertising",
		"targeted_advertising direct_marketing",
		`marketers, campaign*, promote*, email* you about, news about, offers from, sponsor*, ad partner*, advertis*,
			ads, ad, marketing, promotion*, newsletter*, interest-based, targeted, behavioral, behavioural, unsubscribe,
			text messages, promotional, sms, offers, werb*, publicit*, prospection, publicidad, pubblicit*`},
	{"sharing data",
		"sale_or_sharing third_party_disclosure service_providers merger_transfer",
		`hand over, hand out, pass on, passes on, give to, given to, made available to, rent, rents, provide to, receive
			your, exchange, share your, share it, share the, share that, share personal, share information, share data,
			shared with, sharing of, sharing with, share with, sell, sells, selling, sold, sale of, disclos*, third party,
			third parties, affiliate*, partner*, service provider*, processor*, subprocessor*, sub-processor*, vendor*,
			contractors, merger, acquisition, bankruptcy, data broker*, corporate family, group companies, weitergabe,
			weitergeben, dritte, dritten, auftragsverarbeiter*, partager, partageons, tiers, sous-traitant*, compartir,
			compartimos, terceros, condividere, terzi`},
	{"authorities",
		"government_requests",
		`authorities, crime*, criminal, judge, government, governments, officials, agency, agencies, agency request,
			demands from, legal demand*, investigat*, prosecut*, regulator*, law enforcement, subpoena*, court order*,
			warrant, warrants, government*, legal process, public authorit*, legal request*, comply with the law, comply
			with law*, required by law, lawful request*, national security, police, behörde*, autorités, autoridades,
			autorità`},
	{"transfers",
		"international_transfers",
		`abroad, overseas, countries, other country, data center*, designated countries, across borders, cross-border, leaves your country, leave your country, another country,
			foreign, jurisdictions outside, data center*, data centre*, computers stand, worldwide transfer*, international
			transfer*, transfer* outside, transferred to, transferred outside, other countries, outside the eea, outside the
			european, outside your country, outside of your country, country of residence, standard contractual, adequacy,
			data privacy framework, privacy shield, servers in, located in the united states, stored in the united states,
			binding corporate rules, drittland*, drittländer*, standardvertragsklauseln, clauses contractuelles types,
			transfert*, cláusulas contractuales, transferencia*, trasferi*`},
	{"retention",
		"data_retention data_deletion",
		`keep, keeps, for up to, how long, days after, months after, years after, gets rid, get rid, removed after, wiped, wipe, archiv*, period,
			expire*, discard*, storage period, retain your, retain personal, retain the, retain information, retain data,
			retain certain, retain it, retained, retains, retention, keep your, keep the, keep it, keep personal, keep
			information, kept, keeps your, stored for, store your, store it, stores your, hold your, held for, hold onto,
			hold on to, delet*, eras*, destroy*, purge*, as long as, no longer need*, no longer necessary, necessary to
			fulfil*, backup*, anonymiz* it, aufbewahr*, gespeichert, speicherdauer, lösch*, conserv*, supprim*, effac*,
			eliminar, eliminación, cancella*`},
	{"rights over data",
		"access_portability opt_out_rights automated_decisions",
		`wrong entries, ask us to, export your, download your, say no, settings to, choose not, limit how, see what we,
			right to access, access your, access to your, copy of your, request a copy, correct*, rectif*, portab*, object
			to, objection, opt out, opt-out, opting out, your rights, data subject, restrict the processing, restrict
			processing, automated decision*, automated, solely automated, profiling, human intervention, lodge a complaint,
			supervisory authority, privacy choices, exercise your, auskunft, berichtig*, widersprech*, widerspruch, vos
			droits, droit d'accès, vous opposer, sus derechos, oponerse, i tuoi diritti, diritto di`},
	{"anonymous data",
		"deidentified_data",
		`de-identif*, deidentif*, aggregat*, anonymi*, pseudonym*, reidentif*, re-identif*, does not identify, no longer
			identif*, cannot be linked, agrégé*, anonymes, agregad*, anónim*, anonim*`},
	{"security",
		"data_security breach_notification account_security",
		`attack*, defence*, defense*, intrusion*, break into, broken into, penetration test*, vulnerab*, audit*, access
			is limited, access control*, protect*, safe, leak*, stolen, loss of data, threat*, security, secure, safeguard*,
			encrypt*, unauthori*, breach*, incident*, password*, credential*, two-factor, firewall*, protect your, technical
			and organi*, hack*, compromised, sicherheit*, passwor*, sécurité, mot de passe, seguridad, contraseña, sicurezza`},
	{"rules of use",
		"acceptable_use prohibited_content commercial_use monitoring export_control",
		`do not, don't use, allowed to, rules, conduct, behavio*, community guidelines, respect others, harmful,
			dangerous, violence, offensive, nudity, weapons, you may not, you must not, you shall not, you will not, you
			agree not to, prohibit*, not permitted, not allowed, forbidden, unlawful, illegal, harass*, hate*, abus*,
			obscene, violen*, spam, malware, virus*, impersonat*, fraud*, misleading, resell, resale, commercial use,
			commercial purpose*, commercially, personal use, non-commercial, sanction*, export control*, export law*,
			embargo*, monitor*, untersagt, verboten, interdit*, prohibid*, vietat*`},
	{"machine access",
		"ai_use_restrictions scraping_reverse_engineering competing_use api_limits",
		`script, scripts, automated, automatic access, bulk, without permission, mirror, copying of, tool to, robots,
			program that, scrap*, crawl*, spider*, robot*, bots, automated means, automatically access, data mining,
			harvest*, reverse engineer*, decompil*, disassembl*, source code, compet*, rate limit*, api, api key*, api
			calls, requests per, quota*, benchmark*, extract data, foundation model*, develop models, robots.txt`},
}

// boilerplate are words that clauses about anything have.
var boilerplate = set(`
about above access account accordance according additional agree agreement also always another applicable apply
based because been before being below between both business cannot certain company conditions contact could
customer customers data described details different does document during each either else every example except
extent following from further general give given have having hereby herein herself however include included
includes including information inform into itself law laws legal like limited made make many materials matter
means more most must necessary need notice only order other others ourselves over own part parties party people
permitted person personal platform please policies policy possible privacy product products provide provided
provider provides providing purpose purposes reason reasonable reasonably receive regarding related relating
request required respect right rights same section services service shall should site some software specific
subject such term terms than that their them themselves then there thereof these they thing things third this
those through time under unless until upon used user users uses using various very want website well were what
when where whether which while will with within without work would your yours yourself may our and the for you
any are can has its not per was who all but use using way new one two`)
