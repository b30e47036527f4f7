// Package damage says in words which stored values can't be read, and what that costs.
//
// It is not for finding them: reading does (store/kv), and package check. It knows of every
// bucket what its values are; what is told of one is a [model.Damage].
//
// Reading that goes on without damaged values is asked for by its context ([Gather]):
// without that the first one is an error. So an answer is either whole, or its reader asked
// to be told what is missing of it; and what writes, which never goes on without one, is
// refused for the object that the value belongs to.
package damage

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// List is what reading went on without.
type List struct{ losses *kv.Losses }

// Gather returns a context whose reads go on without what can't be read, and the list of
// that.
func Gather(ctx context.Context) (context.Context, *List) {
	ctx, losses := kv.Gather(ctx)
	return ctx, &List{losses}
}

// New returns an empty list, for reads to be within.
func New() *List { return &List{kv.NewLosses()} }

// Within returns a context whose reads go on without what can't be read, and note it here.
func (l *List) Within(ctx context.Context) context.Context { return l.losses.Within(ctx) }

// Count is how many values could not be read so far.
func (l *List) Count() int {
	if l == nil {
		return 0
	}
	return l.losses.Count()
}

// Forget empties the list: all is read again.
func (l *List) Forget() { l.losses.Forget() }

// Lost reports whether who reads within the list's context goes on without what can't be read
// for an error, and returns and notes that.
func (l *List) Lost(err error) (model.Damage, bool) {
	if l == nil || !errors.Is(err, model.ErrDamaged) || errors.As(err, new(*model.HeadError)) {
		return model.Damage{}, false
	}
	e := kv.AsValue(err, nil, nil)
	l.losses.Add(e)
	return Of(e), true
}

// Strict returns a context whose reads go on without nothing, for what writes.
func Strict(ctx context.Context) context.Context { return kv.Strict(ctx) }

// GatheredIn returns what a context's reads go on without; nil when they don't.
func GatheredIn(ctx context.Context) *List {
	if losses := kv.GatheredIn(ctx); losses != nil {
		return &List{losses}
	}
	return nil
}

// Found lists what could not be read so far: what can be made again comes last.
func (l *List) Found() []model.Damage {
	if l == nil {
		return nil
	}
	var list []model.Damage
	for _, e := range l.losses.List() {
		list = append(list, Of(e))
	}
	slices.SortStableFunc(list, func(a, b model.Damage) int {
		switch {
		case a.Derived == b.Derived:
			return strings.Compare(a.Bucket+a.Key, b.Bucket+b.Key)
		case a.Derived:
			return 1
		}
		return -1
	})
	return list
}

// In returns the damaged value that an error is of; found is false when it is of none.
func In(err error) (d model.Damage, found bool) {
	var e *kv.ValueError
	if !errors.As(err, &e) {
		return d, false
	}
	return Of(e), true
}

// Of describes a value that can't be read.
func Of(e *kv.ValueError) model.Damage {
	d := model.Damage{Bucket: e.Bucket, Key: hex.EncodeToString(e.Key)}
	k, ok := kinds[e.Bucket]
	switch {
	case e.Bucket == "":
		d.What, d.Means = e.Why, noWords
		return d
	case !ok:
		d.What, d.Means = "a value in "+e.Bucket, "what it says is missing"
		return d
	}
	d.Means, d.Derived = k.means, k.derived
	name := ""
	switch {
	case k.id != 0 && len(e.Key) >= k.at+8:
		n := binary.BigEndian.Uint64(e.Key[k.at:])
		d.ID = model.NewID(prefixOf(e), k.id, n)
		name = string(d.ID)
	case k.text:
		name = string(e.Key)
	case len(e.Key) >= 8:
		name = fmt.Sprint(binary.BigEndian.Uint64(e.Key))
	}
	d.What = strings.ReplaceAll(k.what, "ID", name)
	if strings.Contains(d.What, "PART") {
		part := "?"
		if len(e.Key) >= 12 {
			part = fmt.Sprint(binary.BigEndian.Uint32(e.Key[8:]))
		}
		d.What = strings.ReplaceAll(d.What, "PART", part)
	}
	return d
}

func prefixOf(e *kv.ValueError) string {
	if e.Prefix == "" {
		return model.DefaultPrefix
	}
	return e.Prefix
}

// Buckets lists the buckets whose values are known here.
func Buckets() []string {
	list := make([]string, 0, len(kinds))
	for name := range kinds {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
