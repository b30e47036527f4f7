package query_test

import (
	"fmt"

	"fineprint/store/model"
	"fineprint/store/query"
)

func ExampleParse() {
	q, err := query.Parse("sev:high,critical -type:cookies zoom")
	if err != nil {
		fmt.Println(err)
		return
	}
	items := []*model.QueueItem{
		{Document: "FP-D-00001", PlatformName: "Zoom", Type: "Privacy Policy", Severity: model.High},
		{Document: "FP-D-00002", PlatformName: "Zoom", Type: "Cookies Policy", Severity: model.Critical},
		{Document: "FP-D-00003", PlatformName: "Acme", Type: "Privacy Policy", Severity: model.High},
	}
	for _, i := range q.Select(items, query.Env{}) {
		fmt.Println(items[i].PlatformName, "/", items[i].Type)
	}
	_, err = query.Parse("sev:huge")
	fmt.Println(err)
	// Output:
	// Zoom / Privacy Policy
	// invalid input: sev has no value "huge"; use one of low, medium, high, critical
}
