package keys

import "fineprint/store/model"

// Command identifies what a key does.
type Command string

// The commands.
const (
	Up, Down, PageUp, PageDown, Top, Bottom          Command = "up", "down", "page-up", "page-down", "top", "bottom"
	Open, Back, ShowHelp, Filter, States, Reload     Command = "open", "back", "help", "filter", "states", "reload"
	NextClause, PrevClause                           Command = "next-clause", "previous-clause"
	NextChange, PrevChange                           Command = "next-change", "previous-change"
	Low, Medium, High, Critical                      Command = "low", "medium", "high", "critical"
	LowConfidence, MediumConfidence                  Command = "low-confidence", "medium-confidence"
	HighConfidence, Basis                            Command = "high-confidence", "basis"
	Summary, Editor, Approve, Dismiss, Snooze        Command = "summary", "editor", "approve", "dismiss", "snooze"
	Undo, Redo, Layout, Whole, Folded, PreviewRecord Command = "undo", "redo", "layout", "whole", "folded", "preview"
	Export, Quit                                     Command = "export", "quit"

	NextFold, PrevFold, Unfold, UnfoldAll      Command = "next-fold", "previous-fold", "unfold", "unfold-all"
	Partner, Zoom, Narrower, Wider, Reveal     Command = "partner", "zoom", "narrower", "wider", "reveal"
	Find, NextFound, PrevFound                 Command = "find", "next-found", "previous-found"
	Palette, Repeat, Precedent, Note           Command = "palette", "repeat", "precedent", "note"
	Mark, MarkDuplicates, MarkShown, Unmark    Command = "mark", "mark-alike", "mark-shown", "unmark"
	Sort, Group, SavedFilters, SaveFilter      Command = "sort", "group", "saved-filters", "save-filter"
	Copy, Source, ToHistory, ToVersions        Command = "copy", "source", "clause-history", "versions"
	ToActivity, ToSettings, ToAgreement, Fetch Command = "activity", "settings", "agreement", "fetch"
	Submit, RequestChanges, Contest, Reopen    Command = "submit", "request-changes", "contest", "reopen"
	Cancel, Track, Import, Sample              Command = "cancel", "track", "import", "sample"
	NextStep, PrevStep, EditSettings           Command = "next-step", "previous-step", "edit-settings"
	NextColour, FindDocuments                  Command = "next-palette", "find-documents"
	SourceView                                 Command = "source-view"

	NewRecord, NewRecordOfSeveral                Command = "new-record", "new-record-of-several"
	NewRecordOfMarked                            Command = "new-record-of-marked"
	ToRecords, ToClauses                         Command = "records", "clauses"
	RecordScope, EditField, NextField, PrevField Command = "record-scope", "edit-field", "next-field", "previous-field"
	EditRecord, Template, Withdraw               Command = "edit-record", "template", "withdraw"
	ClauseView, ClauseDown, ClauseUp             Command = "clause-view", "clause-down", "clause-up"
)

var (
	everywhere = screens
	lists      = []Screen{Platforms, Queue}
	onChanges  = []Screen{Queue, Review}
	onJudged   = []Screen{Queue, Review, Record}
)

// All is the registry: every command, one row each, in the order they are shown.
var All = Map{
	{Command: Down, Keys: []string{"j", "down"}, Screens: everywhere,
		Help: "down"},
	{Command: Up, Keys: []string{"k", "up"}, Screens: everywhere,
		Help: "up"},
	{Command: PageDown, Keys: []string{"pgdown", "ctrl+d"}, Screens: everywhere,
		Help: "a page down"},
	{Command: PageUp, Keys: []string{"pgup", "ctrl+u"}, Screens: everywhere,
		Help: "a page up"},
	{Command: Top, Keys: []string{"g", "home"}, Screens: everywhere,
		Help: "to the top"},
	{Command: Bottom, Keys: []string{"G", "end"}, Screens: everywhere,
		Help: "to the bottom"},
	{Command: Open, Keys: []string{"enter", "right"}, Footer: true,
		Screens: []Screen{Platforms, Queue, History, Versions, Activity, Agreement, Welcome, Records},
		Needs:   NeedsItem | NeedsOpenable,
		Help:    "open"},
	{Command: Filter, Keys: []string{"/"}, Footer: true, Screens: lists,
		Help: "filter: words, or fields as in sev:high state:pending kind:added"},
	{Command: States, Keys: []string{"tab"}, Screens: []Screen{Queue},
		Help: "pending, snoozed, in review, dismissed, approved, all"},
	{Command: Sort, Keys: []string{"S"}, Screens: lists,
		Help: "sort by rank, newest, platform; platforms by pending, name, last change, failing"},
	{Command: Group, Keys: []string{"t"}, Screens: []Screen{Queue},
		Help: "group by change set, by alike, or not"},
	{Command: SavedFilters, Keys: []string{"f"}, Screens: lists,
		Help: "saved filters"},
	{Command: SaveFilter, Screens: []Screen{Queue},
		Help: "save this filter under a name"},
	{Command: Mark, Keys: []string{"space"}, Screens: []Screen{Queue, Versions, Clauses},
		Needs: NeedsItem,
		Help:  "mark, or take the mark away"},
	{Command: MarkDuplicates, Keys: []string{"*"}, Footer: true, Screens: []Screen{Queue}, Needs: NeedsDuplicates,
		Help: "alike changes: mark them all"},
	{Command: MarkShown, Keys: []string{"ctrl+a"}, Screens: []Screen{Queue}, Needs: NeedsListed,
		Help: "mark all that are shown"},
	{Command: Unmark, Keys: []string{"-"}, Screens: []Screen{Queue}, Needs: NeedsMarked,
		Help: "take all marks away"},
	{Command: Reload, Keys: []string{"R"}, Screens: []Screen{Platforms, Queue, Activity},
		Help: "read again"},
	{Command: NextClause, Keys: []string{"n"}, Footer: true, Screens: []Screen{Review},
		Help: "next material or unfolded clause change"},
	{Command: PrevClause, Keys: []string{"p"}, Screens: []Screen{Review},
		Help: "previous material or unfolded clause change"},
	{Command: NextChange, Keys: []string{"]"}, Screens: []Screen{Review}, Needs: NeedsJudging,
		Help: "next change"},
	{Command: PrevChange, Keys: []string{"["}, Screens: []Screen{Review}, Needs: NeedsJudging,
		Help: "previous change"},
	{Command: Low, Keys: []string{"l", "1"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "severity low"},
	{Command: Medium, Keys: []string{"m", "2"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "severity medium"},
	{Command: High, Keys: []string{"h", "3"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "severity high"},
	{Command: Critical, Keys: []string{"c", "4"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "severity critical"},
	{Command: LowConfidence, Keys: []string{"L"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "confidence low"},
	{Command: MediumConfidence, Keys: []string{"M"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "confidence medium"},
	{Command: HighConfidence, Keys: []string{"H"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "confidence high"},
	{Command: Basis, Keys: []string{"b"}, Screens: onJudged, Action: model.ActionSet, Needs: NeedsChange,
		Help: "basis: explicit, inferred, absent"},
	{Command: Summary, Keys: []string{"s"}, Footer: true, Screens: onChanges, Action: model.ActionSet, Needs: NeedsOne,
		Help: "summary, under the redline"},
	{Command: Editor, Keys: []string{"e"}, Screens: []Screen{Review}, Action: model.ActionSet, Needs: NeedsOne,
		Help: "summary in $EDITOR"},
	{Command: Note, Keys: []string{"I"}, Screens: onChanges, Action: model.ActionSet, Needs: NeedsOne,
		Help: "interpretive note, when you are not sure"},
	{Command: Approve, Keys: []string{"a"}, Footer: true,
		Screens: onJudged, Action: model.ActionApprove, Needs: NeedsChange,
		Help: "approve and go on"},
	{Command: Dismiss, Keys: []string{"x"}, Footer: true,
		Screens: onChanges, Action: model.ActionDismiss, Needs: NeedsChange,
		Help: "dismiss with a reason"},
	{Command: Snooze, Keys: []string{"z"}, Screens: onChanges, Action: model.ActionSnooze, Needs: NeedsChange,
		Help: "snooze"},
	{Command: Repeat, Keys: []string{"."}, Screens: onChanges, Action: model.ActionSet, Needs: NeedsChange,
		Help: "repeat your last decision"},
	{Command: Precedent, Keys: []string{"="}, Screens: onChanges, Action: model.ActionSet, Needs: NeedsOne,
		Help: "judge as the like of it was judged"},
	{Command: Submit, Keys: []string{"+"}, Screens: onChanges, Action: model.ActionSubmit, Needs: NeedsChange,
		Help: "submit to a second reader"},
	{Command: RequestChanges, Screens: []Screen{Review}, Action: model.ActionRequestChanges, Needs: NeedsChange,
		Help: "as second reader: request changes, with a reason"},
	{Command: Contest, Screens: []Screen{Review}, Action: model.ActionContest, Needs: NeedsChange,
		Help: "as second reader: contest, with your severity and a reason"},
	{Command: Reopen, Screens: onChanges, Action: model.ActionReopen, Needs: NeedsChange,
		Help: "reopen what was dismissed or snoozed"},
	{Command: Undo, Keys: []string{"u"}, Footer: true, Screens: onChanges, Needs: NeedsJudging,
		Help: "undo"},
	{Command: Redo, Keys: []string{"ctrl+r"}, Screens: onChanges, Needs: NeedsJudging,
		Help: "redo"},
	{Command: Layout, Keys: []string{"v"}, Screens: []Screen{Review, History}, Needs: NeedsItem,
		Help: "side by side or inline"},
	{Command: Whole, Keys: []string{"w"}, Screens: []Screen{Review},
		Help: "changes only or the whole document"},
	{Command: Folded, Keys: []string{"i"}, Footer: true, Screens: []Screen{Review},
		Help: "immaterial ones: show or fold them"},
	{Command: NextFold, Keys: []string{"N"}, Screens: []Screen{Review},
		Help: "next clause change or fold of any kind"},
	{Command: PrevFold, Keys: []string{"P"}, Screens: []Screen{Review},
		Help: "previous clause change or fold of any kind"},
	{Command: Unfold, Keys: []string{"f", "enter"}, Screens: []Screen{Review},
		Help: "unfold or fold what is selected"},
	{Command: UnfoldAll, Keys: []string{"F"}, Screens: []Screen{Review},
		Help: "unfold or fold everything"},
	{Command: Partner, Keys: []string{"J"}, Screens: []Screen{Review},
		Help: "between a moved clause and the place it left"},
	{Command: Zoom, Keys: []string{"Z"}, Screens: []Screen{Review},
		Help: "both texts, the new one alone, the old one alone"},
	{Command: Narrower, Keys: []string{"<"}, Screens: []Screen{Review},
		Help: "side by side: less room for the old text"},
	{Command: Wider, Keys: []string{">"}, Screens: []Screen{Review},
		Help: "side by side: more room for the old text"},
	{Command: Reveal, Keys: []string{"K"}, Screens: []Screen{Review},
		Help: "show or shorten link targets and hidden characters"},
	{Command: SourceView, Keys: []string{"\\"}, Screens: []Screen{Review},
		Help: "source view: the bytes of the texts"},
	{Command: Find, Keys: []string{"/"}, Screens: []Screen{Review},
		Help: "find words in what is shown; esc ends it"},
	{Command: NextFound, Keys: []string{"tab"}, Screens: []Screen{Review},
		Help: "next place found"},
	{Command: PrevFound, Keys: []string{"shift+tab"}, Screens: []Screen{Review},
		Help: "previous place found"},
	{Command: PreviewRecord, Keys: []string{"r"}, Screens: onJudged, Needs: NeedsOne,
		Help: "preview the record"},
	{Command: ToHistory, Keys: []string{"t"}, Screens: []Screen{Review}, Needs: NeedsChange | NeedsClause,
		Help: "this clause through all versions"},
	{Command: ToVersions, Keys: []string{"V"}, Screens: onChanges, Needs: NeedsOne,
		Help: "versions of the document, compare any two"},
	{Command: NewRecord, Keys: []string{"R"}, Screens: []Screen{Review}, Needs: NeedsChange | NeedsClause,
		Help: "record this clause: begin a provision record of it"},
	{Command: NewRecordOfSeveral, Keys: []string{"ctrl+n"}, Screens: []Screen{Review}, Needs: NeedsChange | NeedsClause,
		Help: "record several clauses of this change in one provision record"},
	{Command: NewRecordOfMarked, Keys: []string{"enter", "R", "right"}, Footer: true, Screens: []Screen{Clauses},
		Needs: NeedsItem,
		Help:  "record: begin a provision record of the marked clauses, or of this one"},
	{Command: ToClauses, Keys: []string{"c"}, Footer: true, Screens: []Screen{Versions}, Needs: NeedsItem | NeedsRead,
		Help: "clauses of this version, to record provisions"},
	{Command: ToRecords, Keys: []string{"B"}, Screens: []Screen{Platforms, Queue, Review, Versions, Clauses},
		Help: "provision records: of this change, of its document, or all"},
	{Command: RecordScope, Keys: []string{"tab"}, Footer: true, Screens: []Screen{Records},
		Help: "scope: the records of the change, of the document, all"},
	{Command: EditField, Keys: []string{"enter", "right"}, Footer: true, Screens: []Screen{Record}, Needs: NeedsChange,
		Help: "write the field under the cursor"},
	{Command: NextField, Keys: []string{"n"}, Footer: true, Screens: []Screen{Record}, Needs: NeedsChange,
		Help: "next field that is empty or has a problem"},
	{Command: PrevField, Keys: []string{"p"}, Screens: []Screen{Record}, Needs: NeedsChange,
		Help: "previous field that is empty or has a problem"},
	{Command: EditRecord, Keys: []string{"E", "e", "ctrl+e"}, Footer: true, Screens: []Screen{Record}, Needs: NeedsChange,
		Help: "$EDITOR: the whole record as one Markdown file"},
	{Command: Template, Keys: []string{"t"}, Footer: true, Screens: []Screen{Record}, Needs: NeedsChange,
		Help: "template of a clause type, into the fields that are empty"},
	{Command: ClauseView, Keys: []string{"v"}, Footer: true, Screens: []Screen{Record}, Needs: NeedsChange,
		Help: "view: the clause, or the fields; in a wide window both, or the fields alone"},
	{Command: ClauseDown, Keys: []string{"J"}, Screens: []Screen{Record, Clauses},
		Help: "the clause: further down"},
	{Command: ClauseUp, Keys: []string{"K"}, Screens: []Screen{Record, Clauses},
		Help: "the clause: further up"},
	{Command: Withdraw, Keys: []string{"W"}, Screens: []Screen{Record}, Needs: NeedsChange,
		Help: "withdraw the record, with a reason"},
	{Command: Copy, Keys: []string{"y"}, Screens: onJudged, Needs: NeedsOne,
		Help: "copy the citation"},
	{Command: Source, Keys: []string{"o"},
		Screens: []Screen{Queue, Review, Activity}, Needs: NeedsSource | NeedsOpenURL,
		Help: "open the source in a browser"},
	{Command: Export, Keys: []string{"E"}, Screens: lists, Needs: NeedsExport | NeedsIdle,
		Help: "export the approved records"},
	{Command: NextStep, Keys: []string{"n"}, Footer: true, Screens: []Screen{History}, Needs: NeedsItem,
		Help: "next step of the clause"},
	{Command: PrevStep, Keys: []string{"p"}, Footer: true, Screens: []Screen{History}, Needs: NeedsItem,
		Help: "previous step of the clause"},
	{Command: Fetch, Keys: []string{"F"}, Screens: []Screen{Platforms, Queue, Activity}, Needs: NeedsFetch | NeedsIdle,
		Help: "fetch what is due"},
	{Command: Cancel, Keys: []string{"X"}, Footer: true,
		Screens: []Screen{Platforms, Queue, Activity, Welcome}, Needs: NeedsBusy,
		Help: "stop what is under way: a fetch, import or export"},
	{Command: Track, Keys: []string{"T"},
		Screens: []Screen{Platforms, Queue, Activity, Welcome}, Needs: NeedsTrack | NeedsIdle,
		Help: "track a document by its address"},
	{Command: FindDocuments, Keys: []string{"W"},
		Screens: []Screen{Platforms, Queue, Activity, Welcome}, Needs: NeedsFind | NeedsIdle,
		Help: "find the legal documents of a web site, and track those you tick"},
	{Command: Import, Keys: []string{"O"}, Screens: []Screen{Platforms, Queue, Welcome}, Needs: NeedsImport | NeedsIdle,
		Help: "import an Open Terms Archive history"},
	{Command: Sample, Keys: []string{"D"}, Screens: []Screen{Welcome}, Needs: NeedsSample | NeedsIdle,
		Help: "look around on a sample"},
	{Command: ToActivity, Opens: Activity, Keys: []string{"A"}, Screens: []Screen{Platforms, Queue, Welcome},
		Help: "activity: fetching, failures, what happened"},
	{Command: ToAgreement, Opens: Agreement, Screens: lists,
		Help: "agreement of the two readers"},
	{Command: ToSettings, Opens: Settings, Keys: []string{","}, Screens: []Screen{Platforms, Queue, Welcome},
		Needs: NeedsSettings,
		Help:  "settings"},
	{Command: EditSettings, Keys: []string{"e"}, Footer: true, Screens: []Screen{Settings}, Needs: NeedsSettingsFile,
		Help: "edit the settings file in $EDITOR"},
	{Command: NextColour, Keys: []string{"p"}, Footer: true, Screens: []Screen{Settings},
		Help: "palette: try the next one"},
	{Command: Palette, Keys: []string{"ctrl+p", ":"}, Screens: everywhere,
		Help: "all commands, by name"},
	{Command: ShowHelp, Keys: []string{"?"}, Footer: true, Screens: everywhere,
		Help: "help"},
	{Command: Back, Keys: []string{"q", "esc", "left"}, Footer: true, Screens: everywhere,
		Help: "back; leave"},
	{Command: Quit, Keys: []string{"ctrl+c"}, Screens: everywhere,
		Help: "leave at once"},
}
