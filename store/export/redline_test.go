package export

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"

	"fineprint/store/model"
)

// TestMarkdownRedlinesAreValid: whatever stands beside what was deleted or inserted,
// Markdown takes it for that, and words that touch are told apart.
func TestMarkdownRedlinesAreValid(t *testing.T) {
	md := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()))
	for _, c := range []struct {
		spans []model.Span
		want  string
	}{
		{[]model.Span{{Op: model.Equal, Text: "entitled to do so"}, {Op: model.Delete, Text: "."}, {Op: model.Insert, Text: ";"},
			{Op: model.Equal, Text: "and"}}, "entitled to do so<del>.</del><ins>;</ins>and"},
		{[]model.Span{{Op: model.Equal, Text: "(“"}, {Op: model.Delete, Text: "NAM"}, {Op: model.Equal, Text: "”)"}},
			"(“<del>NAM</del>”)"},
		{[]model.Span{{Op: model.Delete, Text: " may\n\nnot "}, {Op: model.Insert, Text: "do"}},
			"<del>may</del></p>\n<p><del>not</del> <ins>do</ins>"},
		{[]model.Span{{Op: model.Insert, Text: "</ins><b>~~x~~"}}, "<ins>&lt;/ins&gt;&lt;b&gt;~~x~~</ins>"},
	} {
		var b bytes.Buffer
		if err := md.Convert([]byte(redline(c.spans)), &b); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, c.want) {
			t.Errorf("%+v\n got %s\nwant %s", c.spans, got, c.want)
		}
	}
}
