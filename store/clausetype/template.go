package clausetype

import (
	"regexp"
	"slices"

	"fineprint/store/model"
)

// Template returns what starts a record about a clause of a type: its type, and
// sentences with blanks, ‹like this›, for the analyst to complete.
func Template(id string) (model.Writing, bool) {
	t, ok := ByID(id)
	if !ok {
		return model.Writing{}, false
	}
	rows := slices.Concat(contractRows, dataRows, conductRows)
	r := rows[slices.IndexFunc(rows, func(r row) bool { return r.id == id })]
	var w model.Writing
	w.Types = []string{id}
	w.WhatItIs, w.WhyItMatters, w.InterpretiveNote = r.what, r.matters, r.unclear
	p := familyPrompts[t.Family]
	w.ConsumerImpact = p.impact
	w.Analysis = model.Analysis{
		RegulatoryLandscape: "‹Which laws and duties the clause touches, and who enforces them›.",
		GovernanceExposure:  p.exposure,
		JurisdictionFlags: "‹Where the clause weighs more, or less, and why›. " +
			"‹Where law overrides it›.",
		ContractImplications:     p.contract,
		ComplianceConsiderations: p.compliance,
	}
	return w, true
}

// familyPrompts are the prompts that the types of a family share.
var familyPrompts = map[string]struct{ impact, exposure, contract, compliance string }{
	Contract: {
		impact:     "A user who ‹does what› ‹gains or loses what›. ‹What stays possible in spite of the clause›.",
		exposure:   "An organisation that relies on the service ‹bears which risk or cost›.",
		contract:   "In a contract of its own a customer can ask for ‹which change›.",
		compliance: "Check ‹which contracts, insurance or internal rules› against the clause.",
	},
	Data: {
		impact:     "A person whose data are processed ‹is affected how›. ‹What choice there is, and where it is made›.",
		exposure:   "An organisation that puts data of others into the service ‹has to answer for what›.",
		contract:   "In a data processing agreement a customer can ask for ‹which limit or assurance›.",
		compliance: "Check ‹which notices, records of processing or assessments› against the clause.",
	},
	Conduct: {
		impact:     "A user who ‹does what› faces ‹which consequence›. ‹How to object›.",
		exposure:   "An organisation whose staff or product ‹does what› risks ‹which consequence›.",
		contract:   "In a contract of its own a customer can ask for ‹which exception, notice or procedure›.",
		compliance: "Check ‹which uses, products or training of staff› against the clause.",
	},
}

var blank = regexp.MustCompile(`‹[^‹›\n]*›`)

// Blanks lists the blanks of a template that are left in a text, in its order.
func Blanks(text string) []string { return blank.FindAllString(text, -1) }
