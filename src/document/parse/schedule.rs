//! Legs of a schedule: a table with columns for the ends, the direction and the length of each leg.

use super::angle::angle;
use super::conventions::Styles;
use super::lexicon::{self, Lexicon, ScheduleColumn, Tag};
use super::number::NumberStyle;
use super::place::metric;
use super::reader::{self, Before};
use super::segment::Paragraph;
use super::token::{TokenKind, tokens};
use super::{Made, ParsedField, UnparsedText};
use crate::document::description::{
    Clause, ClausePart, Direction, Heading, LengthUnit, PointKind, PointRef, StatedAngle, StatedBearing, StatedLength,
    Statement,
};
use std::ops::Range;

/// Greatest number of further columns before and after those with a known heading.
const FURTHER: usize = 2;
/// Greatest length in bytes of the cell of a point.
const LONGEST_POINT: usize = 40;

/// A table whose rows are legs.
pub(super) struct Schedule {
    /// Its paragraphs, one for each cell, from the first known heading.
    pub paragraphs: Range<usize>,
    pub lexicon: &'static Lexicon,
    /// Its headings, and a leg for each row.
    pub made: Vec<Made>,
    /// The last end.
    pub end: Option<String>,
}

/// Finds the schedules of a text.
///
/// # Method
/// Consecutive cells with the headings of one language, among them both ends and a direction or a length, start a
/// schedule. Its rows are groups of as many cells, with a point in each column of an end, and a bearing, a wind or a
/// length in the other known columns; it ends at the first group that has not. Further columns are kept as text.
pub(super) fn schedules(text: &str, paragraphs: &[Paragraph], styles: &Styles) -> Vec<Schedule> {
    let mut out: Vec<Schedule> = Vec::new();
    let mut at = 0;
    while at < paragraphs.len() {
        let found = lexicon::all().iter().find_map(|lexicon| schedule(text, paragraphs, at, lexicon, styles));
        at = found.as_ref().map_or(at + 1, |found| found.paragraphs.end);
        out.extend(found);
    }
    out
}

/// The headings of a table, in the order of its columns.
type Headings = [(ScheduleColumn, Option<LengthUnit>)];

fn schedule(
    text: &str,
    paragraphs: &[Paragraph],
    at: usize,
    lexicon: &'static Lexicon,
    styles: &Styles,
) -> Option<Schedule> {
    let heading = |paragraph: &Paragraph| lexicon.column(&text[paragraph.span.clone()]);
    let headings: Vec<(ScheduleColumn, Option<LengthUnit>)> =
        paragraphs[at..].iter().map_while(heading).take(8).collect();
    let count = |column: ScheduleColumn| headings.iter().filter(|(one, _)| *one == column).count();
    let (directions, lengths) = (count(ScheduleColumn::Direction), count(ScheduleColumn::Length));
    if count(ScheduleColumn::From) != 1
        || count(ScheduleColumn::To) != 1
        || directions > 1
        || lengths > 1
        || directions + lengths == 0
    {
        return None;
    }
    let style = styles.of_language(lexicon);
    let first = at + headings.len();
    let mut best: Option<(usize, Vec<Made>, Option<String>)> = None;
    for (lead, trail) in (0..=FURTHER.min(at)).flat_map(|lead| (0..=FURTHER).map(move |trail| (lead, trail))) {
        let (start, width) = (first + trail, lead + headings.len() + trail);
        let rows = paragraphs.get(start..).unwrap_or_default().chunks_exact(width);
        let (mut made, mut end) = (Vec::new(), None);
        for row in rows.map_while(|cells| leg(text, cells, &headings, lead, lexicon, style)) {
            end = row.1;
            made.push(row.0);
        }
        if !made.is_empty() && best.as_ref().is_none_or(|(_, most, _)| made.len() > most.len()) {
            best = Some((start + made.len() * width, made, end));
        }
    }
    let (last, rows, end) = best?;
    let heads = paragraphs[at..last].iter().take_while(|cell| cell.span.start < rows[0].span.start);
    let mut made: Vec<Made> = heads.map(|cell| Made::table(text, cell.span.clone())).collect();
    made.extend(rows);
    Some(Schedule { paragraphs: at..last, lexicon, made, end })
}

/// The leg of a row, and its end.
fn leg(
    text: &str,
    cells: &[Paragraph],
    headings: &Headings,
    lead: usize,
    lexicon: &'static Lexicon,
    style: NumberStyle,
) -> Option<(Made, Option<String>)> {
    let mut clause = Clause::default();
    let mut fields = Vec::new();
    for (cell, (column, unit)) in cells[lead..].iter().zip(headings) {
        let span = cell.span.clone();
        match column {
            ScheduleColumn::From | ScheduleColumn::To => {
                let is_from = *column == ScheduleColumn::From;
                let point = point(text, span.clone(), lexicon)?;
                let value = point.id.clone().unwrap_or_default();
                fields.push(field(text, if is_from { "from" } else { "to" }, value, span));
                *(if is_from { &mut clause.from } else { &mut clause.to }) = Some(point);
            }
            ScheduleColumn::Direction => {
                let (parts, direction, own) = direction(text, span, lexicon, style)?;
                clause.parts = parts;
                clause.directions.push(direction);
                fields.extend(own);
            }
            ScheduleColumn::Length => {
                let length = length(text, span.clone(), *unit, lexicon, style)?;
                fields.push(field(text, "length", metric(length.metres()), span));
                clause.length = Some(length);
            }
        }
    }
    let span = cells.first()?.span.start..cells.last()?.span.end;
    let further = cells[..lead].iter().chain(&cells[lead + headings.len()..]);
    let unparsed = further
        .map(|cell| UnparsedText { span: [cell.span.start, cell.span.end], text: text[cell.span.clone()].to_owned() });
    let end = clause.to.as_ref().and_then(|to| to.id.clone());
    Some((Made { unparsed: unparsed.collect(), ..Made::of(Statement::Leg(clause), span, fields) }, end))
}

fn field(text: &str, name: &str, value: String, span: Range<usize>) -> ParsedField {
    let printed = text[span.clone()].to_owned();
    ParsedField { field: name.to_owned(), value, text: printed, span: [span.start, span.end], confidence: 0.9 }
}

/// "12", "12/1", "BP 17", "Pillar No. 17".
fn point(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Option<PointRef> {
    let all = tokens(text, span.clone());
    if span.len() > LONGEST_POINT || all.is_empty() {
        return None;
    }
    let (mut kind, mut at) = (PointKind::Point, 0);
    while let Some((tag, used)) = lexicon.meaning(&all[at..]) {
        match tag {
            Tag::Point(stated) => kind = stated,
            Tag::NumberPrefix => {}
            _ => break,
        }
        at += used;
        at += usize::from(all.get(at).is_some_and(|token| token.kind == TokenKind::Mark('.')));
    }
    let id = text[all.get(at)?.span.start..span.end].trim();
    let is_short = id.chars().count() <= 3 && id.chars().all(char::is_alphanumeric);
    let is_id = is_short || id.chars().count() <= 12 && id.chars().any(|c| c.is_ascii_digit());
    is_id.then(|| PointRef::new(kind, id))
}

/// A wind, or a bearing; an angle without a quadrant is an azimuth.
fn direction(
    text: &str,
    span: Range<usize>,
    lexicon: &'static Lexicon,
    style: NumberStyle,
) -> Option<(Vec<ClausePart>, Direction, Vec<ParsedField>)> {
    let all = tokens(text, span.clone());
    let whole = angle(&all).filter(|got| got.used == all.len()).map(|got| got.value);
    let decimal = || match all.as_slice() {
        [only] if only.kind == TokenKind::Number => style.decimal(&only.low, false),
        _ => None,
    };
    let plain = whole.or_else(|| decimal().map(|degrees| StatedAngle { degrees, minutes: None, seconds: None }));
    if let Some(angle) = plain {
        let bearing = StatedBearing { angle, quadrant: None, reference: None };
        let azimuth_deg = bearing.azimuth_deg();
        let direction = Direction { heading: Heading::Bearing(bearing), general: false, approx: false };
        let own = field(text, "bearing", format!("{azimuth_deg:.4}"), span);
        return (0.0..=360.0).contains(&azimuth_deg).then(|| (Vec::new(), direction, vec![own]));
    }
    let Made { statement: Statement::Leg(clause), fields, .. } = only(text, span, lexicon, style)? else { return None };
    let (parts, directions) = (clause.parts.clone(), clause.directions.clone());
    let alone = clause == Clause { parts: clause.parts.clone(), directions: directions.clone(), ..Clause::default() };
    let [direction] = directions.as_slice() else { return None };
    alone.then(|| (parts, direction.clone(), fields))
}

/// A length; a number alone is in the unit of the heading.
fn length(
    text: &str,
    span: Range<usize>,
    unit: Option<LengthUnit>,
    lexicon: &'static Lexicon,
    style: NumberStyle,
) -> Option<StatedLength> {
    let all = tokens(text, span.clone());
    if let ([only], Some(unit)) = (all.as_slice(), unit) {
        let value = style.decimal(&only.low, unit == LengthUnit::Metre).filter(|_| only.kind == TokenKind::Number)?;
        return Some(StatedLength { value, unit, kind: None, approx: false });
    }
    let Made { statement: Statement::Leg(clause), .. } = only(text, span, lexicon, style)? else { return None };
    let length = clause.length.clone()?;
    (clause == Clause { length: clause.length.clone(), ..Clause::default() }).then_some(length)
}

/// The statement of a cell that is understood as a whole.
fn only(text: &str, span: Range<usize>, lexicon: &'static Lexicon, style: NumberStyle) -> Option<Made> {
    let mut made = reader::read(text, span, lexicon, style, &mut Before::default());
    let one = made.pop()?;
    (made.is_empty() && one.unparsed.is_empty()).then_some(one)
}
