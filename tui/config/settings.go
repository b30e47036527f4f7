package config

import (
	"fmt"
	"strings"
	"unicode"

	"fineprint/store/export"
	"fineprint/tui/theme"
)

// setting is one setting of the table: how it is read, shown and explained.
type setting struct {
	name  string // with its table: "export.path"
	takes string // what it takes, in words
	about string // one sentence, for the file and the README
	get   func(*Settings) any
	set   func(*Settings, any) error
}

// table lists the settings in the order they are shown.
var table = []setting{
	text("actor", "a name", "Who decides. Empty: your login name.", func(s *Settings) *string { return &s.Actor }),
	word("palette", theme.Palettes(), "The colours: "+palettes()+".", func(s *Settings) *string { return &s.Palette }),
	word("background", []string{string(Auto), string(Dark), string(Light)}, "What the colours are drawn on; auto asks the terminal.", func(s *Settings) *string { return (*string)(&s.Background) }),
	flag("ascii", "Draw with ASCII characters only.", func(s *Settings) *bool { return &s.ASCII }),
	flag("reduced_motion", "Nothing moves or blinks by itself: no progress bars, no blinking cursor.", func(s *Settings) *bool { return &s.ReducedMotion }),
	flag("mouse", "The desk takes the mouse; false leaves it to the terminal, for selecting text.", func(s *Settings) *bool { return &s.Mouse }),
	number("split", 30, 70, "The old text's share of the width when old and new stand side by side, in percent.", func(s *Settings) *int { return &s.Split }),
	text("editor", "a command", "The editor for summaries. Empty: VISUAL, then EDITOR.", func(s *Settings) *string { return &s.Editor }),
	text("export.path", "a file", "The file the desk proposes to export to; its ending says the format.", func(s *Settings) *string { return &s.ExportPath }),
	word("export.format", export.Names(), "The format of `fineprint export` where --format and the file's name say none.", func(s *Settings) *string { return &s.ExportFormat }),
}

func palettes() string {
	var all []string
	for _, p := range theme.Palettes() {
		all = append(all, p+" ("+theme.About(p)+")")
	}
	return strings.Join(all, ", ")
}

func text(name, takes, about string, at func(*Settings) *string) setting {
	return setting{name, takes, about,
		func(s *Settings) any { return *at(s) },
		func(s *Settings, v any) error {
			t, ok := v.(string)
			if !ok {
				return fmt.Errorf("%s takes %s in quotes, not %v", name, takes, v)
			}
			if err := oneLine(t); err != nil {
				return fmt.Errorf("%s %w", name, err)
			}
			*at(s) = strings.TrimSpace(t)
			return nil
		}}
}

// oneLine refuses what could break out of the line it is shown on.
func oneLine(s string) error {
	if strings.IndexFunc(s, unicode.IsControl) >= 0 {
		return fmt.Errorf("must be one line without control characters")
	}
	return nil
}

func word(name string, words []string, about string, at func(*Settings) *string) setting {
	return setting{name, quoteAll(words), about,
		func(s *Settings) any { return *at(s) },
		func(s *Settings, v any) error {
			t, ok := v.(string)
			if !ok {
				return fmt.Errorf("%s takes %s, not %v", name, quoteAll(words), v)
			}
			for _, w := range words {
				if t == w {
					*at(s) = w
					return nil
				}
			}
			return fmt.Errorf("%s can't be %q; it takes %s%s", name, t, quoteAll(words), meant(t, words))
		}}
}

func flag(name, about string, at func(*Settings) *bool) setting {
	return setting{name, "true or false", about,
		func(s *Settings) any { return *at(s) },
		func(s *Settings, v any) error {
			b, ok := v.(bool)
			if !ok {
				return fmt.Errorf("%s takes true or false, without quotes", name)
			}
			*at(s) = b
			return nil
		}}
}

func number(name string, low, high int, about string, at func(*Settings) *int) setting {
	takes := fmt.Sprintf("a number from %d to %d", low, high)
	return setting{name, takes, about,
		func(s *Settings) any { return *at(s) },
		func(s *Settings, v any) error {
			n, ok := v.(int64)
			if !ok || n < int64(low) || n > int64(high) {
				return fmt.Errorf("%s takes %s, not %v", name, takes, v)
			}
			*at(s) = int(n)
			return nil
		}}
}

// The tables of a file in which everybody gives names of their own.
const (
	snippetsTable = "snippets"
	filtersTable  = "filters"
	keysTable     = "keys"
)

// names lists what may stand in a table of the file, "" being its beginning.
func names(in string) []string {
	var list []string
	for _, s := range table {
		before, after, found := strings.Cut(s.name, ".")
		switch {
		case !found && in == "":
			list = append(list, s.name)
		case found && in == before:
			list = append(list, after)
		case found && in == "" && (len(list) == 0 || list[len(list)-1] != before):
			list = append(list, before)
		}
	}
	if in == "" {
		list = append(list, snippetsTable, filtersTable, keysTable)
	}
	return list
}
