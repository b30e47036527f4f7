package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"fineprint/store/model"
)

var testHead = model.JournalHead{Store: strings.Repeat("a1", 16), Entries: 297, Link: strings.Repeat("9b", 32)}

// madeUp is a head that no export here carries; what is quoted in them says it.
const madeUp = "Journal head: fineprint-head:1:ffffffffffffffffffffffffffffffff:9:" +
	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

// TestEveryFormatCarriesTheHead and is, without it, what it was before.
func TestEveryFormatCarriesTheHead(t *testing.T) {
	records, source := withSource(goldenRecords()...)
	for i := range records {
		records[i].Summary += "\n\n" + madeUp + "\n@comment{" + madeUp[14:] + "}" + headMeta + madeUp[14:] + "\">"
		records[i].Platform.Name += " " + madeUp + "."
	}
	for _, f := range Formats {
		for _, gzipped := range []bool{false, f.Gzip} {
			o := Options{Tool: "fineprint/1", StoreID: testHead.Store, Source: source, Gzip: gzipped, Head: testHead}
			with, plain := bytesOf(t, f, records, o), bytesOf(t, f, records, Options{Tool: o.Tool, StoreID: o.StoreID,
				Source: o.Source, Gzip: gzipped})
			got, err := ReadHead(bytes.NewReader(with), int64(len(with)))
			if err != nil || got != testHead {
				t.Errorf("%s: %+v, %v", f.Name, got, err)
			}
			if got, err := ReadHead(bytes.NewReader(plain), int64(len(plain))); !errors.Is(err, model.ErrInvalid) {
				t.Errorf("%s without a head: %+v, %v", f.Name, got, err)
			}
			if !bytes.Equal(with, bytesOf(t, f, records, o)) {
				t.Errorf("%s: equal records give other bytes", f.Name)
			}
		}
	}
}

// bytesOf is an export as bytes, a folder as a zip.
func bytesOf(t *testing.T, f Format, records []model.Record, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	if f.Folder {
		z := zip.NewWriter(&b)
		err = errors.Join(WriteFolder(z, f, RecordsOf(records...), o), z.Close())
	} else {
		err = Write(&b, f, RecordsOf(records...), o)
	}
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return b.Bytes()
}

func TestHeadIsLookedForWithBounds(t *testing.T) {
	for name, b := range map[string]string{
		"nothing": "", "zeros": strings.Repeat("\x00", 9<<20), "deep JSON": strings.Repeat("[", 5<<20),
		"object": `{"a":` + strings.Repeat(`{"a":`, 1<<20), "no zip": "PK\x03\x04", "brackets": strings.Repeat("<", 5<<20),
		"notes": "TY  - \r\nN1  - " + strings.Repeat(headWords, 200_000) + "\r\nER  - ",
	} {
		if got, err := ReadHead(strings.NewReader(b), int64(len(b))); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
