package archive

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// placed is the time by which a capture has its place, in Unix nanoseconds.
func placed(c *model.Capture) int64 {
	if !c.Placed.IsZero() {
		return c.Placed.UTC().UnixNano()
	}
	return c.CapturedAt.UTC().UnixNano()
}

// newest returns the version that a document's next capture comes after; 0 for none.
func newest(d *rows.Document) int {
	order := d.Chronology()
	for place := order.Len(); place > 0; place-- {
		if seq := order.At(place); !d.IsRepeat(seq) {
			return seq
		}
	}
	return 0
}

// latestOf is when a document was seen last, in Unix nanoseconds; 0 for never.
func latestOf(tx *kv.Tx, n uint64, d *rows.Document) (int64, error) {
	latest := int64(0)
	if order := d.Chronology(); order.Len() > 0 {
		v, err := rows.GetVersion(tx, n, order.Newest())
		if err != nil {
			return 0, err
		}
		latest = v.PlacedAt()
	}
	if d.Ended != nil {
		latest = max(latest, d.Ended.UnixNano())
	}
	return max(latest, d.Seen), nil
}

// isOlder reports whether a capture is older than what is here, so that it has its place
// before the end. What comes from the live web comes last, whatever its clock says.
func (st *documentState) isOlder(c *model.Capture) bool {
	at := placed(c)
	if c.Reread != nil {
		return false
	}
	if at < st.latest && c.Origin.Method != model.MethodWeb {
		return true
	}
	st.latest = max(st.latest, at)
	return false
}

// planOlder prepares the bytes of a capture that is judged in its place later.
func (p *capturePlan) planOlder() {
	st, c := p.state, p.c
	p.outcome = model.Outcome{Kind: model.OutcomeOlder}
	if c.Deleted {
		p.outcome.Kind = model.OutcomeEnded // and seen since
		return
	}
	if p.newBytes() {
		p.rawBlob = st.raw.Next(string(c.Raw), p.rawSum, p.rawHere)
	}
	p.version = p.newVersion()
	p.textBlob = st.text.Next(c.Text, p.textSum, p.textHere)
}

// writeOlder keeps a capture until it is judged in its place.
func writeOlder(tx *kv.Tx, p *capturePlan) error {
	st, c := p.state, p.c
	p.outcome.Document = tx.ID(model.DocumentID, st.n)
	if err := tx.NeedSchema(rows.OutOfOrder); err != nil {
		return err
	}
	if !c.Deleted {
		if err := writeWaiting(tx, p); err != nil {
			return err
		}
		st.row.Unjudged = true
	}
	if a := c.Origin.Archive; a != nil {
		if err := tx.Bucket(kv.BucketOrigin).Put(originKey(a), kv.PairKey(st.n, 0)); err != nil {
			return err
		}
	}
	st.stored = true
	if err := kv.PutSealed(tx, kv.BucketPlatform, []byte(st.row.Slug), []byte(st.row.Name)); err != nil {
		return err
	}
	return kv.PutRow(tx, kv.BucketDocument, kv.Key(st.n), st.row)
}

// writeWaiting puts the capture beside the versions.
func writeWaiting(tx *kv.Tx, p *capturePlan) error {
	st, v := p.state, p.version
	origin, err := rows.PackOrigin(tx, p.c.Origin)
	if err != nil {
		return err
	}
	last := st.row.LastSnapshot
	if v.Snapshot, err = writeSnapshot(tx, p, origin); err != nil {
		return err
	}
	if p.rawBlob != nil {
		st.row.LastSnapshot = last // it is older
		if _, err := journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindSnapshot,
			Object: v.Snapshot, Digest: p.rawSum}); err != nil {
			return err
		}
	}
	if v.Text, err = blob.Put(tx, p.textBlob); err != nil {
		return err
	}
	st.row.Text.MoveOn(p.textBlob, v.Text)
	v.Origin = origin
	if v.Extractor, err = kv.InternString(tx, p.c.Extractor); err != nil {
		return err
	}
	p.sighting, err = rows.PutSighting(tx, st.n, 0, *v)
	return err
}

// keepSighting keeps a capture that makes no version: another text may come to lie
// before it. Of what the live web shows again and again the last one is kept.
func keepSighting(tx *kv.Tx, p *capturePlan, origin rows.Origin, snapshot uint64) error {
	st, c := p.state, p.c
	if p.outcome.Kind != model.OutcomeUnchanged || p.outcome.Seq != 0 || c.Reread != nil {
		return nil
	}
	v := p.newVersion()
	if v.Text = blob.Number(tx, p.textSum); v.Text == 0 {
		return nil
	}
	v.Snapshot, v.Origin, st.row.Seen = snapshot, origin, v.PlacedAt()
	var err error
	if v.Extractor, err = kv.InternString(tx, c.Extractor); err != nil {
		return err
	}
	n := 0
	if c.Origin.Method == model.MethodWeb {
		last, err := rows.LastSighting(tx, st.n)
		if err != nil {
			return err
		}
		if sameSighting(tx, st, last, v) {
			n = last.N
		}
	}
	_, err = rows.PutSighting(tx, st.n, n, *v)
	return err
}

// sameSighting reports whether a sighting only goes on from the last one.
func sameSighting(tx *kv.Tx, st *documentState, last rows.Sighting, v *rows.Version) bool {
	if last.N == 0 || last.Row.Text != v.Text || last.Row.Origin.Method != v.Origin.Method {
		return false
	}
	order := st.row.Chronology()
	at, err := rows.CapturedAt(tx, st.n, order.Newest())
	return err == nil && at <= last.Row.CapturedAt
}

// judgeOlder judges the documents of a batch that older captures came of, and tells
// what became of these.
func (r *Recorder) judgeOlder(tx *kv.Tx, byDocument [][]*capturePlan) error {
	var from *archives
	for _, group := range byDocument {
		st := group[0].state
		if !judgedAtOnce(group) {
			continue
		}
		if from == nil {
			a, err := newArchives(tx)
			if err != nil {
				return err
			}
			from = &a
		}
		heads, err := rows.HeadsOf(tx, st.n)
		if err != nil {
			return err
		}
		var numbers []uint64
		for i := range heads {
			numbers = append(numbers, heads[i].N)
		}
		one, err := r.judge(tx, st.n, numbers, from)
		if err != nil {
			return fmt.Errorf("judging %s in its order: %w", tx.ID(model.DocumentID, st.n), err)
		}
		for _, p := range group {
			if became, ok := one.became[p.sighting]; ok && p.older {
				became.Document, became.Snapshot = p.outcome.Document, p.outcome.Snapshot
				p.outcome = became
			}
		}
	}
	return nil
}

// judgedAtOnce reports whether older captures came of a document that are judged with
// the batch. What a git archive has older comes in many batches, and is judged once.
func judgedAtOnce(group []*capturePlan) bool {
	for _, p := range group {
		if m := p.c.Origin.Method; p.older && !p.c.Deleted && m != model.MethodOTAVersions && m != model.MethodOTASnapshots {
			return true
		}
	}
	return false
}

// judge judges a document's captures in the order of time, as if they had come in it;
// changes are all of its changes.
func (r *Recorder) judge(tx *kv.Tx, n uint64, changes []uint64, from *archives) (*redetection, error) {
	one := &redetection{n: n, numbers: changes, end: from.endOfArchive(n)}
	err := one.document(tx)
	delete(r.cache, n)
	return one, err
}

// judgeAll judges documents that older captures came of, each in a transaction.
func (r *Recorder) judgeAll(ctx context.Context, documents []uint64) error {
	if len(documents) == 0 {
		return nil
	}
	_, changes, from, err := r.changesByDocument(ctx, "")
	if err != nil {
		return err
	}
	slices.Sort(documents)
	snapshot, remove, err := r.db.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer remove()
	for _, n := range documents {
		_, err := r.judgePlanned(ctx, snapshot, redetection{n: n, numbers: changes[n],
			listed: from.lastChange, end: from.endOfArchive(n)})
		delete(r.cache, n)
		if err != nil {
			return fmt.Errorf("judging %s in its order: %w", r.db.ID(model.DocumentID, n), err)
		}
	}
	return nil
}
