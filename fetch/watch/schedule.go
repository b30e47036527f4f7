package watch

import (
	"math/rand/v2"
	"time"

	"fineprint/store/model"
)

const (
	// firstRetry is how long after a failure a document is fetched again; each
	// further failure doubles that, up to the document's own interval or a day,
	// whichever is longer.
	firstRetry = 15 * time.Minute
	maxRetry   = 24 * time.Hour
	// A document is due this share of its interval early, and up to jitterShare
	// more: those added together drift apart, and a daily cron job finds a daily
	// document due although the last fetch took a while.
	earlyShare  = 0.02
	jitterShare = 0.1
	// A server that says "not modified" is asked in full after so many times, or so long.
	maxNotModified = 50
	maxUnseen      = 14 * 24 * time.Hour
)

// fullIsDue reports whether it is time to ask a server in full that says that nothing
// was modified.
func fullIsDue(h model.Health, now time.Time) bool {
	return h.NotModified >= maxNotModified || !h.FullDue.IsZero() && !now.Before(h.FullDue)
}

// schedule computes when a document is next due. It is pure but for its chance.
type schedule struct {
	jitter func() float64 // in [0, 1)
}

func (s schedule) chance() float64 {
	if s.jitter == nil {
		return rand.Float64()
	}
	return s.jitter()
}

// jittered makes a time to wait a little shorter, by chance.
func (s schedule) jittered(wait time.Duration) time.Duration {
	return wait - time.Duration(float64(wait)*(earlyShare+jitterShare*s.chance()))
}

// attempt is what one attempt to fetch a document came to.
type attempt struct {
	at         time.Time
	kind       model.FetchKind
	reason     string
	status     int
	retryAfter time.Duration // of a skipped one: what the site asked for
	language   string        // asked for
	asked      int           // the settings it was asked with
	full       bool          // in full, right after the server had said that nothing was modified
	// of a good answer:
	etag, lastModified, extractor string
}

// after returns a document's health after an attempt. A skipped one counts for
// nothing but when to come back: when the site asked for, or ever later where it
// names no time, or always one that is soon.
func (s schedule) after(h model.Health, every time.Duration, a attempt) model.Health {
	h.LastAttempt, h.Last, h.Status = a.at, a.kind, a.status
	if a.kind != model.FetchSkipped {
		h.PutOff = 0
	}
	if h.Language == "" {
		h.Language = a.language
	}
	wait := every
	switch {
	case a.kind.Good():
		h.LastSuccess, h.Failures, h.FailingSince, h.Reason, h.Quarantined = a.at, 0, time.Time{}, "", false
		s.seen(&h, a)
	case a.kind == model.FetchSkipped:
		h.PutOff++
		h.Reason = a.reason
		if wait = backOff(every, h.PutOff); a.retryAfter >= firstRetry {
			wait = 0
		}
	default:
		if h.Failures++; h.Failures == 1 || h.FailingSince.IsZero() {
			h.FailingSince = a.at
		}
		h.Reason, h.Quarantined = a.reason, a.kind == model.FetchQuarantined
		wait = backOff(every, h.Failures)
	}
	h.NextDue = a.at.Add(max(s.jittered(wait), a.retryAfter))
	return h
}

// seen notes how far a good answer can be trusted the next time.
func (s schedule) seen(h *model.Health, a attempt) {
	if a.kind == model.FetchNotModified {
		h.NotModified++
		if h.FullDue.IsZero() { // tracked by a build of before: not all at once
			h.FullDue = a.at.Add(time.Duration(float64(maxUnseen) * s.chance()))
		}
		return
	}
	h.ETag, h.LastModified, h.Extractor, h.Asked = a.etag, a.lastModified, a.extractor, a.asked
	h.NotModified, h.FullDue = 0, a.at.Add(s.jittered(maxUnseen))
	if a.full && a.kind == model.FetchChanged {
		h.Distrusted = true
	}
}

// backOff is how long to wait after so many failures in a row.
func backOff(every time.Duration, failures int) time.Duration {
	wait, bound := min(every, firstRetry), max(every, maxRetry)
	for range failures - 1 {
		if wait *= 2; wait >= bound {
			return bound
		}
	}
	return wait
}
