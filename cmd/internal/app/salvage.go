package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/rescue/salvage"
)

// SalvageRequest is which file to read and where to.
type SalvageRequest struct {
	From string
	To   string // "": beside it
	// Progress is told what is done, and how far; it may be nil.
	Progress func(what string, done, total int)
}

// Salvaged is what was salvaged, and what was not.
type Salvaged struct {
	Path string `json:"path"`
	salvage.Result
	Rebuilt store.Rebuilt `json:"rebuilt"`
	// Missing is what checking the new database finds: what is lost, and what that means.
	Missing []string `json:"missing"`
}

// SalvagePath is where a file is salvaged to, unless another place is named.
func SalvagePath(from string) string {
	ext := filepath.Ext(from)
	base := strings.TrimSuffix(from, ext) + "-salvaged"
	for n := 1; ; n++ {
		path := base + ext
		if n > 1 {
			path = fmt.Sprintf("%s-%d%s", base, n, ext)
		}
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path
		}
	}
}

// Salvage reads whatever can be read of a database into a new one, makes again what is
// derived, and notes in the new one what is lost. The new one gets its name when it is
// whole.
func (a *App) Salvage(ctx context.Context, r SalvageRequest) (Salvaged, error) {
	if r.To == "" {
		r.To = SalvagePath(r.From)
	}
	done := Salvaged{Path: r.To}
	for _, p := range []string{r.To, r.To + ".id"} {
		if _, err := os.Lstat(p); err == nil {
			return done, fmt.Errorf("%w: %s exists already", model.ErrInvalid, p)
		}
	}
	temporary := filepath.Join(filepath.Dir(r.To), "."+filepath.Base(r.To)+".partial")
	removeDatabase(temporary) // of a run that was killed
	defer removeDatabase(temporary)
	var err error
	if done.Result, err = salvage.Read(ctx, r.From, temporary); err != nil {
		return done, err
	}
	options := a.storeOptions()
	options.BeforeWrite, options.BeforeMigration = nil, nil
	s, err := store.Open(temporary, options)
	if err != nil {
		return done, err
	}
	told := func(what string) func(done, total int) {
		return func(done, total int) {
			if r.Progress != nil {
				r.Progress(what, done, total)
			}
		}
	}
	if done.Rebuilt, err = s.RebuildDerived(ctx, done.Again, told("making again")); err != nil {
		return done, err
	}
	if done.Missing, err = s.NoteSalvaged(ctx, told("checking")); err != nil {
		return done, err
	}
	return done, salvage.Finish(temporary, r.To, done.Store)
}

// removeDatabase removes a database in the making with what is beside it.
func removeDatabase(path string) {
	for _, ending := range []string{"", ".id", ".head", ".pages", ".turn", ".holder"} {
		_ = os.Remove(path + ending)
	}
}
