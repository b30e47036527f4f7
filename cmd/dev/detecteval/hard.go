package detecteval

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Pair is two texts to compare.
type Pair struct{ Name, Old, New string }

// Hard are inputs that naive comparisons take seconds for, the same every time.
func Hard() []Pair {
	r := rand.New(rand.NewPCG(7, 7))
	paragraph := editedParagraph(r, 65_000, 200)
	items := nearItems(r, 10_000)
	table := longTable(r, 4_500)
	return []Pair{
		{"1 MB document rewritten whole", nonsense(r, 1<<20, 1), nonsense(r, 1<<20, 2)},
		{"the same in other words of few", nonsense(r, 1<<20, 0), nonsense(r, 1<<20, 0)},
		{"65,000-character paragraph, 200 edits", paragraph.Old, paragraph.New},
		{"10,000 near-identical list items", items.Old, items.New},
		{"4,500-line tables", table.Old, table.New},
		repeated("](", 65_000), repeated("![", 65_000), repeated("[a][", 65_000), repeated("a.", 65_000),
		repeated("<", 65_000),
	}
}

// repeated is a paragraph of about n bytes that only begins what a mark of Markdown
// or an address may begin, again and again, and the same with a word put in.
func repeated(mark string, n int) Pair {
	half := strings.Repeat(mark, n/2/len(mark))
	return Pair{fmt.Sprintf("%d bytes of %q", n, mark), half + half, half + "word " + half}
}

// nonsense is a document of about n bytes, in paragraphs under headings, of
// words that have the language in common; language 0 has 50 words only.
func nonsense(r *rand.Rand, n, language int) string {
	vocabulary := make([]string, 50+language*4000)
	for i := range vocabulary {
		vocabulary[i] = syllables(i*7 + language)
	}
	var b strings.Builder
	for section := 1; b.Len() < n; section++ {
		fmt.Fprintf(&b, "## %d. %s\n\n", section, oneOf(r, vocabulary))
		for range 1 + r.IntN(6) {
			for range 1 + r.IntN(6) {
				for range 4 + r.IntN(25) {
					b.WriteString(oneOf(r, vocabulary) + " ")
				}
				b.WriteString("done. ")
			}
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

func syllables(n int) string {
	parts := strings.Fields("ba co di fe gu ha jo ki le mu na po ri se tu va wo xi ye zu")
	word := ""
	for n++; n > 0; n /= len(parts) {
		word += parts[n%len(parts)]
	}
	return word
}

// editedParagraph is one paragraph of about n characters and the same with
// edits words changed, put in or taken out.
func editedParagraph(r *rand.Rand, n, edits int) Pair {
	var words []string
	for size := 0; size < n; {
		w := syllables(r.IntN(900))
		if r.IntN(14) == 0 {
			w += "."
		}
		words = append(words, w)
		size += len(w) + 1
	}
	old := strings.Join(words, " ")
	for range edits {
		i := r.IntN(len(words))
		switch r.IntN(3) {
		case 0:
			words[i] = "edited"
		case 1:
			words[i] += " inserted words"
		default:
			words[i] = ""
		}
	}
	return Pair{Old: "# Terms\n\n" + old + "\n", New: "# Terms\n\n" + strings.Join(words, " ") + "\n"}
}

// nearItems is a list of n items that differ in a number, and the same with a
// tenth of them changed, dropped or moved.
func nearItems(r *rand.Rand, n int) Pair {
	var old, new strings.Builder
	old.WriteString("# Partners\n\n")
	new.WriteString("# Partners\n\n")
	for i := range n {
		line := fmt.Sprintf("* Partner number %d may receive your identifiers for the purpose of measuring "+
			"advertising in region %d.\n", i, i%97)
		old.WriteString(line)
		switch r.IntN(30) {
		case 0:
			continue
		case 1:
			line = strings.Replace(line, "region", "market", 1)
		case 2:
			line += fmt.Sprintf("* Partner number %d may receive your identifiers for the purpose of measuring "+
				"advertising in region %d.\n", n+i, i%97)
		}
		new.WriteString(line)
	}
	return Pair{Old: old.String(), New: new.String()}
}

// longTable is a table of n lines and the same with cells changed all over.
func longTable(r *rand.Rand, n int) Pair {
	var old, new strings.Builder
	for _, b := range []*strings.Builder{&old, &new} {
		b.WriteString("# Cookies\n\n| Name | Set by | What it does | Expires |\n|---|---|---|---|\n")
	}
	for i := range n {
		format := "| _ck%d | %s.example | counts what visitors of page %d do | %d days |\n"
		host, days := syllables(r.IntN(3000)), 1+r.IntN(400)
		fmt.Fprintf(&old, format, i, host, i%40, days)
		switch r.IntN(5) {
		case 0:
			days++
		case 1:
			host = syllables(r.IntN(3000))
		}
		fmt.Fprintf(&new, format, i, host, i%40, days)
	}
	return Pair{Old: old.String(), New: new.String()}
}
