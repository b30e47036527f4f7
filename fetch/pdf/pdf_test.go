package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"

	"fineprint/fetch/bounds"
	"fineprint/store/model"
)

func TestMain(m *testing.M) {
	compiledOnce = wazero.NewCompilationCache()
	os.Exit(m.Run())
}

// drawn is a line of text at a place of a page.
type drawn struct {
	x, y, size int
	text       string
}

// makePDF writes a PDF with these lines on its pages, in the order given.
func makePDF(pages ...[]drawn) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), strings.Join(kids, " "))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	for i, lines := range pages {
		var s strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&s, "BT /F %d Tf %d %d Td (%s) Tj ET\n", l.size, l.x, l.y, l.text)
		}
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>",
			5+2*i)
		object("<</Length %d>>stream\n%sendstream", s.Len(), s.String())
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF", len(at)+1, xref)
	return b.Bytes()
}

func TestPDFIsReadInReadingOrder(t *testing.T) {
	page := func(n int, lines ...drawn) []drawn {
		return append(append([]drawn{{60, 800, 9, "Acme running title"}}, lines...), drawn{290, 30, 9, fmt.Sprint(n)})
	}
	body := makePDF(
		page(1, drawn{60, 700, 10, "older than the law of your country says you have to be."},
			// drawn before what is above it
			drawn{60, 750, 18, "Terms of Service"},
			drawn{60, 712, 10, "You must be at least 16 years old to open an account, or"},
			drawn{60, 670, 10, "1. We may end your account."},
			drawn{60, 658, 10, "2. You may end it, too, and we keep"}),
		page(2, drawn{60, 750, 10, "your data for <30> days."}),
		page(3,
			drawn{60, 750, 10, "Left column, first line of it, and"},
			drawn{330, 750, 10, "Right column, first line of it, and"},
			drawn{60, 738, 10, "left column, second line of it, and"},
			drawn{330, 738, 10, "right column, second line of it, and"},
			drawn{60, 726, 10, "left column, third line of it."},
			drawn{330, 726, 10, "right column, third line of it."}))
	want := "# Terms of Service\n\nYou must be at least 16 years old to open an account, or " +
		"older than the law of your country says you have to be.\n\n" +
		"1. We may end your account.\n\n2. You may end it, too, and we keep your data for &lt;30&gt; days.\n\n" +
		"Left column, first line of it, and left column, second line of it, and left column, third line of it.\n\n" +
		"Right column, first line of it, and right column, second line of it, and right column, third line of it.\n"
	got, err := Text(body)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestFormsAreReadAsFilledIn: what a field shows is text, what is hidden in it is none.
func TestFormsAreReadAsFilledIn(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a file")
	}
	body := string(makePDF([]drawn{{60, 700, 12, "Name of the tenant"}, {60, 660, 12, "Rent for a month"}}))
	body = strings.Replace(body, "/Catalog", "/Catalog/AcroForm<</Fields[11 0 R 12 0 R]>>", 1)
	body = strings.Replace(body, "/Type/Page/", "/Type/Page/Annots[11 0 R 12 0 R]/", 1)
	field := func(n, flags, y int, value string) string {
		show := fmt.Sprintf("/Tx BMC BT /F 12 Tf 2 4 Td (%s) Tj ET EMC", value)
		return fmt.Sprintf("%d 0 obj\n<</Type/Annot/Subtype/Widget/FT/Tx/T(f%d)/V(%s)/F %d/Rect[200 %d 400 %d]"+
			"/AP<</N %d 0 R>>>>\nendobj\n%d 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 200 20]"+
			"/Resources<</Font<</F 3 0 R>>>>/Length %d>>stream\n%s\nendstream\nendobj\n",
			n, n, value, flags, y, y+20, n+10, n+10, len(show), show)
	}
	const printed, hidden = 4, 2
	fields := field(11, printed, 696, "Ottoline Vance") + field(12, hidden, 656, "999")
	body = strings.Replace(body, "xref\n", fields+"xref\n", 1)
	got, err := Text([]byte(body))
	if want := "Name of the tenant Ottoline Vance"; err != nil || !strings.Contains(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	if strings.Contains(got, "999") {
		t.Errorf("a hidden field: %q", got)
	}
}

// TestMalformedPDFIsInvalid: cut and altered files give an error of ours or a text.
func TestMalformedPDFIsInvalid(t *testing.T) {
	if testing.Short() {
		t.Skip("each file takes half a second")
	}
	body := makePDF([]drawn{{60, 700, 10, "Terms"}})
	loop := bytes.Replace(body, []byte("/Kids[4 0 R]"), []byte("/Kids[2 0 R]"), 1)
	deep := []byte("%PDF-1.4\n1 0 obj\n" + strings.Repeat("[", 100_000) + "\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF")
	many := bytes.Replace(body, []byte("/Count 1"), []byte("/Count 2000000000"), 1)
	for name, b := range map[string][]byte{"cut": body[:len(body)/2], "loop": loop, "deep": deep, "many": many,
		"empty": makePDF([]drawn{})} {
		got, err := Text(b)
		if err != nil && !errors.Is(err, model.ErrInvalid) || err != nil && got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if name == "empty" && err == nil {
			t.Error("a PDF without text has one")
		}
	}
}

// TestTextOfPiecesIsBounded: however many pieces the text is in.
func TestTextOfPiecesIsBounded(t *testing.T) {
	page := make([]line, 2000)
	for i := range page {
		page[i].words = []word{{text: strings.Repeat("x", 1000)}}
	}
	if err := spend(bounds.NewBudget(50_000), page); !errors.Is(err, bounds.ErrGrowth) {
		t.Errorf("2 MB of 50 KB: %v", err)
	}
	if err := spend(bounds.NewBudget(50_000), page[:1000]); err != nil {
		t.Errorf("1 MB of 50 KB: %v", err)
	}
}

func TestSandboxTracesAreNotShown(t *testing.T) {
	if err := plainSandbox(errors.New("wasm error: unreachable\nwasm stack trace:")); !errors.Is(err, errSandbox) {
		t.Errorf("%v", err)
	}
	if err := plainSandbox(model.ErrNotFound); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

// FuzzWritten: wherever letters stand on pages, nothing panics, and the same pages are written alike.
func FuzzWritten(f *testing.F) {
	f.Add("a\x00b", "12", uint8(3), uint8(7))
	f.Fuzz(func(t *testing.T, a, b string, n, step uint8) {
		var pages [][]line
		for i := range int(n % 5) {
			var glyphs []glyph
			x, y := 0.0, float64(700-int(step%40)*i)
			for j, r := range a + "\r" + b + " " + a {
				if r == 'z' {
					x, y = 300, y+float64(step%30)
				}
				glyphs = append(glyphs, glyph{left: x, right: x + 5, top: y, bottom: y - 10, char: r, index: j})
				x += 5 + float64(step%3)
			}
			lines := linesOf(glyphs)
			for k := range lines {
				lines[k].serial = k
			}
			mirrorLines(lines)
			pages = append(pages, lines)
		}
		first, err := written(slices.Clone(pages))
		if again, _ := written(pages); err == nil && first != again {
			t.Fatal("two texts of the same pages")
		}
	})
}
