package ota

import (
	"regexp"
	"slices"
	"strings"
)

var (
	technicalSubject = regexp.MustCompile(`^(?:Apply technical or declaration upgrade on|Refilter)\b`)
	trailer          = regexp.MustCompile(`^(X-[A-Za-z-]+):\s*(.*)$`)
	snapshotRef      = regexp.MustCompile(`(?i)\bsnapshots?(?:\s+(?:id|ids|commit))?\b[^0-9a-f]*?(?:/commit/)` +
		`?\b([0-9a-f]{7,40}|undefined)\b`)
	commitLink = regexp.MustCompile(`/commit/([0-9a-f]{7,40})`)
)

// readMessage takes from a commit's message what it holds about the capture.
func readMessage(message string) Entry {
	subject, body, _ := strings.Cut(message, "\n")
	e := Entry{Subject: strings.TrimSpace(subject), Technical: technicalSubject.MatchString(subject)}
	add := func(list []string, v string) []string {
		if v == "" || slices.Contains(list, v) {
			return list
		}
		return append(list, v)
	}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if t := trailerOf(line); t != nil {
			switch strings.ToLower(t[1]) {
			case "x-engine-version":
				e.Engine = t[2]
				continue
			case "x-source-document-location":
				e.Locations = add(e.Locations, t[2])
				continue
			case "x-snapshot-id", "x-snapshot-ids":
				for _, id := range strings.FieldsFunc(t[2], func(r rune) bool { return r == ',' || r == ' ' }) {
					e.Snapshots = add(e.Snapshots, id)
				}
				continue
			}
		}
		if m := linkIn(line); m != nil {
			e.Snapshots = add(e.Snapshots, m[1])
		} else if m := snapshotRef.FindStringSubmatch(line); m != nil {
			e.Snapshots = add(e.Snapshots, m[1])
		}
	}
	return e
}

// trailerOf matches what can begin a trailer only. // work limit
func trailerOf(line string) []string {
	if !strings.HasPrefix(line, "X-") {
		return nil
	}
	return trailer.FindStringSubmatch(line)
}

// linkIn looks for a link to a commit where there is one. // work limit
func linkIn(line string) []string {
	if !strings.Contains(line, "/commit/") {
		return nil
	}
	return commitLink.FindStringSubmatch(line)
}
