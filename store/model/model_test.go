package model

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestIDsAreFormattedAndParsed(t *testing.T) {
	for _, c := range []struct {
		prefix string
		kind   IDKind
		n      uint64
		want   ID
	}{
		{"FP", DocumentID, 461, "FP-D-00461"}, {"FP", SnapshotID, 812, "FP-S-000812"}, {"FP", ClauseID, 8079, "FP-P-008079"},
		{"FP", ChangeID, 543, "FP-C-000543"}, {"ACME1", RecordID, 77, "ACME1-R-000077"},
		{"FP", ChangeID, 12345678, "FP-C-12345678"},
	} {
		id := NewID(c.prefix, c.kind, c.n)
		if id != c.want || id.Kind() != c.kind || id.Number() != c.n {
			t.Errorf("%s, kind %c, number %d; want %s", id, id.Kind(), id.Number(), c.want)
		}
		for _, typed := range []string{string(id), strings.ToLower(string(id)), "  " + string(id) + "\n"} {
			if got, err := ParseID(typed); got != id || err != nil {
				t.Errorf("%q reads as %s, %v", typed, got, err)
			}
		}
	}
	if got, err := ParseID("fp-c-5"); got != "FP-C-000005" || err != nil {
		t.Errorf("leading zeros must be optional: %s, %v", got, err)
	}
	for _, bad := range []string{"", "FP", "FP-C-", "FP-C-0", "FP-C-000000", "FP-X-1", "FP-C-1a", "-C-1", "1P-C-1",
		"TOOLONGPREFIX-C-1", "FP-C--1", "FP-C-1 2", "FP–C–1", "FP-C-99999999999999999999", "FP-C-١"} {
		if got, err := ParseID(bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q reads as %q, %v", bad, got, err)
		}
	}
	for _, bad := range []ID{"", "FP", "banana", "FP-C-x"} {
		if bad.Number() != 0 || bad.Kind() != 0 {
			t.Errorf("%q has kind %d and number %d", bad, bad.Kind(), bad.Number())
		}
	}
}

// FuzzParseID: what reads as an ID prints canonically, and that reads as itself.
func FuzzParseID(f *testing.F) {
	for _, s := range []string{"FP-C-000543", "fp-d-1", "x9-r-18446744073709551615", " A-P-01 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseID(s)
		if err != nil {
			if id != "" || !errors.Is(err, ErrInvalid) {
				t.Fatalf("%q: %q, %v", s, id, err)
			}
			return
		}
		again, err := ParseID(string(id))
		if err != nil || again != id || id.Number() == 0 || id.Kind() == 0 {
			t.Fatalf("%q reads as %s, that as %s, %v", s, id, again, err)
		}
	})
}

func TestSlugHasNoUnsafeCharacters(t *testing.T) {
	for name, want := range map[string]string{
		"AI21 Labs": "ai21-labs", "  X (formerly Twitter)!  ": "x-formerly-twitter", "VK.com": "vk-com", "微信": "微信",
		"Émile & Co": "émile-co",
		"":           "platform", "---": "platform", "\x1b]0;x\x07": "0-x", "a\u202eb": "a-b", "../../etc": "etc",
	} {
		if got := Slug(name); got != want {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
}

// FuzzSlug: a slug is its own slug, never empty, and holds nothing that a shell,
// a path or a terminal takes for something else.
func FuzzSlug(f *testing.F) {
	for _, s := range []string{"AI21 Labs", "ǅ", "İstanbul", "a--b", "\xff"} {
		f.Add(s)
	}
	bad := regexp.MustCompile(`^-|-$|--|[^\pL\pN-]`)
	f.Fuzz(func(t *testing.T, name string) {
		slug := Slug(name)
		if slug == "" || !utf8.ValidString(slug) || bad.MatchString(slug) {
			t.Fatalf("%q gives %q", name, slug)
		}
		if again := Slug(slug); again != slug {
			t.Fatalf("%q gives %q, that gives %q", name, slug, again)
		}
	})
}

func TestMatchNameFollowsThePattern(t *testing.T) {
	for _, c := range []struct {
		pattern string
		want    bool
	}{
		{"", true}, {"*", true}, {"Acme Social/*", true}, {"acme*TERMS*", true}, {"*Service", true}, {"acme", false},
		{"Acme?Social/Terms of Service", true}, {"ACME social", true}, {"acme-social", true}, {"acme-social/T*", true},
		{"acme social/", false}, {"social", false}, {"Terms of Service", false}, {"Acme Socials", false},
		{"*/Privacy*", false}, {"a*a*a*a*a*a*a*z", false}, {"[a-z]*", false}, {"Acme Social/Terms of Service?", false},
		{"**", true},
	} {
		if got := MatchName(c.pattern, "Acme Social", "Terms of Service"); got != c.want {
			t.Errorf("%q: %v", c.pattern, got)
		}
	}
	// Not exponential.
	if MatchName(strings.Repeat("*a", 2000)+"b", strings.Repeat("a", 5000), "") {
		t.Error("matches what it can't")
	}
}

func TestParsersAcceptOnlyTheirWords(t *testing.T) {
	for i, s := range Severities {
		if got, err := ParseSeverity(" " + strings.ToUpper(string(s)) + " "); got != s || err != nil || s.Rank() != i+1 {
			t.Errorf("%s reads as %s, %v, rank %d", s, got, err, s.Rank())
		}
	}
	if Severity("").Rank() != 0 {
		t.Error("not judged must rank lowest")
	}
	for _, s := range States {
		if got, err := ParseState(string(s)); got != s || err != nil {
			t.Errorf("%s reads as %s, %v", s, got, err)
		}
	}
	_, severity := ParseSeverity("huge")
	_, confidence := ParseConfidence("critical")
	_, basis := ParseBasis("")
	for err, says := range map[error]string{severity: "low, medium, high, critical", confidence: "low, medium, high",
		basis: "explicit, inferred, absent"} {
		if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
}

func TestMissingListsWhatApprovalLacks(t *testing.T) {
	if got := strings.Join(Review{Summary: " \n"}.Missing(), " "); got != "severity confidence basis summary" {
		t.Errorf("missing %s", got)
	}
	if got := (Review{Severity: Low, Confidence: LowConfidence, Basis: Absent, Summary: "x"}).Missing(); len(got) != 0 {
		t.Errorf("missing %v of a whole one", got)
	}
}
