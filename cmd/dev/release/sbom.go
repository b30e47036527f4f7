package main

import (
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/uuid"

	"fineprint/cmd/internal/licences"
)

// What a bill of materials in CycloneDX's JSON has, as far as it is used here.
type (
	bill struct {
		Format       string      `json:"bomFormat"`
		SpecVersion  string      `json:"specVersion"`
		SerialNumber string      `json:"serialNumber"`
		Version      int         `json:"version"`
		Metadata     metadata    `json:"metadata"`
		Components   []component `json:"components"`
	}
	metadata struct {
		Component component `json:"component"`
	}
	component struct {
		Type       string     `json:"type"`
		Ref        string     `json:"bom-ref"`
		Name       string     `json:"name"`
		Version    string     `json:"version,omitempty"`
		PURL       string     `json:"purl,omitempty"`
		Hashes     []hash     `json:"hashes,omitempty"`
		Licences   []licence  `json:"licenses,omitempty"`
		Properties []property `json:"properties,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	licence struct {
		Expression string `json:"expression"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

// sbom writes the bill of materials of a binary.
func sbom(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("sbom", flag.ContinueOnError)
	f.SetOutput(out)
	to := f.String("o", "", "file to write")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 || *to == "" {
		return fmt.Errorf("usage: release sbom -o FILE BINARY")
	}
	made, err := billOf(f.Arg(0))
	if err != nil {
		return err
	}
	encoded, err := json.MarshalIndent(made, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(*to, append(encoded, '\n'), 0o644)
}

// billOf returns the bill of a binary: its modules as the go command wrote them into it,
// and what else it contains.
func billOf(binary string) (bill, error) {
	raw, err := os.ReadFile(binary)
	if err != nil {
		return bill{}, err
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return bill{}, err
	}
	all, err := licences.All()
	if err != nil {
		return bill{}, err
	}
	sum := sha256.Sum256(raw)
	made := bill{
		Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		SerialNumber: "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceOID, sum[:]).String(),
		Metadata: metadata{component{
			Type: "application", Ref: "fineprint", Name: filepath.Base(binary),
			Hashes: []hash{{"SHA-256", hex.EncodeToString(sum[:])}},
		}},
	}
	kinds := map[string]string{}
	for _, p := range all {
		kinds[p.Name] = p.Kind
		if p.Version == "" {
			c := component{Type: "library", Ref: p.Name, Name: p.Name, Licences: []licence{{p.Kind}}}
			if p.Name == "Go" {
				c.Name, c.Version, c.PURL = "std", info.GoVersion, "pkg:golang/std@"+info.GoVersion
			}
			made.Components = append(made.Components, c)
		}
	}
	for _, m := range info.Deps {
		kind, known := kinds[m.Path]
		if !known {
			return bill{}, fmt.Errorf("%s is linked and its licence is unknown; run `task licenses`", m.Path)
		}
		c := component{
			Type: "library", Ref: m.Path, Name: m.Path, Version: m.Version,
			PURL: "pkg:golang/" + m.Path + "@" + m.Version, Licences: []licence{{kind}},
		}
		switch {
		case m.Replace != nil:
			c.Properties = append(c.Properties, property{"fineprint:replaced-by", m.Replace.Path})
		case m.Sum != "":
			c.Properties = append(c.Properties, property{"fineprint:go.sum", m.Sum})
		}
		made.Components = append(made.Components, c)
	}
	return made, nil
}
