// Package alert keeps rules that do something with what a filter finds: tag it, assign it,
// suggest a higher severity, fold it, tell somebody.
//
// It is not for judging: no rule gives a severity, approves or dismisses. It is not for
// sending (store/insight/outbox keeps what is to be sent, fetch/notify sends it), nor for
// the rules of places in a document (store/archive).
//
// Invariants:
//   - A rule acts once on a change: every step that it takes names it, and a change with
//     one is left alone by it from then on, whoever took the step back.
//   - What a rule did, what is to be told of it and how far it got are written in one
//     transaction. Whoever is killed leaves it done or not done.
//   - In whatever batches changes come, the same is done with them, unless a filter asks
//     for what others or the time make of a change (alike, age, from:90d).
//   - A fold is shown with the rule's name and hides nothing. By itself it leaves every
//     clause with a number, a negation or a modal as it is; it folds those that its
//     preview named, if it was saved to, and no others: what comes later was not named.
//
// # Decisions with reasons
//
//   - What a rule does are steps of the change's annotations (store/notes), by "rule NAME":
//     so they are journalled, listed, checked and undone as a person's are. A removed
//     rule's steps stand until they are taken back.
//   - A filter's state is not asked of the store: a rule looks at what is new, whatever it
//     is judged. "state:pending" in a filter works.
//   - Rules apply in the order they were saved, and each sees what those before it did, so
//     that one can go by the tag of another.
//   - How far a rule got is the newest change and the newest journal entry that it was
//     asked about. Detecting again makes no changes, so the changes of a document that was
//     detected since are asked about once more, but none from before the rule was saved.
//   - "me" in a filter is who saved the rule.
//   - [Kinds] is the one table of what can be told. A kind but for changes and
//     dates has a function that finds what happened since.
//   - A date that is due is told once per target, by whichever rule comes first: two rules
//     that find the same day remind nobody twice.
package alert
