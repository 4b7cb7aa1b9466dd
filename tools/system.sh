#!/bin/sh
# Makes sure that GDAL's headers, pkg-config and pdftotext (a test reads PDFs with it) are there: installs them on Debian and Ubuntu, says what to install elsewhere.
set -eu

# Without pdftotext that one test says that it is skipped: only apt is asked to install it.
if pkg-config --exists gdal 2>/dev/null; then
    if command -v pdftotext >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
        exit 0
    fi
fi

if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo"
    fi
    echo "Installing libgdal-dev, pkg-config and poppler-utils"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq libgdal-dev pkg-config poppler-utils >/dev/null
    exit 0
fi

cat >&2 <<'HELP'
error: GDAL (3.4 or newer) and pkg-config are needed, with their headers; the tests also use pdftotext (poppler).
hint: Fedora: dnf install gdal-devel pkgconf-pkg-config poppler-utils
      Arch: pacman -S gdal pkgconf poppler
      macOS: brew install gdal pkgconf poppler
      Without GDAL: cargo build --release --no-default-features --features cli
HELP
exit 2
