//go:build !race

package desktest

const raceDetector = false
