package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/desktest"
)

var update = flag.Bool("update", false, "draw the README's pictures anew")

// pictures are the README's, by story.
var pictures = map[string]options{
	"queue/many":     {width: 110, height: 22, theme: "dark"},
	"review/pending": {width: 120, height: 26, theme: "dark"},
	"record/preview": {width: 100, height: 30, theme: "dark"},
	"record/form":    {width: 120, height: 34, theme: "dark"},
}

// TestEveryStoryFitsAndDiffers: each is drawn in every theme, shows what its name promises no other
// does, and fits its window.
func TestEveryStoryFitsAndDiffers(t *testing.T) {
	seen := map[string]string{}
	for _, s := range stories {
		for _, theme := range themes {
			o := options{width: 100, height: 30, theme: theme}
			frame, err := s.tell(t.Context(), o)
			if err != nil {
				t.Fatalf("%s, %s: %v", s.name, theme, err)
			}
			if why := desktest.Flaw(frame, o.width, o.height); why != "" || strings.Count(frame, "\n") != o.height-1 {
				t.Errorf("%s, %s: %s, %d lines", s.name, theme, why, strings.Count(frame, "\n")+1)
			}
			if theme == "dark" {
				if other := seen[frame]; other != "" {
					t.Errorf("%s shows the same as %s:\n%s", s.name, other, ansi.Strip(frame))
				}
				seen[frame] = s.name
				status := strings.Split(ansi.Strip(frame), "\n")[o.height-2]
				if strings.HasPrefix(status, "Can't do that: ") {
					t.Errorf("%s presses a key that does nothing:\n%s", s.name, ansi.Strip(frame))
				}
			}
		}
	}
}

// TestPicturesMatchTheDesk: the README shows what the desk looks like now.
func TestPicturesMatchTheDesk(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for _, s := range stories {
		o, ok := pictures[s.name]
		if !ok {
			continue
		}
		drawn++
		frame, err := s.tell(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.ReplaceAll(s.name, "/", "-") + ".svg"
		file := filepath.Join("testdata", "pictures", name)
		want := picture(frame, o.width, o.height)
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil || string(got) != want {
			t.Errorf("%s is not what the desk looks like: go test ./cmd/dev/storybook -update draws it anew (%v)", file,
				err)
		}
		if !strings.Contains(string(readme), "(cmd/dev/storybook/testdata/pictures/"+name+")") {
			t.Errorf("the README does not show %s", name)
		}
	}
	if drawn != len(pictures) {
		t.Errorf("%d of %d pictures have a story", drawn, len(pictures))
	}
}

func TestRunListsAndShowsStories(t *testing.T) {
	show := func(list bool, name, theme string) string {
		t.Helper()
		var b strings.Builder
		if err := run(t.Context(), &b, list, name, options{width: 80, height: 24, theme: theme}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if got := show(true, "", "dark"); strings.Count(got, "\n") != len(stories) || !strings.Contains(got, "review/stale") {
		t.Errorf("listed:\n%s", got)
	}
	got := show(false, "queue/none", "nocolor")
	if !strings.HasPrefix(got, "== queue/none: ") || !strings.Contains(got, "by risk") || strings.Contains(got, "38;5;") {
		t.Errorf("shown without colours:\n%q", got)
	}
	for _, bad := range [][2]string{{"nowhere/", "dark"}, {"queue/one", "pink"}} {
		var b strings.Builder
		if run(t.Context(), &b, false, bad[0], options{width: 80, height: 24, theme: bad[1]}) == nil {
			t.Errorf("%q is shown in %s:\n%s", bad[0], bad[1], b.String())
		}
	}
}
