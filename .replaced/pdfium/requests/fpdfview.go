package requests

import (
	"github.com/klippa-app/go-pdfium/references"
)

type FPDF_GetPageCount struct {
	Document references.FPDF_DOCUMENT
}
