#!/usr/bin/env python3
"""Writes src/io/ogr/operations.tsv: operations of the EPSG dataset to WGS 84 (EPSG:4326) that need no grid file.

Reads PROJ's database, which holds the EPSG dataset:
    python3 tools/operations.py /usr/share/proj/proj.db
"""

import sqlite3
import sys
from pathlib import Path

QUERY = """
select h.source_crs_code, h.code, h.name, h.accuracy, e.name, e.west_lon, e.south_lat, e.east_lon, e.north_lat
from helmert_transformation_table h
join usage u on u.object_table_name = 'helmert_transformation' and u.object_code = h.code
    and u.object_auth_name = h.auth_name
join extent e on e.code = u.extent_code and e.auth_name = u.extent_auth_name
where h.auth_name = 'EPSG' and h.source_crs_auth_name = 'EPSG' and h.deprecated = 0
    and h.target_crs_auth_name = 'EPSG' and h.target_crs_code = 4326
order by h.source_crs_code, h.code
"""

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
(version,) = database.execute("select value from metadata where key = 'EPSG.VERSION'").fetchone()
lines = [f"# EPSG dataset {version}, by tools/operations.py: source, code, name, accuracy (m), area of use, W, S, E, N"]
for row in database.execute(QUERY):
    lines.append("\t".join("" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in row))
out = Path(__file__).parent.parent / "src" / "io" / "ogr" / "operations.tsv"
out.write_text("\n".join(lines) + "\n", encoding="utf-8")
