"""The recipes of docs/python.md, run one by one as they stand, in a folder with the files that they name."""

import importlib.util
import json
import os
import pathlib
import re
import tempfile
import unittest

import merestone
from common import DATA, ROOT, squares

PAGE = ROOT / "docs" / "python.md"
HAS_GEOPANDAS = importlib.util.find_spec("geopandas") and importlib.util.find_spec("pyarrow")


def recipes():
    """Headings of the page, each with its blocks of Python."""
    text = PAGE.read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        heading, _, body = part.partition("\n")
        blocks = re.findall(r"^```python\n(.*?)^```$", body, flags=re.M | re.S)
        if blocks:
            yield heading, "\n".join(blocks)


def files(folder):
    """The files that the recipes read."""
    (folder / "before.geojson").write_text(json.dumps(squares()))
    moved = squares()
    for feature in moved["features"]:
        feature["geometry"]["coordinates"] = [[[x + 0.25, y] for x, y in feature["geometry"]["coordinates"][0]]]
    (folder / "after.geojson").write_text(json.dumps(moved))
    states = DATA / "states.geojson"
    (folder / "countries.geojson").write_bytes(states.read_bytes())


class Recipes(unittest.TestCase):
    def test_there_are_ten(self):
        self.assertGreaterEqual(sum(heading[0].isdigit() for heading, _ in recipes()), 10)

    @unittest.skipUnless(HAS_GEOPANDAS, "geopandas and pyarrow are not installed")
    def test_each_runs(self):
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            files(pathlib.Path(folder))
            os.chdir(folder)
            try:
                for heading, code in recipes():
                    with self.subTest(heading):
                        exec(compile(code, heading, "exec"), {"__name__": "recipe"})
            finally:
                os.chdir(before)


if __name__ == "__main__":
    unittest.main()
