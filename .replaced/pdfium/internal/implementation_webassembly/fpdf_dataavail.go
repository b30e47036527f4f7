package implementation_webassembly

import (
	"sync"
)

var FileAvailables = struct {
	Refs  map[uint32]*DataAvailHandle
	Mutex *sync.Mutex
}{
	Refs:  map[uint32]*DataAvailHandle{},
	Mutex: &sync.Mutex{},
}

var FileHints = struct {
	Refs  map[uint32]*DataAvailHandle
	Mutex *sync.Mutex
}{
	Refs:  map[uint32]*DataAvailHandle{},
	Mutex: &sync.Mutex{},
}

// destroyIfUnused destroys the PDFium availability provider once the caller
// has asked for it to be destroyed and every document that was parsed from it
// has been closed.
//
// PDFium needs that order. FPDFAvail_GetDocument gives the document's parser a
// CPDF_ReadValidator that holds an unowned pointer to the provider's
// FX_FILEAVAIL wrapper and calls into it on every availability check, so
// destroying the provider while a document is still open leaves that document
// calling a destroyed C++ object on its next read. The provider's file reader
// is used by both and is released here as well.
//
// Call it with the lock held.
func (d *DataAvailHandle) destroyIfUnused(pi *PdfiumImplementation) error {
	if !d.destroyRequested || d.openDocuments > 0 || d.handle == nil {
		return nil
	}

	_, err := pi.call("FPDFAvail_Destroy", *d.handle)
	if err != nil {
		return err
	}

	d.handle = nil

	pi.releaseFileReader(*d.reader)

	// The FX_FILEAVAIL is ours (FX_FILEAVAIL_Create allocated it), the
	// FPDF_AVAIL is not: FPDFAvail_Destroy above already deleted the object
	// PDFium allocated for it, so freeing that pointer here as well would be
	// a double free.
	pi.Free(*d.fileAvail)

	FileAvailables.Mutex.Lock()
	delete(FileAvailables.Refs, uint32(*d.fileAvail))
	FileAvailables.Mutex.Unlock()

	if d.hints != nil && *d.hints != 0 {
		pi.Free(*d.hints)
		FileHints.Mutex.Lock()
		delete(FileHints.Refs, uint32(*d.hints))
		FileHints.Mutex.Unlock()
	}

	return nil
}
