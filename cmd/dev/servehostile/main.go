// Command servehostile serves package hostilesite on loopback and lists its
// addresses, to try a build on every scenario. It runs until interrupted.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"fineprint/cmd/dev/hostilesite"
)

func main() {
	var o hostilesite.Options
	flag.DurationVar(&o.Slow, "slow", 30*time.Second, "how long a slow server takes")
	flag.DurationVar(&o.Drip, "drip", 200*time.Millisecond, "between the bytes of a dripping one")
	flag.StringVar(&o.Target, "target", "", "where the forbidden redirects lead")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	site, err := hostilesite.Start(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer site.Close()
	for _, s := range site.Scenarios() {
		fmt.Printf("%s\t%s\n", s.URL, s.About)
	}
	<-ctx.Done()
}
