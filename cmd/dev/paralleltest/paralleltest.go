// Package paralleltest is for packages whose tests mostly wait: for a page to be
// quiet, for a server that is slow, for another process.
package paralleltest

import (
	"flag"
	"runtime"
	"strconv"
)

// AtLeast lets that many parallel tests run at once, however few cores there are, for
// tests that wait need none; a -parallel of the command line counts instead. Call it in
// TestMain, before the tests are run.
func AtLeast(n int) {
	if runtime.GOMAXPROCS(0) >= n {
		return
	}
	if err := flag.Set("test.parallel", strconv.Itoa(n)); err != nil {
		panic(err)
	}
}
