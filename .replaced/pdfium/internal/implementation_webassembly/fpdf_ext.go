package implementation_webassembly

import (
	"github.com/klippa-app/go-pdfium/requests"
)

var CurrentUnsupportedObjectHandler requests.UnSpObjProcessHandler

var CurrentTimeHandler requests.SetTimeFunction

var CurrentLocalTimeHandler requests.SetLocaltimeFunction
