//! The panel beside the map: title, scale, north, legend, routes, locator, sources.

use super::grid::Grid;
use super::ledger::Ledger;
use super::notes::{badge, column_mm, small};
use super::way::{Translated, Way};
use super::{Column, crossings, legend, north, paragraph_height_mm, scale};
use crate::map::album::Extra;
use crate::map::canvas::{Align, Canvas, Sheet, Text, View};
use crate::map::content::Content;
use crate::map::crossings::Numbers;
use crate::map::framing::Layout;
use crate::map::lint::LintFinding;
use crate::map::naming::{Naming, check_text};
use crate::map::paint::Drawn;
use crate::map::palette::GREY_INK;
use crate::map::paper::{Bounds, MM, mm};
use crate::map::parties::Parties;
use crate::map::relief::Relief;
use crate::map::spec::PlateSpec;
use crate::map::symbol::{Symbol, boundary};
use crate::map::world::WorldOutline;
use crate::map::{MapError, sentences, words};
use crate::model::UNDETERMINED;
use crate::text::{Message, Voice};
use std::collections::BTreeSet;

/// The data of the panel.
pub(crate) struct Panel<'p, 'a> {
    pub spec: &'p PlateSpec,
    pub view: &'p View,
    /// Least and greatest scale error of the view.
    pub scale_error: (f64, f64),
    pub content: &'p Content<'a>,
    pub drawn: &'p Drawn,
    pub numbers: &'p Numbers<'p>,
    pub naming: &'p Naming,
    pub layout: &'p Layout,
    pub ledger: &'p Ledger,
    pub parties: &'p Parties,
    pub relief: Option<Relief<'p>>,
    pub world: Option<&'p WorldOutline>,
    /// What a page of an album has besides.
    pub extra: Option<&'p Extra>,
    /// The day and the view by which the features were selected.
    pub selected: (Option<&'p str>, Option<&'p str>),
    /// Findings that are allowed to remain.
    pub allowed: &'p [LintFinding],
}

/// Gap between the columns of notes at the foot, and line spacing.
pub(super) const GAP_MM: f64 = 5.0;
pub(crate) const LINE_MM: f64 = 2.5;
/// Gap between the disclaimer and the notes below it.
const UNDER_BOX_MM: f64 = 1.2;

/// Room needed for the locator with its heading, and its greatest height, in millimetres. It is the same on
/// every sheet, at the foot of the panel, so that equal plates look equal whatever the length of their legends.
const LOCATOR_MM: (f64, f64) = (34.0, 45.0);
/// Gap below the locator, and height of its rule and heading.
const UNDER_LOCATOR_MM: f64 = 3.0;
const OVER_LOCATOR_MM: f64 = 9.0;

/// The result of laying out the panel.
struct LaidOut {
    /// The missing height, in millimetres.
    over_mm: f64,
    locator: Option<Bounds>,
}

impl Panel<'_, '_> {
    fn language(&self) -> &str {
        self.naming.furniture()
    }

    /// The other languages of the plate, if wanted.
    pub(super) fn others(&self, wanted: bool) -> Vec<Voice<'_>> {
        if wanted { self.naming.other_voices() } else { Vec::new() }
    }

    /// The division of the sheet for a panel layout; none if no room is left for a map.
    fn layout(&self, way: &Way) -> Result<Option<Layout>, MapError> {
        let size_mm = (self.layout.width_mm, self.layout.height_mm);
        let divided = |foot_mm| {
            let layout = Layout::of(size_mm, self.layout.strip.is_some(), way.panel, foot_mm);
            layout.map(|layout| Layout { enlarged: self.layout.enlarged, ..layout })
        };
        if let Some(foot_mm) = self.extra.and_then(|extra| extra.foot_mm) {
            return Ok(divided(foot_mm));
        }
        Ok(match (way.at_foot, divided(LINE_MM).and_then(|layout| layout.foot)) {
            // The foot never shrinks: a map made higher by a smaller foot may need a larger foot again.
            (true, Some(foot)) => {
                let now_mm = self.layout.foot.map_or(0.0, |foot| foot.height() / MM);
                let rows = self.lines_at_foot(way, foot)?.1 as f64;
                let boxed_mm = self.boxed(way.translated.notes, foot.width() / MM).height_mm() + UNDER_BOX_MM;
                divided((boxed_mm + rows * LINE_MM + 1.5).max(now_mm))
            }
            _ => divided(0.0),
        })
    }

    /// The outline of the world, if it is on the sheet.
    pub(crate) fn outline(&self) -> Option<&WorldOutline> {
        self.world.filter(|_| self.wants_locator() || self.drawn.contains(&Symbol::Outside))
    }

    /// Whether there is a locator: for a map of the world it is useless.
    pub(crate) fn wants_locator(&self) -> bool {
        const WIDEST_DEG: f64 = 60.0;
        let f = &self.view.frame;
        let lon = |x: f64| self.view.lonlat(geo::Coord { x, y: f.centre().y }).x;
        let width_deg = (lon(f.x1) - lon(f.x0)).rem_euclid(360.0);
        self.spec.insets.locator && !self.view.is_world() && (width_deg < WIDEST_DEG || self.spec.panels.len() > 1)
    }

    /// The texts given only in the language of the furniture, although the plate has others.
    pub(crate) fn left_out(&self, way: &Way) -> Vec<&'static str> {
        let Translated { notes, routes, legend } = way.translated;
        let all = [
            (notes, "other languages in the notes"),
            (routes || self.numbers.routes.is_empty(), "other languages in the list of routes"),
            (legend, "other languages in the legend"),
        ];
        let left_out = all.into_iter().filter(|(there, _)| !there && !self.naming.others().is_empty());
        left_out.map(|(_, words)| words).collect()
    }

    /// The first layout in which everything fits, else the last one, with the division of the sheet.
    pub(crate) fn best(&self, ways: &[Way]) -> Result<(usize, Layout), MapError> {
        let mut last = None;
        for (i, way) in ways.iter().enumerate() {
            let Some(layout) = self.layout(way)? else { continue };
            if self.fits(&layout, way)? {
                return Ok((i, layout));
            }
            last = Some((i, layout));
        }
        Ok(last.unwrap_or((0, *self.layout)))
    }

    /// Whether everything fits.
    fn fits(&self, layout: &Layout, way: &Way) -> Result<bool, MapError> {
        let unseen = &mut Sheet::new(layout.width_mm, layout.height_mm, "", "");
        let laid_out = self.lay_out(unseen, layout, way)?;
        Ok(laid_out.over_mm <= 0.0 && laid_out.locator.is_some() == self.wants_locator())
    }

    /// Draws the panel; returns the box left for the locator, if the plate has one and there is room.
    pub(crate) fn draw(&self, canvas: &Canvas, way: &Way) -> Result<Option<Bounds>, MapError> {
        let laid_out = self.lay_out(&mut canvas.sheet(), self.layout, way)?;
        if laid_out.over_mm > 0.0 {
            return Err(MapError::PanelFull { over_mm: laid_out.over_mm.ceil() });
        }
        if let Some(foot) = self.layout.foot {
            let (lines, rows) = self.lines_at_foot(way, foot)?;
            let mut sheet = canvas.sheet();
            sheet.open("notes");
            let boxed = self.boxed(way.translated.notes, foot.width() / MM);
            boxed.draw(&mut sheet, foot.x0 / MM, foot.y0 / MM)?;
            let top_mm = foot.y0 / MM + boxed.height_mm() + UNDER_BOX_MM;
            for (i, line) in lines.iter().enumerate() {
                check_text(&line.text, "the sources of the plate")?;
                let x = foot.x0 / MM + (i / rows) as f64 * (column_mm(foot) + GAP_MM);
                let y = top_mm + (i % rows + 1) as f64 * LINE_MM;
                if let Some(number) = line.number {
                    badge(&mut sheet, [x + 1.3, y - line.text.cap_mm() / 2.0], 1.2, number);
                }
                sheet.text(mm(x + line.indent_mm, y), &line.text, Align::Start, 0.0);
            }
            sheet.close();
        }
        Ok(laid_out.locator)
    }

    fn lay_out(&self, sheet: &mut Sheet, layout: &Layout, way: &Way) -> Result<LaidOut, MapError> {
        let translated = way.translated;
        let mut columns = layout.columns().into_iter();
        let b = columns.next().expect("a panel has a column");
        let (x_mm, width_mm) = (b.x0 / MM, b.width() / MM);
        let others = |wanted: bool| self.others(wanted);
        sheet.open("panel");
        let mut column = Column { sheet, x_mm, width_mm, y_mm: b.y0 / MM };
        self.title(&mut column)?;
        column.rule();
        self.scale(&mut column)?;
        let foot = if way.at_foot { Vec::new() } else { self.foot(&others(translated.notes), false)? };
        let foot_mm: f64 = foot.iter().map(|t| paragraph_height_mm(t, width_mm, 1.22) + 0.7).sum();
        let boxed = (!way.at_foot).then(|| self.boxed(translated.notes, width_mm));
        let boxed_mm = boxed.as_ref().map_or(0.0, |boxed| boxed.height_mm() + UNDER_BOX_MM);
        let bottom = b.y1 / MM - foot_mm - boxed_mm;
        let mut lowest_mm = column.y_mm;
        // Beside the map all is in one column; under it, the text continues in the next column.
        // In the other languages, these statements are at the foot of the sheet if the notes are.
        for text in self.of_the_map(&others(translated.notes && !way.at_foot))? {
            if column.y_mm + paragraph_height_mm(&text, width_mm, 1.22) > bottom {
                column.go_to(columns.next());
            }
            column.paragraph(&text, 1.22);
            column.y_mm += 0.4;
            lowest_mm = lowest_mm.max(column.y_mm);
        }
        if !column.go_to(columns.next()) {
            column.rule();
        }
        self.heading(&mut column, words::LEGEND);
        let symbols = legend::ordered(self.drawn, self.parties);
        let fineness = boundary::fineness(self.view.scale);
        legend::draw(&mut column, &symbols, self.content, fineness, self.naming.voice(), &others(translated.legend));
        let routes = self.route_texts(&others(translated.routes));
        if !routes.is_empty() && !way.routes_at_foot {
            column.rule();
            self.routes(&mut column, &routes)?;
        }
        if self.spec.crossings.is_some() {
            column.rule();
            self.heading(&mut column, words::CROSSINGS);
            if self.numbers.crossings.is_empty() {
                let why = words::NO_CROSSINGS.get(self.language());
                column.paragraph(&Text::new(why, 5.2).color(GREY_INK), 1.2);
            }
            crossings::draw(&mut column, self.numbers, self.language());
        }
        if !self.ledger.is_empty() {
            column.rule();
            self.heading(&mut column, words::LEDGER);
            let voices: Vec<Voice> = std::iter::once(self.naming.voice()).chain(others(translated.legend)).collect();
            self.ledger.draw(&mut column, &voices, self.parties, self.spec.illustration)?;
        }
        if let Some(extra) = self.extra {
            extra.blocks(self, &mut column, bottom)?;
        }
        let over_mm = column.y_mm.max(lowest_mm) - bottom - 0.5;
        let mut locator = None;
        if self.wants_locator() && bottom - column.y_mm > LOCATOR_MM.0 {
            let room_mm = bottom - UNDER_LOCATOR_MM - OVER_LOCATOR_MM - column.y_mm;
            let height = room_mm.min((width_mm * 0.56).min(LOCATOR_MM.1));
            column.y_mm += room_mm - height;
            column.rule();
            self.heading(&mut column, words::LOCATION);
            locator = Some(Bounds::mm(column.x_mm, column.y_mm, column.x_mm + width_mm, column.y_mm + height));
        }
        column.y_mm = bottom + boxed_mm;
        if let Some(boxed) = boxed {
            boxed.draw(column.sheet, x_mm, bottom)?;
        }
        for text in &foot {
            check_text(text, "the sources of the plate")?;
            column.paragraph(text, 1.22);
            column.y_mm += 0.7;
        }
        sheet.close();
        Ok(LaidOut { over_mm, locator })
    }

    fn title(&self, column: &mut Column) -> Result<(), MapError> {
        let languages: Vec<&str> =
            std::iter::once(self.language()).chain(self.naming.languages.iter().map(String::as_str)).collect();
        let mut seen = BTreeSet::new();
        let languages: Vec<&str> = languages.into_iter().filter(|l| seen.insert(*l)).collect();
        let fit = |text: Text| {
            let over = text.width_mm() / column.width_mm;
            if over > 1.0 && over < 1.9 { text.within(column.width_mm) } else { text }
        };
        let mut lines: Vec<(Text, f64)> = Vec::new();
        for (i, language) in languages.iter().enumerate() {
            let undetermined = || self.spec.title.get(UNDETERMINED).filter(|_| i == 0);
            let Some(title) = self.spec.title.get(*language).or_else(undetermined) else { continue };
            // A title has the same weight in every language.
            let text = Text::new(title, 13.0).bold();
            lines.push((fit(text.lang(language)), 1.28));
        }
        let mut first_subtitle = None;
        for language in &languages {
            let undetermined = || self.spec.subtitle.get(UNDETERMINED).filter(|_| *language == languages[0]);
            if let Some(subtitle) = self.spec.subtitle.get(*language).or_else(undetermined) {
                first_subtitle.get_or_insert(lines.len());
                lines.push((Text::new(subtitle, 7.4).color(GREY_INK).lang(language), 1.3));
            }
        }
        let first = self.language();
        let mut facts: Vec<String> = Vec::new();
        let sheet = self.spec.sheet.as_ref().map(|s| format!("{} {s}", words::SHEET.get(first)));
        // In an album, the number tells the sheets apart.
        match self.extra.filter(|extra| extra.facts.is_some()) {
            Some(_) => lines.extend(sheet.map(|sheet| (Text::new(sheet, 10.0).bold(), 1.5))),
            None => facts.extend(sheet),
        }
        facts.extend(self.spec.edition.as_ref().map(|e| format!("{} {e}", words::EDITION.get(first))));
        let dates: BTreeSet<&str> = self.content.layers.iter().map(|l| l.info.date.as_str()).collect();
        let dates: Vec<&str> = dates.into_iter().collect();
        facts.push(format!("{} {}", words::DATA_OF.get(first), dates.join(", ")));
        lines.push((Text::new(facts.join("  ·  "), 6.2).color(GREY_INK), 1.5));
        if lines.len() == 1 && !self.spec.id.is_empty() {
            lines.insert(0, (Text::new(&self.spec.id, 15.0).bold(), 1.28));
        }
        for (i, (text, leading)) in lines.iter().enumerate() {
            check_text(text, "the title of the plate")?;
            // Clear of the descenders of the title.
            column.y_mm += if first_subtitle == Some(i) { 1.0 } else { 0.0 };
            column.paragraph(text, *leading);
        }
        Ok(())
    }

    fn scale(&self, column: &mut Column) -> Result<(), MapError> {
        let view = self.view;
        let top = column.y_mm;
        let text = Text::new(format!("{} 1:{}", words::SCALE.get(self.language()), scale::grouped(view.scale)), 8.5);
        let text = text.bold();
        column.y_mm += 3.4;
        column.sheet.text(mm(column.x_mm, column.y_mm), &text, Align::Start, 0.0);
        self.in_others(column, words::SCALE, text.width_mm());
        column.y_mm += 5.0;
        let place = [column.x_mm + 1.0, column.y_mm];
        scale::bar(column.sheet, view, place, column.width_mm - 21.0, self.language());
        column.y_mm += 2.6;
        if !view.is_world() && view.pole().is_none() && self.spec.panels.is_empty() {
            let grid = Grid::of(self.spec, self.spec.frame.grid, view);
            let convergence = sentences::convergence_deg(view, grid.as_ref());
            north::arrow(column.sheet, convergence, column.x_mm + column.width_mm - 5.0, top + 12.0, 8.5);
        }
        column.y_mm += 0.8;
        Ok(())
    }

    /// Statements on scale, north and projection, in every language.
    pub(super) fn of_the_map(&self, others: &[Voice]) -> Result<Vec<Text>, MapError> {
        let grid = Grid::of(self.spec, self.spec.frame.grid, self.view);
        let panels = !self.spec.panels.is_empty();
        let operations: BTreeSet<&str> =
            self.content.layers.iter().map(|l| l.info.datum_operation.trim_end_matches('.')).collect();
        let operations: Vec<&str> = operations.into_iter().collect();
        let texts = |voice: Voice| {
            let mut texts = sentences::of_the_map(self.view, self.scale_error, (grid, panels), &operations, voice);
            texts.extend(self.relief.map(|relief| relief.sentences(self.view, voice).join(" ")));
            texts.retain(|text| !text.is_empty());
            texts
        };
        let first = texts(self.naming.voice()).into_iter().map(|text| Text::new(text, 5.4).color(GREY_INK));
        let others = others.iter().map(|voice| small(texts(*voice).join(" ")).lang(voice.language()));
        let others = others.filter(|text| !text.text.is_empty());
        let all: Vec<Text> = first.chain(others).collect();
        all.iter().try_for_each(|text| check_text(text, "the scale and projection of the plate"))?;
        Ok(all)
    }

    pub(crate) fn heading(&self, column: &mut Column, message: Message) {
        column.y_mm += 3.0;
        let text = Text::new(message.get(self.language()), 7.6).bold();
        column.sheet.text(mm(column.x_mm, column.y_mm), &text, Align::Start, 0.0);
        self.in_others(column, message, text.width_mm());
        column.y_mm += 2.0;
    }

    /// A message in the other languages, after a heading of the given width.
    fn in_others(&self, column: &mut Column, message: Message, after_mm: f64) {
        let others: Vec<String> = self.others(true).into_iter().filter_map(|v| v.say(message, &[])).collect();
        let others = Text::new(others.join(" · "), 5.6).color(GREY_INK);
        column.sheet.text(mm(column.x_mm + after_mm + 2.0, column.y_mm), &others, Align::Start, 0.0);
    }

    pub(super) fn route_texts(&self, others: &[Voice]) -> Vec<(usize, Vec<Text>)> {
        let mut list: Vec<(usize, Vec<Text>)> = Vec::new();
        for way in &self.content.ways {
            let Some(&number) = self.numbers.routes.get(&way.meta.id) else { continue };
            let name = &way.meta.name;
            let first = name.best(&[self.language().to_owned()]).unwrap_or(&way.meta.id).to_owned();
            let mut texts = vec![Text::new(first.clone(), 5.9)];
            let others: Vec<&str> =
                others.iter().filter_map(|v| name.get(v.language())).filter(|t| *t != first).collect();
            if !others.is_empty() {
                texts.push(small(others.join(" · ")));
            }
            list.push((number, texts));
        }
        list.sort_by_key(|entry| entry.0);
        list
    }

    fn routes(&self, column: &mut Column, routes: &[(usize, Vec<Text>)]) -> Result<(), MapError> {
        self.heading(column, words::ROUTES);
        for (number, texts) in routes {
            badge(column.sheet, [column.x_mm + 1.6, column.y_mm + 1.6], 1.5, *number);
            let mut inner = Column {
                sheet: column.sheet,
                x_mm: column.x_mm + 5.0,
                width_mm: column.width_mm - 6.0,
                y_mm: column.y_mm,
            };
            for text in texts {
                check_text(text, "the list of routes")?;
                inner.paragraph(text, 1.2);
            }
            column.y_mm = inner.y_mm + 0.9;
        }
        Ok(())
    }
}
