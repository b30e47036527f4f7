package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"fineprint/store/model"
)

// ValueError says which stored value can't be read, and why. It is [model.ErrDamaged], and
// [model.ErrUnreadable] where others can do without it.
type ValueError struct {
	Bucket string
	Key    []byte
	Prefix string // of the store's IDs; "" until the transaction is over
	Why    string
}

// Error says what is wrong with which kind of value; package damage names the object.
func (e *ValueError) Error() string { return model.ErrDamaged.Error() + ": " + e.Why }

// Unwrap returns [model.ErrDamaged].
func (e *ValueError) Unwrap() error { return model.ErrDamaged }

// Is reports whether the value is one that others can do without: all can but the journal, which
// everything that is written adds to, and the database's own settings.
func (e *ValueError) Is(target error) bool {
	return target == model.ErrUnreadable && e.Bucket != string(BucketJournal) && e.Bucket != string(BucketMeta)
}

// Unreadable is the error of a value that can't be read.
func Unreadable(bucket, key []byte, why string) error {
	return &ValueError{Bucket: string(bucket), Key: bytes.Clone(key), Why: why}
}

// Losses are the values that reads went on without.
type Losses struct {
	mu   sync.Mutex
	list []*ValueError
	seen map[string]bool
}

type lossesKey struct{}

// Gather returns a context whose reads go on without a value that can't be read, and where
// they are noted. A transaction that writes never goes on without one, but for those of
// [Tx.Apart].
func Gather(ctx context.Context) (context.Context, *Losses) {
	l := NewLosses()
	return l.Within(ctx), l
}

// Strict returns a context whose reads go on without nothing, as those of what is written next.
func Strict(ctx context.Context) context.Context {
	return context.WithValue(ctx, lossesKey{}, (*Losses)(nil))
}

// NewLosses returns an empty list.
func NewLosses() *Losses { return &Losses{seen: map[string]bool{}} }

// Within returns a context whose reads go on without what can't be read, and note it here.
func (l *Losses) Within(ctx context.Context) context.Context {
	return context.WithValue(ctx, lossesKey{}, l)
}

// Forget empties the list.
func (l *Losses) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list, l.seen = nil, map[string]bool{}
}

// Count is how many values were noted.
func (l *Losses) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.list)
}

// GatheredIn returns where a context's reads note what they go on without, nil when they
// don't.
func GatheredIn(ctx context.Context) *Losses {
	l, _ := ctx.Value(lossesKey{}).(*Losses)
	return l
}

// List returns what was noted, in that order, each value once.
func (l *Losses) List() []*ValueError {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]*ValueError(nil), l.list...)
}

// Take reports whether work goes on without what belongs to a value that can't be read for an
// error, and notes the value; a nil list takes none.
func (l *Losses) Take(err error) bool {
	if l == nil || !errors.Is(err, model.ErrUnreadable) {
		return false
	}
	l.Add(AsValue(err, nil, nil))
	return true
}

// Add notes a value that was gone without.
func (l *Losses) Add(e *ValueError) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if name := e.Bucket + "\x00" + string(e.Key); !l.seen[name] {
		l.seen[name] = true
		l.list = append(l.list, e)
	}
}

// Lost reports whether what is read may go on without the value of a key, that can't be read
// for the error, and notes the value that is to blame: the error's own, else this one. It
// may be called by several goroutines.
func (tx *Tx) Lost(err error, bucket, key []byte) bool {
	return tx.without(tx.losses, err, bucket, key)
}

// Apart is [Tx.Lost] for a value that nothing which is written depends on, such as one of
// several notifications that are sent: a transaction that writes goes on without it, too, where
// its context gathers.
func (tx *Tx) Apart(err error, bucket, key []byte) bool {
	return tx.without(tx.apart, err, bucket, key)
}

func (tx *Tx) without(losses *Losses, err error, bucket, key []byte) bool {
	if losses == nil || !errors.Is(err, model.ErrDamaged) {
		return false
	}
	found := *AsValue(err, bucket, key)
	found.Prefix = tx.db.prefix
	losses.Add(&found)
	return true
}

// Goes reports whether reading goes on without what can't be read.
func (tx *Tx) Goes() bool { return tx.losses != nil }

// AsValue returns the value that is to blame for an error: its own, else that of a key.
func AsValue(err error, bucket, key []byte) *ValueError {
	var own *ValueError
	if errors.As(err, &own) {
		return own
	}
	return &ValueError{Bucket: string(bucket), Key: bytes.Clone(key),
		Why: strings.TrimPrefix(err.Error(), model.ErrDamaged.Error()+": ")}
}

// named has the error of a value know how the store's IDs begin.
func (db *DB) named(err error) error {
	var e *ValueError
	if errors.As(err, &e) {
		e.Prefix = db.prefix
	}
	return err
}

// Absent is the error of a number that has no value in a bucket from which none is ever
// removed: damage where the bucket of its sequence gave the number, else notFound.
func Absent(tx *Tx, bucket, sequence []byte, n uint64, notFound error) error {
	if n == 0 || n > tx.Bucket(sequence).Sequence() {
		return notFound
	}
	return Unreadable(bucket, Key(n), fmt.Sprintf("number %d of %s, which was given, is missing", n, bucket))
}
