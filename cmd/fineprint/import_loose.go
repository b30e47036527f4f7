package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fineprint/fetch/intake"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// documentNamed finds the document that an argument names, by its ID or as
// 'Platform/Type'. One that isn't there has no ID yet; it is made when its first
// version is recorded.
func documentNamed(ctx context.Context, s *store.Store, arg string) (model.Document, error) {
	if id, err := model.ParseID(arg); err == nil {
		return s.Document(ctx, id)
	}
	platform, documentType, ok := strings.Cut(arg, "/")
	platform, documentType = strings.TrimSpace(platform), strings.TrimSpace(documentType)
	if !ok || platform == "" || documentType == "" {
		return model.Document{}, fmt.Errorf("%w: %q is neither the ID of a document nor 'Platform/Type'", model.ErrInvalid, arg)
	}
	d, err := s.DocumentNamed(ctx, platform, documentType)
	if errors.Is(err, model.ErrNotFound) {
		return model.Document{Platform: model.Platform{Slug: model.Slug(platform), Name: platform}, Type: documentType}, nil
	}
	return d, err
}

// documentAndSource finds the document that an argument names and how it is read.
func documentAndSource(ctx context.Context, s *store.Store, arg string) (model.Document, model.Source, error) {
	d, err := documentNamed(ctx, s, arg)
	if err != nil {
		return d, model.Source{}, err
	}
	source, err := sourceOf(ctx, s, d)
	return d, source, err
}

// sourceOf is how a document is read: as it is tracked, else as it came.
func sourceOf(ctx context.Context, s *store.Store, d model.Document) (model.Source, error) {
	if d.ID == "" {
		return model.Source{}, nil
	}
	t, err := s.TrackedDocument(ctx, d.ID)
	if errors.Is(err, model.ErrNotFound) {
		return d.Source, nil
	}
	return t.Source, err
}

// finishLoose prints what an import of single captures did, or what it kept
// before it failed.
func (a *app) finishLoose(from string, s intake.LooseSummary, started time.Time, err error) error {
	if err != nil {
		if s.New() > 0 {
			err = &partialError{kept: humanize.Count(s.New(), "capture"), err: err}
		}
		return err
	}
	if a.json {
		return cmp.Or(a.printJSON(s), uncompared(s.Uncompared))
	}
	a.printImport(from, s.Summary, time.Since(started))
	if s.Older > 0 {
		a.printf("%s older than the newest version here left out: a history is only added to at its end.\n", humanize.Count(s.Older, "capture"))
	}
	if s.Skipped > 0 {
		a.printf("%s passed over.\n", humanize.Count(s.Skipped, "capture"))
	}
	for _, remark := range s.Remarks {
		a.notef("%s\n", remark)
	}
	return uncompared(s.Uncompared)
}
