#!/bin/sh
# Builds the package for browsers (bindings/wasm) in target/wasm/package, and tests its page in Chromium against the program
# named by the first argument; without an argument it only builds. Installs what it can, and says so, and stops, where
# something is not reachable.
set -eu
cd "$(dirname "$0")/.."
package=bindings/wasm
target=target/wasm
out=$target/package
program=${1:-}

untested() {
    echo "the package for browsers has not been tested: $1" >&2
    exit 0
}

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
fi

# The standard library of the target.
triple=wasm32-unknown-unknown
library=$(rustc --print sysroot)/lib/rustlib/$triple
if [ ! -d "$library" ] && command -v rustup >/dev/null 2>&1; then
    echo "Installing the standard library of $triple"
    rustup target add $triple >/dev/null 2>&1 || true
fi
if [ ! -d "$library" ]; then
    untested "there is no standard library of $triple, and rustup cannot install it"
fi

cargo fmt --check --manifest-path $package/Cargo.toml
cargo fmt --check --manifest-path $package/bind/Cargo.toml
# Both lock files name one version: what writes the JavaScript reads what the module was built with.
locked() {
    grep -A1 '^name = "wasm-bindgen-shared"$' "$1" | sed -n 's/^version = //p'
}
if [ "$(locked $package/Cargo.lock)" != "$(locked $package/bind/Cargo.lock)" ]; then
    echo "error: $package/Cargo.lock and $package/bind/Cargo.lock have different versions of wasm-bindgen" >&2
    exit 1
fi
cargo fetch --quiet --locked --manifest-path $package/bind/Cargo.toml || untested "wasm-bindgen cannot be fetched"
cargo build --quiet --locked --manifest-path $package/bind/Cargo.toml --target-dir $target
cargo build --quiet --locked --release --target $triple --manifest-path $package/Cargo.toml --target-dir $target

rm -rf $out
mkdir -p $out
$target/debug/merestone-wasm-bind $target/$triple/release/merestone.wasm $out
cp $package/page/* $package/package.json $package/README.md LICENSE-APACHE LICENSE-FONTS LICENSE-MIT $out
packed=$(gzip -9 -c $out/merestone_bg.wasm | wc -c)
echo "$out: the module has $(wc -c < $out/merestone_bg.wasm) bytes, $packed bytes packed by gzip"

if [ -z "$program" ]; then
    exit 0
fi
if ! command -v chromium >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1; then
        echo "Installing chromium"
        $as_root apt-get update -qq || true
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium >/dev/null || true
    fi
    command -v chromium >/dev/null 2>&1 || untested "there is no Chromium"
fi
MERESTONE_PROGRAM="$PWD/$program" MERESTONE_PAGE="$PWD/$out" \
    python3 -B -m unittest discover --start-directory $package/tests
