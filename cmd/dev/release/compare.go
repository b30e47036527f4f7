package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// released are the files of a dist folder that are published.
var released = []string{"*.tar.gz", "*.zip", "*.deb", "*.rpm", "*.apk", "*.cdx.json", "SHA256SUMS", "*/fineprint", "*/fineprint.exe"}

// compare holds the files of two builds of one commit against each other.
func compare(_ context.Context, args []string, out io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: release compare DIST DIST")
	}
	one, err := sums(args[0])
	if err != nil {
		return err
	}
	other, err := sums(args[1])
	if err != nil {
		return err
	}
	var differ []string
	for name, sum := range one {
		if other[name] != sum {
			differ = append(differ, name)
		}
	}
	for name := range other {
		if one[name] == "" {
			differ = append(differ, name)
		}
	}
	_, _ = fmt.Fprintf(out, "%d files of each build, %d differ\n", len(one), len(differ))
	if len(one) == 0 || len(differ) > 0 {
		return fmt.Errorf("the two builds are not the same: %s", strings.Join(differ, ", "))
	}
	return nil
}

// sums returns the SHA-256 of each file of a dist folder that is published.
func sums(dist string) (map[string]string, error) {
	all := map[string]string{}
	for _, pattern := range released {
		names, err := filepath.Glob(filepath.Join(dist, pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			sum := sha256.Sum256(raw)
			rel, err := filepath.Rel(dist, name)
			if err != nil {
				return nil, err
			}
			all[rel] = hex.EncodeToString(sum[:])
		}
	}
	return all, nil
}
