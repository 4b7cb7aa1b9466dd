//! Sectors leg by leg: numbers of points, clauses, and the points of the annexed catalogue.

use super::context::{Around, DescriptionContext};
use super::course::{Path, Sides};
use super::follow::{Stretch, stretches};
use super::heading::direction;
use super::leg::{Along, Chosen, Legs};
use super::line::{DescribeError, DescriptionLine};
use super::met::{Met, met};
use super::number::Rounding;
use super::place::{Places, territories};
use super::uncertain::{Meetings, meetings, warning};
use super::water::waters;
use super::{DescribeOptions, DescribedLeg, turning_point};
use crate::document::Course;
use crate::document::description::{
    CatalogueEntry, Clause, ClauseCrossing, Decimal, Follow, Hand, Heading, Hemisphere, Landmark, LandmarkClass,
    LeftOnSide, PointClause, PointKind, PointLocation, PointRef, Section, SideStatement, StatedAngle, StatedCoordinate,
    StatedPosition, Statement, UndeterminedMeeting, Words,
};
use crate::document::stating::stated_length_m;
use crate::earth::antimeridian::turns;
use crate::earth::{LocalPlane, distance_m};
use crate::model::{Territory, Warning, WarningCode};
use crate::topology::{COINCIDENT_M, box_of, wrapped};
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Greatest number of legs named by a warning.
const MOST_NAMED: usize = 8;

/// The description of the sectors.
#[derive(Default)]
pub(super) struct Written {
    pub sections: Vec<Section>,
    pub legs: Vec<DescribedLeg>,
    pub catalogue: Vec<CatalogueEntry>,
    pub courses: Vec<Course>,
    pub points: usize,
    pub river_m: f64,
    pub lake_m: f64,
    /// Sum of the printed lengths of the legs.
    pub printed_m: f64,
    pub names_banks: bool,
    /// Objects of which the accuracy does not determine where the line meets them.
    pub undetermined: Vec<UndeterminedMeeting>,
    not_allotted: Vec<String>,
}

/// Writes the sectors in order.
pub(super) struct Writer<'a> {
    pub(super) lines: &'a [DescriptionLine],
    paths: &'a [Path],
    around: &'a Around,
    context: &'a DescriptionContext,
    pub(super) options: &'a DescribeOptions,
    rounding: Rounding,
    places: Places<'a>,
    pub(super) tolerance_m: f64,
    accuracy_m: f64,
    /// Objects left on the sides, by sector and edge, with their rank.
    left: FxHashMap<usize, Vec<(usize, usize, LeftOnSide)>>,
    /// Meetings with ways that are known less well than the tolerance.
    uncertain: Meetings,
    /// The last point with its number.
    last: Option<(Coord, String)>,
    pub(super) next_number: u32,
    /// Numbers of marks by their vertices of the current sector.
    pub(super) marked: FxHashMap<usize, String>,
    out: Written,
}

impl<'a> Writer<'a> {
    #[expect(clippy::too_many_arguments, reason = "everything that is known of the line")]
    pub(super) fn new(
        lines: &'a [DescriptionLine],
        paths: &'a [Path],
        sides: &'a Sides<'a>,
        around: &'a Around,
        context: &'a DescriptionContext,
        options: &'a DescribeOptions,
        rounding: Rounding,
        tolerance_m: f64,
        accuracy_m: f64,
    ) -> Self {
        let places = Places {
            around,
            sides,
            lines,
            rounding,
            compass: options.compass,
            tolerance_m,
            accuracy_m,
            most_ties: options.ties,
            reach_m: options.tie_reach_m,
            leave_m: options.leave_m,
            territories: territories(around, sides, lines, 2.0 * options.tie_reach_m),
        };
        let mut left: FxHashMap<usize, Vec<(usize, usize, LeftOnSide)>> = FxHashMap::default();
        for (rank, (sector, edge, allotment)) in places.left_on_sides().into_iter().enumerate() {
            left.entry(sector).or_default().push((edge, rank, allotment));
        }
        Writer {
            lines,
            paths,
            around,
            context,
            options,
            rounding,
            places,
            tolerance_m,
            accuracy_m,
            left,
            uncertain: meetings(&around.uncertain, paths, sides, accuracy_m),
            last: None,
            next_number: options.first_number,
            marked: FxHashMap::default(),
            out: Written::default(),
        }
    }

    /// Describes a sector.
    ///
    /// # Errors
    /// A mark is too far from it.
    pub(super) fn sector(&mut self, sector: usize) -> Result<(), DescribeError> {
        let (line, path) = (&self.lines[sector], &self.paths[sector]);
        let breaks = self.breaks(path)?;
        let along = self.along(sector);
        let legs = Legs {
            line,
            path,
            around: self.around,
            along: &along,
            rounding: self.rounding,
            straight_m: self.accuracy_m.max(COINCIDENT_M),
        };
        let cuts = cut(&legs, &breaks, &along.stretches);
        let mut statements = Vec::new();
        let kind = if self.options.marks.is_some() { PointKind::Mark } else { PointKind::Point };
        let first = path.points[0];
        let ends_on = cuts.first().and_then(|(_, chosen)| chosen.ends_on);
        let start = match &self.last {
            Some((at, id)) if distance_m(*at, first) <= COINCIDENT_M => id.clone(),
            _ => {
                let id = self.number(line, breaks[0]);
                let location = self.places.of_start(first, ends_on.filter(|&way| self.is_on(first, way)));
                let is_start = self.out.legs.is_empty();
                if is_start || !location.is_empty() {
                    statements.push(Statement::Point(PointClause {
                        point: PointRef::new(kind, id.clone()),
                        start: is_start,
                        meeting: Vec::new(),
                        by_separate_treaty: false,
                        location,
                    }));
                }
                statements.extend(self.tripoint(line, first, &id));
                self.out.points += 1;
                id
            }
        };
        let mut course = vec![turning_point(first, start.clone())];
        self.enter(first, &start);
        let (mut from_id, mut river_m) = (start.clone(), 0.0);
        let count = cuts.len();
        let crossings = self.uncertain.of_legs(sector, &cuts.iter().map(|(ends, _)| *ends).collect::<Vec<_>>());
        let mut ends = vec![start.clone()];
        // Legs do not depend on each other but by their numbers.
        let written: Vec<(Clause, PointLocation)> = cuts.par_iter().map(|cut| self.leg(path, cut)).collect();
        for (i, (([from, to], chosen), (mut clause, location))) in cuts.into_iter().zip(written).enumerate() {
            let is_closing = path.is_ring() && i + 1 == count;
            let at = path.points[to];
            let id = if is_closing { start.clone() } else { self.number(line, to) };
            if let Some(part) = clause.parts.last_mut() {
                let crossed = crossings.iter().filter(|(_, legs)| *legs == [i, i]);
                let what = crossed.map(|(way, _)| self.around.uncertain[*way].landmark.clone());
                part.crosses.extend(what.map(|what| ClauseCrossing { what, ties: Vec::new(), not: false }));
            }
            clause.from = Some(PointRef::new(kind, from_id.clone()));
            clause.to = Some(PointRef::new(if is_closing { PointKind::Start } else { kind }, id.clone()));
            if !is_closing {
                clause.to_location = location;
                self.out.points += 1;
                self.enter(at, &id);
            }
            if i == 0 {
                let side = |hand: Hand, territory: &Option<Words>| {
                    let territory = territory.clone()?;
                    Some(SideStatement { hand: Some(hand), wind: None, territory, what: Vec::new() })
                };
                clause.sides =
                    [side(Hand::Left, &line.left), side(Hand::Right, &line.right)].into_iter().flatten().collect();
            }
            let has_bends = !chosen.is_straight;
            for (n, inner) in (from + 1..to).filter(|_| has_bends).enumerate() {
                course.push(turning_point(path.points[inner], format!("{from_id}/{}", n + 1)));
            }
            course.push(turning_point(at, id.clone()));
            river_m += chosen.river_m;
            self.out.names_banks |= clause.parts.iter().any(|part| part.bank.is_some());
            self.row(sector, path, [from, to], &clause);
            for object in &chosen.not_allotted {
                let name = words_in_english(object);
                self.out.not_allotted.push(format!("{from_id}–{id} {name}"));
            }
            statements.push(Statement::Leg(clause));
            if !is_closing && i + 1 == count {
                statements.extend(self.tripoint(line, at, &id));
            }
            ends.push(id.clone());
            from_id = id;
        }
        for (way, [first, last]) in crossings.into_iter().filter(|(_, [first, last])| first != last) {
            let between = [&ends[first], &ends[last + 1]].map(|id| PointRef::new(kind, id.clone()));
            self.out.undetermined.push(self.around.uncertain[way].undetermined(Some(between)));
        }
        self.last = Some((path.points[path.points.len() - 1], from_id));
        self.out.river_m += river_m;
        self.out.lake_m += along.lake_m;
        let length = Some(self.rounding.along(path.length_m()));
        self.out.sections.push(Section { heading: line.heading.clone(), length, statements });
        self.out.courses.push(Course { id: line.id.clone(), points: course });
        Ok(())
    }

    /// Adds the ways of which the accuracy does not determine whether the line meets them, and a warning on them.
    pub(super) fn undetermined(&mut self, warnings: &mut Vec<Warning>) {
        let ways = self.uncertain.undetermined.iter().map(|way| &self.around.uncertain[*way]);
        let named = ways.filter(|way| !way.landmark.name.is_empty());
        self.out.undetermined.extend(named.map(|way| way.undetermined(None)));
        warnings.extend(warning(&self.out.undetermined, self.tolerance_m));
    }

    /// Adds warnings, and returns the result.
    pub(super) fn finish(self, warnings: &mut Vec<Warning>) -> Written {
        let doubtful: Vec<String> = self
            .out
            .legs
            .iter()
            .filter(|leg| leg.direction_uncertain)
            .map(|leg| format!("{}–{}", leg.from, leg.to))
            .collect();
        let mut warn = |code: WarningCode, what: &str, all: &[String]| {
            if all.is_empty() {
                return;
            }
            let named = all.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = if all.len() > MOST_NAMED { ", …" } else { "" };
            let legs = if all.len() == 1 { "leg" } else { "legs" };
            let message = format!("{} {legs} {what}: {named}{more}", all.len());
            warnings.push(Warning { code, message, feature: None });
        };
        warn(WarningCode::Uncertain, "with a direction that the accuracy of the positions leaves undecided", &doubtful);
        warn(WarningCode::Note, "along a road that nobody allots to a territory", &self.out.not_allotted);
        self.out
    }

    fn is_on(&self, at: Coord, way: u32) -> bool {
        self.around.ways_near(at, self.tolerance_m).iter().any(|(near, _)| *near == way)
    }

    /// Collects the features along a sector.
    fn along(&self, sector: usize) -> Along {
        let path = &self.paths[sector];
        let Met { crossings, shores } = met(path, self.lines[sector].edges, self.around);
        let mut crossings: Vec<(f64, f64, u32)> = crossings.into_iter().map(|(at, way)| (at, at, way)).collect();
        let stretches = stretches(path, self.around, self.tolerance_m, self.accuracy_m);
        let waters = waters(shores, path.length_m(), &stretches);
        crossings.extend(waters.iter().filter(|(from_m, to_m, _)| *from_m > 0.0 && *to_m < path.length_m()));
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let lake_m = waters.iter().map(|(from_m, to_m, _)| to_m - from_m).sum();
        let is_high =
            |class: Option<LandmarkClass>| matches!(class, Some(LandmarkClass::Summit | LandmarkClass::Height));
        let mut summits: Vec<(f64, Landmark)> = Vec::new();
        for spot in self.around.spots.iter().filter(|spot| is_high(spot.landmark.class)) {
            if let Some(near) =
                self.places.sides.nearest(spot.position, self.tolerance_m).filter(|n| n.sector == sector)
            {
                summits.push((path.chainage[near.edge], spot.landmark.clone()));
            }
        }
        summits.sort_by(|a, b| a.0.total_cmp(&b.0));
        let of_edge = |(edge, rank, allotment): &(usize, usize, LeftOnSide)| {
            ((path.chainage[*edge] + path.chainage[*edge + 1]) / 2.0, *rank, allotment.clone())
        };
        let mut left: Vec<(f64, usize, LeftOnSide)> =
            self.left.get(&sector).into_iter().flatten().map(of_edge).collect();
        left.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        Along { stretches, crossings, lake_m, summits, left }
    }

    /// A leg without the numbers of its points, and where its last point lies; that of a ring's last leg is its first.
    fn leg(&self, path: &Path, ([from, to], chosen): &([usize; 2], Chosen)) -> (Clause, PointLocation) {
        let at = path.points[*to];
        let clause = self.clause(path, [*from, *to], chosen);
        (clause, self.places.of(at, chosen.ends_on.filter(|&way| self.is_on(at, way))))
    }

    fn clause(&self, path: &Path, [from, to]: [usize; 2], chosen: &Chosen) -> Clause {
        let says_direction = !chosen.is_river || self.options.river_directions;
        let stated = direction(path, [from, to], chosen.is_straight, self.options.compass, self.accuracy_m);
        // The path is never printed shorter than its chord.
        let length_m = stated_length_m(path.between_m(from, to), path.chord_m(from, to));
        Clause {
            parts: chosen.parts.clone(),
            directions: stated.filter(|_| says_direction).map(|stated| stated.direction).into_iter().collect(),
            length: Some(self.rounding.along(length_m)),
            ..Clause::default()
        }
    }

    /// A row of the report.
    fn row(&mut self, sector: usize, path: &Path, [from, to]: [usize; 2], clause: &Clause) {
        let is_straight = clause.parts.len() == 1 && clause.parts[0].follow == Some(Follow::Straight);
        let stated = direction(path, [from, to], is_straight, self.options.compass, self.accuracy_m);
        let has_direction = !clause.directions.is_empty();
        let word = |follow: Follow| serde_json::to_value(follow).ok().and_then(|v| v.as_str().map(str::to_owned));
        let follow = clause.parts.iter().filter_map(|part| word(part.follow?)).collect::<Vec<_>>().join(" + ");
        let id = |point: &Option<PointRef>| point.as_ref().and_then(|point| point.id.clone()).unwrap_or_default();
        let stated_length_m = clause.length.as_ref().map_or(0.0, |length| length.metres());
        self.out.printed_m += stated_length_m;
        self.out.legs.push(DescribedLeg {
            sector: sector + 1,
            from: id(&clause.from),
            to: id(&clause.to),
            follow,
            length_m: path.between_m(from, to),
            chord_m: path.chord_m(from, to),
            azimuth_deg: path.azimuth_deg(from, to),
            stated_length_m,
            wind: clause.directions.iter().find_map(|direction| match &direction.heading {
                Heading::Wind(wind) => Some(format!("{wind:?}")),
                _ => None,
            }),
            direction_uncertain: has_direction && stated.is_some_and(|stated| stated.is_doubtful),
            course: path.points[from..=to].to_vec(),
        });
    }

    /// Adds a point to the annexed catalogue.
    fn enter(&mut self, at: Coord, id: &str) {
        let at = wrapped(at);
        if self.out.catalogue.last().is_some_and(|last| last.point == id) {
            return;
        }
        let coordinate = |degrees: f64, [positive, negative]: [Hemisphere; 2]| {
            // Rounded in hundredths of a second, so that 59.999″ carries over.
            let hundredths = (degrees.abs() * 360_000.0).round();
            let [whole, minutes] = [(hundredths / 360_000.0).floor(), (hundredths / 6000.0).floor() % 60.0];
            let seconds = hundredths % 6000.0 / 100.0;
            Some(StatedCoordinate {
                angle: StatedAngle {
                    degrees: Decimal::rounded(whole, 0),
                    minutes: Some(Decimal::rounded(minutes, 0)),
                    seconds: Some(Decimal::rounded(seconds, 2)),
                },
                hemisphere: Some(if degrees < 0.0 { negative } else { positive }),
                plus: None,
            })
        };
        let position = StatedPosition::Geographic {
            latitude: coordinate(at.y, [Hemisphere::N, Hemisphere::S]),
            longitude: coordinate(at.x, [Hemisphere::E, Hemisphere::W]),
            longitude_first: false,
            approx: false,
        };
        self.out.catalogue.push(CatalogueEntry { point: id.to_owned(), position, height: None });
    }

    /// The statement on a point where a third territory starts.
    fn tripoint(&self, line: &DescriptionLine, at: Coord, id: &str) -> Option<Statement> {
        let third = self.context.territories.iter().find(|territory| {
            !line.territory_ids.contains(&territory.meta.id) && is_near(territory, at, self.tolerance_m)
        })?;
        let mut meeting: Vec<Words> = [&line.left, &line.right].into_iter().flatten().cloned().collect();
        let name = Words::from(&third.meta.name);
        meeting.push(if name.is_empty() { Words::of("en", third.meta.id.clone()) } else { name });
        meeting.sort();
        Some(Statement::Point(PointClause {
            point: PointRef::new(PointKind::Tripoint, id),
            start: false,
            meeting,
            by_separate_treaty: self.options.tripoint_by_treaty,
            location: Default::default(),
        }))
    }
}

/// The legs between turning points, cut further if one has more parts than a sentence can have.
fn cut(legs: &Legs<'_>, breaks: &[usize], all: &[Stretch]) -> Vec<([usize; 2], Chosen)> {
    let mut of_leg: Vec<Vec<&Stretch>> = vec![Vec::new(); breaks.len() - 1];
    let starts: Vec<f64> = breaks.iter().map(|&i| legs.path.chainage[i]).collect();
    for stretch in all {
        let first = starts.partition_point(|&at| at <= stretch.from_m).saturating_sub(1);
        for leg in first..of_leg.len() {
            if starts[leg] >= stretch.to_m {
                break;
            }
            of_leg[leg].push(stretch);
        }
    }
    let mut out = Vec::with_capacity(of_leg.len());
    for (pair, stretches) in breaks.windows(2).zip(&of_leg) {
        let mut open = vec![[pair[0], pair[1]]];
        while let Some([from, to]) = open.pop() {
            match legs.choose(from, to, stretches) {
                Ok(chosen) => out.push(([from, to], chosen)),
                Err(at) => open.extend([[at, to], [from, at]]),
            }
        }
    }
    out
}

/// Whether an outline of a territory is within `within_m` metres of a position.
fn is_near(territory: &Territory, at: Coord, within_m: f64) -> bool {
    let rings = territory.parts().iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
    let plane = LocalPlane::at(at);
    let reach = plane.degrees(within_m);
    let (low, high) = (at - reach, at + reach);
    let copies: Vec<f64> = turns(low.x, high.x).collect();
    let is_near = |edge: [Coord; 2], turn: f64| {
        let edge = edge.map(|end| Coord { x: end.x - turn, ..end });
        let (west_south, east_north) = box_of(edge);
        west_south.x <= high.x
            && east_north.x >= low.x
            && west_south.y <= high.y
            && east_north.y >= low.y
            && plane.nearest_on_edge(at, edge[0], edge[1]).1 <= within_m
    };
    // The edges of a cut along ±180° are no outline.
    let is_cut = |edge: &[Coord; 2]| edge[0].x.abs() == 180.0 && edge[0].x == edge[1].x;
    let edges = rings.flat_map(|ring| ring.0.windows(2)).map(|pair| [pair[0], pair[1]]).filter(|edge| !is_cut(edge));
    edges.into_iter().any(|edge| copies.iter().any(|turn| is_near(edge, *turn)))
}

/// The name of an object in messages.
pub(super) fn words_in_english(object: &Landmark) -> String {
    let class = object.class.and_then(|class| serde_json::to_value(class).ok());
    let class = class.as_ref().and_then(|class| class.as_str()).unwrap_or("road").replace('-', " ");
    match object.name.get("en") {
        Some(name) => format!("({class} {name})"),
        None => format!("({class})"),
    }
}
