package main

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// mayDial are the packages of the product that connect, each with what of the standard
// library it does it with: everything else from the network comes through them, so that
// --offline and the guard of addresses hold for it.
var mayDial = map[string]string{"fetch": "net.Dialer"} // its guard asks Offline first; notify's targets do, before theirs

// mayRun are the packages that start other programs, which may do what they want.
var mayRun = []string{
	"cmd/fineprint",    // the user's editor, and a browser, which is refused offline
	"cmd/internal/app", // the user's draft command, with no more of the environment than is set
	"fetch/notify",     // a target's command, refused offline
	"tui/kit",          // the user's editor
}

// dials are what connects in the standard library; runs, what starts programs.
var dials = []string{
	"net.Dialer", "net.Dial", "net.DialTimeout", "net.DialTCP", "net.DialUDP", "net.LookupHost", "net.LookupIP",
	"http.Get", "http.Post", "http.PostForm", "http.Head", "http.DefaultClient", "http.DefaultTransport",
	"tls.Dial", "tls.DialWithDialer", "tls.Dialer", "smtp.Dial", "smtp.SendMail",
}

// TestNetworkIsReachedInOnePlace: no package of the product but those listed connects or
// starts a program.
func TestNetworkIsReachedInOnePlace(t *testing.T) {
	connects, starts := map[string]bool{}, map[string]bool{}
	for name, p := range load(t) {
		if strings.HasPrefix(name, "cmd/dev") {
			continue
		}
		for _, file := range p.files {
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if x, ok := s.X.(*ast.Ident); ok && slices.Contains(dials, x.Name+"."+s.Sel.Name) {
					connects[name] = true
					if mayDial[name] != x.Name+"."+s.Sel.Name {
						t.Errorf("%s: %s.%s connects past the guard and --offline", name, x.Name, s.Sel.Name)
					}
				} else if ok && x.Name == "exec" && strings.HasPrefix(s.Sel.Name, "Command") {
					starts[name] = true
					if !slices.Contains(mayRun, name) {
						t.Errorf("%s starts a program", name)
					}
				}
				return true
			})
		}
	}
	for name := range mayDial {
		if !connects[name] {
			t.Errorf("%s is listed and doesn't connect", name)
		}
	}
	for _, name := range mayRun {
		if !starts[name] {
			t.Errorf("%s is listed and starts no program", name)
		}
	}
}
