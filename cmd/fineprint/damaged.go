package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store/damage"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

// goingOn are the commands that go on without what can't be read, and say at the end what that
// is: those that only read, and those that do the same with one document or rule after the
// other. All others end with the first value that they need and can't read.
var goingOn = map[string]bool{
	"queue": true, "search": true, "compare": true, "show": true, "diff": true, "rules list": true,
	"alerts list": true, "tag list": true, "digest": true, "insight explain": true, "insight status": true,
	"insight evaluate": true, "note list": true, "record list": true, "record show": true, "record lint": true,
	"types list": true, "types show": true, "export": true, "stats": true, "calendar": true,
	"playbook show": true, "platforms": true, "activity": true, "track list": true,
	"agreement": true, "day": true, "record compare": true,
	"fetch": true, "import ota": true, "import dataset": true, "import files": true, "import wayback": true,
	"index": true, "alerts run": true, "rules run": true,
}

// gatherDamage has a command go on without what can't be read.
func (a *cli) gatherDamage(cmd *cobra.Command) {
	if path := strings.TrimPrefix(cmd.CommandPath(), "fineprint "); goingOn[path] {
		ctx, lost := damage.Gather(cmd.Context())
		cmd.SetContext(ctx)
		a.lost = lost
	}
}

// unreadError tells what a command went on without.
type unreadError struct{ damaged []model.Damage }

func (e *unreadError) Unwrap() error { return model.ErrDamaged }

// namedAtOnce is how many damaged values a sentence names.
const namedAtOnce = 5

// Error names the first ones and what is missing for them, and counts the others.
func (e *unreadError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s can't be read and %s left out: ", humanize.Count(len(e.damaged), "stored value"),
		map[bool]string{true: "was", false: "were"}[len(e.damaged) == 1])
	for i, d := range e.damaged {
		if i == namedAtOnce {
			fmt.Fprintf(&b, "; and %d more", len(e.damaged)-i)
			break
		}
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s (%s)", d.What, d.Means)
	}
	return b.String()
}

// damagedWords names in the words of an error the object that can't be read.
func damagedWords(err error, words string) string {
	var value *kv.ValueError
	d, found := damage.In(err)
	if !found || !errors.As(err, &value) {
		return words
	}
	return strings.Replace(words, value.Error(), d.What+" can't be read ("+d.Means+")", 1)
}

// unread returns what a command went on without, nil for nothing.
func (a *cli) unread() error {
	if found := a.lost.Found(); len(found) > 0 {
		return &unreadError{found}
	}
	return nil
}

// nextForDamage is the next step with values that can't be read; whatever is the step for a
// damaged database where not all of them are made again.
func nextForDamage(e *unreadError, other string) string {
	for _, d := range e.damaged {
		if !d.Derived {
			return other
		}
	}
	return "`fineprint index --rebuild` makes it again from the rest."
}

// jsonEnd is how a document of [jsonlist] that is an object ends.
const jsonEnd = "\n}\n"

// damagedJSON returns a document with what its command went on without, where there is
// something: a field of its own at the end of an object.
func (a *cli) damagedJSON(document []byte) []byte {
	found := a.lost.Found()
	object, isObject := bytes.CutSuffix(document, []byte(jsonEnd))
	if len(found) == 0 || !isObject {
		return document
	}
	list, err := json.MarshalIndent(found, "  ", "  ")
	if err != nil {
		return document
	}
	return []byte(string(object) + ",\n  \"damaged\": " + string(list) + jsonEnd)
}

// endHeld passes on all but the end of an object, which it holds back.
type endHeld struct {
	to   io.Writer
	held []byte
}

func (h *endHeld) Write(p []byte) (int, error) {
	all := append(h.held, p...)
	keep := min(len(all), len(jsonEnd))
	if _, err := h.to.Write(all[:len(all)-keep]); err != nil {
		return 0, err
	}
	h.held = append([]byte(nil), all[len(all)-keep:]...)
	return len(p), nil
}

// printError writes an error as a sentence, with the next step.
func (a *cli) printError(w io.Writer, name string, err error) {
	sentence, next := a.explain(err)
	_, _ = io.WriteString(w, name+" "+sanitize.Line(sentence)+"\n")
	if next != "" {
		_, _ = io.WriteString(w, "  "+sanitize.Line(next)+"\n")
	}
}
