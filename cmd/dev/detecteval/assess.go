package detecteval

import (
	"fineprint/store/detect"
	"fineprint/store/model"
)

// Verdict is what the store makes of a version.
type Verdict struct {
	Changed bool          // false for the first version and for a text seen last
	Result  detect.Result // of a change
	Against string        // the text it was compared with
	Pair    bool          // material when compared with the version right before, history aside
}

// same is the class of a version that says what the last good one says.
const same = "same"

// Class names a verdict in few words: "same", "material", or the reason.
func (v Verdict) Class() string {
	switch {
	case !v.Changed:
		return same
	case v.Result.Material:
		return "material"
	}
	return string(v.Result.Reason)
}

// Assessor looks at one document's versions in order, as the store does.
type Assessor interface {
	// Next takes the next version in.
	Next(v Version) Verdict
}

// NewAssessor makes the model of how the store looks at a history.
func NewAssessor() Assessor { return &storeModel{} }

// storeModel repeats store.Record without a database: a detect.History is
// assessed, and settled or rejected, as the store does it.
type storeModel struct {
	history detect.History
	last    string // the version right before, bad capture or not
	seq     int
}

// Next is the only place that knows detect's history-aware API.
func (m *storeModel) Next(v Version) Verdict {
	if v.Text == "" {
		return Verdict{}
	}
	m.seq++
	good := m.history.Good()
	out := Verdict{Changed: true, Against: good}
	switch {
	case good == "":
		m.history.Start(m.seq, v.Text)
		out = Verdict{}
	case v.Text == good:
		m.history.Seen(m.seq)
		out = Verdict{}
	case v.Technical:
		m.history.Start(m.seq, v.Text)
		out.Result = detect.Result{Reason: model.ReasonTechnical}
	default:
		out.Result = m.history.Assess(v.Text, v.CapturedAt)
		if out.Result.Suspect {
			m.history.Reject(out.Result.Detail, v.CapturedAt)
		} else {
			m.history.Settle(m.seq)
		}
		out.Pair = out.Result.Material
		if r := out.Result.Reason; m.last != good || r == model.ReasonFlap || r == model.ReasonCapture {
			out.Pair = detect.Compare(m.last, v.Text).Material
		}
	}
	m.last = v.Text
	return out
}
