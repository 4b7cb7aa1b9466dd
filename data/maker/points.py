"""The control points and names, from the CSV files beside this package."""

import csv
from pathlib import Path

from .earth import rounded

HERE = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "hy", "az", "ru")


def read_csv(name: str) -> list:
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Points(dict):
    """Rows of waypoints.csv by id."""

    def __init__(self):
        super().__init__((row["id"], row) for row in read_csv("waypoints.csv"))

    def at(self, key: str) -> tuple:
        return rounded((float(self[key]["lon"]), float(self[key]["lat"])))

    def accuracy_m(self, key: str) -> int:
        return int(self[key]["accuracy_m"])


def name(en, hy, az, ru) -> dict:
    return {"en": en, "hy": hy, "az": az, "ru": ru}


def joined(names: list, separator: str = "–", suffix: dict = None) -> dict:
    """Joins several names into one, language by language."""
    return {code: separator.join(n[code] for n in names) + (suffix or {}).get(code, "") for code in LANGUAGES}
