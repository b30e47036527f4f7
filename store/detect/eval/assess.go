package eval

import (
	"fineprint/store/detect"
	"fineprint/store/terms"
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

// recentVersions is how many versions back the store looks for a text that
// returns.
const recentVersions = 6

// storeModel repeats store.Record without a database: each text is compared
// with the last good one; a suspected capture is passed over once.
type storeModel struct {
	good, last string
	goodSeq    int
	seq        int
	suspect    string
	recent     []detect.Past
}

// Next is the only place that knows detect's history-aware API.
func (m *storeModel) Next(v Version) Verdict {
	if v.Text == "" {
		return Verdict{}
	}
	var out Verdict
	finger := detect.Fingerprint(v.Text)
	switch {
	case m.goodSeq == 0 || v.Text == m.good:
	case v.Technical:
		out = Verdict{Changed: true, Result: detect.Result{Reason: terms.ReasonTechnical}, Against: m.good}
	default:
		out = Verdict{Changed: true, Against: m.good, Result: m.assess(v.Text, finger)}
		out.Pair = out.Result.Material
		if r := out.Result.Reason; m.last != m.good || r == terms.ReasonFlap || r == terms.ReasonCapture {
			out.Pair = detect.Compare(m.last, v.Text).Material
		}
	}
	m.keep(v.Text, finger, out)
	return out
}

func (m *storeModel) assess(text string, finger [16]byte) detect.Result {
	past := make([]detect.Past, 0, len(m.recent))
	for _, p := range m.recent {
		if p.Seq != m.goodSeq {
			past = append(past, p)
		}
	}
	r := detect.Assess(m.good, text, finger, past)
	if r.Reason == terms.ReasonCapture && m.suspect == text {
		return detect.Compare(m.good, text) // twice in a row: settled
	}
	return r
}

func (m *storeModel) keep(text string, finger [16]byte, v Verdict) {
	m.seq++
	m.last = text
	m.recent = append([]detect.Past{{Seq: m.seq, Fingerprint: finger}}, m.recent[:min(len(m.recent), recentVersions-1)]...)
	if v.Changed && v.Result.Reason == terms.ReasonCapture {
		m.suspect = text
		return
	}
	m.good, m.goodSeq, m.suspect = text, m.seq, ""
}
