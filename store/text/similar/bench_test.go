package similar

import (
	"fmt"
	"strings"
	"testing"

	"fineprint/store/model"
)

// BenchmarkNew is the likeness of a change that adds a long text, one clause of it at a
// time, and edits another.
func BenchmarkNew(b *testing.B) {
	var text strings.Builder
	var clauses []model.ClauseChange
	for i := range 400 {
		start := text.Len()
		fmt.Fprintf(&text, "%d. We may keep what you **sent** us in part %d for as long as the law of the land %d asks for.", i,
			i*i, i%7)
		clauses = append(clauses, model.ClauseChange{Kind: model.Added, Material: true,
			New: &model.ByteRange{Start: start, End: text.Len()}})
	}
	new := text.String()
	edited := strings.Replace(new, "We may", "They must", 20)
	whole := append(clauses, model.ClauseChange{Kind: model.Modified, Material: true,
		Old: &model.ByteRange{End: len(new)}, New: &model.ByteRange{End: len(new)}})
	b.SetBytes(int64(2 * len(new)))
	b.ReportAllocs()
	for b.Loop() {
		New(edited, new, whole)
	}
}
