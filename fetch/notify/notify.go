package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"fineprint/store/model"
)

// Kinds are the kinds of targets.
var Kinds = []string{"command", "webhook", "mail", "smtp", "atom"}

// Target is who is told, and how. Which fields count depends on Kind.
type Target struct {
	Name    string
	Kind    string
	Timeout time.Duration // of an attempt; 0: [DefaultTimeout]
	// Offline refuses what leaves this machine or may: webhooks, SMTP, and commands, which
	// nobody can hold back once they run. Files are written.
	Offline bool

	Command []string // a program and its arguments
	Shell   bool     // Command is one line for sh

	URL     string
	Private bool // it may be at a private address
	// SecretEnv and SecretFile name what the secret is in: the key that signs a webhook, the
	// password for SMTP.
	SecretEnv, SecretFile string

	Folder string // for mails
	Format string // maildir or eml

	Host, User string
	Port       int
	Plain      bool // SMTP without TLS
	From       string
	To         []string

	File    string // an Atom feed
	Entries int    // how many it keeps; 0: [DefaultEntries]
}

// The defaults.
const (
	DefaultTimeout = 10 * time.Second
	DefaultEntries = 200
)

// Failure is why an attempt failed, with what the target asked for.
type Failure struct {
	Reason string
	After  time.Duration // not to be tried again before
	Gone   bool          // and never again
}

func (f *Failure) Error() string { return f.Reason }

func failure(format string, args ...any) error { return &Failure{Reason: fmt.Sprintf(format, args...)} }

// Send makes one attempt to tell a target; payload is the alert as JSON.
func Send(ctx context.Context, t *Target, a *model.Alert, payload []byte) error {
	timeout := t.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if t.Offline && t.Kind != "mail" && t.Kind != "atom" {
		return fmt.Errorf("%w: %s was not told", model.ErrOffline, t.Name)
	}
	var err error
	switch t.Kind {
	case "command":
		err = run(ctx, t, payload)
	case "webhook":
		err = post(ctx, t, a, payload)
	case "mail":
		err = writeMail(t, a)
	case "smtp":
		err = sendMail(ctx, t, a)
	case "atom":
		err = addEntry(ctx, t, a)
	default:
		err = failure("there is no target of kind %q", t.Kind)
	}
	var known *Failure
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, context.DeadlineExceeded) || os.IsTimeout(err):
		return failure("no answer within %s", timeout)
	}
	return failure("%s", oneLine(err.Error()))
}

// maxSecret bounds a secret.
const maxSecret = 4096

// secret reads a target's secret; nil when it has none.
func (t *Target) secret() ([]byte, error) {
	switch {
	case t.SecretEnv != "":
		v := os.Getenv(t.SecretEnv)
		if v == "" {
			return nil, failure("the variable %s, which the secret is in, is not set", t.SecretEnv)
		}
		return []byte(v), nil
	case t.SecretFile != "":
		b, err := os.ReadFile(t.SecretFile)
		if b = bytes.TrimSpace(b); err != nil || len(b) == 0 || len(b) > maxSecret {
			return nil, failure("the file that the secret is in can't be read")
		}
		return b, nil
	}
	return nil, nil
}

// oneLine makes a text safe for a header, a line of a log, and a list.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u2028' || r == '\u2029',
			r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f', r == '\ufeff':
			return ' '
		case r == '\ufffe' || r == '\uffff':
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

// Title is what an alert is called in one line.
func Title(a *model.Alert) string { return oneLine(a.Title) }

// Lines is what an alert says, line by line.
func Lines(a *model.Alert) []string {
	var list []string
	add := func(name, value string) {
		if value = oneLine(value); value != "" {
			list = append(list, name+value)
		}
	}
	add("", a.Text)
	add("Words: ", a.Words)
	if a.Severity != "" {
		add("Severity: ", string(a.Severity))
	} else if a.Suggested != nil {
		add("Suggested: ", string(a.Suggested.Severity)+" ("+strings.Join(a.Suggested.Why, ", ")+")")
	}
	if !a.CapturedAt.IsZero() {
		add("Captured: ", a.CapturedAt.UTC().Format(time.RFC3339))
	}
	add("Tags: ", strings.Join(a.Tags, ", "))
	add("Change: ", string(a.Change))
	add("Record: ", string(a.Record))
	add("Document: ", string(a.Document))
	add("Rule: ", a.Rule)
	for i := range a.Items {
		item := &a.Items[i]
		list = append(list, "", "* "+Title(item))
		for _, l := range Lines(item) {
			list = append(list, "  "+l)
		}
	}
	if a.More > 0 {
		list = append(list, "", fmt.Sprintf("and %d more", a.More))
	}
	return list
}
