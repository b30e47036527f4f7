package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"fineprint/store/insight/drafting"
	"fineprint/store/model"
)

// DraftCommand is the command that drafts, as the settings name it.
type DraftCommand struct {
	Args    []string // the program and its arguments; there is no shell
	Timeout time.Duration
	Env     []string // names of variables that it is given beside PATH
}

// maxStderr is how much of what a command says on standard error is shown.
const maxStderr = 300

// killedAfter is how long is waited for a command's output once it ended or was ended:
// a child that it left behind may hold it open.
const killedAfter = 2 * time.Second

// Run hands the command a question and returns its answer. The command runs in a process
// group of its own, which ends with it, with the time-out, or when ctx is over. Every error
// wraps [model.ErrInvalid], but that of ctx.
func (c DraftCommand) Run(ctx context.Context, question []byte) ([]byte, error) {
	name := c.Name()
	limited, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	cmd := exec.CommandContext(limited, c.Args[0], c.Args[1:]...)
	out := &bounded{most: drafting.MaxAnswer, full: cancel}
	said := &bounded{most: 64 << 10}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(question), out, said
	cmd.Env, cmd.WaitDelay = c.environment(), killedAfter
	inGroup(cmd)
	err := cmd.Run()
	endGroup(cmd)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.over:
		return nil, draftFailed(name, "wrote more than %d KiB", drafting.MaxAnswer>>10)
	case limited.Err() != nil:
		return nil, draftFailed(name, "did not answer in %s", c.Timeout)
	case errors.Is(err, exec.ErrWaitDelay): // its answer is whole, a child is not gone
	case err != nil:
		return nil, draftFailed(name, "failed: %s%s", err, quotedOutput(said.kept.Bytes()))
	}
	if len(bytes.TrimSpace(out.kept.Bytes())) == 0 {
		return nil, draftFailed(name, "answered nothing%s", quotedOutput(said.kept.Bytes()))
	}
	return bytes.TrimSpace(out.kept.Bytes()), nil
}

func draftFailed(name, format string, args ...any) error {
	return fmt.Errorf("%w: the draft command %s %s; nothing was changed", model.ErrInvalid, name,
		fmt.Sprintf(format, args...))
}

// quotedOutput is the end of what a command said on standard error, in brackets.
func quotedOutput(said []byte) string {
	text := strings.Join(strings.Fields(strings.ToValidUTF8(string(said), "?")), " ")
	if text == "" {
		return ""
	}
	if runes := []rune(text); len(runes) > maxStderr {
		text = "…" + string(runes[len(runes)-maxStderr:])
	}
	return " (" + text + ")"
}

// environment is PATH and what the settings pass on, and on Windows what no program runs
// without.
func (c DraftCommand) environment() []string {
	names := append([]string{"PATH"}, c.Env...)
	if runtime.GOOS == "windows" {
		names = append(names, "SystemRoot", "TEMP")
	}
	env := []string{}
	for _, name := range names {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// bounded keeps the beginning of what is written to it, and calls full at what is more. The
// buffer is no embedded one, whose ReadFrom would take all there is.
type bounded struct {
	kept bytes.Buffer
	most int
	over bool
	full func()
}

func (b *bounded) Write(p []byte) (int, error) {
	room := b.most - b.kept.Len()
	if len(p) <= room {
		return b.kept.Write(p)
	}
	b.kept.Write(p[:max(0, room)])
	if b.over = true; b.full == nil {
		return len(p), nil
	}
	b.full()
	return 0, errTooLong
}
