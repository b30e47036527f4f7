package powerloss

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// calls are the system calls that are traced.
const calls = "openat,open,creat,close,dup,dup2,dup3,read,write,pwrite64,pwritev,writev,ftruncate,truncate,fallocate,fsync," +
	"fdatasync,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlinkat,mkdirat,copy_file_range," +
	"sendfile,ioctl,lseek"

// what an op does.
type what int

const (
	write    what = iota // bytes into a file
	truncate             // a file to a size
	sync                 // a file
	syncDir              // names
	name                 // a name to a file; 0: to none
	say                  // on standard output
	ended                // a process, well
)

// op is one step of what a program did.
type op struct {
	what
	file int
	at   int64 // where it is written, or the new size
	data []byte
	dir  string
	path string // of a name
	both bool   // done together with the next: a rename
}

// call is one line of a trace.
type call struct {
	name   string
	args   []string
	result int64
}

// open is what a descriptor stands for.
type open struct {
	file   int // 0: nothing of ours
	dir    string
	at     int64
	append bool
}

// recorder makes ops of traces.
type recorder struct {
	root  string
	ops   []op
	names map[string]int // as they are now
	size  map[int]int64
	files int
	fds   map[string]*open
	// base are the files that were there, by number.
	base map[int][]byte
}

func newRecorder(root string) (*recorder, error) {
	r := &recorder{root: root, names: map[string]int{}, size: map[int]int64{}, base: map[int][]byte{}}
	return r, filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		r.files++
		r.names[path], r.base[r.files], r.size[r.files] = r.files, content, int64(len(content))
		return err
	})
}

// parse reads the trace of one process.
func (r *recorder) parse(trace io.Reader) error {
	r.fds = map[string]*open{"1": {}}
	begun := map[string]string{} // calls of threads that were not ended
	lines := bufio.NewReaderSize(trace, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return nil
		} else if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		thread, rest, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		rest = strings.TrimSpace(rest)
		if head, is := strings.CutSuffix(rest, "<unfinished ...>"); is {
			begun[thread] = strings.TrimRight(head, " ")
			continue
		}
		if strings.HasPrefix(rest, "<... ") {
			_, tail, found := strings.Cut(rest, " resumed>")
			if !found || begun[thread] == "" {
				continue
			}
			rest = begun[thread] + tail
			delete(begun, thread)
		}
		c, ok := parseCall(rest)
		if !ok || c.result < 0 {
			continue
		}
		if err := r.apply(c); err != nil {
			return fmt.Errorf("%w: %.200s", err, line)
		}
	}
}

// parseCall takes a line apart: name(args) = result.
func parseCall(line string) (c call, ok bool) {
	paren := strings.IndexByte(line, '(')
	if paren <= 0 {
		return c, false
	}
	c.name = line[:paren]
	quoted, depth, from := false, 0, paren+1
	for i := paren + 1; i < len(line); i++ {
		switch b := line[i]; {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '[' || b == '{' || b == '(' || b == '<':
			depth++
		case depth > 0 && (b == ']' || b == '}' || b == ')' || b == '>'):
			depth--
		case b == ',' && depth == 0, b == ')' && depth == 0:
			c.args = append(c.args, strings.TrimSpace(line[from:i]))
			if from = i + 1; b == ',' {
				continue
			}
			_, result, found := strings.Cut(line[i:], "= ")
			digits := strings.FieldsFunc(result, func(r rune) bool { return r == ' ' || r == '<' })
			if !found || len(digits) == 0 {
				return c, false
			}
			n, err := strconv.ParseInt(digits[0], 0, 64)
			c.result = n
			return c, err == nil
		}
	}
	return c, false
}

// unhex decodes the \x.. of a string, in quotes or angle brackets.
func unhex(text string) []byte {
	if from := strings.IndexAny(text, `"<`); from >= 0 {
		text = text[from+1:]
	}
	text = strings.TrimRight(text, `.">`)
	out := make([]byte, 0, len(text)/4)
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+3 < len(text) && text[i+1] == 'x' {
			n, err := strconv.ParseUint(text[i+2:i+4], 16, 8)
			if err == nil {
				out = append(out, byte(n))
				i += 3
				continue
			}
		}
		out = append(out, text[i])
	}
	return out
}

// fd is the number of a descriptor's argument, without the path behind it.
func fd(arg string) string {
	n, _, _ := strings.Cut(arg, "<")
	return n
}

func number(arg string) int64 {
	n, _ := strconv.ParseInt(strings.Trim(arg, "[]"), 0, 64)
	return n
}

// at is a path relative to a descriptor of a folder.
func at(dir, path string) string {
	p := string(unhex(path))
	if !filepath.IsAbs(p) {
		p = filepath.Join(string(unhex(dir)), p)
	}
	return filepath.Clean(p)
}

func (r *recorder) ours(path string) bool { return strings.HasPrefix(path, r.root+"/") }

// apply turns a call into ops.
func (r *recorder) apply(c call) error {
	a := c.args
	switch c.name {
	case "openat":
		r.open(at(a[0], a[1]), a[2], c.result)
	case "close":
		delete(r.fds, fd(a[0]))
	case "dup", "dup2", "dup3":
		r.fds[strconv.FormatInt(c.result, 10)] = r.fds[fd(a[0])]
	case "read":
		if f := r.fds[fd(a[0])]; f != nil {
			f.at += c.result
		}
	case "lseek":
		if f := r.fds[fd(a[0])]; f != nil {
			f.at = c.result
		}
	case "write":
		return r.write(fd(a[0]), unhex(a[1])[:c.result], -1)
	case "pwrite64":
		return r.write(fd(a[0]), unhex(a[1])[:c.result], number(a[3]))
	case "copy_file_range":
		return r.copyRange(a, c.result)
	case "ftruncate":
		if f := r.fds[fd(a[0])]; f != nil && f.file > 0 {
			r.truncate(f.file, number(a[1]))
		}
	case "fsync", "fdatasync":
		if f := r.fds[fd(a[0])]; f != nil && f.dir != "" {
			r.ops = append(r.ops, op{what: syncDir, dir: f.dir})
		} else if f != nil && f.file > 0 {
			r.ops = append(r.ops, op{what: sync, file: f.file})
		}
	case "renameat", "renameat2", "linkat":
		r.rename(at(a[0], a[1]), at(a[2], a[3]), c.name == "linkat")
	case "unlinkat":
		if path := at(a[0], a[1]); r.names[path] > 0 {
			r.name(path, 0, false)
		}
	case "ioctl":
		if strings.Contains(a[1], "FICLONE") {
			return errors.New("a reflink is not replayed")
		}
	case "pwritev", "writev", "fallocate", "sendfile", "truncate", "rename", "unlink", "link", "creat", "open", "symlinkat":
		if r.touches(a) {
			return errors.New("a call that is not replayed")
		}
	}
	return nil
}

// touches reports whether a call is about a file of ours.
func (r *recorder) touches(args []string) bool {
	for _, a := range args {
		if f := r.fds[fd(a)]; f != nil && (f.file > 0 || f.dir != "") || r.ours(string(unhex(a))) {
			return true
		}
	}
	return false
}

func (r *recorder) name(path string, file int, both bool) {
	r.ops = append(r.ops, op{what: name, file: file, path: path, dir: filepath.Dir(path), both: both})
	if r.names[path] = file; file == 0 {
		delete(r.names, path)
	}
}

func (r *recorder) rename(from, to string, keep bool) {
	file := r.names[from]
	if file == 0 {
		return // a folder, or nothing of ours
	}
	r.name(to, file, !keep)
	if !keep {
		r.name(from, 0, false)
	}
}

func (r *recorder) truncate(file int, size int64) {
	r.ops = append(r.ops, op{what: truncate, file: file, at: size})
	r.size[file] = size
}

func (r *recorder) open(path, flags string, result int64) {
	key := strconv.FormatInt(result, 10)
	f := &open{append: strings.Contains(flags, "O_APPEND")}
	r.fds[key] = f
	if info, err := os.Stat(path); path == r.root || r.ours(path) && (err == nil && info.IsDir() || strings.Contains(flags, "O_DIRECTORY")) {
		f.dir = path
		return
	}
	if !r.ours(path) || strings.Contains(flags, "O_TMPFILE") {
		return
	}
	if f.file = r.names[path]; f.file == 0 {
		r.files++
		f.file = r.files
		r.name(path, f.file, false)
	} else if strings.Contains(flags, "O_TRUNC") {
		r.truncate(f.file, 0)
	}
}

// write writes at a place, or where the descriptor stands.
func (r *recorder) write(key string, data []byte, place int64) error {
	if key == "1" {
		r.ops = append(r.ops, op{what: say, data: bytes.Clone(data)})
		return nil
	}
	f := r.fds[key]
	if f == nil || f.file == 0 {
		return nil
	}
	if place < 0 {
		if place = f.at; f.append {
			place = r.size[f.file]
		}
		f.at = place + int64(len(data))
	}
	r.ops = append(r.ops, op{what: write, file: f.file, at: place, data: bytes.Clone(data)})
	r.size[f.file] = max(r.size[f.file], place+int64(len(data)))
	return nil
}

// copyRange copies within the system: the bytes are those that the source has by now.
func (r *recorder) copyRange(a []string, n int64) error {
	from, to := r.fds[fd(a[0])], r.fds[fd(a[2])]
	if n == 0 || to == nil || to.file == 0 {
		return nil
	}
	if from == nil || from.file == 0 {
		return errors.New("a copy of a file that is not ours")
	}
	source, place := from.at, int64(-1)
	if a[1] != "NULL" {
		source = number(a[1])
	} else {
		from.at += n
	}
	if a[3] != "NULL" {
		place = number(a[3])
	}
	content := content(r.base[from.file], r.ops, from.file)
	if source+n > int64(len(content)) {
		return fmt.Errorf("a copy of %d bytes from %d of a file of %d", n, source, len(content))
	}
	return r.write(fd(a[2]), content[source:source+n], place)
}

// content is what a file holds after all ops on it.
func content(base []byte, ops []op, file int) []byte {
	b := bytes.Clone(base)
	for _, o := range ops {
		if o.file == file {
			b = o.on(b)
		}
	}
	return b
}

// on does an op to the bytes of its file.
func (o op) on(b []byte) []byte {
	grow := func(size int64) {
		if n := size - int64(len(b)); n > 0 {
			b = append(b, make([]byte, n)...)
		}
	}
	switch o.what {
	case truncate:
		grow(o.at)
		b = b[:o.at]
	case write:
		grow(o.at + int64(len(o.data)))
		copy(b[o.at:], o.data)
	}
	return b
}
