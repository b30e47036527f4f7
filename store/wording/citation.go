package wording

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
)

// Citation writes how a record is cited: what, when captured, where from, what names the
// bytes, who judged it when.
func Citation(r model.Record) string {
	c := subject(r)
	if r.To.SourceURL != "" {
		c += ", " + r.To.SourceURL
	}
	if a := r.To.Origin.Archive; a != nil {
		c += fmt.Sprintf(", from the archive %s, commit %s", a.Repo, a.Commit)
	}
	c += fmt.Sprintf(". Text SHA-256 %s", r.To.TextSHA256)
	if r.To.RawSHA256 != "" {
		c += fmt.Sprintf(", raw bytes SHA-256 %s", r.To.RawSHA256)
	}
	if r.ApprovedAt.IsZero() {
		return c + ". Fineprint preview, not approved."
	}
	c += fmt.Sprintf(". Fineprint record %s, revision %d", r.ID, r.Revision)
	if r.Author != "" && !model.SamePerson(r.Author, r.ApprovedBy) {
		c += ", judged by " + r.Author
	}
	return c + fmt.Sprintf(", approved by %s on %s.", r.ApprovedBy, r.ApprovedAt.UTC().Format(time.DateOnly))
}

// subject is what of which document is cited.
func subject(r model.Record) string {
	c := fmt.Sprintf("%s, “%s”", r.Platform.Name, r.Type)
	if r.Kind != model.ProvisionRecord {
		return c + fmt.Sprintf(", as changed between captures of %s and %s", stamp(r.From.CapturedAt),
			stamp(r.To.CapturedAt))
	}
	if r.Title != "" {
		c += fmt.Sprintf(", “%s”", r.Title)
	}
	ids := make([]string, len(r.Provisions))
	captured := r.To
	for i, p := range r.Provisions {
		ids[i] = string(p.ID)
		if p.Seq == r.From.Seq {
			captured = r.From
		}
	}
	return c + fmt.Sprintf(" (%s), version %d as captured on %s", strings.Join(ids, ", "), captured.Seq,
		stamp(captured.CapturedAt))
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
