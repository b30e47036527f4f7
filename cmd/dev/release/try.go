package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

//go:embed try.sh
var script string

// try installs the deb of this machine's processor into a new root, with dpkg's own
// database, and walks the README's first five minutes with what is installed there.
func try(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: release try DIST")
	}
	debs, err := filepath.Glob(filepath.Join(args[0], "*linux_"+runtime.GOARCH+".deb"))
	if err != nil || len(debs) != 1 {
		return fmt.Errorf("%s has no deb for linux/%s: %v %v", args[0], runtime.GOARCH, debs, err)
	}
	deb, err := filepath.Abs(debs[0])
	if err != nil {
		return err
	}
	root, err := os.MkdirTemp("", "cleanroot")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(root) }()
	c := exec.CommandContext(ctx, "bash", "-c", script, "try", deb, root)
	c.Stdout, c.Stderr = out, out
	return c.Run()
}
