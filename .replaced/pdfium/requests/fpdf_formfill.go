package requests

import (
	"github.com/klippa-app/go-pdfium/references"
)

type FPDF_GetFormType struct {
	Document references.FPDF_DOCUMENT
}
