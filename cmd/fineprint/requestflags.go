package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
)

// secretsHelp is where values come from that nobody is to see.
const secretsHelp = `A value on the command line stays in the shell's history. '@FILE', '@-' (standard
input) or 'env:NAME' in its place takes it from elsewhere; it is a secret then, as
are all cookies and headers such as Authorization. Secrets show as ***, are sent to
the document's own site alone, and leave no trace but in the database file itself,
of which a backup is a copy.`

// requestFlags are the options about how a page is asked for.
type requestFlags struct {
	headers, cookies                   []string
	userAgent, acceptLanguage, charset string
	acceptStatus                       []string
}

func (o *requestFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&o.headers, "header", nil,
		"request header, 'Name: value'; 'Name:' removes it, '' removes all (repeatable)")
	f.StringArrayVar(&o.cookies, "cookie", nil,
		"cookie to send, 'name=value'; 'name=' removes it, '' removes all (repeatable)")
	f.StringVar(&o.userAgent, "user-agent", "", "User-Agent to send, also matched against robots.txt ('': fineprint)")
	f.StringVar(&o.acceptLanguage, "accept-language", "",
		"Accept-Language to send, such as 'de-AT, de;q=0.9' ('': the document's own)")
	f.StringVar(&o.charset, "charset", "",
		"page encoding, overriding the page's own: windows-1251, shift_jis ('': as declared)")
	f.StringArrayVar(&o.acceptStatus, "accept-status", nil,
		"accept this HTTP status as success, such as 404 (repeatable; '': none)")
}

// options returns what was given of them.
func (o *requestFlags) options(changed func(string) bool, in io.Reader) (app.RequestOptions, error) {
	var given app.RequestOptions
	var err error
	if changed("header") {
		if given.Headers, err = parseFields(o.headers, ":", in); err != nil {
			return given, err
		}
	}
	if changed("cookie") {
		if given.Cookies, err = parseFields(o.cookies, "=", in); err != nil {
			return given, err
		}
	}
	for flag, to := range map[string]struct {
		value *string
		given **string
	}{
		"user-agent":      {&o.userAgent, &given.UserAgent},
		"accept-language": {&o.acceptLanguage, &given.AcceptLanguage},
		"charset":         {&o.charset, &given.Charset},
	} {
		if changed(flag) {
			*to.given = to.value
		}
	}
	if changed("accept-status") {
		given.AcceptStatus = []int{}
		for s := range strings.FieldsFuncSeq(strings.Join(o.acceptStatus, ","), func(r rune) bool { return r == ',' }) {
			status, err := strconv.Atoi(strings.TrimSpace(s))
			if err != nil {
				return given, fmt.Errorf("%w: %q is not an HTTP status such as 404", model.ErrInvalid, s)
			}
			given.AcceptStatus = append(given.AcceptStatus, status)
		}
	}
	return given, nil
}

// parseFields reads the values of --header or --cookie, whose name ends at sep. What
// is '@FILE' as a whole has one a line.
func parseFields(written []string, sep string, in io.Reader) ([]app.FieldOption, error) {
	fields := []app.FieldOption{}
	for _, s := range written {
		if strings.TrimSpace(s) == "" {
			fields = append(fields, app.FieldOption{})
			continue
		}
		if path, ok := strings.CutPrefix(s, "@"); ok {
			list, err := readFields(path, sep, in)
			if err != nil {
				return nil, err
			}
			fields = append(fields, list...)
			continue
		}
		f, err := parseField(s, sep)
		if err != nil {
			return nil, err
		}
		if f.Value, f.Secret, err = secretValue(f.Value, in); err != nil {
			return nil, fmt.Errorf("the value of %s: %w", f.Name, err)
		}
		fields = append(fields, f)
	}
	return fields, nil
}

func parseField(s, sep string) (app.FieldOption, error) {
	name, value, ok := strings.Cut(s, sep)
	if name = strings.TrimSpace(name); !ok || name == "" {
		form := map[string]string{":": "'Name: value'", "=": "'name=value'"}[sep]
		return app.FieldOption{}, fmt.Errorf("%w: use %s, or an empty value to remove it", model.ErrInvalid, form)
	}
	return app.FieldOption{Name: name, Value: strings.TrimSpace(value)}, nil
}

// readFields reads a file with a header or cookie a line, all of them secret.
func readFields(path, sep string, in io.Reader) ([]app.FieldOption, error) {
	b, err := readSecret(path, in)
	if err != nil {
		return nil, err
	}
	var fields []app.FieldOption
	for lines := bufio.NewScanner(bytes.NewReader(b)); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		f, err := parseField(line, sep)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		f.Secret = true
		fields = append(fields, f)
	}
	return fields, nil
}

var envValue = regexp.MustCompile(`^env:([A-Za-z_][A-Za-z0-9_]*)$`)

// secretValue reads a value that is elsewhere: '@FILE', '@-' or 'env:NAME'; '@@'
// begins one that begins with @.
func secretValue(value string, in io.Reader) (read string, secret bool, err error) {
	if m := envValue.FindStringSubmatch(value); m != nil {
		if read = strings.TrimSpace(os.Getenv(m[1])); read == "" {
			return "", false, fmt.Errorf("%w: environment variable %s is not set", model.ErrInvalid, m[1])
		}
		return read, true, nil
	}
	path, elsewhere := strings.CutPrefix(value, "@")
	if !elsewhere || strings.HasPrefix(path, "@") {
		return path, false, nil
	}
	b, err := readSecret(path, in)
	if err != nil {
		return "", false, err
	}
	if read = strings.TrimSpace(string(b)); read == "" {
		return "", false, fmt.Errorf("%w: %s is empty", model.ErrInvalid, path)
	}
	return read, true, nil
}

// maxSecret bounds a file of secrets.
const maxSecret = 64 << 10

func readSecret(path string, in io.Reader) ([]byte, error) {
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("%w: %s can't be read", model.ErrInvalid, path)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, maxSecret+1))
	if err != nil || len(b) > maxSecret {
		return nil, fmt.Errorf("%w: %s can't be read, or is longer than %d bytes", model.ErrInvalid, path, maxSecret)
	}
	return b, nil
}

// printRequest prints how a page is asked for.
func (a *cli) printRequest(r *model.RequestSettings) {
	for _, words := range r.Words() {
		a.printf("    request: %s\n", words)
	}
}
