#!/usr/bin/env python3
"""Makes src/io/ogr/operations.tsv: operations of the EPSG dataset that lead to WGS 84 (EPSG:4326).

Reads PROJ's database, which holds the EPSG dataset:
    python3 tools/operations.py /usr/share/proj/proj.db
"""

import sqlite3
import sys
from pathlib import Path

QUERY = """
select o.source_crs_code, o.code, o.name, o.accuracy, e.name, e.west_lon, e.south_lat, e.east_lon, e.north_lat
from {table} o
join usage u on u.object_table_name = '{kind}' and u.object_code = o.code and u.object_auth_name = o.auth_name
join extent e on e.code = u.extent_code and e.auth_name = u.extent_auth_name
where o.auth_name = 'EPSG' and o.source_crs_auth_name = 'EPSG' and o.deprecated = 0
    and o.target_crs_auth_name = 'EPSG' and o.target_crs_code = 4326
"""
# Tables of PROJ's database, and what `usage` calls their rows: parameters, grids, offsets, and chains of these.
TABLES = {
    "helmert_transformation_table": "helmert_transformation",
    "grid_transformation": "grid_transformation",
    "other_transformation": "other_transformation",
    "concatenated_operation": "concatenated_operation",
}

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
(version,) = database.execute("select value from metadata where key = 'EPSG.VERSION'").fetchone()
lines = [f"# EPSG dataset {version}, by tools/operations.py: source, code, name, accuracy (m), area of use, W, S, E, N"]
rows = [row for table, kind in TABLES.items() for row in database.execute(QUERY.format(table=table, kind=kind))]
for row in sorted(rows, key=lambda row: (int(row[0]), int(row[1]))):
    lines.append("\t".join("" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in row))
out = Path(__file__).parent.parent / "src" / "io" / "ogr" / "operations.tsv"
out.write_text("\n".join(lines) + "\n", encoding="utf-8")
