package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// canaries are secrets that are planted wherever there can be one, by where.
var canaries = map[string]string{
	"header":          memberKey,
	"cookie":          "canary-cookie-7d1f",
	"plain header":    "canary-authorization-11c0",
	"password of URL": "canary-password-93ab",
	"webhook secret":  "canary-webhook-b77e",
	"webhook address": "canary-hooktoken-5e0d",
	"smtp password":   "canary-smtp-2f6a",
	"draft variable":  "canary-draft-c4c4",
}

// TestSecretsLeaveNoTrace plants a secret wherever there can be one and searches everything
// that any command prints, every file it writes, and every bucket of the database but the
// one for secrets.
func TestSecretsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	site := newWebSite()
	defer site.Close()
	dir := t.TempDir()
	db := filepath.Join(dir, "s.db")
	settings := fmt.Sprintf("[targets.hook]\nkind = \"webhook\"\nurl = \"%s/busy/%s\"\nprivate = true\nsecret_env = \"HOOK_SECRET\"\n"+
		"[targets.post]\nkind = \"smtp\"\nhost = \"127.0.0.1\"\nport = 9\nprivate = true\nuser = \"ada\"\nsecret_env = \"SMTP_SECRET\"\n"+
		"from = \"a@example.invalid\"\nto = [\"b@example.invalid\"]\n", site.URL, canaries["webhook address"])
	config := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(config, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	run := func(args ...string) {
		cmd := fineprintCommand(t.Context(), db, args...)
		cmd.Env = append(cmd.Env, "FINEPRINT_CONFIG="+config, "HOME="+dir, "KEY="+canaries["header"],
			"HOOK_SECRET="+canaries["webhook secret"], "SMTP_SECRET="+canaries["smtp password"], "DRAFT="+canaries["draft variable"])
		said, err := cmd.CombinedOutput()
		if _, exited := err.(*exec.ExitError); err != nil && !exited {
			t.Fatal(err)
		}
		fmt.Fprintf(&printed, "$ %s\n%s\n", cmp.Or(args[0], ""), said)
	}
	member := site.URL + "/members/terms"
	run("track", "add", member, "--platform", "Acme", "--type", "Terms of Service", "--allow-host", "127.0.0.1",
		"--header", "X-Api-Key: env:KEY", "--cookie", "sid="+memberKey, "--cookie", "more="+canaries["cookie"],
		"--header", "Authorization: Bearer "+canaries["plain header"], "--accept-status", "404")
	run("track", "add", strings.Replace(member, "://", "://ada:"+canaries["password of URL"]+"@", 1), "--platform", "Acme",
		"--type", "Privacy Policy", "--allow-host", "127.0.0.1")
	run("rules", "add", "alert", "all", "--filter", "acme", "--notify", "hook,post")
	run("fetch", "--all", "--allow-host", "127.0.0.1", "--json")
	site.edition.Add(1)
	run("fetch", "--all", "--allow-host", "127.0.0.1")
	run("track", "test", member, "--allow-host", "127.0.0.1", "--json")
	run("alerts", "run")
	run("alerts", "test", "hook")
	run("alerts", "test", "post")
	run("decide", "FP-C-000001", "--severity", "high", "--confidence", "high", "--basis", "explicit", "--summary", "It changed.", "--approve")
	for _, args := range [][]string{
		{"track", "list", "--json"}, {"activity", "--json"}, {"alerts", "list", "--json"}, {"rules", "list", "--json"},
		{"config", "show", "--json"}, {"queue", "--state", "all", "--json"}, {"show", "FP-D-00001", "--json"},
		{"show", "FP-D-00001@1", "--json"}, {"show", "FP-D-00001@2", "--plain"}, {"show", "FP-C-000001", "--json"},
		{"show", "FP-S-000001", "--json"}, {"show", "FP-R-000001", "--format", "md"}, {"digest", "--format", "json"},
		{"stats", "--json"}, {"check"}, {"export", "--format", "warc", "-o", filepath.Join(dir, "out.warc.gz")},
		{"export", "--format", "dataset", "-o", filepath.Join(dir, "dataset")}, {"export", "--format", "html", "-o", filepath.Join(dir, "html")},
	} {
		run(args...)
	}
	for _, format := range []string{"json", "jsonl", "csv", "md", "text", "atom", "csl", "bibtex", "ris"} {
		run("export", "--format", format, "-o", filepath.Join(dir, "out."+format))
	}
	if !strings.Contains(printed.String(), "FP-R-000001") {
		t.Fatalf("nothing was recorded:\n%s", printed.String())
	}
	searchFor(t, "what was printed", printed.Bytes())
	searchFiles(t, dir, db, config)
	if kept := searchBuckets(t, db); kept < 3 {
		t.Errorf("only %d secrets are in their bucket; the test plants none elsewhere", kept)
	}
}

// searchFor reports each canary that is in some bytes.
func searchFor(t *testing.T, where string, b []byte) {
	t.Helper()
	for name, canary := range canaries {
		if i := bytes.Index(b, []byte(canary)); i >= 0 {
			t.Errorf("the %s is in %s: …%q…", name, where, b[max(0, i-80):min(len(b), i+40)])
		}
	}
}

// searchFiles searches every file in a folder but the database and the settings.
func searchFiles(t *testing.T, dir, db, config string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || path == db || path == config {
			return err
		}
		if filepath.Dir(path) == db+".backups" {
			return private(path) // a copy of the database holds what it holds, and is as private
		}
		raw, err := os.ReadFile(path)
		if strings.HasSuffix(path, ".gz") && err == nil {
			if r, zipped := gzip.NewReader(bytes.NewReader(raw)); zipped == nil {
				raw, _ = io.ReadAll(r)
			}
		}
		files++
		searchFor(t, strings.TrimPrefix(path, dir), raw)
		return err
	})
	if err != nil || files < 12 {
		t.Errorf("%d files, %v", files, err)
	}
}

// private returns an error when others than its owner may read a file.
func private(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = fmt.Errorf("%s has mode %o", path, info.Mode().Perm())
	}
	return err
}

// searchBuckets searches every value and key but those of the bucket for secrets, and
// returns how many of those there are.
func searchBuckets(t *testing.T, db string) (kept int) {
	t.Helper()
	file, err := bolt.Open(db, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	err = file.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				if string(name) != "secret" {
					searchFor(t, "the bucket "+string(name), append(append([]byte{}, k...), v...))
					return nil
				}
				for _, canary := range canaries {
					kept += bytes.Count(v, []byte(canary))
				}
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}
