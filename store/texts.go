package store

import (
	"bytes"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// texts reads the texts of neighbouring versions: a text is nearly always stored
// as the difference to one that was read shortly before.
type texts struct {
	tx    *bolt.Tx
	known map[uint64][]byte // contents by blob
	order []uint64
	kept  int
	// recent are the last texts that were checked, the newest first: the two that
	// are compared are asked for again at once.
	recent [3]recentText
}

type recentText struct {
	blob uint64
	text string
}

// textsKept bounds, in bytes, what a texts holds on to.
const textsKept = 24 << 20

func newTexts(tx *bolt.Tx) *texts { return &texts{tx: tx, known: map[uint64][]byte{}} }

// of reads a version's text, checked against its SHA-256.
func (t *texts) of(v versionRow) (string, error) {
	if v.Text == 0 {
		return "", nil
	}
	for _, r := range t.recent {
		if r.blob == v.Text {
			return r.text, nil
		}
	}
	content, err := t.content(v.Text, chainLimit)
	if err != nil {
		return "", err
	}
	if s := sumOf(content); !bytes.Equal(s[:], v.TextSum) {
		return "", fmt.Errorf("%w: the bytes of blob %d do not match their SHA-256", model.ErrDamaged, v.Text)
	}
	copy(t.recent[1:], t.recent[:])
	t.recent[0] = recentText{v.Text, string(content)}
	return t.recent[0].text, nil
}

func (t *texts) content(n uint64, depth int) ([]byte, error) {
	if content, ok := t.known[n]; ok {
		return content, nil
	}
	b, err := getBlob(t.tx, n)
	if err != nil {
		return nil, err
	}
	if b.depth > depth { // each step goes down: a ring has no end
		return nil, fmt.Errorf("%w: blob %d builds on one of another depth", model.ErrDamaged, n)
	}
	var base []byte
	if b.depth > 0 {
		if base, err = t.content(b.base, b.depth-1); err != nil {
			return nil, err
		}
	}
	content, err := b.content(n, base)
	if err != nil {
		return nil, err
	}
	t.known[n] = content
	t.order = append(t.order, n)
	for t.kept += len(content); t.kept > textsKept && len(t.order) > 1; t.order = t.order[1:] {
		t.kept -= len(t.known[t.order[0]])
		delete(t.known, t.order[0])
	}
	return content, nil
}
