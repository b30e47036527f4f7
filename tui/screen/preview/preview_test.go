package preview_test

import (
	"context"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
)

// records is a desk whose record is long, or can't be read.
type records struct {
	deskfixture.Static
	err error
}

func (r records) PreviewRecord(ctx context.Context, id model.ID) (model.Record, error) {
	if r.err != nil {
		return model.Record{}, r.err
	}
	record, err := r.Static.PreviewRecord(ctx, id)
	record.Summary = strings.Repeat("A long summary. ", 400) + "The end."
	return record, err
}

func TestRecordIsDrawnAndScrolled(t *testing.T) {
	for _, style := range []string{"dark", "light", "ascii"} {
		s := &deskfixture.Driver{T: t}
		s.Start(records{Static: deskfixture.NewStatic()}, 80, 24, style)
		s.Keys("r")
		s.Shows("Record preview", "0%", "A long summary")
		s.Keys("pgdown", "j", "k")
		if top := s.Page()[0]; strings.Contains(top, " 0%") {
			t.Errorf("%s: scrolled, it is at %q", style, top)
		}
		s.Keys("G")
		s.Shows("100%")
		s.Size(60, 20)
		s.Shows("Record preview")
		s.Keys("q")
		s.Shows("by risk")
	}
}

// touching is a desk whose record has deleted words right before inserted ones.
type touching struct{ deskfixture.Static }

func (touching) PreviewRecord(context.Context, model.ID) (model.Record, error) {
	return model.Record{Clauses: []model.RecordClause{{Kind: model.Modified, Material: true, Spans: []model.Span{
		{Op: model.Equal, Text: "on your tablet"}, {Op: model.Delete, Text: ","}, {Op: model.Insert, Text: "13"},
		{Op: model.Delete, Text: "16"},
	}}}}, nil
}

func TestDeletedAndInsertedWordsAreToldApart(t *testing.T) {
	for _, style := range []string{"dark", "ascii"} {
		s := &deskfixture.Driver{T: t}
		s.Start(touching{deskfixture.NewStatic()}, 80, 24, style)
		s.Keys("r")
		s.Shows("Record preview", "on your tablet[-,-]{+13+}[-16-]")
	}
}

func TestRecordThatCantBeReadIsNotShown(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(records{Static: deskfixture.NewStatic(), err: model.ErrBusy}, 80, 24, "dark")
	s.Keys("r")
	s.Shows("by risk", "database is in use")
}

func TestOnlyTheNewestPreviewIsShown(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), 80, 24, "dark")
	s.Press("r", "r")
	s.Settle()
	s.Shows("Record preview")
	s.Keys("q")
	s.Shows("by risk")
}

var _ tui.Desk = records{}
