package sanitize_test

import (
	"fmt"

	"fineprint/tui/sanitize"
)

func ExampleLine() {
	fmt.Println(sanitize.Line("Acme\x1b]0;owned\x07 Terms\nof Service"))
	fmt.Println(sanitize.Line("pay\u200bload \xff"))
	// Output:
	// Acme<U+001B>]0;owned<U+0007> Terms of Service
	// pay<U+200B>load <0xFF>
}

func ExampleQuiet() {
	fmt.Println(sanitize.Quiet("pay\u200bload"), sanitize.Named("a\u00a0b", false))
	// Output: payload a‹U+00A0›b
}

func ExampleInput() {
	fmt.Printf("%q\n", sanitize.Input("one\r\ntwo\x1b[31m\tthree"))
	// Output: "one\ntwo[31m three"
}

func ExampleJSON() {
	fmt.Printf("%s\n", sanitize.JSON([]byte("{\"name\":\"a\u202eb\"}")))
	// Output: {"name":"a\u202eb"}
}
