package identity

// Life is how a clause went through the texts of its document, which go by their places.
type Life struct {
	First, Last int      // texts in which it is
	Present     bool     // in the last one
	Spans       [][2]int // texts from and to which it stood without a break
	Events      []Event
}

// EventKind is what happened to a clause.
type EventKind uint8

// What happens to a clause.
const (
	Came    EventKind = iota // for the first time
	Worded                   // its words changed
	Moved                    // to another place
	Ended                    // it is not there any more
	Revived                  // it came back
)

// Event is something that happened to a clause.
type Event struct {
	Kind     EventKind
	Text     int // in which it was so
	Index    int // of the clause in that text; None when it ended
	Material bool
	Other    int // that it was split from, or merged into; None
}

// Life follows a clause through the History.
func (h *History) Life(c int) (Life, error) {
	all, err := h.Lives(func(x int) bool { return x == c })
	if err != nil || all[c] == nil {
		return Life{}, err
	}
	return *all[c], nil
}

// Lives follows the clauses that is accepts, all in one go; one of nothing is nil.
func (h *History) Lives(is func(clause int) bool) ([]*Life, error) {
	lives := make([]*Life, h.Clauses)
	there := make([]bool, h.Clauses)
	c := h.Cursor()
	for i := range h.Steps {
		before := c.Present
		step, err := c.Step()
		if err != nil {
			return nil, err
		}
		h.leave(lives, there, before, step, c.Present, i)
		at := 0
		for k := range step.Ops {
			op := &step.Ops[k]
			if op.Kind == Keep {
				at += op.N
			}
			if op.Kind != Put {
				continue
			}
			if is(op.Clause) {
				put(lives, there, op, i, at)
			}
			at++
		}
	}
	for _, l := range lives {
		if l != nil {
			end := &l.Spans[len(l.Spans)-1]
			if end[1] < 0 {
				end[1], l.Present = len(h.Steps)-1, true
			}
			l.Last = end[1]
		}
	}
	return lives, nil
}

// put notes that a step puts a clause at an index of text i.
func put(lives []*Life, there []bool, op *Op, i, at int) {
	e := Event{Text: i, Index: at, Material: op.Material, Other: None}
	l := lives[op.Clause]
	switch {
	case l == nil:
		l = &Life{First: i, Spans: [][2]int{{i, None}}}
		lives[op.Clause] = l
		if e.Kind = Came; op.Split {
			e.Other = op.From
		}
	case !there[op.Clause]:
		e.Kind = Revived
		l.Spans = append(l.Spans, [2]int{i, None})
	case op.Worded:
		e.Kind = Worded
	default:
		e.Kind = Moved
	}
	there[op.Clause] = true
	l.Events = append(l.Events, e)
}

// leave notes which clauses are not in text i any more.
func (h *History) leave(lives []*Life, there []bool, before []int, step *Step, now []int, i int) {
	if len(step.Ops) == 1 && step.Ops[0].Kind == Keep && step.Ops[0].N == len(before) {
		return
	}
	in := make(map[int]bool, len(now))
	for _, c := range now {
		in[c] = true
	}
	for _, c := range before {
		l := lives[c]
		if in[c] || l == nil {
			continue
		}
		e := Event{Kind: Ended, Text: i, Index: None, Other: None}
		for _, m := range step.Merged {
			if m[0] == c {
				e.Other = m[1]
			}
		}
		there[c] = false
		l.Spans[len(l.Spans)-1][1] = i - 1
		l.Events = append(l.Events, e)
	}
}

// Texts counts the texts in which the clause stood.
func (l *Life) Texts() (n int) {
	for _, s := range l.Spans {
		n += s[1] - s[0] + 1
	}
	return n
}
