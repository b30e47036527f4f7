package words_test

import (
	"fmt"
	"testing"

	"fineprint/store/text/words"
)

func ExampleHold() {
	text := words.Normal("You agree to binding  ARBITRATION.")
	for _, typed := range []string{"arbit", "Binding arbitration", "bit", "agree binding"} {
		fmt.Println(typed, words.Hold(text, words.Normal(typed)))
	}
	// Output:
	// arbit true
	// Binding arbitration true
	// bit false
	// agree binding false
}

func TestNormalIsTheWordsInLowerCase(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "  &! ": "", "Don't": " don t", "thomson-reuters.COM": " thomson reuters com",
		"微信 Open": " 微 信 open", "हिन्दी है": " हिन्दी है", "ÉTÉ": " été", "a\xffb": " a b",
	} {
		if got := words.Normal(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzNormalStaysAsItIs(f *testing.F) {
	f.Add("Terms & Conditions, 条款 ١٢")
	f.Fuzz(func(t *testing.T, s string) {
		once := words.Normal(s)
		if twice := words.Normal(once); twice != once {
			t.Errorf("%q: %q, then %q", s, once, twice)
		}
	})
}
