//go:build !unix

package kv

const noWait = 0
