// Package rows is what is stored, row by row: the types with the tags of the stored
// format, how they are read and written, and what they are as nouns of store/model.
//
// It is not for deciding anything: what records, decides and tracks writes rows,
// and what lists reads them.
//
// Invariants: a row's tags are explicit and of the stored format alone, so that
// nothing but a change of this package changes what is in a file; the rows of
// decisions are read in the order of their revisions, without a gap; a record is
// read only with the journal entry that names its bytes.
//
// # Buckets
//
// Payloads are CBOR maps in its deterministic encoding, records JSON. The keys
// of a map are the small integers or names in the table below, which a test
// compares with the rows' tags; they and the JSON of records are never given
// another meaning. Databases of
// every schema are in the testdata of package store.
//
//	bucket    key                             value
//	meta      "schema" "prefix" "id"          plain: schema number, ID prefix, store identity; "standing"
//	                                          is set once standing has all that is followed
//	platform  slug                            sealed name
//	document  document                        sealed Document
//	docname   platform name 0 type            document; follows renames
//	version   document, seq(4)                sealed Version
//	origin    root[:8] commit(20) path[:4]    document, seq(4): what was imported
//	blob      blob                            content's SHA-256 ‖ checksum ‖ compressed, see package blob
//	blobsha   SHA-256 of the content(32)      blob
//	snapshot  snapshot                        sealed Snapshot
//	change    change                          sealed, compressed list of Clause
//	row       change                          sealed Change: what a list shows of it
//	event     change, revision(4)             sealed Event
//	record    record, revision(4)             sealed JSON of the [model.Record], compressed
//	withdrawn record, revision(4)             journal entry that withdrew it
//	ofchange  change                          record(8): the record a change has; checked against its decisions
//	word      n(4)                            an interned string
//	wordid    SHA-256 of the string[:16]      n(4)
//	journal   entry                           link(32) ‖ entry, see package journal
//	tracked   document                        sealed Tracked: what is fetched from the web, and how that goes
//	draft     change, actor                   sealed Draft: a summary in the making
//	desk      actor                           sealed: what the actor's desk finds again
//	rule      rule                            sealed PlaceRule: what is folded, or never, at a place
//	standing  document, change                sealed Standing: what became of what was approved or submitted
//	memory    document                        sealed Memory: what its next text is judged by
//	sighting  document, n(4)                  sealed Version: a capture that makes none
//	secret    document                        sealed Secrets: values of headers and cookies, kept nowhere else
//	provision provision                       sealed Provision: a clause that was given an ID
//	provisionwords document, SHA-256 of visible words[:16]  sealed provision(8) that has them
//	recordevent record, n(4)                  sealed RecordEvent: a step with a provision record
//	recordhead record                         sealed RecordCard: what others say of it; all or, until
//	                                          "recordhead" is set in meta, none
//	recordindex by(1) what record             sealed nothing: a record is found by its document (d),
//	                                          change (c), provision (p), or clause type (t, ended by 0);
//	                                          one in force by document and 0xff - severity(1) too (r)
//	recordstanding document, record           sealed Standing: what became of what a provision record quotes
//	annotation change, n(4)                   sealed Annotation: a step with a note, an assignment or a tag, or of a rule
//	stated    document                        sealed Stated: the dates that its texts state; derived
//	playbook  n                               sealed Playbook: a team's expected positions; the last one holds
//	deviation document                        sealed Deviations: which changes deviate from it; derived
//	trained   training                        sealed Training: changes judged elsewhere, to learn from
//	rankwords change                          sealed: what package ranking looks at in a change's words
//	rankparts change                          sealed: what the words of a change say, as a list names it
//	rankmodel learner                         sealed: what package ranking learned from whose decisions
//	alertrule rule                            sealed AlertRule: what is done with what a filter finds
//	alertmark rule                            sealed AlertMark: how far the rule was applied
//	outbox    SHA-256 of what is told whom[:16]  sealed OutboxItem: a notification on its way
//	outboxdue SHA-256 of the target[:8], time(8), notification[:16]  sealed nothing: when what waits is due
//	identity  document                        sealed, compressed History of package identity: its clauses
//	identityrange provision                   sealed document(8) count(8): whose the numbers from here on are
//	drafted   "c" change, or "r" record      sealed drafted.row: what a draft command answered
//	upkeep    document; 0                     sealed progress of package upkeep: what is derived; of all
//	typecorrection correction                 sealed TypeCorrection: what somebody said of the types of a clause
//	quotes    training                        sealed QuoteTraining: clauses filed under cases, to learn from
//	clausetypes document                      sealed DocumentTypes: the types of its clauses as they are now
//	changetypes document                      sealed ChangeTypes: the types that its changes touch
//	quotemodel 0                              sealed QuoteModel: what was learned from quotes
//	searchdocument, searchsegment             sealed: what is found by its words, see package index
//	salvaged  entry                           sealed list of problems that were known when it was salvaged
//
// A document's versions are in the order of their numbers until one comes in late, which
// raises the schema to 4, for a build of before would take it for the newest. The first
// provision record, and the first decision with a content, raise it to 5, the first note
// or assignment to 6, and the first of what package insight keeps for good to 7.
//
// Records are compressed from schema 3 on: the first one that is made raises the schema,
// so that a build of before says that the database is a newer one's. Which a record is
// shows in its first byte; what the journal names is the JSON.
//
// The buckets tracked, draft, desk, rule, standing, memory, sighting and secret came after the first
// databases of this schema; the next write makes them, and without them a database has
// no tracked documents, drafts, desks, rules and secrets. Drafts and desks are not in the journal,
// for nothing was decided yet, nor are standing and memory, which are made again from
// the rest.
//
// # Fields
//
// What is left out of a row is zero. Rows whose keys are names were first stored
// by the names that the command line prints; they no longer follow it.
//
//	rows.Document   1 Slug, 2 Name, 3 Type, 4 Source, 5 CreatedAt, 6 Ended, 7 Versions, 8 Good,
//	                9 Suspect, 10 Text, 11 Raw, 12 LastSnapshot, 13 LastChange, 14 Overturned,
//	                15 Extractor, 20 Course, 21 Order, 22 Repeats, 23 Kinds, 24 Superseded,
//	                25 Unjudged, 26 Seen
//	rows.Course     1 ShownSeq, 2 ShownBy, 3 ShownText, 4 ShownChange, 5 Turn, 6 TurnAt,
//	                7 TurnChange, 8 Directions, 9 Alternation, 10 First, 11 Texts, 12 NotTerms
//	rows.Alternation 1 Change, 2 Turns, 3 Since, 4 Variants
//	blob.ChainRow   1 End, 2 Root, 3 Depth
//	rows.Suspect    1 What, 2 Count, 3 Since, 4 Text, 5 NeverReal
//	rows.Version    1 Kind, 2 Failure, 3 CapturedAt, 4 RecordedAt, 5 Text, 6 TextBytes, 7 Snapshot,
//	                8 Extractor, 9 Suspect, 10 Origin, 11 TextSum, 12 Cut, 14 Technical, 15 Placed,
//	                13 LeftOut
//	rows.LeftOut    1 Share, 2 Passages, 3 Unread
//	rows.Origin     1 Method, 2 Tool, 3 URL, 4 Repo, 5 Root, 6 Commit, 7 Path, 8 Subject, 9 Engine,
//	                10 Locations, 11 Snapshots, 12 Web
//	rows.Snapshot   1 Document, 2 Blob, 3 Sum, 4 Bytes, 5 MediaType, 6 CapturedAt, 7 Origin
//	rows.Clause     1 Kind, 2 Material, 3 Reason, 4 Detail, 5 Heading, 6 Old, 7 New, 8 Marks,
//	                9 OldPath
//	rows.Change     1 Document, 2 From, 3 To, 4 DetectedAt, 5 Material, 6 Reason, 7 Detail,
//	                8 Severity, 9 Score, 10 Why, 11 Counts, 12 Algorithm, 13 Repo, 14 DuplicateGroup,
//	                15 Sketch, 16 OtherReading, 17 TakenBack, 18 Features, 22 Back, 23 Alternation,
//	                24 Settled, 25 Again, 26 Superseded, 27 By
//	rows.Ref        1 Seq, 2 CapturedAt, 3 Sum, 4 Commit
//	rows.Event      change, revision, entry, batch, at, actor, action, severity, confidence, basis,
//	                summary, note, reason, until, content, fields, how, source
//	rows.Draft      change, actor, summary, at, base
//	rows.Standing   1 Done, 2 Mark, 3 Told, 4 Raised
//	rows.StaleMark  1 Seq, 2 CapturedAt, 3 Change, 4 How
//	rows.Raised     1 Mark, 2 Clauses, 3 Kinds, 4 Severity, 5 Score
//	rows.Tracked    1 Setting, 2 Health
//	rows.Setting    1 Source, 2 Every, 3 IgnoreRobots, 4 AddedAt, 5 AddedBy, 6 Asking
//	rows.Health     1 LastAttempt, 2 LastSuccess, 3 NextDue, 4 Last, 5 Status, 6 Failures,
//	                7 FailingSince, 8 Reason, 9 Quarantined, 10 ETag, 11 LastModified, 12 Extractor,
//	                13 PutOff, 14 Asked, 15 Language, 16 FullDue, 17 NotModified, 18 Distrusted
//	rows.Secrets    1 List
//	rows.RequestSecret 1 URL, 2 Cookie, 3 Name, 4 Value
//	rows.RequestSettings headers, cookies, user_agent UserAgent, accept_language AcceptLanguage,
//	                charset, accept_status AcceptStatus
//	rows.RequestField name, value
//	rows.Source     url, select, remove, filters, browser, pdf, actions, request, parts, warnings,
//	                repo, path
//	rows.Page       url, select, remove, filters, browser, pdf, actions, request
//	rows.Selector   css, startBefore, startAfter, endBefore, endAfter
//	rows.Filter     name, args
//	rows.PageAction click, wait_for WaitFor, scroll, wait
//	journal.Entry   1 At, 2 Actor, 3 Kind, 4 Object, 5 Part, 6 Digest, 7 Note
//	rows.PlaceRule  1 Rule, 2 Document, 3 Place, 4 Sentences, 5 Change, 6 Clause, 7 Author, 8 At
//	place.Place     1 Under, 2 Before, 3 After, 4 Words
//	rows.Memory     1 Algorithm, 2 Good, 3 Overruled, 4 Packed
//	rows.JudgedKind 1 Seq, 2 Kind
//	recordrows.Provision 1 Document, 2 Seq, 3 Start, 4 End, 5 Words, 6 CreatedAt
//	recordrows.RecordEvent 1 Entry, 2 At, 3 Actor, 4 Action, 5 Writing, 6 Fields, 7 How, 8 Source,
//	                9 Picked, 10 Approved, 11 Overruled, 12 Reason
//	recordrows.Picked 1 Document, 2 Seq, 3 Change, 4 Clauses
//	recordrows.PickedClause 1 Provision, 2 Number, 3 Seq, 4 ChangeClause, 5 Start, 6 End
//	recordrows.RecordCard 1 Kind, 2 Document, 3 Change, 4 Revision, 5 Title, 6 Severity, 7 Types,
//	                8 Platform, 9 Type, 10 Provisions
//	recordrows.Annotation 1 Entry, 2 At, 3 Actor, 4 Action, 5 Note, 6 Text, 7 Seq, 8 Start, 9 End,
//	                10 Provision, 11 Quote, 12 Assignee, 13 Label, 14 Rule
//	recordrows.AlertRule 1 Name, 2 Filter, 3 On, 4 Tags, 5 Assign, 6 Raise, 7 Notify, 8 Fold,
//	                9 Named, 10 Change, 11 Entry, 12 Author, 13 At
//	recordrows.AlertMark 1 Change, 2 Entry, 3 Acted, 4 Last
//	recordrows.OutboxItem 1 Target, 2 Kind, 3 Rule, 4 Change, 5 State, 6 Created, 7 Due, 8 Attempts,
//	                9 Error, 10 Finished, 11 Payload, 12 Lease, 13 Members, 14 Retry
//	rows.Stated     1 Now, 2 Seq, 3 At, 4 First, 5 FirstSeq, 6 FirstAt, 7 Changes, 8 Stayed
//	rows.StatedDate 1 Kind, 2 Day, 3 Or, 4 Month
//	rows.StatedChange 1 Change, 2 How, 3 From, 4 To, 5 Effective, 6 Announced
//	rows.Deviations 1 Playbook, 2 Done, 3 Names, 4 Changes, 5 Lessons, 6 Mark, 7 Worded
//	rows.DeviatingChange 1 Change, 2 Positions
//	rows.WordedChange 1 Change, 2 Reaches
//	recordrows.Playbook 1 At, 2 Actor, 3 File
//	recordrows.Training 1 At, 2 Actor, 3 Examples
//	recordrows.TrainingExample 1 Change, 2 Label, 3 Severity
//	recordrows.TypeCorrection 1 At, 2 Actor, 3 Undoes, 4 Words, 5 Types, 6 Text, 7 Headings, 8 Kind,
//	                9 Document, 10 Seq, 11 Start, 12 End, 13 Provision
//	recordrows.QuoteTraining 1 At, 2 Actor, 3 Count, 4 Points
//	recordrows.QuotePoint 1 Quote, 2 Case, 3 Bad
//	recordrows.DocumentTypes 1 Algorithm, 2 Lessons, 3 Text, 4 Packed, 5 Reaches
//	recordrows.ChangeTypes 1 Algorithm, 2 Lessons, 3 Packed
//	recordrows.QuoteModel 1 Algorithm, 2 Trainings, 3 Titles, 4 Bad, 5 Weights
//
// # Lists
//
// A list of changes is made from the heads of their rows ([Head]): the few fields
// that choosing and ordering need, read out of the sealed CBOR without decoding the
// rest, on all processors. Only what is shown is decoded in full. A row holds the
// change's fingerprint; rows from before there were any have none, are alike to
// nothing and no precedents, until the change is detected again, which marks also
// what was decided on.
//
// Size: it is the stored format, whole, which is one thing to know.
package rows
