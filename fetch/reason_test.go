package fetch

import (
	"net"
	"net/url"
	"testing"
)

// TestUnknownHostIsNamed, as it is shown after the address.
func TestUnknownHostIsNamed(t *testing.T) {
	u := &url.URL{Scheme: "https", Host: "acme.example", Path: "/terms"}
	err := explain(t.Context(), u, &net.DNSError{Name: "acme.example.", IsNotFound: true})
	if want := "fetching https://acme.example/terms: connection failed: unknown host acme.example"; err.Error() != want {
		t.Errorf("%v", err)
	}
}
