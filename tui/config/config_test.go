package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fineprint/tui/keys"
)

func messages(problems []error) string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.Error())
	}
	return strings.Join(lines, "\n")
}

// TestDocumentParsesAsDefaults: the documented file changes nothing, neither as it
// is written nor with every setting and key in it taken out of its comment.
func TestDocumentParsesAsDefaults(t *testing.T) {
	text := Document()
	got, problems := Parse("config.toml", []byte(text))
	if len(problems) > 0 || !reflect.DeepEqual(got, Default()) {
		t.Errorf("as written: %+v\n%s", got, messages(problems))
	}
	all := regexp.MustCompile(`(?m)^# ([a-z_-]+ = )`).ReplaceAllString(text, "$1")
	got, problems = Parse("config.toml", []byte(all))
	if len(problems) > 0 {
		t.Errorf("all set:\n%s", messages(problems))
	}
	for _, b := range keys.All {
		if !slices.Equal(got.Keys[string(b.Command)], b.Keys) {
			t.Errorf("the file says of %s %v", b.Command, got.Keys[string(b.Command)])
		}
	}
	if len(got.Snippets) != 1 || len(got.Filters) != 1 {
		t.Errorf("snippets %v, filters %v", got.Snippets, got.Filters)
	}
	got.Keys, got.Snippets, got.Filters = map[string][]string{}, nil, nil
	if !reflect.DeepEqual(got, Default()) {
		t.Errorf("all set: %+v", got)
	}
}

// TestEverySettingIsReadAndWritten: each setting of the table, set to another value than
// its default, changes what Lines shows of it and nothing else; what Lines
// writes is read back as the same settings.
func TestEverySettingIsReadAndWritten(t *testing.T) {
	others := map[string]string{
		"actor": `"Ada \"the\" Reader"`, "palette": `"mono"`, "background": `"light"`, "ascii": "true",
		"reduced_motion": "true", "mouse": "false", "offline": "true", "day_bar": "false", "day_goal": "30", "reminder_days": "7", "split": "40",
		"editor": `"nano -w"`, "export.path": `"out\\records.csv"`, "export.format": `"csv"`,
		"queue.columns": `["platform", "id"]`, "quiet.from": `"22:00"`, "quiet.to": `"07:00"`,
		"quiet.days": `["sat", "sun"]`, "quiet.time_zone": `"Europe/Berlin"`,
		"draft.command": `["python3", "draft.py"]`, "draft.timeout": `"5m"`,
		"draft.env":     `["DRAFT_MODEL"]`,
		"insight.learn": "false", "insight.learn_from": `"me"`,
		"backup.automatic": "false", "backup.folder": `"/media/stick"`, "backup.keep": "30",
	}
	for _, s := range table {
		got, problems := Parse("config.toml", []byte(s.name+" = "+others[s.name]))
		if len(problems) > 0 {
			t.Errorf("%s: %s", s.name, messages(problems))
		}
		defaults := Lines(Default())
		for i, l := range Lines(got) {
			if same := l.TOML == defaults[i].TOML; same == (l.Name == s.name) {
				t.Errorf("setting %s: %s is %s", s.name, l.Name, l.TOML)
			}
			if l.Name == s.name && l.TOML != others[s.name] {
				t.Errorf("%s is written as %s, want %s", s.name, l.TOML, others[s.name])
			}
		}
	}
	var file strings.Builder
	for name, v := range others {
		file.WriteString(name + " = " + v + "\n")
	}
	file.WriteString("keys.approve = ['ctrl+alt+a']\nsnippets.'two words' = 'x \" y'\nsnippets.'ünï' = 'z'\n" +
		"filters.f = 'sev:high'\n")
	want, problems := Parse("config.toml", []byte(file.String()))
	if len(problems) > 0 {
		t.Fatal(messages(problems))
	}
	var again strings.Builder
	for _, l := range Lines(want) {
		again.WriteString(l.Name + " = " + l.TOML + "\n")
	}
	if got, problems := Parse("config.toml", []byte(again.String())); len(problems) > 0 ||
		!reflect.DeepEqual(got, want) {
		t.Errorf("read back: %+v\n%s\nof\n%s", got, messages(problems), again.String())
	}
}

// mistakes are files with one each.
var mistakes = []struct{ name, file, want string }{
	{"a name nearly right", "\npallete = \"mono\"", `line 2: unknown setting "pallete"; did you mean palette?`},
	{"a name of nothing", "colour_of_the_cat = 1", `line 1: unknown setting "colour_of_the_cat"`},
	{"a name under its table", "format = \"csv\"", `did you mean format under [export]?`},
	{"a name in a table", "[export]\npth = \"x\"",
		`line 2: unknown setting "export.pth"; did you mean export.path?`},
	{"a setting after a table", "[export]\npalette = \"mono\"",
		`line 2: palette is under [export]; move it above the first [table]`},
	{"a setting among snippets", "[snippets]\nactor = \"x\"", `line 2: actor is under [snippets]`},
	{"a table nearly right", "[snipets]\na = \"x\"\nb = \"y\"",
		`line 1: unknown table [snipets]; did you mean snippets?`},
	{"a table written as a value", "keys = 3", `line 1: keys is a table; write [keys]`},
	{"a table written as a list", "[[keys]]\napprove = \"y\"", `line 1: keys is a table; write [keys]`},
	{"a table written inline", "snippets = {a = \"x\"}\n\nexport = {pth = \"x\"}",
		`line 3: unknown setting "export.pth"; did you mean export.path?`},
	{"a table of nothing, in parts", "[other]\na = 1\n[other.part]\nb = 1", `line 1: unknown table [other]`},
	{"a table in a table", "[keys.more]\na = 1", `line 1: unknown table [keys.more]`},
	{"a word nearly right", "palette = \"teal-magneta\"",
		`palette can't be "teal-magneta"; it takes "blue-orange", "teal-magenta" or "mono"; did you mean teal-magenta?`},
	{"a format nearly right", "export.format = \"jsn\"", `it takes "json", `},
	{"no word", "background = 3", `line 1: background takes "auto", "dark" or "light", not 3`},
	{"a word for a flag", "ascii = \"yes\"", `line 1: ascii takes true or false, without quotes`},
	{"a number too large", "split = 99", `line 1: split takes a number from 30 to 70, not 99`},
	{"a fraction", "split = 50.5", `split takes a number from 30 to 70, not 50.5`},
	{"no text", "actor = 7", `line 1: actor takes a name in quotes, not 7`},
	{"an escape sequence", "actor = \"a\\u001b]0;x\\u0007\"",
		`line 1: actor must be a single line without control characters`},
	{"no TOML", "ascii = true\npalette = mono", `line 2: `},
	{"twice", "ascii = true\nascii = false", `line 2: `},
	{"a command nearly right", "[keys]\naprove = [\"y\"]",
		"line 2: unknown command \"aprove\"; see `fineprint keys`; did you mean approve?"},
	{"a key nearly right", "[keys]\napprove = [\"entr\"]",
		`line 2: keys.approve: "entr" is not a key; did you mean enter?`},
	{"a modifier nearly right", "[keys]\napprove = [\"crtl+y\"]",
		`"crtl" is none of ctrl, alt, shift; did you mean ctrl?`},
	{"a key of another name", "[keys]\napprove = [\"ctrl+i\"]", `most terminals can't distinguish ctrl+i from tab`},
	{"a key that is no text", "[keys]\napprove = [1]", `keys.approve takes keys in quotes, not 1`},
	{"no way out", "[keys]\nback = []", `keys.back needs at least one key`},
	{"two meanings", "[keys]\n\ndown = [\"k\"]",
		`line 3: k can't be both down and up on the platforms screen; the keys of down are unchanged`},
	{"a placeholder nearly right", "[snippets]\ns = \"{platfrom} did\"",
		`line 2: snippets.s: unknown placeholder {platfrom}; it is left as is; did you mean platform?`},
	{"a snippet that is no text", "[snippets]\ns = 1", `line 2: snippets.s takes a text in quotes, not 1`},
	{"a snippet of two lines", "[snippets]\ns = \"\"\"a\nb\"\"\"", `line 2: snippets.s must be a single line`},
}

// TestMistakesAreNamedAndTheRestApplies: what is wrong is named with its line and the nearest right name,
// and the rest of the file holds.
func TestMistakesAreNamedAndTheRestApplies(t *testing.T) {
	for _, c := range mistakes {
		t.Run(c.name, func(t *testing.T) {
			got, problems := Parse("/somewhere/config.toml", []byte(c.file))
			if len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), "config.toml, ") ||
				!strings.Contains(problems[0].Error(), c.want) {
				t.Errorf("got\n%s\nwant one with\n%s", messages(problems), c.want)
			}
			got.Snippets = nil // one with an unknown placeholder is kept
			if !reflect.DeepEqual(got, Default()) {
				t.Errorf("settings %+v", got)
			}
		})
	}
	got, problems := Parse("config.toml",
		[]byte("palette = \"mono\"\nsplit = 3\n[keys]\nundo = [\"ctrl+alt+u\"]\nnothing = [\"x\"]\n"))
	if got.Palette != "mono" || !slices.Equal(got.Keys["undo"], []string{"ctrl+alt+u"}) || len(problems) != 2 {
		t.Errorf("beside two faults: %+v\n%s", got, messages(problems))
	}
	if s := Summary(problems); !strings.HasPrefix(s, "config.toml, line 2: split") ||
		!strings.Contains(s, "; 1 more") || strings.Contains(s, "\n") {
		t.Errorf("summary %q", s)
	}
	if Summary(nil) != "" {
		t.Error("no fault has a summary")
	}
}

// TestCommandsOfAnEarlierEditionKeepTheirKeys, and are named as they are called now.
func TestCommandsOfAnEarlierEditionKeepTheirKeys(t *testing.T) {
	got, problems := Parse("config.toml", []byte("[keys]\nnext-clause = [\"n\", \"ctrl+j\"]\n"))
	if !slices.Equal(got.Keys["next-edit"], []string{"n", "ctrl+j"}) || len(problems) != 1 ||
		!strings.Contains(messages(problems), "line 2: keys.next-clause is called keys.next-edit now") {
		t.Errorf("%+v\n%s", got.Keys, messages(problems))
	}
}

func TestLoadRefusesWhatIsNoFileOrTooLarge(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config.toml")
	if got, problems := Load(path); len(problems) != 1 || !errors.Is(problems[0], fs.ErrNotExist) ||
		!reflect.DeepEqual(got, Default()) {
		t.Errorf("without a file: %v, %s", got, messages(problems))
	}
	if _, problems := Load(dir); len(problems) != 1 || !strings.Contains(problems[0].Error(), "not a regular file") {
		t.Errorf("a folder: %s", messages(problems))
	}
	if err := os.WriteFile(path, []byte("palette = \"mono\"\n"+strings.Repeat("#", maxFile)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, problems := Load(path); len(problems) != 1 || got.Palette == "mono" {
		t.Errorf("a huge file: %s", messages(problems))
	}
	if err := os.WriteFile(path, []byte("palette = \"mono\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, problems := Load(path); len(problems) > 0 || got.Palette != "mono" {
		t.Errorf("%+v, %s", got, messages(problems))
	}
}

// TestProblemsOfALargeFileAreCapped: the largest file that is read is read in a second or so, and its
// faults end.
func TestProblemsOfALargeFileAreCapped(t *testing.T) {
	var file strings.Builder
	for i := 0; file.Len() < maxFile-40; i++ {
		fmt.Fprintf(&file, "snippets.s%d = ''\n", i)
	}
	good := strings.Count(file.String(), "\n")
	for i := range 2 * maxProblems {
		fmt.Fprintf(&file, "x%d = 1\n", i)
	}
	got, problems := Parse("config.toml", []byte(file.String()))
	if len(problems) != maxProblems+1 || len(got.Snippets) != good ||
		!strings.Contains(problems[0].Error(), fmt.Sprintf("line %d:", good+1)) {
		t.Errorf("%d problems, %d snippets of %d, the first %v", len(problems), len(got.Snippets), good, problems[0])
	}
}

func TestPathFollowsXDGConfigHome(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	if got, want := Path(), filepath.Join(dir, "fineprint", "config.toml"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	t.Setenv("HOME", dir)
	t.Setenv("XDG_CONFIG_HOME", "not/absolute")
	if got := Path(); !filepath.IsAbs(got) || strings.Contains(got, "not/absolute") {
		t.Errorf("got %s", got)
	}
}

// FuzzParse: no file stops the desk; what is left can be written and read back.
func FuzzParse(f *testing.F) {
	f.Add(Document())
	f.Add("[keys]\nback = ['j']\nfilter = ['q', 'esc', 'left']\n[[a.b]]\nc={d={e=1}}")
	f.Add("a.b.c = 1\n[a.d]\n\"\" = 1\nexport = {path='x', 'y z'=2}")
	f.Fuzz(func(t *testing.T, file string) {
		got, _ := Parse("config.toml", []byte(file))
		mapped, conflicts := Remap(keys.All, got.Keys)
		for _, c := range conflicts {
			if c.Refused == "" {
				t.Errorf("%s is left", c)
			}
		}
		if _, found := collision(mapped, nil); found {
			t.Errorf("a key has two meanings after %q", file)
		}
		var again strings.Builder
		for _, l := range Lines(got) {
			again.WriteString(l.Name + " = " + l.TOML + "\n")
		}
		back, _ := Parse("config.toml", []byte(again.String()))
		if !reflect.DeepEqual(Lines(back), Lines(got)) {
			t.Errorf("%q is written as %q and read as %+v", file, again.String(), back)
		}
	})
}
