package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "json", Ext: ".json", Description: "one document, for programs",
		Position: 1, Content: JSON, write: writeJSON,
	})
}

func writeJSON(w io.Writer, records []model.Record, o Options) error {
	if records == nil {
		records = []model.Record{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(struct {
		GeneratedAt time.Time      `json:"generated_at"`
		Tool        string         `json:"tool"`
		Total       int            `json:"total"`
		Records     []model.Record `json:"records"`
	}{o.GeneratedAt, o.Tool, len(records), records}); err != nil {
		return fmt.Errorf("writing records: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}
