package model

import "time"

// Deviation is where a text differs from what a team's playbook expects.
type Deviation struct {
	Position string   `json:"position"` // its name
	Type     string   `json:"type"`     // of clause
	Severity Severity `json:"severity,omitempty"`
	Expected string   `json:"expected"`
	Found    string   `json:"found"`
	// Words are those that deviate, from Start to End of the text; "" where the document
	// doesn't say what it should.
	Words string `json:"words,omitempty"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Note  string `json:"note,omitempty"`
}

// Text is the deviation in one line: "retention: 18 months, expected at most 12 months".
func (d *Deviation) Text() string { return d.Position + ": " + d.Found + ", expected " + d.Expected }

// DocumentDeviation is a deviation of the newest text of a document.
type DocumentDeviation struct {
	Deviation
	Clause       int       `json:"clause,omitempty"` // its number in the version, from 1; 0 for none
	Document     ID        `json:"document"`
	Platform     string    `json:"platform"` // slug
	PlatformName string    `json:"platform_name"`
	DocumentType string    `json:"document_type"`
	Seq          int       `json:"seq"`
	CapturedAt   time.Time `json:"captured_at"`
	// Around is the paragraph that the words stand in, for the desk.
	Around string `json:"-"`
}

// PlaybookReport is a playbook held against all current documents.
type PlaybookReport struct {
	Number     uint64              `json:"number,omitempty"` // of the playbook, where it was saved
	Documents  int                 `json:"documents"`        // that were read
	Positions  []PositionReport    `json:"positions"`
	Deviations []DocumentDeviation `json:"deviations"`
}

// PositionReport is how many deviations there are from a position.
type PositionReport struct {
	Name       string   `json:"name"`
	Type       string   `json:"type"`
	Expect     string   `json:"expect"`
	Severity   Severity `json:"severity,omitempty"`
	Deviations int      `json:"deviations"`
	Documents  int      `json:"documents"` // that deviate
	Platforms  int      `json:"platforms"` // that deviate
	// Changes is how many changes, over all history, brought, ended or altered a deviation;
	// nil where they were not looked at.
	Changes *int `json:"changes,omitempty"`
}

// SavedPlaybook is a playbook that was saved.
type SavedPlaybook struct {
	Number  uint64    `json:"number"` // 0: none was
	SavedAt time.Time `json:"saved_at,omitzero"`
	SavedBy string    `json:"saved_by,omitempty"`
	File    string    `json:"file"`
}

// DeviationHow is what a change does to a deviation.
type DeviationHow string

// What a change does.
const (
	DeviationIntroduced DeviationHow = "introduced"
	DeviationRemoved    DeviationHow = "removed"
	DeviationAltered    DeviationHow = "altered"
)

// ChangeDeviation is what a change did to a deviation. Of a removed one, the place and the
// words are those of the old text.
type ChangeDeviation struct {
	How DeviationHow `json:"how"`
	// Was is what was found before, where it was altered.
	Was string `json:"was,omitempty"`
	Deviation
}

// Text is that in one line.
func (d *ChangeDeviation) Text() string {
	if d.Was != "" {
		return string(d.How) + ": " + d.Position + ": " + d.Was + " → " + d.Found + ", expected " + d.Expected
	}
	return string(d.How) + ": " + d.Deviation.Text()
}
