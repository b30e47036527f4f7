// Package manual makes manual pages of the program's commands, one for each, in the
// language of man(7).
//
// It knows nothing of Fineprint: what it writes is what `--help` has.
//
// Invariant: no text of a command is ever read as a request or an escape of roff.
//
// Decision: our own writer of some hundred lines. Fang's puts all commands on one page and
// breaks every line of a description; Cobra's goes by way of Markdown and a second module.
package manual

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Of is what all pages have in common.
type Of struct {
	Version string
	Date    time.Time // zero: none is printed
}

// Pages returns the page of each command below one and of itself, by the file's name:
// "fineprint-record-new.1".
func (o Of) Pages(root *cobra.Command) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) { o.each(root, yield) }
}

func (o Of) each(c *cobra.Command, yield func(string, []byte) bool) bool {
	if !yield(name(c)+".1", o.Page(c)) {
		return false
	}
	for _, sub := range c.Commands() {
		if listed(sub) && !o.each(sub, yield) {
			return false
		}
	}
	return true
}

func listed(c *cobra.Command) bool { return c.IsAvailableCommand() && !c.Hidden && c.Name() != "help" }

func name(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// page is one in the making.
type page struct{ bytes.Buffer }

func (p *page) request(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// Page returns the page of a command.
func (o Of) Page(c *cobra.Command) []byte {
	p := &page{}
	date := ""
	if !o.Date.IsZero() {
		date = o.Date.Format(time.DateOnly)
	}
	p.request(`.TH %s 1 %s %s %s`, quoted(strings.ToUpper(name(c))), quoted(date), quoted(c.Root().Name()+" "+o.Version),
		quoted("Commands"))
	p.request(".SH NAME\n%s \\- %s", text(name(c)), text(c.Short))
	p.request(".SH SYNOPSIS\n.B %s\n%s", text(c.CommandPath()), text(strings.TrimSpace(strings.TrimPrefix(c.UseLine(), c.CommandPath()))))
	if long := strings.TrimSpace(c.Long); long != "" {
		p.request(".SH DESCRIPTION")
		p.prose(long)
	}
	p.options("OPTIONS", c.NonInheritedFlags())
	p.options("OPTIONS OF EVERY COMMAND", c.InheritedFlags())
	if c.HasAvailableSubCommands() {
		p.request(".SH COMMANDS")
		for _, sub := range c.Commands() {
			if listed(sub) {
				p.request(".TP\n.B %s\n%s.", text(sub.Name()), text(sub.Short))
			}
		}
	}
	if c.Example != "" {
		p.request(".SH EXAMPLES\n.nf")
		for line := range strings.SplitSeq(strings.TrimSpace(c.Example), "\n") {
			p.request("%s", text(line))
		}
		p.request(".fi")
	}
	p.seeAlso(c)
	return p.Bytes()
}

// prose writes paragraphs, which blank lines are between.
func (p *page) prose(s string) {
	for i, paragraph := range strings.Split(s, "\n\n") {
		if i > 0 {
			p.request(".PP")
		}
		for line := range strings.SplitSeq(paragraph, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				p.request("%s", text(line))
			}
		}
	}
}

func (p *page) options(title string, flags *pflag.FlagSet) {
	begun := false
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		if !begun {
			p.request(".SH %s", title)
			begun = true
		}
		value, usage := pflag.UnquoteUsage(f)
		option := `\-\-` + text(f.Name)
		if f.Shorthand != "" {
			option = `\-` + f.Shorthand + ", " + option
		}
		p.request(".TP\n\\fB%s\\fP \\fI%s\\fP\n%s", option, text(value), text(usage))
	})
}

func (p *page) seeAlso(c *cobra.Command) {
	var pages []string
	if c.HasParent() {
		pages = append(pages, text(name(c.Parent()))+"(1)")
	}
	for _, sub := range c.Commands() {
		if listed(sub) {
			pages = append(pages, text(name(sub))+"(1)")
		}
	}
	if len(pages) > 0 {
		p.request(".SH SEE ALSO\n%s", strings.Join(pages, ", "))
	}
}

// text makes s safe within a line of roff: its backslashes are escapes no more, its hyphens
// are those that can be copied, and no line begins with a request.
func text(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", " ").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

func quoted(s string) string { return `"` + strings.ReplaceAll(text(s), `"`, `\(dq`) + `"` }
