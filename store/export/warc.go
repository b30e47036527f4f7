package export

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "warc", Ext: ".warc", Description: "raw captures behind the records, for web archives (WARC 1.1)",
		Position: 13, Content: Binary, Gzip: true, write: writeWARC,
		head: warcHead,
	})
}

// writeWARC writes each capture once, however many records rest on it, and after its
// captures a metadata record for each record.
func writeWARC(w io.Writer, records Records, o Options) error {
	at, err := latestApproval(records)
	if err != nil {
		return err
	}
	a := &warcWriter{w: w, o: o, written: map[string]string{}}
	if err := a.info(at); err != nil {
		return err
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		if !standing(r) {
			continue
		}
		if err := a.record(r); err != nil {
			return fmt.Errorf("writing the captures of %s: %w", r.ID, err)
		}
	}
	return a.damaged(at)
}

// The types of WARC records that are written.
const (
	warcInfo     = "warcinfo"
	warcResponse = "response"
	warcResource = "resource"
	warcMetadata = "metadata"
)

// warcWriter writes WARC records. A library of 630,000 bytes would do the same: the tests
// read what is written with its strict reader.
type warcWriter struct {
	w       io.Writer
	o       Options
	written map[string]string // the WARC-Record-ID of a snapshot, or of a version's text
}

// warcRecord is what is given of a WARC record; what follows from its block isn't.
type warcRecord struct {
	kind    string
	id      string // a URN
	at      time.Time
	target  string
	media   string
	ip      string
	payload []byte // of a response, whose block begins before it
	refers  string // to a record, for metadata
	with    []string
	block   []byte
}

func (a *warcWriter) info(at time.Time) error {
	block := warcFields{
		{"software", or(a.o.Tool, "fineprint")}, {"format", "WARC File Format 1.1"},
		{"conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{"description", "The captures behind records of what platforms' terms say"},
		{warcHeadField, shortHead(a.o)},
	}
	return a.write(warcRecord{kind: warcInfo, id: a.infoID(at), at: at, media: "application/warc-fields",
		block: block.bytes()})
}

func (a *warcWriter) infoID(at time.Time) string {
	return urn(a.o.StoreID, "warcinfo", at.Format(time.RFC3339))
}

// damaged writes what the file is without, if it is without something.
func (a *warcWriter) damaged(at time.Time) error {
	if len(a.o.Damaged) == 0 {
		return nil
	}
	fields := warcFields{}
	for _, d := range a.o.Damaged {
		fields = append(fields, [2]string{"fineprint-damaged", d.What + " can't be read: " + d.Means})
	}
	return a.write(warcRecord{kind: warcMetadata, id: urn(a.infoID(at), "damaged"), at: at, refers: a.infoID(at),
		media: "application/warc-fields", block: fields.bytes()})
}

// warcHeadField is the field of the warcinfo record that has the journal's head.
const warcHeadField = "fineprint-journal-head"

// warcHead is in the first record, which may be compressed by itself.
func warcHead(src headSource) string {
	first := src.beginning
	if z, err := gzip.NewReader(bytes.NewReader(first)); err == nil {
		z.Multistream(false)
		first, _ = io.ReadAll(io.LimitReader(z, headEnd))
	}
	return headSource{beginning: first}.between("WARC/", "\r\n"+warcHeadField+": ", "\r\n", "\r\n\r\n\r\n")
}

// record writes the captures of a record that are not written yet, and how they belong
// together.
func (a *warcWriter) record(r model.Record) error {
	var captures []string
	for _, e := range versionsOf(r) {
		id, err := a.capture(r, e)
		if err != nil && a.o.goesOn(err, r, e) {
			continue
		}
		if err != nil {
			return err
		}
		captures = append(captures, id)
	}
	if len(captures) == 0 {
		return nil
	}
	fields := warcFields{
		{"fineprint-record", string(r.ID)}, {"fineprint-revision", strconv.Itoa(r.Revision)},
		{"fineprint-record-sha256", r.SHA256}, {"title", titleOf(&r)}, {"platform", r.Platform.Name},
		{"document", string(r.Document)}, {"type", r.Type}, {"severity", string(r.Severity)},
		{"approved", r.ApprovedAt.UTC().Format(time.RFC3339)}, {"approved-by", r.ApprovedBy}, {"citation", r.Citation},
	}
	for _, p := range r.Provisions {
		fields = append(fields, [2]string{"provision", fmt.Sprintf("%s, bytes %d to %d of the text", p.ID, p.Quote.Start,
			p.Quote.End)})
	}
	last := len(captures) - 1
	return a.write(warcRecord{kind: warcMetadata, at: r.ApprovedAt.UTC(),
		id: urn(a.o.StoreID, string(r.ID), strconv.Itoa(r.Revision)), target: targetOf(r.To, a.o, r.Document),
		media: "application/warc-fields", refers: captures[last], with: captures[:last], block: fields.bytes()})
}

// targetOf is where a capture is from; an imported text whose address isn't known has
// an identifier instead.
func targetOf(e model.Evidence, o Options, document model.ID) string {
	return or(addressOf(e), urn(o.StoreID, string(document)))
}

// capture writes what was captured, the exact bytes or else the text, and what is known
// of it. It returns its identifier.
func (a *warcWriter) capture(r model.Record, e model.Evidence) (string, error) {
	key := string(e.Snapshot)
	if e.VersionOnly || key == "" {
		key = fmt.Sprintf("%s@%d", r.Document, e.Seq)
	}
	if id, ok := a.written[key]; ok {
		return id, nil
	}
	w := warcRecord{at: e.CapturedAt.UTC(), target: targetOf(e, a.o, r.Document)}
	about := warcFields{
		{"fineprint-document", string(r.Document)}, {"fineprint-version", strconv.Itoa(e.Seq)},
		{"fineprint-snapshot", string(e.Snapshot)}, {"text-sha256", e.TextSHA256}, {"extractor", e.Extractor},
		{"method", string(e.Origin.Method)}, {"recorded-by", e.Origin.Tool}, {"stated-dates", e.StatedWords(false)},
	}
	if archive := e.Origin.Archive; archive != nil {
		about = append(about, [2]string{"archive", archive.Repo}, [2]string{"archive-commit", archive.Commit},
			[2]string{"archive-path", archive.Path})
	}
	var note string
	var err error
	if key == string(e.Snapshot) {
		note, err = a.snapshot(&w, e)
	} else {
		note, err = a.text(&w, r, e)
	}
	if err != nil {
		return "", err
	}
	if err := a.write(w); err != nil {
		return "", err
	}
	a.written[key] = w.id
	about = append(about, [2]string{"note", note})
	return w.id, a.write(warcRecord{kind: warcMetadata, id: urn(w.id, "about"), at: w.at, target: w.target,
		media: "application/warc-fields", refers: w.id, block: about.bytes()})
}

// text makes the record of a version whose captured bytes are not in reach.
func (a *warcWriter) text(w *warcRecord, r model.Record, e model.Evidence) (note string, err error) {
	text, err := checkedText(a.o.Source, r.Document, e)
	if err != nil {
		return "", err
	}
	w.kind, w.media, w.block = warcResource, "text/markdown; charset=utf-8", []byte(text)
	w.id = urn(a.o.StoreID, "text", string(r.Document), strconv.Itoa(e.Seq), e.TextSHA256)
	return "text only: the captured bytes are not in reach; this is the text that the record rests on", nil
}

// snapshot makes the record of captured bytes.
func (a *warcWriter) snapshot(w *warcRecord, e model.Evidence) (note string, err error) {
	if a.o.Source == nil {
		return "", fmt.Errorf("%w: the captures behind the records are not at hand", model.ErrInvalid)
	}
	s, err := a.o.Source.Snapshot(e.Snapshot)
	if err != nil {
		return "", err
	}
	raw, err := a.o.Source.RawOf(e.Snapshot)
	if err != nil {
		return "", err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != e.RawSHA256 {
		return "", fmt.Errorf("%w: the bytes of %s do not match their SHA-256; run `fineprint check`",
			model.ErrDamaged, e.Snapshot)
	}
	w.id = urn(a.o.StoreID, "snapshot", string(e.Snapshot), e.RawSHA256)
	if address, err := netip.ParseAddrPort(s.Origin.Remote); err == nil {
		w.ip = address.Addr().Unmap().WithZone("").String()
	} else if address, err := netip.ParseAddr(s.Origin.Remote); err == nil {
		w.ip = address.Unmap().WithZone("").String()
	}
	if isResponse(s) {
		w.kind, w.media = warcResponse, "application/http; msgtype=response"
		w.block, w.payload = append(httpHead(s, len(raw)), raw...), raw
		return "the body is exact, without its transfer and content encoding; the headers are those that were kept, " +
			"in the order of their names", nil
	}
	w.kind, w.media, w.block = warcResource, or(oneLine(s.MediaType), "application/octet-stream"), raw
	return "the exact bytes that were captured", nil
}

// isResponse reports whether bytes are the body of one answer over HTTP: not what a
// browser made of it, nor several pages of a document.
func isResponse(s model.Snapshot) bool {
	return s.Origin.Status >= 100 && s.Origin.Status <= 999 && len(s.Origin.Header) > 0 &&
		(s.Origin.Exchange == nil || !s.Origin.Exchange.Rendered) && !strings.HasPrefix(s.MediaType, "multipart/")
}

// httpHead is the head of a response. What said how the body was encoded, which it is no
// more, keeps its value under another name.
func httpHead(s model.Snapshot, length int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", s.Origin.Status, http.StatusText(s.Origin.Status))
	names := make([]string, 0, len(s.Origin.Header))
	for name := range s.Origin.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		shown := name
		switch http.CanonicalHeaderKey(name) {
		case "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection":
			shown = "X-Archive-Orig-" + name
		}
		if !strings.ContainsFunc(name, notOfTokens) && name != "" {
			b.WriteString(shown + ": " + oneLine(s.Origin.Header[name]) + "\r\n")
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", length)
	return []byte(b.String())
}

func notOfTokens(c rune) bool {
	return c <= ' ' || c >= 0x7F || strings.ContainsRune(`()<>@,;:\"/[]?={}`, c)
}

// warcFields is the block of a record of names and values.
type warcFields [][2]string

func (f warcFields) bytes() []byte {
	var b strings.Builder
	for _, field := range f {
		if value := oneLine(field[1]); value != "" {
			b.WriteString(field[0] + ": " + value + "\r\n")
		}
	}
	return []byte(b.String())
}

func warcDigest(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// write writes a record, compressed by itself where the file is.
func (a *warcWriter) write(r warcRecord) error {
	var b strings.Builder
	b.WriteString("WARC/1.1\r\n")
	add := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\r\n")
		}
	}
	add("WARC-Type", r.kind)
	add("WARC-Record-ID", "<"+r.id+">")
	add("WARC-Date", r.at.Format(time.RFC3339))
	add("WARC-Target-URI", r.target)
	add("WARC-IP-Address", r.ip)
	if r.refers != "" {
		add("WARC-Refers-To", "<"+r.refers+">")
	}
	for _, id := range r.with {
		add("WARC-Concurrent-To", "<"+id+">")
	}
	add("Content-Type", r.media)
	add("WARC-Block-Digest", warcDigest(r.block))
	switch {
	case r.payload != nil:
		add("WARC-Payload-Digest", warcDigest(r.payload))
	case r.kind == warcResource:
		add("WARC-Payload-Digest", warcDigest(r.block))
	}
	add("Content-Length", strconv.Itoa(len(r.block)))
	b.WriteString("\r\n")
	return a.parts([]byte(b.String()), r.block, []byte("\r\n\r\n"))
}

// parts writes the parts of a record.
func (a *warcWriter) parts(parts ...[]byte) error {
	w, end := a.w, func() error { return nil }
	if a.o.Gzip {
		z := gzip.NewWriter(a.w)
		w, end = z, z.Close
	}
	for _, part := range parts {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return end()
}
