package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"fineprint/store/head"
	"fineprint/store/model"
)

func init() {
	register(Format{
		Name: "dataset", Ext: ".zip", Description: "texts behind the records, in the Open Terms Archive format",
		Position: 12, Content: Binary, Folder: true, writeFolder: writeDataset,
	})
}

// datasetVersion is a line of the dataset's index: what a text's name can't say.
type datasetVersion struct {
	Path       string     `json:"path"`
	Platform   string     `json:"platform"`
	Type       string     `json:"type"`
	Document   model.ID   `json:"document"`
	Version    int        `json:"version"`
	CapturedAt time.Time  `json:"captured_at"`
	SourceURL  string     `json:"source_url,omitempty"`
	TextSHA256 string     `json:"text_sha256"`
	RawSHA256  string     `json:"raw_sha256,omitempty"`
	Extractor  string     `json:"extractor,omitempty"`
	Repo       string     `json:"repo,omitempty"`
	Commit     string     `json:"commit,omitempty"`
	Records    []model.ID `json:"records"`
	// Stated are the dates that the text states for itself.
	Stated []model.StatedDate `json:"stated,omitempty"`
}

const datasetReadme = `# Versions behind records

The texts that the records of this export rest on, laid out as Open Terms Archive lays
out its datasets: a folder for each service, in it one for each type of terms, in it a
Markdown file for each version, named after the time of its capture (UTC).

versions.jsonl has a line for each text: its file, its document and version, when and
where it was captured, its SHA-256, and which records rest on it. A name that can't be
a folder's has its own spelling there.

` + "`fineprint import dataset` takes the whole in from a zip." + `

The texts are the services' own. Whether and how they may be passed on is for the
reader to find out; this export grants nothing.
`

// datasetWriter writes each text once, however many records rest on it.
type datasetWriter struct {
	folder   Folder
	o        Options
	versions []*datasetVersion // in the order of their files
	written  map[string]*datasetVersion
	paths    map[string]bool
}

func writeDataset(folder Folder, records Records, o Options) error {
	d := &datasetWriter{folder: folder, o: o, written: map[string]*datasetVersion{}, paths: map[string]bool{}}
	if err := d.file("README.md", datasetReadme); err != nil {
		return err
	}
	for r, err := range records.Each {
		if err != nil {
			return err
		}
		for _, e := range versionsOf(r) {
			if err := d.version(r, e); err != nil {
				return fmt.Errorf("writing the texts of %s: %w", r.ID, err)
			}
		}
	}
	if o.Head.Entries > 0 {
		if err := d.file(headFile, head.File{JournalHead: o.Head}.String()); err != nil {
			return err
		}
	}
	if len(d.o.Damaged) > 0 {
		w, err := d.folder.Create(damagedFile)
		if err == nil {
			err = writeDamaged(w, d.o.Damaged)
		}
		if err != nil {
			return err
		}
	}
	w, err := d.folder.Create("versions.jsonl")
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, v := range d.versions {
		if err := e.Encode(v); err != nil {
			return fmt.Errorf("writing the index: %w", err)
		}
	}
	return nil
}

func (d *datasetWriter) file(name, content string) error {
	w, err := d.folder.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, content)
	return err
}

func (d *datasetWriter) version(r model.Record, e model.Evidence) error {
	key := fmt.Sprintf("%s@%d", r.Document, e.Seq)
	if v, ok := d.written[key]; ok {
		v.Records = append(v.Records, r.ID)
		return nil
	}
	text, err := checkedText(d.o.Source, r.Document, e)
	if err != nil && d.o.goesOn(err, r, e) {
		return nil
	}
	if err != nil {
		return err
	}
	v := &datasetVersion{Path: d.pathOf(r, e), Platform: r.Platform.Name, Type: r.Type, Document: r.Document,
		Version: e.Seq, CapturedAt: e.CapturedAt.UTC(), SourceURL: e.SourceURL, TextSHA256: e.TextSHA256,
		RawSHA256: e.RawSHA256, Extractor: e.Extractor, Records: []model.ID{r.ID}, Stated: e.Stated}
	if a := e.Origin.Archive; a != nil {
		v.Repo, v.Commit = a.Repo, a.Commit
	}
	d.written[key] = v
	d.versions = append(d.versions, v)
	return d.file(v.Path, text)
}

// pathOf is where a version's text goes. Names of files have seconds: of two captures in
// one, the later gets the next.
func (d *datasetWriter) pathOf(r model.Record, e model.Evidence) string {
	at := e.CapturedAt.UTC().Truncate(time.Second)
	for {
		path := folderName(r.Platform.Name) + "/" + folderName(r.Type) + "/" + at.Format("2006-01-02T15-04-05Z") + ".md"
		// Some file systems take names that differ in case for one.
		if folded := strings.ToLower(path); !d.paths[folded] {
			d.paths[folded] = true
			return path
		}
		at = at.Add(time.Second)
	}
}

// folderName makes a name that every file system takes for a folder's, the same where it
// is one.
func folderName(name string) string {
	const most = 120 // bytes, of 255 that file systems take
	name = strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, c) {
			return '_'
		}
		return c
	}, oneLine(name))
	name = strings.Trim(strings.ToValidUTF8(name[:min(len(name), most)], ""), " .")
	if device, _, _ := strings.Cut(strings.ToLower(name), "."); isDevice(device) {
		name = "_" + name
	}
	return or(name, "unnamed")
}

// isDevice reports whether Windows takes a name, whatever follows it after a dot, for a
// device.
func isDevice(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) &&
		name[3] >= '0' && name[3] <= '9'
}
