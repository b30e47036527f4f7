package model

// Damage is a stored value that can't be read, and what that costs.
type Damage struct {
	// ID is the object that it belongs to; "" where it belongs to none that has one.
	ID ID `json:"id,omitempty"`
	// What it is, in words: "a decision on FP-C-000012".
	What string `json:"what"`
	// Means says what is missing for it: "the change is in no list and can't be decided on".
	Means string `json:"means"`
	// Bucket and Key are where it is stored, the key in hexadecimal.
	Bucket string `json:"bucket"`
	Key    string `json:"key"`
	// Derived: it is made from other values, and `fineprint index --rebuild` makes it again.
	Derived bool `json:"derived,omitempty"`
}
