package pagefile

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// Set is a set of pages.
type Set []uint64

// NewSet returns an empty set of pages below n.
func NewSet(n uint64) Set { return make(Set, (n+63)/64) }

// Has reports whether a page is in a set.
func (s Set) Has(page uint64) bool { return page/64 < uint64(len(s)) && s[page/64]>>(page%64)&1 != 0 }

// Add puts a page into a set that was made for it; others are left out.
func (s Set) Add(page uint64) {
	if page/64 < uint64(len(s)) {
		s[page/64] |= 1 << (page % 64)
	}
}

// Free returns the pages that a meta page's list says are free, ascending, and the page of the list
// itself. The error is a [Problem].
func (f *File) Free(m Meta) (list []uint64, p Page, err error) {
	if !m.HasFreeList() {
		return nil, p, nil
	}
	if p, err = f.page(m.FreeList, m.Pages); err != nil {
		return nil, p, err
	}
	if p.Kind != FreeList {
		return nil, p, broken(p.ID, "is no list of free pages, as it should be")
	}
	b, count := p.Raw[headerSize:], uint64(p.Count)
	if p.Count == 0xFFFF { // then the number itself is the first
		count, b = binary.NativeEndian.Uint64(b), b[8:]
	}
	if count > uint64(len(b)/8) {
		return nil, p, broken(p.ID, "lists %d free pages, but has room for %d", count, len(b)/8)
	}
	list = make([]uint64, 0, count)
	for i := range count {
		n := binary.NativeEndian.Uint64(b[8*i:])
		switch {
		case n < 2 || n >= m.Pages:
			return list, p, broken(p.ID, "lists page %d as free, which is outside of the file's %d pages", n, m.Pages)
		case i > 0 && n <= list[i-1]:
			return list, p, broken(p.ID, "lists free pages out of order or twice (%d after %d)", n, list[i-1])
		}
		list = append(list, n)
	}
	return list, p, nil
}

// Unused says what is wrong with the list of free pages, given the pages that a walk without
// problems reached: a page that is used and free at once would be overwritten by the
// next transaction. Pages that are neither are lost room and do no harm.
func (f *File) Unused(m Meta, reached Set) (problems []Problem, lost []uint64) {
	if !m.HasFreeList() {
		return nil, nil
	}
	list, p, err := f.Free(m)
	if err != nil {
		problem, _ := err.(Problem)
		return []Problem{problem}, nil
	}
	own, free := NewSet(f.Pages()), NewSet(f.Pages())
	for n := range uint64(p.Overflow) + 1 {
		if own.Add(p.ID + n); reached.Has(p.ID + n) {
			problems = append(problems, Problem{Page: p.ID + n, What: "is used by the list of free pages and by values"})
		}
	}
	for _, n := range list {
		if free.Add(n); reached.Has(n) || own.Has(n) {
			problems = append(problems, Problem{Page: n, What: "is in use, but listed as free"})
		}
	}
	for n := range min(m.Pages, f.Pages()) {
		if !reached.Has(n) && !free.Has(n) && !own.Has(n) {
			lost = append(lost, n)
		}
	}
	return problems, lost
}

// Ranges names pages in few words: "3, 7-9 and 12 more".
func Ranges(pages []uint64) string {
	const most = 5
	var parts []string
	for i := 0; i < len(pages); {
		j := i + 1
		for j < len(pages) && pages[j] == pages[j-1]+1 {
			j++
		}
		if len(parts) == most {
			return fmt.Sprintf("%s and %d more", strings.Join(parts, ", "), len(pages)-i)
		}
		part := fmt.Sprint(pages[i])
		if j > i+1 {
			part = fmt.Sprintf("%d-%d", pages[i], pages[j-1])
		}
		parts = append(parts, part)
		i = j
	}
	return strings.Join(parts, ", ")
}

// scanBudget is how many times the file's size Scan reads at most.
const scanBudget = 4

// Scan calls f for every leaf page that a walk did not reach and that is readable in part at least, in
// the file's order: those below a broken branch, and those of transactions of before that
// nothing has overwritten yet. What bucket they are of is not known.
func (f *File) Scan(ctx context.Context, reached Set, each func(p Page, list []Element) error) error {
	budget := scanBudget * f.size
	for id, pages := uint64(2), f.Pages(); id < pages; id++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if reached.Has(id) {
			continue
		}
		limit := pages
		if budget <= 0 {
			limit = id + 1 // runs are no longer read
		}
		p, err := f.page(id, limit)
		if err != nil || p.Kind != Leaf {
			continue
		}
		budget -= int64(len(p.Raw))
		list, err := p.Elements()
		if len(list) > 0 {
			if err := each(p, list); err != nil {
				return err
			}
		}
		if err == nil && p.ended(list, f.pageSize) {
			id += uint64(p.Overflow)
		}
	}
	return nil
}

// Check walks over what the newest meta page leads to and compares it with the list of free pages:
// problems are damage, lost are pages that are neither used nor free.
func (f *File) Check(ctx context.Context, most int) (problems []Problem, lost []uint64, err error) {
	m, ok := f.Newest()
	if !ok {
		return []Problem{{Page: 0, What: "and page 1 are no valid meta pages"}}, nil, nil
	}
	reached, err := f.Walk(ctx, m, Visitor{Problem: func(p Problem) {
		if len(problems) < most {
			problems = append(problems, p)
		}
	}})
	if err != nil || len(problems) > 0 {
		return problems, nil, err
	}
	problems, lost = f.Unused(m, reached)
	return slices.Clip(problems[:min(len(problems), most)]), lost, nil
}
