package export

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/nlnwa/gowarc/v3"

	"fineprint/store/model"
)

// fakeSource has bytes under the ID of their snapshot, and texts under DOCUMENT@SEQ.
type fakeSource map[string]string

func (s fakeSource) Snapshot(id model.ID) (model.Snapshot, error) {
	return model.Snapshot{ID: id, MediaType: "text/html; charset=utf-8", Origin: model.Provenance{
		Method: model.MethodWeb, Status: 200, Remote: "192.0.2.7:443", Header: map[string]string{
			"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "br", "Content-Length": "17",
			"X-Evil": "a\r\nSet-Cookie: x", "Bad name": "x"}}}, nil
}

func (s fakeSource) RawOf(id model.ID) ([]byte, error) {
	if b, ok := s[string(id)]; ok {
		return []byte(b), nil
	}
	return nil, model.ErrNotFound
}

func (s fakeSource) Text(document model.ID, seq int) (string, error) {
	if text, ok := s[fmt.Sprintf("%s@%d", document, seq)]; ok {
		return text, nil
	}
	return "", model.ErrNotFound
}

func sumOf(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

// withSource gives records something to rest on.
func withSource(records ...model.Record) ([]model.Record, fakeSource) {
	source := fakeSource{}
	for i := range records {
		r := &records[i]
		for _, e := range []*model.Evidence{&r.From, &r.To} {
			if e.Seq == 0 {
				continue
			}
			text := fmt.Sprintf("# Terms\n\nVersion %d of %s.\n", e.Seq, r.Document)
			source[fmt.Sprintf("%s@%d", r.Document, e.Seq)], e.TextSHA256 = text, sumOf(text)
			if e.Snapshot != "" {
				raw := "<h1>Terms</h1>\r\n\r\n<p>" + string(e.Snapshot) + "\x00\xff"
				source[string(e.Snapshot)], e.RawSHA256 = raw, sumOf(raw)
			}
		}
	}
	return records, source
}

// rests reports whether a format holds what is behind the records.
func rests(f Format) bool { return f.Name == "warc" || f.Name == "dataset" }

// inputs are the records of a test as a format can write them.
func inputs(f Format, o Options, records ...model.Record) (Records, Options) {
	if rests(f) {
		records, o.Source = withSource(records...)
	}
	return RecordsOf(records...), o
}

// readWARC reads a file with the library's own strict reader.
func readWARC(t *testing.T, b []byte) (records []gowarc.WarcRecord, blocks []string) {
	t.Helper()
	u := gowarc.NewUnmarshaler(gowarc.WithStrictValidation())
	r := bufio.NewReader(bytes.NewReader(b))
	for {
		record, _, remarks, err := u.Unmarshal(r)
		if err == io.EOF {
			return records, blocks
		}
		if err != nil || len(remarks) > 0 {
			t.Fatalf("record %d: %v %v", len(records), err, remarks)
		}
		body, err := record.Block().RawBytes()
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if remarks, err := record.ValidateDigest(); err != nil || len(remarks) > 0 {
			t.Errorf("record %d: %v %v", len(records), err, remarks)
		}
		records, blocks = append(records, record), append(blocks, string(block))
		_ = record.Close()
	}
}

func TestWARCHasEachCaptureOnce(t *testing.T) {
	list := goldenRecords()[:1]
	again := list[0]
	again.ID, again.Title = "FP-R-000009", "Evil\r\nWARC-Type: forged"
	records, source := withSource(list[0], again)
	for _, zipped := range []bool{false, true} {
		var b bytes.Buffer
		err := Write(&b, format(t, "warc"), RecordsOf(records...), Options{Source: source, StoreID: "s", Gzip: zipped})
		if err != nil {
			t.Fatal(err)
		}
		got, blocks := readWARC(t, b.Bytes())
		var kinds []string
		for _, r := range got {
			kinds = append(kinds, r.Type().String())
		}
		const want = "[warcinfo resource metadata response metadata metadata metadata]"
		if fmt.Sprint(kinds) != want {
			t.Errorf("%v, want %s", kinds, want)
		}
		if !strings.HasPrefix(blocks[3], "HTTP/1.1 200 OK\r\nX-Archive-Orig-Content-Encoding: br\r\n") ||
			!strings.HasSuffix(blocks[3], "\r\n\r\n"+source["FP-S-000004"]) || strings.Contains(blocks[3], "Bad name") ||
			strings.Contains(blocks[3], "\nSet-Cookie") {
			t.Errorf("the response is\n%q", blocks[3])
		}
		header := got[3].WarcHeader()
		if header.Get(gowarc.WarcTargetURI) != "https://acme.example/terms_of_use" ||
			header.Get(gowarc.WarcPayloadDigest) != "sha256:"+records[0].To.RawSHA256 ||
			header.Get(gowarc.WarcIPAddress) != "192.0.2.7" ||
			header.Get(gowarc.WarcDate) != "2026-03-04T04:06:07Z" {
			t.Errorf("its header is %v", header)
		}
		if blocks[1] != source["FP-D-00001@3"] || !strings.Contains(blocks[2], "text only") ||
			got[5].WarcHeader().Get(gowarc.WarcRefersTo) != header.Get(gowarc.WarcRecordID) {
			t.Errorf("%q, %q", blocks[1], blocks[2])
		}
		if zipped {
			checkMembers(t, b.Bytes(), len(got))
		}
	}
}

// checkMembers counts the gzip members of a file: a record each.
func checkMembers(t *testing.T, b []byte, want int) {
	t.Helper()
	r := bytes.NewReader(b) // a ByteReader: no byte is read beyond a member
	n := 0
	for r.Len() > 0 {
		z, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		z.Multistream(false)
		if _, err := io.Copy(io.Discard, z); err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != want {
		t.Errorf("%d members, want %d", n, want)
	}
}

// TestDamageIsNoGap: what does not match, can't be read or isn't at hand ends the export.
func TestDamageIsNoGap(t *testing.T) {
	for _, f := range Formats {
		if !rests(f) {
			continue
		}
		records, source := withSource(goldenRecords()[0])
		for key := range source {
			if strings.HasPrefix(key, "FP-S") && f.Name == "dataset" || key == "FP-D-00001@4" && f.Name == "warc" {
				continue
			}
			whole := source[key]
			source[key] += "!"
			err := writeAll(io.Discard, f, RecordsOf(records...), Options{Source: source})
			if !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s: %s is changed: %v", f.Name, key, err)
			}
			delete(source, key)
			if err := writeAll(io.Discard, f, RecordsOf(records...), Options{Source: source}); !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %s is gone: %v", f.Name, key, err)
			}
			source[key] = whole
		}
		if err := writeAll(io.Discard, f, RecordsOf(records...), Options{}); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s without a source: %v", f.Name, err)
		}
	}
}

func TestDatasetNamesAreSafe(t *testing.T) {
	for _, evil := range append(hostile, "..", "../../etc", "a/b", `a\b`, "con", "NUL.txt", ".hidden", "C:", " x. ") {
		got := folderName(evil)
		if got == "" || len(got) > 125 || path.Clean("/x/"+got) != "/x/"+got || strings.ContainsAny(got, `/\:*?"<>|`) ||
			strings.HasPrefix(got, ".") || strings.HasSuffix(got, ".") {
			t.Errorf("%q becomes %q", evil, got)
		}
	}
	if got := folderName("Open Terms (EU) – Größe"); got != "Open Terms (EU) – Größe" {
		t.Errorf("%q", got)
	}
}

// TestDatasetHasEachTextOnce, and its index tells which records rest on it; two captures
// in one second are two files.
func TestDatasetHasEachTextOnce(t *testing.T) {
	first := goldenRecords()[0]
	again, near := first, first
	again.ID, near.ID, near.Document = "FP-R-000009", "FP-R-000010", "FP-D-00002"
	near.To.CapturedAt = near.To.CapturedAt.Add(time.Millisecond)
	records, source := withSource(first, again, near)
	var b bytes.Buffer
	if err := writeAll(&b, format(t, "dataset"), RecordsOf(records...), Options{Source: source}); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, line := range strings.Split(b.String(), "\n") {
		if strings.HasPrefix(line, "-- ") {
			names = append(names, strings.Trim(line, "- "))
		}
	}
	want := "[README.md Acme/Terms/2026-02-04T04-06-07Z.md Acme/Terms/2026-03-04T04-06-07Z.md " +
		"Acme/Terms/2026-02-04T04-06-08Z.md Acme/Terms/2026-03-04T04-06-08Z.md versions.jsonl]"
	if fmt.Sprint(names) != want {
		t.Errorf("%v", names)
	}
	_, index, _ := strings.Cut(b.String(), "-- versions.jsonl --\n")
	var v datasetVersion
	if err := json.Unmarshal([]byte(strings.SplitN(index, "\n", 2)[0]), &v); err != nil || fmt.Sprint(v.Records) !=
		"[FP-R-000001 FP-R-000009]" || v.Version != 3 {
		t.Errorf("%+v, %v", v, err)
	}
}
