package trial

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
)

const (
	versions  = 14 // of one document
	documents = 3  // of one platform
)

// basePlatforms are imported into the base, laterPlatforms by the trials.
var (
	basePlatforms  = []string{"Alder", "Apple", "Ash", "Aspen", "Acacia"}
	laterPlatforms = []string{"Birch"}
	types          = []string{"Terms of Service", "Privacy Policy", "Community Guidelines"}
)

// Versions in all that an import of the base, and that of the trials brings.
var (
	BaseVersions  = versions * documents * len(basePlatforms)
	LaterVersions = versions * documents * len(laterPlatforms)
)

// folder lets otatest make a history outside of a test.
type folder struct {
	testing.TB
	dir string
}

func (f folder) Helper()           {}
func (f folder) TempDir() string   { return f.dir }
func (f folder) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// makeArchive makes a bare repository of made-up documents.
func makeArchive(dir string, seed uint64) (repo string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("making the archive: %v", p)
		}
	}()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	h := otatest.New(folder{dir: dir})
	rng := rand.New(rand.NewPCG(seed, 7))
	files, texts := map[string]string{}, map[string][]string{}
	day := time.Date(2024, 1, 1, 6, 0, 0, 0, time.UTC)
	for range versions {
		for _, platform := range append(append([]string{}, basePlatforms...), laterPlatforms...) {
			for _, kind := range types[:documents] {
				path := platform + "/" + kind + ".md"
				texts[path] = nextVersion(rng, texts[path])
				files[path] = "# " + kind + "\n\n" + strings.Join(texts[path], "\n\n") + "\n"
				day = day.Add(7 * time.Hour)
				h.Commit(files, "Record new changes of "+path, day)
			}
		}
	}
	h.Pack(false)
	return h.Dir, os.WriteFile(filepath.Join(dir, "made"), nil, 0o600)
}

var (
	subjects = []string{"We", "Our partners", "You", "Your account", "The service", "Advertisers", "A moderator"}
	verbs    = []string{"may share", "will delete", "must not collect", "keeps", "can transfer", "shall review",
		"may suspend"}
	objects = []string{"your personal data", "content that you upload", "payment details", "location history",
		"messages", "the licence you grant", "disputes by arbitration", "fees and taxes"}
	ends = []string{"within %d days of a request", "for up to %d months after the account is closed",
		"once you are %d years old", "unless %d days' notice was given", "for no more than %d dollars a year",
		"in the %d countries that are listed below"}
)

func sentence(rng *rand.Rand) string {
	pick := func(of []string) string { return of[rng.IntN(len(of))] }
	return pick(subjects) + " " + pick(verbs) + " " + pick(objects) + " " + fmt.Sprintf(pick(ends), 1+rng.IntN(90)) + "."
}

func paragraph(rng *rand.Rand) string {
	var lines []string
	for range 2 + rng.IntN(5) {
		lines = append(lines, sentence(rng))
	}
	return strings.Join(lines, " ")
}

// nextVersion changes some paragraphs of a text, or begins one.
func nextVersion(rng *rand.Rand, text []string) []string {
	if text == nil {
		for i := range 14 {
			text = append(text, fmt.Sprintf("## %d. %s", i+1, strings.TrimSuffix(sentence(rng), ".")), paragraph(rng))
		}
		return text
	}
	next := append([]string{}, text...)
	for range 1 + rng.IntN(3) {
		at := 1 + 2*rng.IntN(len(next)/2)
		lines := strings.SplitAfter(next[at], ". ")
		switch lines[rng.IntN(len(lines))] = sentence(rng) + " "; rng.IntN(5) {
		case 0:
			lines = append(lines, sentence(rng))
		case 1:
			next[at] = paragraph(rng)
			continue
		}
		next[at] = strings.TrimSpace(strings.Join(lines, ""))
	}
	return next
}
