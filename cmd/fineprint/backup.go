package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store/model"
	"fineprint/store/rescue"
	"fineprint/tui/humanize"
)

func newBackupCommand(a *cli) *cobra.Command {
	overwrite := false
	cmd := &cobra.Command{
		Use:   "backup [PATH]",
		Short: "Back up the database",
		Long: `Make a copy of the database, in the backup folder or in the file PATH. It is
consistent while others write, and checked before it gets its name. A PATH that
exists is replaced only if it is an older backup of the same database.

Automatic backups are made before the first write of a day, before a migration
and before ` + "`detect --again`" + `; the settings under [backup] say how many are kept and
where.`,
		Example: "fineprint backup\nfineprint backup /media/stick/fineprint.db",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			to := ""
			if len(args) > 0 {
				to = args[0]
			}
			return runBackup(cmd.Context(), a, to, overwrite)
		},
	}
	cmd.Flags().BoolVar(&overwrite, "overwrite", false, "replace whatever PATH is")
	return cmd
}

func runBackup(ctx context.Context, a *cli, to string, overwrite bool) error {
	b, err := a.app().Backup(ctx, to, overwrite)
	if err != nil {
		return err
	}
	return a.print(b, func() {
		if b.Unchanged {
			a.printf("Nothing changed since the backup %s.\n", b.Path)
			return
		}
		a.printf("Backed up to %s: %s, %s, checked.\n", b.Path, humanize.Bytes(b.Bytes),
			journalEntries(int(b.Entries)))
	})
}

type restoreOptions struct {
	list, yes, otherStore bool
}

func newRestoreCommand(a *cli) *cobra.Command {
	o := &restoreOptions{}
	cmd := &cobra.Command{
		Use:   "restore latest|PATH",
		Short: "Put a backup in the database's place",
		Long: `Put a backup in the database's place: the newest one, one of the backup folder by
its name, or the file PATH. What would be lost is shown first; on a terminal it
asks, in a script it takes --yes. The present file is kept under another name.`,
		Example: "fineprint restore --list\nfineprint restore latest",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.list || len(args) == 0 {
				return runRestoreList(cmd.Context(), a)
			}
			return runRestore(cmd.Context(), a, args[0], o)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.list, "list", false, "list the backups")
	f.BoolVar(&o.yes, "yes", false, "don't ask")
	f.BoolVar(&o.otherStore, "other-store", false, "the backup may be of another database")
	return cmd
}

func runRestoreList(ctx context.Context, a *cli) error {
	list, err := a.app().Backups(ctx)
	if err != nil {
		return err
	}
	if list == nil {
		list = []rescue.Backup{}
	}
	return a.print(list, func() {
		if len(list) == 0 {
			a.printf("No backups yet; `fineprint backup` makes one.\n")
		}
		for _, b := range list {
			state := journalEntries(int(b.Entries))
			if b.Damaged {
				state = "can't be read"
			}
			a.printf("%s  %-9s  %8s  %s\n", filepath.Base(b.Path), string(b.Kind), humanize.Bytes(b.Bytes), state)
		}
	})
}

func runRestore(ctx context.Context, a *cli, name string, o *restoreOptions) error {
	use := a.app()
	from, err := use.ChooseBackup(ctx, name)
	if err != nil {
		return err
	}
	plan, err := use.PlanRestore(ctx, from)
	if err != nil {
		return err
	}
	if plan.OtherStore && !o.otherStore {
		return fmt.Errorf("%w: %s is of another database; --other-store puts it here all the same",
			model.ErrInvalid, from)
	}
	if !o.yes {
		a.notePlan(plan)
		if !isTerminal(a.in) {
			return fmt.Errorf("%w: restoring replaces the database; add --yes to do it from a script", model.ErrInvalid)
		}
		a.notef("Put this backup in the place of %s? Type yes: ", a.dbPath())
		answer, _ := bufio.NewReader(a.in).ReadString('\n')
		if strings.TrimSpace(answer) != "yes" {
			a.notef("Nothing was changed.\n")
			return errFindings
		}
	}
	done, err := use.Restore(ctx, from, o.otherStore)
	if err != nil {
		return err
	}
	return a.print(done, func() {
		a.printf("Restored from %s: %s.\n", from, journalEntries(int(done.Backup.Entries)))
		if done.Lost.Entries > 0 || done.Lost.Unknown {
			a.printf("Not in it: %s\n", lostSentence(done.Lost))
		}
		if done.Kept != "" {
			a.printf("The file of before is kept as %s.\n", done.Kept)
		}
	})
}

// notePlan says what would be lost.
func (a *cli) notePlan(p rescue.Plan) {
	a.notef("The backup %s ends on %s with journal entry %d.\n", p.Backup.Path, p.Backup.Last.Format(time.DateTime),
		int(p.Backup.Entries))
	if p.Lost.Entries == 0 && !p.Lost.Unknown {
		a.notef("Nothing would be lost.\n")
		return
	}
	a.notef("Would be lost: %s\n", lostSentence(p.Lost))
	for _, l := range p.Lost.Last {
		a.notef("  %s  %s %s by %s\n", l.At.Format(time.DateTime), l.Kind, cmp.Or(string(l.ID), "-"), l.Actor)
	}
}

// lostSentence counts what a backup has not.
func lostSentence(l rescue.Lost) string {
	if l.Unknown {
		return "not known, for the present file can't be read: " + l.Why + "."
	}
	s := fmt.Sprintf("%s, %s, %s and %s (%s)", humanize.Count(l.Decisions, "decision"),
		humanize.Count(l.Records, "record"), humanize.Count(l.Versions, "version"), humanize.Count(l.Notes, "note"),
		journalEntries(l.Entries))
	if l.Parted {
		s += fmt.Sprintf("; the backup is not this database's past: they parted after entry %d", l.After)
	}
	return s + "."
}

func newCompactCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Rewrite the database without unused space",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runCompact(cmd.Context(), a) },
	}
}

func runCompact(ctx context.Context, a *cli) error {
	before, after, err := a.app().Compact(ctx)
	if err != nil {
		return err
	}
	sizes := struct {
		Before int64 `json:"bytes_before"`
		After  int64 `json:"bytes_after"`
	}{before, after}
	return a.print(sizes, func() {
		a.printf("Compacted: %s before, %s now.\n", humanize.Bytes(before), humanize.Bytes(after))
	})
}

func journalEntries(n int) string {
	if n == 1 {
		return "1 journal entry"
	}
	return fmt.Sprintf("%d journal entries", n)
}
