package git

import "container/list"

// Contents are kept to build the next ones from. A history is read oldest first,
// git packs it newest first: every version is a chain of up to 50 differences,
// whose intermediate contents are the versions that are asked for next. Whole
// contents have a cache of their own, as to inflate one takes fifty times what a
// difference does; of those made by differences every fourth is kept, so that
// more chains have a part of theirs.
const (
	wholeBytes = 8 << 20
	madeBytes  = 24 << 20
	keptEvery  = 4
)

// location is where an object begins.
type location struct {
	pack   *pack
	offset int64
}

type content struct {
	kind Kind
	text string
}

// contentCache keeps the contents used last, up to limit bytes.
type contentCache struct {
	limit, size int
	order       list.List // of cached, newest first
	at          map[location]*list.Element
}

type cached struct {
	location
	content
}

func newContentCache(limit int) contentCache {
	return contentCache{limit: limit, at: map[location]*list.Element{}}
}

func (c *contentCache) get(at location) (content, bool) {
	e, ok := c.at[at]
	if !ok {
		return content{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).content, true
}

func (c *contentCache) put(at location, what content) {
	if _, ok := c.at[at]; ok || len(what.text) > c.limit/4 {
		return
	}
	c.at[at] = c.order.PushFront(&cached{at, what})
	for c.size += len(what.text); c.size > c.limit; {
		oldest := c.order.Back()
		gone := c.order.Remove(oldest).(*cached)
		delete(c.at, gone.location)
		c.size -= len(gone.text)
	}
}
