package export_test

import (
	"fmt"
	"strings"

	"fineprint/store/export"
	"fineprint/store/model"
)

func ExampleWrite() {
	records := []model.Record{{
		ID: "FP-R-000077", Revision: 1, Platform: model.Platform{Name: "Acme"}, Type: "Privacy Policy",
		Severity: model.High, Summary: "=The notice falls to 7 days.",
	}}
	format, err := export.ParseFormat("csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	var out strings.Builder
	if err := export.Write(&out, format, export.RecordsOf(records...), export.Options{}); err != nil {
		fmt.Println(err)
		return
	}
	header, row, _ := strings.Cut(out.String(), "\r\n")
	fmt.Println(header[:34])
	fmt.Println(row[:76])
	// Output:
	// record,revision,change,platform,do
	// FP-R-000077,1,,Acme,,Privacy Policy,high,,,'=The notice falls to 7 days.,,00
}

func ExampleFormats() {
	f := export.Formats[0]
	fmt.Printf("%s (%s): %s\n", f.Name, f.Ext, f.Description)
	// Output: json (.json): one JSON document, for programs
}

func ExampleFormatOf() {
	format, ok := export.FormatOf("records/2026.md")
	fmt.Println(format.Name, ok)
	// Output: md true
}
