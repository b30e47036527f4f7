package lookup_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

// desk is a database with a document of each of some platforms, indexed.
func desk(t *testing.T, texts map[string]string, order ...string) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range order {
		_, err := s.Record(t.Context(), []model.Capture{{Platform: name, Type: "Terms of Service", Text: texts[name],
			CapturedAt: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), Origin: model.Provenance{Method: model.MethodFile}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Upkeep(t.Context(), store.UpkeepOptions{}); err != nil {
		t.Fatal(err)
	}
	return s
}

const arbitration = "Any dispute between you and %s will be resolved by binding arbitration before one arbitrator, and you " +
	"waive your right to a trial by jury and to take part in a class action."

func platforms(t *testing.T) *store.Store {
	filler := func(n int) string {
		var b strings.Builder
		b.WriteString("# Terms\n\n")
		for i := range 12 {
			fmt.Fprintf(&b, "Parcel %d is delivered by courier %d to the door within %d weeks of the order.\n\n", 40*n+i, i, n)
		}
		return b.String()
	}
	return desk(t, map[string]string{
		"Acme": filler(1) + "## Disputes\n\n" + fmt.Sprintf(arbitration, "Acme"),
		"Bolt": filler(2) + "## Disputes\n\n" + fmt.Sprintf(arbitration, "Bolt"),
		"Crow": filler(3) + "## Disputes\n\nDisputes are resolved by binding arbitration before an arbitrator in Oslo; you waive a trial by jury.",
		"Dove": filler(4) + "## Photos\n\nYou keep your photos and may fetch a copy of them at any time.",
	}, "Acme", "Bolt", "Crow", "Dove")
}

func TestCompareFindsTheTwinsOnOtherPlatforms(t *testing.T) {
	s := platforms(t)
	found, err := s.Search(t.Context(), model.SearchRequest{Query: "platform:acme arbitration"})
	if err != nil || len(found.Hits) != 1 {
		t.Fatal(found, err)
	}
	c, err := s.Compare(t.Context(), model.CompareRequest{Clause: found.Hits[0].Clause})
	if err != nil {
		t.Fatal(err)
	}
	if c.Platforms != 2 || c.Of != 3 || len(c.Hits) != 2 {
		t.Fatalf("%d of %d platforms have one, %d are listed", c.Platforms, c.Of, len(c.Hits))
	}
	if bolt, crow := c.Hits[0], c.Hits[1]; bolt.PlatformName != "Bolt" || crow.PlatformName != "Crow" ||
		bolt.Score < 0.8 || crow.Score >= bolt.Score {
		t.Errorf("%s %.2f, %s %.2f", bolt.PlatformName, bolt.Score, crow.PlatformName, crow.Score)
	}
	if c.AsOf == nil || c.AsOf.Day() != 4 {
		t.Errorf("as of %v, not of the newest capture", c.AsOf)
	}
	for _, h := range c.Hits {
		if len(h.Marks) == 0 {
			t.Errorf("nothing is marked in %q", h.Snippet)
		}
		for _, m := range h.Marks {
			if word := strings.ToLower(h.Snippet[m.Start:m.End]); !strings.Contains(strings.ToLower(c.Text), word) {
				t.Errorf("%q is marked, which the clause does not have", word)
			}
		}
	}
}

// TestCompareSaysByWhatAClauseIsLikeAnother: by its words, or by its type in other ones.
func TestCompareSaysByWhatAClauseIsLikeAnother(t *testing.T) {
	filler := strings.Repeat("We deliver parcels to the door and answer letters within a week of their arrival here.\n\n", 3)
	first := "If we can't settle it by talking, every dispute between you and us will be finally resolved by binding " +
		"arbitration before one arbitrator named by the association within thirty days."
	s := desk(t, map[string]string{
		"Acme": "# Terms\n\n" + filler + "## Arbitration\n\n" + first,
		"Bolt": "# Terms\n\n" + filler + "## Arbitration\n\n" + first + " Each side pays half.",
		"Crow": "# Terms\n\n" + filler + "## Arbitration\n\nAfter sixty days either party may initiate binding arbitration, in " +
			"which one arbitrator decides every dispute between you and us in the place of a court and its jury.",
		"Dove": "# Terms\n\n" + filler + "## Arbitration\n\nThe arbitrator is paid by whoever began, and the hearing is held on the " +
			"telephone unless an arbitrator finds that one of the parties has to be seen to be believed.",
	}, "Acme", "Bolt", "Crow", "Dove")
	found, err := s.Search(t.Context(), model.SearchRequest{Query: `platform:acme "finally resolved"`})
	if err != nil || len(found.Hits) != 1 {
		t.Fatal(found, err)
	}
	c, err := s.Compare(t.Context(), model.CompareRequest{Clause: found.Hits[0].Clause, Limit: 1})
	if err != nil || c.Platforms != 2 || c.ByType != 1 || len(c.Hits) != 1 || c.Hits[0].By != model.AlikeByWords {
		t.Fatalf("%d platforms, %d by type, %+v, %v", c.Platforms, c.ByType, c.Hits, err)
	}
	c, err = s.Compare(t.Context(), model.CompareRequest{Clause: found.Hits[0].Clause})
	if err != nil || len(c.Hits) != 2 || c.Hits[1].By != model.AlikeByType || c.Hits[1].PlatformName != "Crow" ||
		!c.Hits[1].SameType || c.Hits[1].Score >= c.Threshold {
		t.Fatalf("%+v, %v", c.Hits, err)
	}
	c, err = s.Compare(t.Context(), model.CompareRequest{Clause: found.Hits[0].Clause, Least: c.Threshold})
	if err != nil || c.Platforms != 1 || c.ByType != 0 {
		t.Errorf("with a least score %d platforms, %d by type, %v", c.Platforms, c.ByType, err)
	}
}

func TestCompareFindsNoneWhereThereIsNone(t *testing.T) {
	s := platforms(t)
	for _, text := range []string{"You keep your photos and may fetch a copy of them at any time.",
		"Radio waves are measured in hertz.", "…", "the of and"} {
		c, err := s.Compare(t.Context(), model.CompareRequest{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if want := min(1, strings.Count(text, "photos")); len(c.Hits) != want || c.Platforms != want || c.Of != 4 {
			t.Errorf("%q: %d of %d, %v", text, c.Platforms, c.Of, c.Hits)
		}
	}
}

// TestAClauseThatSaysSomethingComesBeforeABareHeading, and the one that says it most does
// before others.
func TestAClauseThatSaysSomethingComesBeforeABareHeading(t *testing.T) {
	filler := strings.Repeat("We deliver parcels to the door and answer letters within a week of their arrival here.\n\n", 3)
	s := desk(t, map[string]string{
		"Acme": "# Terms\n\n**Governing Law**\n\n" + filler,
		"Bolt": "# Terms\n\n" + filler + "The governing law of this agreement is the law of Norway, whatever the law of your home is.",
		"Crow": "# Terms\n\n" + filler + "Write to the office of our partners when you want to know which law is governing what you bought.",
	}, "Acme", "Bolt", "Crow")
	found, err := s.Search(t.Context(), model.SearchRequest{Query: "governing law"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, h := range found.Hits {
		names = append(names, h.PlatformName)
	}
	if got := strings.Join(names, " "); !strings.HasPrefix(got, "Bolt Crow ") {
		t.Errorf("found in the order of %s", got)
	}
}
