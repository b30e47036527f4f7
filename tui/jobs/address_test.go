package jobs

import "testing"

// TestAddressIsTakenAsItIsPasted: behind a scheme that stands there already, too; one in an
// address's own query stays.
func TestAddressIsTakenAsItIsPasted(t *testing.T) {
	for typed, want := range map[string]string{
		"https://acme.example/terms":                  "https://acme.example/terms",
		"https://https://acme.example/terms":          "https://acme.example/terms",
		"https://http://acme.example/terms":           "http://acme.example/terms",
		"acme.example/terms":                          "https://acme.example/terms",
		"https://a.example/?of=https://acme.example/": "https://a.example/?of=https://acme.example/",
	} {
		if got := spelled(typed); got != want {
			t.Errorf("%q is %q, not %q", typed, got, want)
		}
	}
}
