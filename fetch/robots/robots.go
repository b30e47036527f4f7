// Package robots reads a robots.txt as RFC 9309 has it and reports whether a page
// may be fetched. [Parse] reads the rules of a file for one program, [Rules.Allow]
// applies it.
//
// It is not for getting the file: package fetch does that, and decides what a file
// that can't be had means. It does no I/O.
//
// Invariants: any bytes are a file; the longest rule that matches decides, of two
// alike the one that allows; matching takes no longer than the path and the file
// are long.
//
// Two libraries were looked at. github.com/temoto/robotstxt matches wildcards
// anywhere in a path, weighs rules by the length of a regular expression, does not
// compare encoded octets, and takes minutes for a file of patterns made to be slow.
// github.com/jimsmart/grobotstxt is a port of Google's parser in C++, last released
// in 2022; it takes Google's liberties (misspelt names of fields, other programs'
// crawl delays are dropped) where this keeps to the standard, and it could not be
// had when this was written.
package robots

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Rules are those of a robots.txt for one program. The zero value allows all.
type Rules struct {
	rules []rule
	// Delay is what the file asks for between two fetches, 0 for nothing.
	Delay time.Duration
}

// rule is an allow or disallow line. A path matches when it begins with
// the first of the parts, holds the others in their order after it and, where
// the rule is anchored, ends with the last.
type rule struct {
	allow    bool
	parts    []string // what is between the wildcards, normalised
	anchored bool
	octets   int // how specific it is
}

// Parse reads the groups for a program by its product token or, where there are
// none, those for all.
func Parse(raw []byte, agent string) Rules {
	raw = bytes.ReplaceAll(bytes.TrimPrefix(raw, []byte("\ufeff")), []byte("\r"), []byte("\n"))
	var ours, anyones Rules
	forUs, forAll, named, inRules := false, false, false, true
	for line := range bytes.Lines(raw) {
		name, value, ok := strings.Cut(string(line), ":")
		value, _, _ = strings.Cut(value, "#")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		switch {
		case !ok:
		case name == "user-agent":
			if inRules { // a next group begins
				forUs, forAll, inRules = false, false, false
			}
			forUs = forUs || strings.EqualFold(productToken(value), agent)
			forAll = forAll || value == "*"
			named = named || forUs
		case name == "allow" || name == "disallow":
			inRules = true
			if r, ok := parseRule(name == "allow", value); ok {
				ours.rules, anyones.rules = appendIf(forUs, ours.rules, r), appendIf(forAll, anyones.rules, r)
			}
		case name == "crawl-delay":
			if d, err := strconv.ParseFloat(value, 64); err == nil && d >= 0 && d < 1e6 {
				delay := time.Duration(d * float64(time.Second))
				ours.Delay, anyones.Delay = pick(forUs, delay, ours.Delay), pick(forAll, delay, anyones.Delay)
			}
		}
	}
	if named {
		return ours
	}
	return anyones
}

func appendIf(is bool, list []rule, r rule) []rule {
	if is {
		list = append(list, r)
	}
	return list
}

func pick(is bool, a, b time.Duration) time.Duration {
	if is {
		return a
	}
	return b
}

// productToken is the name in a user-agent line, without a version.
func productToken(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_')
	})
	if end >= 0 {
		return s[:end]
	}
	return s
}

// parseRule reads the path of a rule; an empty one is none.
func parseRule(allow bool, pattern string) (rule, bool) {
	if pattern == "" {
		return rule{}, false
	}
	if pattern[0] != '/' && pattern[0] != '*' {
		pattern = "/" + pattern
	}
	r := rule{allow: allow}
	pattern, r.anchored = strings.CutSuffix(pattern, "$")
	query := false
	for _, part := range strings.Split(pattern, "*") {
		part, query = normalOctets(part, query)
		r.parts = append(r.parts, part)
		r.octets += len(part) + 1 // and the wildcard after it, or the end
	}
	if !r.anchored {
		r.octets--
	}
	return r, true
}

func (r rule) matches(path string) bool {
	path, ok := strings.CutPrefix(path, r.parts[0])
	if !ok {
		return false
	}
	last := len(r.parts) - 1
	if last == 0 {
		return !r.anchored || path == ""
	}
	for _, part := range r.parts[1:last] {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	if r.anchored {
		return strings.HasSuffix(path, r.parts[last])
	}
	return strings.Contains(path, r.parts[last])
}

// Allow reports whether a page may be fetched: the most specific rule decides,
// of two alike the one that allows.
func (r Rules) Allow(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path, _ = normalOctets(path, false)
	allowed, octets := true, -1
	for _, one := range r.rules {
		if (one.octets > octets || one.octets == octets && one.allow) && one.matches(path) {
			allowed, octets = one.allow, one.octets
		}
	}
	return allowed
}

// normalOctets writes a path so that equal ones are equal: encoded octets that
// need not be are decoded, others that should be are encoded. In a query the
// colon and the slash mean nothing, so there they need not be. It takes and
// gives whether a query has begun.
func normalOctets(s string, query bool) (string, bool) {
	const hexadecimal = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, encoded := s[i], false
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, encoded = byte(n), true
				i += 2
			}
		}
		plain := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
			strings.IndexByte("-._~", c) >= 0 || query && (c == ':' || c == '/')
		switch {
		case plain || !encoded && c > ' ' && c < 0x7f && c != '*' && c != '$':
			b.WriteByte(c)
			query = query || c == '?'
		default:
			b.WriteByte('%')
			b.WriteByte(hexadecimal[c>>4])
			b.WriteByte(hexadecimal[c&15])
		}
	}
	return b.String(), query
}
