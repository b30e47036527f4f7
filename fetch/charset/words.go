package charset

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxWords bounds the bytes that are looked at to guess an encoding.
const maxWords = 16 << 10

// wordsOf returns the texts of a page that hold more than ASCII, and the language that
// the page names, without making its tree: markup and addresses are English in every
// language, and so are the scripts of others. Of what is no page it returns the lines.
func wordsOf(body []byte, page bool) (words []byte, language string) {
	if !page {
		for line := range bytes.Lines(body) {
			words = appendStrange(words, line)
		}
		return words, ""
	}
	z := html.NewTokenizer(bytes.NewReader(body))
	z.SetMaxBuf(len(body) + 1)
	for len(words) < maxWords {
		switch z.Next() {
		case html.ErrorToken:
			return words, language
		case html.StartTagToken:
			name, more := z.TagName()
			switch a := atom.Lookup(name); {
			case a == atom.Script || a == atom.Style:
				z.Next() // its text
			case a == atom.Html && more:
				language = languageOf(z)
			}
		case html.TextToken:
			words = appendStrange(words, z.Raw())
		}
	}
	return words, language
}

// languageOf returns the lang of the tag that a tokenizer stands at. "en" is none: it
// is what templates say whatever is filled in.
func languageOf(z *html.Tokenizer) string {
	for {
		name, value, more := z.TagAttr()
		if string(name) == "lang" || string(name) == "xml:lang" {
			switch lang := string(bytes.ToLower(value)); {
			case lang == "zh-tw" || lang == "zh-hk" || lang == "zh-hant":
				return "zh-tw"
			case lang == "zh" || len(lang) > 2 && lang[:3] == "zh-":
				return "zh-cn"
			case len(lang) >= 2 && lang[:2] != "en":
				return lang[:2]
			}
			return ""
		}
		if !more {
			return ""
		}
	}
}

// appendStrange adds a text that holds more than ASCII, up to a word's end where it is
// long.
func appendStrange(words, text []byte) []byte {
	if !bytes.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) || len(words) >= maxWords {
		return words
	}
	if room := maxWords - len(words); len(text) > room {
		text = text[:room]
		if end := bytes.LastIndexAny(text, " \n\t,."); end > 0 {
			text = text[:end]
		}
	}
	return append(append(words, text...), '\n')
}
