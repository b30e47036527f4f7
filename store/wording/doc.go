// Package wording has the texts that records carry beside what is written in them: the
// methodology, the disclaimer and the caution, which are versioned, the citation, and the
// questions and answers made from a record's fields.
//
// It is not for how a record looks (store/export) nor for what is in it (store/ledger).
// It is pure.
//
// Invariants: a text states only what is true of every record that carries it; a new
// wording is a new version, and the version is in the record beside the text. The same
// record gives the same words.
package wording

import (
	"math"
	"time"

	"fineprint/store/model"
)

// The versions of the standing texts.
const (
	MethodologyVersion = 3
	DisclaimerVersion  = 1
)

// Methodology is the text that every record carries on how it came about.
const Methodology = "Fineprint methodology, version 3. Texts were kept as captured and are named by SHA-256; what is " +
	"quoted stands in them at the byte positions given. " +
	"Where a record shows what changed, clauses were aligned and compared word by word by a published algorithm, whose " +
	"version this record names; what differs only in whitespace, typography, formatting, link targets, dates, numbering " +
	"or position is listed as immaterial with its reason. " +
	"A clause's history follows it by the same comparison through the captures that were recorded when this record was " +
	"approved; its stability is worked out by the formula beside it. " +
	"Severity, confidence, basis and all that is written are the judgement of the authors named. Where a second reader " +
	"is named, that is somebody else, who approved the record; what they made of the change themselves stands beside " +
	"it, where they gave it. " +
	"What is said of agencies and laws comes from a list; an entry without a date of verification was not checked " +
	"against its source. " +
	"Where the record says version only, the text is the archive's own extraction and the raw bytes of the page " +
	"were not in reach. " +
	"This record is not legal advice."

// Disclaimer is what a record with an analysis says of it.
const Disclaimer = "This record describes what the document states, and what its authors conclude from that. It is not " +
	"legal advice and does not say whether a clause can be enforced. Whether and how a law applies varies with the place " +
	"and the case."

// Caution stands with what a reader can do.
const Caution = "These steps may help in part, or not at all. Whether they do depends on where you live and on your own " +
	"case; check them before you rely on them."

// StabilityVersion is the version of the formula of stability.
const StabilityVersion = 2

// StabilityFormula is how the stability of a clause is worked out.
const StabilityFormula = "Version 2: material changes of the clause's words, divided by the years for which it was " +
	"monitored, that is from the capture that first showed it to the one that last did. Under 6 months: new; fewer than " +
	"one change in two years: stable; up to one a year, or a single one: occasionally changed; more: frequently changed"

const (
	newMonths    = 6
	stableUnder  = 0.5 // changes a year
	occasionalTo = 1.0
)

// Stability works out the stability of a clause that was monitored from one time to
// another.
func Stability(changes int, from, to time.Time) model.ClauseStability {
	s := model.ClauseStability{Formula: StabilityFormula, Version: StabilityVersion}
	if years := to.Sub(from).Hours() / (24 * 365.25); years > 0 {
		s.ChangesYear = math.Round(100*float64(changes)/max(years, newMonths/12.0)) / 100
	}
	switch {
	case to.Before(from.AddDate(0, newMonths, 0)):
		s.Label = "new"
	case s.ChangesYear < stableUnder:
		s.Label = "stable"
	case s.ChangesYear <= occasionalTo || changes == 1:
		s.Label = "occasionally changed"
	default:
		s.Label = "frequently changed"
	}
	return s
}

// MonthsBegun counts the months from one time to another, the last one begun.
func MonthsBegun(from, to time.Time) int {
	months := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
	if from.AddDate(0, months, 0).After(to) {
		months--
	}
	return max(months, 0) + 1
}
