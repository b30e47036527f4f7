package rules

// pairs makes examples of old and new texts by turns.
func pairs(oldAndNew ...string) []Example {
	var list []Example
	for i := 0; i < len(oldAndNew); i += 2 {
		list = append(list, Example{oldAndNew[i], oldAndNew[i+1]})
	}
	return list
}

// whenAdded makes examples of clauses that were added.
func whenAdded(texts ...string) []Example {
	var list []Example
	for _, t := range texts {
		list = append(list, Example{New: t})
	}
	return list
}

// whenRemoved makes examples of clauses that were removed.
func whenRemoved(texts ...string) []Example {
	var list []Example
	for _, t := range texts {
		list = append(list, Example{Old: t})
	}
	return list
}

// standIns makes examples of pages captured in place of a document and as a
// document's first capture.
func standIns(document string, pages ...string) []Example {
	var list []Example
	for _, p := range pages {
		p += "\n\nHave a good day, dear friend, and come back to see us."
		list = append(list, Example{document, p}, Example{"", p})
	}
	return list
}
