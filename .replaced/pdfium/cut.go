//go:build ignore

// Cut makes this module of the go-pdfium that go.mod requires: what fetch/pdf calls, and
// what that needs, declaration by declaration and as they are. It also compresses the
// library's PDFium for fetch/pdf and notes which it is. `task pdfium` runs it, in the
// root of the project, after an update of go-pdfium. It alone needs the library itself.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

const (
	module = "github.com/klippa-app/go-pdfium"
	caller = "fetch/pdf"
	target = ".replaced/pdfium"
)

// kept are the files of the folder that are no part of the library.
var kept = []string{"cut.go", "doc.go"}

func main() {
	log.SetFlags(0)
	var library struct{ Dir, Version string }
	version := output("go", "list", "-m", "-f", "{{.Version}}", module)
	check(json.Unmarshal(output("go", "mod", "download", "-json", module+"@"+strings.TrimSpace(string(version))), &library))
	c := &cut{dir: library.Dir, fset: token.NewFileSet(), packages: map[string]*pkg{}, decls: map[types.Object]*decl{},
		reached: map[*decl]bool{}, called: map[string]bool{}, exports: map[string]string{}}
	c.external = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(c.exports[path])
	})
	c.load(module + "/webassembly")
	c.roots()
	for range 20 { // until nothing is added
		n := len(c.reached)
		c.implementations()
		if len(c.reached) == n {
			break
		}
	}
	c.write(library.Version)
	compress(library.Dir, library.Version)
}

// A cut is the library, and what of it is reached.
type cut struct {
	dir      string
	fset     *token.FileSet
	packages map[string]*pkg
	decls    map[types.Object]*decl
	reached  map[*decl]bool
	called   map[string]bool   // methods of interfaces
	exports  map[string]string // of packages of others
	external types.Importer
}

type pkg struct {
	types *types.Package
	info  *types.Info
	files []*file
}

type file struct {
	path   string
	source []byte
	ast    *ast.File
	decls  []*decl
}

// A decl is what is kept or left as a whole: a function, or a specification in a group.
type decl struct {
	pkg  *pkg
	node ast.Node
	doc  *ast.CommentGroup
	tail *ast.CommentGroup
	// together are the constants of a group that counts, of which none can be left.
	together []*decl
}

// load reads a package of the library and those that it imports.
func (c *cut) load(path string) *pkg {
	if p, ok := c.packages[path]; ok {
		return p
	}
	dir := filepath.Join(c.dir, strings.TrimPrefix(path, module))
	built, err := build.ImportDir(dir, 0)
	check(err)
	for _, i := range built.Imports {
		if strings.HasPrefix(i, module) {
			c.load(i)
		} else {
			c.findExports(i)
		}
	}
	p := &pkg{info: &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}}
	var parsed []*ast.File
	for _, name := range built.GoFiles {
		f := &file{path: filepath.Join(strings.TrimPrefix(strings.TrimPrefix(path, module), "/"), name)}
		f.source, err = os.ReadFile(filepath.Join(dir, name))
		check(err)
		f.ast, err = parser.ParseFile(c.fset, f.path, f.source, parser.ParseComments)
		check(err)
		p.files, parsed = append(p.files, f), append(parsed, f.ast)
	}
	p.types, err = (&types.Config{Importer: c}).Check(path, c.fset, parsed, p.info)
	check(err)
	c.packages[path] = p
	for _, f := range p.files {
		for _, d := range f.ast.Decls {
			c.declare(p, f, d)
		}
	}
	return p
}

func (c *cut) findExports(path string) {
	if _, ok := c.exports[path]; ok {
		return
	}
	for line := range strings.Lines(string(output("go", "list", "-deps", "-export", "-f", "{{.ImportPath}} {{.Export}}", path))) {
		name, export, _ := strings.Cut(strings.TrimSpace(line), " ")
		c.exports[name] = export
	}
}

// Import is what the type checker asks for a package.
func (c *cut) Import(path string) (*types.Package, error) {
	if p, ok := c.packages[path]; ok {
		return p.types, nil
	}
	return c.external.Import(path)
}

func (c *cut) declare(p *pkg, f *file, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		one := &decl{pkg: p, node: d, doc: d.Doc}
		f.decls = append(f.decls, one)
		c.decls[p.info.Defs[d.Name]] = one
	case *ast.GenDecl:
		var counted []*decl
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				one := &decl{pkg: p, node: s, doc: s.Doc, tail: s.Comment}
				f.decls = append(f.decls, one)
				c.decls[p.info.Defs[s.Name]] = one
			case *ast.ValueSpec:
				one := &decl{pkg: p, node: s, doc: s.Doc, tail: s.Comment}
				counted = append(counted, one)
				f.decls = append(f.decls, one)
				for _, name := range s.Names {
					c.decls[p.info.Defs[name]] = one
				}
			}
		}
		if counts(d) {
			for _, one := range counted {
				one.together = counted
			}
		}
	}
}

// counts reports whether a group's constants are what they are by their places in it.
func counts(d *ast.GenDecl) bool {
	found := false
	for _, s := range d.Specs {
		if v, ok := s.(*ast.ValueSpec); ok && d.Tok == token.CONST {
			found = found || len(v.Values) == 0
			ast.Inspect(v, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				found = found || ok && id.Name == "iota"
				return true
			})
		}
	}
	return found
}

// roots reaches what the caller names, and notes the methods that it calls.
func (c *cut) roots() {
	names, err := filepath.Glob(caller + "/*.go")
	check(err)
	for _, name := range names {
		f, err := parser.ParseFile(c.fset, name, nil, 0)
		check(err)
		imported := map[string]*pkg{}
		for _, i := range f.Imports {
			path, _ := strconv.Unquote(i.Path.Value)
			if p := c.packages[path]; p != nil {
				imported[p.types.Name()] = p
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				c.called[s.Sel.Name] = true
				if x, ok := s.X.(*ast.Ident); ok && imported[x.Name] != nil {
					c.reach(imported[x.Name].types.Scope().Lookup(s.Sel.Name))
				}
			}
			return true
		})
	}
}

// reach keeps an object's declaration and all that it names.
func (c *cut) reach(o types.Object) {
	if f, ok := o.(*types.Func); ok {
		o = f.Origin()
	}
	if d := c.decls[o]; d != nil {
		c.keep(d)
	}
}

func (c *cut) keep(d *decl) {
	if c.reached[d] {
		return
	}
	c.reached[d] = true
	for _, other := range d.together {
		c.keep(other)
	}
	ast.Inspect(d.node, func(n ast.Node) bool {
		if m, ok := n.(*ast.Field); ok && c.isLeft(d, m) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok {
			c.reach(d.pkg.info.Uses[id])
		}
		return true
	})
}

// isLeft reports whether a field is a method of the library's interfaces that the caller
// doesn't call.
func (c *cut) isLeft(d *decl, m *ast.Field) bool {
	s, ok := d.node.(*ast.TypeSpec)
	if !ok || d.pkg != c.packages[module] || len(m.Names) != 1 {
		return false
	}
	i, ok := s.Type.(*ast.InterfaceType)
	return ok && slices.Contains(i.Methods.List, m) && !c.called[m.Names[0].Name]
}

// implementations reaches the methods by which the types that are reached are what some
// interface asks for.
func (c *cut) implementations() {
	var interfaces []*types.Interface
	seen := map[*types.Package]bool{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		for _, name := range p.Scope().Names() {
			o := p.Scope().Lookup(name)
			if d := c.decls[o]; c.packages[p.Path()] != nil && (d == nil || !c.reached[d]) {
				continue
			}
			if t, ok := o.(*types.TypeName); ok {
				if i, ok := t.Type().Underlying().(*types.Interface); ok {
					interfaces = append(interfaces, i)
				}
			}
		}
		for _, i := range p.Imports() {
			visit(i)
		}
	}
	for _, p := range c.packages {
		visit(p.types)
	}
	interfaces = append(interfaces, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
	for o, d := range c.decls {
		t, ok := o.(*types.TypeName)
		if !ok || !c.reached[d] || types.IsInterface(t.Type()) {
			continue
		}
		pointer := types.NewPointer(t.Type())
		for _, i := range interfaces {
			if !types.Implements(pointer, i) {
				continue
			}
			for m := range i.Methods() {
				if c.packages[module].types == m.Pkg() && !c.called[m.Name()] {
					continue
				}
				found, _, _ := types.LookupFieldOrMethod(pointer, true, t.Pkg(), m.Name())
				c.reach(found)
			}
		}
	}
}

// write replaces the module in the project.
func (c *cut) write(version string) {
	found, err := os.ReadDir(target)
	check(err)
	for _, e := range found {
		if !slices.Contains(kept, e.Name()) {
			check(os.RemoveAll(filepath.Join(target, e.Name())))
		}
	}
	imports := map[string]bool{}
	lines := 0
	for _, p := range c.packages {
		for _, f := range p.files {
			written := c.written(f, imports)
			if written == nil {
				continue
			}
			path := filepath.Join(target, f.path)
			check(os.MkdirAll(filepath.Dir(path), 0o755))
			check(os.WriteFile(path, written, 0o644))
			lines += bytes.Count(written, []byte("\n"))
		}
	}
	licence, err := os.ReadFile(filepath.Join(c.dir, "LICENSE"))
	check(err)
	check(os.WriteFile(filepath.Join(target, "LICENSE"), licence, 0o644))
	check(os.WriteFile(filepath.Join(target, "go.mod"), c.goMod(version, imports), 0o644))
	log.Printf("%d lines of go-pdfium %s", lines, version)
}

// written returns what is left of a file, or nil.
func (c *cut) written(f *file, imports map[string]bool) []byte {
	var gone []span
	some := false
	for _, d := range f.decls {
		if c.reached[d] {
			some = true
			gone = append(gone, c.methodsLeft(f, d)...)
		}
	}
	if !some {
		return nil
	}
	used := map[string]bool{}
	var whole []span // of declarations, to tell comments that belong to none
	for _, d := range f.ast.Decls {
		whole = append(whole, c.span(nil, d, nil))
		left := 0
		g, _ := d.(*ast.GenDecl)
		if g != nil && g.Tok == token.IMPORT {
			continue
		}
		var specs []span
		for _, one := range f.decls {
			if one.node.Pos() < d.Pos() || one.node.End() > d.End() {
				continue
			}
			if !c.reached[one] {
				specs = append(specs, c.span(one.doc, one.node, one.tail))
				continue
			}
			left++
			ast.Inspect(one.node, func(n ast.Node) bool {
				if m, ok := n.(*ast.Field); ok && c.isLeft(one, m) {
					return false
				}
				if id, ok := n.(*ast.Ident); ok {
					if p, ok := one.pkg.info.Uses[id].(*types.PkgName); ok {
						used[p.Imported().Path()] = true
					}
				}
				return true
			})
		}
		doc := docOf(d)
		whole = append(whole, c.span(doc, d, nil))
		if left == 0 {
			gone = append(gone, c.span(doc, d, nil))
		} else {
			gone = append(gone, specs...)
		}
	}
	for _, i := range f.ast.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		if !used[path] {
			gone = append(gone, c.span(i.Doc, i, i.Comment))
		} else {
			imports[path] = true
		}
	}
	for _, comment := range f.ast.Comments {
		s := c.span(comment, comment, nil)
		inside := slices.ContainsFunc(whole, func(w span) bool { return w.from <= s.from && s.to <= w.to })
		if !inside && comment.Pos() > f.ast.Name.End() {
			gone = append(gone, s)
		}
	}
	return without(f.source, gone, f.path)
}

// methodsLeft are the methods of an interface that are not called, with all between them.
func (c *cut) methodsLeft(f *file, d *decl) []span {
	s, ok := d.node.(*ast.TypeSpec)
	if !ok {
		return nil
	}
	i, ok := s.Type.(*ast.InterfaceType)
	if !ok {
		return nil
	}
	var gone []span
	var stay []*ast.CommentGroup
	for _, m := range i.Methods.List {
		if c.isLeft(d, m) {
			gone = append(gone, c.span(m.Doc, m, m.Comment))
		} else {
			stay = append(stay, m.Doc, m.Comment)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	for _, comment := range f.ast.Comments {
		if comment.Pos() > i.Pos() && comment.End() < i.End() && !slices.Contains(stay, comment) {
			gone = append(gone, c.span(comment, comment, nil))
		}
	}
	return gone
}

type span struct{ from, to int }

func (c *cut) span(doc *ast.CommentGroup, n ast.Node, tail *ast.CommentGroup) span {
	from, to := n.Pos(), n.End()
	if doc != nil {
		from = min(from, doc.Pos())
	}
	if tail != nil {
		to = max(to, tail.End())
	}
	return span{c.fset.Position(from).Offset, c.fset.Position(to).Offset}
}

func docOf(d ast.Decl) *ast.CommentGroup {
	if f, ok := d.(*ast.FuncDecl); ok {
		return f.Doc
	}
	return d.(*ast.GenDecl).Doc
}

// without returns a source without some parts of it, and without the lines that they leave
// empty.
func without(source []byte, gone []span, path string) []byte {
	slices.SortFunc(gone, func(a, b span) int { return a.from - b.from })
	var b bytes.Buffer
	at := 0
	for _, s := range gone {
		before := bytes.TrimRight(source[:s.from], " \t")
		after := bytes.TrimLeft(source[s.to:], " \t")
		if bytes.HasSuffix(before, []byte("\n")) && bytes.HasPrefix(after, []byte("\n")) {
			s = span{len(before), len(source) - len(after) + 1}
		}
		if s.from > at {
			b.Write(source[at:s.from])
		}
		at = max(at, s.to)
	}
	b.Write(source[at:])
	formatted, err := format.Source(noImports.ReplaceAll(b.Bytes(), nil))
	if err != nil {
		log.Fatalf("%s: %v\n%s", path, err, b.Bytes())
	}
	return formatted
}

var noImports = regexp.MustCompile(`import \(\s*\)\n`)

// goMod keeps of the library's requirements those of packages that are still imported.
func (c *cut) goMod(version string, imports map[string]bool) []byte {
	source, err := os.ReadFile(filepath.Join(c.dir, "go.mod"))
	check(err)
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Cut from %s.\nmodule %s\n", version, module)
	block := false
	var required []string
	for line := range strings.Lines(string(source)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "go "):
			fmt.Fprintf(&b, "\n%s\n", line)
		case line == "require (":
			block = true
		case line == ")":
			block = false
		case block:
			name, _, _ := strings.Cut(line, " ")
			for i := range imports {
				if i == name || strings.HasPrefix(i, name+"/") {
					required = append(required, "\t"+line+"\n")
					break
				}
			}
		}
	}
	fmt.Fprintf(&b, "\nrequire (\n%s)\n", strings.Join(required, ""))
	return b.Bytes()
}

// compress writes the library's PDFium for the caller, and which it is.
func compress(dir, version string) {
	wasm, err := os.ReadFile(filepath.Join(dir, "internal/pdfium_wasm/pdfium.wasm"))
	check(err)
	note := fmt.Appendf(nil, "%s %x\n", version, sha256.Sum256(wasm))
	noted := filepath.Join(caller, "pdfium.sum")
	if old, _ := os.ReadFile(noted); bytes.Equal(old, note) {
		return
	}
	log.Printf("compressing %d bytes takes a minute or two", len(wasm))
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 22})
	_, err = w.Write(wasm)
	check(err)
	check(w.Close())
	check(os.WriteFile(filepath.Join(caller, "pdfium.wasm.br"), b.Bytes(), 0o644))
	check(os.WriteFile(noted, note, 0o644))
}

func output(name string, args ...string) []byte {
	command := exec.Command(name, args...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		log.Fatalf("%s: %v", strings.Join(command.Args, " "), err)
	}
	return out
}

func check(err error) {
	if err != nil {
		log.Panic(err)
	}
}
