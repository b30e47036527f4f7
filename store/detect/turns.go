package detect

import "cmp"

// turns finds where clauses of a history came or went as they do now.
type turns struct {
	past []Past // newest first
	next *Past
	// came and gone say of the step to each version whether what came, or went, with
	// it does so again: 0 while nobody asked.
	groups [2][historyWindow]repetition
}

type repetition uint8

const (
	unknown repetition = iota
	news               // others came or went now
	repeated
	// once: repeated, but the version was taken back at once and never seen again.
	// That is no habit yet; see turns.find.
	once
)

const (
	coming = iota
	going
)

func turnsOf(h *History) *turns { return &turns{past: h.past, next: &h.nextPast} }

// came returns where in the past the version is in which a clause that is not in the good one
// appeared before, after a version without it; 0 when none did.
func (t *turns) came(s Sum) int { return t.find(s, coming) }

// went returns where the version is in which a clause of the good one was gone before,
// after a version with it; 0 when none was.
func (t *turns) went(s Sum) int { return t.find(s, going) }

// both returns where the older one is of the versions in which one clause came before
// and in which another was gone; 0 when either never was.
func (t *turns) both(to, from Sum) int {
	came, went := t.came(to), t.went(from)
	if came == 0 || went == 0 {
		return 0
	}
	return max(came, went)
}

// find looks for the newest step in which a clause did the same. One version that was
// taken back at once is no habit, two are.
func (t *turns) find(s Sum, which int) int {
	newer := 0
	for k := 1; k+1 < len(t.past) && s != (Sum{}); k++ {
		with, without := &t.past[k], &t.past[k+1]
		if which == going {
			with, without = without, with
		}
		if !with.has(s) || !without.lacks(s) {
			continue
		}
		switch t.repeats(k, which) {
		case repeated:
			return cmp.Or(newer, k)
		case once:
			if newer > 0 {
				return newer
			}
			newer = k
		}
	}
	return 0
}

// repeats reports whether what came, or went, with the step to past[k] does so again
// now: at least four fifths of the clauses that could.
func (t *turns) repeats(k, which int) repetition {
	r := &t.groups[which][k]
	if *r != unknown {
		return *r
	}
	with, without, now, before := &t.past[k], &t.past[k+1], t.next, &t.past[0]
	if which == going {
		with, without, now, before = without, with, before, now
	}
	group, again := 0, 0
	for _, s := range with.clauses {
		if without.has(s) || which == going && !now.has(s) {
			continue // it stayed, or never came back
		}
		group++
		if now.has(s) && !before.has(s) {
			again++
		}
	}
	switch {
	case again*5 < group*4:
		*r = news
	case t.takenBack(k):
		*r = once
	default:
		*r = repeated
	}
	return *r
}

// takenBack reports whether the step to past[k] led to a text that was taken back at
// once and seen no more, or was what took such a one back.
func (t *turns) takenBack(k int) bool { return t.isBlip(k) || t.isBlip(k+1) }

// isBlip reports whether a version stood between two equal ones and was like no
// other.
func (t *turns) isBlip(k int) bool {
	if k+1 >= len(t.past) || t.past[k-1].Text != t.past[k+1].Text {
		return false
	}
	for i := range t.past {
		if i != k && t.past[i].Text == t.past[k].Text {
			return false
		}
	}
	return true
}
