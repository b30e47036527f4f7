package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "atom", Ext: ".atom", Description: "feed of approved records, for feed readers (RFC 4287)",
		Position: 8, Content: Text, write: writeAtom,
		head: func(src headSource) string { return src.between("<?xml", atomHead, "</journal-head>", "<entry>") },
	})
}

// writeAtom goes over the records twice: a feed begins with the time of its latest
// entry.
func writeAtom(w io.Writer, records Records, o Options) error {
	updated, err := latestApproval(records)
	if err != nil {
		return err
	}
	tool, version, _ := strings.Cut(o.Tool, "/")
	_, err = fmt.Fprintf(w, `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>%s</id>
<title>Records of what platforms' terms say</title>
<updated>%s</updated>
<generator version="%s">%s</generator>
%s%s`, urn(o.StoreID, "feed"), atomTime(updated), xmlText(version), xmlText(or(tool, "fineprint")),
		atomHeadOf(o), atomDamagedOf(o))
	if err != nil {
		return err
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		if !standing(r) {
			continue
		}
		if _, err := io.WriteString(w, atomEntry(r, o)); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "</feed>\n")
	return err
}

// atomHead begins the element that has the journal's head.
const atomHead = `<journal-head xmlns="urn:uuid:0d7c1a52-6b0b-4d39-8a8e-6f8a5c3b7e11">`

func atomHeadOf(o Options) string {
	if short := shortHead(o); short != "" {
		return atomHead + short + "</journal-head>\n"
	}
	return ""
}

// atomDamagedOf is the element that says what the feed is without, "" for nothing.
func atomDamagedOf(o Options) string {
	if missing := damagedSentence(o.Damaged); missing != "" {
		return "<subtitle>" + incompleteLabel + ": " + xmlText(missing) + "</subtitle>\n"
	}
	return ""
}

// namespace is what the identifiers that exports give are derived in.
var namespace = uuid.MustParse("5b0d4ff0-6d3e-4c43-9a57-2f6f1b0e1c9d")

// urn returns an identifier of something, always the same: a UUID from its names
// (version 5), because a tag or an address would need a domain of somebody's.
func urn(names ...string) string {
	return "urn:uuid:" + uuid.NewSHA1(namespace, []byte(strings.Join(names, "\x00"))).String()
}

func atomTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func atomEntry(r model.Record, o Options) string {
	var b strings.Builder
	title := r.Platform.Name + ", " + r.Type + ": " + titleOf(&r)
	fmt.Fprintf(&b, "<entry>\n<id>%s</id>\n<title>%s</title>\n<updated>%s</updated>\n<author><name>%s</name></author>\n",
		urn(o.StoreID, string(r.ID)), xmlText(oneLine(title)), atomTime(r.ApprovedAt),
		xmlText(or(oneLine(r.ApprovedBy), "not named")))
	category := func(term, label string) {
		if term != "" {
			fmt.Fprintf(&b, "<category term=\"%s\" label=\"%s\"/>\n", xmlText(oneLine(term)), xmlText(oneLine(label)))
		}
	}
	category(string(r.Severity), "Severity: "+string(r.Severity))
	category(r.Type, "Document: "+r.Type)
	for i, id := range r.Types {
		label := id
		if i < len(r.TypeDetails) && r.TypeDetails[i].ID == id {
			label = r.TypeDetails[i].Name
		}
		category(id, "Clause type: "+label)
	}
	if address := addressOf(r.To); address != "" {
		fmt.Fprintf(&b, "<link rel=\"via\" href=\"%s\"/>\n", xmlText(address))
	}
	if summary := oneLine(or(r.Summary, r.WhatItIs)); summary != "" {
		fmt.Fprintf(&b, "<summary>%s</summary>\n", xmlText(summary))
	}
	b.WriteString("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\n")
	atomContent(&b, r)
	b.WriteString("</div></content>\n</entry>\n")
	return b.String()
}

// atomContent writes what a reader of the feed sees of a record.
func atomContent(b *strings.Builder, r model.Record) {
	paragraph := func(heading, text string) {
		for _, line := range strings.Split(text, "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			b.WriteString("<p>")
			if heading != "" {
				b.WriteString("<strong>" + heading + ".</strong> ")
			}
			b.WriteString(xmlText(line) + "</p>\n")
			heading = ""
		}
	}
	if r.Stale != nil {
		paragraph("Stale", r.Stale.String())
	}
	paragraph("", r.Summary)
	paragraph("What it is", r.WhatItIs)
	paragraph("Why it matters", r.WhyItMatters)
	paragraph("Consumer impact", r.ConsumerImpact)
	if r.Kind == model.ProvisionRecord {
		for _, p := range r.Provisions {
			b.WriteString("<blockquote><p>" + xmlText(p.Quote.Text) + "</p></blockquote>\n")
		}
	}
	for _, c := range r.Clauses {
		if c.Material {
			fmt.Fprintf(b, "<p><strong>%s</strong></p>\n<blockquote><p>", c.Kind)
			for _, s := range c.Spans {
				b.WriteString(xhtmlSpan(s))
			}
			b.WriteString("</p></blockquote>\n")
		}
	}
	paragraph("Dates that the document states", r.To.StatedWords(false))
	paragraph("Citation", r.Citation)
	paragraph("Record", proofOf(r, fmt.Sprintf("%s r%d", r.ID, r.Revision)))
}

func xhtmlSpan(s model.Span) string {
	text := xmlText(s.Text)
	switch s.Op {
	case model.Delete:
		return "<del>" + text + "</del>"
	case model.Insert:
		return "<ins>" + text + "</ins>"
	}
	return text
}

// xmlText makes text plain in XML, in an element or between quotes. XML 1.0 has no
// way to write most controls: they go.
func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < 0x20 && r != '\t' && r != '\n', r >= 0x7F && r <= 0x9F, r == 0xFFFE, r == 0xFFFF, bidi(r):
			return -1
		}
		return r
	}, s)
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}
