"""Answers as GeoJSON and GeoPackage given to native algorithms of QGIS (`qgis_process`), where it is installed.

With --quick, only the first algorithm."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from common import Program, Tally, arguments

ASKED = {
    "enclaves": ["enclaves", "states"],
    "borders": ["borders", "states"],
    "route": ["route", "southern-railway"],
    "severance": ["severance", "enclaves-restored"],
    "ledger": ["ledger", "states", "states-2026"],
    "corridor": ["corridor", "m2", "tatev-bypass"],
}
# An algorithm that reads every feature and writes it again with all of its fields, and one that takes a field.
ALGORITHMS = {
    "native:fixgeometries": {},
    "native:centroids": {"ALL_PARTS": "false"},
    "native:addautoincrementalfield": {"FIELD_NAME": "number", "START": "1"},
}


def layers(path):
    """What QGIS is to open: a GeoJSON file, or each layer of a GeoPackage."""
    if path.suffix == ".geojson":
        return [str(path)]
    import sqlite3

    with sqlite3.connect(path) as db:
        names = db.execute("SELECT table_name FROM gpkg_geometry_columns").fetchall()
    return [f"{path}|layername={name}" for (name,) in names]


def main():
    quick = "--quick" in sys.argv and sys.argv.remove("--quick") is None
    path, _ = arguments()
    algorithms = dict(list(ALGORITHMS.items())[:1]) if quick else ALGORITHMS
    # Debian's wrapper passes options of the desktop program, which this one refuses.
    qgis = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if qgis is None:
        print("skipped: qgis_process is not installed (Debian: qgis)")
        sys.exit(0)
    program, tally = Program(path), Tally("qgis")
    # QGIS takes its modules from the system's Python, not from another that stands before it on the path.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"}
    for name, command in ASKED.items():
        for ending in ("geojson", "gpkg"):
            answer = program.folder / f"{name}.{ending}"
            subprocess.run([path, *command, "-q", "-o", answer], check=True)
            for layer in layers(Path(answer)):
                for algorithm, more in algorithms.items():
                    tally.case()
                    output = program.folder / "out.geojson"
                    output.unlink(missing_ok=True)
                    words = [qgis, "run", algorithm, "--", f"INPUT={layer}", f"OUTPUT={output}"]
                    words += [f"{key}={value}" for key, value in more.items()]
                    done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=200)
                    said = done.stdout + done.stderr
                    if done.returncode or "Unsupported" in said or not output.exists():
                        tally.fail(f"{algorithm} on {layer}: {said[-400:]}")
                    elif not json.loads(output.read_text())["features"]:
                        tally.fail(f"{algorithm} on {layer}: no features")
    tally.end()


main()
