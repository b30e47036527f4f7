package notes

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
)

// maxTags bounds the tags of a change, so that a row can show them.
const maxTags = 32

// tagPattern is what a tag may be: it is typed in filters and shown in rows.
var tagPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,39}$`)
})

// ParseTag reads a tag as a person may type it, in lower case. The error wraps ErrInvalid.
func ParseTag(s string) (string, error) {
	tag := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "#"))
	if !tagPattern().MatchString(tag) {
		return "", fmt.Errorf("%w: %q is no tag; one is a word of letters, digits and ._/- such as children",
			model.ErrInvalid, s)
	}
	return tag, nil
}

// Tag puts tags on changes, or takes them off, in one transaction. It returns how many
// changes have other tags than before. The error wraps ErrNotFound or ErrInvalid, and
// then nothing was changed.
func (b *Notebook) Tag(ctx context.Context, changes []model.ID, add, remove []string, actor string) (n int, err error) {
	if add, err = parseTags(add); err == nil {
		remove, err = parseTags(remove)
	}
	if err != nil {
		return 0, fmt.Errorf("tagging: %w", err)
	}
	err = b.db.Update(ctx, func(tx *kv.Tx) error {
		n = 0
		for _, id := range changes {
			change, err := rows.ChangeNumber(tx, id)
			if err != nil {
				return err
			}
			steps := 0
			for _, tag := range add {
				one, err := Step(tx, change, recordrows.Annotation{Action: string(model.Tagged), Label: tag,
					Actor: actor})
				if err != nil {
					return err
				}
				steps += one
			}
			for _, tag := range remove {
				one, err := Step(tx, change, recordrows.Annotation{Action: string(model.Untagged), Label: tag,
					Actor: actor})
				if err != nil {
					return err
				}
				steps += one
			}
			n += min(steps, 1)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("tagging: %w", err)
	}
	return n, nil
}

func parseTags(list []string) ([]string, error) {
	tags := make([]string, len(list))
	for i, s := range list {
		var err error
		if tags[i], err = ParseTag(s); err != nil {
			return nil, err
		}
	}
	return tags, nil
}

// Step takes a step that is no note's with a change, and returns 1; 0 where it would
// change nothing: the tag is there, the change is assigned so.
func Step(tx *kv.Tx, change uint64, a recordrows.Annotation) (int, error) {
	list, err := recordrows.AnnotationsOf(tx, change)
	if err != nil {
		return 0, err
	}
	s := Project(list)
	tags := len(s.Tags)
	switch {
	case a.Action == string(model.Assigned) && s.Assignee == a.Assignee:
		return 0, nil
	case !s.apply(&a):
		return 0, nil
	case len(s.Tags) > max(tags, maxTags):
		return 0, fmt.Errorf("%w: a change has %d tags at most", model.ErrInvalid, maxTags)
	}
	a.Entry = journal.Next(tx)
	return 1, Append(tx, change, &a)
}

// StepsOf lists what a rule did with a change and was not taken back: the steps that
// stand, oldest first.
func StepsOf(list []recordrows.Annotation, rule uint64) (standing []recordrows.Annotation) {
	s := Project(list)
	for i, a := range list {
		stands := false
		switch model.AnnotationAction(a.Action) {
		case model.Tagged:
			stands = slices.Contains(s.Tags, a.Label) && lastTagging(list, a.Label) == i
		case model.Assigned:
			stands = lastAssigning(list) == i && a.Assignee != ""
		case model.Raised:
			stands = stepOf(s.Raised, rule) >= 0
		case model.Folded:
			stands = stepOf(s.Folded, rule) >= 0
		}
		if stands && a.Rule == rule {
			standing = append(standing, a)
		}
	}
	return standing
}

func lastTagging(list []recordrows.Annotation, tag string) (at int) {
	for i, a := range list {
		if a.Action == string(model.Tagged) && a.Label == tag {
			at = i
		}
	}
	return at
}

func lastAssigning(list []recordrows.Annotation) (at int) {
	for i, a := range list {
		if a.Action == string(model.Assigned) {
			at = i
		}
	}
	return at
}

// TakeBack takes back what a rule did with a change and still stands; an assignment goes
// back to who it was assigned to before. It returns the steps taken.
func TakeBack(tx *kv.Tx, change, rule uint64, actor string) (taken []recordrows.Annotation, err error) {
	list, err := recordrows.AnnotationsOf(tx, change)
	if err != nil {
		return nil, err
	}
	opposite := map[model.AnnotationAction]model.AnnotationAction{model.Tagged: model.Untagged,
		model.Raised: model.Unraised, model.Folded: model.Unfolded, model.Assigned: model.Assigned}
	for _, a := range StepsOf(list, rule) {
		back := recordrows.Annotation{Action: string(opposite[model.AnnotationAction(a.Action)]), Label: a.Label,
			Rule: rule, Actor: actor}
		if a.Action == string(model.Assigned) {
			back.Rule, back.Assignee = 0, assigneeBefore(list, a.Entry) // it is the actor's, and no rule's
		}
		n, err := Step(tx, change, back)
		if err != nil {
			return taken, err
		}
		if n > 0 {
			taken = append(taken, a)
		}
	}
	return taken, nil
}

func assigneeBefore(list []recordrows.Annotation, entry uint64) (name string) {
	for _, a := range list {
		if a.Entry == entry {
			break
		}
		if a.Action == string(model.Assigned) {
			name = a.Assignee
		}
	}
	return name
}

// ParseName reads the name of somebody that a change may be assigned to. The error wraps
// ErrInvalid.
func ParseName(s string) (string, error) {
	name := strings.TrimSpace(s)
	return name, checkName(name)
}
