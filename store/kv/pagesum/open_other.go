//go:build !unix

package pagesum

const noFollow = 0
