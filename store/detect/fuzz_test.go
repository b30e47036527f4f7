package detect

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
)

// FuzzHistory: whatever texts come in, judging them is deterministic, and a text
// that returns at once is no material change.
func FuzzHistory(f *testing.F) {
	f.Add("# A\n\nOne of them.\n\x00# A\n\nTwo of them.\n\x00# A\n\nOne of them.\n\x00404 not found\x00# A\n\nThree.\n")
	f.Add("* a\n* b\n\x00* b\n* a\n\x00x\x00y\x00x\x00y\x00x\n")
	f.Fuzz(func(t *testing.T, all string) {
		texts := strings.Split(all, "\x00")
		judge := func() (results []Result) {
			var h History
			for i, text := range texts {
				switch {
				case h.Good() == "":
					h.Start(i+1, time.Time{}, text)
				case h.Good() == text:
					h.Seen(i + 1)
				default:
					r := h.Assess(time.Time{}, text, false, nil)
					if results = append(results, r); !r.Suspect {
						h.Advance(i+1, time.Time{})
					}
				}
			}
			return results
		}
		first := judge()
		if !reflect.DeepEqual(first, judge()) {
			t.Fatal("judged again it is another result")
		}
		for _, r := range first {
			if r.Material && r.Reason != model.ReasonNone || !r.Material && r.Reason == model.ReasonNone || r.Suspect &&
				r.Reason != model.ReasonCapture {
				t.Fatalf("%+v", r)
			}
		}
		if texts[0] == "" || len(texts) < 2 || texts[1] == "" {
			return
		}
		var h History
		h.Start(1, time.Time{}, texts[0])
		if texts[0] == texts[1] || h.Assess(time.Time{}, texts[1], false, nil).Suspect {
			return
		}
		h.Advance(2, time.Time{})
		if r := h.Assess(time.Time{}, texts[0], false, nil); r.Material {
			t.Fatalf("%q after %q is material", texts[0], texts[1])
		}
	})
}
