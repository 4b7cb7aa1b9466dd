//! A real file with so many times its vertices: `scaled FACTOR IN.geojson OUT.geojson`.
//!
//! Above 1, each edge is cut into FACTOR pieces at positions that do not depend on its sense, so that neighbours still
//! share them. Below 1, a vertex stays if the hash of its position says so, which thins both sides of a shared edge alike;
//! rings that fall below four positions go. Prints the number of vertices written.

use std::io::Write;

type Position = [f64; 2];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [factor, input, output] = arguments.as_slice() else { return Err("give FACTOR IN.geojson OUT.geojson".into()) };
    let factor: f64 = factor.parse()?;
    let text = std::fs::read_to_string(input)?;
    let mut out = std::io::BufWriter::with_capacity(1 << 20, std::fs::File::create(output)?);
    write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    let mut written = 0;
    let collection: geojson::FeatureCollection = text.parse()?;
    let mut first = true;
    for feature in collection.features {
        let Some(geometry) = feature.geometry else { continue };
        let shape = geo::Geometry::<f64>::try_from(geometry)?;
        let polygons = match shape {
            geo::Geometry::Polygon(polygon) => vec![polygon],
            geo::Geometry::MultiPolygon(polygons) => polygons.0,
            _ => continue,
        };
        let scaled: Vec<Vec<Vec<Position>>> = polygons.iter().filter_map(|polygon| rings(polygon, factor)).collect();
        if scaled.is_empty() {
            continue;
        }
        written += scaled.iter().flatten().map(Vec::len).sum::<usize>();
        let comma = if std::mem::take(&mut first) { "" } else { "," };
        let properties = serde_json::to_string(&feature.properties.unwrap_or_default())?;
        write!(out, "{comma}\n{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":")?;
        write!(out, "{{\"type\":\"MultiPolygon\",\"coordinates\":")?;
        serde_json::to_writer(&mut out, &scaled)?;
        write!(out, "}}}}")?;
    }
    writeln!(out, "\n]}}")?;
    out.flush()?;
    println!("{written}");
    Ok(())
}

/// The rings of a polygon, if its shell stays.
fn rings(polygon: &geo::Polygon, factor: f64) -> Option<Vec<Vec<Position>>> {
    let shell = ring(polygon.exterior(), factor)?;
    let holes = polygon.interiors().iter().filter_map(|hole| ring(hole, factor));
    Some(std::iter::once(shell).chain(holes).collect())
}

fn ring(ring: &geo::LineString, factor: f64) -> Option<Vec<Position>> {
    let positions: Vec<Position> = ring.0.iter().map(|p| [p.x, p.y]).collect();
    if factor < 1.0 {
        let mut kept: Vec<Position> = positions[1..].iter().copied().filter(|p| stays(*p, factor)).collect();
        kept.insert(0, *kept.last()?);
        return (kept.len() >= 4).then_some(kept);
    }
    let mut dense = Vec::with_capacity(positions.len() * factor as usize);
    for edge in positions.windows(2) {
        dense.push(edge[0]);
        let (low, high) = if edge[0] <= edge[1] { (edge[0], edge[1]) } else { (edge[1], edge[0]) };
        let cuts = factor as usize;
        for cut in 1..cuts {
            let cut = if edge[0] == low { cut } else { cuts - cut };
            let share = cut as f64 / cuts as f64;
            let at = |axis: usize| ((low[axis] + (high[axis] - low[axis]) * share) * 1e9).round() / 1e9;
            dense.push([at(0), at(1)]);
        }
    }
    dense.push(positions[positions.len() - 1]);
    Some(dense)
}

/// Whether a vertex stays: a hash of its bits (splitmix64) as a share of all hashes.
fn stays(position: Position, share: f64) -> bool {
    let mut hash = position[0].to_bits() ^ position[1].to_bits().rotate_left(32);
    for multiplier in [0xbf58_476d_1ce4_e5b9_u64, 0x94d0_49bb_1331_11eb] {
        hash = (hash ^ (hash >> 30)).wrapping_mul(multiplier);
    }
    ((hash ^ (hash >> 31)) as f64) < share * u64::MAX as f64
}
