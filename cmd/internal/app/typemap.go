package app

import (
	"context"
	"slices"
	"time"

	"fineprint/store"
	"fineprint/store/insight/types"
	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// TypeMap counts the current clauses of platforms by type, as the desk's heat map shows
// them. What it is made of is read from the store; nothing of it is kept here.
type TypeMap struct{ Store *store.Store }

// TypeMap counts the clauses of all platforms; progress is called with how many documents
// and changes were looked at.
func (m TypeMap) TypeMap(ctx context.Context, progress func(done, total int)) (model.TypeMap, error) {
	list, err := m.Store.Platforms(ctx)
	if err != nil {
		return model.TypeMap{}, err
	}
	changes, at, err := m.changes(ctx)
	if err != nil {
		return model.TypeMap{}, err
	}
	rows := make([]model.TypeRow, len(list))
	bySlug := map[string]*model.TypeRow{}
	for i, p := range list {
		rows[i] = model.TypeRow{Platform: p.Platform, Documents: p.Documents, Pending: p.MaterialPending,
			Cells: map[string]model.TypeCell{}}
		bySlug[p.Slug] = &rows[i]
	}
	of := map[uint64]*model.TypeRow{} // by document
	looked := 0
	err = m.Store.EachPresent(ctx, nil, func(done, total int) {
		looked = total
		progress(done, total+len(changes))
	}, func(d *model.DocumentTypes) {
		if row := bySlug[d.Platform.Slug]; row != nil {
			of[d.Document.Number()] = row
			row.Looked++
			countCells(row, d)
		}
	})
	if err != nil {
		return model.TypeMap{}, err
	}
	err = m.Store.EachTouched(ctx, changes, func(done, total int) { progress(looked+done, looked+total) },
		func(i int, id string) { noteChange(of[changes[i].Document], id, at[i]) })
	if err != nil {
		return model.TypeMap{}, err
	}
	if err := m.addRecords(ctx, bySlug); err != nil {
		return model.TypeMap{}, err
	}
	out := model.TypeMap{Platforms: rows}
	for _, r := range rows {
		out.Behind += r.Documents - r.Looked
	}
	return out, nil
}

// countCells adds the clauses of a document to its platform's cells.
func countCells(row *model.TypeRow, d *model.DocumentTypes) {
	for _, clause := range d.Types {
		for _, id := range append([]string{clause.Type}, clause.Others...) {
			if id == "" {
				continue
			}
			cell := row.Cells[id]
			cell.Clauses++
			row.Cells[id] = cell
		}
	}
}

// changesAtOnce is how many changes of the queue are held at a time.
const changesAtOnce = 4096

// changes are the material changes, and when what they led to was captured.
func (m TypeMap) changes(ctx context.Context) (list []types.Changed, at []time.Time, err error) {
	filter := model.QueueFilter{AllState: true, Detected: true, Limit: changesAtOnce}
	for {
		page, err := m.Store.Queue(ctx, filter)
		if err != nil {
			return nil, nil, err
		}
		for i := range page.Changes {
			if c := &page.Changes[i]; c.Material {
				list, at = append(list, types.ChangedOf(c)), append(at, c.To.CapturedAt)
			}
		}
		if len(page.Changes) < changesAtOnce {
			return list, at, nil
		}
		filter.Offset += changesAtOnce
	}
}

// noteChange notes that clauses of a type changed then, where it is the newest change.
func noteChange(row *model.TypeRow, kind string, at time.Time) {
	if row == nil {
		return
	}
	if cell, has := row.Cells[kind]; has && at.After(cell.LastChanged) {
		cell.LastChanged = at
		row.Cells[kind] = cell
	}
}

// addRecords notes the gravest severity that an approved record of each type found.
func (m TypeMap) addRecords(ctx context.Context, rows map[string]*model.TypeRow) error {
	records, err := m.Store.Records(ctx, model.RecordFilter{Latest: true})
	if err != nil {
		return err
	}
	for i := range records {
		r := &records[i]
		row := rows[r.Platform.Slug]
		if row == nil {
			continue
		}
		for _, kind := range r.Types {
			cell, has := row.Cells[kind]
			if has && slices.Index(model.Severities, r.Severity) > slices.Index(model.Severities, cell.Severity) {
				cell.Severity = r.Severity
				row.Cells[kind] = cell
			}
		}
	}
	return nil
}

// TypeClauses lists the current clauses of a platform that are of a type, the newest
// changed first.
func (m TypeMap) TypeClauses(ctx context.Context, platform, kind string) ([]model.TypedClause, error) {
	documents, err := m.Store.PlatformDocuments(ctx, platform)
	if err != nil || len(documents) == 0 {
		return nil, err
	}
	ids := make([]model.ID, len(documents))
	for i, d := range documents {
		ids[i] = d.ID
	}
	typed, err := m.Store.PresentTypes(ctx, ids, nil)
	if err != nil {
		return nil, err
	}
	severities, err := m.severities(ctx)
	if err != nil {
		return nil, err
	}
	var list []model.TypedClause
	for i := range typed {
		of, err := m.clausesOf(ctx, &typed[i], kind)
		if err != nil {
			return nil, err
		}
		list = append(list, of...)
	}
	for i := range list {
		if r, has := severities[list[i].Clause]; has {
			list[i].Severity, list[i].Record = r.Severity, r.ID
		}
	}
	smallsort.By(list, func(a, b model.TypedClause) int { return b.LastChanged.Compare(a.LastChanged) })
	return list, nil
}

// severities are the approved records by the clauses that they are about.
func (m TypeMap) severities(ctx context.Context) (map[model.ID]*model.Record, error) {
	records, err := m.Store.Records(ctx, model.RecordFilter{Latest: true})
	if err != nil {
		return nil, err
	}
	by := map[model.ID]*model.Record{}
	for i := range records {
		for _, p := range records[i].Provisions {
			by[p.ID] = &records[i]
		}
	}
	return by, nil
}

// clausesOf lists the clauses of a document that are of a type.
func (m TypeMap) clausesOf(ctx context.Context, d *model.DocumentTypes, kind string) ([]model.TypedClause, error) {
	var numbers []int
	for _, c := range d.Types {
		if c.Type == kind || slices.Contains(c.Others, kind) {
			numbers = append(numbers, c.Number)
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	version, clauses, err := m.Store.VersionClauses(ctx, d.Document, d.Seq)
	if err != nil {
		return nil, err
	}
	var list []model.TypedClause
	for _, c := range clauses {
		if !slices.Contains(numbers, c.Number) {
			continue
		}
		t := model.TypedClause{SearchHit: model.SearchHit{
			Platform: d.Platform.Slug, PlatformName: d.Platform.Name, Document: d.Document, Type: d.Name,
			Clause: c.Provision, Heading: c.Heading, Text: c.Text, Version: d.Seq, Current: true,
			At: model.ByteRange{Start: c.Start, End: c.End}, FirstSeen: version.CapturedAt, LastSeen: version.CapturedAt,
		}}
		if c.Provision != "" {
			life, err := m.Store.ClauseLife(ctx, c.Provision)
			if err != nil {
				return nil, err
			}
			t.FirstSeen, t.LastSeen, t.LastChanged = life.FirstSeen.CapturedAt, life.LastSeen.CapturedAt, orZero(life.LastChanged)
		}
		list = append(list, t)
	}
	return list, nil
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
