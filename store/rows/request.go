package rows

import (
	"fineprint/store/kv"
	"fineprint/store/model"
)

// RequestSettings is a [model.RequestSettings] as stored.
type RequestSettings struct {
	Headers        []RequestField `cbor:"headers,omitempty"`
	Cookies        []RequestField `cbor:"cookies,omitempty"`
	UserAgent      string         `cbor:"user_agent,omitempty"`
	AcceptLanguage string         `cbor:"accept_language,omitempty"`
	Charset        string         `cbor:"charset,omitempty"`
	AcceptStatus   []int          `cbor:"accept_status,omitempty"`
}

// RequestField is a [model.RequestField] as stored.
type RequestField struct {
	Name  string `cbor:"name"`
	Value string `cbor:"value"`
}

// Secrets are the values that a tracked document's [RequestSettings] are without.
type Secrets struct {
	List []RequestSecret `cbor:"1,keyasint"`
}

// RequestSecret is a [model.RequestSecret] as stored.
type RequestSecret struct {
	URL    string `cbor:"1,keyasint"`
	Cookie bool   `cbor:"2,keyasint,omitempty"`
	Name   string `cbor:"3,keyasint"`
	Value  string `cbor:"4,keyasint"`
}

func packRequest(r *model.RequestSettings) *RequestSettings {
	if r.IsZero() {
		return nil
	}
	pack := func(f model.RequestField) RequestField { return RequestField(f) }
	return &RequestSettings{Headers: convert(r.Headers, pack), Cookies: convert(r.Cookies, pack), UserAgent: r.UserAgent,
		AcceptLanguage: r.AcceptLanguage, Charset: r.Charset, AcceptStatus: r.AcceptStatus}
}

func (r *RequestSettings) toModel() *model.RequestSettings {
	if r == nil {
		return nil
	}
	unpack := func(f RequestField) model.RequestField { return model.RequestField(f) }
	return &model.RequestSettings{Headers: convert(r.Headers, unpack), Cookies: convert(r.Cookies, unpack),
		UserAgent: r.UserAgent, AcceptLanguage: r.AcceptLanguage, Charset: r.Charset, AcceptStatus: r.AcceptStatus}
}

// GetSecrets reads what is kept apart of a tracked document.
func GetSecrets(tx *kv.Tx, n uint64) ([]model.RequestSecret, error) {
	var row Secrets
	if tx.Bucket(kv.BucketSecret) == nil {
		return nil, nil
	}
	_, err := kv.GetRow(tx, kv.BucketSecret, kv.Key(n), &row)
	return convert(row.List, func(s RequestSecret) model.RequestSecret {
		return model.RequestSecret{URL: s.URL, Cookie: s.Cookie, Name: s.Name, Value: model.Secret(s.Value)}
	}), err
}

// PutSecrets keeps the secrets of a tracked document in place of those there were.
func PutSecrets(tx *kv.Tx, n uint64, list []model.RequestSecret) error {
	if len(list) == 0 {
		return tx.Bucket(kv.BucketSecret).Delete(kv.Key(n))
	}
	return kv.PutRow(tx, kv.BucketSecret, kv.Key(n), Secrets{convert(list, func(s model.RequestSecret) RequestSecret {
		return RequestSecret{URL: s.URL, Cookie: s.Cookie, Name: s.Name, Value: string(s.Value)}
	})})
}
