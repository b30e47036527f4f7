package requests

import (
	"github.com/klippa-app/go-pdfium/enums"
)

type UnSpObjProcessHandler func(enums.FPDF_UNSP)

type SetTimeFunction func() int64

type SetLocaltime struct {
	TmSec   int /* seconds */
	TmMin   int /* minutes */
	TmHour  int /* hours */
	TmMday  int /* day of the month */
	TmMon   int /* month */
	TmYear  int /* year */
	TmWday  int /* day of the week */
	TmYday  int /* day in the year */
	TmIsdst int /* daylight saving time */
}

type SetLocaltimeFunction func(int64) SetLocaltime
