//go:build race

package desktest

// raceDetector: Bubble Tea closes the reader of its input while its own goroutine
// may still read from it, which the race detector reports of every program.
const raceDetector = true
