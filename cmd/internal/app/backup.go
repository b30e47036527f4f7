package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/rescue"
)

// BackupFolder is where a database's backups are: beside it or, in a folder for several
// databases, in one that is called as the database is, with a part of its identity.
func BackupFolder(path, folder string) string {
	if folder == "" {
		return rescue.Folder(path)
	}
	name := filepath.Base(path)
	if b, err := os.ReadFile(path + ".id"); err == nil && len(b) >= 8 && !strings.ContainsAny(string(b[:8]), `/\.`) {
		name += "-" + string(b[:8])
	}
	return filepath.Join(folder, name)
}

// Backup makes a backup: in the file to or, without one, in the backup folder.
func (a *App) Backup(ctx context.Context, to string, overwrite bool) (rescue.Backup, error) {
	o := a.storeOptions()
	o.BeforeWrite, o.BeforeMigration = nil, nil
	s, err := store.Open(a.Path, o)
	if err != nil {
		return rescue.Backup{}, err
	}
	return s.Backup(ctx, rescue.Options{To: to, Overwrite: overwrite, Kind: rescue.Manual,
		Folder: BackupFolder(a.Path, a.BackupFolder)})
}

// BackupBefore makes an automatic backup before something that changes much, where the
// settings want it.
func (a *App) BackupBefore(ctx context.Context, s *store.Store, kind rescue.Kind) {
	if a.Keeper != nil {
		s.BackupBefore(ctx, a.Keeper, kind)
	}
}

// Backups lists the backups in the backup folder, the newest first.
func (a *App) Backups(ctx context.Context) ([]rescue.Backup, error) {
	list, err := rescue.List(BackupFolder(a.Path, a.BackupFolder))
	rescue.Describe(ctx, list)
	return list, err
}

// latest is how the newest backup that can be read is named.
const latest = "latest"

// ChooseBackup is the file that is meant: "latest", a name in the backup folder, or a path.
func (a *App) ChooseBackup(ctx context.Context, name string) (string, error) {
	folder := BackupFolder(a.Path, a.BackupFolder)
	if name != latest {
		if _, err := os.Stat(name); err != nil && filepath.Base(name) == name {
			return filepath.Join(folder, name), nil
		}
		return name, nil
	}
	list, err := a.Backups(ctx)
	if err != nil {
		return "", err
	}
	for _, b := range list {
		if !b.Damaged {
			return b.Path, nil
		}
	}
	return "", fmt.Errorf("%w: there is no backup in %s", model.ErrNotFound, folder)
}

// NewestBackup is when the newest backup was made; zero without one. It does not look
// into the files, so that a message may name it.
func (a *App) NewestBackup() time.Time {
	list, err := rescue.List(BackupFolder(a.Path, a.BackupFolder))
	if err != nil || len(list) == 0 {
		return time.Time{}
	}
	return list[0].At
}

// PlanRestore finds out what putting a backup in the place would lose.
func (a *App) PlanRestore(ctx context.Context, from string) (rescue.Plan, error) {
	return rescue.PlanRestore(ctx, a.Path, from)
}

// Restore puts a backup in the database's place.
func (a *App) Restore(ctx context.Context, from string, otherStore bool) (rescue.Restored, error) {
	return rescue.Restore(ctx, a.Path, from, rescue.RestoreOptions{OtherStore: otherStore, Clock: a.Clock,
		Actor: a.Actor, Tool: a.Tool})
}

// Compact rewrites the database without unused space and returns its sizes before and
// after.
func (a *App) Compact(ctx context.Context) (before, after int64, err error) {
	s, err := a.Open()
	if err != nil {
		return 0, 0, err
	}
	return s.Compact(ctx)
}
