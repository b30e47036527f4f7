package lint

// Rules is the one table of rules, in the order in which their problems are listed.
var Rules = []Rule{
	{MissingRule, "A field that every record needs is empty.", true, checkMissing},
	{"last_seen_before_first", "The history of the clause contradicts itself: last seen before it was first seen, a change " +
		"outside of that time, or verified before it was tracked.", true, checkSeen},
	{"severity_below_exposure", "Severity is lower than the exposure that the analysis states.", true, checkExposure},
	{"comparison_not_in_document", "The words of another platform are not in the document that they are quoted from.", true,
		checkComparedText},
	{"quote_not_in_snapshot", "A quoted clause is not at its place in the version's text, or a passage in quotation marks is " +
		"nowhere in it.", true, checkQuotes},
	{"empty_section", "Some parts of a section are written and others are empty.", true, checkEmpty},
	{"stale", "The document doesn't say any more what the record says.", true, checkStale},
	{"interpretive_note_asked", "Confidence is below high, or something is said to be undefined, and no note says how it could " +
		"be read.", false, checkNoteAsked},
	{"basis_against_quote", "The basis is that the document doesn't say it, but it is quoted saying it; or the reverse.", true,
		checkBasis},
	{"unknown_type", "A clause type is not in the list of clause types.", true, checkTypes},
	{"placeholder_left", "Something that was to be replaced is left in the text.", true, checkPlaceholders},
}
