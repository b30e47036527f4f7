// Package ranking learns from what was decided which changes deserve attention first.
//
// It orders and suggests. It never hides, folds or dismisses.
package ranking
