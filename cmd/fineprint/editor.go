package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"fineprint/store/model"
)

// canEdit reports whether an editor can be opened: somebody is at a terminal.
func (a *cli) canEdit() bool { return isTerminal(a.in) && isTerminal(a.out) }

// editedText is a text as somebody left it in an editor.
type editedText struct {
	path string // of the file, until it is removed or kept
	text []byte
}

func (e *editedText) remove() {
	if e.path != "" {
		_ = os.Remove(e.path)
	}
}

// editText opens a text in the reader's editor. The file stays if that fails.
func (a *cli) editText(ctx context.Context, name string, text []byte) (*editedText, error) {
	f, err := os.CreateTemp("", name+"-*.md")
	if err != nil {
		return nil, fmt.Errorf("creating a file for the editor: %w: %w", model.ErrUnwritable, err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return nil, fmt.Errorf("creating a file for the editor: %w: %w", model.ErrUnwritable, err)
	}
	words := strings.Fields(a.settings.Values.Editor)
	if len(words) == 0 {
		words = []string{"vi"}
	}
	command := exec.CommandContext(context.WithoutCancel(ctx), words[0], append(words[1:], f.Name())...)
	command.Stdin, command.Stdout, command.Stderr = a.in, a.out, a.err
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("%w: the editor %s ended with %w; nothing was saved, and your text is in %s",
			model.ErrInvalid, words[0], err, f.Name())
	}
	edited, err := os.ReadFile(f.Name())
	if err != nil {
		return nil, fmt.Errorf("reading what was edited: %w: %w", model.ErrInvalid, err)
	}
	return &editedText{f.Name(), edited}, nil
}

// keep keeps a text that could not be written, beside the database, and says where.
func (e *editedText) keep(a *cli, record model.ID, why error) error {
	kept := e.path
	if path, err := e.copyTo(filepath.Dir(a.dbPath()), string(record)); err == nil {
		kept = path
		e.remove()
	}
	e.path = ""
	end := "."
	if strings.HasSuffix(why.Error(), "?") {
		end = ""
	}
	return fmt.Errorf("%w%s Your text is kept in %s; fix it and run `fineprint record edit %s --from %s`", why,
		end, kept, record, kept)
}

// copyTo writes the text to a new file of a folder.
func (e *editedText) copyTo(dir, name string) (string, error) {
	f, err := os.CreateTemp(dir, name+"-unsaved-*.md")
	if err != nil {
		return "", err
	}
	_, err = f.Write(e.text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return filepath.Abs(f.Name())
}
