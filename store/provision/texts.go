package provision

import (
	"bytes"
	"fmt"

	"fineprint/store/blob"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// texts reads the texts of neighbouring versions: a text is nearly always stored
// as the difference to one that was read shortly before.
type texts struct {
	blobs *blob.Reader
	// recent are the last texts that were checked, the newest first: the two that
	// are compared are asked for again at once.
	recent [3]recentText
}

type recentText struct {
	blob uint64
	text string
}

func newTexts(tx *kv.Tx) *texts { return &texts{blobs: blob.NewReader(tx)} }

// of reads a version's text, checked against its SHA-256.
func (t *texts) of(v rows.Version) (string, error) {
	if v.Text == 0 {
		return "", nil
	}
	for _, r := range t.recent {
		if r.blob == v.Text {
			return r.text, nil
		}
	}
	content, err := t.blobs.Read(v.Text)
	if err != nil {
		return "", err
	}
	if s := kv.SumOf(content); !bytes.Equal(s[:], v.TextSum) {
		return "", fmt.Errorf("%w: the bytes of blob %d do not match their SHA-256", model.ErrDamaged, v.Text)
	}
	copy(t.recent[1:], t.recent[:])
	t.recent[0] = recentText{v.Text, string(content)}
	return t.recent[0].text, nil
}
