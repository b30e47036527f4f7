// Command release makes what a release needs beside the binaries, and tries what came out
// of it. .goreleaser.yaml calls the first two:
//
//	release pages -o DIR -version V -date D    # manual pages, completions, LICENSES.txt
//	release sbom -o FILE BINARY                # a bill of materials, CycloneDX
//	release compare DIR DIR                    # two builds of one commit, by SHA-256
//	release try DIST                           # the deb in a clean root, the README walked with it
//
// `task release` runs all of them on a snapshot; nothing is published.
//
// What it writes is the same for the same commit: no time but the commit's goes into it,
// and files are in one order.
package main

import (
	"context"
	"fmt"
	"io"

	"fineprint/cmd/dev/devtool"
)

func main() { devtool.Main("release", command) }

func command(ctx context.Context, args []string, out io.Writer) error {
	commands := map[string]func(context.Context, []string, io.Writer) error{
		"pages": pages, "sbom": sbom, "compare": compare, "try": try,
	}
	if len(args) == 0 || commands[args[0]] == nil {
		return fmt.Errorf("usage: release pages|sbom|compare|try …")
	}
	return commands[args[0]](ctx, args[1:], out)
}
