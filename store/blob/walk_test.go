package blob_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// TestWalkVisitsEveryContentOnce, in memory that is used again.
func TestWalkVisitsEveryContentOnce(t *testing.T) {
	contents := append(versions(120), "", "Please sign in.", versions(121)[120])
	var visited []uint64
	memory := map[*byte]bool{}
	err := stored(t, contents).View(t.Context(), func(tx *kv.Tx) error {
		return blob.Walk(tx, func(n uint64, b blob.Value, content []byte, err error) error {
			visited = append(visited, n)
			want, readErr := blob.Read(tx, n)
			if err != nil || readErr != nil || !bytes.Equal(content, want) || kv.SumOf(content) != kv.Sum(b.Sum) {
				t.Errorf("blob %d: %d bytes, %v, want %d, %v", n, len(content), err, len(want), readErr)
			}
			if len(content) > 0 {
				memory[&content[0]] = true
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if slices.Sort(visited); len(slices.Compact(visited)) != len(contents) {
		t.Errorf("%d of %d were visited", len(visited), len(contents))
	}
	if len(memory) > 10 {
		t.Errorf("%d contents are held of %d", len(memory), len(contents))
	}
}

// TestWalkVisitsWhatIsForged: a value that can't be is visited with its error, and so is
// what builds on it; the others are as ever.
func TestWalkVisitsWhatIsForged(t *testing.T) {
	const n, forged = 9, 3
	undo := errors.New("not to be kept")
	for name, forge := range map[string]func(b *blob.Value) []byte{
		"builds on itself":    func(b *blob.Value) []byte { b.Base = forged; return b.Encode(forged) },
		"builds on a later":   func(b *blob.Value) []byte { b.Base = forged + 1; return b.Encode(forged) },
		"builds on a missing": func(b *blob.Value) []byte { b.Base = 77; return b.Encode(forged) },
		"of another depth":    func(b *blob.Value) []byte { b.Depth = 7; return b.Encode(forged) },
		"whole with a base":   func(b *blob.Value) []byte { b.Depth = 0; return b.Encode(forged) },
		"of another checksum": func(b *blob.Value) []byte { return b.Encode(forged + 1) },
		"cut":                 func(b *blob.Value) []byte { return b.Encode(forged)[:20] },
	} {
		err := stored(t, versions(n)).Update(t.Context(), func(tx *kv.Tx) error {
			b, err := blob.Get(tx, forged)
			if err != nil {
				return err
			}
			if err := tx.Bucket(kv.BucketBlob).Put(kv.Key(forged), forge(&b)); err != nil {
				return err
			}
			visits := map[uint64]error{}
			err = blob.Walk(tx, func(n uint64, _ blob.Value, _ []byte, err error) error {
				if _, twice := visits[n]; twice {
					t.Errorf("%s: blob %d is visited twice", name, n)
				}
				visits[n] = err
				return nil
			})
			if err != nil || len(visits) != n {
				t.Errorf("%s: %d of %d were visited, %v", name, len(visits), n, err)
			}
			for at, err := range visits {
				if at >= forged && !errors.Is(err, model.ErrDamaged) || at < forged && err != nil {
					t.Errorf("%s: blob %d: %v", name, at, err)
				}
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
	}
}

func TestWalkEndsWithAnErrorOfTheVisit(t *testing.T) {
	enough := errors.New("enough")
	for stop := 1; stop <= 3; stop++ {
		visits := 0
		err := stored(t, versions(3)).View(t.Context(), func(tx *kv.Tx) error {
			return blob.Walk(tx, func(uint64, blob.Value, []byte, error) error {
				if visits++; visits == stop {
					return enough
				}
				return nil
			})
		})
		if !errors.Is(err, enough) || visits != stop {
			t.Errorf("%d visits of %d, %v", visits, stop, err)
		}
	}
}
