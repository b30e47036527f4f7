package browser

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	fetchdomain "github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"fineprint/fetch"
	"fineprint/store/model"
)

// maxActing bounds the time for all actions, beside the waits that are among them.
const maxActing = 30 * time.Second

// clicks is what clicking came to.
type clicks struct {
	Clicked int      `json:"clicked"`
	Left    int      `json:"left"`
	Labels  []string `json:"labels"` // of the first
	Moved   string   `json:"moved"`  // where scripts took the page
}

// act does what the document's declaration lists.
func (v *visit) act(ctx context.Context, t tab) error {
	if len(v.page.Actions) == 0 {
		return nil
	}
	limit := time.Now().Add(maxActing)
	for _, a := range v.page.Actions {
		limit = limit.Add(a.Wait)
	}
	for _, a := range v.page.Actions {
		if time.Now().After(limit) {
			return fetch.Reasonf(fetch.ErrAction, "there was no time left for %s", a)
		}
		if err := v.do(ctx, t, a, limit); err != nil {
			return err
		}
	}
	return v.settle(ctx, t, v.o.Quiet)
}

func (v *visit) do(ctx context.Context, t tab, a model.PageAction, limit time.Time) error {
	switch {
	case a.Click != "":
		return v.click(ctx, t, a)
	case a.WaitFor != "":
		return v.waitFor(ctx, t, a, limit)
	case a.Scroll:
		return v.scroll(ctx, t)
	}
	return pause(ctx, a.Wait)
}

// click clicks on all that matches. Where that leads elsewhere, the page is not the
// document.
func (v *visit) click(ctx context.Context, t tab, a model.PageAction) error {
	if err := v.hold(ctx, t); err != nil {
		return err
	}
	defer v.release(ctx, t)
	_, _ = v.took()
	got, err := ask[clicks](ctx, t, "clickAll(%s, %d)", quoted(a.Click), v.o.Open.Milliseconds())
	if err != nil {
		return v.undone(ctx, a, err)
	}
	if err := v.settle(ctx, t, v.o.Quiet); err != nil {
		return err
	}
	wanted, dialogs := v.took()
	switch {
	case got.Moved != "":
		return fetch.Reasonf(fetch.ErrAction, "%s leads to another page", a)
	case len(wanted) > 0:
		return fetch.Reasonf(fetch.ErrAction, "%s leads to %s", a, wanted[0])
	case got.Clicked == 0 && got.Left > 0:
		return fetch.Reasonf(fetch.ErrAction, "%s matches only what is not visible", a)
	case got.Clicked == 0:
		return fetch.Reasonf(fetch.ErrAction, "%s matches nothing on the page", a)
	}
	if dialogs > 0 {
		v.remark("%s opened a message, which was closed", a)
	}
	if got.Left > 0 {
		v.remark("%s: for want of time not clicked on %d of what matches", a, got.Left)
	}
	return nil
}

// undone returns why an action could not be done.
func (v *visit) undone(ctx context.Context, a model.PageAction, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if errors.Is(err, errPageScript) {
		return fetch.Reasonf(fetch.ErrAction, "%s has a selector that the browser does not know", a)
	}
	return fetch.Reasonf(fetch.ErrAction, "%s: the page did not stay", a)
}

const maxWaitFor = 15 * time.Second

func (v *visit) waitFor(ctx context.Context, t tab, a model.PageAction, limit time.Time) error {
	if end := time.Now().Add(maxWaitFor); end.Before(limit) {
		limit = end
	}
	for {
		n, err := ask[int](ctx, t, "count(%s)", quoted(a.WaitFor))
		if err == nil && n > 0 {
			return nil
		}
		if errors.Is(err, errPageScript) || err != nil && ctx.Err() != nil {
			return v.undone(ctx, a, err)
		}
		if time.Now().After(limit) {
			return fetch.Reasonf(fetch.ErrAction, "%s: it did not come", a)
		}
		if err := pause(ctx, poll); err != nil {
			return err
		}
	}
}

// hold keeps the page where it is while it is clicked on: its frame's way to another
// document is cut off, and noted.
func (v *visit) hold(ctx context.Context, t tab) error {
	v.mu.Lock()
	v.held = true
	v.mu.Unlock()
	_, err := cdp.Call(ctx, t.t, fetchdomain.Enable, fetchdomain.EnableParams{
		Patterns: append(v.ownRequests(), &fetchdomain.RequestPattern{URLPattern: "*",
			ResourceType: network.ResourceTypeDocument})})
	return err
}

func (v *visit) release(ctx context.Context, t tab) {
	if own := v.ownRequests(); len(own) > 0 {
		_, _ = cdp.Call(ctx, t.t, fetchdomain.Enable, fetchdomain.EnableParams{Patterns: own})
	} else {
		_, _ = cdp.Call(ctx, t.t, fetchdomain.Disable, cdp.Empty{})
	}
	v.mu.Lock()
	v.held = false
	v.mu.Unlock()
}

// took returns and forgets where clicks wanted to lead, and how many messages they
// opened.
func (v *visit) took() (wanted []string, dialogs int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	wanted, dialogs = v.wanted, v.dialogs
	v.wanted, v.dialogs = nil, 0
	return wanted, dialogs
}

// pass lets a request through, with the page's headers where it is to have them, and
// cuts off one that would lead a held page elsewhere.
func (v *visit) pass(ctx context.Context, ev *fetchdomain.EventRequestPaused) {
	v.mu.Lock()
	leaves := v.held && ev.FrameID == v.main && ev.ResourceType == network.ResourceTypeDocument
	headers := v.headersOf(ev)
	if leaves && len(v.wanted) < 100 {
		v.wanted = append(v.wanted, "another page")
	}
	v.mu.Unlock()
	_, _ = chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (struct{}, error) {
		if leaves {
			_, err := cdp.Call(ctx, t, fetchdomain.FailRequest, fetchdomain.FailRequestParams{RequestID: ev.RequestID,
				ErrorReason: network.ErrorReasonAborted})
			return struct{}{}, err
		}
		_, err := cdp.Call(ctx, t, fetchdomain.ContinueRequest, fetchdomain.ContinueRequestParams{RequestID: ev.RequestID,
			Headers: headers})
		return struct{}{}, err
	})
}

const maxOpenRounds = 8

// open clicks on what is collapsed within the document and fills only then, and takes
// the page down. Text that was there before and that the clicks take away counts more
// than what they bring: then the page is as before.
func (v *visit) open(ctx context.Context, t tab) (string, error) {
	n, err := ask[int](ctx, t, "collapsed()")
	if err != nil || n == 0 {
		return v.html(ctx, t)
	}
	before, err := v.html(ctx, t)
	if err != nil {
		return "", err
	}
	after, err := v.opened(ctx, t)
	if err != nil && ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		v.remark("what is collapsed was not opened: %s", err)
		return before, nil
	}
	return after, nil
}

var errTookAway = errors.New("clicking took text away")

// opened clicks until nothing is collapsed any more, and takes the page down.
func (v *visit) opened(ctx context.Context, t tab) (string, error) {
	if err := v.hold(ctx, t); err != nil {
		return "", err
	}
	defer v.release(ctx, t)
	_, _ = v.took()
	if _, err := ask[bool](ctx, t, "mark(%d)", v.page.MaxBytes); err != nil {
		return "", err
	}
	var sum clicks
	for end, round := time.Now().Add(v.o.Open), 0; round < maxOpenRounds && time.Now().Before(end); round++ {
		got, err := ask[clicks](ctx, t, "openAll(%d)", time.Until(end).Milliseconds())
		if err != nil {
			return "", err
		}
		if got.Moved != "" {
			return "", errors.New("a click led to another page")
		}
		sum.Clicked, sum.Left = sum.Clicked+got.Clicked, got.Left
		if len(sum.Labels) < 5 {
			sum.Labels = append(sum.Labels, got.Labels...)
		}
		if got.Clicked == 0 {
			break
		}
		if err := v.settle(ctx, t, v.o.Quiet); err != nil {
			return "", err
		}
	}
	v.findClosedRoots(ctx, t)
	lost, err := ask[struct{ Gone, All int64 }](ctx, t, "missing(%d)", v.page.MaxBytes)
	if err != nil {
		return "", err
	}
	if lost.Gone > 200 && lost.Gone*10 > lost.All {
		return "", errTookAway
	}
	v.tellOpened(sum)
	return v.html(ctx, t)
}

// tellOpened notes what was clicked.
func (v *visit) tellOpened(sum clicks) {
	if sum.Clicked == 0 {
		return
	}
	labels := sum.Labels[:min(len(sum.Labels), 5)]
	words := strings.Join(labels, ", ")
	if more := sum.Clicked - len(labels); more > 0 {
		words += fmt.Sprintf(" and %d more", more)
	}
	v.remark("clicked on what was collapsed: %s", words)
	if sum.Left > 0 {
		v.remark("for want of time not clicked on what is collapsed: %d", sum.Left)
	}
	if wanted, _ := v.took(); len(wanted) > 0 {
		v.remark("a click would have led to %s", wanted[0])
	}
}

// taken is the page as it is taken down.
type taken struct {
	HTML   string   `json:"html"`
	Length int64    `json:"length"`
	Unread []string `json:"unread"` // what can't be read
}

// html takes the page down.
func (v *visit) html(ctx context.Context, t tab) (string, error) {
	s, err := ask[taken](ctx, t, "html(%d)", v.page.MaxBytes)
	if err != nil {
		if ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
		return "", err
	}
	if s.Length > 0 && s.HTML == "" || int64(len(s.HTML)) > v.page.MaxBytes {
		return "", fetch.Reasonf(fetch.ErrTooLarge, "rendered, it is more than the %d bytes that are read",
			v.page.MaxBytes)
	}
	for _, what := range s.Unread {
		v.remark("%s can't be read", what)
	}
	return s.HTML, nil
}
