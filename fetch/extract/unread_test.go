package extract

import (
	"slices"
	"testing"

	"fineprint/store/model"
)

// TestUnreadLettersAreTold: a letter that a PDF's fonts don't name is never another one silently.
func TestUnreadLettersAreTold(t *testing.T) {
	text := "# Fees\n\nThe fee for a whole month is \ufffd36.50, or \ufffd41.00 in euros, and both are due.\n\n" +
		"A visit: \ufffd4.20\n"
	got := unreadIn(text)
	want := []string{"a whole month is \ufffd36.50, or \ufffd41.00 in euros,", "A visit: \ufffd4.20"}
	if got.Unread != 3 || !got.Telling() || !slices.Equal(got.Passages, want) {
		t.Errorf("%+v", got)
	}
	if both := got.With(model.LeftOut{Unread: 2}); both.Unread != 5 {
		t.Errorf("two files of a document: %+v", both)
	}
	if got := unreadIn("The fee is £36.50."); got.Telling() || got.Passages != nil {
		t.Errorf("all is read: %+v", got)
	}
}
