package enums

type FPDF_PAGE_ROTATION int

type FPDF_UNSP int

type FXCT int

type FPDF_ZOOM_MODE int

type FPDF_FORMTYPE int

const (
	FPDF_FORMTYPE_NONE FPDF_FORMTYPE = 0
)
