package importer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fineprint/store/model"
)

// lie changes a number of a zip's first header with this signature.
func lie(t *testing.T, b []byte, signature string, offset int, number uint64, size int) []byte {
	t.Helper()
	i := bytes.Index(b, []byte(signature))
	if i < 0 {
		t.Fatalf("no header %q", signature)
	}
	b = bytes.Clone(b)
	var to [8]byte
	binary.LittleEndian.PutUint64(to[:], number)
	copy(b[i+offset:], to[:size])
	return b
}

const (
	zipLocal     = "PK\x03\x04"
	zipDirectory = "PK\x01\x02" // packed size at 20, unpacked at 24, local header at 42
	zipEnd       = "PK\x05\x06" // entries at 8 and 10, size of the directory at 12, its place at 16
)

// TestDatasetsWithFalseSizesAreRefusedOrSkipped: a zip that declares other than what it holds is refused, or the
// entry is passed over and the others are taken in; and whatever it declares, no
// memory is made ready for it.
func TestDatasetsWithFalseSizesAreRefusedOrSkipped(t *testing.T) {
	honest, err := os.ReadFile(zipOf(t, "Acme/Terms/2024-01-01T00-00-00Z.md", strings.Repeat("Keep for 30 days.\n",
		200), "Acme/Imprint/2024-01-02T00-00-00Z.md", "We are Acme.\n"))
	if err != nil {
		t.Fatal(err)
	}
	end64 := func(entries, size, offset uint64) []byte {
		i := bytes.LastIndex(honest, []byte(zipEnd))
		b := append(bytes.Clone(honest[:i]), "PK\x06\x06"...)
		b = binary.LittleEndian.AppendUint64(b, 44)
		b = append(b, make([]byte, 12)...) // versions and disks
		for _, n := range []uint64{entries, entries, size, offset} {
			b = binary.LittleEndian.AppendUint64(b, n)
		}
		b = append(b, "PK\x06\x07\x00\x00\x00\x00"...)
		b = binary.LittleEndian.AppendUint64(b, uint64(i))
		b = append(b, 1, 0, 0, 0)
		all := append(b, honest[i:]...)
		return lie(t, lie(t, all, zipEnd, 8, 1<<32-1, 4), zipEnd, 12, 1<<64-1, 8)
	}
	for _, c := range []struct {
		name    string
		zip     []byte
		skipped int // 0: the whole is refused
	}{
		{"a count of 65,534 entries", lie(t, honest, zipEnd, 8, 0xfffefffe, 4), 0},
		{"a directory of 4 GB", lie(t, honest, zipEnd, 12, 1<<32-2, 4), 0},
		{"a directory outside the file", lie(t, honest, zipEnd, 16, 1<<32-2, 4), 2},
		{"2^60 entries", end64(1<<60, 92, 0), 0},
		{"a directory of 2^60 bytes", end64(2, 1<<60, 0), 0},
		{"a directory at 2^63", end64(2, 92, 1<<63), 0},
		{"unpacked to less than it is", lie(t, honest, zipDirectory, 24, 10, 4), 1},
		{"unpacked to 4 GB", lie(t, honest, zipDirectory, 24, 1<<32-2, 4), 1},
		{"packed to 4 GB", lie(t, honest, zipDirectory, 20, 1<<32-2, 4), 1},
		{"packed to nothing", lie(t, honest, zipDirectory, 20, 0, 4), 1},
		{"an entry outside the file", lie(t, honest, zipDirectory, 42, 1<<31-1, 4), 1},
		{"another checksum", lie(t, honest, zipDirectory, 16, 42, 4), 1},
		{"an unknown method", lie(t, honest, zipDirectory, 10, 99, 2), 1},
		{"no local header", bytes.Replace(honest, []byte(zipLocal), []byte("XXXX"), 1), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := looseStore(t)
			path := putFile(t, t.TempDir(), "dataset.zip", string(c.zip))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			sum, err := ImportDataset(t.Context(), s, path, ImportOptions{})
			runtime.ReadMemStats(&after)
			if c.skipped == 0 && (!errors.Is(err, model.ErrInvalid) || sum.New() != 0) {
				t.Errorf("it is not refused: %+v, %v", sum, err)
			}
			if c.skipped > 0 && (err != nil || sum.Skipped != c.skipped || sum.First != 2-c.skipped ||
				len(sum.Remarks) != c.skipped) {
				t.Errorf("%+v, %v", sum, err)
			}
			if made := (after.TotalAlloc - before.TotalAlloc) >> 20; made > 256 {
				t.Errorf("%d MB were made for it", made)
			}
		})
	}
}

// TestDirectoryLongerThanDeclaredIsRefused: a list of entries is read to its last one,
// whatever size it declares, so its place counts.
func TestDirectoryLongerThanDeclaredIsRefused(t *testing.T) {
	small := zipEnd +
		"\x00\x00\x00\x00\x01\x00\x01\x00\x2e\x00\x00\x00\x00\x00\x00\x00\x00\x00" // one entry, 46 bytes at 0
	large := "PK\x06\x06" + strings.Repeat("\x00", 36) + "\x2e" + strings.Repeat("\x00", 15) +
		"PK\x06\x07\x00\x00\x00\x00" + string(binary.LittleEndian.AppendUint64(nil, maxDirectory+1)) +
		"\x01\x00\x00\x00" +
		zipEnd +
		"\x00\x00\x00\x00\x01\x00\x01\x00\x2e\x00\x00\x00\xff\xff\xff\xff\x00\x00" // the same, its place in the larger record
	for name, end := range map[string]string{"small": small, "large": large} {
		path := filepath.Join(t.TempDir(), "dataset.zip")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt([]byte(end), maxDirectory+1); err != nil { // a hole before it: no such room is taken
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := ImportDataset(t.Context(), looseStore(t), path, ImportOptions{}); !errors.Is(err,
			model.ErrInvalid) || !strings.Contains(err.Error(), "more entries than can be read") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
