package notify

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fineprint/store/model"
)

// feed is an Atom feed (RFC 4287), as far as it is ours.
type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Entries []entry  `xml:"entry"`
}

type entry struct {
	ID       string     `xml:"id"`
	Title    string     `xml:"title"`
	Updated  string     `xml:"updated"`
	Category []category `xml:"category"`
	Content  content    `xml:"content"`
}

type category struct {
	Term string `xml:"term,attr"`
}

type content struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// maxFeed is how large a feed that is added to may be.
const maxFeed = 16 << 20

// addEntry adds an entry to a feed in a file, the newest first, and drops the oldest.
func addEntry(ctx context.Context, t *Target, a *model.Alert) error {
	unlock, err := lock(ctx, t.File+".lock")
	if err != nil {
		return err
	}
	defer unlock()
	f := feed{}
	switch info, err := os.Stat(t.File); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case info.Size() > maxFeed:
		return failure("the feed is larger than %d MB; move it away", maxFeed>>20)
	default:
		old, err := os.ReadFile(t.File)
		if err != nil {
			return err
		}
		if err := xml.Unmarshal(old, &f); err != nil {
			return failure("the file is there, and no Atom feed; it was left as it is")
		}
	}
	out, err := f.with(t, a)
	if err != nil {
		return err
	}
	return writeFile(filepath.Dir(t.File), t.File, out)
}

// with is the feed with an alert in it.
func (f *feed) with(t *Target, a *model.Alert) ([]byte, error) {
	id := "urn:fineprint:" + oneLine(a.ID)
	e := entry{ID: id, Title: Title(a), Updated: a.At.UTC().Format(time.RFC3339),
		Content: content{"text", strings.Join(append([]string{Title(a)}, Lines(a)...), "\n")}}
	for _, tag := range a.Tags {
		e.Category = append(e.Category, category{oneLine(tag)})
	}
	f.XMLName = xml.Name{} // it is in the tag
	f.Entries = slices.DeleteFunc(f.Entries, func(e entry) bool { return e.ID == id })
	f.Entries = append([]entry{e}, f.Entries...)
	slices.SortStableFunc(f.Entries, func(a, b entry) int { return strings.Compare(b.Updated, a.Updated) })
	f.Entries = f.Entries[:min(len(f.Entries), cmp.Or(t.Entries, DefaultEntries))]
	f.ID = cmp.Or(f.ID, "urn:fineprint:alerts:"+oneLine(a.Store)+":"+oneLine(t.Name))
	f.Title, f.Author = cmp.Or(f.Title, "Fineprint: "+oneLine(t.Name)), cmp.Or(f.Author, "Fineprint")
	f.Updated = f.Entries[0].Updated
	out, err := xml.MarshalIndent(f, "", " ")
	return append([]byte(xml.Header), append(out, '\n')...), err
}

// staleLock is after how long a lock is one that somebody died with.
const staleLock = time.Minute

// lock keeps other processes from the feed while it is read and written.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	for {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			_ = f.Close()
			return func() { _ = os.Remove(path) }, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > staleLock {
			_ = os.Remove(path)
			continue
		}
		select {
		case <-ctx.Done():
			return nil, failure("another process writes the feed")
		case <-time.After(20 * time.Millisecond):
		}
	}
}
