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
