#!/usr/bin/env python3
"""Answers as other tools read them: GeoPandas (and its GeoParquet), DuckDB and OGR.

python3 tests/oracle/readers.py BINARY

Writes the answers of every question on the embedded dataset as GeoJSON, CSV and GeoPackage, reads them with the tools that
are installed, and compares rows, column names, types and geometry types with the JSON answer. Needs geopandas with pyarrow;
duckdb and ogrinfo are used where they are installed. Prints one line for each tool, and ends with 1 on a mismatch.
"""
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

QUESTIONS = {
    "enclaves": ["enclaves"],
    "borders": ["borders"],
    "route": ["route", "m2"],
    "ledger": ["ledger", "states", "enclaves-as-held"],
    "severance": ["severance", "lines/arm-aze-main"],
    "compare": ["compare", "lines/ring-karki", "enclaves/karki"],
    "evidence": ["evidence", "lines"],
    "catalogue": ["catalogue", "lines/ring-karki"],
    "sheets": ["sheets", "lines/arm-aze-main"],
    "check": ["check", "states"],
    "info": ["info", "places"],
    "corridor": ["corridor", "m2", "tatev-bypass"],
    "decide": ["decide", "places", "lines/arm-aze-main"],
    "marks": ["marks", "lines/ring-karki"],
}


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, question in QUESTIONS.items():
            for ending in ("geojson", "csv", "gpkg"):
                run = subprocess.run([binary, *question, "-q", "-o", folder / f"{name}.{ending}"], capture_output=True, text=True)
                if run.returncode > 1:
                    faults.append(f"{name}.{ending}: {run.stderr}")
        for reader in (geopandas_reads, duckdb_reads, ogr_reads):
            try:
                reader(folder, faults)
            except Exception as error:  # an answer that stops a tool is a fault
                faults.append(f"{reader.__name__}: {error!r}")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


def features(path):
    return json.loads(path.read_text())["features"]


def geopandas_reads(folder, faults):
    try:
        import geopandas
    except ImportError:
        print("geopandas: not installed, skipped")
        return
    for name in QUESTIONS:
        expected = features(folder / f"{name}.geojson")
        frame = geopandas.read_file(folder / f"{name}.geojson")
        if len(frame) != len(expected):
            faults.append(f"geopandas {name}: {len(frame)} rows, {len(expected)} features")
        if not expected:
            continue
        parquet = folder / f"{name}.parquet"
        try:
            frame.to_parquet(parquet)
        except Exception as error:  # what it cannot store is the fault that is looked for
            faults.append(f"geopandas {name}: to_parquet: {error}")
            continue
        back = geopandas.read_parquet(parquet)
        if list(back.columns) != list(frame.columns) or len(back) != len(frame):
            faults.append(f"geopandas {name}: GeoParquet differs")
        nested = [key for key in frame.columns if frame[key].map(lambda v: isinstance(v, (list, dict))).any()]
        if nested:
            faults.append(f"geopandas {name}: nested {nested}")
        layers = geopandas.list_layers(folder / f"{name}.gpkg")
        for layer, kind in zip(layers["name"], layers["geometry_type"]):
            if kind is not None and len(geopandas.read_file(folder / f"{name}.gpkg", layer=layer)) == 0:
                faults.append(f"geopandas {name}: layer {layer} is empty")
    print(f"geopandas {geopandas.__version__}: {len(QUESTIONS)} answers read, stored as GeoParquet and read back")


def duckdb_reads(folder, faults):
    try:
        import duckdb
    except ImportError:
        print("duckdb: not installed, skipped")
        return
    db = duckdb.connect()
    try:
        # Only what is on this machine: nothing is fetched.
        db.execute("SET autoinstall_known_extensions = false; LOAD spatial")
        geojson = "spatial"
    except duckdb.Error:
        geojson = "read_json"
    for name in QUESTIONS:
        table, drawn = folder / f"{name}.csv", folder / f"{name}.geojson"
        expected = features(drawn)
        try:
            with open(table, newline="") as file:
                columns, *rows = csv.reader(file)
            found = db.sql(f"select * from read_csv('{table}', header = true, all_varchar = true)")
            if (len(found.fetchall()), found.columns) != (len(rows), columns):
                faults.append(f"duckdb {name}: the table differs: {found.columns}, {columns}")
            typed = db.sql(f"select * from read_csv('{table}', header = true)").fetchall()
            if len(typed) != len(rows):
                faults.append(f"duckdb {name}: {len(typed)} rows of {len(rows)} with types")
            if geojson == "spatial":
                count = db.sql(f"select count(*) from ST_Read('{drawn}')").fetchone()[0]
            else:
                count = json_rows(db, drawn, expected, name, faults)
            if count != len(expected):
                faults.append(f"duckdb {name}: {count} features of {len(expected)}")
        except duckdb.Error as error:
            faults.append(f"duckdb {name}: {error}")
    print(f"duckdb {duckdb.__version__}: {len(QUESTIONS)} tables and {len(QUESTIONS)} GeoJSON files ({geojson}) read")


def json_rows(db, path, expected, name, faults):
    """Reads a GeoJSON file as JSON, compares the properties of each feature, and returns their number."""
    options = "format = 'unstructured', maximum_object_size = 268435456, columns = {features: 'JSON[]'}"
    read = f"read_json('{path}', {options})"
    rows = db.sql(f"select f -> '$.properties', f -> '$.geometry' ->> '$.type' from (select unnest(features) f from {read})")
    rows = rows.fetchall()
    for (properties, kind), feature in zip(rows, expected):
        if json.loads(properties) != feature["properties"]:
            faults.append(f"duckdb {name}: properties of {feature.get('id')} differ")
        if kind != (feature["geometry"] or {}).get("type"):
            faults.append(f"duckdb {name}: the geometry of {feature.get('id')} is {kind}")
    return len(rows)


def ogr_reads(folder, faults):
    if shutil.which("ogrinfo") is None:
        print("ogrinfo: not installed, skipped")
        return
    for name in QUESTIONS:
        for ending in ("geojson", "gpkg"):
            run = subprocess.run(["ogrinfo", "-so", "-al", folder / f"{name}.{ending}"], capture_output=True, text=True)
            said = run.stdout + run.stderr
            if run.returncode or "ERROR" in said or "Warning" in said:
                faults.append(f"ogrinfo {name}.{ending}: {said[:400]}")
    print(f"ogrinfo: {2 * len(QUESTIONS)} files read")


if __name__ == "__main__":
    main()
