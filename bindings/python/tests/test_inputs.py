"""Each kind of input, with its reference system; and one clear error for each bad one."""

import importlib.util
import json
import os
import pathlib
import tempfile
import threading
import time
import unittest
import warnings

import merestone
from common import square, squares

HAS_GEOPANDAS = importlib.util.find_spec("geopandas") and importlib.util.find_spec("pyarrow")
LENGTH_M = 111_141.5  # one degree of latitude at 45.5°


class Inputs(unittest.TestCase):
    def border_m(self, data):
        rows = merestone.borders(data).report
        self.assertEqual([(row["a"], row["b"]) for row in rows], [("a", "b")])
        return rows[0]["length_m"]

    def test_geojson_in_every_form(self):
        text = json.dumps(squares())
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "squares#1.geojson"
            path.write_text(text)
            one = {**squares(), "features": squares()["features"][:1]}
            other = {**squares(), "features": squares()["features"][1:]}
            forms = [squares(), text, text.encode(), bytearray(text.encode()), path, [one, other]]
            lengths = {self.border_m(form) for form in forms}
        self.assertEqual(len(lengths), 1)
        self.assertAlmostEqual(lengths.pop(), LENGTH_M, delta=0.1)

    def test_an_object_with_a_geo_interface(self):
        class Has:
            __geo_interface__ = squares()

        self.assertAlmostEqual(self.border_m(Has()), LENGTH_M, delta=0.1)
        # An answer is data itself.
        lines = merestone.borders(squares())
        self.assertAlmostEqual(merestone.info(lines).report["features"][0]["length_m"], LENGTH_M, delta=0.1)

    def test_a_table_of_text(self):
        table = b"id,lat,lon\nmark 1,45.5,10.25\n"
        answer = merestone.decide(merestone.layer(table, name="marks.csv"), territories=squares())
        self.assertEqual(answer.provenance["inputs"][0]["path"], "marks.csv")

    def test_provenance_and_warnings(self):
        answer = merestone.borders(merestone.layer(squares(), name="two squares"))
        self.assertEqual(answer.provenance["method"]["territories"], "two squares")
        self.assertEqual(len(answer.provenance["inputs"][0]["sha256"]), 64)
        self.assertEqual(answer.to_dict()["schema"], "merestone/borders/1")
        self.assertIsInstance(answer.warnings, list)
        self.assertIn("<table>", answer._repr_html_())
        escaped = merestone.info({**square("<script>", 10.0)})._repr_html_()
        self.assertNotIn("<script>", escaped)

    def test_answers_are_saved_whole_or_not_at_all(self):
        with tempfile.TemporaryDirectory() as folder:
            answer = merestone.borders(squares())
            for ending in ["json", "geojson", "csv", "md"]:
                answer.save(f"{folder}/answer.{ending}")
            self.assertEqual(pathlib.Path(f"{folder}/answer.json").read_text(), answer.to_json())
            with self.assertRaises(merestone.ArgumentError):
                answer.save(f"{folder}/answer.xyz")
            with self.assertRaises(merestone.ArgumentError):
                answer.save(f"{folder}/none/answer.json")
            merestone.convert(squares(), f"{folder}/out.csv", to="EPSG:32632")
            self.assertIn("POLYGON", pathlib.Path(f"{folder}/out.csv").read_text())

    def test_other_threads_run_while_a_question_is_answered(self):
        turns = 0
        done = threading.Event()

        def count():
            nonlocal turns
            while not done.is_set():
                turns += 1
                time.sleep(0.001)

        thread = threading.Thread(target=count)
        thread.start()
        start = time.monotonic()
        merestone.enclaves()
        merestone.check("states")
        took = time.monotonic() - start
        done.set()
        thread.join()
        # Of a thread that waits a millisecond each turn, a question that held the lock would leave a handful of turns.
        self.assertGreater(turns, took * 100)


    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork")
    def test_a_forked_process_does_not_wait_forever(self):
        merestone.borders(squares())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            child = os.fork()
        if child == 0:
            try:
                merestone.borders(squares())
            except merestone.ArgumentError:
                os._exit(3)
            os._exit(4)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 3)


class BadInputs(unittest.TestCase):
    def refused(self, error, data, **known):
        with self.assertRaises(error) as raised:
            merestone.borders(data)
        found = raised.exception
        self.assertIsInstance(found, merestone.MerestoneError)
        for name, value in known.items():
            self.assertEqual(getattr(found, name), value, name)
        self.assertTrue(found.hint or found.pointer, found)
        if found.hint:
            self.assertTrue(str(found).endswith("hint: " + found.hint))
        return found

    def test_a_file_that_is_missing(self):
        error = self.refused(merestone.InputError, "none.geojson", kind="unreadable", path="none.geojson")
        self.assertIn("none.geojson", str(error))

    def test_a_position_out_of_range(self):
        bad = square("a", 10.0)
        bad["geometry"]["coordinates"][0][1] = [170.0, 100.0]
        data = {"type": "FeatureCollection", "features": [square("b", 12.0), bad]}
        self.refused(
            merestone.GeometryError, data, kind="out-of-range", feature="a", feature_index=1, position=(170.0, 100.0)
        )

    def test_a_number_that_is_none(self):
        bad = square("a", 10.0)
        bad["geometry"]["coordinates"][0][1] = [float("nan"), 45.0]
        self.refused(merestone.GeometryError, bad, kind="not-finite")

    def test_mixed_geometry(self):
        point = {"type": "Feature", "properties": {"id": "p"}, "geometry": {"type": "Point", "coordinates": [10, 45]}}
        data = {"type": "FeatureCollection", "features": [square("a", 10.0), point]}
        self.refused(merestone.GeometryError, data, kind="wrong-shape", feature="p", feature_index=1)

    def test_a_name_that_is_almost_right(self):
        with self.assertRaises(merestone.NotFoundError) as raised:
            merestone.borders(squares(), pair=("a", "bb"))
        self.assertEqual((raised.exception.kind, raised.exception.hint), ("unknown-id", 'did you mean "b"?'))

    def test_a_system_that_does_not_fit(self):
        metres = square("a", 500_000.0, 5_000_000.0, 1000.0)
        self.refused(merestone.CrsError, metres, kind="projected")

    def test_axes_that_fit_only_exchanged(self):
        line = {"type": "LineString", "coordinates": [[45.5, 10.5], [45.5, 11.5]]}
        with self.assertRaises(merestone.CrsError) as raised:
            merestone.routes(line, squares())
        self.assertEqual(raised.exception.kind, "exchanged-axes")
        crossings = merestone.routes(merestone.layer(line, axes="yx"), squares()).report[0]["crossings"]
        self.assertEqual(crossings[0]["position"], [11.0, 45.5])
        turned = {"type": "LineString", "coordinates": [[10.5, 45.5], [11.5, 45.5]]}
        with self.assertRaises(merestone.CrsError):
            merestone.compare(turned, line)

    def test_several_levels_of_administration(self):
        data = {"type": "FeatureCollection", "features": [square("whole", 10.0), square("part", 10.0, 45.0, 0.5)]}
        for feature, level in zip(data["features"], ["2", "4"]):
            feature["properties"]["admin_level"] = level
        self.refused(merestone.InputError, data, kind="several-levels")
        self.assertEqual(merestone.borders(merestone.layer(data, where="admin_level = 2")).report, [])
        warnings_of = merestone.decide({"type": "Point", "coordinates": [10.2, 45.2]}, territories=squares())
        self.assertEqual(warnings_of.command, "decide")

    def test_what_is_no_data(self):
        self.refused(merestone.InputError, 42, kind="type")
        self.refused(merestone.ArgumentError, [], kind="argument")
        self.refused(merestone.InputError, b"no GeoJSON")
        with self.assertRaises(merestone.ArgumentError):
            merestone.layer(squares(), edges="curved")
        with self.assertRaises(merestone.ArgumentError):
            merestone.enclaves(kind=["lake"])

    def test_an_archive_that_unpacks_to_too_much(self):
        import gzip

        bomb = gzip.compress(b" " * (1 << 20) * 1100, compresslevel=1)
        self.refused(merestone.InputError, merestone.layer(bomb, name="bomb.geojson.gz", max_gib=1), kind="too-large")


@unittest.skipUnless(HAS_GEOPANDAS, "geopandas and pyarrow are not installed")
class Frames(unittest.TestCase):
    def frame(self, crs="EPSG:4326"):
        import geopandas

        return geopandas.GeoDataFrame.from_features(squares(), crs=crs)

    def test_a_frame_answers_as_its_geojson(self):
        of_frame, of_dict = merestone.borders(self.frame()), merestone.borders(squares())
        self.assertEqual(of_frame.report, of_dict.report)
        self.assertEqual(of_frame.provenance["inputs"][0]["path"], "GeoDataFrame")
        lines = of_frame.to_geodataframe()
        self.assertEqual((list(lines.geom_type.unique()), lines.crs.to_epsg()), (["LineString"], 4326))

    def test_its_reference_system_is_honoured(self):
        projected = merestone.borders(self.frame().to_crs(32632))
        self.assertAlmostEqual(projected.report[0]["length_m"], LENGTH_M, delta=0.1)
        self.assertIn("EPSG:32632", projected.provenance["inputs"][0]["datum"]["crs"])
        with self.assertRaises(merestone.CrsError) as raised:
            merestone.borders(self.frame(crs=None))
        self.assertEqual(raised.exception.kind, "no-crs")
        stated = merestone.borders(merestone.layer(self.frame(crs=None), crs="EPSG:4326"))
        self.assertAlmostEqual(stated.report[0]["length_m"], LENGTH_M, delta=0.1)
        with self.assertRaises(merestone.CrsError):
            merestone.borders(self.frame().to_crs("+proj=laea +lat_0=45 +lon_0=10"))
        with self.assertRaises(merestone.CrsError):
            merestone.borders([self.frame(), self.frame().to_crs(32632)])

    def test_its_columns_are_properties(self):
        import pandas

        frame = self.frame()
        frame["name"] = ["West", "East"]
        frame["published_area_km2"] = [8686.0, float("nan")]
        frame["status"] = pandas.Categorical(["agreed", None])
        frame["valid_from"] = pandas.to_datetime(["2020-01-01", "2021-06-01"])
        frame = frame.set_index("id")
        rows = merestone.info(frame).report["features"]
        self.assertEqual([(row["id"], row["name"]) for row in rows], [("a", "West"), ("b", "East")])
        only = merestone.info(merestone.layer(frame, as_of="2020-12-31")).report["features"]
        self.assertEqual([row["id"] for row in only], ["a"])

    def test_missing_and_empty_geometries(self):
        import geopandas
        from shapely.geometry import LineString, Point

        points = geopandas.GeoDataFrame({"id": ["p", "q"]}, geometry=[Point(10.5, 45.5), None], crs=4326)
        answer = merestone.decide(points, territories=squares(), accuracy_m=10)
        self.assertEqual([row["id"] for row in answer.report["features"]], ["p"])
        self.assertIn("no-geometry", [warning["code"] for warning in answer.warnings])
        nan = geopandas.GeoDataFrame({"id": ["p"]}, geometry=[Point(float("nan"), float("nan"))], crs=4326)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            broken = LineString([(10, 45), (float("nan"), 46)])
        line = geopandas.GeoDataFrame({"id": ["p"]}, geometry=[broken], crs=4326)
        for bad in (nan, line):
            with self.assertRaises(merestone.GeometryError) as raised:
                merestone.info(bad)
            self.assertEqual((raised.exception.kind, raised.exception.feature_index), ("not-finite", 0))

    def test_a_table_of_pandas(self):
        import pandas

        table = pandas.DataFrame({"id": ["mark 1"], "lon": [10.25], "lat": [45.5]})
        answer = merestone.decide(table, territories=squares(), accuracy_m=10)
        self.assertEqual(answer.provenance["inputs"][0]["path"], "DataFrame.csv")

    def test_geoarrow_in_every_encoding(self):
        expected = merestone.borders(squares()).report
        for encoding, interleaved in [("WKB", None), ("geoarrow", True), ("geoarrow", False)]:
            table = self.frame().to_arrow(geometry_encoding=encoding, interleaved=interleaved)
            with self.subTest(encoding=encoding, interleaved=interleaved):
                self.assertEqual(merestone.borders(table).report, expected)
        lines = merestone.borders("states").to_geodataframe().explode(index_parts=False).reset_index(drop=True)
        of_wkb = merestone.info(lines.to_arrow(geometry_encoding="WKB")).report
        self.assertEqual(merestone.info(lines.to_arrow(geometry_encoding="geoarrow")).report, of_wkb)

    def test_a_table_of_geoparquet_and_a_plain_column(self):
        import pyarrow.parquet

        expected = merestone.borders(squares()).report
        with tempfile.TemporaryDirectory() as folder:
            for crs in ["OGC:CRS84", "EPSG:32632"]:
                self.frame().to_crs(crs).to_parquet(f"{folder}/squares.parquet", write_covering_bbox=True)
                answer = merestone.borders(pyarrow.parquet.read_table(f"{folder}/squares.parquet"))
                self.assertAlmostEqual(answer.report[0]["length_m"], expected[0]["length_m"], delta=0.01)
        plain = pyarrow.table({"id": ["a", "b"], "shape": self.frame().geometry.to_wkb()})
        layer = merestone.layer(plain, geometry="shape", crs="EPSG:4326")
        self.assertEqual(merestone.borders(layer).report, expected)
        with self.assertRaises(merestone.CrsError):
            merestone.layer(plain, geometry="shape")
        with self.assertRaises(merestone.InputError) as raised:
            merestone.layer(plain, geometry="none", crs="EPSG:4326")
        self.assertEqual(raised.exception.kind, "arrow-type")

    def test_arrow_of_a_wrong_type(self):
        import pyarrow

        for table in [
            pyarrow.table({"id": ["a"], "x": [1.0]}),
            pyarrow.table({"id": ["a"], "geometry": [b"\x01"]}),
        ]:
            with self.assertRaises(merestone.InputError) as raised:
                merestone.borders(table)
            self.assertEqual(raised.exception.kind, "arrow-type")
        wkb = pyarrow.field("geometry", pyarrow.int64(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
        with self.assertRaises(merestone.InputError) as raised:
            merestone.borders(pyarrow.table([[1]], schema=pyarrow.schema([wkb])))
        self.assertEqual(raised.exception.kind, "arrow-type")
        short = pyarrow.field(
            "geometry",
            pyarrow.binary(),
            metadata={"ARROW:extension:name": "geoarrow.wkb", "ARROW:extension:metadata": '{"crs": "EPSG:4326"}'},
        )
        with self.assertRaises(merestone.InputError) as raised:
            merestone.borders(pyarrow.table([[b"\x01\x03"]], schema=pyarrow.schema([short])))
        self.assertEqual(raised.exception.feature_index, 0)


if __name__ == "__main__":
    unittest.main()
