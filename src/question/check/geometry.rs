//! Validates the geometry of a feature.

use super::crossing::{Met, crossings};
use super::nesting::nesting;
use crate::io::{Form, ScanFeature};
use crate::model::{DisjointSets, Finding, FindingCode as Code, Measure, Severity, encloses_nothing};
use geo::Coord;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Findings of one kind in one feature that are listed individually.
const TOLD: usize = 100;

/// A ring without repeated positions, with its location in the file.
pub(super) struct Ring<'a> {
    /// Index of its polygon in the feature.
    pub polygon: usize,
    /// Index of the ring in the polygon; 0 is the shell.
    pub number: usize,
    /// JSON pointer to it.
    pub pointer: String,
    /// The closed line.
    pub line: Cow<'a, [Coord]>,
    /// Whether the polygon's interior is on its left.
    pub forward: bool,
}

/// Findings on one feature.
pub(super) struct Notes<'a> {
    file: &'a str,
    feature: &'a ScanFeature,
    findings: Vec<Finding>,
    counts: BTreeMap<Code, (usize, usize)>,
}

impl Notes<'_> {
    pub fn note(&mut self, severity: Severity, code: Code, pointer: &str, at: Coord, message: String) {
        let count = self.counts.entry(code).or_insert((0, 0));
        count.0 += 1;
        if count.0 > TOLD {
            return;
        }
        count.1 = self.findings.len();
        let finding = Finding::new(self.file, severity, code, message).of(&self.feature.label).on(at);
        self.findings.push(if pointer.is_empty() { finding } else { finding.at(pointer) });
    }

    fn finish(mut self) -> Vec<Finding> {
        for (count, last) in self.counts.into_values().filter(|(count, _)| *count > TOLD) {
            self.findings[last].message.push_str(&format!(" ({} more in this feature)", count - TOLD));
            self.findings[last].measure = Some(Measure { count: Some(count), ..Measure::default() });
        }
        self.findings
    }
}

/// Returns the findings on the geometry of a feature.
pub(super) fn check(file: &str, feature: &ScanFeature) -> Vec<Finding> {
    let mut notes = Notes { file, feature, findings: Vec::new(), counts: BTreeMap::new() };
    let mut repeated: Option<(String, Coord, usize)> = None;
    let mut rings = Vec::new();
    let mut polygon = 0;
    for shape in &feature.shapes {
        match &shape.form {
            Form::Point(_) => {}
            Form::Line(line) => drop(without_repeats(line, &shape.pointer, &mut repeated)),
            Form::Polygon(lines) => {
                for (number, line) in lines.iter().enumerate() {
                    let pointer =
                        if shape.pointer.is_empty() { String::new() } else { format!("{}/{number}", shape.pointer) };
                    let line = without_repeats(line, &pointer, &mut repeated);
                    if line.len() < 4 || is_flat(&line) {
                        let what = if number == 0 { "shell" } else { "hole" };
                        let message = format!("the {what} encloses no land");
                        notes.note(Severity::Warning, Code::ZeroArea, &pointer, line[0], message);
                        continue;
                    }
                    let forward = (doubled_area_deg2(&line) > 0.0) == (number == 0);
                    rings.push(Ring { polygon, number, pointer, line, forward });
                }
                polygon += 1;
            }
        }
    }
    let Met { crossing: mut noted, shared, touches } = crossings(&rings, feature.noise_m, &mut notes);
    nesting(&rings, feature.noise_m, &mut noted, &mut notes);
    let whole = |pair: &(usize, usize)| !noted.contains(pair) && !shared.contains_key(pair);
    for (b, at) in cuts(&rings, touches.iter().filter(|((a, b), _)| whole(&(*a.min(b), *a.max(b))))) {
        let message = "rings of the polygon touch so that its land falls apart: it is no single part".into();
        notes.note(Severity::Error, Code::DisconnectedInterior, &rings[b].pointer, at, message);
    }
    for ((a, b), at) in shared.iter().filter(|(pair, _)| !noted.contains(pair)) {
        let (ring, other) = (&rings[*a], &rings[*b]);
        let message = if ring.polygon != other.polygon {
            "two parts share an edge: they are one part"
        } else if ring.number == 0 {
            "a hole shares an edge with its shell: no land lies between them"
        } else {
            "two holes share an edge: no land lies between them, and they are one hole"
        };
        notes.note(Severity::Warning, Code::SharedEdge, &other.pointer, *at, message.into());
    }
    if let Some((pointer, at, count)) = repeated {
        let more = if count > 1 { format!(" ({} more in this feature)", count - 1) } else { String::new() };
        notes.note(
            Severity::Warning,
            Code::RepeatedPoint,
            &pointer,
            at,
            format!("a position comes twice in a row{more}"),
        );
        if let Some(last) = notes.findings.last_mut() {
            last.measure = Some(Measure { count: Some(count), ..Measure::default() });
        }
    }
    notes.finish()
}

/// Removes consecutive duplicate positions; records the first one and the count.
fn without_repeats<'l>(
    line: &'l [Coord],
    pointer: &str,
    repeated: &mut Option<(String, Coord, usize)>,
) -> Cow<'l, [Coord]> {
    let mut sound = true;
    for (i, edge) in line.windows(2).enumerate().filter(|(_, edge)| edge[0] == edge[1]) {
        let place = if pointer.is_empty() { String::new() } else { format!("{pointer}/{}", i + 1) };
        repeated.get_or_insert((place, edge[0], 0)).2 += 1;
        sound = false;
    }
    if sound {
        return Cow::Borrowed(line);
    }
    let mut line = line.to_vec();
    line.dedup();
    Cow::Owned(line)
}

/// Whether a ring encloses no area.
fn is_flat(ring: &[Coord]) -> bool {
    // At 89.9° this is still a square decimetre.
    const PLAINLY_LAND_DEG2: f64 = 1e-9;
    let plainly_land = doubled_area_deg2(ring).abs() > PLAINLY_LAND_DEG2 && ring.iter().all(|c| c.y.abs() <= 89.9);
    !plainly_land && encloses_nothing(ring)
}

/// Finds cycles of rings of one polygon that touch each other: the touch that closes such a cycle disconnects the
/// polygon's interior. Returns the number of the later ring, and the position.
fn cuts<'t>(rings: &[Ring<'_>], touches: impl Iterator<Item = &'t ((usize, usize), Coord)>) -> Vec<(usize, Coord)> {
    let mut sets = DisjointSets::new(rings.len());
    let mut place_of: BTreeMap<(usize, u64, u64), u32> = BTreeMap::new();
    let (mut met, mut found) = (BTreeSet::new(), Vec::new());
    for &((a, b), at) in touches {
        let place = (rings[a].polygon, plain(at.x).to_bits(), plain(at.y).to_bits());
        let place = *place_of.entry(place).or_insert_with(|| sets.add());
        for ring in [a, b] {
            if met.insert((place, ring)) && !sets.unite(place, ring as u32) {
                found.push((a.max(b), at));
            }
        }
    }
    found
}

/// Replaces -0.0 by 0.0.
fn plain(value: f64) -> f64 {
    value + 0.0
}

pub(super) fn doubled_area_deg2(ring: &[Coord]) -> f64 {
    let Some(&o) = ring.first() else { return 0.0 };
    ring.windows(2).map(|e| (e[0].x - o.x) * (e[1].y - o.y) - (e[1].x - o.x) * (e[0].y - o.y)).sum()
}
