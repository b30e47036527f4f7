// Package trial is the bench that the fault rounds of cmd/dev/faults work on: it builds
// the program, makes a small database with it, runs it within bounds of time and memory,
// holds what is left against what was there, and writes down each trial.
//
// It is not for what is done to the program or its files: the packages beside it (kill,
// powerloss, diskfull, damage) do that.
//
// # Decisions
//
//   - The real program is run as users run it; only what must still be there is read by
//     this process, page by page and byte for byte, so that a mistake of the store's
//     reading doesn't hide.
//   - Each trial draws from a source of its own, seeded by the round's seed and the trial's
//     number: any one can be repeated by itself, in any order, by any number of workers.
//   - Trials are written down line by line as they end. A round that was stopped goes on
//     where it was, with the build, the base and the site's port that it began with.
//   - The texts are made up from the seed, so that nobody needs an archive to repeat a round.
package trial
