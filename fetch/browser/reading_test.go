package browser

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/browsertest"
	"fineprint/fetch"
	"fineprint/store/model"
)

const prose = `<h1>Terms of Service</h1><p>These terms govern your use of the ferry booking service that ` +
	`Kestrel Crossings offers to passengers, and they apply from the moment at which you open an account with us.</p>` +
	`<p>We carry your luggage free of charge unless it weighs more than forty kilograms, in which case the fee on the ` +
	`list at the counter is due before departure.</p>`

// quick are options for pages whose text does not come late. What ends by itself has all
// the time that a busy machine may need.
var quick = Options{Settle: 300 * time.Millisecond, Quiet: 300 * time.Millisecond, Load: 20 * time.Second,
	Scroll: 20 * time.Second, Open: 20 * time.Second, Timeout: time.Minute}

func render(t *testing.T, o Options, html string, actions ...model.PageAction) (fetch.Response, error) {
	t.Helper()
	base := pageServer(t, html)
	started := time.Now()
	got, err := client(o, base).Fetch(t.Context(), fetch.Request{URL: base + "/", Browser: true, Actions: actions})
	t.Logf("%.1f s, %q, %v", time.Since(started).Seconds(), got.Remark, err)
	return got, err
}

const inRootsAndFrames = `<x-open>slotted words</x-open><x-closed></x-closed>
<iframe srcdoc="<p>a frame</p><iframe srcdoc='<p>a frame in a frame</p>'></iframe>"></iframe>
<iframe src="data:text/html,<p>not ours to read</p>" width=400 height=300></iframe><script>
customElements.define("x-open", class extends HTMLElement { connectedCallback() { this.attachShadow({mode: "open"})
	.innerHTML = "<style>p{color:red}</style><p>before <slot></slot> after</p><p>an open root</p>" }})
customElements.define("x-closed", class extends HTMLElement { connectedCallback() { this.attachShadow({mode: "closed"})
	.innerHTML = "<p>a closed root</p>" }})</script>`

const comesLate = `<p id=late></p><p>Now <b id=ticker></b></p><div id=list></div><script>
setTimeout(() => late.textContent = "text of a timer", 1000)
setInterval(() => ticker.textContent = Math.random().toString(36), 50)
fetch("/slow").then(() => late.after("text of a slow answer"))
let n = 0, more = () => { if (innerHeight + scrollY < document.body.scrollHeight - 300 || n >= 5) return
	list.insertAdjacentHTML("beforeend", "<p style='height:1700px'>part " + ++n + " of five</p>"); setTimeout(more, 50) }
addEventListener("scroll", more); more()</script>`

const onClicks = `<h3><button aria-expanded=false aria-controls=a onclick="a.textContent='marked text'">Marked</button></h3>
<div id=a></div>
<section><button aria-expanded=false onclick="o(this)">First</button></section>
<section><button aria-expanded=false onclick="o(this)">Second</button></section>
<div id=b></div><a href="#" onclick="b.textContent='text of read more';this.remove()">Weiterlesen…</a>
<details ontoggle="c.textContent='text of details'"><summary>Refunds</summary><div id=c></div></details>
<h3 style="cursor:pointer" onclick="d.textContent='text of an empty box'">Unmarked</h3><div id=d></div>
<x-acc></x-acc><script>
function o(b) { document.querySelectorAll(".open").forEach(e => e.remove())
	b.insertAdjacentHTML("afterend", "<div class=open>text of the one called " + b.textContent + "</div>") }
customElements.define("x-acc", class extends HTMLElement { connectedCallback() { let root = this.attachShadow({mode: "open"})
	root.innerHTML = "<button aria-expanded=false>Inner</button><div></div>"
	root.firstChild.onclick = () => fetch("/slow").then(() => root.lastChild.textContent = "text of an accordion in a root") }})
</script>`

// slowServer serves a page, and /slow after a second.
func slowServer(t *testing.T, html string) string {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprint(w, html)
		case "/slow":
			time.Sleep(time.Second)
			_, _ = fmt.Fprint(w, "x")
		default:
			http.NotFound(w, r)
		}
	})
}

// TestPartsThatAreNotInTheHTMLAreRead: shadow roots, frames, what comes late, at the end
// of a scroll or on a click; and what can't be read is named.
func TestPartsThatAreNotInTheHTMLAreRead(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	late := quick
	late.Settle = 2 * time.Second
	for name, c := range map[string]struct {
		o           Options
		html        string
		want, tells []string
	}{
		"roots and frames": {quick, inRootsAndFrames, []string{"before slotted words after", "an open root", "a closed root",
			"<p>a frame</p>", "<p>a frame in a frame</p>"}, []string{"a frame can't be read"}},
		"late": {late, comesLate, []string{"text of a timer", "text of a slow answer", "part 5 of five"}, nil},
		"clicks": {quick, onClicks, []string{">marked text", ">text of the one called First", ">text of the one called Second",
			">text of read more", ">text of details", ">text of an empty box", ">text of an accordion in a root"},
			[]string{"clicked on what was collapsed: ", "Marked", "and 2 more"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := slowServer(t, "<main>"+prose+c.html+"</main>")
			started := time.Now()
			got, err := client(c.o, base).Fetch(t.Context(), fetch.Request{URL: base + "/", Browser: true})
			t.Logf("%.1f s, %q", time.Since(started).Seconds(), got.Remark)
			for _, want := range c.want {
				if err != nil || !strings.Contains(string(got.Body), want) {
					t.Errorf("without %q: %v\n%s", want, err, got.Body)
				}
			}
			for _, want := range c.tells {
				if !strings.Contains(got.Remark, want) {
					t.Errorf("%q is not told in %q", want, got.Remark)
				}
			}
		})
	}
}

// TestNearlyEmptyPageIsWaitedForLonger: than one that has text, twice as long.
func TestNearlyEmptyPageIsWaitedForLonger(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	o := quick
	o.Settle = time.Second
	got, err := render(t, o, "<main id=m>One moment</main><script>setTimeout(() => m.innerHTML = `"+prose+"`, 1200)</script>")
	if err != nil || !strings.Contains(string(got.Body), "forty kilograms") || strings.Contains(string(got.Body), "One moment") {
		t.Errorf("%v\n%s", err, got.Body)
	}
}

// TestWhatIsNoPartOfTheDocumentIsNotClicked: menus, links, forms, consent, and what would
// take text away or leave the page.
func TestWhatIsNoPartOfTheDocumentIsNotClicked(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	const bad = `onclick="document.body.append('clicked: ' + this.textContent)"`
	for name, c := range map[string]struct{ html, remark string }{
		"not at all": {`<nav><button aria-expanded=false ` + bad + `>Products</button></nav><main>` + prose +
			`<form><button aria-expanded=false ` + bad + `>Send</button></form><button aria-haspopup=menu aria-expanded=false ` +
			bad + `>Language</button><a href="/other" ` + bad + `>Read more</a><button ` + bad + `>Print</button>
			<button aria-expanded=false aria-controls=p ` + bad + `>Filled</button><div id=p hidden>This answer is in the page already.
			</div></main><footer><button aria-expanded=false ` + bad + `>Company</button></footer>`, ""},
		"it takes text away": {`<main id=m>` + prose + `<button aria-expanded=false ` +
			`onclick="m.innerHTML='clicked: all is gone'">Refunds</button></main>`, "not opened: clicking took text away"},
		"it leads elsewhere": {`<main>` + prose + `<button aria-expanded=false onclick="history.pushState(1, '', '/x');` +
			`document.body.append('clicked')">Refunds</button></main>`, "not opened: a click led to another page"},
		"it would lead elsewhere": {`<main>` + prose + `<button aria-expanded=false onclick="location='/x'">Refunds</button></main>`,
			"would have led to another page"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := render(t, quick, c.html)
			body, _, _ := strings.Cut(string(got.Body), "<footer>")
			if err != nil || strings.Contains(string(got.Body), "</footer>clicked") || !strings.Contains(body, "forty kilograms") ||
				!strings.Contains(got.Remark, c.remark) || c.remark == "" && strings.Contains(got.Remark, "click") {
				t.Errorf("%v, %q\n%s", err, got.Remark, got.Body)
			}
		})
	}
}

// TestActionsAreDoneInTheirOrder: and what can't be done is an error that names it.
func TestActionsAreDoneInTheirOrder(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	page := `<main>` + prose + `<p id=tab onclick="setTimeout(() => this.outerHTML = '<p id=come>', 300)">Fees</p>
<a id=link href="/x">x</a><a id=file href="data:application/zip,x" download>x</a><p id=route onclick="history.pushState(1,'','/y')">
</p><p id=told onclick="alert('x'); this.textContent='after the message'">t</p><p hidden id=hidden>h</p></main>`
	click := func(css string) model.PageAction { return model.PageAction{Click: css} }
	for name, c := range map[string]struct {
		actions []model.PageAction
		err     string
		want    string
	}{
		"in order": {[]model.PageAction{click("#tab"), {WaitFor: "#come"}, {Wait: time.Millisecond}, {Scroll: true},
			click("#told")}, "", "after the message"},
		"nothing":  {[]model.PageAction{click("#gone")}, "click=#gone matches nothing", ""},
		"link":     {[]model.PageAction{click("#link")}, "leads to another page", ""},
		"download": {[]model.PageAction{click("#file")}, "leads to ", ""},
		"route":    {[]model.PageAction{click("#route")}, "leads to another page", ""},
		"no CSS":   {[]model.PageAction{click("p:contains(x)")}, "the browser does not know", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := render(t, quick, page, c.actions...)
			if c.err == "" && (err != nil || !strings.Contains(string(got.Body), c.want) ||
				!strings.Contains(got.Remark, "click=#told opened a message")) {
				t.Errorf("%v\n%s", err, got.Body)
			}
			if c.err != "" && (!errors.Is(err, fetch.ErrAction) || !strings.Contains(err.Error(), c.err)) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestHostilePagesAreReadInTime: what grows, opens or nests without end is read as far
// as the bounds go, and clicks reach no private address.
func TestHostilePagesAreReadInTime(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	hits, port, bad := listenForHits(t)
	o := quick
	o.Load, o.Scroll, o.Open = 2*time.Second, 2*time.Second, 2*time.Second
	for name, c := range map[string]struct{ html, remark string }{
		"endless growth": {`<div id=d></div><script>setInterval(() => d.insertAdjacentHTML("beforeend",
			"<p>" + Math.random().toString(36).repeat(20)), 20)</script>`, ""},
		"endless scroll": {`<div id=d></div><script>onscroll = () => d.insertAdjacentHTML("beforeend",
			"<p style='height:2000px'>" + "more ".repeat(50))</script><div style="height:3000px"></div>`, "goes on below"},
		"click storm": {`<div id=d></div><script>function f(b) { b.ariaExpanded = true; for (let i = 0; i < 50; i++)
			d.insertAdjacentHTML("beforeend", "<section><button aria-expanded=false onclick='f(this)'>Part " + Math.random() +
			"</button></section>") } f(document.body)</script>`, "for want of time"},
		"frames in frames": {`<iframe src="/?again" width=900 height=900></iframe>`, ""},
		"roots in roots": {`<div id=d></div><script>let e = d; for (let i = 0; i < 10000; i++) { let r =
			e.attachShadow({mode: "open"}); r.innerHTML = "<div></div>"; e = r.firstChild } e.textContent = "deep"</script>`,
			"parts nested more than 100 deep can't be read"},
		"named as what is asked": {`<form><input name=parentNode><input name=firstChild></form><img name=body>
			<img name=documentElement><img name=readyState><p id=fineprintPage>`, ""},
		"clicks lead inside": {bad.Replace(`<button aria-expanded=false onclick="location='http://127.0.0.1:PORT/'">A</button>
			<button aria-expanded=false onclick="fetch('http://localhost:PORT/', {mode: 'no-cors'})">B</button>
			<button aria-expanded=false onclick="open('http://127.0.0.1:PORT/')">C</button>`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := o
			if name == "roots in roots" {
				o.Timeout = 8 * time.Second
			}
			got, err := render(t, o, "<main>"+prose+c.html+"</main>")
			if name == "roots in roots" && err != nil {
				return // the browser itself may give up
			}
			if err != nil || !strings.Contains(string(got.Body), "forty kilograms") || !strings.Contains(got.Remark, c.remark) {
				t.Errorf("%v, %q\n%.3000s", err, got.Remark, got.Body)
			}
		})
	}
	t.Cleanup(func() {
		if n := hits.Load(); n != 0 {
			t.Errorf("%d connections at the canary on port %s", n, port)
		}
	})
}
