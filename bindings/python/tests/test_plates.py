"""Plates as pictures, and their errors."""

import pathlib
import tempfile
import unittest

import merestone
from common import squares


class Plates(unittest.TestCase):
    def test_a_preset(self):
        name = merestone.presets()[0]
        plate = merestone.plate(name)
        self.assertTrue(plate._repr_svg_().lstrip().startswith("<"))
        self.assertIn("<svg", plate.svg())
        self.assertEqual(plate.png(dpi=60)[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(plate._repr_png_()[:4], b"\x89PNG")
        self.assertGreater(plate.scale, 1000)
        self.assertTrue(plate.title and plate.legend)

    def test_own_layers(self):
        plate = merestone.plate(layers={"squares": squares()}, title="Two squares")
        self.assertEqual(plate.title, "Two squares")
        with tempfile.TemporaryDirectory() as folder:
            for ending in ["svg", "png", "pdf"]:
                plate.save(f"{folder}/plate.{ending}", dpi=60)
            self.assertEqual(pathlib.Path(f"{folder}/plate.pdf").read_bytes()[:4], b"%PDF")
            with self.assertRaises(merestone.ArgumentError):
                plate.save(f"{folder}/plate.gif")

    def test_a_specification_with_own_data(self):
        spec = 'id = "s"\n[title]\nen = "Own"\n[[layers]]\nid = "squares"\n'
        self.assertEqual(merestone.plate(spec, {"squares": squares()}).title, "Own")

    def test_charts_of_answers(self):
        lines = [{"type": "LineString", "coordinates": [[x, 45.0], [x, 46.0]]} for x in (10.0, 10.001)]
        chart = merestone.compare(*lines).chart(lang="ru")
        self.assertEqual(chart.png(dpi=50)[:4], b"\x89PNG")
        self.assertIn("<svg", merestone.corridor(["m2", "tatev-bypass"]).chart().svg())
        with self.assertRaises(merestone.ArgumentError):
            merestone.borders(squares()).chart()

    def test_what_cannot_be_drawn(self):
        for arguments in [("no-such-preset",), (None,), ('id = "s"\nno = [\n',)]:
            with self.assertRaises(merestone.PlateError) as raised:
                merestone.plate(*arguments)
            self.assertTrue(raised.exception.hint)
        with self.assertRaises(merestone.MerestoneError):
            merestone.plate('id = "s"\n[[layers]]\nid = "none"\n')


if __name__ == "__main__":
    unittest.main()
