package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"fineprint/store/insight/calendar"
	"fineprint/store/model"
)

// TestICSIsEscapedAndFolded reads a file back by the rules of RFC 5545.
func TestICSIsEscapedAndFolded(t *testing.T) {
	name := "Ac;me, \\ Größe\r\nEND:VCALENDAR\x07 " + strings.Repeat("規約", 40)
	entries := []model.CalendarEntry{
		{Date: model.StatedDate{Kind: model.StatedEffective, Date: "2026-12-15"}, Document: "FP-D-00001", PlatformName: name,
			Type: "Terms", Change: "FP-C-000002", State: model.InReview, Seq: 3, CapturedAt: now},
		{Date: model.StatedDate{Kind: model.StatedApplies, Date: "2026-12", Or: ""}, Document: "FP-D-00001", Withdrawn: true},
		{Date: model.StatedDate{Kind: model.StatedEffective, Date: "2026-05-06", Or: "2026-06-05"}, Document: "FP-D-00002"},
	}
	var b, again bytes.Buffer
	if err := calendar.WriteICS(&b, entries, now); err != nil {
		t.Fatal(err)
	}
	if calendar.WriteICS(&again, entries, now); again.String() != b.String() {
		t.Error("equal entries make other files")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\n\r\x07") {
			t.Errorf("bad line of %d bytes: %q", len(line), line)
		}
	}
	text := strings.ReplaceAll(b.String(), "\r\n ", "")
	if n := strings.Count(text, "END:VCALENDAR\r\n"); n != 1 {
		t.Errorf("a name ends the calendar: %d", n)
	}
	for _, want := range []string{
		"DTSTART;VALUE=DATE:20261215\r\nDTEND;VALUE=DATE:20261216\r\n", "DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20270101\r\n",
		"DTSTART;VALUE=DATE:20260506\r\nDTEND;VALUE=DATE:20260606\r\n", "STATUS:CANCELLED\r\n", "STATUS:TENTATIVE\r\n",
		`SUMMARY:Ac\;me\, \\ Größe\nEND:VCALENDAR 規約`, `Brought by FP-C-000002 (in review).`,
		"UID:FP-D-00001-effective-2026-12-15@fineprint\r\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
