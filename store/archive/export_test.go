package archive

// Keep bounds the bytes of documents that are kept between transactions.
func (r *Recorder) Keep(bytes int) { r.keeps = bytes }
