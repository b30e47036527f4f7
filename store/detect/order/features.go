package order

import "fmt"

// feature is one thing that the model looks at: how its byte is made, and what is
// said of a value above the mean, or below it; "" for what is not worth saying.
type feature struct {
	name         string
	of           func(*Facts) float64 // 0 to 255; what is beyond counts as that
	above, below string               // %d is the value
}

// features are what the model looks at, in the order of [Features].
var features = [size]feature{
	{"words a clause", func(f *Facts) float64 { return logged(f.perMaterial(f.Words)) },
		"whole passages changed", "few words in each place"},
	{"date line", func(f *Facts) float64 { return flag(f.DateLine) },
		"the document's date moved", "the document's date stayed"},
	{"weighty", func(f *Facts) float64 { return flag(f.Weighty) },
		"a must, may or not changed in a sentence", "no must, may or not changed in a sentence"},
	{"heading depth", func(f *Facts) float64 { return stepsOfE * f.perMaterial(f.Headings) },
		"deep under headings", "under few headings"},
	{"material share", func(f *Facts) float64 { return share(f.Material, f.Clauses) },
		"nearly all that differs is material", "much of what differs is immaterial"},
	{"days", func(f *Facts) float64 { return logged(f.days()) },
		"the text before had stood long", "the text before had not stood long"},
	{"recent", func(f *Facts) float64 { return float64(f.Recent) },
		"the document changes %d times a month", "the document seldom changes"},
	{"removed", func(f *Facts) float64 { return logged(float64(f.Removed)) },
		"much was removed", "little was removed"},
	{"at head", func(f *Facts) float64 { return share(f.AtHead, f.Clauses) },
		"at the head of the page", "within the document"},
	{"resized", func(f *Facts) float64 { return flag(f.resized()) },
		"the document halved or doubled", "the document kept its size"},
	{"untelling", func(f *Facts) float64 { return flag(!f.Telling) },
		"none of the words is telling", "telling words changed"},
	{"returns", func(f *Facts) float64 { return flag(f.Returns) },
		"all of it was so in an earlier version", "new wording"},
	{"modified share", func(f *Facts) float64 { return share(f.Modified, f.Material) },
		"clauses were reworded", "clauses came or went"},
}

// Names lists the features by name, in their order.
func Names() []string {
	names := make([]string, size)
	for i := range features {
		names[i] = features[i].name
	}
	return names
}

// about says in words what a feature's value is, beside the mean.
func (f *feature) about(x uint8, mean float64) string {
	if float64(x) < mean {
		return f.below
	}
	if f.name == "recent" {
		return fmt.Sprintf(f.above, x)
	}
	return f.above
}
