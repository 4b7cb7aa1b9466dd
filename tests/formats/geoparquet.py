"""Writes the files *.parquet of this folder: python3 geoparquet.py (GeoPandas 1.2 or later, pyarrow 26).

Two adjacent squares of 0.1°, w and e; tests/convert/geoparquet.rs reads them.
"""

import pathlib

import geopandas
import pandas
from shapely.geometry import MultiPolygon, box

HERE = pathlib.Path(__file__).parent
W, E = box(20, 45, 20.1, 45.1), box(20.1, 45, 20.2, 45.1)


def frame(w=W, e=E, **more):
    return geopandas.GeoDataFrame({"id": ["w", "e"], **more}, geometry=[w, e], crs="OGC:CRS84")


plain = frame(
    count=pandas.array([7, None], dtype="Int64"),
    share=[0.1, 2.5],
    seen=pandas.to_datetime(["2021-02-03 04:05:06", None]),
    flag=[True, False],
    kind=pandas.Categorical(["state", "other"]),
    notes=[["a", "b"], None],
)
plain.to_parquet(HERE / "wkb.parquet", compression="zstd")
plain.to_parquet(HERE / "covering.parquet", schema_version="1.1.0", write_covering_bbox=True)
frame().to_parquet(HERE / "geoarrow.parquet", geometry_encoding="geoarrow", schema_version="1.1.0", compression="lz4")
frame(MultiPolygon([W]), MultiPolygon([E])).to_crs("EPSG:32634").to_parquet(HERE / "utm.parquet", compression="gzip")
frame().set_crs(None, allow_override=True).to_parquet(HERE / "no-system.parquet", compression=None)
pandas.DataFrame({"id": ["w", "e"], "n": [1, 2]}).to_parquet(HERE / "table.parquet")
