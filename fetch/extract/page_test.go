package extract

import (
	"errors"
	"strings"
	"testing"

	"fineprint/store/model"
)

func TestRangesSelectAndRemove(t *testing.T) {
	body := page(`<div id=top>Top</div><div class=box><h1 id=a>A</h1><p>one</p><div><p id=b>two</p><p>three</p>` +
		`</div></div><p id=c>four</p><p>five</p><h1>Again</h1>`)
	for _, c := range []struct {
		pick, drop []model.Selector
		want       string
	}{
		{[]model.Selector{{StartBefore: "h1", EndBefore: "#c"}}, nil, "# A\n\none\n\ntwo\n\nthree\n"},
		{[]model.Selector{{StartAfter: "h1", EndAfter: "#b"}}, nil, "one\n\ntwo\n"},
		{[]model.Selector{{StartBefore: "#b", EndAfter: "#c"}, {CSS: "#top"}}, nil, "two\n\nthree\n\nfour\n\nTop\n"},
		{model.CSS("body"), []model.Selector{{StartAfter: "#a", EndBefore: "#c"}, {CSS: "#top"}},
			"# A\n\nfour\n\nfive\n\n# Again\n"},
	} {
		if got := text(t, Input{Body: body, Select: c.pick, Remove: c.drop}); got != c.want {
			t.Errorf("select %v, remove %v: %q, want %q", c.pick, c.drop, got, c.want)
		}
	}
	for _, in := range []Input{{Select: []model.Selector{{StartBefore: "h1", EndBefore: "#none"}}},
		{Select: model.CSS("#none")},
		{Select: []model.Selector{{StartAfter: "#c", EndBefore: "#top"}}},
		{Remove: []model.Selector{{StartBefore: "#none", EndBefore: "h1"}}}} {
		in.Body, in.MediaType = body, "text/html"
		if got, err := Text(in); !errors.Is(err, ErrNoMatch) || got != "" {
			t.Errorf("select %v, remove %v: %q, %v", in.Select, in.Remove, got, err)
		}
	}
}

func TestFilterRemovesQueryParameters(t *testing.T) {
	body := page(`<p><a href="/a?sid=1&keep=%C3%A9&utm=x#f">a</a> <a href="https://o.example/?sid=2">b</a> <img ` +
		`src="i.png?sid=3" alt=i></p>`)
	want := "[a](https://acme.example/a?keep=%C3%A9#f) [b](https://o.example/) ![i](https://acme.example/legal/i.png)\n"
	filters := []model.Filter{{Name: "removeQueryParams", Args: []string{"sid", "utm"}}, {Name: "custom"}}
	if got := text(t, Input{Body: body, BaseURL: "https://acme.example/legal/", Filters: filters}); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestProtectedEmailsAreDecoded: Cloudflare's code is another one each time, the address
// is not.
func TestProtectedEmailsAreDecoded(t *testing.T) {
	encode := func(key byte, s string) string {
		const hexDigits = "0123456789abcdef"
		out := []byte{hexDigits[key>>4], hexDigits[key&15]}
		for i := range len(s) {
			out = append(out, hexDigits[(s[i]^key)>>4], hexDigits[(s[i]^key)&15])
		}
		return string(out)
	}
	for _, key := range []byte{7, 0x5a} {
		code := encode(key, "dpo@acme.example")
		body := page(`<p>Write to <a href="/cdn-cgi/l/email-protection#` + code +
			`"><span class="__cf_email__" data-cfemail="` + code +
			`">[email&#160;protected]</span></a> or <a class="__cf_email__" data-cfemail="` + code +
			`" href="/cdn-cgi/l/email-protection">[email&#160;protected]</a>.</p>`)
		want := "Write to [dpo@acme.example](mailto:dpo@acme.example) or [dpo@acme.example](mailto:dpo@acme.example).\n"
		if got := text(t, Input{Body: body, BaseURL: "https://acme.example/"}); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	if got := decodeEmail("00zz"); got != "" {
		t.Errorf("%q", got)
	}
}

func TestPagesAreJoinedAsParagraphs(t *testing.T) {
	a := text(t, Input{Body: page(`<p>A</p>`), MediaType: "text/html"})
	b := text(t, Input{Body: page(`<p>B</p>`), MediaType: "text/html"})
	if got := Join([]string{b, a}); got != "B\n\nA\n" {
		t.Errorf("%q", got)
	}
}

func TestPageChromeIsLeftOut(t *testing.T) {
	long := strings.Repeat("This clause says what you may do and what we may do, and it goes on for a while. ", 12)
	for name, c := range map[string][2]string{
		"cookie banner": {`<div id=onetrust-banner-sdk><p>We use cookies.</p></div><h1>Terms</h1><p>` + long +
			`</p>`, "# Terms\n\n" + long},
		"cookie policy": {`<div class=cookie-notice><h1>Cookies</h1><p>` + long + `</p></div>`,
			"# Cookies\n\n" + long},
		"sidebar without name": {`<div class=sidebar><ul><li><a href=/1>Home</a></li><li><a href=/2>Shop</a></li></ul>` +
			`</div><div class=content><h1>Terms</h1><p>` + long + `</p><p>` + long +
			`</p><ul><li>Short item</li></ul>` +
			`</div>`, "# Terms\n\n" + long + "\n\n" + long + "\n\n- Short item"},
		"collapsed section": {`<main><p>` + long +
			`</p><div hidden><p>You waive your right to take part in a class action against us or our partners.</p></div>` +
			`<span aria-hidden=true>×</span>` +
			`</main>`, long + "\n\nYou waive your right to take part in a class action against us or our partners."},
		"menu that isn't marked": {`<main><h1>Terms</h1><ul><li><a href=/x>Products</a><ul>` +
			strings.Repeat(`<li><a href=/y>Item</a></li>`, 30) + `</ul></li></ul><p>` + long +
			`</p><ul><li><a href="#a">A</a></li></ul></main>`, "# Terms\n\n" + long + "\n\n- [A](#a)"},
		"definitions": {`<main><dl><dt>Account</dt><dd>What you open with us.</dd></dl><p>` + long + `</p></main>`,
			"**Account**\n\nWhat you open with us.\n\n" + long},
	} {
		want := strings.ReplaceAll(strings.TrimSpace(c[1]), " \n", "\n") + "\n"
		if got := text(t, Input{Body: page(c[0])}); got != want {
			t.Errorf("%s: got %q\nwant %q", name, got, want)
		}
	}
}

// TestHostilePagesAreBounded: each ends, with a text or an error of ours.
func TestHostilePagesAreBounded(t *testing.T) {
	var open strings.Builder
	for i := range 200 {
		open.WriteString("<b class=c" + strings.Repeat("x", i) + ">")
	}
	for name, body := range map[string]string{
		"deep":       strings.Repeat("<div>", 100_000),
		"deep lists": strings.Repeat("<ul><li>", 120) + strings.Repeat("<p>x", 1000),
		"formatting": open.String() + strings.Repeat("<p>x</p>", 200_000),
		"elements":   strings.Repeat("<p>x", 2_000_000),
		"attributes": "<p " + strings.Repeat("a=b ", 1_000_000) + ">x",
		"tables":     strings.Repeat("<table><tr><td>", 3000),
		"comment":    "<!--" + strings.Repeat("-", 5_000_000),
	} {
		got, err := Text(Input{Body: []byte(body), MediaType: "text/html"})
		if err != nil && (!errors.Is(err, model.ErrInvalid) || got != "") {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	for _, name := range []string{"<div>", "<p>x"} {
		if _, err := Text(Input{Body: []byte(strings.Repeat(name, 2_000_000)), MediaType: "text/html"}); !errors.Is(err,
			ErrTooMuch) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
