package store

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect"
	"fineprint/store/review"
	"fineprint/store/terms"
)

// allDocuments reads every document row.
func allDocuments(tx *bolt.Tx) (map[uint64]documentRow, error) {
	docs := map[uint64]documentRow{}
	err := tx.Bucket(bktDocument).ForEach(func(k, v []byte) error {
		var d documentRow
		if err := decodeRow(bktDocument, k, v, &d); err != nil {
			return err
		}
		docs[keyNumber(k)] = d
		return nil
	})
	return docs, err
}

// allReviews projects the review of every change that has events, with the
// record it made.
func (s *Store) allReviews(tx *bolt.Tx) (map[uint64]terms.Review, error) {
	reviews := map[uint64]terms.Review{}
	c := tx.Bucket(bktEvent).Cursor()
	for k, _ := c.First(); k != nil; {
		n := keyNumber(k)
		events, err := s.events(tx, n)
		if err != nil {
			return nil, err
		}
		r, err := s.withRecord(tx, n, review.Project(s.id(terms.ChangeID, n), events).Review)
		if err != nil {
			return nil, err
		}
		reviews[n] = r
		k, _ = c.Seek(u64(n + 1))
	}
	return reviews, nil
}

// awake turns a snoozed review whose time has come into a pending one.
func awake(r terms.Review, now time.Time, change uint64, doc documentRow) terms.Review {
	if r.State == terms.Snoozed && review.Awake(r, now, doc.LastChange > change) {
		r.State = terms.Pending
	}
	if r.State == "" {
		r.State = terms.Pending
	}
	return r
}

func (s *Store) queueItem(n uint64, row queueRow, doc documentRow, r terms.Review, repo string) terms.QueueItem {
	q := terms.QueueItem{
		ID: s.id(terms.ChangeID, n), Platform: doc.Slug, PlatformName: doc.Name, Document: s.id(terms.DocumentID, row.Document), Type: doc.Type,
		From: row.From.terms(repo), To: row.To.terms(repo), DetectedAt: unixTime(row.DetectedAt), State: r.State,
		Material: row.Material, Reason: terms.Reason(row.Reason), Detail: row.Detail,
		Suggested: terms.Suggestion{Severity: terms.Severity(row.Severity), Score: row.Score, Why: row.Why},
		Counts:    terms.Counts{Added: row.Counts[0], Removed: row.Counts[1], Modified: row.Counts[2], Moved: row.Counts[3], Immaterial: row.Counts[4]},
		Severity:  r.Severity, Confidence: r.Confidence, Record: r.Record,
	}
	if q.Suggested.Why == nil {
		q.Suggested.Why = []string{}
	}
	q.Origin = q.To.Origin
	return q
}

// eachRow calls f for every change with its document and review, in the order
// of IDs.
func (s *Store) eachRow(tx *bolt.Tx, f func(n uint64, row queueRow, doc documentRow, r terms.Review) error) error {
	docs, err := allDocuments(tx)
	if err != nil {
		return err
	}
	reviews, err := s.allReviews(tx)
	if err != nil {
		return err
	}
	now := s.o.Clock()
	return tx.Bucket(bktRow).ForEach(func(k, v []byte) error {
		n := keyNumber(k)
		var row queueRow
		if err := decodeRow(bktRow, k, v, &row); err != nil {
			return err
		}
		doc, ok := docs[row.Document]
		if !ok {
			return fmt.Errorf("%w: the document of change %d is missing", terms.ErrDamaged, n)
		}
		return f(n, row, doc, awake(reviews[n], now, n, doc))
	})
}

// Queue lists changes: what matches the filter, in the order of
// terms.QueuePage.
func (s *Store) Queue(ctx context.Context, f terms.QueueFilter) (terms.QueuePage, error) {
	page := terms.QueuePage{Changes: []terms.QueueItem{}}
	want := f.State
	if want == "" {
		want = terms.Pending
	}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		repos := map[uint32]string{}
		return s.eachRow(tx, func(n uint64, row queueRow, doc documentRow, r terms.Review) error {
			severity := r.Severity
			if severity == "" && row.Material {
				severity = terms.Severity(row.Severity)
			}
			if !f.AllState && r.State != want || f.Platform != "" && f.Platform != doc.Slug ||
				f.Severity != "" && f.Severity != severity || !terms.MatchName(f.Match, doc.Name, doc.Type) && !terms.MatchName(f.Match, doc.Slug, doc.Type) {
				return nil
			}
			repo, ok := repos[row.Repo]
			if !ok {
				var err error
				if repo, err = word(tx, row.Repo); err != nil {
					return err
				}
				repos[row.Repo] = repo
			}
			page.Changes = append(page.Changes, s.queueItem(n, row, doc, r, repo))
			return nil
		})
	})
	if err != nil {
		return terms.QueuePage{}, fmt.Errorf("reading the queue: %w", err)
	}
	slices.SortFunc(page.Changes, queueOrder)
	page.Total = len(page.Changes)
	if f.Limit > 0 && f.Limit < len(page.Changes) {
		page.Changes = page.Changes[:f.Limit]
	}
	return page, nil
}

func queueOrder(a, b terms.QueueItem) int {
	if a.Material != b.Material {
		if a.Material {
			return -1
		}
		return 1
	}
	return cmp.Or(
		-cmp.Compare(a.Suggested.Score, b.Suggested.Score),
		-a.To.CapturedAt.Compare(b.To.CapturedAt),
		cmp.Compare(a.ID, b.ID),
	)
}

// Platforms lists the platforms: those with most material changes pending
// first, then by name.
func (s *Store) Platforms(ctx context.Context) ([]terms.PlatformRow, error) {
	rows := map[string]*terms.PlatformRow{}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		docs, err := allDocuments(tx)
		if err != nil {
			return err
		}
		for _, d := range docs {
			p := rows[d.Slug]
			if p == nil {
				p = &terms.PlatformRow{Platform: terms.Platform{Slug: d.Slug, Name: d.Name}}
				rows[d.Slug] = p
			}
			p.Name = min(p.Name, d.Name)
			p.Documents++
			p.Versions += d.Versions
		}
		return s.eachRow(tx, func(_ uint64, row queueRow, doc documentRow, r terms.Review) error {
			p := rows[doc.Slug]
			if r.State == terms.Pending {
				p.Pending++
				if row.Material {
					p.MaterialPending++
				}
			}
			if at := unixTime(row.To.CapturedAt); at.After(p.LastChange) {
				p.LastChange = at
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading the platforms: %w", err)
	}
	list := make([]terms.PlatformRow, 0, len(rows))
	for _, p := range rows {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b terms.PlatformRow) int {
		return cmp.Or(-cmp.Compare(a.MaterialPending, b.MaterialPending), -cmp.Compare(a.Pending, b.Pending), cmp.Compare(a.Slug, b.Slug))
	})
	return list, nil
}

// Change reads everything that reviewing one change needs.
func (s *Store) Change(ctx context.Context, id terms.ID) (terms.ChangeDetail, error) {
	var d terms.ChangeDetail
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, err := s.changeNumber(tx, id)
		if err != nil {
			return err
		}
		d, err = s.changeDetail(tx, n)
		return err
	})
	if err != nil {
		return terms.ChangeDetail{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}

func (s *Store) changeDetail(tx *bolt.Tx, n uint64) (terms.ChangeDetail, error) {
	var d terms.ChangeDetail
	var row queueRow
	if _, err := getRow(tx, bktRow, u64(n), &row); err != nil {
		return d, err
	}
	doc, err := getDocument(tx, row.Document)
	if err != nil {
		return d, err
	}
	events, err := s.events(tx, n)
	if err != nil {
		return d, err
	}
	id := s.id(terms.ChangeID, n)
	if d.Review, err = s.withRecord(tx, n, review.Project(id, events).Review); err != nil {
		return d, err
	}
	d.Review = awake(d.Review, s.o.Clock(), n, doc)
	repo, err := word(tx, row.Repo)
	if err != nil {
		return d, err
	}
	d.Row = s.queueItem(n, row, doc, d.Review, repo)
	d.Document, d.History = doc.terms(s, row.Document), events
	clauses, err := changeClauses(tx, n)
	if err != nil {
		return d, err
	}
	d.Change = terms.Change{ID: id, Document: d.Row.Document, From: d.Row.From, To: d.Row.To, DetectedAt: d.Row.DetectedAt, Material: d.Row.Material,
		Reason: d.Row.Reason, Detail: d.Row.Detail, Suggested: d.Row.Suggested, Counts: d.Row.Counts, Algorithm: row.Algorithm, Clauses: clauses}
	if d.FromMeta, d.OldText, err = s.versionAndText(tx, row.Document, row.From.Seq); err != nil {
		return d, err
	}
	d.ToMeta, d.NewText, err = s.versionAndText(tx, row.Document, row.To.Seq)
	return d, err
}

func changeClauses(tx *bolt.Tx, n uint64) ([]terms.ClauseChange, error) {
	value := tx.Bucket(bktChange).Get(u64(n))
	if value == nil {
		return nil, fmt.Errorf("%w: the clauses of change %d are missing", terms.ErrDamaged, n)
	}
	payload, err := unseal(bktChange, u64(n), value)
	if err != nil {
		return nil, err
	}
	packed, err := decompress(payload)
	if err != nil {
		return nil, fmt.Errorf("%w: the clauses of change %d can't be decoded", terms.ErrDamaged, n)
	}
	var rows []clauseRow
	if err := cbor.Unmarshal(packed, &rows); err != nil {
		return nil, fmt.Errorf("%w: the clauses of change %d can't be decoded", terms.ErrDamaged, n)
	}
	return unpackClauses(rows), nil
}

func (s *Store) versionAndText(tx *bolt.Tx, doc uint64, seq int) (terms.Version, string, error) {
	row, err := getVersion(tx, doc, seq)
	if err != nil {
		return terms.Version{}, "", err
	}
	v, err := s.version(tx, doc, seq, row)
	if err != nil {
		return v, "", err
	}
	text, err := textOf(tx, row)
	return v, text, err
}

// Document reads one document.
func (s *Store) Document(ctx context.Context, id terms.ID) (terms.Document, error) {
	var d terms.Document
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, row, err := s.documentRow(tx, id)
		d = row.terms(s, n)
		return err
	})
	if err != nil {
		return terms.Document{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return d, nil
}

func (s *Store) documentRow(tx *bolt.Tx, id terms.ID) (uint64, documentRow, error) {
	var row documentRow
	n := id.Number()
	if id != s.id(terms.DocumentID, n) {
		return 0, row, fmt.Errorf("%w: nothing in this database is called %s", terms.ErrNotFound, id)
	}
	found, err := getRow(tx, bktDocument, u64(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no document %s in this database", terms.ErrNotFound, id)
	}
	return n, row, err
}

// Versions lists a document's versions, oldest first.
func (s *Store) Versions(ctx context.Context, id terms.ID) ([]terms.Version, error) {
	var list []terms.Version
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, doc, err := s.documentRow(tx, id)
		if err != nil {
			return err
		}
		list = make([]terms.Version, 0, doc.Versions)
		for seq := 1; seq <= doc.Versions; seq++ {
			row, err := getVersion(tx, n, seq)
			if err != nil {
				return err
			}
			v, err := s.version(tx, n, seq, row)
			if err != nil {
				return err
			}
			list = append(list, v)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the versions of %s: %w", id, err)
	}
	return list, nil
}

// Text reads the readable text of one version of a document.
func (s *Store) Text(ctx context.Context, id terms.ID, seq int) (string, error) {
	var text string
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, doc, err := s.documentRow(tx, id)
		if err != nil {
			return err
		}
		if seq < 1 || seq > doc.Versions {
			return fmt.Errorf("%w: %s has no version %d", terms.ErrNotFound, id, seq)
		}
		_, text, err = s.versionAndText(tx, n, seq)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("reading version %d of %s: %w", seq, id, err)
	}
	return text, nil
}

// Snapshot reads how a snapshot came; RawOf reads its bytes.
func (s *Store) Snapshot(ctx context.Context, id terms.ID) (terms.Snapshot, error) {
	var snap terms.Snapshot
	err := s.view(ctx, func(tx *bolt.Tx) error {
		row, err := s.snapshotRow(tx, id)
		if err != nil {
			return err
		}
		snap, err = s.snapshot(tx, id, row)
		return err
	})
	if err != nil {
		return terms.Snapshot{}, fmt.Errorf("reading %s: %w", id, err)
	}
	return snap, nil
}

func (s *Store) snapshot(tx *bolt.Tx, id terms.ID, row snapshotRow) (terms.Snapshot, error) {
	media, err := word(tx, row.MediaType)
	if err != nil {
		return terms.Snapshot{}, err
	}
	origin, err := row.Origin.terms(tx)
	return terms.Snapshot{ID: id, Document: s.id(terms.DocumentID, row.Document), SHA256: fmt.Sprintf("%x", row.Sum), Bytes: row.Bytes,
		MediaType: media, CapturedAt: unixTime(row.CapturedAt), Origin: origin}, err
}

// RawOf reads the exact bytes of a snapshot, checked against their SHA-256.
func (s *Store) RawOf(ctx context.Context, id terms.ID) ([]byte, error) {
	var raw []byte
	err := s.view(ctx, func(tx *bolt.Tx) error {
		row, err := s.snapshotRow(tx, id)
		if err != nil {
			return err
		}
		raw, err = readBlob(tx, row.Blob)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the bytes of %s: %w", id, err)
	}
	return raw, nil
}

func (s *Store) snapshotRow(tx *bolt.Tx, id terms.ID) (snapshotRow, error) {
	var row snapshotRow
	n := id.Number()
	if id != s.id(terms.SnapshotID, n) {
		return row, fmt.Errorf("%w: nothing in this database is called %s", terms.ErrNotFound, id)
	}
	found, err := getRow(tx, bktSnapshot, u64(n), &row)
	if err == nil && !found {
		err = fmt.Errorf("%w: there is no snapshot %s in this database", terms.ErrNotFound, id)
	}
	return row, err
}

// Stats counts.
func (s *Store) Stats(ctx context.Context) (terms.Stats, error) {
	st := terms.Stats{ByReason: map[terms.Reason]int{}}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		docs, err := allDocuments(tx)
		if err != nil {
			return err
		}
		slugs := map[string]bool{}
		for _, d := range docs {
			slugs[d.Slug] = true
		}
		st.Platforms, st.Documents = len(slugs), len(docs)
		st.Snapshots = tx.Bucket(bktSnapshot).Stats().KeyN
		st.JournalEntries = tx.Bucket(bktJournal).Sequence()
		err = tx.Bucket(bktVersion).ForEach(func(k, v []byte) error {
			var row versionRow
			if err := decodeRow(bktVersion, k, v, &row); err != nil {
				return err
			}
			st.Versions++
			switch terms.VersionKind(row.Kind) {
			case terms.VersionFailed:
				st.FailedVersions++
			case terms.VersionTechnical:
				st.Technical++
			}
			return nil
		})
		if err != nil {
			return err
		}
		return s.eachRow(tx, func(_ uint64, row queueRow, _ documentRow, r terms.Review) error {
			st.ByReason[terms.Reason(row.Reason)]++
			if row.Algorithm < detect.Version && (r.State == terms.Pending || r.State == terms.Snoozed) {
				st.OlderAlgorithm++
			}
			switch r.State {
			case terms.Pending:
				st.Changes.Pending++
				if row.Material {
					st.MaterialPending++
				}
			case terms.Snoozed:
				st.Changes.Snoozed++
			case terms.Dismissed:
				st.Changes.Dismissed++
			case terms.Approved:
				st.Changes.Approved++
				st.Records++
			default:
				st.Changes.InReview++
			}
			return nil
		})
	})
	if err != nil {
		return terms.Stats{}, fmt.Errorf("counting: %w", err)
	}
	if info, err := os.Stat(s.path); err == nil {
		st.DBBytes = info.Size()
	}
	return st, nil
}

// Generation is a number that grows with everything that happens, so that a
// screen knows whether to read again.
func (s *Store) Generation(ctx context.Context) (uint64, error) {
	var n uint64
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n = tx.Bucket(bktJournal).Sequence()
		return nil
	})
	return n, err
}
