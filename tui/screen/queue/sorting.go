package queue

import (
	"fmt"
	"strings"

	"fineprint/store/model"
)

// riskName is what is typed for the store's own rank.
const riskName = "risk"

// groupingNames are what is typed for the groupings, in their order.
var groupingNames = []string{"none", "change-set", "alike"}

// Orders lists what the queue can be sorted by; a minus before one turns it round.
func (s *Screen) Orders() []string {
	all := []string{riskName, asDetected.name}
	for _, c := range columns {
		if c.value != nil {
			all = append(all, c.name)
		}
	}
	return all
}

// SortBy sorts the queue by one of the Orders.
func (s *Screen) SortBy(name string) error {
	name = strings.ToLower(name)
	o := readOrder(Order(name))
	if o == byRisk && name != riskName {
		return fmt.Errorf("%w: the queue is not sorted by %q", model.ErrInvalid, name)
	}
	s.sortBy(o)
	return nil
}

// Groupings lists what the queue can be grouped by.
func (s *Screen) Groupings() []string { return groupingNames }

// GroupBy groups the queue by one of the Groupings.
func (s *Screen) GroupBy(name string) error {
	for i, n := range groupingNames {
		if strings.EqualFold(n, name) {
			s.group = groupings[i]
			s.arrange()
			s.inContext()
			return nil
		}
	}
	return fmt.Errorf("%w: the queue is not grouped by %q", model.ErrInvalid, name)
}
