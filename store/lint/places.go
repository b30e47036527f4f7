package lint

import (
	"strings"

	"fineprint/store/text/clause"
)

// countries are the codes of ISO 3166-1, and EU, which is reserved there.
var countries = set(`
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU FI FJ FK FM
FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN
MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT
PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL
TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`)

// parts are the codes of ISO 3166-2 of countries whose states have laws of their own;
// of others any code of its shape is taken for one.
var parts = map[string]map[string]bool{
	"US": set(`
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR UM VI`),
	"CA": set("AB BC MB NB NL NS NT NU ON PE QC SK YT"),
	"AU": set("ACT NSW NT QLD SA TAS VIC WA"),
	"GB": set("ENG NIR SCT WLS EAW GBN UKM"),
	"DE": set("BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH"),
}

// states are the names of those of the United States and Canada.
const states = `Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|` +
	`Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|` +
	`Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|` +
	`Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|` +
	`Virginia|Washington|West Virginia|Wisconsin|Wyoming|Alberta|British Columbia|Ontario|Quebec|Québec`

var (
	partShape = pattern(`^[A-Z0-9]{1,3}$`)
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

// isPlaceCode reports whether s is a code of ISO 3166, or EU.
func isPlaceCode(s string) bool {
	country, part, divided := strings.Cut(s, "-")
	if !countries[country] || !divided {
		return countries[country]
	}
	if known := parts[country]; known != nil {
		return known[part]
	}
	return partShape().MatchString(part)
}

// placed is a place that a list names, or that a text does.
type placed struct{ field, text string }

// checkPlaces: lists have codes, and a text writes places in one way.
func checkPlaces(s *subject) {
	codes := s.placesInLists()
	anyCode := ""
	for _, p := range codes {
		if !isPlaceCode(p.text) {
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
		if parts[m[1]][m[2]] {
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
