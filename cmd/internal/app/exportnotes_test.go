package app

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestExportHasNotesOnlyWhereAskedFor, and refuses them before it writes anything.
func TestExportHasNotesOnlyWhereAskedFor(t *testing.T) {
	a := approved(t)
	note := model.NoteRequest{Change: "FP-C-000001", Clause: 1, Text: "Ask legal.", Actor: "zoe"}
	if _, err := a.Store.WriteNote(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	for _, asked := range []bool{false, true} {
		var b bytes.Buffer
		r := ExportRequest{Format: formatOf(t, "md"), Output: &b, Notes: asked}
		if _, err := a.Export(t.Context(), r); err != nil || strings.Contains(b.String(), "Ask legal.") != asked {
			t.Errorf("asked for: %t; %v\n%s", asked, err, b.String())
		}
	}
	var b bytes.Buffer
	_, err := a.Export(t.Context(), ExportRequest{Format: formatOf(t, "ris"), Output: &b, Notes: true})
	if !errors.Is(err, model.ErrInvalid) || b.Len() > 0 {
		t.Errorf("%v, %q", err, b.String())
	}
}

// TestProvisionRecordHasTheNotesOnItsProvisions, in whichever change they were written.
func TestProvisionRecordHasTheNotesOnItsProvisions(t *testing.T) {
	r := model.Record{Kind: model.ProvisionRecord, Provisions: []model.Provision{{ID: "FP-P-000002"}}}
	all := []model.ChangeNote{{ID: "FP-N-000001", Provision: "FP-P-000001"}, {ID: "FP-N-000002", Provision: "FP-P-000002"},
		{ID: "FP-N-000003"}, {ID: "FP-N-000004", Provision: "FP-P-000002"}}
	list, err := notesOf(t.Context(), nil, r, all)
	if err != nil || len(list) != 2 || list[0].ID != "FP-N-000002" || list[1].ID != "FP-N-000004" {
		t.Errorf("%+v, %v", list, err)
	}
}
