// Package activitywords puts what happened in a store into words for a reader.
//
// It is not for finding out what happened: store/views does that, and it returns
// facts.
package activitywords

import (
	"fmt"
	"strings"

	"fineprint/store/model"
)

// acts are the words for an act on one document, and on several.
var acts = map[model.Act][2]string{
	model.ActFetchedFirst:     {"first fetch"},
	model.ActFetchedChange:    {"fetched a change"},
	model.ActFetchedSame:      {"saw no change"},
	model.ActFetchedNothing:   {"saw nothing new", "saw nothing new in %d documents"},
	model.ActFetchedTechnical: {"re-read it"},
	model.ActQuarantined:      {"quarantined a capture"},
	model.ActFailed:           {"fetch failed"},
	model.ActTracked:          {"set up tracking", "set up tracking of %d documents"},
	model.ActUntracked:        {"stopped tracking", "stopped tracking %d documents"},
	model.ActRobotsIgnored:    {"ignores its robots.txt", "ignores robots.txt for %d documents"},
	model.ActRobotsObeyed: {"honours its robots.txt again",
		"honours robots.txt again for %d documents"},
	model.ActAsked:           {"changed its request options", "changed the request options of %d documents"},
	model.ActRuleAdded:       {"added a place rule", "added place rules for %d documents"},
	model.ActRuleRemoved:     {"removed a place rule", "removed place rules of %d documents"},
	model.ActRecordMade:      {"created a record"},
	model.ActRecordWithdrawn: {"withdrew a record"},
	model.ActRecordBegun:     {"started a provision record"},
	model.ActRecordWritten:   {"edited a provision record"},
	model.ActProvisionNamed:  {"assigned a clause ID"},
	model.ActNoted:           {"wrote a note"},
	model.ActAssigned:        {"unassigned it"},
	model.ActMarked:          {"marked it"},
	model.ActCreated:         {"created the database"},
	model.ActTrained:         {"learned from judged changes"},
	model.ActPlaybook:        {"saved the playbook"},
	model.ActDetected:        {"re-ran detection", "re-ran detection on %d documents"},
}

// Describe returns what the actor did, as in "fetched a change", and what else
// there is to know of it: why a capture was quarantined, a dismissal's reason, an
// approval's summary. Both may hold others' words, unsanitised.
func Describe(a model.Activity) (what, detail string) {
	switch {
	case a.Act == model.ActImported:
		return imported(a.Imported, a.Documents)
	case a.Act == model.ActDecided && a.Event != nil:
		return decided(*a.Event)
	}
	if n := a.Annotation; n != nil {
		return annotated(*n)
	}
	words, known := acts[a.Act]
	if !known {
		return "unknown action (newer Fineprint)", ""
	}
	if what = words[0]; a.Documents > 1 && words[1] != "" {
		what = fmt.Sprintf(words[1], a.Documents)
	}
	return what, more(a)
}

// annotated returns what became of a note or an assignment.
func annotated(n model.Annotation) (what, detail string) {
	switch n.Action {
	case model.NoteEdited:
		return "edited a note", n.Text
	case model.NoteRemoved:
		return "removed a note", string(n.Note)
	case model.NoteRestored:
		return "restored a note", string(n.Note)
	case model.Assigned:
		if n.Assignee == "" {
			return acts[model.ActAssigned][0], ""
		}
		return "assigned it", "to " + n.Assignee
	case model.Tagged:
		return "tagged it", n.Label
	case model.Untagged:
		return "removed a tag", n.Label
	case model.Raised:
		return "raised its suggestion", "to " + n.Label
	case model.Unraised:
		return "took back a raised suggestion", n.Label
	case model.Folded:
		return "folded it", ""
	case model.Unfolded:
		return "unfolded it", ""
	case model.Notified:
		return "notified a target", n.Label
	}
	return acts[model.ActNoted][0], n.Text
}

// more returns what else there is to know of an act that is no import or decision.
func more(a model.Activity) string {
	switch a.Act {
	case model.ActQuarantined, model.ActFailed:
		return a.Failure
	case model.ActFetchedTechnical:
		return "same page, text extracted differently"
	case model.ActFetchedNothing:
		return "different bytes, same text"
	case model.ActRecordMade, model.ActRecordWithdrawn:
		return fmt.Sprintf("revision %d", a.Number)
	case model.ActAsked:
		return a.Asked
	case model.ActDetected:
		return fmt.Sprintf("detection %d", a.Number)
	case model.ActFetchedChange:
		switch {
		case a.Material:
			return "material"
		case a.Reason != "":
			return "immaterial: " + string(a.Reason)
		}
	}
	return ""
}

// imported returns what an import did.
func imported(c model.ImportCounts, documents int) (what, detail string) {
	from := c.Repo
	if from == "" {
		from = map[model.Method]string{model.MethodFile: "files", model.MethodDataset: "a dataset",
			model.MethodWayback: "the Wayback Machine"}[c.Method]
	}
	switch {
	case c.Versions > 0:
		what = "imported " + several(c.Versions, "a version", "%d versions")
	case c.Same > 0:
		what = "imported " + several(c.Same, "a capture", "%d captures") + " with nothing new"
		c.Same = 0 // it is in what
	case c.Renamed > 0:
		return several(c.Renamed, "followed a document to its new name",
			"followed %d documents to their new names"), from
	default:
		return several(c.Ended, "ended a document deleted by its archive",
			"ended %d documents deleted by their archive"), from
	}
	if documents > 1 {
		what += fmt.Sprintf(" of %d documents", documents)
	}
	parts := []string{from}
	for _, p := range []struct {
		n         int
		one, many string
	}{
		{c.Same, "a capture with the same text", "%d captures with the same text"},
		{c.Renamed, "one renamed", "%d renamed"}, {c.Ended, "one ended", "%d ended"},
	} {
		if p.n > 0 {
			parts = append(parts, several(p.n, p.one, p.many))
		}
	}
	return what, strings.Join(parts, "; ")
}

func several(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

// decided returns what a decision did.
func decided(e model.Event) (what, detail string) {
	if e.Summary != nil {
		detail = *e.Summary
	}
	switch e.Action {
	case model.ActionApprove:
		return "approved", detail
	case model.ActionDismiss:
		return "dismissed", e.Reason
	case model.ActionSnooze:
		if e.Until == model.SnoozeNext {
			return "snoozed until its next change", ""
		}
		return "snoozed until " + e.Until, ""
	case model.ActionSubmit:
		return "submitted to a second reader", detail
	case model.ActionRequestChanges:
		return "requested changes", e.Reason
	case model.ActionContest:
		return "contested", e.Reason
	case model.ActionReopen:
		return "reopened", ""
	case model.ActionUndo:
		return "undid a decision", ""
	case model.ActionRedo:
		return "redid a decision", ""
	}
	var set []string
	if e.Severity != nil {
		set = append(set, "severity "+string(*e.Severity))
	}
	if e.Confidence != nil {
		set = append(set, "confidence "+string(*e.Confidence))
	}
	if e.Basis != nil {
		set = append(set, "basis "+string(*e.Basis))
	}
	if e.Summary != nil {
		set = append(set, "the summary")
	}
	if e.Note != nil {
		set = append(set, "the note")
	}
	if len(set) == 0 {
		return string(e.Action), detail
	}
	return "set " + strings.Join(set, ", "), detail
}
