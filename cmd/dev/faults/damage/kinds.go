package damage

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"fineprint/cmd/dev/faults/trial"
)

// kind is one way to damage a database.
type kind struct {
	name   string
	weight int
	do     func(d *damager, rng *rand.Rand, dir string, raw []byte) (after []byte, what string, err error)
}

func kinds() []kind {
	list := []kind{
		{"random sector", 3, sector}, {"zeroed page", 3, zeroed}, {"swapped pages", 3, swapped},
		{"page copied over another", 2, copied}, {"page copied, number corrected", 3, renumbered},
		{"older page", 4, older}, {"older file", 1, olderFile}, {"cut off", 3, cut}, {"grown", 1, grown},
		{"burst of 64 bytes", 2, burst}, {"file beside it", 4, beside},
	}
	for region, weight := range map[string]int{"meta page": 6, "free list": 6, "list of buckets": 5, "branch": 3,
		"leaf header": 4, "leaf table": 4, "key": 3, "value": 4, "long value": 2, "unused page": 1} {
		list = append(list, kind{"flipped bit: " + region, weight, flip(region)})
	}
	return list
}

func flip(region string) func(*damager, *rand.Rand, string, []byte) ([]byte, string, error) {
	return func(d *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
		spans := d.regions[region]
		if len(spans) == 0 {
			return nil, "", fmt.Errorf("the base has no %s", region)
		}
		s := spans[rng.IntN(len(spans))]
		if region == "meta page" && rng.IntN(4) > 0 { // the older one seldom matters
			s = spans[d.newest]
		}
		at, bit := s.from+rng.Int64N(s.size()), rng.IntN(8)
		raw[at] ^= 1 << bit
		return raw, fmt.Sprintf("page %d, byte %d, bit %d", at/d.pageSize, at%d.pageSize, bit), nil
	}
}

func (d *damager) anyPage(rng *rand.Rand) int64 { return d.used[rng.IntN(len(d.used))] }

func (d *damager) of(raw []byte, page int64) []byte {
	return raw[page*d.pageSize : (page+1)*d.pageSize]
}

func scramble(rng *rand.Rand, b []byte) {
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
}

func sector(d *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	page, n := d.anyPage(rng), rng.Int64N(d.pageSize/512)
	scramble(rng, d.of(raw, page)[n*512:][:512])
	return raw, fmt.Sprintf("page %d, sector %d", page, n), nil
}

func burst(d *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	at := rng.Int64N(int64(len(raw)) - 64)
	scramble(rng, raw[at:at+64])
	return raw, fmt.Sprintf("page %d, from byte %d", at/d.pageSize, at%d.pageSize), nil
}

func zeroed(d *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	page := d.anyPage(rng)
	clear(d.of(raw, page))
	return raw, fmt.Sprintf("page %d", page), nil
}

func swapped(d *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	a, b := d.anyPage(rng), d.anyPage(rng)
	for i := range d.of(raw, a) {
		x, y := &d.of(raw, a)[i], &d.of(raw, b)[i]
		*x, *y = *y, *x
	}
	return raw, fmt.Sprintf("pages %d and %d", a, b), nil
}

func copied(d *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	a, b := d.anyPage(rng), d.anyPage(rng)
	copy(d.of(raw, b), d.of(raw, a))
	return raw, fmt.Sprintf("page %d over page %d", a, b), nil
}

func renumbered(d *damager, rng *rand.Rand, dir string, raw []byte) ([]byte, string, error) {
	a, b := d.anyPage(rng), d.anyPage(rng)
	copy(d.of(raw, b), d.of(raw, a))
	binary.NativeEndian.PutUint64(d.of(raw, b), uint64(b))
	return raw, fmt.Sprintf("page %d over page %d", a, b), nil
}

// older puts a page back to what it was some decisions before, as a disk does that lost a
// write.
func older(d *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	for range 10000 {
		page := d.anyPage(rng)
		if int64(len(d.before)) < (page+1)*d.pageSize {
			continue
		}
		if was := d.of(d.before, page); string(was) != string(d.of(raw, page)) {
			copy(d.of(raw, page), was)
			return raw, fmt.Sprintf("page %d", page), nil
		}
	}
	return nil, "", fmt.Errorf("no page of the base was another one before")
}

func olderFile(d *damager, _ *rand.Rand, _ string, _ []byte) ([]byte, string, error) {
	return append([]byte{}, d.before...), "the file some decisions before, what is beside it as it is now", nil
}

func cut(_ *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	n := rng.IntN(len(raw))
	if rng.IntN(3) == 0 { // near the end
		n = len(raw) - 1 - rng.IntN(min(len(raw)-1, 1<<16))
	}
	return raw[:n], fmt.Sprintf("after %d bytes of %d", n, len(raw)), nil
}

func grown(_ *damager, rng *rand.Rand, _ string, raw []byte) ([]byte, string, error) {
	more := make([]byte, 1+rng.IntN(1<<16))
	scramble(rng, more)
	return append(raw, more...), fmt.Sprintf("by %d random bytes", len(more)), nil
}

// beside damages one of the files that stand beside the database.
func beside(d *damager, rng *rand.Rand, dir string, raw []byte) ([]byte, string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, "", err
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "t.db.") && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil, "", fmt.Errorf("nothing is beside the base")
	}
	name := names[rng.IntN(len(names))]
	path := filepath.Join(dir, name)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	how := []string{"gone", "empty", "cut off", "flipped bit", "random", "older"}[rng.IntN(6)]
	switch how {
	case "gone":
		return raw, name + " " + how, os.Remove(path)
	case "empty":
		content = nil
	case "cut off":
		content = content[:rng.IntN(len(content)+1)]
	case "flipped bit":
		if len(content) > 0 {
			content[rng.IntN(len(content))] ^= 1 << rng.IntN(8)
		}
	case "random":
		scramble(rng, content)
	case "older":
		if was, err := os.ReadFile(filepath.Join(d.Base("old"), name)); err == nil {
			content = was
		}
	}
	return raw, name + " " + how, os.WriteFile(path, content, 0o600)
}

// read returns a copy of the sound file.
func (d *damager) read() []byte { return append([]byte{}, d.raw...) }

// damage damages the database of a trial's folder.
func (d *damager) damage(t *trial.Trial, rng *rand.Rand, dir string) (what string, raw []byte, err error) {
	k := d.kinds[t.N%len(d.kinds)]
	t.Row = k.name
	raw, what, err = k.do(d, rng, dir, d.read())
	if err != nil {
		return what, nil, err
	}
	return what, raw, os.WriteFile(trial.DB(dir), raw, 0o600)
}
