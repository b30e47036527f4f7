// Package positions keeps a team's playbook (package playbook) and holds it against what is
// stored: the newest text of every document, and what each change did.
//
// It is not for reading a playbook, nor for what deviates: package playbook is.
//
// Invariants: saving is one entry of the journal, and what was saved is never changed; a
// playbook that can't be read is not saved. What changes did ([Book.KeepDeviations]) is
// derived: it is kept with the number of the playbook, and made again under another, and
// where changes are judged otherwise; where somebody said of what type a clause is, for
// those changes again that types matter for.
//
// Decision: of a change only clauses that it made, dropped or put otherwise are looked at,
// so that positions about what a document must say have no changes: whether it says so is
// of the whole document.
package positions

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"fineprint/store/insight/playbook"
	"fineprint/store/insight/recognize"
	"fineprint/store/insight/types"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Book keeps a playbook and holds it against what is stored.
type Book struct {
	db     *kv.DB
	typist *types.Typist
}

// New returns a Book of a database, and of what knows the types of its clauses.
func New(db *kv.DB, typist *types.Typist) *Book { return &Book{db, typist} }

// typing says of what types clauses are: as somebody said, else as is suggested.
type typing struct{ types.Judge }

// sure is from which probability on a type counts that isn't the likeliest.
const sure = 0.4

// Types returns the types that a clause was said to be of, else the likeliest and those
// that are likely as well.
func (t typing) Types(text string, headings []string, document string) []string {
	if said, found := t.Corrected(text); found {
		return said
	}
	var list []string
	for i, s := range t.Suggest(recognize.Clause{Text: text, Headings: headings, Document: document}) {
		if i == 0 || s.Probability >= sure {
			list = append(list, s.Type)
		}
	}
	return list
}

// Cued returns the types that a clause was said to be of, else those that it has a cue of
// several words of.
func (t typing) Cued(text string) []string {
	if said, found := t.Corrected(text); found {
		return said
	}
	return recognize.CuedTypes(text)
}

func newChecker(p *playbook.Playbook, j types.Judge) *playbook.Checker {
	return playbook.NewChecker(p, typing{j})
}

// SavedPlaybook reads the playbook that holds; its number is 0 when none was saved.
func (b *Book) SavedPlaybook(ctx context.Context) (p model.SavedPlaybook, err error) {
	err = b.db.View(ctx, func(tx *kv.Tx) error {
		row, n, err := recordrows.NewestPlaybook(tx)
		if n > 0 {
			p = model.SavedPlaybook{Number: n, SavedAt: kv.UnixTime(row.At), SavedBy: row.Actor, File: row.File}
		}
		return err
	})
	if err != nil {
		return p, fmt.Errorf("reading the playbook: %w", err)
	}
	return p, nil
}

// SavePlaybook saves a file as the playbook that holds from now on, and returns its
// number. The same file again saves nothing.
func (b *Book) SavePlaybook(ctx context.Context, file []byte) (n uint64, err error) {
	if _, err := playbook.Parse(file); err != nil {
		return 0, err
	}
	err = b.db.Update(ctx, func(tx *kv.Tx) error {
		row, was, err := recordrows.NewestPlaybook(tx)
		if err != nil {
			return err
		}
		if n = was; was > 0 && row.File == string(file) {
			return nil
		}
		if err := tx.NeedSchema(recordrows.Insights); err != nil {
			return err
		}
		if n, err = kv.NextNumber(tx, kv.BucketPlaybook); err != nil {
			return err
		}
		at := tx.Now()
		payload, err := recordrows.EncodePlaybook(recordrows.Playbook{At: at.UnixNano(), Actor: tx.Actor(),
			File: string(file)})
		if err != nil {
			return err
		}
		if err := kv.InsertSealed(tx, kv.BucketPlaybook, kv.Key(n), payload); err != nil {
			return err
		}
		_, err = journal.Append(tx, journal.Entry{At: at, Actor: tx.Actor(), Kind: journal.KindPlaybook, Object: n,
			Digest: kv.SumOf(payload)})
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("saving the playbook: %w", err)
	}
	return n, nil
}

// document is a document whose newest text is read.
type document struct {
	n   uint64
	row rows.Document
}

func documentsOf(tx *kv.Tx) (list []document, err error) {
	c := tx.Bucket(kv.BucketDocument).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		row, err := rows.GetDocument(tx, kv.KeyNumber(k))
		if err != nil {
			return nil, err
		}
		list = append(list, document{kv.KeyNumber(k), row})
	}
	return list, nil
}

// CheckPlaybook holds a playbook against the newest readable text of every document. The
// deviations are by position, platform and document, in the order of the text.
func (b *Book) CheckPlaybook(ctx context.Context, p *playbook.Playbook) (model.PlaybookReport, error) {
	return b.check(ctx, p, func(int, int) {})
}

// CheckSavedPlaybook is [Book.CheckPlaybook] of the playbook that was saved; the number of
// the report is 0 when none was. progress is called with how many documents were read.
func (b *Book) CheckSavedPlaybook(ctx context.Context, progress func(done, total int)) (model.PlaybookReport, error) {
	s, err := b.SavedPlaybook(ctx)
	if err != nil || s.Number == 0 {
		return model.PlaybookReport{}, err
	}
	p, err := playbook.Parse([]byte(s.File))
	if err != nil {
		return model.PlaybookReport{}, fmt.Errorf("reading the playbook: %w", err)
	}
	report, err := b.check(ctx, p, progress)
	report.Number = s.Number
	return report, err
}

// check holds a playbook against documents and tells how many were read.
func (b *Book) check(ctx context.Context, p *playbook.Playbook,
	progress func(done, total int)) (model.PlaybookReport, error) {
	report := model.PlaybookReport{Deviations: []model.DocumentDeviation{}}
	err := b.db.View(ctx, func(tx *kv.Tx) error {
		docs, err := documentsOf(tx)
		if err != nil {
			return err
		}
		judge, err := b.typist.Judge(tx)
		if err != nil {
			return err
		}
		found := make([][]model.DocumentDeviation, len(docs))
		read := make([]bool, len(docs))
		var done atomic.Int64
		checkers := sync.Pool{New: func() any { return newChecker(p, judge) }}
		err = kv.Parallel(len(docs), func(i int) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			c := checkers.Get().(*playbook.Checker)
			defer checkers.Put(c)
			var err error
			found[i], read[i], err = checkDocument(tx, p, c, docs[i])
			progress(int(done.Add(1)), len(docs))
			return err
		})
		for i := range docs {
			report.Deviations = append(report.Deviations, found[i]...)
			if read[i] {
				report.Documents++
			}
		}
		return err
	})
	if err != nil {
		return report, fmt.Errorf("holding the playbook against documents: %w", err)
	}
	sum(p, &report)
	return report, nil
}

func checkDocument(tx *kv.Tx, p *playbook.Playbook, c *playbook.Checker,
	d document) (list []model.DocumentDeviation, read bool, err error) {
	if d.row.Good == 0 || d.row.Ended != nil {
		return nil, false, nil
	}
	v, text, err := rows.VersionAndText(tx, d.n, d.row.Good)
	if err != nil {
		return nil, false, err
	}
	for _, f := range c.Document(d.row.Name, d.row.Slug, d.row.Type, text) {
		f.Words, f.What = strings.Clone(f.Words), strings.Clone(f.What) // of the whole text nothing is held on to
		list = append(list, model.DocumentDeviation{Deviation: p.Deviation(f), Clause: f.Clause + 1,
			Document: tx.ID(model.DocumentID, d.n), Platform: d.row.Slug, PlatformName: d.row.Name, DocumentType: d.row.Type,
			Seq: v.Seq, CapturedAt: v.CapturedAt, Around: around(text, f.Start, f.End)})
	}
	return list, true, nil
}

// mostAround is how many bytes of a paragraph are told of before and after the words.
const mostAround = 2000

// around returns the paragraph of a text, or the item of a list, that some words of it
// stand in.
func around(text string, start, end int) string {
	if start < 0 || start >= end || end > len(text) {
		return ""
	}
	from := max(0, start-mostAround)
	to := min(len(text), end+mostAround)
	for _, ends := range []string{"\n\n", "\n* ", "\n- "} {
		if at := strings.LastIndex(text[from:start], ends); at >= 0 {
			from += at + 1
		}
		if at := strings.Index(text[end:to], ends); at >= 0 {
			to = end + at
		}
	}
	return strings.Clone(strings.ToValidUTF8(strings.TrimSpace(text[from:to]), "")) // nothing is held on to
}

// sum counts deviations by position, and orders them by it.
func sum(p *playbook.Playbook, r *model.PlaybookReport) {
	at := map[string]int{}
	documents, platforms := map[[2]string]bool{}, map[[2]string]bool{}
	for i := range p.Positions {
		x := &p.Positions[i]
		at[x.Name] = i
		r.Positions = append(r.Positions, model.PositionReport{Name: x.Name, Type: x.Type, Expect: x.Expect,
			Severity: x.Severity})
	}
	smallsort.By(r.Deviations, func(a, b model.DocumentDeviation) int { return at[a.Position] - at[b.Position] })
	for i := range r.Deviations {
		d := &r.Deviations[i]
		of := &r.Positions[at[d.Position]]
		of.Deviations++
		if key := [2]string{d.Position, string(d.Document)}; !documents[key] {
			documents[key] = true
			of.Documents++
		}
		if key := [2]string{d.Position, d.Platform}; !platforms[key] {
			platforms[key] = true
			of.Platforms++
		}
	}
}
