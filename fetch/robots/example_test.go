package robots_test

import (
	"fmt"
	"net/url"

	"fineprint/fetch/robots"
)

func ExampleParse() {
	rules := robots.Parse([]byte(`
User-agent: *
Disallow: /account
Allow: /account/terms$
Crawl-delay: 2
`), "fineprint")
	for _, path := range []string{"/terms", "/account/settings", "/account/terms"} {
		fmt.Println(path, rules.Allow(&url.URL{Path: path}))
	}
	fmt.Println(rules.Delay)
	// Output:
	// /terms true
	// /account/settings false
	// /account/terms true
	// 2s
}
