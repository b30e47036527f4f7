//go:build race

package desktest

// RaceDetector reports whether it looks on. It finds nothing in a [Desk], where nothing
// runs at the same time, and takes ten times as long. A [Terminal] it can't look at: Bubble
// Tea closes the reader of its input while its own goroutine
// may still read from it, which the race detector reports of every program.
const RaceDetector = true
