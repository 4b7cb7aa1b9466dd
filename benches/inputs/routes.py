"""2 000 routes of 31 vertices through the countries: seeded walks that start at vertices of the file.

    routes.py COUNTRIES.geojson OUTPUT.geojson
"""

import json
import math
import random
import sys


def main(countries, output):
    random.seed(20260101)
    with open(countries, encoding="utf-8") as file:
        shapes = [feature["geometry"] for feature in json.load(file)["features"]]
    rings = [polygon[0] for shape in shapes for polygon in (
        [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]) if len(polygon[0]) > 500]
    features = []
    while len(features) < 2000:
        lon, lat = random.choice(random.choice(rings))
        course = random.uniform(0, 2 * math.pi)
        line = []
        for _ in range(31):
            line.append([round(lon, 6), round(lat, 6)])
            course += random.gauss(0, 0.4)
            step = random.uniform(0.02, 0.2)
            lon, lat = lon + step * math.sin(course), lat + step * math.cos(course)
        if all(abs(x) < 179 and abs(y) < 85 for x, y in line):
            properties = {"id": f"route-{len(features) + 1}"}
            geometry = {"type": "LineString", "coordinates": line}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file, separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
