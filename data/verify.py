#!/usr/bin/env python3
"""Measures the dataset with other tools than those that made it, and compares with the expected ranges.

    pip install -r requirements-verify.txt
    python3 verify.py

Lengths and areas by PROJ (pyproj); topology by GEOS (shapely). Shares no code with make.py. Prints a row per quantity and exits 1 if one misses
its range.
"""

import csv
import json
import sys
import tomllib
from pathlib import Path

from PIL import Image
from pyproj import Geod
from shapely import unary_union
from shapely.geometry import LineString, Point, Polygon, shape
from shapely.ops import nearest_points

HERE = Path(__file__).resolve().parent
GEOD = Geod(ellps="WGS84")
RINGS = ("artsvashen", "yuxari-eskipara", "barxudarli-sofulu", "karki", "yaradullu-1", "yaradullu-2")


class Dataset(dict):
    """Feature geometries and properties by id; layers in the manifest's order."""

    def __init__(self):
        super().__init__()
        self.manifest = tomllib.loads((HERE / "dataset.toml").read_text(encoding="utf-8"))
        self.layers, self.properties, self.editions, self.total = {}, {}, {}, 0
        for layer in self.manifest["layer"]:
            if layer["role"] == "relief":
                continue
            if "edition_of" in layer:
                document = json.loads((HERE / layer["file"]).read_text(encoding="utf-8"))
                self.editions[layer["id"]] = {f["id"]: shape(f["geometry"]) for f in document["features"]}
                continue
            document = json.loads((HERE / layer["file"]).read_text(encoding="utf-8"))
            self.layers[layer["id"]] = [f["id"] for f in document["features"]]
            for feature in document["features"]:
                self.total += 1
                self[feature["id"]] = shape(feature["geometry"])
                self.properties[feature["id"]] = feature["properties"]


def km(geometry) -> float:
    return GEOD.geometry_length(geometry) / 1000


def km2(geometry) -> float:
    return abs(GEOD.geometry_area_perimeter(geometry)[0]) / 1e6


def rows(data, points):
    yield from borders(data)
    yield from snapped(data)
    yield from enclaves(data)
    yield from areas(data)
    yield from nkao(data, points)
    yield from provinces(data)
    yield from routes(data)
    yield from shared_arcs(data)
    yield from relief(data)
    yield from rivers(data)
    yield from towns(data)
    yield from edition(data)
    yield from form(data)
    yield from world()


def borders(data):
    """From the polygons' edges, not from the lines layer."""
    common = shared_edges(data["ARM"], data["AZE"])
    rings = {edge for key in RINGS for edge in ring_edges(data[key].exterior)}
    border = [edge for edge in common if edge not in rings and edge[::-1] not in rings]
    naxcivan = set(ring_edges(data["naxcivan"].exterior))
    inner = [edge for edge in border if edge[::-1] in naxcivan]
    total, around = edges_km(border), edges_km(inner)
    yield "Armenia–Azerbaijan without rings, km", total, 904.8 - 0.5, 904.8 + 0.5
    yield "  main line, km", total - around, 656.9 - 0.5, 656.9 + 0.5
    yield "  Naxçıvan, km", around, 247.8 - 0.5, 247.8 + 0.5
    yield "  lines arm-aze-main + arm-aze-2024, km", km(data["arm-aze-main"]) + km(data["arm-aze-2024"]), 656.4, 657.4
    yield "  line arm-aze-naxcivan, km", km(data["arm-aze-naxcivan"]), 247.3, 248.3
    yield "  line arm-aze-2024, km", km(data["arm-aze-2024"]), 12.0, 13.4
    yield "  lines' matched_km against edges, km", data.properties["arm-irn"]["matched_km"] - edges_km(shared_edges(data["ARM"], data["IRN"])), -0.001, 0.001


def snapped(data):
    """Neighbours leave no gap and overlap nowhere; the shorter course along the Araks."""
    states = [data[code] for code in data.layers["states"]]
    overlap = sum(km2(a.intersection(b)) for i, a in enumerate(states) for b in states[:i] if a.intersection(b).area > 0)
    yield "states: overlaps, km²", overlap, 0, 0
    whole = unary_union(states)
    holes = [Polygon(ring) for part in getattr(whole, "geoms", [whole]) for ring in part.interiors]
    yield "states: gaps between them, km²", sum(map(km2, holes)), 0, 0
    yield "arm-irn, km", km(data["arm-irn"]), 45.2, 45.22


def enclaves(data):
    for key, area, perimeter in (("artsvashen", 39.43, 27.5), ("yuxari-eskipara", 32.38, 23.7), ("barxudarli-sofulu", 9.87, 14.4)):
        yield f"{key}, km²", km2(data[key]), area - 0.05, area + 0.05
        yield f"{key}, perimeter km", km(data[key].exterior), perimeter - 0.1, perimeter + 0.1
    for key, area in (("karki", 8.37), ("yaradullu-1", 0.10), ("yaradullu-2", 0.041)):
        yield f"{key}, km²", km2(data[key]), area * 0.99, area * 1.01
    for key in RINGS:
        parent, host = data[data.properties[key]["parent"]], data[data.properties[key]["host"]]
        drawn = {frozenset(ring_edges(part.exterior)) for part in parent.geoms}
        holes = {frozenset(ring_edges(hole)) for part in host.geoms for hole in part.interiors}
        ring = ring_edges(data[key].exterior)
        carved = frozenset(ring) in drawn and frozenset(e[::-1] for e in ring) in holes
        yield f"{key}: part of the parent and hole of the host (1 yes)", int(carved), 1, 1


def areas(data):
    yield "Armenia with Artsvashen, without the land carved out, km²", km2(data["ARM"]), 29723.5 - 5, 29723.5 + 5
    yield "Naxçıvan without Karki, km²", km2(data["naxcivan"]), 5317 - 5, 5317 + 5
    yield "Syunik, km²", km2(data["syunik"]), 4481 - 30, 4481 + 30
    yield "NKAO 1988, km²", km2(data["nkao"]), 4400 * 0.97, 4400 * 1.03


def nkao(data, points):
    wrong = 0
    for row in points:
        if row["kind"].startswith("test_"):
            inside = data["nkao"].contains(Point(float(row["lon"]), float(row["lat"])))
            wrong += inside != row["kind"].startswith("test_inside")
    yield "NKAO: test points on the wrong side", wrong, 0, 0
    yield "NKAO: touches the Armenian SSR (0 no)", int(data["nkao"].intersects(data["armenian-ssr"])), 0, 0
    yield "NKAO: gap to the Armenian SSR, km", gap_km(data["nkao"], data["armenian-ssr"]), 1, 50
    yield "NKAO: outside the Azerbaijan SSR, km²", km2(data["nkao"].difference(data["azerbaijan-ssr"])), 0, 0


def provinces(data):
    line = data["syunik-vayots-dzor"]
    yield "Syunik–Vayots Dzor, km", km(line), 35 - 3, 35 + 3
    common = shared_edges(data["syunik"], data["armenia-outside-syunik"])
    yield "  shared vertex for vertex, km", edges_km(common), km(line) - 1e-6, km(line) + 1e-6
    main = max(data["ARM"].geoms, key=lambda part: part.area)
    parts = km2(data["syunik"]) + km2(data["armenia-outside-syunik"])
    yield "  Syunik and the rest less Armenia's main part, km²", parts - km2(main), -1e-6, 1e-6
    state = set(ring_edges(main.exterior))
    strangers = [e for e in ring_edges(data["syunik"].exterior) if e not in state]
    yield "  Syunik's edges off the state line, km", edges_km(strangers), km(line) - 1e-6, km(line) + 1e-6
    yield "  the line outside Armenia, km", km(line.difference(main)), 0, 0


def routes(data):
    railway = data["southern-railway"]
    yield "southern railway inside Syunik, km", km(railway.intersection(data["syunik"])), 43 - 2, 43 + 2
    yield "southern railway in Iran, km", km(railway.intersection(data["IRN"])), 0, 0
    yield "southern railway in Syunik: least distance from Iran, m", 1000 * gap_km(railway.intersection(data["syunik"]), data["IRN"]), 130, 160
    naxcivan = data["m2"].intersection(data["naxcivan"])
    yield "M2 in Naxçıvan without Karki, km", km(naxcivan), 0, 0
    for key in data.layers["routes"]:
        properties = data.properties[key]
        found = sequence(data[key], data, properties.get("expected_ignore_m", 0) / 1000)
        yield f"{key}: {' '.join(found)} as documented (1 yes)", int(found == properties["expected_territories"]), 1, 1
        outside = data[key].difference(unary_union([data[c].buffer(1e-9) for c in data.layers["states"]]))
        yield f"{key}: outside all states, km", km(outside), 0, 0.001


def sequence(line, data, ignore_km):
    """Territories along a line, stretches shorter than `ignore_km` left out."""
    stretches = []
    for code in data.layers["states"]:
        inside = line.intersection(data[code])
        for piece in getattr(inside, "geoms", [inside]):
            if isinstance(piece, LineString) and km(piece) > max(ignore_km, 0.001):
                stretches.append((line.project(piece.interpolate(0.5, normalized=True)), code))
    found = []
    for _, code in sorted(stretches):
        if found[-1:] != [code]:
            found.append(code)
    return found


def shared_arcs(data):
    """Every line's edges are edges of both neighbours, save what its note says."""
    for key in data.layers["lines"]:
        properties = data.properties[key]
        left, right = (set(all_edges(data[properties[side]])) for side in ("left", "right"))
        edges = [e for line in getattr(data[key], "geoms", [data[key]]) for e in ring_edges(line)]
        on_left = edges_km([e for e in edges if e in left])
        on_both = edges_km([e for e in edges if e in left and e[::-1] in right])
        yield f"{key}: on the left territory's edge, km", on_left, km(data[key]) - 1e-6, km(data[key]) + 1e-6
        expected = properties.get("matched_km", km(data[key]))
        yield f"{key}: on the right one's too, km", on_both, expected - 0.001, expected + 0.001


def rivers(data):
    """Towns on a river lie near it; a river that is a state line has its edges; names in four languages."""
    for key, town, lon, lat in (("voghji", "Kapan", 46.4058, 39.2076), ("arpa", "Vayk", 45.4667, 39.6889), ("vorotan", "Sisian", 46.0333, 39.5208), ("debed", "Alaverdi", 44.6739, 41.0947), ("kasakh", "Ashtarak", 44.36, 40.30), ("aghstev", "Ijevan", 45.1486, 40.8788)):
        yield f"{key}: distance of {town}, km", gap_km(data[key], Point(lon, lat)), 0, 0.55
    edges = {frozenset(edge) for edge in ring_edges(data["araks"])}
    on_line = [edge for edge in ring_edges(data["arm-irn"]) if frozenset(edge) in edges]
    yield "araks: of the line arm-irn, km", edges_km(on_line), km(data["arm-irn"]) - 0.001, km(data["arm-irn"]) + 0.001
    named = [len(data.properties[key]["name"]) for key in data.layers["rivers"]]
    yield "rivers: names of each, fewest", min(named), 4, 4


def towns(data):
    """Both sides by one rule: as many towns of a class of population on 1 000 km², within 10 %."""
    places = [data.properties[key] for key in data.layers["places"]]
    for least, below in ((40_000, 500_000), (15_000, 40_000)):
        of_class = [p["parent"] for p in places if least <= p.get("population", 0) < below]
        share = [of_class.count(party) / km2(data[party]) for party in ("ARM", "AZE")]
        yield f"towns of {least} to {below}: of one party for one of the other, on equal areas", max(share) / min(share), 1, 1.1
    yield "capitals", sum(p["rank"] == 1 for p in places if p["kind"] == "town"), 2, 2


def relief(data):
    """The GeoTIFF as Pillow reads it; nodes stand at 42 + j/120, 43 - i/120."""
    heights = Image.open(HERE / "relief.tif")
    yield "relief: columns and rows", heights.size[0] + heights.size[1] / 1000, 1081.721, 1081.721
    yield "  bytes", (HERE / "relief.tif").stat().st_size, 700_000, 800_000
    for what, lon, lat, height in (("Lake Sevan", 45.35, 40.35, 1875), ("Vorotan Pass", 45.71772, 39.68841, 2344), ("Bichanak Pass", 45.8163, 39.5351, 2346), ("the Caspian", 50.9, 39.5, 0)):
        found = heights.getpixel((round((lon - 42) * 120), round((43 - lat) * 120)))
        yield f"  {what}, m", found, height - 150, height + 150


def edition(data):
    states = data.editions["states-2026"]
    yield "states-2026: common line, km", edges_km(shared_edges(states["ARM"], states["AZE"])), 929.0, 929.2
    yield "  Armenia, km²", km2(states["ARM"]), 29725.7 - 1, 29725.7 + 1
    yield "  Azerbaijan less that of 2018, km²", km2(states["AZE"]) - km2(data["AZE"]), -30, 30
    yield "  overlap of the two, km²", km2(states["ARM"].intersection(states["AZE"])), 0, 0
    yield "  invalid geometries", sum(not geometry.is_valid for geometry in states.values()), 0, 0
    sea = states["AZE"].difference(unary_union([data[code] for code in data.layers["states"]]).buffer(0.02))
    yield "  far from the land of 2018, km²", km2(sea), 0, 0.001


def form(data):
    yield "ids that occur twice", data.total - len(data), 0, 0
    yield "invalid geometries", sum(not geometry.is_valid for geometry in data.values()), 0, 0
    numbers = [x for geometry in data.values() for x in coordinates(geometry)]
    yield "coordinates with more than 6 decimals", sum(round(x, 6) != x for x in numbers), 0, 0
    nameless = [k for k, p in data.properties.items() if "name" in p and any(not p["name"].get(c) for c in ("en", "hy", "az", "ru"))]
    yield "names lacking a language", len(nameless), 0, 0
    unnamed = [k for layer, keys in data.layers.items() if layer != "water" for k in keys if "name" not in data.properties[k]]
    yield "features without a name outside water", len(unnamed), 0, 0
    unknown = [w for k in data.layers["routes"] for w in data.properties[k]["waypoints"] if w not in data]
    yield "waypoints that are no place", len(unknown), 0, 0


def world():
    """The outline of the land of the world, which is no layer; areas: The World Factbook (land 148.94 million km², Australia with
    Tasmania 7.682, of Antarctica the pole alone)."""
    document = json.loads((HERE / "world.geojson").read_text(encoding="utf-8"))
    land = [polygon for f in document["features"] for polygon in shape(f["geometry"]).geoms]
    yield "world: polygons that are not valid", sum(not polygon.is_valid for polygon in land), 0, 0
    yield "world: land, million km²", sum(map(km2, land)) / 1e6, 148.94 * 0.98, 148.94 * 1.02
    positions = [x for polygon in land for x in coordinates(polygon)]
    yield "world: most of all longitudes", max(map(abs, positions[::2])), 180, 180
    yield "world: most of all latitudes", max(map(abs, positions[1::2])), 90, 90
    overlap = sum(a.intersection(b).area for i, a in enumerate(land) for b in land[:i] if a.intersects(b))
    yield "world: overlaps, square degrees", overlap, 0, 1e-3
    australia = [km2(polygon) for polygon in land if polygon.contains(Point(134, -25)) or polygon.contains(Point(146.5, -42))]
    yield "world: Australia and Tasmania, million km²", sum(australia) / 1e6, 7.682 * 0.99, 7.682 * 1.01
    ashore = [(44.5, 40.2), (49.5, 40.4), (0, 51.5), (-100, 40), (25, 0), (134, -25), (0, -85), (179.9, -89.9), (-60, -10), (100, 60)]
    at_sea = [(0, 0), (51, 41.5), (30, 43), (-150, 30), (-30, 45), (80, -20), (0, 90), (-179.9, 0), (15, 39), (60, -60)]
    holds = [any(polygon.contains(Point(*at)) for polygon in land) for at in ashore + at_sea]
    yield "world: of ten places on land, on land", sum(holds[:10]), 10, 10
    yield "world: of ten places at sea, on land", sum(holds[10:]), 0, 0


def ring_edges(ring) -> list:
    positions = list(ring.coords)
    return list(zip(positions, positions[1:]))


def all_edges(geometry) -> list:
    parts = getattr(geometry, "geoms", [geometry])
    return [e for part in parts for ring in (part.exterior, *part.interiors) for e in ring_edges(ring)]


def shared_edges(a, b) -> list:
    other = set(all_edges(b))
    return [edge for edge in all_edges(a) if edge[::-1] in other]


def edges_km(edges) -> float:
    return sum(GEOD.inv(*a, *b)[2] for a, b in edges) / 1000


def gap_km(a, b) -> float:
    """Ellipsoidal distance of the two positions that are nearest in degrees."""
    p, q = nearest_points(a, b)
    return GEOD.inv(p.x, p.y, q.x, q.y)[2] / 1000


def coordinates(geometry):
    if hasattr(geometry, "geoms"):
        return [x for part in geometry.geoms for x in coordinates(part)]
    if isinstance(geometry, Polygon):
        return [x for ring in (geometry.exterior, *geometry.interiors) for p in ring.coords for x in p]
    return [x for p in geometry.coords for x in p]


def main() -> int:
    data = Dataset()
    with open(HERE / "waypoints.csv", encoding="utf-8", newline="") as file:
        points = list(csv.DictReader(file))
    missed = 0
    for name, value, low, high in rows(data, points):
        good = low - 1e-9 <= value <= high + 1e-9
        missed += not good
        wanted = f"{low:g}" if low == high else f"{low:.6g} to {high:.6g}"
        print(f"{'ok  ' if good else 'MISS'}  {name}: {value:.3f} (expected {wanted})")
    print(f"{missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
