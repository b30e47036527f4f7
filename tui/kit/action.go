package kit

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
)

// Action is what a screen, a dialog or the decisions have the shell do; nil is
// nothing. The shell carries it out at once, before the next key.
type Action interface{ action() }

type (
	// Cmd runs a command.
	Cmd tea.Cmd
	// All carries out several actions, one after the other.
	All []Action
	// Send hands a message to whom it is for.
	Send struct{ Msg tea.Msg }
	// Status shows in the status line what happened.
	Status struct{ Text string }
	// Run carries out a command, if it is available.
	Run struct{ Command keys.Command }

	// Open reads a change for the review screen; [ShowReview] shows that screen.
	Open       struct{ Change model.ID }
	ShowReview struct{}
	// Push shows a screen on top of the one that is shown; Show goes back to it where it
	// is below that one.
	Push struct{ Screen Screen }
	Show struct{ Screen Screen }
	// OpenVersions shows the versions of a document.
	OpenVersions struct{ Document model.ID }
	// OpenHistory shows a clause of a change through the versions.
	OpenHistory struct {
		Title  string // platform and type
		Change model.ID
		Clause int
	}
	// OpenClause shows a clause by its FP-P through the versions.
	OpenClause struct {
		Title  string
		Clause model.ID
	}
	// OpenSearch shows the search of clauses and asks for words; Query is what is searched
	// at once, "" what was searched last.
	OpenSearch struct{ Query string }
	// OpenComparison shows clauses of other platforms that are like one.
	OpenComparison struct{ Of Comparison }
	// BeginRecord makes a provision record and shows its form; OpenRecord shows that of
	// one that is there.
	BeginRecord struct{ Request model.NewRecordRequest }
	OpenRecord  struct{ Record model.ID }
	// OpenRecords lists the provision records of a change, of its document, or of all
	// where that is "".
	OpenRecords struct{ Change, Document model.ID }
	// OpenClauses lists the clauses of a version of a document.
	OpenClauses struct {
		Document model.ID
		Seq      int
		At       int // byte position in the text of the clause to begin at
	}
	// PreviewOf shows a record that was not approved yet.
	PreviewOf struct{ Record model.Record }
	// CopyText copies a citation to the clipboard.
	CopyText struct{ Text string }
	// ListPlatform shows the queue of a platform, "" of all.
	ListPlatform struct{ Slug string }
	// ListQuery shows the queue narrowed by a query. Where the queue is shown already, it
	// keeps its platform.
	ListQuery struct {
		Query    string
		Platform string // its slug, "" for all
	}
	// Draft shows the draft for a change or record, which is made when none is kept.
	Draft struct{ Subject model.ID }
	// OpenYear shows a year of a platform's changes, "" of all.
	OpenYear struct{ Slug, Name string }
	// Go opens what an ID names: a change, a record or a document.
	Go struct{ ID model.ID }
	// SearchTexts looks for the texts that the queue's filter asks for.
	SearchTexts struct {
		For     string // what it is for: of another filter it is another search
		Changes []*model.QueueItem
		Texts   []string
	}
	// Browse shows a web address in the reader's browser.
	Browse struct{ Address string }

	// Ask opens a prompt.
	Ask struct{ Question Question }
	// Confirm asks for a key.
	Confirm struct{ Confirmation Confirmation }
	// OpenDialog opens a dialog; Cmd is what it begins with.
	OpenDialog struct {
		Dialog Dialog
		Cmd    tea.Cmd
	}

	// Decide takes a decision on what the keys are about.
	Decide struct{ Decision model.Decision }
	// Applied reports to the screens what decisions made of their reviews.
	Applied struct {
		Decisions []model.Decision // taken together
		Reviews   []model.Review
	}
	// ReviewedElsewhere reports a review that is newer than the one shown.
	ReviewedElsewhere struct{ Review model.Review }
	// Reload reads again what is open.
	Reload struct{}
	// SavePlace keeps where the desk is.
	SavePlace struct{}
	// Refit has everything that is open lay itself out again.
	Refit struct{}
	// Greet shows the welcome on an empty store, and takes it away on another.
	Greet struct{}
	// EnterSample leaves the desk for the sample that was made.
	EnterSample struct{}
	// Leave leaves the desk once no decision is on its way; Quit does not wait.
	Leave struct{}
	Quit  struct{}
)

func (Cmd) action()               {}
func (All) action()               {}
func (Send) action()              {}
func (Status) action()            {}
func (Run) action()               {}
func (Open) action()              {}
func (ShowReview) action()        {}
func (Push) action()              {}
func (OpenVersions) action()      {}
func (OpenHistory) action()       {}
func (OpenClause) action()        {}
func (OpenSearch) action()        {}
func (OpenComparison) action()    {}
func (BeginRecord) action()       {}
func (OpenRecord) action()        {}
func (OpenRecords) action()       {}
func (OpenClauses) action()       {}
func (PreviewOf) action()         {}
func (CopyText) action()          {}
func (Show) action()              {}
func (ListPlatform) action()      {}
func (ListQuery) action()         {}
func (OpenYear) action()          {}
func (Draft) action()             {}
func (Browse) action()            {}
func (Go) action()                {}
func (SearchTexts) action()       {}
func (Ask) action()               {}
func (Confirm) action()           {}
func (OpenDialog) action()        {}
func (Decide) action()            {}
func (Applied) action()           {}
func (ReviewedElsewhere) action() {}
func (Reload) action()            {}
func (SavePlace) action()         {}
func (Refit) action()             {}
func (Greet) action()             {}
func (EnterSample) action()       {}
func (Leave) action()             {}
func (Quit) action()              {}

// Comparison is what the comparison screen is opened on.
type Comparison struct {
	// Clause is its FP-P; without one it is a clause of a change, by its place in
	// Change.Clauses, or a stretch of a version.
	Clause   model.ID
	Change   model.ID
	Index    int
	Document model.ID
	Seq      int
	At       model.ByteRange
	Title    string // whose clause it is: platform and type
	// Record is the provision record that what is pinned goes into, "" for none: then New
	// is what begins one, with clauses of a change or of a version.
	Record model.ID
	New    model.NewRecordRequest
}

// Handlers are what something does at the commands of the registry.
type Handlers[T any] map[keys.Command]func(T) Action

// Commands lists the commands that have a handler.
func (h Handlers[T]) Commands() []keys.Command { return slices.Sorted(maps.Keys(h)) }

// Run carries a command out on t, and reports false for one without a handler.
func (h Handlers[T]) Run(t T, c keys.Command) (Action, bool) {
	handler, ok := h[c]
	if !ok {
		return nil, false
	}
	return handler(t), true
}
