// Package drafting is what goes to a draft command and what comes back: the question as
// JSON ([Ask]), the answer as it is read ([Parse]), and the answer held against the words
// that it is about ([Check]). It is not for running the command (cmd/internal/app), nor for
// keeping or accepting what it says (store/drafted, store/ledger). It does no I/O.
//
// Invariants:
//   - Nothing that the command says of the texts is believed: where a quote stands is found
//     here, and what is shown of it is the document's own text.
//   - A sentence without a quote that is really there is marked, and so is a number that
//     stands in neither text, or only in the old one and is said of the new.
//   - An answer that is too long, too deep or not in the schema is an error; nothing of it
//     is used.
//
// Decisions:
//   - A quote matches word for word, after white space and quotation marks were made alike
//     and characters that can't be seen left out. Case counts: it is a quote.
//   - A quote has at least two words, or eight letters: "a" stands in every text.
//   - A sentence that shares no word with its quotes is marked: a quote of something else
//     is no ground. Words are compared by their first five letters, without those that
//     every sentence has. A true paraphrase may be marked so; it can still be accepted by
//     its number.
//   - Several sentences in one are marked: all but one would rest on another's quote.
package drafting
