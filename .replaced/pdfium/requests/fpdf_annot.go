package requests

type FPDFPage_GetAnnotCount struct {
	Page Page
}
