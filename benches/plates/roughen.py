#!/usr/bin/env python3
"""Adds vertices to a real layer of territories by midpoint displacement; shared borders stay shared.

    roughen.py INPUT.geojson VERTICES OUTPUT.geojson

Every edge is halved again and again until the file has at least so many vertices; each new vertex stands aside by up to a
sixth of its edge, as far as a hash of the edge's two ends says. The hash does not depend on the edge's direction, so two
territories that share an edge share what becomes of it. Same input, same output.
"""

import json
import sys
import zlib


def aside(a, b):
    """The midpoint of an edge, displaced perpendicular to it."""
    if b < a:
        a, b = b, a
    share = (zlib.crc32(f"{a[0]:.9f} {a[1]:.9f} {b[0]:.9f} {b[1]:.9f}".encode()) / 2**32 - 0.5) / 3
    dx, dy = b[0] - a[0], b[1] - a[1]
    return (round((a[0] + b[0]) / 2 - dy * share, 9), round((a[1] + b[1]) / 2 + dx * share, 9))


def halved(ring):
    out = []
    for a, b in zip(ring, ring[1:]):
        out += [a, aside(a, b)]
    return out + [ring[-1]]


def main(source, wanted, target):
    with open(source, encoding="utf-8") as file:
        collection = json.load(file)
    shapes = []
    for feature in collection["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        shapes.append([[[tuple(p[:2]) for p in ring] for ring in polygon] for polygon in polygons])
    count = lambda: sum(len(ring) for polygons in shapes for polygon in polygons for ring in polygon)  # noqa: E731
    while count() < wanted:
        shapes = [[[halved(ring) for ring in polygon] for polygon in polygons] for polygons in shapes]
    for feature, polygons in zip(collection["features"], shapes):
        feature["geometry"] = {"type": "MultiPolygon", "coordinates": polygons}
    with open(target, "w", encoding="utf-8") as file:
        json.dump(collection, file, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("error: give a GeoJSON file, a number of vertices and the file to write")
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
