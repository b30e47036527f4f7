package app

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fineprint/store/atomicfile"
	"fineprint/store/export"
	"fineprint/store/model"
)

// manifestName is the file that names what an export wrote in a folder: only a folder
// that holds nothing else is replaced.
const manifestName = ".fineprint-export"

// writeFolder replaces the folder path by the files that write creates, through a new
// one beside it, so that an error leaves what was there as it was.
func writeFolder(path string, write func(export.Folder) error) (folderSum, error) {
	if whole, err := filepath.EvalSymlinks(path); err == nil {
		path = whole
	}
	if err := replaceable(path); err != nil {
		return folderSum{}, err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // private until it is whole
	if err != nil {
		return folderSum{}, unwritable(err)
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	d := &folderOnDisk{root: tmp, was: path}
	err = write(d)
	if closeErr := d.close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = d.writeManifest()
	}
	if err == nil {
		err = unwritable(d.openUp())
	}
	if err == nil {
		err = swap(tmp, path)
	}
	return d.sum(), err
}

// openUp gives the new folder the permissions of the one that it replaces, or those that
// any new folder gets, and makes what is in it durable.
func (d *folderOnDisk) openUp() error {
	for sub := range d.folders {
		atomicfile.SyncDir(sub)
	}
	atomicfile.SyncDir(d.root)
	perm := fs.FileMode(0)
	if info, err := os.Stat(d.was); err == nil {
		perm = info.Mode().Perm()
	} else {
		like := filepath.Join(d.root, ".like") // the umask can't be asked for
		if err := os.Mkdir(like, 0o777); err != nil {
			return err
		}
		info, err := os.Stat(like)
		if err = errors.Join(err, os.Remove(like)); err != nil {
			return err
		}
		perm = info.Mode().Perm()
	}
	return os.Chmod(d.root, perm)
}

// swap puts the folder tmp in the place of path, and what was there back if it can't.
func swap(tmp, path string) error {
	old := tmp + ".old"
	err := os.Rename(path, old)
	defer atomicfile.SyncDir(filepath.Dir(path))
	if os.IsNotExist(err) {
		return unwritable(os.Rename(tmp, path))
	}
	if err != nil {
		return unwritable(err)
	}
	if err := os.Rename(tmp, path); err != nil {
		_ = os.Rename(old, path)
		return unwritable(err)
	}
	return unwritable(os.RemoveAll(old))
}

// replaceable reports an error unless path is missing, an empty folder or one that an
// export wrote, with nothing added.
func replaceable(path string) error {
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return unwritable(err)
	}
	if !info.IsDir() {
		return fmt.Errorf("%w: it is a file; name a folder, or a file that ends in %s", model.ErrInvalid, export.ZipExt)
	}
	listed := map[string]bool{manifestName: true}
	body, err := os.ReadFile(filepath.Join(path, manifestName))
	if err != nil && !os.IsNotExist(err) {
		return unwritable(err)
	}
	for line := range strings.Lines(string(body)) {
		if _, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok {
			listed[name] = true
		}
	}
	return unwritable(filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if name, err := filepath.Rel(path, file); err != nil || !listed[filepath.ToSlash(name)] {
			return fmt.Errorf("%w: the folder contains %q, which was not written by an export; name a new folder",
				model.ErrInvalid, name)
		}
		return nil
	}))
}

// folderSum is what was written in a folder.
type folderSum struct {
	bytes  int64
	sha256 string // of the list of files, as sha256sum writes it
}

// folderOnDisk is a folder that an export writes to.
type folderOnDisk struct {
	root    string
	was     string // the folder that it replaces, if there is one
	file    *os.File
	out     *bufio.Writer
	name    string
	hash    hash.Hash
	bytes   int64
	sums    map[string]string // SHA-256 by name
	folders map[string]bool   // below root
	err     error
}

// Create begins the next file.
func (d *folderOnDisk) Create(name string) (io.Writer, error) {
	if err := d.close(); err != nil {
		return nil, err
	}
	if !fs.ValidPath(name) || d.sums[name] != "" || name == manifestName {
		return nil, fmt.Errorf("%w: an export can't have a file %q", model.ErrInvalid, name)
	}
	path := filepath.Join(d.root, filepath.FromSlash(name))
	if dir := filepath.Dir(path); dir != d.root && !d.folders[dir] {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, unwritable(err)
		}
		if d.folders == nil {
			d.folders = map[string]bool{}
		}
		d.folders[dir] = true
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, unwritable(err)
	}
	if was, err := os.Stat(filepath.Join(d.was, filepath.FromSlash(name))); err == nil {
		if err := file.Chmod(was.Mode().Perm()); err != nil {
			_ = file.Close()
			return nil, unwritable(err)
		}
	}
	d.file, d.name, d.hash = file, name, sha256.New()
	d.out = bufio.NewWriterSize(unwritableFile{file}, 64<<10)
	return d, nil
}

func (d *folderOnDisk) Write(p []byte) (int, error) {
	_, _ = d.hash.Write(p)
	n, err := d.out.Write(p)
	d.bytes += int64(n)
	if err != nil {
		d.err = err
	}
	return n, err
}

// close ends the file that is being written.
func (d *folderOnDisk) close() error {
	if d.file == nil {
		return d.err
	}
	err := d.out.Flush()
	if err == nil {
		err = unwritable(d.file.Sync())
	}
	if closeErr := d.file.Close(); err == nil {
		err = unwritable(closeErr)
	}
	if d.sums == nil {
		d.sums = map[string]string{}
	}
	d.sums[d.name], d.file = hex.EncodeToString(d.hash.Sum(nil)), nil
	if err != nil && d.err == nil {
		d.err = err
	}
	return d.err
}

// list is the files by name with their SHA-256, as sha256sum writes and checks it.
func (d *folderOnDisk) list() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(d.sums)) {
		fmt.Fprintf(&b, "%s  %s\n", d.sums[name], name)
	}
	return b.String()
}

func (d *folderOnDisk) writeManifest() error {
	return atomicfile.WriteBytes(filepath.Join(d.root, manifestName), []byte(d.list()), atomicfile.Options{})
}

func (d *folderOnDisk) sum() folderSum {
	return folderSum{d.bytes, fmt.Sprintf("%x", sha256.Sum256([]byte(d.list())))}
}

// zipTime is when every file of a zip is said to be from: equal records give equal bytes.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// zipFolder is a folder in a zip.
type zipFolder struct{ w *zip.Writer }

// Create begins the next file.
func (z zipFolder) Create(name string) (io.Writer, error) {
	return z.w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime})
}

// writeZip writes a format that is a folder as a zip.
func writeZip(w io.Writer, f export.Format, records export.Records, o export.Options) error {
	z := zip.NewWriter(w)
	if err := export.WriteFolder(zipFolder{z}, f, records, o); err != nil {
		return err
	}
	return z.Close()
}
