// Package dev holds nothing but this list: developers' tools and test harnesses,
// each in a folder of its own. They are no part of the product. Only tests and the
// tools themselves may import them, which a test of structure holds; they may
// import anything.
//
// Tools, to be run:
//
//   - alerts tells a webhook that fails half of the time of 10,000 changes, by a process
//     that is killed again and again, and counts: go run ./cmd/dev/alerts.
//   - bombs throws hostile input of 190 kinds at a build and measures what each takes, in
//     one table: go run ./cmd/dev/bombs -bin BIN.
//   - eval judges detection and prints one table: go run ./cmd/dev/eval, with
//     FINEPRINT_CORPUS set for what needs a corpus.
//   - licences gathers the licences of what a release is made of, for `fineprint licenses`
//     to show: go run ./cmd/dev/licences.
//   - fairness measures how long decisions wait beside whatever reads or works long:
//     go run ./cmd/dev/fairness -db COPY -bin BIN.
//   - faults kills the program, cuts the power, fills the disk and damages the database, and
//     makes the fault ledger of what was lost: go run ./cmd/dev/faults kill.
//   - fuzz runs the fuzz targets one after the other and prints which law each holds and how
//     often it was tried: go run ./cmd/dev/fuzz -time 10m.
//   - growth imports archives one after the other into one database and prints what a
//     megabyte costs, part by part: go run ./cmd/dev/growth -db FILE REPO...
//   - hostiletext puts hostile strings into every field, runs every command on them and
//     counts what a terminal would obey: go run ./cmd/dev/hostiletext -bin BIN.
//   - identity judges how clauses keep their IDs, against the alignment and known edits, and
//     draws histories to be read: go run ./cmd/dev/identity DB...
//   - latency measures the time from key to frame on a real terminal, beside less:
//     go run ./cmd/dev/latency.
//   - mutate plants faults in detection and prints which its tests notice:
//     go run ./cmd/dev/mutate.
//   - ordering learns the weights of the queue's order from judged changes and
//     measures it: go run ./cmd/dev/ordering -db FILE -labels FILE.
//   - pairs measures what comparing two versions costs, over a whole archive, beside git's
//     word diff and a library: go run ./cmd/dev/pairs -repo DIR.
//   - readcost counts the screens and keys that reading changes takes at the desks of two
//     builds: go run ./cmd/dev/readcost -db COPY -bin BIN -bin BIN ID...
//   - reading judges how pages are read without a selector, over templates of pages in
//     common use, beside two libraries: go run ./cmd/dev/reading.
//   - replay serves an archive's raw captures from loopback to the fetch that users
//     run and prints what became of them: go run ./cmd/dev/replay -snapshots REPO.
//   - release makes what a release needs beside the binaries, compares two builds of one
//     commit and tries the deb: go run ./cmd/dev/release.
//   - searchbench measures search and compare on a database, or on one of a million clauses
//     that it makes: go run ./cmd/dev/searchbench -db FILE.
//   - servehostile serves the site of hostile servers and lists its addresses, to
//     try a build on: go run ./cmd/dev/servehostile.
//   - storybook shows every screen in every state without a terminal, and draws the
//     README's pictures: go run ./cmd/dev/storybook.
//   - structure draws the map of packages, and its tests hold imports, sizes and
//     generated pages: go run ./cmd/dev/structure.
//   - typeeval measures how clauses are recognised on ToS;DR's points, draws clauses to be
//     judged, and learns the weights that are shipped: go run ./cmd/dev/typeeval -points FILE.
//   - words lists what the program says to people, and its tests hold that against
//     phrases that are retired: go run ./cmd/dev/words.
//
// Harnesses, for tests and tools to import:
//
//   - browsertest skips a test where there is no Chromium to render with.
//   - deskfixture is a desk with made-up documents that never change.
//   - desktest drives the desk without a terminal and on an emulated one.
//   - detecteval judges detection by known edits, labels and histories; eval prints
//     what it finds.
//   - devtool is how tools begin and end, and what they measure themselves by.
//   - hostilesite is a site of slow, huge, broken, lying and hostile servers.
//   - rollback is the table of what is noticed when a database is not the one that was there.
//   - otatest makes git histories of an Open Terms Archive.
//   - paralleltest lets tests that mostly wait do so at once.
//   - storetest makes large databases, for tests and benchmarks.
package dev
