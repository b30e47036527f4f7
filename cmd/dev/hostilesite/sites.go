package hostilesite

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"time"
)

// startTLS: one address for each thing that can be wrong with a certificate.
func (s *Site) startTLS() error {
	ca, err := newAuthority()
	if err != nil {
		return err
	}
	s.CA = x509.NewCertPool()
	s.CA.AddCert(ca.cert)
	good := x509.Certificate{IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotAfter: time.Now().Add(24 * time.Hour)}
	old, other := good, good
	old.NotAfter = time.Now().Add(-time.Hour)
	other.IPAddresses, other.DNSNames = nil, []string{"elsewhere.example"}
	for _, c := range []struct {
		name, about string
		leaf        x509.Certificate
		from        *authority
		change      func(*tls.Config)
	}{
		{"tls", "a good certificate of the site's own authority", good, ca, func(*tls.Config) {}},
		{"tls-self-signed", "a certificate nobody vouches for", good, nil, func(*tls.Config) {}},
		{"tls-expired", "a certificate of yesterday", old, ca, func(*tls.Config) {}},
		{"tls-other-name", "a certificate of another host", other, ca, func(*tls.Config) {}},
		{"tls-old", "TLS 1.0 only", good, ca, func(c *tls.Config) {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10,
				tls.VersionTLS10
		}},
	} {
		cert, err := c.from.issue(c.leaf)
		if err != nil {
			return err
		}
		config := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12,
			NextProtos: []string{"h2", "http/1.1"}}
		c.change(config)
		base, err := s.serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			s.count(c.name)
			html(w,
				Terms)
		}), config)
		if err != nil {
			return err
		}
		s.add(c.name, c.about, base+"/")
	}
	plain, err := s.serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { html(w, Terms) }), nil)
	s.add("tls-none", "no TLS where there should be", strings.Replace(plain, "http:", "https:", 1)+"/")
	return err
}

type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	t := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "hostilesite authority"},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &authority{cert, key}, err
}

// issue signs a leaf; a nil authority lets it sign itself.
func (a *authority) issue(t x509.Certificate) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	t.SerialNumber, t.Subject, t.NotBefore = big.NewInt(2), pkix.Name{CommonName: "hostilesite"},
		time.Now().Add(-24*time.Hour)
	t.KeyUsage, t.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	parent, signer := &t, key
	if a != nil {
		parent, signer = a.cert, a.key
	}
	der, err := x509.CreateCertificate(rand.Reader, &t, parent, &key.PublicKey, signer)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// startRobots: one site for each robots.txt; their page is fine.
func (s *Site) startRobots() error {
	text := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	huge := "User-agent: *\nDisallow: /terms\n" + strings.Repeat("Disallow: /a*b*c*d$\n", megabyte/4)
	for _, c := range []struct {
		name, about string
		robots      http.HandlerFunc
	}{
		{"robots-no", "robots.txt forbids everything", text("User-agent: *\nDisallow: /\n")},
		{"robots-us", "robots.txt forbids us by name",
			text("User-agent: *\nAllow: /\n\nUser-agent: Fineprint\nDisallow: /terms\n")},
		{"robots-yes", "robots.txt forbids others only",
			text("User-agent: *\nDisallow: /\n\nUser-agent: fineprint\nAllow: /terms\n")},
		{"robots-orphan", "robots.txt has a rule before its first group",
			text("Disallow: /x\nUser-agent: *\nDisallow: /terms\n")},
		{"robots-none", "no robots.txt", status(404)},
		{"robots-500", "robots.txt is broken", status(500)},
		{"robots-huge", "robots.txt of 5 MB, with thousands of patterns", text(huge)},
		{"robots-bomb", "robots.txt that is a bomb", packedRobots()},
		{"robots-garbage", "robots.txt is noise", text(strings.Repeat("\x00\xff: \x1b\n", 1000))},
		{"robots-loop", "robots.txt redirects to itself",
			func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) }},
		{"robots-private", "robots.txt redirects into the private network",
			func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, s.o.Target, http.StatusFound) }},
		{"robots-slow", "robots.txt never comes", func(_ http.ResponseWriter, r *http.Request) {
			s.pause(r.Context(),
				s.o.Slow)
		}},
		{"robots-drip", "robots.txt comes a byte now and then", func(w http.ResponseWriter, r *http.Request) {
			for s.pause(r.Context(), s.o.Drip) {
				_, _ = io.WriteString(w, "#")
				flush(w)
			}
		}},
	} {
		mux := http.NewServeMux()
		mux.HandleFunc("/robots.txt", c.robots)
		mux.HandleFunc("/terms", func(w http.ResponseWriter, _ *http.Request) { s.count(c.name); html(w, Terms) })
		base, err := s.serve(mux, nil)
		if err != nil {
			return err
		}
		s.add(c.name, c.about, base+"/terms")
	}
	return nil
}

func packedRobots() http.HandlerFunc {
	bomb := append(gzipped([]byte("User-agent: *\nDisallow: /terms\n"), 1),
		gzipped(bytes.Repeat([]byte("#\n"), 4*megabyte), 128)...)
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb)
	}
}
