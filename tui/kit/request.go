package kit

import (
	"fmt"

	"fineprint/tui/humanize"
)

// Request numbers what a screen asks its reader for, and keeps how the newest
// answer came.
type Request struct {
	Asked int
	Read  bool  // it was answered once with what was asked for
	Err   error // why the newest could not be answered
}

// Next is the number of another request.
func (r *Request) Next() int {
	r.Asked++
	return r.Asked
}

// Reset forgets what came, for a list of something else; the numbers go on.
func (r *Request) Reset() { r.Read, r.Err = false, nil }

// Failed reports that the newest request could not be answered and that nothing
// is left of an earlier one to be listed: what there is isn't known.
func (r *Request) Failed(listed int) bool { return r.Err != nil && listed == 0 }

// Count is a number of what was read, "?" when reading it failed.
func (r *Request) Count(n int) string {
	switch {
	case r.Err == nil:
		return fmt.Sprint(n)
	case n == 0:
		return "?"
	}
	return fmt.Sprintf("%d of ?", n)
}

// Counted is Count with what is counted.
func (r *Request) Counted(n int, one string) string {
	if r.Err == nil {
		return humanize.Count(n, one)
	}
	return r.Count(n) + " " + one + "s"
}

// Answered takes in how the n-th request was answered, and reports whether its
// answer is to be shown: it is the newest, and no failure.
func (c *Common) Answered(r *Request, n int, err error) bool {
	if n != r.Asked {
		return false
	}
	r.Err = err
	if !c.ReportError(err) {
		return false
	}
	r.Read = true
	return true
}
