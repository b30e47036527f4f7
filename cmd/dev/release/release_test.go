package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/devtool"
)

// TestTargetsAreTheEight: what .goreleaser.yaml builds for.
func TestTargetsAreTheEight(t *testing.T) {
	t.Parallel()
	all, err := devtool.Targets("../../..")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, target := range all {
		names = append(names, target.String())
	}
	const want = "linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 freebsd/amd64 freebsd/arm64"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("targets %s, want %s", got, want)
	}
}

// TestReleaseIsSaidOnce: what goreleaser is to call and to pack exists.
func TestReleaseIsSaidOnce(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"CGO_ENABLED=0", "-trimpath", "mod_timestamp", "main.buildVersion=", "main.buildCommit=", "main.buildDate=",
		"formats: [deb, rpm, apk]", "homebrew_casks:", "scoops:", "aurs:", "sboms:", "algorithm: sha256",
		"./cmd/dev/release pages", "./cmd/dev/release, sbom",
	} {
		if !strings.Contains(string(raw), part) {
			t.Errorf(".goreleaser.yaml has no %s", part)
		}
	}
}

// TestCompareFindsAByte: two builds are the same, or the file that differs is named.
func TestCompareFindsAByte(t *testing.T) {
	t.Parallel()
	one, other := t.TempDir(), t.TempDir()
	for _, dist := range []string{one, other} {
		for _, name := range []string{"a.tar.gz", "b.deb", "SHA256SUMS", "build/fineprint"} {
			path := filepath.Join(dist, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := compare(t.Context(), []string{one, other}, io.Discard); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(other, "b.deb"), []byte("b.dec"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := compare(t.Context(), []string{one, other}, io.Discard); err == nil || !strings.Contains(err.Error(), "b.deb") {
		t.Errorf("a deb that differs: %v", err)
	}
	if err := compare(t.Context(), []string{t.TempDir(), t.TempDir()}, io.Discard); err == nil {
		t.Error("two empty folders are called the same build")
	}
}

// TestPagesAreCompressedAlike: no name and no time is in what is compressed.
func TestPagesAreCompressedAlike(t *testing.T) {
	t.Parallel()
	from := t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "a.1"), []byte(strings.Repeat("page\n", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	var made [2][]byte
	for i := range made {
		to := t.TempDir()
		if err := compressAll(from, to); err != nil {
			t.Fatal(err)
		}
		made[i], _ = os.ReadFile(filepath.Join(to, "a.1.gz"))
	}
	if len(made[0]) == 0 || !bytes.Equal(made[0], made[1]) || bytes.Contains(made[0], []byte("a.1")) {
		t.Errorf("compressed to %d and %d bytes", len(made[0]), len(made[1]))
	}
}
