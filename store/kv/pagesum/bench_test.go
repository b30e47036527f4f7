package pagesum_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/pagefile"
	"fineprint/store/kv/pagesum"
)

// The benchmarks are of the database that FINEPRINT_PAGES_DB names; they write to a copy.
func database(b *testing.B) string {
	b.Helper()
	path := os.Getenv("FINEPRINT_PAGES_DB")
	if path == "" {
		b.Skip("FINEPRINT_PAGES_DB names no database")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	path = filepath.Join(b.TempDir(), "d.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func build(b *testing.B, path string) (*pagefile.File, *pagesum.Sums) {
	b.Helper()
	f, err := pagefile.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	m, _ := f.Newest()
	s, problems, _, err := pagesum.Build(context.Background(), f, m, 1, func(_, _ []byte) bool { return false })
	if err != nil || s == nil {
		b.Fatal(problems, err)
	}
	return f, s
}

func BenchmarkCompare(b *testing.B) {
	f, s := build(b, database(b))
	for b.Loop() {
		if wrong, err := s.Compare(context.Background(), f); err != nil || len(wrong) > 0 {
			b.Fatal(wrong, err)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	path := database(b)
	for b.Loop() {
		build(b, path)
	}
}

// BenchmarkCommit is one commit of one value in a file opened for it, as bbolt does it, with the sums that
// follow, and with no list of free pages kept.
func BenchmarkCommit(b *testing.B) {
	for name, o := range map[string]struct {
		options bolt.Options
		sums    bool
	}{
		"bbolt":          {bolt.Options{NoSync: true, FreelistType: bolt.FreelistMapType}, false},
		"sums":           {bolt.Options{NoSync: true, FreelistType: bolt.FreelistMapType}, true},
		"NoFreelistSync": {bolt.Options{NoSync: true, NoFreelistSync: true, FreelistType: bolt.FreelistMapType}, false},
	} {
		b.Run(name, func(b *testing.B) {
			path := database(b)
			_, s := build(b, path)
			for b.Loop() {
				db, err := bolt.Open(path, 0o600, &o.options)
				if err != nil {
					b.Fatal(err)
				}
				err = db.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("bench"), nil) })
				if err == nil && o.sums {
					err = follow(path, s)
				}
				if err != nil {
					b.Fatal(err)
				}
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func follow(path string, s *pagesum.Sums) error {
	f, err := pagefile.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	m, _ := f.Newest()
	if err := s.Advance(context.Background(), f, m); err != nil {
		return err
	}
	return s.Write(path)
}
