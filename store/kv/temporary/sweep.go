package temporary

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"fineprint/store/kv/filelock"
)

const (
	snapshotName = ".snapshot."
	// CompactName ends the name of a copy in the making that is to take the database's place.
	CompactName = ".compact"
	// strayAfter is how old a temporary file is that nobody works on any more, where
	// nothing else tells.
	strayAfter = time.Hour
)

// strayName matches what follows ".<file>" in the names of our temporary files: those in
// the making of the database and of what stands beside it, copies being compacted,
// and snapshots. Nothing else is ever removed.
var strayName = regexp.MustCompile(`^(\.id)?\.[0-9]+$|^\.snapshot\.[0-9]+$|^\.compact$`)

// Sweep removes the temporary files beside a database that killed processes left. It runs
// once for each DB that writes, under the database's exclusive lock.
//
// A second name of the database itself, as creating it leaves one where files can't be
// renamed without replacing another, is removed whenever it is seen. A snapshot is
// locked by the process that reads it, and is removed when it isn't; so is a copy that
// is compacted, which is only made under the lock that we hold. What else there is has to be old.
func Sweep(path string) {
	whole, err := filepath.EvalSymlinks(path)
	if err != nil {
		return
	}
	dir, prefix := filepath.Dir(whole), "."+filepath.Base(whole)
	database, err := os.Stat(whole)
	if err != nil {
		return
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range list {
		rest, ours := strings.CutPrefix(entry.Name(), prefix)
		if !ours || !strayName.MatchString(rest) {
			continue
		}
		name := filepath.Join(dir, entry.Name())
		info, err := os.Lstat(name)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if os.SameFile(info, database) || isStray(name, rest, info) {
			_ = os.Remove(name)
		}
	}
}

// isStray reports whether nobody works on a temporary file any more.
func isStray(name, rest string, info os.FileInfo) bool {
	told := rest == CompactName || strings.HasPrefix(rest, snapshotName)
	if !told && time.Since(info.ModTime()) < strayAfter {
		return false
	}
	f, err := filelock.Open(name, false, 0)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	free, err := filelock.Try(f, true)
	return free && err == nil
}
