package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/standing"
)

// carded is set once every record has a card: a database without provision records needs
// none.
var carded = []byte("recordhead")

// beginRecords makes ready for provision records: builds of before can't read them.
func beginRecords(tx *kv.Tx) error {
	if err := tx.NeedSchema(recordrows.ProvisionRecords); err != nil {
		return err
	}
	meta := tx.Bucket(kv.BucketMeta)
	if meta.Get(carded) != nil {
		return nil
	}
	if err := meta.Put(carded, []byte{1}); err != nil {
		return fmt.Errorf("noting that records are found by what they are about: %w", err)
	}
	c := tx.Bucket(kv.BucketRecord).Cursor() // once for a database
	for k, v := c.First(); k != nil; {
		tx.Walked(len(v))
		n := kv.KeyNumber(k)
		if err := putLatestCard(tx, n); err != nil {
			return err
		}
		k, v = kv.SeekBehind(c, n)
	}
	return nil
}

// putLatestCard makes the card of a record from its latest revision.
func putLatestCard(tx *kv.Tx, n uint64) error {
	if tx.Bucket(kv.BucketMeta).Get(carded) == nil {
		return nil
	}
	k, v := kv.LastPart(tx.Bucket(kv.BucketRecord), n)
	payload, err := rows.RecordPayload(k, v)
	if err != nil {
		return err
	}
	h, err := rows.DecodeRecordHead(payload)
	if err != nil {
		return err
	}
	_, revision := rows.RecordKey(k)
	if tx.Bucket(kv.BucketWithdrawn).Get(k) != nil {
		revision = 0
	}
	return putCard(tx, n, cardOfHead(h, revision))
}

// cardOfHead is the card of a record by its head; revision is 0 for one that is not in
// force.
func cardOfHead(h rows.RecordHead, revision int) recordrows.RecordCard {
	c := recordrows.RecordCard{Kind: string(h.Kind), Document: h.Document.Number(), Change: h.Change.Number(), Revision: revision,
		Title: cmp.Or(h.Title, h.Summary), Severity: string(h.Severity), Platform: h.Platform.Name, Type: h.Type}
	if revision > 0 {
		c.Types = h.Types
	}
	for _, p := range h.Provisions {
		c.Provisions = append(c.Provisions, p.ID.Number())
	}
	return c
}

// putCard stores the card of a record, in a database that has cards.
func putCard(tx *kv.Tx, n uint64, c recordrows.RecordCard) error {
	if tx.Bucket(kv.BucketMeta).Get(carded) == nil {
		return nil
	}
	c.Types = slices.Compact(slices.Sorted(slices.Values(c.Types)))
	c.Provisions = slices.Compact(slices.Sorted(slices.Values(c.Provisions)))
	return recordrows.PutCard(tx, n, c)
}

// putDraftCard has a provision record found by what is written of it, beside what its
// revision in force says.
func putDraftCard(tx *kv.Tx, n uint64, p review.Provision) error {
	c, _, err := recordrows.CardOf(tx, n)
	if err != nil {
		return err
	}
	if p.InForce == 0 || c.Revision == 0 {
		doc, err := rows.GetDocument(tx, p.Picked.Document.Number())
		if err != nil {
			return err
		}
		c = recordrows.RecordCard{Kind: string(model.ProvisionRecord), Document: p.Picked.Document.Number(),
			Change: p.Picked.Change.Number(), Platform: doc.Name, Type: doc.Type}
	}
	for _, picked := range p.Picked.Clauses {
		c.Provisions = append(c.Provisions, picked.Provision.Number())
	}
	return putCard(tx, n, c)
}

// withdrawCard notes that no revision of a record is in force.
func withdrawCard(tx *kv.Tx, n uint64) error {
	c, found, err := recordrows.CardOf(tx, n)
	if err != nil || !found {
		return err
	}
	c.Revision, c.Types = 0, nil
	return putCard(tx, n, c)
}

// RebuildCards makes again by what records are found, and what became of what was
// approved, as after a salvage.
func (l *Ledger) RebuildCards(ctx context.Context) error {
	return l.db.Update(ctx, func(tx *kv.Tx) error {
		for _, b := range [][]byte{kv.BucketRecordHead, kv.BucketRecordIndex, kv.BucketRecordStanding, kv.BucketStanding} {
			if err := tx.DeleteBucket(b); err != nil {
				return err
			}
			if _, err := tx.CreateBucket(b); err != nil {
				return err
			}
		}
		meta := tx.Bucket(kv.BucketMeta)
		if err := meta.Delete([]byte("standing")); err != nil {
			return err
		}
		had := meta.Get(carded) != nil
		if err := meta.Delete(carded); err != nil {
			return err
		}
		documents := map[uint64]bool{}
		if k, _ := tx.Bucket(kv.BucketRecordEvent).Cursor().First(); k != nil || had {
			if err := beginRecords(tx); err != nil {
				return err
			}
			if err := rebuildProvisionCards(tx, documents); err != nil {
				return err
			}
		}
		err := rows.EachProjection(tx, func(n uint64, _ review.Projection) error {
			var row rows.Change
			_, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row)
			documents[row.Document] = true
			return err
		})
		if err != nil {
			return err
		}
		for n := range documents {
			if err := standing.Again(tx, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// rebuildProvisionCards makes the cards of provision records, and begins to follow those
// in force.
func rebuildProvisionCards(tx *kv.Tx, documents map[uint64]bool) error {
	return recordrows.EachProvisionRecord(tx, func(n uint64) error {
		events, err := recordrows.RecordEvents(tx, n)
		if err != nil {
			return err
		}
		p := review.ProjectProvision(tx.ID(model.RecordID, n), events)
		if err := putDraftCard(tx, n, p); err != nil || p.InForce == 0 {
			return err
		}
		document := p.Picked.Document.Number()
		documents[document] = true
		return kv.PutRow(tx, kv.BucketRecordStanding, rows.StandingKey(document, n), rows.Standing{})
	})
}
