package responses

type FPDF_GetPageCount struct {
	PageCount int // The amount of pages of the document.
}
