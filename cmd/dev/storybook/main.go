// Command storybook shows every screen of the desk in each of its states, on a
// made-up store, without a terminal: to look at a change of the drawing, and to
// make the README's pictures.
//
//	go run ./cmd/dev/storybook --list
//	go run ./cmd/dev/storybook --screen review/stale --width 120 --theme light
//
// It is for whoever works on the desk. Its stories press the keys that people
// do; what they show is what the desk shows.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image/color"
	"io"
	"os"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"fineprint/store/model"
)

// themes are what --theme takes.
var themes = []string{"dark", "light", "nocolor", "ascii"}

// options are how a story is drawn.
type options struct {
	width, height int
	theme         string
}

func main() {
	list := flag.Bool("list", false, "list the stories")
	name := flag.String("screen", "", "the story to show, or the beginning of several; empty: all")
	var o options
	flag.IntVar(&o.width, "width", 100, "columns")
	flag.IntVar(&o.height, "height", 30, "lines")
	flag.StringVar(&o.theme, "theme", "dark", strings.Join(themes, ", "))
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *list, *name, o); err != nil {
		fmt.Fprintln(os.Stderr, "storybook:", err)
		os.Exit(2)
	}
}

// run lists the stories whose names begin with name, or shows them.
func run(ctx context.Context, w io.Writer, list bool, name string, o options) error {
	if !slices.Contains(themes, o.theme) {
		return fmt.Errorf("%w: %q is not a theme; use one of %s", model.ErrInvalid, o.theme, strings.Join(themes, ", "))
	}
	out := &colorprofile.Writer{Forward: w, Profile: colorprofile.TrueColor}
	if o.theme == "nocolor" {
		out.Profile = colorprofile.Ascii
	}
	shown := 0
	for _, s := range stories {
		if !strings.HasPrefix(s.name, name) {
			continue
		}
		shown++
		if list {
			_, _ = fmt.Fprintf(out, "%-22s %s\n", s.name, s.about)
			continue
		}
		frame, err := s.tell(ctx, o)
		if err != nil {
			return fmt.Errorf("telling %s: %w", s.name, err)
		}
		_, _ = fmt.Fprintf(out, "== %s: %s\n%s\n", s.name, s.about, frame)
	}
	if shown == 0 {
		return errors.New("no story is called that; --list names them")
	}
	return nil
}

// background is the message a terminal of a theme answers with.
func (o options) background() tea.Msg {
	if o.theme == "light" {
		return tea.BackgroundColorMsg{Color: color.White}
	}
	return tea.BackgroundColorMsg{Color: color.Black}
}
