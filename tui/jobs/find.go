package jobs

import (
	"context"
	"fmt"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// AskFind asks for a site, to look for the legal documents that it links.
func (b *Beginnings) AskFind() kit.Action {
	return askAddress("URL of the site's home or legal page", b.find)
}

// find looks a site through, and lists what it links.
func (b *Beginnings) find(address string) kit.Action {
	var found []model.FoundDocument
	return b.task.start(job{
		what: "looking through " + sanitize.Line(address),
		do: func(ctx context.Context, tell func(step)) (err error) {
			progress := func(done, total int) { tell(step{done: done, total: total}) }
			found, err = b.with.Find(ctx, address, progress)
			return err
		},
		then: func(err error) kit.Action {
			if !b.cameThrough(err) {
				return nil
			}
			if len(found) == 0 {
				b.SetStatus("No legal documents found on %s", sanitize.Line(address))
				return nil
			}
			return b.askTicks(address, found)
		},
	})
}

// askTicks asks which of the documents that were found to track.
func (b *Beginnings) askTicks(address string, found []model.FoundDocument) kit.Action {
	ticks := make([]kit.Tick, len(found))
	for i, d := range found {
		ticks[i] = kit.Tick{Name: d.Name + "  " + d.Title, About: d.URL}
		switch {
		case d.Tracked:
			ticks[i].Off = "tracked: " + string(d.Document)
		case d.Problem != "":
			ticks[i].Name += " (not fetched: " + d.Problem + ")"
		}
		if d.Language != "" {
			ticks[i].About += "  " + d.Language
		}
	}
	track := func(ticked []int) kit.Action {
		var chosen []model.FoundDocument
		for _, i := range ticked {
			chosen = append(chosen, found[i])
		}
		return b.trackFound(chosen)
	}
	about := fmt.Sprintf("%s linked on %s", humanize.Count(len(found), "legal document"), address)
	return kit.OpenDialog{Dialog: b.NewChecklist("Documents to track", ticks, track, about)}
}

// trackFound has documents tracked, one after the other, and fetches them.
func (b *Beginnings) trackFound(chosen []model.FoundDocument) kit.Action {
	tracked := 0
	return b.task.start(job{
		what: "tracking",
		do: func(ctx context.Context, tell func(step)) error {
			for _, d := range chosen {
				r := model.TrackRequest{
					Platform: d.Platform, Type: d.Name, Source: model.Source{URL: d.URL, PDF: model.NamesPDF(d.URL)},
				}
				if _, _, err := b.with.Track(ctx, r); err != nil {
					return err
				}
				tracked++
				tell(step{done: tracked, total: len(chosen)})
			}
			return nil
		},
		then: func(err error) kit.Action {
			switch {
			case stopped(err):
				b.SetStatus("Cancelled; %s tracked", humanize.Count(tracked, "document"))
			case b.ReportError(err):
				b.SetStatus("%s tracked", humanize.Count(tracked, "document"))
			}
			if tracked == 0 || err != nil || b.fetching.fetch == nil {
				return kit.Reload{}
			}
			return kit.All{kit.Reload{}, b.fetching.Start(chosen[0].Platform+"/*", false)}
		},
	})
}
