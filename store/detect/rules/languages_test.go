package rules

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	bcp47 "golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

var updateLanguages = flag.Bool("update-languages", false, "write the names of languages anew")

// TestLanguagesAreThoseOfCLDR: the list holds the name of every language that the
// library knows, in itself and in English.
func TestLanguagesAreThoseOfCLDR(t *testing.T) {
	names, english := map[string]bool{}, display.English.Languages()
	for _, tag := range display.Supported.Tags() {
		for _, l := range []bcp47.Tag{tag, bcp47.Make(strings.SplitN(tag.String(), "-", 2)[0])} {
			names[strings.ToLower(display.Self.Name(l))] = true
			names[strings.ToLower(english.Name(l))] = true
		}
	}
	delete(names, "")
	var list []string
	for name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	want := strings.Join(list, "\n") + "\n"
	if *updateLanguages {
		if err := os.WriteFile("languages.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if languageList != want {
		t.Error("languages.txt is out of step: go test ./store/detect/rules -run CLDR -update-languages writes it")
	}
}
