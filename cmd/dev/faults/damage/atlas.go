package damage

import (
	"context"
	"encoding/binary"
	"errors"
	"os"

	"fineprint/cmd/dev/faults/trial"
	"fineprint/store/kv/pagefile"
)

// header is how many bytes come before a page's table of elements, entry how many each has
// in it.
const header, entry = 16, 16

// span is a range of bytes of the file.
type span struct{ from, to int64 }

func (s span) size() int64 { return s.to - s.from }

// place is where a value is.
type place struct {
	bucket, key string
	page        int64
	entry, data span
}

// atlas is where everything is in a sound file.
type atlas struct {
	raw      []byte
	pageSize int64
	places   []place
	regions  map[string][]span // by what is there
	used     []int64           // pages that are reached, without those that follow in a run
	newest   int64             // the meta page that counts
}

// chart draws the atlas of a file.
func chart(ctx context.Context, file string) (*atlas, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	f, err := pagefile.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	m, ok := f.Newest()
	if !ok {
		return nil, errors.New("the base has no valid meta page")
	}
	a := &atlas{raw: raw, pageSize: int64(f.PageSize()), regions: map[string][]span{}, newest: int64(m.Page)}
	for n := range int64(2) {
		a.add("meta page", n*a.pageSize, n*a.pageSize+pagefile.MetaBytes)
	}
	reached, err := f.Walk(ctx, m, pagefile.Visitor{Page: func(b *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
		a.page(b, p)
		return nil
	}})
	if err != nil {
		return nil, err
	}
	if m.HasFreeList() {
		list, p, err := f.Free(m)
		if err != nil {
			return nil, err
		}
		at := int64(p.ID) * a.pageSize
		a.add("free list", at, at+header+8*int64(len(list)))
		for n := range uint64(p.Overflow) + 1 {
			reached.Add(p.ID + n)
		}
	}
	for n := range f.Pages() {
		if !reached.Has(n) {
			a.add("unused page", int64(n)*a.pageSize, int64(n+1)*a.pageSize)
		}
	}
	return a, nil
}

func (a *atlas) add(region string, from, to int64) {
	if to > from {
		a.regions[region] = append(a.regions[region], span{from, to})
	}
}

// page notes what is where on a page of the tree.
func (a *atlas) page(b *pagefile.Bucket, p pagefile.Page) {
	at, kind := int64(p.ID)*a.pageSize, "leaf"
	a.used = append(a.used, int64(p.ID))
	switch {
	case p.Kind == pagefile.Branch:
		kind = "branch"
	case b == nil:
		kind = "list of buckets"
	}
	table := at + header + entry*int64(p.Count)
	if kind != "leaf" {
		a.add(kind, at, table)
		if kind == "list of buckets" {
			a.add(kind, table, at+int64(len(p.Raw)))
		}
		return
	}
	a.add("leaf header", at, at+header)
	a.add("leaf table", at+header, table)
	for i := range p.Count {
		from := at + header + entry*int64(i)
		u32 := func(n int64) int64 { return int64(binary.NativeEndian.Uint32(a.raw[from+n:])) }
		key := from + u32(4)
		value := key + u32(8)
		end := value + u32(12)
		a.add("key", key, value)
		region := "value"
		if end-value > a.pageSize {
			region = "long value"
		}
		a.add(region, value, end)
		a.places = append(a.places, place{bucket: b.String(), key: string(a.raw[key:value]), page: int64(p.ID),
			entry: span{from, from + entry}, data: span{key, end}})
	}
}

// changed are the bytes in which a damaged file differs.
func (a *atlas) changed(damaged []byte) func(span) bool {
	wrong := make([]uint32, len(a.raw)+1) // how many bytes before differ
	for i := range a.raw {
		wrong[i+1] = wrong[i]
		if i >= len(damaged) || damaged[i] != a.raw[i] {
			wrong[i+1]++
		}
	}
	return func(s span) bool { return wrong[s.to] != wrong[s.from] }
}

// sound are the values of some buckets that are readable in a file and the same as in the
// atlas.
func (a *atlas) sound(ctx context.Context, file string, must trial.Values) (map[[2]string]bool, error) {
	found := map[[2]string]bool{}
	return found, walk(ctx, file, func(bucket string, key, value []byte) {
		if want, there := must[bucket][string(key)]; there && string(want) == string(value) {
			found[[2]string{bucket, string(key)}] = true
		}
	})
}

// walked are the values of a bucket that can be read.
func walked(ctx context.Context, file, bucket string) (trial.Values, error) {
	v := trial.Values{bucket: {}}
	return v, walk(ctx, file, func(of string, key, value []byte) {
		if of == bucket {
			v[bucket][string(key)] = value
		}
	})
}

// walk goes over what can be read of a damaged file.
func walk(ctx context.Context, file string, each func(bucket string, key, value []byte)) error {
	f, err := pagefile.Open(file)
	if err != nil {
		return err
	}
	_, valid := f.Newest()
	if err := f.Close(); err != nil || !valid {
		return err
	}
	return trial.Walk(ctx, file, pagefile.Visitor{Value: func(b *pagefile.Bucket, _ uint64, key, value []byte) error {
		each(b.String(), key, value)
		return nil
	}})
}
