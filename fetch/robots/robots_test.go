package robots

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// allows asks a robots.txt whether a page may be fetched.
func allows(t *testing.T, file, page string) bool {
	t.Helper()
	u, err := url.Parse("https://acme.example" + page)
	if err != nil {
		t.Fatal(err)
	}
	return Parse([]byte(file), "fineprint").Allow(u)
}

// TestRobotsRulesFollowRFC9309: the rules of RFC 9309, its examples and what they leave to be
// thought of. A page after "-" is forbidden, one after "+" is not.
func TestRobotsRulesFollowRFC9309(t *testing.T) {
	const all = "User-agent: *\n"
	for _, c := range []struct{ name, file, pages string }{
		// 2.2.1: groups.
		{"ours and not that of all", all + "Disallow: /\nUser-agent: FinePrint\nDisallow: /x", "+/ +/terms -/x -/x/y"},
		{"ours in two groups",
			"User-agent: fineprint\nDisallow: /a\n\nUser-agent: other\nDisallow: /c\n\nUser-agent: " +
				"fineprint\nDisallow: /b", "-/a -/b +/c"},
		{"ours with a version", "User-agent: Fineprint/0.1\nDisallow: /a\n\n" + all + "Disallow: /b", "-/a +/b"},
		{"a name that begins like ours", "User-agent: fine\nDisallow: /\nUser-agent: fineprinter\nDisallow: /",
			"+/terms"},
		{"several names", "User-agent: other\nUser-agent: fineprint\nDisallow: /a", "-/a +/b"},
		{"a record in between", "User-agent: fineprint\nSitemap: https://acme.example/s.xml\nCrawl-delay: " +
			"1\nUser-agent: other\nDisallow: /a", "-/a +/b"},
		{"of all in two groups", all + "Disallow: /a\n" + all + "Disallow: /b", "-/a -/b +/c"},
		{"an empty one of ours", all + "Disallow: /\n\nUser-agent: fineprint\nDisallow:", "+/ +/terms"},
		{"none for us", "User-agent: other\nDisallow: /", "+/terms"},
		{"before the first group", "Disallow: /a\n" + all + "Disallow: /b", "+/a -/b"},
		// 2.2.2: what matches best.
		{"5.2", "User-Agent: fineprint\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
			"+/example/page/x -/example/page/disallowed.gif"},
		{"the longer one", all + "Disallow: /\nAllow: /terms", "-/ -/x +/terms +/terms/1"},
		{"equally long", all + "Disallow: /terms\nAllow: /terms", "+/terms"},
		{"equally long the other way about", all + "Allow: /terms\nDisallow: /terms", "+/terms"},
		{"a wildcard is one octet", all + "Allow: /legal.html\nDisallow: /legal*.h", "+/legal.html -/legal1.html"},
		{"a dot is one octet", all + "Allow: /legal/a.b\nDisallow: /*/a.b", "+/legal/a.b -/x/a.b"},
		{"case counts", all + "Disallow: /Terms", "+/terms -/Terms"},
		{"names of fields do not", "USER-AGENT: *\ndisALLOW: /a", "-/a +/b"},
		{"encoded is what it stands for", all + "Disallow: /foo/bar/%62%61%7A", "-/foo/bar/baz"},
		{"and the other way about", all + "Disallow: /foo/bar/baz", "-/foo/bar/%62%61%7a"},
		{"other scripts", all + "Disallow: /foo/bar/ツ", "-/foo/bar/%E3%83%84 -/foo/bar/%e3%83%84 +/foo/bar/%E3%83%85"},
		{"in the rule", all + "Disallow: /foo/bar/%E3%83%84", "-/foo/bar/ツ"},
		{"an address in an address", all + "Disallow: /foo/bar?baz=https://foo.bar",
			"-/foo/bar?baz=https%3A%2F%2Ffoo.bar -/foo/bar?baz=https://foo.bar"},
		{"a slash that is none", all + "Disallow: /a%2Fb", "-/a%2fb +/a/b"},
		// 2.2.3: special characters.
		{"a comment", all + "Disallow: /a # not /b\n#Disallow: /c", "-/a +/b +/c"},
		{"the end", all + "Allow: /this/path/exactly$\nDisallow: /this",
			"+/this/path/exactly -/this/path/exactly/x -/this/path/exactly?x"},
		{"anything between", all + "Disallow: /this/*/exactly",
			"-/this/path/exactly -/this/a/b/exactly/c +/this/exactly +/x/this/path/exactly"},
		{"from the beginning", all + "Disallow: /a*b", "-/a1b -/ab +/x/a1b"},
		{"anything, then the end", all + "Disallow: /*.pdf$", "-/a.pdf -/.pdf +/a.pdf?x +/a.pdfs -/a.pdf.pdf"},
		{"an end too early", all + "Disallow: /ab*b$", "-/abb +/ab"},
		{"a star for itself", all + "Disallow: /with-a-%2A.html", "-/with-a-*.html +/with-a-b.html"},
		{"a dollar for itself", all + "Disallow: /with-a-%24", "-/with-a-$ -/with-a-$/x +/with-a-"},
		{"a dollar in the midst", all + "Disallow: /a$b", "-/a$b +/a"},
		{"everything", all + "Disallow: *", "-/ -/terms"},
		{"everything with an end", all + "Disallow: /*$", "-/terms -/"},
		{"the front page only", all + "Disallow: /\nAllow: /$", "+/ -/terms -/?x"},
		{"no leading slash", all + "Disallow: terms", "-/terms +/x"},
		{"a query", all + "Disallow: /*?", "-/a?b +/a"},
		// What a file can be like.
		{"a byte order mark, and lines of a Mac", "\ufeffUser-agent: *\rDisallow: /a\r", "-/a +/b"},
		{"of Windows, with spaces", " User-agent : * \r\n Disallow : /a \r\n", "-/a +/b"},
		{"nothing", "", "+/"},
	} {
		for _, page := range strings.Fields(c.pages) {
			if got := allows(t, c.file, page[1:]); got != (page[0] == '+') {
				t.Errorf("%s: %s is allowed: %t", c.name, page[1:], got)
			}
		}
	}
}

// TestPatternsMadeToBeSlowAreCheap: a file of patterns made to be slow is asked for a
// long page in no time to speak of; a quadratic match would not end.
func TestPatternsMadeToBeSlowAreCheap(t *testing.T) {
	file := "User-agent: *\n" + strings.Repeat("Disallow: /"+strings.Repeat("a*", 1000)+"b\n", 200) + "Disallow: /" +
		strings.Repeat("a*", 40_000) + "$\n"
	if !allows(t, file, "/"+strings.Repeat("a", 30_000)) {
		t.Error("a page that nothing matches is forbidden")
	}
}

func TestDelayIsOfTheGroupThatCounts(t *testing.T) {
	for file, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2.5":                                            2500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 2\n\nUser-agent: fineprint\nCrawl-delay: 7":     7 * time.Second,
		"User-agent: *\nCrawl-delay: 2\n\nUser-agent: fineprint\nDisallow: /x":       0,
		"User-agent: *\nCrawl-delay: -2\nCrawl-delay: soon\nCrawl-delay: 1000000000": 0,
	} {
		if got := Parse([]byte(file), "fineprint").Delay; got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
}
