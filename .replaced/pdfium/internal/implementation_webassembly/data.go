package implementation_webassembly

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/structs"
)

type FileReaderRef struct {
	Reader       io.ReadSeeker
	FileAccess   *uint64
	ParamPointer *uint64
}

var FileReaders = struct {
	Refs    map[uint32]*FileReaderRef
	Counter uint32
	Mutex   *sync.Mutex
}{
	Refs:    map[uint32]*FileReaderRef{},
	Counter: 0,
	Mutex:   &sync.Mutex{},
}

// releaseFileReader frees the file reader registered under ref. PDFium reads
// through the FPDF_FILEACCESS struct, and the identifier it points at, for as
// long as it has anything built on top of them, so this may only be called
// once that is gone. Call it with the lock held.
func (p *PdfiumImplementation) releaseFileReader(ref uint32) {
	fileReader, ok := p.fileReaders[ref]
	if !ok {
		return
	}

	if fileReader.FileAccess != nil {
		p.Free(*fileReader.FileAccess)
		fileReader.FileAccess = nil
	}

	if fileReader.ParamPointer != nil {
		p.Free(*fileReader.ParamPointer)
		fileReader.ParamPointer = nil
	}

	delete(p.fileReaders, ref)

	FileReaders.Mutex.Lock()
	delete(FileReaders.Refs, ref)
	FileReaders.Mutex.Unlock()
}

func (p *PdfiumImplementation) CreateFileAccessReader(fileSize int64, reader io.ReadSeeker) (*uint64, *uint32, error) {
	FileReaders.Mutex.Lock()
	defer FileReaders.Mutex.Unlock()
	fileReaderIndex := FileReaders.Counter
	FileReaders.Counter++

	paramPointer, err := p.Malloc(4)
	if err != nil {
		return nil, nil, err
	}

	p.Module.Memory().WriteUint32Le(uint32(paramPointer), fileReaderIndex)

	res, err := p.call("FPDF_FILEACCESS_Create", uint64(fileSize), paramPointer)
	if err != nil {
		return nil, nil, err
	}

	fileAccessPointer := res[0]

	fileReaderRef := &FileReaderRef{
		Reader:       reader,
		FileAccess:   &fileAccessPointer,
		ParamPointer: &paramPointer,
	}

	FileReaders.Refs[fileReaderIndex] = fileReaderRef
	p.fileReaders[fileReaderIndex] = fileReaderRef

	return &fileAccessPointer, &fileReaderIndex, nil
}

type FileWriterRef struct {
	Writer    io.Writer
	FileWrite *uint64
}

var FileWriters = struct {
	Refs  map[FileWriterKey]*FileWriterRef
	Mutex *sync.Mutex
}{
	Refs:  map[FileWriterKey]*FileWriterRef{},
	Mutex: &sync.Mutex{},
}

type FileWriterKey struct {
	Module  Module
	Pointer uint32
}

type CString struct {
	Pointer uint64
	Free    func()
}

func (p *PdfiumImplementation) CString(input string) (*CString, error) {
	inputLength := uint64(len(input)) + 1

	// The whole buffer is overwritten right below.
	pointer, err := p.MallocNoZero(inputLength)
	if err != nil {
		return nil, err
	}

	// Write string + null terminator.
	if !p.Module.Memory().Write(uint32(pointer), append([]byte(input), byte(0))) {
		return nil, errors.New("could not write CString data")
	}

	return &CString{
		Pointer: pointer,
		Free: func() {
			p.Free(pointer)
		},
	}, nil
}

func (p *PdfiumImplementation) transformUTF16LEToUTF8(charData []byte) (string, error) {
	// PDFium returns UTF-16LE without a byte order mark, so don't look for one.
	u16 := make([]uint16, 0, len(charData)/2)
	for i := 0; i+1 < len(charData); i += 2 {
		u16 = append(u16, uint16(charData[i])|uint16(charData[i+1])<<8)
	}

	runes := utf16.Decode(u16)

	// A dangling single byte can't be decoded.
	if len(charData)%2 != 0 {
		runes = append(runes, utf8.RuneError)
	}

	// Remove NULL terminator.
	if len(runes) > 0 && runes[len(runes)-1] == 0 {
		runes = runes[:len(runes)-1]
	}

	return string(runes), nil
}

type IntPointer struct {
	Pointer uint64
	Free    func()
	Value   func() (int, error)
}

func (p *PdfiumImplementation) IntPointer() (*IntPointer, error) {
	pointer, err := p.Malloc(p.CSizeInt())
	if err != nil {
		return nil, err
	}

	return &IntPointer{
		Pointer: pointer,
		Free: func() {
			p.Free(pointer)
		},
		Value: func() (int, error) {
			b, success := p.Module.Memory().Read(uint32(pointer), uint32(p.CSizeInt()))
			if !success {
				return 0, errors.New("could not read int data from memory")
			}

			var myInt int32
			err := binary.Read(bytes.NewBuffer(b), binary.LittleEndian, &myInt)
			if err != nil {
				return 0, err
			}

			return int(myInt), nil
		},
	}, nil
}

type DoublePointer struct {
	Pointer uint64
	Free    func()
	Value   func() (float64, error)
}

func (p *PdfiumImplementation) DoublePointer(in *float64) (*DoublePointer, error) {
	pointer, err := p.Malloc(p.CSizeDouble())
	if err != nil {
		return nil, err
	}

	if in != nil {
		if !p.Module.Memory().WriteFloat64Le(uint32(pointer), *in) {
			p.Free(pointer)
			return nil, errors.New("could not write double data to memory")
		}
	}

	return &DoublePointer{
		Pointer: pointer,
		Free: func() {
			p.Free(pointer)
		},
		Value: func() (float64, error) {
			val, success := p.Module.Memory().ReadFloat64Le(uint32(pointer))
			if !success {
				return 0, errors.New("could not read double data from memory")
			}

			return val, nil
		},
	}, nil
}

type ByteArrayPointer struct {
	Pointer uint64
	Free    func()
	Value   func(copy bool) ([]byte, error)
}

func (p *PdfiumImplementation) ByteArrayPointer(size uint64, in []byte) (*ByteArrayPointer, error) {
	var pointer uint64
	var err error
	if uint64(len(in)) >= size {
		// The whole buffer is overwritten right below.
		pointer, err = p.MallocNoZero(size)
	} else {
		pointer, err = p.Malloc(size)
	}
	if err != nil {
		return nil, err
	}

	if in != nil {
		if !p.Module.Memory().Write(uint32(pointer), in) {
			p.Free(pointer)
			return nil, errors.New("could not write byte data to memory")
		}
	}

	return &ByteArrayPointer{
		Pointer: pointer,
		Free: func() {
			p.Free(pointer)
		},
		Value: func(copy bool) ([]byte, error) {
			b, success := p.Module.Memory().Read(uint32(pointer), uint32(size))
			if !success {
				return nil, errors.New("could not read byte array data from memory")
			}

			// Make a copy if we want to use the data outside the function call.
			if copy {
				contentDataCopy := append([]byte{}, b...)
				return contentDataCopy, nil
			}

			return b, nil
		},
	}, nil
}

func (p *PdfiumImplementation) Malloc(size uint64) (uint64, error) {
	pointer, err := p.MallocNoZero(size)
	if err != nil {
		return 0, err
	}

	// Zero the buffer inside the guest (a single memory.fill) instead of
	// writing size zero bytes through the host, which costs a Go allocation
	// and a host-to-guest copy of the full buffer.
	if memset := p.Fn("memset"); memset != nil {
		_, err = p.callFn(memset, pointer, 0, size)
		if err != nil {
			return 0, err
		}

		return pointer, nil
	}

	// Fallback for modules that don't export memset.
	ok := p.Module.Memory().Write(uint32(pointer), make([]byte, size))
	if !ok {
		return 0, errors.New("could not write nulls to memory")
	}

	return pointer, nil
}

// MallocNoZero allocates guest memory without zeroing it. Only use this when
// the whole buffer is immediately overwritten.
func (p *PdfiumImplementation) MallocNoZero(size uint64) (uint64, error) {
	results, err := p.callFn(p.Functions["malloc"], size)
	if err != nil {
		return 0, err
	}

	pointer := results[0]
	if pointer == 0 && size > 0 {
		// malloc returned NULL: the instance is out of WebAssembly memory.
		return 0, errors.New("could not allocate memory")
	}

	return pointer, nil
}

func (p *PdfiumImplementation) Free(pointer uint64) error {
	_, err := p.callFn(p.Functions["free"], pointer)
	if err != nil {
		return err
	}
	return nil
}

func (p *PdfiumImplementation) CSizeInt() uint64 {
	// @todo: implement on pdfium/emscripten side?
	return 4
}

func (p *PdfiumImplementation) CSizeFloat() uint64 {
	// @todo: implement on pdfium/emscripten side?
	return 4
}

func (p *PdfiumImplementation) CSizeDouble() uint64 {
	// @todo: implement on pdfium/emscripten side?
	return 8
}

func (p *PdfiumImplementation) CSizeStructFS_MATRIX() uint64 {
	// FS_MATRIX is 6 * float (a, b, c, d, e, f).
	return p.CSizeFloat() * 6
}

func (p *PdfiumImplementation) CStructFS_MATRIX(in *structs.FPDF_FS_MATRIX) (uint64, func() (*structs.FPDF_FS_MATRIX, error), error) {
	pointer, err := p.Malloc(p.CSizeStructFS_MATRIX())
	if err != nil {
		return 0, nil, err
	}

	if in != nil {
		if !p.Module.Memory().WriteFloat32Le(uint32(pointer), in.A) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*1)), in.B) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*2)), in.C) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*3)), in.D) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*4)), in.E) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*5)), in.F) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}
	}

	return pointer, func() (*structs.FPDF_FS_MATRIX, error) {
		a, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		b, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 1)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		c, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 2)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		d, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 3)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		e, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 4)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		f, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 5)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		return &structs.FPDF_FS_MATRIX{
			A: a,
			B: b,
			C: c,
			D: d,
			E: e,
			F: f,
		}, nil
	}, nil
}

func (p *PdfiumImplementation) CSizeStructFS_RECTF() uint64 {
	// FS_RECTF is 4 * float (left, top, right, bottom).
	return p.CSizeFloat() * 4
}

func (p *PdfiumImplementation) CStructFS_RECTF(in *structs.FPDF_FS_RECTF) (uint64, func() (*structs.FPDF_FS_RECTF, error), error) {
	pointer, err := p.Malloc(p.CSizeStructFS_RECTF())
	if err != nil {
		return 0, nil, err
	}

	if in != nil {
		if !p.Module.Memory().WriteFloat32Le(uint32(pointer), in.Left) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*1)), in.Top) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*2)), in.Right) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}

		if !p.Module.Memory().WriteFloat32Le(uint32(pointer+(p.CSizeFloat()*3)), in.Bottom) {
			p.Free(pointer)
			return 0, nil, errors.New("could not write float data to memory")
		}
	}

	return pointer, func() (*structs.FPDF_FS_RECTF, error) {
		left, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		top, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 1)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		right, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 2)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		bottom, ok := p.Module.Memory().ReadFloat32Le(uint32(pointer + (p.CSizeFloat() * 3)))
		if !ok {
			return nil, errors.New("could not read float data from memory")
		}

		return &structs.FPDF_FS_RECTF{
			Left:   left,
			Top:    top,
			Right:  right,
			Bottom: bottom,
		}, nil
	}, nil
}
