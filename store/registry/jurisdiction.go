package registry

import (
	"slices"
	"strings"
)

// countries are the codes of ISO 3166-1 alpha-2.
const countries = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS " +
	"BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET " +
	"FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO " +
	"IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH " +
	"MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM " +
	"PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG " +
	"TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "

// europeanUnion is the one code that is no country's.
const europeanUnion = "EU"

// parts are the parts, by ISO 3166-2, of countries whose parts have laws of their own.
// Of others any code of the right shape is taken for one.
var parts = map[string]string{
	"US": " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND " +
		"OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR UM VI ",
	"CA": " AB BC MB NB NL NS NT NU ON PE QC SK YT ",
	"AU": " ACT NSW NT QLD SA TAS VIC WA ",
	"GB": " ENG NIR SCT WLS EAW GBN UKM ",
	"DE": " BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH ",
}

// ValidJurisdiction reports whether a code is EU, a country's or that of a part of one:
// GB, US-CA.
func ValidJurisdiction(code string) bool {
	country, part, divided := strings.Cut(code, "-")
	if code == europeanUnion {
		return true
	}
	if len(country) != 2 || !strings.Contains(countries, " "+country+" ") {
		return false
	}
	if parts[country] != "" && divided {
		return KnownPart(code)
	}
	shape := strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
	return !divided || shape && len(part) >= 1 && len(part) <= 3
}

// KnownPart reports whether a code is that of a state, province or the like of the
// United States, Canada, Australia, the United Kingdom or Germany.
func KnownPart(code string) bool {
	country, part, _ := strings.Cut(code, "-")
	return part != "" && !strings.Contains(part, " ") && strings.Contains(parts[country], " "+part+" ")
}

// JurisdictionName returns what a code is the code of, for those that the bundled
// registry has entries of.
func JurisdictionName(code string) (string, bool) {
	i := slices.IndexFunc(jurisdictions, func(j jurisdiction) bool { return j.code == code })
	if i < 0 {
		return "", false
	}
	return jurisdictions[i].words[0], true
}

// partOfUnion reports whether a place's law is that of a part: a state or province, or
// a member of the European Economic Area.
func partOfUnion(code string) bool {
	i := slices.IndexFunc(jurisdictions, func(j jurisdiction) bool { return j.code == code })
	return strings.Contains(code, "-") && code != "US-CA" || i >= 0 && jurisdictions[i].member
}

// jurisdiction is a place, with the words that a text speaks of it by, its name first.
type jurisdiction struct {
	code   string
	words  []string
	member bool // of the European Economic Area
}

var jurisdictions = []jurisdiction{
	{"EU", []string{"European Union", "EU", "EEA", "European Economic Area", "Europe", "European"}, false},
	{"GB", []string{"United Kingdom", "UK", "Great Britain", "Britain", "British", "England", "Scotland", "Wales",
		"Northern Ireland"}, false},
	{"US", []string{"United States", "US", "USA", "United States of America", "American"}, false},
	{"CA", []string{"Canada", "Canadian", "Canadians"}, false},
	{"BR", []string{"Brazil", "Brazilian", "Brasil"}, false},
	{"AU", []string{"Australia", "Australian", "Australians"}, false},
	{"JP", []string{"Japan", "Japanese"}, false},
	{"IN", []string{"India", "Indian"}, false},
	{"AT", []string{"Austria", "Austrian"}, true},
	{"BE", []string{"Belgium", "Belgian"}, true},
	{"BG", []string{"Bulgaria", "Bulgarian"}, true},
	{"HR", []string{"Croatia", "Croatian"}, true},
	{"CY", []string{"Cyprus", "Cypriot"}, true},
	{"CZ", []string{"Czechia", "Czech Republic", "Czech"}, true},
	{"DK", []string{"Denmark", "Danish"}, true},
	{"EE", []string{"Estonia", "Estonian"}, true},
	{"FI", []string{"Finland", "Finnish"}, true},
	{"FR", []string{"France", "French"}, true},
	{"DE", []string{"Germany", "German"}, true},
	{"GR", []string{"Greece", "Greek", "Hellenic"}, true},
	{"HU", []string{"Hungary", "Hungarian"}, true},
	{"IE", []string{"Ireland", "Irish"}, true},
	{"IT", []string{"Italy", "Italian"}, true},
	{"LV", []string{"Latvia", "Latvian"}, true},
	{"LT", []string{"Lithuania", "Lithuanian"}, true},
	{"LU", []string{"Luxembourg"}, true},
	{"MT", []string{"Malta", "Maltese"}, true},
	{"NL", []string{"Netherlands", "Dutch"}, true},
	{"PL", []string{"Poland", "Polish"}, true},
	{"PT", []string{"Portugal", "Portuguese"}, true},
	{"RO", []string{"Romania", "Romanian"}, true},
	{"SK", []string{"Slovakia", "Slovak"}, true},
	{"SI", []string{"Slovenia", "Slovenian"}, true},
	{"ES", []string{"Spain", "Spanish"}, true},
	{"SE", []string{"Sweden", "Swedish"}, true},
	{"IS", []string{"Iceland", "Icelandic"}, true},
	{"LI", []string{"Liechtenstein"}, true},
	{"NO", []string{"Norway", "Norwegian"}, true},
	{"US-CA", []string{"California", "Californian", "Californians"}, false},
	{"US-CO", []string{"Colorado"}, false},
	{"US-CT", []string{"Connecticut"}, false},
	{"US-DE", []string{"Delaware"}, false},
	{"US-FL", []string{"Florida"}, false},
	{"US-IA", []string{"Iowa"}, false},
	{"US-IL", []string{"Illinois"}, false},
	{"US-IN", []string{"Indiana"}, false},
	{"US-KY", []string{"Kentucky"}, false},
	{"US-MD", []string{"Maryland"}, false},
	{"US-MN", []string{"Minnesota"}, false},
	{"US-MT", []string{"Montana"}, false},
	{"US-NE", []string{"Nebraska"}, false},
	{"US-NH", []string{"New Hampshire"}, false},
	{"US-NJ", []string{"New Jersey"}, false},
	{"US-NV", []string{"Nevada"}, false},
	{"US-NY", []string{"New York"}, false},
	{"US-OR", []string{"Oregon"}, false},
	{"US-RI", []string{"Rhode Island"}, false},
	{"US-TN", []string{"Tennessee"}, false},
	{"US-TX", []string{"Texas", "Texan", "Texans"}, false},
	{"US-UT", []string{"Utah"}, false},
	{"US-VA", []string{"Virginia"}, false},
	{"US-WA", []string{"Washington State", "Washington"}, false},
	{"CA-QC", []string{"Quebec", "Québec"}, false},
}
