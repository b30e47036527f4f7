package types

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fineprint/store/clausetype"
	"fineprint/store/insight/recognize"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/nearest"
	"fineprint/store/recordrows"
	"fineprint/store/text/clause"
)

const (
	// algorithm is raised when suggestions change: by other weights, cues or headings.
	algorithm = 2
	// maxKept is how many bytes of a clause's words are kept with a correction.
	maxKept = 8 << 10
	// maxTypes is how many types a clause may be said to be of.
	maxTypes = 5
)

// Typist knows the types of clauses.
type Typist struct {
	db *kv.DB

	mu     sync.Mutex
	latest *judge // by the corrections that were read last

	finding chan struct{} // who finds types of documents or changes is in it
}

// New returns a Typist of a database.
func New(db *kv.DB) *Typist { return &Typist{db: db, finding: make(chan struct{}, 1)} }

// TypeOfText returns the type of a text that stands in no document.
func (t *Typist) TypeOfText(ctx context.Context, text string) (p model.PresentType, err error) {
	err = t.db.View(ctx, func(tx *kv.Tx) error {
		j, err := t.judge(tx)
		if err != nil {
			return err
		}
		list, probability := j.types(clause.Visible(text), nil, "")
		if len(list) > 0 {
			p = model.PresentType{Type: list[0], Others: list[1:], Probability: probability}
		}
		return nil
	})
	return p, err
}

// said is a correction that holds.
type said struct {
	number uint64
	row    recordrows.TypeCorrection
}

// judge says of what types clauses are, by the corrections up to one of them.
type judge struct {
	store      string
	last       uint64 // correction
	byWords    map[string]said
	byHash     map[uint32][]int // sketches by each of their hashes
	sketches   []recognize.Sketch
	of         []said            // by sketch
	reaches    []recognize.Reach // by sketch
	recognizer *recognize.Recognizer
	events     []event

	mu    sync.Mutex
	since map[uint64]*Reached // by event
}

// judge returns what says of what types clauses are, by the corrections of the database.
func (t *Typist) judge(tx *kv.Tx) (*judge, error) {
	last := uint64(0)
	if b := tx.Bucket(kv.BucketTypeCorrection); b != nil {
		last = b.Sequence()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if j := t.latest; j != nil && j.last == last && j.store == tx.StoreID() {
		return j, nil
	}
	j := &judge{store: tx.StoreID(), last: last, byWords: map[string]said{}, byHash: map[uint32][]int{},
		since: map[uint64]*Reached{}}
	list, err := standing(tx)
	if err == nil {
		err = recordrows.EachTypeCorrection(tx, func(n uint64, c recordrows.TypeCorrection) error {
			j.events = append(j.events, eventOf(n, c))
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	lessons := make([]recognize.Lesson, 0, len(list))
	for _, s := range list {
		j.byWords[string(s.row.Words)] = s
		text := string(s.row.Text)
		lessons = append(lessons, recognize.Lesson{Clause: recognize.Clause{Text: text, Headings: s.row.Headings,
			Document: s.row.Kind}, Types: s.row.Types})
		if sketch, whole := recognize.SketchOf(text); whole {
			n := len(j.sketches)
			j.sketches, j.of, j.reaches = append(j.sketches, sketch), append(j.of, s), append(j.reaches, recognize.ReachOf(text))
			for _, h := range sketch {
				j.byHash[h] = append(j.byHash[h], n)
			}
		}
	}
	var own *recognize.Layer
	if len(lessons) > 0 {
		own = recognize.Teach(lessons)
	}
	j.recognizer = recognize.New(own)
	t.latest = j
	return j, nil
}

// standing lists the corrections that were not undone, oldest first.
func standing(tx *kv.Tx) (list []said, err error) {
	undone := map[uint64]bool{}
	err = recordrows.EachTypeCorrection(tx, func(n uint64, c recordrows.TypeCorrection) error {
		if c.Undoes > 0 {
			undone[c.Undoes] = true
		} else {
			list = append(list, said{n, c})
		}
		return nil
	})
	return slices.DeleteFunc(list, func(s said) bool { return undone[s.number] }), err
}

// corrected returns the correction that holds for a clause; exact: it is of these words.
func (j *judge) corrected(words []byte, text string) (s said, exact, found bool) {
	if s, found = j.byWords[string(words)]; found {
		return s, true, true
	}
	if len(j.sketches) == 0 {
		return s, false, false
	}
	sketch, whole := recognize.SketchOf(text)
	if !whole {
		return s, false, false
	}
	best := -1
	var reach recognize.Reach
	for _, h := range sketch {
		for _, n := range j.byHash[h] {
			if n <= best || !recognize.Alike(&sketch, &j.sketches[n]) {
				continue
			}
			if reach == nil {
				reach = recognize.ReachOf(text)
			}
			if reach.Meets(j.reaches[n]) {
				best = n
			}
		}
	}
	if best < 0 {
		return s, false, false
	}
	return j.of[best], false, true
}

// wordsOf is what a clause is known by: its visible words' hash, shortened.
func wordsOf(visible string) []byte {
	sum := kv.SumOfString(visible)
	return slices.Clone(sum[:16])
}

// typed fills in the types of a clause.
func (j *judge) typed(c *model.ClauseTypes, kind string) {
	visible := clause.Visible(c.Text)
	for _, s := range j.recognizer.Suggest(recognize.Clause{Text: visible, Headings: c.Heading, Document: kind}) {
		c.Suggested = append(c.Suggested, model.TypeSuggestion(s))
		c.Types = append(c.Types, s.Type)
	}
	c.By = model.TypesSuggested
	if s, exact, found := j.corrected(wordsOf(visible), visible); found {
		c.By, c.Correction, c.Actor = model.TypesAlike, s.number, s.row.Actor
		if exact {
			c.By = model.TypesCorrected
		}
		at := kv.UnixTime(s.row.At)
		c.At, c.Types = &at, slices.Clone(s.row.Types)
	}
	if c.Types == nil {
		c.Types = []string{}
	}
	if c.Suggested == nil {
		c.Suggested = []model.TypeSuggestion{}
	}
}

// ClauseTypes returns a clause with its types and what is suggested for it.
func (t *Typist) ClauseTypes(ctx context.Context, ref model.ClauseRef) (model.ClauseTypes, error) {
	var c model.ClauseTypes
	err := t.db.View(ctx, func(tx *kv.Tx) error {
		p, err := find(ctx, tx, ref)
		if err != nil {
			return err
		}
		j, err := t.judge(tx)
		if err != nil {
			return err
		}
		c = p.clause(tx)
		j.typed(&c, p.kind)
		return nil
	})
	if err != nil {
		return model.ClauseTypes{}, fmt.Errorf("reading the types of a clause: %w", err)
	}
	return c, nil
}

// SetTypes says of what types a clause is; none: of no type. It is on disk when SetTypes
// returns nil. The error wraps ErrInvalid or ErrNotFound, and then nothing was changed.
func (t *Typist) SetTypes(ctx context.Context, ref model.ClauseRef, types []string,
	actor string) (model.ClauseTypes, error) {
	if err := checkTypes(types); err != nil {
		return model.ClauseTypes{}, fmt.Errorf("setting the types of a clause: %w", err)
	}
	err := t.db.Update(ctx, func(tx *kv.Tx) error {
		p, err := find(ctx, tx, ref)
		if err != nil {
			return err
		}
		visible := clause.Visible(p.words())
		if visible == "" {
			return fmt.Errorf("%w: the clause has no words", model.ErrInvalid)
		}
		return put(tx, recordrows.TypeCorrection{Actor: actor, Words: wordsOf(visible), Types: slices.Clone(types),
			Text: []byte(beginning(visible)), Headings: p.headings, Kind: p.kind, Document: p.document, Seq: p.seq,
			Start: p.at.Start, End: p.at.End, Provision: p.provision})
	})
	if err != nil {
		return model.ClauseTypes{}, fmt.Errorf("setting the types of a clause: %w", err)
	}
	return t.ClauseTypes(ctx, ref)
}

// UndoTypes takes back what was said last of the types of a clause.
func (t *Typist) UndoTypes(ctx context.Context, ref model.ClauseRef, actor string) (model.ClauseTypes, error) {
	err := t.db.Update(ctx, func(tx *kv.Tx) error {
		p, err := find(ctx, tx, ref)
		if err != nil {
			return err
		}
		list, err := standing(tx)
		if err != nil {
			return err
		}
		words := string(wordsOf(clause.Visible(p.words())))
		for _, s := range slices.Backward(list) {
			if string(s.row.Words) == words {
				return put(tx, recordrows.TypeCorrection{Actor: actor, Undoes: s.number})
			}
		}
		return fmt.Errorf("%w: nobody set the types of this clause", model.ErrNotFound)
	})
	if err != nil {
		return model.ClauseTypes{}, fmt.Errorf("undoing the types of a clause: %w", err)
	}
	return t.ClauseTypes(ctx, ref)
}

// put stores a correction and its entry.
func put(tx *kv.Tx, row recordrows.TypeCorrection) error {
	if err := tx.NeedSchema(recordrows.Insights); err != nil {
		return err
	}
	row.At = tx.Now().UnixNano()
	if strings.TrimSpace(row.Actor) == "" {
		row.Actor = tx.Actor()
	}
	n, payload, err := insert(tx, kv.BucketTypeCorrection, row)
	if err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: kv.UnixTime(row.At), Actor: row.Actor,
		Kind: journal.KindTypeCorrection, Object: n, Digest: kv.SumOf(payload)})
	return err
}

// insert stores a row under the next number of its bucket.
func insert(tx *kv.Tx, bucket []byte, row any) (n uint64, payload []byte, err error) {
	if n, err = kv.NextNumber(tx, bucket); err != nil {
		return 0, nil, err
	}
	if payload, err = kv.Encode(row); err != nil {
		return 0, nil, fmt.Errorf("encoding a row of %s: %w", bucket, err)
	}
	return n, payload, kv.InsertSealed(tx, bucket, kv.Key(n), payload)
}

func checkTypes(types []string) error {
	if len(types) > maxTypes {
		return fmt.Errorf("%w: a clause is of at most %d types", model.ErrInvalid, maxTypes)
	}
	for i, id := range types {
		if _, ok := clausetype.ByID(id); !ok {
			return fmt.Errorf("%w: unknown clause type %q%s; see `fineprint types list`", model.ErrInvalid, id,
				nearest.Meant(id, clausetype.IDs()))
		}
		if slices.Contains(types[:i], id) {
			return fmt.Errorf("%w: the type %s is named twice", model.ErrInvalid, id)
		}
	}
	return nil
}

// beginning returns as much of a text as is kept, whole runes of it.
func beginning(s string) string {
	if len(s) <= maxKept {
		return s
	}
	return strings.ToValidUTF8(s[:maxKept], "")
}
