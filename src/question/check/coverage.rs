//! Gaps and overlaps between the territories of a layer or of several files.

use super::{CheckOptions, CoverageOf, DEFAULT_ACCURACY_M};
use crate::earth::{line_length_m, polygon_area_m2};
use crate::io::Scan;
use crate::model::{
    EdgeTree, Finding, FindingCode as Code, FindingGeometry, Location, Measure, Memo, Role, Severity, Territory,
    Warning, WarningCode, interior_point,
};
use crate::topology::{
    BoxIndex, Coverage, CoverageGraph, MOST_NAMED, NearRun, Region, clean, undisputed_near_runs, unwrap_longitudes,
    widest_place, wrapped, wrapped_land, wrapped_lines,
};
use geo::{BoundingRect, Polygon};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Regions smaller than this, in m², are rounding errors.
const LEAST_M2: f64 = 0.01;

/// A territory and its file.
struct Held<'a> {
    file: &'a str,
    territory: Territory,
    /// Whether its outlines cross themselves.
    is_crossed: bool,
}

/// Returns every gap and overlap, and every border whose sides coincide only to within the accuracy.
pub(super) fn check<'a>(
    scans: impl Iterator<Item = &'a mut Scan>,
    options: &CheckOptions,
) -> (Vec<Finding>, Vec<Warning>) {
    if options.coverage == CoverageOf::Nothing {
        return (Vec::new(), Vec::new());
    }
    let (mut groups, mut warnings): (Vec<Vec<Held<'_>>>, Vec<Warning>) = (Vec::new(), Vec::new());
    // Lakes do not form a coverage.
    let is_water = |scan: &&mut Scan| scan.info.as_ref().is_some_and(|info| info.role == Role::Water);
    for scan in scans.filter(|scan| !is_water(scan)) {
        let edges = scan.info.as_ref().map_or(options.edges, |info| info.edges);
        let territories = scan.take_territories(edges);
        let scan = &*scan;
        let file = scan.input.path.as_str();
        let held = territories.into_iter().map(|(territory, is_crossed)| Held { file, territory, is_crossed });
        let held: Vec<Held<'_>> = held.collect();
        let joins = match options.coverage {
            CoverageOf::All => groups.first_mut(),
            CoverageOf::Auto => groups.iter_mut().find(|group| !same_land(group, &held)),
            _ => None,
        };
        match joins {
            Some(group) => group.extend(held),
            None => {
                if options.coverage == CoverageOf::Auto && !held.is_empty() && !groups.is_empty() {
                    warnings.push(apart(&scan.input.path));
                }
                groups.push(held);
            }
        }
    }
    let findings = groups.into_iter().flat_map(levels).flat_map(|level| one(level, options)).collect();
    (findings, warnings)
}

fn apart(file: &str) -> Warning {
    let message = format!("{file} covers the same land as another file: their coverage is checked apart");
    Warning { code: WarningCode::SeparateCoverages, message, feature: None }
}

/// Whether two sets of territories overlap by more than half: then they are two versions of the same land, not one
/// coverage.
fn same_land(group: &[Held<'_>], held: &[Held<'_>]) -> bool {
    let parts =
        |list: &[Held<'_>]| -> Vec<_> { list.iter().flat_map(|held| held.territory.parts().to_vec()).collect() };
    let (ours, theirs) = (parts(group), parts(held));
    lies_over(&theirs, &ours) || lies_over(&ours, &theirs)
}

/// Whether others cover more than half of the land of polygons; each polygon counts as a whole, by an interior point.
fn lies_over(these: &[Polygon], others: &[Polygon]) -> bool {
    let bounds = |part: &Polygon| part.bounding_rect().map(|b| (b.min(), b.max()));
    let index = BoxIndex::new(others.iter().enumerate().filter_map(|(i, part)| Some((bounds(part)?, i as u32))));
    let trees: Vec<Memo<EdgeTree<'_>>> = Memo::several(others.len());
    let tree = |i: u32| trees[i as usize].get(|| EdgeTree::of(&others[i as usize]));
    let look = |part: &Polygon| {
        let area_m2 = polygon_area_m2(part);
        let is_inside = |(m, _)| index.around(m).any(|i| tree(i).locate(m) == Location::Inside);
        (area_m2, if interior_point(part).is_some_and(is_inside) { area_m2 } else { 0.0 })
    };
    let looked: Vec<(f64, f64)> = these.par_iter().map(look).collect();
    let (all, inside) = looked.into_iter().fold((0.0, 0.0), |sum, (all, inside)| (sum.0 + all, sum.1 + inside));
    inside > 0.5 * all
}

/// Splits off units of a territory of the same layer: they cover its land again and form a level of their own.
fn levels(group: Vec<Held<'_>>) -> Vec<Vec<Held<'_>>> {
    let ids: std::collections::BTreeSet<String> = group.iter().map(|held| held.territory.meta.id.clone()).collect();
    let mut levels: BTreeMap<Option<String>, Vec<Held<'_>>> = BTreeMap::new();
    for held in group {
        let meta = &held.territory.meta;
        let parent = meta.parent.clone().filter(|parent| ids.contains(parent) && *parent != meta.id);
        levels.entry(parent).or_default().push(held);
    }
    levels.into_values().filter(|level| level.len() > 1).collect()
}

fn one(mut level: Vec<Held<'_>>, options: &CheckOptions) -> Vec<Finding> {
    // Sorted, so that findings do not depend on the order in the files.
    level.sort_by(|a, b| (&a.territory.meta.id, a.file).cmp(&(&b.territory.meta.id, b.file)));
    let stated = level.iter().filter_map(|held| held.territory.meta.evidence.position_accuracy_m).reduce(f64::max);
    let accuracy_m = options.accuracy_m.or(stated).unwrap_or(DEFAULT_ACCURACY_M);
    let (files, crossed): (Vec<&str>, Vec<bool>) = level.iter().map(|held| (held.file, held.is_crossed)).unzip();
    let level: Vec<Territory> = level.into_iter().map(|held| held.territory).collect();
    let mut territories = clean(&level).territories;
    unwrap_longitudes(&mut territories, accuracy_m);
    let graph = CoverageGraph::new(&territories);
    let regions = Coverage::new(&territories, &graph, &crossed).regions();
    let about = About { files, territories: &territories, graph: &graph, accuracy_m };
    let mut findings: Vec<Finding> = regions.into_par_iter().filter_map(|region| about.region(region)).collect();
    findings.extend(about.near(undisputed_near_runs(&graph, accuracy_m)));
    findings
}

struct About<'a> {
    files: Vec<&'a str>,
    territories: &'a [Cow<'a, Territory>],
    graph: &'a CoverageGraph,
    accuracy_m: f64,
}

impl About<'_> {
    fn id(&self, territory: usize) -> &str {
        &self.territories[territory].meta.id
    }

    /// The names of the listed territories, and how many of `count` are not listed.
    fn names(&self, territories: &[usize], count: usize) -> String {
        let named = &territories[..territories.len().min(MOST_NAMED)];
        let names = named.iter().map(|t| self.id(*t)).collect::<Vec<_>>().join(", ");
        match count - named.len() {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }

    fn region(&self, region: Region) -> Option<Finding> {
        let area_m2 = polygon_area_m2(&region.land);
        if area_m2 < LEAST_M2 {
            return None;
        }
        let (width_m, centre) = widest_place(&region.land, 0.01);
        let mut ids: Vec<usize> = region.territories.clone();
        let size = size(area_m2, width_m);
        let accuracy_m = self.accuracy_m;
        let of = if region.depth == 0 { "gap" } else { "overlap" };
        let uncut = region.uncut.map(|part| &self.graph.parts[part]).filter(|_| ids.len() == 2);
        let (severity, code, message) = if let Some(part) = uncut {
            ids.sort_by_key(|t| *t != part.territory);
            let (owner, host) = (self.id(ids[0]), self.id(ids[1]));
            let message = format!(
                "part {} of {owner} ({size}) lies inside {host}, which has no hole for it: both hold the land",
                part.number
            );
            (Severity::Error, Code::EnclaveNotCut, message)
        } else {
            let all = self.names(&ids, region.depth.max(ids.len()));
            let what = if region.depth == 0 { "none holds the land between" } else { "the same land is held by" };
            let (code, note) = match (width_m < accuracy_m, region.depth) {
                (true, _) => (Code::Sliver, format!(", narrower than the accuracy of {accuracy_m} m")),
                (_, 0) => (Code::Gap, String::new()),
                _ => (Code::Overlap, String::new()),
            };
            (Severity::Warning, code, format!("{of}: {what} {all} ({size}{note})"))
        };
        let measure = Measure {
            area_m2: Some(area_m2),
            width_m: Some(width_m),
            of: (code == Code::Sliver).then_some(of),
            ..Measure::default()
        };
        let file = self.files[*ids.first()?];
        let mut finding =
            Finding::new(file, severity, code, message).of(self.id(ids[0])).on(wrapped(centre)).measured(measure);
        if let Some(other) = ids.get(1) {
            finding = finding.and(self.id(*other));
        }
        Some(finding.drawn(FindingGeometry::Land(wrapped_land(&[region.land]))))
    }

    /// Borders whose sides do not coincide, one finding per pair of territories; the length is the mean of both sides.
    fn near(&self, runs: BTreeMap<(u32, u32), NearRun>) -> Vec<Finding> {
        let mut pairs: BTreeMap<[usize; 2], [Vec<Vec<geo::Coord>>; 2]> = BTreeMap::new();
        for ((a, b), run) in runs {
            let [a, b] = [a, b].map(|part| self.graph.parts[part as usize].territory);
            // Outlines near a crossing, a common position or the end of a shared line are within the accuracy of each
            // other anyway.
            let lines = run.lines.into_iter().zip(run.beside_m).filter(|(line, beside_m)| {
                let length_m = line_length_m(line);
                length_m > 2.0 * self.accuracy_m && *beside_m > 0.5 * length_m
            });
            let sides = pairs.entry([a.min(b), a.max(b)]).or_default();
            sides[usize::from(a > b)].extend(lines.map(|(line, _)| line));
        }
        let mut out = Vec::new();
        for ([a, b], sides) in pairs.into_iter().filter(|(_, sides)| sides.iter().any(|side| !side.is_empty())) {
            let found = sides.iter().filter(|side| !side.is_empty()).count();
            let length_m = sides.iter().flatten().map(|line| line_length_m(line)).sum::<f64>() / found as f64;
            let (ia, ib, accuracy_m) = (self.id(a), self.id(b), self.accuracy_m);
            let message = format!(
                "{:.3} km of the border of {ia} and {ib} match only within {accuracy_m} m: their sides do not coincide",
                length_m / 1000.0
            );
            let count = sides[0].len().max(sides[1].len());
            let lines = wrapped_lines(sides.concat());
            let measure = Measure { length_m: Some(length_m), count: Some(count), ..Measure::default() };
            let finding = Finding::warning(self.files[a], Code::NotCoincident, message).of(ia).and(ib);
            out.push(finding.on(lines[0][0]).measured(measure).drawn(FindingGeometry::Lines(lines)));
        }
        out
    }
}

fn size(area_m2: f64, width_m: f64) -> String {
    let area = if area_m2 >= 1e4 { format!("{:.4} km²", area_m2 / 1e6) } else { format!("{area_m2:.1} m²") };
    let width = if width_m >= 1e4 { format!("{:.1} km", width_m / 1000.0) } else { format!("{width_m:.1} m") };
    format!("{area}, at most {width} wide")
}
