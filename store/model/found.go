package model

// FoundDocument is a legal document that a site links, found by looking for such links.
type FoundDocument struct {
	URL      string `json:"url"` // where it is in the end
	Title    string `json:"title"`
	Type     string `json:"type"`
	Language string `json:"language"` // "de", "pt-BR"; "" when nothing tells it
	Tracked  bool   `json:"tracked"`
	// Problem is why it could not be looked at.
	Problem string `json:"problem,omitempty"`
	// Document is the tracked one; Platform and Name are what to track it as: Name is the
	// type, and what tells it from another document of that type where there is one.
	Document ID     `json:"document,omitempty"`
	Platform string `json:"-"`
	Name     string `json:"-"`
}
