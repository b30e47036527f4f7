package detect

import "fineprint/store/model"

// UncomparedDetail is shown to the analyst for a change whose texts could not
// be compared. It is part of the command line's contract.
const UncomparedDetail = "could not be compared"

// Uncompared is the result for two texts that make the comparer fail: material,
// without a reason, the whole old text removed and the whole new one added, so
// that the analyst reads both. It is made without the comparer. How weighty it is
// nobody knows, so that it is suggested neither as low nor as high.
func Uncompared(old, new string) Result {
	r := Result{Clauses: []model.ClauseChange{}, Material: true, Detail: UncomparedDetail, Uncompared: true,
		Suggested: model.Suggestion{Severity: model.Medium, Score: 50, Why: []string{UncomparedDetail}}}
	if old != "" {
		r.Counts.Removed = 1
		r.Clauses = append(r.Clauses, model.ClauseChange{Kind: model.Removed, Material: true, Detail: UncomparedDetail,
			Heading: []string{}, Old: &model.ByteRange{End: len(old)}})
	}
	if new != "" {
		r.Counts.Added = 1
		r.Clauses = append(r.Clauses, model.ClauseChange{Kind: model.Added, Material: true, Detail: UncomparedDetail,
			Heading: []string{}, New: &model.ByteRange{End: len(new)}})
	}
	return r
}
