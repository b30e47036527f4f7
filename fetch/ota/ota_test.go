package ota

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
	"fineprint/fetch/git"
	"fineprint/store/model"
)

var day0 = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func day(n int) time.Time { return day0.AddDate(0, 0, n) }

func ignore(string, string) bool { return false }

// replay returns a line for each entry of a history.
func replay(t *testing.T, dir string) []string {
	t.Helper()
	r, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var lines []string
	err = r.Each(t.Context(), ignore, nil, func(e Entry) error {
		line := fmt.Sprintf("%s %s/%s %q", e.CapturedAt.Format("01-02"), e.Platform, e.Type, e.Content)
		if e.Deleted {
			line = fmt.Sprintf("%s %s/%s deleted", e.CapturedAt.Format("01-02"), e.Platform, e.Type)
		}
		if e.RenamedFrom != "" {
			line += " was " + e.RenamedFrom
		}
		if e.Technical {
			line += " technical"
		}
		lines = append(lines, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func expect(t *testing.T, got, want []string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

type files = map[string]string

func TestOnlyDocumentsAreReported(t *testing.T) {
	h := otatest.New(t)
	h.Commit(files{"README.md": "about"}, "Initial commit", day(0))
	h.Commit(files{"README.md": "about", "Acme/Terms.md": "a", ".github/workflows/ci.md": "no", ".github/x.md": "no"},
		"First record of Acme Terms", day(1))
	h.Commit(files{"README.md": "more", "Acme/Terms.md": "a", "Acme/deep/er.md": "no", "Acme/logo.png": "no",
		"Acme/.md": "no"}, "Update README", day(2))
	h.Commit(files{"Acme/Terms.md": "b", "Acme/Privacy.md": "", "Bolt/Terms.md": "c"}, "Record new changes", day(3))
	expect(t, replay(t, h.Dir), []string{
		`03-02 Acme/Terms "a"`,
		`03-04 Acme/Privacy ""`,
		`03-04 Acme/Terms "b"`,
		`03-04 Bolt/Terms "c"`,
	})
}

func TestTechnicalCommitsAreRecognisedBySubject(t *testing.T) {
	for subject, technical := range map[string]bool{
		"Start tracking Acme Terms":                                 false,
		"First record of Acme Terms":                                false,
		"Update Acme Terms":                                         false,
		"Record new changes of Acme Terms":                          false,
		"Refilter Acme Terms":                                       true,
		"Refiltered by hand":                                        false,
		"Apply technical or declaration upgrade on Acme Terms":      true,
		"Do not Apply technical or declaration upgrade on anything": false,
	} {
		if e := readMessage(subject + "\n\nbody\n"); e.Technical != technical || e.Subject != subject {
			t.Errorf("%q: technical %v, subject %q", subject, e.Technical, e.Subject)
		}
	}
}

func TestTrailersAreRead(t *testing.T) {
	const id = "0123456789abcdef0123456789abcdef01234567"
	for body, want := range map[string]Entry{
		"X-engine-version: 1.2.3\nX-source-document-location: https://acme.example/a\nX-source-document-location: " +
			"https://acme.example/b\nX-snapshot-id: " + id: {
			Engine: "1.2.3", Locations: []string{"https://acme.example/a", "https://acme.example/b"},
			Snapshots: []string{id}},
		"X-Snapshot-Ids: " + id + ", 63f9a1b2c3d4e5f6a7b8c9d0": {Snapshots: []string{id,
			"63f9a1b2c3d4e5f6a7b8c9d0"}},
		"This version was recorded after filtering snapshot " + id[:10] + ".":          {Snapshots: []string{id[:10]}},
		"This version was recorded after filtering snapshot undefined":                 {Snapshots: []string{"undefined"}},
		"Recorded from snapshot https://github.com/acme/snapshots/commit/" + id + "\n": {Snapshots: []string{id}},
		"- https://github.com/a/b/commit/" + id + "\n- https://github.com/a/b/commit/" + id[:12] + "\n": {
			Snapshots: []string{id, id[:12]}},
		"snapshot ids: " + id[:7] + "\nsnapshot ids: " + id[:7]: {Snapshots: []string{id[:7]}},
		"Nothing of note": {},
	} {
		got := readMessage("Update\n\n" + body)
		if got.Engine != want.Engine || !reflect.DeepEqual(got.Locations, want.Locations) ||
			!reflect.DeepEqual(got.Snapshots, want.Snapshots) {
			t.Errorf("%q\n got %q %q %q\nwant %q %q %q", body, got.Engine, got.Locations, got.Snapshots, want.Engine,
				want.Locations, want.Snapshots)
		}
	}
}

func TestRenamesAndDeletionsAreReported(t *testing.T) {
	h := otatest.New(t)
	h.Commit(files{"Acme/Terms.md": "one", "Acme/Privacy.md": "two", "Acme/Cookies.md": "two"}, "Start", day(0))
	h.Commit(files{"Acme/ToS.md": "one", "Acme/Privacy.md": "two", "Acme/Cookies.md": "two"}, "Rename", day(1))
	h.Commit(files{"Acme/ToS.md": "one", "Acme/Privacy Policy.md": "two, edited", "Acme/Cookies.md": "two"},
		"Rename and edit", day(2))
	h.Commit(files{"Bolt/ToS.md": "one", "Bolt/Privacy Policy.md": "two, edited", "Bolt/Cookies.md": "two"},
		"Rename the platform", day(3))
	h.Commit(files{"Bolt/ToS.md": "one", "Bolt/Live.md": "", "Bolt/Old.md": ""}, "Drop two of them", day(4))
	h.Commit(files{"Bolt/ToS.md": "one", "Coil/Quick.md": ""}, "Empty files tell nothing of where they are from",
		day(5))
	expect(t, replay(t, h.Dir), []string{
		`03-01 Acme/Cookies "two"`,
		`03-01 Acme/Privacy "two"`,
		`03-01 Acme/Terms "one"`,
		`03-02 Acme/ToS "one" was Acme/Terms.md`,
		`03-03 Acme/Privacy Policy "two, edited" was Acme/Privacy.md`,
		`03-04 Bolt/Cookies "two" was Acme/Cookies.md`,
		`03-04 Bolt/Privacy Policy "two, edited" was Acme/Privacy Policy.md`,
		`03-04 Bolt/ToS "one" was Acme/ToS.md`,
		`03-05 Bolt/Live ""`,
		`03-05 Bolt/Old ""`,
		`03-05 Bolt/Cookies deleted`,
		`03-05 Bolt/Privacy Policy deleted`,
		`03-06 Coil/Quick ""`,
		`03-06 Bolt/Live deleted`,
		`03-06 Bolt/Old deleted`,
	})
}

// TestParentsComeBeforeChildren: parents come before children whatever their dates are; of what may
// come next the earliest; a merge reports only what it leaves otherwise.
func TestParentsComeBeforeChildren(t *testing.T) {
	h := otatest.New(t)
	base := h.Commit(files{"A/T.md": "0", "B/T.md": "0"}, "Start", day(5))
	back := h.Commit(files{"A/T.md": "1", "B/T.md": "0"}, "Update, its clock went back", day(2), base)
	side := h.Commit(files{"A/T.md": "0", "B/T.md": "1"}, "Update on the side", day(3), base)
	later := h.Commit(files{"A/T.md": "2", "B/T.md": "0"}, "Update", day(4), back)
	merge := h.Commit(files{"A/T.md": "2", "B/T.md": "1"}, "Merge", day(6), later, side)
	left := h.Commit(files{"A/T.md": "L", "B/T.md": "1"}, "Update", day(7), merge)
	right := h.Commit(files{"A/T.md": "R", "B/T.md": "1"}, "Update", day(8), merge)
	h.Commit(files{"A/T.md": "L", "B/T.md": "2"}, "Merge, taking the first and a bit more", day(9), left, right)
	expect(t, replay(t, h.Dir), []string{
		`03-06 A/T "0"`,
		`03-06 B/T "0"`,
		`03-03 A/T "1"`,
		`03-04 B/T "1"`,
		`03-05 A/T "2"`,
		`03-08 A/T "L"`,
		`03-09 A/T "R"`,
		`03-10 A/T "L"`,
		`03-10 B/T "2"`,
	})
}

func TestShallowCloneIsRead(t *testing.T) {
	h := otatest.New(t)
	h.Commit(files{"A/T.md": "0"}, "Start", day(0))
	first := h.Commit(files{"A/T.md": "1", "B/T.md": "x"}, "Record new changes of A T\n\n"+
		"X-Source-Document-Location: https://a.example/t", day(1))
	h.Commit(files{"A/T.md": "2", "B/T.md": "x"}, "Update", day(2))
	h.Cut(first)
	expect(t, replay(t, h.Dir), []string{`03-02 A/T "1"`, `03-02 B/T "x"`, `03-03 A/T "2"`})
	r, err := Open(t.Context(), h.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if i := r.Info(); !i.Shallow || len(i.Notes) != 1 || !strings.Contains(i.Notes[0], "git fetch --unshallow") {
		t.Errorf("%+v", i)
	}
	var got []string
	err = r.Each(t.Context(), ignore, nil, func(e Entry) error {
		got = append(got, fmt.Sprintf("%s %q %q %d", e.Path, e.Cut, e.Subject, len(e.Locations)))
		return nil
	})
	expect(t, got, []string{`A/T.md "before" "Record new changes of A T" 1`, `B/T.md "stood" "" 0`, `A/T.md "" "Update" 0`})
	if err != nil {
		t.Error(err)
	}
}

// TestMissingParentIsDamage: a commit that is missing without being left out is none of a
// shallow clone.
func TestMissingParentIsDamage(t *testing.T) {
	h := otatest.New(t)
	h.Commit(files{"A/T.md": "0"}, "Start", day(0))
	first := h.Commit(files{"A/T.md": "1"}, "Update", day(1))
	h.Cut(first)
	if err := os.Remove(filepath.Join(h.Dir, "shallow")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), h.Dir); err == nil || !strings.Contains(err.Error(), "git fsck") {
		t.Errorf("%v", err)
	}
}

// long makes versions that a pack keeps as differences.
func long(n int) string {
	rng := rand.New(rand.NewSource(1))
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, "%d. Paragraph %x of the agreement.\n", i, rng.Int63())
		if i == n*7%300 {
			fmt.Fprintf(&b, "Amended for the %dth time.\n", n)
		}
	}
	return b.String()
}

// TestPackedAndLooseReadTheSame: the same history is read the same however it is stored.
func TestPackedAndLooseReadTheSame(t *testing.T) {
	var want []string
	for _, pack := range []string{"loose", "by offset", "by name", "partly"} {
		h := otatest.New(t)
		for i := range 60 {
			h.Commit(files{"A/T.md": long(i), "B/T.md": long(i % 5)}, "Update", day(i))
			if pack == "partly" && i == 40 {
				h.Pack(false)
			}
		}
		if strings.HasPrefix(pack, "by") {
			h.Pack(pack == "by name")
		}
		got := replay(t, h.Dir)
		if want == nil {
			want = got
		}
		if len(got) != 120 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d entries, not the %d of the loose one", pack, len(got), len(want))
		}
	}
	if !strings.Contains(want[119], "Amended for the 4th") {
		t.Error("the last version is not the last one made")
	}
}

func TestSkippedEntriesAreNotRead(t *testing.T) {
	h := otatest.New(t)
	h.Commit(files{"A/T.md": "0"}, "Start", day(0))
	h.Commit(files{"A/T.md": "1"}, "Update", day(1))
	r, err := Open(t.Context(), h.Dir)
	if err != nil {
		t.Fatal(err)
	}
	asked, told, done := 0, 0, 0
	err = r.Each(t.Context(), func(_, path string) bool { asked++; return asked == 1 },
		func(n, total int) { done = n*10 + total }, func(e Entry) error {
			told++
			if e.Content != "1" {
				t.Errorf("told of %q", e.Content)
			}
			return nil
		})
	if err != nil || asked != 2 || told != 1 || done != 22 {
		t.Errorf("asked %d, told %d, progress %d, %v", asked, told, done, err)
	}
}

func TestFolderWithoutHistoryIsInvalid(t *testing.T) {
	empty := t.TempDir()
	noDocument := otatest.New(t)
	noDocument.Commit(files{"README.md": "x"}, "Start", day(0))
	broken := otatest.New(t)
	broken.Commit(files{"A/T.md": "x"}, "Start", day(0))
	broken.Pack(false)
	packs, err := filepath.Glob(filepath.Join(broken.Dir, "objects", "pack", "*.pack"))
	if err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	if err := os.Chmod(packs[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(packs[0], 20); err != nil {
		t.Fatal(err)
	}
	for what, dir := range map[string]string{"an empty folder": empty, "no folder": filepath.Join(empty, "x"),
		"no document": noDocument.Dir, "a cut pack": broken.Dir, "no commit": otatest.New(t).Dir} {
		if _, err := Open(t.Context(), dir); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestForgedObjectsAreRefused: a tree or file that is not what its name says is left out,
// with the commit that has it, and what follows is told of as ever; a commit that isn't
// ends the reading.
func TestForgedObjectsAreRefused(t *testing.T) {
	for _, kind := range []string{"blob", "tree", "commit"} {
		for _, packed := range []bool{false, true} {
			raw := otatest.NewRaw(t, "sha1")
			var pack []otatest.Packed
			forged, of := "", ""
			raw.History([]string{"one", "two", "three"}, func(k, content string) string {
				name := raw.Name(k, content)
				if k == kind && forged == "" && (k == "commit" || len(pack) > 3) {
					forged, content = name, strings.Replace(content, "two", "TWO", 1)+" "
				}
				if k == "commit" && forged != "" && of == "" {
					of = fmt.Sprintf("%x", name)
				}
				pack = append(pack, otatest.Packed{Name: name, Kind: k, Content: content})
				if !packed {
					raw.LooseAs(name, k, content)
				}
				return name
			})
			if packed {
				raw.Pack(pack)
			}
			var told []string
			r, err := Open(t.Context(), raw.Dir)
			if kind == "commit" {
				if !errors.Is(err, model.ErrInvalid) || !errors.Is(err, git.ErrForged) || !strings.Contains(err.Error(), of) {
					t.Errorf("a forged commit, packed %v: %v", packed, err)
				}
				continue
			}
			if err == nil {
				err = r.Each(t.Context(), ignore, nil, func(e Entry) error { told = append(told, e.Content); return nil })
				_ = r.Close()
			}
			if err != nil || !slices.Equal(told, []string{"one", "three"}) {
				t.Errorf("a forged %s, packed %v: told of %q, %v", kind, packed, told, err)
			}
			if out := r.LeftOut(); len(out) != 1 || out[0].Commit != of || (out[0].Path != "") != (kind == "blob") ||
				!strings.Contains(out[0].Why, fmt.Sprintf("%x", forged)) {
				t.Errorf("a forged %s, packed %v: left out %+v", kind, packed, out)
			}
		}
	}
}

// TestHistoryBySHA256IsRead: names of 32 bytes make no other difference.
func TestHistoryBySHA256IsRead(t *testing.T) {
	for _, algorithm := range []string{"sha1", "sha256"} {
		raw := otatest.NewRaw(t, algorithm)
		raw.History([]string{"one", "", "two"}, raw.Loose)
		expect(t, replay(t, raw.Dir), []string{`03-01 Acme/Terms "one"`, `03-02 Acme/Terms ""`,
			`03-03 Acme/Terms "two"`})
	}
}

func BenchmarkEach(b *testing.B) {
	h := otatest.New(b)
	for i := range 300 {
		h.Commit(files{"A/T.md": long(i), "B/T.md": long(i % 5)}, "Update", day(i))
	}
	h.Pack(false)
	benchmarkReading(b, h.Dir)
}
