package humanize

import (
	"testing"
	"time"
)

func TestCountsDurationsAndSizes(t *testing.T) {
	for got, want := range map[string]string{
		Count(0, "document"): "0 documents", Count(1, "document"): "1 document", Count(2, "document"): "2 documents",
		While(-time.Hour): "0 s", While(59 * time.Second): "59 s", While(90 * time.Minute): "90 min",
		While(3 * time.Hour): "3 h", While(50 * time.Hour): "2 d",
		Number(0): "0", Number(999): "999", Number(38845): "38,845", Number(1234567): "1,234,567",
		Number(-999): "-999", Number(-1000): "-1,000",
		Age(-time.Hour): "0h", Age(23 * time.Hour): "23h", Age(24 * time.Hour): "1d", Age(59 * 24 * time.Hour): "59d",
		Age(60 * 24 * time.Hour): "1mo", Age(92 * 24 * time.Hour): "3mo", Age(800 * 24 * time.Hour): "2y",
		Bytes(0): "0 B", Bytes(999): "999 B", Bytes(34567): "34.6 kB", Bytes(5e15): "5000.0 TB",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
