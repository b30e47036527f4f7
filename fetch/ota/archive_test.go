package ota

import (
	"os"
	"testing"
)

// BenchmarkArchive reads all of a real archive, the git directory that
// FINEPRINT_ARCHIVE names.
func BenchmarkArchive(b *testing.B) {
	dir := os.Getenv("FINEPRINT_ARCHIVE")
	if dir == "" {
		b.Skip("FINEPRINT_ARCHIVE names no git directory")
	}
	benchmarkReading(b, dir)
}

// benchmarkReading opens an archive and reads all of it.
func benchmarkReading(b *testing.B, dir string) {
	b.ReportAllocs()
	for b.Loop() {
		r, err := Open(b.Context(), dir)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		if err := r.Each(b.Context(), ignore, nil,
			func(e Entry) error { n += len(e.Content); return nil }); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(n))
		_ = r.Close()
	}
}
