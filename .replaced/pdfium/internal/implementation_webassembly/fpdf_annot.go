package implementation_webassembly

import (
	"unsafe"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// FPDFPage_GetAnnotCount returns the number of annotations in a given page.
// Experimental API.
func (p *PdfiumImplementation) FPDFPage_GetAnnotCount(request *requests.FPDFPage_GetAnnotCount) (*responses.FPDFPage_GetAnnotCount, error) {
	p.Lock()
	defer p.Unlock()

	return p.internal_FPDFPage_GetAnnotCount(request)
}

func (p *PdfiumImplementation) internal_FPDFPage_GetAnnotCount(request *requests.FPDFPage_GetAnnotCount) (*responses.FPDFPage_GetAnnotCount, error) {
	pageHandle, err := p.loadPage(request.Page)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDFPage_GetAnnotCount", *pageHandle.handle)
	if err != nil {
		return nil, err
	}

	count := *(*int32)(unsafe.Pointer(&res[0]))

	return &responses.FPDFPage_GetAnnotCount{
		Count: int(count),
	}, nil
}
