package damage

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fineprint/cmd/dev/faults/trial"
)

// salvage takes out what can be read, and holds it against what was not hit.
func (d *damager) salvage(ctx context.Context, t *trial.Trial, dir string, raw []byte, what string) {
	r := d.run(ctx, t, dir, what, "salvage", "t.db", "-o", "new.db")
	path := filepath.Join(dir, "new.db")
	hit := d.changed(raw)
	now, err := trial.Read(ctx, path)
	if err != nil {
		if intact := d.intact(hit); intact > 0 {
			t.Fail("nothing salvaged", "%s; %d values were not hit: status %d: %s", what, intact, r.Status, r.Err)
		}
		return
	}
	t.Count("salvaged")
	if c := d.run(ctx, t, dir, what, "--db", "new.db", "check"); c.Status != 0 {
		t.Fail("what was salvaged is not whole", "%s; status %d: %s%s", what, c.Status, c.Err, c.Out)
	}
	missing := map[string][]string{}
	for _, p := range d.places {
		if d.must[p.bucket] == nil || hit(p.data) || hit(p.entry) {
			continue
		}
		if value, there := now[p.bucket][p.key]; there && string(value) == string(d.must[p.bucket][p.key]) {
			continue
		}
		kind := "not salvaged"
		if hit(span{p.page * d.pageSize, p.page*d.pageSize + header}) {
			kind = "not salvaged from a page with a broken header"
		}
		missing[kind] = append(missing[kind], fmt.Sprintf("%s %x of page %d", p.bucket, p.key, p.page))
	}
	for kind, list := range missing {
		slices.Sort(list)
		t.Fail(kind, "%s; %d values: %s", what, len(list), strings.Join(list[:min(4, len(list))], ", "))
	}
}

// intact counts the lasting values that were not hit.
func (d *damager) intact(hit func(span) bool) (n int) {
	for _, p := range d.places {
		if d.must[p.bucket] != nil && !hit(p.data) && !hit(p.entry) {
			n++
		}
	}
	return n
}
