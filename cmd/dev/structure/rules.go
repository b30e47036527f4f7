package main

import (
	"path"
	"slices"
	"strings"
)

// maxLines is how large a package may be without a reason: a line in its package
// comment that starts with "Size:".
const maxLines = 2500

// maxColumns is how wide a line should be, in characters, a tab as one; one line
// in 200 may be wider.
const maxColumns = 120

// mayImport says which of our packages each package may import. One that is not
// listed falls under its longest listed prefix ending in "/"; an allowed name
// ending in "/" allows everything below it.
var mayImport = map[string][]string{
	"store/model":           {},
	"store/text/guard":      {},
	"store/text/redline":    {"store/model", "store/text/guard"},
	"store/text/clause":     {"store/model", "store/text/redline", "store/text/guard"},
	"store/text/similar":    {"store/model", "store/text/redline", "store/text/clause"},
	"store/detect/rules":    {"store/model", "store/text/redline", "store/text/clause"},
	"store/detect":          {"store/model", "store/detect/rules", "store/text/redline", "store/text/clause", "store/text/guard"},
	"store/detect/timeline": {"store/model", "store/detect", "store/text/similar", "store/text/guard"},
	"store/review":          {"store/model"},
	"store/export":          {"store/model", "store/text/redline"},
	"store/kv":              {"store/model"},
	"store/blob":            {"store/model", "store/kv"},
	"store/journal":         {"store/model", "store/kv"},
	"store/rows": {"store/model", "store/kv", "store/blob", "store/journal", "store/review",
		"store/text/similar"},
	"store/archive": {"store/model", "store/kv", "store/blob", "store/journal", "store/rows", "store/review",
		"store/detect", "store/detect/timeline", "store/text/guard", "store/text/similar"},
	"store/ledger": {"store/model", "store/kv", "store/journal", "store/rows", "store/review",
		"store/text/redline"},
	"store/track": {"store/model", "store/kv", "store/journal", "store/rows"},
	"store/views": {"store/model", "store/kv", "store/blob", "store/journal", "store/rows", "store/review",
		"store/detect", "store/text/clause", "store/text/guard", "store/text/similar"},
	"store/check": {"store/model", "store/kv", "store/blob", "store/journal", "store/rows", "store/review"},
	"store": {"store/model", "store/kv", "store/journal", "store/archive", "store/ledger", "store/track",
		"store/views", "store/check"},
	"fetch":                 {"store/model"},
	"fetch/browser":         {"fetch"},
	"fetch/extract":         {"store/model"},
	"fetch/ota":             {"store/model"},
	"tui/sanitize":          {},
	"tui/config":            {"tui/keys", "tui/theme"},
	"tui":                   {"store/model", "store/review", "tui/"},
	"cmd/fineprint":         {"store", "store/", "fetch", "fetch/", "tui", "tui/", "cmd/internal/"},
	"cmd/internal/app":      {"store", "store/", "fetch", "fetch/"},
	"cmd/internal/demosite": {},
	// Tools and test harnesses may use everything; nothing but tests and they
	// themselves may use them.
	"cmd/dev/": {"store", "store/", "fetch", "fetch/", "tui", "tui/", "cmd/dev/"},
}

func rulesOf(pkg string) (rules []string, found bool) {
	rules, found = mayImport[pkg]
	for prefix := path.Dir(pkg); !found && prefix != "."; prefix = path.Dir(prefix) {
		rules, found = mayImport[prefix+"/"]
	}
	return rules, found
}

// allowed reports whether a package may import another.
func allowed(from, to string) bool {
	rules, found := rulesOf(from)
	if from == to || !found {
		return from == to
	}
	return slices.ContainsFunc(rules, func(rule string) bool { return covers(rule, to) })
}

func covers(rule, pkg string) bool {
	return rule == pkg || strings.HasSuffix(rule, "/") && strings.HasPrefix(pkg, rule)
}

// unusedRules lists what a package that has a row of its own may import and
// doesn't.
func unusedRules(p *Package) []string {
	return slices.DeleteFunc(slices.Clone(mayImport[p.Path]), func(rule string) bool {
		return slices.ContainsFunc(p.Imports, func(to string) bool { return covers(rule, to) })
	})
}
