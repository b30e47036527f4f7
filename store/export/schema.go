package export

import _ "embed" // for schema.json

// Schema is the JSON Schema (draft 2020-12) of what the formats json and jsonl write: a
// whole export where there is a key "records", else one record. A test makes it from
// [model.Record] and holds it against what is written.
//
//go:embed schema.json
var Schema string
