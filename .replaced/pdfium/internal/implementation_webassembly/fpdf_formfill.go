package implementation_webassembly

import (
	"sync"
	"unsafe"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/structs"
)

type FormFillInfo struct {
	Struct           *uint64
	FormFillInfo     *structs.FPDF_FORMFILLINFO
	FormHandleHandle *FormHandleHandle
	Instance         *PdfiumImplementation
}

func (f *FormFillInfo) Release() {
	if f.FormFillInfo.Release != nil {
		f.FormFillInfo.Release()
	}
}

func (f *FormFillInfo) FFI_Invalidate_CB(page uint32, left, top, right, bottom uint64) {
	var pageRef references.FPDF_PAGE
	if pointerPageRef, ok := f.FormHandleHandle.pagePointers[uint64(page)]; ok {
		pageRef = pointerPageRef
	} else {
		pageHandle := f.Instance.registerPage(uint64(page), 0, nil)
		pageRef = pageHandle.nativeRef
	}

	f.FormFillInfo.FFI_Invalidate(pageRef, DecodeF64(left), DecodeF64(top), DecodeF64(right), DecodeF64(bottom))
}

func (f *FormFillInfo) FFI_OutputSelectedRect(page uint32, left, top, right, bottom uint64) {
	var pageRef references.FPDF_PAGE
	if pointerPageRef, ok := f.FormHandleHandle.pagePointers[uint64(page)]; ok {
		pageRef = pointerPageRef
	} else {
		pageHandle := f.Instance.registerPage(uint64(page), 0, nil)
		pageRef = pageHandle.nativeRef
	}

	f.FormFillInfo.FFI_OutputSelectedRect(pageRef, DecodeF64(left), DecodeF64(top), DecodeF64(right), DecodeF64(bottom))
}

func (f *FormFillInfo) FFI_SetCursor(cursor uint32) {
	f.FormFillInfo.FFI_SetCursor(enums.FXCT(cursor))
}

func (f *FormFillInfo) FFI_SetTimer(uElapse, lpTimerFunc uint32) int {
	// Every other callback here runs inside one of our API calls, so it is
	// already serialized against the rest of PDFium. This one is not: the
	// caller fires it from a timer on a goroutine of its own, so it has to
	// take the instance lock itself, otherwise it runs PDFium code while
	// another goroutine is already running PDFium code in the same module.
	//
	// It must not wait for that lock. PDFium kills timers from inside API
	// calls, and the natural way to implement FFI_KillTimer is to stop the
	// timer goroutine and wait for it, which would deadlock against a timer
	// tick blocked on this lock. PDFium timers repeat until they are killed,
	// so a tick dropped because the instance was busy simply comes back on
	// the next interval.
	timerFunc := func(idEvent int) {
		if !f.Instance.TryLock() {
			return
		}
		defer f.Instance.Unlock()

		// The form fill environment may have been destroyed since the timer
		// was handed out, taking the PDFium object behind lpTimerFunc with
		// it. Its handle is removed by FPDFDOC_ExitFormFillEnvironment.
		FormFillInfoHandles.Mutex.Lock()
		_, ok := FormFillInfoHandles.Refs[uint32(*f.Struct)]
		FormFillInfoHandles.Mutex.Unlock()
		if !ok {
			return
		}

		f.Instance.Fn("FPDF_FORMFILLINFO_CALL_TIMER").Call(f.Instance.Context, uint64(lpTimerFunc), *(*uint64)(unsafe.Pointer(&idEvent)))
	}

	return f.FormFillInfo.FFI_SetTimer(int(uElapse), timerFunc)
}

func (f *FormFillInfo) FFI_KillTimer(nTimerID int) {
	f.FormFillInfo.FFI_KillTimer(nTimerID)
}

func (f *FormFillInfo) FFI_GetLocalTime() structs.FPDF_SYSTEMTIME {
	return f.FormFillInfo.FFI_GetLocalTime()
}

func (f *FormFillInfo) FFI_OnChange() {
	f.FormFillInfo.FFI_OnChange()
}

func (f *FormFillInfo) FFI_GetPage(document uint64, pageIndex int) uint64 {
	var documentRef references.FPDF_DOCUMENT
	if pointerDocumentRef, ok := f.FormHandleHandle.documentPointers[document]; ok {
		documentRef = pointerDocumentRef
	} else {
		documentHandle := f.Instance.registerDocument(&document)
		documentRef = documentHandle.nativeRef
	}

	page := f.FormFillInfo.FFI_GetPage(documentRef, int(pageIndex))
	if page == nil {
		return 0
	}

	pageHandle, err := f.Instance.getPageHandle(*page)
	if err != nil {
		return 0
	}

	return *pageHandle.handle
}

func (f *FormFillInfo) FFI_GetCurrentPage(document uint64) uint64 {
	if f.FormFillInfo.FFI_GetCurrentPage == nil {
		return 0
	}

	documentHandle := f.Instance.registerDocument(&document)
	page := f.FormFillInfo.FFI_GetCurrentPage(documentHandle.nativeRef)
	if page == nil {
		return 0
	}

	pageHandle, err := f.Instance.getPageHandle(*page)
	if err != nil {
		return 0
	}

	return *pageHandle.handle
}

func (f *FormFillInfo) FFI_GetRotation(page uint64) int {
	var pageRef references.FPDF_PAGE
	if pointerPageRef, ok := f.FormHandleHandle.pagePointers[page]; ok {
		pageRef = pointerPageRef
	} else {
		pageHandle := f.Instance.registerPage(page, 0, nil)
		pageRef = pageHandle.nativeRef
	}

	rotation := f.FormFillInfo.FFI_GetRotation(pageRef)
	return int(rotation)
}

func (f *FormFillInfo) FFI_ExecuteNamedAction(namedActionPointer uint64) {
	namedActionData := []byte{}
	for {
		data, success := f.Instance.Module.Memory().Read(uint32(namedActionPointer), 1)
		if !success {
			return
		}

		if data[0] == 0x00 {
			break
		}

		namedActionData = append(namedActionData, data[0])
		namedActionPointer++
	}

	f.FormFillInfo.FFI_ExecuteNamedAction(string(namedActionData))
}

func (f *FormFillInfo) FFI_SetTextFieldFocus(value uint32, valueLen uint32, isFocus uint32) {
	size := valueLen * 2
	data, success := f.Instance.Module.Memory().Read(value, size)
	if !success {
		return
	}

	decodedValue, err := f.Instance.transformUTF16LEToUTF8(data)
	if err != nil {
		return
	}

	f.FormFillInfo.FFI_SetTextFieldFocus(decodedValue, isFocus == 1)
}

func (f *FormFillInfo) FFI_DoURIAction(bsURI uint32) {
	bsURIData := []byte{}
	for {
		data, success := f.Instance.Module.Memory().Read(bsURI, 1)
		if !success {
			return
		}

		if data[0] == 0x00 {
			break
		}

		bsURIData = append(bsURIData, data[0])
		bsURI++
	}

	f.FormFillInfo.FFI_DoURIAction(string(bsURIData))
}

func (f *FormFillInfo) FFI_DoGoToAction(nPageIndex, zoomMode, fPosArray, sizeofArray uint32) {
	pos := make([]float32, int(sizeofArray))
	for i := range pos {
		targetValue, success := f.Instance.Module.Memory().ReadFloat32Le(fPosArray + (uint32(i) * uint32(f.Instance.CSizeFloat())))
		if !success {
			return
		}
		pos[i] = float32(targetValue)
	}

	f.FormFillInfo.FFI_DoGoToAction(int(nPageIndex), enums.FPDF_ZOOM_MODE(zoomMode), pos)
}

var FormFillInfoHandles = struct {
	Refs  map[uint32]*FormFillInfo
	Mutex *sync.Mutex
}{
	Refs:  map[uint32]*FormFillInfo{},
	Mutex: &sync.Mutex{},
}

// FPDF_GetFormType returns the type of form contained in the PDF document.
// If document is nil, then the return value is FORMTYPE_NONE.
// Experimental API
func (p *PdfiumImplementation) FPDF_GetFormType(request *requests.FPDF_GetFormType) (*responses.FPDF_GetFormType, error) {
	p.Lock()
	defer p.Unlock()

	documentHandle, err := p.getDocumentHandle(request.Document)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDF_GetFormType", *documentHandle.handle)
	if err != nil {
		return nil, err
	}

	formType := uint64(*(*int32)(unsafe.Pointer(&res[0])))

	return &responses.FPDF_GetFormType{
		FormType: enums.FPDF_FORMTYPE(formType),
	}, nil
}
