"""Land borders: lengths, enclaves, routes, shared lines and plates, with the method stated for every number.

Every question is a function. Data is whatever `Data` says; an omitted layer is that of the embedded dataset where the
description says so. Lengths are metres and areas square kilometres on the WGS 84 ellipsoid unless a name ends otherwise.
"""

from os import PathLike
from typing import Any, Mapping, Protocol, Sequence, TypeAlias

import geopandas

__version__: str

class HasGeoInterface(Protocol):
    @property
    def __geo_interface__(self) -> dict[str, Any]: ...

class HasArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

Source: TypeAlias = (
    "Layer | str | bytes | bytearray | PathLike[str] | dict[str, Any] | geopandas.GeoDataFrame | HasGeoInterface | HasArrowStream"
)
"""One input: a path or a name in the dataset (`str`), a path (`PathLike`), the bytes of a file, GeoJSON, a frame, Arrow."""
Data: TypeAlias = "Source | Sequence[Source]"
"""One input, or several that are read as one layer."""
Pair: TypeAlias = tuple[str, str]
Text: TypeAlias = "str | PathLike[str]"
"""A text as it stands (`str`), or a file of it (`PathLike`)."""
Table: TypeAlias = "Source"
"""A table with a heading: a path, the bytes of CSV, or a DataFrame of pandas."""

Band: TypeAlias = "bool | float | Mapping[str, float]"
"""What is certain: `True` by the accuracies that the data state; metres for what they state none of; or `accuracy_m`, `scale`,
`map_accuracy_mm`, `line_width_mm`, `sigmas` by name."""

class MerestoneError(Exception):
    """The base of all errors; `str()` has the hint on its last line."""

    kind: str | None
    """The kind of error as a word, the same in every version: `out-of-range`, `unknown-id`, `no-crs`."""
    hint: str | None
    """What to do."""
    path: str | None
    """The input."""
    feature: str | None
    """Id of the feature, else its number."""
    feature_index: int | None
    """Number of the feature in its input, from 0."""
    position: tuple[float, float] | None
    """The position, as the input has it: east, north."""
    pointer: str | None
    """JSON pointer (RFC 6901) to the fault."""

class InputError(MerestoneError):
    """An input cannot be read or cannot serve the question."""

class CrsError(InputError):
    """The reference system of an input is unknown or wrong."""

class GeometryError(InputError):
    """A geometry is invalid or of the wrong type."""

class NotFoundError(InputError):
    """There is nothing of that name."""

class ArgumentError(MerestoneError):
    """An argument has a value that cannot be used."""

class QuestionError(MerestoneError):
    """The question has no answer for these inputs."""

class PlateError(MerestoneError):
    """A plate cannot be drawn."""

class Layer:
    """Data with the options by which it is read; made by `layer`."""

class Answer:
    """The answer to a question: the report, how it was obtained, and warnings."""

    @property
    def command(self) -> str: ...
    @property
    def report(self) -> Any:
        """The results, as in the program's JSON."""
    @property
    def provenance(self) -> dict[str, Any]:
        """How the results were obtained: the method, the inputs with their hashes, the version."""
    @property
    def warnings(self) -> list[dict[str, Any]]:
        """The warnings: code, message, feature."""
    @property
    def __geo_interface__(self) -> dict[str, Any]: ...
    def to_dict(self) -> dict[str, Any]:
        """The whole answer, as the program prints it with `--format json`."""
    def to_json(self) -> str:
        """The same as text, byte for byte."""
    def to_geojson(self) -> dict[str, Any]:
        """The answer's geometries with its fields as properties (RFC 7946)."""
    def to_csv(self) -> str:
        """The first list of the answer, numbers not rounded."""
    def to_markdown(self) -> str:
        """The answer as tables in Markdown."""
    def to_geodataframe(self) -> geopandas.GeoDataFrame:
        """The answer's geometries as a GeoDataFrame in WGS 84; needs geopandas."""
    def chart(self, *, lang: str = "en") -> Plate:
        """The chart of an answer of `compare` (offsets), `status` (lengths) or `corridor` (strips)."""
    def save(self, path: str | PathLike[str]) -> None:
        """Writes the answer in the format of the ending: .json, .geojson, .csv, .md; never half-written."""
    def _repr_html_(self) -> str: ...

class Plate:
    """A plate: one map sheet, shown as a picture in a notebook."""

    @property
    def title(self) -> str: ...
    @property
    def scale(self) -> float:
        """The denominator of the scale."""
    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the paper."""
    @property
    def legend(self) -> list[str]: ...
    @property
    def findings(self) -> list[str]:
        """What is doubtful about the plate."""
    def svg(self, *, live_text: bool = False) -> str:
        """The plate as SVG: text as outlines, or as text with embedded fonts."""
    def png(self, *, dpi: float = 200.0) -> bytes: ...
    def pdf(self) -> bytes: ...
    def save(self, path: str | PathLike[str], *, dpi: float = 200.0) -> None:
        """Writes the plate in the format of the ending: .svg, .png, .pdf; never half-written."""
    def _repr_svg_(self) -> str: ...
    def _repr_png_(self) -> bytes: ...

def layer(
    data: Data,
    *,
    name: str | None = None,
    id_field: str | None = None,
    where: str | None = None,
    edges: str | None = None,
    crs: str | None = None,
    axes: str | None = None,
    operation: str | None = None,
    encoding: str | None = None,
    skip_invalid: bool = False,
    as_of: str | None = None,
    view: str | None = None,
    max_gib: int | None = None,
    dataset: str | PathLike[str] | None = None,
    geometry: str | None = None,
) -> Layer:
    """Data with the options by which it is read.

    `name`: what messages and provenance call data that has no path. `id_field`: the property that identifies features.
    `where`: only features that pass, `"admin_level = 8 and name != x"`. `edges`: lonlat, geodesic or rhumb. `crs`: the system
    of the coordinates, `"EPSG:28408"`, whatever the data say. `axes`: xy, or yx for north first. `operation`: the datum
    operation, `"EPSG:5044"` or a file. `as_of`: only what is valid on that day. `view`: only what a party asserts or accepts.
    `dataset`: a folder with dataset.toml, in place of the embedded dataset. `geometry`: the column of well-known binary, of
    Arrow that does not mark its own.
    """

def datasets() -> list[dict[str, str]]:
    """The layers of the embedded dataset."""

def presets() -> list[str]:
    """The names of the preset plates."""

def plate(
    spec: str | PathLike[str] | None = None,
    layers: Mapping[str, Data] | None = None,
    *,
    title: str | None = None,
    lang: Sequence[str] | None = None,
    alternat: str | None = None,
    allow: Sequence[str] | None = None,
) -> Plate:
    """A plate from a preset, a file of TOML or its text; `layers` are data by the ids that it names, or without a
    specification all that it shows."""

def info(data: Data, *, lang: Sequence[str] | None = None) -> Answer:
    """What do the features contain: number, kinds, bounds, length, area, sources?"""

def borders(
    territories: Data | None = None,
    *,
    pair: Pair | None = None,
    tolerance_m: float | None = None,
    by_scale: bool = False,
    lang: Sequence[str] | None = None,
) -> Answer:
    """Which territories touch, along which lines, how long? Default: the layer `states` of the dataset."""

def enclaves(
    territories: Data | None = None,
    *,
    routes: Data | None = None,
    kind: Sequence[str] | None = None,
    band: Band | None = None,
    lang: Sequence[str] | None = None,
) -> Answer:
    """Which parts are enclaves, exclaves or counter-enclaves, in whom, how large? Default: the layer `states`."""

def routes(
    routes: Data,
    territories: Data | None = None,
    *,
    through: Sequence[str] | None = None,
    accuracy_m: float | None = None,
    band: Band | None = None,
) -> Answer:
    """How long is a route, in which territory, and where does it cross? Routes of the dataset are asked against its states."""

def compare(
    a: Data,
    b: Data,
    *,
    tolerance_m: float | None = None,
    within_m: float | None = None,
    pair: Pair | None = None,
    rings: bool = False,
) -> Answer:
    """How far are two versions of a line apart, where, and where are they the same?"""

def diff(before: Data, after: Data, *, tolerance_m: float = 0.0, lang: Sequence[str] | None = None) -> Answer:
    """What differs between two editions, feature by feature?"""

def ledger(
    before: Data,
    after: Data,
    *,
    places: Data | None = None,
    routes: Data | None = None,
    sliver_width_m: float | None = None,
    lang: Sequence[str] | None = None,
) -> Answer:
    """What land passes from whom to whom, between two editions or under a proposal?"""

def severance(
    subject: Data,
    *,
    places: Data | None = None,
    routes: Data | None = None,
    features: Data | None = None,
    territories: Data | None = None,
    near_m: float = 1000.0,
    reach_m: float = 2000.0,
    surroundings_m: float = 2000.0,
    band: Band | None = None,
    lang: Sequence[str] | None = None,
) -> Answer:
    """What does a line, or a proposal, cut off? Around a line of the dataset lie its places, routes and states."""

def trace(
    network: Data,
    via: Sequence[tuple[float, float] | Data],
    territories: Data | None = None,
    *,
    mode: str = "road",
    weight: str = "length",
    avoid: Sequence[str] | None = None,
    prefer: Sequence[str] | None = None,
    within_m: float | None = None,
    snap_m: float | None = None,
    bridge_m: float | None = None,
    accuracy_m: float | None = None,
    id: str = "trace",
) -> Answer:
    """What is the shortest (`weight="length"`) or fastest (`"time"`) route along a network of roads or railways?"""

def corridor(
    routes: Data,
    territories: Data | None = None,
    *,
    places: Data | None = None,
    relief: str | None = None,
    rank: str = "length",
    descending: bool = False,
    step_m: float = 1000.0,
    settlements_m: float = 5000.0,
    near_m: float = 1000.0,
    shared_m: float = 50.0,
    accuracy_m: float | None = None,
    lang: Sequence[str] | None = None,
) -> Answer:
    """How do alternative routes compare: whose land, which crossings, how steep, whom do they pass?"""

def decide(
    features: Data,
    *,
    territories: Data | None = None,
    line: Data | None = None,
    left: str | None = None,
    right: str | None = None,
    accuracy_m: float | None = None,
    scale: int | None = None,
    map_accuracy_mm: float | None = None,
    line_width_mm: float | None = None,
    sigmas: float = 1.0,
    lang: Sequence[str] | None = None,
) -> Answer:
    """Is a feature certainly inside a territory, or does the accuracy not tell?"""

def evidence(
    lines: Data | None = None,
    *,
    shared: Data | None = None,
    between: Pair | None = None,
    map_field: Sequence[str] | None = None,
) -> Answer:
    """What do lines rest on: length by source, status, accuracy and date? Default: the layer `lines`."""

def status(lines: Data, log: Table, *, initial: str | None = None, snap_m: float = 1000.0) -> Answer:
    """How long are lines by status, meeting by meeting?"""

def marks(
    lines: Data,
    *,
    roads: Data | None = None,
    rivers: Data | None = None,
    junctions: Data | None = None,
    existing: Data | None = None,
    measured: Data | None = None,
    relief: str | None = None,
    turn_deg: float | None = None,
    max_spacing_m: float | None = None,
    numbering: str = "plain",
    within_m: float | None = None,
    river_within_m: float | None = None,
    setback_m: float | None = None,
) -> Answer:
    """Where do boundary marks stand, and what are they called?"""

def sheets(data: Data, *, scale: int = 100000, letters: str = "cyrillic", operation: str | None = None) -> Answer:
    """Which map sheets do features touch?"""

def check(
    data: Data,
    *,
    coverage: str = "auto",
    accuracy_m: float | None = None,
    role: str | None = None,
    listed: int | None = None,
    reference: Data | None = None,
    no_reference: bool = False,
) -> Answer:
    """What is wrong with files: syntax, geometry, coverage, axes?"""

def convert(
    data: Data,
    path: str | PathLike[str],
    *,
    to: str | None = None,
    layer: str | None = None,
    only: str | None = None,
    lang: Sequence[str] | None = None,
    keep_vertices: bool = False,
) -> Answer:
    """Writes data in another format or reference system; the answer says by which operation, and what was lost."""

def catalogue(
    line: Data,
    *,
    positions: str | None = None,
    dms_decimals: int | None = None,
    operation: str | None = None,
) -> Answer:
    """The turning points of a line as a table."""

def catalogue_of_table(
    table: Table,
    *,
    positions: str | None = None,
    operation: str | None = None,
    id: str | None = None,
) -> Answer:
    """A table of turning points read back into a line."""

def describe(
    lines: Data,
    *,
    left: str | Mapping[str, str] | None = None,
    right: str | Mapping[str, str] | None = None,
    territories: Data | None = None,
    rivers: Data | None = None,
    roads: Data | None = None,
    ridges: Data | None = None,
    places: Data | None = None,
    parcels: Data | None = None,
    marks: Data | None = None,
    simplify_m: float | None = None,
    winds: int = 16,
    unit: str = "km",
    decimals: int | None = None,
    scale: int | None = None,
    ties: int = 3,
    first_number: int = 1,
    precedence: Sequence[str] | None = None,
    title: str | None = None,
    lang: Sequence[str] | None = None,
) -> Answer:
    """The text of a line, leg by leg; `winds` is 8, 16, or 0 for degrees. Around a line of the dataset lie its layers."""

def parse(text: Text | Sequence[Text], *, language: str | None = None, winds: int | None = None) -> Answer:
    """What does the text of a description say, clause by clause?"""

def audit(
    text: Text | Sequence[Text],
    *,
    line: Data | None = None,
    catalogue: Table | None = None,
    places: Data | None = None,
    rivers: Data | None = None,
    left: str | None = None,
    right: str | None = None,
    accuracy_m: float | None = None,
    generalisation: float | None = None,
    repair: bool = False,
    language: str | None = None,
    winds: int | None = None,
) -> Answer:
    """Where does a text contradict the line, its catalogue, and what lies around it?"""

def resolve(
    precedence: Sequence[str],
    *,
    text: Text | Sequence[Text] | None = None,
    coordinates: Table | None = None,
    map: Data | None = None,
    marks: Data | None = None,
    language: str | None = None,
    operation: str | None = None,
) -> Answer:
    """Which of text, coordinates, map and marks prevails, point by point?"""

def verify(
    bundle: str | PathLike[str],
    *,
    signatures: Sequence[str | PathLike[str]] | None = None,
    signers: str | PathLike[str] | None = None,
    at: str | None = None,
    signed_by: Sequence[str] | None = None,
) -> Answer:
    """What is in a bundle, is it as sealed, and whose signatures hold? `signers` is a file of allowed signers of OpenSSH."""
