package model

import "time"

// Draft is a summary that an analyst is writing and has not decided with yet.
// It is nobody's judgement: it is in no journal, record or export.
type Draft struct {
	Change  ID        `json:"change"`
	Actor   string    `json:"actor"`
	Summary string    `json:"summary"`
	At      time.Time `json:"at"`
	Base    int       `json:"base"` // Review.Revision that it was begun on
}
