package timeline

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

// dated is a document with a date line and one clause that differs.
func dated(date, clause string) string {
	return "# Terms of Service\n\n" + date + "\n\n" + strings.Repeat("You may use what we offer as long as you keep to "+
		"these terms and pay what it costs.\n\n", 4) + clause + "\n\nWhat is void leaves the rest as it is.\n"
}

// TestNewEditionInAnUpgradeIsShown: what an archive made with another extraction is
// compared as any text is, and says that the reading changed as well.
func TestNewEditionInAnUpgradeIsShown(t *testing.T) {
	const march, july = "Last updated: 1 March 2022", "Last updated: 24 July 2023"
	const courts, arbiters = "You may go to the courts of your country.", "You waive your right to go to a court."
	for name, c := range map[string]struct {
		old, new string
		material bool
		reason   model.Reason
	}{
		"other words under a later date": {dated(march, courts), dated(july, arbiters), true, ""},
		"other words under no date":      {dated("", courts), dated("", arbiters), true, ""},
		"another number": {dated(march, "You pay 2 EUR a month."),
			dated(march, "You pay 3 EUR a month."), true, ""},
		"a clause more": {dated(march, courts), dated(march, courts+"\n\n"+arbiters), true, ""},
		"a clause less": {dated(march, courts+"\n\n"+arbiters), dated(march, courts), true, ""},
		"in German": {dated("Stand: 1 März 2022", "Sie können jederzeit kündigen."),
			dated("Stand: 1 März 2023", "Sie können nur zum Jahresende kündigen."), true, ""},
		"a later date alone": {dated(march, courts), dated(july, courts), true, ""},
		"a first date":       {dated("", courts), dated(july, courts), true, ""},
		"a date less":        {dated(march, courts), dated("", courts), false, model.ReasonDate},
		"a date written in another way": {dated("Last updated: March 1, 2022", courts),
			dated("Last updated March 1 2022", courts), false, model.ReasonDate},
		"a control of the page": {dated(march, courts),
			dated(march, courts) + "\nBack to top\n", false, model.ReasonBoilerplate},
		"a section's number": {dated(march, "1. "+courts),
			dated(march, "2. "+courts), false, model.ReasonNumbering},
		"the same words in other letters": {dated(march, courts),
			dated(march, strings.ToUpper(courts)), false, model.ReasonCase},
	} {
		_, v := steps(archive(0, c.old), archive(400, c.new).with(technical))
		if v.Change == nil || v.Material != c.material || v.Reason != c.reason || !v.Change.OtherReading ||
			v.Material != (v.Change.Counts.Added+v.Change.Counts.Removed+v.Change.Counts.Modified > 0) {
			t.Errorf("%s: %t %s, %+v", name, v.Material, v.Reason, v.Change)
		}
	}
}

// TestOldSnapshotReadAnewIsAFlap: an archive that reads an old page anew goes back to
// a former text.
func TestOldSnapshotReadAnewIsAFlap(t *testing.T) {
	_, v := steps(archive(0, policy(30)), archive(1, policy(60)), archive(2, policy(90)),
		archive(3, policy(30)).with(technical))
	if v.Material || v.Reason != model.ReasonFlap {
		t.Errorf("%t %s", v.Material, v.Reason)
	}
}
