//go:build unix

package main

import (
	"fmt"
	"strings"
)

const recordBody = "\n## Summary\n\nYou may leave.\n"

func textKinds() []kind {
	// A change to write records of.
	change := func(b *bench) {
		one, two := b.write("2024-01-01.md", "# Terms\n\nYou pay 70 dollars a month.\n"), b.write("2024-02-01.md", "# Terms\n\nYou pay 99 dollars a month.\n")
		b.setup("import", "files", "Acme/Terms", one, two)
		b.size = 0
	}
	record := func(name, ext string, content func() string) kind {
		return kind{"record " + name, func(b *bench) []string {
			change(b)
			return b.inDB("record", "new", "FP-C-000001", "--clause", "1", "--from", b.write("record."+ext, content()))
		}}
	}
	front := func(name string, head func() string) kind {
		return record(name, "md", func() string { return "+++\n" + head() + "\n+++\n" + recordBody })
	}
	declared := func(name string, content func() string) kind {
		return kind{"declaration " + name, func(b *bench) []string {
			return b.inDB("track", "add", b.write("Acme.json", content()))
		}}
	}
	settings := func(name string, content func() string) kind {
		return kind{"settings " + name, func(b *bench) []string {
			b.env = append(b.env, "FINEPRINT_CONFIG="+b.write("config.toml", content()))
			return []string{"config", "check"}
		}}
	}
	learn := func(name string, content func() string) kind {
		return kind{"jsonl " + name, func(b *bench) []string {
			change(b)
			return b.inDB("insight", "train", b.write("judged.jsonl", content()))
		}}
	}
	return []kind{
		front("toml lists in lists", func() string { return "title = " + rep("[", 1_000_000) }),
		front("toml tables in tables", func() string { return rep("a.", 1_000_000) + "a = 1" }),
		front("toml tables, one within the other", func() string {
			return each(3000, func(i int) string { return "[" + rep("a.", i) + "a]\n" })
		}),
		front("toml keys", func() string { return each(500_000, func(i int) string { return fmt.Sprintf("k%d = 1\n", i) }) }),
		front("toml number of a million digits", func() string { return "severity = " + rep("9", 1_000_000) }),
		front("toml text of 16 MB", func() string { return "title = \"" + rep("word ", 3_000_000) + "\"" }),
		front("toml inline tables", func() string { return "a = " + rep("{a = ", 500_000) }),
		record("markdown of 16 MB", "md", func() string { return "+++\n+++\n## Summary\n\n" + rep("word ", 3_000_000) }),
		record("markdown quotes in quotes", "md", func() string { return "+++\n+++\n## Summary\n\n" + rep("> ", 100_000) + "x" }),
		record("markdown of sections", "md", func() string { return "+++\n+++\n" + rep("## Summary\n\nx\n\n", 500_000) }),
		record("json in json", "json", func() string { return "{\"title\":" + rep("[", 5_000_000) }),
		record("json keys that come twice", "json", func() string { return "{" + rep("\"title\":\"x\",", 1_000_000) + "\"title\":\"y\"}" }),
		record("json number of a million digits", "json", func() string { return "{\"severity\":" + rep("9", 1_000_000) + "e999999999}" }),
		record("json list", "json", func() string { return "{\"tags\":[" + rep("\"a\",", 3_000_000) + "\"b\"]}" }),
		declared("json in json", func() string { return "{\"name\":\"Acme\",\"terms\":" + rep("{\"a\":", 600_000) }),
		declared("of many documents", func() string {
			return "{\"name\":\"Acme\",\"terms\":{" + each(30_000, func(i int) string {
				return fmt.Sprintf("\"Terms %d\":{\"fetch\":\"https://a.example/%d\",\"select\":\"main\"},", i, i)
			}) + "\"T\":{\"fetch\":\"https://a.example/\",\"select\":\"main\"}}}"
		}),
		declared("of many selectors", func() string {
			return "{\"name\":\"Acme\",\"terms\":{\"Terms\":{\"fetch\":\"https://a.example/\",\"select\":[" + rep("\"div > p:not(a b c)\",", 150_000) + "\"main\"]}}}"
		}),
		declared("of one long selector", func() string {
			return "{\"name\":\"Acme\",\"terms\":{\"Terms\":{\"fetch\":\"https://a.example/\",\"select\":\"" + rep(":not(", 300_000) + "\"}}}"
		}),
		settings("lists in lists", func() string { return "a = " + rep("[", 1_000_000) }),
		settings("tables in tables", func() string { return "[" + rep("a.", 1_000_000) + "a]" }),
		settings("keys", func() string { return each(300_000, func(i int) string { return fmt.Sprintf("k%d = 1\n", i) }) }),
		learn("lines by the million", func() string {
			return rep("{\"change\":\"FP-C-000001\",\"label\":\"material\",\"severity\":null}\n", 500_000)
		}),
		learn("json in json", func() string { return "{\"change\":" + rep("[", 10_000_000) }),
		learn("one line of 30 MB", func() string {
			return "{\"quote\":\"" + rep("word ", 6_000_000) + "\",\"case\":\"x\",\"classification\":\"bad\"}"
		}),
		{"playbook of many positions", func(b *bench) []string {
			change(b)
			return b.inDB("playbook", "check", b.write("playbook.toml", strings.Repeat("[[position]]\nname = \"x\"\nexpect = \"you may leave\"\n\n", 100_000)))
		}},
	}
}
