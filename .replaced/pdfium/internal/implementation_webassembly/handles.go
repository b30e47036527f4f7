package implementation_webassembly

import (
	"errors"
	"github.com/klippa-app/go-pdfium/references"
)

type DocumentHandle struct {
	handle        *uint64
	currentPage   *PageHandle
	data          *[]byte                  // Keep a reference to the data otherwise weird stuff happens
	nativeRef     references.FPDF_DOCUMENT // A string that is our reference inside the process. We need this to close the documents in DestroyLibrary.
	dataPointer   *uint64
	fileHandleRef *uint32

	// dataAvail is the availability provider this document was parsed from,
	// when it came from FPDFAvail_GetDocument. PDFium requires the provider
	// to outlive the document, so closing the document is what releases it
	// when the caller destroyed it first.
	dataAvail *DataAvailHandle

	// lookup tables keeps track of the opened handles for this instance.
	// we need this for handle lookups and in case of closing the document

	pageRefs             map[references.FPDF_PAGE]*PageHandle
	bookmarkRefs         map[references.FPDF_BOOKMARK]*BookmarkHandle
	destRefs             map[references.FPDF_DEST]*DestHandle
	pageLinkRefs         map[references.FPDF_PAGELINK]*PageLinkHandle
	schHandleRefs        map[references.FPDF_SCHHANDLE]*SchHandleHandle
	textPageRefs         map[references.FPDF_TEXTPAGE]*TextPageHandle
	pageRangeRefs        map[references.FPDF_PAGERANGE]*PageRangeHandle
	formHandleRefs       map[references.FPDF_FORMHANDLE]*FormHandleHandle
	signatureRefs        map[references.FPDF_SIGNATURE]*SignatureHandle
	attachmentRefs       map[references.FPDF_ATTACHMENT]*AttachmentHandle
	javaScriptActionRefs map[references.FPDF_JAVASCRIPT_ACTION]*JavaScriptActionHandle
	searchRefs           map[references.FPDF_SCHHANDLE]*SearchHandle
	structTreeRefs       map[references.FPDF_STRUCTTREE]*StructTreeHandle
	structElementRefs    map[references.FPDF_STRUCTELEMENT]*StructElementHandle
}

// Close closes the internal references in FPDF
func (d *DocumentHandle) Close(pi *PdfiumImplementation) error {
	if d.handle == nil {
		return errors.New("no current document")
	}

	if d.currentPage != nil {
		d.currentPage.Close(pi)
		d.currentPage = nil
	}

	for i := range d.pageRefs {
		d.pageRefs[i].Close(pi)
		delete(d.pageRefs, i)
	}

	// Remove refs, they don't have a close method.
	for i := range d.bookmarkRefs {
		delete(d.bookmarkRefs, i)
	}

	for i := range d.destRefs {
		delete(d.destRefs, i)
	}

	for i := range d.pageLinkRefs {
		delete(d.pageLinkRefs, i)
	}

	for i := range d.schHandleRefs {
		delete(d.schHandleRefs, i)
	}

	for i := range d.textPageRefs {
		delete(d.textPageRefs, i)
	}

	for i := range d.pageRangeRefs {
		delete(d.pageRangeRefs, i)
	}

	for i := range d.formHandleRefs {
		delete(d.formHandleRefs, i)
	}

	for i := range d.signatureRefs {
		delete(d.signatureRefs, i)
	}

	for i := range d.attachmentRefs {
		delete(d.attachmentRefs, i)
	}

	for i := range d.javaScriptActionRefs {
		delete(d.javaScriptActionRefs, i)
	}

	for i := range d.searchRefs {
		delete(d.searchRefs, i)
	}

	for i := range d.structTreeRefs {
		delete(d.structTreeRefs, i)
	}

	for i := range d.structElementRefs {
		delete(d.structElementRefs, i)
	}

	pi.call("FPDF_CloseDocument", *d.handle)
	d.handle = nil

	// Remove reference to data.
	if d.data != nil {
		d.data = nil
	}

	// Free pointer to data.
	if d.dataPointer != nil {
		pi.Free(*d.dataPointer)
		d.dataPointer = nil
	}

	// Cleanup file handle.
	if d.fileHandleRef != nil {
		pi.releaseFileReader(*d.fileHandleRef)
	}

	// Release the availability provider this document was parsed from. When
	// the caller already destroyed it, this is what actually destroys it.
	if d.dataAvail != nil {
		d.dataAvail.openDocuments--
		d.dataAvail.destroyIfUnused(pi)
		d.dataAvail = nil
	}

	return nil
}

type PageHandle struct {
	handle      *uint64
	index       int // -1 when unknown.
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_PAGE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.

	// stalePages are earlier FPDF_PAGE objects of this handle that were
	// replaced by reloadPage. They stay alive until the handle is closed so
	// that text pages, page objects and annotations obtained from them
	// remain valid memory.
	stalePages []uint64
}

// Close closes the internal references in FPDF
func (p *PageHandle) Close(pi *PdfiumImplementation) {
	if p.handle != nil {
		pi.call("FPDF_ClosePage", *p.handle)
		p.handle = nil
	}
	for _, stalePage := range p.stalePages {
		pi.call("FPDF_ClosePage", stalePage)
	}
	p.stalePages = nil
}

type BookmarkHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_BOOKMARK // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type DestHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_DEST // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type ActionHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_ACTION // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type LinkHandle struct {
	handle    *uint64
	nativeRef references.FPDF_LINK // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type PageLinkHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_PAGELINK // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type SchHandleHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_SCHHANDLE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type BitmapHandle struct {
	handle    *uint64
	nativeRef references.FPDF_BITMAP // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type TextPageHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_TEXTPAGE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type PageRangeHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_PAGERANGE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type PageObjectHandle struct {
	handle    *uint64
	nativeRef references.FPDF_PAGEOBJECT // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type ClipPathHandle struct {
	handle    *uint64
	nativeRef references.FPDF_CLIPPATH // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type FormHandleHandle struct {
	handle           *uint64
	documentRef      references.FPDF_DOCUMENT
	nativeRef        references.FPDF_FORMHANDLE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
	formInfo         *uint64
	pagePointers     map[uint64]references.FPDF_PAGE
	documentPointers map[uint64]references.FPDF_DOCUMENT
}

type AnnotationHandle struct {
	handle    *uint64
	nativeRef references.FPDF_ANNOTATION // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type XObjectHandle struct {
	handle    *uint64
	nativeRef references.FPDF_XOBJECT // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type SignatureHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_SIGNATURE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type AttachmentHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_ATTACHMENT // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type JavaScriptActionHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_JAVASCRIPT_ACTION // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type SearchHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_SCHHANDLE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type PathSegmentHandle struct {
	handle    *uint64
	nativeRef references.FPDF_PATHSEGMENT // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type StructTreeHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_STRUCTTREE // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type StructElementHandle struct {
	handle      *uint64
	documentRef references.FPDF_DOCUMENT
	nativeRef   references.FPDF_STRUCTELEMENT // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type PageObjectMarkHandle struct {
	handle    *uint64
	nativeRef references.FPDF_PAGEOBJECTMARK // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type FontHandle struct {
	handle    *uint64
	nativeRef references.FPDF_FONT // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}

type GlyphPathHandle struct {
	handle    *uint64
	nativeRef references.FPDF_GLYPHPATH // A string that is our reference inside the process. We need this to close the references in DestroyLibrary.
}
