//! The protocol of each boundary mark: what it is, where it is, what it is tied to, and a sketch.

mod around;

use super::catalogue::{Catalogue, CatalogueOptions, CatalogueRow, CoordinateColumns, Course, TurningPoint, catalogue};
use super::describe::{DescriptionContext, DescriptionLine, Reference, references};
use super::description::{Block, DescriptionPaper, Picture, Words};
use super::write::{Form, FormLeg, FormPoint, landmark_name};
use crate::earth::edges::beside;
use crate::earth::{Operation, SheetScale, azimuth_deg, distance_m};
use crate::map::{MapError, Ray, SKETCH_MM, SKETCH_SCALES, Sketch, is_on_sketch, sketch_reach_m, sketch_zone};
use crate::model::{Content, Meta, Name, Place, Status, Warning, WarningCode};
use crate::question::{Mark, MarkReport, SheetOptions, posts, sheets};
use crate::topology::joined_legs;
use around::EdgesAround;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What the protocols of marks say, and how.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProtocolOptions {
    /// Codes of the languages, in their order.
    pub languages: Vec<String>,
    /// Systems of the coordinates, in their order.
    pub coordinates: Vec<CoordinateColumns>,
    /// The operation between Pulkovo 1942 and WGS 84.
    pub operation: Operation,
    /// Most ties of a mark to permanent objects.
    pub ties: usize,
    /// Greatest length of a tie in metres.
    pub tie_reach_m: f64,
    /// Denominator of the scale of sketches; `None`: for each mark the largest of 500, 1 000 and 2 000 that shows all marks and
    /// objects which the smallest shows.
    pub scale: Option<u32>,
    /// Resolution of sketches as PNG in dots per inch, which DOCX needs; `None`: SVG alone.
    pub dpi: Option<f64>,
    /// Names of the parties that sign, in their order.
    pub parties: Vec<Words>,
    /// Files with the SHA-256 of each.
    pub data: Vec<(String, String)>,
}

impl Default for ProtocolOptions {
    /// English, all systems, four ties within 3 km, sketches as SVG.
    fn default() -> Self {
        ProtocolOptions {
            languages: vec!["en".to_owned()],
            coordinates: CoordinateColumns::ALL.to_vec(),
            operation: Operation::default(),
            ties: 4,
            tie_reach_m: 3000.0,
            scale: None,
            dpi: None,
            parties: Vec::new(),
            data: Vec::new(),
        }
    }
}

/// What the protocols of marks are made from, beside the marks.
#[derive(Debug, Clone, Copy)]
pub struct ProtocolBasis<'a> {
    /// The lines that are marked.
    pub lines: &'a [Content],
    /// Objects around them: places for ties; rivers and roads for sketches.
    pub context: &'a DescriptionContext,
    /// Names of territories by id.
    pub names: &'a [(String, Words)],
}

/// Protocols of marks, each made when it is asked for.
pub struct MarkProtocols<'a> {
    report: &'a MarkReport,
    options: &'a ProtocolOptions,
    /// Name and status of each line of the basis.
    lines: Vec<(&'a str, Words, Status)>,
    around: EdgesAround,
    rivers: (EdgesAround, Vec<&'a Name>),
    roads: (EdgesAround, Vec<&'a Name>),
    /// What stands, of all marks, each as an edge without length with the number of its mark.
    standing: EdgesAround,
    posts: Vec<(String, Coord)>,
    rows: Vec<CatalogueRow>,
    metre_decimals: usize,
    /// For each mark, the first of its rows.
    first_row: Vec<usize>,
    legs: FxHashMap<&'a str, Vec<(&'a str, f64)>>,
    places: FxHashMap<&'a str, Coord>,
    references: Vec<Vec<Reference>>,
    sheets: FxHashMap<String, String>,
    names: &'a [(String, Words)],
}

/// Returns the protocols of the marks of a report.
///
/// # Earth and units
/// Positions (lon, lat) in degrees on WGS 84; azimuths from true north and distances are those of geodesics.
///
/// # Method
/// A protocol states number, type and place, coordinates in the systems asked for, azimuth and distance to the marks before and
/// after it on its lines and from up to four permanent objects, chosen as the ties of a description are, and has a sketch in the
/// UTM grid at 1:500 to 1:2 000. Distances and azimuths from objects have no more digits than the accuracy of the object and of
/// the line allows. What is known on the ground alone (material, date) stays open.
///
/// # Examples
/// ```
/// use merestone::document::{DescriptionContext, ProtocolBasis, ProtocolOptions, mark_protocols};
/// use merestone::geo::line_string;
/// use merestone::model::{Content, Line};
/// use merestone::question::{MarkBasis, MarkOptions, marks};
/// let lines = [Content::Lines(vec![Line::new("l", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 45.005)]])?])];
/// let report = marks(&lines, &MarkBasis::default(), &MarkOptions::default())?.report;
/// let (context, options) = (DescriptionContext::default(), ProtocolOptions::default());
/// let basis = ProtocolBasis { lines: &lines, context: &context, names: &[] };
/// let protocols = mark_protocols(&report, &basis, &options);
/// let (paper, warnings) = protocols.paper(0)?;
/// assert!(paper.is_form && warnings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn mark_protocols<'a>(
    report: &'a MarkReport,
    basis: &ProtocolBasis<'a>,
    options: &'a ProtocolOptions,
) -> MarkProtocols<'a> {
    let positions: Vec<Coord> = report.marks.iter().map(|mark| mark.position.into()).collect();
    let (mut lines, mut runs, mut described) = (Vec::new(), Vec::new(), Vec::new());
    for content in basis.lines {
        for (index, (meta, own)) in content.courses().into_iter().enumerate() {
            let line = match content {
                Content::Lines(lines) => Some(&lines[index]),
                _ => None,
            };
            let called = |id: &Option<String>| id.as_ref().map(|id| called(basis.names, id));
            for points in joined_legs(&own) {
                let mut one = DescriptionLine::new(meta.id.clone(), points.clone());
                one.accuracy_m = meta.evidence.position_accuracy_m;
                (one.left, one.right) = line.map_or((None, None), |line| (called(&line.left), called(&line.right)));
                described.push(one);
                runs.push((lines.len(), points));
            }
            lines.push((meta.id.as_str(), of_line(meta), line.map_or(Status::Unspecified, |line| line.status)));
        }
    }
    let standing: Vec<(usize, (String, Coord))> = report
        .marks
        .iter()
        .enumerate()
        .flat_map(|(i, mark)| posts(mark).into_iter().map(move |(number, at)| (i, (number, at.into()))))
        .collect();
    let spots: Vec<[Coord; 2]> = standing.iter().map(|(_, (_, at))| [*at; 2]).collect();
    let mut legs: FxHashMap<&str, Vec<(&str, f64)>> = FxHashMap::default();
    for leg in &report.legs {
        legs.entry(&leg.from).or_default().push((&leg.to, leg.path_m));
        legs.entry(&leg.to).or_default().push((&leg.from, leg.path_m));
    }
    let (table, first_row) = coordinates(&report.marks, options);
    MarkProtocols {
        report,
        options,
        around: EdgesAround::new(runs.iter().map(|(line, run)| (*line, run.as_slice()))),
        lines,
        rivers: ways(&basis.context.rivers),
        roads: ways(&basis.context.roads),
        standing: EdgesAround::new(spots.iter().map(|spot| &spot[..]).enumerate()),
        posts: standing.into_iter().map(|(_, post)| post).collect(),
        metre_decimals: table.metre_decimals,
        rows: table.points,
        first_row,
        legs,
        places: report.marks.iter().map(|mark| (mark.number.as_str(), mark.position.into())).collect(),
        references: references(&described, basis.context, &positions, (options.ties, options.tie_reach_m)),
        sheets: sheets_of(&report.marks, options),
        names: basis.names,
    }
}

/// The name of a line, else its id.
fn of_line(meta: &Meta) -> Words {
    let name = Words::from(&meta.name);
    if name.is_empty() { Words::of("en", meta.id.clone()) } else { name }
}

fn called(names: &[(String, Words)], id: &str) -> Words {
    let known = names.iter().find(|(known, _)| known.eq_ignore_ascii_case(id));
    known.map_or_else(|| Words::of("en", id), |(_, name)| name.clone())
}

fn ways(contents: &[Content]) -> (EdgesAround, Vec<&Name>) {
    let (mut names, mut runs) = (Vec::new(), Vec::new());
    for content in contents {
        for (meta, own) in content.courses() {
            runs.extend(own.into_iter().map(|run| (names.len(), run)));
            names.push(&meta.name);
        }
    }
    (EdgesAround::new(runs), names)
}

/// The coordinates of all points of marks, and the first row of each mark.
fn coordinates(marks: &[Mark], options: &ProtocolOptions) -> (Catalogue, Vec<usize>) {
    let (mut points, mut first) = (Vec::new(), Vec::new());
    for mark in marks {
        first.push(points.len());
        let pair = mark.left_post.into_iter().chain(mark.right_post);
        points.extend(std::iter::once(mark.position).chain(pair).map(|[x, y]| TurningPoint {
            position: Coord { x, y },
            number: Some(mark.number.clone()),
            name: None,
            height_m: None,
            source: None,
            given: None,
        }));
    }
    // To a third of a centimetre.
    let of_catalogue =
        CatalogueOptions { dms_decimals: 4, operation: options.operation.clone(), ..CatalogueOptions::default() };
    let table = catalogue(&[Course { id: "marks".to_owned(), points }], &of_catalogue).report;
    (table, first)
}

/// The map sheet of each mark by its number; none near the poles, which have no sheets.
fn sheets_of(marks: &[Mark], options: &ProtocolOptions) -> FxHashMap<String, String> {
    let operation = options.operation.clone();
    let of_sheets = SheetOptions { scale: SheetScale::FiftyThousand, operation, ..SheetOptions::default() };
    let place = |mark: &Mark| Place {
        meta: Meta { id: mark.number.clone(), ..Meta::default() },
        position: mark.position.into(),
        rank: 1,
    };
    let report = sheets(&[Content::Places(marks.iter().map(place).collect())], &of_sheets);
    let features = report.map(|answer| answer.report.features).unwrap_or_default();
    features.into_iter().map(|on| (on.feature, on.sheet)).collect()
}

impl MarkProtocols<'_> {
    /// Number of marks.
    pub fn len(&self) -> usize {
        self.report.marks.len()
    }

    /// Whether there is no mark.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a mark.
    pub fn number(&self, index: usize) -> &str {
        &self.report.marks[index].number
    }

    /// The protocol of a mark, with warnings on names for which its sketch has no room.
    ///
    /// # Errors
    /// A name with a character that the fonts lack.
    pub fn paper(&self, index: usize) -> Result<(DescriptionPaper, Vec<Warning>), MapError> {
        let mark = &self.report.marks[index];
        let at: Coord = mark.position.into();
        let references = &self.references[index];
        let mut legs: Vec<FormLeg<'_>> = Vec::new();
        for (number, path_m) in self.legs.get(mark.number.as_str()).into_iter().flatten() {
            let to = beside(self.places[number], at);
            let (azimuth_deg, distance_m) = (azimuth_deg(at, to), distance_m(at, to));
            legs.push(FormLeg { number, azimuth_deg, distance_m, path_m: *path_m });
        }
        let scale = self.options.scale.unwrap_or_else(|| self.scale(at, &legs, references));
        let plate = self.sketch(index, scale, &legs, references).draw()?;
        let message = |name: &String| Warning {
            code: WarningCode::Note,
            message: format!("mark {}: the sketch has no room for \"{name}\"", mark.number),
            feature: Some(mark.number.clone()),
        };
        let warnings = plate.unplaced.iter().map(message).collect();
        let picture = Picture {
            svg: plate.outline_svg(),
            png: self.options.dpi.map(|dpi| plate.png(dpi)).transpose()?,
            size_mm: SKETCH_MM,
            texts: self.options.languages.iter().map(|_| format!("{} 1:{scale}", mark.number)).collect(),
        };
        let rows = &self.rows[self.first_row[index]..];
        let ends = std::iter::once(None).chain([mark.left_post, mark.right_post].map(Some));
        let points = rows.iter().zip(ends).take_while(|(_, post)| post.is_none_or(|post| post.is_some()));
        let point = |(row, post): (&CatalogueRow, Option<Option<[f64; 2]>>)| {
            let post = post.flatten().map(|post| beside(post.into(), at));
            FormPoint {
                coordinates: self.options.coordinates.iter().map(|system| self.written(row, *system)).collect(),
                to_line: post.map(|post| (azimuth_deg(post, at), distance_m(post, at))),
            }
        };
        let name = |id: &Option<String>| id.as_ref().map(|id| called(self.names, id));
        let own_line = self.lines.iter().find(|(id, ..)| *id == mark.line);
        let form = Form {
            mark,
            line: own_line.map_or_else(|| Words::of("en", mark.line.clone()), |(_, name, _)| name.clone()),
            left: name(&mark.left),
            right: name(&mark.right),
            sheet: self.sheets.get(&mark.number).map(String::as_str),
            systems: self.options.coordinates.iter().map(|system| heading(*system)).collect(),
            points: points.map(point).collect(),
            legs,
            references,
            picture,
            scale,
            zone: sketch_zone(at),
            parties: &self.options.parties,
            data: &self.options.data,
        };
        Ok((form.paper(&self.options.languages), warnings))
    }

    /// The protocols of all marks as one paper, each on its own page.
    ///
    /// # Errors
    /// As [`MarkProtocols::paper`].
    pub fn papers(&self) -> Result<(DescriptionPaper, Vec<Warning>), MapError> {
        let each: Vec<(DescriptionPaper, Vec<Warning>)> =
            (0..self.len()).into_par_iter().map(|index| self.paper(index)).collect::<Result<_, _>>()?;
        let mut whole =
            DescriptionPaper { languages: self.options.languages.clone(), blocks: Vec::new(), is_form: true };
        let mut warnings = Vec::new();
        for (paper, more) in each {
            whole.languages = paper.languages;
            whole.blocks.extend((!whole.blocks.is_empty()).then_some(Block::NextPage));
            whole.blocks.extend(paper.blocks);
            warnings.extend(more);
        }
        Ok((whole, warnings))
    }

    /// The largest scale that shows all marks and objects which the smallest shows.
    fn scale(&self, at: Coord, legs: &[FormLeg<'_>], references: &[Reference]) -> u32 {
        let marks = legs.iter().map(|leg| self.places[leg.number]);
        let all: Vec<Coord> = marks.chain(references.iter().map(|reference| reference.position)).collect();
        let shown = |scale: u32| all.iter().filter(|to| is_on_sketch(at, beside(**to, at), scale)).count();
        let smallest = SKETCH_SCALES[SKETCH_SCALES.len() - 1];
        let most = shown(smallest);
        let enough = SKETCH_SCALES.into_iter().find(|scale| shown(*scale) == most);
        enough.filter(|_| most > 0).unwrap_or(smallest)
    }

    fn sketch(&self, index: usize, scale: u32, legs: &[FormLeg<'_>], references: &[Reference]) -> Sketch {
        let mark = &self.report.marks[index];
        let at: Coord = mark.position.into();
        let languages = &self.options.languages;
        let language = languages.first().map_or("en", String::as_str);
        let reach_m = sketch_reach_m(f64::from(scale));
        let (mut lines, mut others) = (Vec::new(), Vec::new());
        for (line, run) in self.around.near(at, reach_m) {
            let (id, _, status) = &self.lines[line];
            if *id == mark.line { &mut lines } else { &mut others }.push((run, *status));
        }
        let own_lines = lines.len();
        lines.append(&mut others);
        let own: Vec<String> = posts(mark).into_iter().map(|(number, _)| number).collect();
        let near = self.standing.near(at, reach_m).into_iter();
        let marks = near.map(|(post, run)| (self.posts[post].0.clone(), run[0])).filter(|(n, _)| !own.contains(n));
        let called_by = |(edges, names): &(EdgesAround, Vec<&Name>)| {
            let near = edges.near(at, reach_m).into_iter();
            let of = |(way, run): (usize, Vec<Coord>)| {
                (names[way].best(&[language.to_owned()]).unwrap_or_default().to_owned(), run)
            };
            near.map(of).collect::<Vec<_>>()
        };
        let mut rays: Vec<Ray> = Vec::new();
        for leg in legs {
            let to = beside(self.places[leg.number], at);
            let distance_m = format!("{:.2}", leg.distance_m);
            rays.push(Ray { to, name: leg.number.to_owned(), distance_m, is_mark: true });
        }
        for reference in references {
            let name = reference.landmark.name.get(language);
            let name = name.map(str::to_owned).unwrap_or_else(|| landmark_name(&reference.landmark, language));
            let distance_m = reference.distance.value.digits().to_owned();
            rays.push(Ray { to: beside(reference.position, at), name, distance_m, is_mark: false });
        }
        let names = |id: &Option<String>| {
            let name = id.as_ref().map(|id| called(self.names, id)).unwrap_or_default();
            let mut texts: Vec<String> = languages.iter().filter_map(|l| name.get(l).map(str::to_owned)).collect();
            texts.dedup();
            texts
        };
        let is_pair = mark.left_post.is_some() && mark.right_post.is_some();
        let own_posts = posts(mark).into_iter().map(|(number, post)| (number, beside(post.into(), at)));
        Sketch {
            number: mark.number.clone(),
            at,
            posts: own_posts.filter(|_| is_pair).collect(),
            lines,
            own_lines,
            sides: [names(&mark.left), names(&mark.right)],
            marks: marks.collect(),
            rivers: called_by(&self.rivers),
            roads: called_by(&self.roads),
            rays,
            scale: f64::from(scale),
            language: language.to_owned(),
        }
    }

    fn written(&self, row: &CatalogueRow, system: CoordinateColumns) -> String {
        let decimals = self.metre_decimals.min(3);
        match system {
            CoordinateColumns::Wgs84 => format!("{} {}", row.wgs84_latitude, row.wgs84_longitude),
            CoordinateColumns::Pulkovo => format!("{} {}", row.pulkovo_1942_latitude, row.pulkovo_1942_longitude),
            CoordinateColumns::GaussKruger => format!("x {:.decimals$} y {:.decimals$}", row.gk_x_m, row.gk_y_m),
            CoordinateColumns::Utm => match (&row.utm_zone, row.utm_easting_m, row.utm_northing_m) {
                (Some(zone), Some(east), Some(north)) => format!("{zone} {east:.decimals$} E {north:.decimals$} N"),
                _ => String::new(),
            },
        }
    }
}

/// The heading of the coordinates of a system: names that are the same in all languages.
fn heading(system: CoordinateColumns) -> &'static str {
    match system {
        CoordinateColumns::Wgs84 => "WGS 84",
        CoordinateColumns::Pulkovo => "Pulkovo 1942",
        CoordinateColumns::GaussKruger => "Pulkovo 1942 / Gauss–Krüger",
        CoordinateColumns::Utm => "WGS 84 / UTM",
    }
}
