// Command words lists what Fineprint says to people: the help of every command of the
// desk and of the program, labels, hints, messages and errors, by the package that says
// it, so that all of it can be read in one place. [WORDS.md] is its output.
//
//	go run ./cmd/dev/words
//
// It is for whoever writes a message: headings and labels are nouns, actions are
// imperative verbs, messages are past tense with their object; a message begins with a
// capital and a status of one sentence ends without a full stop. An error is part of a
// sentence and begins small.
//
// What is listed is read from the source: a string of at least two words, joined where
// it is put together from several, that is no import, tag, pattern or flag name. Of the
// packages below the desk and the program only errors are listed. Its test holds the
// page against the source, and every message against the words that were once there and
// that nobody would say ([retired]).
package main

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fineprint/cmd/dev/devtool"
)

func main() {
	devtool.Main("words", func(_ context.Context, _ []string, out io.Writer) error {
		all, err := spoken(".")
		if err != nil {
			return err
		}
		_, err = io.WriteString(out, page(all))
		return err
	})
}

// said is one text that people may read.
type said struct {
	folder string
	text   string
}

// folders are where people are spoken to; in those that are marked errorsOnly, only
// what an error says is.
var folders = []struct {
	path       string
	errorsOnly bool
}{
	{"tui", false}, {"cmd/fineprint", false}, {"cmd/internal/app", false}, {"store", true}, {"fetch", true},
}

// silent are calls whose strings nobody reads as words: patterns, formats of time, SQL.
var silent = map[string]bool{
	"regexp.MustCompile": true, "regexp.Compile": true, "time.Parse": true, "strings.NewReplacer": true,
}

// spoken lists what is said, by folder, each text once a folder.
func spoken(root string) ([]said, error) {
	var all []said
	for _, f := range folders {
		err := filepath.WalkDir(filepath.Join(root, f.path), func(file string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			folder, err := filepath.Rel(root, filepath.Dir(file))
			if err != nil {
				return err
			}
			texts, err := of(file, f.errorsOnly)
			for _, t := range texts {
				all = append(all, said{filepath.ToSlash(folder), t})
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b said) int {
		if c := strings.Compare(a.folder, b.folder); c != 0 {
			return c
		}
		return strings.Compare(a.text, b.text)
	})
	return slices.Compact(all), nil
}

// of lists what a file says.
func of(file string, errorsOnly bool) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return nil, err
	}
	var texts []string
	var walk func(n ast.Node, listening bool)
	walk = func(n ast.Node, listening bool) {
		ast.Inspect(n, func(at ast.Node) bool {
			switch at := at.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				if at.Tag != nil {
					texts = append(texts, about(at.Tag.Value)...)
				}
				return false
			case *ast.CallExpr:
				name := called(at)
				if silent[name] {
					return false
				}
				if !listening && (name == "fmt.Errorf" || name == "errors.New") {
					walk(at, true)
					return false
				}
			case *ast.BinaryExpr, *ast.BasicLit:
				text, whole := joined(at.(ast.Expr))
				if listening && words(text) {
					texts = append(texts, text)
				}
				return !whole
			}
			return true
		})
	}
	walk(parsed, !errorsOnly)
	return texts, nil
}

// about is what a setting's tag says of it.
func about(tag string) []string {
	raw, err := strconv.Unquote(tag)
	if err != nil {
		return nil
	}
	_, rest, found := strings.Cut(raw, `about:"`)
	text, _, _ := strings.Cut(rest, `"`)
	if !found {
		return nil
	}
	return []string{text}
}

// called is the name of what is called, "pkg.Func" or "".
func called(c *ast.CallExpr) string {
	if s, ok := c.Fun.(*ast.SelectorExpr); ok {
		if of, ok := s.X.(*ast.Ident); ok {
			return of.Name + "." + s.Sel.Name
		}
	}
	return ""
}

// joined is a string literal, or several that are added up with whatever is between
// them left as …; whole: there is nothing in it that has to be looked at by itself.
func joined(e ast.Expr) (text string, whole bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, _ = strconv.Unquote(e.Value)
		}
		return text, true
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		left, is := joined(e.X)
		right, too := joined(e.Y)
		if left+right == "" {
			return "", false
		}
		return left + right, is && too
	case *ast.ParenExpr:
		return joined(e.X)
	}
	return "", false
}

// words reports whether a text is one that people read as words.
func words(text string) bool {
	if !strings.Contains(strings.TrimSpace(text), " ") || strings.HasPrefix(text, "\x1b") {
		return false
	}
	n := 0
	for _, w := range strings.Fields(text) {
		other := func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("'’.,;:?!", r) }
		if !strings.ContainsFunc(w, other) && strings.ContainsFunc(w, unicode.IsLetter) {
			n++
		}
	}
	return n > 1
}

// page lists all that is said, for people to read.
func page(all []said) string {
	var b strings.Builder
	b.WriteString("# What Fineprint says\n\nEvery help text, label, hint, message and error, by the package that says it; " +
		"`%s` and the like stand for what is put in.\n")
	folder := ""
	for _, s := range all {
		if s.folder != folder {
			folder = s.folder
			fmt.Fprintf(&b, "\n## %s\n\n", folder)
		}
		fmt.Fprintf(&b, "- %s\n", strings.ReplaceAll(strings.TrimSpace(s.text), "\n", " / "))
	}
	b.WriteString("\n<!-- Made by: go test ./cmd/dev/words -run Page -update -->\n")
	return b.String()
}
