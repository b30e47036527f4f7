package guard

import (
	"flag"
	"strings"
	"testing"
)

func TestValueSurvivesAPanic(t *testing.T) {
	var list []int
	if v, ok := Value(func() int { return list[3] }); ok || v != 0 {
		t.Errorf("an index out of range gives %d, %t", v, ok)
	}
	if v, ok := Value(func() int { return 7 }); !ok || v != 7 {
		t.Errorf("a function that returns gives %d, %t", v, ok)
	}
}

func TestInjectedFaultIsAtItsTextOnly(t *testing.T) {
	remove := Inject(func(text string) bool { return strings.Contains(text, "bad") })
	fails := func(text string) bool {
		_, ok := Value(func() int { Point(text); return 0 })
		return !ok
	}
	if !fails("a bad text") || fails("a good text") {
		t.Error("the fault is not where it was injected")
	}
	if remove(); fails("a bad text") {
		t.Error("the fault is there after it was removed")
	}
}

func TestFaultsAreForTestsOnly(t *testing.T) {
	flags := flag.CommandLine
	flag.CommandLine = flag.NewFlagSet("fineprint", flag.ContinueOnError)
	defer func() { flag.CommandLine = flags }()
	if _, ok := Value(func() int { Inject(func(string) bool { return true }); return 0 }); ok {
		t.Error("a fault can be injected outside a test binary")
	}
	Point("any text")
}
