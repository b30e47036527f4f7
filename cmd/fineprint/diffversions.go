package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"fineprint/store/model"
)

// versionName names a version of a document: "FP-D-00012@3".
type versionName struct {
	document model.ID
	seq      int
}

func (v versionName) String() string { return fmt.Sprintf("%s@%d", v.document, v.seq) }

// parseVersionName reads a version's name; ok is false for what is none.
func parseVersionName(s string) (v versionName, ok bool) {
	id, seq, ok := strings.Cut(s, "@")
	if !ok {
		return v, false
	}
	var err error
	if v.document, err = model.ParseID(id); err != nil || v.document.Kind() != model.DocumentID {
		return v, false
	}
	v.seq, err = strconv.Atoi(seq)
	return v, err == nil
}

func diffVersions(ctx context.Context, a *cli, from, to versionName) error {
	if from.document != to.document {
		return fmt.Errorf("%w: %s and %s belong to different documents; name two versions of the same one",
			model.ErrInvalid, from, to)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	d, err := s.CompareVersions(ctx, from.document, from.seq, to.seq)
	if err != nil {
		return err
	}
	return a.showDiff(diffReport{
		Old:       versionSide(from, d.FromMeta),
		New:       versionSide(to, d.ToMeta),
		Material:  d.Change.Material,
		Reason:    d.Change.Reason,
		Suggested: d.Change.Suggested,
		Counts:    d.Change.Counts,
		Algorithm: d.Change.Algorithm,
		Clauses:   quoteClauses(d.Change.Clauses, d.OldText, d.NewText),
	})
}

// versionSide names a version as diff names a file; where only the text is
// stored, that is what its SHA-256 is of.
func versionSide(name versionName, v model.Version) diffFile {
	return diffFile{
		Path: name.String(), SHA256: cmp.Or(v.RawSHA256, v.TextSHA256), TextSHA256: v.TextSHA256, Extractor: v.Extractor,
	}
}
