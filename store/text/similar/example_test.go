package similar_test

import (
	"bytes"
	"fmt"

	"fineprint/store/model"
	"fineprint/store/text/similar"
)

func ExampleNew() {
	changed := func(old, new string) similar.Fingerprint {
		return similar.New(old, new, []model.ClauseChange{{Kind: model.Modified, Material: true,
			Old: &model.ByteRange{End: len(old)}, New: &model.ByteRange{End: len(new)}}})
	}
	acme := changed("You may write to us at 12 Mill Lane, Dublin.", "You may write to us at 4 Quay Street, Cork.")
	borealis := changed("Letters go to 12 Mill Lane, Dublin.", "Letters go to **4 Quay Street**, Cork.")
	fmt.Println("the same:", bytes.Equal(acme.Key, borealis.Key))
	fmt.Println("similarity:", similar.Similarity(acme.Sketch, borealis.Sketch))
	// Output:
	// the same: true
	// similarity: 1
}
