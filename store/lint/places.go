package lint

import (
	"strings"

	"fineprint/store/registry"
	"fineprint/store/text/clause"
)

// states are the names of those of the United States and Canada.
const states = `Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|` +
	`Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|` +
	`Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|` +
	`Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|` +
	`Virginia|Washington|West Virginia|Wisconsin|Wyoming|Alberta|British Columbia|Ontario|Quebec|Québec`

var (
	// codeInText is a code of a part of a country, as prose has it.
	codeInText = pattern(`\b([A-Z]{2})-([A-Z]{2,3})\b`)
	// placeInText is a state by its name with its country, as addresses have it.
	placeInText = pattern(`\b(?:` + states + `)(?:,? (?:USA|U\.S\.A|US|U\.S|United States|Canada)(?:[^-\pL]|$)|` +
		`,? \((?:USA|US|United States|Canada)\))`)
	// stateInText is a state by its name.
	stateInText = pattern(`\b(?:` + states + `)\b`)
	// afterState is what makes a name of a state a part of another name, or has its code
	// right behind it.
	afterState = pattern(`^(?: [A-Z]|(?:'s|’s) [A-Z]| ?\([A-Z]{2}-)`)
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// placed is a place that a list names, or that a text does.
type placed struct{ field, text string }

// checkPlaces: lists have codes, and a text writes places in one way.
func checkPlaces(s *subject) {
	codes := s.placesInLists()
	anyCode := ""
	for _, p := range codes {
		if !registry.ValidJurisdiction(p.text) {
			s.report(p.field, "“%s” is no code of ISO 3166", shortened(p.text))
		} else if anyCode == "" {
			anyCode = p.text
		}
	}
	texts := s.prose()
	for _, name := range s.writing.Agencies {
		texts = append(texts[:len(texts):len(texts)], passage{"agencies", name})
	}
	for _, name := range s.writing.Regulations {
		texts = append(texts[:len(texts):len(texts)], passage{"regulations", name})
	}
	for _, p := range texts {
		s.checkPlacesOf(p, anyCode)
	}
}

// placesInLists lists what lists have as the code of a place.
func (s *subject) placesInLists() []placed {
	var list []placed
	add := func(field, text string) {
		if strings.TrimSpace(text) != "" {
			list = append(list, placed{field, text})
		}
	}
	for _, a := range s.writing.Actions {
		add("actions", a.Jurisdiction)
	}
	for _, d := range s.record.AgencyDetails {
		add("agencies", d.Jurisdiction)
	}
	for _, d := range s.record.RegulationDetails {
		add("regulations", d.Jurisdiction)
	}
	return list
}

// checkPlacesOf reports a text that names a place as addresses do beside a code, and
// flags that name states in both ways.
func (s *subject) checkPlacesOf(p passage, anyCode string) {
	text := withoutQuotations(clause.Plain(p.text, clause.DepthSpace))
	code := ""
	for _, m := range codeInText().FindAllStringSubmatch(text, -1) {
		if registry.KnownPart(m[0]) {
			code = m[0]
			break
		}
	}
	if code == "" {
		code = anyCode
	}
	if place := strings.TrimRight(placeInText().FindString(text), ".,; "); place != "" && code != "" {
		s.report(p.field, "“%s” is written beside %s: one way for all places", place, code)
		return
	}
	if !codeInText().MatchString(text) || p.field != "analysis.jurisdiction_flags" {
		return
	}
	for _, at := range stateInText().FindAllStringIndex(text, -1) {
		if !afterState().MatchString(text[at[1]:]) {
			s.report(p.field, "“%s” is written beside %s: one way for all places", text[at[0]:at[1]], code)
			return
		}
	}
}
