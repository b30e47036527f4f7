package detecteval

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fineprint/store/detect"
)

// BenchmarkGrowth compares texts that are one mark again and again, of 64 KB, and
// reports by how much longer that takes than with 8 KB: about 8 as it should be, 64
// when something looks through the rest of the text at each mark.
func BenchmarkGrowth(b *testing.B) {
	for _, mark := range strings.Split("[|](|](a|](\\|[a][|[a](|\\[|![|![](|(|(1|<|<a "+
		"|<!--|<a:|*|**a|_a|`|`a|~~|&|&a|&#1|1|1.|1-|1(|1%|#|## a\n|> |>|- |-|1. |a.|a@|a_|a://|Jan 1 |Section 1. "+
		"|é|\t-|a\n", "|") {
		b.Run(fmt.Sprintf("%q", mark), func(b *testing.B) {
			small, large := repeated(mark, 8<<10), repeated(mark, 64<<10)
			start := time.Now()
			const rounds = 3
			for range rounds {
				detect.Compare(small.Old, small.New)
			}
			one := time.Since(start) / rounds
			for b.Loop() {
				detect.Compare(large.Old, large.New)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(one), "times-8KB")
		})
	}
}
