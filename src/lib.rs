//! Land borders: lengths, enclaves, routes, shared lines and plates, with the method stated for every number.
//!
//! A program reads features with [`io::Dataset`] from paths or [`io::MemoryFile`] from bytes, or builds them from
//! geometries of [`geo`] (re-exported here) with [`model::Territory::new`] and similar constructors. It calls the
//! function of one of the questions below with references to them and the options of the question. Each returns a
//! [`model::Answer`], the report with its provenance and warnings, or an error. A program uses the report directly, or
//! renders the answer with [`report::envelope`].
//!
//! Positions are WGS 84 longitude and latitude in degrees, in that order. Lengths and areas are ellipsoidal, and names
//! end in the unit: `length_m`, `area_km2`.
//!
//! # Questions
//!
//! | question | function | report |
//! |---|---|---|
//! | What do these features contain? | [`question::info()`] | [`question::InfoReport`] |
//! | Which territories touch, along which lines, how long? | [`question::borders()`] | [`question::BorderReport`] |
//! | Which parts are enclaves or exclaves? | [`question::enclaves()`] | [`question::EnclaveReport`] |
//! | How long is a route in which territory, where does it cross? | [`question::routes`] | [`question::RouteReport`] |
//! | How do two versions of a line differ? | [`question::compare()`] | [`question::CompareReport`] |
//! | What differs between two editions? | [`question::diff()`] | [`question::DiffReport`] |
//! | What land passes from whom to whom? | [`question::ledger()`], [`question::ledger_of_proposal`] | [`question::LedgerReport`] |
//! | What does a line cut off? | [`question::severance()`] | [`question::SeveranceReport`] |
//! | What is the shortest route along a network? | [`construct::trace`], [`question::traced`] | [`question::TraceReport`] |
//! | How do alternative routes compare? | [`question::corridor()`] | [`question::CorridorReport`] |
//! | Is a feature certainly inside? | [`question::decide()`] | [`question::DecideReport`] |
//! | What do lines rest on? | [`question::evidence()`] | [`question::EvidenceReport`] |
//! | How long are lines by status over time? | [`question::status()`] | [`question::StatusReport`] |
//! | Where do boundary marks stand, and what are they called? | [`question::marks()`] | [`question::MarkReport`] |
//! | Which map sheets does it touch? | [`question::sheets()`] | [`question::SheetReport`] |
//! | What is wrong with a file? | [`question::check()`] | [`question::CheckReport`] |
//! | What are the turning points of a line? | [`document::catalogue()`] | [`document::Catalogue`] |
//! | What is the text of a line, leg by leg? | [`document::describe()`] | [`document::DescriptionReport`] |
//! | What is in a bundle, and whose signatures hold? | `document::seal::verify_signatures` | `document::seal::SealReport` |
//! | Which of text, coordinates, map and marks prevails? | [`document::resolve()`] | [`document::ResolveReport`] |
//! | How is a file converted to another format or system? | [`io::Conversion::read`] | [`io::ConvertReport`] |
//!
//! Measures are in [`earth`] ([`earth::line_length_m`], [`earth::polygon_area_m2`], [`earth::distance_m`]), operations
//! on shared edges in [`topology`] ([`topology::CoverageGraph`], [`topology::overlay()`], [`topology::union`]). With the
//! feature `plates`, the module `map` draws plates. The folder `examples/` has programs on real places.
//!
//! # An example of each
//!
//! The examples use unit squares (one degree wide) side by side at 45° north:
//!
//! ```
//! use merestone::geo::{Rect, coord};
//! use merestone::model::{InvalidGeometry, Territory};
//!
//! fn square(id: &str, west: f64) -> Result<Territory, InvalidGeometry> {
//!     let (low, high) = (coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 });
//!     Territory::new(id, [Rect::new(low, high).to_polygon()])
//! }
//! assert_eq!(square("a", 10.0)?.parts().len(), 1);
//! # Ok::<(), InvalidGeometry>(())
//! ```
//!
//! ## What do these features contain?
//! ```
//! # use merestone::geo::{Rect, coord};
//! # use merestone::model::{InvalidGeometry, Territory};
//! # fn square(id: &str, west: f64) -> Result<Territory, InvalidGeometry> {
//! #     let (low, high) = (coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 });
//! #     Territory::new(id, [Rect::new(low, high).to_polygon()])
//! # }
//! use merestone::model::Content;
//! use merestone::question::{InfoOptions, info};
//!
//! let report = info(&[Content::Territories(vec![square("a", 10.0)?])], &InfoOptions::default()).report;
//! assert!((report.features[0].area_km2.unwrap() - 8686.5).abs() < 0.1); // in closed form
//! # Ok::<(), merestone::model::InvalidGeometry>(())
//! ```
//!
//! ## Which territories touch?
//! ```
//! # use merestone::geo::{Rect, coord};
//! # use merestone::model::{InvalidGeometry, Territory};
//! # fn square(id: &str, west: f64) -> Result<Territory, InvalidGeometry> {
//! #     let (low, high) = (coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 });
//! #     Territory::new(id, [Rect::new(low, high).to_polygon()])
//! # }
//! use merestone::question::{BorderOptions, borders};
//!
//! let report = borders(&[square("a", 10.0)?, square("b", 11.0)?], &BorderOptions::default()).report;
//! let row = &report.rows[0];
//! assert_eq!((row.a.as_str(), row.b.as_str()), ("a", "b"));
//! assert!((row.length_m - 111_141.5).abs() < 0.1); // one degree of latitude at 45.5°
//! # Ok::<(), merestone::model::InvalidGeometry>(())
//! ```
//!
//! ## Which parts are enclaves?
//! ```
//! use merestone::geo::{Polygon, Rect, coord};
//! use merestone::model::Territory;
//! use merestone::question::{EnclaveOptions, enclaves};
//!
//! let square = |low: f64, high: f64| Rect::new(coord! { x: low, y: low }, coord! { x: high, y: high }).to_polygon();
//! let hole = square(4.0, 6.0).exterior().clone();
//! let host = Territory::new("host", [Polygon::new(square(0.0, 10.0).exterior().clone(), vec![hole])])?;
//! let other = Territory::new("other", [square(4.0, 6.0), square(10.0, 20.0)])?;
//! let report = enclaves(&[host, other], &EnclaveOptions::default()).report;
//! let inside: Vec<_> = report.rows.iter().filter(|row| row.enclave_in.as_deref() == Some("host")).collect();
//! assert_eq!((inside.len(), inside[0].territory.as_str(), inside[0].part), (1, "other", 1));
//! # Ok::<(), merestone::model::InvalidGeometry>(())
//! ```
//!
//! ## Where does a route cross?
//! ```
//! # use merestone::geo::{Rect, coord};
//! # use merestone::model::{InvalidGeometry, Territory};
//! # fn square(id: &str, west: f64) -> Result<Territory, InvalidGeometry> {
//! #     let (low, high) = (coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 });
//! #     Territory::new(id, [Rect::new(low, high).to_polygon()])
//! # }
//! use merestone::geo::line_string;
//! use merestone::model::Route;
//! use merestone::question::{RouteOptions, routes};
//!
//! let road = Route::new("road", [line_string![(x: 10.5, y: 45.5), (x: 11.5, y: 45.5)]])?;
//! let answer = routes(&[road], &[square("a", 10.0)?, square("b", 11.0)?], &RouteOptions::default());
//! let crossing = &answer.report[0].crossings[0];
//! assert_eq!((crossing.from.as_deref(), crossing.to.as_deref()), (Some("a"), Some("b")));
//! assert_eq!(crossing.position, [11.0, 45.5]);
//! # Ok::<(), merestone::model::InvalidGeometry>(())
//! ```
//!
//! ## How do two versions of a line differ?
//! ```
//! use merestone::geo::coord;
//! use merestone::question::{CompareOptions, Version, compare};
//!
//! let version = |label: &str, lon: f64| {
//!     Version::new(label, vec![vec![coord! { x: lon, y: 45.0 }, coord! { x: lon, y: 46.0 }]])
//! };
//! let (old, new) = (version("1930", 10.0), version("2020", 10.001));
//! let report = compare(&old, &new, &CompareOptions::within(50.0))?.report;
//! assert!((report.hausdorff_m - 78.8).abs() < 0.1); // 0.001° of longitude at 45° north
//! assert_eq!(report.agree_share, 0.0); // nowhere within 50 m
//! # Ok::<(), merestone::question::NoLength>(())
//! ```
//!
//! ## What differs between two editions?
//! ```
//! use merestone::geo::line_string;
//! use merestone::model::{Content, InvalidGeometry, Line};
//! use merestone::question::{DiffEdition, DiffLayer, DiffOptions, diff};
//!
//! let edition = |label: &str, north: f64| -> Result<DiffEdition<'static>, InvalidGeometry> {
//!     let line = Line::new("border", [line_string![(x: 10.0, y: 45.0), (x: 11.0, y: north)]])?;
//!     Ok(DiffEdition::of_layer(label, DiffLayer::new(None, vec![Content::Lines(vec![line])])))
//! };
//! let report = diff(&edition("2020", 45.0)?, &edition("2024", 45.001)?, &DiffOptions::default())?.report;
//! let moved = report.differences[0].moved.as_ref().expect("its end moved");
//! assert!((moved.greatest_m - 111.1).abs() < 0.1); // 0.001° of latitude
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## What land passes from whom to whom?
//! ```
//! # use merestone::geo::{Rect, coord};
//! # use merestone::model::{InvalidGeometry, Territory};
//! # fn square(id: &str, west: f64) -> Result<Territory, InvalidGeometry> {
//! #     let (low, high) = (coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 });
//! #     Territory::new(id, [Rect::new(low, high).to_polygon()])
//! # }
//! use merestone::question::{LedgerOptions, ledger};
//!
//! let before = [square("a", 10.0)?, square("b", 11.0)?];
//! let after = [square("a", 10.25)?, square("b", 11.25)?];
//! let report = ledger(&before, &after, &LedgerOptions::default())?.report;
//! let piece = report.pieces.iter().find(|piece| piece.from.as_deref() == Some("b")).unwrap();
//! assert_eq!(piece.to.as_deref(), Some("a"));
//! assert!((piece.area_km2 - 2171.6).abs() < 0.1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## What does a line cut off?
//! ```
//! # use merestone::geo::{Rect, coord};
//! # use merestone::model::{InvalidGeometry, Territory};
//! # fn square(id: &str, west: f64) -> Result<Territory, InvalidGeometry> {
//! #     let (low, high) = (coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 });
//! #     Territory::new(id, [Rect::new(low, high).to_polygon()])
//! # }
//! use merestone::geo::line_string;
//! use merestone::model::{Content, Line, Route};
//! use merestone::question::{Asked, SeveranceOptions, Subject, severance};
//!
//! let line = Line::new("line", [line_string![(x: 10.5, y: 44.0), (x: 10.5, y: 47.0)]])?;
//! let road = Route::new("road", [line_string![(x: 10.2, y: 45.5), (x: 10.8, y: 45.5)]])?;
//! let answer = severance(
//!     "line",
//!     &Subject::Line(vec![Content::Lines(vec![line])]),
//!     &[square("a", 10.0)?],
//!     &[Asked::new("roads", Content::Routes(vec![road]))],
//!     &SeveranceOptions::default(),
//! );
//! assert_eq!(answer.report.routes[0].cuts[0].position, [10.5, 45.5]);
//! # Ok::<(), merestone::model::InvalidGeometry>(())
//! ```
//!
//! ## What evidence do lines have?
//! ```
//! use merestone::geo::line_string;
//! use merestone::model::{Content, Line};
//! use merestone::question::{FieldMap, SourceClass, evidence};
//!
//! let mut line = Line::new("line", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0)]])?;
//! line.meta.evidence.source = Some("topographic map 1:50 000".to_owned());
//! let report = evidence(&[Content::Lines(vec![line])], &FieldMap::default()).report;
//! assert_eq!(report.rows[0].class, SourceClass::Map);
//! # Ok::<(), merestone::model::InvalidGeometry>(())
//! ```
//!
//! ## How long are lines by status over time?
//! ```
//! use merestone::geo::line_string;
//! use merestone::io::Rows;
//! use merestone::model::{Input, Line, Status};
//! use merestone::question::{StatusLog, StatusOptions, status};
//!
//! let line = Line::new("border", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0)]])?;
//! let headings = ["date", "section", "from_km", "to_km", "status"].map(String::from).to_vec();
//! let row = ["2024", "border", "0", "11.1", "delimited"].map(String::from).to_vec();
//! let log = StatusLog::of(Rows { input: Input::new("log.csv", ""), headings, rows: vec![(2, row)] })?;
//! let report = status(&[line], &log, &StatusOptions::default())?.report;
//! let row = report.history.iter().rfind(|row| row.status == Status::Delimited).expect("11.1 km are");
//! assert!((row.share - 0.0999).abs() < 0.0001);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Where do boundary marks stand, and what are they called?
//! ```
//! use merestone::geo::line_string;
//! use merestone::model::{Content, Line};
//! use merestone::question::{MarkBasis, MarkOptions, marks};
//!
//! let line = Line::new("line", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 45.01)]])?;
//! let report = marks(&[Content::Lines(vec![line])], &MarkBasis::default(), &MarkOptions::default())?.report;
//! let numbers: Vec<&str> = report.marks.iter().map(|mark| mark.number.as_str()).collect();
//! assert_eq!(numbers, ["1", "2", "3"]); // 1.1 km: one between the ends
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Which map sheets does it touch?
//! ```
//! use merestone::geo::coord;
//! use merestone::model::{Content, Place};
//! use merestone::question::{SheetOptions, sheets};
//!
//! let place = Place::new("place", coord! { x: 37.6, y: 55.7 })?;
//! let report = sheets(&[Content::Places(vec![place])], &SheetOptions::default())?.report;
//! assert_eq!(report.sheets[0].sheet, "N-37-4");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## What is wrong with a file?
//! ```
//! use merestone::io::{ReadOptions, Scan};
//! use merestone::model::FindingCode;
//! use merestone::question::{CheckOptions, check};
//!
//! let text = r#"{"type": "Feature", "properties": null, "geometry":
//!     {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}}"#;
//! let scan = Scan::bytes("square.geojson", text.as_bytes().to_vec(), &ReadOptions::default());
//! let report = check(vec![scan], &CheckOptions::default())?.report;
//! assert!(report.findings.iter().any(|finding| finding.code == FindingCode::OpenRing));
//! # Ok::<(), merestone::io::ReadError>(())
//! ```
//!
//! ## What are the turning points of a line?
//! ```
//! use merestone::document::{CatalogueOptions, catalogue, courses_of};
//! use merestone::geo::line_string;
//! use merestone::model::{Content, Line};
//!
//! let line = Line::new("line", [line_string![(x: 10.5, y: 45.25), (x: 10.75, y: 45.5)]])?;
//! let answer = catalogue(&courses_of(&[Content::Lines(vec![line])]), &CatalogueOptions::default());
//! assert_eq!(answer.report.points[0].wgs84_latitude, "45°15′00.00″N");
//! # Ok::<(), merestone::model::InvalidGeometry>(())
//! ```
//!
//! ## What is the text of a line?
//! ```
//! use merestone::document::description::{Words, Statement};
//! use merestone::document::{DescribeOptions, DescriptionContext, DescriptionLine, describe};
//! use merestone::geo::coord;
//!
//! let mut line = DescriptionLine::new("line", vec![coord! { x: 10.0, y: 45.0 }, coord! { x: 10.01, y: 45.0 }]);
//! (line.left, line.right) = (Some(Words::of("en", "Northland")), Some(Words::of("en", "Southland")));
//! let report = describe(&[line], &DescriptionContext::default(), &DescribeOptions::default())?.report;
//! assert_eq!((report.legs[0].wind.as_deref(), report.legs[0].stated_length_m), (Some("E"), 790.0)); // 788.5 m
//! assert!(matches!(report.description.sections[0].statements[1], Statement::Leg(_)));
//! # Ok::<(), merestone::document::DescribeError>(())
//! ```
//!
//! ## Which of text, coordinates, map and marks prevails?
//! ```
//! use merestone::document::description::Authority;
//! use merestone::document::{ResolveOptions, ResolveSources, courses_of, resolve};
//! use merestone::geo::{coord, line_string};
//! use merestone::model::{Content, Line, Place};
//!
//! let line = Line::new("line", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 45.1)]])?;
//! let mut sources = ResolveSources::default();
//! sources.coordinates = Some(courses_of(&[Content::Lines(vec![line])])); // points 1 and 2
//! sources.marks = Some(vec![Place::new("2", coord! { x: 10.0, y: 45.1001 })?]);
//! let mut options = ResolveOptions::default();
//! options.precedence = vec![Authority::Coordinates, Authority::Marks];
//! let report = resolve(&sources, &options)?.report;
//! assert!((report.rejected[0].distance_m - 11.11).abs() < 0.01); // the mark, 0.0001° off
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## How is a file converted to another reference system?
//! ```
//! use merestone::io::{Conversion, ConvertOptions};
//!
//! let mut options = ConvertOptions::default();
//! options.to = Some("EPSG:32638".to_owned());
//! let conversion = Conversion::read("data/places.geojson", &options, &|_, _, _| ())?;
//! assert_eq!(conversion.report().layers.len(), 1);
//! # Ok::<(), merestone::io::ReadError>(())
//! ```
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]
#![warn(missing_docs)]

/// Geometry types of the interface.
pub use geo;

#[cfg(feature = "network")]
pub mod construct;
#[cfg(feature = "dataset")]
mod dataset;
pub mod document;
pub mod earth;
pub mod inputs;
pub mod io;
#[cfg(feature = "plates")]
pub mod map;
pub mod model;
pub mod question;
pub mod report;
#[cfg(feature = "plates")]
mod text;
pub mod topology;

/// The README's Rust example, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The examples of the page about the library, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct LibraryPage;
