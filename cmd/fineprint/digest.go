package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/atomicfile"
	"fineprint/store/insight/digest"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

type digestOptions struct {
	since, until, format, filter, output string
	reviewed                             bool
}

func newDigestCommand(a *cli) *cobra.Command {
	o := &digestOptions{}
	cmd := &cobra.Command{
		Use:   "digest",
		Short: "Write what happened in the last days",
		Long: `Write what happened in the last days: what was approved, what material changes
wait for review, by platform, what can't be fetched, and what takes effect soon.
Equal database and options write equal bytes.`,
		Example: "fineprint digest --since 7d\nfineprint digest --since 30d --reviewed --format html -o digest.html",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runDigest(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "7d", "from a date (2024-01-01) or for the last period (7d) before --until")
	f.StringVar(&o.until, "until", "", "until this date, included (default: today)")
	f.StringVar(&o.format, "format", "md", "format: "+strings.Join(digest.Formats, ", "))
	f.BoolVar(&o.reviewed, "reviewed", false, "only what was approved")
	f.StringVar(&o.filter, "filter", "", "only what this filter finds, in the desk's language")
	f.StringVarP(&o.output, "output", "o", "-", "output file (-: standard output)")
	return cmd
}

func runDigest(ctx context.Context, a *cli, o *digestOptions) error {
	if a.json {
		o.format = "json"
	}
	if !slices.Contains(digest.Formats, o.format) {
		return fmt.Errorf("%w: --format is one of %s, not %q", model.ErrInvalid, strings.Join(digest.Formats, ", "),
			o.format)
	}
	last := a.clock().UTC()
	if o.until != "" {
		var err error
		if last, err = time.Parse(time.DateOnly, o.until); err != nil {
			return fmt.Errorf("%w: --until takes a date like 2026-11-01, not %q", model.ErrInvalid, o.until)
		}
	}
	r := app.DigestRequest{Until: last.Truncate(24 * time.Hour).Add(24 * time.Hour), Reviewed: o.reviewed,
		Filter: o.filter}
	var err error
	if r.Since, err = parseSince(o.since, r.Until); err != nil {
		return err
	}
	if !r.Since.Before(r.Until) {
		return fmt.Errorf("%w: --since is after --until", model.ErrInvalid)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	d, err := a.app().Digest(ctx, s, r)
	if err != nil {
		return err
	}
	if o.format != "json" {
		safe := sanitize.Value(*d)
		d = &safe
	}
	var b bytes.Buffer
	if err := d.Write(&b, o.format); err != nil {
		return err
	}
	if o.format == "json" {
		return a.putDigest(o, sanitize.JSON(a.damagedJSON(b.Bytes())))
	}
	return a.putDigest(o, b.Bytes())
}

// putDigest writes a digest to its file, in its place whole, or to standard output.
func (a *cli) putDigest(o *digestOptions, text []byte) error {
	if o.output == "-" {
		_, err := a.out.Write(text)
		return err
	}
	if err := atomicfile.WriteBytes(o.output, text, atomicfile.Options{}); err != nil {
		return fmt.Errorf("writing the digest: %w", err)
	}
	a.notef("Written to %s.\n", o.output)
	return nil
}
