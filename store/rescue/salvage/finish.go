package salvage

import (
	"fmt"
	"os"
	"path/filepath"

	"fineprint/store/atomicfile"
	"fineprint/store/model"
)

// Finish gives a database that is whole its name, and what is beside it.
func Finish(temporary, path, store string) error {
	err := finish(temporary, path, store)
	if err != nil {
		err = fmt.Errorf("naming the new database: %w: %w", model.ErrUnwritable, err)
	}
	return err
}

func finish(temporary, path, store string) error {
	f, err := os.OpenFile(temporary, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := atomicfile.RenameNew(temporary, path); err != nil { // what came meanwhile is not replaced
		return err
	}
	for _, ending := range []string{".head", ".pages"} {
		_ = os.Rename(temporary+ending, path+ending)
	}
	id, err := os.OpenFile(path+".id", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = id.WriteString(store + "\n")
	if syncErr := id.Sync(); err == nil {
		err = syncErr
	}
	if closeErr := id.Close(); err == nil {
		err = closeErr
	}
	atomicfile.SyncDir(filepath.Dir(path))
	return err
}
