package config

import (
	"strings"
	"testing"
	"time"
)

func TestTargetsAreReadAndFaultsNamed(t *testing.T) {
	s, problems := Parse("c.toml", []byte(`
palette = "mono"
[targets.ops]
kind = "webhook"
url = "https://hooks.example.com/x"
secret_env = "X"
every = "day"
[targets.desk]
kind = "command"
command = ["notify-send", "x"]
[targets.typo]
kind = "webhok"
url = "x"
[targets.bare]
kind = "smtp"
host = "h"
[targets.odd]
kind = "atom"
file = "f"
entrys = 3
give_up = "yesterday"
[quiet]
from = "22:00"
to = "7"
`))
	if len(s.Targets) != 2 || s.Targets[0].Name != "desk" || s.Targets[1].URL == "" || s.Palette != "mono" || s.QuietFrom != "" {
		t.Errorf("%+v", s.Targets)
	}
	var all []string
	for _, p := range problems {
		all = append(all, p.Error())
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{`line 11: targets.typo: kind must be one of`, "did you mean webhook?", "a smtp needs from",
		`unknown setting "entrys"; did you mean entries?`, "give_up is a length of time", "quiet.to takes a time"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not among\n%s", want, text)
		}
	}
}

func TestQuietHoursHold(t *testing.T) {
	at := func(s string) time.Time {
		when, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	s := Default()
	s.QuietFrom, s.QuietTo, s.QuietDays, s.QuietZone = "22:00", "07:00", []string{"fri"}, "Europe/Berlin"
	night, err := s.QuietHours()
	if err != nil {
		t.Fatal(err)
	}
	for when, want := range map[string]bool{"2026-03-06T20:59:00Z": false, "2026-03-06T21:00:00Z": true, // Friday, 22:00 in Berlin
		"2026-03-07T05:59:00Z": true, "2026-03-07T06:00:00Z": false, "2026-03-06T05:00:00Z": false, "2026-03-07T22:00:00Z": false,
		"2026-07-03T20:00:00Z": true, "2026-07-03T19:59:00Z": false} { // in summer time
		if night.Holds(at(when)) != want {
			t.Errorf("%s: quiet %v", when, !want)
		}
	}
	s.QuietFrom, s.QuietTo = "00:00", "00:00"
	day, err := s.QuietHours()
	if err != nil || !day.Holds(at("2026-03-06T12:00:00Z")) || day.Holds(at("2026-03-08T12:00:00Z")) {
		t.Error("a whole day:", err)
	}
	none := Default()
	if q, err := none.QuietHours(); err != nil || q.Holds(at("2026-03-06T23:00:00Z")) {
		t.Error("none:", err)
	}
}
