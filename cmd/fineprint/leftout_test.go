package main

import (
	"strings"
	"testing"

	"fineprint/store/model"
)

func TestLeftOutIsSaidForWhatItIs(t *testing.T) {
	for want, left := range map[string]model.LeftOut{
		"12 % of the sentences":         {Share: 0.12},
		"in 3 places, which are \ufffd": {Unread: 3},
	} {
		if got := leftOutSentence(&left); !strings.Contains(got, want) {
			t.Errorf("%+v: %q", left, got)
		}
	}
	both := leftOutSentence(&model.LeftOut{Share: 0.12, Unread: 3}) // of a page and a PDF
	if !strings.Contains(both, "12 % of the sentences") || !strings.Contains(both, "in 3 places") {
		t.Errorf("of both: %q", both)
	}
	if one := leftOutSentence(&model.LeftOut{Share: 0.01, Unread: 3}); strings.Contains(one, "1 %") {
		t.Errorf("a share that is as usual: %q", one)
	}
}
