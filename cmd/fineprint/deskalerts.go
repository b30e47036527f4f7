package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/cmd/internal/app"
	"fineprint/store/damage"
	"fineprint/tui"
	"fineprint/tui/humanize"
)

// sending is `alerts test` and `alerts run` for the desk.
func (d *desk) sending() tui.Sending {
	return tui.Sending{
		Test: func(ctx context.Context, target string) (string, error) {
			started := time.Now()
			item, err := d.use.TestTarget(ctx, d.use.Store, target)
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%s took the test %s in %s", target, item.ID,
				time.Since(started).Round(time.Millisecond)), nil
		},
		Run: func(ctx context.Context) (string, bool, error) {
			ctx, lost := damage.Gather(ctx)
			var done app.Alerted
			var err error
			if done.AlertRun, err = d.use.RunAlertRules(ctx, d.use.Store); err != nil {
				return "", false, err
			}
			if done.Delivered, err = d.use.DeliverAlerts(ctx, d.use.Store); err != nil {
				return "", false, err
			}
			words, bad := alertedInWords(done)
			if words == "" {
				words = "Nothing new to the rules, nothing to send"
				if done.Waiting > 0 {
					words = humanize.Count(done.Waiting, "notification") + " waiting for their time"
				}
			}
			if found := lost.Found(); len(found) > 0 {
				words, bad = fmt.Sprintf("%s; %s can't be read and left out: %s", words,
					humanize.Count(len(found), "value"), found[0].What), true
			}
			return words, bad, nil
		},
	}
}

// alertedInWords says in a line what came of alert rules, "" for nothing; bad when
// something could not be applied or sent.
func alertedInWords(done app.Alerted) (words string, bad bool) {
	if done.Err != nil {
		sentence, _ := explain(done.Err)
		return "alert rules were not applied: " + strings.TrimSuffix(sentence, "."), true
	}
	words = counted(number{done.Matched, "acted on by rules"},
		number{done.Delivered.Delivered, "notifications delivered"},
		number{done.Failed, "failed"}, number{done.GivenUp, "given up"})
	if len(done.Errors) > 0 {
		words += ": " + done.Errors[0]
	}
	return words, done.Failed+done.GivenUp > 0
}
