package views

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"fineprint/store/detect/order"
	"fineprint/store/insight/ranking"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/text/similar"
)

// listing is what lists of changes are made from: of every change what choosing and
// placing it needs, and no more, so that 50,000 take 4 MB.
//
// A Reader keeps it from one read to the next. Each read brings it in step with the
// database first ([listing.step]), by the seals of all values that a list is made
// from: a seal is a hash of the value, so that one that is as it was needs no reading,
// and one that differs shows whoever wrote it, by whatever way. What is as it was is
// not checked again; that is the work of check.
type listing struct {
	now       time.Time
	first     uint64 // step: what was seen before it is of another listing
	steps     uint64
	entry     uint64 // the journal's newest, and its link
	link      uint64
	written   int        // the number of the newest transaction
	docs      []document // in the order of IDs, as are heads
	docAt     map[uint64]int32
	heads     []head
	reviews   map[uint64]*reviewed
	hidden    map[uint64]bool // changes that left the queue, for others came between
	standings rows.Standings
	standing  map[uint64]standingMark
	annotated map[uint64]*annotated
	stated    statedDates
	deviates  deviations
	reasons   []string           // why changes are immaterial, "" first
	groups    map[groupKey]int32 // numbers from 1; filled once a list is followed
	lost      lost
	learned   *ranking.Learned // nil where nothing is to be learned
	learning  Learning
	unlearned bool // the list that is made now has the order without what was learned
}

// document is a document as lists know it.
type document struct {
	n, mark    uint64
	slug       string
	name, kind string
	versions   int
	lastChange uint64
	last       int // the version that was captured last
	superseded []uint64
	suspect    *rows.Suspect
	seen       int64 // when it was captured last without a new version
	newest     int64 // when version newestOf was captured
	newestOf   int
}

type groupKey = [similar.KeySize]byte

// head is a change as lists know it.
type head struct {
	n, mark  uint64
	stamp    uint64 // the step in which it became what it is
	captured int64
	rank     float64 // as learned; plain is as detected
	plain    float64
	doc      int32         // index in docs
	alike    int32         // number of the group, 0 for none and where none is given yet
	group    groupKey      // of duplicates, zeros for none
	section  model.Section // as detected
	lifted   bool          // out of what is probably noise, by what was learned
	severity uint8         // rank of the suggested one
	reason   uint8         // index in the listing's reasons
	material bool
	decided  bool // there are events
}

// reviewed is the review of a change that has events, without its texts.
type reviewed struct {
	mark   uint64 // of all events
	step   uint64 // in which it was seen last
	review model.Review
}

// annotated is what the annotations of a change come to.
type annotated struct {
	mark     uint64 // of all of them
	step     uint64 // in which it was seen last
	assignee string
	notes    int
	marks    model.MarkedByRules
	people   []string // who wrote and was assigned
}

type standingMark struct{ mark, step uint64 }

// errRestart reports that the database is not what it was with more in it: it was
// restored, or is another.
var errRestart = errors.New("the list has to be read anew")

// listed calls f with what lists are made from, as it is in the transaction.
func (r *Reader) listed(ctx context.Context, f func(tx *kv.Tx, l *listing) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.db.View(ctx, func(tx *kv.Tx) error {
		l := r.listing
		r.listing = nil // until it is known to be whole
		if l != nil && l.learning != r.howToLearn() {
			l, r.steps = nil, l.steps
		}
		if l != nil {
			err := l.step(tx)
			if errors.Is(err, errRestart) {
				l, r.steps = nil, l.steps
			} else if err != nil {
				return err
			}
		}
		if l == nil {
			l = newListing(r.steps)
			l.learning = r.howToLearn()
			if err := l.step(tx); err != nil {
				return err
			}
		}
		r.listing, r.steps = l, l.steps
		r.learned.Store(l.learned)
		return f(tx, l)
	})
}

// newListing returns one that holds nothing, after some steps of others.
func newListing(steps uint64) *listing {
	return &listing{first: steps + 1, steps: steps, docAt: map[uint64]int32{}, hidden: map[uint64]bool{},
		reviews: map[uint64]*reviewed{}, reasons: []string{""},
		standing: map[uint64]standingMark{}, annotated: map[uint64]*annotated{}, groups: map[groupKey]int32{},
		lost: lost{documents: map[uint64]bool{}, changes: map[uint64]bool{}}}
}

// step brings the listing in step with the database.
func (l *listing) step(tx *kv.Tx) error {
	l.now = tx.Now()
	l.steps++
	journal := tx.Bucket(kv.BucketJournal)
	if l.entry > 0 && kv.SealMark(journal.Get(kv.Key(l.entry))) != l.link {
		return errRestart
	}
	var entry, link uint64
	if k, v := journal.Cursor().Last(); len(k) == 8 {
		entry, link = kv.KeyNumber(k), kv.SealMark(v)
	}
	if l.written == tx.Tx.ID() && l.entry == entry && l.link == link {
		return l.tellLost(tx) // nothing was written since
	}
	if len(l.lost.values) > 0 {
		return errRestart
	}
	l.written, l.entry, l.link = tx.Tx.ID(), entry, link
	renamed, again, err := l.readDecisions(tx)
	if err != nil {
		return err
	}
	anew, err := l.learn(tx)
	if err != nil {
		if err = l.lose(tx, err, kv.BucketTrained, nil); err != nil {
			return err
		}
		l.learned = nil
	}
	return l.readHeads(tx, func(h *head) bool { return anew || renamed[h.doc] || again[h.n] })
}

// readDecisions reads all but the changes: the documents and what was decided. It
// returns the documents that are called otherwise than before, and the changes that
// may be shown otherwise.
func (l *listing) readDecisions(tx *kv.Tx) (renamed map[int32]bool, again map[uint64]bool, err error) {
	if renamed, err = l.readDocuments(tx); err != nil {
		return nil, nil, err
	}
	if again, err = l.readStandings(tx); err != nil {
		return nil, nil, err
	}
	if err = l.readReviews(tx, again); err != nil {
		return nil, nil, err
	}
	if err = l.stated.read(tx, again, l.lose); err != nil {
		return nil, nil, err
	}
	if err = l.deviates.read(tx, again, l.lose); err != nil {
		return nil, nil, err
	}
	return renamed, again, l.readAnnotations(tx, again)
}

// readDocuments returns which documents are called otherwise than before.
func (l *listing) readDocuments(tx *kv.Tx) (renamed map[int32]bool, err error) {
	renamed = map[int32]bool{}
	at := 0
	c := tx.Bucket(kv.BucketDocument).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		n, mark := kv.KeyNumber(k), kv.SealMark(v)
		if at < len(l.docs) && l.docs[at].n != n {
			return nil, errRestart
		}
		if at == len(l.docs) || l.docs[at].mark != mark {
			row, err := scanDocument(k, v)
			if err != nil {
				if err := l.lose(tx, err, kv.BucketDocument, k); err != nil {
					return nil, err
				}
				l.lost.documents[n] = true
				continue
			}
			d := document{n: n, mark: mark, slug: row.Slug, name: row.Name, kind: row.Type, versions: row.Versions,
				lastChange: row.LastChange, superseded: row.Superseded, suspect: row.Suspect, seen: row.Seen}
			order := row.Chronology()
			d.last = order.Newest()
			if at < len(l.docs) {
				for _, n := range l.docs[at].superseded {
					delete(l.hidden, n)
				}
			}
			for _, n := range d.superseded {
				l.hidden[n] = true
			}
			if at == len(l.docs) {
				l.docs, l.docAt[n] = append(l.docs, d), int32(at)
			} else {
				was := l.docs[at]
				renamed[int32(at)] = was.slug != d.slug || was.name != d.name || was.kind != d.kind
				d.newest, d.newestOf = was.newest, was.newestOf
				l.docs[at] = d
			}
		}
		at++
	}
	if at < len(l.docs) {
		return nil, errRestart
	}
	return renamed, nil
}

func scanDocument(key, value []byte) (rows.Document, error) {
	payload, err := kv.Unseal(kv.BucketDocument, key, value)
	if err != nil {
		return rows.Document{}, err
	}
	return rows.ScanDocument(payload)
}

// readStandings returns the changes that may be shown otherwise by what became of
// them, or of those that they undo.
func (l *listing) readStandings(tx *kv.Tx) (again map[uint64]bool, err error) {
	again = map[uint64]bool{}
	b := tx.Bucket(kv.BucketStanding)
	if b == nil {
		return again, nil
	}
	c, seen := b.Cursor(), 0
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(k) != 16 {
			err := fmt.Errorf("%w: what became of a change is filed under no change", model.ErrDamaged)
			if err := l.lose(tx, err, kv.BucketStanding, k); err != nil {
				return nil, err
			}
			continue
		}
		n, mark := kv.KeyNumber(k[8:]), kv.SealMark(v)
		if was, ok := l.standing[n]; !ok || was.mark != mark {
			var row rows.Standing
			if err := kv.DecodeRow(kv.BucketStanding, k, v, &row); err != nil {
				if err := l.lose(tx, err, kv.BucketStanding, k); err != nil {
					return nil, err
				}
				continue
			}
			l.followed(n, again)
			l.standings.Set(n, row)
			l.followed(n, again)
		}
		l.standing[n] = standingMark{mark, l.steps}
		seen++
	}
	if seen == len(l.standing) {
		return again, nil
	}
	for n, s := range l.standing {
		if s.step != l.steps {
			l.followed(n, again)
			l.standings.Drop(n)
			delete(l.standing, n)
		}
	}
	return again, nil
}

// followed adds a change to those that may be shown otherwise, and the ones that it
// raises.
func (l *listing) followed(n uint64, again map[uint64]bool) {
	again[n] = true
	for _, r := range l.standings.Of(n).Raised {
		again[r.Mark.Change] = true
	}
}

// readReviews projects the reviews of changes whose events differ, and adds these to
// those that may be shown otherwise.
func (l *listing) readReviews(tx *kv.Tx, again map[uint64]bool) error {
	var differ [][]kv.Pair
	var events []kv.Pair // of one change
	seen := 0
	end := func() {
		if len(events) == 0 {
			return
		}
		mark, n := uint64(0), kv.KeyNumber(events[0].Key)
		for _, e := range events {
			mark = mark*31 + kv.SealMark(e.Value)
		}
		was := l.reviews[n]
		if was == nil || was.mark != mark {
			differ = append(differ, events)
			was = &reviewed{mark: mark}
			l.reviews[n] = was
			l.followed(n, again)
			events = nil
		}
		was.step = l.steps
		events = events[:0]
		seen++
	}
	c := tx.Bucket(kv.BucketEvent).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(events) > 0 && kv.KeyNumber(events[0].Key) != kv.KeyNumber(k) {
			end()
		}
		events = append(events, kv.Pair{Key: k, Value: v})
	}
	end()
	if seen != len(l.reviews) && l.steps > l.first { // at first: a damaged page has the events of a change twice
		return errRestart
	}
	failed := make([]error, len(differ))
	err := kv.InChunks(len(differ), func(from, to int) error {
		for i, events := range differ[from:to] {
			n := kv.KeyNumber(events[0].Key)
			decoded, err := rows.DecodeEvents(tx, n, events)
			if failed[from+i] = err; err != nil {
				continue
			}
			r := review.Project(tx.ID(model.ChangeID, n), decoded).Review
			r.Summary, r.Note, r.Reason, r.Basis = "", "", "", ""
			l.reviews[n].review = r
		}
		return nil
	})
	for i, events := range differ {
		if failed[i] == nil || err != nil {
			continue
		}
		n := kv.KeyNumber(events[0].Key)
		err = l.loseChange(tx, failed[i], n, kv.BucketEvent, events[0].Key)
		delete(l.reviews, n)
	}
	return err
}

// batch is how many heads are read at a time, on all processors.
const batch = 4096

// readHeads reads the changes that differ, and those that are asked for again.
func (l *listing) readHeads(tx *kv.Tx, again func(*head) bool) error {
	b := tx.Bucket(kv.BucketRow)
	if len(l.heads) == 0 {
		l.heads = make([]head, 0, min(tx.Bucket(kv.BucketChange).Sequence(), 1<<20))
	}
	var pairs []kv.Pair
	var places []int
	read := make([]rows.Head, 0)
	flush := func() error {
		defer func() { pairs, places = pairs[:0], places[:0] }()
		if len(pairs) > len(read) {
			read = make([]rows.Head, max(len(pairs), min(batch, cap(l.heads))))
		}
		if err := rows.ScanHeads(pairs, read[:len(pairs)]); err != nil {
			return l.takeReadable(tx, pairs, places)
		}
		for i := range pairs {
			if err := l.take(tx, &read[i], places[i], kv.SealMark(pairs[i].Value)); err != nil {
				return err
			}
		}
		return nil
	}
	at, known := 0, len(l.heads)
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if at < known {
			h := &l.heads[at]
			if h.n != kv.KeyNumber(k) {
				return errRestart
			}
			if h.mark == kv.SealMark(v) && !again(h) {
				at++
				continue
			}
		}
		pairs, places = append(pairs, kv.Pair{Key: k, Value: v}), append(places, at)
		if at++; len(pairs) == batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if at < known {
		return errRestart
	}
	return flush()
}

// takeReadable takes of some changes those that can be read.
func (l *listing) takeReadable(tx *kv.Tx, pairs []kv.Pair, places []int) error {
	var read [1]rows.Head
	for i, p := range pairs {
		err := rows.ScanHeads(pairs[i:i+1], read[:])
		if err == nil {
			err = l.take(tx, &read[0], places[i], kv.SealMark(p.Value))
		} else {
			err = l.loseChange(tx, err, kv.KeyNumber(p.Key), kv.BucketRow, p.Key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// take puts a change where it is listed; one that can't be is left out.
func (l *listing) take(tx *kv.Tx, read *rows.Head, at int, mark uint64) error {
	doc, ok := l.docAt[read.Document]
	if !ok {
		return l.lose(tx, missingDocument(read.Document, read.N), kv.BucketDocument, kv.Key(read.Document))
	}
	if l.lost.changes[read.N] {
		return nil // what was decided on it can't be read
	}
	var marks model.MarkedByRules
	if a := l.annotated[read.N]; a != nil {
		marks = a.marks
	}
	p, err := placed(tx, l.learned, read, &marks, l.standings)
	if err != nil {
		return l.loseChange(tx, err, read.N, kv.BucketRow, kv.Key(read.N))
	}
	h := head{n: read.N, mark: mark, stamp: l.steps, captured: read.Captured, doc: doc, group: read.DuplicateGroup,
		severity: read.Severity, reason: l.reasonAt(read.Reason),
		material: read.Material, decided: l.reviews[read.N] != nil,
		section: p.section, plain: p.plain, rank: p.rank, lifted: p.lifted}
	if at >= len(l.heads) { // beyond it where some before it can't be read
		l.heads = append(l.heads, h)
	} else {
		l.heads[at] = h
	}
	return nil
}

// reasonAt returns the place of a reason among the listing's.
func (l *listing) reasonAt(reason []byte) uint8 {
	for i, known := range l.reasons {
		if known == string(reason) {
			return uint8(i)
		}
	}
	if len(l.reasons) == math.MaxUint8 {
		return math.MaxUint8 - 1 // no build has so many
	}
	l.reasons = append(l.reasons, string(reason))
	return uint8(len(l.reasons) - 1)
}

// standing is where a change stands in the queue.
type standing struct {
	section     model.Section // as detected
	plain, rank float64       // as detected, and as learned
	lifted      bool          // out of what is probably noise, by what was learned
}

// placed finds where a change stands, wherever it is shown. It shows the head for what it
// undoes, and by what rules made of it.
func placed(tx *kv.Tx, learned *ranking.Learned, h *rows.Head, marks *model.MarkedByRules,
	standings rows.Standings) (s standing, err error) {
	standings.RaiseHead(h)
	markHead(h, marks, standings)
	if s.section, s.plain, err = place(tx, h); err != nil {
		return s, err
	}
	s.rank = s.plain
	rank, noise, ok, err := learned.Rank(tx, h)
	if ok {
		s.rank, s.lifted = rank, s.section == model.SectionNoise && !noise
	}
	return s, err
}

// learnedSection is the part of the queue that it stands in. What was learned lifts a change
// out of what is probably noise, and puts none there.
func learnedSection(detected model.Section, lifted bool) model.Section {
	if lifted {
		return model.SectionMaterial
	}
	return detected
}

// show shows on a change which part of the queue it stands in.
func show(section model.Section, item *model.QueueItem) {
	item.ProbablyNoise = section == model.SectionNoise
	item.TakenBackAtOnce = section == model.SectionTakenBack
}

// place finds the place of a change in the queue. One without features is no noise
// that anybody knows of.
func place(tx *kv.Tx, h *rows.Head) (section model.Section, rank float64, err error) {
	if !h.Material {
		return model.SectionFolded, float64(h.Score), nil
	}
	section, rank = model.SectionMaterial, order.UnknownRank(int(h.Score))
	if x, ok := order.Unpack(h.Features); ok {
		odds := x.LogOdds()
		rank = order.Rank(odds, int(h.Score))
		if order.Noise(odds, int(h.Severity) >= model.High.Rank()) {
			section = model.SectionNoise
		}
	}
	back, err := rows.TakenBackAtOnce(tx, h.Document, h.Captured, int(h.TakenBack))
	if back {
		section = model.SectionTakenBack
	}
	return section, rank, err
}

// review is that of a change, as it is now.
func (l *listing) review(h *head) model.Review {
	switch {
	case l.hidden[h.n]:
		return model.Review{State: model.Superseded}
	case !h.decided:
		return model.Review{State: model.Pending}
	}
	return rows.Awake(l.reviews[h.n].review, l.now, h.n, rows.Document{LastChange: l.docs[h.doc].lastChange})
}

// state is the state of a change, as it is now.
func (l *listing) state(h *head) model.State {
	if !h.decided && len(l.hidden) == 0 {
		return model.Pending
	}
	return l.review(h).State
}
