package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/damage"
	"fineprint/store/model"
)

// everyBucket makes a database that has a value in each bucket, as far as the command line
// makes one, and returns its file.
func everyBucket(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "whole.db")
	file := func(name, content string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	do := func(args ...string) string {
		t.Helper()
		var out, errOut bytes.Buffer
		if status := run(append([]string{"--db", path, "--actor", "ada"}, args...), strings.NewReader(""), &out, &errOut); status != 0 {
			t.Fatalf("%v: status %d\n%s%s", args, status, out.String(), errOut.String())
		}
		return out.String()
	}
	text := func(days int, court, data string) string {
		return fmt.Sprintf("# Terms\n\nThese terms take effect on 1 May 2026.\n\n## Returns\n\nYou may return a thing within %d days "+
			"after you got it, without giving any reason.\n\n## Disputes\n\nYou and Acme agree to %s, and you waive any class action.\n\n"+
			"## Data\n\nWe may %s your data with our partners for marketing.\n", days, court, data)
	}
	for _, kind := range []string{"Terms", "Privacy"} {
		do("import", "files", "Acme/"+kind, file("2026-01-01.md", text(20, "go to the courts of your country", "share")),
			file("2026-02-01.md", text(30, "binding arbitration", "share")),
			file("2026-03-01.md", text(10, "binding arbitration under the rules of the AAA", "sell")),
			file("2026-04-01.md", text(40, "binding arbitration in Delaware only", "never share")))
	}
	approve := []string{"--severity", "high", "--confidence", "high", "--basis", "explicit", "--summary", "The days change.", "--approve"}
	do(append([]string{"decide", "FP-C-000001"}, approve...)...)
	do(append([]string{"decide", "FP-C-000004"}, approve...)...)
	do("decide", "FP-C-000002", "--dismiss", "no matter")
	do("note", "FP-C-000003", "Ask legal.")
	do("note", "FP-C-000005", "Ask legal, too.")
	record := file("record.md", "+++\ntitle = \"Arbitration\"\nseverity = \"high\"\nconfidence = \"high\"\nbasis = \"explicit\"\n+++\n"+
		"## Summary\n\nDisputes go to arbitration.\n\n## What it is\n\nIt is a clause.\n\n## Why it matters\n\nIt matters.\n")
	do("record", "new", "FP-C-000003", "--clause", "1", "--from", record)
	do("record", "approve", "FP-R-000003", "--overrule-all", "a test")
	do("record", "new", "FP-C-000006", "--clause", "2", "--from", record)
	do("types", "set", "FP-C-000001", "--clause", "1", "arbitration")
	do("insight", "train", file("judged.jsonl", `{"change": "FP-C-000005", "label": "material", "severity": "high"}`+"\n"))
	do("insight", "train", file("quotes.jsonl", `{"quote":"You agree to binding arbitration.","case":"Arbitration","classification":"bad"}`+"\n"+
		`{"quote":"You may close your account.","case":"Leaving","classification":"good"}`+"\n"))
	do("track", "add", "https://acme.example/terms", "--platform", "Acme", "--type", "Terms", "--header", "Authorization: Bearer x")
	fetched(t, path)
	config := filepath.Join(dir, "config")
	t.Setenv("XDG_CONFIG_HOME", config)
	if err := os.MkdirAll(filepath.Join(config, "fineprint"), 0o700); err != nil {
		t.Fatal(err)
	}
	file("config/fineprint/config.toml", "[targets.ops]\nkind = \"command\"\ncommand = [\"false\"]\n"+
		"[draft]\ncommand = [\"sh\", \"-c\", \"cat > /dev/null; cat "+file("answer.json",
		`{"severity": "high", "summary": [{"text": "The days change.", "quotes": ["within 40 days"]}]}`)+"\"]\n")
	do("rules", "add", "alert", "court", "--filter", "text:arbitration", "--tag", "court", "--notify", "ops", "--past")
	do("rules", "add", "fold", "FP-C-000006", "--clause", "1")
	do("draft", "FP-C-000003")
	do("decide", "FP-C-000004", "--undo")
	do("playbook", "save", file("playbook.toml", do("playbook", "init")))
	do("types", "list", "--by", "platform")
	do("queue", "--filter", "clause:arbitration")
	do("queue", "--why")
	do("index")
	return path
}

// fetched fills the buckets of what the web and the desk write.
func fetched(t *testing.T, path string) {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(path, store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	tracked, err := s.Track(ctx, []model.TrackRequest{{Platform: "Penwick", Type: "Terms", Source: model.Source{
		URL: "https://penwick.example/terms"}}})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	for i, days := range []int{10, 10, 20, 20, 30} {
		doc, err := s.TrackedDocument(ctx, tracked[0].Document)
		if err != nil {
			t.Fatal(err)
		}
		text := storetest.Policy(days)
		_, err = s.RecordFetch(ctx, doc, []model.Capture{{Text: text, Raw: []byte("<p>" + text), MediaType: "text/html",
			CapturedAt: at.AddDate(0, 0, i), Origin: model.Provenance{Method: model.MethodWeb, URL: doc.Source.URL, Status: 200}}},
			func(h model.Health, _ model.Outcome) model.Health { h.LastAttempt = at; return h })
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SaveDraft(ctx, model.Draft{Change: "FP-C-000005", Actor: "ada", Summary: "in the making"}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDeskState(ctx, "ada", []byte("{}")); err != nil {
		t.Fatal(err)
	}
}

// values are the keys of each bucket.
func values(t *testing.T, path string) map[string][][]byte {
	t.Helper()
	keys, err := keysOf(path)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func keysOf(path string) (keys map[string][][]byte, err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	keys = map[string][][]byte{}
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, _ []byte) error {
				keys[string(name)] = append(keys[string(name)], bytes.Clone(k))
				return nil
			})
		})
	})
	return keys, err
}

// lists are the commands that list, as they are run on the database of everyBucket; objects
// are those that show one thing.
var (
	lists = [][]string{
		{"queue", "--state", "all"}, {"queue", "--filter", "clause:arbitration state:all"},
		{"queue", "--why", "--limit", "5"}, {"queue", "--filter", "text:arbitration state:all"}, {"search", "arbitration"},
		{"stats"}, {"stats", "--by", "severity"}, {"platforms"}, {"track", "list"},
		{"show", "FP-D-00001"}, {"export", "--format", "json"}, {"export", "--format", "csv"}, {"export", "--format", "md"},
		{"digest", "--since", "2020-01-01"}, {"calendar"}, {"activity"}, {"alerts", "list"}, {"rules", "list"},
		{"note", "list"}, {"record", "list"}, {"types", "list", "--by", "platform"}, {"insight", "status"},
	}
	objects = [][]string{
		{"show", "FP-C-000001"}, {"show", "FP-C-000003"}, {"show", "FP-R-000001"}, {"show", "FP-R-000003"},
		{"show", "FP-D-00001@2"}, {"show", "FP-P-000002"}, {"show", "FP-S-000001"},
		{"export", "FP-R-000001", "--notes", "--format", "json"}, {"record", "show", "FP-R-000003"},
		{"record", "lint", "FP-R-000003"}, {"types", "show", "FP-C-000001", "--clause", "1"}, {"compare", "FP-P-000002"},
		{"playbook", "show"}, {"playbook", "check"}, {"insight", "explain", "FP-C-000003"},
	}
)

// closes are the lists that a damaged value of a bucket closes, with what makes them again.
var closes = map[string]string{
	"searchdocument": "search", "searchsegment": "search", // `fineprint index --rebuild`
	"document": "show FP-D-00001", // the document itself
}

type answer struct {
	status   int
	out, err string
}

func answerOf(path string, args []string) answer {
	var out, errOut bytes.Buffer
	all := append([]string{"--db", path, "--actor", "ada"}, args...)
	if !slices.Contains(args, "--format") && !slices.Contains(args, "--why") {
		all = append(all, "--json")
	}
	status := run(all, strings.NewReader(""), &out, &errOut)
	return answer{status, out.String(), errOut.String()}
}

// flip flips a bit of a value.
func flip(t *testing.T, path, bucket string, key []byte, at int) {
	t.Helper()
	if err := flipped(path, bucket, key, at); err != nil {
		t.Fatal(err)
	}
}

func flipped(path, bucket string, key []byte, at int) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		v := bytes.Clone(b.Get(key))
		v[at%len(v)] ^= 1 << (at % 8)
		return b.Put(key, v)
	})
	return errors.Join(err, db.Close())
}

// TestDamagedValueCostsThatValue: of a database with one flipped bit every list is the same as
// before, or without what was hit, and then says so: as a sentence, in the JSON, and by its
// exit status. No list is closed or silently another; what shows one thing may be closed.
func TestDamagedValueCostsThatValue(t *testing.T) {
	path := everyBucket(t)
	keys := values(t, path)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, all := map[string]answer{}, append(slices.Clone(lists), objects...)
	for _, args := range all {
		a := answerOf(path, args)
		if want[fmt.Sprint(args)] = a; a.status > 1 || strings.Contains(a.out, `"damaged"`) {
			t.Fatalf("%v: status %d\n%s", args, a.status, a.err)
		}
	}
	each, _ := strconv.Atoi(os.Getenv("FINEPRINT_DAMAGED"))
	told := 0
	for _, bucket := range damage.Buckets() {
		of := keys[bucket]
		if len(of) == 0 && bucket != "quotemodel" {
			t.Errorf("no value of %s is damaged: have everyBucket make one", bucket)
		}
		for i, key := range of {
			if bucket == "meta" || i%max(1, len(of)/max(1, each)) != 0 || each == 0 && i > 0 {
				continue
			}
			if err := os.WriteFile(path, sound, 0o600); err != nil {
				t.Fatal(err)
			}
			flip(t, path, bucket, key, 40+7*i)
			for _, args := range all {
				name := strings.Trim(fmt.Sprint(args), "[]")
				got, was := answerOf(path, args), want["["+name+"]"]
				list := slices.ContainsFunc(lists, func(l []string) bool { return slices.Equal(l, args) })
				switch {
				case got.status != 3 && got.out != was.out:
					t.Errorf("%s %d: %s is another, and nothing is said\n%s", bucket, i, name, got.out)
				case got.status != 3:
				case got.err == "" || !strings.Contains(got.err, "fineprint "):
					t.Errorf("%s %d: %s says %q and no next step", bucket, i, name, got.err)
				case strings.TrimSpace(got.out) == "" && list && !strings.HasPrefix(name, closes[bucket]+" ") && name != closes[bucket]:
					t.Errorf("%s %d: %s is closed: %s", bucket, i, name, got.err)
				case strings.HasPrefix(got.out, "{") && !strings.HasPrefix(name, "export") && !strings.Contains(got.out, `"damaged"`):
					t.Errorf("%s %d: the JSON of %s doesn't say what is missing", bucket, i, name)
				case strings.HasPrefix(got.out, "{"):
					told++
				}
			}
		}
	}
	if told < 100 {
		t.Errorf("only %d answers said what they are without", told)
	}
}
