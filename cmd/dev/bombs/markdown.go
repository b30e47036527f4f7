//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// text is a bomb that is a Markdown text, beside a small one.
func text(name string, body func() string) kind {
	return kind{"md " + name, func(b *bench) []string { return b.diff("text.md", body()) }}
}

// changed is a bomb of two versions, compared, and imported as well.
func changed(name string, versions func() (old, new string)) []kind {
	return []kind{
		{"md " + name, func(b *bench) []string { old, new := versions(); return b.both("text.md", old, new) }},
		{"md " + name, func(b *bench) []string { old, new := versions(); return b.files("text.md", old, new) }},
	}
}

func markdownKinds() []kind {
	headings := rep("# x\n", 4_000_000)
	of := func(s string, n int) func() string { return func() string { return rep(s, n) } }
	list := []kind{
		text("four million headings", func() string { return headings }),
		text("headings of all levels", of("# a\n## b\n### c\n#### d\n##### e\n###### f\n", 500_000)),
		text("numbered headings", func() string {
			return each(400_000, func(i int) string { return fmt.Sprintf("%d.%d.%d.%d. Title\n\n", i%9, i%8, i%7, i%6) })
		}),
		text("lists in lists", func() string {
			return each(4000, func(i int) string { return rep("\t", i) + "- x\n" }) + rep("lazy\n", 1_500_000)
		}),
		text("quotes in quotes", func() string { return each(4000, func(i int) string { return rep(">", i) + " x\n" }) }),
		text("a line of quote marks", func() string { return rep("> ", 8_000_000) + "x" }),
		text("emphasis without an end", of("*a **b _c ", 1_600_000)),
		text("brackets", of("[", 16_000_000)),
		text("links that never close", of("[a](", 4_000_000)),
		text("links", of("[a](https://a.example/b) ", 600_000)),
		text("images in links", of("[![a](b)](c) ", 1_200_000)),
		text("references", func() string {
			return each(500_000, func(i int) string { return fmt.Sprintf("[%d]: /u\n[x][%d]\n", i, i) })
		}),
		text("code marks of all lengths", func() string { return each(5000, func(i int) string { return rep("`", i) + " " }) }),
		text("fences", of("```\n~~~~\n", 1_800_000)),
		text("comments and tags", of("<!--<a <b>", 1_600_000)),
		text("entities", of("&amp;&NotAnEntity;&#99999999;", 500_000)),
		text("escapes", of("\\*\\_\\[", 2_500_000)),
		text("table cells", func() string { return "|a|b|\n|-|-|\n" + rep(rep("|x", 1000)+"|\n", 7000) }),
		text("lines of dashes", of("a|b\n-|-\n", 2_000_000)),
		text("one line of 32 MB", of("word ", 6_700_000)),
		text("Han without spaces", of("条款", 5_000_000)),
		text("combining marks", func() string { return "a" + rep("\u0301", 8_000_000) }),
		text("spaces", func() string { return rep(" ", 30_000_000) + "x" }),
		text("blank lines", func() string { return rep("\n", 30_000_000) + "x" }),
		text("numbers", of("1.2.3,4 5% $6 7-8 ", 900_000)),
		text("dates", of("5 January 2026, 2026-01-05, ", 600_000)),
		text("the text twice over", of("You may leave at any time. We may change these terms.\n\n", 300_000)),
	}
	list = append(list, changed("four million headings, one other", func() (string, string) {
		return headings, headings[:len(headings)-4] + "# y\n"
	})...)
	list = append(list, changed("four million headings, the first one other", func() (string, string) {
		return headings, "# y\n" + headings[4:]
	})...)
	list = append(list, changed("one paragraph of 16 MB, each tenth word other", func() (string, string) {
		return rep("one two three four five six seven eight nine ten ", 330_000),
			rep("one two three four five six seven eight nine zehn ", 330_000)
	})...)
	list = append(list, changed("sentences in another order", func() (string, string) {
		return shuffled(200_000, 1), shuffled(200_000, 2)
	})...)
	list = append(list, changed("clauses in another order", func() (string, string) {
		return clauses(49_000, 1), clauses(49_000, 2)
	})...)
	list = append(list, changed("clauses of common words", func() (string, string) {
		return common(49_000, 3), common(49_000, 4)
	})...)
	list = append(list, changed("headings in another order", func() (string, string) {
		at := func(seed uint64) string {
			return strings.Join(ordered(20_000, seed, func(i int) string { return fmt.Sprintf("## Part %d\n\nWords of part %d.\n", i, i) }), "\n")
		}
		return at(5), at(6)
	})...)
	list = append(list, changed("rows of a table, each cell other", func() (string, string) {
		at := func(s string) string { return "|a|b|\n|-|-|\n" + rep("|the partner "+s+"|sells to "+s+"|\n", 300_000) }
		return at("one"), at("two")
	})...)
	return list
}

// ordered is what f makes of the numbers below n, in an order of the seed's.
func ordered(n int, seed uint64, f func(i int) string) []string {
	list := make([]string, n)
	for i, k := range rand.New(rand.NewPCG(seed, 0)).Perm(n) {
		list[i] = f(k)
	}
	return list
}

func shuffled(n int, seed uint64) string {
	return strings.Join(ordered(n, seed, func(i int) string { return fmt.Sprintf("Rule %d says that you may do %d things.", i, i*7) }), " ")
}

func clauses(n int, seed uint64) string {
	return strings.Join(ordered(n, seed, func(i int) string {
		return fmt.Sprintf("Rule %d says that you may do %d things, and no more than %d of them in a year of %d days.", i, i*7, i*3, i)
	}), "\n\n")
}

// common makes clauses of few words, so that each resembles each.
func common(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 0))
	words := strings.Fields("we you may not the terms of data use any time share with partner account close fee law court")
	return each(n, func(int) string {
		return each(20, func(int) string { return words[r.IntN(len(words))] + " " }) + "\n\n"
	})
}
