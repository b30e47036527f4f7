package export

import (
	"io"
	"time"

	"fineprint/store/jsonlist"
	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "json", Ext: ".json", Description: "one JSON document, for programs",
		Position: 1, Content: JSON, write: writeJSON, head: jsonHead,
	})
}

func writeJSON(w io.Writer, records Records, o Options) error {
	return jsonlist.Write(w, struct {
		GeneratedAt time.Time          `json:"generated_at,omitzero"`
		Tool        string             `json:"tool"`
		JournalHead *model.JournalHead `json:"journal_head,omitempty"`
		Total       int                `json:"total"`
		Records     []struct{}         `json:"records"`
		Damaged     []model.Damage     `json:"damaged,omitempty"`
	}{o.GeneratedAt, o.Tool, headOf(o), records.Total, []struct{}{}, o.Damaged}, "records", records.Each)
}
