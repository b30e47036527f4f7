package rules

import (
	"strings"
	"testing"

	"fineprint/store/text/clause"
)

const (
	linkedRights = "You can [opt out](https://quill.example/out) of this.\n\n" +
		"You may [appeal](https://quill.example/appeal) to us.\n\n" +
		"To [delete](https://quill.example/delete) your account, write to us.\n\n"
	otherLinks = "See [our ranks](https://alp.example/1) and [coins](https://alp.example/2) here.\n\n" +
		"See [our badges](https://alp.example/3) and [levels](https://alp.example/4) here.\n\n" +
		"See [our art](https://alp.example/5) and [films](https://alp.example/6) here.\n\n"
)

func unlinked(s string) string { return clause.Visible(s) }

func paragraphs(s string, change func(string) string) string {
	parts := strings.Split(s, "\n\n")
	for i, p := range parts {
		parts[i] = change(p)
	}
	return strings.Join(parts, "\n\n")
}

// TestLinksThatMoveTogether: what becomes of all links of a text, or of all of a
// domain, takes no means to a right away; what becomes of some does.
func TestLinksThatMoveTogether(t *testing.T) {
	all := linkedRights + otherLinks
	to := func(from, to string) string { return strings.ReplaceAll(all, from, to) }
	for _, test := range []struct {
		name, old, new string
		folded         bool
	}{
		{"no links in the capture", all, paragraphs(all, unlinked), true},
		{"a link of nine stayed", all, linkedRights[:strings.Index(linkedRights, "You may")] +
			paragraphs(all[strings.Index(all, "You may"):], unlinked), true},
		{"the domain has another name", all, to("quill.example", "q.example"), true},
		{"a site within it too", strings.ReplaceAll(all, "quill.example", "www.quill.example"),
			to("quill.example", "www.q.example"), true},
		{"both domains have other names", all, strings.ReplaceAll(to("quill.example", "q.example"), "alp.example",
			"a.example"), true},
		{"only those to rights are gone", all, paragraphs(linkedRights, unlinked) + otherLinks, false},
		{"few links in all", linkedRights, paragraphs(linkedRights, unlinked), false},
		{"most went with their clauses, one by itself", all + strings.ReplaceAll(otherLinks, "our", "new"),
			paragraphs(linkedRights[:strings.Index(linkedRights, "You may")], unlinked) +
				linkedRights[strings.Index(linkedRights, "You may"):] + otherLinks, false},
		{"one leads elsewhere", all, to("quill.example/out", "q.example/out"), false},
		{"all lead to one page elsewhere", all, paragraphs(all, func(p string) string {
			for _, page := range []string{"out", "appeal", "delete"} {
				p = strings.ReplaceAll(p, "https://quill.example/"+page, "https://q.example/")
			}
			return p
		}), false},
		{"they lead to different sites", all, strings.ReplaceAll(to("quill.example/out", "q.example/out"),
			"quill.example", "z.example"), false},
		{"two are no domain", strings.Replace(all, "https://quill.example/delete", "/delete", 1),
			strings.ReplaceAll(strings.Replace(all, "https://quill.example/delete", "/delete", 1), "quill.example",
				"q.example"), false},
	} {
		material := 0
		for _, ch := range compare(Default, test.old, test.new).Changes {
			if !ch.Folded() {
				material++
			}
		}
		if (material == 0) != test.folded {
			t.Errorf("%s: %d changes are material", test.name, material)
		}
	}
}
