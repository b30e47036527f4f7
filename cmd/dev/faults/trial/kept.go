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

	bolt "go.etcd.io/bbolt"
)

// lasting are the buckets whose values stay what they are, whatever comes after them.
var lasting = []string{"journal", "event", "record", "snapshot", "origin", "recordevent"}

// Values are the values of a database by bucket and key.
type Values map[string]map[string][]byte

// Read reads the values of some buckets with bbolt alone; of all without names.
func Read(file string, buckets ...string) (v Values, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("bbolt: %v", p)
		}
	}()
	db, err := bolt.Open(file, 0o600, &bolt.Options{ReadOnly: true, Timeout: 5 * time.Second})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	v = Values{}
	return v, db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if len(buckets) > 0 && !slices.Contains(buckets, string(name)) {
				return nil
			}
			of := map[string][]byte{}
			v[string(name)] = of
			return b.ForEach(func(k, value []byte) error {
				of[string(k)] = bytes.Clone(value)
				return nil
			})
		})
	})
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
func LastingOf(file string) (Values, error) { return Read(file, lasting...) }

// Whole holds a database against what must be in it: the program's check finds nothing, and
// the values that last are there as they were.
func (b *Bench) Whole(ctx context.Context, t *Trial, dir string, must Values) {
	if r := b.Run(ctx, dir, 30*time.Second, "check"); r.Status != 0 {
		t.Fail("check", "check: status %d: %s%s", r.Status, r.Err, r.Out)
	}
	now, err := LastingOf(DB(dir))
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
