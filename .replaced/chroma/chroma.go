// Package chroma stands in for github.com/alecthomas/chroma/v2, which Glamour colours the
// code in code blocks with. Fineprint renders records, notes and help; there is no program
// code in them, and 250 grammars, 60 themes and a font for it were 3 MB of a binary that
// may have 40 and a good part of the time in which a command starts.
//
// It has exactly what Glamour calls, and writes code as it is. What Glamour calls and is
// missing here does not compile. Remove the replace line in go.mod to have colours again.
package chroma

// TokenType is a kind of word in program code.
type TokenType int

// The kinds that a style of Glamour's has an entry for.
const (
	Background TokenType = iota
	Comment
	CommentPreproc
	Error
	GenericDeleted
	GenericEmph
	GenericInserted
	GenericStrong
	GenericSubheading
	Keyword
	KeywordNamespace
	KeywordReserved
	KeywordType
	Literal
	LiteralDate
	LiteralNumber
	LiteralString
	LiteralStringEscape
	Name
	NameAttribute
	NameBuiltin
	NameClass
	NameConstant
	NameDecorator
	NameException
	NameFunction
	NameOther
	NameTag
	Operator
	Punctuation
	Text
)

// StyleEntries say how the kinds look.
type StyleEntries map[TokenType]string

// Style is a theme; all of them look alike here.
type Style struct{ Name string }

// MustNewStyle returns a theme.
func MustNewStyle(name string, _ StyleEntries) *Style { return &Style{Name: name} }
