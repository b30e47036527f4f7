package watch_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/fetch/watch"
	"fineprint/store/model"
)

// trial fetches two versions of a page in turn.
func trial(t testing.TB, first, second string) watch.Preview {
	t.Helper()
	web := &fakeWeb{asked: map[string]int{}, pages: fakePages{termsURL: func(n int, r fetch.Request) (fetch.Response,
		error) {
		if n == 1 {
			return answer(r, 200, first), nil
		}
		return answer(r, 200, second), nil
	}}}
	p, err := watch.DryRun(t.Context(), web, watch.WebDocument{Source: model.Source{URL: termsURL}}, "test",
		time.Nanosecond)
	if err != nil || p.Failure != "" {
		t.Fatalf("%v, %s", err, p.Failure)
	}
	return p
}

// clauses are a document's own words, that no proposal may take away.
var clauses = []string{
	"We keep your order data for 30 days after it was delivered to you.",
	"You may cancel at any time; refunds are paid within two weeks.",
	"Lantern Orchard Ltd runs the Brindle photo journal for its members.",
	"Any dispute is settled by binding arbitration in the county of Kerry.",
	"Wir löschen Ihre Daten spätestens dreißig Tage nach der Kündigung.",
	"Nous pouvons modifier le prix après un préavis de trente jours.",
	"当社は、注文に関する情報を30日間保存した後に削除します。",
	"Мы храним сведения о заказе в течение 30 дней после доставки.",
	"The printers who make your paper books use it only for that.",
	"Children below the age of sixteen can't keep a journal with us.",
}

func pageOf(parts ...string) string {
	return "<html><head><title>Terms</title></head><body><main><h1>Terms</h1>" + strings.Join(parts, "\n") +
		"</main></body></html>"
}

func paragraphs(list ...string) string { return "<p>" + strings.Join(list, "</p><p>") + "</p>" }

func TestProposalsAreSafe(t *testing.T) {
	rest := paragraphs(clauses...)
	related := func(class string, titles ...string) string {
		s := `<div class="` + class + `"><h3>Read on</h3><ul>`
		for _, title := range titles {
			s += `<li><a href="/blog/` + title[:3] + `">` + title + `</a></li>`
		}
		return s + "</ul></div>"
	}
	for _, c := range []struct {
		name, first, second string
		remove              string // all that is proposed
		why                 string
		cured               bool
	}{
		{"a counter by its class", `<p class="visitor-counter">You are reader number 1001 of this page today.</p>`,
			`<p class="visitor-counter">You are reader number 1002 of this page today.</p>`, ".visitor-counter", "", true},
		{"a counter without a name", `<p>You are reader number 1001 of this page today.</p>`,
			`<p>You are reader number 1002 of this page today.</p>`, "", watch.WhyNameless, false},
		{"a counter within a named box", `<div id="stats"><p>Seen <b>1001</b> times</p></div>`,
			`<div id="stats"><p>Seen <b>1002</b> times</p></div>`, "#stats", "", true},
		{"a class that clauses have, too", `<p class="stamp">Page 1001</p><p class="stamp">` + clauses[0] + `</p>`,
			`<p class="stamp">Page 1002</p><p class="stamp">` + clauses[0] + `</p>`, "", watch.WhyNameless, false},
		{"a class of looks", `<p class="text-sm">Page 1001</p>`, `<p class="text-sm">Page 1002</p>`, "",
			watch.WhyNameless, false},
		{"a time by its role", `<p role="timer">12:00:01</p>`, `<p role="timer">12:00:02</p>`, "[role=timer]", "", true},
		{"a token", `<span class="request-id">Ref a81f3c20b9</span>`, `<span class="request-id">Ref 77d01fe3aa</span>`,
			".request-id", "", true},
		{"an element that comes and goes", `<p class="badge">3 online</p>`, ``, ".badge", "", true},
		{"two clauses in turn", paragraphs("You must be at least 16 years old to keep a journal with us."),
			paragraphs("You must be at least 18 years old to keep a journal with us."), "", watch.WhyProse, false},
		{"two clauses in turn, with a name", `<p class="age-count">You must be 16 years old.</p>`,
			`<p class="age-count">You must be 18 years old.</p>`, "", watch.WhyProse, false},
		{"a price in turn", `<p class="fee">Fee: 5 €</p>`, `<p class="fee">Fee: 6 €</p>`, "", watch.WhyProse, false},
		{"a share in turn", `<p class="rate">Interest 5 %</p>`, `<p class="rate">Interest 9 %</p>`, "",
			watch.WhyProse, false},
		{"a time limit in turn", `<p id="limit">Frist: 14 Tage</p>`, `<p id="limit">Frist: 30 Tage</p>`, "",
			watch.WhyProse, false},
		{"a clause that is there for some", `<p class="badge">Members of the club are asked to leave a picture each.</p>`,
			``, "", watch.WhyProse, false},
		{"a heading in turn", `<h2 id="kept">How long</h2>`, `<h2 id="kept">For how long</h2>`, "", watch.WhyUnclear, false},
		{"links to other pages", `<p class="read-more">Read on: <a href="/1">Ten ways to print</a>, <a href="/2">A paper</a></p>`,
			`<p class="read-more">Read on: <a href="/3">A walk in Kerry</a>, <a href="/4">Old cameras</a></p>`, ".read-more",
			"", true},
		{"links in the document", related("contents", "What is held", "For whom"), related("contents", "What we hold",
			"For you"), "", watch.WhyUnclear, false},
		{"a teaser that tells something", `<div class="teaser"><p>` + clauses[2] + `</p></div>`,
			`<div class="teaser"><p>` + clauses[8] + `</p></div>`, "", watch.WhyProse, false},
	} {
		p := trial(t, pageOf(c.first, rest), pageOf(c.second, rest))
		var remove, why []string
		for _, d := range p.Differences {
			if d.Remove != "" {
				remove = append(remove, d.Remove)
			}
			if d.Why != "" && (len(why) == 0 || why[len(why)-1] != d.Why) {
				why = append(why, d.Why)
			}
		}
		if strings.Join(remove, ", ") != c.remove || strings.Join(why, ", ") != c.why || p.StableWithRemovals != c.cured {
			t.Errorf("%s: proposes %q (cured %t) because %q; should be %q (%t), %q", c.name, remove, p.StableWithRemovals,
				why, c.remove, c.cured, c.why)
		}
	}
}

// TestBothWordingsAreShown: of long ones, where they differ.
func TestBothWordingsAreShown(t *testing.T) {
	long := strings.Repeat("We keep data that you give to us. ", 20)
	p := trial(t, pageOf("<p>"+long+"It goes after 14 days. "+long+"</p>"), pageOf("<p>"+long+
		"It goes after 90 days. "+long+"</p>"))
	if len(p.Differences) != 1 || !strings.Contains(p.Differences[0].First, "14 days") ||
		!strings.Contains(p.Differences[0].Second, "90 days") || len(p.Differences[0].First) > 300 {
		t.Errorf("%+v", p.Differences)
	}
}

// TestNoProposalTakesAClause states the law over pages made by chance: whatever is
// proposed, each clause that both pages have is still read of both, and each that one has
// is still read of that one.
func TestNoProposalTakesAClause(t *testing.T) {
	proposed := 0
	for seed := range uint64(400) {
		g := &pageMaker{Rand: rand.New(rand.NewPCG(seed, 15))}
		first, second := g.pair()
		p := trial(t, first.html, second.html)
		var remove []model.Selector
		for _, d := range p.Differences {
			if strings.Contains(d.Remove, "nth-") {
				t.Errorf("seed %d: a place is proposed: %s", seed, d.Remove)
			}
			if d.Remove != "" {
				remove = append(remove, model.CSS(d.Remove)...)
				proposed++
			}
		}
		for _, page := range []madePage{first, second} {
			with, err := extract.Text(extract.Input{Body: []byte(page.html), MediaType: "text/html; charset=utf-8",
				Remove: remove})
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			for _, clause := range page.clauses {
				if !strings.Contains(with, clause) {
					t.Errorf("seed %d: %v takes away %q of\n%s", seed, remove, clause, page.html)
				}
			}
		}
	}
	if proposed < 50 {
		t.Errorf("only %d proposals", proposed)
	}
}

// pageMaker makes pairs of pages by chance.
type pageMaker struct{ *rand.Rand }

type madePage struct {
	html    string
	clauses []string
}

func (g *pageMaker) pick(list ...string) string { return list[g.IntN(len(list))] }

// names are attributes that elements have by chance.
func (g *pageMaker) name() string {
	return g.pick("", "", ` class="counter"`, ` id="stamp"`, ` class="a b"`, ` class="text-sm visits"`, ` role="status"`,
		` class="related"`, ` id="news"`, ` class="clause"`)
}

// pair makes two pages that differ in some of their parts.
func (g *pageMaker) pair() (first, second madePage) {
	parts := 3 + g.IntN(6)
	for i := range parts {
		clause := clauses[(i+g.IntN(2))%len(clauses)]
		if g.IntN(3) > 0 { // the same in both
			tag, name := g.pick("p", "div", "section"), g.name()
			s := "<" + tag + name + ">" + clause + "</" + tag + ">"
			first.add(s, clause)
			second.add(s, clause)
			continue
		}
		g.differing(&first, &second, clause)
	}
	wrap := g.pick("%s", "<div>%s</div>", `<div class="counter">%s</div>`, `<div id="news">%s</div>`,
		`<article class="related">%s</article>`)
	first.html = pageOf(fmt.Sprintf(strings.ReplaceAll(wrap, "%s", "%[1]s"), first.html))
	second.html = pageOf(fmt.Sprintf(strings.ReplaceAll(wrap, "%s", "%[1]s"), second.html))
	return first, second
}

func (p *madePage) add(html, clause string) {
	p.html += html
	if clause != "" {
		p.clauses = append(p.clauses, clause)
	}
}

// differing adds a part that is not the same in both.
func (g *pageMaker) differing(first, second *madePage, clause string) {
	name := g.name()
	open, shut := "<p"+name+">", "</p>"
	number := func() string { return fmt.Sprint(1000 + g.IntN(9000)) }
	switch g.IntN(6) {
	case 0: // a number
		first.add(open+"Seen "+number()+" times"+shut, "")
		second.add(open+"Seen "+number()+" times"+shut, "")
	case 1: // a number beside a clause
		first.add("<div"+name+"><span>"+number()+"</span><p>"+clause+"</p></div>", clause)
		second.add("<div"+name+"><span>"+number()+"</span><p>"+clause+"</p></div>", clause)
	case 2: // a clause in one only
		first.add(open+clause+shut, clause)
	case 3: // the number of a rule
		a, b := strings.Replace(clauses[0], "30", number(), 1), strings.Replace(clauses[0], "30", number(), 1)
		first.add(open+a+shut, a)
		second.add(open+b+shut, b)
	case 4: // two clauses in turn
		other := clauses[g.IntN(len(clauses))]
		first.add(open+clause+shut, clause)
		second.add(open+other+shut, other)
	case 5: // links
		for _, p := range []*madePage{first, second} {
			p.add("<div"+name+"><ul><li><a href=/x"+number()+">Story "+number()+"</a></li></ul></div>", "")
		}
	}
}
