"""GeoJSON (RFC 7946), one feature on a line, the same bytes each time."""

import json

from .rings import oriented


def write(path, features: list, seen: set) -> None:
    lines = []
    for feature in features:
        key = feature["properties"]["id"]
        if key in seen:
            raise SystemExit(f"error: the id {key} occurs twice in the dataset")
        seen.add(key)
        check(key, feature["geometry"])
        whole = {"type": "Feature", "id": key, "properties": feature["properties"], "geometry": feature["geometry"]}
        lines.append(json.dumps(whole, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8")


def check(key, geometry) -> None:
    """Rings closed, shells counter-clockwise, holes clockwise, no position twice running."""
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(geometry["type"], [])
    for polygon in polygons:
        for i, ring in enumerate(polygon):
            if ring[0] != ring[-1] or oriented(ring, ccw=i == 0) != ring:
                raise SystemExit(f"error: a ring of {key} is open or runs the wrong way")
    lines = [ring for polygon in polygons for ring in polygon] or {
        "LineString": [geometry["coordinates"]],
        "MultiLineString": geometry["coordinates"],
    }.get(geometry["type"], [])
    if any(a == b for line in lines for a, b in zip(line, line[1:])):
        raise SystemExit(f"error: {key} repeats a position")
