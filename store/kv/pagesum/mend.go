package pagesum

import "hash/crc32"

// SumOf is the sum of a page's content; it is never 0.
func SumOf(page []byte) uint32 { return sumOf(page) }

// Sum is the sum that a page has; 0 when the transaction does not lead to it.
func (s *Sums) Sum(page uint64) uint32 {
	if page >= uint64(len(s.pages)) {
		return 0
	}
	return s.pages[page]
}

// Pages is how many pages the file had, with those that have no sum.
func (s *Sums) Pages() uint64 { return uint64(len(s.pages)) }

// Mend turns the one bit back by which a page's content differs from its sum, and reports
// whether there is one. The difference of two such checksums depends on where the contents
// differ and not on what they hold, and no two single bits of a page make the same. Content
// that differs otherwise is taken for that once in 130,000 times, for pages of 4 KB.
func (s *Sums) Mend(page uint64, content []byte) bool {
	want := s.Sum(page)
	if want == 0 {
		return false
	}
	differs := crc32.Checksum(content, castagnoli) ^ want
	var of [8]uint32 // the difference that each bit of a byte makes
	for bit := range of {
		of[bit] = castagnoli[1<<bit]
	}
	for at := len(content) - 1; at >= 0; at-- {
		for bit := range of {
			if of[bit] == differs {
				content[at] ^= 1 << bit
				return true
			}
			of[bit] = castagnoli[of[bit]&0xff] ^ of[bit]>>8
		}
	}
	return false
}
