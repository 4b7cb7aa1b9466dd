"""The benchmark jobs and the contenders of each."""

import itertools

from measure import Contender, Job
from peers import CARTOPY, LAND, MAPSHAPER, PYTHON, ROOT, ROUTES, TARGET, WORLD, WORLD_100M

HERE = ROOT / "benches" / "peers"
OURS = ROOT / "target" / "release" / "merestone"
WITHOUT_GDAL = TARGET / "without-gdal" / "release" / "merestone"
UNLIMITED = {"OGR_GEOJSON_MAX_OBJ_SIZE": "0"}


def ours(*words, binary=OURS):
    return Contender("merestone", [str(binary), *map(str, words), "--quiet"])


def python(script, *words, note=""):
    return Contender("GeoPandas, Shapely, pyproj", [str(PYTHON), str(HERE / script), *map(str, words)], note,
                     UNLIMITED)


def all_jobs(work, database):
    """All jobs with their commands; `database` is the PostGIS connection string or None."""
    postgis = lambda script, *words, note="": [  # noqa: E731
        Contender("PostGIS", ["sh", str(HERE / script), database, *map(str, words)], note)
    ] * bool(database)
    world = "250 countries, 71 MB, 3.5 M vertices (npm package `@geo-maps/countries-coastline-10m`)"
    return [
        Job("P1", "`borders`: every touching pair with its length", world, [
            ours("borders", WORLD, "--format", "csv", "-o", work / "borders.csv"),
            Contender("mapshaper", [str(MAPSHAPER), str(WORLD), "-lines", "each=pair = A.A3 + '-' + (B ? B.A3 : '')",
                      "-each", "km = this.length / 1000", "-o", str(work / "borders-mapshaper.json")],
                      "spherical length, no point contacts, no T-junctions"),
            Contender("geolibre-wasm", ["node", str(HERE / "geolibre.mjs"), str(WORLD), str(work / "neighbours.json")],
                      "length in degrees"),
            python("borders.py", WORLD, work / "borders-geopandas.csv"),
            *postgis("borders_postgis.sh", WORLD, note="table and index built in each run, as every other program reads the file in each run"),
        ], "0.6 s, 6 × mapshaper, 300 × GeoPandas, 500 MB"),
        Job("P2", "`route`: 2 000 polylines of 31 vertices against the countries", f"{world} and generated routes", [
            ours("route", ROUTES, "--territories", WORLD, "--format", "csv", "-o", work / "routes.csv"),
            python("route.py", ROUTES, WORLD, work / "routes-geopandas.csv", note="with make_valid, without which the overlay fails"),
        ], "0.8 s"),
        Job("P3", "`check`: gaps and overlaps of the coverage, all errors of the file", world, [
            ours("check", WORLD, "--format", "csv", "-o", work / "check.csv"),
            python("check.py", WORLD, work / "check-shapely.csv", note="coverage only: which edges, no areas, no widths"),
            Contender("ogr2ogr", ["ogr2ogr", "-f", "CSV", str(work / "valid.csv"), str(WORLD), "-dialect", "SQLite", "-sql",
                      "select A3, ST_IsValid(geometry) from \"map.geo\""], "validity of each polygon only", UNLIMITED),
        ], "2.5 s"),
        Job("P4", "`ledger`: the land between two editions of the world",
            "`@geo-maps/countries-coastline-100m` against `-10m`, 250 countries each", [
                ours("ledger", WORLD_100M, WORLD, "--format", "csv", "-o", work / "ledger.csv"),
                python("ledger.py", WORLD_100M, WORLD, work / "ledger-shapely.csv",
                       note="five countries only (ARM, AZE, GEO, IRN, TUR)"),
            ], "4 s"),
        Job("P5", "`info`: read the file and list its contents",
            "126 MB, 6.7 M vertices (npm package `@geo-maps/countries-land-100m`)", [
                ours("info", LAND, "--format", "json", "-o", work / "info.json"),
                Contender("ogrinfo", ["ogrinfo", "-so", "-al", str(LAND)], "needs OGR_GEOJSON_MAX_OBJ_SIZE=0", UNLIMITED),
                python("info.py", LAND),
                Contender("mapshaper", [str(MAPSHAPER), str(LAND), "-info"]),
            ], "0.6 s, 400 MB"),
        Job("P6", "a question on the embedded dataset, with GDAL", "none", [
            ours("route", "southern-railway", "--through", "syunik"),
            Contender("GeoPandas: import only", [str(PYTHON), "-c", "import geopandas"], "no question asked"),
            Contender("libgdal: loading only", ["ogrinfo", "--version"], "no question asked"),
        ], "60 ms"),
        Job("P6b", "the same, without GDAL", "none", [
            ours("route", "southern-railway", "--through", "syunik", binary=WITHOUT_GDAL),
        ], "10 ms"),
        *plates(work),
    ]


def plates(work):
    """The plate of benches/plates/reference.toml, A4 at 300 dpi."""
    specification = ROOT / "benches" / "plates" / "reference.toml"
    draw = lambda *outputs: ours("map", specification, *itertools.chain(*(("-o", work / o) for o in outputs)))  # noqa: E731
    cartopy = Contender("matplotlib + cartopy", [str(CARTOPY), str(HERE / "plate_cartopy.py"),
                        str(ROOT / "data"), str(work / "cartopy.png")], "no tint bands, legend or label placement")
    gmt = Contender("GMT", ["sh", str(HERE / "plate_gmt.sh"), str(ROOT / "data"), str(work / "gmt.png")],
                    "no tint bands, legend or label placement; reads its own format")
    content = "content of the reference plate, A4"
    return [
        Job("P7", "a plate as PNG at 300 dpi", content, [draw("plate.png"), cartopy, gmt], "350 ms, 4 × cartopy, 3 × GMT"),
        Job("P7s", "the same as SVG", content, [draw("plate.svg")], "40 ms"),
        Job("P7a", "the same as SVG, PNG and PDF", content, [draw("plate.svg", "plate.png", "plate.pdf")], "500 ms, 120 MB"),
    ]
