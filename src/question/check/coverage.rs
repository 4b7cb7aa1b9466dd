//! Gaps and overlaps between the territories of a layer or of several files.

use super::{CheckOptions, CoverageOf, DEFAULT_ACCURACY_M};
use crate::earth::{line_length_m, polygon_area_m2};
use crate::io::Scan;
use crate::model::{
    Bands, Finding, FindingCode as Code, Measure, Role, Severity, Spot, Territory, Warning, WarningCode, Whereabouts,
};
use crate::topology::{Coverage, Fabric, NearRun, Region, clean, near_runs, widest_place};
use geo::InteriorPoint;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Regions smaller than this, in m², are rounding.
const LEAST_M2: f64 = 0.01;

/// A territory with the file it is from.
type Held<'a> = (&'a str, Territory);

/// Returns every gap and overlap, and every border whose sides match only within the accuracy.
pub(super) fn check<'a>(
    scans: impl Iterator<Item = &'a mut Scan>,
    options: &CheckOptions,
) -> (Vec<Finding>, Vec<Warning>) {
    if options.coverage == CoverageOf::Nothing {
        return (Vec::new(), Vec::new());
    }
    let (mut groups, mut warnings): (Vec<Vec<Held<'_>>>, Vec<Warning>) = (Vec::new(), Vec::new());
    // Lakes beside each other are no coverage.
    let is_water = |scan: &&mut Scan| scan.info.as_ref().is_some_and(|info| info.role == Role::Water);
    for scan in scans.filter(|scan| !is_water(scan)) {
        let edges = scan.info.as_ref().map_or(options.edges, |info| info.edges);
        let territories = scan.take_territories(edges);
        let scan = &*scan;
        let held = territories.into_iter().map(|t| (scan.input.path.as_str(), t)).collect::<Vec<_>>();
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
    let message = format!(
        "{file} covers the same land as another file: their coverage is checked apart (--coverage all: together)"
    );
    Warning { code: WarningCode::Overlap, message, feature: None }
}

/// Whether territories lie over each other by half: then they are two views of the same land, not one coverage.
fn same_land(group: &[Held<'_>], held: &[Held<'_>]) -> bool {
    let parts = |list: &[Held<'_>]| list.iter().flat_map(|(_, t)| t.parts.clone()).collect::<Vec<_>>();
    let (ours, theirs) = (parts(group), parts(held));
    let covered = |these: &[geo::Polygon], others: &[geo::Polygon]| {
        let bands: Vec<Bands> = others
            .iter()
            .map(|p| Bands::new(std::iter::once(p.exterior()).chain(p.interiors()).map(|r| r.0.as_slice())))
            .collect();
        let (mut inside, mut all) = (0.0, 0.0);
        for part in these {
            let area_m2 = polygon_area_m2(part);
            all += area_m2;
            let middle = part.interior_point();
            if middle.is_some_and(|m| bands.iter().any(|b| b.locate(m.0) == Whereabouts::Inside)) {
                inside += area_m2;
            }
        }
        inside > 0.5 * all
    };
    covered(&theirs, &ours) || covered(&ours, &theirs)
}

/// Units of a territory of the same layer cover its land again: they are a level of their own.
fn levels(group: Vec<Held<'_>>) -> Vec<Vec<Held<'_>>> {
    let ids: std::collections::BTreeSet<String> = group.iter().map(|(_, t)| t.meta.id.clone()).collect();
    let mut levels: BTreeMap<Option<String>, Vec<Held<'_>>> = BTreeMap::new();
    for held in group {
        let parent = held.1.meta.parent.clone().filter(|parent| ids.contains(parent) && *parent != held.1.meta.id);
        levels.entry(parent).or_default().push(held);
    }
    levels.into_values().filter(|level| level.len() > 1).collect()
}

fn one(level: Vec<Held<'_>>, options: &CheckOptions) -> Vec<Finding> {
    let stated = level.iter().filter_map(|(_, t)| t.meta.evidence.position_accuracy_m).reduce(f64::max);
    let accuracy_m = options.accuracy_m.or(stated).unwrap_or(DEFAULT_ACCURACY_M);
    let (files, territories): (Vec<&str>, Vec<Territory>) = level.into_iter().unzip();
    let territories = clean(territories).territories;
    let fabric = Fabric::new(&territories);
    let regions = Coverage::new(&territories, &fabric).regions();
    let about = About { files, territories: &territories, fabric: &fabric, accuracy_m };
    let mut findings: Vec<Finding> = regions.into_par_iter().filter_map(|region| about.region(region)).collect();
    findings.extend(about.near(near_runs(&fabric, accuracy_m)));
    findings
}

struct About<'a> {
    files: Vec<&'a str>,
    territories: &'a [Territory],
    fabric: &'a Fabric,
    accuracy_m: f64,
}

impl About<'_> {
    fn id(&self, territory: usize) -> &str {
        &self.territories[territory].meta.id
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
        let uncut = region.uncut.map(|part| &self.fabric.parts[part]).filter(|_| ids.len() == 2);
        let (severity, code, message) = if let Some(part) = uncut {
            ids.sort_by_key(|t| *t != part.territory);
            let (owner, host) = (self.id(ids[0]), self.id(ids[1]));
            let message = format!(
                "part {} of {owner} ({size}) lies inside {host}, which has no hole for it: both hold the land",
                part.number
            );
            (Severity::Error, Code::EnclaveNotCut, message)
        } else {
            let all = ids.iter().map(|t| self.id(*t)).collect::<Vec<_>>().join(", ");
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
        let mut finding = Finding::new(file, severity, code, message).of(self.id(ids[0])).on(centre).measured(measure);
        if let Some(other) = ids.get(1) {
            finding = finding.and(self.id(*other));
        }
        Some(finding.drawn(Spot::Land(region.land)))
    }

    /// Borders whose sides do not coincide, one finding a pair of territories.
    fn near(&self, runs: BTreeMap<(u32, u32), NearRun>) -> Vec<Finding> {
        let mut pairs: BTreeMap<(usize, usize), Vec<Vec<geo::Coord>>> = BTreeMap::new();
        for ((a, b), run) in runs {
            let (a, b) = (self.fabric.parts[a as usize].territory, self.fabric.parts[b as usize].territory);
            if a < b {
                // Where a shared line begins, its two sides run near each other for the tolerance anyway.
                let long = run.lines.into_iter().filter(|line| line_length_m(line) > 2.0 * self.accuracy_m);
                pairs.entry((a, b)).or_default().extend(long);
            }
        }
        let mut out = Vec::new();
        for ((a, b), lines) in pairs.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            let length_m: f64 = lines.iter().map(|line| line_length_m(line)).sum();
            let (ia, ib, accuracy_m) = (self.id(a), self.id(b), self.accuracy_m);
            let message = format!(
                "{:.3} km of the border of {ia} and {ib} match only within {accuracy_m} m: their sides do not coincide",
                length_m / 1000.0
            );
            let measure = Measure { length_m: Some(length_m), count: Some(lines.len()), ..Measure::default() };
            let finding = Finding::warning(self.files[a], Code::NotCoincident, message).of(ia).and(ib);
            out.push(finding.on(lines[0][0]).measured(measure).drawn(Spot::Lines(lines)));
        }
        out
    }
}

fn size(area_m2: f64, width_m: f64) -> String {
    let area = if area_m2 >= 1e4 { format!("{:.4} km²", area_m2 / 1e6) } else { format!("{area_m2:.1} m²") };
    let width = if width_m >= 1e4 { format!("{:.1} km", width_m / 1000.0) } else { format!("{width_m:.1} m") };
    format!("{area}, at most {width} wide")
}
