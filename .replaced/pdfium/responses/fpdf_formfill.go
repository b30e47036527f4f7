package responses

import (
	"github.com/klippa-app/go-pdfium/enums"
)

type FPDF_GetFormType struct {
	FormType enums.FPDF_FORMTYPE
}
