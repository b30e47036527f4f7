package trial

import (
	"os"
	"syscall"
)

// stateOf says how a process ended: its status, or -1 and the signal, and the most memory
// that was resident.
func stateOf(p *os.ProcessState) (status int, signal syscall.Signal, memory int64) {
	if usage, is := p.SysUsage().(*syscall.Rusage); is {
		memory = usage.Maxrss << 10
	}
	if s, is := p.Sys().(syscall.WaitStatus); is && s.Signaled() {
		return -1, s.Signal(), memory
	}
	return p.ExitCode(), 0, memory
}
