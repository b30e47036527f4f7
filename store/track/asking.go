package track

import (
	"context"
	"fmt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// askedOther is every setting with which a server may give another answer.
const askedOther = uint64(model.AskedHeaders | model.AskedCookies | model.AskedUserAgent |
	model.AskedAcceptLanguage | model.AskedActions)

// Asking reads what asking for a tracked document needs beyond what t shows.
func (t *Tracker) Asking(ctx context.Context, tracked model.Tracked) (model.Asking, error) {
	var a model.Asking
	err := t.db.View(ctx, func(tx *kv.Tx) error {
		n := tracked.Document.Number()
		doc, err := rows.GetDocument(tx, n)
		if err != nil {
			return err
		}
		if a.Secrets, err = rows.GetSecrets(tx, n); err != nil {
			return err
		}
		if tracked.Health.Language == "" && doc.Good > 0 {
			_, a.Text, err = rows.VersionAndText(tx, n, doc.Good)
		}
		return err
	})
	return a, err
}

// secretsOf returns the values that a request's source is without: those given with
// it, and for the rest those that are here. changed states which are other ones than
// before, dropped that one of those is kept no longer. The error wraps [model.ErrInvalid] when one is nowhere.
func secretsOf(tx *kv.Tx, n uint64, r model.TrackRequest) (list []model.RequestSecret, changed model.AskedSettings,
	dropped bool, err error) {
	before, err := rows.GetSecrets(tx, n)
	if err != nil {
		return nil, 0, false, err
	}
	kept := 0
	for _, wanted := range r.Source.Masked() {
		s, found := model.FindSecret(r.Secrets, wanted)
		old, known := model.FindSecret(before, wanted)
		switch {
		case !found && !known:
			return nil, 0, false, fmt.Errorf("%w: the value of %s is not here; give it, or take it away with an empty one",
				model.ErrInvalid, wanted.What())
		case !found:
			s = old
		case !known || s.Value != old.Value:
			changed |= wanted.Setting()
		}
		wanted.Value = s.Value
		list = append(list, wanted)
		if known && s.Value == old.Value {
			kept++
		}
	}
	return list, changed, kept < len(before), nil
}

// wipe rewrites the file when secrets were dropped: their bytes would stay in its
// unused pages.
func (t *Tracker) wipe(ctx context.Context, dropped bool) error {
	if !dropped {
		return nil
	}
	if _, _, err := t.db.Compact(ctx); err != nil {
		return fmt.Errorf("secrets were dropped, but the file could not be rewritten without what is left of them: %w", err)
	}
	return nil
}

// askedOtherwise lists in what two sources ask for their pages otherwise, beyond the
// values that were changed apart from them.
func askedOtherwise(before, after rows.Source, changed model.AskedSettings) uint64 {
	x, y := pagesOf(before), pagesOf(after)
	for i := range max(len(x), len(y)) {
		var a, b rows.Page
		if i < len(x) {
			a = x[i]
		}
		if i < len(y) {
			b = y[i]
		}
		changed |= otherSettings(a, b)
	}
	return uint64(changed)
}

func pagesOf(s rows.Source) []rows.Page {
	if len(s.Parts) > 0 {
		return s.Parts
	}
	return []rows.Page{{Request: s.Request, Actions: s.Actions}}
}

func otherSettings(a, b rows.Page) (other model.AskedSettings) {
	x, y := a.Request, b.Request
	if x == nil {
		x = &rows.RequestSettings{}
	}
	if y == nil {
		y = &rows.RequestSettings{}
	}
	for setting, same := range map[model.AskedSettings]bool{
		model.AskedHeaders:        kv.SameEncoding(x.Headers, y.Headers),
		model.AskedCookies:        kv.SameEncoding(x.Cookies, y.Cookies),
		model.AskedUserAgent:      x.UserAgent == y.UserAgent,
		model.AskedAcceptLanguage: x.AcceptLanguage == y.AcceptLanguage,
		model.AskedCharset:        x.Charset == y.Charset,
		model.AskedAcceptStatus:   kv.SameEncoding(x.AcceptStatus, y.AcceptStatus),
		model.AskedActions:        kv.SameEncoding(a.Actions, b.Actions),
	} {
		if !same {
			other |= setting
		}
	}
	return other
}
