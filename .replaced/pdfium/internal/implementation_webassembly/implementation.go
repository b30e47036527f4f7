package implementation_webassembly

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	pdfium_errors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"github.com/google/uuid"
)

func GetInstance(ctx context.Context, functions map[string]Function, module Module) *PdfiumImplementation {
	newInstance := &PdfiumImplementation{
		mutex:                           &sync.Mutex{},
		Context:                         ctx,
		Functions:                       functions,
		Module:                          module,
		fnCache:                         map[string]Function{},
		documentRefs:                    map[references.FPDF_DOCUMENT]*DocumentHandle{},
		pageRefs:                        map[references.FPDF_PAGE]*PageHandle{},
		bookmarkRefs:                    map[references.FPDF_BOOKMARK]*BookmarkHandle{},
		destRefs:                        map[references.FPDF_DEST]*DestHandle{},
		actionRefs:                      map[references.FPDF_ACTION]*ActionHandle{},
		linkRefs:                        map[references.FPDF_LINK]*LinkHandle{},
		pageLinkRefs:                    map[references.FPDF_PAGELINK]*PageLinkHandle{},
		schHandleRefs:                   map[references.FPDF_SCHHANDLE]*SchHandleHandle{},
		bitmapRefs:                      map[references.FPDF_BITMAP]*BitmapHandle{},
		textPageRefs:                    map[references.FPDF_TEXTPAGE]*TextPageHandle{},
		pageRangeRefs:                   map[references.FPDF_PAGERANGE]*PageRangeHandle{},
		pageObjectRefs:                  map[references.FPDF_PAGEOBJECT]*PageObjectHandle{},
		clipPathRefs:                    map[references.FPDF_CLIPPATH]*ClipPathHandle{},
		formHandleRefs:                  map[references.FPDF_FORMHANDLE]*FormHandleHandle{},
		annotationRefs:                  map[references.FPDF_ANNOTATION]*AnnotationHandle{},
		xObjectRefs:                     map[references.FPDF_XOBJECT]*XObjectHandle{},
		signatureRefs:                   map[references.FPDF_SIGNATURE]*SignatureHandle{},
		attachmentRefs:                  map[references.FPDF_ATTACHMENT]*AttachmentHandle{},
		javaScriptActionRefs:            map[references.FPDF_JAVASCRIPT_ACTION]*JavaScriptActionHandle{},
		searchRefs:                      map[references.FPDF_SCHHANDLE]*SearchHandle{},
		pathSegmentRefs:                 map[references.FPDF_PATHSEGMENT]*PathSegmentHandle{},
		dataAvailRefs:                   map[references.FPDF_AVAIL]*DataAvailHandle{},
		structTreeRefs:                  map[references.FPDF_STRUCTTREE]*StructTreeHandle{},
		structElementRefs:               map[references.FPDF_STRUCTELEMENT]*StructElementHandle{},
		structElementAttributeRefs:      map[references.FPDF_STRUCTELEMENT_ATTR]*StructElementAttributeHandle{},
		structElementAttributeValueRefs: map[references.FPDF_STRUCTELEMENT_ATTR_VALUE]*StructElementAttributeValueHandle{},
		pageObjectMarkRefs:              map[references.FPDF_PAGEOBJECTMARK]*PageObjectMarkHandle{},
		fontRefs:                        map[references.FPDF_FONT]*FontHandle{},
		glyphPathRefs:                   map[references.FPDF_GLYPHPATH]*GlyphPathHandle{},
		fileReaders:                     map[uint32]*FileReaderRef{},
	}

	return newInstance
}

// callFn invokes fn through CallWithStack using a scratch buffer from the
// ring, avoiding wazero's per-Call result-slice allocation. The result is
// returned by value (PDFium's C ABI has at most one result), so it never
// aliases the scratch buffer and stays valid indefinitely; res[0] and
// &res[0] work as they did with wazero's Call. Nested calls (host callbacks
// re-entering the instance) are safe: parameters are consumed when a call
// starts and the result is copied out here before any later call can reuse
// the buffer.
func (p *PdfiumImplementation) callFn(fn Function, params ...uint64) ([1]uint64, error) {
	buf := p.callScratch[p.callScratchIdx&7][:]
	p.callScratchIdx++
	copy(buf, params)
	if err := fn.CallWithStack(p.Context, buf); err != nil {
		return [1]uint64{}, err
	}
	return [1]uint64{buf[0]}, nil
}

// call invokes the exported function with the given name via callFn.
func (p *PdfiumImplementation) call(name string, params ...uint64) ([1]uint64, error) {
	return p.callFn(p.Fn(name), params...)
}

// Fn returns the exported function with the given name, memoized per
// instance. Module.ExportedFunction can be expensive (wazero allocates a new
// call engine on every lookup), so hot paths must not resolve by name per call.
func (p *PdfiumImplementation) Fn(name string) Function {
	p.fnCacheMutex.RLock()
	fn, ok := p.fnCache[name]
	p.fnCacheMutex.RUnlock()
	if ok {
		return fn
	}
	fn = p.Module.ExportedFunction(name)
	p.fnCacheMutex.Lock()
	p.fnCache[name] = fn
	p.fnCacheMutex.Unlock()
	return fn
}

// Here is the real implementation of Pdfium
type PdfiumImplementation struct {
	mutex *sync.Mutex

	// The WebAssembly runtime that executes this instance.
	Context   context.Context
	Functions map[string]Function
	Module    Module

	// fnCache memoizes Module.ExportedFunction lookups: every lookup
	// allocates a fresh call engine (~12 KB), so resolving each export once
	// per instance matters. Guarded by fnCacheMutex so that a lookup from a
	// caller-owned goroutine (the form fill timer) can never tear the map,
	// independently of the instance mutex.
	fnCache      map[string]Function
	fnCacheMutex sync.RWMutex

	// callScratch is a small ring of reusable parameter/result buffers for
	// call/callFn, so guest calls go through CallWithStack without a heap
	// allocation per call (wazero's Call allocates a fresh result slice on
	// every invocation to guarantee result-slice independence; PDFium's C
	// ABI has at most one result and go-pdfium consumes it immediately).
	// The ring keeps a returned slice valid across the next few calls; all
	// users run under the instance mutex.
	callScratch    [8][32]uint64
	callScratchIdx uint8

	// lookup tables keeps track of the opened handles for this instance.
	// we need this for handle lookups and in case of closing the instance
	documentRefs                    map[references.FPDF_DOCUMENT]*DocumentHandle
	pageRefs                        map[references.FPDF_PAGE]*PageHandle
	bookmarkRefs                    map[references.FPDF_BOOKMARK]*BookmarkHandle
	destRefs                        map[references.FPDF_DEST]*DestHandle
	actionRefs                      map[references.FPDF_ACTION]*ActionHandle
	linkRefs                        map[references.FPDF_LINK]*LinkHandle
	pageLinkRefs                    map[references.FPDF_PAGELINK]*PageLinkHandle
	schHandleRefs                   map[references.FPDF_SCHHANDLE]*SchHandleHandle
	textPageRefs                    map[references.FPDF_TEXTPAGE]*TextPageHandle
	pageRangeRefs                   map[references.FPDF_PAGERANGE]*PageRangeHandle
	pageObjectRefs                  map[references.FPDF_PAGEOBJECT]*PageObjectHandle
	clipPathRefs                    map[references.FPDF_CLIPPATH]*ClipPathHandle
	formHandleRefs                  map[references.FPDF_FORMHANDLE]*FormHandleHandle
	bitmapRefs                      map[references.FPDF_BITMAP]*BitmapHandle
	annotationRefs                  map[references.FPDF_ANNOTATION]*AnnotationHandle
	xObjectRefs                     map[references.FPDF_XOBJECT]*XObjectHandle
	signatureRefs                   map[references.FPDF_SIGNATURE]*SignatureHandle
	attachmentRefs                  map[references.FPDF_ATTACHMENT]*AttachmentHandle
	javaScriptActionRefs            map[references.FPDF_JAVASCRIPT_ACTION]*JavaScriptActionHandle
	searchRefs                      map[references.FPDF_SCHHANDLE]*SearchHandle
	pathSegmentRefs                 map[references.FPDF_PATHSEGMENT]*PathSegmentHandle
	dataAvailRefs                   map[references.FPDF_AVAIL]*DataAvailHandle
	structTreeRefs                  map[references.FPDF_STRUCTTREE]*StructTreeHandle
	structElementRefs               map[references.FPDF_STRUCTELEMENT]*StructElementHandle
	structElementAttributeRefs      map[references.FPDF_STRUCTELEMENT_ATTR]*StructElementAttributeHandle
	structElementAttributeValueRefs map[references.FPDF_STRUCTELEMENT_ATTR_VALUE]*StructElementAttributeValueHandle
	pageObjectMarkRefs              map[references.FPDF_PAGEOBJECTMARK]*PageObjectMarkHandle
	fontRefs                        map[references.FPDF_FONT]*FontHandle
	glyphPathRefs                   map[references.FPDF_GLYPHPATH]*GlyphPathHandle
	fileReaders                     map[uint32]*FileReaderRef

	// We need to keep track of our own instance.
	instanceRef int
}

func (p *PdfiumImplementation) Ping() (string, error) {
	return "Pong", nil
}

func (p *PdfiumImplementation) Lock() {
	p.mutex.Lock()
}

func (p *PdfiumImplementation) Unlock() {
	p.mutex.Unlock()
}

// TryLock is Lock for callers that must not block: it reports whether the
// lock was taken, and only then must the caller Unlock. It exists for the
// form fill timer callback, which runs on a goroutine of the caller's
// choosing and can therefore not wait for PDFium to become free without
// risking a deadlock, see FormFillInfo.FFI_SetTimer.
func (p *PdfiumImplementation) TryLock() bool {
	return p.mutex.TryLock()
}

func (p *PdfiumImplementation) OpenDocument(request *requests.OpenDocument) (*responses.OpenDocument, error) {
	p.Lock()
	defer p.Unlock()

	var cPasswordPointer uint64
	if request.Password != nil {
		cPassword, err := p.CString(*request.Password)
		if err != nil {
			return nil, err
		}

		defer cPassword.Free()
		cPasswordPointer = cPassword.Pointer
	}

	nativeDoc := &DocumentHandle{
		pageRefs:             map[references.FPDF_PAGE]*PageHandle{},
		bookmarkRefs:         map[references.FPDF_BOOKMARK]*BookmarkHandle{},
		destRefs:             map[references.FPDF_DEST]*DestHandle{},
		pageLinkRefs:         map[references.FPDF_PAGELINK]*PageLinkHandle{},
		schHandleRefs:        map[references.FPDF_SCHHANDLE]*SchHandleHandle{},
		textPageRefs:         map[references.FPDF_TEXTPAGE]*TextPageHandle{},
		pageRangeRefs:        map[references.FPDF_PAGERANGE]*PageRangeHandle{},
		formHandleRefs:       map[references.FPDF_FORMHANDLE]*FormHandleHandle{},
		signatureRefs:        map[references.FPDF_SIGNATURE]*SignatureHandle{},
		attachmentRefs:       map[references.FPDF_ATTACHMENT]*AttachmentHandle{},
		javaScriptActionRefs: map[references.FPDF_JAVASCRIPT_ACTION]*JavaScriptActionHandle{},
		searchRefs:           map[references.FPDF_SCHHANDLE]*SearchHandle{},
		structTreeRefs:       map[references.FPDF_STRUCTTREE]*StructTreeHandle{},
		structElementRefs:    map[references.FPDF_STRUCTELEMENT]*StructElementHandle{},
	}

	var doc *uint64
	var dataPointer *uint64
	if request.File != nil {
		fileData := *request.File

		// The whole buffer is overwritten with the file data right below, so
		// it does not have to be zeroed.
		dataPtr, err := p.MallocNoZero(uint64(len(fileData)))
		if err != nil {
			return nil, err
		}

		dataPointer = &dataPtr

		if !p.Module.Memory().Write(uint32(dataPtr), fileData) {
			return nil, errors.New("could not write file data to memory")
		}

		// If larger than INT_MAX, use FPDF_LoadMemDocument64
		if len(fileData) > 2147483647 {
			res, err := p.call("FPDF_LoadMemDocument64", dataPtr, uint64(len(fileData)), cPasswordPointer)
			if err != nil {
				return nil, err
			}

			// Pointer 0 = document could not be opened.
			if res[0] != 0 {
				doc = &res[0]
			}
		} else {
			res, err := p.call("FPDF_LoadMemDocument", dataPtr, uint64(len(fileData)), cPasswordPointer)
			if err != nil {
				return nil, err
			}

			// Pointer 0 = document could not be opened.
			if res[0] != 0 {
				doc = &res[0]
			}
		}
	} else if request.FilePath != nil {
		filePath := *request.FilePath

		// Non-root file, try to absolute it to current working directory.
		// Relative paths are not supported within Webassembly.
		if !strings.HasPrefix(filePath, "/") {
			abs, err := filepath.Abs(filePath)
			if err != nil {
				return nil, err
			}

			filePath = abs
		}

		volume := filepath.VolumeName(filePath)
		if volume != "" {
			return nil, fmt.Errorf("you tried to use Windows volume %s, using Windows volumes is not possible in WebAssembly, you will need to mount your volume in the FSConfig and use POSIX style paths, ee the project README for more information on file handling", volume)
		}

		cFilePathPointer, err := p.CString(filePath)
		if err != nil {
			return nil, err
		}

		defer cFilePathPointer.Free()

		res, err := p.call("FPDF_LoadDocument", cFilePathPointer.Pointer, cPasswordPointer)
		if err != nil {
			return nil, err
		}

		// Pointer 0 = document could not be opened.
		if res[0] != 0 {
			doc = &res[0]
		}
	} else if request.FileReader != nil {
		if request.FileReaderSize == 0 {
			return nil, errors.New("FileReaderSize should be given when FileReader is set")
		}

		fileAccessPointer, fileReaderIndex, err := p.CreateFileAccessReader(request.FileReaderSize, request.FileReader)
		if err != nil {
			return nil, err
		}

		nativeDoc.fileHandleRef = fileReaderIndex

		res, err := p.call("FPDF_LoadCustomDocument", *fileAccessPointer, cPasswordPointer)
		if err != nil {
			return nil, err
		}

		// Pointer 0 = document could not be opened.
		if res[0] != 0 {
			doc = &res[0]
		}
	} else {
		return nil, errors.New("No file given")
	}

	if doc == nil {
		errorCode, err := p.call("FPDF_GetLastError")
		if err != nil {
			return nil, err
		}

		var pdfiumError error
		switch FPDF_ERR(errorCode[0]) {
		case FPDF_ERR_SUCCESS:
			pdfiumError = pdfium_errors.ErrSuccess
		case FPDF_ERR_UNKNOWN:
			pdfiumError = pdfium_errors.ErrUnknown
		case FPDF_ERR_FILE:
			pdfiumError = pdfium_errors.ErrFile
		case FPDF_ERR_FORMAT:
			pdfiumError = pdfium_errors.ErrFormat
		case FPDF_ERR_PASSWORD:
			pdfiumError = pdfium_errors.ErrPassword
		case FPDF_ERR_SECURITY:
			pdfiumError = pdfium_errors.ErrSecurity
		case FPDF_ERR_PAGE:
			pdfiumError = pdfium_errors.ErrPage
		default:
			pdfiumError = pdfium_errors.ErrUnexpected
		}

		// Cleanup when file loading didn't work.
		if nativeDoc.fileHandleRef != nil {
			p.releaseFileReader(*nativeDoc.fileHandleRef)
		}

		if dataPointer != nil {
			p.Free(*dataPointer)
		}

		return nil, pdfiumError
	}

	documentRef := uuid.New()
	nativeDoc.handle = doc
	nativeDoc.data = request.File
	nativeDoc.nativeRef = references.FPDF_DOCUMENT(documentRef.String())
	nativeDoc.dataPointer = dataPointer
	p.documentRefs[nativeDoc.nativeRef] = nativeDoc

	return &responses.OpenDocument{
		Document: nativeDoc.nativeRef,
	}, nil
}

func (p *PdfiumImplementation) Close() error {
	p.Lock()
	defer p.Unlock()

	for i := range p.documentRefs {
		err := p.documentRefs[i].Close(p)
		if err != nil {
			return err
		}

		delete(p.documentRefs, p.documentRefs[i].nativeRef)
	}

	for i := range p.pageRefs {
		// Already closed by the document close.
		delete(p.pageRefs, p.pageRefs[i].nativeRef)
	}

	// Remove refs, they don't have a close method.
	for i := range p.bookmarkRefs {
		delete(p.bookmarkRefs, i)
	}

	for i := range p.destRefs {
		delete(p.destRefs, i)
	}

	for i := range p.actionRefs {
		delete(p.actionRefs, i)
	}

	for i := range p.linkRefs {
		delete(p.linkRefs, i)
	}

	for i := range p.pageLinkRefs {
		delete(p.pageLinkRefs, i)
	}

	for i := range p.schHandleRefs {
		delete(p.schHandleRefs, i)
	}

	for i := range p.bitmapRefs {
		delete(p.bitmapRefs, i)
	}

	for i := range p.textPageRefs {
		delete(p.textPageRefs, i)
	}

	for i := range p.pageRangeRefs {
		delete(p.pageRangeRefs, i)
	}

	for i := range p.pageObjectRefs {
		delete(p.pageObjectRefs, i)
	}

	for i := range p.clipPathRefs {
		delete(p.clipPathRefs, i)
	}

	for i := range p.formHandleRefs {
		delete(p.formHandleRefs, i)
	}

	for i := range p.annotationRefs {
		delete(p.annotationRefs, i)
	}

	for i := range p.xObjectRefs {
		delete(p.xObjectRefs, i)
	}

	for i := range p.signatureRefs {
		delete(p.signatureRefs, i)
	}

	for i := range p.attachmentRefs {
		delete(p.attachmentRefs, i)
	}

	for i := range p.javaScriptActionRefs {
		delete(p.javaScriptActionRefs, i)
	}

	for i := range p.searchRefs {
		delete(p.searchRefs, i)
	}

	for i := range p.pathSegmentRefs {
		delete(p.pathSegmentRefs, i)
	}

	for i := range p.dataAvailRefs {
		// The documents parsed from these providers were closed above, so
		// there is nothing reading through them anymore.
		p.dataAvailRefs[i].destroyRequested = true
		if err := p.dataAvailRefs[i].destroyIfUnused(p); err != nil {
			return err
		}

		delete(p.dataAvailRefs, i)
	}

	for i := range p.structTreeRefs {
		delete(p.structTreeRefs, i)
	}

	for i := range p.structElementRefs {
		delete(p.structElementRefs, i)
	}

	for i := range p.structElementAttributeRefs {
		delete(p.structElementAttributeRefs, i)
	}

	for i := range p.structElementAttributeValueRefs {
		delete(p.structElementAttributeValueRefs, i)
	}

	for i := range p.pageObjectMarkRefs {
		delete(p.pageObjectMarkRefs, i)
	}

	for i := range p.fontRefs {
		delete(p.fontRefs, i)
	}

	for i := range p.glyphPathRefs {
		delete(p.glyphPathRefs, i)
	}

	for i := range p.fileReaders {
		// Cleanup file handle.
		p.releaseFileReader(i)
	}

	return nil
}

func (p *PdfiumImplementation) getDocumentHandle(documentRef references.FPDF_DOCUMENT) (*DocumentHandle, error) {
	if documentRef == "" {
		return nil, errors.New("document not given")
	}

	if val, ok := p.documentRefs[documentRef]; ok {
		return val, nil
	}

	return nil, errors.New("could not find document handle, perhaps the doc was already closed or you tried to share documents between instances")
}

func (d *PdfiumImplementation) getPageHandle(pageRef references.FPDF_PAGE) (*PageHandle, error) {
	if pageRef == "" {
		return nil, errors.New("page not given")
	}

	if val, ok := d.pageRefs[pageRef]; ok {
		return val, nil
	}

	return nil, errors.New("could not find page handle, perhaps the page was already closed or you tried to share pages between instances or documents")
}

func (p *PdfiumImplementation) getTextPageHandle(textPage references.FPDF_TEXTPAGE) (*TextPageHandle, error) {
	if textPage == "" {
		return nil, errors.New("textPage not given")
	}

	if val, ok := p.textPageRefs[textPage]; ok {
		return val, nil
	}

	return nil, errors.New("could not find textPage handle, perhaps the textPage was already closed or you tried to share textPages between instances")
}
