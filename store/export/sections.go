package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fineprint/store/model"
)

// sections is the one table of what a page consists of, in order. A section without
// blocks is left out. A test fails when a field of [model.Record] is shown by none.
var sections = []struct {
	id, title string
	voice     Voice
	blocks    func(*model.Record) []Block
}{
	{"summary", "In short", Analysts, func(r *model.Record) []Block { return prose(r.Summary, Plain) }},
	{"what-it-is", "What it is", Analysts, func(r *model.Record) []Block { return prose(r.WhatItIs, Plain) }},
	{"why-it-matters", "Why it matters", Analysts, func(r *model.Record) []Block { return prose(r.WhyItMatters, Plain) }},
	{"interpretive-note", "Interpretive note", Analysts, interpretiveNote},
	{"clause", "The clause’s own words", Documents, ownWords},
	{"changes", "What changed", Documents, changes},
	{"consumer-impact", "Consumer impact", Analysts, func(r *model.Record) []Block { return prose(r.ConsumerImpact, Plain) }},
	{"actions", "What you can do", Analysts, actions},
	{"comparisons", "How others handle this", Documents, comparisons},
	{"stability", "Clause stability and history", Counted, stability},
	{"activity", "Recent activity", Counted, activity},
	{"analysis", "Institutional analysis", Analysts, analysis},
	{"agencies", "Applicable agencies", "", agencies},
	{"regulations", "Applicable regulations", "", regulations},
	{"types", "Clause types", "", clauseTypes},
	{"other-risks", "Other risks in this document", "", func(r *model.Record) []Block { return links(r.OtherRisks) }},
	{"notes", "Notes", Analysts, notes},
	{"related", "Related records", "", func(r *model.Record) []Block { return links(r.Related) }},
	{"details", "Details", "", details},
	{"evidence", "Evidence", "", evidence},
	{"citation", "Citation", "", citation},
	{"authors", "Who wrote what", "", authors},
	{"overruled", "Problems found and overruled", "", overruled},
	{"methodology", "Methodology and disclaimer", "", methodology},
	{"faq", "Questions and answers", "", questions},
}

func prose(text string, tone Tone) []Block {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return []Block{Paragraph{text, tone}}
}

func interpretiveNote(r *model.Record) []Block {
	note := prose(r.InterpretiveNote, Aside)
	if strings.TrimSpace(r.Note) != strings.TrimSpace(r.InterpretiveNote) {
		note = append(note, prose(r.Note, Aside)...)
	}
	return note
}

func ownWords(r *model.Record) []Block {
	var blocks []Block
	for _, p := range r.Provisions {
		source := fmt.Sprintf("%s, clause %d of version %d of %s, bytes %d to %d of its text",
			p.ID, p.Number, p.Seq, p.Document, p.Quote.Start, p.Quote.End)
		if p.Change != "" {
			source += fmt.Sprintf("; clause %d of the change %s", p.ChangeClause, p.Change)
		}
		blocks = append(blocks, Quote{Heading: p.Heading, Text: p.Quote.Text, Source: source, ID: p.ID})
	}
	return blocks
}

func changes(r *model.Record) []Block {
	var blocks []Block
	folded := map[string]int{}
	for _, c := range r.Clauses {
		if !c.Material && r.Kind != model.ProvisionRecord { // whose clauses were picked
			folded[strings.Trim(string(c.Kind)+" "+string(c.Reason), " ")]++
			continue
		}
		blocks = append(blocks, Redline{Kind: c.Kind, Heading: c.Heading, Source: positions(c), Spans: spansOf(c)})
	}
	if len(folded) == 0 {
		return blocks
	}
	var parts []string
	total := 0
	for why, n := range folded {
		parts = append(parts, fmt.Sprintf("%d %s", n, why))
		total += n
	}
	slices.Sort(parts)
	return append(blocks, Paragraph{fmt.Sprintf("Not shown here, but in the JSON export with the reason: %d immaterial (%s).",
		total, strings.Join(parts, ", ")), Aside})
}

// positions says where the words of a clause change stand, and why it is immaterial, if
// it is.
func positions(c model.RecordClause) string {
	var parts []string
	if !c.Material {
		parts = append(parts, strings.Trim("immaterial, "+string(c.Reason), ", "))
	}
	if c.Old != nil {
		parts = append(parts, fmt.Sprintf("before: bytes %d to %d", c.Old.Start, c.Old.End))
	}
	if c.New != nil {
		parts = append(parts, fmt.Sprintf("after: bytes %d to %d", c.New.Start, c.New.End))
	}
	return strings.Join(parts, "; ")
}

// spansOf returns the redline of a clause change; one without spans is all old or all new.
func spansOf(c model.RecordClause) []model.Span {
	if len(c.Spans) > 0 {
		return c.Spans
	}
	var spans []model.Span
	if c.Old != nil {
		spans = append(spans, model.Span{Op: model.Delete, Text: c.Old.Text})
	}
	if c.New != nil {
		spans = append(spans, model.Span{Op: model.Insert, Text: c.New.Text})
	}
	return spans
}

func actions(r *model.Record) []Block {
	if len(r.Actions) == 0 {
		return nil
	}
	blocks := prose(r.Caution, Caution)
	var items []Item
	for _, a := range r.Actions {
		item := Item{Lead: words(sentence(strings.ReplaceAll(a.Kind, "_", " "))), Text: a.Text}
		item.Facts.named("Contact", link(a.Contact))
		item.Facts.named("Jurisdiction", words(a.Jurisdiction))
		item.Facts.named("Legal basis", words(a.Basis))
		items = append(items, item)
	}
	return append(blocks, List{Items: items})
}

func comparisons(r *model.Record) []Block {
	var items []Item
	for _, c := range r.Comparisons {
		item := Item{Lead: words(c.Platform), Level: string(c.Severity), Text: c.Excerpt, Quoted: true}
		item.Facts.named("Document", code(string(c.Document)))
		if c.Seq > 0 {
			item.Facts.named("Version", words(strconv.Itoa(c.Seq)))
		}
		item.Facts.named("Captured", words(c.CapturedAt))
		item.Facts.named("Record", recordValue(c.Record))
		items = append(items, item)
	}
	return listOf(items)
}

func listOf(items []Item) []Block {
	if len(items) == 0 {
		return nil
	}
	return []Block{List{Items: items}}
}

func recordValue(id model.ID) Value { return Value{Text: string(id), Kind: Code, Record: id} }

func stability(r *model.Record) []Block {
	s := r.Stability
	if s == nil {
		return nil
	}
	var f Facts
	f.named("Clause", code(string(s.Clause)))
	f.named("Stability", words(sentence(s.Label)))
	if s.FormulaVersion > 0 {
		f.named("Material changes a year", words(strconv.FormatFloat(s.ChangesYear, 'f', 2, 64)))
		f.named("Share of versions without a material change", words(strconv.FormatFloat(s.Value, 'f', 2, 64)))
		f.named("Version of the formula", words(strconv.Itoa(s.FormulaVersion)))
	} else {
		f.named("Value", words(strconv.FormatFloat(s.Value, 'f', 2, 64)))
	}
	f.named("Formula", words(s.Formula))
	f = append(f, seenAt("First seen", s.FirstSeen)...)
	if s.SinceUnknown {
		f.named("Before that", words("Not known: the history is cut off there."))
	}
	f = append(f, seenAt("Last seen", s.LastSeen)...)
	f.named("Versions it stood in", words(strconv.Itoa(s.Versions)))
	f.named("Material changes", words(strconv.Itoa(s.Changes)))
	if s.LastChanged != nil {
		f.named("Last changed", moment(*s.LastChanged))
	}
	if s.Revived > 0 {
		f.named("Came back", words(strconv.Itoa(s.Revived)))
	}
	if s.Present {
		f.named("In the newest version", words("yes"))
	}
	f.named("Months monitored", words(strconv.Itoa(s.Months)))
	blocks := []Block{f}
	var items []Item
	for _, step := range s.History {
		item := Item{Lead: day(step.CapturedAt), Text: step.Summary}
		item.Facts.named("What happened", words(happened(step)))
		item.Facts.named("Version", words(strconv.Itoa(step.Seq)))
		item.Facts.named("Change", code(string(step.Change)))
		item.Facts.named("Record", recordValue(step.Record))
		items = append(items, item)
	}
	if len(items) > 0 {
		blocks = append(blocks, Subheading{Text: "Change history"}, List{Ordered: true, Items: items})
	}
	return blocks
}

// happened says what became of a clause in a version.
func happened(step model.ProvisionStep) string {
	switch {
	case step.Kind == model.Added && step.Change == "" && !step.Material:
		return "As first captured"
	case step.Material:
		return sentence(string(step.Kind))
	}
	what := sentence(string(step.Kind)) + ", immaterial"
	if step.Reason != "" {
		what += ": " + string(step.Reason)
	}
	return what
}

func seenAt(label string, v model.VersionRef) Facts {
	var f Facts
	f.named(fmt.Sprintf("%s, in version %d", label, v.Seq), moment(v.CapturedAt))
	f.named(label+", text SHA-256", code(v.SHA256))
	if o := v.Origin; o != nil {
		f.named(label+", archive", words(o.Repo))
		f.named(label+", commit", code(o.Commit))
	}
	return f
}

func activity(r *model.Record) []Block {
	a := r.RecentActivity
	if a == nil {
		return nil
	}
	blocks := []Block{Paragraph{fmt.Sprintf("Material changes in the %d days up to %s: %d of this document, "+
		"%d of all documents of %s that are tracked.", a.Days, moment(a.Until).Text, a.Document, a.Platform,
		or(r.Platform.Name, "the platform")), Plain}}
	if document, platform := a.MonthsTotal(); len(a.Months) > 0 {
		blocks = append(blocks, Paragraph{fmt.Sprintf("In the %d months from %s to %s: %d of this document, %d of all. "+
			"By month, of all: %s.", len(a.Months), a.Months[0].Month, a.Months[len(a.Months)-1].Month, document, platform,
			byMonth(a.Months)), Plain})
	}
	var items []Item
	for _, c := range a.Changes {
		item := Item{Lead: day(c.CapturedAt), Level: string(c.Severity), Text: c.Summary}
		item.Facts.named("Change", code(string(c.Change)))
		item.Facts.named("Record", recordValue(c.Record))
		items = append(items, item)
	}
	if len(items) > 0 {
		blocks = append(blocks, List{Ordered: true, Items: items})
	}
	return blocks
}

// byMonth lists how many there were in each month.
func byMonth(months []model.ActivityMonth) string {
	parts := make([]string, len(months))
	for i, m := range months {
		parts[i] = strconv.Itoa(m.Platform)
	}
	return strings.Join(parts, ", ")
}

func analysis(r *model.Record) []Block {
	var blocks []Block
	a := r.Analysis
	for i, part := range []struct{ title, text, level string }{
		{"Regulatory landscape", a.RegulatoryLandscape, ""},
		{"Governance exposure", a.GovernanceExposure, string(a.ExposureLevel)},
		{"Jurisdiction flags", a.JurisdictionFlags, ""},
		{"Contract and vendor implications", a.ContractImplications, ""},
		{"Compliance considerations", a.ComplianceConsiderations, ""},
	} {
		if text := prose(part.text, Plain); text != nil || part.level != "" {
			blocks = append(blocks, Subheading{fmt.Sprintf("%d. %s", i+1, part.title), part.level})
			blocks = append(blocks, text...)
		}
	}
	return blocks
}

// verifiedWords says whether an entry of the registry was checked.
func verifiedWords(date string) Value {
	if date == "" {
		return words("unverified, nobody checked it against its source")
	}
	return words("checked on " + date + " against the source named")
}

func agencies(r *model.Record) []Block {
	list := r.AgencyDetails
	if len(list) == 0 {
		for _, name := range r.Agencies {
			list = append(list, model.AgencyDetail{Name: name, Why: r.AgencyReasons[name]})
		}
	}
	var items []Item
	for _, a := range list {
		item := Item{Lead: words(a.Name), Text: a.Why}
		item.Facts.named("Jurisdiction", words(a.Jurisdiction))
		if a.Verified != "" {
			item.Facts.named("File a complaint", link(a.ComplaintURL))
		}
		item.Facts.named("ID", code(a.ID))
		item.Facts.named("Source", sourceOf(a.Source, a.Verified))
		item.Facts.named("Verification", verifiedWords(a.Verified))
		items = append(items, item)
	}
	return listOf(items)
}

// sourceOf is where an entry of the registry is from; one that nobody checked leads
// nowhere.
func sourceOf(source, verified string) Value {
	if verified == "" {
		return words(source)
	}
	return link(source)
}

func regulations(r *model.Record) []Block {
	list := r.RegulationDetails
	if len(list) == 0 {
		for _, name := range r.Regulations {
			list = append(list, model.RegulationDetail{Name: name})
		}
	}
	var items []Item
	for _, g := range list {
		item := Item{Lead: words(g.Name), Text: g.Covers}
		item.Facts.named("Jurisdiction", words(g.Jurisdiction))
		item.Facts.named("Effective", words(g.Effective))
		if g.Verified != "" {
			item.Facts.named("Text", link(g.URL))
		}
		item.Facts.named("ID", code(g.ID))
		item.Facts.named("Source", sourceOf(g.Source, g.Verified))
		item.Facts.named("Verification", verifiedWords(g.Verified))
		items = append(items, item)
	}
	return listOf(items)
}

func clauseTypes(r *model.Record) []Block {
	list := r.TypeDetails
	if len(list) == 0 {
		for _, id := range r.Types {
			list = append(list, model.ClauseTypeDetail{ID: id, Name: sentence(strings.ReplaceAll(id, "_", " "))})
		}
	}
	var items []Item
	for _, t := range list {
		item := Item{Lead: words(t.Name), Text: t.Definition}
		item.Facts.named("Family", words(sentence(t.Family)))
		item.Facts.named("ID", code(t.ID))
		items = append(items, item)
	}
	return listOf(items)
}

func links(list []model.RecordLink) []Block {
	var items []Item
	for _, l := range list {
		item := Item{Lead: Value{Text: or(l.Title, string(l.Record)), Record: l.Record}, Level: string(l.Severity),
			Text: l.Why}
		item.Facts.named("Document", words(strings.Trim(l.Platform+", "+l.Type, ", ")))
		item.Facts.named("Record", recordValue(l.Record))
		items = append(items, item)
	}
	return listOf(items)
}

func details(r *model.Record) []Block {
	var f Facts
	if r.ID != "" {
		f.named("Record", code(string(r.ID)))
		f.named("Revision", words(strconv.Itoa(r.Revision)))
	}
	f.named("Kind", words(sentence(string(r.Kind))))
	f.named("Platform", words(r.Platform.Name))
	f.named("Platform’s key", code(r.Platform.Slug))
	f.named("Document", words(r.Type))
	f.named("Document ID", code(string(r.Document)))
	var provisions []string
	for _, p := range r.Provisions {
		provisions = append(provisions, string(p.ID))
	}
	f.named("Provisions", code(strings.Join(provisions, ", ")))
	f.named("Change", code(string(r.Change)))
	f.named("Document last updated, by its own words", words(r.DocumentLastUpdated))
	f.named("Dates that it states for itself", words(r.To.StatedWords(false)))
	f.at("First tracked", r.FirstTracked)
	f.at("Last verified", r.LastVerified)
	f.named("State", words(sentence(string(r.State))))
	f.named("Author", words(r.Author))
	if r.SecondReader != nil {
		f.named("Second reader", words(secondReview(*r.SecondReader)))
	}
	f.at("Approved", r.ApprovedAt)
	f.named("Approved by", words(r.ApprovedBy))
	return []Block{f}
}

func evidence(r *model.Record) []Block {
	var blocks []Block
	from, to := "Before", "After"
	if r.From.Seq == 0 && r.From.TextSHA256 == "" {
		to = "Captured version"
	} else {
		blocks = append(blocks, Subheading{Text: from}, evidenceFacts(r.From))
	}
	if r.To.Seq != 0 || r.To.TextSHA256 != "" {
		blocks = append(blocks, Subheading{Text: to}, evidenceFacts(r.To))
	}
	var f Facts
	f.named("Copy in a public archive", link(r.ArchiveLink))
	if r.Algorithm > 0 {
		f.named("Comparison algorithm", words(strconv.Itoa(r.Algorithm)))
	}
	if r.Journal.Entry > 0 {
		f.named("Journal entry", words(strconv.FormatUint(r.Journal.Entry, 10)))
		f.named("Journal entry’s SHA-256", code(r.Journal.Hash))
	}
	if c := r.Clock; c != nil {
		f.at("Dated by its clock", c.DecidedAt)
		f.at("Before its capture", c.CapturedAt)
		f.at("Before the journal’s latest entry", c.JournalAt)
	}
	f.named("Record’s SHA-256", code(r.SHA256))
	if len(f) > 0 {
		blocks = append(blocks, Subheading{Text: "Record"}, f)
	}
	return blocks
}

func evidenceFacts(e model.Evidence) Facts {
	var f Facts
	f.named("Version", words(strconv.Itoa(e.Seq)))
	f.at("Captured", e.CapturedAt)
	f.named("Dates that the text states", words(e.StatedWords(true)))
	f.named("Source", link(e.SourceURL))
	if e.VersionOnly {
		f.named("Bytes", words("Text only: the captured bytes are not in reach."))
	} else {
		f.named("Bytes, SHA-256", code(e.RawSHA256))
		f.named("Bytes, size", words(strconv.Itoa(e.RawBytes)))
		f.named("Snapshot", code(string(e.Snapshot)))
	}
	f.named("Text, SHA-256", code(e.TextSHA256))
	f.named("Text, size in bytes", words(strconv.Itoa(e.TextBytes)))
	f.named("Extractor", code(e.Extractor))
	if e.Cut != "" {
		f.named("History", words(map[model.Cut]string{
			model.CutBefore: "Cut off before this version: since when its text stood is not known.",
			model.CutStood:  "Cut off at this version, which stood already where it begins."}[e.Cut]))
	}
	f.named("Intake", words(string(e.Origin.Method)))
	f.named("Recorded by", words(e.Origin.Tool))
	if e.Origin.URL != e.SourceURL {
		f.named("Address asked for", link(e.Origin.URL))
	}
	if e.Origin.FinalURL != e.Origin.URL {
		f.named("Address that answered", link(e.Origin.FinalURL))
	}
	if e.Origin.Status > 0 {
		f.named("HTTP status", words(strconv.Itoa(e.Origin.Status)))
	}
	if a := e.Origin.Archive; a != nil {
		f.named("Archive", link(a.Repo))
		f.named("Commit", code(a.Commit))
		f.named("Path in the archive", code(a.Path))
	}
	return f
}

func citation(r *model.Record) []Block {
	if strings.TrimSpace(r.Citation) == "" {
		return nil
	}
	return []Block{Copyable{r.Citation}}
}

func authors(r *model.Record) []Block {
	if len(r.Authors) == 0 {
		return nil
	}
	var keys []string
	label := map[string]string{}
	for _, f := range model.WritingFields {
		if _, ok := r.Authors[f.ID()]; ok {
			keys = append(keys, f.ID())
			label[f.ID()] = f.Label
		}
	}
	var others []string
	for key := range r.Authors {
		if label[key] == "" {
			others, label[key] = append(others, key), key
		}
	}
	slices.Sort(others)
	table := Table{Caption: "Who wrote each field last, and how", Columns: []string{"Field", "Written by", "How", "When"}}
	for _, key := range append(keys, others...) {
		a := r.Authors[key]
		how := map[model.WrittenHow]string{model.ByPerson: "in person", model.BySnippet: "from a snippet",
			model.ByDraft: "by a draft command"}[a.How]
		how = or(how, string(a.How))
		if a.Source != "" {
			how += ": " + a.Source
		}
		table.Rows = append(table.Rows, []Value{words(label[key]), words(a.By), words(how), moment(a.At)})
	}
	return []Block{table}
}

func overruled(r *model.Record) []Block {
	var items []Item
	for _, o := range r.Overruled {
		item := Item{Lead: words(or(o.Message, o.Rule)), Text: o.Reason}
		item.Facts.named("Rule", code(o.Rule))
		item.Facts.named("Field", code(o.Field))
		item.Facts.named("Overruled by", words(o.By))
		items = append(items, item)
	}
	return listOf(items)
}

func methodology(r *model.Record) []Block {
	blocks := prose(r.Methodology, Plain)
	blocks = append(blocks, prose(r.Disclaimer, Plain)...)
	var f Facts
	if r.MethodologyVersion > 0 {
		f.named("Version of the methodology", words(strconv.Itoa(r.MethodologyVersion)))
	}
	if r.DisclaimerVersion > 0 {
		f.named("Version of the disclaimer", words(strconv.Itoa(r.DisclaimerVersion)))
	}
	if len(f) > 0 {
		blocks = append(blocks, f)
	}
	return blocks
}

func questions(r *model.Record) []Block {
	var blocks []Block
	for _, q := range r.FAQ {
		blocks = append(append(blocks, Subheading{Text: q.Question}), prose(q.Answer, Plain)...)
	}
	return blocks
}
