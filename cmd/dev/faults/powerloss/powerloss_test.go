package powerloss

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const trace = `7 openat(AT_FDCWD</dir>, "\x74", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 5</dir/t>
7 pwrite64(5</dir/t>, "\x61\x62", 2, 1) = 2
8 write(1<pipe:[1]>, "\x6f\x6b"..., 2 <unfinished ...>
7 openat(AT_FDCWD</dir>, "\x6e", O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0600) = 6</dir/n>
8 <... write resumed>)       = 2
7 write(6</dir/n>, "\x6e\x65\x77", 3) = 3
7 fsync(6</dir/n>) = 0
7 fdatasync(5</dir/t>) = 0
7 renameat(AT_FDCWD</dir>, "\x6e", AT_FDCWD</dir>, "\x6d") = 0
7 openat(AT_FDCWD</dir>, "\x2e", O_RDONLY|O_CLOEXEC) = 9</dir>
7 fsync(9</dir>) = 0
7 pwrite64(5</dir/t>, "\x7a", 1, 0) = -1 ENOSPC (No space left on device)
7 ftruncate(5</dir/t>, 9) = 0
`

func recordTrace(t *testing.T) *recording {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "t"), []byte("1234"), 0o600); err != nil {
		t.Fatal(err)
	}
	rec, err := newRecorder(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := &recording{root: dir, base: rec.base, start: map[string]int{dir + "/t": 1}}
	if err := rec.parse(strings.NewReader(strings.ReplaceAll(trace, "/dir", dir))); err != nil {
		t.Fatal(err)
	}
	r.ops = rec.ops
	return r
}

// TestWhatWasSyncedIsThere whatever else is lost, and what was said before is known.
func TestWhatWasSyncedIsThere(t *testing.T) {
	r := recordTrace(t)
	var said string
	for _, o := range r.ops {
		if o.what == say {
			said += string(o.data)
		}
	}
	if said != "ok" {
		t.Errorf("%q was said", said)
	}
	for seed := range uint64(200) {
		files, how := r.after(len(r.ops), false, rand.New(rand.NewPCG(seed, 0)))
		text := string(files[r.root+"/t"])
		if len(files) != 2 || text != "1ab4" && text != "1ab4\x00\x00\x00\x00\x00" || string(files[r.root+"/m"]) != "new" {
			t.Fatalf("seed %d: %s: %q", seed, how, files)
		}
	}
}

// TestWhatWasNotSyncedMayBeLost in every way, and a rename never by half.
func TestWhatWasNotSyncedMayBeLost(t *testing.T) {
	r := recordTrace(t)
	seen := map[string]bool{}
	for seed := range uint64(400) {
		files, _ := r.after(len(r.ops), true, rand.New(rand.NewPCG(seed, 0)))
		var names []string
		for _, name := range []string{"m", "n", "t"} {
			if content, there := files[filepath.Join(r.root, name)]; there {
				names = append(names, name+"="+strings.Trim(string(content), "\x00"))
			}
		}
		seen[strings.Join(names, " ")] = true
	}
	for _, want := range []string{"t=1234", "t=1ab4", "n=new t=1234", "n= t=1ab4", "m=new t=1ab4", "m= t=1234"} {
		if !seen[want] {
			t.Errorf("never seen: %q of %v", want, seen)
		}
	}
}
