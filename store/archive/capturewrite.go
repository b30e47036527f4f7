package archive

import (
	"fmt"

	"fineprint/store/blob"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// writePlan puts a worked-out plan into the database.
func writePlan(tx *kv.Tx, p *capturePlan) error {
	if p.known {
		return nil
	}
	st, c := p.state, p.c
	p.outcome.Document = tx.ID(model.DocumentID, st.n)
	now := tx.Now().UTC()
	note := func(kind journal.Kind, object, part uint64, digest kv.Sum) error {
		_, err := journal.Append(tx, journal.Entry{At: now, Actor: tx.Actor(), Kind: kind, Object: object,
			Part: part, Digest: digest})
		return err
	}
	if p.renamed {
		if err := note(journal.KindRenamed, st.n, 0, kv.SumOf(rows.NameKey(c.Platform, c.Type))); err != nil {
			return err
		}
	}
	if p.older {
		return writeOlder(tx, p)
	}
	if c.Deleted {
		if err := note(journal.KindEnded, st.n, 0, kv.SumOf(rows.NameKey(c.Platform, c.Type))); err != nil {
			return err
		}
	}
	origin, err := rows.PackOrigin(tx, c.Origin)
	if err != nil {
		return err
	}
	if err := st.applySettled(tx, p.settled); err != nil {
		return err
	}
	snapshot, err := writeSnapshot(tx, p, origin)
	if err != nil {
		return err
	}
	if p.version != nil {
		if err := writeVersion(tx, p, origin, snapshot, now.UnixNano(), note); err != nil {
			return err
		}
	} else if p.rawBlob != nil {
		if err := note(journal.KindSnapshot, snapshot, 0, p.rawSum); err != nil {
			return err
		}
	}
	if err := keepSighting(tx, p, origin, snapshot); err != nil {
		return err
	}
	if a := c.Origin.Archive; a != nil && c.Reread == nil {
		if err := tx.Bucket(kv.BucketOrigin).Put(originKey(a), kv.PairKey(st.n, p.outcome.Seq)); err != nil {
			return err
		}
	}
	st.stored = true
	st.row.Course = st.numbers.packCourse(&st.past.Course)
	if err := kv.PutSealed(tx, kv.BucketPlatform, []byte(st.row.Slug), []byte(st.row.Name)); err != nil {
		return err
	}
	return kv.PutRow(tx, kv.BucketDocument, kv.Key(st.n), st.row)
}

// writeSnapshot stores new raw bytes, or names the snapshot that has them.
func writeSnapshot(tx *kv.Tx, p *capturePlan, origin rows.Origin) (uint64, error) {
	st := p.state
	if p.c.Reread != nil {
		row, err := rows.SnapshotByID(tx, p.c.Reread.Snapshot)
		if err == nil && row.Document != st.n {
			err = fmt.Errorf("%w: %s is of another document", model.ErrInvalid, p.c.Reread.Snapshot)
		}
		return p.c.Reread.Snapshot.Number(), err
	}
	if p.c.Raw == nil {
		return 0, nil
	}
	if p.rawBlob == nil {
		return st.row.LastSnapshot, nil
	}
	blob, err := blob.Put(tx, p.rawBlob)
	if err != nil {
		return 0, err
	}
	n, err := kv.NextNumber(tx, kv.BucketSnapshot)
	if err != nil {
		return 0, err
	}
	media, err := kv.InternString(tx, p.c.MediaType)
	if err != nil {
		return 0, err
	}
	st.row.Raw.MoveOn(p.rawBlob, blob)
	st.row.LastSnapshot = n
	p.outcome.Snapshot = tx.ID(model.SnapshotID, n)
	return n, kv.InsertRow(tx, kv.BucketSnapshot, kv.Key(n),
		rows.Snapshot{Document: st.n, Blob: blob, Sum: p.rawSum[:], Bytes: len(p.c.Raw),
			MediaType: media, CapturedAt: p.c.CapturedAt.UTC().UnixNano(), Origin: origin})
}

func writeVersion(tx *kv.Tx, p *capturePlan, origin rows.Origin, snapshot uint64, now int64,
	note func(journal.Kind, uint64, uint64, kv.Sum) error) error {
	st, v := p.state, p.version
	blob, err := blob.Put(tx, p.textBlob)
	if err != nil {
		return err
	}
	st.row.Text.MoveOn(p.textBlob, blob)
	v.Text, v.Snapshot, v.Origin, v.RecordedAt = blob, snapshot, origin, now
	if v.Extractor, err = kv.InternString(tx, p.c.Extractor); err != nil {
		return err
	}
	payload, err := kv.Encode(v)
	if err != nil {
		return err
	}
	if err := kv.InsertSealed(tx, kv.BucketVersion, kv.PairKey(st.n, p.outcome.Seq), payload); err != nil {
		return err
	}
	if err := note(journal.KindVersion, st.n, uint64(p.outcome.Seq), kv.SumOf(payload)); err != nil {
		return err
	}
	if p.change == nil {
		return nil
	}
	return writeChange(tx, p, now)
}
