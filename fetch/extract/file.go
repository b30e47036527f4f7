package extract

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"fineprint/store/model"
)

// FileText is a file's readable text and what names both, in hexadecimal.
type FileText struct {
	Text       string
	SHA256     string // of the file's bytes
	TextSHA256 string
	Extractor  string // "" when the text is the file's own
}

// File reads a Markdown, HTML, PDF or text file. The error wraps [model.ErrInvalid] for
// a file that is not there, no file, too large or of another kind.
func File(ctx context.Context, path string) (FileText, error) {
	if err := ctx.Err(); err != nil {
		return FileText{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		what := "it can't be opened"
		if errors.Is(err, fs.ErrNotExist) {
			what = "there is no such file"
		}
		return FileText{}, fmt.Errorf("reading %s: %w: %s", path, model.ErrInvalid, what)
	}
	defer func() { _ = f.Close() }()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return FileText{}, fmt.Errorf("reading %s: %w: it is a folder", path, model.ErrInvalid)
	}
	body, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return FileText{}, fmt.Errorf("reading %s: %w: %w", path, model.ErrInvalid, err)
	}
	if len(body) > MaxBytes {
		return FileText{}, fmt.Errorf("reading %s: %w: it is larger than %d MB", path, model.ErrInvalid, MaxBytes>>20)
	}
	media := MediaTypeOf(path, body)
	text, err := Text(Input{Body: body, MediaType: media})
	if err != nil {
		return FileText{}, fmt.Errorf("reading %s: %w", path, err)
	}
	out := FileText{Text: text, SHA256: fmt.Sprintf("%x", sha256.Sum256(body)),
		TextSHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text)))}
	if text != string(body) {
		out.Extractor = Version
	}
	return out, nil
}
