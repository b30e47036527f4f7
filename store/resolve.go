package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// documentState is what recording the next capture of a document needs. It is
// kept between transactions and used again only while the row it was made from
// is still the stored one.
type documentState struct {
	n      uint64
	row    documentRow
	stored bool // false until its row is written

	past     history
	text     chainEnd
	raw      chainEnd
	snapshot sum // of the newest snapshot's bytes, if there is one
	used     uint64
}

// cacheBytes bounds the texts kept between transactions.
const cacheBytes = 64 << 20

// trimCache lets go of the documents used longest ago.
func (s *Store) trimCache() {
	states := slices.SortedFunc(maps.Values(s.cache), func(a, b *documentState) int { return cmp.Compare(b.used, a.used) })
	size := 0
	for _, st := range states {
		if size += st.past.bytes() + st.text.bytes() + st.raw.bytes(); size > cacheBytes {
			delete(s.cache, st.n)
		}
	}
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
func (s *Store) resolve(tx *bolt.Tx, plans []*capturePlan) ([][]*capturePlan, error) {
	var groups [][]*capturePlan
	at := map[*documentState]int{}
	earlier := map[sum]bool{}
	here := func(s sum) bool {
		found := earlier[s] || blobNumber(tx, s) != 0
		earlier[s] = true
		return found
	}
	for _, p := range plans {
		if a := p.c.Origin.Archive; a != nil {
			if v := tx.Bucket(bktOrigin).Get(originKey(a)); len(v) == 12 {
				p.known = true
				p.outcome = model.Outcome{Kind: model.OutcomeKnown, Document: s.id(model.DocumentID, keyNumber(v)), Seq: int(binary.BigEndian.Uint32(v[8:]))}
				continue
			}
		}
		state, err := s.stateFor(tx, p)
		if err != nil {
			return nil, err
		}
		p.state = state
		if !p.c.Deleted {
			p.textHere = here(p.textSum)
			p.rawHere = p.c.Raw != nil && here(p.rawSum)
		}
		state.used = s.batch
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

func nameKey(platform, kind string) []byte { return []byte(platform + "\x00" + kind) }

// stateFor finds or makes the document of a capture; names and numbers are
// written at once, because later captures of the batch look for them.
func (s *Store) stateFor(tx *bolt.Tx, p *capturePlan) (*documentState, error) {
	names := tx.Bucket(bktDocName)
	key := nameKey(p.c.Platform, p.c.Type)
	value := names.Get(key)
	if from := p.c.RenamedFrom; value == nil && from != nil {
		if old := names.Get(nameKey(from.Platform, from.Type)); old != nil {
			old = bytes.Clone(old)
			if err := names.Delete(nameKey(from.Platform, from.Type)); err != nil {
				return nil, err
			}
			if err := names.Put(key, old); err != nil {
				return nil, err
			}
			p.renamed = true
			value = old
		}
	}
	if value != nil {
		return s.loadState(tx, keyNumber(value))
	}
	n, err := tx.Bucket(bktDocument).NextSequence()
	if err != nil {
		return nil, err
	}
	if err := names.Put(key, u64(n)); err != nil {
		return nil, err
	}
	state := &documentState{n: n, row: documentRow{Slug: model.Slug(p.c.Platform), Name: p.c.Platform, Type: p.c.Type, Source: p.c.Source, CreatedAt: s.o.Clock().UTC()}}
	s.cache[n] = state
	return state, nil
}

func (s *Store) loadState(tx *bolt.Tx, n uint64) (*documentState, error) {
	cached := s.cache[n]
	if cached != nil && !cached.stored {
		return cached, nil // made or changed earlier in this batch
	}
	row, err := getDocument(tx, n)
	if err != nil {
		return nil, err
	}
	if cached != nil && cached.row.Versions == row.Versions && cached.row.LastSnapshot == row.LastSnapshot && cached.row.Good == row.Good {
		cached.row, cached.stored = row, false
		cached.past.Suspect = row.Suspect.toModel()
		return cached, nil
	}
	state := &documentState{n: n, row: row}
	if state.past, err = loadHistory(tx, n, row); err != nil {
		return nil, err
	}
	if state.text, err = loadChainEnd(tx, row.Text); err != nil {
		return nil, err
	}
	if state.raw, err = loadChainEnd(tx, row.Raw); err != nil {
		return nil, err
	}
	if row.LastSnapshot != 0 {
		snapshot, err := getSnapshot(tx, row.LastSnapshot)
		if err != nil {
			return nil, err
		}
		copy(state.snapshot[:], snapshot.Sum)
	}
	s.cache[n] = state
	return state, nil
}

// Imported returns what tells whether a file of a commit was imported already.
// root is the history's first commit.
func (s *Store) Imported(ctx context.Context, root string) (func(commit, path string) bool, error) {
	known := map[string]struct{}{}
	prefix := originKey(&model.ArchiveOrigin{Root: root})[:8]
	err := s.view(ctx, func(tx *bolt.Tx) error {
		c := tx.Bucket(bktOrigin).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			known[string(k)] = struct{}{}
		}
		return nil
	})
	return func(commit, path string) bool {
		_, ok := known[string(originKey(&model.ArchiveOrigin{Root: root, Commit: commit, Path: path}))]
		return ok
	}, err
}
