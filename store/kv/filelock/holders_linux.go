package filelock

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"unicode"

	"golang.org/x/sys/unix"
)

// holders reads /proc/locks, of which a line is
//
//	1: FLOCK  ADVISORY  WRITE 4711 fe:00:1835021 0 EOF
func holders(path string) []Process {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	f, err := os.Open("/proc/locks")
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	device := uint64(stat.Dev)
	return parseLocks(f, fmt.Sprintf("%02x:%02x:%d", unix.Major(device), unix.Minor(device), stat.Ino), stat.Ino)
}

// parseLocks finds the holders of one file. Some file systems (btrfs) tell another device of a
// file than the list does: then its number decides.
func parseLocks(f *os.File, name string, inode uint64) []Process {
	var exact, alike []Process
	number := ":" + strconv.FormatUint(inode, 10)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 6 || fields[1] != "FLOCK" || !strings.HasSuffix(fields[5], number) {
			continue // one that waits has "->" before its kind
		}
		pid, err := strconv.Atoi(fields[4])
		if err != nil || pid <= 0 { // of another container
			continue
		}
		p := Process{PID: pid, Command: commandOf(pid), Reading: fields[3] == "READ"}
		if alike = append(alike, p); fields[5] == name {
			exact = append(exact, p)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return alike
}

// commandOf is how a process was called: its program, and the first word after it that is no
// option.
func commandOf(pid int) string {
	folder := filepath.Join("/proc", strconv.Itoa(pid))
	line, _ := os.ReadFile(filepath.Join(folder, "cmdline"))
	args := strings.Split(string(bytes.TrimRight(line, "\x00")), "\x00")
	if args[0] == "" {
		name, _ := os.ReadFile(filepath.Join(folder, "comm"))
		return printable(string(name))
	}
	return printable(Command(args))
}

// printable bounds what another program calls itself.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, strings.TrimSpace(s))
	return s[:min(len(s), 80)]
}
