//! A routable network from lines: a graph whose nodes are the shared vertices of the lines.

use super::access::{Access, Mode, access, is_tagged, text};
use super::flat::{Flat, NetworkLocation, key};
use super::gaps::{self, DEFAULT_GAP_M, NetworkGap, Parts};
use crate::earth::edge_length_as;
use crate::model::{Edges, Evidence, Method, Route, Warning, WarningCode};
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::hash_map::Entry;
use std::hash::Hasher;
use std::sync::Arc;

/// Options of [`Network::new`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct NetworkOptions {
    /// The mode of travel.
    pub mode: Mode,
    /// A loose end of a line within this many metres of another line is joined to it; without it, lines join only at
    /// common positions.
    pub snap_m: Option<f64>,
    /// Gaps of up to this many metres between components of the network are bridged by straight links.
    pub bridge_m: Option<f64>,
}

/// Summary of a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct NetworkSummary {
    /// Number of ways.
    pub ways: usize,
    /// Number of one-way ways.
    pub one_way: usize,
    /// Number of lines that the mode of travel may not use.
    pub not_for_mode: usize,
    /// Number of ways with the same course as another; of the same class they count once.
    pub duplicate: usize,
    /// Number of runs left out because they have no length.
    pub without_length: usize,
    /// Number of vertices where ways end or meet.
    pub junctions: usize,
    /// Number of edges between positions.
    pub edges: usize,
    /// Length of all ways in metres.
    pub length_m: f64,
    /// Number of connected components, counting links.
    pub parts: usize,
    /// Number of loose ends joined to a line within the snapping distance.
    pub snapped: usize,
}

/// A network on which routes can be traced.
pub struct Network {
    pub(super) flat: Flat,
    pub(super) ways: Vec<WayAttributes>,
    pub(super) links: Vec<Link>,
    pub(super) parts: Parts,
    pub(super) edges: Edges,
    mode: Mode,
    summary: NetworkSummary,
    gaps: Vec<NetworkGap>,
}

/// The attributes of a way that a route reports. Texts common to many ways are shared.
pub(super) struct WayAttributes {
    pub id: Box<str>,
    pub name: Option<Arc<str>>,
    pub reference: Option<Arc<str>>,
    pub surface: Option<Arc<str>>,
    pub access: Access,
    pub evidence: Arc<Evidence>,
}

/// A straight line from a loose end to another way.
#[derive(Clone)]
pub(super) struct Link {
    pub from: u32,
    pub to: NetworkLocation,
    /// Whether it bridges a gap between two components; otherwise it snaps a loose end to a nearby line.
    pub bridged: bool,
}

impl Network {
    /// Builds the network of lines, with warnings.
    ///
    /// # Method
    /// Lines connect at common positions, as OpenStreetMap's ways do (ways that cross on a bridge have none). If any
    /// feature has OpenStreetMap tags (`highway`, `railway`), the lines for the mode of travel are used: railways in
    /// use; roads for motor vehicles except those whose most specific access tag is `no`, and one-way roads in their
    /// direction. Otherwise features are used unless their property `mode` names the other mode; `oneway` applies as
    /// well. Lines with the same course and class count once.
    ///
    /// # Limitations and cost
    /// Turn restrictions, barriers and seasonal closures are ignored. Linear in the number of positions, with about 60
    /// bytes per position and 200 per way.
    ///
    /// # Examples
    /// ```
    /// use merestone::{construct::{Network, NetworkOptions}, geo::line_string, model::Route};
    /// let roads = [
    ///     Route::new("a", [line_string![(x: 10.0, y: 45.0), (x: 10.1, y: 45.0)]])?,
    ///     Route::new("b", [line_string![(x: 10.1, y: 45.0), (x: 10.1, y: 45.1)]])?,
    /// ];
    /// let (network, _) = Network::new(roads, &NetworkOptions::default());
    /// assert_eq!((network.summary().ways, network.summary().parts), (2, 1));
    /// # Ok::<(), merestone::model::InvalidGeometry>(())
    /// ```
    pub fn new(lines: impl IntoIterator<Item = Route>, options: &NetworkOptions) -> (Self, Vec<Warning>) {
        let lines: Vec<Route> = lines.into_iter().collect();
        let tagged = lines.iter().any(|line| is_tagged(&line.meta.properties));
        let mut network = Network {
            flat: Flat::default(),
            ways: Vec::new(),
            links: Vec::new(),
            parts: Parts::none(),
            edges: lines.first().map(|line| line.meta.edges).unwrap_or_default(),
            mode: options.mode,
            summary: NetworkSummary::default(),
            gaps: Vec::new(),
        };
        let mut warnings = NetworkWarnings::default();
        let accesses: Vec<Option<Access>> =
            lines.par_iter().map(|line| access(&line.meta.properties, options.mode, tagged)).collect();
        for (line, access) in lines.into_iter().zip(accesses) {
            match access {
                Some(access) => network.add(line, access, &mut warnings),
                None => network.summary.not_for_mode += 1,
            }
        }
        network.flat.settle();
        network.join(options, &mut warnings);
        network.summarise();
        (network, warnings.told())
    }

    /// The summary of the network.
    pub fn summary(&self) -> NetworkSummary {
        self.summary
    }

    /// The gaps between components, the narrowest first: up to [`DEFAULT_GAP_M`], or up to the bridged width.
    pub fn gaps(&self) -> &[NetworkGap] {
        &self.gaps
    }

    /// The mode of travel.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    fn add(&mut self, line: Route, access: Access, noticed: &mut NetworkWarnings) {
        let number = self.ways.len() as u32;
        let first_run = self.flat.runs.len();
        for run in line.runs {
            let start = run.0.first().copied();
            if !self.flat.add(number, run) {
                self.summary.without_length += 1;
                noticed.without_length.push((line.meta.id.clone(), start));
            }
        }
        if self.flat.runs.len() == first_run {
            return;
        }
        let same = self.same_course(first_run, noticed);
        // Duplicates of the same class count once; one of another class may be faster, so both are kept.
        if let Some(other) = same {
            let start = self.flat.positions[self.flat.runs[first_run].first as usize];
            let (id, known_id) = (line.meta.id.clone(), self.ways[other as usize].id.to_string());
            let once = self.ways[other as usize].access.class == access.class;
            noticed.duplicates.push(Duplicate { id, other: known_id, start, once });
            self.summary.duplicate += 1;
            if once {
                let turned = !self.has_course(other, first_run);
                let (forward, backward) =
                    if turned { (access.backward, access.forward) } else { (access.forward, access.backward) };
                let known = &mut self.ways[other as usize].access;
                // A direction is allowed if either allows it.
                known.forward |= forward;
                known.backward |= backward;
                self.flat.take_back();
                return;
            }
        }
        let properties = &line.meta.properties;
        let mut any = |key: &str, other: Option<&str>| match properties.get(key) {
            Some(Value::Number(number)) => Some(noticed.shared(&number.to_string())),
            _ => text(properties, key).or(other).map(|text| noticed.shared(text)),
        };
        let [name, reference, surface] =
            [("name", line.meta.name.best(&[])), ("ref", None), ("surface", None)].map(|(key, other)| any(key, other));
        let known = self.ways.last().map(|way| &way.evidence).filter(|known| ***known == line.meta.evidence);
        let evidence = known.cloned().unwrap_or_else(|| Arc::new(line.meta.evidence));
        self.ways.push(WayAttributes { id: line.meta.id.into(), name, reference, surface, access, evidence });
    }

    /// Whether a way has the positions of a run in the same order; a loop begins at one position in both directions.
    fn has_course(&self, way: u32, run: usize) -> bool {
        let known = self.flat.runs.partition_point(|run| run.way < way);
        let keys = |run: usize| self.flat.positions_of(self.flat.runs[run]).iter().map(key);
        keys(known).eq(keys(run))
    }

    /// An earlier single-run way with the same course, in either direction, as the last way added.
    fn same_course(&self, run: usize, noticed: &mut NetworkWarnings) -> Option<u32> {
        if self.flat.runs.len() != run + 1 {
            return None;
        }
        let keys = |run: usize| self.flat.positions_of(self.flat.runs[run]).iter().map(key);
        let mut hasher = FxHasher::default();
        let mut hash = |[x, y]: [u64; 2]| {
            hasher.write_u64(x);
            hasher.write_u64(y);
        };
        match keys(run).rev().lt(keys(run)) {
            true => keys(run).rev().for_each(&mut hash),
            false => keys(run).for_each(&mut hash),
        }
        // Different courses of one hash take the numbers after it.
        let mut course = hasher.finish();
        loop {
            match noticed.courses.entry(course) {
                Entry::Vacant(free) => {
                    free.insert(run as u32);
                    return None;
                }
                Entry::Occupied(known) => {
                    let other = *known.get() as usize;
                    if keys(other).eq(keys(run)) || keys(other).rev().eq(keys(run)) {
                        return Some(self.flat.runs[other].way);
                    }
                    course = course.wrapping_add(1);
                }
            }
        }
    }

    /// The level of each way.
    pub(super) fn levels(&self) -> Vec<i8> {
        self.ways.iter().map(|way| way.access.level).collect()
    }

    /// Joins loose ends and parts.
    fn join(&mut self, options: &NetworkOptions, noticed: &mut NetworkWarnings) {
        if let Some(snap_m) = options.snap_m.filter(|m| *m > 0.0) {
            let ends = self.flat.loose_ends();
            let run = |vertex: u32, segment: u32| {
                let run = self.flat.run_of(segment);
                let own = self.flat.vertices_of(run);
                own.first() != Some(&vertex) && own.last() != Some(&vertex)
            };
            match gaps::nearest_of(&self.flat, &ends, snap_m, run, &self.levels()) {
                Some(found) => {
                    let link = |(from, hit)| Link { from, to: self.flat.spot(hit), bridged: false };
                    self.links = found.into_iter().map(link).collect();
                    self.summary.snapped = self.links.len();
                }
                None => noticed.too_wide = Some(snap_m),
            }
        }
        self.parts = Parts::of(&self.flat, &self.links);
        let within_m = options.bridge_m.unwrap_or(DEFAULT_GAP_M);
        let Some(found) = gaps::between_parts(&self.flat, &self.parts, &self.levels(), within_m) else {
            noticed.too_wide = Some(within_m);
            return;
        };
        let bridged = options.bridge_m.is_some();
        self.gaps = found.iter().map(|(link, width_m)| self.gap(link, *width_m, bridged)).collect();
        if bridged {
            self.links.extend(found.into_iter().map(|(link, _)| link));
            self.parts = Parts::of(&self.flat, &self.links);
        }
    }

    pub(super) fn gap(&self, link: &Link, width_m: f64, bridged: bool) -> NetworkGap {
        let (from, to) = (self.flat.places[link.from as usize], self.flat.place(link.to));
        NetworkGap {
            width_m,
            position: [from.x, from.y],
            end: [to.x, to.y],
            from_way: self.way_at(NetworkLocation::Vertex(link.from)),
            to_way: self.way_at(link.to),
            bridged,
        }
    }

    /// Id of a way at a location.
    pub(super) fn way_at(&self, spot: NetworkLocation) -> String {
        let run = match spot {
            NetworkLocation::Inside { segment, .. } => Some(self.flat.run_of(segment)),
            NetworkLocation::Vertex(vertex) => self.flat.position_of(vertex).map(|at| self.flat.run_of(at)),
        };
        run.map_or(String::new(), |run| self.ways[run.way as usize].id.to_string())
    }

    fn summarise(&mut self) {
        let of_run = |run: &super::flat::WayRun| -> f64 {
            let positions = &self.flat.positions[run.first as usize..run.end as usize];
            positions.windows(2).map(|edge| edge_length_as(edge[0], edge[1], self.edges)).sum()
        };
        let lengths: Vec<f64> = self.flat.runs.par_iter().map(of_run).collect();
        let one_way = |way: &&WayAttributes| way.access.forward != way.access.backward;
        self.summary = NetworkSummary {
            ways: self.ways.len(),
            one_way: self.ways.iter().filter(one_way).count(),
            junctions: self.flat.junctions().into_iter().filter(|is| *is).count(),
            edges: self.flat.positions.len() - self.flat.runs.len(),
            length_m: lengths.iter().sum(),
            parts: self.parts.sizes(&self.flat).len(),
            ..self.summary
        };
    }
}

/// The method of the least accurate way; digitised if the source does not state one.
pub(super) fn method<'a>(ways: impl IntoIterator<Item = &'a WayAttributes>) -> Method {
    use Method::{Digitised, Estimated, Schematic, Surveyed, Waypoints};
    const WORSE: [Method; 5] = [Surveyed, Digitised, Estimated, Schematic, Waypoints];
    let of = |way: &WayAttributes| {
        let source = way.evidence.source.as_deref().unwrap_or_default().to_lowercase();
        let mut words = source.split(|c: char| !c.is_alphanumeric());
        let by_source =
            || if words.any(|word| ["survey", "gps", "gnss"].contains(&word)) { Surveyed } else { Digitised };
        way.evidence.method.unwrap_or_else(by_source)
    };
    let rank = |method: &Method| WORSE.iter().position(|known| known == method);
    ways.into_iter().map(of).max_by_key(rank).unwrap_or(Digitised)
}

/// A way with the same course as another.
struct Duplicate {
    id: String,
    other: String,
    start: Coord,
    /// Whether the two count as one.
    once: bool,
}

/// What warnings need, collected while lines are added.
#[derive(Default)]
struct NetworkWarnings {
    without_length: Vec<(String, Option<Coord>)>,
    duplicates: Vec<Duplicate>,
    too_wide: Option<f64>,
    /// Runs by a hash of their positions.
    courses: FxHashMap<u64, u32>,
    /// Texts of ways.
    texts: FxHashSet<Arc<str>>,
}

impl NetworkWarnings {
    /// A shared copy of a text.
    fn shared(&mut self, text: &str) -> Arc<str> {
        match self.texts.get(text) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = text.into();
                self.texts.insert(new.clone());
                new
            }
        }
    }

    fn told(self) -> Vec<Warning> {
        let place = |at: Coord| format!("{:.6}, {:.6}", at.x, at.y);
        let without = self.without_length.into_iter().map(|(id, at)| Warning {
            code: WarningCode::Note,
            message: format!(
                "{id}: a line without length is left out of the network (at {})",
                at.map(place).unwrap_or_default()
            ),
            feature: Some(id),
        });
        let duplicates = self.duplicates.into_iter().map(|Duplicate { id, other, start, once }| Warning {
            code: WarningCode::Overlap,
            message: format!(
                "{id}: it has the same course as {other} and {} (from {})",
                if once { "counts once" } else { "another class; both stay" },
                place(start)
            ),
            feature: Some(id),
        });
        let too_wide = self.too_wide.map(|within_m| Warning {
            code: WarningCode::Gap,
            message: format!(
                "too many places of the network are within {within_m} m of each other: no gaps are looked for"
            ),
            feature: None,
        });
        without.chain(duplicates).chain(too_wide).collect()
    }
}
