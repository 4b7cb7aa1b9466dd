//! The panel beside the map: title, scale, north, legend, routes, locator, sources.

use super::grid::Grid;
use super::ledger::Ledger;
use super::{Column, crossings, legend, north, paragraph_height_mm, scale};
use crate::earth::projection::Projection;
use crate::map::canvas::{Align, Canvas, Text, View};
use crate::map::content::Content;
use crate::map::crossings::Numbers;
use crate::map::fonts::{Face, wrap};
use crate::map::framing::Layout;
use crate::map::lint::Finding;
use crate::map::naming::{Naming, check_text};
use crate::map::paint::Drawn;
use crate::map::palette::{ALERT, GREY_INK, INK};
use crate::map::paper::{Bounds, MM, mm};
use crate::map::spec::PlateSpec;
use crate::map::symbol::Symbol;
use crate::map::words;
use crate::map::{Alternat, MapError, PROGRAM};
use std::collections::BTreeSet;

/// What the panel writes about.
pub(crate) struct Panel<'p, 'a> {
    pub spec: &'p PlateSpec,
    pub view: &'p View,
    pub content: &'p Content<'a>,
    pub drawn: &'p Drawn,
    pub numbers: &'p Numbers<'p>,
    pub naming: &'p Naming,
    pub layout: &'p Layout,
    pub ledger: &'p Ledger,
    /// The party that stands first on one of two originals.
    pub first: Option<Alternat>,
    /// What the plate lacks and may lack.
    pub allowed: &'p [Finding],
}

const NOTE_PT: f64 = 5.0;
/// About what an entry of the legend takes at least.
const LEGEND_ROW_MM: f64 = 3.4;

impl Panel<'_, '_> {
    fn language(&self) -> &str {
        self.spec.language.as_deref().unwrap_or("en")
    }

    /// Languages of names other than that of the furniture.
    fn others(&self) -> Vec<String> {
        self.naming.languages.iter().filter(|l| *l != self.language()).cloned().collect()
    }

    /// Draws the panel; returns the box left for the locator, if the plate has one and there is room.
    pub(crate) fn draw(&self, canvas: &Canvas) -> Result<Option<Bounds>, MapError> {
        let b = self.layout.panel;
        let (x_mm, width_mm) = (b.x0 / MM, b.width() / MM);
        let mut sheet = canvas.sheet();
        sheet.open("panel");
        let mut column = Column { sheet: &mut sheet, x_mm, width_mm, y_mm: b.y0 / MM };
        self.title(&mut column)?;
        column.rule();
        self.scale(&mut column);
        column.rule();
        let foot = self.foot();
        let foot_mm: f64 = foot.iter().map(|t| paragraph_height_mm(t, width_mm, 1.22) + 0.7).sum();
        let bottom = b.y1 / MM - foot_mm;
        let mut routes = self.route_texts();
        // The locator takes what the legend leaves: at least 30 mm, at most this.
        let (least_mm, most_mm) =
            if self.spec.insets.locator { (28.0, (width_mm * 0.72).min(58.0)) } else { (0.0, 0.0) };
        let ledger_mm = self.ledger.height_mm(width_mm);
        let crossings_mm = if self.numbers.crossings.is_empty() {
            0.0
        } else {
            9.0 + crossings::height_mm(self.numbers, width_mm, self.language())
        };
        let routes_mm = |routes: &[(usize, Vec<Text>)]| {
            let texts: f64 = routes.iter().map(|(_, t)| self.route_height(t, width_mm)).sum();
            if routes.is_empty() { 0.0 } else { 9.0 + texts }
        };
        self.heading(&mut column, words::LEGEND);
        let symbols = legend::ordered(self.drawn, self.first);
        let left = bottom - column.y_mm - crossings_mm - ledger_mm;
        // On a small sheet the names of routes in other languages go first.
        if routes_mm(&routes) + symbols.len() as f64 * LEGEND_ROW_MM > left {
            routes.iter_mut().for_each(|(_, texts)| texts.truncate(1));
        }
        let routes_mm = routes_mm(&routes);
        let room = bottom - column.y_mm - routes_mm - crossings_mm - ledger_mm - least_mm - 4.0;
        legend::draw(&mut column, &symbols, self.content, self.language(), &self.others(), room);
        if !routes.is_empty() {
            column.rule();
            self.routes(&mut column, &routes)?;
        }
        if crossings_mm > 0.0 {
            column.rule();
            self.heading(&mut column, words::CROSSINGS);
            crossings::draw(&mut column, self.numbers, self.language());
        }
        if ledger_mm > 0.0 {
            column.rule();
            self.heading(&mut column, words::LEDGER);
            self.ledger.draw(&mut column, self.language(), self.first)?;
        }
        if column.y_mm > bottom + 0.5 {
            return Err(MapError::PanelFull { over_mm: (column.y_mm - bottom).ceil() });
        }
        let mut locator = None;
        if self.spec.insets.locator && bottom - column.y_mm > 26.0 {
            column.rule();
            self.heading(&mut column, words::LOCATION);
            let height = (bottom - column.y_mm - 3.0).min(most_mm);
            if height > 14.0 {
                locator = Some(Bounds::mm(x_mm, column.y_mm, x_mm + width_mm, column.y_mm + height));
            }
        }
        column.y_mm = bottom;
        for text in &foot {
            check_text(text, "the sources of the plate")?;
            column.paragraph(text, 1.22);
            column.y_mm += 0.7;
        }
        sheet.close();
        Ok(locator)
    }

    fn title(&self, column: &mut Column) -> Result<(), MapError> {
        let languages: Vec<&str> =
            std::iter::once(self.language()).chain(self.naming.languages.iter().map(String::as_str)).collect();
        let mut seen = BTreeSet::new();
        let languages: Vec<&str> = languages.into_iter().filter(|l| seen.insert(*l)).collect();
        let fit = |text: Text| {
            let over = text.width_mm() / column.width_mm;
            if over > 1.0 && over < 1.9 { Text { size_mm: text.size_mm / over, ..text } } else { text }
        };
        let mut lines: Vec<(Text, f64)> = Vec::new();
        for (i, language) in languages.iter().enumerate() {
            let Some(title) = self.spec.title.get(*language) else { continue };
            let text =
                if i == 0 { Text::new(title, 17.0).bold() } else { Text::new(title, 12.5).bold().color(GREY_INK) };
            lines.push((fit(text.lang(language)), 1.28));
        }
        for language in &languages {
            if let Some(subtitle) = self.spec.subtitle.get(*language) {
                lines.push((Text::new(subtitle, 7.4).color(GREY_INK).lang(language), 1.3));
            }
        }
        let first = self.language();
        let mut facts: Vec<String> = Vec::new();
        facts.extend(self.spec.sheet.as_ref().map(|s| format!("{} {s}", words::SHEET.get(first))));
        facts.extend(self.spec.edition.as_ref().map(|e| format!("{} {e}", words::EDITION.get(first))));
        let dates: BTreeSet<&str> = self.content.layers.iter().map(|l| l.info.date.as_str()).collect();
        let dates: Vec<&str> = dates.into_iter().collect();
        facts.push(format!("{} {}", words::DATA_OF.get(first), dates.join(", ")));
        lines.push((Text::new(facts.join("  ·  "), 6.2).color(GREY_INK), 1.5));
        if lines.len() == 1 && !self.spec.id.is_empty() {
            lines.insert(0, (Text::new(&self.spec.id, 15.0).bold(), 1.28));
        }
        for (text, leading) in &lines {
            check_text(text, "the title of the plate")?;
            column.paragraph(text, *leading);
        }
        Ok(())
    }

    fn scale(&self, column: &mut Column) {
        let view = self.view;
        let top = column.y_mm;
        let text = format!("{} 1:{}", words::SCALE.get(self.language()), scale::grouped(view.scale));
        column.y_mm += 3.4;
        column.sheet.text(mm(column.x_mm, column.y_mm), &Text::new(text, 8.5).bold(), Align::Start, 0.0);
        column.y_mm += 5.0;
        scale::bar(column.sheet, view, column.x_mm + 1.0, column.y_mm, column.width_mm - 21.0);
        column.y_mm += 2.6;
        north::arrow(column.sheet, view, column.x_mm + column.width_mm - 5.0, top + 12.0, 8.5);
        let small = |text: String| Text::new(text, 5.4).color(GREY_INK);
        column.y_mm += 0.8;
        let grid = Grid::of(self.spec, self.spec.frame.grid, view).map(|grid| grid.text());
        let operations: BTreeSet<&str> =
            self.content.layers.iter().map(|l| l.info.datum_operation.trim_end_matches('.')).collect();
        let operations: Vec<&str> = operations.into_iter().collect();
        let projection = format!("{} Transformation: {}.", projection_text(view), operations.join("; "));
        let texts = [Some(scale::error_text(view)), Some(north::text(view)), Some(projection), grid];
        for text in texts.into_iter().flatten() {
            column.paragraph(&small(text), 1.22);
            column.y_mm += 0.4;
        }
    }

    fn heading(&self, column: &mut Column, word: words::Word) {
        column.y_mm += 3.0;
        let text = Text::new(word.get(self.language()), 7.6).bold();
        column.sheet.text(mm(column.x_mm, column.y_mm), &text, Align::Start, 0.0);
        let others: Vec<&str> = self.others().iter().map(|l| word.get(l)).collect();
        let x = column.x_mm + text.width_mm() + 2.0;
        let others = Text::new(others.join(" · "), 5.6).color(GREY_INK);
        column.sheet.text(mm(x, column.y_mm), &others, Align::Start, 0.0);
        column.y_mm += 2.0;
    }

    fn route_texts(&self) -> Vec<(usize, Vec<Text>)> {
        let mut list: Vec<(usize, Vec<Text>)> = Vec::new();
        for way in &self.content.ways {
            let Some(&number) = self.numbers.routes.get(&way.meta.id) else { continue };
            let name = &way.meta.name;
            let first = name.best(&[self.language().to_owned()]).unwrap_or(&way.meta.id).to_owned();
            let mut texts = vec![Text::new(first.clone(), 5.9)];
            let others: Vec<&str> =
                self.others().iter().filter_map(|l| name.get(l)).filter(|t| *t != first).map(|t| t as &str).collect();
            if !others.is_empty() {
                texts.push(Text::new(others.join(" · "), 5.0).color(GREY_INK));
            }
            list.push((number, texts));
        }
        list.sort_by_key(|entry| entry.0);
        list
    }

    fn route_height(&self, texts: &[Text], width_mm: f64) -> f64 {
        texts.iter().map(|t| paragraph_height_mm(t, width_mm - 6.0, 1.2)).sum::<f64>() + 0.9
    }

    fn routes(&self, column: &mut Column, routes: &[(usize, Vec<Text>)]) -> Result<(), MapError> {
        self.heading(column, words::ROUTES);
        for (number, texts) in routes {
            let middle = column.y_mm + 1.6;
            let stroke = crate::map::canvas::Stroke::new(INK, 0.2);
            column.sheet.circle(mm(column.x_mm + 1.6, middle), 1.5, Some(crate::map::palette::PAPER), Some(&stroke));
            let digit = Text::new(number.to_string(), 5.4).bold();
            let down = digit.cap_mm() / 2.0;
            column.sheet.text(mm(column.x_mm + 1.6, middle + down), &digit, Align::Middle, 0.0);
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

    /// Remarks, disclaimer, sources, data: what stands at the foot of the panel.
    fn foot(&self) -> Vec<Text> {
        let language = self.language();
        let small = |text: String| Text::new(text, NOTE_PT).color(GREY_INK);
        let mut foot = Vec::new();
        if self.drawn.iter().any(|s| matches!(s, Symbol::Route(_, _, true, _))) {
            foot.push(small(words::INDICATIVE.get(language).to_owned()));
        }
        if self.naming.transcribed.get() {
            foot.push(small(words::TRANSCRIPTIONS.get(language).to_owned()).face(Face::Oblique));
        }
        foot.extend(self.spec.remark.get(language).map(|t| small(t.clone())));
        let standard = || {
            let statuses: BTreeSet<_> = self
                .drawn
                .iter()
                .filter_map(|s| if let Symbol::Boundary(_, status, _) = s { Some(*status) } else { None })
                .collect();
            let cautions = statuses.into_iter().filter_map(words::caution);
            std::iter::once(words::DISCLAIMER.get(language)).chain(cautions).collect::<Vec<_>>().join(" ")
        };
        foot.push(small(self.spec.disclaimer.get(language).cloned().unwrap_or_else(standard)).color(ALERT));
        if !self.allowed.is_empty() {
            let list: Vec<String> = self.allowed.iter().map(Finding::to_string).collect();
            foot.push(small(format!("Allowed to pass: {}.", list.join("; "))).color(ALERT));
        }
        foot.extend(self.sources().into_iter().map(small));
        foot
    }

    /// Each source once, with the layers that rest on it.
    fn sources(&self) -> Vec<String> {
        let mut sources: Vec<(String, Vec<&str>)> = Vec::new();
        for layer in &self.content.layers {
            let i = &layer.info;
            let text = format!(
                "{} ({}). {}. {}.",
                i.source.trim_end_matches('.'),
                i.date,
                i.attribution.trim_end_matches('.'),
                i.licence.trim_end_matches('.')
            );
            match sources.iter_mut().find(|(known, _)| *known == text) {
                Some((_, ids)) => ids.push(&i.id),
                None => sources.push((text, vec![&i.id])),
            }
        }
        sources.into_iter().map(|(text, ids)| format!("{}: {text}", ids.join(", "))).collect()
    }
}

/// The margin: program, sheet, edition, and the hash of every input.
pub(crate) fn margin(canvas: &Canvas, spec: &PlateSpec, content: &Content, layout: &Layout) -> Result<(), MapError> {
    let mut parts = vec![PROGRAM.to_owned()];
    parts.extend((!spec.id.is_empty()).then(|| format!("plate {}", spec.id)));
    parts.extend(spec.sheet.as_ref().map(|s| format!("sheet {s}")));
    parts.extend(spec.edition.as_ref().map(|e| format!("edition {e}")));
    let hashes: Vec<String> = content
        .layers
        .iter()
        .map(|l| format!("{} {}", l.info.id, l.input.sha256.chars().take(12).collect::<String>()))
        .collect();
    parts.push(format!("data (SHA-256): {}", hashes.join(", ")));
    let text = Text::new(parts.join("  ·  "), 5.0).color(GREY_INK);
    check_text(&text, "the margin of the plate")?;
    let lines = wrap(&text.text, text.face, text.size_mm, layout.width_mm - 22.0);
    let first_mm = layout.height_mm - 3.4 - 2.0 * (lines.len() as f64 - 1.0);
    for (i, line) in lines.into_iter().enumerate() {
        let at = mm(14.0, first_mm + 2.0 * i as f64);
        canvas.sheet().text(at, &Text { text: line, ..text.clone() }, Align::Start, 0.0);
    }
    Ok(())
}

/// What the plate says of its datum and projection.
fn projection_text(view: &View) -> String {
    let degrees = |d: f64| {
        let minutes = (d.abs() * 60.0).round() as i64;
        let sign = if d < 0.0 { "−" } else { "" };
        if minutes % 60 == 0 {
            format!("{sign}{}°", minutes / 60)
        } else {
            format!("{sign}{}°{:02}′", minutes / 60, minutes % 60)
        }
    };
    let projection = match &view.projection {
        Projection::Lambert(p) if p.parallels_deg().0.abs() > 89.99 => {
            format!("Polar stereographic projection, central meridian {}", degrees(p.central_meridian_deg()))
        }
        Projection::Lambert(p) => {
            let (south, north) = p.parallels_deg();
            format!(
                "Lambert conformal conic projection, standard parallels {} and {}, central meridian {}",
                degrees(south),
                degrees(north),
                degrees(p.central_meridian_deg())
            )
        }
        Projection::Transverse(p) => format!(
            "Transverse Mercator projection, central meridian {}, scale there {}",
            degrees(p.central_meridian_deg()),
            p.central_scale()
        ),
        Projection::Web(_) => "Web Mercator projection".to_owned(),
    };
    format!("Datum and ellipsoid WGS 84. {projection}.")
}
