package responses

import (
	"github.com/klippa-app/go-pdfium/references"
)

type OpenDocument struct {
	Document references.FPDF_DOCUMENT
}
