//! Provenance of lines.

use super::{lines, select};
use merestone::model::{Content, Line};
use merestone::question::{FieldMap, SourceClass, evidence};
use std::collections::HashSet;

#[test]
fn the_border_in_openstreetmap_by_source() {
    let Some(folder) = crate::support::shared::shared("osm").filter(|_| cfg!(feature = "gdal")) else { return };
    let read = |id: &str| select::<Line>(&folder.join(format!("{id}.osm.gz")).display().to_string());
    let theirs: HashSet<String> = read("364110").into_iter().map(|l| l.meta.id).collect();
    let mut ours = read("364066");
    ours.retain(|line| theirs.contains(&line.meta.id));
    assert_eq!(ours.len(), 80);
    let report = evidence(&[Content::Lines(ours)], &FieldMap::default()).report;
    let km = |source: Option<&str>| {
        report.rows.iter().filter(|r| r.source.as_deref() == source).map(|r| r.length_m / 1000.0).sum::<f64>()
    };
    for (source, length_km) in [(Some("LSIB3"), 878.585), (Some("Topographic map 1:50 000"), 32.016), (None, 18.484)] {
        assert!((km(source) - length_km).abs() < 0.01, "{source:?}: {}", km(source));
    }
    assert!((report.length_m / 1000.0 - 929.085).abs() < 0.01);
    assert_eq!(report.without_source.len(), 5);
    let flagged = |flag: &str| report.flagged.iter().filter(|f| f.flag == flag).count();
    assert_eq!((flagged("disputed"), flagged("fixme")), (1, 25));
    assert_eq!(report.agreed_share, 0.0);
}

#[test]
fn every_tag_and_every_way_is_read() {
    let Some(folder) = crate::support::shared::shared("osm").filter(|_| cfg!(feature = "gdal")) else { return };
    let all = select::<Line>(&folder.join("364066.osm.gz").display().to_string());
    assert_eq!(all.len(), 169);
    assert!(all.iter().any(|line| line.meta.properties.contains_key("left:country")));
    let imagery = all.iter().filter(|l| SourceClass::of(l.meta.evidence.source.as_deref()) == SourceClass::Imagery);
    assert_eq!(imagery.count(), 22);
}

#[test]
fn the_embedded_lines_state_their_sources() {
    let report = evidence(&[Content::Lines(lines("lines"))], &FieldMap::default()).report;
    assert!(report.without_source.is_empty());
    assert!((report.rows.iter().map(|row| row.share).sum::<f64>() - 1.0).abs() < 1e-9);
    // The stretches delimited in 2024.
    assert!((report.agreed_m / 1000.0 - 12.3).abs() < 0.5, "{}", report.agreed_m);
}
