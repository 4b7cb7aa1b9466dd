#!/usr/bin/env python3
"""Opens the output of `merestone convert` with GeoPandas and compares features, fields and bounds.

    python3 -m venv venv && venv/bin/pip install -r tests/reference/requirements.txt geopandas==1.1.1
    cargo build && venv/bin/python tests/reference/geopandas_opens.py target/debug/merestone

GeoPandas brings a GDAL of its own, so this is a second reader besides the one that wrote the files.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import geopandas

NAMES = ["Արծվաշեն", "Başkənd; Əskipara", "Башкенд, «Ёлка»"]
PLACES = [(45.5158, 40.6331), (45.0123, 41.0653), (46.2444, 38.9025)]
LINE = [[45.0, 40.0], [45.5, 40.25], [46.0, 40.0]]
RING = [[45.0, 40.0], [46.0, 40.0], [46.0, 41.0], [45.0, 40.0]]
WRITTEN = ["gpkg", "shp", "fgb", "kml", "geojson", "geojsonl", "csv", "gpx", "dxf"]


def document(kind):
    shapes = {
        "points": [{"type": "Point", "coordinates": place} for place in PLACES],
        "lines": [{"type": "LineString", "coordinates": LINE}, {"type": "MultiLineString", "coordinates": [LINE, RING]}],
        "polygons": [{"type": "Polygon", "coordinates": [RING]}, {"type": "MultiPolygon", "coordinates": [[RING]]}],
    }[kind]
    features = [
        {"type": "Feature", "properties": {"name": name, "count": i}, "geometry": shape}
        for i, (name, shape) in enumerate(zip(NAMES, shapes))
    ]
    return {"type": "FeatureCollection", "features": features}


def check(program, folder, kind, extension, to):
    source, out = folder / "in.geojson", folder / f"{kind}.{extension}"
    expected = document(kind)
    source.write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")
    arguments = [program, "convert", str(source), str(out), "--quiet"] + (["--to", f"EPSG:{to}"] if to else [])
    subprocess.run(arguments, check=True)
    layer = {"gpx": "tracks" if kind != "points" else "waypoints"}.get(extension)
    frame = geopandas.read_file(out, layer=layer) if layer else geopandas.read_file(out)
    # DXF has one entity per part.
    expected = 3 if extension == "dxf" and kind == "lines" else len(expected["features"])
    assert len(frame) == expected, (kind, extension, frame)
    if extension != "dxf":
        column = next(name for name in ("name", "Name") if name in frame.columns)
        assert sorted(frame[column]) == sorted(NAMES[: len(frame)]), (kind, extension, list(frame[column]))
    if extension not in ("csv", "dxf"):
        assert frame.crs is not None and frame.crs.to_epsg() == (to or 4326), (kind, extension, frame.crs)
        west, south, east, north = frame.to_crs(4326).total_bounds
        # PROJ may choose another operation from Pulkovo 1942: positions agree within a few metres.
        assert 44.9 < west < 45.1 and 46.0 - 1e-3 < east < 46.3 and 38.8 < south < 40.1 and 40.2 < north < 41.1
    print(f"{kind:9} {extension:9} {to or ''}: {len(frame)} features")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("points", "lines", "polygons"):
            for extension in WRITTEN:
                check(program, pathlib.Path(folder), kind, extension, None)
            for extension in ("gpkg", "shp", "fgb"):
                check(program, pathlib.Path(folder), f"{kind}", extension, 28408)


if __name__ == "__main__":
    main()
