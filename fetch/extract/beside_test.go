package extract

import (
	"strings"
	"testing"
)

const (
	ferryMenu = `<div><a href="/">Home</a><a href="/t">Timetable</a><a href="/f">Fares</a></div>`
	ferryFoot = `<div><a href="/a">About</a><a href="/j">Jobs</a><div>© 2031 Thornbury Ferry Company</div></div>`
	ferryText = `<p>We keep what you tell us when you book a crossing, and we keep it for no longer than the law asks of a carrier ` +
		`by sea. Whoever travels with you is told of it as well.</p><p>Complaints are heard by the harbour office within ten days; ` +
		`a decision is sent in writing, and you may take it to the ombudsman if you are not content with it.</p>`
	ferryDocument = "<h1>Privacy notice</h1><h2>What we hold</h2>" + ferryText + "<h2>Who sees it</h2>" + ferryText +
		"<h2>How long it stays</h2>" + ferryText
)

// ferryPage is a page whose document is one element, with pieces before and after it.
func ferryPage(before, after string) []byte {
	return []byte("<title>Privacy notice - Thornbury Ferry</title><body>" + ferryMenu + before + "<div>" + ferryDocument + "</div>" + after + ferryFoot)
}

// A page without a sentence that lists a platform's documents keeps that list, whatever
// foot it has.
func TestPageThatOnlyListsDocumentsKeepsItsList(t *testing.T) {
	const list = `<h1>Legal</h1><ul><li><a href="/s">Terms of carriage</a><li><a href="/p">Privacy notice</a>` +
		`<li><a href="/k">Cookie notice</a><li><a href="/r">Refunds</a></ul>`
	want := text(t, Input{Body: []byte("<title>Legal</title><main>" + list + "</main>")})
	for name, body := range map[string]string{
		"in an element of its own": ferryMenu + "<div><div>" + list + "</div></div>" + ferryFoot,
		"without a foot":           ferryMenu + "<div><div>" + list + "</div></div>",
		"beside its foot":          "<div>" + list + "</div>" + ferryFoot,
	} {
		if got := text(t, Input{Body: []byte("<title>Legal - Ferry</title><body>" + body)}); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// What stands beside the document and is by what it holds the site's own is left out.
func TestWhatIsTheSitesBesideTheDocumentIsLeftOut(t *testing.T) {
	want := text(t, Input{Body: page(ferryDocument)})
	for name, c := range map[string]struct{ before, after string }{
		"call to buy": {"", `<div><h2>Sail in spring</h2><p>Cabins from nine pounds, all of April.</p><a href="/buy">Book now</a></div>`},
		"teasers": {"", `<div><div><b>Islands</b><p>Three days among the seals.</p><a href="/1">Read more</a></div>` +
			`<div><b>Kitchen</b><p>What the cook makes of a herring.</p><a href="/2">Read more</a></div>` +
			`<div><b>Crew</b><p>How Per became a stoker.</p><a href="/3">Read more</a></div></div>`},
		"columns of links": {"", `<div><div>Company</div><a href="/1">Our story</a><a href="/2">The board</a><div>Sail</div><a href="/3">All routes</a>` +
			`<div>Made with care in Bergen by people who sail.</div></div>`},
		"menu with a line": {`<div><a href="/1">Guest book</a><br><a href="/2">Photos of ships</a><br><a href="/3">Links</a><p>There are 14 guests on this site now.</p></div>`, ""},
		"list under a heading": {"", `<div><h3>Most read</h3><a href="/1">Winter timetable out</a><br><a href="/2">New pier at Askøy</a><br>` +
			`<a href="/3">The whale came back</a></div>`},
		"form to write to the firm": {"", `<section><p>Drop us a line and we will be in touch shortly.</p><form><input name=first><input type=email name=email>` +
			`<textarea></textarea><button>Send</button></form></section>`},
		"rights in Arabic":       {"", `<div><div>حمّل التطبيق</div><a href="/i">آب ستور</a><a href="/g">جوجل بلاي</a><div>جميع الحقوق محفوظة © ٢٠٣١</div></div>`},
		"what is called a foot":  {"", `<div class="site-footer"><h4>Opening hours</h4><p>The desk is open from nine to five on weekdays.</p></div>`},
		"component of that name": {"", `<ferry-footer><h4>Opening hours</h4><p>The desk is open from nine to five on weekdays.</p></ferry-footer>`},
		"sidebar":                {"", `<div class="sidebar"><b>Basket</b><p>You have no tickets in your basket.</p></div>`},
	} {
		if got := text(t, Input{Body: ferryPage(c.before, c.after)}); got != want {
			t.Errorf("%s: %q", name, strings.ReplaceAll(got, strings.TrimSpace(want), "[the document]"))
		}
	}
}

// TestCellsBesideTheDocumentAreLeftOut: in a table that lays out the page.
func TestCellsBesideTheDocumentAreLeftOut(t *testing.T) {
	const menu, offer = `<a href="/a">Timetable</a><br><a href="/b">Fares</a>`, `<b>Offers</b><br><a href="/o">Day trip</a> 17.50`
	read := func(right string) string {
		return text(t, Input{Body: page("<table><tr><td>" + menu + "<td>" + ferryDocument + "<td>" + right + "</table>")})
	}
	if got := read(offer); strings.Contains(got, "Day trip") || strings.Contains(got, "Timetable") || !strings.Contains(got, "ombudsman") {
		t.Errorf("%q", got)
	}
	for _, own := range []string{"<b>In force</b><br>1 May 2031<br><a href=/old>Older</a>", "Ingrid Dahl reads every letter herself."} {
		if got := read(own); !strings.Contains(got, "1 May 2031") && !strings.Contains(got, "Ingrid Dahl") {
			t.Errorf("%q is lost: %q", own, got)
		}
	}
}

// What may be the document's stays, wherever it stands.
func TestWhatMayBeTheDocumentsBesideItStays(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"contact":              {"", `<div><h2>Contact</h2><p>Write to the harbour office, Quay 4</p><a href="mailto:a@b.example">a@b.example</a></div>`, "Quay 4"},
		"partners":             {"", `<div><h2>Carriers</h2><a href="https://a.example">Nordlys</a><a href="https://b.example">Fasting</a><a href="https://c.example">Torrent</a></div>`, "Nordlys"},
		"form to use a right":  {"", `<div><h2>Your copy</h2><p>Use this form to ask for a copy.</p><form><input name=n><input type=email name=email><textarea></textarea></form></div>`, "Use this form"},
		"a right in a link":    {"", `<div><h2>Your copy</h2><p>You may ask for a copy at any time.</p><a href="/copy">Request a copy</a></div>`, "Request a copy"},
		"call of the document": {"", `<div><h2>Changes</h2><p>Sign up to be told of changes to this notice.</p><a href="/s">Sign up</a></div>`, "Sign up to be told"},
		"summary in cards": {`<div><b>Unsold</b><p>We do not sell what you tell us.</p><a href="/1">Learn more</a><b>Short</b><p>We erase it within thirty days.</p>` +
			`<a href="/2">Learn more</a><b>Yours</b><p>You may take it with you.</p><a href="/3">Learn more</a></div>`, "", "We erase it within"},
		"in force":          {"", `<div>Effective 4 March 2031 <a href="/1">Archive</a> <a href="/2">Earlier one</a> <a href="/3">Paper</a></div>`, "Effective 4 March 2031"},
		"what is led to":    {`<ul><li><a href="#c">Contact</a></ul>`, `<div id=c><h2>Contact</h2><p>Quay 4.</p><a href="/1">Map</a><a href="/2">Hours</a><a href="/3">Phone</a></div>`, "Hours"},
		"another notice":    {"", `<div><h2>Crew</h2><p>Crew read the harbour rules, too, before they sign on.</p></div>`, "harbour rules"},
		"what it names":     {"", `<div class=footer><p>Where this notice and the law differ, the law holds.</p></div>`, "the law holds"},
		"much to read":      {"", `<div><p>` + strings.Repeat("Crew read the harbour rules, too. ", 12) + `</p><a href="/c">Rules</a><p>© 2031 Ferry</p></div>`, "Crew read"},
		"documents with it": {"", `<div><h2>Further notices</h2><a href="/1">Pets</a><a href="/2">Luggage</a><a href="/3">Groups</a></div>`, "Luggage"},
	} {
		if got := text(t, Input{Body: ferryPage(c.before, c.after)}); !strings.Contains(got, c.want) || !strings.Contains(got, "ombudsman") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestMuchBesideTheDocumentStays: what is long is no foot, though it has a copyright.
func TestMuchBesideTheDocumentStays(t *testing.T) {
	const rule = "Crew read the harbour rules, too. "
	got := text(t, Input{Body: ferryPage("<div>"+strings.Repeat(ferryText, 20)+"</div>", "")})
	more := text(t, Input{Body: []byte("<body><div><h1>Privacy notice</h1>" + strings.Repeat(ferryText, 20) + "</div><div><p>" +
		strings.Repeat(rule, 15) + `</p><a href="/c">Rules</a><p>© 2031 Ferry</p></div>`), MediaType: "text/html"})
	if !strings.Contains(got, "ombudsman") || strings.Count(more, strings.TrimSpace(rule)) != 15 {
		t.Errorf("%q", more)
	}
}

// Where no element has nearly all of the prose, nothing is beside it.
func TestSmallSectionAmongSectionsStays(t *testing.T) {
	got := text(t, Input{Body: page("<div>" + ferryDocument + "</div><div><h2>Crew</h2>" + ferryText + ferryText + "</div>" +
		`<div><h2>Vouchers</h2><p>A voucher lasts for three years.</p><a href="/v">Buy one</a></div>`)})
	if !strings.Contains(got, "three years") || !strings.Contains(got, "Buy one") {
		t.Errorf("%q", got)
	}
}

// TestLinksOfHeadingsThatAllSayTheSameAreNone: a link beside a heading's own words.
func TestLinksOfHeadingsThatAllSayTheSameAreNone(t *testing.T) {
	got := text(t, Input{Body: page(`<main><h1>Rules</h1><h2 id=a><a href="#a">hashtag</a><div>Dogs</div></h2><p>On a lead.</p>` +
		`<h2 id=b><a href="#b">hashtag</a><div>Bikes</div></h2><p>Free of charge.</p><h2 id=c><a href="#c">Music</a></h2><p>Quietly.</p></main>`)})
	if strings.Contains(got, "hashtag") || !strings.Contains(got, "## Dogs\n") || !strings.Contains(got, "Music") {
		t.Errorf("%q", got)
	}
}

// What a page says of itself between the lines of a document is left out: who wrote it and
// how long ago, links back to its head below each section, numbers of a viewer's pages.
func TestLinesOfThePageAmongThoseOfTheDocument(t *testing.T) {
	section := func(n, more string) string { return "<h2>Part " + n + "</h2>" + ferryText + more }
	for name, c := range map[string]struct{ body, gone string }{
		"who wrote it":      {"<h1>Rules</h1><div><div>Written by <span>Ingrid</span></div>Updated over a week ago</div>" + section("A", ""), "Ingrid"},
		"how long ago":      {"<h1>Rules</h1>" + section("A", "<p>Last updated 2 months ago</p>"), "months ago"},
		"wer es schrieb":    {"<h1>Regeln</h1><p>Verfasst von Ingrid</p>" + section("A", ""), "Ingrid"},
		"back to the head":  {"<div id=w><h1>Rules</h1>" + section("A", "<p><a href='#w'>To the head</a></p>") + section("B", "<p><a href='#w'>To the head</a></p>") + "</div>", "To the head"},
		"alert above":       {"<div role=alert>No ferries run on Sunday until five.</div><h1>Rules</h1>" + section("A", ""), "Sunday"},
		"links in a row":    {"<h1>Rules</h1><div><a href='#a'>Part A</a><a href='#b'>Part B</a></div>" + section("A", ""), "APart"},
		"numbers of pages":  {"<h1>Rules</h1>" + section("A", "<div>Page 1 of 2</div>") + section("B", "<div>Page 2 of 2</div>"), " of 2"},
		"of pages, shorter": {"<h1>Rules</h1>" + section("A", "<div>1 / 2</div>") + section("B", "<div>2 / 2</div>"), "/ 2"},
	} {
		if got := text(t, Input{Body: page(c.body)}); strings.Contains(got, c.gone) || !strings.Contains(got, "ombudsman") {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, c := range map[string]struct{ body, stays string }{
		"numbers of articles": {"<h1>Rules</h1>" + section("A", "<div>Article 1</div>") + section("B", "<div>Article 2</div>"), "Article 2"},
		"alert below":         {"<h1>Rules</h1><div role=alert>No ferries run on Sunday until five.</div>" + section("A", ""), "Sunday"},
		"alert on the rules":  {"<div role=alert>These rules hold from May on.</div><h1>Rules</h1>" + section("A", ""), "from May"},
		"links of one word":   {"<h1>Rules</h1><p><a href='/a'>Fer</a><a href='/a'>ries</a></p>" + section("A", ""), "Fer"},
		"halves":              {"<h1>Rules</h1>" + section("A", "<div>2 of 2</div>") + section("B", "<div>2 of 2</div>"), "2 of 2"},
		"a small place": {"<h1>Rules</h1>" + section("A", "") + section("B", "") + strings.Replace("<div id=b>??</div>", "??",
			strings.Repeat("<p><a href='#b'>Who pays</a></p>", 2), 1), "Who pays"},
		"copyright of a section": {"<h1>Rules</h1>" + section("A", "") + "<h2>Maps</h2><div><p>© 2031 Ferry</p></div>", "## Maps"},
		"shares":                 {"<h1>Rules</h1>" + section("A", "<div>1 of 3</div>") + section("B", "<div>2 of 3</div>"), "2 of 3"},
		"one place":              {"<h1>Rules</h1>" + section("A", "<p><a href='#b'>Who pays</a></p>") + section("B", "<div id=b><p><a href='#b'>Who pays</a></p></div>"), "Who pays"},
		"in force":               {"<h1>Rules</h1><p>Published by the board, effective 4 March 2031</p>" + section("A", ""), "4 March"},
		"a clause":               {"<h1>Rules</h1>" + section("A", "<p>By Friday the desk answers whoever asked by Monday.</p>"), "By Friday"},
	} {
		if got := text(t, Input{Body: page(c.body)}); !strings.Contains(got, c.stays) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A site's name above a document that has a title of its own is none, nor are the pictures
// of a foot.
func TestNameOfTheSiteIsNoTitle(t *testing.T) {
	got := text(t, Input{Body: []byte("<title>Ferry Forum - House rules</title><body><div class=page-header><h1>Ferry Forum</h1><p>Slow boats</p></div>" +
		"<div><h2>House rules</h2><h3>A</h3>" + ferryText + "<p><img src=/map.png alt='Map of piers'></p></div><div><a href=/a>About</a> " +
		"<img src=/t.png alt='Rated teen'><p>© 2031 Ferry</p></div>"), MediaType: "text/html; charset=utf-8"})
	if !strings.HasPrefix(got, "## House rules\n") || strings.Contains(got, "teen") || !strings.Contains(got, "Map of piers") {
		t.Errorf("%q", got)
	}
}

// TestManyBesideTheDocumentEndInTime: what is asked of each grows with it alone.
func TestManyBesideTheDocumentEndInTime(t *testing.T) {
	for name, c := range map[string]string{
		"blocks":     strings.Repeat(`<div><a href="/x">Fares</a> are low. Book now.</div>`, 5_000),
		"headings":   strings.Repeat(`<div><h3>Fares</h3></div>`, 5_000) + "<p>© 2031 Ferry</p>",
		"copyrights": strings.Repeat(`<p><a href="/x">Home</a> © 2031 Ferry</p>`, 5_000),
	} {
		if got := text(t, Input{Body: ferryPage("", c)}); !strings.Contains(got, "ombudsman") {
			t.Errorf("%s: the document is lost", name)
		}
	}
}
