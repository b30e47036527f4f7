package digest_test

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"time"

	"fineprint/store/insight/digest"
	"fineprint/store/model"
)

func made(s string) *digest.Digest {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	return &digest.Digest{Store: "x", Since: at, Until: at.AddDate(0, 0, 7), Filter: s,
		Records: []digest.Record{{ID: "FP-R-000001", PlatformName: s, Type: s, Title: s, Summary: s, Severity: model.High, ApprovedAt: at}},
		Pending: []digest.Group{{PlatformName: s, Changes: []digest.Change{{ID: "FP-C-000002", Type: s, CapturedAt: at,
			Suggested: model.Low, Why: []string{s}, Words: s}}}},
		Failing: []digest.Failing{{Document: "FP-D-00001", PlatformName: s, Type: s, Since: at, Reason: s}},
		Due:     []digest.Due{{Change: "FP-C-000003", PlatformName: s, Type: s, Day: "2026-04-01"}}}
}

var tag = regexp.MustCompile(`<[a-zA-Z!/][^>]*>`)

// check writes a digest in each format and looks for markup that is not ours.
func check(t *testing.T, s string) {
	count := func(s string) int { return len(tag.FindAllString(s, -1)) }
	for _, format := range digest.Formats {
		var got, again, plain bytes.Buffer
		if err := made(s).Write(&got, format); err != nil {
			t.Fatal(err)
		}
		_ = made(s).Write(&again, format)
		_ = made("plain").Write(&plain, format)
		text := got.String()
		if text != again.String() {
			t.Errorf("%s: not the same twice", format)
		}
		if format != "json" && strings.ContainsAny(text, "\x00\x1b\u202e\u2028") {
			t.Errorf("%s: a control character in %q", format, text)
		}
		if format == "html" && strings.TrimSpace(s) != "" && count(text) > count(plain.String()) || format == "md" && tag.MatchString(text) {
			t.Errorf("%s: markup in %q", format, text)
		}
		if format == "atom" {
			var feed struct {
				Entries []struct {
					ID string `xml:"id"`
				} `xml:"entry"`
			}
			if err := xml.Unmarshal(got.Bytes(), &feed); err != nil || len(feed.Entries) != 3 || feed.Entries[0].ID != "urn:fineprint:x:FP-R-000001" {
				t.Errorf("%q: %+v, %v", text, feed, err)
			}
		}
	}
}

func TestDigestSaysWhatHappenedInEveryFormat(t *testing.T) {
	for _, format := range digest.Formats {
		var b bytes.Buffer
		if err := made("Acme").Write(&b, format); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"FP-R-000001", "FP-C-000002", "Acme"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: no %s in %s", format, want, b.String())
			}
		}
	}
	if err := made("x").Write(&bytes.Buffer{}, "doc"); err == nil {
		t.Error("an unknown format was written")
	}
}

func FuzzDigest(f *testing.F) {
	for _, s := range []string{"<script>alert(1)</script>", "a\x1b[m\x00", "[x](javascript:y)", "]]>&amp;", "\xff\u202e\u2028", "# h\n- x", "<!--"} {
		f.Add(s)
	}
	f.Fuzz(check)
}
