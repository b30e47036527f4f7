package watch

import (
	"testing"
	"time"

	"fineprint/store/model"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestBackOffDoublesUpToABound(t *testing.T) {
	for _, c := range []struct {
		every time.Duration
		want  []time.Duration
	}{
		{24 * time.Hour, []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour,
			8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour}},
		{10 * time.Minute, []time.Duration{10 * time.Minute, 20 * time.Minute, 40 * time.Minute}},
		{7 * 24 * time.Hour, []time.Duration{15 * time.Minute, 30 * time.Minute}},
	} {
		for i, want := range c.want {
			if got := backOff(c.every, i+1); got != want {
				t.Errorf("every %s, failure %d: %s, want %s", c.every, i+1, got, want)
			}
		}
	}
	if got := backOff(7*24*time.Hour, 1000); got != 7*24*time.Hour {
		t.Errorf("after a thousand failures: %s", got)
	}
}

func TestHealthIsUpdatedAfterEachAttempt(t *testing.T) {
	for _, chance := range []float64{0, 0.5, 0.999} {
		s := schedule{func() float64 { return chance }}
		var h model.Health
		h = s.after(h, 24*time.Hour, attempt{at: noon, kind: model.FetchFirst, etag: `"a"`, extractor: "x"})
		if wait := h.NextDue.Sub(noon); wait < 21*time.Hour || wait > 23*time.Hour+45*time.Minute {
			t.Errorf("chance %v: due after %s; a cron job a day later must find it due", chance, wait)
		}
		h = s.after(h, 24*time.Hour, attempt{at: noon.Add(time.Hour), kind: model.FetchFailed, reason: "gone",
			status: 404})
		h = s.after(h, 24*time.Hour, attempt{at: noon.Add(2 * time.Hour), kind: model.FetchQuarantined,
			reason: "sign-in page", status: 200})
		if h.Failures != 2 || !h.FailingSince.Equal(noon.Add(time.Hour)) || h.Reason != "sign-in page" ||
			!h.Quarantined || h.ETag != `"a"` || !h.LastSuccess.Equal(noon) {
			t.Errorf("after two failures: %+v", h)
		}
		if wait := h.NextDue.Sub(noon.Add(2 * time.Hour)); wait > 30*time.Minute || wait < 25*time.Minute {
			t.Errorf("after two failures, due after %s", wait)
		}
		h = s.after(h, 24*time.Hour, attempt{at: noon.Add(3 * time.Hour), kind: model.FetchNotModified, status: 304})
		if h.Failures != 0 || !h.FailingSince.IsZero() || h.Reason != "" || h.Quarantined || h.ETag != `"a"` {
			t.Errorf("after it came back: %+v", h)
		}
		h = s.after(h, time.Hour, attempt{at: noon, kind: model.FetchSkipped, retryAfter: 6 * time.Hour,
			reason: "later"})
		if h.Failures != 0 || !h.NextDue.Equal(noon.Add(6*time.Hour)) {
			t.Errorf("a site that asks to come back in 6 h: %+v", h)
		}
		// It always wants a second more, or can't say: then it is asked ever more rarely.
		h = s.after(h, time.Hour, attempt{at: noon, kind: model.FetchUnchanged})
		for i, want := range []float64{15, 30, 60, 120, 240} {
			h = s.after(h, time.Hour, attempt{at: noon, kind: model.FetchSkipped,
				retryAfter: time.Duration(i%2) * time.Second})
			if got := h.NextDue.Sub(noon).Minutes(); got > want || got < 0.87*want {
				t.Errorf("put off %d times: due after %v minutes, want %v", h.PutOff, got, want)
			}
		}
		if h = s.after(h, time.Hour, attempt{at: noon, kind: model.FetchFailed}); h.PutOff != 0 {
			t.Errorf("an answer after being put off: %+v", h)
		}
	}
}

func TestNamesAreInferred(t *testing.T) {
	for _, c := range []struct{ address, title, platform, kind string }{
		{"https://www.example.com/legal/privacy-policy", "", "Example", "Privacy Policy"},
		{"https://policies.acme-games.co.uk/terms_of_use", "", "Acme Games", "Terms of Service"},
		{"https://acme.example/legal/cookies.html", "", "Acme", "Trackers Policy"},
		{"https://help.acme.example/articles/1234", "Community Guidelines | Acme", "Acme", "Community Guidelines"},
		{"https://help.acme.example/articles/1234", "Help", "Acme", ""},
		{"http://127.0.0.1:8080/tos", "", "127.0.0.1", "Terms of Service"},
		{"https://https://www.acme.example/tos", "", "Acme", "Terms of Service"},
		{"https://http//HTTPS://acme.example/tos", "", "Acme", "Terms of Service"},
		{"https://https/tos", "", "", "Terms of Service"},
		{"https://www/tos", "", "", "Terms of Service"},
		{"https://www.com/tos", "", "", "Terms of Service"},
		{"https://acme.example/datenschutz", "", "Acme", "Privacy Policy"},
	} {
		if got := InferPlatform(c.address); got != c.platform {
			t.Errorf("%s: platform %q, want %q", c.address, got, c.platform)
		}
		if got := InferType(c.address, c.title); got != c.kind {
			t.Errorf("%s, %q: type %q, want %q", c.address, c.title, got, c.kind)
		}
	}
}
