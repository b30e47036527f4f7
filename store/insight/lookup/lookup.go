package lookup

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"

	"fineprint/store/blob"
	"fineprint/store/insight/identity"
	"fineprint/store/insight/index"
	"fineprint/store/insight/search"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
	"fineprint/store/text/words"
)

// Finder finds clauses. It keeps what it read while nothing is written to the database.
type Finder struct {
	db     *kv.DB
	reader *index.Reader
	typist Typist

	mu        sync.Mutex
	documents map[uint64]described
	texts     texts
	memory    blob.Scratch
}

// described is what is known of a document, with the mark of the row it was read from.
type described struct {
	mark             uint64
	slug, name, kind string
	folded           [2]string // name and slug, and kind, as they are compared
	row              rows.Document
	newest           int64 // when the good version was captured; 0: not read yet
}

// New returns a Finder of a database, the types of whose clauses a Typist knows.
func New(db *kv.DB, typist Typist) *Finder {
	return &Finder{db: db, reader: index.NewReader(), typist: typist, documents: map[uint64]described{}}
}

// defaultLimit is how many hits are returned where nothing is said.
const defaultLimit = 20

// Search finds clauses by their words. Behind is left to the caller.
func (f *Finder) Search(ctx context.Context, r model.SearchRequest) (model.SearchResult, error) {
	parse := search.Parse
	if r.Typing {
		parse = search.Typing
	}
	q, err := parse(r.Query, f.db.Now())
	if err != nil {
		return model.SearchResult{}, err
	}
	result := model.SearchResult{Hits: []model.SearchHit{}}
	err = f.db.View(ctx, func(tx *kv.Tx) error {
		v := f.view(ctx, tx)
		defer v.close()
		scope := v.scope()
		if r.Each {
			scope.Group = nil
		}
		found, err := f.reader.Search(ctx, tx, q, scope, max(0, r.Offset), limitOf(r.Limit))
		if err := cmp.Or(err, v.err); err != nil {
			return err
		}
		result.Total = found.Total
		for i := range found.Hits {
			hit, err := v.hit(&found.Hits[i], q.Phrases())
			if err != nil {
				if tx.Lost(err, kv.BucketDocument, kv.Key(found.Hits[i].Document)) {
					continue
				}
				return err
			}
			result.Hits = append(result.Hits, hit)
		}
		return nil
	})
	if err != nil {
		return model.SearchResult{}, fmt.Errorf("searching: %w", err)
	}
	return result, nil
}

func limitOf(n int) int {
	if n <= 0 {
		return defaultLimit
	}
	return n
}

// view is one transaction in which hits are described.
type view struct {
	*Finder
	ctx  context.Context
	tx   *kv.Tx
	err  error             // of reading a document
	seen map[uint64]string // slugs of documents, which are asked for again and again
	// bound is how many bytes of texts are kept. The index is asked once: while it answers, it
	// can't be.
	bound int
}

func (f *Finder) view(ctx context.Context, tx *kv.Tx) *view {
	f.mu.Lock()
	return &view{Finder: f, ctx: ctx, tx: tx, seen: map[uint64]string{},
		bound: max(leastTextBytes, textBytes-f.reader.Held())}
}

func (v *view) close() { v.mu.Unlock() }

// document returns what is known of a document.
func (v *view) document(n uint64) (d described, err error) {
	value := v.tx.Bucket(kv.BucketDocument).Get(kv.Key(n))
	mark := kv.SealMark(value)
	if d, ok := v.documents[n]; ok && d.mark == mark {
		return d, nil
	}
	row, err := rows.GetDocument(v.tx, n)
	if err != nil {
		return d, err
	}
	d = described{mark: mark, slug: row.Slug, name: row.Name, kind: row.Type, row: row,
		folded: [2]string{words.Normal(row.Name) + "\n" + words.Normal(row.Slug), words.Normal(row.Type)}}
	v.documents[n] = d
	return d, nil
}

// scope is how the index asks about documents.
func (v *view) scope() index.Scope {
	ask := func(f func(d described) bool) func(n uint64) bool {
		return func(n uint64) bool {
			d, err := v.document(n)
			if err != nil && !v.tx.Lost(err, kv.BucketDocument, kv.Key(n)) {
				v.err = cmp.Or(v.err, err)
			}
			return err == nil && f(d)
		}
	}
	has := func(place int) func(n uint64, value string) bool {
		return func(n uint64, value string) bool {
			phrase := words.Normal(value)
			return ask(func(d described) bool { return words.Hold(d.folded[place], phrase) })(n)
		}
	}
	return index.Scope{Platform: has(0), Type: has(1), Group: func(n uint64) string {
		slug, ok := v.seen[n]
		if !ok {
			d, err := v.document(n)
			if err != nil && !v.tx.Lost(err, kv.BucketDocument, kv.Key(n)) {
				v.err = cmp.Or(v.err, err)
			}
			slug = d.slug
			v.seen[n] = slug
		}
		return slug
	}}
}

// maxSame is how many of the other clauses in the same words are named.
const maxSame = 10

// hit says what was found.
func (v *view) hit(h *index.Hit, phrases phrases) (model.SearchHit, error) {
	d, err := v.document(h.Document)
	if err != nil {
		return model.SearchHit{}, err
	}
	text, err := v.text(h.Document, h.Seq)
	if err != nil {
		return model.SearchHit{}, err
	}
	visible := ""
	if h.At < len(text.Clauses) {
		visible = text.Visible(h.At)
	}
	if h.At >= len(text.Clauses) || index.SumOf(visible) != h.Sum {
		return model.SearchHit{}, fmt.Errorf("%w: clause %d of version %d of document %d is another than was indexed; "+
			"`fineprint index --rebuild` makes the index again", model.ErrDamaged, h.At+1, h.Seq, h.Document)
	}
	hit := model.SearchHit{Platform: d.slug, PlatformName: d.name, Document: v.tx.ID(model.DocumentID, h.Document),
		Type: d.kind, Clause: v.tx.ID(model.ClauseID, h.Number), Heading: text.HeadingPath(h.At), FirstSeen: h.First,
		LastSeen: h.Last, Current: h.Current, Version: h.FirstSeq, Score: h.Score, Same: len(h.Same)}
	for _, n := range h.Same[:min(len(h.Same), maxSame)] {
		hit.SameClauses = append(hit.SameClauses, v.tx.ID(model.ClauseID, n))
	}
	hit.Snippet, hit.Marks = snippet(visible, phrases)
	c := text.Clauses[h.At]
	hit.Text, hit.At = text.Words(h.At), model.ByteRange{Start: c.Start, End: c.End}
	if hit.LastSeen, err = v.lastSeen(h, d.row); err != nil {
		return hit, err
	}
	return hit, v.addRecord(&hit)
}

// lastSeen returns when the newest capture was made that has a clause.
func (v *view) lastSeen(h *index.Hit, d rows.Document) (time.Time, error) {
	last, order := h.Last, d.Chronology()
	until := order.Len()
	if h.Until > 0 {
		until = order.Place(h.Until) - 1
	}
	for place := until; place > order.Place(h.LastSeq); place-- {
		seq := order.At(place)
		row, err := rows.GetVersion(v.tx, h.Document, seq)
		if err != nil {
			if v.tx.Lost(err, kv.BucketVersion, kv.PairKey(h.Document, seq)) {
				continue
			}
			return last, err
		}
		kind := model.VersionKind(row.Kind)
		if d.IsRepeat(seq) || row.Text == 0 || kind == model.VersionFailed || kind == model.VersionQuarantined ||
			d.IsSuspect(seq, row) {
			continue
		}
		return kv.UnixTime(row.CapturedAt), nil
	}
	return last, nil
}

// addRecord adds what the newest record in force says of a clause, if it was reviewed.
func (v *view) addRecord(hit *model.SearchHit) error {
	return recordrows.RecordsOfProvision(v.tx, hit.Clause.Number(), func(record uint64) error {
		card, found, err := recordrows.CardOf(v.tx, record)
		if err == nil && found && card.Revision > 0 { // the later ones are newer
			hit.Record, hit.Severity = v.tx.ID(model.RecordID, record), model.Severity(card.Severity)
			hit.ClauseTypes = card.Types
		}
		return err
	})
}

// texts keeps texts that were cut into clauses.
type texts struct {
	known map[textKey]*keptText
	size  int
	clock uint64
}

type textKey struct {
	document uint64
	seq      int
}

type keptText struct {
	*clause.Document
	size int
	used uint64
	sum  string // of the text
}

// What is kept of texts is bounded by textBytes, less what the index holds of a large
// archive, but by leastTextBytes: all of it is to stay within the memory of a desk.
const (
	textBytes      = 24 << 20
	leastTextBytes = 6 << 20
)

// text reads a version's text, cut into clauses.
func (v *view) text(document uint64, seq int) (*clause.Document, error) {
	if err := v.ctx.Err(); err != nil {
		return nil, err
	}
	row, err := rows.GetVersion(v.tx, document, seq)
	if err != nil {
		return nil, err
	}
	c, key := &v.texts, textKey{document, seq}
	c.clock++
	if t := c.known[key]; t != nil && t.sum == string(row.TextSum) {
		t.used = c.clock
		return t.Document, nil
	}
	s, err := rows.TextIn(v.tx, &v.memory, row)
	if err != nil {
		return nil, err
	}
	t := &keptText{Document: clause.Split(s), used: c.clock, sum: string(row.TextSum)}
	t.size = t.Size() + len(s)/4 // and the words that will be asked for
	if c.known == nil {
		c.known = map[textKey]*keptText{}
	}
	c.known[key] = t
	for c.size += t.size; c.size > v.bound && len(c.known) > 1; {
		var oldest textKey
		least := c.clock + 1
		for k, t := range c.known {
			if k != key && t.used < least {
				oldest, least = k, t.used
			}
		}
		c.size -= c.known[oldest].size
		delete(c.known, oldest)
	}
	return t.Document, nil
}

// quotedText returns the words of a clause that a record was given an ID for before every
// clause had one: as they are quoted.
func (v *view) quotedText(id model.ID) (document uint64, text string, err error) {
	_, row, err := recordrows.ProvisionByID(v.tx, id)
	if err != nil {
		return 0, "", err
	}
	t, err := v.text(row.Document, row.Seq)
	if err != nil {
		return 0, "", err
	}
	at := row.At()
	if at.Start < 0 || at.End > len(t.Text) || at.Start > at.End {
		return 0, "", fmt.Errorf("%w: %s is not in the text that it is quoted from", model.ErrDamaged, id)
	}
	return row.Document, t.Text[at.Start:at.End], nil
}

// clauseText returns the newest words of a clause, and the document it is of.
func (v *view) clauseText(id model.ID) (document uint64, text string, err error) {
	n := id.Number()
	if id != v.tx.ID(model.ClauseID, n) {
		return 0, "", fmt.Errorf("%w: %q is not the ID of a clause", model.ErrInvalid, id)
	}
	if document, err = identity.DocumentOf(v.tx, n); err != nil {
		return 0, "", err
	}
	if document == 0 {
		return v.quotedText(id)
	}
	h, _, err := identity.Load(v.tx, document)
	if err != nil {
		return 0, "", err
	}
	if h == nil || h.Clause(n) == identity.None {
		return 0, "", fmt.Errorf("%s: %w", id, model.ErrNotFound)
	}
	hit, err := v.reader.Wording(v.ctx, v.tx, document, h.Clause(n))
	if err != nil {
		return 0, "", err
	}
	if hit == nil {
		return document, "", nil
	}
	t, err := v.text(document, hit.Seq)
	if err != nil || hit.At >= len(t.Clauses) {
		return document, "", err
	}
	return document, t.Visible(hit.At), nil
}

// oneLine is a text in one line.
func oneLine(s string) string {
	space := true // before the first character, and behind the last
	for _, r := range s {
		if unicode.IsSpace(r) && (space || r != ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
		space = r == ' '
	}
	if space {
		return strings.TrimRight(s, " ")
	}
	return s
}
