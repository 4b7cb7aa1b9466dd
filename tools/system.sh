#!/bin/sh
# Makes sure that GDAL's headers and pkg-config are there: installs them on Debian and Ubuntu, says what to install elsewhere.
set -eu

if pkg-config --exists gdal 2>/dev/null; then
    exit 0
fi

if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo"
    fi
    echo "Installing libgdal-dev and pkg-config"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq libgdal-dev pkg-config >/dev/null
    exit 0
fi

cat >&2 <<'HELP'
error: GDAL (3.4 or newer) and pkg-config are needed, with their headers.
hint: Fedora: dnf install gdal-devel pkgconf-pkg-config
      Arch: pacman -S gdal pkgconf
      macOS: brew install gdal pkgconf
      Without GDAL: cargo build --release --no-default-features --features cli
HELP
exit 2
