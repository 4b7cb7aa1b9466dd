//! Pages of text: the cover, the list of sheets, the catalogue of marks.

use super::frames::SheetSide;
use super::furniture::{ADJOINING, LINE, MAP_SHEETS, SIDES, signature, with_subject};
use super::{Album, AlbumSheet};
use crate::earth::{Axis, Dms};
use crate::map::canvas::{Align, Stroke, Text};
use crate::map::content::Content;
use crate::map::error::MapError;
use crate::map::fonts::wrap;
use crate::map::furniture::Column;
use crate::map::furniture::imprint::credit;
use crate::map::furniture::scale::grouped;
use crate::map::languages::naming;
use crate::map::naming::Naming;
use crate::map::palette::{GREY_INK, GRID, INK};
use crate::map::paper::{Bounds, mm};
use crate::map::parties::Parties;
use crate::map::plate::Plate;
use crate::map::text_sheet::TextSheet;
use crate::map::words::{DATA_OF, DISCLAIMER, EDITION, MARGIN_DATA, SCALE, SHEET};
use crate::map::{PROGRAM, fonts};
use crate::model::{Name, UNDETERMINED};
use crate::text::Message;
use std::collections::BTreeSet;

/// Margins and the height of a row of a list, in millimetres.
const LEFT_MM: f64 = 18.0;
const TOP_MM: f64 = 34.0;
const FOOT_MM: f64 = 16.0;
const ROW_MM: f64 = 4.4;

const CHAINAGE_KM: Message = Message("album-chainage-km");
const LIST: Message = Message("album-list");
const CATALOGUE: Message = Message("album-catalogue");
const COUNT: Message = Message("album-count");
const BASIS: Message = Message("album-basis");
const CORNERS: Message = Message("album-corners");
const LATITUDE: Message = Message("album-latitude");
const LONGITUDE: Message = Message("album-longitude");
const NUMBER: Message = Message("column-number");

/// Writes lines of a text one below the other, centred; returns the height below them.
fn centred(page: &TextSheet, y_mm: f64, text: &Text) -> Result<f64, MapError> {
    let mut y = y_mm;
    for line in wrap(&text.text, text.face, text.size_mm, page.width_mm - 2.0 * LEFT_MM) {
        y += text.size_mm * 1.35;
        page.write(page.width_mm / 2.0, y, &Text { text: line, ..text.clone() }, Align::Middle)?;
    }
    Ok(y)
}

fn rule(page: &TextSheet, y_mm: f64, stroke: &Stroke) {
    let line = vec![mm(LEFT_MM, y_mm), mm(page.width_mm - LEFT_MM, y_mm)];
    page.canvas.sheet().stroke(&[line], stroke);
}

/// A column of a list: its heading, where it stands, and how.
struct Head {
    title: String,
    x_mm: f64,
    align: Align,
}

impl Album {
    /// Number of rows on a page of a list.
    pub(super) fn rows_of_a_page(&self) -> usize {
        let (_, height_mm) = self.spec.plate.paper.size_mm();
        (((height_mm - TOP_MM - FOOT_MM) / ROW_MM) as usize).saturating_sub(2).max(1)
    }

    fn text_page(&self, title: &str) -> TextSheet {
        TextSheet::new(self.spec.plate.paper.size_mm(), title, "the album")
    }

    /// The languages of the album.
    pub(super) fn naming(&self) -> Result<Naming, MapError> {
        let (spec, options) = (&self.spec.plate, &self.options);
        let parties = Parties::of(spec, options)?;
        let content = Content::of(spec, &spec.layers_shown(), &self.layers, &parties)?;
        Ok(naming(spec, options, &parties, &content))
    }

    /// The texts of the title in the languages of the album, the language of the furniture first.
    fn titles(&self, naming: &Naming) -> Vec<String> {
        let title = &self.spec.plate.title;
        let languages = std::iter::once(naming.furniture()).chain(naming.languages.iter().map(String::as_str));
        let mut all: Vec<String> = Vec::new();
        for language in languages.chain([UNDETERMINED]) {
            if let Some(text) = title.get(language).filter(|text| !all.contains(text)) {
                all.push(text.clone());
            }
        }
        if all.is_empty() { vec![self.title()] } else { all }
    }

    pub(super) fn cover(&self) -> Result<Plate, MapError> {
        let naming = self.naming()?;
        let page = self.text_page(&self.title());
        let all = || std::iter::once(naming.furniture()).chain(naming.others().iter().map(String::as_str));
        let together = |message: Message, values: &[(&'static str, &str)]| {
            let mut texts: Vec<String> = all().map(|language| message.with(language, values)).collect();
            texts.dedup();
            texts.join(" · ")
        };
        let frame = Bounds::mm(10.0, 10.0, page.width_mm - 10.0, page.height_mm - 10.0);
        page.canvas.sheet().stroke(&[frame.ring()], &Stroke::new(INK, 0.5));
        let mut y = page.height_mm * 0.16;
        for name in &self.signatories {
            let mut texts: Vec<&str> = all().filter_map(|language| name.best(&[language.to_owned()])).collect();
            texts.dedup();
            y = centred(&page, y, &Text::new(texts.join(" · "), 16.0))?;
        }
        y += 6.0;
        for title in self.titles(&naming) {
            y = centred(&page, y, &Text::new(title, 28.0).bold())?;
        }
        y += 4.0;
        let mut lines: Vec<String> = Vec::new();
        for sheet in &self.sheets {
            let mut texts: Vec<&str> = all().filter_map(|language| sheet.name.best(&[language.to_owned()])).collect();
            texts.dedup();
            let text = texts.join(" · ");
            if !lines.contains(&text) {
                lines.push(text);
            }
        }
        for line in lines.iter().take(MOST_LINES) {
            y = centred(&page, y, &Text::new(line, 11.0).color(GREY_INK))?;
        }
        y += 6.0;
        let scale = format!("{} 1:{}", together(SCALE, &[]), grouped(self.spec.scale));
        y = centred(&page, y, &Text::new(scale, 12.0).bold())?;
        let count = self.sheets.len().to_string();
        y = centred(&page, y, &Text::new(together(COUNT, &[("count", &count)]), 9.0))?;
        if let Some(basis) = &self.spec.basis {
            y += 4.0;
            y = centred(&page, y, &Text::new(together(BASIS, &[("text", basis)]), 8.0))?;
        }
        let mut facts: Vec<String> = Vec::new();
        facts.extend(
            self.spec.plate.edition.as_ref().map(|edition| format!("{} {edition}", EDITION.get(naming.furniture()))),
        );
        let dates: BTreeSet<&str> = self.layers.iter().map(|layer| layer.info.date.as_str()).collect();
        let dates: Vec<&str> = dates.into_iter().filter(|date| !date.is_empty()).collect();
        facts.extend((!dates.is_empty()).then(|| format!("{} {}", DATA_OF.get(naming.furniture()), dates.join(", "))));
        y += 3.0;
        centred(&page, y, &Text::new(facts.join("  ·  "), 7.0).color(GREY_INK))?;
        self.cover_foot(&page, &naming)?;
        Ok(page.finish())
    }

    /// Signatures, disclaimer, sources and hashes at the foot of the cover.
    fn cover_foot(&self, page: &TextSheet, naming: &Naming) -> Result<(), MapError> {
        let language = naming.furniture();
        let mut notes: Vec<String> = Vec::new();
        for language in std::iter::once(language).chain(naming.others().iter().map(String::as_str)) {
            let own = self.spec.plate.disclaimer.get(language).cloned();
            let text = own.unwrap_or_else(|| DISCLAIMER.get(language));
            if !notes.contains(&text) {
                notes.push(text);
            }
        }
        let mut sources: Vec<String> = Vec::new();
        for layer in &self.layers {
            let text = credit(&layer.info);
            if !sources.contains(&text) {
                sources.push(text);
            }
        }
        notes.extend(sources);
        let hashes: Vec<String> =
            self.layers.iter().map(|layer| format!("{} {}", layer.info.id, layer.input.sha256)).collect();
        notes.push(format!("{PROGRAM}  ·  {}", MARGIN_DATA.with(language, &[("list", &hashes.join(", "))])));
        let width_mm = page.width_mm - 2.0 * LEFT_MM;
        let text = |note: &String| Text::new(note, fonts::LEAST_PT).color(GREY_INK);
        let lines: Vec<Text> = notes
            .iter()
            .flat_map(|note| {
                let text = text(note);
                let broken = wrap(&text.text, text.face, text.size_mm, width_mm);
                broken.into_iter().map(move |line| Text { text: line, ..text.clone() })
            })
            .collect();
        let top_mm = page.height_mm - 14.0 - lines.len() as f64 * 2.3;
        for (i, line) in lines.iter().enumerate() {
            page.write(LEFT_MM, top_mm + (i + 1) as f64 * 2.3, line, Align::Start)?;
        }
        let blank = [Name::default(), Name::default()];
        let names = if self.signatories.is_empty() { &blank[..] } else { &self.signatories[..] };
        let each_mm = width_mm / names.len() as f64;
        for (i, name) in names.iter().enumerate() {
            let mut sheet = page.canvas.sheet();
            let x_mm = LEFT_MM + i as f64 * each_mm;
            let mut column = Column { sheet: &mut sheet, x_mm, width_mm: each_mm - 12.0, y_mm: 0.0 };
            signature(&mut column, top_mm - 20.0, name, naming)?;
        }
        Ok(())
    }

    /// A page with a table: heading, columns, rows of texts.
    fn table(
        &self,
        naming: &Naming,
        subject: Message,
        (page_number, pages): (usize, usize),
        heads: &[Head],
        rows: &[Vec<String>],
    ) -> Result<Plate, MapError> {
        let titles = with_subject(subject, &self.spec.plate.title);
        let mut heading: Vec<&str> = Vec::new();
        for language in std::iter::once(naming.furniture()).chain(naming.languages.iter().map(String::as_str)) {
            if let Some(text) = titles.get(language).filter(|text| !heading.contains(&text.as_str())) {
                heading.push(text);
            }
        }
        let page = self.text_page(&heading.join(" · "));
        page.write(LEFT_MM, 18.0, &Text::new(heading.join(" · "), 13.0).bold(), Align::Start)?;
        let right = page.width_mm - LEFT_MM;
        page.write(LEFT_MM, 23.5, &Text::new(self.titles(naming).join(" · "), 7.0).color(GREY_INK), Align::Start)?;
        page.write(right, 18.0, &Text::new(format!("{}/{pages}", page_number + 1), 8.0), Align::End)?;
        for head in heads {
            page.write(head.x_mm, TOP_MM - 2.0, &Text::new(&head.title, 6.4).bold(), head.align)?;
        }
        rule(&page, TOP_MM, &Stroke::new(INK, 0.25));
        for (i, row) in rows.iter().enumerate() {
            let base = TOP_MM + (i + 1) as f64 * ROW_MM - 1.1;
            for (k, (cell, head)) in row.iter().zip(heads).enumerate() {
                let next = heads.get(k + 1).map_or(right, |next| next.x_mm);
                let room = if head.align == Align::Start { next - head.x_mm - 2.0 } else { f64::INFINITY };
                let text = Text::new(cell, 6.4);
                let text = if text.width_mm() > room { text.within(room) } else { text };
                page.write(head.x_mm, base, &text, head.align)?;
            }
            rule(&page, base + 1.1, &Stroke::new(GRID, 0.08));
        }
        Ok(page.finish())
    }

    pub(super) fn list(&self, number: usize) -> Result<Plate, MapError> {
        let naming = self.naming()?;
        let (language, per_page) = (naming.furniture(), self.rows_of_a_page());
        let (width_mm, _) = self.spec.plate.paper.size_mm();
        let room = width_mm - 2.0 * LEFT_MM;
        let head = |message: Message, share: f64, align: Align| Head {
            title: message.get(language),
            x_mm: LEFT_MM + share * room,
            align,
        };
        let heads = [
            head(SHEET, 0.035, Align::End),
            head(LINE, 0.05, Align::Start),
            head(CHAINAGE_KM, 0.36, Align::End),
            head(CORNERS, 0.38, Align::Start),
            head(ADJOINING, 0.63, Align::Start),
            head(MAP_SHEETS, 0.79, Align::Start),
        ];
        let row = |sheet: &AlbumSheet| {
            let own = [language.to_owned()];
            vec![
                sheet.number.to_string(),
                sheet.name.best(&own).unwrap_or(&sheet.line).to_owned(),
                format!("{:.3} – {:.3}", sheet.from_m / 1000.0, sheet.to_m / 1000.0),
                corners(sheet),
                adjoining(sheet, language),
                sheet.map_sheets.join(", "),
            ]
        };
        let rows: Vec<Vec<String>> = self.sheets.iter().skip(number * per_page).take(per_page).map(row).collect();
        let pages = self.sheets.len().div_ceil(per_page);
        self.table(&naming, LIST, (number, pages), &heads, &rows)
    }

    pub(super) fn catalogue(&self, number: usize) -> Result<Plate, MapError> {
        let naming = self.naming()?;
        let (language, per_page) = (naming.furniture(), self.rows_of_a_page());
        let (width_mm, _) = self.spec.plate.paper.size_mm();
        let half = (width_mm - 2.0 * LEFT_MM) / 2.0;
        let head = |message: Message, side: f64, share: f64, align: Align| Head {
            title: message.get(language),
            x_mm: LEFT_MM + (side + share) * half,
            align,
        };
        let side = |side: f64| {
            [
                head(NUMBER, side, 0.0, Align::Start),
                head(LATITUDE, side, 0.4, Align::End),
                head(LONGITUDE, side, 0.65, Align::End),
                head(SHEET, side, 0.7, Align::Start),
            ]
        };
        let heads: Vec<Head> = side(0.0).into_iter().chain(side(1.0)).collect();
        let on = |number: &String| {
            let sheets = self.sheets.iter().filter(|sheet| sheet.marks.contains(number));
            sheets.map(|sheet| sheet.number.to_string()).collect::<Vec<_>>().join(", ")
        };
        let marks = &self.marks[(number * 2 * per_page).min(self.marks.len())..];
        let marks = &marks[..marks.len().min(2 * per_page)];
        let cells = |i: usize| {
            let Some(row) = marks.get(i) else { return vec![String::new(); 4] };
            let [latitude, longitude] = row.written();
            vec![row.number.clone(), latitude, longitude, on(&row.number)]
        };
        let used = marks.len().min(per_page);
        let rows: Vec<Vec<String>> = (0..used).map(|i| [cells(i), cells(i + per_page)].concat()).collect();
        let pages = self.marks.len().div_ceil(2 * per_page);
        self.table(&naming, CATALOGUE, (number, pages), &heads, &rows)
    }
}

/// Most lines that the cover names.
const MOST_LINES: usize = 12;

/// South-west and north-east corner to a second.
fn corners(sheet: &AlbumSheet) -> String {
    let Some(b) = Bounds::of(&sheet.frame) else { return String::new() };
    let at = |x: f64, y: f64| {
        format!("{} {}", Dms::of(y, 0).written(Axis::Latitude), Dms::of(x, 0).written(Axis::Longitude))
    };
    format!("{} – {}", at(b.x0, b.y0), at(b.x1, b.y1))
}

fn adjoining(sheet: &AlbumSheet, language: &str) -> String {
    let of = |(side, message): (SheetSide, Message)| {
        let own = sheet.adjoining.iter().filter(|(own, _)| *own == side).map(|(_, number)| number.to_string());
        let numbers: Vec<String> = own.collect();
        (!numbers.is_empty()).then(|| format!("{} {}", message.get(language), numbers.join(", ")))
    };
    SheetSide::ALL.into_iter().zip(SIDES).filter_map(of).collect::<Vec<_>>().join("; ")
}
