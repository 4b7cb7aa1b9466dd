//! What each document says of each point.

use super::ResolveError;
use crate::document::Course;
use crate::document::description::{
    Authority, Conventions, Description, PointKind, PointLocation, PointRef, Rule, StatedPosition,
    Statement as Paragraph,
};
use crate::earth::{Operation, distance_m};
use crate::model::{Place, Warning, WarningCode};
use crate::question::number_of_mark;
use crate::topology::Nearest;
use geo::Coord;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The documents to resolve; those that are not given are `None`.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ResolveSources {
    /// Texts as parsed, in several languages or parts; an annexed catalogue counts as coordinates where there are no others.
    pub texts: Option<Vec<Description>>,
    /// Catalogues of coordinates.
    pub coordinates: Option<Vec<Course>>,
    /// The line of a map, or its numbered points.
    pub map: Option<MapLine>,
    /// Marks as measured.
    pub marks: Option<Vec<Place>>,
}

/// The line of a map.
#[derive(Debug, Clone, Default)]
pub struct MapLine {
    /// Lines; points with numbers are found by them.
    pub courses: Vec<Course>,
    /// Numbered points.
    pub points: Vec<Place>,
}

/// A position that a document states, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub position: Coord,
    pub stated: String,
}

/// A position, or why there is none.
type Stated = Result<Statement, String>;

/// Two positions of one document closer than this are one, in metres.
const ONE_M: f64 = 0.001;

/// The statements of all documents by point.
pub(super) struct StatementsByPoint {
    /// The points, in the order of the coordinates, then of the text, the marks and the map.
    pub points: Vec<String>,
    of: BTreeMap<u8, HashMap<String, Stated>>,
    given: Vec<Authority>,
    line: Option<Nearest>,
    pub warnings: Vec<Warning>,
}

impl ResolveSources {
    /// The documents that are given.
    pub(super) fn given(&self) -> Vec<Authority> {
        let annexed = || self.texts.iter().flatten().any(|text| !text.catalogue.is_empty());
        let is_given = |document: &Authority| match document {
            Authority::Text => self.texts.is_some(),
            Authority::Coordinates => self.coordinates.is_some() || annexed(),
            Authority::Map => self.map.is_some(),
            Authority::Marks => self.marks.is_some(),
        };
        [Authority::Text, Authority::Coordinates, Authority::Map, Authority::Marks]
            .into_iter()
            .filter(is_given)
            .collect()
    }

    /// The order that the texts state: the first of them that does.
    pub fn precedence_of_text(&self) -> Option<Vec<Authority>> {
        let paragraphs = |text: &'_ Description| -> Vec<Rule> {
            let of_sections = text.sections.iter().flat_map(|section| &section.statements);
            let rules = of_sections.filter_map(|statement| match statement {
                Paragraph::Rule(rule) => Some(rule.clone()),
                _ => None,
            });
            text.rules.iter().cloned().chain(rules).collect()
        };
        let all = self.texts.iter().flatten().flat_map(paragraphs);
        all.into_iter().find_map(|rule| match rule {
            Rule::Precedence(order) if !order.is_empty() => Some(order),
            _ => None,
        })
    }
}

impl StatementsByPoint {
    pub fn of(sources: &ResolveSources, operation: &Operation) -> Result<Self, ResolveError> {
        let mut out = StatementsByPoint {
            points: Vec::new(),
            of: BTreeMap::new(),
            given: sources.given(),
            line: None,
            warnings: Vec::new(),
        };
        let mut known = HashSet::new();
        out.coordinates(sources, operation, &mut known)?;
        for text in sources.texts.iter().flatten() {
            out.text(text, operation, &mut known)?;
        }
        for mark in sources.marks.iter().flatten() {
            let number = number_of_mark(mark);
            let lost = mark.meta.properties.get("status").and_then(|status| status.as_str()) == Some("lost");
            let stated = if lost {
                Err("the mark is lost".to_owned())
            } else {
                Ok(Statement { position: mark.position, stated: format!("mark {number}") })
            };
            out.put(Authority::Marks, &number, stated, &mut known)?;
        }
        if let Some(map) = &sources.map {
            out.map(map, &mut known)?;
        }
        Ok(out)
    }

    /// What a document states of a point.
    pub fn of_point(&self, document: Authority, point: &str) -> Stated {
        let found = self.of.get(&(document as u8)).and_then(|of| of.get(point));
        match found {
            Some(stated) => stated.clone(),
            None if !self.given.contains(&document) => Err("this document is not given".to_owned()),
            None => Err("it does not name this point".to_owned()),
        }
    }

    /// The position on the line of the map nearest to that of another document.
    pub fn on_the_line(&self, point: &str, by: Option<(Authority, Statement)>) -> Stated {
        let Some(line) = &self.line else { return self.of_point(Authority::Map, point) };
        let (other, statement) =
            by.ok_or_else(|| "it shows a line, and no other document says where on it the point lies".to_owned())?;
        let (_, position) = line.to(statement.position);
        Ok(Statement { position, stated: format!("on the line, nearest to the position of the {}", other.word()) })
    }

    fn put(
        &mut self,
        document: Authority,
        point: &str,
        stated: Stated,
        known: &mut HashSet<String>,
    ) -> Result<(), ResolveError> {
        let of = self.of.entry(document as u8).or_default();
        match (of.get(point), &stated) {
            (Some(Ok(first)), Ok(second)) => {
                let far_m = distance_m(first.position, second.position);
                if far_m > ONE_M {
                    return Err(ResolveError::TwoPositions {
                        document,
                        point: point.to_owned(),
                        first: first.stated.clone(),
                        second: second.stated.clone(),
                        distance_m: far_m,
                    });
                }
            }
            // A point is named in several clauses; one of them may state its position.
            (Some(Ok(_)), Err(_)) => {}
            (Some(Err(before)), Err(why)) if before != NO_LOCATION || why == NO_LOCATION => {}
            _ => drop(of.insert(point.to_owned(), stated)),
        }
        if known.insert(point.to_owned()) {
            self.points.push(point.to_owned());
        }
        Ok(())
    }

    fn coordinates(
        &mut self,
        sources: &ResolveSources,
        operation: &Operation,
        known: &mut HashSet<String>,
    ) -> Result<(), ResolveError> {
        for course in sources.coordinates.iter().flatten() {
            for (place, point) in course.points.iter().enumerate() {
                let number = point.number.clone().unwrap_or_else(|| (place + 1).to_string());
                let stated = format!("{}, entry {}", course.id, place + 1);
                self.put(Authority::Coordinates, &number, Ok(Statement { position: point.position, stated }), known)?;
            }
        }
        if sources.coordinates.is_some() {
            return Ok(());
        }
        for text in sources.texts.iter().flatten() {
            for entry in &text.catalogue {
                let stated = position(std::slice::from_ref(&entry.position), &text.conventions, operation);
                let stated =
                    stated.map(|at| Statement { position: at, stated: "catalogue annexed to the text".to_owned() });
                self.put(Authority::Coordinates, &entry.point, stated, known)?;
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        text: &Description,
        operation: &Operation,
        known: &mut HashSet<String>,
    ) -> Result<(), ResolveError> {
        let mut unnamed = 0;
        for (number, section) in text.sections.iter().enumerate() {
            for (place, paragraph) in section.statements.iter().enumerate() {
                let clause = format!("text, section {}, clause {}", number + 1, place + 1);
                let mut name = |point: Option<&PointRef>, location: &PointLocation| {
                    let Some(id) = point.and_then(|point| point.id.as_deref()) else {
                        let stands_alone = point.is_some_and(|point| point.kind != PointKind::Start);
                        unnamed += usize::from(stands_alone && !location.positions.is_empty());
                        return Ok(());
                    };
                    let stated = of_location(location, &text.conventions, operation);
                    let stated = stated.map(|position| Statement { position, stated: clause.clone() });
                    self.put(Authority::Text, id, stated, known)
                };
                match paragraph {
                    Paragraph::Point(point) => name(Some(&point.point), &point.location)?,
                    Paragraph::Leg(leg) => {
                        name(leg.from.as_ref(), &leg.from_location)?;
                        name(leg.to.as_ref(), &leg.to_location)?;
                    }
                    _ => {}
                }
            }
        }
        if unnamed > 0 {
            let message =
                format!("{unnamed} points of the text have coordinates and no number: they cannot be matched");
            self.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        }
        Ok(())
    }

    fn map(&mut self, map: &MapLine, known: &mut HashSet<String>) -> Result<(), ResolveError> {
        for place in &map.points {
            let number = number_of_mark(place);
            let stated = Ok(Statement { position: place.position, stated: format!("map, point {number}") });
            self.put(Authority::Map, &number, stated, known)?;
        }
        for course in &map.courses {
            for point in &course.points {
                if let Some(number) = &point.number {
                    let stated = format!("map, {}, point {number}", course.id);
                    self.put(Authority::Map, number, Ok(Statement { position: point.position, stated }), known)?;
                }
            }
        }
        let runs: Vec<Vec<Coord>> =
            map.courses.iter().map(|course| course.points.iter().map(|point| point.position).collect()).collect();
        self.line = Nearest::new(runs.iter().map(Vec::as_slice));
        Ok(())
    }
}

/// Why a text states no position where it says nothing of the place of a point.
const NO_LOCATION: &str = "it names the point and does not say where it lies";

/// The position that a text states of a point, or why it states none.
fn of_location(location: &PointLocation, conventions: &Conventions, operation: &Operation) -> Result<Coord, String> {
    if !location.positions.is_empty() {
        return position(&location.positions, conventions, operation);
    }
    let mut by = Vec::new();
    for (there, word) in [
        (!location.ties.is_empty(), "ties to objects"),
        (!location.on.is_empty(), "a line or object on which it lies"),
        (!location.at.is_empty(), "an object at which it lies"),
        (!location.near.is_empty(), "objects near it"),
        (location.height.is_some(), "a height"),
    ] {
        if there {
            by.push(word);
        }
    }
    Err(match (location.undetermined, by.as_slice()) {
        (true, _) => "it leaves the place of the point undetermined".to_owned(),
        (false, []) => NO_LOCATION.to_owned(),
        (false, by) => format!("it states {}, and no coordinates", by.join(", ")),
    })
}

/// The first of several stated positions that is complete, in WGS 84.
fn position(positions: &[StatedPosition], conventions: &Conventions, operation: &Operation) -> Result<Coord, String> {
    let mut why = "it states no coordinates".to_owned();
    for position in positions {
        match position {
            StatedPosition::Geographic { latitude: Some(latitude), longitude: Some(longitude), .. } => {
                if latitude.plus.is_some() || longitude.plus.is_some() {
                    "its coordinates are an angle and a length".clone_into(&mut why);
                    continue;
                }
                let at = Coord { x: longitude.value_deg(), y: latitude.value_deg() };
                if at.x.abs() > 180.0 || at.y.abs() > 90.0 {
                    why = format!("({}, {}) is no longitude and latitude", at.x, at.y);
                    continue;
                }
                return in_wgs84(at, conventions.datum.as_deref(), operation);
            }
            StatedPosition::Geographic { .. } => "it states one coordinate and not the other".clone_into(&mut why),
            StatedPosition::Plane { .. } => {
                "it states plane coordinates, whose projection a text does not define".clone_into(&mut why);
            }
            StatedPosition::Grid { .. } => "it states a reference to a map grid, which is an area".clone_into(&mut why),
        }
    }
    Err(why)
}

fn in_wgs84(at: Coord, datum: Option<&str>, operation: &Operation) -> Result<Coord, String> {
    let Some(datum) = datum else { return Ok(at) };
    let plain: String = datum.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let is = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    // Realisations of ITRF and WGS 84 agree to centimetres.
    if is(&["wgs84", "worldgeodeticsystem", "itrf"]) {
        Ok(at)
    } else if is(&["pulkovo1942", "sk42", "ск42", "пулково1942"]) {
        Ok(operation.to_wgs84(at))
    } else {
        Err(format!("its coordinates are in {datum}, from which no operation is known here"))
    }
}
