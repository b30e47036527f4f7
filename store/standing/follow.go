package standing

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/detect"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// change is a later change of a document.
type change struct {
	n   uint64
	row rows.Change
}

// turns reports whether the change may touch what an earlier one says: it is shown,
// or goes back.
func (c *change) turns() bool { return c.row.Material || c.row.Reason == string(model.ReasonFlap) }

// follower follows the changes of one document.
type follower struct {
	tx       *kv.Tx
	document uint64
	order    rows.Chronology
	blobs    *blob.Reader
	changes  []change         // in the order of their versions
	whole    bool             // changes are all of the document's
	spoken   map[uint64]sides // by the change
}

func newFollower(tx *kv.Tx, document uint64) (*follower, error) {
	doc, err := rows.GetDocument(tx, document)
	return &follower{tx: tx, document: document, order: doc.Chronology(), blobs: blob.NewReader(tx),
		spoken: map[uint64]sides{}}, err
}

// afresh is one that has read no changes yet.
func (f *follower) afresh() *follower {
	return &follower{tx: f.tx, document: f.document, order: f.order, blobs: f.blobs, spoken: map[uint64]sides{}}
}

// read adds a change to those that are followed through.
func (f *follower) read(n uint64) error {
	c := change{n: n}
	_, err := kv.GetRow(f.tx, kv.BucketRow, kv.Key(n), &c.row)
	f.changes = append(f.changes, c)
	return err
}

// readAll reads all changes of the document, unless none came after a version.
func (f *follower) readAll(after int) error {
	if f.whole {
		return nil
	}
	if f.order.Place(after) >= f.order.Len() {
		return nil // nothing came later
	}
	heads, err := rows.HeadsOf(f.tx, f.document)
	if err != nil {
		return err
	}
	f.changes, f.whole = f.changes[:0], true
	for i := range heads {
		row, err := heads[i].Row()
		if err != nil {
			return err
		}
		if !row.Superseded {
			f.changes = append(f.changes, change{heads[i].N, row})
		}
	}
	smallsort.By(f.changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(f.order.Place(a.row.To.Seq), f.order.Place(b.row.To.Seq)), cmp.Compare(a.n, b.n))
	})
	return nil
}

// again follows a change through all later ones.
func (f *follower) again(n uint64, p review.Projection) error {
	var row rows.Change
	if _, err := kv.GetRow(f.tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return err
	}
	if err := f.readAll(row.To.Seq); err != nil {
		return err
	}
	return f.on(n, p, rows.Standing{})
}

// on follows a change on through those that were not taken in yet.
func (f *follower) on(n uint64, p review.Projection, st rows.Standing) error {
	before := st
	s := &statement{follower: f, n: n, severity: p.Review.Severity,
		known: map[kv.Sum]finding{}, touching: map[turn]bool{}}
	if err := s.load(); err != nil {
		return err
	}
	if p.Review.State != model.Approved {
		s.severity = "" // of whoever is still to be read
	}
	if st.Done == 0 {
		var err error
		if st.Done, err = s.since(p); err != nil {
			return err
		}
	}
	st.Told, st.Raised = slices.Clone(st.Told), slices.Clone(st.Raised)
	if err := s.follow(&st); err != nil {
		return err
	}
	key := rows.StandingKey(f.document, n)
	if kv.SameEncoding(before, st) && f.tx.Bucket(kv.BucketStanding).Get(key) != nil {
		return nil
	}
	return kv.PutRow(f.tx, kv.BucketStanding, key, st)
}

// follow takes the changes in that were not taken in yet.
func (s *statement) follow(st *rows.Standing) error {
	for i := range s.changes {
		c := &s.changes[i]
		if c.n == s.n || s.order.Place(c.row.To.Seq) <= s.order.Place(st.Done) {
			continue
		}
		if c.turns() {
			if err := s.step(st, c); err != nil {
				return err
			}
		}
	}
	s.takenIn(st)
	return nil
}

// takenIn notes that all changes that were read are taken in.
func (s *statement) takenIn(st *rows.Standing) {
	if len(s.changes) == 0 {
		return
	}
	if last := s.changes[len(s.changes)-1].row.To.Seq; s.order.Place(last) > s.order.Place(st.Done) {
		st.Done = last
	}
}

// text reads a text that a change names.
func (f *follower) text(ref rows.Ref) (string, error) {
	if ref.Seq == 0 {
		return "", nil // of a record that was not picked from a change
	}
	v, err := rows.GetVersion(f.tx, f.document, ref.Seq)
	if err != nil || v.Text == 0 {
		return "", err
	}
	text, err := rows.TextBy(f.blobs, v)
	if err != nil {
		return "", err
	}
	if !bytes.Equal(v.TextSum, ref.Sum) {
		return "", fmt.Errorf("%w: version %d of document %d is not the text that was compared", model.ErrDamaged,
			ref.Seq, f.document)
	}
	return text, nil
}

// statement is what a change says.
type statement struct {
	*follower
	n        uint64
	row      rows.Change
	quoted   bool                 // it is a provision record; row has the versions only
	severity model.Severity       // as it was approved
	clauses  []model.ClauseChange // what it says
	from, to string
	said     sides
	known    map[kv.Sum]finding // by the text
	touching map[turn]bool
}

// load reads what the change says: its material clauses; one that folds as a whole
// because its clauses come and go says these.
func (s *statement) load() error {
	if _, err := kv.GetRow(s.tx, kv.BucketRow, kv.Key(s.n), &s.row); err != nil {
		return err
	}
	all, err := rows.Clauses(s.tx, s.n)
	if err != nil {
		return err
	}
	material := func(c model.ClauseChange) bool { return c.Material }
	if !slices.ContainsFunc(all, material) {
		material = func(c model.ClauseChange) bool { return c.Reason == model.ReasonFlap }
	}
	s.clauses = slices.DeleteFunc(all, func(c model.ClauseChange) bool { return !material(c) })
	return nil
}

// texts reads both sides of the change, once they are needed. Headings say nothing
// where there is something under them: another clause may come under the same one.
func (s *statement) texts() (err error) {
	if s.to != "" || s.from != "" {
		return nil
	}
	if s.from, err = s.text(s.row.From); err != nil {
		return err
	}
	if s.to, err = s.text(s.row.To); err != nil {
		return err
	}
	heading := func(c model.ClauseChange) bool {
		return (c.Old == nil || isHeading(s.from, *c.Old)) && (c.New == nil || isHeading(s.to, *c.New))
	}
	if rest := slices.DeleteFunc(slices.Clone(s.clauses), heading); len(rest) > 0 {
		s.clauses = rest
	}
	s.said = sidesOf(s.from, s.to, s.clauses)
	return nil
}

// since returns the version whose successors the change is followed through: its
// own, or, where its record is not the first, the last that was recorded when it
// was approved.
func (s *statement) since(p review.Projection) (int, error) {
	seq := s.row.To.Seq
	approval := 0
	for _, revision := range p.Applied {
		if p.Event(revision).Action == model.ActionApprove {
			approval = revision
		}
	}
	if p.Review.State != model.Approved || !approvedBefore(p, approval) {
		return seq, nil
	}
	return s.recordedBy(p.Event(approval).At.UnixNano())
}

// recordedBy returns the last version that was recorded by a time, of those that came
// after that which is spoken of.
func (s *statement) recordedBy(at int64) (int, error) {
	seq := s.row.To.Seq
	for place := s.order.Place(seq) + 1; place <= s.order.Len(); place++ {
		next := s.order.At(place)
		v, err := rows.GetVersion(s.tx, s.document, next)
		if err != nil || v.RecordedAt > at {
			return seq, err
		}
		seq = next
	}
	return seq, nil
}

func approvedBefore(p review.Projection, revision int) bool {
	for earlier := 1; earlier < revision; earlier++ {
		if p.Event(earlier).Action == model.ActionApprove {
			return true
		}
	}
	return false
}

// step takes a later change in.
func (s *statement) step(st *rows.Standing, c *change) error {
	if touched, err := s.touched(c, st.Mark == nil); err != nil || !touched {
		return err
	}
	to, err := s.find(c.row.To)
	if err != nil {
		return err
	}
	from, err := s.find(c.row.From)
	if err != nil || to.unknown || from.unknown || to.how == from.how {
		return err
	}
	if to.how == "" {
		st.Mark = nil
		if c.row.Material {
			st.Told = nil
		}
		return nil
	}
	how := to.how
	if to.added && c.row.Reason == string(model.ReasonFlap) {
		how = model.StaleTakenBack // with all of the text
	}
	mark := rows.StaleMark{Seq: c.row.To.Seq, CapturedAt: c.row.To.CapturedAt, Change: c.n, How: string(how)}
	if s.quoted { // folded turns stay folded
		st.Mark = &mark
		return nil
	}
	if c.row.Material || !slices.Contains(st.Told, string(how)) {
		raised, err := s.raise(mark, c)
		if err != nil {
			return err
		}
		st.Told = append(slices.DeleteFunc(st.Told, func(t string) bool { return t == string(how) }), string(how))
		st.Raised = append(st.Raised, raised)
	} else {
		for _, r := range st.Raised {
			if r.Mark.How == string(how) {
				mark = r.Mark
			}
		}
	}
	st.Mark = &mark
	return nil
}

// turn is a later change, by its texts, while what is said stands or doesn't.
type turn struct {
	from, to kv.Sum
	standing bool
}

// touched reports whether a later change can make a difference: while the words
// stand, one of clauses that have most of them; after that, one that brings or takes
// away very nearly what stood before or after. Most are about something else.
func (s *statement) touched(c *change, standing bool) (bool, error) {
	key := turn{kv.Sum(c.row.From.Sum), kv.Sum(c.row.To.Sum), standing}
	if touched, ok := s.touching[key]; ok || len(s.clauses) == 0 {
		return touched, nil
	}
	if err := s.texts(); err != nil {
		return false, err
	}
	sides, err := s.sides(c)
	if err != nil {
		return false, err
	}
	touched := sides.removed.like(s.said.removed, nearly) || sides.added.like(s.said.removed, nearly) ||
		sides.added.like(s.said.added, nearly) || standing && sides.removed.like(s.said.added, mostly)
	s.touching[key] = touched
	return touched, nil
}

// sides are the words of what a later change takes away and brings, read once for
// all statements about the document.
func (f *follower) sides(c *change) (sides, error) {
	if spoken, ok := f.spoken[c.n]; ok {
		return spoken, nil
	}
	from, err := f.text(c.row.From)
	if err != nil {
		return sides{}, err
	}
	to, err := f.text(c.row.To)
	if err != nil {
		return sides{}, err
	}
	clauses, err := rows.Clauses(f.tx, c.n)
	if err != nil {
		return sides{}, err
	}
	spoken := sidesOf(from, to, slices.DeleteFunc(clauses, func(c model.ClauseChange) bool {
		return !c.Material && c.Reason != model.ReasonFlap
	}))
	f.spoken[c.n] = spoken
	return spoken, nil
}

// finding is how what a change says stands in a text.
type finding struct {
	how     model.StaleHow // "" while it stands
	added   bool           // all that doesn't stand are clauses that it added, and that are gone
	unknown bool           // the texts could not be compared
}

// find compares what the change says with a text.
func (s *statement) find(ref rows.Ref) (finding, error) {
	sum := kv.Sum(ref.Sum)
	if found, ok := s.known[sum]; ok || bytes.Equal(ref.Sum, s.row.To.Sum) || len(s.clauses) == 0 {
		return found, nil
	}
	if err := s.texts(); err != nil {
		return finding{}, err
	}
	text, err := s.text(ref)
	if err != nil {
		return finding{}, err
	}
	if s.quoted && s.verbatim(text) {
		return finding{}, nil
	}
	found := (&comparison{from: s.from, to: s.to, text: text}).judge(s.clauses)
	s.known[sum] = found
	return found, nil
}

// raise is a change that is shown for what it undoes of this one. Of its clauses that
// fold because they come and go, those are shown that have the very words; all of
// them, where it has no other to show.
func (s *statement) raise(mark rows.StaleMark, c *change) (rows.Raised, error) {
	r := rows.Raised{Mark: mark, Severity: s.row.Severity, Score: s.row.Score}
	if least := detect.LeastScore(s.severity); least > r.Score {
		r.Severity, r.Score = string(s.severity), least
	}
	all, err := rows.Clauses(s.tx, c.n)
	if err != nil {
		return r, err
	}
	folded := slices.DeleteFunc(indices(all), func(i int) bool {
		return all[i].Material || all[i].Reason != model.ReasonFlap
	})
	if len(folded) == 0 {
		return r, nil
	}
	same, err := s.sameWords(c, all, folded)
	if err != nil {
		return r, err
	}
	if len(same) == 0 && c.row.Counts[0]+c.row.Counts[1]+c.row.Counts[2]+c.row.Counts[3] == 0 {
		same = folded
	}
	for _, i := range same {
		r.Clauses, r.Kinds = append(r.Clauses, i), append(r.Kinds, string(all[i].Kind))
	}
	return r, nil
}

func indices(clauses []model.ClauseChange) []int {
	list := make([]int, len(clauses))
	for i := range list {
		list[i] = i
	}
	return list
}

// sameWords picks the clauses of a later change that have the words of this one on
// either side.
func (s *statement) sameWords(c *change, all []model.ClauseChange, folded []int) ([]int, error) {
	if err := s.texts(); err != nil {
		return nil, err
	}
	from, err := s.text(c.row.From)
	if err != nil {
		return nil, err
	}
	to, err := s.text(c.row.To)
	if err != nil {
		return nil, err
	}
	said := map[string]bool{}
	for _, clause := range s.clauses {
		said[wordsOf(s.from, clause.Old)], said[wordsOf(s.to, clause.New)] = true, true
	}
	delete(said, "")
	return slices.DeleteFunc(slices.Clone(folded), func(i int) bool {
		return !said[wordsOf(from, all[i].Old)] && !said[wordsOf(to, all[i].New)]
	}), nil
}
