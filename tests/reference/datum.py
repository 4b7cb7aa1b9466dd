#!/usr/bin/env python3
"""Writes datum.csv: PROJ's results for operations and systems on a grid over the region.

    python3 -m venv venv && venv/bin/pip install -r tests/reference/requirements.txt
    venv/bin/python tests/reference/datum.py

Rows: `operation,EPSG code,lon,lat,lon,lat,lon,lat`: Pulkovo 1942, to WGS 84; and the first taken for WGS 84, to
Pulkovo 1942. `system,EPSG code,lon,lat,east,north`: a position on the system's own datum, and its coordinates.
"""
import csv
import pathlib

import pyproj

HERE = pathlib.Path(__file__).resolve().parent
OPERATIONS = [15865, 5044, 1267, 1808, 1807, 1254, 1809]
SYSTEMS = [28407, 28408, 28409, 28468, 2497, 2498, 2499, 2530, 2531, 2532, 2590, 2591, 2935, 2936, 2937, 2938]
SYSTEMS += [32637, 32638, 32639, 3857]
# One code per block, at its own meridian, because the numbering has gaps.
BLOCKS = [28404, 28432, 28462, 28492, 2492, 2512, 2522, 2523, 2540, 2541, 2549, 2551, 2576, 2578, 2581, 3389]
BLOCKS += [2582, 2599, 2601, 2609, 2610, 2636, 2637, 2640, 2939, 2941, 3350, 3352, 7825, 7831, 32601, 32660, 32738]
GRID = [(lon / 4, lat / 2) for lon in range(4 * 44, 4 * 47 + 3) for lat in range(77, 84)]


def operation(code):
    transform = pyproj.Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{code}").transform
    for lon, lat in GRID:
        there, back = transform(lat, lon), transform(lat, lon, direction="INVERSE")
        yield ["operation", code, lon, lat, *(f"{n:.12f}" for n in (*reversed(there), *reversed(back)))]


def system(code, points):
    crs = pyproj.CRS.from_epsg(code)
    transform = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True).transform
    for lon, lat in points:
        yield ["system", code, lon, lat, *(f"{n:.6f}" for n in transform(lon, lat))]


def near_meridian(code):
    """Two points in the zone."""
    parameters = pyproj.CRS.from_epsg(code).coordinate_operation.params
    meridian = next(p.value for p in parameters if p.name == "Longitude of natural origin")
    side = -1 if meridian > 0 else 1
    south = -1 if 32700 < code < 32800 else 1
    return [(round(meridian + side * 1.25, 6), south * 40.5), (round(meridian + side * 0.5, 6), south * 55.25)]


def main():
    rows = [row for code in OPERATIONS for row in operation(code)]
    rows += [row for code in SYSTEMS for row in system(code, GRID[::3])]
    rows += [row for code in BLOCKS for row in system(code, near_meridian(code))]
    with open(HERE / "datum.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["what", f"code (PROJ {pyproj.proj_version_str})", "lon", "lat", "to_x", "to_y", "from_x", "from_y"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
