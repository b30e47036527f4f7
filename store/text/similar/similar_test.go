package similar

import (
	"bytes"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// change aligns two texts and takes every clause that differs for material.
func change(old, new string) Fingerprint {
	a, b := clause.Split(old), clause.Split(new)
	var list []model.ClauseChange
	for _, p := range clause.Align(a, b).Differing() {
		c := model.ClauseChange{Kind: model.Modified, Material: true}
		if p.Old != clause.None {
			c.Heading = a.HeadingPath(p.Old)
			c.Old = &model.ByteRange{Start: a.Clauses[p.Old].Start, End: a.Clauses[p.Old+p.OldN-1].End}
		} else {
			c.Kind = model.Added
		}
		if p.New != clause.None {
			c.Heading = b.HeadingPath(p.New)
			c.New = &model.ByteRange{Start: b.Clauses[p.New].Start, End: b.Clauses[p.New+p.NewN-1].End}
		} else {
			c.Kind = model.Removed
		}
		list = append(list, c)
	}
	return New(old, new, list)
}

const clauseAbout = "We keep what we know of your %s for as long as the law of your country asks us to.\n\n"

func document(title, kept string) string {
	return "# " + title + "\n\n" + fmt.Sprintf(clauseAbout, "account") + kept + fmt.Sprintf(clauseAbout, "devices")
}

func TestSameChangeInOtherDocumentsHasTheSameKey(t *testing.T) {
	const before, after = "You may write to us at 12 Mill Lane, Dublin, within 30 days.\n\n",
		"You may write to us at 4 Quay Street, Cork, within 30 days.\n\n"
	first := change(document("Terms", before), document("Terms", after))
	for name, second := range map[string]Fingerprint{
		"another document": change("# Privacy\n\nWe are Acme.\n\n"+before, "# Privacy\n\nWe are Acme.\n\n"+after),
		"twice in one":     change(before+"We are Acme.\n\n"+before, after+"We are Acme.\n\n"+after),
		"another sentence": change("Send your cheque to 12 Mill Lane, Dublin.", "Send your cheque to 4 Quay Street, Cork."),
		"case": change(document("Terms", before),
			document("Terms", strings.Replace(after, "Quay Street", "QUAY street", 1))),
		"markup": change(document("Terms", before),
			document("Terms", strings.Replace(after, "Quay Street", "**Quay Street**", 1))),
	} {
		if len(first.Key) != KeySize || !bytes.Equal(first.Key, second.Key) || !bytes.Equal(first.Sketch, second.Sketch) {
			t.Errorf("%s: not the same", name)
		}
	}
	for name, second := range map[string]Fingerprint{
		"another number": change(document("Terms", before), document("Terms", strings.Replace(after, "4 Quay", "5 Quay", 1))),
		"reversed":       change(document("Terms", after), document("Terms", before)),
	} {
		if bytes.Equal(first.Key, second.Key) {
			t.Errorf("%s: the same", name)
		}
	}
}

func TestFewWordsCountWithThoseAround(t *testing.T) {
	a := change("We delete your photos 30 days after you close your account.",
		"We delete your photos 60 days after you close your account.")
	b := change("Invoices are due within 30 working weeks of the date they bear.",
		"Invoices are due within 60 working weeks of the date they bear.")
	if bytes.Equal(a.Key, b.Key) || Similarity(a.Sketch, b.Sketch) >= Near {
		t.Errorf("30 to 60 is alike wherever it stands: %.2f", Similarity(a.Sketch, b.Sketch))
	}
	back := change("We delete your photos 60 days after you close your account.",
		"We delete your photos 30 days after you close your account.")
	if s := Similarity(a.Sketch, back.Sketch); s >= Near {
		t.Errorf("a change and its reverse are nearly the same: %.2f", s)
	}
}

func TestEmptyTextHasNoFingerprint(t *testing.T) {
	if m := New("a", "b", nil); m.Key != nil || m.Sketch != nil || Similarity(m.Sketch, m.Sketch) != 0 {
		t.Errorf("got %+v", m)
	}
}

func TestFingerprintIgnoresTheOrderOfClauses(t *testing.T) {
	old, new := "one two three\n\nfour five six\n", "one two drei\n\nfour fünf six\n"
	list := []model.ClauseChange{
		{Kind: model.Modified, Material: true, Old: &model.ByteRange{Start: 0, End: 13},
			New: &model.ByteRange{Start: 0, End: 12}},
		{Kind: model.Modified, Material: true, Old: &model.ByteRange{Start: 15, End: 28},
			New: &model.ByteRange{Start: 14, End: 28}},
	}
	a := New(old, new, list)
	list[0], list[1] = list[1], list[0]
	if b := New(old, new, list); !bytes.Equal(a.Key, b.Key) {
		t.Error("the order of clause changes makes another key")
	}
	list[0].Material = false
	if b := New(old, new, list); bytes.Equal(a.Key, b.Key) {
		t.Error("an immaterial clause change counts beside a material one")
	}
}

// TestSimilarityIsTheShareInCommon holds sketches against the true share.
func TestSimilarityIsTheShareInCommon(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	var off float64
	const rounds = 400
	for range rounds {
		both, each := 20+rng.Intn(200), rng.Intn(200)
		var a, b sketch
		a.reset()
		b.reset()
		for range both {
			f := rng.Uint64()
			a.add(f)
			b.add(f)
		}
		for range each {
			a.add(rng.Uint64())
			b.add(rng.Uint64())
		}
		off += Similarity(a.bytes(), b.bytes()) - float64(both)/float64(both+2*each)
	}
	if mean := off / rounds; mean < -0.02 || mean > 0.02 {
		t.Errorf("similarity is off by %.3f on average", mean)
	}
}

// changed is the fingerprint of one clause change of whole texts.
func changed(kind model.Kind, old, new string, heading ...string) Fingerprint {
	c := model.ClauseChange{Kind: kind, Material: true, Heading: heading}
	if kind != model.Added {
		c.Old = &model.ByteRange{End: len(old)}
	}
	if kind != model.Removed {
		c.New = &model.ByteRange{End: len(new)}
	}
	return New(old, new, []model.ClauseChange{c})
}

func TestMovedClauseIsWhatMoved(t *testing.T) {
	a := changed(model.Moved, "We keep it.", "We keep it.")
	if b := changed(model.Moved, "We KEEP it.", "**We keep it.**"); len(a.Key) == 0 || !bytes.Equal(a.Key, b.Key) {
		t.Error("the same words moved are not the same")
	}
	if b := changed(model.Moved, "We sell it.", "We sell it."); bytes.Equal(a.Key, b.Key) {
		t.Error("other words moved are the same")
	}
	if b := changed(model.Added, "", "We keep it."); bytes.Equal(a.Key, b.Key) {
		t.Error("moved is the same as added")
	}
}

func TestPunctuationCountsWhereNothingElseChanged(t *testing.T) {
	a := changed(model.Modified, "We keep it - always.", "We keep it: always.")
	b := changed(model.Modified, "We keep it - always.", "We keep it; always.")
	if len(a.Key) == 0 || bytes.Equal(a.Key, b.Key) {
		t.Errorf("%x and %x", a.Key, b.Key)
	}
	if c := changed(model.Modified, "We keep it.", "We keep it."); c.Key != nil {
		t.Errorf("no difference has the key %x", c.Key)
	}
}

func TestFewWordsThatCameCountWithTheirHeading(t *testing.T) {
	fees, data := changed(model.Added, "", "None.", "Terms", "Fees"), changed(model.Added, "", "None.", "Terms", "Data")
	if bytes.Equal(fees.Key, data.Key) {
		t.Error("under another heading it is the same")
	}
	if other := changed(model.Added, "", "None.", "Policy", "Fees"); !bytes.Equal(fees.Key, other.Key) {
		t.Error("under the same heading of another part it is another")
	}
	long := "We keep what we know of you for as long as it takes us."
	if x, y := changed(model.Removed, long, "", "Fees"),
		changed(model.Removed, long, "", "Data"); !bytes.Equal(x.Key, y.Key) {
		t.Error("many words count with their heading")
	}
}

// TestSameLettersInOtherWordsHaveAKey is the pair of texts that crashed an import: many
// words, of which two were joined into one.
func TestSameLettersInOtherWordsHaveAKey(t *testing.T) {
	kept := strings.Repeat("we keep what we know of you ", 30)
	m := changed(model.Modified, "it may be "+kept, "it maybe "+kept)
	if m.Key == nil || bytes.Equal(m.Key, changed(model.Modified, "it maybe "+kept, "it may be "+kept).Key) {
		t.Errorf("%+v", m)
	}
}

func TestLongClausesThatDifferInANameAreNearlyTheSame(t *testing.T) {
	const said = "You agree that any dispute between you and %s is settled by an arbitrator of our choice, that you join no " +
		"class action against us, and that the law of Ireland applies to all of it wherever you live."
	a := changed(model.Added, "", fmt.Sprintf(said, "Acme"))
	b := changed(model.Added, "", fmt.Sprintf(said, "Borealis"))
	if s := Similarity(a.Sketch, b.Sketch); s < Near || bytes.Equal(a.Key, b.Key) {
		t.Errorf("similarity %.2f, near is %.2f", s, Near)
	}
}
