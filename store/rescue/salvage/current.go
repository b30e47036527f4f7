package salvage

import (
	"io"

	"fineprint/store/kv/pagesum"
)

// current is what the sums beside a database tell of its pages: which ones count, and
// whether they hold what was written last.
type current struct {
	root   uint64
	sums   *pagesum.Sums
	wrong  map[uint64]bool // pages that count and hold something else
	mended int             // pages that do after a bit was turned back, or that lay elsewhere
}

// counts reports whether the newest transaction leads to a page.
func (c *current) counts(id uint64) bool { return c.sums.Sum(id) != 0 }

// isWrong reports whether a page of a run is not as it was written.
func (c *current) isWrong(id, overflow uint64) bool {
	for n := range overflow + 1 {
		if c.wrong[id+n] {
			return true
		}
	}
	return false
}

// readCurrent reads the sums beside a file, mends the pages that they tell how, and returns
// what they tell; nil when there are none or they are of another transaction or file.
func (p *pages) readCurrent(path string, metas []meta) *current {
	sums := pagesum.Read(path)
	if sums == nil || len(metas) > 0 && (p.page != int64(sums.Meta.PageSize) || metas[0].txid > sums.Meta.TxID ||
		metas[0].txid == sums.Meta.TxID && metas[0].sum != sums.Meta.Checksum) {
		return nil
	}
	was := *p
	p.page = int64(sums.Meta.PageSize)
	p.n = uint64((p.size + p.page - 1) / p.page)
	c := &current{root: sums.Meta.Root, sums: sums, wrong: map[uint64]bool{}}
	counted, found := p.compare(c)
	newer := len(metas) == 0 || metas[0].txid < sums.Meta.TxID
	if len(c.wrong) > counted/2 || newer && c.wrong[c.root] {
		*p = was // they are of another file, or of one that went on by itself
		return nil
	}
	c.mended = found
	return c
}

// compare holds all pages against their sums. Those that differ by one bit get it back, and
// those whose content lies in another place are read from there. It returns how many pages
// have sums, and of how many the content was found so.
func (p *pages) compare(c *current) (counted, found int) {
	of := map[uint32][]uint64{} // pages that are wrong, by their sums
	for id := range c.sums.Pages() {
		if !c.counts(id) {
			continue
		}
		counted++
		if b := p.read(id, p.page); int64(len(b)) < p.page || pagesum.SumOf(b) != c.sums.Sum(id) {
			c.wrong[id] = true
			of[c.sums.Sum(id)] = append(of[c.sums.Sum(id)], id)
		}
	}
	over := &overlay{ReaderAt: p.f, page: p.page, pages: map[uint64][]byte{}}
	for id := range c.wrong {
		if b := p.read(id, p.page); int64(len(b)) == p.page && c.sums.Mend(id, b) {
			over.pages[id] = b
		}
	}
	for id := range p.n {
		if len(of) == 0 {
			break
		}
		b := p.read(id, p.page)
		if int64(len(b)) < p.page || c.sums.Sum(id) != 0 && !c.wrong[id] {
			continue
		}
		for _, at := range of[pagesum.SumOf(b)] {
			over.pages[at] = b
		}
	}
	for id := range over.pages {
		delete(c.wrong, id)
	}
	p.f = over
	return counted, len(over.pages)
}

// overlay is a file of which some pages are read as they were written.
type overlay struct {
	io.ReaderAt
	page  int64
	pages map[uint64][]byte
}

func (o *overlay) ReadAt(b []byte, at int64) (n int, err error) {
	n, err = o.ReaderAt.ReadAt(b, at)
	for id := at / o.page; len(o.pages) > 0 && id*o.page < at+int64(n); id++ {
		if content := o.pages[uint64(id)]; content != nil {
			from := id*o.page - at
			copy(b[max(0, from):n], content[max(0, -from):])
		}
	}
	return n, err
}
