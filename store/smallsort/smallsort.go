// Package smallsort sorts lists of some hundred elements. Package slices sorts faster, but
// brings its 10 KB of code anew for each type of element; for seventy types that was a
// megabyte of a binary that may have 40.
//
// It is not for what is sorted by the thousand while somebody waits: the queue, a
// document's clauses, an index. There package slices stays.
package smallsort

import "sort"

// By sorts a list by how two elements compare: below 0, a goes first. Equal ones stay in
// their order.
func By[E any](list []E, compare func(a, b E) int) {
	sort.SliceStable(list, func(i, j int) bool { return compare(list[i], list[j]) < 0 })
}
