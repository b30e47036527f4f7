package damage

import (
	"path/filepath"
	"testing"

	"fineprint/cmd/dev/faults/trial"
	"fineprint/cmd/dev/storetest"
)

// TestAtlasFindsEveryValueAndNotesWhatIsHit on a real database: every value is where the
// atlas says, and a flipped bit hits the one that is there.
func TestAtlasFindsEveryValueAndNotesWhatIsHit(t *testing.T) {
	s := storetest.New(t, 30)
	a, err := chart(t.Context(), s.Path())
	if err != nil {
		t.Fatal(err)
	}
	values, err := trial.Read(t.Context(), s.Path())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, p := range a.places {
		value, there := values[p.bucket][p.key]
		if there && string(a.raw[p.data.from:p.data.to]) == p.key+string(value) {
			found++
		}
	}
	if found < 60 || len(a.regions["meta page"]) != 2 || len(a.regions["free list"]) != 1 || len(a.regions["leaf header"]) == 0 {
		t.Errorf("the atlas has %d values and the regions %d", found, len(a.regions))
	}
	must, err := trial.LastingOf(t.Context(), s.Path())
	if err != nil {
		t.Fatal(err)
	}
	sound, err := a.sound(t.Context(), filepath.Clean(s.Path()), must)
	if err != nil || len(sound) == 0 {
		t.Errorf("%d sound values, %v", len(sound), err)
	}
	raw := append([]byte{}, a.raw...)
	p := a.places[len(a.places)/2]
	raw[p.data.to-1] ^= 4
	if hit := a.changed(raw); !hit(p.data) || hit(p.entry) {
		t.Error("a flipped bit of a value doesn't hit it alone")
	}
	if hit := a.changed(a.raw[:p.data.to-1]); !hit(p.data) {
		t.Error("what was cut off was not hit")
	}
}
