package model

// Redetection counts what detecting a store again did, or, tried without
// changing anything, would do.
type Redetection struct {
	Algorithm int `json:"algorithm"`
	Documents int `json:"documents"` // looked at
	Changes   int `json:"changes"`   // looked at
	Folded    int `json:"folded"`    // material before, immaterial now
	Raised    int `json:"raised"`    // immaterial before, material now
	Renamed   int `json:"renamed"`   // immaterial for another reason
	New       int `json:"new"`       // not seen before at all
	Decided   int `json:"decided"`   // decided on, would be judged otherwise now; left as they are
	// Uncompared could not be compared; they are material.
	Uncompared int `json:"not_compared,omitempty"`
}

// Add adds another count to r.
func (r *Redetection) Add(o Redetection) {
	r.Documents += o.Documents
	r.Changes += o.Changes
	r.Folded += o.Folded
	r.Raised += o.Raised
	r.Renamed += o.Renamed
	r.New += o.New
	r.Decided += o.Decided
	r.Uncompared += o.Uncompared
}

// Differing is how many verdicts differ.
func (r Redetection) Differing() int { return r.Folded + r.Raised + r.Renamed + r.New + r.Decided }
