// Package humanize writes figures for people: how many ([Count], [Number]), how long
// ([While]), how long ago ([Age]), how large ([Bytes]). The
// desk and the command line write them in the same way. It is for English only, and not for
// what programs read.
package humanize

import (
	"fmt"
	"strconv"
	"time"
)

// Count counts things: "1 document", "2 documents".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Number writes a number with its thousands apart: "38,845".
func Number(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// Age writes how long ago something was, for a narrow column: "3h", "51d", "4mo", "2y".
// What is yet to come is "0h".
func Age(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < day:
		return fmt.Sprintf("%dh", max(int(d/time.Hour), 0))
	case d < 60*day:
		return fmt.Sprintf("%dd", int(d/day))
	case d < 2*365*day:
		return fmt.Sprintf("%dmo", int(d/(30*day+10*time.Hour)))
	}
	return fmt.Sprintf("%dy", int(d/(365*day+6*time.Hour)))
}

// While writes a length of time with one unit: "3 h", "2 d".
func While(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", max(int(d.Round(time.Second)/time.Second), 0))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute)/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Round(time.Hour)/time.Hour))
	}
	return fmt.Sprintf("%d d", int(d.Round(24*time.Hour)/(24*time.Hour)))
}

// Bytes writes a number of bytes in decimal units: "34.6 kB".
func Bytes(n int64) string {
	f, units, i := float64(n), []string{"B", "kB", "MB", "GB", "TB"}, 0
	for f >= 1000 && i < len(units)-1 {
		f /= 1000
		i++
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[i])
}
