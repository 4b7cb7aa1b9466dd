//! Scales the number of vertices of a real file: `scaled FACTOR IN.geojson OUT.geojson`.
//!
//! A factor above 1 divides each edge into FACTOR pieces at positions independent of its direction, so neighbours still
//! share them. A factor below 1 keeps whole features, in file order, up to that share of the vertices, because thinned
//! rings would cross. Prints the number of vertices written.

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
    let mut features = Vec::new();
    for feature in collection.features {
        let Some(geometry) = feature.geometry else { continue };
        let polygons = match geo::Geometry::<f64>::try_from(geometry)? {
            geo::Geometry::Polygon(polygon) => vec![polygon],
            geo::Geometry::MultiPolygon(polygons) => polygons.0,
            _ => continue,
        };
        features.push((feature.properties.unwrap_or_default(), polygons));
    }
    let all: usize = features.iter().map(|(_, polygons)| vertices(polygons)).sum();
    let most = (all as f64 * factor.min(1.0)) as usize;
    let (mut taken, mut first) = (0, true);
    for (properties, polygons) in features {
        let count = vertices(&polygons);
        if taken + count > most {
            continue;
        }
        taken += count;
        let scaled: Vec<Vec<Vec<Position>>> = polygons.iter().map(|polygon| rings(polygon, factor)).collect();
        written += scaled.iter().flatten().map(Vec::len).sum::<usize>();
        let comma = if std::mem::take(&mut first) { "" } else { "," };
        let properties = serde_json::to_string(&properties)?;
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

fn vertices(polygons: &[geo::Polygon]) -> usize {
    use geo::CoordsIter;
    polygons.iter().map(CoordsIter::coords_count).sum()
}

fn rings(polygon: &geo::Polygon, factor: f64) -> Vec<Vec<Position>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|line| ring(line, factor)).collect()
}

fn ring(ring: &geo::LineString, factor: f64) -> Vec<Position> {
    let positions: Vec<Position> = ring.0.iter().map(|p| [p.x, p.y]).collect();
    if factor < 1.0 {
        return positions;
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
    dense
}
