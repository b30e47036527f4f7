package ledger

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
)

// source is what clauses are picked from: a change, or a version.
type source struct {
	change   uint64 // 0 for a version
	document uint64
	seq      int                               // of the version; of a change the newer one
	numbers  map[int]func(model.ByteRange) int // of the clauses, by the version
}

// sourceOf returns what a request picks clauses from.
func sourceOf(tx *kv.Tx, q model.NewRecordRequest) (source, error) {
	if q.Change != "" {
		n, err := rows.ChangeNumber(tx, q.Change)
		if err != nil {
			return source{}, err
		}
		var row rows.Change
		_, err = kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row)
		return source{change: n, document: row.Document, seq: row.To.Seq}, err
	}
	if q.Document == "" {
		return source{}, fmt.Errorf("%w: say which change or document the record is about", model.ErrInvalid)
	}
	n, doc, err := rows.DocumentByID(tx, q.Document)
	if err != nil {
		return source{}, err
	}
	seq, err := provision.Version(tx, n, doc, q.Seq)
	return source{document: n, seq: seq}, err
}

// pick picks clauses by their numbers, and gives each its ID.
func (s *source) pick(ctx context.Context, tx *kv.Tx, numbers []int) (model.Picked, error) {
	picked := model.Picked{Document: tx.ID(model.DocumentID, s.document), Seq: s.seq,
		Change: tx.ID(model.ChangeID, s.change)}
	if len(numbers) == 0 {
		return picked, fmt.Errorf("%w: say which clauses the record is about", model.ErrInvalid)
	}
	available, err := s.clauses(tx)
	if err != nil {
		return picked, err
	}
	for i, number := range numbers {
		if number < 1 || number > len(available) {
			return picked, fmt.Errorf("%w: there is no clause %d; there are %d, counted from 1", model.ErrInvalid, number,
				len(available))
		}
		if slices.Contains(numbers[:i], number) {
			return picked, fmt.Errorf("%w: clause %d is named twice", model.ErrInvalid, number)
		}
		c := available[number-1]
		p, err := provision.Give(ctx, tx, s.document, c.Seq, c.At)
		if err != nil {
			return picked, err
		}
		c.Provision = tx.ID(model.ClauseID, p)
		picked.Clauses = append(picked.Clauses, c)
	}
	return picked, nil
}

// clauses lists what can be picked, without IDs.
func (s *source) clauses(tx *kv.Tx) ([]model.PickedClause, error) {
	if s.change != 0 {
		return s.changed(tx)
	}
	_, text, err := rows.VersionAndText(tx, s.document, s.seq)
	if err != nil {
		return nil, err
	}
	d, err := provision.Split(text)
	if err != nil {
		return nil, err
	}
	list := make([]model.PickedClause, len(d.Clauses))
	for i, c := range d.Clauses {
		list[i] = model.PickedClause{Number: i + 1, Seq: s.seq, At: c.ByteRange}
	}
	return list, nil
}

// changed lists the clauses of a change: their new words, of removed ones the old.
func (s *source) changed(tx *kv.Tx) ([]model.PickedClause, error) {
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(s.change), &row); err != nil {
		return nil, err
	}
	clauses, err := rows.Clauses(tx, s.change)
	if err != nil {
		return nil, err
	}
	list := make([]model.PickedClause, len(clauses))
	for i, c := range clauses {
		seq, at := row.To.Seq, c.New
		if at == nil {
			seq, at = row.From.Seq, c.Old
		}
		number, err := s.numbering(tx, seq)
		if err != nil {
			return nil, err
		}
		list[i] = model.PickedClause{Number: number(*at), Seq: seq, ChangeClause: i + 1, At: *at}
	}
	return list, nil
}

// numbering returns what gives the number of the clause that a stretch of a version
// begins in.
func (s *source) numbering(tx *kv.Tx, seq int) (func(model.ByteRange) int, error) {
	if number := s.numbers[seq]; number != nil {
		return number, nil
	}
	_, text, err := rows.VersionAndText(tx, s.document, seq)
	if err != nil {
		return nil, err
	}
	d, err := provision.Split(text)
	if err != nil {
		return nil, err
	}
	if s.numbers == nil {
		s.numbers = map[int]func(model.ByteRange) int{}
	}
	s.numbers[seq] = func(at model.ByteRange) int {
		return 1 + slices.IndexFunc(d.Clauses, func(c clause.Clause) bool { return c.End > at.Start })
	}
	return s.numbers[seq], nil
}

// clauseNumbers are the numbers that clauses were picked by.
func clauseNumbers(p model.Picked) []int {
	var numbers []int
	for _, c := range p.Clauses {
		if p.Change != "" {
			numbers = append(numbers, c.ChangeClause)
		} else {
			numbers = append(numbers, c.Number)
		}
	}
	return numbers
}

// repick picks the clauses that an edit names, of what the record was picked from, or as
// they are in the newest version.
func (e *recordEvent) repick(ctx context.Context, tx *kv.Tx, p review.Provision, q model.RecordEdit) error {
	if q.Follow {
		return e.follow(ctx, tx, p)
	}
	if !slices.Contains(q.Fields, "clauses") || slices.Equal(q.Writing.Clauses, clauseNumbers(p.Picked)) {
		return nil
	}
	s := source{change: p.Picked.Change.Number(), document: p.Picked.Document.Number(), seq: p.Picked.Seq}
	picked, err := s.pick(ctx, tx, q.Writing.Clauses)
	if err != nil {
		return err
	}
	e.Picked = &picked
	return nil
}

// follow picks the clauses of a record as they are in the newest version; all of them
// must be in it.
func (e *recordEvent) follow(ctx context.Context, tx *kv.Tx, p review.Provision) error {
	document := p.Picked.Document.Number()
	doc, err := rows.GetDocument(tx, document)
	if err != nil {
		return err
	}
	s := source{document: document}
	if s.seq, err = provision.Version(tx, document, doc, 0); err != nil {
		return err
	}
	number, err := s.numbering(tx, s.seq)
	if err != nil {
		return err
	}
	picked := model.Picked{Document: p.Picked.Document, Seq: s.seq}
	for _, c := range p.Picked.Clauses {
		at, there, err := provision.Follow(ctx, tx, document, c.Seq, c.At, s.seq)
		if err != nil {
			return err
		}
		if !there {
			return fmt.Errorf("%w: %s is not in version %d any more; edit the record as it is, or withdraw it",
				model.ErrNotAllowed, c.Provision, s.seq)
		}
		n, err := provision.Give(ctx, tx, document, s.seq, at)
		if err != nil {
			return err
		}
		picked.Clauses = append(picked.Clauses, model.PickedClause{Provision: tx.ID(model.ClauseID, n), Number: number(at),
			Seq: s.seq, At: at})
	}
	e.Picked = &picked
	return nil
}
