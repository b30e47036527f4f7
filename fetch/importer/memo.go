package importer

import (
	"crypto/sha256"
	"fmt"
	"sync"

	"fineprint/fetch/extract"
)

// memoBytes bounds the texts that a textMemo keeps.
const memoBytes = 16 << 20

// textMemo extracts texts and keeps the last ones: an archive's pages go back to
// bytes they had before. It is safe for use by several goroutines.
type textMemo struct {
	mu    sync.Mutex
	texts map[memoKey]extracted
	order []memoKey // oldest first
	bytes int
}

// memoKey is everything that a text depends on.
type memoKey struct {
	body           [32]byte
	media, baseURL string
	selection      string // selectors and filters
}

type extracted struct {
	extract.Reading
	err error
}

func (m *textMemo) read(in extract.Input) (extract.Reading, error) {
	key := memoKey{sha256.Sum256(in.Body), in.MediaType, in.BaseURL, fmt.Sprintf("%q %q %q", in.Select, in.Remove,
		in.Filters)}
	m.mu.Lock()
	made, ok := m.texts[key]
	m.mu.Unlock()
	if !ok {
		made.Reading, made.err = extract.Read(in)
		m.add(key, made)
	}
	return made.Reading, made.err
}

func (m *textMemo) add(key memoKey, made extracted) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.texts == nil {
		m.texts = map[memoKey]extracted{}
	}
	if _, ok := m.texts[key]; ok {
		return
	}
	m.texts[key] = made
	m.order = append(m.order, key)
	for m.bytes += len(made.Text); m.bytes > memoBytes && len(m.order) > 1; m.order = m.order[1:] {
		m.bytes -= len(m.texts[m.order[0]].Text)
		delete(m.texts, m.order[0])
	}
}
