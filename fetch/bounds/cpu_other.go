//go:build !linux

package bounds

import "time"

// Where the time that a thread takes can't be asked for, [MaxTime] bounds a reader alone.
func ownThread() int                     { return 0 }
func threadCPU(int) (none time.Duration) { return 0 }
