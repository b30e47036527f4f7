package kv

import (
	"fmt"
	"runtime"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"

	"fineprint/store/model"
)

// Pair is a key and value as they are in the mapped file.
type Pair struct{ Key, Value []byte }

// Pairs lists what is in a bucket; size is about how much that is.
func Pairs(b *bolt.Bucket, size int) []Pair {
	list := make([]Pair, 0, size)
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		list = append(list, Pair{k, v})
	}
	return list
}

// chunk is how many values one goroutine takes at a time.
const chunk = 1024

// InChunks calls f for the parts of 0 to n on all processors, and returns one of
// its errors. A fault in reading the mapped file is ErrDamaged.
func InChunks(n int, f func(from, to int) error) error {
	return Parallel((n+chunk-1)/chunk, func(i int) (err error) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("%w: reading it failed: %v", model.ErrDamaged, r)
			}
		}()
		return f(i*chunk, min(n, (i+1)*chunk))
	})
}

// Parallel calls f for 0 to n-1 on all processors, and returns the first of its errors.
func Parallel(n int, f func(int) error) error {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() error { return f(i) })
	}
	return g.Wait()
}
