package fetch

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fineprint/store/model"
)

// LongestPause is how long a site can keep us away by one Retry-After: a billion
// seconds must not end tracking.
const LongestPause = 7 * 24 * time.Hour

// RetryLater is the error of a site that answers 429 or 503 with a Retry-After,
// when it asks for a longer pause than a fetch waits or the retries are used up,
// and of every fetch from it until then.
type RetryLater struct {
	After  time.Duration // from now; 0 when the site says no time that is to come
	Status int           // 429 or 503
	// Beyond: it asks for more than [LongestPause], which After is then.
	Beyond bool
}

// Error reports how long the site is to be left alone.
func (r RetryLater) Error() string {
	unit, name := time.Second, "seconds"
	switch {
	case r.After <= 0:
		return model.ErrComeBack.Error()
	case r.Beyond:
		return fmt.Sprintf("the site asks to come back in more than %d days, the longest a site is left alone",
			LongestPause/(24*time.Hour))
	case r.After >= 2*time.Hour:
		unit, name = time.Hour, "hours"
	case r.After >= 2*time.Minute:
		unit, name = time.Minute, "minutes"
	}
	return fmt.Sprintf("the site asks to come back in %d %s", (r.After+unit-1)/unit, name)
}

// Is makes it a [model.ErrComeBack].
func (r RetryLater) Is(target error) bool { return target == model.ErrComeBack }

// asksToComeBack reads what a busy site asks for. Without a Retry-After it asks
// for nothing; one that can't be read, or is over, asks to come back at some time.
func asksToComeBack(resp *http.Response) (RetryLater, bool) {
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
		return RetryLater{}, false
	}
	values := resp.Header.Values("Retry-After")
	later := RetryLater{Status: resp.StatusCode}
	for _, v := range values {
		later.After = max(later.After, pauseOf(strings.TrimSpace(v), resp.Header.Get("Date")))
	}
	if later.After > LongestPause {
		later.After, later.Beyond = LongestPause, true
	}
	return later, len(values) > 0
}

// pauseOf reads one Retry-After: seconds, or a date, which counts from the
// site's own; 0 for what is neither, or is over.
func pauseOf(v, date string) time.Duration {
	if v != "" && strings.Trim(v, "0123456789.") == "" {
		seconds, err := strconv.ParseFloat(v, 64)
		switch {
		case err != nil && len(v) < 300: // "1.2.3"
			return 0
		case err != nil || seconds > (2*LongestPause).Seconds():
			return 2 * LongestPause
		}
		return time.Duration(seconds * float64(time.Second))
	}
	until, ok := parseDate(v)
	if !ok {
		return 0
	}
	now, err := http.ParseTime(date)
	if err != nil {
		now = time.Now()
	}
	return max(0, until.Sub(now))
}

// parseDate reads the dates of HTTP, and those that sites write for them.
func parseDate(v string) (time.Time, bool) {
	if t, err := http.ParseTime(v); err == nil {
		return t, true
	}
	for _, layout := range []string{time.RFC1123, time.RFC1123Z, time.RFC3339} {
		if t, err := time.Parse(layout, v); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
