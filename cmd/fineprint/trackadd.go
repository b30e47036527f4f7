package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

type trackAddOptions struct {
	sourceFlags
	platform, kind string
	every          string
	allowHosts     []string
}

func newTrackAddCommand(a *app) *cobra.Command {
	o := &trackAddOptions{}
	cmd := &cobra.Command{
		Use:   "add URL|DECLARATION.json|DIR|LIST…",
		Short: "Track documents, or track them otherwise",
		Long: `Track documents: by address, by an Open Terms Archive declaration or a folder of
them, or by a list of addresses (a file, or - for standard input), one a line,
each with its platform and type after tabs if they can't be told from it.

The platform and the type are taken from the address, and the type from the
page's title if need be, unless you say them. Adding a document again changes
only what you say. With other selectors the last page is read anew first: what
they take in or leave out is no change of the platform's.

An address that ends in .pdf is to bring a PDF: a page that comes in its place is
no version of the document. If a page is what you want, say how to read it:
--select, --remove or --browser.`,
		Example: `fineprint track add https://example.com/privacy
fineprint track add https://example.com/legal --platform Example --type 'Terms of Service' \
  --select main --remove .last-visited --every 12h
fineprint track add declarations/
fineprint track add addresses.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runTrackAdd(cmd.Context(), a, o, args) },
	}
	f := cmd.Flags()
	f.StringVar(&o.platform, "platform", "", "the platform's name")
	f.StringVar(&o.kind, "type", "", "the type of terms, such as 'Privacy Policy'")
	o.add(cmd)
	f.StringVar(&o.every, "every", "", "how often to fetch: 12h, 7d (default 24h)")
	addAllowHost(cmd, &o.allowHosts)
	return cmd
}

// adder turns what was named on the command line into requests.
type adder struct {
	a       *app
	o       *trackAddOptions
	every   time.Duration
	tracked []model.TrackedRow
	ask     *bufio.Reader // nil when nobody can be asked

	requests []model.TrackRequest
	told     []string // remarks by request: what was inferred
	taken    map[string]string
	refused  int
}

func runTrackAdd(ctx context.Context, a *app, o *trackAddOptions, args []string) error {
	ad := &adder{a: a, o: o, taken: map[string]string{}}
	var err error
	if o.every != "" {
		if ad.every, err = parseEvery(o.every); err != nil {
			return err
		}
	}
	s, err := a.openForFetching(ctx)
	if err == nil {
		ad.tracked, err = a.tracking(ctx, s)
	} else if errors.Is(err, model.ErrNoStore) {
		err = nil // made once there is something to put into it
	}
	if err != nil {
		return err
	}
	if isTerminal(a.in) && !a.json && !a.plain && len(args) == 1 {
		ad.ask = bufio.NewReader(a.in)
	}
	for _, arg := range args {
		if err := ad.target(ctx, arg); err != nil {
			return err
		}
	}
	if len(ad.requests) > 0 {
		if s == nil {
			if s, err = a.openOrCreateStore(); err != nil {
				return err
			}
		}
		if err := ad.record(ctx, s); err != nil {
			return err
		}
	}
	if ad.refused > 0 {
		return errLook
	}
	return nil
}

// target reads one argument.
func (ad *adder) target(ctx context.Context, arg string) error {
	if strings.Contains(arg, "://") {
		return ad.address(ctx, arg, ad.o.platform, ad.o.kind)
	}
	if arg == "-" {
		return ad.list(ctx, "standard input", ad.a.in)
	}
	info, err := os.Stat(arg)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %s is neither a web address (those begin with https://) nor a file", model.ErrInvalid, arg)
	case err != nil:
		return fmt.Errorf("%w: %s can't be read", model.ErrInvalid, arg)
	case info.IsDir() || strings.HasSuffix(strings.ToLower(arg), ".json"):
		return ad.declarations(arg)
	}
	f, err := os.Open(arg)
	if err != nil {
		return fmt.Errorf("%w: %s can't be read", model.ErrInvalid, arg)
	}
	defer func() { _ = f.Close() }()
	return ad.list(ctx, arg, f)
}

// maxListLine bounds a line of a list, in bytes.
const maxListLine = 1 << 16

// list reads addresses, one a line, with platform and type after tabs. A line
// that does not do is told and left out.
func (ad *adder) list(ctx context.Context, name string, r io.Reader) error {
	if ad.o.kind != "" {
		return fmt.Errorf("%w: --type names one document, and %s is a list", model.ErrInvalid, name)
	}
	ad.ask = nil
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxListLine)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := append(strings.Split(line, "\t"), "", "")
		platform := strings.TrimSpace(f[1])
		if platform == "" {
			platform = ad.o.platform
		}
		if err := ad.address(ctx, f[0], platform, strings.TrimSpace(f[2])); errors.Is(err, model.ErrInvalid) {
			ad.refuse(fmt.Sprintf("%s, line %d", name, n), err)
		} else if err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%w: %s can't be read as a list of addresses", model.ErrInvalid, name)
	}
	return nil
}

func (ad *adder) refuse(where string, err error) {
	ad.refused++
	ad.a.notef("%s: %s\n", where, plainWords(err))
}

// address asks to track one address. One that is tracked already keeps what is
// not said anew.
func (ad *adder) address(ctx context.Context, typed, platform, kind string) error {
	address, err := webAddress(typed)
	if err != nil {
		return err
	}
	r := model.TrackRequest{Platform: platform, Type: kind, Every: ad.every, Source: model.Source{URL: address}}
	if known := ad.known(address, platform, kind); known != nil {
		r.Platform, r.Type, r.Source, r.IgnoreRobots = known.Platform.Name, known.Type, known.Source, known.IgnoreRobots
		r.Source.URL = address
	}
	if ad.o.given("ignore-robots") {
		r.IgnoreRobots = ad.o.ignoreRobots
	}
	if err := ad.o.onto(&r.Source); err != nil {
		return err
	}
	inferred, err := ad.name(ctx, &r, address)
	if err != nil {
		return err
	}
	if inferred != "" {
		for _, row := range ad.tracked {
			if row.Platform.Name == r.Platform && row.Type == r.Type && row.Source.URL != address {
				return fmt.Errorf("%w: %s looks like %s, which is tracked from %s; say --platform and --type: the same to replace its address, others to track both", model.ErrInvalid, address, row.Name(), row.Source.Pages()[0].URL)
			}
		}
	}
	return ad.request(r, inferred)
}

// known finds what is tracked under an address, or under the names given.
func (ad *adder) known(address, platform, kind string) *model.TrackedRow {
	for i, row := range ad.tracked {
		named := platform == row.Platform.Name && kind == row.Type
		if named || address != "" && row.Source.URL == address && (platform == "" || platform == row.Platform.Name) && (kind == "" || kind == row.Type) {
			return &ad.tracked[i]
		}
	}
	return nil
}

// name completes the names of a request; it returns what it had to guess.
func (ad *adder) name(ctx context.Context, r *model.TrackRequest, address string) (inferred string, err error) {
	var guessed []string
	if r.Platform == "" {
		r.Platform = ad.confirm("Platform", watch.InferPlatform(address))
		guessed = append(guessed, "platform")
	}
	if r.Type == "" {
		if r.Type, err = inferType(ctx, ad.a.webClient(ad.o.allowHosts), address); err != nil {
			return "", err
		}
		r.Type = ad.confirm("Type", r.Type)
		guessed = append(guessed, "type")
	}
	if r.Platform == "" || r.Type == "" {
		return "", fmt.Errorf("%w: neither the address %s nor its page tells what kind of terms it is; say --type (in a list: after a second tab)", model.ErrInvalid, address)
	}
	return strings.Join(guessed, " and "), nil
}

// inferType guesses a document's type from its address, else from its page's
// title; "" when neither tells.
func inferType(ctx context.Context, client *fetch.Client, address string) (string, error) {
	if kind := watch.InferType(address, ""); kind != "" {
		return kind, nil
	}
	title, err := watch.Title(ctx, client, address)
	if err != nil && ctx.Err() != nil {
		return "", ctx.Err()
	}
	return watch.InferType("", title), nil
}

// confirm asks on a terminal for a name, with the guess as the default.
func (ad *adder) confirm(what, guess string) string {
	if ad.ask == nil {
		return guess
	}
	if guess == "" {
		ad.a.notef("%s: ", what)
	} else {
		ad.a.notef("%s [%s]: ", what, guess)
	}
	line, err := ad.ask.ReadString('\n')
	if answer := strings.TrimSpace(line); answer != "" {
		return answer
	} else if err != nil {
		ad.ask = nil
	}
	return guess
}

// request takes a request in, unless another one of this command has its name.
func (ad *adder) request(r model.TrackRequest, remark string) error {
	name, address := r.Platform+"/"+r.Type, r.Source.Pages()[0].URL
	if other, taken := ad.taken[name]; taken && other != address {
		return fmt.Errorf("%w: %s and %s would both be %s; say what each is", model.ErrInvalid, other, address, name)
	} else if taken {
		return nil
	}
	ad.taken[name] = address
	ad.requests, ad.told = append(ad.requests, r), append(ad.told, remark)
	return nil
}

// record tracks what was asked for and says what came of it.
func (ad *adder) record(ctx context.Context, s *store.Store) error {
	var results []store.TrackResult
	err := watch.RetryBusy(ctx, func() (err error) {
		results, err = s.Track(ctx, ad.requests)
		return err
	})
	if err != nil {
		return err
	}
	if ad.a.json {
		return ad.printJSON(results)
	}
	warned := 0
	for i, r := range results {
		ad.a.printf("%s %s\n", r.Document, ad.sentence(r, ad.told[i]))
		for _, w := range r.Source.Warnings {
			ad.a.printf("    warning: %s\n", w)
		}
		if other := ad.samePage(r, results); other != "" {
			ad.a.printf("    note: it is the page of %s; without --select what changes on it is queued for both\n", other)
		}
		if len(r.Source.Warnings) > 0 {
			warned++
		}
	}
	if len(results) > 1 {
		ad.a.printf("%s, %d of them with a warning. `fineprint fetch` fetches them.\n", humanize.Count(len(results), "document"), warned)
	}
	return nil
}

// samePage names another tracked document that is read from the very page of
// this one, as long as nothing says which part of it this one is; "" for none.
func (ad *adder) samePage(r store.TrackResult, results []store.TrackResult) string {
	page := func(t model.Tracked) string {
		address, _, _ := strings.Cut(t.Source.URL, "#")
		return address
	}
	if page(r.Tracked) == "" || len(r.Source.Select) > 0 {
		return ""
	}
	others := make([]model.Tracked, 0, len(ad.tracked)+len(results))
	for _, row := range ad.tracked {
		others = append(others, row.Tracked)
	}
	for _, other := range results {
		others = append(others, other.Tracked)
	}
	for _, other := range others {
		if other.Document != r.Document && page(other) == page(r.Tracked) {
			return other.Name()
		}
	}
	return ""
}

func (ad *adder) sentence(r store.TrackResult, inferred string) string {
	s := r.Name()
	switch {
	case r.Changed:
		s += ": tracked otherwise from now on"
	case !r.New:
		s += ": tracked already, nothing changed"
	case r.Known:
		s += ": tracked; it goes on with the versions that are here"
	default:
		s += ": tracked"
	}
	if r.New && inferred != "" {
		s += fmt.Sprintf(" (%s told from the address or title)", inferred)
	}
	return s + ", every " + every(r.Every)
}

func (ad *adder) printJSON(results []store.TrackResult) error {
	out := struct {
		Added     []model.Tracked `json:"added"`
		Changed   []model.Tracked `json:"changed"`
		Unchanged []model.Tracked `json:"unchanged"`
		Refused   int             `json:"refused"`
	}{[]model.Tracked{}, []model.Tracked{}, []model.Tracked{}, ad.refused}
	for _, r := range results {
		switch {
		case r.New:
			out.Added = append(out.Added, r.Tracked)
		case r.Changed:
			out.Changed = append(out.Changed, r.Tracked)
		default:
			out.Unchanged = append(out.Unchanged, r.Tracked)
		}
	}
	return ad.a.printJSON(out)
}
