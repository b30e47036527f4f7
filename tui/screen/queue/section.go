package queue

import (
	"fmt"

	"fineprint/store/model"
)

// tally counts what is found by section.
func (s *Screen) tally() {
	clear(s.counts[:])
	for _, i := range s.found {
		s.counts[s.items[i].Section()]++
	}
}

// sectioned makes the rows of the ranked queue: what is probably noise, or was taken
// back at once, stands under a heading of its own, and so does then what follows.
func (s *Screen) sectioned() []queueRow {
	rows := make([]queueRow, 0, len(s.found)+int(model.Sections))
	at := model.SectionMaterial
	apart := s.counts[model.SectionNoise]+s.counts[model.SectionTakenBack] > 0
	for _, i := range s.found {
		if is := s.items[i].Section(); apart && is != at {
			at = is
			rows = append(rows, queueRow{-1, fmt.Sprintf("%s (%d)", at, s.counts[at])})
		}
		rows = append(rows, queueRow{item: i})
	}
	return rows
}
