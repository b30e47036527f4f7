package requests

import "github.com/klippa-app/go-pdfium/references"

type FPDFText_LoadPage struct {
	Page Page
}

type FPDFText_ClosePage struct {
	TextPage references.FPDF_TEXTPAGE
}

type FPDFText_CountChars struct {
	TextPage references.FPDF_TEXTPAGE
}

type FPDFText_GetUnicode struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}

type FPDFText_HasUnicodeMapError struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}

type FPDFText_GetFontSize struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}

type FPDFText_GetFontInfo struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}

type FPDFText_GetCharAngle struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}

type FPDFText_GetLooseCharBox struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}

type FPDFText_GetMatrix struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}

type FPDFText_GetCharOrigin struct {
	TextPage references.FPDF_TEXTPAGE
	Index    int
}
