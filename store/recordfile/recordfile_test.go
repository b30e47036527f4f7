package recordfile_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/recordfile"
)

// full has something in every field, with everything in the prose that could be taken
// for a part of the file.
func full() model.Writing {
	hostile := "# What it is\n\n## Summary\n### Regulatory landscape\n### Summary\n### free\n#### deep\n+++\n---\n" +
		"<!-- no hint -->\n  <!-- nor\nthis -->\n\\## escaped\n\\\\## twice\n```\n## in a fence\n<!-- in a fence -->\n" +
		"```\n~~~ open\n````\n## x\n```\n{\n[[actions]]\ntitle = \"x\"\n##\n#\n#hash\n    ## code\n\ttab\nlast  line"
	w := model.Writing{Severity: model.High, Confidence: model.LowConfidence, Basis: model.Inferred,
		Summary: hostile, Clauses: []int{2, 14}}
	w.Content = model.Content{Title: `A "title" with \ and 'quotes' # too`, WhatItIs: hostile, WhyItMatters: "# y",
		InterpretiveNote: "~~~\nopen", ConsumerImpact: "```\nopen", Actions: []model.ReaderAction{
			{Kind: "opt_out", Text: "two\nlines \"quoted\"", Contact: "https://example.com/?a=1&b=<2>",
				Jurisdiction: "US-CA", Basis: "GDPR, Article 17"}, {Text: "+++"}},
		Agencies: []string{"ftc", "Some Agency, Dept. = \"x\""}, Regulations: []string{"gdpr"}, Types: []string{"arbitration"},
		AgencyReasons: map[string]string{"ftc": "because", "Some.Agency \"x\"": "so"},
		Comparisons: []model.Comparison{{Platform: "Acme", Document: "FP-D-00012", Seq: 3, Excerpt: "# We\n\nshare.",
			Severity: model.Low, CapturedAt: "2026-01-02", Record: "FP-R-000003"}, {Excerpt: "x"}},
		Prevalence: &model.Prevalence{Alike: 0, Of: 343, At: "2026-01-02"}, DocumentLastUpdated: "May 5, 2026",
		ArchiveLink: "https://example.com/a", Analysis: model.Analysis{RegulatoryLandscape: hostile,
			GovernanceExposure: "### Exposure level", ExposureLevel: model.Critical, JurisdictionFlags: "### f",
			ContractImplications: "c", ComplianceConsiderations: "## Analysis"}}
	return w
}

func TestEveryFieldSurvivesAFile(t *testing.T) {
	w := full()
	var all []string
	for _, f := range model.WritingFields {
		if f.Empty(&w) {
			t.Errorf("%s is empty in the full writing", f.ID())
		}
		all = append(all, f.ID())
	}
	for _, o := range []recordfile.Options{{}, {Hints: true}, {Hints: true, Notes: "a --> b\n+++\n\x1b"}} {
		file := recordfile.Write(&w, o)
		got, fields, err := recordfile.Parse(file)
		if err != nil || !reflect.DeepEqual(got, w) || !slices.Equal(fields, all) {
			t.Errorf("%+v: %v\n%s\n got %+v\nwant %+v\n%v", o, err, file, got, w, fields)
		}
		dos := strings.ReplaceAll("\ufeff"+string(file), "\n", "\r\n")
		if got, _, err := recordfile.Parse([]byte(dos)); err != nil || !reflect.DeepEqual(got, w) {
			t.Errorf("with CRLF and a byte order mark: %v\n%+v", err, got)
		}
	}
}

// TestEachFieldSurvivesAlone: and is the only one that is given.
func TestEachFieldSurvivesAlone(t *testing.T) {
	w := full()
	for _, f := range model.WritingFields {
		var one model.Writing
		f.Copy(&one, &w)
		file := recordfile.Write(&one, recordfile.Options{})
		got, fields, err := recordfile.Parse(file)
		if err != nil || !reflect.DeepEqual(got, one) || !slices.Equal(fields, []string{f.ID()}) {
			t.Errorf("%s: %v, fields %v\n%s", f.ID(), err, fields, file)
		}
		encoded, err := json.Marshal(one)
		if err != nil {
			t.Fatal(err)
		}
		got, fields, err = recordfile.Parse(encoded)
		if err != nil || !reflect.DeepEqual(got, one) || !slices.Equal(fields, []string{f.ID()}) {
			t.Errorf("%s as JSON: %v, fields %v\n%s", f.ID(), err, fields, encoded)
		}
	}
}

// TestAFileForAnEditorHasEveryField also when nothing is written, with what belongs there.
func TestAFileForAnEditorHasEveryField(t *testing.T) {
	var w model.Writing
	file := string(recordfile.Write(&w, recordfile.Options{Hints: true, Without: []string{"clauses"}}))
	for _, f := range model.WritingFields {
		if want := f.ID() != "clauses"; strings.Contains(file, f.Hint) != want {
			t.Errorf("that the file has the hint of %s is %v\n%s", f.ID(), !want, file)
		}
		if strings.Contains(f.Hint, "-->") || strings.Contains(f.Hint, "\n") {
			t.Errorf("the hint of %s can't stand in a comment", f.ID())
		}
	}
	got, fields, err := recordfile.Parse([]byte(file))
	if err != nil || !reflect.DeepEqual(got, w) {
		t.Errorf("%v %+v\n%s", err, got, file)
	}
	for _, f := range model.WritingFields {
		given := slices.Contains(fields, f.ID())
		if want := f.Shape != model.Table && f.Key != "clauses"; given != want {
			t.Errorf("that %s is given is %v", f.ID(), given)
		}
	}
	uncommented := strings.NewReplacer("# [", "[", "# kind", "kind", "# text", "text", "# contact", "contact",
		"# jurisdiction", "jurisdiction", "# basis", "basis", "# platform", "platform", "# document", "document",
		"# seq", "seq", "# excerpt", "excerpt", "# severity", "severity", "# captured_at", "captured_at",
		"# record", "record", "# alike", "alike", "# of", "of", "# at", "at", `# "…"`, `"…"`).Replace(file)
	if got, fields, err = recordfile.Parse([]byte(uncommented)); err != nil || !reflect.DeepEqual(got, w) ||
		!slices.Contains(fields, "actions") {
		t.Errorf("tables that were begun and not filled in: %v %+v %v\n%s", err, got, fields, uncommented)
	}
}

func TestMarkdownIsReadInAllItsForms(t *testing.T) {
	const file = "\n+++\n# a comment of TOML\ntitle = ' T '\nSUMMARY_ = 1\n+++\n"
	if _, _, err := recordfile.Parse([]byte(file)); err == nil {
		t.Error("an unknown key is passed over")
	}
	for name, c := range map[string]struct {
		file string
		want model.Writing
	}{
		"labels, keys and levels": {"# what it is\n\na\n\n## Why_It_Matters ##\nb\n##   CONSUMER   IMPACT\nc\n",
			model.Writing{Content: model.Content{WhatItIs: "a", WhyItMatters: "b", ConsumerImpact: "c"}}},
		"prose in the front matter": {"+++\nsummary = \"\"\"\ntwo\nlines\"\"\"\n[analysis]\njurisdiction_flags='f'\n+++\n",
			model.Writing{Summary: "two\nlines",
				Content: model.Content{Analysis: model.Analysis{JurisdictionFlags: "f"}}}},
		"short ones under headings": {"## Title\nT\n## severity\n\nHigh\n## Analysis\n### exposure level\nLOW\n",
			model.Writing{Severity: model.High, Content: model.Content{Title: "T",
				Analysis: model.Analysis{ExposureLevel: model.Low}}}},
		"a part of the analysis at the top": {"+++\nexposure_level = 'low'\n+++\n## Governance exposure\ng\n### sub\nh\n" +
			"## Summary\ns", model.Writing{Summary: "s", Content: model.Content{Analysis: model.Analysis{
			ExposureLevel: model.Low, GovernanceExposure: "g\n### sub\nh"}}}},
		"the note by its other name": {"## Note\nn", model.Writing{Content: model.Content{InterpretiveNote: "n"}}},
		"dates without quotes": {"+++\ndocument_last_updated = 2026-05-05\n[prevalence]\nof = 3\nat = 2026-05-05\n+++",
			model.Writing{Content: model.Content{DocumentLastUpdated: "2026-05-05",
				Prevalence: &model.Prevalence{Of: 3, At: "2026-05-05"}}}},
		"fences": {"## Summary\n```md\n## Title\n<!-- c -->\n```\n   ~~~\n# x\n   ~~~~  \nend",
			model.Writing{Summary: "```md\n## Title\n<!-- c -->\n```\n   ~~~\n# x\n   ~~~~  \nend"}},
		"comments": {"<!-- a -->\n<!-- b\n## Title\n-->\n## Summary\n<!-- hint --> s\n <!-- x --><!-- y -->\nt <!-- in -->",
			model.Writing{Summary: "s\nt <!-- in -->"}},
		"words and IDs in any case": {"+++\nbasis = 'EXPLICIT'\n[[comparisons]]\nplatform='A'\ndocument='fp-d-12'\n" +
			"severity='High'\n+++", model.Writing{Basis: model.Explicit, Content: model.Content{
			Comparisons: []model.Comparison{{Platform: "A", Document: "FP-D-00012", Severity: model.High}}}}},
	} {
		got, _, err := recordfile.Parse([]byte(c.file))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, c.want)
		}
	}
}

func TestWhatIsGivenEmptyIsGiven(t *testing.T) {
	const want = "title types what_it_is actions analysis.regulatory_landscape"
	for name, file := range map[string]string{
		"Markdown": "+++\ntitle = ''\ntypes = []\nactions = []\n+++\n## What it is\n\n## Analysis\n### Regulatory landscape",
		"JSON": `{"title":null,"types":[],"actions":null,"what_it_is":" ",` +
			`"analysis":{"regulatory_landscape":""}}`,
	} {
		w, fields, err := recordfile.Parse([]byte(file))
		if got := strings.Join(fields, " "); err != nil || got != want || !reflect.DeepEqual(w, model.Writing{}) {
			t.Errorf("%s: %v: %s, %+v", name, err, got, w)
		}
	}
}

func TestJSONTakesTheKeysOfARecord(t *testing.T) {
	const file = " \n{\"title\":\"T\",\"severity\":\"HIGH\",\"note\":\"n\",\"interpretive_note\":\"n\",\"clauses\":[3,1]," +
		`"actions":[{"kind":"k","text":"t","contact":"c","jurisdiction":"EU","basis":"b"}],"agencies":["ftc"],` +
		`"analysis":{"exposure_level":"low"},"summary":"a\r\nb"}`
	w, fields, err := recordfile.Parse([]byte(file))
	want := model.Writing{Severity: model.High, Summary: "a\nb", Clauses: []int{3, 1}, Content: model.Content{Title: "T",
		InterpretiveNote: "n", Agencies: []string{"ftc"}, Analysis: model.Analysis{ExposureLevel: model.Low},
		Actions: []model.ReaderAction{{Kind: "k", Text: "t", Contact: "c", Jurisdiction: "EU", Basis: "b"}}}}
	if err != nil || !reflect.DeepEqual(w, want) {
		t.Errorf("%v %+v", err, w)
	}
	if got := strings.Join(fields, " "); got !=
		"title severity summary interpretive_note actions analysis.exposure_level agencies clauses" {
		t.Error(got)
	}
}

// TestWhatIsNoFileIsRefused: each with what is wrong, and nothing is passed over.
func TestWhatIsNoFileIsRefused(t *testing.T) {
	matter := func(s string) string { return "+++\n" + s + "\n+++\n" }
	for _, c := range []struct{ file, want string }{
		{"", "empty"}, {" \n\n", "empty"},
		{strings.Repeat("x", recordfile.MaxBytes+1), "larger than 1048576 bytes"},
		{"## Summary\na\nb\xff", "line 3 is not UTF-8"},
		{"a\n## Summary", "line 1: text before the first heading"},
		{matter("title = 'x'") + "\nbefore\n## Summary", "line 5: text before the first heading"},
		{"---\ntitle: x\n---", "TOML between lines +++"},
		{"+++\ntitle = 'x'", "has no end"},
		{matter("title = x"), "line 2 of the file is not TOML"},
		{matter("title = 'x'\ntitle = 'y'"), "line 3 of the file is not TOML"},
		{matter("titel = 'x'"), `no "titel"; did you mean title?`},
		{matter("Title = 'x'"), `no "Title"; did you mean title?`},
		{matter("banana = 'x'"), `no "banana"; there are actions, agencies,`},
		{matter("[analysis]\nregulatory = 'x'"), `the analysis has no "regulatory"`},
		{matter("[analysis]\nsummary = 'x'"), `the analysis has no "summary"`},
		{matter("analysis = 'x'"), "analysis must be a table with its parts, not text"},
		{"## Whats it is\nx", `line 1: a record has nothing called "Whats it is"; did you mean What it is?`},
		{"## \nx", `line 1: a record has nothing called ""`},
		{"## Summary\nx\n### Title\ny", "line 3: ### Title stands under Summary"},
		{"## Analysis\n### Summary\ny", "line 2: Summary is no part of the analysis"},
		{"## Analysis\n### Nonsense\ny", `line 2: a record has nothing called "Nonsense"`},
		{"## Analysis\ntext", `what is under "Analysis" belongs under one of its parts, such as ### Regulatory landscape`},
		{"## Agencies\nFTC", `as agencies = ["…"]`}, {"## Clauses\n1", "as clauses = [1, 2]"},
		{"## What you can do\nx", "as [[actions]]"}, {"## Agency reasons\nx", "as [agency_reasons]"},
		{matter("summary = 'x'") + "## Summary\nx", "summary is given twice: between the lines +++ and in line 4"},
		{"## Summary\nx\n# summary\ny", "summary is given twice: in line 1 and in line 3"},
		{"## Note\nx\n## Interpretive note\ny", "interpretive_note is given twice"},
		{"## Note\nx\n## Note\nx", "interpretive_note is given twice"},
		{`{"note":"a","interpretive_note":"b"}`, "interpretive_note is given twice"},
		{`{"exposure_level":"low","analysis":{"exposure_level":"low"}}`, "exposure_level is given twice"},
		{"## Summary\n```\nx", "line 2: the code fence has no end"},
		{"## Summary\n<!-- x\ny", "line 2: the comment has no end"},
		{matter("severity = 'grave'"), `severity: "grave" is not a severity; use one of low, medium, high, critical`},
		{matter("[analysis]\nexposure_level = 'sure'"), `analysis.exposure_level: "sure" is not a severity`},
		{matter("basis = 1"), "basis must be text, not a number"},
		{matter("title = \"a\\nb\""), "title must be one line"},
		{"## Title\na\nb", "title must be one line"},
		{matter("summary = \"a\\u001bb\""), "summary has the control character U+001B"},
		{"## Summary\na\x00b", "summary has the control character U+0000"},
		{matter("types = 'x'"), "types must be a list, not text"},
		{matter("types = [1]"), "types no. 1 must be text, not a number"},
		{matter("types = [\"a\\nb\"]"), "types no. 1 must be one line"},
		{matter("clauses = [0]"), "clauses count from 1"}, {matter("clauses = [-1]"), "clauses no. 1 can't be -1"},
		{matter("clauses = [1.5]"), "clauses no. 1 must be a whole number"},
		{`{"clauses":[1.5]}`, "clauses no. 1 must be a whole number, not 1.5"},
		{matter("[actions]\ntext = 'x'"), "actions must be a list, not a table"},
		{matter("[[actions]]\ntxt = 'x'"), `actions no. 1 has no "txt"; did you mean text?`},
		{matter("actions = ['x']"), "actions no. 1 must be a table, not text"},
		{matter("[[comparisons]]\nseverity = 'x'"), `comparisons no. 1, severity: "x" is not a severity`},
		{matter("[[comparisons]]\ndocument = 'x'"), `comparisons no. 1, document: "x" is not an ID`},
		{matter("[[prevalence]]\nof = 1"), "prevalence must be a table, not a list"},
		{matter("[agency_reasons]\nftc = 1"), `agency_reasons of "ftc" must be text`},
		{matter("[agency_reasons]\n'' = 'x'"), `"" is no name`},
		{matter("[agency_reasons]\n'a' = 'x'\n' a' = 'y'"), `agency_reasons has "a" twice`},
		{"{", "line 1 is not JSON"}, {"{\"title\":\n1", "line 2 is not JSON"}, {`{} x`, "is not JSON"},
		{`{"title":"x","title":"x"}`, `"title" is given twice`},
		{`{"Title":"x"}`, `no "Title"; did you mean title?`},
		{`{"id":"FP-R-000001"}`, `no "id"`}, {`{"title":["x"]}`, "title must be text, not a list"},
		{`{"types":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + "}", "too many values"},
		{`{"title":true}`, "title must be text, not true or false"},
	} {
		w, fields, err := recordfile.Parse([]byte(c.file))
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(fmt.Sprint(err), c.want) || fields != nil ||
			!reflect.DeepEqual(w, model.Writing{}) {
			t.Errorf("%.60q: %v, want %s", c.file, err, c.want)
		}
	}
}

// TestKeysAreUnambiguous: a heading means one field, and a part of the analysis has no
// name that another field has.
func TestKeysAreUnambiguous(t *testing.T) {
	seen := map[string]string{"note": "interpretive_note", "analysis": "analysis"}
	for _, f := range model.WritingFields {
		for _, name := range []string{f.Key, strings.ReplaceAll(strings.ToLower(f.Label), " ", "_")} {
			if before := seen[name]; before != "" && before != f.ID() {
				t.Errorf("%s is a name of %s and of %s", name, before, f.ID())
			}
			seen[name] = f.ID()
		}
	}
}

// pieces are what prose is made of at random.
var pieces = []string{"#", "##", "###", "####", " ", "  ", "\n", "\n", "\n\n", "\\", "```", "~~~", "`", "~~~~", "<!--", "-->",
	"+++", "---", "Summary", "Title", "Regulatory landscape", "Analysis", "x", "é", "\t", "\"", "'", "{", "[", "\u00a0", "\u2028", "🙂"}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return strings.TrimSpace(b.String())
}

// TestParseOfWriteIsTheSame holds the law of the package's comment against texts that
// are made of the file's own marks.
func TestParseOfWriteIsTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 3_000 {
		var w model.Writing
		for _, f := range model.WritingFields {
			switch f.Shape {
			case model.Prose:
				*f.Text(&w) = randomText(r)
			case model.Line:
				*f.Text(&w) = strings.Join(strings.Fields(randomText(r)), " ")
			}
		}
		if text := randomText(r); text != "" {
			w.Actions = []model.ReaderAction{{Text: text}}
			w.AgencyReasons = map[string]string{strings.Join(strings.Fields(text), " "): text}
		}
		o := recordfile.Options{Hints: n%2 == 0}
		file := recordfile.Write(&w, o)
		if got, _, err := recordfile.Parse(file); err != nil || !reflect.DeepEqual(got, w) {
			t.Fatalf("%v\n%s\n got %+v\nwant %+v", err, file, got, w)
		}
	}
}

// FuzzParse: whatever is read is written and read as the same, and nothing crashes.
func FuzzParse(f *testing.F) {
	w := full()
	f.Add(recordfile.Write(&w, recordfile.Options{Hints: true}))
	encoded, _ := json.Marshal(w)
	f.Add(encoded)
	f.Add([]byte("## Summary\n```\n\\## x\n```\n<!-- a\n--> b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, fields, err := recordfile.Parse(data)
		if err != nil {
			if !errors.Is(err, model.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		file := recordfile.Write(&w, recordfile.Options{})
		again, _, err := recordfile.Parse(file)
		if len(fields) > 0 && (err != nil || !reflect.DeepEqual(again, w)) {
			t.Fatalf("%v\n%q\n%q\n%+v\n%+v", err, data, file, w, again)
		}
	})
}

// ExampleParse reads what an analyst wrote in an editor.
func ExampleParse() {
	w, fields, err := recordfile.Parse([]byte("+++\nseverity = 'high'\n+++\n\n## What it is\n\nA licence.\n"))
	fmt.Println(w.Severity, w.WhatItIs, fields, err)
	_, _, err = recordfile.Parse([]byte("+++\nseverty = 'high'\n+++\n"))
	fmt.Println(err)
	// Output:
	// high A licence. [severity what_it_is] <nil>
	// invalid input: a record has no "severty"; did you mean severity?
}

// ExampleWrite writes a draft for an editor.
func ExampleWrite() {
	w := model.Writing{Severity: model.High}
	w.WhatItIs = "## no heading"
	fmt.Printf("%s", recordfile.Write(&w, recordfile.Options{}))
	// Output:
	// +++
	// severity = "high"
	// +++
	//
	// ## What it is
	//
	// \## no heading
}
