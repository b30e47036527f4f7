package nearest

import "testing"

func TestMeantProposesWhatIsNear(t *testing.T) {
	words := []string{"name", "jurisdiction", "complaint_url", "url"}
	for word, want := range map[string]string{
		"nmae": "; did you mean name?", "Jurisdiction": "; did you mean jurisdiction?",
		"complainturl": "; did you mean complaint_url?", "ur": "; did you mean url?", "": "",
		"nothing like it": "", "a word that is far too long to be a slip of the finger": "",
	} {
		if got := Meant(word, words); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
