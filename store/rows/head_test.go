package rows_test

import (
	"bytes"
	"testing"

	"fineprint/store/kv"
	"fineprint/store/rows"
)

// FuzzScanRow: a head is what decoding the row in full gives, as is decoding without
// reflection, and nothing that is read for a row makes them fall.
func FuzzScanRow(f *testing.F) {
	for _, row := range []rows.Change{{}, {Document: 7, To: rows.Ref{Seq: 300, CapturedAt: -5, Sum: []byte("x")},
		Material: true, Severity: "high", Score: 42, Why: []string{"a", "b"},
		Reason: "date", Algorithm: 2, DuplicateGroup: []byte("0123456789"), Sketch: make([]byte, 32),
		TakenBack: 9, Features: []byte{1, 2}}, {From: rows.Ref{Seq: 1, Commit: []byte("c")}, DetectedAt: 1 << 60,
		Detail: "settled", Counts: [5]int{1, 2, 3, 4, 500}, Repo: 70000, OtherReading: true, Back: []int{3, 1},
		Alternation: &rows.Alternation{Change: 4, Turns: 2, Since: -1, Variants: []int{1, 2}}, Settled: true,
		Again: 300}} {
		b, err := kv.Encode(row)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var h rows.Head
		scanErr := rows.ScanRow(b, &h)
		var row rows.Change
		if err := kv.DecodePayload(kv.BucketRow, b, &row); err != nil {
			return
		}
		again, err := kv.Encode(row)
		if err != nil || !bytes.Equal(again, b) {
			return // not as this program writes it
		}
		decoded, err := rows.DecodeChange(b, rows.Words{})
		if err != nil || !kv.SameEncoding(decoded, row) {
			t.Errorf("%+v\nis decoded as %+v: %v", row, decoded, err)
		}
		if scanErr != nil || h.Document != row.Document || h.Captured != row.To.CapturedAt ||
			int(h.To) != row.To.Seq || h.Material != row.Material ||
			string(h.Reason) != row.Reason || int(h.Score) != row.Score || int(h.Alg) != row.Algorithm ||
			!bytes.Equal(h.Sketch, row.Sketch) || int(h.TakenBack) != row.TakenBack ||
			!bytes.Equal(h.Features, row.Features) {
			t.Errorf("%+v\nis read as %+v: %v", row, h, scanErr)
		}
	})
}
