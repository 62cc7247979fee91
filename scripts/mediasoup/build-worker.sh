#!/bin/bash
# Builds mediasoup's C++ worker from the source inside the npm package, with Debian 12's libraries in place of the
# downloads that its meson wraps name (see subprojects/). About six minutes on two cores.
#
#   build-worker.sh PACKAGE_DIR OUTPUT_FILE
#
# Needs g++ meson ninja-build pkg-config libuv1-dev libssl-dev libsrtp2-dev libabsl-dev libflatbuffers-dev
# flatbuffers-compiler; scripts/lib/media-worker.mjs installs them. Prints "progress DONE/ALL" lines on the way.
set -euo pipefail

PKG=$(realpath "$1")
OUT=$2
HERE=$(dirname "$(realpath "$0")")
W=$(mktemp -d)
trap 'rm -rf "$W"' EXIT

cp -r "$PKG/worker/." "$W"
rm -rf "$W/out" "$W/subprojects"
cp -r "$HERE/subprojects" "$W/subprojects"

# FILE, text that must be there, sed expression: an edit whose place is gone must fail, not pass silently.
edit() {
  grep -qF -- "$2" "$W/$1" || { echo "'$2' is not in $1: this recipe does not fit this mediasoup version" >&2; exit 1; }
  sed -i "$3" "$W/$1"
}
# Debian has meson 1.0.1, and the worker uses nothing newer.
edit meson.build "meson_version: '>= 1.1.0'," "/meson_version: '>= 1.1.0',/d"
# Upstream compares the BIO callback's operation with BIO_CB_RETURN, which is a bit in it. With an OpenSSL that has kTLS
# (Debian's) every control call then seems to succeed, no write buffer is made, and the first DTLS handshake ends in SIGSEGV.
edit src/RTC/DtlsTransport.cpp '(operationType == BIO_CB_RETURN)' 's/(operationType == BIO_CB_RETURN)/(operationType \& BIO_CB_RETURN)/'

meson setup "$W/build" "$W" --wrap-mode=nodownload --buildtype=release -Db_ndebug=true >"$W/meson.log" 2>&1 ||
  { tail -n 15 "$W/meson.log" >&2; exit 1; }
NINJA_STATUS='progress %f/%t ' ninja -C "$W/build" mediasoup-worker >"$W/ninja.log" 2>&1 & NINJA=$!
while kill -0 "$NINJA" 2>/dev/null; do
  sleep 2
  grep -o '^progress [0-9]*/[0-9]*' "$W/ninja.log" | tail -n 1 || true
done
wait "$NINJA" || { grep -A12 -m2 'FAILED\|error:' "$W/ninja.log" >&2; exit 1; }
strip "$W/build/mediasoup-worker"
mkdir -p "$(dirname "$OUT")"
cp "$W/build/mediasoup-worker" "$OUT.$$"
mv "$OUT.$$" "$OUT"
