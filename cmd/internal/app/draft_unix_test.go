//go:build unix

package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
)

// TestChildrenEndWithTheCommand: one that holds the output open holds nothing up, and is
// gone afterwards.
func TestChildrenEndWithTheCommand(t *testing.T) {
	s := deskfixture.NewStore(t)
	file := filepath.Join(t.TempDir(), "pid")
	if _, err := drafterOf(t, s, time.Minute, "child", file).Draft(t.Context(), change, false); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, _ := strconv.Atoi(string(text))
	for range 500 {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil && syscall.Kill(pid, 0) != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d is still there", pid)
}
