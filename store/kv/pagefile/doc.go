// Package pagefile reads the pages of a bbolt file without bbolt: from whatever bytes, with
// bounds, so that a damaged file is told of and what is whole in it can be had.
//
// It is not for everyday reading (that is bbolt's, through store/kv), writes nothing and
// knows nothing of what the values mean.
//
// # Why not bbolt's own check
//
// bbolt maps the file and believes every page's header; its check runs in a goroutine of
// its own, where a fault kills the process. One flipped bit in a header made it crash, or
// run on for ever. Here every page is read by pread and nothing in it is believed:
//
//   - a page's number, kind, count and run of pages are compared with where it is and with
//     the file's size; its elements lie one after the other in its run and end in its last
//     page; its keys ascend, and lie between those that its parent names
//   - a walk takes each page once, and goes no deeper than maxDepth
//   - whatever the bytes, reading takes memory and time in proportion to the file
//   - [File.Endless] goes the ways that bbolt would, and tells whether that ends
//
// A page that breaks one of these is named with what is wrong and its bucket, and the walk
// goes on with the rest.
//
// # Layout
//
// Of the machine's own byte order. A page begins with its number (8 bytes), its kind (2),
// how many elements it has (2) and how many pages of its run follow (4). Elements of 16
// bytes come next, then their keys and values. Pages 0 and 1 are the two meta pages; the
// valid one with the higher transaction counts.
package pagefile
