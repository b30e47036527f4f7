package trial

import (
	"os/exec"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// TestKillAfterKillsOnlyWhatStillRuns, and a process that has ended keeps its status.
func TestKillAfterKillsOnlyWhatStillRuns(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the rounds need Linux")
	}
	r := KillAfter(exec.CommandContext(t.Context(), "sleep", "60"), 20*time.Millisecond)
	if r.Signal != syscall.SIGKILL || r.Status != -1 || r.Hung || r.Took > 30*time.Second {
		t.Errorf("killed: %+v", r)
	}
	if !r.Crashed() {
		t.Error("an end by a signal is no crash")
	}
	r = KillAfter(exec.CommandContext(t.Context(), "sh", "-c", "echo out; exit 3"), time.Minute)
	if r.Signal != 0 || r.Status != 3 || string(r.Out) != "out\n" || r.Crashed() {
		t.Errorf("ended: %+v", r)
	}
}

// TestStackTraceIsACrash whatever the status.
func TestStackTraceIsACrash(t *testing.T) {
	for text, want := range map[string]bool{"fineprint: The database is damaged.\n": false,
		"panic: runtime error\n\ngoroutine 1 [running]:\n": true, "x\nunexpected fault address 0x7f\n": true} {
		if got := (Ran{Status: 2, Err: []byte(text)}).Crashed(); got != want {
			t.Errorf("%q is a crash: %v", text, got)
		}
	}
}
