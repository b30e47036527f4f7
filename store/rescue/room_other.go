//go:build !(linux || darwin || freebsd)

package rescue

// room is how many bytes are free in a folder; -1 where that is not known.
func room(string) int64 { return -1 }
