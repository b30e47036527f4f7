package main

import (
	"fmt"

	"fineprint/fetch/ota"
	"fineprint/store/model"
)

// declarations asks to track what an Open Terms Archive declaration, or a folder
// of them, declares. What can't be read of it is told and left out.
func (ad *adder) declarations(path string) error {
	if ad.o.platform != "" || ad.o.kind != "" || len(ad.o.selects)+len(ad.o.removes) > 0 {
		return fmt.Errorf("%w: a declaration says itself what it is and how it is read; leave out --platform, --type, --select and --remove", model.ErrInvalid)
	}
	declared, err := ota.ReadDeclarations(path)
	if err != nil {
		if len(declared) == 0 {
			return err
		}
		for _, one := range joined(err) {
			ad.refuse(path, one)
		}
	}
	for _, d := range declared {
		r := model.TrackRequest{Platform: d.Platform, Type: d.Type, Source: d.Source, Every: ad.every, IgnoreRobots: ad.o.ignoreRobots}
		r.Source.Browser = r.Source.Browser || ad.o.browser
		if known := ad.known("", d.Platform, d.Type); known != nil && !ad.o.given("ignore-robots") {
			r.IgnoreRobots = known.IgnoreRobots
		}
		if err := ad.request(r, ""); err != nil {
			ad.refuse(path, err)
		}
	}
	return nil
}

// joined lists the errors that one was joined from.
func joined(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	return []error{err}
}
