package playbook

import (
	"slices"
	"strings"
)

// What a sentence says of its own accord. Words of a phrase that it has do not count where
// it negates them, only supposes them, leaves them to the reader, or tells what they mean.
// The kinds were found by reading flags on real documents; see says_test.go.

const (
	// listReach is how far before a phrase a negation may stand of which the phrase is one
	// of several things: "we do not rent lists of …, or sell your data".
	listReach = 40
	// lackReach is how far before something its being done without may be said.
	lackReach = 4
	// knownReach is how far before it a word may stand of who learns, believes or knows.
	knownReach = 14
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func stems(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[stem(w)] = true
	}
	return m
}

var (
	// beginners are words before which a negation is of something else: "if you do not
	// agree, we may sell it".
	beginners = set("may will can but however we they unless except")
	pronouns  = set("we they")
	helpers   = set("do does did will would shall should can may must have has had is are was were so")
	modals    = set("may will can shall must would could should might")
	// endings are words that end what is negated.
	endings = set("but however unless except may will can")
	// stops are verbs that negate what they are followed by.
	stops = set("stop stops cease ceases refrain refrains avoid avoids prevent prevents")
	// mistakes are how nobody means to do what he does.
	mistakes = set("inadvertently accidentally mistakenly unintentionally unknowingly erroneously")
	supposes = set("if before until unless whether")
	asks     = set("if when where should upon once event case")
	// known are the stems of words for who learns, believes or knows.
	known = stems("knowledge learn discover aware believe believes know suspect determine notified informed find")
	// lefts may stand between the reader and what is left to him: "you may also choose to".
	lefts = set("may can could might to the a be able have has had right rights option ability possibility choose " +
		"chose want wish decide decided elect like would request invoke invoked invoking " +
		"select pursue also either then otherwise always permanently at any time")
	// leaves are those of them by which something is left to him.
	leaves = set("may can could might able right rights option ability possibility choose want wish decide " +
		"decided elect like invoke invoked")
	readers = set("you your individual individuals")
	wants   = set("ask request tell want instruct require asking like wish")
	means   = set("means mean defined definition refers")
)

// says finds where a sentence says a phrase without negating it.
func (s *sentence) says(p phrase) (from, to int, ok bool) {
	return s.where(p, func(from, to int) bool { return s.negated(p, from, to) })
}

// claims finds where a sentence says a phrase of its own accord.
func (s *sentence) claims(p phrase) (from, to int, ok bool) {
	return s.where(p, func(from, to int) bool {
		return s.negated(p, from, to) || s.stopped(from) || s.supposed(from) || s.unknown(from) || s.left(from, to) ||
			s.defined(from, to) || s.inapplicable(to)
	})
}

func (s *sentence) where(p phrase, not func(from, to int) bool) (from, to int, ok bool) {
	for after := 0; ; {
		from, to, ok = s.find(p, after)
		if !ok || !not(from, to) {
			return from, to, ok
		}
		after = from + 1
	}
}

// negated reports whether a negation that is none of a phrase's own words stands in a
// stretch, or before it and is of it.
func (s *sentence) negated(p phrase, from, to int) bool {
	for i := from; i < to; i++ {
		if s.negates[i] && !p.holds(s.stems[i]) {
			return true
		}
	}
	reach, list := reach, s.listed(from)
	if list {
		reach = listReach
	}
	for i := from - 1; i >= max(0, from-reach); i-- {
		switch w := s.words[i]; {
		case s.negates[i]:
			return true
		case beginners[w] && s.inverted(i):
			return true
		case beginners[w] && !(list && pronouns[w]), list && endings[w]:
			return i > 0 && s.negates[i-1] && s.marks[i] == 0 && !pronouns[w]
		}
	}
	return false
}

// lacking reports whether what stands in a stretch is not there: "without prior notice".
func (s *sentence) lacking(p phrase, from, to int) bool {
	for i := to - 1; i >= max(0, from-lackReach); i-- {
		if i < from && s.words[i] == "unless" {
			return false
		}
		if s.negates[i] && (i < from || !p.holds(s.stems[i])) {
			return true
		}
	}
	return false
}

// listed reports whether an "or" stands before a word, as before the last of several.
func (s *sentence) listed(at int) bool {
	for at--; at >= 0; at-- {
		switch w := s.words[at]; {
		case w == "or" || w == "nor":
			return true
		case len(w) > 4 && w[len(w)-2:] == "ly", w == "otherwise", w == "to", w == "in", w == "any", w == "way", w == "also":
		default:
			return false
		}
	}
	return false
}

// inverted reports whether what begins at a word was negated before: "nor do we", "under no
// circumstances will we".
func (s *sentence) inverted(at int) bool {
	i := at - 1
	for i >= 0 && i >= at-2 && helpers[s.words[i]] && s.marks[i+1] == 0 {
		i--
	}
	if i < 0 || s.marks[i+1] != 0 {
		return false
	}
	switch s.words[i] {
	case "nor", "never", "neither":
		return true
	case "event", "circumstances", "case", "circumstance", "way":
		return i < at-1 && i > 0 && s.words[i-1] == "no"
	}
	return false
}

// stopped reports whether something is ended before it is named: "stop selling", "opt out
// of our selling".
func (s *sentence) stopped(from int) bool {
	for i := from - 1; i >= max(0, from-6); i-- {
		w := s.words[i]
		if stops[w] || w == "out" && i > 0 && (s.words[i-1] == "opt" || s.words[i-1] == "opting") {
			return true
		}
		if modals[w] || pronouns[w] {
			return false
		}
	}
	return false
}

// supposed reports whether something is only a condition: "if we terminate your account",
// or happens against everybody's will.
func (s *sentence) supposed(from int) bool {
	for i := from - 1; i >= max(0, from-10); i-- {
		w := s.words[i]
		if mistakes[w] || supposes[w] {
			return true
		}
		if s.marks[i+1] != 0 || modals[w] || w == "to" && i > 0 && s.words[i-1] == "right" {
			return false
		}
	}
	return false
}

// unknown reports whether somebody may learn of something, or nobody knows of it: "if we
// learn that we have", "no knowledge that we".
func (s *sentence) unknown(from int) bool {
	for k := from - 1; k >= max(0, from-knownReach); k-- {
		if modals[s.words[k]] && s.words[k] != "should" {
			return false
		}
		if !known[s.stems[k]] {
			continue
		}
		for i := k - 1; i >= max(0, k-8); i-- {
			if asks[s.words[i]] || s.negates[i] && i >= k-4 {
				return true
			}
		}
		return false
	}
	return false
}

// left reports whether something is the reader's own act, which he may do or leave: "you
// may close your account", "to close your account, you".
func (s *sentence) left(from, to int) bool {
	i, may := from-1, false
	for i >= 0 && lefts[s.words[i]] {
		may = may || leaves[s.words[i]]
		i--
	}
	switch {
	case i < 0:
		return from > 0 && s.words[0] == "to" && from == 1 && slices.Contains(s.words[to:min(len(s.words), to+6)], "you")
	case s.words[i] == "us" && i > 0 && s.words[from-1] == "to":
		return wants[s.words[i-1]]
	case i > 1 && s.words[i-1] == "that" && wants[s.words[i-2]]: // "you may request that Acme close it"
		return true
	case readers[s.words[i]]:
		return may || s.conditional(i)
	case s.words[i] == "or" && i == from-1:
		for k := i - 1; k >= max(0, i-8); k-- {
			if modals[s.words[k]] || pronouns[s.words[k]] {
				return false
			}
			if s.words[k] == "you" {
				return s.conditional(k)
			}
		}
	}
	return false
}

// conditional reports whether a word is who a condition is about: "if you".
func (s *sentence) conditional(at int) bool {
	if at == 0 || s.marks[at] != 0 {
		return false
	}
	w := s.words[at-1]
	return asks[w] || supposes[w] || w == "after" || w == "how" || w == "that" && at > 1 && s.words[at-2] == "provided"
}

// defined reports whether a sentence tells what words mean.
func (s *sentence) defined(from, to int) bool {
	for i := from; i < min(len(s.words), to+2); i++ {
		if means[s.words[i]] {
			return true
		}
	}
	return false
}

// inapplicable reports whether a sentence says that what it named does not apply.
func (s *sentence) inapplicable(to int) bool {
	for i := to + 1; i < min(len(s.words), to+6); i++ {
		if s.stems[i] == stem("apply") && s.negates[i-1] {
			return true
		}
	}
	return false
}

// titleWords is how many words a title in a clause has at most.
const titleWords = 6

// title reports whether a sentence is the title of a clause, of which the next tells more.
func (s *subject) title(k int) bool {
	return k == 0 && len(s.sentences) > 1 && len(s.sentences[0].words) <= titleWords
}

var (
	units   = set("hour hours day days week weeks month months")
	notices = set("unilateral_modification service_changes price_changes")
	duties  = set("must shall agree need required")
	gets    = set("be receive get have")
	tellsUs = set("notify inform tell give giving notifying informing provide providing")
)

// elsewhere reports whether a sentence's least lengths of time are none of a type's: how
// long before something one may still cancel is no time for a refund, what was paid in the
// months before a claim none to bring it in, and a notice that the reader owes none of theirs.
func (s *sentence) elsewhere(kind string) bool {
	for i := 1; i < len(s.words); i++ {
		w := s.words[i]
		switch {
		case kind == "cancellation_refunds", kind == "time_limit_on_claims":
			if (w == "before" || w == "prior" || w == "preceding") && (units[s.words[i-1]] || i > 1 && units[s.words[i-2]]) {
				return true
			}
		case notices[kind]:
			if w == "us" && tellsUs[s.words[i-1]] || duties[w] && s.words[i-1] == "you" && i+1 < len(s.words) &&
				!gets[s.words[i+1]] {
				return true
			}
		}
	}
	return false
}
