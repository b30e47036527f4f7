// Package humanize writes figures for people: how many ([Count]), how long
// ([While]), how large ([Bytes]). The
// desk and the command line write them in the same way. It is for English only, and not for
// what programs read.
package humanize

import (
	"fmt"
	"time"
)

// Count counts things: "1 document", "2 documents".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
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
