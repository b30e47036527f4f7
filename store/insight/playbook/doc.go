// Package playbook holds a team's expected positions, clause type by clause type, against
// the clauses of documents, and tells where they deviate, with the words.
//
// It is not for judging: a deviation says what was found against what is expected, and a
// person says what that means. It recognises no clause types itself ([Recognizer]).
//
// # The language
//
// A playbook is a TOML file of positions:
//
//	[[position]]
//	name = "retention"              # optional; the type's ID without it
//	type = "data_retention"         # of package clausetype
//	expect = "at most 12 months"
//	about = ["keep", "retain"]      # only sentences with one of these words
//	unless = ["as the law requires"] # nothing deviates in a sentence that says this
//	documents = ["privacy"]         # only document types that hold one of these
//	platforms = ["zoom"]            # only platforms whose name or slug holds one of these
//	severity = "high"
//	note = "Our data processing agreement allows a year."
//
//	[synonyms]
//	sell = ["rent", "trade"]
//
// What can be expected:
//
//	at most N UNIT, at least N UNIT   hours, days, weeks, months, years, percent, or money:
//	                                  USD, EUR, GBP. Every number of that kind counts that a
//	                                  clause of the type has in a sentence it is about
//	never WORDS                       a clause of the type doesn't say them
//	no WORDS without OTHER WORDS      the same, unless its sentence says the others of
//	                                  something that there is: "without notice" is no notice
//	must say WORDS or WORDS           a clause of the type says the one or the others
//	present, absent                   there is a clause of the type, with words that are
//	                                  telling of it, or none
//
// Words are found in one sentence, in their order, with up to four other words between
// two of them: each as a word of the same stem (train, trains, training), or as one of
// several with strokes between them: "sell/rent your data". A sentence that negates them
// ("we never sell your data") doesn't say them, unless the words that are looked for
// negate by themselves: "without notice", "non-refundable".
//
// What a clause should not say, it says of its own accord (says.go): not as something that
// it only supposes ("if we learn that we collected"), nor as what its reader may do ("you
// may close your account"; write "you" among the words to mean that), nor to tell what a
// word means. Of a title, the sentence behind it counts as well. A clause is flagged once
// for each such position.
//
// Invariants:
//   - Equal playbooks and texts have equal deviations, in the order of the text.
//   - The words of a deviation are those of the clause at its place, byte by byte.
//   - A fault of a file names its position and what is allowed.
//
// Decision: what is said of ages ("18 years old") is no length of time, and a length in
// another unit counts by what it comes to, a month as 30.4 days and a year as 365, give or
// take three in a hundred: nobody means to deviate by five days in a year.
package playbook
