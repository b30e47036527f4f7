// Package ranking learns from what was decided which changes deserve attention first, and
// says in words why one stands where it stands.
//
// It is a linear model on top of that of store/detect/order: log-odds over the features of
// that package, the words of the redline and the place of the change; and, from severities
// that were given, points on top of the score. It is not for what is material (store/detect),
// nor for lists, which store/views makes.
//
// Invariants:
//   - It orders and suggests. It never hides, folds or dismisses: which part of the queue a
//     change stands in the rules say, except that one may be lifted out of what is probably
//     noise; none is ever put there.
//   - Without a decision the order is exactly the detected one.
//   - What is learned is a function of what was decided and taught, in whatever order that
//     came or was caught up with: it is learned anew from all of it, by the same steps in the
//     same order. An undone decision leaves nothing behind. What is kept of words and weights
//     can be made again, carries the number of its algorithm and is in no journal; what was
//     taught ([Ranker.Train]) is journalled, for nobody could make that again.
//   - What is said in words stands in the two texts: a phrase is added when nothing in the
//     whole text said it before, in any of the words that are known for it, and is quoted with
//     its negation where it is denied; decisions on changes alike are counted, one by one.
//
// Decisions:
//   - No weight of a word is shipped. Learned on one collection they gained nothing on
//     another (average precision 0.861 without, 0.865 with; medium and high first 0.801 and
//     0.805, within a tenth of the spread), so that the prior is the detected order; locally
//     words count from the first decision.
//   - What is learned of how often somebody finds changes material is left out (the bias):
//     it would lift noise out of its section by approvals of other changes.
//   - A word counts 1/√n in a change of n words, so that a rewrite is not weighed by its size.
//   - Everybody's decisions in the database teach, unless the setting insight.learn_from says
//     "me": a team that shares a database shares its order.
//   - A dismissal is a change that was not material, whatever its reason; an approval one
//     that was; a severity without an approval counts half. Snoozing says nothing.
//   - Words are kept as hashes, for what they are called is in the texts: [Ranker.Explain]
//     reads these again. Weights of words show what their analyst finds important; they stay
//     in the database, like the decisions that they are made from, and no export has them.
//   - Words are read when they are shown (a list that asks for them, a change that is opened,
//     an explanation) and of decided changes, never at import: there they took a fifth of its
//     CPU and gained next to nothing in the order. What they say has a place of its own beside
//     why, so that why is the same in every list and wherever a change is shown; what a list
//     found is kept with a mark of the row and the clause changes that it was read from.
//     So features and places are learned
//     first, and words from what these leave over: of a change that nobody decided on only
//     features and places count, and they must count as if there were no words.
//   - What was learned is kept up to an entry of the journal, by [Ranker.CatchUp] before the
//     command line shows the queue or a change, and when the desk is left, and by
//     [Ranker.Refresh]. Lists write nothing: they learn what is not kept, and forget it.
//   - From 2,000 decisions on what was kept is read although one in fifty came since:
//     learning from 10,000 takes longer than reading the queue.
//
// Size: learning, keeping, explaining and measuring share the terms and their hashes, and a
// twentieth of the lines is the table of phrases.
package ranking
