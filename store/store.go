package store

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"fineprint/store/archive"
	"fineprint/store/check"
	"fineprint/store/drafted"
	"fineprint/store/insight/alert"
	"fineprint/store/insight/calendar"
	"fineprint/store/insight/lookup"
	"fineprint/store/insight/outbox"
	"fineprint/store/insight/positions"
	"fineprint/store/insight/ranking"
	"fineprint/store/insight/types"
	"fineprint/store/insight/upkeep"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/ledger"
	"fineprint/store/model"
	"fineprint/store/notes"
	"fineprint/store/rescue"
	"fineprint/store/textsearch"
	"fineprint/store/track"
	"fineprint/store/views"
)

// Options set how a store is used; the zero value works.
type Options = kv.Options

// DetectAgainOptions select what is detected again.
type DetectAgainOptions = archive.DetectAgainOptions

// UpkeepOptions are how what is derived is brought up to date.
type UpkeepOptions = upkeep.Options

// Learning is how the order of lists is learned.
type Learning = views.Learning

// TrackResult is what Track did with one request.
type TrackResult = track.Result

// JournalLine is a journal entry as it is shown.
type JournalLine = views.JournalLine

// CheckReport is what Check found; it has no problems for a sound database.
type CheckReport = check.Report

// Store is a database at a path. It holds no open file and is safe for use by
// several goroutines and processes at once.
type Store struct {
	db *kv.DB
	*archive.Recorder
	*ledger.Ledger
	*notes.Notebook
	*track.Tracker
	*drafted.Shelf
	searcher
	*ranking.Ranker
	*types.Typist
	*upkeep.Keeper
	*alert.Book
	*outbox.Outbox
	*lookup.Finder
	*Holder
	*views.Reader
}

// Holder holds a playbook against what is stored.
type Holder = positions.Book

func newFacade(db *kv.DB) *Store {
	recorder, typist, reader := archive.New(db), types.New(db), views.New(db)
	searching := searcher{db, textsearch.New(db), typist}
	type changes struct {
		searcher
		*views.Reader
	}
	return &Store{db: db, Recorder: recorder, Ledger: ledger.New(db), Notebook: notes.New(db), Tracker: track.New(db, recorder),
		searcher: searching, Ranker: ranking.New(db), Typist: typist,
		Keeper: upkeep.New(db, calendar.Stage{}, lookup.Stage{}), Finder: lookup.New(db, typist),
		Outbox: outbox.New(db), Book: alert.New(db, changes{searching, reader}), Holder: positions.New(db, typist),
		Reader: reader, Shelf: drafted.New(db)}
}

// Open opens the database at path. It returns ErrNoStore when there is none,
// ErrDamaged when the file is none of ours, empty or truncated, ErrBusy when
// another process holds it too long.
func Open(path string, o Options) (*Store, error) {
	db, err := kv.Open(path, o)
	if err != nil {
		return nil, err
	}
	return newFacade(db), nil
}

// OpenOrCreate opens the database at path, or makes it when there is none.
func OpenOrCreate(path string, o Options) (*Store, error) {
	s, err := Open(path, o)
	if !errors.Is(err, model.ErrNoStore) {
		return s, err
	}
	if s, err = Create(path, o); errors.Is(err, fs.ErrExist) { // another process made it meanwhile
		return Open(path, o)
	}
	return s, err
}

// Create makes an empty database at path, where there must be none.
func Create(path string, o Options) (*Store, error) {
	db, err := kv.Create(path, o, journal.Begin)
	if err != nil {
		return nil, err
	}
	return newFacade(db), nil
}

// Change reads everything that reviewing one change needs, with what was learned of it.
func (s *Store) Change(ctx context.Context, id model.ID) (model.ChangeDetail, error) {
	d, err := s.Ledger.Change(ctx, id)
	if err != nil {
		return d, err
	}
	return d, s.Suggest(ctx, &d)
}

// ReadSays reads what the words of listed changes say, and keeps what it had to read from
// their texts, where it can.
func (s *Store) ReadSays(ctx context.Context, list []model.QueueItem) error {
	found := ranking.Found{}
	if err := s.Reader.ReadSays(ctx, list, found); err != nil {
		return err
	}
	_ = s.KeepParts(ctx, found) // else it is read again
	return nil
}

// Path returns the database's file name.
func (s *Store) Path() string { return s.db.Path() }

// ID returns the identity that the database was made with.
func (s *Store) ID(ctx context.Context) (id string, err error) {
	err = s.db.View(ctx, func(tx *kv.Tx) error {
		id = tx.StoreID()
		return nil
	})
	return id, err
}

// ChangeCounter returns a number that differs after everything that is written
// to the database, by whatever process; see [kv.DB.ChangeCounter].
func (s *Store) ChangeCounter(ctx context.Context) (uint64, error) { return s.db.ChangeCounter(ctx) }

// Compact rewrites the database without unused space and returns its sizes
// before and after; see [kv.DB.Compact].
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	return s.db.Compact(ctx)
}

// CompactIfWasteful compacts the database when more than a fifth of it is unused.
func (s *Store) CompactIfWasteful(ctx context.Context) error { return s.db.CompactIfWasteful(ctx) }

// Backup makes a backup of the database; see [rescue.Make].
func (s *Store) Backup(ctx context.Context, o rescue.Options) (rescue.Backup, error) {
	return rescue.Make(ctx, s.db, o)
}

// BackupBefore makes an automatic backup before something that changes much.
func (s *Store) BackupBefore(ctx context.Context, k *rescue.Keeper, kind rescue.Kind) {
	k.Before(ctx, s.db, kind)
}

// AcceptHead makes a database that doesn't go on from the head beside it the one that
// counts; see [journal.AcceptHead].
func (s *Store) AcceptHead(ctx context.Context, beside model.JournalHead) error {
	if err := s.db.ForgetSums(ctx); err != nil {
		return err
	}
	return journal.AcceptHead(ctx, s.db, beside)
}

// CompareHead returns a [model.HeadError] when the journal doesn't go on from a head; see
// [kv.Tx.CompareHead].
func (s *Store) CompareHead(ctx context.Context, h model.JournalHead) error {
	return s.db.View(ctx, func(tx *kv.Tx) error { return tx.CompareHead(h) })
}

// Head returns how far the journal has come.
func (s *Store) Head(ctx context.Context) (h model.JournalHead, err error) {
	err = s.db.View(ctx, func(tx *kv.Tx) error {
		h = tx.Head()
		return nil
	})
	return h, err
}

// ReadCopy returns the store as it is now, for reading at leisure while others write, and
// what removes it; see [kv.DB.Snapshot].
func (s *Store) ReadCopy(ctx context.Context) (snapshot *Store, remove func(), err error) {
	db, remove, err := s.db.Snapshot(ctx)
	if err != nil {
		return nil, nil, err
	}
	if db == s.db { // without room
		return s, remove, nil
	}
	return newFacade(db), remove, nil
}

// Integrity returns what comparing the file's pages with what was written found; see
// [kv.DB.Integrity].
func (s *Store) Integrity() model.Integrity { return s.db.Integrity() }

// Check compares the file's pages with what was written, repeats every hash and follows every
// reference, in a snapshot; see [check.Database].
func (s *Store) Check(ctx context.Context, progress func(done, total int)) (CheckReport, error) {
	db, remove, err := s.db.Snapshot(ctx)
	if err != nil {
		return CheckReport{}, err
	}
	defer remove()
	report, err := check.Database(ctx, db, progress)
	found := s.db.Integrity()
	if report.Head != nil {
		found.Problems = found.Problems[found.Unlike:] // another file's pages: what it is not, the head says
	}
	problems := append([]string{}, found.Problems...)
	for _, p := range report.Problems {
		if !slices.Contains(problems, p) {
			problems = append(problems, p)
		}
	}
	if report.Problems = problems; err == nil && len(problems) == 0 {
		var notes []string
		notes, err = s.db.PageNotes(ctx)
		report.Notes = append(report.Notes, notes...)
	}
	return report, err
}
