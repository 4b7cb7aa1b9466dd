//! Albums: sheets at one scale along lines, with a cover, an index, lists, and a catalogue of marks.

mod frames;
mod furniture;
mod marks;
mod pages;

pub use frames::SheetSide;
pub(crate) use furniture::{Extra, SheetFrame};

use super::error::MapError;
use super::export;
use super::framing::{self, Layout};
use super::furniture::panel::LINE_MM;
use super::furniture::way::Way;
use super::plate::{Plate, PlateOptions, draw};
use super::spec::{LayerSpec, PlateSpec, ProjectionKind, ProjectionSpec};
use crate::earth::edge_length_m;
use crate::earth::projection::Projection;
use crate::map::paper::Bounds;
use crate::model::{Content, Layer, LayerInfo, Meta, Name, Place, Role};
use crate::text::{ENGLISH, Message};
use crate::topology::joined_legs;
use frames::{Neighbour, Placed, Size, frames, neighbours};
use furniture::{Facts, MarkRow};
use geo::Coord;
use rayon::prelude::*;
use std::sync::Arc;

/// Default greatest number of sheets.
pub const MOST_SHEETS: usize = 2000;
/// The longest straight piece in metres by which lines are projected.
const PIECE_M: f64 = 2000.0;
/// The index shows at least so many sheets' widths and heights.
const INDEX_SHEETS: f64 = 3.0;
const TITLE: Message = Message("album-title");
/// Id of the layer of marks.
const MARKS: &str = "marks";

/// What an album is made of.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AlbumSpec {
    /// The plate of which every sheet is one: title, paper, layers, hues, parties. Its frame is not used.
    pub plate: PlateSpec,
    /// Denominator of the scale of the sheets.
    pub scale: f64,
    /// Least overlap of successive sheets, as a share of their width and of their height; below 1.
    pub overlap: f64,
    /// Greatest number of sheets.
    pub max_sheets: usize,
    /// On what the album is based, as the cover says it.
    pub basis: Option<String>,
}

impl Default for AlbumSpec {
    fn default() -> Self {
        let plate = PlateSpec::default();
        AlbumSpec { plate, scale: 25_000.0, overlap: 0.1, max_sheets: MOST_SHEETS, basis: None }
    }
}

/// A sheet of an album.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AlbumSheet {
    /// Its number, from 1.
    pub number: usize,
    /// Id of the line of which it shows a stretch.
    pub line: String,
    /// The name of the line.
    pub name: Name,
    /// Chainage in metres, along its part of the line, at which the stretch begins.
    pub from_m: f64,
    /// Chainage in metres at which it ends.
    pub to_m: f64,
    /// Longitude and latitude of the centre in degrees.
    pub centre: [f64; 2],
    /// The frame: longitudes and latitudes in degrees, a closed ring.
    pub frame: Vec<Coord>,
    /// Numbers of the sheets that show some of the same ground, each with its side.
    pub adjoining: Vec<(SheetSide, usize)>,
    /// Map sheets under it, to be stated on it.
    pub map_sheets: Vec<String>,
    /// Numbers of the boundary marks on it.
    pub marks: Vec<String>,
    match_lines: Vec<[Coord; 2]>,
    rows: Vec<MarkRow>,
}

/// An album, laid out but not drawn: its pages are drawn one by one.
#[derive(Debug, Clone, PartialEq)]
pub struct Album {
    spec: AlbumSpec,
    layers: Vec<Layer>,
    options: PlateOptions,
    projection: ProjectionSpec,
    panel_mm: f64,
    foot_mm: f64,
    signatories: Vec<Name>,
    marks: Vec<MarkRow>,
    /// The sheets, in the order of the lines and along them.
    pub sheets: Vec<AlbumSheet>,
}

/// A page of an album.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AlbumPage {
    /// The cover.
    Cover,
    /// The frames of all sheets over an overview.
    Index,
    /// A page of the list of sheets, from 0.
    List(usize),
    /// A sheet, by its index in [`Album::sheets`].
    Sheet(usize),
    /// A page of the catalogue of marks, from 0.
    Catalogue(usize),
}

impl AlbumPage {
    /// A name for its file: `cover`, `index`, `list-1`, `sheet-012`, `catalogue-1`.
    pub fn file_name(self) -> String {
        match self {
            AlbumPage::Cover => "cover".to_owned(),
            AlbumPage::Index => "index".to_owned(),
            AlbumPage::List(number) => format!("list-{}", number + 1),
            AlbumPage::Sheet(index) => format!("sheet-{:03}", index + 1),
            AlbumPage::Catalogue(number) => format!("catalogue-{}", number + 1),
        }
    }
}

impl Album {
    /// Lays out the sheets along lines.
    ///
    /// `lines` are features whose courses are covered; `marks` is a layer of boundary marks, numbered by their
    /// property `number`, else by name or id. `layers` are those that the plate names.
    ///
    /// # Method
    /// All sheets have one projection, so that they fit together, and one size, north up. Runs of a line that meet are
    /// covered as one. A sheet takes as much of the line as fits with 1 cm of paper to spare, and the next goes on where
    /// it ends, overlapping it by the asked share; rings have their own sheets. With the number of sheets known, lines
    /// are kept as far from the frames as it allows, so that the last sheet of a line is not nearly empty.
    ///
    /// # Errors
    /// No line, more sheets than allowed, paper without room for a map, an extent that the projection cannot show.
    pub fn new(
        lines: &[Content],
        marks: Option<Layer>,
        spec: AlbumSpec,
        layers: Vec<Layer>,
        options: &PlateOptions,
    ) -> Result<Self, MapError> {
        let courses: Vec<(&Meta, Vec<Coord>)> = courses(lines);
        let all = || courses.iter().flat_map(|(_, course)| course);
        let extent = Bounds::of(all()).ok_or_else(|| MapError::NothingInside { frame: "no line".to_owned() })?;
        let projection = one_for_all(&spec.plate.projection, &extent);
        let plane = framing::projection(&projection, extent.centre(), &extent)?;
        let (width_mm, height_mm) = spec.plate.paper.size_mm();
        framing::check_paper((width_mm, height_mm))?;
        let panel_mm = Layout::panel_widths(width_mm, height_mm)[1];
        let mut album = Album {
            signatories: Vec::new(),
            marks: Vec::new(),
            sheets: Vec::new(),
            foot_mm: 0.0,
            options: options.clone(),
            spec,
            layers,
            projection,
            panel_mm,
        };
        album.add_marks(marks, &courses, &plane);
        album.be_titled()?;
        // The sheets have the foot of a sheet that shows all their symbols.
        album.foot_mm = album.index()?.foot_mm + 2.0 * LINE_MM;
        album.signatories = furniture::signatories(lines, &album.spec.plate, &album.layers, options)?;
        let way = Way::of_a_sheet(panel_mm)[0];
        let layout = Layout::of((width_mm, height_mm), false, way.panel, album.foot_mm);
        let layout = layout.ok_or(MapError::PaperTooSmall { width_mm, height_mm })?;
        // A length on the plane is a length on the ground times the scale factor: the least one makes no frame too wide.
        let factor = all().map(|p| plane.scale_factor(*p)).fold(f64::INFINITY, f64::min);
        let size = Size::of(&layout.frame, album.spec.scale * factor, album.spec.overlap);
        let on_plane: Vec<Vec<Coord>> =
            courses.iter().map(|(_, course)| course.iter().map(|p| plane.forward(*p)).collect()).collect();
        let most = album.spec.max_sheets;
        let placed = frames(&on_plane, &size, most).ok_or(MapError::TooManySheets { most })?;
        album.sheets = album.described(&placed, &courses, &plane, &size);
        Ok(album)
    }

    /// The sheets with what they say of themselves.
    fn described(
        &self,
        placed: &[Placed],
        courses: &[(&Meta, Vec<Coord>)],
        plane: &Projection,
        size: &Size,
    ) -> Vec<AlbumSheet> {
        let centres: Vec<Coord> = placed.iter().map(|sheet| sheet.centre).collect();
        let beside = neighbours(&centres, size);
        let chainages: Vec<Vec<f64>> = courses.iter().map(|(_, course)| chainages(course)).collect();
        let at = |line: usize, (edge, share): (usize, f64)| {
            let along = &chainages[line];
            along[edge] + share * (along.get(edge + 1).unwrap_or(&along[edge]) - along[edge])
        };
        let on_plane: Vec<Coord> = self.marks.iter().map(|mark| plane.forward(mark.position)).collect();
        let sheet = |(index, (placed, beside)): (usize, (&Placed, &Vec<Neighbour>))| {
            let meta = courses[placed.line].0;
            let frame = size.at(placed.centre);
            let name = if meta.name.is_empty() { Name::plain(meta.id.clone()) } else { meta.name.clone() };
            let rows: Vec<MarkRow> = self
                .marks
                .iter()
                .zip(&on_plane)
                .filter(|(_, at)| frame.contains(**at))
                .map(|(mark, _)| mark.clone())
                .collect();
            let centre = plane.inverse(placed.centre);
            AlbumSheet {
                number: index + 1,
                line: meta.id.clone(),
                name,
                from_m: at(placed.line, placed.from),
                to_m: at(placed.line, placed.to),
                centre: [centre.x, centre.y],
                frame: closed(framing::outline(&frame).into_iter().map(|p| plane.inverse(p)).collect()),
                adjoining: beside.iter().map(|neighbour| (neighbour.side, neighbour.sheet + 1)).collect(),
                map_sheets: Vec::new(),
                marks: rows.iter().map(|row| row.number.clone()).collect(),
                match_lines: beside.iter().map(|n| n.match_line.map(|p| plane.inverse(p))).collect(),
                rows,
            }
        };
        placed.iter().zip(&beside).enumerate().map(sheet).collect()
    }

    /// Takes up the marks, and as a layer those of them that are drawn at the scale.
    fn add_marks(&mut self, marks: Option<Layer>, courses: &[(&Meta, Vec<Coord>)], plane: &Projection) {
        let Some(Layer { info, input, content: Content::Places(mut places) }) = marks else { return };
        for place in &mut places {
            let stated = match place.meta.properties.get("number") {
                Some(serde_json::Value::String(text)) => Some(text.clone()),
                Some(serde_json::Value::Number(number)) => Some(number.to_string()),
                _ => place.meta.name.best(&[]).map(str::to_owned),
            };
            let number = stated.unwrap_or_else(|| place.meta.id.clone());
            (place.meta.name, place.meta.kind) = (Name::plain(number), Some("mark".to_owned()));
        }
        let number = |place: &Place| place.meta.name.best(&[]).unwrap_or_default().to_owned();
        self.marks = places.iter().map(|place| MarkRow { number: number(place), position: place.position }).collect();
        marks::thin(&mut places, self.spec.scale, courses.iter().map(|(_, course)| course.as_slice()), plane);
        let info = LayerInfo { id: MARKS.to_owned(), role: Role::Mark, ..info };
        self.layers.retain(|layer| layer.info.id != MARKS);
        self.spec.plate.layers.retain(|layer| layer.id != MARKS);
        self.layers.push(Layer { info, input, content: Content::Places(places) });
        self.spec.plate.layers.push(LayerSpec::of(MARKS));
    }

    /// The pages in their order: cover, index, list of sheets, sheets, catalogue of marks.
    pub fn pages(&self) -> Vec<AlbumPage> {
        let lists = (0..self.sheets.len().div_ceil(self.rows_of_a_page())).map(AlbumPage::List);
        let catalogue = (0..self.marks.len().div_ceil(2 * self.rows_of_a_page())).map(AlbumPage::Catalogue);
        let sheets = (0..self.sheets.len()).map(AlbumPage::Sheet);
        [AlbumPage::Cover, AlbumPage::Index].into_iter().chain(lists).chain(sheets).chain(catalogue).collect()
    }

    /// Draws a page.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn page(&self, page: AlbumPage) -> Result<Plate, MapError> {
        match page {
            AlbumPage::Cover => self.cover(),
            AlbumPage::Index => self.index(),
            AlbumPage::List(number) => self.list(number),
            AlbumPage::Sheet(index) => self.sheet(&self.sheets[index]),
            AlbumPage::Catalogue(number) => self.catalogue(number),
        }
    }

    /// Draws all pages, on all cores, and gives them one after the other to `each`, with their numbers from 0.
    ///
    /// # Errors
    /// As [`draw`], and what `each` gives.
    pub fn for_each_page<E: From<MapError> + Send>(
        &self,
        mut each: impl FnMut(usize, AlbumPage, Plate) -> Result<(), E>,
    ) -> Result<(), E> {
        let pages = self.pages();
        let together = rayon::current_num_threads().max(1);
        for (number, batch) in pages.chunks(together).enumerate() {
            let drawn: Vec<Result<Plate, MapError>> = batch
                .par_iter()
                .map(|page| {
                    let plate = self.page(*page)?;
                    plate.parse()?;
                    Ok(plate)
                })
                .collect();
            for (i, (page, plate)) in batch.iter().zip(drawn).enumerate() {
                each(number * together + i, *page, plate?)?;
            }
        }
        Ok(())
    }

    /// The whole album as one PDF; `drawn` is told of each page, with its number from 0.
    ///
    /// # Errors
    /// As [`draw`].
    pub fn pdf(&self, mut drawn: impl FnMut(usize, AlbumPage, &Plate)) -> Result<Vec<u8>, MapError> {
        let mut book = export::Book::new(&self.title(), self.spec.plate.language.as_deref().unwrap_or(ENGLISH));
        self.for_each_page::<MapError>(|number, page, plate| {
            book.add(&export::searchable_tree(plate.svg())?, plate.width_mm, plate.height_mm)?;
            drawn(number, page, &plate);
            Ok(())
        })?;
        book.finish()
    }

    /// Title of the album, in the language of its furniture.
    pub fn title(&self) -> String {
        let plate = &self.spec.plate;
        plate.title_of(&plate.title, None).unwrap_or(&plate.id).clone()
    }

    /// Gives an album without a title one, in its languages.
    fn be_titled(&mut self) -> Result<(), MapError> {
        if self.spec.plate.title.is_empty() {
            let naming = self.naming()?;
            let all = std::iter::once(naming.furniture()).chain(naming.languages.iter().map(String::as_str));
            self.spec.plate.title = all.map(|language| (language.to_owned(), TITLE.get(language))).collect();
        }
        Ok(())
    }

    /// The plate of a page with a map.
    fn plate(&self, subject: PlateSpec, extra: Extra) -> Result<Plate, MapError> {
        let mut options = self.options.clone();
        options.sheet = Some(Arc::new(extra));
        draw(&subject, &self.layers, &options)
    }

    fn sheet(&self, sheet: &AlbumSheet) -> Result<Plate, MapError> {
        let mut spec = self.without_small_maps();
        spec.sheet = Some(format!("{}/{}", sheet.number, self.sheets.len()));
        (spec.frame.scale, spec.frame.centre) = (Some(self.spec.scale), Some(sheet.centre));
        let facts = Facts {
            line: sheet.name.clone(),
            chainage_m: [sheet.from_m, sheet.to_m],
            adjoining: sheet.adjoining.iter().copied().zip(sheet.match_lines.iter().copied()).collect(),
            map_sheets: sheet.map_sheets.clone(),
            marks: sheet.rows.clone(),
            signatories: self.signatories.clone(),
        };
        let extra =
            Extra { panel_mm: self.panel_mm, foot_mm: Some(self.foot_mm), facts: Some(facts), frames: Vec::new() };
        self.plate(spec, extra)
    }

    /// The overview with the frames of the sheets.
    fn index(&self) -> Result<Plate, MapError> {
        let mut spec = self.without_small_maps();
        spec.layers.retain(|layer| layer.id != MARKS);
        spec.title = furniture::with_subject(furniture::INDEX, &spec.title);
        if let Some(extent) = self.extent() {
            spec.frame.extent = Some(extent);
        }
        // The index says where the sheets are: states, lines and the places of the first rank.
        for layer in &mut spec.layers {
            let data = self.layers.iter().find(|data| data.info.id == layer.id);
            match layer.role.or(data.map(|data| data.info.role)) {
                Some(Role::Place) => layer.max_rank = Some(1),
                Some(Role::Water | Role::River | Role::Route | Role::Mark) => layer.labels = false,
                _ => {}
            }
        }
        let frame = |sheet: &AlbumSheet| SheetFrame { number: sheet.number.to_string(), ring: sheet.frame.clone() };
        let frames = self.sheets.iter().map(frame).collect();
        let extra = Extra { panel_mm: self.panel_mm, foot_mm: None, facts: None, frames };
        self.plate(spec, extra)
    }

    /// West, south, east, north of all sheets with what is around them: of a few sheets, so that each is small on it.
    fn extent(&self) -> Option<[f64; 4]> {
        let all = Bounds::of(self.sheets.iter().flat_map(|sheet| &sheet.frame))?;
        let one = Bounds::of(&self.sheets[0].frame)?;
        let room = |whole: f64, one: f64| (whole * 0.03).max((INDEX_SHEETS * one - whole) / 2.0);
        let (x, y) = (room(all.width(), one.width()), room(all.height(), one.height()));
        Some([all.x0 - x, (all.y0 - y).max(-90.0), all.x1 + x, (all.y1 + y).min(90.0)])
    }

    /// The specification of a map page: the album's, with its projection and without the small maps of a plate.
    fn without_small_maps(&self) -> PlateSpec {
        let mut spec = self.spec.plate.clone();
        (spec.insets.locator, spec.insets.details) = (false, false);
        (spec.crossings, spec.profile, spec.panels) = (None, None, Vec::new());
        spec.frame = super::spec::FrameSpec { grid: spec.frame.grid, ..super::spec::FrameSpec::default() };
        spec.projection = self.projection.clone();
        spec
    }
}

/// The courses of features: runs that meet are one, edges in short pieces; longitudes continue beyond ±180°.
fn courses(lines: &[Content]) -> Vec<(&Meta, Vec<Coord>)> {
    let of = |content: &'_ Content| -> Vec<(usize, Vec<Vec<Coord>>)> {
        content.courses().iter().enumerate().map(|(i, (_, runs))| (i, joined_legs(runs))).collect()
    };
    let mut all = Vec::new();
    for content in lines {
        let metas: Vec<&Meta> = content.courses().into_iter().map(|(meta, _)| meta).collect();
        for (number, joined) in of(content) {
            all.extend(joined.into_iter().map(|course| (metas[number], in_pieces(&course))));
        }
    }
    all
}

fn closed(mut ring: Vec<Coord>) -> Vec<Coord> {
    ring.extend(ring.first().copied());
    ring
}

fn in_pieces(course: &[Coord]) -> Vec<Coord> {
    let mut pieces: Vec<Coord> = course.first().copied().into_iter().collect();
    for edge in course.windows(2) {
        let count = (edge_length_m(edge[0], edge[1]) / PIECE_M).ceil().max(1.0);
        pieces.extend((1..count as usize).map(|i| edge[0] + (edge[1] - edge[0]) * (i as f64 / count)));
        pieces.push(edge[1]);
    }
    pieces
}

fn chainages(course: &[Coord]) -> Vec<f64> {
    let mut passed_m = vec![0.0];
    for edge in course.windows(2) {
        passed_m.push(passed_m[passed_m.len() - 1] + edge_length_m(edge[0], edge[1]));
    }
    passed_m
}

/// The projection of all sheets: that asked for, else one that fits the extent of the lines, with its parameters
/// stated, so that it does not change with the sheet.
fn one_for_all(asked: &ProjectionSpec, extent: &Bounds) -> ProjectionSpec {
    let middle = extent.centre();
    let mut spec = asked.clone();
    spec.central_meridian.get_or_insert((middle.x * 10.0).round() / 10.0);
    if spec.kind == ProjectionKind::Lambert && spec.parallels.is_none() {
        if middle.y.abs() < 8.0 {
            spec.kind = ProjectionKind::TransverseMercator;
        } else {
            let sixth = extent.height() / 6.0;
            let tidy = |lat: f64| ((lat * 2.0).round() / 2.0).clamp(-88.5, 88.5);
            spec.parallels = Some([tidy(extent.y0 + sixth), tidy(extent.y1 - sixth)]);
        }
    }
    let zone = |width_deg: f64, start: f64| (((middle.x - start) / width_deg).floor() as i64).rem_euclid(60) as u8 + 1;
    match spec.kind {
        ProjectionKind::Utm => {
            spec.zone.get_or_insert(zone(6.0, -180.0));
        }
        ProjectionKind::GaussKruger => {
            spec.zone.get_or_insert(zone(6.0, 0.0));
        }
        _ => {}
    }
    spec
}
