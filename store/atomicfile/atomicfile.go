// Package atomicfile writes files whole or not at all: exports, digests, the settings
// file, mail, and what stands beside a database.
//
// It is not for the database itself, which bbolt writes, nor for scratch files that
// nobody else reads.
//
// # Invariants
//
// Whoever reads the path, or looks at it after a crash or a full disk, finds the file of
// before or the new one. The content is in a temporary file of its own, made exclusively
// beside the target, synced and renamed, and the folder is synced after it.
//
// A target that exists keeps its permissions: who made a file private meant it. A
// new one gets those of [Options].Perm less the umask, as any program's file does. A
// target that may be written by nobody is refused, as the shell refuses it, and so is one
// that is a folder. A pipe or a device is written to: nothing can be beside it.
//
// # Symbolic links
//
// A target that is a symbolic link is written through: what it names is replaced and the
// link stays. Who links a name to a file wants the file under both names, and
// replacing the link would leave one of them with the old content, unsaid. The
// exception is the one that Linux makes: in a folder where everybody may write (/tmp), a
// link that neither we nor the folder's owner made is refused, because it is a
// way to have us write over a file of ours.
package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"fineprint/store/model"
)

// Options are how a file is written; the zero value makes a file that everybody may read.
type Options struct {
	// Perm is of a new file, less the umask; default 0666. Private is 0600.
	Perm fs.FileMode
	// New refuses a target that exists, with an error that is [fs.ErrExist].
	New bool
	// NoSync leaves the disk to the system: a power failure may lose the file or leave
	// it empty. For what is made anew when it is lost.
	NoSync bool
	// NoFollow replaces a target that is a symbolic link, for what nobody has links to.
	NoFollow bool
	// Own is the temporary file's name where a lock makes it the caller's alone: what a crash
	// left under it is replaced. Default is one that nobody has.
	Own string
	// Dir is where the temporary file is made, on the target's file system; default beside it.
	Dir string
}

// WriteBytes is [Write] of bytes.
func WriteBytes(path string, content []byte, o Options) error {
	return Write(path, o, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Write puts a file in its place with what write writes. Its errors are write's own, or
// wrap [model.ErrUnwritable], or [model.ErrInvalid] for a target that can't be a file.
func Write(path string, o Options, write func(io.Writer) error) error {
	if o.Perm == 0 {
		o.Perm = 0o666
	}
	stat := os.Stat
	if o.NoFollow {
		stat = os.Lstat
	}
	info, err := stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%w: it is a folder; name a file", model.ErrInvalid)
	case err == nil && o.New:
		return unwritable(&fs.PathError{Op: "create", Path: path, Err: fs.ErrExist})
	case err == nil && !info.Mode().IsRegular() && o.NoFollow:
		err = fs.ErrNotExist // the rename replaces it
	case err == nil && !info.Mode().IsRegular():
		return writeDevice(path, write)
	case err == nil && info.Mode().Perm()&0o222 == 0:
		return fmt.Errorf("%w: %s is read-only (%v)", model.ErrUnwritable, path, info.Mode())
	}
	if err != nil {
		info = nil
	}
	if !o.NoFollow {
		if path, err = Resolve(path); err != nil {
			return err
		}
	}
	dir := o.Dir
	if dir == "" {
		dir = filepath.Dir(path)
	}
	perm := o.Perm
	if info != nil {
		perm = 0o600 // until it has all of its content
	}
	tmp, err := createTemp(dir, "."+filepath.Base(path)+".", o.Own, perm)
	if err != nil {
		return unwritable(err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	if err := fill(tmp, info, o, write); err != nil {
		return err
	}
	return unwritable(place(tmp.Name(), path, o))
}

// fill writes the temporary file and closes it.
func fill(tmp *os.File, was fs.FileInfo, o Options, write func(io.Writer) error) error {
	err := write(file{tmp})
	if err == nil && was != nil && was.Mode().Perm() != 0o600 {
		err = unwritable(tmp.Chmod(was.Mode().Perm()))
	}
	if err == nil && !o.NoSync {
		err = unwritable(tmp.Sync())
	}
	if closeErr := tmp.Close(); err == nil {
		err = unwritable(closeErr)
	}
	return err
}

// place gives the temporary file its name.
func place(tmp, path string, o Options) error {
	err := error(nil)
	if o.New {
		err = RenameNew(tmp, path)
	} else {
		err = os.Rename(tmp, path)
	}
	if err == nil && !o.NoSync {
		SyncDir(filepath.Dir(path))
	}
	return err
}

// RenameNew renames a file to a name that must be free; else the error is [fs.ErrExist].
func RenameNew(from, to string) error {
	err := renameNew(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// The system or the file system has no such rename: a link can't replace either.
	if err = os.Link(from, to); err == nil {
		return os.Remove(from)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return &fs.PathError{Op: "rename", Path: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to)
}

// SyncDir makes a rename in a folder durable; systems that can't sync a folder are left alone.
func SyncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	_ = d.Sync()
	_ = d.Close()
}

// maxLinks is how many symbolic links one name may lead through, as on Linux.
const maxLinks = 40

// Resolve follows the symbolic links that a file's name leads through, to the name under
// which the file is or would be. A link that somebody else left in a folder for everybody
// is [model.ErrInvalid].
func Resolve(path string) (string, error) {
	for range maxLinks {
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink == 0 {
			return path, nil
		}
		if err != nil {
			return "", unwritable(err)
		}
		dir := filepath.Dir(path)
		if folder, err := os.Stat(dir); err != nil {
			return "", unwritable(err)
		} else if foreign(info, folder) {
			return "", fmt.Errorf("%w: %s is a symbolic link that somebody else made in a folder for everybody; "+
				"name the file itself", model.ErrInvalid, path)
		}
		target, err := os.Readlink(path)
		if err != nil {
			return "", unwritable(err)
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(dir, target)
		}
		path = target
	}
	return "", fmt.Errorf("%w: %s: too many symbolic links", model.ErrInvalid, path)
}

// createTemp makes a new file with a random name; unlike [os.CreateTemp]'s, its permissions
// can follow the umask.
func createTemp(dir, prefix, own string, perm fs.FileMode) (*os.File, error) {
	if own != "" {
		name := filepath.Join(dir, own)
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
	}
	for tries := 0; ; tries++ {
		name := filepath.Join(dir, prefix+strconv.FormatUint(uint64(rand.Uint32()), 10))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm) // exclusive: follows no link
		if !errors.Is(err, fs.ErrExist) || tries > 1000 {
			return f, err
		}
	}
}

// writeDevice writes to a pipe or a device.
func writeDevice(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return unwritable(err)
	}
	err = write(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// unwritable makes an error of a file one of [model.ErrUnwritable]; nil stays nil.
func unwritable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
}

// file is a file whose write errors are unwritable.
type file struct{ *os.File }

func (f file) Write(p []byte) (int, error) {
	n, err := f.File.Write(p)
	return n, unwritable(err)
}
