package extract

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestTextSizeCountsWhiteSpaceOnce(t *testing.T) {
	for _, body := range []string{"", " ", "<p>a</p><p>b</p>", "<p> a  b\n</p> <p>\u00a0c é</p>",
		"<b>a</b>b <i> </i>c<script>x y</script>", "<p>\u2003 日本</p>\n"} {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := textSize(doc.Selection), len(strings.Join(strings.Fields(doc.Text()), " ")); got != want {
			t.Errorf("%q: %d, want %d", body, got, want)
		}
	}
}
