package main

import (
	"fmt"

	"fineprint/store/terms"
)

func (ad *adder) declarations(path string) error {
	return fmt.Errorf("%w: %s", terms.ErrInvalid, path)
}
