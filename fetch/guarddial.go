package fetch

import (
	"context"
	"net"
	"time"
)

// GuardedDial returns what connects to public addresses only, and to those of allowHosts;
// for what is sent to the outside by the rules by which is fetched.
func GuardedDial(
	allowHosts []string, connect time.Duration,
) func(ctx context.Context, network, address string) (net.Conn, error) {
	return newGuard(Options{AllowHosts: allowHosts, ConnectTimeout: connect}).dial
}

// AnyDial returns what connects to any address, private ones too, for where the user named
// the one that is meant.
func AnyDial(connect time.Duration) func(ctx context.Context, network, address string) (net.Conn, error) {
	return (&net.Dialer{Timeout: connect}).DialContext
}
