package keys

import (
	"slices"
	"strings"
	"testing"
)

// TestSeverityHasOnlyDigits: letters move, so that none of them judges.
func TestSeverityHasOnlyDigits(t *testing.T) {
	for _, b := range All {
		for _, k := range b.Keys {
			judges := slices.Contains([]Command{Low, Medium, High, Critical}, b.Command)
			if digit := k >= "1" && k <= "4"; len(k) == 1 && judges != digit {
				t.Errorf("%s is %s", k, b.Command)
			}
		}
	}
	if All.SeverityKeys() != "1–4" {
		t.Errorf("severity has %s", All.SeverityKeys())
	}
}

// TestEverySpareKeyAnswers: a key that was something once either still does it, or says
// what does; and what it does, the screen has.
func TestEverySpareKeyAnswers(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Spares {
		if s.Command == "" && s.Says == nil {
			t.Errorf("%s is for nothing", s.Key)
		}
		if s.Says != nil {
			if says := s.Says(All); strings.TrimSpace(says) != says || len(says) < 10 {
				t.Errorf("%s says %q", s.Key, says)
			}
		}
		used := false
		for _, screen := range s.Screens {
			if at := s.Key + " on " + string(screen); seen[at] {
				t.Errorf("%s is spare twice", at)
			} else {
				seen[at] = true
			}
			_, ok := All.SpareOn(screen, s.Key)
			used = used || ok
			if ok && All.On(screen, s.Key) != "" {
				t.Errorf("%s on %s is spare, and a command's", s.Key, screen)
			}
		}
		if !used {
			t.Errorf("%s is spare on no screen", s.Key)
		}
	}
}

// TestSpareKeyGivesWayToTheSettings: a key that the settings give to a command is that
// command's.
func TestSpareKeyGivesWayToTheSettings(t *testing.T) {
	m := slices.Clone(All)
	for i, b := range m {
		if b.Command == Critical {
			m[i].Keys = []string{"c"}
		}
	}
	if s, ok := m.SpareOn(Queue, "c"); ok {
		t.Errorf("c is spare: %+v", s)
	}
	if got := m.SeverityKeys(); got != "1 2 3 c" {
		t.Errorf("severity has %s", got)
	}
	if s, ok := All.SpareOn(Queue, "c"); !ok || s.Says(All) != "1–4 set severity" {
		t.Errorf("c on the queue is %+v, %v", s, ok)
	}
}
