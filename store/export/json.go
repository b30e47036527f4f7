package export

import (
	"io"
	"time"

	"fineprint/store/jsonlist"
)

func init() {
	register(Format{
		Name: "json", Ext: ".json", Description: "one JSON document, for programs",
		Position: 1, Content: JSON, write: writeJSON,
	})
}

func writeJSON(w io.Writer, records Records, o Options) error {
	return jsonlist.Write(w, struct {
		GeneratedAt time.Time  `json:"generated_at,omitzero"`
		Tool        string     `json:"tool"`
		Total       int        `json:"total"`
		Records     []struct{} `json:"records"`
	}{o.GeneratedAt, o.Tool, records.Total, []struct{}{}}, "records", records.Each)
}
