package ledger

import (
	"sync/atomic"

	"fineprint/store/kv"
	"fineprint/store/registry"
)

// Ledger takes decisions and keeps the records that they make.
type Ledger struct {
	db       *kv.DB
	registry atomic.Pointer[registry.Registry] // nil for the bundled one
}

// New returns a Ledger for a database.
func New(db *kv.DB) *Ledger { return &Ledger{db: db} }

// UseRegistry has records say of agencies and regulations what a registry has; without
// it that is the bundled one.
func (l *Ledger) UseRegistry(r *registry.Registry) { l.registry.Store(r) }

func (l *Ledger) agencies() *registry.Registry {
	if r := l.registry.Load(); r != nil {
		return r
	}
	return registry.Bundled()
}
