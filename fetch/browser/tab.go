package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"fineprint/fetch"
)

// pageScript is what the page is asked with.
//
//go:embed page.js
var pageScript string

// tab is the page's tab and main frame.
type tab struct {
	t     *chromedp.Target
	frame cdp.FrameID
}

// evaluate evaluates an expression in a world of our own that the page's scripts
// can't reach, where pageScript is loaded.
func (t tab) evaluate(ctx context.Context, expression string, byValue bool) (*runtime.RemoteObject,
	runtime.ExecutionContextID, error) {
	world, err := cdp.Call(ctx, t.t, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: t.frame,
		WorldName: "fineprint"})
	if err != nil {
		return nil, 0, err
	}
	yes := true
	got, err := cdp.Call(ctx, t.t, runtime.Evaluate,
		runtime.EvaluateParams{Expression: pageScript + ";" + expression, ContextID: world.ExecutionContextID,
			ReturnByValue: &byValue, AwaitPromise: &yes})
	if err == nil && (got.ExceptionDetails != nil || got.Result == nil) {
		err = errPageScript
	}
	return got.Result, world.ExecutionContextID, err
}

var errPageScript = fetch.Reasonf(fetch.ErrProtocol, "the page can't be read out of the browser")

// ask calls a function of pageScript and reads its answer.
func ask[T any](ctx context.Context, t tab, call string, args ...any) (T, error) {
	var answer T
	got, _, err := t.evaluate(ctx, "fineprintPage."+fmt.Sprintf(call, args...), true)
	if err != nil {
		return answer, err
	}
	if json.Unmarshal(got.Value, &answer) != nil {
		return answer, errPageScript
	}
	return answer, nil
}

// quoted writes a string as JavaScript does.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string can be written
	return string(b)
}

// maxRounds bounds how deep closed shadow roots are looked for in each other.
const maxRounds = 3

// findClosedRoots finds closed shadow roots, which scripts can't see but the browser
// can, and makes them readable. Those that it can't find stay unread.
func (v *visit) findClosedRoots(ctx context.Context, t tab) {
	for range maxRounds {
		got, world, err := t.evaluate(ctx, "fineprintPage.mayHide()", false)
		if err != nil {
			return
		}
		list, err := cdp.Call(ctx, t.t, runtime.GetProperties, runtime.GetPropertiesParams{ObjectID: got.ObjectID,
			OwnProperties: new(true)})
		if err != nil {
			return
		}
		found := 0
		for _, p := range list.Result {
			if p.Value != nil && p.Value.Subtype == runtime.RemoteObjectSubtypeNode && t.reveal(ctx, p.Value.ObjectID, world) {
				found++
			}
		}
		if found == 0 {
			return
		}
	}
}

// reveal tells the page script the closed shadow root of an element, if it has one.
func (t tab) reveal(ctx context.Context, host runtime.RemoteObjectID, world runtime.ExecutionContextID) bool {
	d, err := cdp.Call(ctx, t.t, dom.DescribeNode, dom.DescribeNodeParams{ObjectID: host})
	if err != nil || d.Node == nil {
		return false
	}
	for _, root := range d.Node.ShadowRoots {
		if root.ShadowRootType != cdp.ShadowRootTypeClosed {
			continue
		}
		object, err := cdp.Call(ctx, t.t, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: root.BackendNodeID,
			ExecutionContextID: world})
		if err != nil || object.Object == nil {
			return false
		}
		_, err = cdp.Call(ctx, t.t, runtime.CallFunctionOn, runtime.CallFunctionOnParams{ObjectID: host,
			FunctionDeclaration: "function(root) { fineprintPage.know(this, root) }",
			Arguments:           []*runtime.CallArgument{{ObjectID: object.Object.ObjectID}}})
		return err == nil
	}
	return false
}
