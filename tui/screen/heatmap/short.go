package heatmap

// shorts are names of clause types in six letters, to stand above a column from top to
// bottom.
var shorts = map[string]string{
	"acceptance": "accept", "arbitration": "arbitr", "class_action_waiver": "classa", "time_limit_on_claims": "timelm",
	"governing_law_venue": "govlaw", "limitation_of_liability": "liabil", "warranty_disclaimer": "warran",
	"indemnification": "indemn", "unilateral_modification": "modify", "service_changes": "servic",
	"termination_suspension": "termin", "automatic_renewal": "renewl", "cancellation_refunds": "cancel",
	"price_changes": "prices", "fees_payment": "paymnt", "user_content_licence": "conten",
	"model_training_licence": "train", "ip_ownership": "ipowns", "output_ownership": "output",
	"feedback_licence": "feedbk", "takedown": "takedn", "third_party_services": "3party",
	"confidentiality": "confid", "assignment": "assign", "force_majeure": "majeur", "severability": "severa",
	"entire_agreement": "entire",

	"controller_contact": "ctrler", "data_collection": "collec", "purpose_of_use": "purpos",
	"legal_basis_consent": "basis", "sensitive_data": "sensit", "children_data": "childr", "biometric_data": "biomet",
	"location_data": "locatn", "device_identifiers": "device", "cookies_tracking": "cookie",
	"targeted_advertising": "adverts", "direct_marketing": "market", "sale_or_sharing": "sale",
	"third_party_disclosure": "disclo", "service_providers": "proces", "government_requests": "govern",
	"merger_transfer": "merger", "international_transfers": "transf", "data_retention": "retain",
	"data_deletion": "delete", "access_portability": "portab", "opt_out_rights": "optout",
	"automated_decisions": "automa", "ai_training_personal_data": "aidata", "deidentified_data": "deiden",
	"data_security": "secure", "breach_notification": "breach",

	"age_requirement": "age", "account_security": "accoun", "acceptable_use": "useok", "prohibited_content": "prohib",
	"ai_use_restrictions": "ai use", "scraping_reverse_engineering": "scrape", "competing_use": "compet",
	"commercial_use": "commer", "api_limits": "limits", "moderation_appeals": "modera", "monitoring": "monitr",
	"export_control": "export",
}

// Short is a clause type's name in at most six letters.
func Short(id string) string {
	name := shorts[id]
	if name == "" {
		name = id
	}
	return name[:min(len(name), tallHead)]
}
