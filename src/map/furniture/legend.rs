//! The legend: the symbols drawn, and no others.

use super::Column;
use crate::map::canvas::{Align, Text};
use crate::map::content::Content;
use crate::map::fonts::wrap;
use crate::map::paint::Drawn;
use crate::map::palette::GREY_INK;
use crate::map::paper::{Bounds, mm};
use crate::map::parties::Parties;
use crate::map::symbol::{Over, Symbol};
use crate::map::words::{self, INDICATIVE_MARK};
use crate::model::Status;
use crate::text::{Values, Voice};

/// Line spacing of the first language and of the others, in millimetres.
const FIRST_MM: f64 = 2.5;
const OTHERS_MM: f64 = 2.4;

/// An entry: a symbol and its texts, that in the language of the furniture first.
struct Entry<'d> {
    symbol: &'d Symbol,
    first: Vec<String>,
    others: Vec<String>,
    /// Whether the other languages follow the first on the same line instead of below it.
    inline: bool,
}

impl Entry<'_> {
    fn height_mm(&self) -> f64 {
        let under = if self.inline { 0.0 } else { self.others.len() as f64 * OTHERS_MM };
        self.first.len() as f64 * FIRST_MM + under + 1.0
    }
}

/// The text of a symbol in one of the languages of the plate; the first language always has one.
pub(crate) fn words_of(symbol: &Symbol, content: &Content, voice: Voice) -> Option<String> {
    let language = voice.language();
    let said = |values: &Values| voice.say(words::symbol(symbol)?, values);
    match symbol {
        Symbol::Region { id, .. } => {
            let region = content.regions.iter().find(|r| r.meta.id == *id);
            let name = region.and_then(|r| r.meta.name.best(&[language.to_owned()]));
            Some(name.unwrap_or(id).to_owned())
        }
        Symbol::Route(_, _, indicative, over) => {
            let text = styled(over.as_ref(), voice, || said(&[]))?;
            if *indicative { voice.say(INDICATIVE_MARK, &[("name", &text)]) } else { Some(text) }
        }
        Symbol::Boundary(_, status, Some(over)) => {
            let text = styled(Some(over), voice, || said(&[]))?;
            let by = if *status == Status::Disputed { words::CLAIMED_BY } else { words::PROPOSED_BY };
            let by = over.by.as_ref().map(|name| voice.say(by, &[("name", name)]));
            Some(by.map_or_else(|| text.clone(), |by| format!("{text}, {}", by.unwrap_or_default())))
        }
        Symbol::Opinion(_, id) => {
            let info = content.layers.iter().find(|l| l.info.id == *id).map(|l| &l.info);
            let source =
                info.map_or_else(|| id.clone(), |i| format!("{} ({})", i.source.trim_end_matches('.'), i.date));
            said(&[("source", &source)])
        }
        Symbol::Band(half_mm, formula, _) => {
            // Whole metres above ten: the accuracy itself is a round figure.
            let metres = *half_mm as f64 / 1000.0;
            let metres = if metres >= 10.0 { format!("{metres:.0}") } else { metres.to_string() };
            said(&[("metres", &metres), ("formula", formula)])
        }
        Symbol::Contour(metres) => said(&[("metres", &metres.to_string())]),
        _ => said(&[]),
    }
}

/// The text of a symbol that may have a style: the text of the style if it has one, given once if it is not in the
/// requested language.
fn styled(over: Option<&Over>, voice: Voice, said: impl Fn() -> Option<String>) -> Option<String> {
    let Some(texts) = over.map(|over| &over.legend).filter(|texts| !texts.is_empty()) else { return said() };
    let any = || texts.get("en").or_else(|| texts.values().next()).filter(|_| voice.is_first());
    texts.get(voice.language()).or_else(any).cloned()
}

/// In a panel this wide, line symbols in one language are also arranged two per row.
const LINES_IN_PAIRS_MM: f64 = 95.0;

/// Lines need room to show their pattern; areas and points are arranged two per row.
fn is_short(symbol: &Symbol) -> bool {
    !matches!(
        symbol,
        Symbol::Boundary(..)
            | Symbol::Route(..)
            | Symbol::Opinion(..)
            | Symbol::Crossing(_)
            | Symbol::MatchLine
            | Symbol::Band(..)
    )
}

/// The drawn symbols in legend order: the territories of the parties first, in the order of the parties.
pub(crate) fn ordered<'d>(drawn: &'d Drawn, parties: &Parties) -> Vec<&'d Symbol> {
    let mut symbols: Vec<&Symbol> = drawn.iter().collect();
    symbols.sort_by_key(|symbol| match symbol {
        Symbol::Region { id, .. } => parties.rank(id),
        _ => usize::MAX,
    });
    symbols
}

/// Draws the legend, with boundaries as fine as on the map, and the other languages below or beside the first.
pub(crate) fn draw(
    column: &mut Column,
    drawn: &[&Symbol],
    content: &Content,
    fineness: f64,
    voice: Voice,
    others: &[Voice],
) {
    let (main, small) = (Text::new("", 6.0), Text::new("", 6.0).color(GREY_INK));
    let width_mm = column.width_mm;
    let half = width_mm / 2.0;
    let in_pairs = |symbol: &Symbol| match is_short(symbol) {
        true => width_mm >= 70.0,
        false => width_mm >= LINES_IN_PAIRS_MM && others.is_empty(),
    };
    let geometry = |symbol: &Symbol| match (is_short(symbol), in_pairs(symbol)) {
        (true, true) => (7.5, 9.5, half - 10.5),
        (false, true) => (12.0, 14.0, half - 15.0),
        (_, false) => (12.0, 14.0, width_mm - 14.0),
    };
    let mut rows: Vec<Vec<Entry>> = Vec::new();
    for &symbol in drawn {
        let width = geometry(symbol).2;
        let mut texts: Vec<String> = others.iter().filter_map(|other| words_of(symbol, content, *other)).collect();
        let own = words_of(symbol, content, voice);
        texts.retain(|text| Some(text) != own.as_ref());
        texts.dedup();
        let first = wrap(&own.unwrap_or_default(), main.face, main.size_mm, width);
        let others = wrap(&texts.join(" · "), small.face, small.size_mm, width);
        let inline = match (first.as_slice(), others.as_slice()) {
            ([first], [others]) => {
                let both =
                    main.face.width_mm(first, main.size_mm, 0.0) + small.face.width_mm(others, small.size_mm, 0.0);
                both + 1.6 <= width
            }
            _ => false,
        };
        let entry = Entry { symbol, first, others, inline };
        match rows.last_mut() {
            Some(row) if in_pairs(symbol) && row.len() == 1 && is_short(symbol) == is_short(row[0].symbol) => {
                row.push(entry)
            }
            _ => rows.push(vec![entry]),
        }
    }
    column.sheet.open("legend");
    for row in &rows {
        for (i, entry) in row.iter().enumerate() {
            let (sample, text_at, _) = geometry(entry.symbol);
            let x = column.x_mm + i as f64 * half;
            let middle = column.y_mm + 1.75;
            column.sheet.open_symbol(&entry.symbol.class());
            entry.symbol.sample(column.sheet, Bounds::mm(x, middle - 1.4, x + sample, middle + 1.4), fineness);
            column.sheet.close();
            let mut y = middle + main.cap_mm() / 2.0 - FIRST_MM;
            for line in &entry.first {
                y += FIRST_MM;
                column.sheet.text(mm(x + text_at, y), &Text { text: line.clone(), ..main.clone() }, Align::Start, 0.0);
            }
            let mut at = x + text_at;
            if entry.inline {
                at += main.face.width_mm(&entry.first[0], main.size_mm, 0.0) + 1.5;
                y -= OTHERS_MM;
            } else {
                y += 0.1;
            }
            for line in &entry.others {
                y += OTHERS_MM;
                column.sheet.text(mm(at, y), &Text { text: line.clone(), ..small.clone() }, Align::Start, 0.0);
            }
        }
        column.y_mm += row.iter().map(Entry::height_mm).fold(0.0, f64::max);
    }
    column.sheet.close();
}
