package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"fineprint/store/model"
)

// latestApproval is when the youngest of records was approved; the beginning of time for
// none. What an export must date without a clock is as old as that.
func latestApproval(records Records) (time.Time, error) {
	latest := time.Unix(0, 0)
	for r, err := range records.Each {
		if err != nil {
			return time.Time{}, err
		}
		if standing(r) && r.ApprovedAt.After(latest) {
			latest = r.ApprovedAt
		}
	}
	return latest.UTC(), nil
}

// checkedText reads the text of one side of a record. One that is not what the record
// was made from is damage, not a gap.
func checkedText(from Source, document model.ID, e model.Evidence) (string, error) {
	if from == nil {
		return "", fmt.Errorf("%w: the texts behind the records are not at hand", model.ErrInvalid)
	}
	text, err := from.Text(document, e.Seq)
	if err != nil {
		return "", err
	}
	if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != e.TextSHA256 {
		return "", fmt.Errorf("%w: the text of version %d of %s does not match its SHA-256; run `fineprint check`",
			model.ErrDamaged, e.Seq, document)
	}
	return text, nil
}

// versionsOf lists the versions that a record rests on, the older first.
func versionsOf(r model.Record) []model.Evidence {
	var sides []model.Evidence
	for _, e := range []model.Evidence{r.From, r.To} {
		if e.Seq > 0 {
			sides = append(sides, e)
		}
	}
	return sides
}
