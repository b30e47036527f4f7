package archive

import (
	"bytes"
	"cmp"
	"slices"

	"fineprint/store/detect/timeline"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// ordering is what judging captures in the order of time needs beside a redetection.
type ordering struct {
	pairs    map[pair]uint64 // all changes there ever were, by their versions
	found    []uint64        // the changes that were found, in the order of time
	order    []int           // the versions
	repeats  []int
	kinds    []rows.JudgedKind
	first    map[uint64]int // the version, or sighting below 0, that had a snapshot first
	bytes    []byte         // SHA-256 of the newest snapshot
	snapshot uint64
	method   model.Method // of the capture being taken in
	seen     int64        // when the last capture was, if it makes no version
}

// pair are the versions that a change is between.
type pair struct{ from, to int }

func newOrdering() *ordering { return &ordering{pairs: map[pair]uint64{}, first: map[uint64]int{}} }

// placedCapture is a version, or a capture that makes none so far.
type placedCapture struct {
	seq      int // 0 for none
	sighting int // 0 for a version
	row      rows.Version
}

// captures lists a document's in the order of time: a version keeps its place among the
// others, and what came in late lies before the first that is newer.
func (r *redetection) captures(tx *kv.Tx) ([]placedCapture, error) {
	var waiting []rows.Sighting
	var err error
	if !r.dry || r.planning != nil {
		if waiting, err = rows.Sightings(tx, r.n); err != nil {
			return nil, err
		}
	}
	list := make([]placedCapture, 0, r.doc.Versions+len(waiting))
	latest := int64(0)
	order := r.doc.Chronology()
	for place := 1; place <= order.Len(); place++ {
		c := placedCapture{seq: order.At(place)}
		if c.row, err = rows.GetVersion(tx, r.n, c.seq); err != nil {
			return nil, err
		}
		latest = max(latest, c.row.PlacedAt())
		for len(waiting) > 0 && waiting[0].Row.PlacedAt() < latest {
			list = append(list, placedCapture{sighting: waiting[0].N, row: waiting[0].Row})
			waiting = waiting[1:]
		}
		list = append(list, c)
	}
	for _, w := range waiting {
		list = append(list, placedCapture{sighting: w.N, row: w.Row})
	}
	for i := range list {
		if n := list[i].row.Snapshot; n != 0 {
			if at, ok := r.ordered.first[n]; !ok || list[i].seq > 0 && (at < 0 || list[i].seq < at) {
				r.ordered.first[n] = cmp.Or(list[i].seq, -list[i].sighting)
			}
		}
	}
	return list, nil
}

// replayInOrder takes all captures in as if they had come in the order of time.
func (r *redetection) replayInOrder(tx *kv.Tx) error {
	list, err := r.captures(tx)
	if err != nil {
		return err
	}
	places := map[int]int{}
	r.state = r.state.Ordered(func(seq int) int { return places[seq] })
	for i, p := range list {
		if i+1 < len(list) {
			anew, err := r.isReadAnew(tx, p, list[i+1])
			if err != nil {
				return err
			}
			if anew {
				r.ordered.repeats = append(r.ordered.repeats, p.seq)
				r.noteTaken(p, timeline.Verdict{})
				places[p.seq] = i + 1
				continue
			}
		}
		c, err := r.captureInOrder(tx, p)
		if err != nil {
			return err
		}
		seq := cmp.Or(p.seq, r.doc.Versions+1)
		places[seq] = i + 1
		verdict, err := r.take(tx, c, seq, p.row)
		if err != nil {
			return err
		}
		switch {
		case p.sighting != 0 && verdict.Seq != 0:
			err = r.becomeVersion(tx, p, verdict)
		case p.sighting == 0 && verdict.Seq == 0:
			r.ordered.repeats = append(r.ordered.repeats, seq)
		}
		if err != nil {
			return err
		}
		r.noteTaken(p, verdict)
	}
	return nil
}

// isReadAnew reports whether the next version is of the same bytes, read as what comes
// before both is: then it stands for both, for what differs is our own doing.
func (r *redetection) isReadAnew(tx *kv.Tx, p, next placedCapture) (bool, error) {
	a, b := &p.row, &next.row
	if p.seq == 0 || next.seq <= p.seq || a.Snapshot == 0 || a.Snapshot != b.Snapshot || a.Extractor == b.Extractor ||
		b.Kind != string(model.VersionTechnical) {
		return false, nil
	}
	extractor, err := kv.LookupString(tx, b.Extractor)
	return r.state.Good > 0 && extractor == r.state.Extractor, err
}

// noteTaken notes where a capture lies, and what became of it.
func (r *redetection) noteTaken(p placedCapture, v timeline.Verdict) {
	o := r.ordered
	seq := cmp.Or(p.seq, v.Seq)
	if o.seen = p.row.PlacedAt(); seq != 0 {
		o.order, o.seen = append(o.order, seq), 0
	}
	kind := cmp.Or(v.Kind, model.VersionUnchanged)
	if p.seq != 0 && string(kind) != p.row.Kind {
		o.kinds = append(o.kinds, rows.JudgedKind{Seq: p.seq, Kind: string(kind)})
	}
	if p.sighting != 0 {
		r.became[p.sighting] = model.Outcome{Kind: v.Outcome, Seq: v.Seq, Material: v.Material, Reason: v.Reason,
			Detail: v.Detail, Uncompared: v.Change != nil && v.Change.Uncompared, Placed: true}
	}
}

// captureInOrder is what came in, as it would have come in order. What made a version
// of before technical is found anew: that its archive said so, or whose bytes it has.
func (r *redetection) captureInOrder(tx *kv.Tx, p placedCapture) (timeline.Capture, error) {
	c, err := r.capture(tx, p.seq, p.row)
	if err != nil {
		return c, err
	}
	o, v := r.ordered, &p.row
	o.method = c.Method
	if v.Snapshot != 0 {
		snapshot, err := rows.GetSnapshot(tx, v.Snapshot)
		if err != nil {
			return c, err
		}
		c.SameBytes = bytes.Equal(o.bytes, snapshot.Sum)
		o.bytes, o.snapshot = snapshot.Sum, v.Snapshot
	}
	if c.Method == model.MethodWeb && p.sighting != 0 {
		c.Method = model.MethodFile // what is quarantined made a version
	}
	if c.Method == model.MethodWeb {
		c.Recorded.Changed = c.Recorded.Changed && o.pairs[pair{r.state.Good, p.seq}] != 0
		return c, nil
	}
	c.Recorded = nil
	switch c.Method {
	case model.MethodOTAVersions:
		c.Technical = c.Technical || v.Technical
	case model.MethodOTASnapshots:
		ownBytes := v.Snapshot == 0 || o.first[v.Snapshot] == cmp.Or(p.seq, -p.sighting)
		c.Technical = v.Technical || c.Technical && ownBytes
	default:
		c.Technical = false
	}
	if v.Cut == string(model.CutStood) {
		c.Method = model.MethodOTASnapshots // it was not captured then, and makes no version for being there
	}
	return c, nil
}

// becomeVersion makes a version of a capture that made none before.
func (r *redetection) becomeVersion(tx *kv.Tx, p placedCapture, v timeline.Verdict) error {
	if r.planning != nil {
		r.doc.Versions = v.Seq
		return nil
	}
	row := p.row
	row.Kind, row.Failure, row.Suspect, row.RecordedAt = string(v.Kind), v.Failure, v.Suspect, tx.Now().UTC().UnixNano()
	row.Technical = row.Technical && v.Kind != model.VersionTechnical
	payload, err := kv.Encode(row)
	if err != nil {
		return err
	}
	if err := kv.InsertSealed(tx, kv.BucketVersion, kv.PairKey(r.n, v.Seq), payload); err != nil {
		return err
	}
	if _, err := journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindVersion,
		Object: r.n, Part: uint64(v.Seq), Digest: kv.SumOf(payload)}); err != nil {
		return err
	}
	r.doc.Versions = v.Seq
	origin, err := row.Origin.ToModel(tx)
	if err != nil {
		return err
	}
	if a := origin.Archive; a != nil {
		if err := tx.Bucket(kv.BucketOrigin).Put(originKey(a), kv.PairKey(r.n, v.Seq)); err != nil {
			return err
		}
	}
	return rows.DropSighting(tx, r.n, p.sighting)
}

// identify finds the change that there is between the same two versions. One between
// others is another, whatever it leads to.
func (r *redetection) identify(tx *kv.Tx, j *judgement) error {
	if r.ordered == nil {
		return nil
	}
	number := r.ordered.pairs[pair{j.next.From.Seq, j.next.To.Seq}]
	if number != j.number {
		j.number, j.row = number, rows.Change{}
		if number != 0 {
			if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(number), &j.row); err != nil {
				return err
			}
		}
	}
	j.next.DetectedAt, j.next.Superseded, j.next.By = j.row.DetectedAt, false, nil
	if number != 0 {
		r.byTo[j.next.To.Seq] = number
	}
	return nil
}

// supersede marks the changes that were not found any more, for other captures lie
// between their versions now, and notes the order of the versions.
func (r *redetection) supersede(tx *kv.Tx) error {
	if r.ordered == nil {
		return nil
	}
	o := r.ordered
	r.doc.Superseded = nil
	order := rows.Document{Versions: len(o.order), Order: o.order}
	places := order.Chronology()
	for _, n := range r.numbers {
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
			return err
		}
		next := row
		next.Superseded, next.By = !slices.Contains(o.found, n), nil
		if next.Superseded {
			by, err := r.between(tx, &places, row)
			if err != nil {
				return err
			}
			next.By = by
			if kept, err := isWorkedOn(tx, n); err != nil {
				return err
			} else if !kept {
				r.doc.Superseded = append(r.doc.Superseded, n)
			}
		}
		if next.Superseded != row.Superseded || !slices.Equal(next.By, row.By) {
			r.touch(tx, n)
			if err := kv.PutRow(tx, kv.BucketRow, kv.Key(n), next); err != nil {
				return err
			}
		}
	}
	r.noteOrder()
	return nil
}

// noteOrder puts the order that was found into the document's row.
func (r *redetection) noteOrder() {
	o := r.ordered
	r.doc.Order, r.doc.Repeats, r.doc.Kinds, r.doc.Unjudged, r.doc.Seen = o.order, o.repeats, o.kinds, false, o.seen
	r.doc.Extractor = r.state.Extractor
	if slices.IsSorted(o.order) {
		r.doc.Order = nil
	}
	if o.snapshot != 0 {
		r.doc.LastSnapshot = o.snapshot
	}
	if n := len(o.found); n > 0 {
		r.doc.LastChange = o.found[n-1]
	}
}

// between lists the changes that lead from after a change's older version to its newer
// one.
func (r *redetection) between(tx *kv.Tx, places *rows.Chronology, of rows.Change) ([]uint64, error) {
	var list []uint64
	for _, n := range r.ordered.found {
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
			return nil, err
		}
		if at := places.Place(row.To.Seq); at > places.Place(of.From.Seq) && at <= places.Place(of.To.Seq) {
			list = append(list, n)
		}
	}
	return list, nil
}

// isWorkedOn reports whether somebody began to decide on a change: more than to look at
// it later, or a draft.
func isWorkedOn(tx *kv.Tx, n uint64) (bool, error) {
	events, err := rows.Events(tx, n)
	if err != nil {
		return false, err
	}
	for _, e := range events {
		if e.Action != model.ActionSnooze {
			return true, nil
		}
	}
	b := tx.Bucket(kv.BucketDraft)
	if b == nil {
		return false, nil // one of kv's later buckets
	}
	k, _ := b.Cursor().Seek(kv.Key(n))
	return bytes.HasPrefix(k, kv.Key(n)), nil
}
