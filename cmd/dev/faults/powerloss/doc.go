// Package powerloss replays what the real program wrote up to a moment at which the power
// goes out, and loses of what it had not synced what a file system may lose.
//
// It is not for processes that end while the system lives: package kill does that.
//
// # Model
//
// A trace of the program's system calls (strace) gives the writes, truncations and syncs of
// files, and the names made, renamed and removed, in their order, and what it said on its
// standard output. At a moment between two of them, of each file what was written since its
// last fsync or fdatasync may be lost:
//
//   - dropped: all of it
//   - kept: none of it
//   - a prefix: what came first is there
//   - a subset: any of the writes are there, in any order
//   - torn: of every write any of its sectors of 512 bytes are there
//
// Names that were not synced with their folder are there in their order up to some moment,
// or any of them. Each file and the names draw for themselves.
//
// # Decisions
//
//   - What the program said before the moment was acknowledged, and must be there. What it
//     did before its process ended was acknowledged by its status.
//   - A file's sync doesn't keep its name, as it does on most file systems: the program must
//     not rely on that.
//   - The control ignores all syncs. It must lose, or the harness sees nothing.
package powerloss
