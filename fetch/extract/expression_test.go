package extract_test

import (
	"testing"

	"fineprint/fetch/extract/dom"
)

// TestExpressionsCompile: they are compiled when they are first used, which would be late to learn
// that one is wrong.
func TestExpressionsCompile(t *testing.T) {
	if n := dom.CompileAll(); n < 15 {
		t.Errorf("%d expressions", n)
	}
}
