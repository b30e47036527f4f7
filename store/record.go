package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"

	"fineprint/store/detect"
	"fineprint/store/likeness"
	"fineprint/store/terms"
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
	snapshot sum        // of the newest snapshot's bytes, if there is one
	goodAt   time.Time  // when the last good version was captured
	bad      badCapture // the newest version, if it is one that is no good
	used     uint64
}

// capturePlan is one capture on its way into the store.
type capturePlan struct {
	c        *terms.Capture
	state    *documentState
	textSum  sum
	rawSum   sum
	outcome  terms.Outcome
	known    bool
	renamed  bool
	textHere bool // an equal text is stored, or comes earlier in the batch
	rawHere  bool
	textBlob *blobPlan
	rawBlob  *blobPlan // nil when there is no new snapshot
	version  *versionRow
	change   *detect.Result
	mark     likeness.Mark // of the change
	from     int           // seq of the version compared with
	fromText sum           // and the hash of its text

	otherReading bool // the two were read in different ways
}

// Record takes in a batch of captures in one transaction: all of it is on disk
// when Record returns nil, none of it otherwise. Captures of one document must
// come in the order of its history. A capture with an archive origin that is in
// the store already changes nothing (terms.OutcomeKnown). Texts are compared in
// parallel over documents; IDs are given in the order of captures, so the same
// captures in other batches make the same store.
func (s *Store) Record(ctx context.Context, captures []terms.Capture) ([]terms.Outcome, error) {
	return s.record(ctx, captures, nil)
}

// record is Record; then runs at the end of the transaction.
func (s *Store) record(ctx context.Context, captures []terms.Capture, then func(*bolt.Tx, []terms.Outcome) error) ([]terms.Outcome, error) {
	outcomes := make([]terms.Outcome, len(captures))
	plans := make([]*capturePlan, len(captures))
	for i := range captures {
		plans[i] = &capturePlan{c: &captures[i]}
	}
	parallel(len(plans), func(i int) { plans[i].hash() })
	s.cacheMu.Lock()
	defer s.cacheMu.Unlock()
	s.batch++
	err := s.update(ctx, func(tx *bolt.Tx) error {
		byDocument, err := s.resolve(tx, plans)
		if err != nil {
			return err
		}
		parallel(len(byDocument), func(i int) {
			for _, p := range byDocument[i] {
				p.work()
			}
		})
		for i, p := range plans {
			if err := s.write(tx, p); err != nil {
				return fmt.Errorf("recording %s / %s: %w", p.c.Platform, p.c.Type, err)
			}
			outcomes[i] = p.outcome
		}
		if then == nil {
			return nil
		}
		return then(tx, outcomes)
	})
	if err != nil {
		clear(s.cache)
		return nil, err
	}
	s.trimCache()
	return outcomes, nil
}

// parallel calls f for 0 to n-1 on all processors.
func parallel(n int, f func(int)) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() error { f(i); return nil })
	}
	_ = g.Wait()
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

func (p *capturePlan) hash() {
	p.textSum = sha256.Sum256([]byte(p.c.Text))
	if p.c.Raw != nil {
		p.rawSum = sha256.Sum256(p.c.Raw)
	}
}

// usable reports whether the capture holds a text to compare.
func (p *capturePlan) usable() bool {
	return p.c.Failure == "" && !p.c.Deleted && strings.TrimSpace(p.c.Text) != ""
}

func originKey(a *terms.ArchiveOrigin) []byte {
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
				p.outcome = terms.Outcome{Kind: terms.OutcomeKnown, Document: s.id(terms.DocumentID, keyNumber(v)), Seq: int(binary.BigEndian.Uint32(v[8:]))}
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
	state := &documentState{n: n, row: documentRow{Slug: terms.Slug(p.c.Platform), Name: p.c.Platform, Type: p.c.Type, Source: p.c.Source, CreatedAt: s.o.Clock().UTC()}}
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
		cached.past.Suspect = row.Suspect.terms()
		return cached, nil
	}
	state := &documentState{n: n, row: row}
	if err := state.loadEnds(tx); err != nil {
		return nil, err
	}
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

// work decides what the capture does and prepares its bytes; it touches only
// the plan and its document's state.
func (p *capturePlan) work() {
	st, c := p.state, p.c
	p.outcome = terms.Outcome{Document: "", Kind: terms.OutcomeUnchanged}
	if p.renamed {
		st.row.Slug, st.row.Name, st.row.Type, st.row.Source = terms.Slug(c.Platform), c.Platform, c.Type, c.Source
	}
	if c.Deleted {
		ended := c.CapturedAt.UTC()
		st.row.Ended = &ended
		p.outcome.Kind = terms.OutcomeEnded
		return
	}
	st.row.Ended = nil
	if c.Reread != nil && !p.reread() {
		return
	}
	if c.Raw != nil && st.snapshot == p.rawSum && st.row.Good > 0 && st.row.Good == st.row.Versions && c.Text != st.past.Good() {
		c.Technical = true // the bytes of the last good version: what differs is our own extraction
	}
	if c.Raw != nil && st.snapshot != p.rawSum {
		p.rawBlob = st.raw.next(c.Raw, p.rawSum, p.rawHere)
		st.snapshot = p.rawSum
	}
	kind, seen := p.place()
	if seen {
		return // a snapshot at most
	}
	p.outcome.Detail = c.Failure
	if p.live() && st.bad == (badCapture{c.Failure, p.textSum}) {
		return // the very same again; a snapshot at most
	}
	p.keep(kind)
}

// place finds the role of the capture in its document's history. seen says that
// it is what was seen last and makes no version.
func (p *capturePlan) place() (kind terms.VersionKind, seen bool) {
	st, c := p.state, p.c
	fromHistory := c.Origin.Method == terms.MethodOTAVersions
	kind = terms.VersionChanged
	switch {
	case !p.usable():
		kind, p.outcome.Kind = terms.VersionFailed, terms.OutcomeFailed
		if c.Failure == "" && p.live() {
			kind = p.quarantine("empty")
		} else if c.Failure == "" {
			c.Failure = "empty"
		}
	case st.row.Good == 0 && p.live() && detect.Wall(c.Text) != "":
		kind = p.quarantine(detect.Wall(c.Text))
	case st.row.Good == 0:
		kind, p.outcome.Kind = terms.VersionFirst, terms.OutcomeFirst
	case c.Text == st.past.Good() && c.Technical:
		kind, p.outcome.Kind = terms.VersionTechnical, terms.OutcomeTechnical
	case c.Text == st.past.Good() && fromHistory:
		kind = terms.VersionUnchanged
	case c.Text == st.past.Good():
		st.row.Suspect, st.past.Suspect = nil, detect.Suspect{}
		st.row.Extractor = cmp.Or(c.Extractor, st.row.Extractor)
		if p.renamed {
			p.outcome.Kind = terms.OutcomeRenamed
		}
		return terms.VersionUnchanged, true
	case c.Technical, p.readOtherwise() && detect.SameWords(st.past.Good(), c.Text):
		kind, p.outcome.Kind = terms.VersionTechnical, terms.OutcomeTechnical
	case p.live():
		p.outcome.Kind = terms.OutcomeChanged
		if what := p.compareLive(); what != "" {
			kind = p.quarantine(what)
		}
	default:
		p.outcome.Kind = terms.OutcomeChanged
		if p.compare(fromHistory) {
			p.outcome.Kind, p.outcome.Reason = terms.OutcomeUnchanged, terms.ReasonCapture
			return kind, true
		}
	}
	return kind, false
}

// keep makes the version and moves the document's state on.
func (p *capturePlan) keep(kind terms.VersionKind) {
	st, c := p.state, p.c
	st.row.Versions++
	st.bad = badCapture{}
	p.outcome.Seq = st.row.Versions
	p.version = &versionRow{Kind: string(kind), Failure: c.Failure, CapturedAt: c.CapturedAt.UTC().UnixNano(), TextBytes: len(c.Text), TextSum: p.textSum[:]}
	p.textBlob = st.text.next([]byte(c.Text), p.textSum, p.textHere)
	if !p.usable() {
		st.bad = badCapture{c.Failure, p.textSum}
		p.version.Suspect = kind == terms.VersionQuarantined
		return
	}
	p.settle(kind)
}

// write puts a worked-out plan into the database.
func (s *Store) write(tx *bolt.Tx, p *capturePlan) error {
	if p.known {
		return nil
	}
	st, c := p.state, p.c
	p.outcome.Document = s.id(terms.DocumentID, st.n)
	now := s.o.Clock().UTC()
	note := func(kind entryKind, object, part uint64, digest sum) error {
		_, err := appendJournal(tx, journalEntry{At: now, Actor: s.o.Actor, Kind: kind, Object: object, Part: part, Digest: digest})
		return err
	}
	if p.renamed {
		if err := note(entryRenamed, st.n, 0, sumOf(nameKey(c.Platform, c.Type))); err != nil {
			return err
		}
	}
	if c.Deleted {
		if err := note(entryEnded, st.n, 0, sumOf(nameKey(c.Platform, c.Type))); err != nil {
			return err
		}
	}
	origin, err := packOrigin(tx, c.Origin)
	if err != nil {
		return err
	}
	snapshot, err := s.writeSnapshot(tx, p, origin)
	if err != nil {
		return err
	}
	if p.version != nil {
		if err := s.writeVersion(tx, p, origin, snapshot, now.UnixNano(), note); err != nil {
			return err
		}
	} else if p.rawBlob != nil {
		if err := note(entrySnapshot, snapshot, 0, p.rawSum); err != nil {
			return err
		}
	}
	if a := c.Origin.Archive; a != nil {
		if err := tx.Bucket(bktOrigin).Put(originKey(a), u64u32(st.n, p.outcome.Seq)); err != nil {
			return err
		}
	}
	st.stored = true
	if err := putSealed(tx, bktPlatform, []byte(st.row.Slug), []byte(st.row.Name)); err != nil {
		return err
	}
	return putRow(tx, bktDocument, u64(st.n), st.row)
}

// writeSnapshot stores new raw bytes, or names the snapshot that has them.
func (s *Store) writeSnapshot(tx *bolt.Tx, p *capturePlan, origin originIn) (uint64, error) {
	st := p.state
	if p.c.Reread != nil {
		row, err := s.snapshotRow(tx, p.c.Reread.Snapshot)
		if err == nil && row.Document != st.n {
			err = fmt.Errorf("%w: %s is of another document", terms.ErrInvalid, p.c.Reread.Snapshot)
		}
		return p.c.Reread.Snapshot.Number(), err
	}
	if p.c.Raw == nil {
		return 0, nil
	}
	if p.rawBlob == nil {
		return st.row.LastSnapshot, nil
	}
	blob, err := putBlob(tx, p.rawBlob)
	if err != nil {
		return 0, err
	}
	n, err := tx.Bucket(bktSnapshot).NextSequence()
	if err != nil {
		return 0, err
	}
	media, err := internWord(tx, p.c.MediaType)
	if err != nil {
		return 0, err
	}
	st.row.Raw.moveOn(p.rawBlob, blob)
	st.row.LastSnapshot = n
	p.outcome.Snapshot = s.id(terms.SnapshotID, n)
	return n, putRow(tx, bktSnapshot, u64(n), snapshotRow{Document: st.n, Blob: blob, Sum: p.rawSum[:], Bytes: len(p.c.Raw),
		MediaType: media, CapturedAt: p.c.CapturedAt.UTC().UnixNano(), Origin: origin})
}

func (s *Store) writeVersion(tx *bolt.Tx, p *capturePlan, origin originIn, snapshot uint64, now int64, note func(entryKind, uint64, uint64, sum) error) error {
	st, v := p.state, p.version
	blob, err := putBlob(tx, p.textBlob)
	if err != nil {
		return err
	}
	st.row.Text.moveOn(p.textBlob, blob)
	v.Text, v.Snapshot, v.Origin, v.RecordedAt = blob, snapshot, origin, now
	if v.Extractor, err = internWord(tx, p.c.Extractor); err != nil {
		return err
	}
	payload, err := encoding.Marshal(v)
	if err != nil {
		return err
	}
	if err := putSealed(tx, bktVersion, u64u32(st.n, p.outcome.Seq), payload); err != nil {
		return err
	}
	if err := note(entryVersion, st.n, uint64(p.outcome.Seq), sumOf(payload)); err != nil {
		return err
	}
	if p.change == nil {
		return nil
	}
	return s.writeChange(tx, p, now)
}

// Imported returns what tells whether a file of a commit was imported already.
// root is the history's first commit.
func (s *Store) Imported(ctx context.Context, root string) (func(commit, path string) bool, error) {
	known := map[string]struct{}{}
	prefix := originKey(&terms.ArchiveOrigin{Root: root})[:8]
	err := s.view(ctx, func(tx *bolt.Tx) error {
		c := tx.Bucket(bktOrigin).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			known[string(k)] = struct{}{}
		}
		return nil
	})
	return func(commit, path string) bool {
		_, ok := known[string(originKey(&terms.ArchiveOrigin{Root: root, Commit: commit, Path: path}))]
		return ok
	}, err
}
