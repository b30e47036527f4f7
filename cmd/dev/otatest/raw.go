package otatest

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // git names its objects by it
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Raw is a bare repository in the making whose objects may lie: what is written
// under a name, or in a pack, is what the test says.
type Raw struct {
	Dir string
	t   testing.TB
	sum func() hash.Hash
}

// NewRaw makes an empty repository that names its objects by "sha1" or "sha256".
func NewRaw(t testing.TB, algorithm string) *Raw {
	t.Helper()
	r := &Raw{Dir: filepath.Join(t.TempDir(), "raw.git"), t: t, sum: sha1.New}
	config := "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
	if algorithm == "sha256" {
		r.sum = sha256.New
		config = "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n"
	}
	r.Write("config", config)
	r.Write("HEAD", "ref: refs/heads/main\n")
	for _, dir := range []string{"objects/pack", "refs/heads"} {
		if err := os.MkdirAll(filepath.Join(r.Dir, filepath.FromSlash(dir)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// Write writes a file of the git directory.
func (r *Raw) Write(path, content string) {
	r.t.Helper()
	path = filepath.Join(r.Dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// Name returns the bytes of the name of an object ("blob", "tree" or "commit").
func (r *Raw) Name(kind, content string) string {
	h := r.sum()
	_, _ = fmt.Fprintf(h, "%s %d\x00%s", kind, len(content), content)
	return string(h.Sum(nil))
}

// Loose writes an object into a file of its own, and returns its name.
func (r *Raw) Loose(kind, content string) string {
	r.t.Helper()
	name := r.Name(kind, content)
	r.LooseAs(name, kind, content)
	return name
}

// LooseAs writes an object into the file of a name, which may be another one's.
func (r *Raw) LooseAs(name, kind, content string) {
	r.t.Helper()
	digits := hex.EncodeToString([]byte(name))
	r.Write("objects/"+digits[:2]+"/"+digits[2:],
		string(deflate(r.t, fmt.Appendf(nil, "%s %d\x00%s", kind, len(content), content))))
}

// History writes a commit for each of the versions of Acme/Terms.md, each by
// write, and has the repository stand at the last one. It returns the names of
// the blobs.
func (r *Raw) History(versions []string, write func(kind, content string) string) (blobs []string) {
	r.t.Helper()
	parent := ""
	for i, text := range versions {
		blob := write("blob", text)
		folder := write("tree", "100644 Terms.md\x00"+blob)
		tree := write("tree", "40000 Acme\x00"+folder)
		who := fmt.Sprintf("archive <archive@example.invalid> %d +0000", time.Date(2026, 3, 1+i, 12, 0, 0, 0,
			time.UTC).Unix())
		head := "tree " + hex.EncodeToString([]byte(tree)) + "\n"
		if parent != "" {
			head += "parent " + hex.EncodeToString([]byte(parent)) + "\n"
		}
		parent = write("commit", head+"author "+who+"\ncommitter "+who+"\n\nUpdate Acme Terms\n")
		blobs = append(blobs, blob)
	}
	r.Write("refs/heads/main", hex.EncodeToString([]byte(parent))+"\n")
	return blobs
}

// Packed is an object of a pack. Name is the one that the index gives it. Base is
// the place in the pack of what Content is a difference from, of which the kind
// is "offset"; or the name of it, when the kind is "name".
type Packed struct {
	Name, Kind, Content string
	Base                int
	BaseName            string
}

// Pack writes a pack of objects and its index, which agree with each other, and
// returns where each object begins.
func (r *Raw) Pack(objects []Packed) []int64 {
	r.t.Helper()
	kinds := map[string]byte{"commit": 1, "tree": 2, "blob": 3, "offset": 6, "name": 7}
	b := binary.BigEndian.AppendUint32([]byte("PACK\x00\x00\x00\x02"), uint32(len(objects)))
	offsets := make([]int64, len(objects))
	crcs := make([]uint32, len(objects))
	for i, o := range objects {
		start := len(b)
		offsets[i] = int64(start)
		b = append(b, packHead(kinds[o.Kind], len(o.Content))...)
		switch o.Kind {
		case "offset":
			b = append(b, backwards(int64(start)-offsets[o.Base])...)
		case "name":
			b = append(b, o.BaseName...)
		}
		b = append(b, deflate(r.t, []byte(o.Content))...)
		crcs[i] = crc32.ChecksumIEEE(b[start:])
	}
	b = r.sealed(b)
	order := make([]int, len(objects))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return strings.Compare(objects[i].Name, objects[j].Name) })
	index := []byte("\xfftOc\x00\x00\x00\x02")
	for first := range 256 {
		n := 0
		for _, o := range objects {
			if int(o.Name[0]) <= first {
				n++
			}
		}
		index = binary.BigEndian.AppendUint32(index, uint32(n))
	}
	for _, i := range order {
		index = append(index, objects[i].Name...)
	}
	for _, i := range order {
		index = binary.BigEndian.AppendUint32(index, crcs[i])
	}
	for _, i := range order {
		index = binary.BigEndian.AppendUint32(index, uint32(offsets[i]))
	}
	checksum := b[len(b)-r.sum().Size():]
	base := "objects/pack/pack-" + hex.EncodeToString(checksum)
	r.Write(base+".pack", string(b))
	r.Write(base+".idx", string(r.sealed(append(index, checksum...))))
	return offsets
}

func (r *Raw) sealed(b []byte) []byte {
	h := r.sum()
	_, _ = h.Write(b)
	return h.Sum(b)
}

func deflate(t testing.TB, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// packHead is a kind and four bits of the size, then seven each.
func packHead(kind byte, size int) []byte {
	first, rest := kind<<4|byte(size&15), size>>4
	if rest == 0 {
		return []byte{first}
	}
	return binary.AppendUvarint([]byte{first | 0x80}, uint64(rest))
}

// backwards is a number as git writes offsets.
func backwards(n int64) []byte {
	out := []byte{byte(n & 0x7f)}
	for n >>= 7; n > 0; n >>= 7 {
		n--
		out = append([]byte{byte(n&0x7f) | 0x80}, out...)
	}
	return out
}
