package main

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"

	"fineprint/fetch/intake"
	"fineprint/fetch/ota"
	"fineprint/store"
)

func main() {
	f, _ := os.Create("/tmp/w/cpu.out")
	pprof.StartCPUProfile(f)
	defer pprof.StopCPUProfile()
	r, _ := ota.Open(context.Background(), os.Args[1])
	os.RemoveAll("/tmp/w/p2.db")
	os.RemoveAll("/tmp/w/p2.db.id")
	s, err := store.Create("/tmp/w/p2.db", store.Options{})
	fmt.Println(err)
	fmt.Println(intake.ImportOTA(context.Background(), s, r, intake.ImportOptions{}))
}
