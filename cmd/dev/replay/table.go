package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"fineprint/fetch/importer"
	"fineprint/fetch/ota"
	"fineprint/store"
	"fineprint/store/model"
)

// change is a change that a queue has.
type change struct {
	id       model.ID
	at       time.Time
	material bool
	reason   model.Reason
	detail   string
}

func (c change) String() string {
	s := c.at.Format(time.DateTime) + " " + string(c.id)
	reason := string(c.reason)
	if c.material {
		reason = "material"
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", s, reason, c.detail))
}

// archive is what the archive made of a document.
type archive struct {
	versions int
	changes  []change
	last     time.Time // capture time of its newest version
}

// sameCapture is how far the times of one capture may lie apart in the two
// histories of an archive.
const sameCapture = 10 * time.Minute

// table is what is printed.
type table struct {
	documents []*document
	took      time.Duration
	verbose   bool
	compared  bool // with the archive's versions
}

// changesOf lists a queue by document.
func changesOf(ctx context.Context, s *store.Store) (map[string][]change, error) {
	q, err := s.Queue(ctx, model.QueueFilter{AllState: true})
	if err != nil {
		return nil, err
	}
	found := map[string][]change{}
	for _, c := range q.Changes {
		name := c.PlatformName + "/" + c.Type
		found[name] = append(found[name], change{c.ID, c.To.CapturedAt, c.Material, c.Reason, c.Detail})
	}
	for _, list := range found {
		slices.SortFunc(list, func(a, b change) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	}
	return found, nil
}

func (t *table) ours(ctx context.Context, s *store.Store) error {
	found, err := changesOf(ctx, s)
	for _, d := range t.documents {
		d.changes = found[d.name()]
	}
	return err
}

// theirs takes the archive's versions into a database of their own, where the
// same detection judges them.
func (t *table) theirs(ctx context.Context, o options, path string) error {
	repo, err := ota.Open(ctx, o.versions)
	if err != nil {
		return err
	}
	defer func() { _ = repo.Close() }()
	s, err := store.Create(path, store.Options{Actor: "replay", NoSync: true})
	if err != nil {
		return err
	}
	if _, err := importer.ImportOTA(ctx, s, repo, importer.ImportOptions{Match: o.match}); err != nil {
		return err
	}
	found, err := changesOf(ctx, s)
	if err != nil {
		return err
	}
	for _, d := range t.documents {
		theirs, err := s.DocumentNamed(ctx, d.platform, d.kind)
		if err != nil && !errors.Is(err, model.ErrNotFound) {
			return err
		}
		d.archive = archive{versions: theirs.Versions, changes: found[d.name()]}
		if d.archive.last, err = s.LastCapture(ctx, d.platform, d.kind); err != nil {
			return err
		}
	}
	t.compared = true
	return nil
}

// columns are the table's figures of a document, summed in its last line.
func (d *document) columns() []int {
	material := func(list []change) (n int) {
		for _, c := range list {
			if c.material {
				n++
			}
		}
		return n
	}
	m, a := material(d.changes), material(d.archive.changes)
	only, missed := apart(d.changes, d.archive.changes)
	return []int{d.captures, len(d.bodies), d.outcomes[model.FetchFirst] + d.outcomes[model.FetchUnchanged] +
		d.outcomes[model.FetchNotModified], d.outcomes[model.FetchChanged],
		d.outcomes[model.FetchQuarantined], d.outcomes[model.FetchFailed], m, len(d.changes) - m,
		d.archive.versions, a, len(d.archive.changes) - a, len(only), len(missed)}
}

var heads = []string{"captures", "bodies", "same text", "changed", "set apart", "failed", "material", "folded",
	"versions", "material", "folded", "only ours", "only theirs"}

func (t *table) print(out io.Writer) {
	shown := len(heads)
	if !t.compared {
		shown = 8
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\t%s\t\n", strings.Join(heads[:shown], "\t"))
	sums := make([]int, len(heads))
	line := func(name string, figures []int) {
		fmt.Fprintf(w, "%s\t", name)
		for _, n := range figures[:shown] {
			fmt.Fprintf(w, "%d\t", n)
		}
		fmt.Fprintln(w)
	}
	for _, d := range t.documents {
		figures := d.columns()
		for i, n := range figures {
			sums[i] += n
		}
		line(d.name(), figures)
	}
	line("all", sums)
	_ = w.Flush()
	fmt.Fprintf(out, "\n%d captures in %s, %.1f ms each. Changed to folded: the fetch's changes; versions to folded: "+
		"the archive's.\n",
		sums[0], t.took.Round(time.Second), float64(t.took.Milliseconds())/float64(max(sums[0], 1)))
	for _, d := range t.documents {
		t.notes(out, d)
	}
}

// notes are what a document's figures don't show.
func (t *table) notes(out io.Writer, d *document) {
	reading := "without selectors"
	if d.declared {
		reading = "as declared"
		if d.retracked > 0 {
			reading += fmt.Sprintf(", otherwise from %d times on", d.retracked)
		}
	}
	fmt.Fprintf(out, "\n%s: %s to %s, %s", d.name(), d.from.Format(time.DateOnly), d.to.Format(time.DateOnly), reading)
	if !d.archive.last.IsZero() {
		fmt.Fprintf(out, "; the archive's last version is of %s", d.archive.last.Format(time.DateOnly))
	}
	fmt.Fprintln(out)
	for _, why := range slices.Sorted(maps.Keys(d.reasons)) {
		fmt.Fprintf(out, "  %d × %s\n", d.reasons[why], why)
	}
	if !t.verbose {
		return
	}
	only, missed := apart(d.changes, d.archive.changes)
	for _, list := range []struct {
		title   string
		changes []change
	}{{"only ours", only}, {"only theirs", missed}} {
		if !t.compared {
			list.title, list.changes = "ours", d.changes
		}
		for _, c := range list.changes {
			fmt.Fprintf(out, "  %s: %s\n", list.title, c)
		}
		if !t.compared {
			return
		}
	}
}

// apart lists the changes of each side that the other has none for, of the same
// capture.
func apart(ours, theirs []change) (only, missed []change) {
	without := func(a, b []change) (rest []change) {
		for _, c := range a {
			if !slices.ContainsFunc(b, func(other change) bool { return c.at.Sub(other.at).Abs() <= sameCapture }) {
				rest = append(rest, c)
			}
		}
		return rest
	}
	return without(ours, theirs), without(theirs, ours)
}
