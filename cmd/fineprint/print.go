package main

import (
	"fmt"
	"strings"
)

// number is a figure of a summary, with what it counts.
type number struct {
	n    int
	what string
}

// counted lists the figures that are not 0: "3 added, 1 moved".
func counted(list ...number) string {
	var parts []string
	for _, c := range list {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return strings.Join(parts, ", ")
}
