//go:build unix

package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// document writes a PDF of objects, the first of which is its catalogue.
func document(objects []string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	from := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, from)
	return b.String()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(content), content)
}

func packedStream(dict, content string) string {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, 9)
	_, _ = z.Write([]byte(content))
	_ = z.Close()
	return stream(dict+"/Filter/FlateDecode", b.String())
}

const (
	catalogue = "<</Type/Catalog/Pages 2 0 R>>"
	onePage   = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	pageOf    = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
	font      = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
)

func drawn(content string, extra ...string) string {
	resources := ""
	if len(extra) > 0 {
		resources = extra[0]
		extra = extra[1:]
	}
	return document(append([]string{catalogue, onePage, fmt.Sprintf(pageOf, resources), packedStream("", content), font}, extra...))
}

func pdfKinds() []kind {
	pdf := func(name string, make func() string) kind {
		return kind{"pdf " + name, func(b *bench) []string { return b.diff("file.pdf", make()) }}
	}
	const say = "BT /F 12 Tf 50 700 Td (words of a page) Tj ET\n"
	return []kind{
		pdf("forms in forms", func() string {
			forms := make([]string, 12)
			for i := range forms {
				draw := rep("/X Do ", 10)
				if i == len(forms)-1 {
					draw = say
				}
				forms[i] = stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>", 7+i), draw)
			}
			return drawn("/X Do", append([]string{"/XObject<</X 6 0 R>>"}, forms...)...)
		}),
		pdf("a form in itself", func() string {
			return drawn("/X Do", "/XObject<</X 6 0 R>>", stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", "/X Do /X Do"))
		}),
		pdf("one page a million times", func() string {
			return document([]string{catalogue, "<</Type/Pages/Count 1000000/Kids[" + rep("3 0 R ", 1_000_000) + "]>>",
				fmt.Sprintf(pageOf, ""), stream("", say), font})
		}),
		pdf("pages that are said", func() string {
			return document([]string{catalogue, "<</Type/Pages/Count 2147483647/Kids[3 0 R]>>", fmt.Sprintf(pageOf, ""), stream("", say), font})
		}),
		pdf("50,000 pages", func() string {
			objects := []string{catalogue, "", "", stream("", say), font}
			kids := "3 0 R "
			objects[2] = fmt.Sprintf(pageOf, "")
			for range 50_000 {
				objects = append(objects, fmt.Sprintf(pageOf, ""))
				kids += ""
			}
			objects[1] = "<</Type/Pages/Count 50001/Kids[3 0 R " + each(50_000, func(i int) string { return fmt.Sprintf("%d 0 R ", i+6) }) + "]>>"
			return document(objects)
		}),
		pdf("page trees in page trees", func() string {
			objects := []string{catalogue}
			for i := range 20_000 {
				objects = append(objects, fmt.Sprintf("<</Type/Pages/Count 1/Kids[%d 0 R]>>", i+3))
			}
			return document(objects)
		}),
		pdf("a stream that unpacks to 4 GB", func() string {
			return drawn(rep(" ", 1<<30) + say)
		}),
		pdf("letters that mean much", func() string {
			cmap := "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange " +
				each(256, func(i int) string { return fmt.Sprintf("1 beginbfchar <%02x> <%s> endbfchar ", i, rep("0061", 500)) }) + "endcmap"
			return document([]string{catalogue, onePage, fmt.Sprintf(pageOf, ""),
				packedStream("", "BT /F 12 Tf "+rep("(abcdefghijklmnop) Tj 1 1 Td ", 100_000)+"ET"),
				"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", stream("", cmap)})
		}),
		pdf("four million letters on a page", func() string { return drawn("BT /F 1 Tf " + rep("1 1 Td (abcdefghijkl mnop) Tj ", 250_000) + "ET") }),
		pdf("letters all over each other", func() string { return drawn(rep("BT /F 12 Tf 50 700 Td (words over words) Tj ET\n", 200_000)) }),
		pdf("a letter a place", func() string {
			return drawn("BT /F 1 Tf " + each(200_000, func(i int) string {
				return fmt.Sprintf("1 0 0 1 %d %d Tm (a) Tj ", i*7919%600, i*104729%800)
			}) + "ET")
		}),
		pdf("lines that are drawn", func() string {
			return drawn(each(300_000, func(i int) string { return fmt.Sprintf("%d %d m %d %d l S ", i%600, i%800, (i*7)%600, (i*3)%800) }) + say)
		}),
		pdf("objects in objects", func() string { return document([]string{rep("[", 1_000_000), onePage}) }),
		pdf("an object stream that lies", func() string {
			return document([]string{catalogue, onePage, packedStream("/Type/ObjStm/N 2147483647/First 999999999", rep("1 0 ", 100_000)), stream("", say), font})
		}),
		pdf("a table that names itself", func() string {
			s := document([]string{catalogue, onePage, fmt.Sprintf(pageOf, ""), stream("", say), font})
			i := strings.LastIndex(s, "xref\n0")
			return strings.Replace(s, "/Root", fmt.Sprintf("/Prev %d/XRefStm %d/Root", i, i), 1)
		}),
		pdf("filters over filters", func() string {
			return document([]string{catalogue, onePage, fmt.Sprintf(pageOf, ""), stream("/Filter["+rep("/ASCIIHexDecode", 100_000)+"]", say), font})
		}),
		pdf("a predictor without an end", func() string {
			return document([]string{catalogue, onePage, fmt.Sprintf(pageOf, ""), packedStream("/DecodeParms<</Predictor 12/Columns 2147483647/Colors 32/BitsPerComponent 16>>", say), font})
		}),
		pdf("nothing but its name", func() string { return "%PDF-1.7\n" + rep("1 0 obj\n", 2_000_000) }),
	}
}
