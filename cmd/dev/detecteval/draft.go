package detecteval

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"fineprint/store/model"
)

// blockKind is what a block of a document is, read off its first line.
type blockKind int

const (
	other blockKind = iota // code, quotes, rules, HTML
	paragraph
	heading
	item
	row
)

// block is some lines of a document, with what is between it and the next.
type block struct {
	kind   blockKind
	level  int // of a heading
	indent int // of an item
	raw    string
	gap    string
	from   *block // in a new draft: the block of the old one
	used   bool   // an edit touches it already
}

var (
	atxLine     = regexp.MustCompile(`^(#{1,6})\s+\S`)
	setextLine  = regexp.MustCompile(`^(={3,}|-{3,})\s*$`)
	itemLine    = regexp.MustCompile(`^(\s*)(?:[*+-]|\d{1,3}[.)])\s+\S`)
	otherLine   = regexp.MustCompile("^(?:```|~~~|>|<|    |\t|\\s*(?:[-*_]\\s*){3,}$)")
	pseudoTitle = regexp.MustCompile(`^(?:\*\*|__)[^*_]{3,110}(?:\*\*|__)$`)
)

// read cuts a text into blocks; prefix is what comes before the first one.
func read(text string) (prefix string, blocks []*block) {
	lines := strings.SplitAfter(text, "\n")
	fence := ""
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], "\r\n")
		switch {
		case fence != "":
			appendTo(blocks, lines[i])
			if strings.HasPrefix(strings.TrimSpace(line), fence) {
				fence = ""
			}
		case strings.TrimSpace(line) == "":
			if len(blocks) == 0 {
				prefix += lines[i]
			} else {
				blocks[len(blocks)-1].gap += lines[i]
			}
		case goesOn(blocks, line):
			appendTo(blocks, lines[i])
			if last := blocks[len(blocks)-1]; last.kind == paragraph && setextLine.MatchString(line) &&
				strings.Count(last.raw, "\n") == 1 {
				last.kind, last.level = heading, 2
				if line[0] == '=' {
					last.level = 1
				}
			}
		default:
			b := classify(line)
			body := strings.TrimRight(lines[i], "\r\n")
			b.raw, b.gap = body, lines[i][len(body):]
			blocks = append(blocks, b)
			if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
				fence = line[:3]
			}
		}
	}
	return prefix, blocks
}

// appendTo adds a line to the last block.
func appendTo(blocks []*block, line string) {
	last := blocks[len(blocks)-1]
	body := strings.TrimRight(line, "\r\n")
	last.raw += last.gap + body
	last.gap = line[len(body):]
}

// goesOn reports whether a line continues the last block.
func goesOn(blocks []*block, line string) bool {
	if len(blocks) == 0 {
		return false
	}
	last := blocks[len(blocks)-1]
	if strings.Count(last.gap, "\n") != 1 || last.kind == heading || last.kind == row {
		return false
	}
	if last.kind == paragraph && setextLine.MatchString(line) {
		return true
	}
	next := classify(line).kind
	return next == paragraph && last.kind != other || last.kind == other && next == other
}

func classify(line string) *block {
	b := &block{kind: paragraph}
	switch {
	case atxLine.MatchString(line):
		b.kind, b.level = heading, strings.IndexFunc(line, func(r rune) bool { return r != '#' })
	case itemLine.MatchString(line) && !otherLine.MatchString(strings.TrimSpace(line)):
		b.kind, b.indent = item, len(itemLine.FindStringSubmatch(line)[1])
	case strings.HasPrefix(line, "|"):
		b.kind = row
	case otherLine.MatchString(line):
		b.kind = other
	case pseudoTitle.MatchString(strings.TrimSpace(line)):
		b.kind, b.level = heading, 7
	}
	return b
}

// draft is a document before and after edits, block by block, with what is true
// of each edit.
type draft struct {
	*rand.Rand
	brand    string
	prefix   [2]string
	old, new []*block
	edits    []edit
}

// edit is what is known of one edit.
type edit struct {
	want
	old, new []*block
}

// want is what the engine should find in an edit.
type want struct {
	material bool
	kinds    []model.Kind   // of a material edit: any of these
	reasons  []model.Reason // of an immaterial one: any of these
	marks    []string       // of a material one, what the reader must see marked: any of these
	anywhere bool           // of a move, which of what passed each other moved is open
}

func newDraft(r *rand.Rand, d Document) *draft {
	prefix, blocks := read(d.Text)
	x := &draft{Rand: r, brand: d.Brand, prefix: [2]string{prefix, prefix}, old: blocks}
	for _, b := range blocks {
		x.new = append(x.new, copyOf(b))
	}
	return x
}

func copyOf(b *block) *block {
	c := *b
	c.from, c.used = b, false
	return &c
}

// write joins blocks to a text and reports where each is in it.
func write(prefix string, blocks []*block) (string, map[*block]model.ByteRange) {
	var b strings.Builder
	b.WriteString(prefix)
	at := make(map[*block]model.ByteRange, len(blocks))
	for _, k := range blocks {
		start := b.Len()
		b.WriteString(k.raw)
		at[k] = model.ByteRange{Start: start, End: b.Len()}
		b.WriteString(k.gap)
	}
	return b.String(), at
}

// hit notes an edit and that its blocks are taken.
func (d *draft) hit(w want, old, new []*block) {
	for _, b := range new {
		b.used = true
	}
	d.edits = append(d.edits, edit{want: w, old: old, new: new})
}

// change gives a block new words and notes the edit.
func (d *draft) change(w want, b *block, raw string) bool {
	if b.from == nil || raw == b.from.raw {
		return false
	}
	b.raw = raw
	d.hit(w, []*block{b.from}, []*block{b})
	return true
}

// pick chooses a free block of both drafts that fits.
func (d *draft) pick(fits func(*block) bool) *block {
	var all []*block
	for _, b := range d.new {
		if !b.used && b.from != nil && fits(b) {
			all = append(all, b)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[d.IntN(len(all))]
}

func (d *draft) at(b *block) int { return slices.Index(d.new, b) }

// next is the block after b, nil after the last.
func (d *draft) next(b *block) *block {
	if i := d.at(b) + 1; i < len(d.new) {
		return d.new[i]
	}
	return nil
}

// prose reports whether a block is a paragraph of at least n words on one line
// that means something by itself.
func prose(n int) func(*block) bool {
	return func(b *block) bool {
		return b.kind == paragraph && len(strings.Fields(b.raw)) >= n && !strings.Contains(b.raw, "\n") &&
			!strings.HasSuffix(strings.TrimSpace(b.raw), ":") && strings.Count(b.raw, "](")*6 < len(strings.Fields(b.raw))
	}
}

// unique narrows to blocks whose words occur once only.
func (d *draft) unique(fits func(*block) bool) func(*block) bool {
	seen := map[string]int{}
	for _, b := range d.new {
		seen[strings.TrimSpace(b.raw)]++
	}
	return func(b *block) bool { return fits(b) && seen[strings.TrimSpace(b.raw)] == 1 }
}

// roomAfter is a paragraph with nothing after it that belongs to it, so that
// blocks can be put there.
func (d *draft) roomAfter() *block {
	return d.pick(func(b *block) bool {
		next := d.next(b)
		return prose(4)(b) && (next == nil || next.kind == heading || prose(4)(next)) && strings.Count(b.gap, "\n") > 1
	})
}

// putAfter puts new blocks after b, in the new draft only.
func (d *draft) putAfter(b *block, blocks ...*block) {
	d.new = slices.Insert(d.new, d.at(b)+1, blocks...)
}

// putBoth puts the same blocks after b in both drafts and returns the new
// draft's.
func (d *draft) putBoth(b *block, raws ...string) []*block {
	var olds, news []*block
	for k, raw := range raws {
		o := classify(strings.SplitN(raw, "\n", 2)[0])
		o.raw, o.gap = raw, "\n\n"
		if k+1 < len(raws) && (o.kind == item || o.kind == row) && strings.TrimSpace(raws[k+1]) != "" {
			if next := classify(raws[k+1]).kind; next == o.kind {
				o.gap = "\n"
			}
		}
		olds, news = append(olds, o), append(news, copyOf(o))
	}
	d.old = slices.Insert(d.old, slices.Index(d.old, b.from)+1, olds...)
	d.putAfter(b, news...)
	b.used = true
	return news
}

// paragraphsOf makes separate blocks of raws.
func paragraphsOf(raws ...string) []*block {
	var out []*block
	for _, raw := range raws {
		b := classify(raw)
		b.raw, b.gap = raw, "\n\n"
		out = append(out, b)
	}
	return out
}

func (d *draft) drop(b *block) { d.new = slices.Delete(d.new, d.at(b), d.at(b)+1) }

// section is the blocks from a heading up to the next of its level or above.
func (d *draft) section(h *block) []*block {
	i := d.at(h)
	j := i + 1
	for j < len(d.new) && (d.new[j].kind != heading || d.new[j].level > h.level) {
		j++
	}
	return d.new[i:j:j]
}

// lists are the runs of sibling items, without children or continuation blocks
// between them, each with the heading it is under.
func (d *draft) lists(atLeast int) [][]*block {
	var out [][]*block
	var run []*block
	flush := func() {
		if len(run) >= atLeast {
			out = append(out, run)
		}
		run = nil
	}
	for _, b := range d.new {
		if b.kind != item || b.used || b.from == nil || len(run) > 0 && b.indent != run[0].indent {
			flush()
		}
		if b.kind == item && !b.used && b.from != nil {
			run = append(run, b)
		}
	}
	flush()
	return out
}

// oneOf chooses from a list.
func oneOf[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
