//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// gigabytes writes so many of spaces.
func gigabytes(w io.WriteCloser, n int) {
	piece := []byte(rep(" <p>x", 1<<18))
	for range n << 30 / len(piece) {
		_, _ = w.Write(piece)
	}
	_ = w.Close()
}

func packedKinds() []kind {
	body := func(encoding string, writer func(io.Writer) io.WriteCloser, layers int) kind {
		return kind{fmt.Sprintf("http %s of 4 GB, %d times", encoding, layers), func(b *bench) []string {
			var out bytes.Buffer
			gigabytes(writer(&out), 4)
			for range layers - 1 {
				var again bytes.Buffer
				w := writer(&again)
				_, _ = w.Write(out.Bytes())
				_ = w.Close()
				out = again
			}
			args := b.serve("/terms", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.Header().Set("Content-Encoding", encoding)
				_, _ = w.Write(out.Bytes())
			})
			b.size = int64(out.Len())
			return args
		}}
	}
	dataset := func(name string, write func(b *bench, z *zip.Writer)) kind {
		return kind{"zip " + name, func(b *bench) []string {
			var out bytes.Buffer
			z := zip.NewWriter(&out)
			write(b, z)
			b.fail(z.Close())
			return b.inDB("import", "dataset", b.write("dataset.zip", out.String()))
		}}
	}
	add := func(b *bench, z *zip.Writer, name string, f func(io.Writer)) {
		w, err := z.Create(name)
		b.fail(err)
		f(w)
	}
	return []kind{
		body("gzip", func(w io.Writer) io.WriteCloser { z, _ := gzip.NewWriterLevel(w, 1); return z }, 1),
		body("gzip", func(w io.Writer) io.WriteCloser { z, _ := gzip.NewWriterLevel(w, 1); return z }, 3),
		body("br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) }, 1),
		body("zstd", func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z }, 1),
		dataset("of versions of a gigabyte", func(b *bench, z *zip.Writer) {
			for i := range 8 {
				add(b, z, fmt.Sprintf("Acme/Terms/2024-05-%02dT12-00-00Z.md", i+1), times("# x\n", 1<<28))
			}
		}),
		dataset("of versions as large as may be", func(b *bench, z *zip.Writer) {
			for i := range 4 {
				add(b, z, fmt.Sprintf("Acme/Terms/2024-05-%02dT12-00-00Z.md", i+1),
					str(each(300_000, func(k int) string { return fmt.Sprintf("# %d %d\n", k*7919%99991, i*k) })))
			}
		}),
		dataset("of 300,000 entries", func(b *bench, z *zip.Writer) {
			for i := range 300_000 {
				add(b, z, fmt.Sprintf("../../x/%d", i), str(""))
			}
		}),
		dataset("of 20,000 platforms", func(b *bench, z *zip.Writer) {
			for i := range 20_000 {
				add(b, z, fmt.Sprintf("Acme%d/Terms/2024-05-01T12-00-00Z.md", i), str("# Terms\n\nYou may leave.\n"))
			}
		}),
		dataset("of long names", func(b *bench, z *zip.Writer) {
			for i := range 2000 {
				add(b, z, fmt.Sprintf("Acme/%s%d/2024-05-01T12-00-00Z.md", rep("x", 60_000), i), str("x"))
			}
		}),
	}
}
