package implementation_webassembly

import (
	"github.com/klippa-app/go-pdfium/references"
)

type StructElementAttributeHandle struct {
	handle    *uint64
	nativeRef references.FPDF_STRUCTELEMENT_ATTR // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type StructElementAttributeValueHandle struct {
	handle    *uint64
	nativeRef references.FPDF_STRUCTELEMENT_ATTR_VALUE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}
