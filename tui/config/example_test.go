package config_test

import (
	"fmt"

	"fineprint/tui/config"
)

func ExampleParse() {
	settings, problems := config.Parse("config.toml", []byte("pallete = \"mono\"\nsplit = 40\n"))
	fmt.Println(settings.Palette, settings.Split)
	fmt.Println(config.Summary(problems))
	// Output:
	// blue-orange 40
	// config.toml, line 1: unknown setting "pallete"; did you mean palette? (see `fineprint config check`)
}

func ExampleExpand() {
	fill := config.Fill{Platform: "Acme", Old: "16", New: "13"}
	fmt.Println(config.Expand("{platform} lowers the age from {old} to {new} in its {type}.", fill))
	// Output: Acme lowers the age from 16 to 13 in its {type}.
}
