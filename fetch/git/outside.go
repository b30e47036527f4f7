package git

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// errOutside is returned for a file that is somewhere else.
var errOutside = errors.New("it is a symbolic link that leads out of the repository, which is not followed")

// openIn opens a file below a folder; no symbolic link leads out of that.
func openIn(root *os.Root, name string) (*os.File, error) {
	f, err := root.Open(name)
	if err != nil && strings.Contains(err.Error(), "escapes") { // os has no error of its own for it
		return nil, fmt.Errorf("%s: %w", name, errOutside)
	}
	return f, err
}

// readFile reads a file below a folder, of so many bytes at most.
func readFile(root *os.Root, name string, most int64) ([]byte, error) {
	if info, err := root.Stat(name); err == nil && (!info.Mode().IsRegular() || info.Size() > most) {
		if !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s is not a file to be read", name)
		}
		return nil, ErrTooLarge
	}
	f, err := openIn(root, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, most))
}

// outside tells which folders are read besides the git directory, in sentences.
func (r *Repo) outside() (notes []string) {
	if target, err := os.Readlink(r.stores[0]); err == nil {
		notes = append(notes, "Its folder of objects is a symbolic link to "+target+", which is read instead")
	}
	if len(r.stores) > 1 {
		notes = append(notes, "It borrows objects from another repository (objects/info/alternates): "+
			strings.Join(r.stores[1:], ", "))
	}
	return notes
}
