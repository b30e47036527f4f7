package mainpart

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

const (
	// sentenceWords is from how many words on a text that ends as a sentence is prose.
	sentenceWords = 6
	// longWords is from how many words on a text is prose however it ends.
	longWords = 15
)

// size is what an element holds, in words.
type size struct {
	words    int // all
	links    int // in links and buttons
	prose    int // in sentences outside of links
	headings int // headings that are more than a link
	controls int // buttons, fields and the like
}

func (s *size) add(t size) {
	s.words += t.words
	s.links += t.links
	s.prose += t.prose
	s.headings += t.headings
	s.controls += t.controls
}

// linked reports whether so many of a hundred words are links.
func (s size) linked(percent int) bool { return s.links*100 >= s.words*percent }

// run is the text of one block, or of a part of one between blocks.
type run struct {
	first *html.Node // its first text
	last  *html.Node
	block *html.Node
	words int
	links int
	ends  bool // as a sentence does
	prose bool
}

// survey walks a page once and measures every element.
type survey struct {
	sizes map[*html.Node]size
	says  map[*html.Node]bool // blocks with prose of their own
	runs  []run               // all, in order
	open  run
	// wordOpen: the last character was a word's.
	wordOpen bool
	inLink   int
}

func newSurvey(body *html.Node) *survey {
	s := &survey{sizes: map[*html.Node]size{}, says: map[*html.Node]bool{}}
	s.walk(body, body)
	s.flush(body)
	s.sum(body)
	return s
}

// unread are elements without words of a document.
func unread(n *html.Node) bool {
	return dom.Is(n, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Noframes, atom.Iframe, atom.Svg, atom.Canvas,
		atom.Head, atom.Object, atom.Embed, atom.Option, atom.Datalist, atom.Audio, atom.Video)
}

// walk measures what is below a node; block is the innermost block around it.
func (s *survey) walk(n, block *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			s.text(c)
		case c.Type != html.ElementNode || unread(c):
		case dom.IsInline(c):
			s.inlineElement(c, block)
		case c.DataAtom == atom.Br:
			if s.wordOpen = false; isBreak(c.PrevSibling) {
				s.flush(block) // an empty line
			}
		default:
			s.flush(block)
			if dom.Is(c, atom.Textarea) {
				s.sizes[c] = size{controls: 1}
			}
			s.walk(c, c)
			s.flush(c)
			if dom.IsHeading(c) {
				t := s.sizes[c]
				if t.words > t.links {
					t.headings++
					s.sizes[c] = t
				}
			}
		}
	}
}

// isBreak reports whether before a line's end there is nothing but another one.
func isBreak(n *html.Node) bool {
	for ; n != nil; n = n.PrevSibling {
		if n.Type != html.TextNode || strings.TrimSpace(n.Data) != "" {
			return dom.Is(n, atom.Br)
		}
	}
	return false
}

func (s *survey) inlineElement(c, block *html.Node) {
	control := dom.Is(c, atom.Button, atom.Select) || dom.Is(c, atom.Input) && dom.Attr(c, "type") != "hidden" ||
		dom.Role(c) == "button"
	if control {
		t := s.sizes[block]
		t.controls++
		s.sizes[block] = t
	}
	link := control || dom.Is(c, atom.A, atom.Button)
	if link {
		s.inLink++
		s.wordOpen = false
	}
	s.walk(c, block)
	if link {
		s.inLink--
		s.wordOpen = false
	}
}

func (s *survey) text(n *html.Node) {
	for _, r := range n.Data {
		switch {
		case unicode.IsSpace(r):
			s.wordOpen = false
			continue
		case isWide(r):
			// Two characters of these scripts are about a word.
			s.open.words++
			if s.inLink > 0 {
				s.open.links++
			}
			s.wordOpen = false
		case !s.wordOpen && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			s.wordOpen = true
			s.open.words += 2
			if s.inLink > 0 {
				s.open.links += 2
			}
		}
		if strings.ContainsRune(sentenceEnds, r) {
			s.open.ends = true
		} else if !strings.ContainsRune(closers, r) && !unicode.IsPunct(r) {
			s.open.ends = false
		}
	}
	if strings.TrimSpace(n.Data) == "" {
		return
	}
	if s.open.first == nil {
		s.open.first = n
	}
	s.open.last = n
}

const (
	sentenceEnds = ".!?:;。！？：；।؟؛۔։።"
	closers      = ")]}\"'”’»」』）"
)

// isWide reports whether a script puts no spaces between words.
func isWide(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
		unicode.Khmer, unicode.Myanmar)
}

// flush ends a run of text that lies in a block.
func (s *survey) flush(block *html.Node) {
	r := s.open
	s.open, s.wordOpen = run{}, false
	if r.first == nil {
		return
	}
	r.words, r.links, r.block = (r.words+1)/2, (r.links+1)/2, block
	r.prose = r.links*2 < r.words && (r.words >= sentenceWords && r.ends || r.words >= longWords) &&
		!dom.IsHeading(block)
	t := s.sizes[block]
	t.words += r.words
	t.links += r.links
	if r.prose {
		t.prose += r.words - r.links
		s.says[block] = true
	}
	s.runs = append(s.runs, r)
	s.sizes[block] = t
}

// sum adds what is below elements to them.
func (s *survey) sum(n *html.Node) size {
	t := s.sizes[n]
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !unread(c) {
			t.add(s.sum(c))
		}
	}
	if t != (size{}) {
		s.sizes[n] = t
	}
	return t
}
