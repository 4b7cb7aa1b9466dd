#!/bin/sh
# The benchmark's plate (benches/plates/reference.toml) by GMT: 300 dpi PNG, A4.
#
#     plate_gmt.sh DATA_FOLDER OUTPUT.png
#
# The same filled polygons, boundaries, lakes, places, names, graticule and scale; without tint bands, legend and label
# placement, which merestone draws. Installs GMT (Debian: gmt, ghostscript, gdal-bin) if missing. The layers are
# converted to GMT's format once, in target/peers/gmt, so reading GeoJSON does not count against GMT. Prints only
# errors.
set -eu

if [ "$#" -ne 2 ]; then
    echo "error: give the data folder and the PNG to write" >&2
    exit 2
fi
data=$1
output=$2
own=$(cd "$(dirname "$0")/../.." && pwd)/target/peers/gmt

if ! command -v gmt >/dev/null 2>&1 || ! command -v gs >/dev/null 2>&1 || ! command -v ogr2ogr >/dev/null 2>&1; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "error: gmt, gs and ogr2ogr are needed" >&2
        exit 2
    fi
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
        gmt ghostscript gdal-bin >/dev/null 2>&1
fi

if [ ! -e "$own/ready" ]; then
    mkdir -p "$own"
    convert() { # name, layer, condition
        ogr2ogr -f OGR_GMT "$own/$1.gmt" "$data/$2.geojson" -where "$3" -select id
    }
    convert armenia states "id = 'ARM'"
    convert azerbaijan states "id = 'AZE'"
    convert others states "id NOT IN ('ARM', 'AZE')"
    convert lines lines "1 = 1"
    convert water water "1 = 1"
    # GMT's PostScript fonts lack Armenian and ə: the id replaces the two names.
    ogr2ogr -f CSV /vsistdout/ "$data/places.geojson" -dialect SQLite \
        -sql "SELECT ST_X(geometry) AS x, ST_Y(geometry) AS y, id FROM places WHERE rank <= 3" |
        tail -n +2 | tr ',"' '  ' >"$own/places.txt"
    touch "$own/ready"
fi

# A session directory of its own keeps concurrent runs apart.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
frame="-Jl45.8/39.5/39/40/1:1000000 -R44.60/38.68/47.04/40.30+r"
gmt begin plate png E300,P
gmt set PS_MEDIA a4 PS_PAGE_ORIENTATION landscape FONT_ANNOT_PRIMARY 7p FONT_LABEL 8p MAP_FRAME_TYPE fancy
# shellcheck disable=SC2086
gmt basemap $frame -Bxa30mg30m -Bya30mg30m -BWESN+g#c6dfee+t"Syunik and Nakhchivan" -X1.5c -Y1.5c
gmt plot "$own/others.gmt" -G#f3f1ea
gmt plot "$own/armenia.gmt" -G#fbeccf
gmt plot "$own/azerbaijan.gmt" -G#e4efd8
gmt plot "$own/water.gmt" -G#c6dfee -W0.4p,#6fa8c8
gmt plot "$own/lines.gmt" -W1.4p,#1a1a1a,5_3
gmt basemap -Bg30m -LjBR+w40k+o0.5c
gmt plot "$own/places.txt" -Sc1.2p -G#1a1a1a -i0,1
gmt text "$own/places.txt" -F+f6p,Helvetica,#1a1a1a+jLM -Dj3p/0
gmt end
cd - >/dev/null
mv "$work/plate.png" "$output"
