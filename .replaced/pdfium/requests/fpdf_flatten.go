package requests

type FPDFPage_FlattenUsage int

const (
	FPDFPage_FlattenUsageNormalDisplay FPDFPage_FlattenUsage = 0
)

type FPDFPage_Flatten struct {
	Page  Page
	Usage FPDFPage_FlattenUsage // The usage flag for the flattening.
}
