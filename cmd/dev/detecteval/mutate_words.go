package detecteval

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	plainWord  = regexp.MustCompile(`^[a-z]{4,}$`)
	otherWords = strings.Fields("partners records services messages purposes devices accounts regulators " +
		"advertisers payments locations creators children employers researchers contractors")
	placeNames = strings.Fields("Norway Portugal Denmark Austria Ireland Japan Brazil Canada Kenya Iceland Greece Finland")
)

// otherWord replaces one plain word of a text that has no weight of its own.
func (d *draft) otherWord(raw string) (string, bool) {
	tokens := strings.Split(raw, " ")
	var at []int
	for i, t := range tokens {
		if plainWord.MatchString(t) && !weighty[t] {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return raw, false
	}
	i := oneOf(d.Rand, at)
	word := oneOf(d.Rand, otherWords)
	if word == tokens[i] {
		word = "guests"
	}
	tokens[i] = word
	return strings.Join(tokens, " "), true
}

var weighty = map[string]bool{"shall": true, "must": true, "will": true, "should": true, "could": true, "would": true,
	"cannot": true, "might": true, "never": true, "without": true}

var sentenceEnd = regexp.MustCompile(`[a-z]{3}[.;] [A-Z]`)

// insertSentence puts a sentence between two of a text's own, or after them.
func (d *draft) insertSentence(raw, sentence string) string {
	ends := sentenceEnd.FindAllStringIndex(raw, -1)
	if len(ends) == 0 {
		return raw + " " + sentence
	}
	i := oneOf(d.Rand, ends)[1] - 1
	return raw[:i] + sentence + " " + raw[i:]
}

// sentence makes a mutation that changes something in a sentence of its own
// making, which is within one of the document's paragraphs.
func sentence(pairs ...[2]string) func(*draft, want) bool {
	return func(d *draft, w want) bool {
		b := d.pick(prose(12))
		if b == nil {
			return false
		}
		p := oneOf(d.Rand, pairs)
		if d.IntN(2) == 0 {
			p[0], p[1] = p[1], p[0]
		}
		raw := d.insertSentence(b.raw, "\x00")
		b.from.raw = strings.Replace(raw, "\x00", p[0], 1)
		return d.change(w, b, strings.Replace(raw, "\x00", p[1], 1))
	}
}

// own makes a mutation that changes a paragraph of its own making.
func own(pairs ...[2]string) func(*draft, want) bool {
	return func(d *draft, w want) bool {
		to := d.roomAfter()
		if to == nil {
			return false
		}
		p := oneOf(d.Rand, pairs)
		if d.IntN(2) == 0 {
			p[0], p[1] = p[1], p[0]
		}
		return d.change(w, d.putBoth(to, p[0])[0], p[1])
	}
}

var (
	canNegate = regexp.MustCompile(`\b(?:may|will|shall|must|do|does|is|are) [a-z]`)
	aModal    = regexp.MustCompile(`\b(?:may|must|shall|will|should|can) [a-z]`)
	modals    = map[string]string{"may": "must", "must": "may", "shall": "may", "will": "may", "should": "must",
		"can": "must"}
)

// negate puts "not" into a sentence of the document.
func negate(d *draft, w want) bool {
	b := d.pick(func(b *block) bool {
		return (b.kind == paragraph || b.kind == item) && canNegate.MatchString(b.raw) && !strings.Contains(b.raw, " not ")
	})
	if b == nil {
		return false
	}
	at := oneOf(d.Rand, canNegate.FindAllStringIndex(b.raw, -1))
	return d.change(w, b, b.raw[:at[1]-1]+"not "+b.raw[at[1]-1:])
}

// remodal changes a modal verb of the document.
func remodal(d *draft, w want) bool {
	b := d.pick(func(b *block) bool { return (b.kind == paragraph || b.kind == item) && aModal.MatchString(b.raw) })
	if b == nil {
		return false
	}
	at := oneOf(d.Rand, aModal.FindAllStringIndex(b.raw, -1))
	verb, rest := b.raw[at[0]:at[1]-2], b.raw[at[1]-2:]
	return d.change(w, b, b.raw[:at[0]]+modals[verb]+rest)
}

// longParagraph is many sentences with one number among them.
func longParagraph(d *draft, number int) string {
	subjects := []string{"A creator", "The operator", "Each member", "A visitor", "The support team", "An advertiser",
		"A moderator", "Our processor"}
	verbs := []string{"keeps", "reviews", "publishes", "forwards", "describes", "archives", "compares"}
	objects := []string{"the messages of a group", "what others reported", "a copy of the notice",
		"the settings of an account", "the list of devices", "the terms of the offer"}
	ends := []string{"while the account is open", "as the help pages describe",
		"where the law of the country asks for it", "before anyone else can read it", "unless the owner objects"}
	n := 12 + d.IntN(30)
	at := d.IntN(n)
	var out []string
	for i := range n {
		if i == at {
			out = append(out, fmt.Sprintf("The operator keeps each of these records for %d days after the account was closed.",
				number))
		}
		out = append(out, fmt.Sprintf("%s %s %s and %s %s.", oneOf(d.Rand, subjects), oneOf(d.Rand, verbs),
			oneOf(d.Rand, objects), oneOf(d.Rand, verbs), oneOf(d.Rand, objects)+" "+oneOf(d.Rand, ends)))
	}
	return strings.Join(out, " ")
}

// digitInLong changes one digit in a long paragraph.
func digitInLong(d *draft, w want) bool {
	to := d.roomAfter()
	if to == nil {
		return false
	}
	was, is := 10+d.IntN(80), 0
	for is = was; is == was; {
		is = was/10*10 + d.IntN(10)
	}
	raw := longParagraph(d, was)
	return d.change(w, d.putBoth(to, raw)[0], strings.Replace(raw, fmt.Sprintf("for %d days", was),
		fmt.Sprintf("for %d days", is), 1))
}

// renameBrand renames the company throughout.
func renameBrand(d *draft, w want) bool {
	name := regexp.MustCompile(`\b` + regexp.QuoteMeta(d.brand) + `\b`)
	hits := 0
	for _, b := range d.new {
		if b.kind == other || b.used || b.from == nil {
			continue
		}
		tokens := strings.Split(b.raw, " ")
		for i, t := range tokens {
			if !strings.ContainsAny(t, "/@_") {
				tokens[i] = name.ReplaceAllString(t, "Quillmark")
			}
		}
		if d.change(w, b, strings.Join(tokens, " ")) {
			hits++
		}
	}
	return hits >= 3
}

// rewordHeading changes a word of a heading.
func rewordHeading(d *draft, w want) bool {
	b := d.pick(func(b *block) bool {
		return b.kind == heading && len(strings.Fields(b.raw)) >= 3 && !strings.Contains(b.raw, "\n") &&
			!strings.Contains(b.raw, "](")
	})
	if b == nil {
		return false
	}
	if raw, ok := d.otherWord(b.raw); ok {
		return d.change(w, b, raw)
	}
	return false
}

var tableRows = []string{"| What | Why | How long |", "|---|---|---|",
	"| Account data | To run your account | 24 months |", "| Messages | To deliver them | 90 days |",
	"| Payment data | To take payments | 10 years |", "| Log files | To keep the service safe | 12 weeks |"}

// changeCell changes one cell of a table.
func changeCell(d *draft, w want) bool {
	to := d.roomAfter()
	if to == nil {
		return false
	}
	b := oneOf(d.Rand, d.putBoth(to, tableRows...)[2:])
	raw := strings.NewReplacer("24 months", "36 months", "90 days", "180 days", "10 years", "7 years", "12 weeks",
		"12 months").Replace(b.raw)
	if d.IntN(2) == 0 {
		raw = strings.NewReplacer("run your account", "run your account and show you advertising", "deliver them",
			"train our models", "take payments", "assess your credit", "keep the service safe",
			"measure audiences").Replace(b.raw)
	}
	return d.change(w, b, raw)
}

// addRow adds a row to a table.
func addRow(d *draft, w want) bool {
	to := d.roomAfter()
	if to == nil {
		return false
	}
	put := d.putBoth(to, tableRows...)
	n := &block{kind: row, raw: "| Voice recordings | To improve speech recognition | 18 months |", gap: "\n"}
	d.putAfter(put[2+d.IntN(3)], n)
	d.hit(w, nil, []*block{n})
	return true
}

// besideNoise changes a number in a paragraph that noise changes as well.
func besideNoise(d *draft, w want) bool {
	to := d.roomAfter()
	if to == nil {
		return false
	}
	was := "We keep **backups** of your “files” for 30 days. See [the help " +
		"pages](https://help.example/en/backups?ref=a1b2) for more about it - and write to us."
	is := "We keep backups of your \"files\" for 35 days. See [the help " +
		"pages](https://help.example/de/backups?ref=99ff) for more\nabout it – and write to us."
	return d.change(w, d.putBoth(to, was)[0], is)
}

func cjkReplaced(old, new string) string { return strings.Replace(cjkText, old, new, 1) }

func rtlReplaced(old, new string) string { return strings.Replace(rtlText, old, new, 1) }

func mailed(format, address string) string { return fmt.Sprintf(format, address) }
