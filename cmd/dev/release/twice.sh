#!/usr/bin/env bash
# A release of the last commit, built twice from clones in different folders, compared by SHA-256,
# and the deb tried. Publishes nothing. GORELEASER names a binary; without it, one is built.
# ONLY=linux/amd64 builds for that alone.
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
goreleaser=${GORELEASER:-}
if [ -z "$goreleaser" ]; then
  GOBIN=$work go install github.com/goreleaser/goreleaser/v2@v2.15.1
  goreleaser=$work/goreleaser
fi
"$goreleaser" check
for folder in one "another folder/deeper"; do
  mkdir -p "$work/$(dirname "$folder")"
  git clone -q . "$work/$folder"
  [ -z "${ONLY:-}" ] || sed -i "s/goos: \\[.*\\]/goos: [${ONLY%/*}]/; s/goarch: \\[.*\\]/goarch: [${ONLY#*/}]/" "$work/$folder/.goreleaser.yaml"
  (cd "$work/$folder" && unset GOFLAGS && "$goreleaser" release --snapshot --clean --skip=publish,announce --parallelism "${PARALLEL:-2}") > "$work/log" 2>&1 ||
    { tail -n 30 "$work/log"; exit 1; }
done
ls "$work/one/bin/dist"
go run ./cmd/dev/release compare "$work/one/bin/dist" "$work/another folder/deeper/bin/dist"
go run ./cmd/dev/release try "$work/one/bin/dist"
