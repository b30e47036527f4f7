package ota_test

import (
	"fmt"
	"os"
	"path/filepath"

	"fineprint/fetch/ota"
)

func ExampleReadDeclarations() {
	dir, err := os.MkdirTemp("", "declarations-*")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "acme.json")
	declaration := `{"name": "Acme", "terms": {
		"Privacy Policy": {"fetch": "https://acme.example/privacy", "select": "main"}}}`
	if err := os.WriteFile(file, []byte(declaration), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	declared, err := ota.ReadDeclarations(dir)
	for _, d := range declared {
		fmt.Println(d.Platform, "/", d.Type, d.Source.URL, d.Source.Select)
	}
	fmt.Println(err)
	// Output:
	// Acme / Privacy Policy https://acme.example/privacy [main]
	// <nil>
}

func ExampleDocumentOf() {
	fmt.Println(ota.DocumentOf("Acme/Terms of Service.md", ota.Versions))
	fmt.Println(ota.DocumentOf("README.md", ota.Versions))
	// Output:
	// Acme Terms of Service true
	//   false
}
