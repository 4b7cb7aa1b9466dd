#!/usr/bin/env python3
"""Writes papers.json: PROJ's and GeographicLib's results for the columns of a catalogue and for map sheet corners.

    python3 -m venv venv && venv/bin/pip install -r tests/reference/requirements.txt
    venv/bin/python tests/reference/papers.py

Positions are whole hundredths of a second, as a paper prints them.
"""
import json
import pathlib

import pyproj

HERE = pathlib.Path(__file__).resolve().parent
GEOD = pyproj.Geod(ellps="WGS84")
# Latitude and longitude in hundredths of a second: from the tripoint with Georgia to Meghri, far and near points.
POINTS = [
    (14866776, 16205551),
    (14804631, 16235694),
    (14804630, 16235699),
    (14627916, 16385688),
    (14626000, 16387000),
    (14325983, 16183219),
    (14196266, 16702256),
    (14005044, 16648049),
]
SHEETS = {
    "K-38": (42, 40, 48, 44),
    "K-38-XXVII": (44, 41 - 1 / 3, 45, 41 - 1 / 3 + 2 / 3),
    "K-38-103-В": (45, 41, 45.25, 41 + 1 / 6),
    "J-38-45-А": (46, 39 - 1 / 6, 46.25, 39),
    "O-38-1": (42, 60 - 1 / 3, 42.5, 60),
}


def operation(code):
    transform = pyproj.Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{code}").transform
    return transform


def rows():
    to_wgs84 = operation(15865)
    zone_8 = pyproj.Transformer.from_crs(4284, 28408, always_xy=True).transform
    utm_38 = pyproj.Transformer.from_crs(4326, 32638, always_xy=True).transform
    degrees = [(lat / 360000, lon / 360000) for lat, lon in POINTS]
    for i, (lat, lon) in enumerate(degrees):
        pulkovo_lat, pulkovo_lon = to_wgs84(lat, lon, direction="INVERSE")
        y, x = zone_8(pulkovo_lon, pulkovo_lat)
        easting, northing = utm_38(lon, lat)
        row = {
            "lat": POINTS[i][0],
            "lon": POINTS[i][1],
            "pulkovo_lat": round(pulkovo_lat, 12),
            "pulkovo_lon": round(pulkovo_lon, 12),
            "gk_x_m": round(x, 6),
            "gk_y_m": round(y, 6),
            "utm_easting_m": round(easting, 6),
            "utm_northing_m": round(northing, 6),
        }
        if i + 1 < len(degrees):
            azimuth, _, distance = GEOD.inv(lon, lat, degrees[i + 1][1], degrees[i + 1][0])
            row |= {"azimuth_deg": round(azimuth % 360, 9), "distance_m": round(distance, 6)}
        yield row


def frames():
    to_wgs84 = operation(15865)
    for name, (west, south, east, north) in SHEETS.items():
        corners = [(west, south), (east, south), (east, north), (west, north)]
        there = [to_wgs84(lat, lon)[::-1] for lon, lat in corners]
        yield {"sheet": name, "corners": [[round(lon, 12), round(lat, 12)] for lon, lat in there]}


def main():
    out = {"made_with": {"pyproj": pyproj.__version__, "PROJ": pyproj.proj_version_str}}
    lines = [f'"made_with": {json.dumps(out["made_with"])}']
    for key, value in (("rows", rows()), ("frames", frames())):
        lines.append(f'"{key}": [\n' + ",\n".join("  " + json.dumps(r, ensure_ascii=False) for r in value) + "\n]")
    (HERE / "papers.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
