package trial

import (
	"regexp"
	"strings"
)

// longest is how many bytes of a detail are kept.
const longest = 600

var (
	crash     = regexp.MustCompile(`panic:|fatal error:|goroutine \d+ |\bSIG[A-Z]+:|unexpected fault address`)
	folders   = regexp.MustCompile(`(^|[\s"'(\[=:])/(?:[\w.+@-]+/)+`)
	addresses = regexp.MustCompile(`\b0x[0-9a-f]+\b`)
)

// keepable returns what a result may keep of a detail: it is for everybody, and says the
// same on every machine. Of a crash that is its first line; of a path, the file's name; of
// addresses in memory, nothing. The rest is to be had again, by the seed and the trial.
func keepable(detail string) string {
	if at := crash.FindStringIndex(detail); at != nil {
		line, _, _ := strings.Cut(detail[at[0]:], "\n")
		detail = detail[:at[0]] + line
	}
	detail = addresses.ReplaceAllString(folders.ReplaceAllString(detail, "$1"), "0x…")
	if len(detail) > longest {
		detail = strings.ToValidUTF8(detail[:longest], "") + "…"
	}
	return detail
}
