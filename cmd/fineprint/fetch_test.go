package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"fineprint/store"
	"fineprint/store/model"
)

// webSite is a small site for the tests of the command line: documents that
// change when they are told to, and some that never come right.
type webSite struct {
	*httptest.Server
	edition atomic.Int64
	hits    atomic.Int64
	delay   time.Duration
}

// memberKey is a secret that must show nowhere.
const memberKey = "k3y-of-the-members"

func newWebSite() *webSite {
	w := &webSite{}
	w.Server = httptest.NewServer(w)
	return w
}

func webPage(path string, edition int64, more string) string {
	return fmt.Sprintf("<html><head><title>Privacy Policy of %s</title></head><body><nav>Menu</nav><main><h1>Privacy "+
		"Policy</h1><p>We keep your data for %d days.</p>%s%s</main></body></html>",
		path, 30+edition, strings.Repeat("<p>You agree to these terms when you use the service, as far as the law "+
			"allows.</p>", 12), more)
}

func (w *webSite) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	hit := w.hits.Add(1)
	time.Sleep(w.delay)
	edition := w.edition.Load()
	switch path := r.URL.Path; {
	case path == "/robots.txt":
		_, _ = fmt.Fprint(rw, "User-agent: *\nDisallow: /forbidden\n")
	case strings.HasPrefix(path, "/gone"):
		http.Error(rw, "<h1>Gone</h1>", http.StatusNotFound)
	case strings.HasPrefix(path, "/wall") && edition > 0:
		_, _ = fmt.Fprint(rw, "<html><body><h1>Sign in</h1><p>Enter your e-mail address and password to go "+
			"on.</p></body></html>")
	case strings.HasPrefix(path, "/members"): // a document that comes with 404, and repeats what it is asked with
		rw.Header().Set("X-Said", r.Header.Get("X-Api-Key")+" "+r.Header.Get("Cookie"))
		if r.Header.Get("X-Api-Key") != memberKey || !strings.Contains(r.Header.Get("Cookie"), "sid="+memberKey) {
			http.Error(rw, "<h1>Forbidden</h1>", http.StatusForbidden)
			return
		}
		rw.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprint(rw, webPage(path, edition, ""))
	case strings.HasPrefix(path, "/busy"):
		rw.Header().Set("Retry-After", "7200")
		http.Error(rw, "later", http.StatusTooManyRequests)
	case strings.HasPrefix(path, "/front"):
		_, _ = fmt.Fprint(rw, frontPages[path])
	case strings.HasPrefix(path, "/token"):
		_, _ = fmt.Fprint(rw, webPage(path, edition, fmt.Sprintf(`<p class="seen">Request %d</p>`, hit)))
	case strings.HasPrefix(path, "/escape"):
		rw.Header().Set("Content-Type", "text/plain")
		_, _ = fmt.Fprint(rw, "\x1b]0;owned\x07# Terms\x1b[2J\n")
	default:
		tag := fmt.Sprintf(`"%d"`, edition)
		rw.Header().Set("ETag", tag)
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.Header.Get("If-None-Match") == tag {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = fmt.Fprint(rw, webPage(path, edition, ""))
	}
}

// frontPages are pages whose links are searched for legal documents.
var frontPages = map[string]string{
	"/front": `<html lang="en"><body><nav><a href="/front/roses">Roses</a></nav><footer>
<a href="/privacy">Privacy Policy</a> <a href="/front/moved">Terms of Use</a> <a href="/front/legal">Legal</a>
<a href="http://192.168.7.7/terms">Terms of Service</a> <a href="/gone">Cookie Policy</a></footer></body></html>`,
	"/front/legal": `<html lang="en"><body><main><a href="/front/terms">Terms</a> <a href="/front/rules">Community
Guidelines</a> <a href="/front/extra">Supplemental terms for ladders</a></main></body></html>`,
	"/front/moved": `<html lang="de"><head><title>Terms of Use &ndash; \x1b]0;owned\x07Acme</title></head></html>`,
	"/front/terms": `<html lang="de"><head><title>Terms of Use &ndash; \x1b]0;owned\x07Acme</title></head></html>`,
	"/front/rules": `<html><head><title>Rules</title></head><body><h1>Rules</h1></body></html>`,
	"/front/extra": `<html><body><h1>Supplemental Terms</h1></body></html>`,
	"/front/none":  `<html><body><a href="/front/roses">Roses</a><a href="javascript:terms()">Terms</a></body></html>`,
}

// cmdSite starts a site for a script and puts its address into $SITE, or moves
// it on to its next edition:
//
//	site start
//	site next
func cmdSite(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: site start|next")
	}
	switch args[0] {
	case "start":
		site := newWebSite()
		ts.Defer(site.Close)
		ts.Setenv("SITE", site.URL)
		sites.Store(site.URL, site)
	case "next":
		site, ok := sites.Load(ts.Getenv("SITE"))
		if !ok {
			ts.Fatalf("no site was started")
		}
		site.(*webSite).edition.Add(1)
	}
}

var sites sync.Map // address → *webSite

// fineprintCommand runs this test binary as the real command line.
func fineprintCommand(ctx context.Context, db string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Args[0] = "fineprint"
	cmd.Env = append(os.Environ(), "FINEPRINT_DB="+db, "FINEPRINT_ACTOR=ada")
	return cmd
}

// trackMany makes a database that tracks n documents of a site.
func trackMany(t *testing.T, site *webSite, n int) string {
	t.Helper()
	dir := t.TempDir()
	var list strings.Builder
	for i := range n {
		fmt.Fprintf(&list, "%s/doc/%d\tPlatform %d\tPrivacy Policy\n", site.URL, i, i)
	}
	file := filepath.Join(dir, "list.txt")
	if err := os.WriteFile(file, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(dir, "t.db")
	s, err := store.Create(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if report, err := s.Check(context.Background(), nil); err != nil || len(report.Problems) > 0 {
			t.Errorf("the store is not whole: %v %v", report.Problems, err)
		}
	})
	if out, err := fineprintCommand(t.Context(), db, "track", "add", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return db
}

// outcomes counts the lines of `fetch --json`.
func outcomes(t *testing.T, out []byte) map[model.FetchKind]int {
	t.Helper()
	counts := map[model.FetchKind]int{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var line fetchLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		counts[line.Outcome]++
	}
	return counts
}

const toLoopback = "--allow-host=127.0.0.1"

// TestKilledFetchGoesOn kills the real program while it fetches, again and again:
// whatever it reported as recorded is there, the database is whole, and the next
// run goes on with the rest.
func TestKilledFetchGoesOn(t *testing.T) {
	t.Parallel()
	kills := 6
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_KILLS")); err == nil {
		kills = n
	}
	site := newWebSite()
	defer site.Close()
	site.delay = 2 * time.Millisecond
	db := trackMany(t, site, 120)
	s, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(7))
	told, cut := 0, 0
	for i := range kills {
		site.edition.Add(1)
		cmd := fineprintCommand(t.Context(), db, "fetch", "--all", "--json", toLoopback)
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(60+rng.Intn(400))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		if cmd.Wait() != nil {
			cut++
		}
		whole := out.Bytes()
		whole = whole[:bytes.LastIndexByte(whole, '\n')+1]
		counts := outcomes(t, whole)
		told += counts[model.FetchFirst] + counts[model.FetchChanged]
		if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 {
			t.Fatalf("kill %d: %v %v", i, report.Problems, err)
		}
	}
	stats, err := s.Stats(t.Context())
	if err != nil || stats.Versions < told {
		t.Errorf("%d versions were told of, %d are there (%v)", told, stats.Versions, err)
	}
	site.edition.Add(1)
	out, err := fineprintCommand(t.Context(), db, "fetch", "--all", "--json", toLoopback).Output()
	if counts := outcomes(t, out); err != nil || counts[model.FetchFirst]+counts[model.FetchChanged] != 120 {
		t.Errorf("the run after: %v, %v", counts, err)
	}
	t.Logf("%d runs, %d of them killed, %d versions told of, none lost", kills, cut, told)
	if cut == 0 {
		t.Error("no run was killed: nothing was tested")
	}
}

// TestInterruptedFetchKeepsWhatWasDone: Ctrl-C ends a fetch and a watch at once and cleanly.
func TestInterruptedFetchKeepsWhatWasDone(t *testing.T) {
	t.Parallel()
	site := newWebSite()
	defer site.Close()
	site.delay = 20 * time.Millisecond
	db := trackMany(t, site, 200)
	cmd := fineprintCommand(t.Context(), db, "fetch", "--json", toLoopback)
	var out, told bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &told
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for site.hits.Load() < 20 {
		time.Sleep(5 * time.Millisecond)
	}
	asked := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFindings || !strings.Contains(told.String(), "Interrupted") ||
		time.Since(asked) > time.Minute {
		t.Errorf("%v after %s: %s", err, time.Since(asked), told.String())
	}
	first := outcomes(t, out.Bytes())
	if first[model.FetchFailed] > 0 || first[model.FetchFirst] == 0 || first[model.FetchFirst] == 200 {
		t.Errorf("interrupted: %v", first)
	}
	rest, err := fineprintCommand(t.Context(), db, "fetch", "--json", toLoopback).Output()
	if counts := outcomes(t, rest); err != nil || counts[model.FetchFirst]+counts[model.FetchUnchanged]+
		first[model.FetchFirst] < 200 || counts[model.FetchFailed] > 0 {
		t.Errorf("the run after: %v after %v, %v", counts, first, err)
	}
	watch := fineprintCommand(t.Context(), db, "fetch", "--watch", toLoopback)
	told.Reset()
	pipe, err := watch.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := watch.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	line, err := lines.ReadString('\n')
	if err != nil || !strings.Contains(line, "Watching 200 documents. ") {
		t.Errorf("%q, %v", line, err)
	}
	asked = time.Now()
	_ = watch.Process.Signal(os.Interrupt)
	if line, err = lines.ReadString('\n'); err != nil || !strings.HasPrefix(line, "Stopped") {
		t.Errorf("the last word is %q, %v", line, err)
	}
	if err := watch.Wait(); err != nil || time.Since(asked) > time.Minute {
		t.Errorf("the watch ended with %v after %s", err, time.Since(asked))
	}
}

// watchUntil runs a watch until ctx is over, and interrupts it; not before it watches,
// for till then an interrupt ends a program at once.
func watchUntil(ctx context.Context, t *testing.T, db string) {
	watch := fineprintCommand(t.Context(), db, "fetch", "--watch", toLoopback)
	var out, told bytes.Buffer
	watch.Stdout = &out
	pipe, err := watch.StderrPipe()
	if err == nil {
		err = watch.Start()
	}
	if err != nil {
		t.Error(err)
		return
	}
	watches, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		lines := bufio.NewReader(pipe)
		first, _ := lines.ReadString('\n')
		told.WriteString(first)
		close(watches)
		_, _ = lines.WriteTo(&told)
	}()
	<-watches
	<-ctx.Done()
	_ = watch.Process.Signal(os.Interrupt)
	<-ended
	if err := watch.Wait(); err != nil || strings.Contains(out.String()+told.String(), "in use") {
		t.Errorf("watch: %v: %s%s", err, &out, &told)
	}
}

// TestManyProcessesShareOneDatabase: two fetches, a watch and two who read like a desk does work on
// one database; nobody sees a busy database and nothing is lost.
// FINEPRINT_TOGETHER sets for how long; 3 s by default.
func TestManyProcessesShareOneDatabase(t *testing.T) {
	t.Parallel()
	during := 3 * time.Second
	if d, err := time.ParseDuration(os.Getenv("FINEPRINT_TOGETHER")); err == nil {
		during = d
	}
	site := newWebSite()
	defer site.Close()
	db := trackMany(t, site, 60)
	ctx, cancel := context.WithTimeout(t.Context(), during)
	defer cancel()
	var wg sync.WaitGroup
	var fetched, reads, slowest atomic.Int64
	again := func(what func() error) {
		wg.Go(func() {
			for ctx.Err() == nil {
				if err := what(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 2 {
		again(func() error {
			site.edition.Add(1)
			var told bytes.Buffer // the progress of a slow one, too
			cmd := fineprintCommand(t.Context(), db, "fetch", "--all", "--json", toLoopback)
			cmd.Stderr = &told
			out, err := cmd.Output()
			if err != nil {
				return fmt.Errorf("fetch: %w: %s%s", err, out, &told)
			}
			counts := outcomes(t, out)
			fetched.Add(int64(counts[model.FetchFirst] + counts[model.FetchChanged]))
			return nil
		})
	}
	wg.Go(func() { watchUntil(ctx, t, db) })
	for range 2 {
		s, err := store.Open(db, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		again(func() error {
			begun := time.Now()
			if _, err := s.Tracking(t.Context()); err != nil {
				return err
			}
			if _, err := s.Queue(t.Context(), model.QueueFilter{Limit: 50}); err != nil {
				return err
			}
			reads.Add(1)
			if took := int64(time.Since(begun)); took > slowest.Load() {
				slowest.Store(took)
			}
			time.Sleep(20 * time.Millisecond)
			return nil
		})
	}
	wg.Wait()
	s, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stats, err := s.Stats(t.Context())
	if err != nil || int64(stats.Versions) < fetched.Load() || fetched.Load() == 0 {
		t.Errorf("%d versions were told of, %d are there (%v)", fetched.Load(), stats.Versions, err)
	}
	t.Logf("%s: %d versions by two fetches (%d there, the watch's too), %d desk reads, the slowest %s", during,
		fetched.Load(), stats.Versions, reads.Load(), time.Duration(slowest.Load()))
}
