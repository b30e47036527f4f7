package lint

// Rules is the one table of rules, in the order in which their problems are listed.
var Rules = []Rule{
	{MissingRule, "A field that every provision record needs is empty.", true, checkMissing},
	{"last_seen_before_first", "The history of the clause contradicts itself: last seen before it was first seen, a " +
		"change outside of that time, or verified before it was tracked.", true, checkSeen},
	{"unique_beside_alike", "The clause is called the only one of its kind, but others are counted, compared or " +
		"related, or nothing was counted.", true, checkAlone},
	{"agency_unlisted", "An agency that the text names is not in the list of agencies.", true, agencies.unlisted},
	{"agency_unmentioned", "An agency in the list is named nowhere in the text.", true, agencies.unmentioned},
	{"regulation_unlisted", "A regulation that the text names is not in the list of regulations.", true,
		regulations.unlisted},
	{"regulation_unmentioned", "A regulation in the list is named nowhere in the text.", true, regulations.unmentioned},
	{"mixed_jurisdictions", "Places are written in two ways, or with what is no code of ISO 3166.", true, checkPlaces},
	{"severity_below_exposure", "Severity is lower than the exposure that the analysis states.", true, checkExposure},
	{"comparison_off_topic", "The words of another platform are about something else.", true, checkTopic},
	{"comparison_not_in_document", "The words of another platform are not in the document that they are quoted from.",
		true, checkComparedText},
	{"quote_not_in_snapshot", "A quoted clause is not at its place in the version's text, or a passage in quotation " +
		"marks is nowhere in it.", true, checkQuotes},
	{"quote_is_chrome", "A cookie banner, a menu, a form or a copyright line is quoted as a clause.", true, checkChrome},
	{"date_in_future", "Something was seen, counted or updated on a day that is still to come.", true, checkDates},
	{"number_not_in_redline", "A number that is said to be in the clause is neither in its words nor in the redline.",
		true, checkNumbers},
	{"empty_section", "Some parts of a section are written and others are empty.", true, checkEmpty},
	{"stale", "The document doesn't say any more what the record says.", true, checkStale},
	{"interpretive_note_asked", "Confidence is below high, or something is said to be undefined, and no note says how " +
		"it could be read.", false, checkNoteAsked},
	{"basis_against_quote", "The basis is that the document doesn't say it, but it is quoted saying it; or the reverse.",
		true, checkBasis},
	{"unknown_agency", "An agency in the list is not in the registry.", false, agencies.unknown},
	{"unknown_regulation", "A regulation in the list is not in the registry.", false, regulations.unknown},
	{"unknown_type", "A clause type is not in the list of clause types.", true, checkTypes},
	{"placeholder_left", "Something that was to be replaced is left in the text.", true, checkPlaceholders},
}
