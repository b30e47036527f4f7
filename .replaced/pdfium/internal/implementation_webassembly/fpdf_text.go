package implementation_webassembly

import (
	"errors"
	"unsafe"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/structs"
)

// FPDFText_LoadPage returns a handle to the text page information structure.
// Application must call FPDFText_ClosePage to release the text page
func (p *PdfiumImplementation) FPDFText_LoadPage(request *requests.FPDFText_LoadPage) (*responses.FPDFText_LoadPage, error) {
	p.Lock()
	defer p.Unlock()

	pageHandle, err := p.loadPage(request.Page)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDFText_LoadPage", *pageHandle.handle)
	if err != nil {
		return nil, err
	}

	textPage := res[0]
	if textPage == 0 {
		return nil, errors.New("could not load text page")
	}

	documentHandle, err := p.getDocumentHandle(pageHandle.documentRef)
	if err != nil {
		return nil, err
	}

	textPageHandle := p.registerTextPage(&textPage, documentHandle)

	return &responses.FPDFText_LoadPage{
		TextPage: textPageHandle.nativeRef,
	}, nil
}

// FPDFText_ClosePage Release all resources allocated for a text page information structure.
func (p *PdfiumImplementation) FPDFText_ClosePage(request *requests.FPDFText_ClosePage) (*responses.FPDFText_ClosePage, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	documentHandle, err := p.getDocumentHandle(textPageHandle.documentRef)
	if err != nil {
		return nil, err
	}

	_, err = p.call("FPDFText_ClosePage", *textPageHandle.handle)
	if err != nil {
		return nil, err
	}

	// Cleanup refs
	delete(p.textPageRefs, textPageHandle.nativeRef)
	delete(documentHandle.textPageRefs, textPageHandle.nativeRef)

	return &responses.FPDFText_ClosePage{}, nil
}

// FPDFText_CountChars returns the number of characters in a page.
// Characters in a page form a "stream", inside the stream, each character has an index.
// We will use the index parameters in many of FPDFTEXT functions. The first
// character in the page has an index value of zero.
func (p *PdfiumImplementation) FPDFText_CountChars(request *requests.FPDFText_CountChars) (*responses.FPDFText_CountChars, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDFText_CountChars", *textPageHandle.handle)
	if err != nil {
		return nil, err
	}

	charCount := *(*int32)(unsafe.Pointer(&res[0]))
	if int(charCount) == -1 {
		return nil, errors.New("could not get char count")
	}

	return &responses.FPDFText_CountChars{
		Count: int(charCount),
	}, nil
}

// FPDFText_GetUnicode returns the unicode of a character in a page.
func (p *PdfiumImplementation) FPDFText_GetUnicode(request *requests.FPDFText_GetUnicode) (*responses.FPDFText_GetUnicode, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDFText_GetUnicode", *textPageHandle.handle, uint64(request.Index))
	if err != nil {
		return nil, err
	}

	charUnicode := *(*uint)(unsafe.Pointer(&res[0]))

	return &responses.FPDFText_GetUnicode{
		Index:   request.Index,
		Unicode: charUnicode,
	}, nil
}

// FPDFText_GetFontSize returns the font size of a particular character.
func (p *PdfiumImplementation) FPDFText_GetFontSize(request *requests.FPDFText_GetFontSize) (*responses.FPDFText_GetFontSize, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDFText_GetFontSize", *textPageHandle.handle, uint64(request.Index))
	if err != nil {
		return nil, err
	}

	fontSize := *(*float64)(unsafe.Pointer(&res[0]))

	return &responses.FPDFText_GetFontSize{
		Index:    request.Index,
		FontSize: fontSize,
	}, nil
}

// FPDFText_GetCharOrigin returns origin of a particular character.
// All positions are measured in PDF "user space".
func (p *PdfiumImplementation) FPDFText_GetCharOrigin(request *requests.FPDFText_GetCharOrigin) (*responses.FPDFText_GetCharOrigin, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	xPointer, err := p.DoublePointer(nil)
	if err != nil {
		return nil, err
	}
	defer xPointer.Free()

	yPointer, err := p.DoublePointer(nil)
	if err != nil {
		return nil, err
	}
	defer yPointer.Free()

	res, err := p.call("FPDFText_GetCharOrigin", *textPageHandle.handle, uint64(request.Index), xPointer.Pointer, yPointer.Pointer)
	if err != nil {
		return nil, err
	}

	success := *(*int32)(unsafe.Pointer(&res[0]))
	if int(success) == 0 {
		return nil, errors.New("could not get char origin")
	}

	x, err := xPointer.Value()
	if err != nil {
		return nil, err
	}

	y, err := yPointer.Value()
	if err != nil {
		return nil, err
	}

	return &responses.FPDFText_GetCharOrigin{
		Index: request.Index,
		X:     x,
		Y:     y,
	}, nil
}

// FPDFText_GetFontInfo returns the font name and flags of a particular character.
// Experimental API.
func (p *PdfiumImplementation) FPDFText_GetFontInfo(request *requests.FPDFText_GetFontInfo) (*responses.FPDFText_GetFontInfo, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	// First get the font name length.
	res, err := p.call("FPDFText_GetFontInfo", *textPageHandle.handle, uint64(request.Index), 0, 0, 0)
	if err != nil {
		return nil, err
	}

	fontNameSize := *(*int32)(unsafe.Pointer(&res[0]))
	if fontNameSize == 0 {
		return nil, errors.New("could not get font name")
	}

	fontFlagsPointer, err := p.IntPointer()
	if err != nil {
		return nil, err
	}
	defer fontFlagsPointer.Free()

	charDataPointer, err := p.ByteArrayPointer(uint64(fontNameSize), nil)
	if err != nil {
		return nil, err
	}
	defer charDataPointer.Free()

	_, err = p.call("FPDFText_GetFontInfo", *textPageHandle.handle, uint64(request.Index), charDataPointer.Pointer, uint64(fontNameSize), fontFlagsPointer.Pointer)
	if err != nil {
		return nil, err
	}

	charData, err := charDataPointer.Value(false)
	if err != nil {
		return nil, err
	}

	fontFlags, err := fontFlagsPointer.Value()
	if err != nil {
		return nil, err
	}

	return &responses.FPDFText_GetFontInfo{
		Index:    request.Index,
		FontName: string(charData[:fontNameSize-1]), // Remove NULL terminator
		Flags:    int(fontFlags),
	}, nil
}

// FPDFText_GetCharAngle returns the character rotation angle.
// Experimental API.
func (p *PdfiumImplementation) FPDFText_GetCharAngle(request *requests.FPDFText_GetCharAngle) (*responses.FPDFText_GetCharAngle, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDFText_GetCharAngle", *textPageHandle.handle, uint64(request.Index))
	if err != nil {
		return nil, err
	}

	charAngle := *(*float32)(unsafe.Pointer(&res[0]))
	if float64(charAngle) == -1 {
		return nil, errors.New("could not get char angle")
	}

	return &responses.FPDFText_GetCharAngle{
		Index:     request.Index,
		CharAngle: float32(charAngle),
	}, nil
}

// FPDFText_GetLooseCharBox returns a "loose" bounding box of a particular character, i.e., covering
// the entire glyph bounds, without taking the actual glyph shape into
// account. All positions are measured in PDF "user space".
// Experimental API.
func (p *PdfiumImplementation) FPDFText_GetLooseCharBox(request *requests.FPDFText_GetLooseCharBox) (*responses.FPDFText_GetLooseCharBox, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	rectPointer, rectValue, err := p.CStructFS_RECTF(nil)
	if err != nil {
		return nil, err
	}
	defer p.Free(rectPointer)

	res, err := p.call("FPDFText_GetLooseCharBox", *textPageHandle.handle, uint64(request.Index), rectPointer)
	if err != nil {
		return nil, err
	}

	success := *(*int32)(unsafe.Pointer(&res[0]))
	if int(success) == 0 {
		return nil, errors.New("could not get loose char box")
	}

	rect, err := rectValue()
	if err != nil {
		return nil, err
	}

	return &responses.FPDFText_GetLooseCharBox{
		Rect: structs.FPDF_FS_RECTF{
			Left:   float32(rect.Left),
			Top:    float32(rect.Top),
			Right:  float32(rect.Right),
			Bottom: float32(rect.Bottom),
		},
	}, nil
}

// FPDFText_GetMatrix returns the effective transformation matrix for a particular character.
// All positions are measured in PDF "user space".
// Experimental API.
func (p *PdfiumImplementation) FPDFText_GetMatrix(request *requests.FPDFText_GetMatrix) (*responses.FPDFText_GetMatrix, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	matrixPointer, matrixValue, err := p.CStructFS_MATRIX(nil)
	if err != nil {
		return nil, err
	}
	defer p.Free(matrixPointer)

	res, err := p.call("FPDFText_GetMatrix", *textPageHandle.handle, uint64(request.Index), matrixPointer)
	if err != nil {
		return nil, err
	}

	success := *(*int32)(unsafe.Pointer(&res[0]))
	if int(success) == 0 {
		return nil, errors.New("could not get char matrix")
	}

	matrix, err := matrixValue()
	if err != nil {
		return nil, err
	}

	return &responses.FPDFText_GetMatrix{
		Matrix: structs.FPDF_FS_MATRIX{
			A: float32(matrix.A),
			B: float32(matrix.B),
			C: float32(matrix.C),
			D: float32(matrix.D),
			E: float32(matrix.E),
			F: float32(matrix.F),
		},
	}, nil
}

// FPDFText_HasUnicodeMapError a character in a page has an invalid unicode mapping.
// Experimental API.
func (p *PdfiumImplementation) FPDFText_HasUnicodeMapError(request *requests.FPDFText_HasUnicodeMapError) (*responses.FPDFText_HasUnicodeMapError, error) {
	p.Lock()
	defer p.Unlock()

	textPageHandle, err := p.getTextPageHandle(request.TextPage)
	if err != nil {
		return nil, err
	}

	res, err := p.call("FPDFText_HasUnicodeMapError", *textPageHandle.handle, uint64(request.Index))
	if err != nil {
		return nil, err
	}

	hasUnicodeMapError := *(*int32)(unsafe.Pointer(&res[0]))
	if int(hasUnicodeMapError) == -1 {
		return nil, errors.New("could not get whether text has a unicode map error")
	}

	return &responses.FPDFText_HasUnicodeMapError{
		Index:              request.Index,
		HasUnicodeMapError: int(hasUnicodeMapError) == 1,
	}, nil
}
