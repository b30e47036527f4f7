package numeral

import "testing"

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{-3: "", 0: "", 1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 90: "XC", 400: "CD",
		1994: "MCMXCIV", 3999: "MMMCMXCIX", 4000: "MMMM"} {
		if got := Roman(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
