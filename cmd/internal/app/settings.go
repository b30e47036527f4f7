package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"fineprint/store/atomicfile"
	"fineprint/store/model"
	"fineprint/store/registry"
	"fineprint/tui/config"
)

// Overrides are the options that go before the settings file.
type Overrides struct {
	Actor string // "": not given
	ASCII *bool  // nil: not given
	// Offline can only be said, not taken back: an option never opens the network that a
	// variable or the file closed.
	Offline bool
}

// Settings are those that hold for one run: the settings file, and what goes
// before and after it. Options go before FINEPRINT_ variables, these before the
// file; what the system has on the user and the editor comes after it. What the
// terminal can't do (NO_COLOR, TERM=dumb) no file gives back.
type Settings struct {
	Path     string // of the settings file, "" when there can be none
	Found    bool
	Values   config.Settings
	Problems []error
	// Registry is the bundled one with what the user's file adds or replaces; nil where
	// there is none, so that no command reads the bundled one that doesn't need it.
	Registry *registry.Registry
	// RegistryProblem is what is wrong with that file; it is one of Problems, too.
	RegistryProblem error

	overrides Overrides
	sources   map[string]string // of settings that are not at their defaults
}

const (
	fromDefault = "the default"
	fromFile    = "the settings file"
	fromOption  = "an option"
)

// LoadSettings reads the settings file, which FINEPRINT_CONFIG may name, and
// applies what goes before and after it. What is wrong with the file is in
// Problems.
func LoadSettings(o Overrides) *Settings {
	s := &Settings{
		Path: os.Getenv("FINEPRINT_CONFIG"), Values: config.Default(),
		overrides: o, sources: map[string]string{},
	}
	named := s.Path != ""
	if !named {
		s.Path = config.Path()
	}
	if s.Path != "" && s.Path != os.DevNull {
		s.Values, s.Problems = config.Load(s.Path)
		s.Found = true
		if len(s.Problems) == 1 && errors.Is(s.Problems[0], fs.ErrNotExist) {
			s.Problems, s.Found = nil, false
			if named {
				s.Problems = []error{&config.Problem{
					File: s.Path, Message: "file not found (named by FINEPRINT_CONFIG)",
				}}
			}
		}
	}
	defaults := config.Lines(config.Default())
	for i, l := range config.Lines(s.Values) {
		if i < len(defaults) && l.TOML != defaults[i].TOML {
			s.sources[l.Name] = fromFile
		}
	}
	s.override()
	s.loadRegistry()
	return s
}

// registryFile is the user's part of the registry, beside the settings file, and
// maxRegistry how large it may be.
const (
	registryFile = "registry.toml"
	maxRegistry  = 1 << 20
)

// loadRegistry reads the user's part of the registry. Of a bad one nothing is used, and
// what is wrong is a problem of the settings.
func (s *Settings) loadRegistry() {
	if s.Path == "" || s.Path == os.DevNull {
		return
	}
	path := filepath.Join(filepath.Dir(s.Path), registryFile)
	text, err := config.Read(path, maxRegistry)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	message := ""
	if err != nil {
		message = config.Reason(err)
	} else if with, err := registry.Bundled().With(text); err != nil {
		message = strings.TrimPrefix(err.Error(), model.ErrInvalid.Error()+": ")
	} else {
		s.Registry = with
		return
	}
	message += "; the file is ignored until this is fixed"
	s.RegistryProblem = &config.Problem{File: path, Message: message}
	s.Problems = append(s.Problems, s.RegistryProblem)
}

// Reload reads the settings again, with the same options before them.
func (s *Settings) Reload() *Settings { return LoadSettings(s.overrides) }

// override applies what goes before the file, and what comes after it.
func (s *Settings) override() {
	v := &s.Values
	s.choose("actor", &v.Actor,
		[]origin{{s.overrides.Actor, fromOption}, {os.Getenv("FINEPRINT_ACTOR"), "FINEPRINT_ACTOR"}},
		[]origin{{loginName(), "your login name"}, {"analyst", fromDefault}})
	s.choose("editor", &v.Editor, nil,
		[]origin{{os.Getenv("VISUAL"), "VISUAL"}, {os.Getenv("EDITOR"), "EDITOR"}})
	switch {
	case s.overrides.ASCII != nil:
		v.ASCII, s.sources["ascii"] = *s.overrides.ASCII, fromOption
	case os.Getenv("TERM") == "dumb":
		v.ASCII, s.sources["ascii"] = true, "TERM=dumb"
	}
	switch said := os.Getenv("FINEPRINT_OFFLINE"); {
	case s.overrides.Offline:
		v.Offline, s.sources["offline"] = true, fromOption
	case said != "" && said != "0" && said != "false":
		v.Offline, s.sources["offline"] = true, "FINEPRINT_OFFLINE"
	}
	if os.Getenv("NO_COLOR") != "" {
		v.Palette, s.sources["palette"] = "mono", "NO_COLOR"
	}
}

// origin is a value and where it comes from.
type origin struct{ value, from string }

// choose sets a setting to the first value that goes before the file, else, where
// the file has none, to the first that comes after it.
func (s *Settings) choose(name string, value *string, before, after []origin) {
	candidates := before
	if *value == "" {
		candidates = append(candidates, after...)
	}
	for _, o := range candidates {
		if o.value != "" {
			*value, s.sources[name] = o.value, o.from
			return
		}
	}
}

func loginName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}

// From returns where a setting's value comes from.
func (s *Settings) From(name string) string {
	if from := s.sources[name]; from != "" {
		return from
	}
	for _, group := range []string{"snippets.", "filters.", "keys."} {
		if strings.HasPrefix(name, group) {
			return fromFile
		}
	}
	return fromDefault
}

// WriteDefaults writes a settings file with everything in it, commented out. It
// leaves one that is there as it is.
func (s *Settings) WriteDefaults() error {
	path := s.Path
	if path == "" || path == os.DevNull {
		return fmt.Errorf("%w: no path for a settings file; set FINEPRINT_CONFIG", model.ErrInvalid)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("creating the settings folder: %w: %w", model.ErrUnwritable, err)
	}
	err := atomicfile.WriteBytes(path, []byte(config.Document()), atomicfile.Options{Perm: 0o600, New: true})
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: %s already exists and was not changed; move it away first", model.ErrInvalid, path)
	}
	if err != nil {
		return fmt.Errorf("writing the settings file: %w", err)
	}
	return nil
}
