package registry_test

import (
	"fmt"

	"fineprint/store/registry"
)

func ExampleRegistry_Mentioned() {
	agencies, regulations := registry.Bundled().Mentioned("The FTC Act and the UK GDPR; the FTC decides.")
	fmt.Println(agencies, regulations)
	// Output: [us-ftc] [us-ftc-act gb-uk-gdpr]
}
