// Package recordfile reads and writes what a person writes of a record as a file: for
// an editor, a script, or another program. It is pure.
//
// A file is either JSON, an object with the keys of [model.WritingFields], or Markdown
// with TOML front matter:
//
//	+++
//	title = "Input and output licence for model improvement"
//	severity = "high"
//	types = ["ai_training"]
//
//	[[actions]]
//	kind = "opt_out"
//	text = "Switch it off under Settings, Data."
//
//	[analysis]
//	exposure_level = "high"
//	+++
//
//	## What it is
//
//	What you send may be used to train models.
//
//	## Analysis
//
//	### Regulatory landscape
//
//	…
//
// The front matter takes every field. Headings take those that are text: their name is
// the field's key, with spaces for "_", or its label, in any letter case; level 1 or 2,
// the parts of the analysis also level 3 under "Analysis". A part of the analysis may be
// a heading of level 1 or 2 of its own, and a key of the front matter without
// "analysis."; no other field has such a name, which a test keeps so.
//
// What is not given stays absent from the list of fields that [Parse] returns; what is
// given without a value is in it, and empty. `note` is another name of
// `interpretive_note`. Nothing is passed over in silence: an unknown key or heading, a
// field given twice, a word that is none of the field's, text outside of a field, and a
// comment or fence that is not closed are errors that wrap [model.ErrInvalid].
//
// A line of prose that would be a heading of the file, or begin a comment or an
// unclosed fence, is written with a backslash before its mark, as in any Markdown, and
// read without it; a line that has backslashes there gets one more. Lines in a fence
// are as they are. So Parse(Write(w)) is w for every w whose text is clean: UTF-8,
// without control characters but line feeds and tabs, and without white space at either
// end, which is what Parse makes of text.
//
// Lines that begin with "<!--", to the end of that comment, are hints that [Write]
// makes for an editor; Parse drops them.
//
// It is not for the rules of what a good record says (store/lint), nor for records as
// they are exported (store/export).
//
// Decision: both forms become the same tree of plain values, which one function checks
// against the types of [model.Writing] by reflection. So a field that is new in the
// model needs no line here, and no form takes what the other refuses.
package recordfile
