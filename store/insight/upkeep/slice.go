package upkeep

import (
	"context"
	"errors"
	"slices"

	"fineprint/store/insight/identity"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// sliceBytes is how much text is gone over between two transactions that write, and
// portionBytes how much of it may be of one document; tests have smaller ones.
var sliceBytes, portionBytes = 12 << 20, 6 << 20

const maxSlice = 256 // documents

// errChanged is returned when a document was written to since it was planned, and
// errOvertaken when another process did something of what a slice is at.
var (
	errChanged   = errors.New("a document changed meanwhile")
	errOvertaken = errors.New("another process did some of it meanwhile")
)

// part is what a slice does with one document.
type part struct {
	*item
	progress progress
	was      uint64 // the mark of the progress as stored
	history  *identity.History
	former   *identity.History
	whole    bool // the clauses of all texts are followed again; the stages come later
	from, to int  // texts
	texts    []*identity.Text
	works    []Work
	known    int // clauses, before
}

// documentError is why nothing more can be done for a document, by its number.
type documentError struct {
	document uint64
	error
}

func (e *documentError) Unwrap() error { return e.error }

// of says of an error that it is of the part's document; nil stays nil.
func (it *item) of(err error) error {
	if err == nil {
		return nil
	}
	return &documentError{it.document, err}
}

// withoutDamaged returns the items but for the document of which an error says that something
// of it can't be read, where who asked for the work goes on without that ([kv.Gather]). The
// document stays behind.
func withoutDamaged(ctx context.Context, items []*item, err error) (left []*item, without bool) {
	var of *documentError
	if !errors.As(err, &of) || !kv.GatheredIn(ctx).Take(err) {
		return items, false
	}
	return slices.DeleteFunc(slices.Clone(items), func(it *item) bool { return it.document == of.document }), true
}

// work does all items, a slice at a time.
func (k *Keeper) work(ctx context.Context, items []*item, result *model.Upkeep, progress func(done, total int)) error {
	total := len(items)
	for len(items) > 0 {
		parts, err := k.slice(kv.Strict(ctx), items)
		if left, without := withoutDamaged(ctx, items, err); without {
			items = left
			result.Unread++
			continue
		}
		if errors.Is(err, identity.ErrNumbersTaken) || errors.Is(err, errOvertaken) {
			continue // somebody got further, so that this ends
		}
		if err != nil {
			return err
		}
		left := make([]*item, 0, len(items))
		for _, p := range parts {
			p.count(result)
			if p.item.again = false; !p.done() {
				left = append(left, p.item)
				continue
			}
			p.chain = nil
			result.Documents++
		}
		items = append(left, items[len(parts):]...)
		if progress != nil {
			progress(total-len(items), total)
		}
	}
	return nil
}

// count adds what a part did.
func (p *part) count(result *model.Upkeep) {
	if p.whole {
		result.Again++
		return
	}
	result.Texts += p.to - p.from
	result.Clauses += p.history.Clauses - p.known
}

// slice goes over some texts of the first items.
func (k *Keeper) slice(ctx context.Context, items []*item) (parts []*part, err error) {
	var numbers *identity.Numbers
	err = k.db.View(ctx, func(tx *kv.Tx) (err error) {
		parts, err = k.cut(tx, items)
		numbers = identity.NewNumbers(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = k.each(ctx, parts, func(tx *kv.Tx, p *part) error { return p.of(p.follow(ctx, tx)) })
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		numbers.Give(p.history)
		p.setProvisions()
	}
	if len(k.stages) > 0 {
		if err = k.each(ctx, parts, func(tx *kv.Tx, p *part) error { return p.of(k.tell(ctx, tx, p)) }); err != nil {
			return nil, err
		}
	}
	err = k.db.Update(ctx, func(tx *kv.Tx) error {
		for _, p := range parts {
			if err := p.of(k.flush(tx, p)); err != nil {
				return err
			}
		}
		return k.finish(tx, parts)
	})
	return parts, err
}

// finish tells the stages that want to know that the slice's documents were flushed.
func (k *Keeper) finish(tx *kv.Tx, parts []*part) error {
	for i, s := range k.stages {
		f, ok := s.(Finisher)
		if !ok {
			continue
		}
		var works []Work
		for _, p := range parts {
			if i < len(p.works) && p.works[i] != nil {
				works = append(works, p.works[i])
			}
		}
		if len(works) == 0 {
			continue
		}
		if err := f.Finish(tx, works); err != nil {
			return err
		}
	}
	return nil
}

// each calls f for every part on all processors, each in a transaction that reads.
func (k *Keeper) each(ctx context.Context, parts []*part, f func(tx *kv.Tx, p *part) error) error {
	return kv.Parallel(len(parts), func(i int) error {
		return k.db.View(ctx, func(tx *kv.Tx) error {
			if err := parts[i].current(tx); err != nil {
				return err
			}
			return f(tx, parts[i])
		})
	})
}

// unchanged checks that a document's row is as it was planned.
func (it *item) unchanged(tx *kv.Tx) error {
	if kv.SealMark(tx.Bucket(kv.BucketDocument).Get(kv.Key(it.document))) != it.mark {
		return errChanged
	}
	return nil
}

// current checks that nobody wrote the document, or got further with it, since the slice
// was begun: what was found out since is about what stood then, and written twice it would
// be there twice.
func (p *part) current(tx *kv.Tx) error {
	if err := p.unchanged(tx); err != nil {
		return err
	}
	if progressMark(tx, p.document) != p.was {
		return errOvertaken
	}
	return nil
}

// cut takes so many of the first items as fill a slice.
func (k *Keeper) cut(tx *kv.Tx, items []*item) (parts []*part, err error) {
	bytes := 0
	for _, it := range items {
		p := &part{item: it}
		if err := p.of(k.begin(tx, p)); err != nil {
			return nil, err
		}
		if p.whole {
			bytes += p.chain.Bytes(0)
		} else {
			n := 0
			for p.to = p.from; p.to < len(p.chain.Links) && n < portionBytes; p.to++ {
				n += p.chain.Links[p.to].Row.TextBytes
			}
			bytes += n
		}
		parts = append(parts, p)
		if bytes >= sliceBytes || len(parts) == maxSlice {
			break
		}
	}
	return parts, nil
}

// done reports whether nothing of the document is left after the slice.
func (p *part) done() bool { return !p.whole && p.to == len(p.chain.Links) }

// begin finds out what is to be done with a document.
func (k *Keeper) begin(tx *kv.Tx, p *part) error {
	if err := p.unchanged(tx); err != nil {
		return err
	}
	if p.chain == nil {
		doc, err := rows.GetDocument(tx, p.document)
		if err != nil {
			return err
		}
		if p.chain, err = identity.ReadChain(tx, p.document, doc, p.changes); err != nil {
			return err
		}
		if p.missing != nil && p.chain.Gaps() { // the change that can't be read may be one of it
			return p.missing
		}
	}
	var err error
	p.was = progressMark(tx, p.document)
	if p.progress, err = readProgress(tx, p.document); err != nil {
		if !p.again {
			return err
		}
		p.progress = progress{} // damaged, and made again
	}
	if p.history, p.former, err = identity.Load(tx, p.document); err != nil {
		if !p.again {
			return err
		}
		p.history, p.former = nil, nil // damaged, and made again
	}
	if p.history != nil && (p.again || !p.history.Fits(p.chain)) {
		p.history, p.former = nil, p.history
	}
	if p.history == nil {
		p.whole = p.former != nil || identity.Cited(tx, p.document)
		p.history = identity.Begin(p.document, p.former)
	}
	p.known = p.history.Clauses
	if p.progress.Generation != p.history.Generation {
		p.progress = progress{Journal: p.journal}
	}
	p.from = len(p.history.Steps)
	for _, s := range k.stages {
		p.from = min(p.from, p.progress.of(s))
	}
	return nil
}

// follow finds which clauses the texts of the part are.
func (p *part) follow(ctx context.Context, tx *kv.Tx) (err error) {
	if p.whole {
		p.history, err = identity.Again(ctx, tx, p.chain, p.former)
		return err
	}
	if p.from == p.to {
		return nil
	}
	f, err := identity.Follow(tx, p.chain, p.history, p.from)
	if err != nil {
		return err
	}
	for range p.to - p.from {
		t, err := f.Next(ctx)
		if err != nil {
			return err
		}
		p.texts = append(p.texts, t)
	}
	return nil
}

// setProvisions sets the numbers of the texts' clauses.
func (p *part) setProvisions() {
	numbers := p.history.Numbers()
	for _, t := range p.texts {
		t.SetProvisions(numbers)
	}
}

// tell tells the stages of the texts that they don't know.
func (k *Keeper) tell(ctx context.Context, tx *kv.Tx, p *part) error {
	if p.whole {
		return nil
	}
	for _, s := range k.stages {
		done := p.progress.of(s)
		if done >= p.to && done > 0 {
			p.works = append(p.works, nil)
			continue
		}
		w, err := s.Open(tx, p.document, done == 0)
		if err != nil {
			return err
		}
		for _, t := range p.texts[min(max(done-p.from, 0), len(p.texts)):] {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := w.Text(t); err != nil {
				return err
			}
		}
		if err := w.End(p.done()); err != nil {
			return err
		}
		p.works = append(p.works, w)
	}
	return nil
}

// flush writes what was found of a document, and how far it is.
func (k *Keeper) flush(tx *kv.Tx, p *part) error {
	if err := p.current(tx); err != nil {
		return err
	}
	if err := p.history.Save(tx); err != nil {
		return err
	}
	next := progress{Journal: p.progress.Journal, Algorithm: identity.Algorithm, Generation: p.history.Generation}
	if p.whole || next.Journal == 0 {
		next.Journal = p.journal
	}
	if !p.whole {
		for i, s := range k.stages {
			if w := p.works[i]; w != nil {
				if err := w.Flush(tx); err != nil {
					return err
				}
			}
			next.Stages = append(next.Stages, stageProgress{s.Name(), s.Version(), max(p.to, p.progress.of(s))})
		}
		if p.done() {
			next.Mark = p.mark
		}
	}
	return kv.PutRow(tx, kv.BucketUpkeep, kv.Key(p.document), next)
}
