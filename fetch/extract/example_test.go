package extract_test

import (
	"errors"
	"fmt"
	"strings"

	"fineprint/fetch/extract"
	"fineprint/store/model"
)

func ExampleText() {
	text, err := extract.Text(extract.Input{
		Body: []byte(`<nav>Home</nav><div class="legal"><h2>Age</h2>
			<p>You must be <b>16</b>. <a href="/faq">More</a></p><p class="ad">Buy</p></div>`),
		MediaType: "text/html; charset=utf-8",
		BaseURL:   "https://acme.example/terms",
		Select:    model.CSS(".legal"),
		Remove:    model.CSS(".ad"),
	})
	fmt.Print(text, err)
	// Output:
	// ## Age
	//
	// You must be **16**. [More](https://acme.example/faq)
	// <nil>
}

// A small page can't become a large text: it then has none.
func ExampleText_growth() {
	page := strings.Repeat("<blockquote>", 200) + strings.Repeat("x<br>", 50_000)
	text, err := extract.Text(extract.Input{Body: []byte(page), MediaType: "text/html"})
	fmt.Printf("%q %t %t\n", text, errors.Is(err, extract.ErrGrowth), errors.Is(err, extract.ErrTooMuch))
	// Output: "" true true
}
