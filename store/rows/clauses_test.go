package rows

import (
	"reflect"
	"testing"

	"fineprint/store/model"
)

// TestClausesComeBackAsTheyWere, whatever they hold; rows of before OldHeading
// was stored read as having none.
func TestClausesComeBackAsTheyWere(t *testing.T) {
	want := []model.ClauseChange{
		{Kind: model.Moved, Reason: model.ReasonMoved, Detail: "d", Heading: []string{"New"},
			OldHeading: []string{"T", "Old"}, Old: &model.ByteRange{Start: 3,
				End: 9}, New: &model.ByteRange{Start: 20, End: 26}},
		{Kind: model.Added, Material: true, Heading: []string{}, New: &model.ByteRange{End: 4},
			Marks: []string{"number"}},
	}
	rows := PackClauses(want)
	if got := unpackClauses(rows); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	rows[0].OldPath = nil
	if got := unpackClauses(rows); got[0].OldHeading != nil || got[0].Heading[0] != "New" {
		t.Errorf("an old row reads as %+v", got[0])
	}
}
