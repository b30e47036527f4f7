//go:build !race

package desktest

// RaceDetector reports whether it looks on.
const RaceDetector = false
