//! What of lengths, areas and points is certain, for other questions.

use super::against::Against;
use super::area::near_area_m2;
use super::band::{Band, Bands};
use super::{AccuracyTerm, DecideAgainst, DecideOptions, DecidedStretch, Drawn, decide};
use crate::earth::polygon_area_m2;
use crate::model::{Answer, Content, Line, Meta, Route, Territory, Warning};
use crate::question::{Asked, EnclaveReport, RouteReport, SeveranceReport, Subject};
use crate::topology::Measured;
use geo::{Coord, LineString, Polygon};
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the accuracy of positions leaves certain of the features of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct CertaintyReport {
    /// Of how many sigmas the band is wide.
    pub sigmas: f64,
    /// What was added for the map: its accuracy, and half the width of the line drawn on it.
    pub map_terms: Vec<AccuracyTerm>,
    /// For each feature what is certain, by territory, then what is not.
    pub parts: Vec<CertainPart>,
}

/// A length, an area or a point that is certain, or not.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct CertainPart {
    /// Id of the feature.
    pub id: String,
    /// `point`, `line` or `area`.
    pub shape: &'static str,
    /// Ids of the territories that certainly hold it, joined by ` + `; none where nobody does, where it is not certain, or
    /// where the question is of a line alone.
    pub territory: Option<String>,
    /// Whether it is farther from the line than the band is wide; null where an accuracy is not stated and the rest does
    /// not decide.
    pub certain: Option<bool>,
    /// Its ellipsoidal length in metres, of a line.
    pub length_m: Option<f64>,
    /// Its ellipsoidal area in km², of an area.
    pub area_km2: Option<f64>,
    /// Its ellipsoidal distance in metres from the line, of a point.
    pub distance_m: Option<f64>,
    /// The accuracy in metres (1 sigma) of the feature and the line together, as far as it is stated; where the lines by a
    /// feature differ, that of the one nearest to it.
    pub accuracy_m: f64,
    /// Half the width of the band in metres: the distance from the line up to which nothing can be told.
    pub band_m: f64,
    /// How it was obtained.
    pub formula: String,
    /// Its course, of a line.
    #[serde(skip)]
    pub courses: Vec<Vec<Coord>>,
    /// Its land, of an area.
    #[serde(skip)]
    pub land: Vec<Polygon>,
    /// Its position, of a point.
    #[serde(skip)]
    pub position: Option<Coord>,
}

/// The band around a line.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LineBand {
    /// Half its width in metres.
    pub band_m: f64,
    /// How it was obtained.
    pub formula: String,
}

/// The band around a line of this accuracy in metres (1 sigma), if it states one: nearer to it nothing can be told of exact
/// positions.
///
/// ```
/// use merestone::question::{DecideOptions, line_band};
/// let mut options = DecideOptions::default();
/// options.scale = Some(100_000); // 0.5 mm of it are 50 m
/// assert_eq!(line_band(Some(0.0), &options).band_m, 50.0);
/// ```
pub fn line_band(position_accuracy_m: Option<f64>, options: &DecideOptions) -> LineBand {
    let Band { within_m, formula, .. } = Bands::new(options).of_line(position_accuracy_m);
    LineBand { band_m: within_m, formula }
}

impl CertaintyReport {
    fn new(options: &DecideOptions, parts: Vec<CertainPart>) -> Self {
        let map_terms = Bands::new(options).map_terms();
        CertaintyReport { sigmas: options.sigmas, map_terms, parts }
    }
}

fn part(id: &str, shape: &'static str, band: &Band, certain: bool) -> CertainPart {
    CertainPart {
        id: id.to_owned(),
        shape,
        territory: None,
        certain: (!certain || band.complete).then_some(certain),
        length_m: None,
        area_km2: None,
        distance_m: None,
        accuracy_m: band.accuracy_m,
        band_m: band.within_m,
        formula: band.formula.clone(),
        courses: Vec::new(),
        land: Vec::new(),
        position: None,
    }
}

/// Adds to the answers of [`routes`](crate::question::routes) the lengths that are certain, as [`decide`] finds them.
///
/// # Guarantees
/// The lengths of a route, certain and not, add up to its length to 1 mm. Without errors they are the lengths by territory. A
/// smaller accuracy never takes from a certain length.
pub fn certain_lengths(
    reports: &mut [RouteReport],
    routes: &[Route],
    territories: &[Territory],
    options: &DecideOptions,
) -> Vec<Warning> {
    let against = DecideAgainst::Territories(territories.to_vec());
    let Answer { report: decided, warnings, .. } = decide(&[Content::Routes(routes.to_vec())], &against, options);
    for (report, decision) in reports.iter_mut().zip(decided.features) {
        let Drawn::Stretches(stretches) = &decision.drawn else { continue };
        let is_of = |stretch: &&DecidedStretch, territory: &Option<String>, certain: bool| {
            stretch.certain == certain && (!certain || stretch.territory == *territory)
        };
        let parts = decision.lengths.iter().map(|length| CertainPart {
            id: decision.id.clone(),
            shape: "line",
            territory: length.territory.clone(),
            certain: match length.certain {
                true if !decision.complete => None,
                certain => Some(certain),
            },
            length_m: Some(length.length_m),
            area_km2: None,
            distance_m: None,
            accuracy_m: decision.accuracy_m,
            band_m: decision.band_m,
            formula: decision.formula.clone(),
            courses: stretches
                .iter()
                .filter(|stretch| is_of(stretch, &length.territory, length.certain))
                .map(|stretch| stretch.course.clone())
                .collect(),
            land: Vec::new(),
            position: None,
        });
        report.certainty = Some(CertaintyReport::new(options, parts.collect()));
    }
    warnings
}

/// Adds to the answer of [`enclaves`](crate::question::enclaves()) the areas that are certain: the land of each part that is
/// farther from its outline than the accuracy of that outline, and the rest.
///
/// # Guarantees
/// Both areas of a part add up to its area. Without errors all of it is certain. A smaller accuracy never takes from a certain
/// area.
pub fn certain_areas(report: &mut EnclaveReport, options: &DecideOptions) {
    let bands = Bands::new(options);
    report.rows.par_iter_mut().for_each(|row| {
        let band = bands.of_line(row.position_accuracy_m);
        let runs = rings(&row.polygons).map(<[Coord]>::to_vec).collect::<Vec<_>>();
        let near_km2 = near_area_m2(&row.polygons, &runs, band.within_m).0 / 1e6;
        // Where the accuracy is not stated nothing is called certain.
        row.certain_area_km2 = band.complete.then_some((row.area_km2 - near_km2).max(0.0));
        row.undecided_area_km2 = band.complete.then_some(near_km2.min(row.area_km2));
        (row.band_m, row.band_formula) = (Some(band.within_m), Some(band.formula));
    });
}

/// The certain and the uncertain part of an area; one without land is left out, but not both.
fn areas(
    certain: CertainPart,
    open: CertainPart,
    polygons: &[Polygon],
    (near_m2, core): (f64, Vec<Polygon>),
) -> impl Iterator<Item = CertainPart> {
    let whole_m2: f64 = polygons.iter().map(polygon_area_m2).sum();
    let km2 = |m2: f64| Some(m2.max(0.0) / 1e6);
    let certain = CertainPart { area_km2: km2(whole_m2 - near_m2), land: core, ..certain };
    let open = CertainPart { area_km2: km2(near_m2), ..open };
    [certain, open].into_iter().filter(|part| part.area_km2 > Some(0.0))
}

fn rings(parts: &[Polygon]) -> impl Iterator<Item = &[Coord]> {
    parts.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors())).map(|ring| ring.0.as_slice())
}

/// Adds to the answer of [`severance`](crate::question::severance()) what is certain of the features by the line: points
/// farther from it than the accuracy of both, the lengths of lines and the areas of land that are, and the rest.
///
/// # Guarantees
/// Lengths and areas of a feature add up to its length to 1 mm, and to its area. Without errors all of it is certain.
pub fn certain_sides(report: &mut SeveranceReport, subject: &Subject, asked: &[Asked], options: &DecideOptions) {
    let lines = subject_lines(report, subject);
    let bands = Bands::new(options);
    let runs: Vec<Vec<Coord>> = lines.iter().flat_map(|line| line.runs.iter().map(|run| run.0.clone())).collect();
    let against = DecideAgainst::Lines(lines);
    let against = Against::new(&against, None, &bands);
    let listed: BTreeSet<(&str, &str)> = report
        .settlements
        .iter()
        .map(|one| (one.data.as_str(), one.id.as_str()))
        .chain(report.routes.iter().map(|one| (one.data.as_str(), one.id.as_str())))
        .chain(report.land.iter().map(|one| (one.data.as_str(), one.id.as_str())))
        .collect();
    let mut parts = Vec::new();
    for Asked { data, content, .. } in asked {
        let is_listed = |meta: &Meta| listed.contains(&(data.as_str(), meta.id.as_str()));
        let mut course = |meta: &Meta, all: &[LineString]| {
            let Some(near) = all.iter().flat_map(|run| run.0.first()).find_map(|at| against.near(*at, &meta.evidence))
            else {
                return;
            };
            let (mut whole_m, mut open_m) = (0.0, 0.0);
            for run in all {
                let measured = Measured::new([run.0.as_slice()], meta.edges, 0.0);
                open_m += against.within(&measured, &meta.evidence).iter().map(|(from, to)| to - from).sum::<f64>();
                whole_m += crate::earth::line_length_as(&run.0, meta.edges);
            }
            if open_m > 0.0 || is_listed(meta) {
                let of = |certain: bool, length_m: f64| CertainPart {
                    length_m: Some(length_m),
                    ..part(&meta.id, "line", &near.band, certain)
                };
                let both = [of(true, (whole_m - open_m).max(0.0)), of(false, open_m)];
                parts.extend(both.into_iter().filter(|part| part.length_m > Some(0.0)));
            }
        };
        match content {
            Content::Routes(all) => all.iter().for_each(|one| course(&one.meta, &one.runs)),
            Content::Lines(all) => all.iter().for_each(|one| course(&one.meta, &one.runs)),
            Content::Places(all) => {
                for place in all {
                    let Some(near) = against.near(place.position, &place.meta.evidence) else { continue };
                    if near.open || is_listed(&place.meta) {
                        parts.push(CertainPart {
                            distance_m: Some(near.distance_m),
                            position: Some(place.position),
                            ..part(&place.meta.id, "point", &near.band, !near.open)
                        });
                    }
                }
            }
            Content::Territories(_) | Content::Pieces(_) => {
                let all: Vec<(&Meta, &[Polygon])> = match content {
                    Content::Territories(all) => all.iter().map(|one| (&one.meta, one.parts())).collect(),
                    Content::Pieces(all) => all.iter().map(|one| (&one.meta, one.parts.as_slice())).collect(),
                    _ => Vec::new(),
                };
                for (meta, land) in all.into_iter().filter(|(meta, _)| is_listed(meta)) {
                    let Some(at) = land.first().and_then(|part| part.exterior().0.first()) else { continue };
                    let Some(near) = against.near(*at, &meta.evidence) else { continue };
                    let both = [true, false].map(|certain| part(&meta.id, "area", &near.band, certain));
                    let [certain, open] = both;
                    parts.extend(areas(certain, open, land, near_area_m2(land, &runs, near.band.within_m)));
                }
            }
        }
    }
    report.certainty = Some(CertaintyReport::new(options, parts));
}

/// The lines of a severance question, with the accuracy that they or the pieces of the proposal state.
fn subject_lines(report: &SeveranceReport, subject: &Subject) -> Vec<Line> {
    let line = |meta: &Meta, runs: Vec<LineString>| {
        let mut line = Line::new(meta.id.clone(), runs).ok()?;
        line.meta = meta.clone();
        Some(line)
    };
    match subject {
        Subject::Line(contents) => {
            let all = contents.iter().flat_map(Content::courses);
            all.filter_map(|(meta, runs)| line(meta, runs.into_iter().map(|run| LineString(run.to_vec())).collect()))
                .collect()
        }
        Subject::Proposal(pieces) => {
            let worst = pieces.iter().map(|piece| &piece.meta).max_by(|a, b| {
                let metres = |meta: &Meta| meta.evidence.position_accuracy_m.unwrap_or(-1.0);
                metres(a).total_cmp(&metres(b))
            });
            let runs: Vec<LineString> = report.courses.iter().cloned().map(LineString).collect();
            worst.and_then(|meta| line(meta, runs)).into_iter().collect()
        }
    }
}
