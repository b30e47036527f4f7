package ranking

// Place is where a change is.
type Place struct{ Type, Platform, Document string }

// PlaceOf are the terms of a place.
func PlaceOf(p Place) []Term {
	return []Term{termOf("=type " + p.Type), termOf("=platform " + p.Platform), termOf("=document " + p.Document)}
}
