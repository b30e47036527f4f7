package queue

import (
	"fmt"

	"fineprint/store/model"
)

// section is a part of the ranked queue, in the order of [model.QueuePage].
type section uint8

const (
	sectionMaterial section = iota
	sectionNoise
	sectionTakenBack
	sectionFolded
)

// headings are what stands above a section, with how many are in it; the first has
// none, for it is the queue itself.
var headings = [...]string{sectionNoise: "Probably noise (%d)", sectionTakenBack: "Taken back at once (%d)",
	sectionFolded: "Folded (%d)"}

func sectionOf(c *model.QueueItem) section {
	switch {
	case !c.Material:
		return sectionFolded
	case c.TakenBackAtOnce:
		return sectionTakenBack
	case c.ProbablyNoise:
		return sectionNoise
	}
	return sectionMaterial
}

// tally counts what is found by section.
func (s *Screen) tally() {
	clear(s.counts[:])
	for _, i := range s.found {
		s.counts[sectionOf(&s.items[i])]++
	}
}

// sectioned makes the rows of the ranked queue: what is probably noise, or was taken
// back at once, stands under a heading of its own, and so does then what follows.
func (s *Screen) sectioned() []queueRow {
	rows := make([]queueRow, 0, len(s.found)+len(headings))
	at := sectionMaterial
	apart := s.counts[sectionNoise]+s.counts[sectionTakenBack] > 0
	for _, i := range s.found {
		if is := sectionOf(&s.items[i]); apart && is != at {
			at = is
			rows = append(rows, queueRow{-1, fmt.Sprintf(headings[at], s.counts[at])})
		}
		rows = append(rows, queueRow{item: i})
	}
	return rows
}
