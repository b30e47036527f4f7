package fetch

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"fineprint/store/model"
)

// guard refuses every address that is not public. The table is that of the
// ssrf library, which follows the special-purpose registries; NAT64 is looked
// into here, so that a network without IPv4 can be used.
//
// It judges at the moment of dialling, by the address that is dialled: however
// a name is spelled, redirected to or resolved, there is nothing between.
type guard struct {
	public   *ssrf.Guardian
	allowed  map[string]bool
	resolver *net.Resolver
	connect  time.Duration
	offline  bool
}

func newGuard(o Options) *guard {
	g := &guard{public: ssrf.New(ssrf.WithAnyPort()), allowed: map[string]bool{}, resolver: o.Resolver,
		connect: o.ConnectTimeout, offline: o.Offline}
	for _, h := range o.AllowHosts {
		host, port, err := net.SplitHostPort(h)
		if err != nil {
			host, port = h, ""
		}
		g.allowed[hostPort(host, port)] = true
	}
	return g
}

// hostPort is one spelling for a host: no brackets, zone, trailing dot, capitals.
func hostPort(host, port string) string {
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if a, err := netip.ParseAddr(host); err == nil {
		host = a.WithZone("").Unmap().String()
	}
	return host + "|" + port
}

func (g *guard) isAllowed(host, port string) bool {
	return g.allowed[hostPort(host, "")] || g.allowed[hostPort(host, port)]
}

// dial connects to a host by any of its addresses that may be connected to.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if g.offline {
		return nil, reasonf(model.ErrOffline, "offline, so %s was not connected to", address)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, refuse("%q is no host and port", address)
	}
	if err := g.checkHost(host, port); err != nil {
		return nil, err
	}
	d := net.Dialer{Timeout: g.connect, Resolver: g.resolver, Control: func(network, address string,
		_ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || network != "tcp4" && network != "tcp6" {
			return refuse("%s %q is not what is fetched from", network, address)
		}
		return g.checkAddr(host, to)
	}}
	return d.DialContext(ctx, network, address)
}

func (g *guard) checkAddr(host string, to netip.AddrPort) error {
	port := strconv.Itoa(int(to.Port()))
	a := to.Addr().WithZone("").Unmap()
	if g.isAllowed(host, port) || g.isAllowed(a.String(), port) || g.isPublic(a) {
		return nil
	}
	if hostPort(host, "") == hostPort(a.String(), "") {
		return refuse("%s is private or reserved; allow the host if that is meant", a)
	}
	return refuse("%q leads to %s, which is private or reserved; allow the host if that is meant", host, a)
}

var nat64 = netip.MustParsePrefix("64:ff9b::/96")

func (g *guard) isPublic(a netip.Addr) bool {
	if nat64.Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	return g.public.SafeAddr(a) == nil
}

// checkHost refuses before anything is resolved what can be recognised by the
// spelling: an address, or one of the forms in which some resolvers read one
// (octal, hexadecimal, one number, fewer than four).
func (g *guard) checkHost(host, port string) error {
	if a, err := netip.ParseAddr(host); err == nil {
		p, _ := strconv.ParseUint(port, 10, 16)
		return g.checkAddr(host, netip.AddrPortFrom(a, uint16(p)))
	}
	last := strings.TrimRight(host, ".")
	last = strings.ToLower(last[strings.LastIndexByte(last, '.')+1:])
	if _, err := strconv.ParseUint(strings.TrimPrefix(last, "0x"), 16, 64); err == nil &&
		(strings.HasPrefix(last, "0x") || strings.Trim(last, "0123456789") == "") {
		return refuse("%q is no proper spelling of an address", host)
	}
	if last == "" || last == "0x" || strings.Trim(last, "0123456789") == "" {
		return refuse("%q is no host", host)
	}
	return nil
}

// checkURL reports whether the address is one to ask at all.
func (g *guard) checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse("only http and https are fetched, not %q", u.Scheme)
	case u.User != nil:
		return refuse("it has a user name in it")
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return g.checkHost(u.Hostname(), port)
}
