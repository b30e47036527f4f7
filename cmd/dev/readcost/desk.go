package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

const (
	quiet = 150 * time.Millisecond // after which a frame is whole
	never = 600 * time.Millisecond // after which a key draws nothing
	most  = 1500                   // keys, after which nobody reads on
	// enough is the part of the items after which all counts as seen: some are cut in two
	// by the end of a screen, or are letters of Markdown.
	enough = 0.985
)

// desk is a desk on an emulated terminal.
type desk struct {
	program *exec.Cmd
	pty     *os.File
	home    string
	w, h    int

	mu   sync.Mutex
	term *vt.Emulator
	last time.Time
}

func open(bin, db string, w, h int) (*desk, error) {
	home, err := os.MkdirTemp("", "readcost-*")
	if err != nil {
		return nil, err
	}
	d := &desk{home: home, w: w, h: h, term: vt.NewEmulator(w, h)}
	// The desk keeps the place of each reader in the database.
	d.program = exec.Command(bin, "--db", db, "--actor", filepath.Base(home))
	d.program.Env = append(os.Environ(), "XDG_CONFIG_HOME="+home, "XDG_STATE_HOME="+home, "TERM=xterm-256color")
	d.pty, err = pty.StartWithSize(d.program, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}) //nolint:gosec // small
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", bin, err)
	}
	go func() { // what the terminal answers
		p := make([]byte, 4096)
		for {
			n, err := d.term.Read(p)
			if err != nil {
				return
			}
			_, _ = d.pty.Write(p[:n])
		}
	}()
	go func() {
		p := make([]byte, 1<<16)
		for {
			n, err := d.pty.Read(p)
			d.mu.Lock()
			_, _ = d.term.Write(p[:n])
			d.last = time.Now()
			d.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return d, nil
}

// change opens a change of the queue.
func (d *desk) change(id string) error {
	d.settle(3 * time.Second)
	_, _ = d.pty.WriteString("/\x15id:" + id)
	d.settle(2 * time.Second)
	_, _ = d.pty.WriteString("\r")
	for try := range 200 {
		if try%50 == 0 {
			d.settle(time.Second)
			_, _ = d.pty.WriteString("\r")
		}
		time.Sleep(100 * time.Millisecond)
		now := strings.Join(d.columns(), " ")
		for _, opened := range []string{"pressstowriteone", "summarynoneyet", "judgesso", "precedentfp", "similar"} {
			if strings.Contains(now, opened) {
				d.settle(time.Second)
				return nil
			}
		}
	}
	return fmt.Errorf("%s does not open", id)
}

func (d *desk) close() {
	_ = d.program.Process.Kill()
	_ = d.program.Wait()
	_ = d.pty.Close()
	_ = d.term.Close()
	_ = os.RemoveAll(d.home)
}

// settle waits until nothing was drawn for a while.
func (d *desk) settle(atLeast time.Duration) {
	begun := time.Now()
	for {
		d.mu.Lock()
		last := d.last
		d.mu.Unlock()
		if time.Since(begun) > atLeast && time.Since(last) > quiet {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// key presses one, and waits for its frame.
func (d *desk) key(k string) {
	begun := time.Now()
	_, _ = d.pty.WriteString(k)
	for {
		time.Sleep(5 * time.Millisecond)
		d.mu.Lock()
		last := d.last
		d.mu.Unlock()
		if last.After(begun) && time.Since(last) > quiet || time.Since(begun) > never && !last.After(begun) {
			return
		}
	}
}

// columns are the letters on the screen, of what is left and right of the bars apart.
func (d *desk) columns() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for y := range d.h - 2 {
		var row strings.Builder
		for x := range d.w {
			if c := d.term.CellAt(x, y); c != nil {
				row.WriteString(c.Content)
			}
		}
		for i, part := range strings.Split(row.String(), "│") {
			if i == len(out) {
				out = append(out, "")
			}
			out[i] += letters(part)
		}
	}
	return out
}

// read reads until all items were seen or there is nothing more.
func (d *desk) read(items []item, by string) cost {
	now, got := cost{by: by, screens: 1}, cost{by: by}
	seen := make([]bool, len(items))
	screen := ""
	for still := 0; now.keys < most && still < 2; now.keys++ {
		columns := d.columns()
		at := look(items, seen, columns)
		if joined := strings.Join(columns, "\x00"); joined == screen {
			still++
		} else {
			if screen, still = joined, 0; now.keys > 0 {
				now.screens++
			}
		}
		if now.seen = part(seen); now.seen > got.seen || now.keys == 0 {
			got = now // what is pressed after the last of it was seen finds nothing more
		}
		if got.seen >= enough {
			break
		}
		if by == "p" || still > 0 || at >= 0 && cutOff(items, seen, at) {
			d.key("\x1b[6~")
		} else {
			d.key("n")
		}
	}
	return got
}

// part is how much of the items was seen.
func part(seen []bool) float64 {
	n := 0
	for _, s := range seen {
		if s {
			n++
		}
	}
	return float64(n) / float64(max(1, len(seen)))
}

// look marks what the screen shows, and returns the last item of it, -1 for none.
func look(items []item, seen []bool, screen []string) int {
	at := -1
	for i, it := range items {
		for _, text := range it.shown {
			for _, column := range screen {
				if strings.Contains(column, text) {
					seen[i], at = true, i
				}
			}
		}
	}
	return at
}

// cutOff reports whether the clause that the screen ends with goes on below it.
func cutOff(items []item, seen []bool, at int) bool {
	return at+1 < len(items) && items[at+1].clause == items[at].clause && !seen[at+1]
}
