// Package holder names who holds a database: by the system's list of locks, or else by what stands in
// "<file>.holder", in which a writer, and a reader of more than a second, names itself.
//
// It is not for holding it: that is the database's own lock (store/kv). All of it serves a message, so
// that nothing here fails.
package holder

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fineprint/store/atomicfile"
	"fineprint/store/kv/filelock"
)

func notePath(path string) string { return path + ".holder" }

// note is what the file beside a database says of who holds it.
type note struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Reading bool      `json:"reading,omitempty"`
	Since   time.Time `json:"since"`
}

// longRead is how long somebody reads who leaves a note of it: for shorter ones
// the others wait.
const longRead = time.Second

// maxHolder is how much of the note is read: it may be anything by then.
const maxHolder = 4 << 10

// Note leaves a file that names who holds the database and returns what takes
// it away. It only serves a message, on systems that don't tell who holds a lock, so
// that failures don't matter, and one that a killed process left is harmless: it is not
// believed of a process that is gone, and the next writer replaces it. The file is made
// anew and renamed: a symbolic link of that name is replaced and never followed.
func Note(path string, reading bool) (remove func()) {
	mine := note{PID: os.Getpid(), Command: filelock.Command(os.Args), Reading: reading, Since: time.Now().UTC()}
	body, _ := json.Marshal(mine)
	beside := notePath(path)
	_ = atomicfile.WriteBytes(beside, body, atomicfile.Options{Perm: 0o600, NoSync: true, NoFollow: true,
		Own: "." + filepath.Base(beside) + ".new"})
	return func() {
		if now, ok := read(path); ok && now.PID != mine.PID { // of another reader
			return
		}
		_ = os.Remove(beside)
	}
}

// NoteLongRead is Note for a reader, once it has read for long.
func NoteLongRead(path string) (remove func()) {
	removed := make(chan func(), 1)
	timer := time.AfterFunc(longRead, func() { removed <- Note(path, true) })
	return func() {
		if !timer.Stop() {
			(<-removed)()
		}
	}
}

func read(path string) (h note, ok bool) {
	f, err := filelock.Open(notePath(path), false, 0)
	if err != nil {
		return h, false
	}
	defer func() { _ = f.Close() }()
	body, err := io.ReadAll(io.LimitReader(f, maxHolder))
	return h, err == nil && json.Unmarshal(body, &h) == nil && h.PID > 0
}

// Who says who keeps the others from the database.
func Who(path string) string {
	list := filelock.Holders(path)
	if len(list) == 0 {
		if h, ok := read(path); ok && filelock.Alive(h.PID) {
			list = append(list, filelock.Process{PID: h.PID, Command: h.Command, Reading: h.Reading})
		}
	}
	switch len(list) {
	case 0:
		return "another program is working on it"
	case 1:
		return fmt.Sprintf("%s %s", processName(list[0]), doing(list[0]))
	}
	return fmt.Sprintf("%s and %d more programs are reading it", processName(list[0]), len(list)-1)
}

func doing(p filelock.Process) string {
	if p.Reading {
		return "is reading it"
	}
	return "is writing to it"
}

func processName(p filelock.Process) string {
	if p.Command == "" {
		return fmt.Sprintf("process %d", p.PID)
	}
	return fmt.Sprintf("%s (process %d)", p.Command, p.PID)
}
