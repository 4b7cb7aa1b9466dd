#!/bin/sh
# Checks for the headers of GDAL and SQLite, and for pkg-config: installs them on Debian and Ubuntu, names the packages elsewhere. Some tests
# also use pdftotext (poppler-utils), ogrinfo (gdal-bin) and cs2cs (proj-bin), if installed.
set -eu

# Tests that need those three report that they are skipped; so only apt installs them.
if pkg-config --exists gdal sqlite3 2>/dev/null; then
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
    echo "Installing libgdal-dev, libsqlite3-dev, pkg-config, gdal-bin, proj-bin and poppler-utils"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq libgdal-dev libsqlite3-dev pkg-config gdal-bin proj-bin poppler-utils >/dev/null
    exit 0
fi

cat >&2 <<'HELP'
error: GDAL (3.4 or newer), SQLite and pkg-config are needed, with their headers.
hint: Fedora: dnf install gdal-devel sqlite-devel pkgconf-pkg-config
      Arch: pacman -S gdal sqlite pkgconf
      macOS: brew install gdal sqlite pkgconf
      Without GDAL: cargo build --release --no-default-features --features cli,plates,dataset
HELP
exit 2
