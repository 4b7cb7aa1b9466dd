//! Borders: which territories touch, along which lines, and the lengths of these.

use super::part_name::Named;
use super::{Overlaps, coverage_warnings, feature_warnings, some_of};
use crate::earth::antimeridian::on_east_side;
use crate::earth::{divider_length_m, line_length_m, polygon_area_as};
use crate::model::{Answer, Provenance, Territory, Warning, WarningCode};
use crate::topology::{
    COINCIDENT_M, CoverageGraph, LandIndex, MOST_IN_A_POINT, NearRun, SharedEdge, chain, clean, near_runs,
    unwrap_longitudes, wrapped, wrapped_lines,
};
use geo::{Coord, Polygon};
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// All pairs of territories that touch.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(transparent)]
#[non_exhaustive]
pub struct BorderReport {
    /// Pairs, ordered by their ids.
    pub rows: Vec<BorderRow>,
}

/// The border of two territories.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct BorderRow {
    /// Id of the territory that is first in alphabetical order.
    pub a: String,
    /// Id of the other territory.
    pub b: String,
    /// Ellipsoidal length in metres; where the two sides do not coincide, the mean of both.
    pub length_m: f64,
    /// The same along `a`'s side where the sides do not coincide; only with a tolerance.
    pub a_side_length_m: Option<f64>,
    /// The same along `b`'s side.
    pub b_side_length_m: Option<f64>,
    /// Positions (lon, lat in degrees) in which they touch without sharing an edge there.
    pub points: Vec<[f64; 2]>,
    /// The border by pair of parts.
    pub components: Vec<BorderComponent>,
    /// Third territories that claim land in which the border runs, if any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claimed_by: Vec<ThirdClaim>,
    /// Its length at the vertex spacings of smaller-scale maps, the smallest scale first, then as given; if requested.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_scale: Vec<ScaleLength>,
    /// Whether both territories are clipped at the frame of the data, so that the border may continue beyond it.
    pub incomplete: bool,
}

/// A stretch of a border inside land that a third territory also covers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ThirdClaim {
    /// Id of the third territory.
    pub territory: String,
    /// Ellipsoidal length in metres of the border strictly inside its land.
    pub length_m: f64,
}

/// The length of a border at the vertex spacing of a map scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ScaleLength {
    /// The scale denominator; null for the line as given.
    pub scale: Option<u32>,
    /// Vertex spacing in metres: [`SPACING_MM`] on the map; for the line as given, the mean length of its edges.
    pub spacing_m: f64,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// The same without the rings around enclaves.
    pub without_rings_m: f64,
}

/// Scale denominators of `by_scale`.
pub const BORDER_SCALES: [u32; 3] = [1_000_000, 200_000, 100_000];
/// Vertex spacing on a map, in millimetres at its scale.
pub const SPACING_MM: f64 = 2.0;

/// The border between two parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct BorderComponent {
    /// Number of the part of `a`, from 1 in file order.
    pub a_part: usize,
    /// Number of the part of `b`.
    pub b_part: usize,
    /// Name of the part of `a`, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a_part_name: Option<String>,
    /// Name of the part of `b`, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b_part_name: Option<String>,
    /// Whether its lines form closed rings, as around an enclave.
    pub ring: bool,
    /// Ellipsoidal length in metres; where the two sides do not coincide, the mean of both.
    pub length_m: f64,
    /// Length of `a`'s side, where the sides do not coincide.
    pub a_side_length_m: Option<f64>,
    /// Length of `b`'s side, where the sides do not coincide.
    pub b_side_length_m: Option<f64>,
    /// Number of lines; where the sides do not coincide, of the side with more lines.
    pub lines: usize,
    /// The lines, with `a` on the left and `b` on the right; where the sides do not coincide, along `a`'s outline.
    #[serde(skip)]
    pub courses: Vec<Vec<Coord>>,
    /// The same along `b`'s outline, where the sides do not coincide.
    #[serde(skip)]
    pub b_courses: Vec<Vec<Coord>>,
}

impl BorderComponent {
    /// The lines of each side: a single one where both coincide.
    pub fn sides(&self) -> Vec<&[Vec<Coord>]> {
        match self.a_side_length_m {
            None => vec![&self.courses],
            Some(_) => vec![&self.courses, &self.b_courses],
        }
    }
}

/// Options of [`borders`].
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct BorderOptions {
    /// Also find stretches whose two sides do not coincide but run within this many metres of each other.
    pub tolerance_m: Option<f64>,
    /// Only the border of these two territories; the others still determine where it ends.
    pub pair: Option<[String; 2]>,
    /// Also compute every length at the vertex spacings of smaller-scale maps.
    pub by_scale: bool,
    /// Named parts, as for [`EnclaveOptions`](super::EnclaveOptions).
    pub named: Vec<Territory>,
    /// Units of the territories, as for [`EnclaveOptions`](super::EnclaveOptions).
    pub units: Vec<Territory>,
    /// Languages of names, best first.
    pub languages: Vec<String>,
}

impl BorderOptions {
    fn wants(&self, a: &str, b: &str) -> bool {
        self.pair.as_ref().is_none_or(|[p, q]| (a == p && b == q) || (a == q && b == p))
    }

    fn wants_feature(&self, id: &str) -> bool {
        self.pair.as_ref().is_none_or(|pair| pair.iter().any(|p| p == id))
    }
}

/// Returns every pair of touching territories with the lines that they share.
///
/// # Earth and units
/// WGS 84; metres along edges straight in lon/lat; positions (lon, lat) in degrees.
///
/// # Method
/// Shared edges of two territories, each with its interior on its own side, are matched by their ends; a vertex of one
/// side within [`COINCIDENT_M`](crate::topology::COINCIDENT_M) of the other's edge splits it there (T-junction noding).
/// Matched edges are merged into maximal lines. With `tolerance_m`, stretches of the outlines that do not coincide but
/// run within it of each other form separate components, with the length of either side and their mean. With `by_scale`
/// every line is also measured with dividers ([`divider_length_m`]) of [`SPACING_MM`] at each of [`BORDER_SCALES`]: the
/// length that a map of that scale with a vertex every 2 mm can show. A ring that fits into the dividers has length 0.
/// Where territories overlap, each has its own borders; a stretch inside a third territory's land is listed with that
/// territory's id and its length. If more than [`MOST_IN_A_POINT`] territories meet in a point, a warning replaces the
/// pairs.
///
/// The result does not depend on the order of features or on the direction and start of rings; exchanging the ids of
/// two territories only swaps sides. Land mirrored or shifted by whole degrees of longitude, onto ±180° too, has the
/// same borders.
///
/// # Limitations and cost
/// Near-linear in the number of vertices.
///
/// # Example
/// ```
/// # use merestone::{io::{Dataset, ReadOptions, Reference}, question};
/// let states = Dataset::embedded().select(&Reference::parse("states"), &ReadOptions::default()).unwrap();
/// let report = question::borders(&states.features, &Default::default()).report;
/// let pair = report.rows.iter().find(|row| (row.a.as_str(), row.b.as_str()) == ("ARM", "AZE")).unwrap();
/// let open_km: f64 = pair.components.iter().filter(|c| !c.ring).map(|c| c.length_m / 1000.0).sum();
/// assert!((open_km - 904.8).abs() < 0.5); // kilometres, without the enclave rings
/// ```
pub fn borders(territories: &[Territory], options: &BorderOptions) -> Answer<BorderReport> {
    let provenance = Provenance::of(territories.iter().map(|t| &t.meta));
    let provenance = provenance.within(options.tolerance_m.unwrap_or(COINCIDENT_M));
    // Alphabetical order of the parties, whatever the order in the file.
    let mut territories: Vec<&Territory> = territories.iter().collect();
    territories.sort_by(|a, b| a.meta.id.cmp(&b.meta.id));
    let cleaned = clean(territories);
    let (mut territories, mut warnings) = (cleaned.territories, cleaned.warnings);
    let unrolled = unwrap_longitudes(&mut territories, options.tolerance_m.unwrap_or(0.0));
    let graph = CoverageGraph::new(&territories);
    let shared = graph.shared_edges();
    let (mut components, mut overlaps) = rayon::join(|| coinciding(&graph, &shared), || Overlaps::of(&graph, &shared));
    if let Some(tolerance_m) = options.tolerance_m {
        components.extend(not_coinciding(&graph, near_runs(&graph, tolerance_m)));
    }
    name_parts(&mut components, &graph, &territories, options);
    let mut rows: BTreeMap<(usize, usize), BorderRow> = BTreeMap::new();
    let empty = |a: usize, b: usize| empty_row(&territories[a], &territories[b]);
    for ((left, right), component) in components {
        let (a, b) = (graph.parts[left].territory, graph.parts[right].territory);
        rows.entry((a, b)).or_insert_with(|| empty(a, b)).components.push(component);
    }
    for &(a, b, at) in &overlaps.contacts.pairs {
        rows.entry((a, b)).or_insert_with(|| empty(a, b)).points.push([at.x, at.y]);
    }
    rows.retain(|_, row| options.wants(&row.a, &row.b));
    let claims = LandIndex::new(&territories, &graph);
    overlaps.inside = claims.contained_outlines();
    let mut claiming = overlaps.claiming(territories.len());
    if claiming.contains(&true) {
        overlaps.add(claims.overlapping(&claiming, &overlaps.known()));
        claiming = overlaps.claiming(territories.len());
        rows.par_iter_mut().for_each(|(&(a, b), row)| {
            let third = |t: usize| claiming[t] && t != a && t != b;
            row.claimed_by = claimed_by(row, |lines| claims.lengths_m(lines, third), &territories);
        });
    }
    for row in rows.values_mut() {
        row.length_m = row.components.iter().map(|c| c.length_m).fold(0.0, |sum, length_m| sum + length_m);
        if options.tolerance_m.is_some() {
            row.a_side_length_m = Some(row.components.iter().map(|c| c.a_side_length_m.unwrap_or(c.length_m)).sum());
            row.b_side_length_m = Some(row.components.iter().map(|c| c.b_side_length_m.unwrap_or(c.length_m)).sum());
        }
        if options.by_scale {
            row.by_scale = by_scale(&row.components);
        }
    }
    if unrolled {
        rows.values_mut().for_each(roll);
    }
    warnings.extend(coverage_warnings(&graph, &territories, &overlaps, |id| options.wants_feature(id)));
    let ids = |all: &[usize]| all.iter().map(|t| territories[*t].meta.id.as_str()).collect::<Vec<_>>();
    let crowds = overlaps.contacts.crowds.iter().map(|(at, all)| (wrapped(*at), ids(all)));
    let crowds = crowds.filter(|(_, ids)| ids.iter().filter(|id| options.wants_feature(id)).count() > 1);
    warnings.extend(crowds.map(|(at, ids)| crowd(at, &ids)));
    warnings.extend(rows.values().flat_map(|row| row_warnings(row, options)));
    let asked = territories.iter().filter(|t| options.wants_feature(&t.meta.id));
    warnings.extend(asked.flat_map(|t| feature_warnings(&t.meta)));
    Answer::new(BorderReport { rows: rows.into_values().collect() }, provenance, warnings)
}

/// Normalises the positions of a row to longitudes within ±180°.
fn roll(row: &mut BorderRow) {
    let within = |[x, y]: [f64; 2]| <[f64; 2]>::from(wrapped(Coord { x, y }));
    row.points.iter_mut().for_each(|at| *at = within(*at));
    for lines in row.components.iter_mut().flat_map(|c| [&mut c.courses, &mut c.b_courses]) {
        *lines = wrapped_lines(std::mem::take(lines));
    }
}

/// Third territories that claim the land in which a border runs, ordered by id.
fn claimed_by(
    row: &BorderRow,
    lengths_m: impl Fn(&[Vec<Coord>]) -> BTreeMap<usize, f64>,
    territories: &[Cow<'_, Territory>],
) -> Vec<ThirdClaim> {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for component in &row.components {
        let sides = component.sides();
        for (territory, length_m) in sides.iter().flat_map(|lines| lengths_m(lines)) {
            *sums.entry(territory).or_default() += length_m / sides.len() as f64;
        }
    }
    let claim = |(t, length_m): (usize, f64)| ThirdClaim { territory: territories[t].meta.id.clone(), length_m };
    sums.into_iter().map(claim).collect()
}

/// Warning: too many territories meet in a point to list each pair.
fn crowd(at: Coord, ids: &[&str]) -> Warning {
    let (count, who) = (ids.len(), some_of(ids.iter().copied()));
    let message = format!(
        "{count} territories meet in {}, {}; of more than {MOST_IN_A_POINT}, who touches whom in that point is not listed: {who}",
        at.x, at.y
    );
    Warning { code: WarningCode::Note, message, feature: Some(ids[0].to_owned()) }
}

fn row_warnings(row: &BorderRow, options: &BorderOptions) -> Vec<Warning> {
    let pair = format!("{}–{}", row.a, row.b);
    let warn = |code, message| Warning { code, message, feature: Some(row.a.clone()) };
    let mut out = Vec::new();
    for claim in &row.claimed_by {
        let (third, km) = (&claim.territory, claim.length_m / 1000.0);
        out.push(warn(WarningCode::Overlap, format!("{pair}: {km:.3} km of it run in land that {third} claims too")));
    }
    if row.incomplete {
        out.push(warn(WarningCode::Incomplete, format!("{pair}: incomplete, both are cut at the frame of the data")));
    }
    let pieces: usize = row.components.iter().filter(|c| !c.ring && c.lines > 1).map(|c| c.lines).sum();
    if pieces > 0 && options.tolerance_m.is_none() {
        let message = format!(
            "{pair}: the two sides coincide in {pieces} pieces only; between them they differ, or something else lies between"
        );
        out.push(warn(WarningCode::NotCoincident, message));
    }
    out
}

fn empty_row(a: &Territory, b: &Territory) -> BorderRow {
    BorderRow {
        a: a.meta.id.clone(),
        b: b.meta.id.clone(),
        length_m: 0.0,
        a_side_length_m: None,
        b_side_length_m: None,
        points: Vec::new(),
        components: Vec::new(),
        claimed_by: Vec::new(),
        by_scale: Vec::new(),
        incomplete: a.meta.clipped && b.meta.clipped,
    }
}

fn by_scale(components: &[BorderComponent]) -> Vec<ScaleLength> {
    let of_component = |c: &BorderComponent, measure: &dyn Fn(&[Coord]) -> f64| {
        let sides = c.sides();
        sides.iter().flat_map(|lines| lines.iter()).map(|line| measure(line)).sum::<f64>() / sides.len() as f64
    };
    let sums = |measure: &dyn Fn(&[Coord]) -> f64| {
        let open = components.iter().filter(|c| !c.ring).map(|c| of_component(c, measure)).fold(0.0, |a, b| a + b);
        let rings = components.iter().filter(|c| c.ring).map(|c| of_component(c, measure)).fold(0.0, |a, b| a + b);
        (open + rings, open)
    };
    let mut out: Vec<ScaleLength> = BORDER_SCALES
        .into_iter()
        .map(|scale| {
            let spacing_m = SPACING_MM / 1000.0 * f64::from(scale);
            let (length_m, without_rings_m) = sums(&|course| divider_length_m(course, spacing_m));
            ScaleLength { scale: Some(scale), spacing_m, length_m, without_rings_m }
        })
        .collect();
    let (length_m, without_rings_m) = sums(&line_length_m);
    let (edges, _) = sums(&|course| (course.len() - 1) as f64);
    out.push(ScaleLength { scale: None, spacing_m: length_m / edges.max(1.0), length_m, without_rings_m });
    out
}

type Component = ((usize, usize), BorderComponent);

fn coinciding(graph: &CoverageGraph, shared: &[SharedEdge]) -> Vec<Component> {
    let groups: Vec<&[SharedEdge]> = shared.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)).collect();
    let component = |group: &&[SharedEdge]| {
        let (left, right) = (group[0].left as usize, group[0].right as usize);
        let edges: Vec<(u32, u32)> = group.iter().map(|e| (e.from, e.to)).collect();
        let mut component = component(graph, left, right);
        component.courses = chain(&edges, &graph.positions);
        component.ring = is_ring(&component.courses);
        component.length_m = length_m(&component.courses);
        component.lines = component.courses.len();
        ((left, right), component)
    };
    groups.par_iter().map(component).collect()
}

/// Whether every end of a line is the end of another, also across ±180°.
fn is_ring(lines: &[Vec<Coord>]) -> bool {
    let place = |at: Coord| (on_east_side(at.x).to_bits(), at.y.to_bits());
    let mut ends: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.first() != line.last()) {
        for end in [line[0], line[line.len() - 1]] {
            *ends.entry(place(end)).or_default() += 1;
        }
    }
    ends.values().all(|count| count.is_multiple_of(2))
}

fn length_m(lines: &[Vec<Coord>]) -> f64 {
    lines.iter().map(|line| line_length_m(line)).sum()
}

/// Says what the parts on both sides are called.
fn name_parts(
    components: &mut [Component],
    graph: &CoverageGraph,
    territories: &[Cow<'_, Territory>],
    options: &BorderOptions,
) {
    let named = Named::new(&options.named, &options.units);
    if named.is_empty() {
        return;
    }
    let mut names: BTreeMap<usize, Option<String>> = BTreeMap::new();
    let mut name = |number: usize| {
        let of = || {
            let part = &graph.parts[number];
            let territory = &territories[part.territory];
            let shape: Vec<Polygon> = part.polygons.iter().map(|&p| territory.parts()[p].clone()).collect();
            let area_m2 = shape.iter().map(|polygon| polygon_area_as(polygon, territory.meta.edges)).sum();
            named.name(&shape, area_m2, Some(&territory.meta.id), &options.languages)
        };
        names.entry(number).or_insert_with(of).clone()
    };
    for ((left, right), component) in components {
        (component.a_part_name, component.b_part_name) = (name(*left), name(*right));
    }
}

fn component(graph: &CoverageGraph, left: usize, right: usize) -> BorderComponent {
    BorderComponent {
        a_part: graph.parts[left].number,
        b_part: graph.parts[right].number,
        a_part_name: None,
        b_part_name: None,
        ring: false,
        length_m: 0.0,
        a_side_length_m: None,
        b_side_length_m: None,
        lines: 0,
        courses: Vec::new(),
        b_courses: Vec::new(),
    }
}

fn not_coinciding(graph: &CoverageGraph, mut runs: BTreeMap<(u32, u32), NearRun>) -> Vec<Component> {
    let territory = |part: u32| graph.parts[part as usize].territory;
    let in_order = |&(p, q): &(u32, u32)| if territory(p) < territory(q) { (p, q) } else { (q, p) };
    let pairs: BTreeSet<(u32, u32)> = runs.keys().map(in_order).collect();
    let mut side = |pair: (u32, u32)| runs.remove(&pair).map_or((Vec::new(), 0.0), |run| (run.lines, run.length_m));
    let mut of_pair = |(p, q): (u32, u32)| {
        let ((courses, a_side_m), (mut b_courses, b_side_m)) = (side((p, q)), side((q, p)));
        b_courses.iter_mut().for_each(|line| line.reverse());
        let component = BorderComponent {
            length_m: (a_side_m + b_side_m) / 2.0,
            a_side_length_m: Some(a_side_m),
            b_side_length_m: Some(b_side_m),
            lines: courses.len().max(b_courses.len()),
            courses,
            b_courses,
            ..component(graph, p as usize, q as usize)
        };
        ((p as usize, q as usize), component)
    };
    pairs.into_iter().map(&mut of_pair).collect()
}
