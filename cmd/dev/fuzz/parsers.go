package main

// parserOf is a function that reads bytes from outside: of a page, a file, an archive, a
// server, a settings file, the command line.
type parserOf struct {
	pkg, function string
	// target is the fuzz target that runs it, in its package or, with a path, in another;
	// "" for one that need not be fuzzed, with why.
	target string
	why    string
}

// by reports whether a target is the one that runs the parser.
func (p parserOf) by(t target) bool {
	return p.target != "" && (t.pkg+"."+t.name == p.target || t.pkg == p.pkg && t.name == p.target)
}

// foreign lists the parsers of foreign bytes: every exported function that takes bytes or
// a reader, in the packages that read what comes from outside, and those besides.
var foreign = []parserOf{
	// Pages and documents.
	{"fetch/charset", "Decode", "FuzzDecode", ""},
	{"fetch/extract", "Text", "FuzzText", ""},
	{"fetch/extract", "Parse", "fetch/find.FuzzReadPage", ""},
	{"fetch/extract", "MediaTypeOf", "FuzzText", ""},
	{"fetch/extract", "IsPDF", "FuzzText", ""},
	{"fetch/find", "readPage", "FuzzReadPage", ""},
	{"fetch/office", "Find", "FuzzPage", ""},
	{"fetch/office", "Page", "FuzzPage", ""},
	{"fetch/packed", "Unpack", "FuzzUnpack", ""},
	{"fetch/packed", "NewReader", "FuzzUnpack", ""},
	{"fetch/packed", "ReadAll", "FuzzUnpack", ""},
	{"fetch/packed", "IsText", "FuzzUnpack", ""},
	{"fetch/pdf", "Text", "FuzzText", ""},
	{"fetch/pdf", "written", "FuzzWritten", ""},
	{"fetch/robots", "Parse", "FuzzParse", ""},
	{"fetch/watch", "unbundle", "FuzzUnbundle", ""},
	{"fetch/bounds", "Reader", "", "it reads nothing: it ends a reader in time"},
	// Archives.
	{"fetch/git", "parseIndex", "FuzzIndex", ""},
	{"fetch/git", "header", "FuzzHeader", ""},
	{"fetch/git", "parseLoose", "FuzzLoose", ""},
	{"fetch/git", "patch", "FuzzPatch", ""},
	{"fetch/importer", "openZip", "FuzzDataset", ""},
	{"fetch/importer", "parseIndex", "FuzzParseIndex", ""},
	{"fetch/ota", "ParseDeclaration", "FuzzParseDeclaration", ""},
	{"fetch/ota", "parseCommit", "FuzzCommit", ""},
	{"fetch/ota", "diff", "FuzzTree", ""},
	// Texts.
	{"store/text/clause", "Split", "FuzzSplit", ""},
	{"store/text/clause", "SplitBeside", "FuzzSplitBeside", ""},
	{"store/text/clause", "AppendPlain", "FuzzSplitBeside", ""},
	{"store/text/redline", "Compare", "FuzzCompare", ""},
	{"store/detect", "Compare", "FuzzCompare", ""},
	// What is typed, or written in files.
	{"store/insight/drafting", "Parse", "FuzzCheck", ""},
	{"store/insight/learn", "Parse", "FuzzParse", ""},
	{"store/insight/playbook", "Parse", "FuzzPlaybook", ""},
	{"store/insight/ranking", "Read", "FuzzRead", ""},
	{"store/insight/search", "Parse", "FuzzAQueryIsWrittenSoThatItReadsTheSame", ""},
	{"store/model", "ParseID", "FuzzParseID", ""},
	{"store/query", "Parse", "FuzzParse", ""},
	{"store/recordfile", "Parse", "FuzzParse", ""},
	{"store/registry", "With", "FuzzWith", ""},
	{"tui/config", "Parse", "FuzzParse", ""},
	{"tui/sanitize", "Line", "FuzzLine", ""},
	// Bytes of our own, handed out and read nowhere again.
	{"fetch/notify", "Send", "", "it sends what is made here"},
	{"fetch/notify", "Sign", "", "it signs what is made here"},
}

// outside are the packages that read what comes from outside, of which every exported
// function that takes bytes must be listed.
var outside = []string{"fetch", "fetch/bounds", "fetch/browser", "fetch/charset", "fetch/extract", "fetch/extract/dom",
	"fetch/extract/mainpart", "fetch/extract/markup", "fetch/find", "fetch/git", "fetch/importer", "fetch/notify",
	"fetch/office", "fetch/ota", "fetch/packed", "fetch/pdf", "fetch/robots", "fetch/termtype", "fetch/watch",
	"store/insight/drafting", "store/insight/playbook", "store/query", "store/recordfile", "store/registry", "tui/config"}
