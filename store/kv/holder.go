package kv

import (
	"encoding/json"
	"io"
	"os"
	"time"

	"fineprint/store/kv/filelock"
)

func holderPath(path string) string { return path + ".holder" }

// holder is what the file beside a database says of who holds it.
type holder struct {
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

// noteHolder leaves a file that names who holds the database and returns what takes
// it away. It only serves a message, on systems that don't tell who holds a lock, so
// that failures don't matter, and one that a killed process left is harmless: it is not
// believed of a process that is gone, and the next writer replaces it. The file is made
// anew and renamed: a symbolic link of that name is replaced and never followed.
func (db *DB) noteHolder(reading bool) (remove func()) {
	if db.snapshot {
		return func() {}
	}
	note := holder{PID: os.Getpid(), Command: filelock.Command(os.Args), Reading: reading, Since: time.Now().UTC()}
	body, _ := json.Marshal(note)
	path := holderPath(db.path)
	_ = writeBeside(path, string(body), false)
	return func() {
		if now, ok := readHolder(db.path); ok && now.PID != note.PID { // of another reader
			return
		}
		_ = os.Remove(path)
	}
}

// noteLongRead is noteHolder for a reader, once it has read for long.
func (db *DB) noteLongRead() (remove func()) {
	removed := make(chan func(), 1)
	timer := time.AfterFunc(longRead, func() { removed <- db.noteHolder(true) })
	return func() {
		if !timer.Stop() {
			(<-removed)()
		}
	}
}

func readHolder(path string) (h holder, ok bool) {
	f, err := filelock.Open(holderPath(path), false, 0)
	if err != nil {
		return h, false
	}
	defer func() { _ = f.Close() }()
	body, err := io.ReadAll(io.LimitReader(f, maxHolder))
	return h, err == nil && json.Unmarshal(body, &h) == nil && h.PID > 0
}
