package eval

import "testing"

// TestReadIsWhole: the mutator's own reading of Markdown loses nothing.
func TestReadIsWhole(t *testing.T) {
	documents, err := Invented()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		prefix, blocks := read(d.Text)
		if text, _ := write(prefix, blocks); text != d.Text {
			t.Errorf("%s: read and written again it differs", d.Name)
		}
	}
}
