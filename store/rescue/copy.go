package rescue

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// copying is how many bytes are copied between two looks at the context.
const copying = 1 << 20

// copied is a file that was copied.
type copied struct {
	bytes   int64
	reflink bool
	sum     kv.Sum // of all bytes; not of a reflink, which shares them
}

// copyFile copies a file into one in the making. The caller holds the lock that keeps the
// first as it is.
func copyFile(ctx context.Context, from string, dst *os.File) (c copied, err error) {
	src, err := os.Open(from)
	if err != nil {
		return c, unwritable(err)
	}
	defer func() { _ = src.Close() }()
	info, err := src.Stat()
	if err != nil {
		return c, unwritable(err)
	}
	c.bytes = info.Size()
	if clone(dst, src) == nil {
		c.reflink = true
		return c, nil
	}
	h := sha256.New()
	n, err := copyBytes(ctx, io.MultiWriter(dst, h), src)
	if err == nil && n != c.bytes {
		err = fmt.Errorf("%w: it changed while it was copied", model.ErrBusy)
	}
	c.sum = kv.Sum(h.Sum(nil))
	return c, err
}

// copyBytes copies to the end, or until the context ends.
func copyBytes(ctx context.Context, to io.Writer, from io.Reader) (total int64, err error) {
	for buffer := make([]byte, copying); ; {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		n, err := from.Read(buffer)
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return total, unwritable(err)
			}
			total += int64(n)
		}
		if errors.Is(err, io.EOF) {
			return total, nil
		}
		if err != nil {
			return total, unwritable(err)
		}
	}
}

// settle syncs a copy, reads it back from the disk, and holds it against what was copied.
func settle(ctx context.Context, path string, c copied) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return unwritable(err)
	}
	defer func() { _ = f.Close() }()
	if err := f.Sync(); err != nil {
		return unwritable(err)
	}
	dropCache(f)
	if c.reflink {
		return nil
	}
	h := sha256.New()
	if _, err := copyBytes(ctx, h, f); err != nil {
		return err
	}
	if !same(h, c.sum) {
		return fmt.Errorf("%w: the copy's bytes are others than the database's; the disk may be failing", model.ErrDamaged)
	}
	return nil
}

func same(h hash.Hash, sum kv.Sum) bool { return kv.Sum(h.Sum(nil)) == sum }

// unwritable says of an error of the file system what kind it is.
func unwritable(err error) error {
	if err == nil || errors.Is(err, model.ErrUnwritable) {
		return err
	}
	return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
}

// syncFolder makes a rename durable; systems that can't sync a folder are left alone.
func syncFolder(path string) {
	if d, err := os.Open(path); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// letGo removes a file in the making, if it still has its name, and gives its lock back.
func letGo(f *os.File) {
	if isAt(f, f.Name()) {
		removeWith(f.Name())
	}
	_ = f.Close()
}

// removeWith removes a temporary database and what was kept beside it.
func removeWith(path string) {
	_ = os.Remove(path)
	beside, _ := filepath.Glob(escapeGlob(path) + ".*")
	for _, p := range beside {
		_ = os.Remove(p)
	}
}

// escapeGlob is a path as a pattern that matches it alone.
func escapeGlob(path string) string {
	var b []byte
	for i := range len(path) {
		if c := path[i]; c == '*' || c == '?' || c == '[' || c == '\\' && filepath.Separator != '\\' {
			b = append(b, '\\')
		}
		b = append(b, path[i])
	}
	return string(b)
}

// exists reports whether something has a name.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
