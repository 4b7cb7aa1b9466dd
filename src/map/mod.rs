//! Plates: map sheets drawn to scale from a specification and layers of data.
//!
//! [`PlateSpec`] specifies the content, [`draw`] draws it, [`Plate`] is the sheet as SVG, PNG or PDF. Distances on the
//! sheet are millimetres; internally, micrometres of paper.

mod album;
mod around;
mod canvas;
mod carve;
mod cluster;
mod content;
mod context;
mod crossings;
mod curve;
mod derive;
mod edge_table;
mod error;
mod export;
mod fonts;
mod foot;
mod framing;
mod furniture;
mod inset;
mod isolines;
mod junctions;
mod labels;
mod languages;
mod levels;
mod line_names;
mod line_requests;
mod lint;
mod locator;
mod mapping;
mod maps;
mod mesh;
mod naming;
mod offsets;
mod paint;
mod palette;
mod paper;
mod parties;
mod plate;
mod profile;
mod relief;
mod requests;
mod scene;
mod seam;
mod sentences;
mod sketch;
mod spec;
mod statuses;
mod strips;
mod symbol;
mod text_sheet;
mod views;
mod words;
mod world;

pub use album::{Album, AlbumPage, AlbumSheet, AlbumSpec, MOST_SHEETS, SheetSide};
pub use error::MapError;
pub use lint::{LintCode, LintFinding};
pub use offsets::{ChartNotes, offset_chart};
pub use palette::Hue;
pub use plate::{LegendEntry, Plate, PlateOptions, ScaleBar, draw, lint};
pub use profile::profile;
pub use relief::ReliefGrid;
pub(crate) use sketch::{Ray, SKETCH_MM, SKETCH_SCALES, Sketch, is_on_sketch, sketch_reach_m, sketch_zone};
pub use spec::{
    Background, ContextFile, ContextKind, ContextSpec, Contours, CrossingsSpec, DetailSpec, FrameSpec, GridKind,
    InsetSpec, LayerSpec, MarkKind, Note, NotePoint, Orientation, PanelSpec, Paper, PaperSize, PlateSpec,
    ProjectionKind, ProjectionSpec, ReliefSpec, SpecError, StatedFile, StyleSpec, Texts,
};
pub use statuses::status_chart;
pub use strips::corridor_chart;
pub use views::cut_where_views_part;
pub use world::WorldOutline;

/// The program and its version, printed in the margin of every plate.
pub(crate) const PROGRAM: &str = concat!("merestone ", env!("CARGO_PKG_VERSION"));
