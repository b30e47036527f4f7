package implementation_webassembly

import (
	"sync"

	"github.com/klippa-app/go-pdfium/references"
)

type PauseHandle struct {
	StringRef uint64
	Pointer   uint64
	Callback  func() bool
}

var PauseHandles = struct {
	Refs  map[references.FPDF_PAGE]*PauseHandle
	Mutex *sync.RWMutex
}{
	Refs:  map[references.FPDF_PAGE]*PauseHandle{},
	Mutex: &sync.RWMutex{},
}
