package main

// twister is the generator of Python's random module, so that the splits are those of
// random.Random(seed).shuffle.
type twister struct {
	state [624]uint32
	at    int
}

func newTwister(seed uint32) *twister {
	t := &twister{at: 624}
	s := &t.state
	s[0] = 19650218
	for i := 1; i < 624; i++ {
		s[i] = 1812433253*(s[i-1]^s[i-1]>>30) + uint32(i)
	}
	i := 1
	for range 624 {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1664525) + seed
		if i++; i == 624 {
			s[0], i = s[623], 1
		}
	}
	for range 623 {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1566083941) - uint32(i)
		if i++; i == 624 {
			s[0], i = s[623], 1
		}
	}
	s[0] = 1 << 31
	return t
}

func (t *twister) next() uint32 {
	s := &t.state
	if t.at == 624 {
		for i := range s {
			y := s[i]&(1<<31) | s[(i+1)%624]&(1<<31-1)
			s[i] = s[(i+397)%624] ^ y>>1 ^ y&1*0x9908b0df
		}
		t.at = 0
	}
	y := s[t.at]
	t.at++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// shuffle is random.shuffle.
func (t *twister) shuffle(list []string) {
	for i := len(list) - 1; i > 0; i-- {
		bits := uint(0)
		for 1<<bits <= i+1 {
			bits++
		}
		j := int(t.next() >> (32 - bits))
		for j > i {
			j = int(t.next() >> (32 - bits))
		}
		list[i], list[j] = list[j], list[i]
	}
}
