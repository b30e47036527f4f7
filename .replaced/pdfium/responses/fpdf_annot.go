package responses

type FPDFPage_GetAnnotCount struct {
	Count int
}
