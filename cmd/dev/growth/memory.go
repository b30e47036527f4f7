package main

import (
	"os"
	"strconv"
	"strings"
)

// memory returns a line of the process's status in bytes: VmRSS is what is resident,
// VmHWM the most there was, RssAnon what of it is no mapped file. It is 0 on systems
// without one.
func memory(line string) int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for l := range strings.Lines(string(status)) {
		if name, value, _ := strings.Cut(l, ":"); name == line {
			n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
			return n << 10
		}
	}
	return 0
}
