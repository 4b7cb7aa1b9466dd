"""Every question answers byte for byte as the program does with `--format json`."""

import glob
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import merestone
from common import ROOT, program

FILES = ROOT / "docs" / "audit.in"

EMBEDDED = [
    (lambda: merestone.info("states"), "info states"),
    (lambda: merestone.borders(), "borders"),
    (
        lambda: merestone.borders("data/states.geojson", pair=("ARM", "AZE"), tolerance_m=50, by_scale=True),
        "borders data/states.geojson --pair ARM,AZE --tolerance 50 --by-scale",
    ),
    (lambda: merestone.enclaves(kind=["enclave"], lang=["az"]), "enclaves --kind enclave --lang az"),
    (lambda: merestone.routes(["m2", "lachin-road"]), "route m2 lachin-road"),
    (
        lambda: merestone.routes("m2", "provinces", through=["syunik"]),
        "route m2 --territories provinces --through syunik",
    ),
    (
        lambda: merestone.compare("lines/arm-aze-main", "data/lines.geojson#arm-aze-naxcivan", within_m=100),
        "compare lines/arm-aze-main data/lines.geojson#arm-aze-naxcivan --within 100",
    ),
    (lambda: merestone.diff("states", "states-2026"), "diff states states-2026"),
    (lambda: merestone.ledger("states", "enclaves-as-held"), "ledger states enclaves-as-held"),
    (lambda: merestone.ledger("states", "states-2026"), "ledger states states-2026"),
    (lambda: merestone.severance("enclaves-restored"), "severance enclaves-restored"),
    (lambda: merestone.severance("lines/ring-karki", near_m=500), "severance lines/ring-karki --near 500"),
    (
        lambda: merestone.severance("lines/ring-karki", band={"sigmas": 2}),
        "severance lines/ring-karki --band --sigmas 2",
    ),
    (lambda: merestone.enclaves(kind=["enclave"], band=True), "enclaves --kind enclave --band"),
    (
        lambda: merestone.routes("m2", band={"accuracy_m": 50, "scale": 100000}),
        "route m2 --band=50 --scale 100000",
    ),
    (lambda: merestone.corridor(["m2", "tatev-bypass"]), "corridor m2 tatev-bypass"),
    (
        lambda: merestone.decide(["v-kirants", "v-berkaber"], scale=100000),
        "decide v-kirants v-berkaber --scale 100000",
    ),
    (lambda: merestone.evidence(between=("ARM", "AZE")), "evidence lines --between ARM,AZE"),
    (lambda: merestone.marks("lines/ring-karki"), "marks lines/ring-karki"),
    (lambda: merestone.sheets("lines/ring-karki", scale=50000), "sheets lines/ring-karki --scale 50000"),
    (lambda: merestone.check("data/states.geojson"), "check data/states.geojson"),
    (lambda: merestone.check("states", no_reference=True), "check states --no-reference"),
    (
        lambda: merestone.catalogue("lines/ring-karki", positions="pulkovo", operation="EPSG:5044"),
        "catalogue lines/ring-karki --positions pulkovo --operation EPSG:5044",
    ),
    (
        lambda: merestone.describe("lines/arm-aze-2024", precedence=["text", "map"], lang=["ru", "en"]),
        "describe lines/arm-aze-2024 --precedence text,map --lang ru,en",
    ),
]

OF_FILES = [
    (
        lambda: merestone.borders(merestone.layer("states.geojson", edges="geodesic")),
        "borders states.geojson --edges geodesic",
    ),
    (
        lambda: merestone.enclaves(merestone.layer("countries.geojson", id_field="A3")),
        "enclaves countries.geojson --id-field A3",
    ),
    (lambda: merestone.status("line.geojson", "meetings.csv"), "status line.geojson --log meetings.csv"),
    (lambda: merestone.parse(pathlib.Path("description.txt")), "parse description.txt"),
    (
        lambda: merestone.audit(pathlib.Path("description.txt"), line="described.geojson"),
        "audit description.txt --line described.geojson",
    ),
    (
        lambda: merestone.resolve(
            ["text", "coordinates", "map"],
            text=pathlib.Path("description.txt"),
            coordinates="described.csv",
            map="described.geojson",
        ),
        "resolve --precedence text,coordinates,map --text description.txt --coordinates described.csv "
        "--map described.geojson",
    ),
    (lambda: merestone.catalogue_of_table("described.csv"), "catalogue --read described.csv"),
    (
        lambda: merestone.diff("before.geojson", "after.geojson"),
        "diff before.geojson after.geojson",
    ),
    (
        lambda: merestone.compare(
            merestone.layer("old.geojson", axes="xy"), merestone.layer("new.geojson", axes="xy"), tolerance_m=25
        ),
        "compare old.geojson new.geojson --tolerance 25 --axes xy",
    ),
]


@unittest.skipIf(program() is None, "no program is built: MERESTONE_PROGRAM names one")
class SameAsProgram(unittest.TestCase):
    maxDiff = 4000

    def held(self, folder, cases):
        before = os.getcwd()
        os.chdir(folder)
        try:
            for ask, arguments in cases:
                with self.subTest(arguments):
                    command = [program(), *arguments.split(), "--format", "json"]
                    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
                    self.assertIn(answer.returncode, (0, 1), answer.stderr)
                    self.assertEqual(answer.stdout, ask().to_json())
        finally:
            os.chdir(before)

    def test_on_the_embedded_dataset(self):
        self.held(ROOT, EMBEDDED)

    def test_on_files(self):
        self.held(FILES, OF_FILES)

    def test_a_sealed_bundle(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "docs" / "seal.in", folder, dirs_exist_ok=True)
            for key in ("north.key", "south.key"):
                os.chmod(f"{folder}/{key}", 0o600)
            before = os.getcwd()
            os.chdir(folder)
            try:
                run = lambda *more: subprocess.run([program(), "seal", *more, "--quiet"], check=True, capture_output=True)
                run("talks", "-o", "talks.zip")
                run("--sign", "north.key", "talks.zip")
                run("--sign", "south.key", "talks.zip")
                signatures = sorted(glob.glob("talks.zip.*"))
                self.assertEqual(len(signatures), 2)
                answer = merestone.verify(
                    "talks.zip", signatures=signatures, signers="signers", signed_by=["north", "south"]
                )
                by_program = run(
                    "--verify", "talks.zip", "--allowed-signers", "signers", "--signed-by", "north,south", "--format", "json"
                )
                self.assertEqual(by_program.stdout.decode(), answer.to_json())
                self.assertTrue(answer.report["holds"])
            finally:
                os.chdir(before)

    def test_every_rendering(self):
        answer = merestone.enclaves()
        for form, text in [("csv", answer.to_csv()), ("markdown", answer.to_markdown())]:
            command = [program(), "enclaves", "--format", form]
            self.assertEqual(subprocess.run(command, capture_output=True, text=True, encoding="utf-8").stdout, text)


if __name__ == "__main__":
    unittest.main()
