package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// busySite answers everything with a status, a Retry-After and a body.
func busySite(t *testing.T, status int, robots bool, after func() string) (address string, asked *atomic.Int32) {
	t.Helper()
	asked = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if (r.URL.Path == "/robots.txt") != robots {
			http.NotFound(w, r)
			return
		}
		asked.Add(1)
		if after != nil {
			w.Header().Set("Retry-After", after())
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<h1>Later, please</h1>"))
	}))
	t.Cleanup(server.Close)
	return server.URL + "/terms", asked
}

func hurriedClient() *Client {
	return New(Options{AllowHosts: []string{"127.0.0.1"}, Pace: -1, RetryWait: time.Millisecond,
		MaxRetryAfter: 2 * time.Second})
}

// TestSiteThatAsksToComeBackLater: whatever a Retry-After says, it is a wish to be left alone that
// is told as one, whether or not the answer has a body, and never a cancellation.
func TestSiteThatAsksToComeBackLater(t *testing.T) {
	in := func(d time.Duration, layout, zone string) func() string {
		return func() string { return time.Now().Add(d).In(time.FixedZone(zone, 0)).Format(layout) }
	}
	said := func(s string) func() string { return func() string { return s } }
	for _, c := range []struct {
		name        string
		status      int
		after       func() string
		least, most time.Duration
		says        string
		tries       int32
	}{
		{"an hour", 429, said("3600"), time.Hour, time.Hour, "come back in 60 minutes", 1},
		{"an hour, 503", 503, said("3600"), time.Hour, time.Hour, "come back in 60 minutes", 1},
		{"space around", 429, said("  3600 "), time.Hour, time.Hour, "in 60 minutes", 1},
		{"a fraction", 429, said("3600.5"), time.Hour, time.Hour + time.Second, "in 61 minutes", 1},
		{"a date", 503, in(2*time.Hour, http.TimeFormat, "GMT"), 119 * time.Minute, 121 * time.Minute, "", 1},
		{"a date of RFC 850", 503, in(2*time.Hour, "Monday, 02-Jan-06 15:04:05 MST", "GMT"), 119 * time.Minute,
			121 * time.Minute, "", 1},
		{"a date in UTC", 503, in(2*time.Hour, time.RFC1123, "UTC"), 119 * time.Minute, 121 * time.Minute, "", 1},
		{"a date with an offset", 503, in(2*time.Hour, time.RFC1123Z, ""), 119 * time.Minute, 121 * time.Minute, "", 1},
		{"a date of RFC 3339", 503, in(2*time.Hour, time.RFC3339, ""), 119 * time.Minute, 121 * time.Minute, "", 1},
		{"three days", 429, said("259200"), 72 * time.Hour, 72 * time.Hour, "in 72 hours", 1},
		{"a year", 429, said("31536000"), LongestPause, LongestPause, "in more than 7 days", 1},
		{"uncountable", 429, said(strings.Repeat("9", 60)), LongestPause, LongestPause, "in more than 7 days", 1},
		{"a date far away", 503, in(50*365*24*time.Hour, http.TimeFormat, "GMT"), LongestPause, LongestPause,
			"in more than 7 days", 1},
		{"a date past", 429, said("Mon, 02 Jan 2006 15:04:05 GMT"), 0, 0, "come back later", 4},
		{"zero", 503, said("0"), 0, 0, "come back later", 4},
		{"negative", 429, said("-3600"), 0, 0, "come back later", 4},
		{"garbage", 429, said("soon"), 0, 0, "come back later", 4},
		{"empty", 503, said(""), 0, 0, "come back later", 4},
	} {
		for _, robots := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, robots %t", c.name, robots), func(t *testing.T) {
				address, asked := busySite(t, c.status, robots, c.after)
				_, err := hurriedClient().Get(t.Context(), address)
				var later RetryLater
				if !errors.As(err, &later) || errors.Is(err, context.Canceled) {
					t.Fatalf("got %v", err)
				}
				if later.After < c.least || later.After > c.most || later.Status != c.status {
					t.Errorf("%+v, want %s to %s and %d", later, c.least, c.most, c.status)
				}
				if !strings.Contains(err.Error(), c.says) || asked.Load() != c.tries {
					t.Errorf("%q after %d tries, want %q after %d", err, asked.Load(), c.says, c.tries)
				}
			})
		}
	}
}

// TestBusySiteWithoutRetryAfterIsAnAnswer: it asks for nothing; its status is the answer.
func TestBusySiteWithoutRetryAfterIsAnAnswer(t *testing.T) {
	address, asked := busySite(t, 429, false, nil)
	got, err := hurriedClient().Get(t.Context(), address)
	if err != nil || got.Status != 429 || len(got.Body) == 0 || asked.Load() != 4 {
		t.Errorf("%d after %d tries, %v", got.Status, asked.Load(), err)
	}
	address, _ = busySite(t, 429, true, nil)
	if _, err := hurriedClient().Get(t.Context(), address); !errors.Is(err, ErrRobots) {
		t.Errorf("of robots.txt: %v", err)
	}
}

// TestShortPauseIsWaitedFor, by robots.txt too; the clock counts from the site's own.
func TestShortPauseIsWaitedFor(t *testing.T) {
	t.Parallel()
	for _, robots := range []bool{false, true} {
		var asked atomic.Int32
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if (r.URL.Path == "/robots.txt") == robots && asked.Add(1) == 1 {
				// Its clock is a year ahead: only the difference counts.
				ahead := time.Now().Add(365 * 24 * time.Hour)
				w.Header().Set("Date", ahead.UTC().Format(http.TimeFormat))
				w.Header().Set("Retry-After", ahead.Add(time.Second).UTC().Format(http.TimeFormat))
				w.WriteHeader(503)
				_, _ = w.Write([]byte("busy"))
				return
			}
			_, _ = w.Write([]byte("<p>Terms"))
		}))
		got, err := hurriedClient().Get(t.Context(), server.URL+"/terms")
		if err != nil || got.Status != 200 || asked.Load() != 2 {
			t.Errorf("robots %t: %d after %d tries, %v", robots, got.Status, asked.Load(), err)
		}
		server.Close()
	}
}
