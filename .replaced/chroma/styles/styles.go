// Package styles keeps themes by their names.
package styles

import "github.com/alecthomas/chroma/v2"

// Registry has the themes by their names.
var Registry = map[string]*chroma.Style{}

// Register keeps a theme.
func Register(style *chroma.Style) *chroma.Style {
	Registry[style.Name] = style
	return style
}
