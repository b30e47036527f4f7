package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fineprint/cmd/dev/hostilesite"
	"fineprint/store/model"
)

// canary counts connections to this machine's private side.
type canary struct {
	port string
	url  string
	hits atomic.Int32
}

func newCanary(t *testing.T) *canary {
	t.Helper()
	l, err := net.Listen("tcp", ":0") // every address, both families where there are two
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	c := &canary{port: port, url: "http://127.0.0.1:" + port + "/"}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			c.hits.Add(1)
			_ = conn.Close()
		}
	}()
	return c
}

// spellings are ways to write addresses that are not public.
func spellings() []string {
	var out []string
	for _, a := range []string{"127.0.0.1", "127.0.0.2", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255",
		"192.168.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "0.0.0.0", "0.1.2.3",
		"192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250",
		"240.0.0.1", "255.255.255.255"} {
		b := netip.MustParseAddr(a).As4()
		n := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
		out = append(out, a, a+".", fmt.Sprint(n), fmt.Sprintf("0x%x", n), fmt.Sprintf("0X%X", n),
			fmt.Sprintf("0%o", n),
			fmt.Sprintf("0x%x.0x%x.0x%x.0x%x", b[0], b[1], b[2], b[3]), fmt.Sprintf("0%o.0%o.0%o.0%o", b[0], b[1], b[2],
				b[3]), fmt.Sprintf("%d.%d", b[0], n&0xffffff), fmt.Sprintf("%d.%d.%d", b[0], b[1], n&0xffff),
			fmt.Sprintf("000%d.%d.%d.%d", b[0], b[1], b[2], b[3]), fmt.Sprintf("%d.0x%x.0%o.%d", b[0], b[1], b[2],
				b[3]),
			"[::ffff:"+a+"]", fmt.Sprintf("[::ffff:%x:%x]", n>>16, n&0xffff), "[::"+a+"]", "[64:ff9b::"+a+"]",
			"[64:ff9b:1::"+a+"]",
			fmt.Sprintf("[2002:%x:%x::1]", n>>16, n&0xffff), fmt.Sprintf("[2001:0:0808:0808::%x:%x]", ^n>>16,
				^n&0xffff), "[0:0:0:0:0:FFFF:"+a+"]", "[::ffff:0:"+a+"]")
	}
	return append(out, "[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[fe80::1]",
		"[fe80::1%25lo]", "[::1%25lo]", "[::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]",
		"[ff05::1:3]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[2001:2::1]", "[2001:10::1]",
		"[::7f00:1]",
		"localhost", "LOCALHOST", "localhost.", "LocalHost.", "ip6-localhost", "127.1", "127.0.1", "0", "0x0", "00",
		"0x7f.1", "0177.1", "017700000001", "0x7f000001", "2130706433", "0x00000000000000007f000001", "127.0.0.1..",
		"1.0.0.127.",
		"１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "localhoſt",
		"ⓛⓞⓒⓐⓛⓗⓞⓢⓣ")
}

// TestPrivateAddressIsNeverDialled tries every spelling, straight and as a redirect from a site
// that is allowed, with tricks around it: the canary sees nothing.
func TestPrivateAddressIsNeverDialled(t *testing.T) {
	c := newCanary(t)
	var to atomic.Value
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Location"] = []string{to.Load().(string)}
		w.WriteHeader(http.StatusFound)
	}))
	defer site.Close()
	from, _ := url.Parse(site.URL)
	client := New(Options{AllowHosts: []string{from.Host}, Pace: -1, Retries: -1, ConnectTimeout: time.Second,
		Resolver: localNames(t)})
	tried := 0
	for _, host := range spellings() {
		for _, address := range []string{"http://" + host + ":" + c.port + "/", "https://" + host + ":" + c.port + "/",
			"http://public.example@" + host + ":" + c.port + "/", "http://" + host + ":" + c.port + "/#@public.example",
			"http://" + host + ":" + c.port + "\\@public.example/", "//" + host + ":" + c.port + "/"} {
			tried++
			_, err := client.Fetch(t.Context(), Request{URL: address, IgnoreRobots: tried%2 == 0})
			if err == nil {
				t.Errorf("%s was fetched", address)
			}
			to.Store(address)
			if _, err := client.Fetch(t.Context(), Request{URL: site.URL, IgnoreRobots: true}); err == nil {
				t.Errorf("a redirect to %s was followed", address)
			}
		}
	}
	if n := c.hits.Load(); n != 0 {
		t.Errorf("%d connections at the canary", n)
	}
	t.Logf("%d spellings, %d addresses, each straight and by a redirect", len(spellings()), tried)
	if len(spellings()) < 200 {
		t.Errorf("only %d spellings", len(spellings()))
	}
	// The canary can sing: with leave it is reached.
	_, _ = New(Options{AllowHosts: []string{"127.0.0.1:" + c.port}, Pace: -1, Retries: -1}).Fetch(t.Context(),
		Request{URL: c.url, IgnoreRobots: true})
	if c.hits.Load() == 0 {
		t.Error("the canary does not work")
	}
}

// TestForbiddenAddressIsReportedAsSuch: what is no public address is reported as such, not called a
// failed connection.
func TestForbiddenAddressIsReportedAsSuch(t *testing.T) {
	client := New(Options{Pace: -1, Retries: -1, Resolver: localNames(t)})
	for _, host := range []string{"127.0.0.1", "[::1]", "0x7f.1", "2130706433", "0177.0.0.1", "localhost",
		"[::ffff:10.0.0.1]", "169.254.169.254", "[64:ff9b::10.0.0.1]", "user@10.0.0.1", "[fe80::1%25lo]"} {
		_, err := client.Get(t.Context(), "http://"+host+"/terms")
		if !errors.Is(err, ErrForbiddenAddress) {
			t.Errorf("%s: %v", host, err)
		} else {
			t.Log(err)
		}
	}
}

// localNames resolves as a machine would whose names all lead to itself.
func localNames(t *testing.T) *net.Resolver {
	t.Helper()
	self := []netip.Addr{netip.MustParseAddr("127.0.0.1")}
	d, err := hostilesite.StartDNS(map[string][]netip.Addr{"localhost": self, "ip6-localhost": self,
		"public.example": self})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d.Resolver()
}

// TestRebindingNameIsRefused: a name that is public when first asked for and private the
// next time is refused then, whoever asks first.
func TestRebindingNameIsRefused(t *testing.T) {
	c := newCanary(t)
	private, public := netip.MustParseAddr("127.0.0.1"),
		netip.MustParseAddr("192.0.2.80") // documentation: leads nowhere, and is refused too
	d, err := hostilesite.StartDNS(map[string][]netip.Addr{"rebind.example": {public, private},
		"private.example": {private}, "mapped.example": {netip.MustParseAddr("::ffff:127.0.0.1")},
		"six.example": {netip.MustParseAddr("::1")}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, name := range []string{"rebind.example", "rebind.example", "rebind.example.", "REBIND.example",
		"private.example", "mapped.example", "six.example"} {
		client := New(Options{Pace: -1, Retries: 2, RetryWait: time.Millisecond, ConnectTimeout: time.Second,
			Resolver: d.Resolver()})
		for _, ignore := range []bool{true, false} {
			if _, err := client.Fetch(t.Context(), Request{URL: "http://" + name + ":" + c.port + "/",
				IgnoreRobots: ignore}); !errors.Is(err, ErrForbiddenAddress) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if d.Asked("rebind.example") < 2 {
		t.Error("the name was not asked for again: nothing was tested")
	}
	if n := c.hits.Load(); n != 0 {
		t.Errorf("%d connections at the canary", n)
	}
}

// TestAllowHostCountsForThatHostOnly: leave is for the very host, or host and port, that it names.
func TestAllowHostCountsForThatHostOnly(t *testing.T) {
	for _, c := range []struct {
		allow, host, port, addr string
		want                    bool
	}{
		{"127.0.0.1", "127.0.0.1", "80", "127.0.0.1", true},
		{"127.0.0.1:80", "127.0.0.1", "80", "127.0.0.1", true},
		{"127.0.0.1:80", "127.0.0.1", "81", "127.0.0.1", false},
		{"127.0.0.1", "127.0.0.2", "80", "127.0.0.2", false},
		{"Intranet.Example.", "intranet.example", "443", "10.0.0.1", true},
		{"intranet.example", "other.example", "443", "10.0.0.1", false},
		{"example", "intranet.example", "443", "10.0.0.1", false},
		{"[::1]:80", "::1", "80", "::1", true},
		{"::1", "::1", "80", "::1", true},
		{"10.0.0.1", "some.example", "80", "10.0.0.1", true},
	} {
		g := newGuard(Options{AllowHosts: []string{c.allow}})
		if err := g.checkAddr(c.host, netip.MustParseAddrPort(net.JoinHostPort(c.addr,
			c.port))); (err == nil) != c.want {
			t.Errorf("allowed %q: %s at %s:%s: %v", c.allow, c.host, c.addr, c.port, err)
		}
	}
}

func TestPublicAddressesAreRecognised(t *testing.T) {
	for address, want := range map[string]bool{"93.184.216.34": true, "8.8.8.8": true, "2606:2800::1": true,
		"2a00:1450::1": true, "64:ff9b::8.8.8.8": true,
		"10.0.0.1": false, "169.254.169.254": false, "100.64.1.1": false, "::1": false, "fc00::1": false,
		"0.0.0.0": false, "64:ff9b::7f00:1": false, "2002:7f00:1::1": false, "ff02::1": false, "2001:db8::1": false} {
		if newGuard(Options{}).isPublic(netip.MustParseAddr(address)) != want {
			t.Errorf("%s: public is not %v", address, want)
		}
	}
}

func TestMalformedAddressIsInvalid(t *testing.T) {
	client := New(Options{})
	for _, bad := range []string{"", "no address", "http://", "http:///terms", "file:///etc/passwd",
		"gopher://example.com/", "http:example.com", "://", "http://[::1", "http://a b/", "http://exa\nmple.com/",
		strings.Repeat("x", 100)} {
		if _, err := client.Get(t.Context(), bad); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
