package notify

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"time"
)

// passed are the variables that a command gets.
var passed = []string{"PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR",
	"XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SystemRoot", "USERPROFILE", "TEMP"}

// run runs a command with the alert as its standard input.
func run(ctx context.Context, t *Target, payload []byte) error {
	if len(t.Command) == 0 {
		return failure("it has no command")
	}
	name, args := t.Command[0], t.Command[1:]
	if t.Shell {
		name, args = "sh", []string{"-c", strings.Join(t.Command, " ")}
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin = bytes.NewReader(append(payload, '\n'))
	cmd.WaitDelay = time.Second
	cmd.Env = []string{}
	for _, v := range passed {
		if value, ok := os.LookupEnv(v); ok {
			cmd.Env = append(cmd.Env, v+"="+value)
		}
	}
	said := &limited{left: 300}
	cmd.Stderr = said
	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case len(said.b) > 0:
		return failure("%s: %s", err, oneLine(string(said.b)))
	}
	return err
}

// limited keeps the beginning of what is written.
type limited struct {
	b    []byte
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.b, l.left = append(l.b, p[:n]...), l.left-n
	return len(p), nil
}
