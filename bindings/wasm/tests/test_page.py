"""The page in Chromium: files dropped into it give the answers of the program, byte for byte, without a network.

MERESTONE_PROGRAM is the program, MERESTONE_PAGE the folder of the built package."""

import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import zipfile

from browser import Page, Server

HERE = pathlib.Path(__file__).resolve().parent
FORMATS = HERE.parents[2] / "tests" / "formats"
PROGRAM = os.environ["MERESTONE_PROGRAM"]
PACKAGE = os.environ["MERESTONE_PAGE"]

W = [[20, 45], [20.1, 45], [20.1, 45.1], [20, 45.1], [20, 45]]
E = [[20.1, 45], [20.2, 45], [20.2, 45.1], [20.1, 45.1], [20.1, 45]]
HOLE = [[20.02, 45.02], [20.02, 45.04], [20.04, 45.04], [20.04, 45.02], [20.02, 45.02]]


def feature(kind, coordinates, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def kml_ring(ring):
    text = " ".join(f"{x},{y}" for x, y in ring)
    return f"<LinearRing><coordinates>{text}</coordinates></LinearRing>"


def placemark(name, ring):
    polygon = f"<Polygon><outerBoundaryIs>{kml_ring(ring)}</outerBoundaryIs></Polygon>"
    return f"<Placemark><name>{name}</name>{polygon}</Placemark>"


LINE = [[19.95, 45.05], [20.05, 45.06], [20.15, 45.05]]
OTHER = [[19.95, 45.05], [20.05, 45.0605], [20.15, 45.05]]

FILES = {
    "squares.geojson": collection(feature("Polygon", [W], id="w"), feature("Polygon", [E], id="e")),
    "before.geojson": collection(feature("Polygon", [W, HOLE], id="w"), feature("Polygon", [E], id="e"),
                                 feature("Polygon", [HOLE[::-1]], id="e")),
    "road.geojson": collection(feature("LineString", LINE, id="road")),
    "survey.geojson": collection(feature("LineString", OTHER, id="road")),
    "squares.csv": 'id,geom\nw,"POLYGON((20 45,20.1 45,20.1 45.1,20 45.1,20 45))"\n'
                   'e,"POLYGON((20.1 45,20.2 45,20.2 45.1,20.1 45.1,20.1 45))"\n',
    "squares.topojson": json.dumps({
        "type": "Topology", "transform": {"scale": [0.1, 0.1], "translate": [20, 45]},
        "objects": {"states": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "id": "w", "arcs": [[0, 1]]}, {"type": "Polygon", "id": "e", "arcs": [[-1, 2]]}]}},
        "arcs": [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]]}),
    "squares.kml": f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Squares</name>{placemark("w", W)}'
                   f'{placemark("e", E)}</Document></kml>',
    "road.gpx": '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>road</name><trkseg>'
                + "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE) + "</trkseg></trk></gpx>",
    "proposal.geojson": collection(feature("Polygon", [HOLE[::-1]], id="p", **{"from": "w", "to": "e"})),
}


class PageTest(unittest.TestCase):
    answers = 0
    equal = 0
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.server = Server(PACKAGE)
        cls.page = Page(cls.server.origin + "/index.html")
        cls.folder = tempfile.mkdtemp(prefix="merestone-page-")
        for name, text in FILES.items():
            pathlib.Path(cls.folder, name).write_text(text, encoding="utf-8")
        for path in FORMATS.iterdir():
            shutil.copy(path, cls.folder)
        os.mkdir(os.path.join(cls.folder, "nothing"))
        manifest = 'layer = []\nid = "nothing"\ntitle = "Nothing"\nversion = "1"\n'
        pathlib.Path(cls.folder, "nothing", "dataset.toml").write_text(manifest, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        print(f"{cls.equal} of {cls.answers} answers are the program's byte for byte, the others but for last digits")
        cls.page.close()
        cls.server.stop()
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.page.run("document.querySelector('#clear').click()")

    def path(self, name):
        return os.path.join(self.folder, name)

    def drop(self, *names):
        self.page.drop(*(self.path(name) for name in names))

    def program(self, *arguments):
        command = [PROGRAM, *arguments, "--json", "--quiet", "--dataset", "nothing"]
        ran = subprocess.run(command, cwd=self.folder, capture_output=True)
        self.assertIn(ran.returncode, (0, 1), ran.stderr.decode())
        return ran.stdout

    def same(self, question, arguments, options=None):
        said = self.page.ask(question, options)
        self.assertTrue(said.startswith("Answered"), f"{said} {self.page.fault()}")
        ours, theirs = self.page.downloaded(f"{question}.json"), self.program(question, *arguments)
        self.compare(ours.decode(), theirs.decode(), f"{question} {arguments}")

    def compare(self, ours, theirs, what):
        """The same bytes but for the last digits of numbers: trigonometric functions of the two platforms differ in them."""
        PageTest.answers += 1
        if ours == theirs:
            PageTest.equal += 1
            return
        number = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
        self.assertEqual(number.sub("#", ours), number.sub("#", theirs), what)
        for one, other in zip(map(float, number.findall(ours)), map(float, number.findall(theirs)), strict=True):
            self.assertTrue(math.isclose(one, other, rel_tol=1e-11, abs_tol=1e-8), f"{what}: {one} {other}")

    def test_borders_of_every_format(self):
        names = ["squares.geojson", "squares.csv", "squares.topojson", "squares.kml", "parcels.zip",
                 "language.zip", "cpg.zip", "wrong.zip", "unknown.zip"]
        for name in names:
            with self.subTest(name):
                self.page.run("document.querySelector('#clear').click()")
                self.drop(name)
                self.same("borders", [name])
                self.same("enclaves", [name])
                self.same("check", [name, "--no-reference"])
        for name in ["survey.kml", "odd.kml", "ride.gpx", "plain.gpx", "ways.zip", "towns.zip"]:
            with self.subTest(name):
                self.page.run("document.querySelector('#clear').click()")
                self.drop(name)
                self.same("check", [name, "--no-reference"])

    def test_options(self):
        self.drop("squares.geojson")
        self.same("borders", ["squares.geojson", "--pair", "w,e", "--tolerance", "20", "--by-scale"],
                  {"pair": "w, e", "toleranceM": "20", "byScale": True})
        self.same("borders", ["squares.geojson", "--where", "id = w"],
                  {"pair": "", "toleranceM": "", "byScale": False, "where": "id = w"})

    def test_enclaves(self):
        self.drop("before.geojson")
        self.same("enclaves", ["before.geojson"])
        self.same("enclaves", ["before.geojson", "--kind", "enclave"], {"kind": "enclave"})

    def test_routes(self):
        for route in ["road.geojson", "road.gpx"]:
            self.page.run("document.querySelector('#clear').click()")
            self.drop(route, "squares.geojson")
            self.same("route", [route, "--territories", "squares.geojson"])

    def test_ledger(self):
        self.drop("before.geojson", "squares.geojson")
        self.same("ledger", ["before.geojson", "squares.geojson"])
        self.page.run("document.querySelector('#clear').click()")
        self.drop("squares.geojson", "proposal.geojson")
        self.same("ledger", ["squares.geojson", "proposal.geojson"])

    def test_compare(self):
        self.drop("road.geojson", "survey.geojson")
        self.same("compare", ["road.geojson", "survey.geojson", "--within", "100"], {"withinM": "100"})
        self.page.run("document.querySelector('#clear').click()")
        self.drop("before.geojson", "squares.kml")
        self.same("compare", ["before.geojson", "squares.kml", "--pair", "e,w", "--rings"], {"pair": "e, w", "rings": True})

    def test_plate(self):
        self.drop("squares.geojson", "road.geojson")
        role = "#files tbody tr:nth-child(2) select"
        self.page.choose("#question", "plate")
        self.page.choose(role, "route")
        said = self.page.ask("plate", {"title": "Two squares", "lang": "en"})
        self.assertTrue(said.startswith("Answered"), f"{said} {self.page.fault()}")
        self.page.wait("document.querySelector('#plate img').naturalWidth > 100")
        svg = self.page.downloaded("plate.svg").decode()
        ran = subprocess.run(
            [PROGRAM, "map", "--layer", "squares.geojson", "--layer", "road.geojson:role=route", "-o", "plate.svg", "-q",
             "--title", "Two squares", "--lang", "en", "--dataset", "nothing"],
            cwd=self.folder, capture_output=True)
        self.assertEqual(ran.returncode, 0, ran.stderr.decode())
        theirs = pathlib.Path(self.path("plate.svg")).read_text(encoding="utf-8")
        # The program's plates have an outline of the world in the locator map, which the module does not hold.
        self.assertIn("<svg", svg)
        title = svg[svg.index("<title"): svg.index("</title>")]
        self.assertEqual(title, theirs[theirs.index("<title"): theirs.index("</title>")])

    def test_the_work_is_saved_and_opened_again(self):
        self.drop("squares.geojson", "road.gpx")
        self.page.ask("route", {"accuracyM": "12"})
        self.page.choose("#files tbody tr:nth-child(1) select", "territories")
        self.page.choose("#files tbody tr:nth-child(2) select", "routes")
        self.same("route", ["road.gpx", "--territories", "squares.geojson", "--accuracy", "12"])
        before = self.page.downloaded("route.json")
        self.page.run("document.querySelector('#save').click()")
        saved = os.path.join(self.page.downloads, "work.merestone")
        self.page.file(saved)
        self.page.run("document.querySelector('#clear').click()")
        self.assertEqual(self.page.names(), [])
        self.page.drop(saved)
        self.assertEqual(self.page.names(), ["squares.geojson", "road.gpx"])
        self.assertEqual(self.page.run("document.querySelector('#question').value"), "route")
        self.assertTrue(self.page.ask("route").startswith("Answered"))
        self.assertEqual(self.page.downloaded("route.json"), before)
        # A damaged file of work changes nothing.
        with open(saved, "rb") as file:
            pathlib.Path(self.path("damaged.merestone")).write_bytes(file.read()[:-1])
        self.drop("damaged.merestone")
        self.assertIn("damaged", self.page.fault()["message"])
        self.assertEqual(self.page.names(), ["squares.geojson", "road.gpx"])

    def test_bad_input_gives_one_clear_error_and_loses_nothing(self):
        bomb = self.path("bomb.zip")
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            with archive.open("bomb.geojson", "w") as file:
                for _ in range(1100):
                    file.write(b" " * (1 << 20))
        bad = {
            "nan.geojson": '{"type":"Feature","properties":{"id":"w"},"geometry":{"type":"Point","coordinates":[NaN,1]}}',
            "range.geojson": collection(feature("Polygon", [W], id="w"), feature("Polygon", [[[20, 95], *E[1:4], [20, 95]]], id="e")),
            "mixed.geojson": collection(feature("Polygon", [W], id="w"), feature("Point", [20, 45], id="p")),
            "open.geojson": collection(feature("Polygon", [W[:4]], id="w")),
            "broken.kml": "<kml><Document><Placemark>",
            "nan.kml": f"<kml><Document>{placemark('w', [['NaN', 45], *W[1:]])}</Document></kml>",
            "text.geojson": "no data at all",
        }
        for name, text in bad.items():
            pathlib.Path(self.path(name)).write_text(text, encoding="utf-8")
        with open(self.path("parcels.zip"), "rb") as file:
            pathlib.Path(self.path("cut.zip")).write_bytes(file.read()[:700])
        kinds = {
            "bomb.zip": "larger than 1 GiB",
            "nan.geojson": "nan.geojson",
            "range.geojson": "feature 1 (e)",
            "mixed.geojson": "feature 1 (p)",
            "open.geojson": "not closed",
            "broken.kml": "line 1",
            "nan.kml": "not a finite number",
            "text.geojson": "text.geojson",
            "cut.zip": "archive",
            "swiss.zip": "Grid_of_a_town",
        }
        for name, words in kinds.items():
            with self.subTest(name):
                self.page.run("document.querySelector('#clear').click()")
                self.drop("squares.geojson", name)
                said = self.page.ask("borders", seconds=120)
                fault = self.page.fault()
                self.assertEqual(said, "There is no answer.", fault)
                self.assertIn(words, fault["message"])
                self.assertTrue(fault["hint"].startswith("Hint: "), fault)
                self.assertEqual(self.page.names(), ["squares.geojson", name])
                # The others are asked about as before.
                self.page.run("document.querySelector('#files tbody tr:nth-child(2) button').click()")
                self.same("borders", ["squares.geojson"])
        self.drop("range.geojson")
        self.page.ask("borders")
        facts = self.page.fault()["facts"]
        self.assertEqual((facts["File"], facts["Feature"]), ("range.geojson", "e"))
        self.assertIn("95", facts["Position"])

    def test_twenty_megabytes_in_five_seconds(self):
        step, cells, count = 0.1, 66, 60
        features = []
        for row in range(cells):
            for column in range(cells):
                x, y = 10 + step * column, 40 + step * row
                share = [step * i / count for i in range(count)]
                corners = [(x, y, 1, 0), (x + step, y, 0, 1), (x + step, y + step, -1, 0), (x, y + step, 0, -1)]
                ring = [[round(a + dx * s, 9), round(b + dy * s, 9)] for a, b, dx, dy in corners for s in share]
                features.append(feature("Polygon", [[*ring, ring[0]]], id=f"{row}-{column}"))
        path = pathlib.Path(self.path("large.geojson"))
        path.write_text(collection(*features), encoding="utf-8")
        self.assertGreater(path.stat().st_size, 20_000_000)
        self.drop("large.geojson")
        # The page answers to the user while the worker is busy.
        self.page.choose("#question", "borders")
        start = time.monotonic()
        self.page.run("document.querySelector('#ask').click()")
        slowest = 0.0
        while self.page.run("document.querySelector('#ask').disabled"):
            asked = time.monotonic()
            self.page.run("1 + 1")
            slowest = max(slowest, time.monotonic() - asked)
            time.sleep(0.05)
        seconds = time.monotonic() - start
        said = self.page.run("document.querySelector('#status').textContent")
        self.assertTrue(said.startswith("Answered"), f"{said} {self.page.fault()}")
        print(f"20 MB of GeoJSON: {seconds:.1f} s; the page answered within {slowest * 1000:.0f} ms")
        self.assertLess(seconds, 5.0 * float(os.environ.get("MERESTONE_SLOWER", "1")))
        ours, theirs = self.page.downloaded("borders.json"), self.program("borders", "large.geojson")
        self.compare(ours.decode(), theirs.decode(), "large.geojson")

    def test_keyboard_and_names(self):
        self.drop("squares.geojson")
        self.page.run("document.querySelector('#question').focus()")
        seen = []
        for _ in range(12):
            seen.append(self.page.run("document.activeElement.id || document.activeElement.tagName"))
            self.page.key("Tab", 9)
        self.assertIn("ask", seen)
        self.page.run("document.querySelector('#ask').focus()")
        self.page.key("Enter", 13)
        self.page.wait("!document.querySelector('#answer').hidden")
        self.assertEqual(self.page.run("document.activeElement.id"), "answer")
        tree = self.page.send("Accessibility.getFullAXTree")["nodes"]
        controls = {"button", "combobox", "textbox", "checkbox", "link"}
        of = lambda node, key: node.get(key, {}).get("value", "")
        unnamed = [node for node in tree if not node.get("ignored") and of(node, "role") in controls and not of(node, "name")]
        self.assertEqual(unnamed, [])

    def test_contrast_in_light_and_dark(self):
        for scheme in ["light", "dark"]:
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            self.page.send("Emulation.setEmulatedMedia", {"features": features})
            for selector in ["body", ".small", "#drop", "button:not(.main)", "button.main", "select", "footer"]:
                ink, ground = self.page.run(
                    f"""(() => {{
                        const found = document.querySelector({json.dumps(selector)});
                        let under = found;
                        while (getComputedStyle(under).backgroundColor === "rgba(0, 0, 0, 0)") under = under.parentElement;
                        return [getComputedStyle(found).color, getComputedStyle(under).backgroundColor];
                    }})()""")
                self.assertGreaterEqual(contrast(ink, ground), 4.5, f"{scheme} {selector}: {ink} on {ground}")
        self.page.send("Emulation.setEmulatedMedia", {"features": []})

    def test_zz_no_request_but_for_its_own_files(self):
        own = {"/index.html", "/page.css", "/page.js", "/worker.js", "/merestone.js", "/merestone_bg.wasm"}
        self.assertEqual(set(self.server.asked) - own, set())
        foreign = [url for url in self.page.requests if not url.startswith((self.server.origin, "blob:", "data:"))]
        self.assertEqual(foreign, [])
        self.assertEqual(self.page.errors, [])


def luminance(colour):
    """Relative luminance (WCAG 2.2) of a colour `rgb(…)`."""
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1: -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    dark, light = sorted([luminance(a), luminance(b)])
    return (light + 0.05) / (dark + 0.05)


if __name__ == "__main__":
    unittest.main()
