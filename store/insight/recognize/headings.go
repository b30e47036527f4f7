package recognize

import (
	"sort"
	"strings"
	"sync"

	"fineprint/store/text/words"
)

// headingRows are what headings say of the type of the clauses below them, "" for
// headings above what is of no type. The longest of the phrases that a heading holds
// counts; one that begins with = has to be all of it.
var headingRows = []struct{ id, phrases string }{
	{"", `contact us, contact information, how to contact us, =contact, contacting us, contact details, =questions,
		table of contents, =contents, definitions, =glossary, =overview, =introduction, =welcome, =about us, =summary,
		=preamble, =scope, who we are, key terms, =interpretation, changelog, change log, more information, =resources,
		other useful resources, additional resources, =customer service, =support, about this privacy, what this covers,
		when this policy applies, begriffsbestimmungen, =kontakt, définitions, definiciones, definizioni, =contacto`},
	{"acceptance", `acceptance of, accepting these terms, agreement to terms, your agreement, consent to these terms, your acceptance,
		zustimmung, acceptation, aceptación, accettazione`},
	{"arbitration", `arbitration, dispute resolution, =disputes, resolving disputes, resolution of disputes, informal resolution,
		streitbeilegung, arbitraje, arbitrato, règlement des litiges`},
	{"class_action_waiver", `class action, class waiver, jury trial, class actions, no class`},
	{"time_limit_on_claims", `time limit, limitation on time, limitation of claims, limitation period, limitations period`},
	{"governing_law_venue", `governing law, applicable law, choice of law, jurisdiction and venue, venue, law and jurisdiction,
		law and forum, jurisdiction, anwendbares recht, gerichtsstand, droit applicable, loi applicable, ley aplicable,
		legislación aplicable, legge applicabile`},
	{"limitation_of_liability", `limitation of liability, limitations of liability, limitation on liability, limits on liability,
		limitations on liability, =liability, our liability, exclusion of liability, haftung, haftungsbeschränkung,
		responsabilité, limitación de responsabilidad, responsabilità`},
	{"warranty_disclaimer", `disclaimer of warranties, disclaimer of warranty, warranty disclaimer, no warranty, no warranties, =disclaimer,
		=disclaimers, warranties, =warranty, warranty disclaimers, no guarantee, as is, gewährleistung, garanties, garantías,
		garanzie`},
	{"indemnification", `indemnification, indemnity, indemnities, indemnify, freistellung, indemnisation, indemnización,
		indennizzo, manleva`},
	{"unilateral_modification", `changes to this, changes to these, changes to our privacy, changes to the terms, changes to the
		privacy, changes to the policy, =changes, =modifications, =modification, =amendments, =amendment, modification of, updates to this, updates to our, updates to these,
		policy changes, changes in this, changes in our, revisions to, amendments to, modifications to, =updates, änderungen dieser,
		änderung der, modifications de, modificaciones de, modifiche`},
	{"service_changes", `changes to the service, changes to services, changes to our services, modifications to the service,
		modification of the service, service availability, availability of the service, discontinuation, beta services,
		beta features, modification of services, updates to the services`},
	{"termination_suspension", `termination, =term, suspension, account termination, terminating, suspending, closing your account,
		kündigung, résiliation, rescisión, terminación, recesso, risoluzione`},
	{"automatic_renewal", `automatic renewal, auto renewal, =renewal, renewals, renewal of, auto renewing, verlängerung`},
	{"cancellation_refunds", `refund, refunds, cancellation, cancellations, return policy, =returns, right of withdrawal,
		cancelling, widerrufsrecht, widerruf, remboursement, droit de rétractation, reembolsos, rimborsi`},
	{"price_changes", `price changes, changes to pricing, fee changes, changes to fees, price increases, changes in price`},
	{"fees_payment", `fees, payment, payments, billing, =pricing, =prices, =taxes, terms of payment, charges, payment terms,
		invoicing, zahlung, preise, paiement, pagos, precios, pagamenti`},
	{"user_content_licence", `user content, your content, license to your content, license to us, user submissions, user generated,
		=submissions, content you, licence to us, permission to use your content, rights you grant, license grant by you,
		customer content, license you grant`},
	{"model_training_licence", `model training, training on your content, use of content to train, improve our models`},
	{"ip_ownership", `intellectual property, proprietary rights, trademarks, =trademark, =copyright, =ownership, our content,
		copyright and trademark, =license, =licence, license to use, limited license, urheberrecht, propriété intellectuelle,
		propiedad intelectual, proprietà intellettuale`},
	{"output_ownership", `ownership of output, ownership of content generated, =output, outputs, ai outputs, generated content`},
	{"feedback_licence", `feedback, suggestions, unsolicited ideas, idea submissions, ideas`},
	{"takedown", `dmca, copyright infringement, copyright complaints, copyright policy, notice and takedown, copyright claims,
		claims of infringement, repeat infringer, counter notice, counter notification, notice of infringement, infringement`},
	{"third_party_services", `third party links, third party websites, third party services, third party content, third party sites,
		links to other, links to third, external links, =links, linked sites, third party products, third party materials,
		third party apps, other websites, externe links, sites tiers, sitios de terceros`},
	{"confidentiality", `confidentiality, confidential information, non disclosure, vertraulichkeit, confidentialité, confidencialidad,
		riservatezza`},
	{"assignment", `assignment, =transfer of rights, abtretung, cession, cesión`},
	{"force_majeure", `force majeure, höhere gewalt, fuerza mayor, forza maggiore, events beyond our control`},
	{"severability", `severability, no waiver, =waiver, survival and severability, severance, salvatorische klausel, divisibilidad,
		enforceability`},
	{"entire_agreement", `entire agreement, order of precedence, additional terms, =precedence, other terms, supplemental terms,
		language, relationship between, =third party rights, third party beneficiaries`},
	{"controller_contact", `data controller, data protection officer, controller, responsible for your, verantwortlicher,
		responsable du traitement, responsable del tratamiento, titolare del trattamento, supervisory authority, complaints to,
		right to complain, right to lodge, data protection authority`},
	{"data_collection", `information we collect, data we collect, personal information we collect, what information do we collect,
		collection of, information you provide, what we collect, information collected, sources of, information from other sources,
		what data, types of data, personal data we collect, categories of personal, welche daten, données collectées,
		datos que recopilamos, dati raccolti, things you create`},
	{"purpose_of_use", `how we use your information, how we use information, how we use the information, use of information,
		use of your information, how we use personal, purposes of, purposes for, use of personal, why we process,
		how do we use your, why we collect, purpose of processing, provide our services, maintain improve our services,
		zwecke der, finalités, finalidades, finalità`},
	{"legal_basis_consent", `legal basis, legal bases, lawful basis, =consent, legitimate interests, basis for processing,
		with your consent, your consent, rechtsgrundlage, base légale, base jurídica, base giuridica, contractual necessity`},
	{"sensitive_data", `sensitive personal, sensitive information, sensitive data, special categories, health data, sensitive categories,
		besondere kategorien, données sensibles, datos sensibles`},
	{"children_data", `children, children s, minors, child, kids, kinder, enfants, menores, minori`},
	{"biometric_data", `biometric, biometrics, facial recognition, face data, biometric information`},
	{"location_data", `location data, location information, =location, geolocation, location services, your location, standortdaten`},
	{"device_identifiers", `device information, ip address, log data, log files, automatically collected, collect automatically,
		usage data, usage information, device identifiers, automatic information, server logs, technical data, identifiers,
		information collected automatically, collected automatically`},
	{"cookies_tracking", `cookies, cookie, web beacons, tracking technologies, similar technologies, pixels, =analytics, google analytics,
		do not track, pixel tags, local storage`},
	{"targeted_advertising", `advertising, interest based, =ads, targeted ads, personalised ads, personalized ads, ad settings, werbung,
		publicité, publicidad, pubblicità`},
	{"direct_marketing", `marketing, newsletter, promotional communications, email communications, =communications,
		electronic communications, communications from us, marketing communications, text messages, push notifications`},
	{"sale_or_sharing", `sale of personal, do not sell, sale of your, sale or sharing, right to opt out of sale, selling your,
		sell or share`},
	{"third_party_disclosure", `how we share, sharing your, disclosure of your, sharing of, who we share, information we share,
		sharing information, how we disclose, information sharing, disclosure of personal, disclosure to third,
		share your personal, do we share, weitergabe, partage, destinataires, destinatarios, destinatari, disclosures of`},
	{"service_providers", `service providers, subprocessors, sub processors, processors, vendors, auftragsverarbeit, sous traitants,
		external processing`},
	{"government_requests", `legal reasons, law enforcement, government requests, legal requests, legal process, legal obligations,
		comply with law, required by law, legal disclosures, emergency requests, preservation requests, compliance with laws`},
	{"merger_transfer", `business transfers, business transfer, merger, change of control, mergers, sale of business, corporate
		transactions, business transactions`},
	{"international_transfers", `international transfers, international data transfers, data transfers, international transfer,
		cross border, transfer of data, transfers of personal, international users, transfer of personal data, drittländer,
		transferts, transferencias internacionales, trasferimento`},
	{"data_retention", `retention, how long, retain, storage period, period of storage, speicherdauer, aufbewahrung, conservation,
		conservación, conservazione, storage of your`},
	{"data_deletion", `deletion, erasure, deleting your, delete your, right to delete, account deletion, removing your, löschung,
		effacement, supresión, cancellazione`},
	{"access_portability", `right of access, right to access, portability, access to your, rectification, right to correct,
		your rights, data subject rights, privacy rights, access and correction, accessing, updating your, exporting your,
		betroffenenrechte, ihre rechte, vos droits, sus derechos, i tuoi diritti, managing your information, right to know`},
	{"opt_out_rights", `your choices, opt out, right to object, choices, right to restrict, restriction of processing, privacy controls,
		privacy choices, widerspruch`},
	{"automated_decisions", `automated decision, automated decisions, profiling, automated processing, automatisierte`},
	{"ai_training_personal_data", `train ai, ai training, training our ai, training of ai, generative ai, machine learning`},
	{"deidentified_data", `aggregate, aggregated, de identified, anonymized, anonymised, anonymous, non personal, pseudonymized,
		non personally identifiable`},
	{"data_security", `=security, data security, security of your, how we protect, security measures, protect your information,
		information security, keep your information secure, datensicherheit, sécurité, seguridad, sicurezza`},
	{"breach_notification", `breach notification, data breach, data breaches, security incident, security incidents, breach of security`},
	{"age_requirement", `eligibility, age requirements, age restrictions, age limit, minimum age, age requirement, who can use,
		who may use, age`},
	{"account_security", `your account, account security, =registration, passwords, password, user accounts, =accounts, account registration,
		account information, account creation, account responsibilities, user account, account access`},
	{"acceptable_use", `acceptable use, prohibited uses, prohibited conduct, prohibited activities, rules of conduct, user conduct,
		restrictions on use, use restrictions, restrictions, code of conduct, your responsibilities, unacceptable use,
		respect others, using our services, =spam, =impersonation, don t abuse`},
	{"prohibited_content", `prohibited content, hate speech, adult content, sexual content, restricted content, violent content,
		inappropriate content, illegal content, content standards, misinformation, harassment, nudity, child safety,
		graphic content, sexually explicit, violence, bullying, animal cruelty, self harm, manipulated media, political content,
		gambling, regulated goods, content restrictions`},
	{"ai_use_restrictions", `ai generated, use of ai, ai services, ai features, artificial intelligence, ai tools, generative ai services`},
	{"scraping_reverse_engineering", `reverse engineering, scraping, automated access, data scraping, automated use, crawling`},
	{"competing_use", `competing, competitive use, competition, non compete, benchmarking`},
	{"commercial_use", `commercial use, resale, no resale, personal use, non commercial, non commercial use`},
	{"api_limits", `api use, api limits, rate limits, usage limits, fair use, api terms, service limits, storage limits, quota`},
	{"moderation_appeals", `appeals, =appeal, content moderation, enforcement, removal of content, moderation, reporting content,
		report abuse, how to report, removing content, what happens if you violate, content removal, taking action`},
	{"monitoring", `monitoring, =audit, audits, audit rights, review of content, inspection, compliance review rights`},
	{"export_control", `export, sanctions, export control, export controls, trade compliance, export compliance, exportkontrolle`},
}

// headingPhrase is a phrase of a heading in its normal form (package words).
type headingPhrase struct {
	normal string
	whole  bool
	class  int
}

// headingPhrases are the phrases by their first word, the longest first.
var headingPhrases = sync.OnceValue(func() map[string][]headingPhrase {
	index := map[string][]headingPhrase{}
	for _, row := range headingRows {
		for _, p := range strings.Split(row.phrases, ",") {
			bare, whole := strings.CutPrefix(strings.TrimSpace(p), "=")
			normal := words.Normal(bare)
			first, _, _ := strings.Cut(normal[1:], " ")
			index[first] = append(index[first], headingPhrase{normal, whole, ClassOf(row.id)})
		}
	}
	for _, list := range index {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].normal) > len(list[j].normal) })
	}
	return index
})

// headingClass returns the class that a heading speaks for, -1 if it speaks for none.
func headingClass(heading string) int {
	normal := words.Normal(unnumbered(heading))
	index := headingPhrases()
	longest, class := 0, -1
	for rest := normal; rest != ""; {
		next := strings.IndexByte(rest[1:], ' ') + 1
		word := rest[1:]
		if next > 0 {
			word = rest[1:next]
		}
		for _, p := range index[word] {
			if len(p.normal) <= longest {
				break
			}
			ends := len(rest) == len(p.normal) || len(rest) > len(p.normal) && rest[len(p.normal)] == ' '
			if ends && strings.HasPrefix(rest, p.normal) && (!p.whole || p.normal == normal) {
				longest, class = len(p.normal), p.class
				break
			}
		}
		if next == 0 {
			break
		}
		rest = rest[next:]
	}
	return class
}

// unnumbered returns a heading without the number that it begins with.
func unnumbered(s string) string {
	return strings.TrimLeft(strings.TrimSpace(s), "0123456789.()§ \t-–—:")
}
