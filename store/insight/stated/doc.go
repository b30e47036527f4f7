// Package stated finds the dates that a document states for itself: when it was updated
// last, since when it holds or from when it will, when it was published, which version
// it follows. Each is returned with the kind, the day, and where the words that say so
// are ([Find]).
//
// It is not for dates that a text merely names, such as a law's or a user's, nor for
// when a text was captured; and it decides nothing of a change. How a date is written
// and read is package redline's ([redline.ReadDate]).
//
// Invariants:
//   - A date that has two readings is decided by what is known: a day that is stated as
//     past can't be after the capture, and another date of the document that has only
//     one reading shows which order the document writes. Else both readings are
//     returned; none is preferred.
//   - It is pure: equal texts and captures have equal dates, and the places are of the
//     text that was given.
//   - It looks only at lines with a year's digits, so that long texts cost little.
//
// Decision: a line counts when it is a stamp, which is short and has words that are known
// (cues.go), or a sentence with such words whose subject is the document; at the head
// and the foot of a text a date alone counts as well. What is about a law, or about what
// users did by a day, is left out, for a date that is wrong costs more trust than one
// that is missing.
package stated
