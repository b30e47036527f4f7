package damage

import "fineprint/store/model"

// kind is what the values of a bucket are.
type kind struct {
	what    string // ID and PART stand for what the key says
	means   string
	id      model.IDKind // of the number in the key; 0: it is no object's
	at      int          // where in the key the number is
	text    bool         // the key is a text
	derived bool         // made from other values, and made again
}

const (
	noChange   = "the change is in no list and in no figure, and can't be decided on"
	noDocument = "the document and its changes are in no list and in no figure"
	noRecord   = "the record is in no list and in no export"
	noHint     = "what is derived from it is missing until it is made again"
	noWords    = "what is quoted by it can't be shown"
)

// kinds are the values by their buckets.
var kinds = map[string]kind{
	"meta":      {what: "the database's own settings", means: "the database can't be used", text: true},
	"platform":  {what: "the name of platform ID", means: "its documents say another name for it", text: true},
	"document":  {what: "document ID", means: noDocument, id: model.DocumentID},
	"docname":   {what: "what document is called ID", means: "the document isn't found by its name", text: true},
	"version":   {what: "version PART of ID", means: "its text and its capture can't be shown", id: model.DocumentID},
	"origin":    {what: "where a version was imported from", means: "importing again may not know it"},
	"blob":      {what: "a stored text or page (ID)", means: "the versions with it can't be shown or compared"},
	"blobsha":   {what: "how a stored text is found", means: "the same text may be stored twice"},
	"snapshot":  {what: "snapshot ID", means: "what was fetched can't be shown", id: model.SnapshotID},
	"change":    {what: "the clauses of ID", means: "the change can't be shown or decided on", id: model.ChangeID},
	"row":       {what: "what lists say of ID", means: noChange, id: model.ChangeID},
	"event":     {what: "decision PART on ID", means: noChange, id: model.ChangeID},
	"record":    {what: "revision PART of ID", means: noRecord, id: model.RecordID},
	"withdrawn": {what: "that ID was withdrawn", means: noRecord, id: model.RecordID},
	"ofchange":  {what: "which record ID has", means: noChange, id: model.ChangeID},
	"word":      {what: "a name that is kept once", means: "what has it can't be shown"},
	"wordid":    {what: "how a name is found", means: "it may be stored twice"},
	"journal":   {what: "journal entry ID", means: "what happened then isn't shown"},
	"tracked":   {what: "how ID is fetched", means: "the document isn't fetched", id: model.DocumentID},
	"draft":     {what: "a draft on ID", means: "the draft is lost", id: model.ChangeID},
	"desk":      {what: "where ID left the desk", means: "the desk begins anew", text: true},
	"rule":      {what: "rule ID", means: "the rule isn't listed or applied", id: model.RuleID},
	"standing": {what: "what became of ID", means: "whether it still stands isn't known",
		id: model.ChangeID, at: 8, derived: true},
	"memory": {what: "what the next text of ID is judged by", means: noHint, id: model.DocumentID, derived: true},
	"sighting": {what: "capture PART of ID without a new version", means: "the capture isn't listed",
		id: model.DocumentID},
	"secret": {what: "the secret headers of ID", means: "the document can't be fetched", id: model.DocumentID},

	"provision": {what: "ID", means: noWords, id: model.ClauseID},
	"provisionwords": {what: "how a clause of ID is found by its words",
		means: "the clause may get another ID", id: model.DocumentID},
	"recordevent": {what: "step PART of ID", means: noRecord + ", and can't be edited", id: model.RecordID},
	"recordhead": {what: "what others say of ID", means: "the record isn't named beside others",
		id: model.RecordID, derived: true},
	"recordindex":    {what: "how a record is found", means: "a record isn't found by what it is about", derived: true},
	"recordstanding": {what: "what became of ID", means: "whether it still stands isn't known", id: model.RecordID, at: 8},
	"annotation":     {what: "note PART on ID", means: "the notes on the change are in no list", id: model.ChangeID},
	"stated":         {what: "the dates that ID states", means: noHint, id: model.DocumentID, derived: true},
	"playbook":       {what: "playbook ID", means: "no change is judged by it"},
	"deviation":      {what: "how ID deviates from the playbook", means: noHint, id: model.DocumentID, derived: true},
	"trained":        {what: "training ID", means: "nothing is learned from it"},
	"rankwords":      {what: "what ranking looks at in ID", means: noHint, id: model.ChangeID, derived: true},
	"rankmodel":      {what: "what ranking learned", means: "the queue is in the order without it", derived: true},
	"rankparts":      {what: "what the words of ID say", means: noHint, id: model.ChangeID, derived: true},
	"alertrule":      {what: "alert rule ID", means: "the rule isn't listed and nothing is sent for it", id: model.AlertRuleID},
	"alertmark":      {what: "how far alert rule ID was applied", means: "nothing is sent for the rule", id: model.AlertRuleID},
	"outbox":         {what: "a notification", means: "it is in no list and isn't sent"},
	"outboxdue":      {what: "when a notification is due", means: "it isn't sent"},

	"identity":       {what: "the clauses of ID", means: noHint, id: model.DocumentID, derived: true},
	"identityrange":  {what: "whose clauses are numbered from ID on", means: "these clauses aren't found by their IDs"},
	"upkeep":         {what: "how far is derived what is", means: noHint, derived: true},
	"typecorrection": {what: "a correction of clause types (ID)", means: "the correction isn't applied"},
	"quotes":         {what: "the quotes of training ID", means: "nothing is learned from them"},
	"clausetypes":    {what: "the types of ID's clauses", means: noHint, id: model.DocumentID, derived: true},
	"changetypes":    {what: "the types that ID's changes touch", means: noHint, id: model.DocumentID, derived: true},
	"quotemodel":     {what: "what was learned from quotes", means: noHint, derived: true},
	"drafted":        {what: "what a draft command answered", means: "it is asked again", text: true, derived: true},
	"searchdocument": {what: "what ID is found by", means: noHint, id: model.DocumentID, derived: true},
	"searchsegment":  {what: "a part of the search index", means: noHint, derived: true},
}
