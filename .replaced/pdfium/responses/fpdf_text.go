package responses

import (
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/structs"
)

type FPDFText_LoadPage struct {
	TextPage references.FPDF_TEXTPAGE
}

type FPDFText_ClosePage struct{}

type FPDFText_CountChars struct {
	Count int //Number of characters in the page. Generated characters, like additional space characters, new line characters, are also counted.
}

type FPDFText_GetUnicode struct {
	Index   int
	Unicode uint //The Unicode of the particular character. If a character is not encoded in Unicode and PDFium can't convert to Unicode, the return value will be zero.
}

type FPDFText_HasUnicodeMapError struct {
	Index              int
	HasUnicodeMapError bool //Whether the character has an invalid unicode mapping.
}

type FPDFText_GetFontSize struct {
	Index    int
	FontSize float64 // The font size of the particular character, measured in points (about 1/72 inch). This is the typographic size of the font (so called "em size").
}

type FPDFText_GetFontInfo struct {
	Index    int
	FontName string
	Flags    int // Font flags. These flags should be interpreted per PDF spec 1.7 Section 5.7.1 Font Descriptor Flags.
}

type FPDFText_GetCharAngle struct {
	Index     int
	CharAngle float32
}

type FPDFText_GetLooseCharBox struct {
	Index int
	Rect  structs.FPDF_FS_RECTF
}

type FPDFText_GetMatrix struct {
	Index  int
	Matrix structs.FPDF_FS_MATRIX
}

type FPDFText_GetCharOrigin struct {
	Index int
	X     float64
	Y     float64
}
