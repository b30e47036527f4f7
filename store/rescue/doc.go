// Package rescue is the way back: backups of a database, made and kept, and putting one
// in the database's place.
//
// It is not for reading what is damaged (store/rescue/salvage), nor for when a command
// makes a backup: that is the use cases' ([Keeper] only holds the rules).
//
// # Invariants
//
//   - A backup is a database like any other, whole and readable by itself: it is copied
//     while nobody can write (bbolt's shared lock, or the write transaction that is about
//     to change it), synced, and every value of the copy is held against its seal and
//     every journal entry against the one before. What fails is no backup: the copy is
//     removed and the older ones are kept.
//   - A half-made file is never mistaken for a backup: it is called .NAME.partial until it
//     was checked, and gets its name by a rename. It is locked while it is made; one that
//     is not was left by a process that was killed, and is replaced: nothing that a
//     killed one leaves stops the next.
//   - Restoring never leaves the database's name without a file: the copy is made, checked
//     and synced beside it, gets the name under which the present file is to be kept, and
//     the two exchange their names under the database's lock. A kill leaves one or the
//     other, and no second name of the database (where the system can't exchange names,
//     the next restore removes it).
//   - The head that is kept beside a database (<file>.head) is never ahead of what is in
//     the place: it is removed before the exchange and comes back after it.
//
// # Decisions with reasons
//
//   - Copying holds the shared lock only; syncing and checking, which take longer, don't.
//     A copy by reflink takes no time and no room where the file system has it.
//   - A damaged database is not backed up: a backup of it would push a good one out.
//   - "Nothing changed since" is told by the checksum of the newest meta page, which each
//     transaction changes.
//   - Automatic backups are of a day, of a migration, and of a detection that is made again.
//     Seven are kept: of those of detections only the newest, of migrations the newest two,
//     and then the oldest daily one goes first, so that a week of days doesn't push out
//     what was before a migration. What somebody asked for by hand is never removed.
//   - They need twice the database's size of free room, for the database needs room, too.
package rescue
