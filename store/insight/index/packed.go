package index

import "encoding/binary"

// packed is a [table] as a Reader keeps it, in half the memory: its columns have as many
// bytes to a number as their greatest needs.
type packed struct {
	document                              uint64
	generation                            int
	texts                                 []text
	least                                 uint64 // of the numbers, which are behind it
	numbers                               numbers
	clauses, first, places, last, lengths numbers // of units; lengths are in terms
	sums                                  []uint32
}

// numbers is a list of numbers.
type numbers struct {
	b     []byte
	width uint8 // of each, in bytes
}

// numbersOf makes a list of n numbers.
func numbersOf(n int, of func(i int) uint64) numbers {
	most := uint64(0)
	for i := range n {
		most = max(most, of(i))
	}
	l := numbers{width: 1}
	for l.width < 8 && most>>(8*l.width) > 0 {
		l.width *= 2
	}
	l.b = make([]byte, 0, n*int(l.width))
	for i := range n {
		switch v := of(i); l.width {
		case 1:
			l.b = append(l.b, byte(v))
		case 2:
			l.b = binary.LittleEndian.AppendUint16(l.b, uint16(v))
		case 4:
			l.b = binary.LittleEndian.AppendUint32(l.b, uint32(v))
		default:
			l.b = binary.LittleEndian.AppendUint64(l.b, v)
		}
	}
	return l
}

func (l *numbers) len() int { return len(l.b) / int(l.width) }

func (l *numbers) at(i int) uint64 {
	switch l.width {
	case 1:
		return uint64(l.b[i])
	case 2:
		return uint64(binary.LittleEndian.Uint16(l.b[2*i:]))
	case 4:
		return uint64(binary.LittleEndian.Uint32(l.b[4*i:]))
	}
	return binary.LittleEndian.Uint64(l.b[8*i:])
}

func pack(t *table) *packed {
	p := &packed{document: t.document, generation: t.generation, texts: t.texts}
	if len(t.numbers) > 0 {
		p.least = t.numbers[0]
	}
	for _, n := range t.numbers {
		p.least = min(p.least, n)
	}
	p.numbers = numbersOf(len(t.numbers), func(i int) uint64 { return t.numbers[i] - p.least })
	column := func(of func(u *unit) int32) numbers {
		return numbersOf(len(t.units), func(i int) uint64 { return uint64(of(&t.units[i])) })
	}
	p.clauses = column(func(u *unit) int32 { return u.clause })
	p.first = column(func(u *unit) int32 { return u.text })
	p.places = column(func(u *unit) int32 { return u.at })
	p.last = column(func(u *unit) int32 { return u.last })
	p.lengths = column(func(u *unit) int32 { return u.terms })
	p.sums = make([]uint32, len(t.units))
	for i := range t.units {
		p.sums[i] = t.units[i].sum
	}
	return p
}

// held is how many bytes it takes.
func (p *packed) held() int {
	n := 16*len(p.texts) + 4*len(p.sums)
	for _, l := range []*numbers{&p.numbers, &p.clauses, &p.first, &p.places, &p.last, &p.lengths} {
		n += len(l.b)
	}
	return n
}

// number returns the number of a clause, by its index.
func (p *packed) number(clause int32) uint64 { return p.least + p.numbers.at(int(clause)) }

func (p *packed) unit(i int) unit {
	return unit{clause: int32(p.clauses.at(i)), text: int32(p.first.at(i)), at: int32(p.places.at(i)),
		last: int32(p.last.at(i)), terms: int32(p.lengths.at(i)), sum: p.sums[i]}
}

// stands reports whether a unit is in the newest text.
func (p *packed) stands(i int) bool { return int(p.last.at(i)) == len(p.texts)-1 }
