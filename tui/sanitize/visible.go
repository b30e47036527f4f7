package sanitize

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Visible makes s safe for a file or a pipe that may end at a terminal: like [Text], but
// tabs stay, and so do marks, however many. A rune that is not allowed is <U+XXXX>, a byte
// that is not UTF-8 <0xXX>. "\r" stays before "\n" alone.
//
// It can't be undone: a text may hold <U+202E> itself. What is to be compared, hashed or
// read back is written as JSON, by [JSON], which decodes to the same text.
func Visible(s string) string {
	if visible(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	before := rune(0)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		before = writeVisible(&b, s, i, n, r, before)
		i += n
	}
	return b.String()
}

// writeVisible writes the character at a byte of s and returns what the next one comes after.
func writeVisible(b *strings.Builder, s string, i, n int, r, before rune) rune {
	switch {
	case r == utf8.RuneError && n == 1:
		fmt.Fprintf(b, "<0x%02X>", s[i])
		return 0
	case r == '\n', r == '\t', Allowed(r), before != 0 && Hidden(r) && !hiddenAt(s, i, n, r, before):
		b.WriteString(s[i : i+n])
	case r == '\r' && strings.HasPrefix(s[i+1:], "\n"): // CSV and RIS end their lines so
		b.WriteByte('\r')
	default:
		fmt.Fprintf(b, "<U+%04X>", r)
		return 0
	}
	return r
}

// visible reports whether s is of printable ASCII, "\n" and "\t" only.
func visible(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// Value returns v with every string in it made [Visible]: in fields that are exported, in
// lists, maps and behind pointers. v itself is not changed; what holds nothing to be made
// visible is shared with it.
func Value[T any](v T) T {
	changed, ok := value(reflect.ValueOf(&v).Elem())
	if !ok {
		return v
	}
	return changed.Interface().(T)
}

// value returns a copy of v with its strings made visible; ok is false where it needs none.
func value(v reflect.Value) (copied reflect.Value, ok bool) {
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		safe := Visible(s)
		if safe == s {
			return v, false
		}
		copied = reflect.New(v.Type()).Elem()
		copied.SetString(safe)
		return copied, true
	case reflect.Pointer, reflect.Interface:
		return pointed(v)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				copied, ok = replaced(v, copied, ok, i, v.Field(i))
			}
		}
		return copied, ok
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v, false
		}
		for i := range v.Len() {
			copied, ok = replaced(v, copied, ok, i, v.Index(i))
		}
		return copied, ok
	case reflect.Map:
		return mapped(v)
	}
	return v, false
}

// replaced puts part i of v into its copy, which is made when the first of them differs.
func replaced(v, copied reflect.Value, ok bool, i int, part reflect.Value) (reflect.Value, bool) {
	safe, differs := value(part)
	if !differs {
		return copied, ok
	}
	if !ok {
		copied = reflect.New(v.Type()).Elem()
		copied.Set(v)
		if v.Kind() == reflect.Slice {
			copied.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			reflect.Copy(copied, v)
		}
	}
	if v.Kind() == reflect.Struct {
		copied.Field(i).Set(safe)
	} else {
		copied.Index(i).Set(safe)
	}
	return copied, true
}

func pointed(v reflect.Value) (copied reflect.Value, ok bool) {
	if v.IsNil() {
		return v, false
	}
	safe, ok := value(v.Elem())
	if !ok {
		return v, false
	}
	copied = reflect.New(v.Type()).Elem()
	if v.Kind() == reflect.Interface {
		copied.Set(safe)
		return copied, true
	}
	copied.Set(reflect.New(v.Type().Elem()))
	copied.Elem().Set(safe)
	return copied, true
}

func mapped(v reflect.Value) (copied reflect.Value, ok bool) {
	if v.IsNil() {
		return v, false
	}
	copied = reflect.MakeMapWithSize(v.Type(), v.Len())
	for each := v.MapRange(); each.Next(); {
		key, keyed := value(each.Key())
		part, differs := value(each.Value())
		copied.SetMapIndex(key, part)
		ok = ok || keyed || differs
	}
	if !ok {
		return v, false
	}
	return copied, true
}

// A Guard makes visible what is written through it at once, and is the last thing on the way
// out: what a command forgot to make safe ends there. It holds back no more than the
// last bytes, where what follows decides; Flush writes those.
type Guard struct {
	w      io.Writer
	before rune   // that the next character comes after
	held   []byte // a rune that is not whole yet, or one that may join what comes
}

// NewGuard returns a Guard before w.
func NewGuard(w io.Writer) *Guard { return &Guard{w: w} }

// Write writes p, made visible. A "\r" that ends it is held back until more comes.
func (g *Guard) Write(p []byte) (int, error) {
	if len(g.held) == 0 && visible(string(p)) {
		if len(p) > 0 {
			g.before = rune(p[len(p)-1])
		}
		return g.w.Write(p)
	}
	if err := g.pass(string(append(g.held, p...)), false); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush writes what was held back.
func (g *Guard) Flush() error {
	if len(g.held) == 0 {
		return nil
	}
	return g.pass(string(g.held), true)
}

func (g *Guard) pass(s string, all bool) error {
	g.held = nil
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		open := !utf8.FullRuneInString(s[i+n:]) // or there is nothing more
		if !all && (!utf8.FullRuneInString(s[i:]) || open && (Hidden(r) || r == '\r')) {
			g.held = []byte(s[i:])
			break
		}
		g.before = writeVisible(&b, s, i, n, r, g.before)
		i += n
	}
	_, err := io.WriteString(g.w, b.String())
	return err
}
