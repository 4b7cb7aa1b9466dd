"""Installs the peers and the real input files into target/peers."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "target" / "peers"
NPM = TARGET / "npm" / "node_modules"
PYTHON = TARGET / "python" / "bin" / "python"
CARTOPY = TARGET / "cartopy" / "bin" / "python"
MAPSHAPER = NPM / ".bin" / "mapshaper"
NPM_PACKAGES = [
    "mapshaper@0.7.70",
    "geolibre-wasm@1.4.0",
    "@geo-maps/countries-coastline-10m@0.6.0",
    "@geo-maps/countries-coastline-100m@0.6.0",
    "@geo-maps/countries-land-100m@0.6.0",
]
PYTHON_PACKAGES = ["geopandas", "shapely", "pyproj"]
PLATE_PACKAGES = ["matplotlib", "cartopy"]
DEBIAN_PACKAGES = ["gdal-bin", "postgresql", "postgis", "postgresql-15-postgis-3", "gmt", "ghostscript"]

WORLD = NPM / "@geo-maps" / "countries-coastline-10m" / "map.geo.json"
WORLD_100M = NPM / "@geo-maps" / "countries-coastline-100m" / "map.geo.json"
LAND = NPM / "@geo-maps" / "countries-land-100m" / "map.geo.json"
ROUTES = TARGET / "routes.geojson"


def run(*command, **options):
    subprocess.run([str(word) for word in command], check=True, **options)


def install():
    """Installs every missing peer."""
    TARGET.mkdir(parents=True, exist_ok=True)
    if not all(shutil.which(name) for name in ("ogrinfo", "gmt", "gs")) or not pg_bin():
        if shutil.which("apt-get") is None:
            sys.exit(f"error: install {', '.join(DEBIAN_PACKAGES)} or their like, then run again")
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        run(*sudo, "apt-get", "update", "-qq")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(*sudo, "apt-get", "install", "-y", "-qq", *DEBIAN_PACKAGES, env=quiet, stdout=subprocess.DEVNULL)
    wanted = "\n".join(NPM_PACKAGES)
    stamp = TARGET / "npm" / "installed.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        stamp.parent.mkdir(exist_ok=True)
        (stamp.parent / "package.json").write_text('{"private": true}\n')
        # Without install scripts: nothing is compiled or downloaded beyond the packages.
        run("npm", "install", "--ignore-scripts", "--silent", "--no-audit", "--no-fund", *NPM_PACKAGES, cwd=stamp.parent)
        stamp.write_text(wanted)
    for python, packages in ((PYTHON, PYTHON_PACKAGES), (CARTOPY, PLATE_PACKAGES)):
        if not python.exists():
            run(sys.executable, "-m", "venv", python.parent.parent)
            run(python, "-m", "pip", "install", "--quiet", *packages)


def inputs():
    """Generates the routes of P2."""
    if not ROUTES.exists():
        run(PYTHON, Path(__file__).parent / "inputs" / "routes.py", WORLD, ROUTES)


def pg_bin():
    """The folder of PostgreSQL's programs, or None."""
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@contextlib.contextmanager
def postgis():
    """A private PostgreSQL server on a socket in target/peers (no port), stopped on exit; yields its
    connection string, or None if it does not start."""
    folder = TARGET / "postgis"
    binaries = pg_bin()
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if binaries is None:
        yield None
        return
    socket = Path("/tmp") / f"merestone-bench-{os.getpid()}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        for path in (folder, socket):
            path.mkdir(parents=True)
            if as_user:
                shutil.chown(path, "postgres")
        # The server's user needs access to its folder.
        data = folder / "data" if not as_user else socket / "data"
        run(*as_user, binaries / "initdb", "-D", data, "-A", "trust", "-U", "bench", stdout=subprocess.DEVNULL)
        options = f"-c listen_addresses='' -c unix_socket_directories={socket} -c shared_buffers=1GB -c fsync=off"
        run(*as_user, binaries / "pg_ctl", "-D", data, "-w", "-o", options, "start", stdout=subprocess.DEVNULL)
    except subprocess.CalledProcessError as error:
        print(f"PostGIS did not start: {error}", file=sys.stderr)
        yield None
        return
    try:
        where = f"host={socket} user=bench dbname=postgres"
        run("psql", where, "-qc", "create extension postgis", stdout=subprocess.DEVNULL)
        yield where
    finally:
        run(*as_user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop", stdout=subprocess.DEVNULL)
        shutil.rmtree(socket, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def versions():
    """The versions of the peers, on one line."""
    def said(*command):
        try:
            return subprocess.run([str(w) for w in command], capture_output=True, text=True).stdout.strip().splitlines()[0]
        except (OSError, IndexError):
            return "absent"

    python = said(PYTHON, "-c", "import geopandas, shapely, pyproj; print('GeoPandas', geopandas.__version__, '· Shapely',"
                  " shapely.__version__, '· GEOS', shapely.geos_version_string, '· pyproj', pyproj.__version__)")
    return " · ".join([
        said(ROOT / "target/release/merestone", "--version"), f"mapshaper {said(MAPSHAPER, '--version')}", python,
        said("ogrinfo", "--version").split(",")[0], said("psql", "--version"), f"GMT {said('gmt', '--version')}",
    ])
