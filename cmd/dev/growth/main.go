// Command growth measures how an import's cost grows with what is there: it imports
// archives one after the other into one database, as the command line does, and prints
// for each part of them the CPU time a megabyte of text takes, and the memory and the
// size of the database after it. In the end it says what ten times the largest one would
// take.
//
//	go run ./cmd/dev/growth -db /tmp/all.db contrib.git pga.git demo.git
//
// A part is as many versions as -part says. Each archive is gone through once before, to
// know how much text its parts hold; that is not counted. It is for whoever changes the
// import, and for no test.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"fineprint/cmd/dev/devtool"
	"fineprint/cmd/internal/app"
	"fineprint/fetch/ota"
)

func main() { devtool.Main("growth", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("growth", flag.ContinueOnError)
	f.SetOutput(out)
	db := f.String("db", "", "the database to import into, which must not be there")
	part := f.Int("part", 4000, "of how many versions a part is")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *db == "" || f.NArg() == 0 {
		return errors.New("say -db FILE and one archive at least")
	}
	if _, err := os.Lstat(*db); err == nil {
		return fmt.Errorf("%s is there already", *db)
	}
	g := growth{db: *db, part: *part, out: tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)}
	fmt.Fprintln(g.out, "archive\tversions\tMB\tCPU s\tms/MB\tresident MB\tof it memory\tdatabase MB\t")
	for _, repo := range f.Args() {
		if err := g.archive(ctx, repo); err != nil {
			return err
		}
	}
	if err := g.out.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\nTen times the largest archive (%.0f MB of text): %.0f CPU s, a database of %.0f MB; "+
		"at most %d MB resident so far.\n", 10*g.largest.megabytes(), 10*g.largest.cpu.Seconds(),
		10*float64(g.largest.database)/1e6, memory("VmHWM")>>20)
	return err
}

// growth is one run.
type growth struct {
	db      string
	part    int
	out     *tabwriter.Writer
	largest stretch
}

// stretch is what a part of an archive, or all of it, held and took.
type stretch struct {
	versions int
	bytes    int
	cpu      time.Duration
	database int64 // bytes that the database has grown by
}

func (s stretch) megabytes() float64 { return float64(s.bytes) / 1e6 }

// archive imports one archive and prints its parts.
func (g *growth) archive(ctx context.Context, repo string) error {
	sizes, name, err := sizesOf(ctx, repo)
	if err != nil {
		return err
	}
	size := func() int64 {
		info, err := os.Stat(g.db)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	from, started, before := 0, devtool.ProcessCPU(), size() // of the part under way
	whole := stretch{cpu: started, database: before}
	line := func(to int) {
		s := stretch{cpu: devtool.ProcessCPU() - started, database: size() - before}
		for _, commit := range sizes[from:to] {
			s.versions, s.bytes = s.versions+commit.versions, s.bytes+commit.bytes
		}
		if whole.versions, whole.bytes = whole.versions+s.versions, whole.bytes+s.bytes; s.bytes > 0 {
			fmt.Fprintf(g.out, "%s\t%d\t%.0f\t%.1f\t%.1f\t%d\t%d\t%.1f\t\n", name, s.versions, s.megabytes(), s.cpu.Seconds(),
				s.cpu.Seconds()*1e3/s.megabytes(), memory("VmRSS")>>20, memory("RssAnon")>>20, float64(size())/1e6)
		}
		from, started, before = to, devtool.ProcessCPU(), size()
	}
	r := app.OTARequest{Repo: repo}
	r.Progress = func(done, total int) {
		versions := 0
		for _, commit := range sizes[from:min(done, len(sizes))] {
			versions += commit.versions
		}
		if versions >= g.part {
			line(min(done, len(sizes)))
		}
	}
	a := app.App{Path: g.db, Tool: "growth", Actor: "growth"}
	if _, err := a.ImportOTA(ctx, r); err != nil {
		return err
	}
	line(len(sizes))
	whole.cpu, whole.database = devtool.ProcessCPU()-whole.cpu, size()-whole.database
	if whole.bytes > g.largest.bytes {
		g.largest = whole
	}
	return nil
}

// sizesOf returns how many versions each commit of an archive holds, and of how many
// bytes.
func sizesOf(ctx context.Context, dir string) (sizes []stretch, name string, err error) {
	repo, err := ota.Open(ctx, dir)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = repo.Close() }()
	var s stretch
	err = repo.Each(ctx, func(string, string) bool { return false },
		func(int, int) { sizes, s = append(sizes, s), stretch{} },
		func(e ota.Entry) error {
			if !e.Deleted {
				s.versions, s.bytes = s.versions+1, s.bytes+len(e.Content)
			}
			return nil
		})
	return sizes, repo.Info().Name, err
}
