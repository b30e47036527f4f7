package export_test

import (
	"fmt"
	"os"
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
	if err := export.Write(&out, format, records, export.Options{}); err != nil {
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
	for _, f := range export.Formats {
		fmt.Fprintf(os.Stdout, "%s (%s): %s\n", f.Name, f.Ext, f.Description)
	}
	// Output:
	// json (.json): one document, for programs
	// jsonl (.jsonl): a record a line, for programs
	// csv (.csv): for spreadsheets
	// md (.md): to read, with the redlines
}

func ExampleFormatOf() {
	format, ok := export.FormatOf("records/2026.md")
	fmt.Println(format.Name, ok)
	// Output: md true
}
