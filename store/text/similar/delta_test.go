package similar

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"fineprint/store/model"
)

func (d delta) String() string {
	var list []string
	for _, s := range d {
		list = append(list, string(s.op)+s.word)
	}
	return strings.Join(list, " ")
}

// TestNeighboursOfFewChangedWords: at most four words on each side of a change, and
// none where much changed.
func TestNeighboursOfFewChangedWords(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"a b c d e x f g h i j", "a b c d e y f g h i j", "=b =c =d =e -x +y =f =g =h =i"},
		{"x a b c d e", "y a b c d e", "-x +y =a =b =c =d"},
		{"a b c d e", "y a b c d e", "+y =a =b =c =d"},
		{"x a b c d e", "a b c d e", "-x =a =b =c =d"},
		{"a b c d e x", "a b c d e y", "=b =c =d =e -x +y"},
		{"a b c d e", "a b c d e y", "=b =c =d =e +y"},
		{"a b c d e x", "a b c d e", "=b =c =d =e -x"},
		{"x a b", "y a b", "-x +y =a =b"},
		{"u a b v", "w a b x", "-u +w =a =b -v +x"},
		{"u a b c d e v", "w a b c d e x", "-u +w =a =b =c =d =e -v +x"},
		{"u a b c d e f g h i v", "w a b c d e f g h i x", "-u +w =a =b =c =d =f =g =h =i -v +x"},
		{"a p q r s b", "a u v w b", "=a -p -q -r -s +u +v +w =b"},
		{"a p q r s b", "a u v w x b", "-p -q -r -s +u +v +w +x"},
		{"x", "x y", "=x +y"},
		{"x y", "x", "=x -y"},
		{"x", "y", "-x +y"},
		{"a b", "", "-a -b"},
		{"", "a b", "+a +b"},
		{"a b", "a b", ""},
	} {
		var r reader
		r.differing(strings.Fields(c.old), strings.Fields(c.new))
		if got := r.delta.String(); got != c.want {
			t.Errorf("%q to %q:\n got %s\nwant %s", c.old, c.new, got, c.want)
		}
	}
}

// TestHeadingCountsWithUpToSevenWords: of what came or went.
func TestHeadingCountsWithUpToSevenWords(t *testing.T) {
	for _, c := range []struct {
		kind  model.Kind
		words string
		want  string
	}{
		{model.Added, "a b c d e f g", "=our =fees +a +b +c +d +e +f +g"},
		{model.Added, "a b c d e f g h", "+a +b +c +d +e +f +g +h"},
		{model.Removed, "a", "=our =fees -a"},
		{model.Modified, "a", "+a"},
	} {
		change := &model.ClauseChange{Kind: c.kind, Heading: []string{"Terms", "Our Fees"}}
		extent := &model.ByteRange{End: len(c.words)}
		if c.kind == model.Removed {
			change.Old = extent
		} else {
			change.New = extent
		}
		if got := new(reader).deltaOf(c.words, c.words, change).String(); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.kind, c.words, got, c.want)
		}
		change.Heading = nil
		if got := new(reader).deltaOf(c.words, c.words, change).String(); strings.Contains(got, "=") {
			t.Errorf("%s %q under nothing: %s", c.kind, c.words, got)
		}
	}
}

func TestNeighbourCountsWithTheNearestChange(t *testing.T) {
	d := delta{{'=', "a"}, {'=', "b"}, {'-', "x"}, {'=', "c"}, {'+', "y"}, {'=', "d"}}
	for i, want := range map[int]string{0: "x", 1: "x", 2: "x", 3: "x", 4: "y", 5: "y"} {
		if got := d.changedNear(i); got.word != want {
			t.Errorf("word %d counts with %q, want %q", i, got.word, want)
		}
	}
	if got := (delta{{'=', "a"}}).changedNear(0); got != (step{}) {
		t.Errorf("with %+v where nothing changed", got)
	}
}

// TestFeaturesAreWordsAndPairsOfOneKind: two words that follow each other make a
// pair where the same was done to both.
func TestFeaturesAreWordsAndPairsOfOneKind(t *testing.T) {
	count := func(d delta) int {
		features := map[uint64]struct{}{}
		d.features(func(f uint64) { features[f] = struct{}{} })
		return len(features)
	}
	for n, d := range map[int]delta{
		0: {},
		1: {{'+', "a"}},
		2: {{'+', "a"}, {'-', "b"}},
		3: {{'+', "a"}, {'+', "b"}},
		5: {{'+', "a"}, {'+', "b"}, {'+', "c"}},
		7: {{'+', "a"}, {'+', "b"}, {'+', "c"}, {'-', "a"}, {'=', "a"}},
		4: {{'=', "a"}, {'+', "x"}, {'=', "a"}, {'-', "x"}, {'=', "a"}},
	} {
		if got := count(d); got != n {
			t.Errorf("%s has %d features, want %d", d, got, n)
		}
	}
}

// TestStoredFingerprintsStayComparable: fingerprints are stored, and one made today
// must be that of the same change made by a former program.
func TestStoredFingerprintsStayComparable(t *testing.T) {
	for _, c := range []struct {
		old, new, key, sketch string
	}{
		{"We keep it for 30 days.", "We keep it for 60 days.", "2d74029deca25bc8a1cd",
			"ff70758cc984fc446870786eb949e4953c9eed2988a5c94182cee6998650827f"},
		{"", "You agree that any dispute is settled by an arbitrator, and that you join no class action.",
			"cc9168e672b988c6c662", "e9d2ae2ecc8ced3af058a6b89031e66f2b5db3eb9bb95da5c4fed40b5717ee70"},
	} {
		got := New(c.old, c.new, []model.ClauseChange{{Kind: model.Modified, Material: true,
			Old: &model.ByteRange{End: len(c.old)}, New: &model.ByteRange{End: len(c.new)}}})
		key, sketch := hex.EncodeToString(got.Key), hex.EncodeToString(got.Sketch)
		if key != c.key || sketch != c.sketch {
			t.Errorf("%q:\n got %s %s\nwant %s %s", c.new, key, sketch, c.key, c.sketch)
		}
	}
}

func TestSimilarityCountsEqualBytesLessChance(t *testing.T) {
	a := bytes.Repeat([]byte{1}, sketchSize)
	for equal, want := range map[int]float64{0: 0, 16: (0.5 - 1.0/256) / (1 - 1.0/256), 32: 1} {
		b := append(bytes.Repeat([]byte{1}, equal), bytes.Repeat([]byte{2}, sketchSize-equal)...)
		if got := Similarity(a, b); math.Abs(got-want) > 1e-9 {
			t.Errorf("%d equal bytes: %f, want %f", equal, got, want)
		}
	}
	for _, b := range [][]byte{nil, a[:sketchSize-1], append(a, 1)} {
		if Similarity(a, b) != 0 || Similarity(b, a) != 0 || Similarity(b, b) != 0 {
			t.Errorf("what is no sketch (%d bytes) is like something", len(b))
		}
	}
}

// TestLowerCaseIsThatOfTheLibrary: byte for byte, for keys are stored.
func TestLowerCaseIsThatOfTheLibrary(t *testing.T) {
	for _, s := range []string{"", "Fees", "FÉES", "İstanbul", "\u212aelvin", "ẞ", "ΑΣ", "a\xffB", "\xc3", "Ⱥ", "条款", "e\u0301"} {
		if got, want := appendLower(nil, []byte(s)), bytes.ToLower([]byte(s)); !bytes.Equal(got, want) {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
