package keys

import (
	"errors"
	"fmt"
	"strings"

	"fineprint/store/model"
	"fineprint/store/review"
)

// Need is what has to be there for a command to be available; several are
// joined with |.
type Need uint32

// What a command may need. Those from NeedsOpenURL on are abilities that the
// desk has or lacks as a whole.
const (
	// NeedsJudging is a screen where changes are judged, not one only to read.
	NeedsJudging Need = 1 << iota
	// NeedsItem is a row under the cursor, [NeedsOpenable] one that can be opened.
	NeedsItem
	NeedsOpenable
	// NeedsIdle is that no task is under way, [NeedsBusy] that one is.
	NeedsIdle
	NeedsBusy
	// NeedsClause is that the reader is at a clause that changed.
	NeedsClause
	// needsChange and needsOne are the bits of [NeedsChange] and [NeedsOne].
	needsChange
	needsOne
	// needsSource is the bit of [NeedsSource].
	needsSource
	// NeedsRead is a version whose text was read.
	NeedsRead
	// NeedsListed is something listed, [NeedsMarked] something marked, [NeedsDuplicates]
	// another change with the same words as the one under the cursor.
	NeedsListed
	NeedsMarked
	NeedsDuplicates
	// NeedsOpenURL and those after it are what the desk was given.
	NeedsOpenURL
	NeedsExport
	NeedsFetch
	NeedsTrack
	NeedsFind
	NeedsImport
	NeedsSample
	NeedsSettings
	NeedsSettingsFile
	NeedsSearch
	NeedsCompare
	NeedsTypes
	NeedsDraft
	NeedsAlerts
	NeedsTell
	NeedsDates
	NeedsPlaybook

	// NeedsChange is a change to be about, or several that are marked.
	NeedsChange = needsChange | NeedsJudging
	// NeedsOne is one change: a command for one at a time.
	NeedsOne = needsOne | NeedsChange
	// NeedsSource is one change, or a row with a web address of its own.
	NeedsSource = needsSource | NeedsJudging
)

// Facts are what the screen and the desk know of what the next command would be
// about. From them and its row alone it is computed whether a command is
// available.
type Facts struct {
	// ReadOnly is why nothing is judged on this screen, "" where it is.
	ReadOnly string
	// NoItem is why there is no row under the cursor, NoOpen why it can't be
	// opened; "" when it is there, and can.
	NoItem, NoOpen string
	// Changes is how many changes a decision would be about: several when they
	// are marked.
	Changes int
	// Review is that of the one change, with no change in it where it was not read.
	Review model.Review
	// NotRead is why the version under the cursor has no text, "" when it has.
	NotRead string
	// Address: the row has a web address of its own.
	Address bool
	// Clause: the reader is at a clause that changed.
	Clause bool
	// Listed, Marked and Duplicates count changes: listed, marked, and those with the
	// same words as the one under the cursor, itself among them.
	Listed, Marked, Duplicates int
	// Running is the task that is under way, "" when none is.
	Running string
	// Has are the abilities that the desk has.
	Has Need
}

// needs are what each need lacks, in the order of precedence: the first that
// is lacking is the reason.
var needs = []struct {
	need   Need
	reason func(f Facts) string // "" when the need is met
}{
	{NeedsJudging, func(f Facts) string { return f.ReadOnly }},
	{NeedsItem, func(f Facts) string { return f.NoItem }},
	{NeedsOpenable, func(f Facts) string { return f.NoOpen }},
	{NeedsRead, func(f Facts) string { return f.NotRead }},
	{NeedsDuplicates, unless(func(f Facts) bool { return f.Duplicates > 1 }, "no identical change is listed")},
	{NeedsMarked, unless(func(f Facts) bool { return f.Marked > 0 }, "nothing is selected")},
	{NeedsListed, unless(func(f Facts) bool { return f.Listed > 0 }, "nothing is listed")},
	{NeedsOpenURL, lacks(NeedsOpenURL, "there is no browser to open it in")},
	{NeedsExport, lacks(NeedsExport, "this desk can't export")},
	{NeedsFetch, lacks(NeedsFetch, "this desk can't fetch")},
	{NeedsTrack, lacks(NeedsTrack, "this desk can't")},
	{NeedsFind, lacks(NeedsFind, "this desk can't")},
	{NeedsImport, lacks(NeedsImport, "this desk can't")},
	{NeedsSample, lacks(NeedsSample, "this desk can't")},
	{NeedsSettings, lacks(NeedsSettings, "this desk has no settings")},
	{NeedsSettingsFile, lacks(NeedsSettingsFile, "there is no settings file on this system")},
	{NeedsSearch, lacks(NeedsSearch, "this desk can't search clauses")},
	{NeedsCompare, lacks(NeedsCompare, "this desk can't compare clauses")},
	{NeedsDraft, lacks(NeedsDraft, "no draft command; set command under [draft] in the settings file")},
	{NeedsTypes, lacks(NeedsTypes, "this desk doesn't know types of clauses")},
	{NeedsAlerts, lacks(NeedsAlerts, "this desk keeps no alert rules")},
	{NeedsTell, lacks(NeedsTell, "this desk can't send")},
	{NeedsDates, lacks(NeedsDates, "this desk doesn't know what takes effect when")},
	{NeedsPlaybook, lacks(NeedsPlaybook, "this desk has no playbook")},
	{NeedsIdle, func(f Facts) string {
		if f.Running == "" {
			return ""
		}
		return f.Running + " in progress"
	}},
	{NeedsBusy, unless(func(f Facts) bool { return f.Running != "" }, "nothing in progress")},
	{NeedsClause, unless(func(f Facts) bool { return f.Clause }, "the reader is at no clause that changed")},
	{needsChange, unless(func(f Facts) bool { return f.Changes > 0 }, noChange)},
	{needsOne, oneAtATime},
	{needsSource, func(f Facts) string {
		switch {
		case f.Address:
			return ""
		case f.Changes == 0:
			return noChange
		}
		return oneAtATime(f)
	}},
}

const noChange = "there is no change here"

func unless(met func(Facts) bool, reason string) func(Facts) string {
	return func(f Facts) string {
		if met(f) {
			return ""
		}
		return reason
	}
}

func lacks(ability Need, reason string) func(Facts) string {
	return unless(func(f Facts) bool { return f.Has&ability != 0 }, reason)
}

func oneAtATime(f Facts) string {
	if f.Changes > 1 {
		return fmt.Sprintf("this works on one change (%d selected)", f.Changes)
	}
	return ""
}

// DisabledReason returns why the command is not available where f holds, ""
// when it is.
func (b Binding) DisabledReason(f Facts) string {
	for _, n := range needs {
		if b.Needs&n.need == 0 {
			continue
		}
		if reason := n.reason(f); reason != "" {
			return reason
		}
	}
	return b.refused(f)
}

// refused returns why the state of the review does not allow what the command
// decides. What the decision would lack is not looked at: it may be asked for.
func (b Binding) refused(f Facts) string {
	if b.Action == "" || f.Changes != 1 || f.Review.Change == "" {
		return ""
	}
	d := model.Decision{Change: f.Review.Change, Base: model.AnyRevision, Action: b.Action}
	err := review.Check(review.Projection{Review: f.Review}, d)
	if !errors.Is(err, model.ErrNotAllowed) {
		return ""
	}
	return strings.TrimPrefix(err.Error(), model.ErrNotAllowed.Error()+": ")
}

// DisabledReason returns why a command is not available where f holds, "" when
// it is. One that is not in the map needs nothing.
func (m Map) DisabledReason(c Command, f Facts) string {
	for _, b := range m {
		if b.Command == c {
			return b.DisabledReason(f)
		}
	}
	return ""
}
