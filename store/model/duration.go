package model

import (
	"fmt"
	"time"
)

// ParseDuration reads a length of time as people write it: 12h, 7d, 2w, 1m (30
// days), 1y (365 days).
func ParseDuration(s string) (time.Duration, error) {
	units := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour,
		'm': 30 * 24 * time.Hour, 'y': 365 * 24 * time.Hour}
	if len(s) < 2 || len(s) > 5 {
		return 0, fmt.Errorf("%w: %q is not a length of time like 7d", ErrInvalid, s)
	}
	unit, ok := units[s[len(s)-1]|0x20]
	n := 0
	for _, c := range s[:len(s)-1] {
		if c < '0' || c > '9' {
			ok = false
			break
		}
		n = n*10 + int(c-'0')
	}
	if !ok || n == 0 {
		return 0, fmt.Errorf("%w: %q is not a length of time like 7d", ErrInvalid, s)
	}
	return time.Duration(n) * unit, nil
}
