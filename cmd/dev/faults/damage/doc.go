// Package damage damages copies of the database in every way that disks, memory and
// people do, and asks the program everything about each: it must not crash, hang or answer
// wrongly without a word, no later decision may destroy what was whole, and salvage must
// bring back every value whose own bytes were not hit.
//
// It is not for edits that seal what they forge: what holds against those is in the
// rollback table.
//
// # Decisions
//
//   - An answer is silently wrong when a command ends with status 0 or 1 and says something
//     else than on the sound file. With status 3 it was said, and what is printed counts for
//     nothing.
//   - What is whole is found by walking over the pages with bounds (store/kv/pagefile) and
//     comparing bytes, never by asking the program.
//   - A value was hit when a byte of its key, its value or its entry in the page's table
//     differs. One whose page's header, or the pages above which, were broken was not.
package damage
