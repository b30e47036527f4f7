package main

import (
	"cmp"
	"runtime/debug"
	"strings"
	"time"
)

// What a release sets by the linker (.goreleaser.yaml). A build by hand has the same from
// the build information of the go command, as far as that knows it.
var (
	buildVersion = ""
	buildCommit  = ""
	buildDate    = "" // of the commit, RFC 3339
)

// build is what is known of the program itself.
type build struct {
	version, commit string
	date            string // RFC 3339, "" where it isn't known
	edited          bool   // the commit with changes that were not committed
}

// thisBuild returns what is known of this program.
func thisBuild() build {
	b := build{version: buildVersion, commit: buildCommit, date: buildDate}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		b.version = cmp.Or(b.version, "(devel)")
		return b
	}
	b.version = cmp.Or(b.version, info.Main.Version, "(devel)")
	if b.commit != "" {
		return b
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.commit = s.Value
		case "vcs.time":
			b.date = s.Value
		case "vcs.modified":
			b.edited = s.Value == "true"
		}
	}
	return b
}

// version is the version alone, as it stands in the journal and in records.
func version() string { return thisBuild().version }

// versionLine is what --version says: the version, and the commit with its date.
func versionLine() string {
	b := thisBuild()
	var known []string
	if b.commit != "" {
		commit := "commit " + b.commit[:min(len(b.commit), 12)]
		if b.edited {
			commit += ", edited"
		}
		known = append(known, commit)
	}
	if at, err := time.Parse(time.RFC3339, b.date); err == nil {
		known = append(known, at.UTC().Format(time.RFC3339))
	}
	if len(known) == 0 {
		return b.version
	}
	return b.version + " (" + strings.Join(known, ", ") + ")"
}
