package detecteval

import (
	"crypto/sha256"

	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/model"
)

// Verdict is what the store makes of a version.
type Verdict struct {
	Changed bool          // false for the first version and for a text seen last
	Result  detect.Result // of a change
	Against string        // the text it was compared with
	Pair    bool          // material when compared with the version right before, history aside
}

// same is the class of a version with the words of the last good one.
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

// NewAssessor returns an assessor that takes a history's versions in as the store
// does when it is imported.
func NewAssessor() Assessor { return &archive{} }

// archive is a store's view of one history, without a database.
type archive struct {
	state timeline.State
	last  string // the version right before, bad capture or not
}

// Next takes the next version in; one that is a failed capture is left out.
func (a *archive) Next(v Version) Verdict {
	if v.Text == "" {
		return Verdict{}
	}
	good := a.state.Text()
	var taken timeline.Verdict
	a.state, taken = timeline.Step(a.state, timeline.Capture{Method: model.MethodOTAVersions, At: v.CapturedAt,
		Text: v.Text,
		Sum:  sha256.Sum256([]byte(v.Text)), Technical: v.Technical})
	out := Verdict{Changed: true, Against: good}
	switch {
	case taken.Change != nil:
		out.Result = taken.Change.Result
		out.Pair = out.Result.Material
		if r := out.Result.Reason; a.last != good || r == model.ReasonFlap || r == model.ReasonCapture {
			out.Pair = detect.Compare(a.last, v.Text).Material
		}
	case taken.Outcome == model.OutcomeTechnical && v.Text != good:
		out.Result = detect.Result{Reason: model.ReasonTechnical}
	default:
		out = Verdict{}
	}
	a.last = v.Text
	return out
}
