package integrity

import (
	"encoding/binary"
	"errors"
	"testing"

	"fineprint/store/model"
)

// TestMetaIsSealed: no bit of the database's own values, nor of their seal, flips unnoticed; what builds
// without a seal do is none.
func TestMetaIsSealed(t *testing.T) {
	sound := func() map[string][]byte {
		m := map[string][]byte{"schema": number(3), "prefix": []byte("FP"), "id": []byte("0123456789abcdef0123456789abcdef")}
		m["seal"] = Seal(func(k []byte) []byte { return m[string(k)] }, m["schema"])
		return m
	}
	check := func(m map[string][]byte) error {
		return CheckSeal(func(k []byte) []byte { return m[string(k)] }, first)
	}
	if err := check(sound()); err != nil {
		t.Fatal(err)
	}
	for key, value := range sound() {
		for bit := range 8 * len(value) {
			m := sound()
			m[key][bit/8] ^= 1 << (bit % 8)
			if err := check(m); !errors.Is(err, model.ErrDamaged) && !(key == "schema" && raised(m[key])) {
				t.Errorf("bit %d of %s: %v", bit, key, err)
			}
		}
	}
	m := sound()
	m["schema"] = number(8)
	if err := check(m); err != nil {
		t.Errorf("a build without a seal raised the schema: %v", err)
	}
	m = sound()
	delete(m, "seal")
	if err := check(m); err != nil {
		t.Errorf("a database of before: %v", err)
	}
}

// raised reports whether a schema is one that a build without a seal may have written after 3, or that is
// refused whatever the seal.
func raised(schema []byte) bool { n := binary.BigEndian.Uint64(schema); return n > 3 || n < first }

const first = 1

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
