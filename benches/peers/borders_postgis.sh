#!/bin/sh
# Every adjacent pair with the ellipsoidal length of its shared border, by PostGIS: borders_postgis.sh CONNECTION FILE
set -eu
export OGR_GEOJSON_MAX_OBJ_SIZE=0 PG_USE_COPY=YES
psql "$1" -qc "drop table if exists countries" 2>/dev/null
ogr2ogr -q -f PostgreSQL "PG:$1" "$2" -nln countries -nlt MULTIPOLYGON -makevalid -lco GEOMETRY_NAME=shape
psql "$1" -qAtc "
    select a.a3, b.a3, ST_LengthSpheroid(ST_Intersection(ST_Boundary(a.shape), ST_Boundary(b.shape)),
           'SPHEROID[\"WGS 84\",6378137,298.257223563]')
    from countries a join countries b on a.a3 < b.a3 and a.shape && b.shape and ST_Intersects(a.shape, b.shape)"
