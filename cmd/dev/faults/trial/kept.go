package trial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fineprint/store/kv/pagefile"
)

// lasting are the buckets whose values stay what they are, whatever comes after them.
var lasting = []string{"journal", "event", "record", "snapshot", "origin", "recordevent"}

// Values are the values of a database by bucket and key.
type Values map[string]map[string][]byte

// Read reads the values of some buckets, of all without names. It walks over the pages with
// bounds: bbolt would go round for ever in a damaged file, or take this process with it.
func Read(ctx context.Context, file string, buckets ...string) (Values, error) {
	var problem error
	v := Values{}
	err := Walk(ctx, file, pagefile.Visitor{
		Bucket: func(b *pagefile.Bucket) error {
			if len(buckets) == 0 || slices.Contains(buckets, b.String()) {
				v[b.String()] = map[string][]byte{}
			}
			return nil
		},
		Value: func(b *pagefile.Bucket, _ uint64, key, value []byte) error {
			if of := v[b.String()]; of != nil {
				of[string(key)] = value
			}
			return nil
		},
		Problem: func(p pagefile.Problem) { problem = p },
	})
	return v, errors.Join(err, problem)
}

// Walk goes over the pages of a file, as far as they lead anywhere.
func Walk(ctx context.Context, file string, v pagefile.Visitor) error {
	f, err := pagefile.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	m, ok := f.Newest()
	if !ok {
		return errors.New("no meta page is valid")
	}
	_, err = f.Walk(ctx, m, v)
	return err
}

// Lost lists the values that are missing or different in others.
func (v Values) Lost(others Values) []string {
	var lost []string
	for bucket, of := range v {
		for key, value := range of {
			if other, there := others[bucket][key]; !there {
				lost = append(lost, fmt.Sprintf("%s %x is gone", bucket, key))
			} else if !bytes.Equal(value, other) {
				lost = append(lost, fmt.Sprintf("%s %x differs", bucket, key))
			}
		}
	}
	slices.Sort(lost)
	return lost
}

// LastingOf are the values of a database that nothing may change.
func LastingOf(ctx context.Context, file string) (Values, error) {
	return Read(ctx, file, lasting...)
}

// Whole holds a database against what must be in it: the program's check finds nothing, and
// the values that last are there as they were.
func (b *Bench) Whole(ctx context.Context, t *Trial, dir string, must Values) {
	if r := b.Run(ctx, dir, 30*time.Second, "check"); r.Status != 0 {
		t.Fail("check", "check: status %d: %s%s", r.Status, r.Err, r.Out)
	}
	now, err := LastingOf(ctx, DB(dir))
	if err != nil {
		t.Fail("unreadable", "%v", err)
		return
	}
	if lost := must.Lost(now); len(lost) > 0 {
		t.Fail("lost", "%d values: %s", len(lost), strings.Join(lost[:min(5, len(lost))], ", "))
	}
}

// Strays are the files of a folder that are neither the database nor what belongs beside it.
func Strays(dir string) []string {
	var strays []string
	entries, _ := os.ReadDir(dir) // gone: none
	for _, e := range entries {
		name := e.Name()
		known := !strings.HasPrefix(name, ".") && !strings.Contains(name, ".tmp")
		if !known {
			strays = append(strays, filepath.Base(name))
		}
	}
	return strays
}
