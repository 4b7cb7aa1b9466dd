//! What a sheet of an album has besides a plate: the sheets around it, its marks, signatures; frames over the index.

use super::frames::SheetSide;
use crate::earth::{Axis, Dms};
use crate::map::MapError;
use crate::map::canvas::{Align, Canvas, Stroke, Text, View};
use crate::map::fonts::LEAST_PT;
use crate::map::furniture::Column;
use crate::map::furniture::panel::Panel;
use crate::map::labels::Quad;
use crate::map::naming::{Naming, check_text};
use crate::map::paint::Drawn;
use crate::map::palette::{GREY_INK, INK};
use crate::map::paper::{Bounds, MM, mm};
use crate::map::parties::Parties;
use crate::map::plate::PlateOptions;
use crate::map::spec::{PlateSpec, Texts};
use crate::map::symbol::{MATCH_LINE, SHEET_FRAME, Symbol};
use crate::map::words::SHEET;
use crate::model::{Content, Layer, Meta, Name};
use crate::text::Message;
use geo::Coord;

/// Height of a signature block, and of a row of marks, in millimetres.
const SIGNATURE_MM: f64 = 11.0;
const ROW_MM: f64 = 2.4;
/// Distance from the neatline to the numbers of adjoining sheets, beyond the degree labels.
const OFF_MM: f64 = 6.4;

pub(super) const INDEX: Message = Message("album-index");
const CHAINAGE: Message = Message("album-chainage");
pub(super) const ADJOINING: Message = Message("album-adjoining");
pub(super) const MAP_SHEETS: Message = Message("album-map-sheets");
pub(super) const LINE: Message = Message("album-line");
const MARKS: Message = Message("album-marks");
const MORE_MARKS: Message = Message("album-more-marks");
const SIGNATURE: Message = Message("album-signature");
const SIGNED: Message = Message("album-signed");
pub(super) const SIDES: [Message; 4] =
    [Message("album-north"), Message("album-east"), Message("album-south"), Message("album-west")];

/// What a page with a map has besides a plate, and the division of its paper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extra {
    /// Width of the panel in millimetres.
    pub panel_mm: f64,
    /// Height of the foot; as needed if absent.
    pub foot_mm: Option<f64>,
    pub facts: Option<Facts>,
    pub frames: Vec<SheetFrame>,
}

/// The frame of a sheet, drawn over an index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SheetFrame {
    pub number: String,
    /// Longitudes and latitudes, a closed ring.
    pub ring: Vec<Coord>,
}

impl SheetFrame {
    /// Its number, and the start of the number's baseline on the paper.
    fn label(&self, on_paper: &Bounds) -> (Text, Coord) {
        let text = Text::new(&self.number, 6.5).bold().color(SHEET_FRAME.color).halo(0xffffff, 0.4);
        let at = Coord { x: on_paper.x0 + 0.8 * MM, y: on_paper.y0 + (0.8 + text.cap_mm()) * MM };
        (text, at)
    }

    /// What it covers of a map: strips along its sides, and its number.
    pub(crate) fn quads(&self, view: &View) -> Vec<Quad> {
        let on_paper: Vec<Coord> = self.ring.iter().map(|p| view.paper(*p)).collect();
        let mut quads: Vec<Quad> = on_paper.windows(2).map(|side| Quad::along((side[0], side[1]), 0.6 * MM)).collect();
        if let Some((text, at)) = Bounds::of(&on_paper).map(|bounds| self.label(&bounds)) {
            let (width, height) = (text.width_mm() * MM, text.cap_mm() * MM);
            quads.push(Quad::of(Bounds { x0: at.x, x1: at.x + width, y0: at.y - height, y1: at.y }.grown(0.4)));
        }
        quads
    }
}

/// What a sheet says of itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    pub line: Name,
    pub chainage_m: [f64; 2],
    /// Side and number of each adjoining sheet, with the line at which they meet.
    pub adjoining: Vec<((SheetSide, usize), [Coord; 2])>,
    pub map_sheets: Vec<String>,
    pub marks: Vec<MarkRow>,
    pub signatories: Vec<Name>,
}

/// A mark in a list: its number; longitude and latitude in degrees.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MarkRow {
    pub number: String,
    pub position: Coord,
}

impl MarkRow {
    /// Its latitude and longitude to a hundredth of a second (0.3 m).
    pub(super) fn written(&self) -> [String; 2] {
        let Coord { x, y } = self.position;
        [Dms::of(y, 2).written(Axis::Latitude), Dms::of(x, 2).written(Axis::Longitude)]
    }
}

/// Titles of a page that is not a sheet: what it is, in the languages of the title of the album.
pub(super) fn with_subject(subject: Message, title: &Texts) -> Texts {
    let languages = title.keys().map(String::as_str).filter(|language| *language != crate::model::UNDETERMINED);
    let mut texts: Texts = languages.map(|language| (language.to_owned(), subject.get(language))).collect();
    texts.entry("en".to_owned()).or_insert_with(|| subject.get("en"));
    texts
}

/// Who signs: the parties in their order, else the territories on both sides of the lines.
pub(super) fn signatories(
    lines: &[Content],
    spec: &PlateSpec,
    layers: &[Layer],
    options: &PlateOptions,
) -> Result<Vec<Name>, MapError> {
    let parties = Parties::of(spec, options)?;
    let mut ids: Vec<String> = parties.sides().iter().map(|party| party.id.clone()).collect();
    if ids.is_empty() {
        for content in lines {
            if let Content::Lines(all) = content {
                ids.extend(all.iter().flat_map(|line| [&line.left, &line.right]).flatten().cloned());
            }
        }
        ids.sort();
        ids.dedup();
        ids.truncate(2);
    }
    let metas = || layers.iter().flat_map(|layer| layer.content.metas());
    let named = |id: &String| metas().find(|meta: &&Meta| meta.id == *id && !meta.name.is_empty());
    Ok(ids.iter().map(|id| named(id).map_or_else(|| Name::plain(id.clone()), |meta| meta.name.clone())).collect())
}

impl Extra {
    /// Draws frames, match lines and the numbers of adjoining sheets over a map.
    pub(crate) fn over_the_map(&self, canvas: &Canvas, view: &View, naming: &Naming) -> Result<(), MapError> {
        for frame in &self.frames {
            canvas.geography(view, std::slice::from_ref(&frame.ring), |sheet, paper| {
                sheet.clip_to(Some(view.frame));
                sheet.stroke(paper, &SHEET_FRAME);
                sheet.clip_to(None);
            });
            let on_paper: Vec<Coord> = frame.ring.iter().map(|p| view.paper(*p)).collect();
            if let Some(bounds) = Bounds::of(&on_paper) {
                let (text, at) = frame.label(&bounds);
                canvas.sheet().text(at, &text, Align::Start, 0.0);
            }
        }
        let Some(facts) = &self.facts else { return Ok(()) };
        canvas.sheet().open("adjoining");
        for ((side, number), ends) in &facts.adjoining {
            let [a, b] = ends.map(|p| view.paper(p));
            canvas.sheet().clip_to(Some(view.frame));
            canvas.sheet().stroke(&[vec![a, b]], &MATCH_LINE);
            canvas.sheet().clip_to(None);
            beyond(canvas, view, *side, *number, (a + b) / 2.0, naming)?;
        }
        canvas.sheet().close();
        Ok(())
    }

    /// Records the symbols that [`Extra::over_the_map`] draws.
    pub(crate) fn symbols(&self, drawn: &mut Drawn) {
        drawn.extend((!self.frames.is_empty()).then_some(Symbol::SheetFrame));
        let meets = self.facts.as_ref().is_some_and(|facts| !facts.adjoining.is_empty());
        drawn.extend(meets.then_some(Symbol::MatchLine));
    }

    /// Draws the blocks of a sheet in its panel; those at its foot stand above `bottom_mm`.
    pub(crate) fn blocks(&self, panel: &Panel, column: &mut Column, bottom_mm: f64) -> Result<(), MapError> {
        let Some(facts) = &self.facts else { return Ok(()) };
        let naming = panel.naming;
        let language = naming.furniture();
        let own = [language.to_owned()];
        column.rule();
        panel.heading(column, LINE);
        let name = facts.line.best(&own).unwrap_or_default();
        let [from, to] = facts.chainage_m.map(|m| format!("{:.3}", m / 1000.0));
        let chainage = CHAINAGE.with(language, &[("from", &from), ("to", &to)]);
        for text in [Text::new(name, 5.9), Text::new(chainage, 5.4).color(GREY_INK)] {
            check_text(&text, "the sheet")?;
            column.paragraph(&text, 1.25);
        }
        if !facts.adjoining.is_empty() {
            column.rule();
            panel.heading(column, ADJOINING);
            for (side, message) in SheetSide::ALL.into_iter().zip(SIDES) {
                let numbers: Vec<String> = facts.of_side(side).map(|number| number.to_string()).collect();
                if !numbers.is_empty() {
                    let text = format!("{}: {}", message.get(language), numbers.join(", "));
                    column.paragraph(&Text::new(text, 5.4), 1.25);
                }
            }
        }
        if !facts.map_sheets.is_empty() {
            column.rule();
            panel.heading(column, MAP_SHEETS);
            let text = Text::new(facts.map_sheets.join(", "), 5.4);
            check_text(&text, "the map sheets")?;
            column.paragraph(&text, 1.25);
        }
        let signed_mm = SIGNATURE_MM * facts.signatories.len().max(2) as f64 + 2.0;
        let top_mm = bottom_mm - signed_mm;
        if !facts.marks.is_empty() {
            column.rule();
            panel.heading(column, MARKS);
            facts.list_marks(column, top_mm - 3.0, language)?;
        }
        if column.y_mm <= top_mm {
            column.y_mm = top_mm;
        }
        facts.signatures(column, naming)
    }
}

impl Facts {
    fn of_side(&self, side: SheetSide) -> impl Iterator<Item = usize> {
        self.adjoining.iter().filter(move |((own, _), _)| *own == side).map(|((_, number), _)| *number)
    }

    /// The coordinates of the marks, as many as there is room for; the others are in the catalogue.
    fn list_marks(&self, column: &mut Column, bottom_mm: f64, language: &str) -> Result<(), MapError> {
        let text = |text: &str| Text::new(text, 5.0);
        let widest = |texts: &mut dyn Iterator<Item = String>| texts.map(|t| text(&t).width_mm()).fold(0.0, f64::max);
        let number_mm = widest(&mut self.marks.iter().map(|row| row.number.clone()));
        let angle_mm = widest(&mut self.marks.iter().flat_map(MarkRow::written));
        let row_mm = number_mm + 2.0 * angle_mm + 6.0;
        let columns = ((column.width_mm / row_mm) as usize).max(1);
        let rows = (((bottom_mm - column.y_mm) / ROW_MM) as usize).saturating_sub(1);
        let shown = self.marks.len().min(rows * columns);
        let used = shown.div_ceil(columns).max(1);
        let (top_mm, width_mm) = (column.y_mm, column.width_mm / columns as f64);
        column.sheet.open("marks");
        for (i, row) in self.marks[..shown].iter().enumerate() {
            let x = column.x_mm + (i / used) as f64 * width_mm;
            let y = top_mm + (i % used + 1) as f64 * ROW_MM - 0.4;
            let number = text(&row.number).bold();
            check_text(&number, "the marks")?;
            column.sheet.text(mm(x, y), &number, Align::Start, 0.0);
            for (k, angle) in row.written().iter().enumerate() {
                let right = x + number_mm + 2.0 + (k + 1) as f64 * angle_mm + k as f64 * 1.6;
                column.sheet.text(mm(right, y), &text(angle).color(GREY_INK), Align::End, 0.0);
            }
        }
        column.sheet.close();
        column.y_mm = top_mm + used as f64 * ROW_MM;
        if shown < self.marks.len() {
            let count = (self.marks.len() - shown).to_string();
            let more = Text::new(MORE_MARKS.with(language, &[("count", &count)]), 5.0).color(GREY_INK);
            column.paragraph(&more, 1.2);
        }
        Ok(())
    }

    fn signatures(&self, column: &mut Column, naming: &Naming) -> Result<(), MapError> {
        let blank = [Name::default(), Name::default()];
        let names = if self.signatories.is_empty() { &blank[..] } else { &self.signatories[..] };
        column.sheet.open("signatures");
        let base = column.y_mm + 1.0;
        for (i, name) in names.iter().enumerate() {
            let top = base + i as f64 * SIGNATURE_MM;
            signature(column, top, name, naming)?;
        }
        column.y_mm = base + names.len() as f64 * SIGNATURE_MM;
        column.sheet.close();
        Ok(())
    }
}

/// A line to sign on, for a party, in the languages of the album.
pub(super) fn signature(column: &mut Column, top_mm: f64, name: &Name, naming: &Naming) -> Result<(), MapError> {
    let mut texts: Vec<String> = Vec::new();
    for language in std::iter::once(naming.furniture()).chain(naming.others().iter().map(String::as_str)) {
        let party = name.best(&[language.to_owned()]).unwrap_or_default();
        let text = SIGNATURE.with(language, &[("party", party)]);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let heading = Text::new(texts.join(" · "), 5.6).within(column.width_mm);
    check_text(&heading, "the signatures")?;
    column.sheet.text(mm(column.x_mm, top_mm + 2.4), &heading, Align::Start, 0.0);
    let line = vec![mm(column.x_mm, top_mm + 8.0), mm(column.x_mm + column.width_mm, top_mm + 8.0)];
    column.sheet.stroke(&[line], &Stroke::new(INK, 0.15));
    let signed = Text::new(SIGNED.get(naming.furniture()), LEAST_PT).color(GREY_INK);
    column.sheet.text(mm(column.x_mm, top_mm + 10.0), &signed, Align::Start, 0.0);
    Ok(())
}

/// The number of an adjoining sheet outside the neatline, beside the match line.
fn beyond(
    canvas: &Canvas,
    view: &View,
    side: SheetSide,
    number: usize,
    middle: Coord,
    naming: &Naming,
) -> Result<(), MapError> {
    let frame = &view.frame;
    let text = format!("{} {number}", SHEET.get(naming.furniture()));
    let text = Text::new(text, 6.4).bold().color(MATCH_LINE.color);
    check_text(&text, "the adjoining sheets")?;
    let half = text.width_mm() * MM / 2.0;
    let (x, y) = (middle.x.clamp(frame.x0 + half, frame.x1 - half), middle.y.clamp(frame.y0 + half, frame.y1 - half));
    let (off, cap) = (OFF_MM * MM, text.cap_mm() * MM);
    let (at, angle) = match side {
        SheetSide::North => (Coord { x, y: frame.y0 - off }, 0.0),
        SheetSide::South => (Coord { x, y: frame.y1 + off + cap }, 0.0),
        SheetSide::East => (Coord { x: frame.x1 + off + cap, y }, -90.0),
        SheetSide::West => (Coord { x: frame.x0 - off, y }, -90.0),
    };
    canvas.sheet().text(at, &text, Align::Middle, angle);
    Ok(())
}
