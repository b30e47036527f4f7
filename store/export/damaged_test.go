package export

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fineprint/store/model"
)

// saysDamage is the one table of which formats say in themselves what they are without; a test
// fails when one is missing.
var saysDamage = map[string]bool{
	"json": true, "md": true, "text": true, "html": true, "pdf": true, "atom": true, "bibtex": true, "dataset": true, "warc": true,
	"jsonl": false, "csv": false, "csl": false, "ris": false,
}

var lostRevision = model.Damage{ID: "FP-R-000009", What: "revision 1 of FP-R-000009", Bucket: "record", Key: "09",
	Means: "the record is in no list and in no export\x1b[2J"}

// TestExportsSayWhatTheyAreWithout: where the format has room; the head is found as before, the
// rest is as before, and of what is whole no byte is another.
func TestExportsSayWhatTheyAreWithout(t *testing.T) {
	schema := compiled(t)
	for _, f := range Formats {
		says, known := saysDamage[f.Name]
		if !known {
			t.Errorf("%s: the table doesn't say whether it has room for what is missing", f.Name)
		}
		for _, n := range []int{0, 1, 2} {
			records, source := withSource(goldenRecords()[:n]...)
			o := Options{Tool: "fineprint/1", StoreID: testHead.Store, Source: source, Head: testHead}
			whole := bytesOf(t, f, records, o)
			o.Damaged = []model.Damage{lostRevision}
			got := bytesOf(t, f, records, o)
			if !says && !bytes.Equal(got, whole) {
				t.Errorf("%s has no room, and is another", f.Name)
			}
			if says && bytes.Equal(got, whole) {
				t.Errorf("%s of %d records doesn't say what is missing", f.Name, n)
			}
			if f.Content == Text && says && !f.Folder && !bytes.Contains(got, []byte("FP-R-000009")) {
				t.Errorf("%s of %d records doesn't name what is missing:\n%s", f.Name, n, got)
			}
			if f.Name != "json" && bytes.Contains(got, []byte("\x1b[2J")) && f.Content == Text {
				t.Errorf("%s has a raw escape", f.Name)
			}
			want, _ := ReadHead(bytes.NewReader(whole), int64(len(whole)))
			if head, _ := ReadHead(bytes.NewReader(got), int64(len(got))); head != want {
				t.Errorf("%s: its head is %+v, not %+v", f.Name, head, want)
			}
			if f.Name == "json" {
				validate(t, schema, f.Name, got)
			}
		}
	}
}

// TestFoldersSayWhatTheyAreWithout in a file of their own, or in the index and in a page alone.
func TestFoldersSayWhatTheyAreWithout(t *testing.T) {
	records, source := withSource(goldenRecords()...)
	o := Options{Source: source, Damaged: []model.Damage{lostRevision}}
	for name, wants := range map[string][]string{
		"html":    {"<strong>Incomplete.</strong> The database is damaged", "revision 1 of FP-R-000009"},
		"dataset": {"-- damaged.json --\n[", `"what": "revision 1 of FP-R-000009"`},
	} {
		var b strings.Builder
		if err := writeAll(&b, format(t, name), RecordsOf(records...), o); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if strings.Count(b.String(), want) != 1 {
				t.Errorf("%s has %d times %q", name, strings.Count(b.String(), want), want)
			}
		}
	}
	var page strings.Builder
	if err := Write(&page, format(t, "html"), RecordsOf(records[0]), o); err != nil || !strings.Contains(page.String(), "Incomplete") {
		t.Errorf("the page of one record doesn't say it: %v", err)
	}
}

// TestLongListOfDamageIsCut in a sentence, and whole in JSON.
func TestLongListOfDamageIsCut(t *testing.T) {
	var o Options
	for i := range 3 * mostNamed {
		o.Damaged = append(o.Damaged, model.Damage{What: fmt.Sprintf("revision 1 of FP-R-%06d", i), Means: "gone"})
	}
	var md, whole strings.Builder
	if err := errors.Join(Write(&md, format(t, "md"), RecordsOf(), o), Write(&whole, format(t, "json"), RecordsOf(), o)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(md.String(), "and 40 more.") || strings.Count(md.String(), "revision 1 of") != mostNamed {
		t.Error(md.String())
	}
	if strings.Count(whole.String(), "revision 1 of") != 3*mostNamed {
		t.Error(whole.String())
	}
}

// damagedSource can't read one text and one snapshot.
type damagedSource struct{ fakeSource }

func (s damagedSource) Text(document model.ID, seq int) (string, error) {
	if seq == 3 {
		return "", fmt.Errorf("reading it: %w", model.ErrDamaged)
	}
	return s.fakeSource.Text(document, seq)
}

// TestTextsThatCannotBeReadAreLeftOut of a dataset and a WARC, and named there; who doesn't
// want to go on gets the error.
func TestTextsThatCannotBeReadAreLeftOut(t *testing.T) {
	records, source := withSource(goldenRecords()[0])
	o := Options{Source: damagedSource{source}}
	for _, name := range []string{"dataset", "warc"} {
		var b strings.Builder
		if err := writeAll(&b, format(t, name), RecordsOf(records...), o); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	o.Lost = func(err error) (model.Damage, bool) {
		return model.Damage{What: "a stored text (12)", Means: "it can't be shown"}, errors.Is(err, model.ErrDamaged)
	}
	const named = "a stored text (12), behind version 3 of FP-D-00001"
	for _, name := range []string{"dataset", "warc"} {
		var b strings.Builder
		if err := writeAll(&b, format(t, name), RecordsOf(records...), o); err != nil {
			t.Fatal(err)
		}
		for want, n := range map[string]int{named: 1, "Version 3 of": 0} {
			if got := strings.Count(b.String(), want); got != n {
				t.Errorf("%s has %d times %q", name, got, want)
			}
		}
		if name == "warc" {
			if kept, blocks := readWARC(t, []byte(b.String())); len(kept) < 4 || !strings.Contains(blocks[len(blocks)-1], named) {
				t.Errorf("%d records, and the last is %q", len(kept), blocks[len(blocks)-1])
			}
		}
	}
	delete(source, "FP-D-00001@3")
	if err := writeAll(&strings.Builder{}, format(t, "dataset"), RecordsOf(records...), Options{Source: source, Lost: o.Lost}); err == nil {
		t.Error("what isn't damage is gone without")
	}
}
