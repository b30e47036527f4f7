package lint

// Numbers are the numbers, dates, amounts and lengths of time of some texts, by value and
// whatever way they are written: "thirty days" is 30 days.
type Numbers struct{ of numbers }

// NumbersOf collects the numbers of some texts.
func NumbersOf(texts ...string) *Numbers {
	n := &Numbers{numbers{map[float64][]unit{}, map[unit]bool{}, map[string]bool{}}}
	for _, text := range texts {
		n.of.add(text)
	}
	return n
}

// Missing lists the numbers of a text that are not among them, as they are written. Those
// that name a law or count what is listed say nothing of a clause, and are left out.
func (n *Numbers) Missing(text string) []string {
	var missing []string
	for _, a := range amountsIn(text) {
		if !a.excused && !n.of.has(a) {
			missing = append(missing, a.text)
		}
	}
	return missing
}
