package export

import (
	"encoding/json"
	"fmt"
	"io"
)

func init() {
	register(Format{
		Name: "jsonl", Ext: ".jsonl", Description: "JSON Lines: one record per line",
		Position: 2, Content: JSON, write: writeJSONLines, head: jsonHead,
	})
}

func writeJSONLines(w io.Writer, records Records, o Options) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		r.JournalHead = headOf(o)
		if err := e.Encode(r); err != nil {
			return fmt.Errorf("writing a record: %w", err)
		}
	}
	return nil
}
