// Package config holds the desk's settings and reads them from a TOML file that
// a person wrote. It decides nothing about what they do.
//
// The tags of [Settings] give each setting its name, what it takes and what it is
// for; the reader, the documented file, `config show` and the README's table are
// all made from them, so that they can't disagree.
//
// Invariants:
//   - A bad file stops nothing: what can't be used is left at its default, and
//     each fault is one Problem with its line and, for a name that is nearly
//     right, the right one.
//   - A key remapped onto another command's key on the same screen is refused
//     and reported; no screen ever has a key with two meanings, and none can't
//     be left.
//
// Decisions:
//   - Lines come from go-toml's strict decoder, to which every name is unknown; a
//     decoder that is given the settings' own types ends at the first value that
//     it can't use, with a message about Go's types.
//   - The documented file is not written by go-toml's comment and commented tags:
//     those are constants, and what a setting takes (palettes, export formats) is
//     listed by the package that has it.
package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Problem is a fault of a settings file.
type Problem struct {
	File    string
	Line    int // 0 when it is about the file as a whole
	Message string
}

// Error names the file by its last element: the whole path has no room in the
// desk's status line, and `config check` prints it first.
func (p *Problem) Error() string {
	if p.Line == 0 {
		return filepath.Base(p.File) + ": " + p.Message
	}
	return fmt.Sprintf("%s, line %d: %s", filepath.Base(p.File), p.Line, p.Message)
}

// Summary describes faults in one line: the first, and how many more there are;
// "" when there is none.
func Summary(problems []error) string {
	if len(problems) == 0 {
		return ""
	}
	more := ""
	if n := len(problems) - 1; n > 0 {
		more = fmt.Sprintf("; %d more", n)
	}
	return problems[0].Error() + more + " (see `fineprint config check`)"
}

// maxFile bounds what is read: a file of settings is a few kilobytes, and the
// decoder's work grows with the square of the names in it (128 KB took 3 s).
const maxFile = 64 << 10

// Load reads the settings of a file. Without that file they are the defaults,
// and one of the errors is fs.ErrNotExist. All other errors are Problems.
func Load(path string) (Settings, []error) {
	text, err := Read(path, maxFile)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return Default(), []error{err}
		}
		return Default(), []error{&Problem{File: path, Message: Reason(err)}}
	}
	return Parse(path, text)
}

// Read reads a file of at most so many bytes, but no device and no pipe, which could
// keep the desk waiting for ever.
func Read(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("is larger than %d bytes", most)
	}
	return text, err
}

// Reason leaves the path out of an error, which Problem names itself.
func Reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return "can't be read: " + p.Err.Error()
	}
	return err.Error()
}

// Path is the file the settings are in when none is named: fineprint/config.toml
// in $XDG_CONFIG_HOME, else in the platform's folder for settings. "" when there
// is no such folder.
func Path() string {
	dir := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(dir) { // as its specification wants
		var err error
		if dir, err = os.UserConfigDir(); err != nil {
			home, err := os.UserHomeDir()
			if err != nil {
				return ""
			}
			dir = filepath.Join(home, ".config")
		}
	}
	return filepath.Join(dir, "fineprint", "config.toml")
}
