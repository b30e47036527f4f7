// Package learn learns to tell classes of texts apart by their words: a multinomial
// logistic regression over words and pairs of words ([Train]), with the dimensions of a
// latent semantic analysis ([Latent]) beside them where there are texts to analyse, and a
// small form of what was learned ([Classifier]) to be shipped and kept.
//
// It is not for knowing what the classes mean, nor for reading or storing anything: it
// does no I/O.
//
// Invariants: the same texts in the same order with the same seed make the same weights
// on one kind of machine, and the same but for the last bits of a float on all; what
// [Classifier.Bytes] writes, [Parse] reads as the same classifier; bytes that are none are
// an error and no more.
//
// # Decisions with reasons
//
//   - Terms are kept as 32-bit hashes: the words themselves are in the text that is looked
//     at, and a dictionary would be half of what is shipped. Of 20,000 terms one pair in a
//     million shares a hash.
//   - Numbers are all one word, for they don't say what a clause is about.
//   - Stochastic gradient descent, not Newton's method: there are hundreds of classes and
//     tens of thousands of terms. Classes that are surely wrong learn nothing at a step, so
//     that most weights stay zero and need not be kept.
//   - Weights are rounded to a byte, which changed no figure of the evaluation
//     (cmd/dev/typeeval) in the third digit.
package learn
