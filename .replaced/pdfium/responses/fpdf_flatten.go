package responses

type FPDFPage_FlattenResult int

const (
	FPDFPage_FlattenResultSuccess FPDFPage_FlattenResult = 1 // Flatten operation succeed.
)

type FPDFPage_Flatten struct {
	Page   int                    // The page number (0-index based).
	Result FPDFPage_FlattenResult // The result of the flatten.
}
