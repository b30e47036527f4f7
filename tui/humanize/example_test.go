package humanize_test

import (
	"fmt"
	"time"

	"fineprint/tui/humanize"
)

func Example() {
	fmt.Println(humanize.Count(1, "document"))
	fmt.Println(humanize.Count(12, "document"))
	fmt.Println(humanize.While(50 * time.Hour))
	fmt.Println(humanize.Number(38845))
	fmt.Println(humanize.Age(51 * 24 * time.Hour))
	fmt.Println(humanize.Bytes(34567))
	// Output:
	// 1 document
	// 12 documents
	// 2 d
	// 38,845
	// 51d
	// 34.6 kB
}
