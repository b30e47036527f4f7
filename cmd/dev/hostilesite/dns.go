package hostilesite

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync"

	"golang.org/x/net/dns/dnsmessage"
)

// DNS is a name server whose names change their address: each question for a
// name gets the next of its answers, the last one again and again.
type DNS struct {
	conn net.PacketConn

	mu    sync.Mutex
	names map[string][]netip.Addr
	asked map[string]int
}

// StartDNS serves until Close.
func StartDNS(names map[string][]netip.Addr) (*DNS, error) {
	c, err := new(net.ListenConfig).ListenPacket(context.Background(), "udp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d := &DNS{conn: c, names: names, asked: map[string]int{}}
	go d.serve()
	return d, nil
}

// Close stops answering.
func (d *DNS) Close() { _ = d.conn.Close() }

// Resolver asks this server and no other.
func (d *DNS) Resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", d.conn.LocalAddr().String())
	}}
}

// Asked is how often a name was asked for.
func (d *DNS) Asked(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked[name]
}

func (d *DNS) serve() {
	buf := make([]byte, 1500)
	for {
		n, from, err := d.conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.Authoritative, m.Additionals = true, true, nil
		d.answer(&m)
		if out, err := m.Pack(); err == nil {
			_, _ = d.conn.WriteTo(out, from)
		}
	}
}

func (d *DNS) answer(m *dnsmessage.Message) {
	q := m.Questions[0]
	name := strings.TrimSuffix(strings.ToLower(q.Name.String()), ".")
	d.mu.Lock()
	defer d.mu.Unlock()
	answers, known := d.names[name]
	if !known {
		m.RCode = dnsmessage.RCodeNameError
		return
	}
	a := answers[min(d.asked[name], len(answers)-1)]
	head := dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}
	switch {
	case q.Type == dnsmessage.TypeA && a.Is4():
		m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: a.As4()}})
	case q.Type == dnsmessage.TypeAAAA && a.Is6():
		m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
	default:
		return // the other family; the question that counts comes or came
	}
	d.asked[name]++
}
