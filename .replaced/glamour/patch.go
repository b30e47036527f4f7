//go:build ignore

// Patch makes this module of the Glamour that go.mod requires: its Go files as they are, but
// for one function. Glamour fills formats of a style, such as "Image: {{.text}} →", through
// text/template, whose calls of methods by name make the linker keep every exported method of
// every type in the program: 5 MB of the binary. No style here has more in a format than
// {{.text}}. `task glamour` runs it, in the root of the project, after an update of Glamour.
package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	module = "charm.land/glamour/v2"
	target = ".replaced/glamour"
	was    = `	var b bytes.Buffer

	v := make(map[string]interface{})
	v["text"] = token

	tmpl, err := template.New(format).Funcs(TemplateFuncMap).Parse(format)
	if err != nil {
		return "", fmt.Errorf("glamour: error parsing template: %w", err)
	}

	err = tmpl.Execute(&b, v)
	return b.String(), err
`
	is = `	const text = "{{.text}}" // filled in without text/template: see patch.go
	if strings.Contains(strings.ReplaceAll(format, text, ""), "{{") {
		return "", fmt.Errorf("glamour: error parsing template: %q has more than {{.text}}", format)
	}
	return strings.ReplaceAll(format, text, token), nil
`
)

func main() {
	log.SetFlags(0)
	var library struct{ Dir string }
	version := output("go", "list", "-m", "-f", "{{.Version}}", module)
	check(json.Unmarshal(output("go", "mod", "download", "-json", module+"@"+strings.TrimSpace(string(version))), &library))
	old, err := filepath.Glob(target + "/*")
	check(err)
	for _, name := range old {
		if filepath.Base(name) != "patch.go" {
			check(os.RemoveAll(name))
		}
	}
	patched := 0
	check(filepath.WalkDir(library.Dir, func(path string, d fs.DirEntry, err error) error {
		check(err)
		name, err := filepath.Rel(library.Dir, path)
		check(err)
		if d.IsDir() {
			if base := d.Name(); base == "testdata" || base == "examples" || base == "gallery" || base == "generate-style-json" {
				return filepath.SkipDir
			}
			return nil
		}
		switch {
		case name == "ansi/templatehelper.go", strings.HasSuffix(name, "_test.go"):
			return nil
		case name != "LICENSE" && name != "go.mod" && !strings.HasSuffix(name, ".go"):
			return nil
		}
		b, err := os.ReadFile(path)
		check(err)
		if name == "ansi/baseelement.go" {
			for _, edit := range [][2]string{
				{was, is}, {"\t\"text/template\"\n", ""}, {"\t\"bytes\"\n", ""},
			} {
				if bytes.Count(b, []byte(edit[0])) != 1 {
					log.Fatalf("%s: %q is there %d times", name, edit[0], bytes.Count(b, []byte(edit[0])))
				}
				b = bytes.Replace(b, []byte(edit[0]), []byte(edit[1]), 1)
				patched++
			}
		}
		to := filepath.Join(target, name)
		check(os.MkdirAll(filepath.Dir(to), 0o755))
		return os.WriteFile(to, b, 0o644)
	}))
	if patched == 0 {
		log.Fatal("there is no ansi/baseelement.go")
	}
}

func output(name string, args ...string) []byte {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	check(err)
	return out
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
