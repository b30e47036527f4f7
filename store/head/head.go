package head

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fineprint/store/model"
)

// MaxBytes is how large a head file may be, signatures included.
const MaxBytes = 64 << 10

const (
	firstLine   = "fineprint-head 1"
	shortPrefix = "fineprint-head:1:"
)

// ErrMalformed: it is no head, or one whose sum is wrong.
var ErrMalformed = errors.New("it is no head of a journal, or was altered")

// File is what a head file says.
type File struct {
	model.JournalHead
	Transaction uint64    // of bbolt; 0 for unknown
	Written     time.Time // zero for unknown
	Tool        string
}

// String returns the text of a head file.
func (f File) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nstore %s\nentries %d\nlink %s\n", firstLine, f.Store, f.Entries, f.Link)
	if f.Transaction > 0 {
		fmt.Fprintf(&b, "transaction %d\n", f.Transaction)
	}
	if !f.Written.IsZero() {
		fmt.Fprintf(&b, "written %s\n", f.Written.UTC().Format(time.RFC3339))
	}
	if tool := strings.Join(strings.Fields(f.Tool), " "); tool != "" {
		fmt.Fprintf(&b, "tool %s\n", tool)
	}
	return b.String() + "sum " + sumOf(b.String()) + "\n"
}

func sumOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// Parse reads the text of a head file. The error wraps [ErrMalformed].
func Parse(text string) (File, error) {
	var f File
	if len(text) > MaxBytes || !strings.HasPrefix(text, firstLine+"\n") {
		return f, ErrMalformed
	}
	body, rest, found := strings.Cut(text, "\nsum ")
	sum, _, ended := strings.Cut(rest, "\n")
	if body += "\n"; !found || !ended || sum != sumOf(body) {
		return f, ErrMalformed
	}
	for line := range strings.Lines(body) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		var err error
		switch name {
		case "store":
			f.Store = value
		case "entries":
			f.Entries, err = number(value)
		case "link":
			f.Link = value
		case "transaction":
			f.Transaction, err = number(value)
		case "written":
			f.Written, err = time.Parse(time.RFC3339, value)
		case "tool":
			f.Tool = value
		}
		if err != nil {
			return File{}, fmt.Errorf("%w: %s", ErrMalformed, name)
		}
	}
	if !sound(f.JournalHead) {
		return File{}, ErrMalformed
	}
	return f, nil
}

// number reads digits, as they are written.
func number(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 63)
	if err == nil && strconv.FormatUint(n, 10) != s {
		err = strconv.ErrSyntax
	}
	return n, err
}

// sound reports whether a head has all that it needs, written as it is written.
func sound(h model.JournalHead) bool {
	return hexDigits(h.Store, 32) && h.Entries > 0 && hexDigits(h.Link, 64)
}

func hexDigits(s string, n int) bool { return len(s) == n && strings.Trim(s, "0123456789abcdef") == "" }

// Short returns the short form of a head; "" for none.
func Short(h model.JournalHead) string {
	if !sound(h) {
		return ""
	}
	return fmt.Sprintf("%s%s:%d:%s", shortPrefix, h.Store, h.Entries, h.Link)
}

// ParseShort reads the short form. The error wraps [ErrMalformed].
func ParseShort(s string) (h model.JournalHead, err error) {
	rest, found := strings.CutPrefix(s, shortPrefix)
	parts := strings.Split(rest, ":")
	if !found || len(parts) != 3 {
		return h, ErrMalformed
	}
	h.Store, h.Link = parts[0], parts[2]
	if h.Entries, err = number(parts[1]); err != nil || !sound(h) {
		return model.JournalHead{}, ErrMalformed
	}
	return h, nil
}
