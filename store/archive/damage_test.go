package archive_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
)

const golden = "../testdata/schema-2.db.gz"

// immutable reads what is never written again.
func immutable(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	values := map[string]string{}
	err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
		for _, name := range [][]byte{kv.BucketVersion, kv.BucketBlob, kv.BucketSnapshot, kv.BucketEvent,
			kv.BucketRecord, kv.BucketJournal, kv.BucketString} {
			for _, p := range kv.Pairs(tx.Bucket(name), 64) {
				values[fmt.Sprintf("%s %x", name, p.Key)] = string(p.Value)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// nextCaptures has one of every document of the golden database, and a new one.
func nextCaptures() []model.Capture {
	at := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	var list []model.Capture
	for i, name := range []model.DocumentName{{Platform: "Quayside Harbour", Type: "Terms of Service"},
		{Platform: "Larkspur", Type: "Privacy Policy"},
		{Platform: "Tidewell", Type: "Cookie Policy"}, {Platform: "Penwick",
			Type: "Privacy Policy"}, {Platform: "Newcomer", Type: "Terms"}} {
		text := storetest.Policy(40 + i)
		list = append(list, model.Capture{Platform: name.Platform, Type: name.Type, Text: text,
			Raw: []byte("<p>" + text), MediaType: "text/html",
			Extractor: "golden 2", CapturedAt: at, Origin: model.Provenance{Method: model.MethodFile, Tool: "a tool"}})
	}
	return list
}

// TestRecordingOnDamageChangesNothingThatIsThere: on a damaged database recording
// and detecting again fail, or leave every value as it was.
func TestRecordingOnDamageChangesNothingThatIsThere(t *testing.T) {
	refused := 0
	storetest.EachDamage(t, golden, 4, func(s *store.Store, d storetest.Damage) {
		before := immutable(t, s)
		_, recorded := s.Record(t.Context(), nextCaptures())
		_, detected := s.DetectAgain(t.Context(), store.DetectAgainOptions{})
		for _, err := range []error{recorded, detected} {
			if err != nil {
				refused++
			}
			if err != nil && !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s: %v", d, err)
			}
		}
		after := immutable(t, s)
		for key, value := range before {
			if after[key] != value {
				t.Errorf("%s: %s was changed", d, key)
			}
		}
	})
	if refused < 30 {
		t.Errorf("only %d were refused", refused)
	}
}

func TestBaselineRefusesDamage(t *testing.T) {
	storetest.EachDamage(t, golden, 4, func(s *store.Store, d storetest.Damage) {
		tracked, err := s.Tracking(t.Context())
		if err != nil {
			return
		}
		for _, row := range tracked {
			b, err := s.Baseline(t.Context(), row.Tracked)
			if err == nil && !strings.HasPrefix(string(b.Raw), "<main>") {
				t.Errorf("%s: the baseline of %s is %.40q", d, row.Name(), b.Raw)
			}
		}
	})
}

func TestImportedFilesAreKnown(t *testing.T) {
	s := storetest.Golden(t, golden)
	known, err := s.Imported(t.Context(), strings.Repeat("a1", 20))
	if err != nil {
		t.Fatal(err)
	}
	const path = "Quayside/Terms of Service.md"
	if !known(fmt.Sprintf("%040x", 0xabc0), path) || known(fmt.Sprintf("%040x", 0xdef), path) ||
		known(fmt.Sprintf("%040x", 0xabc0), "other.md") {
		t.Error("what was imported is not told from what was not")
	}
	again := model.Capture{Platform: "Quayside", Type: "Terms of Service", Text: "x",
		Origin: model.Provenance{Method: model.MethodOTAVersions,
			Archive: &model.ArchiveOrigin{Root: strings.Repeat("a1", 20), Commit: fmt.Sprintf("%040x", 0xabc0),
				Path: path}}}
	outcomes, err := s.Record(t.Context(), []model.Capture{again})
	if err != nil || outcomes[0].Kind != model.OutcomeKnown || outcomes[0].Seq != 1 {
		t.Errorf("%+v, %v", outcomes, err)
	}
}
