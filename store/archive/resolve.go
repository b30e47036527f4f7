package archive

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"maps"
	"slices"

	"fineprint/store/blob"
	"fineprint/store/detect"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// documentState is what recording the next capture of a document needs. It is
// kept between transactions and used again only while the row it was made from
// is still the stored one.
type documentState struct {
	n      uint64
	row    rows.Document
	stored bool // false until its row is written

	past     history
	numbers  numbers
	text     blob.ChainEnd
	raw      blob.ChainEnd
	snapshot kv.Sum // of the newest snapshot's bytes, if there is one
	used     uint64
	latest   int64 // when it was seen last, in Unix nanoseconds

	remembered int // the good version of which the database has what is remembered
}

// cacheBytes bounds what is kept of documents between transactions.
const cacheBytes = 64 << 20

// size is about how many bytes the state holds on to.
func (st *documentState) size() int {
	return st.past.Size() + st.text.Size(st.past.GoodSum) + st.raw.Size(kv.Sum{})
}

// trimCache chooses the documents used longest ago to be let go of, and keeps in the
// database what reading them again would take most of the time for.
func (r *Recorder) trimCache(tx *kv.Tx) (gone []*documentState, err error) {
	states := slices.SortedFunc(maps.Values(r.cache), func(a, b *documentState) int {
		return cmp.Or(cmp.Compare(b.used, a.used), cmp.Compare(a.n, b.n))
	})
	size := 0
	for _, st := range states {
		if size += st.size(); size <= r.keeps {
			continue
		}
		gone = append(gone, st)
		if err := st.remember(tx); err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// remember keeps what the document's next text is judged by, unless it is kept already.
func (st *documentState) remember(tx *kv.Tx) error {
	if st.remembered == st.row.Good || st.past.Good != st.row.Good {
		return nil
	}
	packed := st.past.Pack()
	if packed == nil {
		return nil
	}
	st.remembered = st.row.Good
	return rows.PutMemory(tx, st.n, st.row, detect.Version, packed)
}

func originKey(a *model.ArchiveOrigin) []byte {
	key := make([]byte, 0, 32)
	root, _ := hex.DecodeString(a.Root)
	commit, _ := hex.DecodeString(a.Commit)
	key = append(key, append(root, make([]byte, 8)...)[:8]...)
	key = append(key, append(commit, make([]byte, 20)...)[:20]...)
	path := sha256.Sum256([]byte(a.Path))
	return append(key, path[:4]...)
}

// resolve finds each capture's document and groups the new ones by it.
func (r *Recorder) resolve(tx *kv.Tx, plans []*capturePlan) ([][]*capturePlan, error) {
	var groups [][]*capturePlan
	at := map[*documentState]int{}
	earlier := map[kv.Sum]bool{}
	here := func(s kv.Sum) bool {
		found := earlier[s] || blob.Number(tx, s) != 0
		earlier[s] = true
		return found
	}
	for _, p := range plans {
		if a := p.c.Origin.Archive; a != nil && p.c.Reread == nil {
			if v := tx.Bucket(kv.BucketOrigin).Get(originKey(a)); len(v) == 12 {
				p.known = true
				p.outcome = model.Outcome{Kind: model.OutcomeKnown,
					Document: tx.ID(model.DocumentID, kv.KeyNumber(v)), Seq: int(binary.BigEndian.Uint32(v[8:]))}
				continue
			}
		}
		state, err := r.stateFor(tx, p)
		if err != nil {
			return nil, err
		}
		p.state = state
		if !p.c.Deleted {
			p.textHere = here(p.textSum)
			p.rawHere = p.c.Raw != nil && here(p.rawSum)
		}
		p.older = state.isOlder(p.c)
		state.used = r.batch
		i, seen := at[state]
		if !seen {
			i = len(groups)
			at[state] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], p)
	}
	return groups, nil
}

// stateFor finds or makes the document of a capture; names and numbers are
// written at once, because later captures of the batch look for them.
func (r *Recorder) stateFor(tx *kv.Tx, p *capturePlan) (*documentState, error) {
	names := tx.Bucket(kv.BucketDocName)
	key := rows.NameKey(p.c.Platform, p.c.Type)
	value, under := names.Get(key), key
	if from := p.c.RenamedFrom; value == nil && from != nil {
		if old := names.Get(rows.NameKey(from.Platform, from.Type)); old != nil {
			old = bytes.Clone(old)
			if err := names.Delete(rows.NameKey(from.Platform, from.Type)); err != nil {
				return nil, err
			}
			under = rows.NameKey(from.Platform, from.Type)
			if err := kv.Insert(tx, kv.BucketDocName, key, old); err != nil {
				return nil, err
			}
			p.renamed = true
			value = old
		}
	}
	if value != nil {
		n := kv.KeyNumber(value)
		inHand := r.cache[n] != nil && !r.cache[n].stored // its row is not written yet
		state, err := r.loadState(tx, n)
		if err == nil && !inHand {
			err = state.row.CheckName(n, under)
		}
		return state, err
	}
	n, err := kv.NextNumber(tx, kv.BucketDocument)
	if err != nil {
		return nil, err
	}
	if err := kv.Insert(tx, kv.BucketDocName, key, kv.Key(n)); err != nil {
		return nil, err
	}
	state := &documentState{n: n, row: rows.Document{Slug: model.Slug(p.c.Platform), Name: p.c.Platform,
		Type: p.c.Type, Source: rows.PackSource(p.c.Source), CreatedAt: r.db.Now().UTC()}, numbers: numbers{}}
	r.cache[n] = state
	return state, nil
}

func (r *Recorder) loadState(tx *kv.Tx, n uint64) (*documentState, error) {
	cached := r.cache[n]
	if cached != nil && !cached.stored {
		return cached, nil // made or changed earlier in this batch
	}
	row, err := rows.GetDocument(tx, n)
	if err != nil {
		return nil, err
	}
	if cached != nil && cached.row.Versions == row.Versions && cached.row.LastSnapshot == row.LastSnapshot &&
		cached.row.Good == row.Good && kv.SameEncoding(cached.row.Course, row.Course) {
		cached.numbers.forget(&cached.past.Course)
		cached.row, cached.stored = row, false
		cached.past.Suspect = suspectOf(row.Suspect)
		return cached, nil
	}
	state, blobs := &documentState{n: n, row: row}, blob.NewReader(tx)
	_, state.numbers = courseOf(row.Course)
	if state.past, err = loadHistory(tx, blobs, n, row); err != nil {
		return nil, err
	}
	if state.latest, err = latestOf(tx, n, &state.row); err != nil {
		return nil, err
	}
	if state.past.resumed {
		state.remembered = row.Good
	}
	if state.text, err = blob.LoadChainEnd(blobs, row.Text); err != nil {
		return nil, err
	}
	if state.raw, err = blob.LoadChainEnd(blobs, row.Raw); err != nil {
		return nil, err
	}
	state.text.Share(state.past.Text(), state.past.GoodSum)
	if row.LastSnapshot != 0 {
		snapshot, err := rows.GetSnapshot(tx, row.LastSnapshot)
		if err != nil {
			return nil, err
		}
		copy(state.snapshot[:], snapshot.Sum)
	}
	r.cache[n] = state
	return state, nil
}

// KnownAs returns by which first commit an archive is known here. A clone of it may
// begin earlier, or later, than the one that was imported before: the histories are one
// when they have a commit in common. holds reports whether a commit, by the first 20
// bytes of its name, is one of the clone's.
func (r *Recorder) KnownAs(ctx context.Context, root string, holds func(commit string) bool) (string, error) {
	known := root
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		c := tx.Bucket(kv.BucketOrigin).Cursor()
		own := originKey(&model.ArchiveOrigin{Root: root})[:8]
		if k, _ := c.Seek(own); bytes.HasPrefix(k, own) {
			return nil
		}
		for k, v := c.First(); len(k) == 32; k, v = c.Next() {
			seq := int(binary.BigEndian.Uint32(v[8:]))
			if seq == 0 || !holds(string(k[8:28])) {
				continue
			}
			found, err := rows.GetVersion(tx, kv.KeyNumber(v), seq)
			if errors.Is(err, model.ErrDamaged) {
				continue // it was lost with a damaged file; another one tells as well
			}
			if err != nil {
				return err
			}
			origin, err := found.Origin.ToModel(tx)
			if err == nil && origin.Archive != nil {
				known = origin.Archive.Root
			}
			return err
		}
		return nil
	})
	return known, err
}

// Imported returns a function that reports whether a file of a commit was imported
// already, or anything of it, for the path "".
// root is the history's first commit.
func (r *Recorder) Imported(ctx context.Context, root string) (func(commit, path string) bool, error) {
	known := map[string]struct{}{}
	prefix := originKey(&model.ArchiveOrigin{Root: root})[:8]
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		c := tx.Bucket(kv.BucketOrigin).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			known[string(k)], known[string(k[:28])] = struct{}{}, struct{}{}
		}
		return nil
	})
	return func(commit, path string) bool {
		key := originKey(&model.ArchiveOrigin{Root: root, Commit: commit, Path: path})
		if path == "" {
			key = key[:28]
		}
		_, ok := known[string(key)]
		return ok
	}, err
}
