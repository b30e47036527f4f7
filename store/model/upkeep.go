package model

// Upkeep is what bringing everything derived up to date did.
type Upkeep struct {
	Documents int `json:"documents"` // brought up to date
	Again     int `json:"again"`     // of them from the first text on, with what was kept before
	Texts     int `json:"texts"`     // gone over
	Clauses   int `json:"clauses"`   // that are new
	// Unread are documents that stay behind because something of them can't be read.
	Unread int `json:"unread,omitempty"`
}
