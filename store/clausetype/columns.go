package clausetype

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Mapping is what other lists call a type, and what gives it away. A list that has
// nothing of the kind is empty.
type Mapping struct {
	// ToSDR are titles of cases of ToS;DR that are about such clauses.
	ToSDR []string
	// UnfairToS are labels of the UNFAIR-ToS data set of LexGLUE.
	UnfairToS []string
	// CUAD are categories of the Contract Understanding Atticus Dataset.
	CUAD []string
	// DPV are concepts of the W3C Data Privacy Vocabulary 2.0, with the prefixes of its
	// own documents: dpv, pd for kinds of personal data, and risk.
	DPV []string
	// Cues are words that speak for the type: "word", "word*" for any word that begins
	// so, or several words one after the other.
	Cues []string
}

// MappingOf returns the mapping of a type; it is empty for an ID that there is none of.
func MappingOf(id string) Mapping {
	c := columns[id]
	return Mapping{readCases().byType[id], listed(c.unfair, ","), listed(c.cuad, ";"), listed(c.dpv, " "), listed(c.cues, ",")}
}

// TypesOfCase lists the types that a case of ToS;DR is about, the first one most. Not
// known: the case is in no list of ours.
func TypesOfCase(title string) (types []string, known bool) {
	types, known = readCases().byTitle[title]
	return slices.Clone(types), known
}

// Cases lists the titles of ToS;DR's cases.
func Cases() []string { return slices.Clone(readCases().titles) }

// listed cuts a column into its entries; a dash stands for none.
func listed(column, separator string) []string {
	var list []string
	for _, e := range strings.Split(column, separator) {
		if e = strings.Join(strings.Fields(e), " "); e != "" && e != "-" {
			list = append(list, e)
		}
	}
	return list
}

//go:embed tosdr.txt
var tosdr string

// caseTable is what tosdr.txt says.
type caseTable struct {
	byType  map[string][]string
	byTitle map[string][]string
	titles  []string
}

var readCases = sync.OnceValue(func() caseTable {
	t := caseTable{byType: map[string][]string{}, byTitle: map[string][]string{}}
	for line := range strings.Lines(tosdr) {
		types, title, found := strings.Cut(strings.TrimSpace(line), " | ")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		list := listed(types, " ")
		t.byTitle[title] = list
		t.titles = append(t.titles, title)
		for _, id := range list {
			t.byType[id] = append(t.byType[id], title)
		}
	}
	return t
})

// column is what the columns of a type say; a dash says that a list has nothing of the
// kind. English cues come first, then German, French, Spanish and Italian ones.
type column struct{ unfair, cuad, dpv, cues string }

var columns = map[string]column{
	"acceptance": {"Contract by using", "-", "-",
		`by using the service, by accessing or using, you agree to be bound, you accept these terms, agree to these terms,
		by clicking, constitutes acceptance, constitutes your agreement, if you do not agree, do not use the service,
		legally binding agreement, durch die nutzung, en utilisant, al utilizar, utilizzando il`},
	"arbitration": {"Arbitration", "-", "-",
		`arbitration, arbitrator*, binding arbitration, american arbitration association, aaa, jams, small claims court,
		dispute resolution, informal resolution, schiedsgericht*, schiedsverfahren, arbitrage, arbitraje, arbitrato`},
	"class_action_waiver": {"Arbitration", "Covenant Not To Sue", "-",
		`class action*, class arbitration, class member, collective action*, representative action*, representative
		proceeding*, jury trial, trial by jury, individual capacity, individual basis, sammelklage*, action collective,
		recours collectif, acción colectiva, azione collettiva`},
	"time_limit_on_claims": {"Limitation of liability", "Covenant Not To Sue", "-",
		`within one year after, one year after, must be filed within, must be commenced within, statute of limitations,
		permanently barred, forever barred, cause of action arose, cause of action accrues, claim or cause of action,
		verjähr*, prescription, prescripción`},
	"governing_law_venue": {"Choice of law, Jurisdiction", "Governing Law", "-",
		`governed by the laws, governed by and construed, governing law, laws of the state, conflict of law*, exclusive
		jurisdiction, courts located in, personal jurisdiction, venue, courts of, law of england, choice of law, gerichtsstand,
		anwendbares recht, droit applicable, tribunaux, ley aplicable, tribunales, legge applicabile, foro competente`},
	"limitation_of_liability": {"Limitation of liability", "Cap On Liability; Uncapped Liability; Liquidated Damages", "-",
		`shall not be liable, will not be liable, not be liable for, in no event shall, aggregate liability, total liability,
		limitation of liability, consequential damages, punitive damages, indirect damages, loss of profits, lost profits,
		liability is limited, haftung*, haften, responsabilité, responsabilidad, responsabilità`},
	"warranty_disclaimer": {"Limitation of liability", "Warranty Duration", "-",
		`as is, as available, merchantability, fitness for a particular purpose, without warrant*, no warrant*, disclaim*,
		warranties, error free, uninterrupted, non infringement, at your own risk, accuracy completeness, gewährleistung*,
		garantie*, garantía*, garanzi*`},
	"indemnification": {"-", "Insurance; Uncapped Liability", "-",
		`indemnif*, indemnity, hold harmless, defend and indemnify, reasonable attorneys fees, freistellen, freistellung,
		indemniser, indemnizar, indemnizará, manlevare`},
	"unilateral_modification": {"Unilateral change", "-", "dpv:PrivacyNotice",
		`change these terms, modify these terms, update these terms, changes to these terms, changes to this, revise this,
		amend these terms, amend this agreement, revised version, last updated, modified at any time, update this, may change
		this policy, material changes, continued use, changes become effective, änderungen dieser, änderung der, modifier les
		présentes, modificar estos, modificare i presenti`},
	"service_changes": {"Unilateral change, Unilateral termination", "Post-Termination Services", "-",
		`discontinue the service*, modify or discontinue, change or discontinue, suspend or discontinue, add or remove features,
		stop providing, new features, discontinue any, interruption of service, maintenance, availability of the service*,
		beta features`},
	"termination_suspension": {"Unilateral termination",
		"Expiration Date; Termination For Convenience; Post-Termination Services", "-",
		`terminate your, terminate this agreement, terminate the agreement, terminate these terms, suspend or terminate,
		suspend your account, termination of, upon termination, terminate or suspend, close your account, disable your account,
		material breach, survive termination, expiration or termination, kündig*, gekündigt, résili*, rescindir, terminación,
		recesso, risoluzione`},
	"automatic_renewal": {"-", "Renewal Term; Notice Period To Terminate Renewal", "-",
		`automatically renew*, auto renew*, automatic renewal, renews automatically, renewal term, renewal date, until you
		cancel, end of the current billing, verlängert sich, renouvel*, renovación automática, rinnovo automatico`},
	"cancellation_refunds": {"-", "Notice Period To Terminate Renewal", "-",
		`refund*, non refundable, nonrefundable, cancel your subscription, cancellation, right of withdrawal, cooling off,
		14 days, money back, return policy, widerruf*, erstatt*, rétractation, rembours*, reembols*, desistimiento,
		rimbors*, recesso`},
	"price_changes": {"Unilateral change", "Price Restrictions; Most Favored Nation", "-",
		`change our prices, change the price*, price change*, increase the price*, increase our fees, change our fees, fee
		changes, changes to fees, pricing may change, preisänderung*, modification des prix, cambio de precio`},
	"fees_payment": {"-", "Minimum Commitment; Revenue/Profit Sharing; Volume Restriction; Price Restrictions", "-",
		`payment method, credit card, billing, invoice*, fees, taxes, overdue, late payment, you agree to pay, purchase price,
		billed, payment information, subscription fee*, price, prices, zahlung*, rechnung*, paiement, facture*, pago*, factura*,
		pagament*, fattur*`},
	"user_content_licence": {"-", "License Grant; Irrevocable Or Perpetual License; Affiliate License-Licensee", "-",
		`you grant us, you grant to, grants us, royalty free, sublicens*, worldwide non exclusive, irrevocable, perpetual,
		derivative works, moral rights, license to use your content, licence to use your content, your content, user content,
		nutzungsrecht*, licence mondiale, licencia mundial, licenza`},
	"model_training_licence": {"-", "License Grant", "dpv:Derive",
		`train our models, train models, training of our models, train our ai, model training, machine learning models,
		improve our models, develop and train, training data, used for training, train artificial intelligence, ki modelle*,
		entraîner, entrenar, addestrare`},
	"ip_ownership": {"-", "Ip Ownership Assignment; Joint Ip Ownership; License Grant; Non-Transferable License; " +
		"Affiliate License-Licensor; Unlimited/All-You-Can-Eat-License; Source Code Escrow", "-",
		`intellectual property, trademark*, copyright*, all rights reserved, right title and interest, owned by us, proprietary
		rights, limited license, revocable license, logos, patents, licensors, urheberrecht*, marken, propriété intellectuelle,
		propiedad intelectual, proprietà intellettuale`},
	"output_ownership": {"-", "Ip Ownership Assignment; Joint Ip Ownership", "-",
		`own the output, ownership of output*, output*, generated content, inputs and outputs, input and output, ai generated,
		content generated by`},
	"feedback_licence": {"-", "License Grant; Ip Ownership Assignment; Irrevocable Or Perpetual License", "-",
		`feedback, suggestion*, ideas, unsolicited ideas, submit ideas, without compensation, no obligation to compensate,
		rückmeldung*, commentaires et suggestions, sugerencias, suggerimenti`},
	"takedown": {"Content removal", "-", "-",
		`dmca, counter notice, counter notification, digital millennium copyright act, copyright infringement, copyright agent,
		infringing material, takedown, take down, repeat infringer*, copyrighted work, good faith belief, penalty of perjury,
		urheberrechtsverletzung*, contrefaçon`},
	"third_party_services": {"Limitation of liability", "Third Party Beneficiary", "dpv:ThirdParty",
		`third party websites, third party sites, third party services, third party content, third party applications, links to
		other, linked sites, external websites, other websites, not responsible for the content, do not control, do not endorse,
		links to third, fremde inhalte, externe links, sites tiers, sitios de terceros, siti di terzi`},
	"confidentiality": {"-", "Non-Disparagement", "dpv:ConfidentialData",
		`confidential information, confidentiality, non disclosure, nondisclosure, receiving party, disclosing party, trade
		secret*, keep confidential, vertraulich*, confidentialité, confidencialidad, riservatezza`},
	"assignment": {"-", "Anti-Assignment; Change Of Control; Rofr/Rofo/Rofn", "-",
		`may not assign, may assign, assign this agreement, assign these terms, assign or transfer, assignment, successors and
		assigns, delegate, prior written consent, abtreten, übertragung, céder, cession, ceder, cesión, cedere, cessione`},
	"force_majeure": {"Limitation of liability", "-", "-",
		`force majeure, beyond our reasonable control, beyond its reasonable control, beyond our control, acts of god, act of
		god, natural disaster*, war terrorism, strikes, höhere gewalt, höherer gewalt, fuerza mayor, forza maggiore`},
	"severability": {"-", "-", "-",
		`severab*, invalid or unenforceable, unenforceable, remaining provisions, full force and effect, waiver of any, failure
		to enforce, failure to exercise, not constitute a waiver, deemed a waiver, salvatorische, unwirksam*, nulle ou,
		inapplicable, nula o, invalidità`},
	"entire_agreement": {"-", "Document Name; Parties; Agreement Date; Effective Date; Third Party Beneficiary", "-",
		`entire agreement, supersede*, prior agreements, additional terms, supplemental terms, incorporated by reference, order
		of precedence, shall prevail, language version, english version, conflict between, third party beneficiar*, gesamte
		vereinbarung, intégralité de l accord, acuerdo completo, intero accordo`},

	"controller_contact": {"-", "-", "dpv:DataController dpv:DataProtectionOfficer dpv:Representative",
		`data controller, controller of your, data protection officer, dpo, contact us at, questions about this, privacy
		officer, eu representative, supervisory authority, lodge a complaint, complaint with, verantwortlicher,
		datenschutzbeauftragte*, responsable du traitement, délégué à la protection, responsable del tratamiento, delegado de
		protección, titolare del trattamento`},
	"data_collection": {"-", "-", "dpv:Collect dpv:Obtain dpv:PersonalData",
		`information we collect, we collect, we may collect, you provide to us, information you provide, collected from you,
		information about you from, we receive, categories of personal, when you create an account, personal information
		collected, erheben, erhoben, nous collectons, recopilamos, raccogliamo`},
	"purpose_of_use": {"-", "-", "dpv:Purpose dpv:Use dpv:ServiceProvision",
		`we use your information, use your personal, how we use, use the information, to provide and improve, following purposes,
		purposes for which, use personal data, to improve our services, to personalize, to respond to your, zwecke*, finalités,
		finalidades, finalità`},
	"legal_basis_consent": {"-", "-", "dpv:LegalBasis dpv:Consent dpv:LegitimateInterest dpv:Contract",
		`legal basis, legal bases, lawful basis, legitimate interest*, performance of a contract, legal obligation, withdraw
		your consent, with your consent, based on your consent, rechtsgrundlage, berechtigtes interesse, einwilligung*, base
		légale, intérêt légitime, consentement, base jurídica, interés legítimo, consentimiento, base giuridica, consenso`},
	"sensitive_data": {"-", "-", "dpv:SensitivePersonalData dpv:SpecialCategoryPersonalData pd:Health",
		`sensitive personal, special categor*, sensitive information, sensitive data, racial or ethnic, religious beliefs, sexual
		orientation, health information, political opinions, health data, gesundheitsdaten, données sensibles, datos sensibles,
		dati sensibili, categorie particolari`},
	"children_data": {"-", "-", "dpv:Child dpv:ParentOfDataSubject",
		`under 13, under the age of 13, under 16, children s privacy, directed to children, from children, parental consent,
		parent or guardian, coppa, minors, child, children, kinder*, enfants, menores, minori`},
	"biometric_data": {"-", "-", "pd:Biometric",
		`biometric*, facial recognition, face recognition, voiceprint*, faceprint*, fingerprint scan, face geometry, iris,
		gesichtserkennung, biométri*, biométric*`},
	"location_data": {"-", "-", "pd:Location pd:GPSCoordinate",
		`location information, location data, precise location, geolocation, gps, your location, location services, wi fi
		access points, approximate location, standortdaten, standort*, géolocalisation, ubicación, posizione geografica`},
	"device_identifiers": {"-", "-", "pd:DeviceBased pd:IPAddress pd:BrowserFingerprint pd:DeviceSoftware",
		`ip address*, device identifier*, browser type, operating system, log files, log data, device information, usage data,
		unique device, advertising id*, automatically collect*, referring, pages you visit, user agent, ip adresse*, adresse ip,
		dirección ip, indirizzo ip`},
	"cookies_tracking": {"-", "-", "pd:BrowsingBehavior dpv:Observe",
		`cookie*, web beacon*, pixel*, tracking technolog*, local storage, google analytics, browser settings, do not track,
		similar technologies, opt out of cookies, session cookies`},
	"targeted_advertising": {"-", "-", "dpv:TargetedAdvertising dpv:PersonalisedAdvertising",
		`targeted advertis*, interest based, personalized ad*, personalised ad*, relevant ads, ad targeting, advertisers,
		advertising partners, behavioural advertising, behavioral advertising, show you ads, retargeting, ad networks,
		personalisierte werbung, publicité ciblée, publicidad personalizada, pubblicità`},
	"direct_marketing": {"-", "-", "dpv:DirectMarketing dpv:Marketing",
		`marketing communications, promotional emails, promotional communications, marketing emails, unsubscribe, newsletter*,
		text messages, sms, marketing purposes, opt out of receiving, promotional messages, push notifications, werbung,
		prospection, comunicaciones comerciales, comunicazioni commerciali`},
	"sale_or_sharing": {"-", "-", "dpv:SellDataToThirdParties",
		`sell your personal, sale of personal, do not sell, sell or share, sell personal, cross context, we sell, not sell,
		sale or sharing, opt out of the sale, verkaufen, vendons pas, vendemos, vendiamo`},
	"third_party_disclosure": {"-", "-", "dpv:Disclose dpv:Share dpv:ThirdParty dpv:Recipient",
		`share your information, disclose your, share your personal, third parties with whom, we may share, share information
		with, we share, disclosed to third, affiliates, business partners, publicly visible, disclose personal information,
		weitergabe, weitergegeben, partageons, compartimos, condividiamo, destinatari`},
	"service_providers": {"-", "-", "dpv:DataProcessor dpv:DataSubProcessor dpv:ServiceProvider",
		`service providers, processor*, subprocessor*, sub processor*, on our behalf, perform services, data processing
		agreement, vendors, hosting providers, auftragsverarbeit*, sous traitants, encargados del tratamiento, responsabili del
		trattamento`},
	"government_requests": {"-", "Audit Rights", "dpv:LegalCompliance dpv:LegalObligation dpv:GovernmentalOrganisation",
		`law enforcement, subpoena*, court order*, legal process, government request*, comply with the law, required by law,
		legal requests, governmental authorit*, public authorities, comply with legal, national security, behörden, autorités,
		autoridades, autorità`},
	"merger_transfer": {"-", "Change Of Control", "dpv:Transfer",
		`merger, acquisition, sale of assets, bankruptcy, reorganization, sale of all, business transfer*, change of control,
		change in control, acquired by, sale of the business, transfer of assets, fusion, fusión, fusione, übernahme`},
	"international_transfers": {"-", "-", "dpv:CrossBorderTransfer",
		`international transfer*, standard contractual clauses, adequacy decision, outside the european, transferred to the
		united states, data privacy framework, privacy shield, outside of your country, european economic area, other countries,
		cross border, third countries, drittland, drittländer*, standardvertragsklauseln, clauses contractuelles types, cláusulas
		contractuales tipo, clausole contrattuali`},
	"data_retention": {"-", "-", "dpv:StorageCondition dpv:StorageDuration dpv:Store",
		`retention, retain your, we retain, retained for, as long as necessary, how long we, storage period, retention period*,
		keep your information, kept for, stored for, no longer than, speicherdauer, aufbewahr*, durée de conservation, conservons,
		conservación, conservazione`},
	"data_deletion": {"-", "-", "dpv:Erase dpv:Delete dpv:Remove dpv:StorageDeletion",
		`delete your account, deletion of, request deletion, erasure, erase, deleted from, deleting your, permanently deleted,
		right to be forgotten, account deletion, löschung, löschen, suppression, effacement, supresión, eliminación,
		cancellazione`},
	"access_portability": {"-", "-", "dpv:DataSubjectRight dpv:Access dpv:Export dpv:Modify",
		`right to access, right of access, data portability, rectif*, access correct, correct or update, copy of your personal,
		machine readable, request access, your rights, right to know, access and update, download your data, auskunft*,
		berichtig*, datenübertragbarkeit, droit d accès, portabilité, derecho de acceso, portabilidad, diritto di accesso,
		portabilità`},
	"opt_out_rights": {"-", "-", "dpv:DataSubjectRight dpv:WithdrawConsent dpv:OptingOutFromProcess",
		`right to object, opt out, opt out of, object to the processing, your choices, restrict the processing, right to
		restrict, limit the use, appropriate control, global privacy control, widerspr*, droit d opposition, derecho de
		oposición, diritto di opporsi`},
	"automated_decisions": {"-", "-", "dpv:AutomatedDecisionMaking dpv:Profiling dpv:HumanInvolvement",
		`automated decision*, automated processing, profiling, solely automated, legal effects, human intervention,
		automatisierte entscheidung*, décision automatisée, decisiones automatizadas, processo decisionale automatizzato`},
	"ai_training_personal_data": {"-", "-", "dpv:Purpose dpv:Derive",
		`train our ai, train ai, personal data to train, training our models, develop and improve our models, train generative,
		machine learning, training artificial intelligence, ai models`},
	"deidentified_data": {"-", "-", "dpv:Anonymise dpv:Pseudonymise dpv:Deidentification dpv:AnonymisedData dpv:Aggregate",
		`aggregate*, de identified, deidentified, anonymi*, pseudonymi*, non personal information, not identify you, anonymisiert*,
		données agrégées, datos agregados, dati aggregati`},
	"data_security": {"-", "-", "dpv:TechnicalMeasure dpv:OrganisationalMeasure dpv:Encryption",
		`security measures, reasonable security, encrypt*, safeguards, protect your information, unauthorized access, secure
		sockets, ssl, technical and organizational, technical and organisational, no method of transmission, 100 secure,
		firewalls, sicherheitsmaßnahmen, mesures de sécurité, medidas de seguridad, misure di sicurezza`},
	"breach_notification": {"-", "-", "dpv:DataBreachNotice dpv:DataBreachNotification risk:DataBreach",
		`data breach*, security breach*, security incident*, notify you of a breach, breach notification, personal data breach,
		datenpanne*, violation de données, violación de seguridad, violazione dei dati`},

	"age_requirement": {"-", "-", "dpv:AgeVerification",
		`at least 13, at least 18, at least 16, years of age, years old, legal age, age of majority, minimum age, under 18,
		old enough, age requirement*, volljährig, mindestens 18, mindestens 16, avoir au moins, mayor de edad, maggiorenne`},
	"account_security": {"-", "-", "dpv:AuthenticationProtocols",
		`password*, your account, username*, login credentials, account credentials, responsible for all activity, create an
		account, account information, unauthorized use of your account, accurate and complete, registration, passwort, zugangsdaten,
		mot de passe, contraseña, credenziali`},
	"acceptable_use": {"-", "-", "-",
		`you agree not to, you may not use, prohibited uses, you must not, acceptable use, you shall not, violate any law,
		illegal purposes, interfere with, unauthorized access, malware, viruses, spam, impersonate, harass, nicht gestattet,
		il est interdit, está prohibido, è vietato`},
	"prohibited_content": {"Content removal", "Non-Disparagement", "-",
		`hate speech, nudity, pornograph*, obscene, defamatory, harassment, violent, child sexual, self harm, bullying, terrorism,
		sexually explicit, misinformation, graphic content, threatening, objectionable, illegal content, graphic violence`},
	"ai_use_restrictions": {"-", "-", "-",
		`ai generated, generative ai, ai features, use output to, ai systems, artificial intelligence features, deepfake*,
		synthetic media, disclose that, ai policy`},
	"scraping_reverse_engineering": {"-", "-", "-",
		`reverse engineer*, decompile, disassemble, scrape, scraping, crawl*, spider*, robots, automated means, data mining,
		source code, bots, zurückentwickeln, ingénierie inverse, ingeniería inversa`},
	"competing_use": {"-", "Non-Compete; Exclusivity; No-Solicit Of Customers; No-Solicit Of Employees; " +
		"Competitive Restriction Exception", "-",
		`competing product*, competitive product*, compete with, competitor*, benchmark*, similar or competitive, develop a
		competing, competing service`},
	"commercial_use": {"-", "Non-Transferable License; Volume Restriction", "-",
		`commercial purposes, non commercial, personal use, resell, resale, commercial use, commercially exploit, rent lease,
		internal business purposes, gewerblich*, usage commercial, usage personnel, uso comercial, uso personal, uso
		commerciale`},
	"api_limits": {"-", "Volume Restriction; Minimum Commitment; Unlimited/All-You-Can-Eat-License", "-",
		`rate limit*, api calls, api key*, usage limits, quota*, bandwidth, fair use, exceed the limits, throttl*, storage limit*,
		number of requests`},
	"moderation_appeals": {"Content removal", "-", "-",
		`appeal, appeals, remove content, remove any content, content moderation, moderat*, reinstate*, enforcement action*, review
		our decision, statement of reasons, report content, flagging, community guidelines, internal complaint, out of court
		dispute settlement, strikes, beschwerde*, réclamation interne`},
	"monitoring": {"-", "Audit Rights", "dpv:Monitor dpv:SystematicMonitoring",
		`monitor, monitoring, no obligation to monitor, right to monitor, review content, record calls, calls may be recorded,
		inspect, audit, access your content, überwach*, surveiller, supervisar`},
	"export_control": {"-", "-", "-",
		`export control*, export law*, export administration, sanction*, embargo*, ofac, denied persons, specially designated,
		re export, u s export, exportkontroll*, contrôle des exportations, control de exportaciones`},
}
