package requests

import (
	"io"

	"github.com/klippa-app/go-pdfium/references"
)

type OpenDocument struct {
	File           *[]byte // A reference to the file data.
	FilePath       *string // A path to a PDF file.
	FileReader     io.ReadSeeker
	FileReaderSize int64
	Password       *string // The password of the document.
}

type PageByIndex struct {
	Document references.FPDF_DOCUMENT // A reference to a document.
	Index    int                      // The page number (0-index based).
}

// Page can either be the index of a page or a page reference.
// When you use an index. The library will always cache the last opened page.
type Page struct {
	ByIndex     *PageByIndex          // A page index + document reference.
	ByReference *references.FPDF_PAGE // A reference to a page. Received by GetPage()
}
