//go:build !unix

package app

import "os/exec"

// inGroup does nothing: there are no process groups here, and only the command itself is
// ended.
func inGroup(*exec.Cmd) {}

func endGroup(*exec.Cmd) {}
