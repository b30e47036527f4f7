// Cut from v1.21.4.
module github.com/klippa-app/go-pdfium

go 1.26.0

require (
	github.com/google/uuid v1.6.0
	github.com/jolestar/go-commons-pool/v2 v2.1.2
	github.com/tetratelabs/wazero v1.12.0
)
