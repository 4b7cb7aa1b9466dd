"""The recipes of docs/scale.md, in their order, over generated footprints; their totals held against the program's.

Not part of the other tests: it needs Java, and tests/requirements-scale.txt."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from common import ROOT, program

FOOTPRINTS = 40_000
LINE = [[45.0, 40.5], [45.1, 40.53], [45.2, 40.45], [45.35, 40.6], [45.5, 40.4]]


def make(folder, footprints):
    """A line, and squares of 10 to 30 m around it, in four files of GeoParquet and one of GeoJSON."""
    import geopandas
    import numpy
    import shapely

    chance = numpy.random.default_rng(20)
    x, y = chance.uniform(44.9, 45.6, footprints), chance.uniform(40.3, 40.7, footprints)
    # Every fourth stands by the line: between its vertices, a few metres off.
    near = numpy.arange(0, footprints, 4)
    along = shapely.line_interpolate_point(shapely.LineString(LINE), chance.uniform(0, 1, near.size), normalized=True)
    x[near] = shapely.get_x(along) + chance.normal(0, 2e-4, near.size)
    y[near] = shapely.get_y(along) + chance.normal(0, 2e-4, near.size)
    size = chance.uniform(1e-4, 3e-4, footprints)
    frame = geopandas.GeoDataFrame(
        {
            "id": [f"f{number}" for number in range(footprints)],
            "kind": numpy.where(chance.uniform(size=footprints) < 0.8, "house", "barn"),
        },
        geometry=shapely.box(x, y, x + size, y + size * 0.7),
        crs="OGC:CRS84",
    )
    (folder / "footprints").mkdir()
    for number in range(4):
        part = frame.iloc[number::4].reset_index(drop=True)
        part.to_parquet(folder / "footprints" / f"{number}.parquet", write_covering_bbox=True, index=False)
    features = json.loads(frame.to_json(drop_id=True))["features"]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "footprints.geojson").write_text(json.dumps(collection))
    line = {"type": "Feature", "properties": {"id": "line"}, "geometry": {"type": "LineString", "coordinates": LINE}}
    (folder / "line.geojson").write_text(json.dumps(line))


class Scale(unittest.TestCase):
    def held(self, sums, expected, names):
        self.assertEqual(set(sums), set(expected))
        for kind, of_kind in expected.items():
            for name in names:
                self.assertAlmostEqual(sums[kind][name], of_kind[name], delta=0.01, msg=f"{kind} {name}")

    def test_the_totals_are_those_of_the_program(self):
        page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```$", page, flags=re.M | re.S)
        self.assertEqual(len(blocks), 5)
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            make(pathlib.Path(folder), FOOTPRINTS)
            os.chdir(folder)
            try:
                names = {"__name__": "__main__"}
                for block in blocks:
                    exec(compile(block, "docs/scale.md", "exec"), names)
                command = [program(), "severance", "line.geojson", "--features", "footprints.geojson", "--near", "500"]
                answer = subprocess.run([*command, "--format", "json"], capture_output=True, check=True)
                kinds = [kind for kind in json.loads(answer.stdout)["results"]["kinds"] if kind["data"] == "footprints.geojson"]
            finally:
                os.chdir(before)
        expected = {kind["kind"]: kind for kind in kinds}
        self.assertEqual(set(expected), {"house", "barn"})
        self.assertGreater(expected["house"]["severed"], 100)
        self.assertGreater(expected["house"]["cut_off_m2"], 1000)
        every = ["count", "severed", "near", "cut_off_m2"]
        for name in ["one_process", "by_spark", "by_dask"]:
            with self.subTest(name):
                self.held(names[name], expected, every)
        self.held(names["by_duckdb"], expected, every[1:])
        self.assertLess(names["by_duckdb"]["house"]["count"], expected["house"]["count"])


if __name__ == "__main__":
    sys.exit(unittest.main())
