package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"fineprint/fetch"
	"fineprint/store/model"
)

// Sign returns the signature of a webhook as Standard Webhooks have it: of its ID, the time
// it is sent at and its body. A secret that begins with "whsec_" is the base64 of the key.
func Sign(secret []byte, id string, at time.Time, body []byte) string {
	key := secret
	if text, ok := strings.CutPrefix(string(secret), "whsec_"); ok {
		if b, err := base64.StdEncoding.DecodeString(text); err == nil {
			key = b
		}
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// clients are those for public addresses and for any, made once each, so that connections
// are used again.
var clients = map[bool]func() *http.Client{
	false: sync.OnceValue(func() *http.Client {
		return newClient(fetch.GuardedDial(nil, DefaultTimeout))
	}),
	true: sync.OnceValue(func() *http.Client {
		return newClient(fetch.AnyDial(DefaultTimeout))
	}),
}

func newClient(dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Client {
	return &http.Client{
		Transport: &http.Transport{DialContext: dial, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 16,
			IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 64 << 10}, // and no proxy: the guard would see its address
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// maxAnswer is how much of an answer is read, so that its connection can be used again.
const maxAnswer = 64 << 10

// post sends an alert to a webhook.
func post(ctx context.Context, t *Target, a *model.Alert, payload []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.URL, bytes.NewReader(payload))
	if err != nil {
		return failure("its address can't be read")
	}
	if req.URL.Scheme != "https" && req.URL.Scheme != "http" || req.URL.User != nil {
		return failure("its address must be http or https, without a user name")
	}
	secret, err := t.secret()
	if err != nil {
		return err
	}
	now := time.Now()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "fineprint")
	req.Header.Set("Webhook-Id", a.ID)
	req.Header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
	if secret != nil {
		req.Header.Set("Webhook-Signature", Sign(secret, a.ID, now, payload))
	}
	resp, err := clients[t.Private]().Do(req)
	if err != nil {
		var inURL *url.Error
		if errors.As(err, &inURL) { // the address may have a token in it
			err = inURL.Err
		}
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxAnswer))
	_ = resp.Body.Close()
	return answered(resp)
}

func answered(resp *http.Response) error {
	switch {
	case resp.StatusCode >= 200 && resp.StatusCode < 300:
		return nil
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return failure("it answered %d, a redirect, which is not followed", resp.StatusCode)
	}
	return &Failure{Reason: "it answered " + strconv.Itoa(resp.StatusCode), After: pause(resp.Header),
		Gone: resp.StatusCode == http.StatusGone}
}

// longestPause is how long a target can keep us away by one answer.
const longestPause = 24 * time.Hour

// pause is what an answer asks for by Retry-After, in seconds or as a time.
func pause(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		return min(time.Duration(min(n, int(longestPause/time.Second)))*time.Second, longestPause)
	}
	if at, err := http.ParseTime(v); err == nil {
		return min(max(0, time.Until(at)), longestPause)
	}
	return 0
}
