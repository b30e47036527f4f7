package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"fineprint/fetch/intake"
	"fineprint/fetch/ota"
	"fineprint/store"
	"fineprint/store/terms"
)

// longHistory writes n commits that take turns on three documents, with a
// technical one and a failed capture now and then, without a checkout.
func longHistory(t *testing.T, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "versions.git")
	repo, err := git.PlainInit(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	put := func(o interface {
		Encode(plumbing.EncodedObject) error
	}) plumbing.Hash {
		e := repo.Storer.NewEncodedObject()
		if err := o.Encode(e); err != nil {
			t.Fatal(err)
		}
		h, err := repo.Storer.SetEncodedObject(e)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	files := map[string]plumbing.Hash{}
	var parents []plumbing.Hash
	for i := range n {
		name := []string{"Cookies.md", "Privacy Policy.md", "Terms of Service.md"}[i%3]
		body := fmt.Sprintf("# Terms\n\nKeep data for %d days.\n\nStays as it is, always.\n", i)
		subject := "Record new changes of Acme " + name
		switch {
		case i%41 == 40:
			body = ""
		case i%17 == 16:
			subject = "Apply technical or declaration upgrade on Acme " + name
		}
		e := repo.Storer.NewEncodedObject()
		e.SetType(plumbing.BlobObject)
		w, err := e.Writer()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
		_ = w.Close()
		if files[name], err = repo.Storer.SetEncodedObject(e); err != nil {
			t.Fatal(err)
		}
		tree := &object.Tree{}
		for _, f := range []string{"Cookies.md", "Privacy Policy.md", "Terms of Service.md"} {
			if h, ok := files[f]; ok {
				tree.Entries = append(tree.Entries, object.TreeEntry{Name: f, Mode: filemode.Regular, Hash: h})
			}
		}
		folder := put(&object.Tree{Entries: []object.TreeEntry{{Name: "Acme", Mode: filemode.Dir, Hash: put(tree)}}})
		who := object.Signature{Name: "bot", Email: "bot@example.invalid", When: time.Date(2021, 1, 1, i, 0, 0, 0, time.UTC)}
		parents = []plumbing.Hash{put(&object.Commit{Author: who, Committer: who, Message: subject + "\n", TreeHash: folder, ParentHashes: parents})}
	}
	if err := repo.Storer.SetReference(plumbing.NewHashReference(plumbing.NewBranchReferenceName("master"), parents[0])); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestInterruptedImportGoesOn: stopped wherever it may be and run again, an
// import ends in the same figures as one that ran through.
func TestInterruptedImportGoesOn(t *testing.T) {
	const commits = 560
	history := longHistory(t, commits)
	open := func(name string) *store.Store {
		s, err := store.OpenOrCreate(filepath.Join(t.TempDir(), name), store.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	take := func(s *store.Store, stopAt int) (intake.Summary, error) {
		repo, err := ota.Open(t.Context(), history)
		if err != nil {
			t.Fatal(err)
		}
		defer repo.Close()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		return intake.ImportOTA(ctx, s, repo, intake.ImportOptions{Progress: func(p intake.Progress) {
			if p.Done >= stopAt {
				cancel()
			}
		}})
	}
	stats := func(s *store.Store) terms.Stats {
		st, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		st.DBBytes = 0 // how the pages of the file fell
		return st
	}
	through := open("through.db")
	if sum, err := take(through, commits+1); err != nil || sum.New() != commits {
		t.Fatalf("%+v, %v", sum, err)
	}
	want := stats(through)
	if want.Versions != commits || want.Documents != 3 || want.Technical == 0 || want.FailedVersions == 0 {
		t.Fatalf("the history lacks something: %+v", want)
	}
	stopped := open("stopped.db")
	kept := 0
	for _, at := range []int{1, 300} {
		sum, err := take(stopped, at)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at %d: %+v, %v", at, sum, err)
		}
		kept += sum.New()
	}
	if kept == 0 || kept == commits {
		t.Fatalf("%d kept of what was interrupted: nothing was tested", kept)
	}
	if sum, err := take(stopped, commits+1); err != nil || sum.New() != commits-kept || sum.Known != kept {
		t.Errorf("going on: %+v, %v; %d kept before", sum, err, kept)
	}
	if got := stats(stopped); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if sum, err := take(stopped, commits+1); err != nil || sum.New() != 0 || sum.Known != commits {
		t.Errorf("again: %+v, %v", sum, err)
	}
	for _, s := range []*store.Store{through, stopped} {
		if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 {
			t.Errorf("%v, %v", report.Problems, err)
		}
	}
}
