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
}
