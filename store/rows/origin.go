package rows

import (
	"encoding/hex"
	"encoding/json"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fmt"
	"time"
)

// Origin is a [model.Provenance] as stored.
type Origin struct {
	Method    uint32   `cbor:"1,keyasint,omitempty"`
	Tool      uint32   `cbor:"2,keyasint,omitempty"`
	URL       uint32   `cbor:"3,keyasint,omitempty"`
	Repo      uint32   `cbor:"4,keyasint,omitempty"`
	Root      uint32   `cbor:"5,keyasint,omitempty"`
	Commit    []byte   `cbor:"6,keyasint,omitempty"`
	Path      uint32   `cbor:"7,keyasint,omitempty"`
	Subject   uint32   `cbor:"8,keyasint,omitempty"`
	Engine    uint32   `cbor:"9,keyasint,omitempty"`
	Locations []uint32 `cbor:"10,keyasint,omitempty"`
	// Snapshots are packed ids.
	Snapshots [][]byte `cbor:"11,keyasint,omitempty"`
	// Web is the JSON of what only a web capture has.
	Web []byte `cbor:"12,keyasint,omitempty"`
}

// webPart is the part of a Provenance that only web captures have, stored as
// JSON.
type webPart struct {
	FinalURL  string            `json:"final_url,omitempty"`
	Redirects []string          `json:"redirects,omitempty"`
	Status    int               `json:"status,omitempty"`
	Header    map[string]string `json:"header,omitempty"`
	Remote    string            `json:"remote,omitempty"`
	Exchange  *exchangeRow      `json:"exchange,omitempty"`
}

// exchangeRow is a [model.Exchange] as stored.
type exchangeRow struct {
	Started        time.Time `json:"started,omitzero"`
	Ended          time.Time `json:"ended,omitzero"`
	Proto          string    `json:"proto,omitempty"`
	TLSFingerprint string    `json:"tls_fingerprint,omitempty"`
	EncodedSHA256  string    `json:"encoded_sha256,omitempty"`
	EncodedBytes   int64     `json:"encoded_bytes,omitempty"`
	Charset        string    `json:"charset,omitempty"`
	Rendered       bool      `json:"rendered,omitempty"`
	RobotsIgnored  bool      `json:"robots_ignored,omitempty"`
	Remark         string    `json:"remark,omitempty"`
}

// packID stores an id as 1 ‖ its bytes when it is hexadecimal, else 0 ‖ its text.
func packID(id string) []byte {
	if b, err := hex.DecodeString(id); err == nil && len(b) > 0 && hex.EncodeToString(b) == id {
		return append([]byte{1}, b...)
	}
	return append([]byte{0}, id...)
}

func unpackID(b []byte) string {
	switch {
	case len(b) == 0:
		return ""
	case b[0] == 1:
		return hex.EncodeToString(b[1:])
	default:
		return string(b[1:])
	}
}

// PackOrigin makes the row of a provenance.
func PackOrigin(tx *kv.Tx, p model.Provenance) (Origin, error) {
	var o Origin
	var failed error
	intern := func(w string) uint32 {
		n, err := kv.InternString(tx, w)
		if err != nil {
			failed = err
		}
		return n
	}
	o.Method, o.Tool, o.URL = intern(string(p.Method)), intern(p.Tool), intern(p.URL)
	if a := p.Archive; a != nil {
		o.Repo, o.Root, o.Path, o.Subject, o.Engine = intern(a.Repo), intern(a.Root), intern(a.Path), intern(a.Subject),
			intern(a.Engine)
		o.Commit = packID(a.Commit)
		for _, l := range a.Locations {
			o.Locations = append(o.Locations, intern(l))
		}
		for _, id := range a.Snapshots {
			o.Snapshots = append(o.Snapshots, packID(id))
		}
	}
	web := webPart{FinalURL: p.FinalURL, Redirects: p.Redirects, Status: p.Status, Header: p.Header,
		Remote: p.Remote, Exchange: (*exchangeRow)(p.Exchange)}
	if web.FinalURL != "" || web.Status != 0 || web.Remote != "" {
		b, err := json.Marshal(web)
		if err != nil {
			return o, err
		}
		o.Web = b
	}
	return o, failed
}

// ToModel returns the provenance as the model has it.
func (o Origin) ToModel(tx *kv.Tx) (model.Provenance, error) {
	var failed error
	get := func(n uint32) string {
		w, err := kv.LookupString(tx, n)
		if err != nil {
			failed = err
		}
		return w
	}
	p := model.Provenance{Method: model.Method(get(o.Method)), Tool: get(o.Tool), URL: get(o.URL)}
	if len(o.Commit) > 0 {
		a := &model.ArchiveOrigin{Repo: get(o.Repo), Root: get(o.Root), Commit: unpackID(o.Commit),
			Path: get(o.Path), Subject: get(o.Subject), Engine: get(o.Engine)}
		for _, l := range o.Locations {
			a.Locations = append(a.Locations, get(l))
		}
		for _, id := range o.Snapshots {
			a.Snapshots = append(a.Snapshots, unpackID(id))
		}
		p.Archive = a
	}
	if len(o.Web) > 0 {
		var web webPart
		if err := json.Unmarshal(o.Web, &web); err != nil {
			return p, fmt.Errorf("%w: a capture's metadata can't be decoded", model.ErrDamaged)
		}
		p.FinalURL, p.Redirects, p.Status, p.Header, p.Remote = web.FinalURL, web.Redirects, web.Status, web.Header,
			web.Remote
		p.Exchange = (*model.Exchange)(web.Exchange)
	}
	return p, failed
}
