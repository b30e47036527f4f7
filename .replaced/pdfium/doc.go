// Package pdfium stands in for github.com/klippa-app/go-pdfium. The library's interface
// names all of PDFium's 400 calls, so that a program that uses one of them carries them
// all, with the images and the transport between processes that some need: 2 MB of a
// binary that may have 40. Fineprint reads text and calls 17.
//
// What is here are the library's own declarations, not changed: those that fetch/pdf names
// and those that they need. Nothing in it is written by hand but this file and cut.go, which
// makes the rest of the version that go.mod requires (`task pdfium`). A call that is missing
// here does not compile: make the cut again. Remove the replace line in go.mod to have the
// whole library.
//
// Its folder internal/pdfium_wasm, 6 MB, is missing as well: fetch/pdf holds the module
// compressed, and pdfium.sum beside it says of which version it is.
package pdfium
