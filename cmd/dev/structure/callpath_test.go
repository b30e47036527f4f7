package main

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// A callPath is the way of one thing through the program: the functions that it
// passes, in the order of calls, each with the one before it that calls it. A call
// through an interface, or of a method value, counts by its name.
type callPath []struct{ function, calledBy string }

// capturePath is the way of a tracked page from the network into the file.
var capturePath = callPath{
	{"fetch/watch.Fetcher.Run", ""},
	{"fetch/watch.Fetcher.one", "fetch/watch.Fetcher.readable"},
	{"fetch/watch.fetchPages", "fetch/watch.Fetcher.fetch"},
	{"fetch.Client.Fetch", "fetch/watch.fetchPages"},
	{"fetch/watch.captureOf", "fetch/watch.fetchPages"},
	{"fetch/watch.readPage", "fetch/watch.captureOf"},
	{"fetch/extract.Read", "fetch/watch.readPage"},
	{"fetch/watch.Fetcher.record", "fetch/watch.Fetcher.one"},
	{"store/track.Tracker.RecordFetch", "fetch/watch.Fetcher.record"},
	{"store/archive.Recorder.RecordThen", "store/track.Tracker.RecordFetch"},
	{"store/archive.capturePlan.plan", "store/archive.planAll"},
	{"store/archive.documentState.step", "store/archive.capturePlan.step"},
	{"store/detect/timeline.Step", "store/archive.documentState.step"},
	{"store/detect.History.Assess", "store/detect/timeline.step.assess"},
	{"store/text/clause.SplitBeside", "store/detect.History.assess"},
	{"store/text/clause.Align", "store/detect.newComparison"},
	{"store/text/similar.New", "store/detect/timeline.step.fingerprint"},
	{"store/archive.writePlan", "store/archive.Recorder.RecordThen"},
	{"store/archive.writeVersion", "store/archive.writePlan"},
	{"store/blob.Put", "store/archive.writeVersion"},
	{"store/archive.writeChange", "store/archive.writeVersion"},
	{"store/rows.PutEncoded", "store/archive.writeChange"},
	{"store/journal.Append", "store/archive.writePlan"},
	{"store/kv.PutRow", "store/rows.PutEncoded"},
}

// keyPath is the way of a key that approves, from the terminal into the file.
var keyPath = callPath{
	{"tui.Model.Update", ""},
	{"tui.Model.route", "tui.Model.Update"},
	{"tui.Model.key", "tui.Model.route"},
	{"tui.Model.run", "tui.Model.key"},
	{"tui.Model.disabledReason", "tui.Model.run"},
	{"tui/keys.Map.DisabledReason", "tui.Model.disabledReason"},
	{"tui.Model.carryOut", "tui.Model.run"},
	{"tui/decide.Controller.Run", "tui.Model.carryOut"},
	{"tui/decide.Controller.Decide", "tui/decide.Controller.approve"},
	{"tui/decide.Controller.send", "tui/decide.Controller.Decide"},
	{"store/ledger.Ledger.DecideAll", "tui/decide.Controller.send"},
	{"store/ledger.Ledger.decide", "store/ledger.Ledger.DecideAll"},
	{"store/ledger.Ledger.appendEvent", "store/ledger.Ledger.decide"},
	{"store/review.Projection.With", "store/ledger.Ledger.appendEvent"},
	{"store/ledger.putEvent", "store/ledger.Ledger.appendEvent"},
	{"store/journal.Append", "store/ledger.putEvent"},
	{"store/ledger.Ledger.followState", "store/ledger.Ledger.appendEvent"},
	{"store/ledger.Ledger.createRecord", "store/ledger.Ledger.followState"},
}

// walk checks that each step exists and is called by the function it names, and
// returns the calls that enter a package already left from another one.
func walk(t *testing.T, all map[string]*Package, steps callPath) (returns []string) {
	t.Helper()
	var visited []string // packages, in the order they were entered
	for _, step := range steps {
		body := bodyOf(all, step.function)
		if body == nil {
			t.Errorf("%s does not exist", step.function)
		}
		pkg := packageOf(step.function)
		if step.calledBy != "" {
			name := step.function[strings.LastIndex(step.function, ".")+1:]
			if by := bodyOf(all, step.calledBy); by == nil || !mentions(by, name) {
				t.Errorf("%s does not call %s", step.calledBy, step.function)
			}
			left := slices.Contains(visited, pkg) && visited[len(visited)-1] != pkg
			if left && packageOf(step.calledBy) != pkg {
				returns = append(returns, step.calledBy+" → "+step.function)
			}
		}
		if len(visited) == 0 || visited[len(visited)-1] != pkg {
			visited = append(visited, pkg)
		}
	}
	return returns
}

func packageOf(function string) string {
	dir, name := path.Split(function)
	pkg, _, _ := strings.Cut(name, ".")
	return dir + pkg
}

func bodyOf(all map[string]*Package, function string) ast.Node {
	pkg := packageOf(function)
	p := all[pkg]
	if p == nil {
		return nil
	}
	for _, file := range p.files {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && pkg+"."+declares(f)[0] == function {
				return f
			}
		}
	}
	return nil
}

// mentions reports whether a function uses a name besides its own.
func mentions(function ast.Node, name string) (found bool) {
	ast.Inspect(function.(*ast.FuncDecl).Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}

func TestCaptureAndKeyPassEachPackageOnce(t *testing.T) {
	all := load(t)
	for name, steps := range map[string]callPath{"a capture": capturePath, "a key": keyPath} {
		returns := walk(t, all, steps)
		if len(returns) > 1 {
			t.Errorf("%s comes back to packages it left: %s", name, strings.Join(returns, "; "))
		}
		var b strings.Builder
		for _, step := range steps {
			b.WriteString("\n  " + step.function)
		}
		t.Logf("%s passes %d functions, with %d returns:%s", name, len(steps), len(returns), b.String())
	}
}

func TestReturnToALeftPackageIsFound(t *testing.T) {
	made := callPath{
		{"store/archive.writeVersion", ""}, {"store/blob.Put", "store/archive.writeVersion"},
		{"store/archive.writeChange", "store/archive.writeVersion"},
		{"store/rows.PutEncoded", "store/archive.writeChange"},
	}
	if returns := walk(t, load(t), made); len(returns) > 0 {
		t.Errorf("calls inside a package are taken for returns: %v", returns)
	}
	made[2].calledBy = "store/blob.Put"
	var quiet testing.T
	if returns := walk(&quiet, load(t), made); len(returns) != 1 {
		t.Errorf("a call back from blob to archive is not found: %v", returns)
	}
}
