#!/bin/sh
# Makes sure that GDAL's headers and pkg-config are there: installs them on Debian and Ubuntu, says what to install
# elsewhere. The tests also ask pdftotext (poppler-utils), ogrinfo (gdal-bin) and cs2cs (proj-bin), where they are.
set -eu

# Without those three their tests say that they are skipped: only apt is asked to install them.
if pkg-config --exists gdal 2>/dev/null; then
    if ! command -v apt-get >/dev/null 2>&1; then
        exit 0
    fi
    if { command -v pdftotext && command -v ogrinfo && command -v cs2cs; } >/dev/null 2>&1; then
        exit 0
    fi
fi

if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo"
    fi
    echo "Installing libgdal-dev, pkg-config, gdal-bin, proj-bin and poppler-utils"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq libgdal-dev pkg-config gdal-bin proj-bin poppler-utils >/dev/null
    exit 0
fi

cat >&2 <<'HELP'
error: GDAL (3.4 or newer) and pkg-config are needed, with their headers.
hint: Fedora: dnf install gdal-devel pkgconf-pkg-config
      Arch: pacman -S gdal pkgconf
      macOS: brew install gdal pkgconf
      Without GDAL: cargo build --release --no-default-features --features cli,plates
HELP
exit 2
