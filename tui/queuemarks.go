package tui

import (
	"fineprint/store/model"
)

// forgetMarks drops the marks of changes that are not listed any more, for what
// can't be seen must not be decided on.
func (q *queue) forgetMarks() {
	if len(q.marks) == 0 {
		return
	}
	listed := make(map[model.ID]bool, len(q.marks))
	for _, c := range q.items {
		if q.marks[c.ID] {
			listed[c.ID] = true
		}
	}
	q.marks = listed
}

// toggleMark marks the change under the cursor, or takes its mark away, and goes
// on to the next.
func (q *queue) toggleMark() {
	id := q.current()
	if q.marks[id] {
		delete(q.marks, id)
	} else {
		q.marks[id] = true
	}
	q.scroll(1)
}

// markAlike marks what says the same as the change under the cursor.
func (q *queue) markAlike() {
	key := q.change().Alike
	for _, i := range q.found {
		if q.items[i].Alike == key {
			q.marks[q.items[i].ID] = true
		}
	}
	q.say("%d marked; a judgement is now one of them all", len(q.marks))
}

func (q *queue) target() target {
	c := q.change()
	if c == nil {
		return target{}
	}
	t := target{id: c.ID, document: c.Document, reason: c.Reason}
	if len(q.marks) > 0 {
		for _, i := range q.found {
			if m := q.items[i]; q.marks[m.ID] {
				t.many = append(t.many, m)
			}
		}
		if len(t.many) > 0 {
			t.reason = t.many[0].Reason
		}
		if len(t.many) == 1 {
			t.id, t.document, t.many = t.many[0].ID, t.many[0].Document, nil
		}
	}
	return t
}
