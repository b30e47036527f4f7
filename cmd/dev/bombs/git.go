//go:build unix

package main

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // git names its objects by it
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"os"
	"slices"
	"strings"
)

// repo is a bare repository in the making: loose objects, and one pack.
type repo struct {
	b     *bench
	packs []packedObject
}

type packedObject struct {
	name string
	raw  []byte // header and deflated bytes
	at   int
}

func newRepo(b *bench) *repo {
	b.write("r.git/HEAD", "ref: refs/heads/main\n")
	b.write("r.git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
	b.write("r.git/objects/pack/x", "")
	return &repo{b: b}
}

func nameOf(kind, content string) string {
	h := sha1.New() //nolint:gosec // see above
	fmt.Fprintf(h, "%s %d\x00%s", kind, len(content), content)
	return string(h.Sum(nil))
}

func squeezed(content string) []byte {
	var out bytes.Buffer
	z, _ := zlib.NewWriterLevel(&out, 6)
	_, _ = z.Write([]byte(content))
	_ = z.Close()
	return out.Bytes()
}

var packKinds = map[string]byte{"commit": 1, "tree": 2, "blob": 3, "delta": 7}

// add puts an object into the pack under a name; base is before a difference's content.
func (r *repo) add(name, kind, base, content string) string {
	n := len(content)
	head := []byte{packKinds[kind]<<4 | byte(n&15)}
	for n >>= 4; n > 0; n >>= 7 {
		head[len(head)-1] |= 0x80
		head = append(head, byte(n&0x7f))
	}
	head = append(head, base...)
	r.packs = append(r.packs, packedObject{name: name, raw: append(head, squeezed(content)...)})
	return name
}

// object puts a whole object into the pack.
func (r *repo) object(kind, content string) string {
	return r.add(nameOf(kind, content), kind, "", content)
}

// pack writes the pack and its index.
func (r *repo) pack() {
	var b bytes.Buffer
	b.WriteString("PACK\x00\x00\x00\x02")
	_ = binary.Write(&b, binary.BigEndian, uint32(len(r.packs)))
	for i := range r.packs {
		r.packs[i].at = b.Len()
		b.Write(r.packs[i].raw)
	}
	sum := sha1.Sum(b.Bytes()) //nolint:gosec // see above
	b.Write(sum[:])
	slices.SortFunc(r.packs, func(a, b packedObject) int { return strings.Compare(a.name, b.name) })
	var x, crcs, offsets bytes.Buffer
	x.WriteString("\xfftOc\x00\x00\x00\x02")
	for first := range 256 {
		n, _ := slices.BinarySearchFunc(r.packs, first+1, func(o packedObject, f int) int { return int(o.name[0]) - f })
		_ = binary.Write(&x, binary.BigEndian, uint32(n))
	}
	for _, o := range r.packs {
		x.WriteString(o.name)
		_ = binary.Write(&crcs, binary.BigEndian, crc32.ChecksumIEEE(o.raw))
		_ = binary.Write(&offsets, binary.BigEndian, uint32(o.at))
	}
	x.Write(crcs.Bytes())
	x.Write(offsets.Bytes())
	x.Write(sum[:])
	own := sha1.Sum(x.Bytes()) //nolint:gosec // see above
	x.Write(own[:])
	r.b.write("r.git/objects/pack/pack-1.pack", b.String())
	r.b.write("r.git/objects/pack/pack-1.idx", x.String())
}

// commit makes a commit of a tree and has the repository stand there.
func (r *repo) commit(tree, message string, when int, parents ...string) string {
	s := "tree " + hex.EncodeToString([]byte(tree)) + "\n"
	for _, p := range parents {
		s += "parent " + hex.EncodeToString([]byte(p)) + "\n"
	}
	who := fmt.Sprintf("a <a@example.invalid> %d +0000\n", 1_700_000_000+when*86400)
	return r.object("commit", s+"author "+who+"committer "+who+"\n"+message+"\n")
}

func (r *repo) head(commit string) []string {
	r.pack()
	r.b.write("r.git/refs/heads/main", hex.EncodeToString([]byte(commit))+"\n")
	return r.b.inDB("import", "ota", r.b.path("r.git"))
}

func file(name, blob string) string   { return "100644 " + name + "\x00" + blob }
func folder(name, tree string) string { return "40000 " + name + "\x00" + tree }

// version is a tree of Acme/Terms.md with other entries of the root before it.
func (r *repo) version(blob, before string) string {
	return r.object("tree", before+folder("Acme", r.object("tree", file("Terms.md", blob))))
}

// uvarint is a length as a difference holds it.
func uvarint(n int) string { return string(binary.AppendUvarint(nil, uint64(n))) }

func gitKinds() []kind {
	history := func(name string, make func(b *bench, r *repo) []string) kind {
		return kind{"git " + name, func(b *bench) []string { return make(b, newRepo(b)) }}
	}
	versions := func(r *repo, texts ...string) []string {
		var last []string
		for i, text := range texts {
			last = []string{r.commit(r.version(r.object("blob", text), ""), "Update", i, last...)}
		}
		return r.head(last[0])
	}
	return []kind{
		history("4 million headings, twice", func(_ *bench, r *repo) []string {
			h := rep("# x\n", 4_000_000)
			return versions(r, h, h+"# y\n")
		}),
		history("a file of 64 MB", func(_ *bench, r *repo) []string {
			return versions(r, rep("You may leave at any time.\n\n", 2_290_000), rep("You may stay at any time.\n\n", 2_290_000))
		}),
		history("a file of 16 MB, each line other", func(_ *bench, r *repo) []string {
			return versions(r, rep("You may leave at any time.\n\n", 590_000), rep("You may stay at any time.\n\n", 600_000))
		}),
		history("one line of 16 MB", func(_ *bench, r *repo) []string {
			return versions(r, "# x\n", rep("word ", 3_300_000), rep("wort ", 3_300_000))
		}),
		history("a file of a gigabyte", func(_ *bench, r *repo) []string { return versions(r, "# x\n", rep("word ", 200_000_000)) }),
		history("one line of 60 MB", func(_ *bench, r *repo) []string {
			return versions(r, "# x\n", rep("word ", 12_000_000), rep("wort ", 12_000_000))
		}),
		history("differences that each make 15 MB", func(_ *bench, r *repo) []string {
			text := rep("word ", 3_000_000)
			name := r.object("blob", text)
			last := r.commit(r.version(name, ""), "Update", 0)
			for i := range 30 { // each is the text and a byte more
				delta := uvarint(len(text)) + uvarint(len(text)+1)
				for at := 0; at < len(text); at += 0xffffff {
					n := min(0xffffff, len(text)-at)
					delta += "\xff" + string([]byte{byte(at), byte(at >> 8), byte(at >> 16), byte(at >> 24), byte(n), byte(n >> 8), byte(n >> 16)})
				}
				text += "x"
				name = r.add(nameOf("blob", text), "delta", name, delta+"\x01x")
				last = r.commit(r.version(name, ""), "Update", i+1, last)
			}
			return r.head(last)
		}),
		history("differences of each other", func(_ *bench, r *repo) []string {
			a, b := nameOf("blob", "a"), nameOf("blob", "b")
			r.add(a, "delta", b, "\x01\x01\x90\x01")
			r.add(b, "delta", a, "\x01\x01\x90\x01")
			return r.head(r.commit(r.version(a, ""), "Update", 0))
		}),
		history("a chain of 20,000 differences", func(_ *bench, r *repo) []string {
			text := "x"
			name := r.object("blob", text)
			for i := range 20_000 {
				was := len(text)
				text += string(rune('a' + i%26))
				name = r.add(nameOf("blob", text), "delta", name, uvarint(was)+uvarint(was+1)+"\xb0"+string([]byte{byte(was), byte(was >> 8)})+"\x01"+text[was:])
			}
			return r.head(r.commit(r.version(name, ""), "Update", 0))
		}),
		history("a tree of a million entries", func(_ *bench, r *repo) []string {
			blob := r.object("blob", "# x\n")
			many := r.object("tree", each(1_000_000, func(i int) string { return file(fmt.Sprintf("%07d.md", i), blob) }))
			return r.head(r.commit(r.object("tree", folder("Acme", many)), "Update", 0))
		}),
		history("documents by the hundred thousand", func(_ *bench, r *repo) []string {
			blob := r.object("blob", "# x\n")
			many := r.object("tree", each(100_000, func(i int) string { return file(fmt.Sprintf("%07d.md", i), blob) }))
			return r.head(r.commit(r.object("tree", folder("Acme", many)), "Update", 0))
		}),
		history("trees within trees", func(_ *bench, r *repo) []string {
			blob := r.object("blob", "# x\n")
			tree := r.object("tree", file("Terms.md", blob))
			for range 100_000 {
				tree = r.object("tree", folder("a", tree))
			}
			return r.head(r.commit(r.version(blob, folder("A", tree)), "Update", 0))
		}),
		history("trees that hold the same ten times", func(_ *bench, r *repo) []string {
			blob := r.object("blob", "# x\n")
			tree := r.object("tree", file("Terms.md", blob))
			for range 12 {
				t := tree
				tree = r.object("tree", each(10, func(i int) string { return folder(fmt.Sprint("a", i), t) }))
			}
			return r.head(r.commit(r.version(blob, folder("A", tree)), "Update", 0))
		}),
		history("a tree that holds itself", func(b *bench, r *repo) []string {
			blob := r.object("blob", "# x\n")
			name := nameOf("tree", "no such content")
			r.add(name, "tree", "", folder("A", name)+folder("Acme", r.object("tree", file("Terms.md", blob))))
			return r.head(r.commit(name, "Update", 0))
		}),
		history("200,000 commits", func(_ *bench, r *repo) []string {
			tree := r.version(r.object("blob", "# x\n"), "")
			var last []string
			for i := range 200_000 {
				last = []string{r.commit(tree, "Update", i%1000, last...)}
			}
			return r.head(last[0])
		}),
		history("merges of a thousand parents", func(_ *bench, r *repo) []string {
			var before []string
			for i := range 2000 {
				tree := r.version(r.object("blob", fmt.Sprint("# Version ", i)), "")
				c := r.commit(tree, "Update", i, before[max(0, len(before)-1000):]...)
				before = append(before, c)
			}
			return r.head(before[len(before)-1])
		}),
		history("a message of 60 MB", func(_ *bench, r *repo) []string {
			return r.head(r.commit(r.version(r.object("blob", "# x\n"), ""), rep("https://a.example/x ", 3_000_000), 0))
		}),
		history("a loose object that unpacks to 4 GB", func(b *bench, r *repo) []string {
			var out bytes.Buffer
			z, _ := zlib.NewWriterLevel(&out, 1)
			fmt.Fprintf(z, "blob %d\x00", 1<<32)
			times("x", 1<<30)(z)
			_ = z.Close()
			name := nameOf("blob", "bomb")
			digits := hex.EncodeToString([]byte(name))
			b.write("r.git/objects/"+digits[:2]+"/"+digits[2:], out.String())
			return r.head(r.commit(r.version(name, ""), "Update", 0))
		}),
		history("an index that lies", func(b *bench, r *repo) []string {
			args := versions(r, "# x\n")
			b.write("r.git/objects/pack/pack-0.idx", "\xfftOc\x00\x00\x00\x02"+rep("\x7f\xff\xff\xff", 256)+rep("x", 10_000_000))
			b.write("r.git/objects/pack/pack-0.pack", "PACK\x00\x00\x00\x02\x7f\xff\xff\xff"+rep("x", 100))
			return args
		}),
		history("an object that is another one", func(b *bench, r *repo) []string {
			forged := r.add(nameOf("blob", "You pay 70 dollars.\n"), "blob", "", "You pay 99 dollars.\n")
			first := r.commit(r.version(r.object("blob", "You pay 60 dollars.\n"), ""), "Update", 0)
			return r.head(r.commit(r.version(forged, ""), "Update", 1, first))
		}),
		history("folders that borrow from each other", func(b *bench, r *repo) []string {
			b.write("r.git/objects/info/alternates", each(30, func(i int) string { return fmt.Sprintf("../../o%d\n", i) }))
			for i := range 30 {
				b.write(fmt.Sprintf("o%d/info/alternates", i), each(30, func(k int) string { return fmt.Sprintf("../o%d\n./../o%d/../o%d\n", k, i, k) }))
			}
			return versions(r, "# x\n")
		}),
		history("a repository of symbolic links", func(b *bench, r *repo) []string {
			args := versions(r, "# x\n")
			for i := range 256 {
				b.fail(os.Symlink([]string{"/", "/dev/zero", "/proc/self", "..", "."}[i%5], b.path(fmt.Sprintf("r.git/objects/%02x", i))))
			}
			for i := range 1000 {
				b.fail(os.Symlink("..", b.path(fmt.Sprintf("r.git/refs/heads/l%d", i))))
			}
			b.fail(os.Remove(b.path("r.git/HEAD")))
			b.fail(os.Symlink("/dev/zero", b.path("r.git/HEAD")))
			return args
		}),
		history("refs by the million", func(b *bench, r *repo) []string {
			args := versions(r, "# x\n")
			b.write("r.git/HEAD", "ref: refs/heads/gone\n")
			b.write("r.git/packed-refs", each(1_000_000, func(i int) string { return fmt.Sprintf("%040d refs/heads/b%d\n", i, i) }))
			return args
		}),
		history("text of compressed pages, long names", func(_ *bench, r *repo) []string {
			blob := r.object("blob", "# x\n")
			return r.head(r.commit(r.object("tree", folder(rep("A", 60_000), r.object("tree", file(rep("T", 60_000)+".md", blob)))), "Update", 0))
		}),
	}
}
