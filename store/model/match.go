package model

import "strings"

// MatchName reports whether a document's "Platform/Type" matches a pattern in
// which "*" matches any run of characters, "/" included, and "?" one;
// letter case is ignored. An empty pattern matches everything.
func MatchName(pattern, platform, documentType string) bool {
	if pattern == "" {
		return true
	}
	return wildcard([]rune(strings.ToLower(pattern)), []rune(strings.ToLower(platform+"/"+documentType)))
}

// wildcard is the two-pointer match that retries only the last "*".
func wildcard(pattern, name []rune) bool {
	p, n, star, retry := 0, 0, -1, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, retry = p, n
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == name[n]):
			p++
			n++
		case star >= 0:
			retry++
			p, n = star+1, retry
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}
