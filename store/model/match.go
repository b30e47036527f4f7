package model

import "strings"

// MatchName reports whether a document's "Platform/Type", or its platform alone,
// matches a pattern in which "*" matches any run of characters, "/" included, and
// "?" one. The platform is its name or its [Slug]; letter case is ignored. An empty
// pattern matches everything.
func MatchName(pattern, platform, documentType string) bool {
	if pattern == "" {
		return true
	}
	wanted := []rune(strings.ToLower(pattern))
	for _, called := range []string{platform, Slug(platform)} {
		name := []rune(strings.ToLower(called + "/" + documentType))
		if wildcard(wanted, name) || wildcard(wanted, []rune(strings.ToLower(called))) {
			return true
		}
	}
	return false
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
