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

// mayImport is which of our packages each package may import. One that is not
// listed falls under its longest listed prefix ending in "/"; an allowed name
// ending in "/" allows everything below it.
var mayImport = map[string][]string{
	// The store: pure packages without I/O, the lowest first.
	"store/model":        {},
	"store/atomicfile":   {"store/model"},
	"store/reuse":        {},
	"store/smallsort":    {},
	"store/text/guard":   {},
	"store/text/words":   {},
	"store/text/redline": {"store/model", "store/reuse", "store/text/guard"},
	"store/text/clause":  {"store/model", "store/reuse", "store/text/guard", "store/text/redline"},
	"store/text/similar": {"store/model", "store/text/clause", "store/text/redline"},
	"store/text/excerpt": {},
	"store/detect/order": {},
	"store/detect/rules": {"store/model", "store/reuse", "store/text/clause", "store/text/redline"},
	"store/detect/place": {"store/text/clause", "store/text/redline"},
	"store/detect": {
		"store/detect/order", "store/detect/place", "store/detect/rules", "store/model", "store/text/clause",
		"store/text/guard",
		"store/text/redline",
	},
	"store/detect/timeline": {"store/detect", "store/model", "store/text/guard", "store/text/similar"},
	"store/review":          {"store/model"},
	"store/head":            {"store/model"},
	"store/nearest":         {},
	"store/clausetype":      {"store/model"},
	"store/registry":        {"store/clausetype", "store/model", "store/nearest", "store/smallsort"},
	"store/lint": {
		"store/clausetype", "store/model", "store/registry", "store/text/clause", "store/text/redline",
	},
	"store/insight/calendar": {
		"store/insight/identity", "store/insight/stated", "store/insight/upkeep", "store/kv", "store/model", "store/rows",
	},
	"store/insight/learn":     {"store/model"},
	"store/insight/recognize": {"store/clausetype", "store/insight/learn", "store/text/words"},
	"store/insight/stated":    {"store/model", "store/text/redline"},
	"store/query":             {"store/clausetype", "store/model", "store/nearest", "store/text/words"},
	"store/jsonlist":          {},
	"store/recordfile":        {"store/model", "store/nearest"},
	"store/export/paper":      {},
	"store/export":            {"store/export/paper", "store/head", "store/jsonlist", "store/model", "store/smallsort"},
	// The store: what is kept in the file, the lowest first, and the facade.
	"store/kv/pagefile":  {"store/model"},
	"store/kv/filelock":  {},
	"store/kv/pagesum":   {"store/kv/pagefile"},
	"store/kv/integrity": {"store/kv/pagefile", "store/kv/pagesum", "store/model"},
	"store/kv/scan":      {},
	"store/kv/holder":    {"store/atomicfile", "store/kv/filelock"},
	"store/kv/temporary": {"store/kv/filelock", "store/model"},
	"store/kv": {
		"store/atomicfile", "store/head", "store/kv/filelock", "store/kv/holder", "store/kv/integrity", "store/kv/pagefile",
		"store/kv/pagesum", "store/kv/temporary", "store/model",
	},
	"store/blob":    {"store/kv", "store/model", "store/reuse"},
	"store/journal": {"store/head", "store/kv", "store/model"},
	"store/rows": {
		"store/blob", "store/detect/order", "store/detect/place", "store/journal", "store/kv", "store/kv/scan", "store/model",
		"store/review", "store/text/similar",
	},
	"store/standing": {
		"store/blob", "store/detect", "store/kv", "store/model", "store/review", "store/rows", "store/text/clause",
		"store/smallsort",
	},
	"store/archive": {
		"store/blob", "store/detect", "store/detect/place", "store/detect/timeline", "store/journal", "store/kv",
		"store/model", "store/review", "store/rows", "store/standing", "store/text/guard",
		"store/text/similar",
		"store/smallsort",
	},
	"store/damage":     {"store/kv", "store/model"},
	"store/recordrows": {"store/kv", "store/model"},
	"store/provision": {
		"store/blob", "store/detect", "store/insight/identity", "store/journal", "store/kv", "store/model",
		"store/recordrows", "store/rows",
		"store/text/clause", "store/text/guard", "store/text/redline", "store/wording",
		"store/smallsort",
	},
	"store/insight/identity": {
		"store/blob", "store/kv", "store/model", "store/recordrows", "store/rows", "store/text/clause", "store/text/guard",
	},
	"store/insight/drafting": {"store/clausetype", "store/lint", "store/model", "store/text/redline"},
	"store/drafted":          {"store/kv", "store/model", "store/rows"},
	"store/insight/upkeep": {
		"store/insight/identity", "store/journal", "store/kv", "store/kv/scan", "store/model", "store/rows",
	},
	"store/recent":  {"store/kv", "store/model", "store/rows"},
	"store/wording": {"store/model"},
	"store/ledger": {
		"store/clausetype", "store/detect", "store/insight/stated", "store/journal", "store/kv", "store/lint", "store/model",
		"store/notes", "store/provision", "store/recent", "store/recordrows", "store/registry", "store/review", "store/rows",
		"store/standing", "store/text/clause",
		"store/text/redline", "store/wording",
		"store/smallsort",
	},
	"store/notes": {
		"store/journal", "store/kv", "store/model", "store/provision", "store/recordrows", "store/rows",
	},
	"store/track": {"store/journal", "store/kv", "store/model", "store/rows", "store/smallsort"},
	"store/views": {
		"store/blob", "store/detect", "store/detect/order", "store/insight/ranking", "store/insight/stated",
		"store/journal", "store/kv", "store/model", "store/notes", "store/provision", "store/recordrows", "store/review",
		"store/rows", "store/text/similar",
		"store/smallsort",
	},
	"store/insight/types": {
		"store/blob", "store/clausetype", "store/insight/learn", "store/insight/recognize", "store/journal", "store/kv",
		"store/model", "store/nearest", "store/provision", "store/recordrows", "store/rows", "store/text/clause",
		"store/smallsort",
	},
	"store/insight/ranking": {
		"store/blob", "store/detect/order", "store/journal", "store/kv", "store/model", "store/recordrows", "store/review",
		"store/rows", "store/text/clause", "store/text/guard", "store/text/redline", "store/text/similar",
		"store/smallsort",
	},
	"store/textsearch": {"store/blob", "store/kv", "store/model", "store/rows", "store/text/words"},
	"store/insight/lookup": {
		"store/blob", "store/clausetype", "store/insight/identity", "store/insight/index",
		"store/insight/recognize", "store/insight/search", "store/insight/terms", "store/insight/upkeep",
		"store/kv", "store/model", "store/recordrows", "store/rows", "store/text/clause", "store/text/words",
	},
	"store/insight/terms":  {},
	"store/insight/search": {"store/insight/terms", "store/model", "store/nearest"},
	"store/insight/index": {
		"store/blob", "store/insight/search", "store/insight/terms", "store/kv", "store/model",
	},
	"store/insight/digest": {"store/model"},
	"store/insight/outbox": {"store/kv", "store/model", "store/recordrows", "store/smallsort"},
	"store/insight/alert": {
		"store/insight/outbox", "store/journal", "store/kv", "store/model", "store/nearest", "store/notes", "store/query",
		"store/recordrows", "store/rows", "store/text/clause", "store/text/redline",
		"store/smallsort",
	},
	"store/check": {
		"store/blob", "store/insight/identity", "store/insight/index", "store/insight/upkeep", "store/journal", "store/kv",
		"store/model", "store/notes", "store/recordrows", "store/review", "store/rows",
		"store/smallsort",
	},
	"store/rescue/salvage": {
		"store/atomicfile", "store/blob", "store/head", "store/journal", "store/kv", "store/kv/pagesum", "store/model",
		"store/rows", "store/smallsort",
	},
	"store/rescue": {"store/blob", "store/journal", "store/kv", "store/kv/filelock", "store/model", "store/smallsort"},
	"store/insight/playbook": {
		"store/clausetype", "store/lint", "store/model", "store/nearest", "store/text/clause", "store/text/redline",
	},
	"store/insight/positions": {
		"store/blob", "store/insight/playbook", "store/insight/recognize", "store/insight/types", "store/journal",
		"store/kv", "store/model", "store/recordrows", "store/rows",
		"store/smallsort",
	},
	"store": {
		"store/archive", "store/check", "store/drafted", "store/insight/alert", "store/insight/calendar", "store/insight/lookup",
		"store/insight/outbox", "store/insight/positions",
		"store/insight/ranking", "store/insight/types", "store/insight/upkeep", "store/journal",
		"store/kv", "store/ledger", "store/model", "store/notes", "store/query", "store/rescue",
		"store/textsearch", "store/track", "store/views",
	},
	// What brings documents in. It knows neither the store nor the desk.
	"fetch/robots":  {},
	"fetch/charset": {"store/model"},
	"fetch/packed":  {"store/model"},
	"fetch/office":  {"fetch/bounds", "fetch/charset", "fetch/numeral", "store/model"},
	"fetch":         {"fetch/charset", "fetch/packed", "fetch/robots", "store/model"},
	"fetch/browser": {"fetch", "store/model"},
	"fetch/bounds":  {"store/model"},
	"fetch/pdf":     {"fetch/bounds", "fetch/numeral", "store/model"},
	"fetch/extract": {"fetch/bounds", "fetch/charset", "fetch/extract/dom", "fetch/extract/mainpart",
		"fetch/extract/markup", "fetch/office", "fetch/packed", "fetch/pdf", "store/model"},
	"fetch/git":      {"fetch/bounds"},
	"fetch/ota":      {"fetch/charset", "fetch/git", "store/model"},
	"fetch/numeral":  {},
	"fetch/termtype": {},
	"fetch/find":     {"fetch", "fetch/extract", "fetch/termtype"},
	"fetch/notify":   {"fetch", "store/atomicfile", "store/model"},
	"fetch/watch":    {"fetch", "fetch/charset", "fetch/extract", "fetch/termtype", "store/model"},
	"fetch/importer": {"fetch", "fetch/bounds", "fetch/extract", "fetch/office", "fetch/ota", "store/model"},
	// What of a page is read, and how.
	"fetch/extract/dom":      {},
	"fetch/extract/mainpart": {"fetch/extract/dom", "store/model"},
	"fetch/extract/markup":   {"fetch/extract/dom", "fetch/numeral"},
	// The desk. It knows neither the store nor fetch; screens not each other.
	"tui/sanitize":      {},
	"tui/humanize":      {},
	"tui/theme":         {"store/model"},
	"tui/keys":          {"store/model", "store/review"},
	"tui/activitywords": {"store/model"},
	"tui/config":        {"store/export", "store/model", "store/nearest", "tui/keys", "tui/sanitize", "tui/theme"},
	"tui/markup":        {"store/text/guard", "store/text/redline", "store/smallsort"},
	"tui/redlineview": {
		"store/model", "store/text/guard", "store/text/redline", "tui/humanize", "tui/markup", "tui/sanitize", "tui/theme",
		"store/smallsort",
	},
	"tui/kit":  {"store/model", "tui/config", "tui/humanize", "tui/keys", "tui/sanitize", "tui/theme"},
	"tui/work": {"tui/humanize", "tui/kit"},
	"tui/reading": {
		"store/model", "tui/humanize", "tui/keys", "tui/kit", "tui/redlineview", "tui/sanitize", "tui/viewport",
	},
	"tui/viewport": {"tui/keys", "tui/kit", "tui/redlineview", "tui/sanitize"},
	"tui/glance": {
		"store/model", "store/text/redline", "tui/humanize", "tui/keys", "tui/kit", "tui/redlineview", "tui/sanitize",
		"tui/theme",
		"store/smallsort",
	},
	"tui/screen/": {
		"store/model", "store/query", "tui/activitywords", "tui/config", "tui/glance", "tui/humanize", "tui/keys", "tui/kit",
		"tui/markup", "tui/reading", "tui/redlineview", "tui/sanitize", "tui/theme", "tui/viewport",
		"store/smallsort",
	},
	"tui/screen/settings": {
		"store/atomicfile", "tui/config", "tui/keys", "tui/kit", "tui/sanitize", "tui/theme",
	},
	"tui/screen/record": {
		"store/clausetype", "store/model", "store/recordfile", "store/registry", "tui/config", "tui/humanize", "tui/keys",
		"tui/kit", "tui/redlineview", "tui/sanitize",
		"store/smallsort",
	},
	"tui/screen/compare": {
		"store/model", "store/text/excerpt", "tui/humanize", "tui/keys", "tui/kit", "tui/redlineview", "tui/sanitize",
	},
	"tui/screen/playbook": {"store/model", "tui/humanize", "tui/keys", "tui/kit", "tui/sanitize", "tui/work"},
	"tui/screen/heatmap": {
		"store/clausetype", "store/model", "tui/humanize", "tui/keys", "tui/kit", "tui/sanitize", "tui/work",
		"store/smallsort",
	},
	"tui/clausetypes": {"store/clausetype", "store/model", "tui/keys", "tui/kit", "tui/sanitize", "store/smallsort"},
	"tui/rules":       {"store/model", "store/nearest", "tui/humanize", "tui/keys", "tui/kit", "tui/sanitize"},
	"tui/notes":       {"store/model", "tui/humanize", "tui/keys", "tui/kit", "tui/sanitize"},
	"tui/decide": {
		"store/model", "store/review", "tui/config", "tui/humanize", "tui/keys", "tui/kit", "tui/redlineview",
		"tui/sanitize", "tui/theme",
	},
	"tui/jobs": {"store/model", "tui/humanize", "tui/keys", "tui/kit", "tui/sanitize"},
	"tui": {
		"store/model", "store/nearest", "store/registry", "tui/config", "tui/decide", "tui/glance", "tui/jobs", "tui/keys",
		"tui/clausetypes", "tui/humanize", "tui/kit", "tui/notes", "tui/rules", "tui/sanitize", "tui/screen/", "tui/theme",
	},
	// What wires.
	"cmd/internal/demosite": {},
	"cmd/internal/licences": {},
	"cmd/internal/manual":   {},
	"cmd/internal/app": {"store", "store/", "fetch", "fetch/", "tui/config", "tui/humanize", "tui/sanitize",
		"cmd/internal/demosite"},
	"cmd/fineprint": {"store", "store/", "fetch/", "tui", "tui/", "cmd/internal/"},
	// Tools and test harnesses may use everything; nothing but tests and they
	// themselves may use them.
	"cmd/dev/": {"store", "store/", "fetch", "fetch/", "tui", "tui/", "cmd/internal/", "cmd/dev/"},
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
