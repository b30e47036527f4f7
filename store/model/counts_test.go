package model

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestSumsAddEveryCount fills every number of a sum, so that a count that is
// added to the type and forgotten in Add is noticed.
func TestSumsAddEveryCount(t *testing.T) {
	fill := func(v reflect.Value) {
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.Int {
				v.Field(i).SetInt(int64(i + 1))
			}
		}
	}
	doubled := func(got, once reflect.Value, leftOut ...string) {
		for i := range got.NumField() {
			name := got.Type().Field(i).Name
			if got.Field(i).Kind() == reflect.Int && !strings.Contains(strings.Join(leftOut, " "), name) &&
				got.Field(i).Int() != 2*once.Field(i).Int() {
				t.Errorf("%s.%s is not added", got.Type().Name(), name)
			}
		}
	}
	var r Redetection
	fill(reflect.ValueOf(&r).Elem())
	sum := r
	sum.Add(r)
	doubled(reflect.ValueOf(sum), reflect.ValueOf(r), "Algorithm")
	var c ImportCounts
	fill(reflect.ValueOf(&c).Elem())
	counts := c
	counts.Add(c)
	doubled(reflect.ValueOf(counts), reflect.ValueOf(c))
}

func TestRedetectionCountsDifferingVerdicts(t *testing.T) {
	r := Redetection{Documents: 5, Changes: 40, Folded: 1, Raised: 2, Renamed: 4, New: 8, Decided: 16, Uncompared: 3}
	if got := r.Differing(); got != 31 {
		t.Errorf("%d verdicts differ", got)
	}
}

func TestOnlyASeenDocumentIsASuccessfulFetch(t *testing.T) {
	for kind, good := range map[FetchKind]bool{
		FetchFirst: true, FetchChanged: true, FetchUnchanged: true, FetchNotModified: true,
		FetchQuarantined: false, FetchFailed: false, FetchSkipped: false, "": false,
	} {
		if kind.Good() != good {
			t.Errorf("%q counts as good: %t", kind, kind.Good())
		}
	}
}

func TestDocumentIsDueFromItsTimeOn(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	d := Tracked{Platform: Platform{Name: "Acme"}, Type: "Terms of Service", Health: Health{NextDue: at}}
	if d.Due(at.Add(-time.Second)) || !d.Due(at) || !d.Due(at.Add(time.Hour)) {
		t.Error("it is not due from its time on")
	}
	if d.Name() != "Acme / Terms of Service" {
		t.Errorf("named %q", d.Name())
	}
}

func TestAddressOfAPDFIsKnownByItsPath(t *testing.T) {
	for address, pdf := range map[string]bool{
		"https://acme.example/terms.pdf": true, "https://acme.example/TERMS.PDF?v=2": true,
		"https://acme.example/terms": false, "https://acme.example/?file=terms.pdf": false,
		"https://acme.example/pdf": false, "://terms.pdf": false,
	} {
		if NamesPDF(address) != pdf {
			t.Errorf("%s names a PDF: %t", address, !pdf)
		}
	}
}

func TestSelectorIsDescribed(t *testing.T) {
	for want, s := range map[string]Selector{
		"main": {CSS: "main"}, "from before h1 to after footer": {StartBefore: "h1", EndAfter: "footer"},
		"from after nav to before aside": {StartAfter: "nav", EndBefore: "aside"},
	} {
		if got := s.String(); got != want {
			t.Errorf("%+v is described as %q", s, got)
		}
	}
}
