package salvage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"fineprint/store/head"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
)

// Result is what was read of a damaged file.
type Result struct {
	Pages  int `json:"pages"`  // of the file
	Unread int `json:"unread"` // pages that the tree leads to and that can't be read
	Values int `json:"values"` // that were read
	// Of these:
	Besides int `json:"besides"` // found on pages that the tree doesn't lead to
	Older   int `json:"older"`   // found on pages that were given up

	Entries int `json:"journal_entries"`
	// Lost are the values that the tree leads to, that don't fit their seals, and of which
	// there is no other copy; those that are made again are not among them.
	Lost []LostValue `json:"lost"`
	// Stale are documents and changes of which only an older copy was found.
	Stale []LostValue `json:"stale"`
	// Mended is how many pages were read as they were written although they are not so any
	// more: with a bit turned back, or from another place.
	Mended int `json:"mended,omitempty"`
	// Earlier are pages that hold what was on them earlier, by bucket: what was written on
	// them last is lost, as far as nothing tells of it.
	Earlier map[uint64]string `json:"earlier,omitempty"`
	// Again: something that is derived is to be made again.
	Again bool   `json:"made_again"`
	Store string `json:"store"`
}

// LostValue is a value by its bucket, key and the page it was on.
type LostValue struct {
	Bucket string `json:"bucket"`
	Key    string `json:"key"`
	Object string `json:"object,omitempty"`
	Page   uint64 `json:"page,omitempty"` // 0: where it was is not known either
	// Entry is the journal entry that tells of it; 0 for none that is there.
	Entry uint64 `json:"journal_entry,omitempty"`
}

// String says what is lost, and what is left of it.
func (l LostValue) String() string {
	s := l.Object
	if s == "" {
		s = "something"
	}
	if l.Page > 0 {
		s += fmt.Sprintf(" (%s, page %d)", l.Bucket, l.Page)
	} else {
		s += fmt.Sprintf(" (%s)", l.Bucket)
	}
	if l.Entry > 0 {
		s += fmt.Sprintf("; journal entry %d, which tells of it, is there", l.Entry)
	}
	return s
}

// Read reads whatever can be read of a file into a new one, which must not be there. The
// new one has no identity beside it yet, and what is derived is not made again yet.
func Read(ctx context.Context, path, to string) (Result, error) {
	in, err := os.Open(path)
	if err != nil {
		if os.IsNotExist(err) {
			return Result{}, fmt.Errorf("%w: there is no file %s", model.ErrNotFound, path)
		}
		return Result{}, fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	defer func() { _ = in.Close() }()
	if info, err := in.Stat(); err != nil || !info.Mode().IsRegular() {
		return Result{}, fmt.Errorf("%w: %s is not a regular file", model.ErrInvalid, path)
	}
	p, metas, err := openPages(in)
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	f, err := collect(ctx, p, metas, p.readCurrent(path, metas))
	if err != nil {
		return Result{}, err
	}
	b := &builder{found: f, entries: f.chain(), beside: storeBeside(path), head: headBeside(path)}
	if len(b.entries) == 0 && len(f.values[slices.Index(f.buckets, string(kv.BucketVersion))]) == 0 {
		return b.result, fmt.Errorf("%w: nothing of a Fineprint database can be read in %s", model.ErrDamaged, path)
	}
	return b.result, b.build(to)
}

// storeBeside is the identity that is kept beside a database.
func storeBeside(path string) string {
	b, err := os.ReadFile(path + ".id")
	if err != nil || len(b) > 256 {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// headBeside is the journal's head as it is kept beside a database.
func headBeside(path string) head.File {
	if info, err := os.Lstat(path + ".head"); err != nil || !info.Mode().IsRegular() || info.Size() > head.MaxBytes {
		return head.File{}
	}
	b, err := os.ReadFile(path + ".head")
	if err != nil {
		return head.File{}
	}
	h, _ := head.Parse(string(b)) // what is no head says nothing
	return h
}

// builder makes a new database of what was found.
type builder struct {
	*found
	entries []entry
	beside  string
	head    head.File // of the journal, as it is kept beside the file
	result  Result

	out       *kv.Filler
	documents map[uint64]rows.Document
	words     map[uint32]string
	numbers   map[string]uint64 // the last that anything names, by bucket
	prefix    string
}

func (b *builder) values(bucket []byte) map[string]spot {
	return b.found.values[slices.Index(b.buckets, string(bucket))]
}

func (b *builder) build(to string) (err error) {
	b.documents, b.words, b.numbers = map[uint64]rows.Document{}, map[uint32]string{}, map[string]uint64{}
	b.result.Pages, b.result.Unread, b.result.Entries = int(b.n), len(b.pagesLost), len(b.entries)
	b.result.Lost, b.result.Stale, b.result.Earlier = []LostValue{}, []LostValue{}, b.stale
	if b.current != nil {
		b.result.Mended = b.mended
	}
	if b.out, err = kv.Fill(to); err != nil {
		return err
	}
	defer func() {
		if closeErr := b.out.Close(); err == nil && closeErr != nil {
			err = fmt.Errorf("%w: %w", model.ErrUnwritable, closeErr)
		}
	}()
	for _, name := range b.buckets {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		if err := b.bucket(name); err != nil {
			return err
		}
	}
	for _, e := range b.entries {
		if err := b.out.Put(kv.BucketJournal, kv.Key(e.n), e.value); err != nil {
			return err
		}
		b.nameOf(e)
	}
	if err := b.indexes(); err != nil {
		return err
	}
	if err := b.meta(); err != nil {
		return err
	}
	b.list()
	if b.head.Store == b.result.Store {
		b.name(kv.BucketJournal, b.head.Entries)
	}
	return b.setSequences()
}

// wanted reports whether a copy of a value goes into the new database.
func wanted(name string, s spot) bool {
	c := classOf(name)
	return c&sealed != 0 && (s.rank <= besides || s.rank == doubtful && c&derived == 0 || c&(lasting|kept) != 0)
}

// bucket writes a bucket's sealed values in the order of their keys.
func (b *builder) bucket(name string) error {
	if name == string(kv.BucketJournal) {
		return nil
	}
	list := b.values([]byte(name))
	for _, key := range slices.Sorted(maps.Keys(list)) {
		s := list[key]
		if !wanted(name, s) {
			continue
		}
		value := b.bytes(s)
		b.result.Values++
		switch s.rank {
		case besides:
			b.result.Besides++
		case older:
			b.result.Older++
		}
		if s.rank >= doubtful && classOf(name)&lasting == 0 {
			b.result.Stale = append(b.result.Stale, LostValue{Bucket: name, Key: hex.EncodeToString([]byte(key)),
				Object: b.object(name, []byte(key)), Page: s.page})
		}
		b.look(name, []byte(key), value)
		if err := b.out.Put([]byte(name), []byte(key), value); err != nil {
			return err
		}
	}
	return nil
}

// look remembers what the indexes need of a value.
func (b *builder) look(name string, key, value []byte) {
	switch name {
	case string(kv.BucketDocument):
		var d rows.Document
		if len(key) == 8 && kv.DecodeRow(kv.BucketDocument, key, value, &d) == nil {
			b.documents[kv.KeyNumber(key)] = d
			b.name(kv.BucketChange, d.LastChange)
			b.name(kv.BucketSnapshot, d.LastSnapshot)
		}
	case string(kv.BucketString):
		if len(key) == 4 {
			b.words[binary.BigEndian.Uint32(key)] = string(value[32:])
		}
	case string(kv.BucketEvent):
		b.name(kv.BucketChange, kv.KeyNumber(key))
		var e rows.Event
		if b.prefix == "" && kv.DecodeRow(kv.BucketEvent, key, value, &e) == nil {
			b.prefix, _, _ = strings.Cut(string(e.Change), "-")
		}
	case string(kv.BucketRow):
		b.name(kv.BucketChange, kv.KeyNumber(key))
	case string(kv.BucketRecord), string(kv.BucketRecordEvent):
		b.name(kv.BucketRecord, kv.KeyNumber(key))
	}
}

// name notes that something names a number of a bucket.
func (b *builder) name(bucket []byte, n uint64) {
	if n < 1<<40 {
		b.numbers[string(bucket)] = max(b.numbers[string(bucket)], n)
	}
}

// nameOf notes what a journal entry names.
func (b *builder) nameOf(e entry) {
	switch e.e.Kind {
	case journal.KindVersion, journal.KindDetected, journal.KindTracked, journal.KindRenamed, journal.KindEnded:
		b.name(kv.BucketDocument, e.e.Object)
	case journal.KindSnapshot:
		b.name(kv.BucketSnapshot, e.e.Object)
	case journal.KindDecision:
		b.name(kv.BucketChange, e.e.Object)
	case journal.KindRecord, journal.KindRecordEvent, journal.KindWithdrawn:
		b.name(kv.BucketRecord, e.e.Object)
	case journal.KindProvision:
		b.name(kv.BucketProvision, e.e.Object)
	case journal.KindTrained:
		b.name([][]byte{kv.BucketTrained, kv.BucketQuotes}[min(e.e.Part, 1)], e.e.Object)
	case journal.KindTypeCorrection:
		b.name(kv.BucketTypeCorrection, e.e.Object)
	}
	b.name(kv.BucketJournal, e.n)
}

// indexes makes the plain indexes again.
func (b *builder) indexes() error {
	put := b.out.Put
	for _, n := range slices.Sorted(maps.Keys(b.words)) {
		sum := kv.SumOf([]byte(b.words[n]))
		if err := put(kv.BucketStringID, sum[:16], binary.BigEndian.AppendUint32(nil, n)); err != nil {
			return err
		}
	}
	for key, s := range b.values(kv.BucketBlob) {
		if v := b.bytes(s); len(v) >= 32 {
			if err := put(kv.BucketBlobSum, v[:32], []byte(key)); err != nil {
				return err
			}
		}
	}
	for key, s := range b.values(kv.BucketDocName) { // of documents whose row is lost
		v := b.bytes(s)
		if _, there := b.documents[kv.KeyNumber(v)]; there || s.rank > doubtful {
			continue
		}
		if err := put(kv.BucketDocName, []byte(key), v); err != nil {
			return err
		}
	}
	for _, n := range slices.Sorted(maps.Keys(b.documents)) {
		d := b.documents[n]
		if err := put(kv.BucketDocName, rows.NameKey(d.Name, d.Type), kv.Key(n)); err != nil {
			return err
		}
	}
	for _, e := range b.entries {
		if e.e.Kind != journal.KindWithdrawn {
			continue
		}
		key := kv.PairKey(e.e.Object, int(e.e.Part))
		if _, there := b.values(kv.BucketRecord)[string(key)]; there {
			if err := put(kv.BucketWithdrawn, key, kv.Key(e.n)); err != nil {
				return err
			}
		}
	}
	if err := b.ofChange(); err != nil {
		return err
	}
	return b.origins()
}

// ofChange makes again which record a change has.
func (b *builder) ofChange() error {
	last := map[uint64]uint64{}
	for key, s := range b.values(kv.BucketRecord) {
		payload, err := rows.RecordPayload([]byte(key), b.bytes(s))
		if err != nil {
			continue
		}
		h, err := rows.DecodeRecordHead(payload)
		if err == nil && h.Kind != model.ProvisionRecord && h.Change != "" {
			last[h.Change.Number()] = max(last[h.Change.Number()], kv.KeyNumber([]byte(key)))
		}
	}
	for change, record := range last {
		if err := b.out.Put(kv.BucketOfChange, kv.Key(change), kv.Key(record)); err != nil {
			return err
		}
	}
	return nil
}

// origins keeps what says which commits were imported, as far as anything tells of what it
// names, and makes it again from the versions. It may name a version that is lost, which an
// import then takes in again.
func (b *builder) origins() error {
	versions := b.values(kv.BucketVersion)
	known, told := map[uint64]bool{}, map[string]bool{}
	for n := range b.documents {
		known[n] = true
	}
	for _, e := range b.entries {
		if e.e.Kind == journal.KindVersion {
			known[e.e.Object] = true
			told[string(kv.PairKey(e.e.Object, int(e.e.Part)))] = true
		}
	}
	for key, s := range b.values(kv.BucketOrigin) {
		v := b.bytes(s)
		if s.rank > doubtful || len(v) != 12 {
			continue
		}
		_, version := versions[string(v)]
		if known[kv.KeyNumber(v)] && (version || told[string(v)] || binary.BigEndian.Uint32(v[8:]) == 0) {
			if err := b.out.Put(kv.BucketOrigin, []byte(key), v); err != nil {
				return err
			}
		}
	}
	for key, s := range versions {
		var v rows.Version
		if kv.DecodeRow(kv.BucketVersion, []byte(key), b.bytes(s), &v) != nil || len(v.Origin.Commit) != 21 ||
			v.Origin.Commit[0] != 1 || v.Origin.Root == 0 {
			continue
		}
		root, err := hex.DecodeString(b.words[v.Origin.Root])
		if err != nil || b.words[v.Origin.Path] == "" {
			continue
		}
		path := kv.SumOf([]byte(b.words[v.Origin.Path]))
		at := append(append(append(make([]byte, 0, 32), append(root, make([]byte, 8)...)[:8]...), v.Origin.Commit[1:]...),
			path[:4]...)
		if err := b.out.Put(kv.BucketOrigin, at, []byte(key)); err != nil {
			return err
		}
	}
	return nil
}

// meta writes what the database is.
func (b *builder) meta() error {
	get := func(key string) []byte {
		if s, ok := b.values(kv.BucketMeta)[key]; ok {
			return b.bytes(s)
		}
		return nil
	}
	schema := get("schema")
	if b.values(kv.BucketMeta)["schema"].rank >= doubtful || len(schema) != 8 || kv.KeyNumber(schema) < kv.FirstSchema || kv.KeyNumber(schema) > kv.Schema {
		schema = kv.Key(kv.Schema)
	}
	prefix := string(get("prefix"))
	if _, err := model.ParseID(string(model.NewID(prefix, model.ChangeID, 1))); err != nil || b.prefix != "" && b.prefix != prefix {
		prefix = cmp.Or(b.prefix, model.DefaultPrefix)
	}
	id := b.identity(string(get("id")))
	b.result.Store = id
	put := func(key string, value []byte) error { return b.out.Put(kv.BucketMeta, []byte(key), value) }
	for _, key := range []string{"standing", "recordhead"} {
		if v := get(key); v != nil {
			if err := put(key, []byte{1}); err != nil {
				return err
			}
		}
	}
	for key, value := range map[string][]byte{"schema": schema, "prefix": []byte(prefix), "id": []byte(id)} {
		if err := put(key, value); err != nil {
			return err
		}
	}
	return nil
}

// identity is which store it is: what the journal's first entry attests.
func (b *builder) identity(stored string) string {
	if len(b.entries) > 0 && b.entries[0].n == 1 && b.entries[0].e.Kind == journal.KindCreated {
		for _, id := range []string{stored, b.beside} {
			if kv.SumOf([]byte(id)) == b.entries[0].e.Digest {
				return id
			}
		}
	}
	return cmp.Or(b.beside, stored)
}

// list lists the values that are lost.
func (b *builder) list() {
	listed := map[string]int{} // where a value is in the list
	for _, v := range b.broken {
		c := classOf(v.Bucket)
		at := slices.Index(b.buckets, v.Bucket)
		if s, there := b.found.values[at][string(v.Key)]; there && (wanted(v.Bucket, s) || c&sealed == 0) {
			continue
		}
		if v.Bucket == string(kv.BucketJournal) && slices.ContainsFunc(b.entries, func(e entry) bool {
			return bytes.Equal(kv.Key(e.n), v.Key)
		}) {
			continue
		}
		if c&derived != 0 {
			b.result.Again = true
			continue
		}
		listed[v.Bucket+string(v.Key)] = len(b.result.Lost)
		b.result.Lost = append(b.result.Lost, LostValue{Bucket: v.Bucket, Key: hex.EncodeToString(v.Key),
			Object: b.object(v.Bucket, v.Key), Page: v.Page})
	}
	b.listTold(listed)
	b.listGaps(listed)
	b.result.Again = b.result.Again || b.hole || len(b.holes)+len(b.stale) > 0
	smallsort.By(b.result.Lost, func(x, y LostValue) int {
		return cmp.Or(cmp.Compare(x.Bucket, y.Bucket), cmp.Compare(x.Key, y.Key))
	})
}

// listGaps lists the journal's entries that are missing: between others, and behind the
// last one, as far as the head beside the file tells.
func (b *builder) listGaps(listed map[string]int) {
	next := uint64(1)
	gap := func(to uint64) {
		for ; next < to; next++ {
			if _, is := listed[string(kv.BucketJournal)+string(kv.Key(next))]; !is {
				break
			}
		}
		if next >= to {
			return
		}
		object := fmt.Sprintf("journal entry %d", next)
		if to-next > 1 {
			object = fmt.Sprintf("journal entries %d to %d", next, to-1)
		}
		b.result.Lost = append(b.result.Lost, LostValue{Bucket: string(kv.BucketJournal), Key: hex.EncodeToString(kv.Key(next)),
			Object: object})
	}
	for _, e := range b.entries {
		gap(e.n)
		next = e.n + 1
	}
	if b.head.Store == b.result.Store {
		gap(b.head.Entries + 1)
	}
}

// tells are the buckets of what journal entries tell of, and whether it has two numbers.
var tells = map[journal.Kind]struct {
	bucket []byte
	pair   bool
}{
	journal.KindVersion: {kv.BucketVersion, true}, journal.KindDecision: {kv.BucketEvent, true},
	journal.KindRecord: {kv.BucketRecord, true}, journal.KindRecordEvent: {kv.BucketRecordEvent, true},
	journal.KindAnnotation: {kv.BucketAnnotation, true}, journal.KindSnapshot: {kv.BucketSnapshot, false},
	journal.KindProvision: {kv.BucketProvision, false},
}

// listTold lists what journal entries tell of and was not found.
func (b *builder) listTold(listed map[string]int) {
	for _, e := range b.entries {
		t, ok := tells[e.e.Kind]
		if !ok {
			continue
		}
		key := kv.Key(e.e.Object)
		if t.pair {
			key = kv.PairKey(e.e.Object, int(e.e.Part))
		}
		if _, there := b.values(t.bucket)[string(key)]; there {
			continue
		}
		if at, is := listed[string(t.bucket)+string(key)]; is {
			b.result.Lost[at].Entry = e.n
			continue
		}
		b.result.Lost = append(b.result.Lost, LostValue{Bucket: string(t.bucket), Key: hex.EncodeToString(key),
			Object: b.object(string(t.bucket), key), Entry: e.n})
	}
}

// kinds are the IDs of what has one.
var kinds = map[string]model.IDKind{
	string(kv.BucketDocument): model.DocumentID, string(kv.BucketVersion): model.DocumentID,
	string(kv.BucketTracked): model.DocumentID, string(kv.BucketSecret): model.DocumentID,
	string(kv.BucketSighting): model.DocumentID, string(kv.BucketSnapshot): model.SnapshotID,
	string(kv.BucketChange): model.ChangeID, string(kv.BucketRow): model.ChangeID, string(kv.BucketEvent): model.ChangeID,
	string(kv.BucketAnnotation): model.ChangeID, string(kv.BucketDraft): model.ChangeID,
	string(kv.BucketRecord): model.RecordID, string(kv.BucketRecordEvent): model.RecordID,
	string(kv.BucketProvision): model.ClauseID,
}

// object is what a key is of, in words.
func (b *builder) object(bucket string, key []byte) string {
	if len(key) < 8 {
		return ""
	}
	n := kv.KeyNumber(key)
	name := fmt.Sprintf("number %d", n)
	if kind, ok := kinds[bucket]; ok {
		name = string(model.NewID(cmp.Or(b.prefix, model.DefaultPrefix), kind, n))
	}
	switch bucket {
	case string(kv.BucketJournal):
		return fmt.Sprintf("journal entry %d", n)
	case string(kv.BucketBlob):
		return fmt.Sprintf("content %d, and what was stored as a difference to it", n)
	}
	if len(key) != 12 {
		return name
	}
	part := binary.BigEndian.Uint32(key[8:])
	switch bucket {
	case string(kv.BucketRecord):
		return fmt.Sprintf("%s r%d", name, part)
	case string(kv.BucketEvent):
		return fmt.Sprintf("decision %d on %s", part, name)
	case string(kv.BucketVersion):
		return fmt.Sprintf("version %d of %s", part, name)
	}
	return fmt.Sprintf("step %d of %s", part, name)
}

// mostAhead is how far a sequence of the tree is believed to be ahead of what is named.
const mostAhead = 1 << 16

// setSequences has every bucket's numbers go on after the last that anything names.
func (b *builder) setSequences() error {
	for _, name := range b.buckets {
		n := b.numbers[name]
		for key := range b.values([]byte(name)) { // of what could not be read, too
			if len(key) >= 8 && name != string(kv.BucketDocName) && classOf(name)&sealed != 0 {
				if at := kv.KeyNumber([]byte(key)); at < 1<<40 && numbered(name) {
					n = max(n, at)
				}
			}
		}
		for _, v := range b.broken {
			if v.Bucket == name && len(v.Key) >= 8 && numbered(name) && kv.KeyNumber(v.Key) < n+mostAhead {
				n = max(n, kv.KeyNumber(v.Key))
			}
		}
		if s := b.sequences[name]; s > n && s < n+mostAhead {
			n = s
		}
		if name == string(kv.BucketString) {
			for at := range b.words {
				n = max(n, uint64(at))
			}
		}
		if n == 0 {
			continue
		}
		if err := b.out.Sequence([]byte(name), n); err != nil {
			return err
		}
	}
	return nil
}

// numbered reports whether a bucket gives its keys' numbers itself.
func numbered(name string) bool {
	switch name {
	case string(kv.BucketDocument), string(kv.BucketBlob), string(kv.BucketSnapshot), string(kv.BucketChange),
		string(kv.BucketRecord), string(kv.BucketProvision), string(kv.BucketTrained), string(kv.BucketTypeCorrection),
		string(kv.BucketQuotes):
		return true
	}
	return false
}
