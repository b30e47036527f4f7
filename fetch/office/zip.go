package office

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"fineprint/fetch/bounds"
)

const (
	// maxEntries bounds the files in a document's archive, which are counted before it is
	// opened. A contract with a picture on each page has some hundreds.
	maxEntries = 4096
	// maxParts bounds what the parts that are read unpack to, all together.
	maxParts = 64 << 20
)

// archive is a document that is a ZIP file of parts. No part is ever written to a file, so
// that its name can lead nowhere.
type archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

func openArchive(body []byte) (*archive, error) {
	if n := bytes.Count(body, []byte("PK\x01\x02")); n > maxEntries {
		return nil, fmt.Errorf("%w: it holds more than %d files", bounds.ErrTooMuch, maxEntries)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: it is cut off or damaged", ErrDamaged)
	}
	a := &archive{parts: map[string]*zip.File{}, left: maxParts}
	for _, f := range z.File {
		name := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/")
		if a.parts[name] != nil {
			return nil, fmt.Errorf("%w: it holds two files of one name", ErrDamaged)
		}
		a.parts[name] = f
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.parts[name] != nil }

// holds reports whether there is a part in a folder.
func (a *archive) holds(folder string) bool {
	for name := range a.parts {
		if strings.HasPrefix(name, folder) {
			return true
		}
	}
	return false
}

// part unpacks a part; a missing one is empty.
func (a *archive) part(name string) ([]byte, error) {
	f := a.parts[name]
	switch {
	case f == nil:
		return nil, nil
	case f.Flags&1 != 0:
		return nil, errEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s in it can't be unpacked", ErrDamaged, path.Base(name))
	}
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(io.LimitReader(r, a.left+1))
	var corrupt flate.CorruptInputError
	switch {
	case int64(len(b)) > a.left:
		return nil, fmt.Errorf("%w: unpacked it is more than %d MB", bounds.ErrTooMuch, maxParts>>20)
	case errors.As(err, &corrupt), errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w: %s in it is damaged", ErrDamaged, path.Base(name))
	case err != nil:
		return nil, fmt.Errorf("%w: %s in it can't be unpacked", ErrDamaged, path.Base(name))
	}
	a.left -= int64(len(b))
	return b, nil
}
