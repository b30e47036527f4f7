// Package upkeep keeps what is derived from the texts of documents up to date: it goes
// over the texts that came since it stopped, finds which clause each of their clauses is
// (store/insight/identity), and tells the stages that keep something of them.
//
// It is not for what happens while captures are recorded (store/archive): going over the
// stored texts again afterwards costs a fraction of recording them, and can be put off,
// stopped and repeated.
//
// # Stages
//
// A [Stage] is given to [New] and is told of every text of every document, in the order
// in which they were captured; which texts those are, [identity.Chain] says. For each
// document with something new:
//
//	w := stage.Open(tx, document, again)   again: from the first text on; forget what was kept
//	w.Text(t)                              for each text, in order, see [identity.Text]
//	w.End(last)                            last: the document has no more texts for now
//	w.Flush(tx)                            with a transaction that writes
//	stage.Finish(tx, works)                of a [Finisher]: all of the transaction were flushed
//
// Open, Text and End run in a transaction that reads, documents in parallel, each in one
// goroutine: what they find out is held until Flush, at most of some 12 MB of texts. Flush
// runs document by document in the transaction that also notes how far the document is:
// what a killed process had not flushed is told again, nothing twice. A Work is used once.
//
// A document comes with again where a stage is new or has another version; where the order
// of its texts is another one, because captures came in late or are judged otherwise;
// where it was detected again; and at a rebuild. Numbers of clauses (FP-P) stay the same
// then.
//
// Invariants: nothing here is journalled; all can be made again. A document of which
// something is missing is behind, and [Keeper.Behind] counts it: whoever reads what is
// kept says so or does without.
package upkeep
