package rules

import (
	"strings"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// splitLinks takes the links out of a clause: the words outside, the words of
// each link, and how many lead to a place on the same page.
func splitLinks(s string) (outside string, inside []string, anchors int) {
	var b strings.Builder
	tail := len(s) - strings.LastIndexByte(s, ')') // from where no link ends any more
	for {
		open := strings.IndexByte(s, '[')
		if open < 0 || len(s)-open < tail {
			b.WriteString(s)
			return b.String(), inside, anchors
		}
		mid, end := linkAt(s[open:])
		if end == 0 {
			b.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		b.WriteString(strings.TrimSuffix(s[:open], "!"))
		text := clause.Visible(s[open+1 : open+mid])
		if text != "" {
			inside = append(inside, text)
			if strings.HasPrefix(s[open+mid+1:], "(#") {
				anchors++
			}
		}
		s = s[open+end:]
	}
}

// linkAt finds the link that begins at s[0]: where its words end and where it
// ends; end is 0 when there is none.
func linkAt(s string) (mid, end int) {
	if mid = redline.LinkWords(s); mid == 0 {
		return 0, 0
	}
	n := strings.IndexByte(s[mid:], ')')
	if n < 0 {
		return 0, 0
	}
	return mid, mid + n + 1
}
