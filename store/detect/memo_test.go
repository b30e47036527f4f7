package detect

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestMemoChangesNoVerdict: a document that goes back and forth between texts is
// judged, at every step, as one whose pairs are compared anew; what is added to a
// result by its history stays out of the next one.
func TestMemoChangesNoVerdict(t *testing.T) {
	body := strings.Repeat("We keep what you give us for as long as you have an account with us.\n\n", 12)
	texts := []string{"Last updated: 3 May 2026\n\n" + body, "Last updated: 9 May 2026\n\n" + body}
	for i := range 4 {
		texts = append(texts, fmt.Sprintf("%sYou must be %d to have an account, and pay %d EUR for it.\n\nStory %d of today\n\n%s",
			texts[i%2], 16+i, i, i, body))
	}
	rng := rand.New(rand.NewSource(7))
	start := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	found := 0
	for range 40 {
		var with, without History
		with.Start(1, start, texts[0])
		without.Start(1, start, texts[0])
		now := 0
		for seq := 2; seq < 40; seq++ {
			next := rng.Intn(len(texts))
			if seq%3 > 0 { // go on between two of them
				next = (now + 1) % 3
			}
			if next == now {
				continue
			}
			now = next
			at := start.Add(time.Duration(rng.Intn(15*24)) * time.Hour)
			if with.memo.find(with.text, texts[now], at) != nil {
				found++
			}
			without.memo = nil
			got, want := with.Assess(at, texts[now], false, nil), without.Assess(at, texts[now], false, nil)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("version %d at %s: %+v, and compared anew %+v", seq, at, got, want)
			}
			with.Advance(seq, at)
			without.Advance(seq, at)
			if !reflect.DeepEqual(with.past, without.past) {
				t.Fatalf("version %d: another past", seq)
			}
		}
	}
	if found < 200 {
		t.Errorf("only %d pairs were known", found)
	}
}

// TestMemoKnowsWhenADateWasStillToCome: the same two texts are another change before the
// day that they name.
func TestMemoKnowsWhenADateWasStillToCome(t *testing.T) {
	body := strings.Repeat("We keep what you give us for as long as you have an account with us.\n\n", 12)
	old, next := "Effective: 3 May 2026\n\n"+body, "Effective: 9 May 2026\n\n"+body
	day := func(n int) time.Time { return time.Date(2026, 5, n, 12, 0, 0, 0, time.UTC) }
	verdict := func(h *History, at time.Time) bool {
		for _, text := range []string{next, old} { // there and back, so that both are of before
			h.Assess(at, text, false, nil)
			h.Advance(2, at)
		}
		return h.Assess(at, next, false, nil).Clauses[0].Material
	}
	var h, fresh History
	h.Start(1, day(1), old)
	fresh.Start(1, day(1), old)
	before, after := verdict(&h, day(2)), verdict(&h, day(20))
	if before == after || after != verdict(&fresh, day(20)) {
		t.Errorf("material before the day %v, after it %v", before, after)
	}
}

// TestMemoIsBounded in pairs and bytes.
func TestMemoIsBounded(t *testing.T) {
	var h History
	large := strings.Repeat("We keep what you give us for as long as you want.\n\n", maxMemo/4/50)
	for seq := range 20 {
		text := fmt.Sprintf("%d\n\n%s", seq%3, large)
		if seq == 0 {
			h.Start(1, time.Time{}, text)
			continue
		}
		h.Assess(time.Time{}, text, false, nil)
		h.Advance(seq+1, time.Time{})
		if len(h.memo) > maxAssessed || h.memo.size() > maxMemo && len(h.memo) > 1 {
			t.Fatalf("%d pairs, %d bytes", len(h.memo), h.memo.size())
		}
	}
}
