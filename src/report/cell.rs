//! Tables of plain values.

use crate::earth::is_undetermined;

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, with the decimals that a reader is shown; CSV keeps it whole.
    Number(f64, usize),
    /// A number that is printed with so many decimals everywhere: read again, it gives the same.
    Fixed(f64, usize),
    /// A number that says nothing to a reader, being too uncertain; CSV keeps it.
    Undetermined(f64),
    /// Nothing to say.
    Empty,
}

impl Cell {
    /// An area in km² and its error: no more digits than two of the error's, nor than `decimals`.
    pub fn areas(area_km2: impl Into<Option<f64>>, error_km2: Option<f64>, decimals: usize) -> [Cell; 2] {
        let area_km2 = area_km2.into();
        let Some(error) = error_km2.filter(|error| *error > 0.0) else {
            return [Cell::number(area_km2, decimals), Cell::number(error_km2, decimals)];
        };
        let decimals = decimals.min((1.0 - error.log10().floor()).max(0.0) as usize);
        let undetermined = area_km2.is_some_and(|area| is_undetermined(area, error));
        let error = if undetermined { Cell::Undetermined(error) } else { Cell::Number(error, decimals) };
        [Cell::number(area_km2, decimals), error]
    }

    /// Words, or nothing.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A number, or nothing.
    pub fn number(number: impl Into<Option<f64>>, decimals: usize) -> Self {
        number.into().map_or(Cell::Empty, |n| Cell::Number(n, decimals))
    }

    /// Words that may be missing.
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Cell::Empty, Cell::text)
    }

    /// As a reader is shown it: thousands apart by a narrow space.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number, decimals) | Cell::Fixed(number, decimals) => grouped(*number, *decimals),
            Cell::Undetermined(_) => "undetermined".to_owned(),
            Cell::Empty => String::new(),
        }
    }

    /// As a program reads it; zero has no sign.
    pub fn exact(&self) -> String {
        match self {
            Cell::Number(number, _) | Cell::Undetermined(number) => (number + 0.0).to_string(),
            Cell::Fixed(number, decimals) => {
                let text = format!("{number:.decimals$}");
                let zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
                if zero { text.trim_start_matches('-').to_owned() } else { text }
            }
            other => other.shown(),
        }
    }

    /// Whether it stands to the right of its column.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Number(..) | Cell::Fixed(..) | Cell::Undetermined(_))
    }
}

fn grouped(number: f64, decimals: usize) -> String {
    let plain = format!("{:.*}", decimals, number.abs());
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    let sign = if number < 0.0 && plain.chars().any(|c| c.is_ascii_digit() && c != '0') { "−" } else { "" };
    format!("{sign}{out}{rest}")
}

/// Rows under headings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What it shows, in a line above it; empty where that is plain.
    pub title: String,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A table whose rows are made when they are asked for.
pub struct LongTable<'a> {
    /// Names of the columns.
    pub columns: &'a [&'static str],
    /// How many rows there are.
    pub count: usize,
    /// The row of that number, from 0.
    pub row: Box<dyn Fn(usize) -> Vec<Cell> + Sync + 'a>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_shown_with_the_digits_that_its_error_leaves() {
        let shown = |area: f64, error: f64, decimals| Cell::areas(area, Some(error), decimals).map(|cell| cell.shown());
        assert_eq!(shown(29_684.104, 2.84, 2), ["29\u{202f}684.1", "2.8"]);
        assert_eq!(shown(39.4308, 0.6123, 4), ["39.43", "0.61"]);
        assert_eq!(shown(80_446.87, 26.0, 2), ["80\u{202f}447", "26"]);
        assert_eq!(shown(39.4308, 0.000_34, 2), ["39.43", "0.00"]);
        assert_eq!(shown(8.4, 6.5, 2), ["8.4", "undetermined"]);
        assert_eq!(Cell::areas(8.4, Some(6.5), 2)[1].exact(), "6.5");
        assert_eq!(Cell::areas(8.4, None, 2), [Cell::Number(8.4, 2), Cell::Empty]);
    }

    #[test]
    fn numbers_are_grouped_and_rounded() {
        assert_eq!(Cell::Number(1_007_123.456, 1).shown(), "1\u{202f}007\u{202f}123.5");
        assert_eq!(Cell::Number(904.8, 0).shown(), "905");
        assert_eq!(Cell::Number(-0.04, 1).shown(), "0.0");
        assert_eq!((Cell::Number(-0.0, 1).exact(), Cell::Fixed(-0.004, 2).exact()), ("0".into(), "0.00".into()));
        assert_eq!(Cell::Number(0.1 + 0.2, 1).exact(), "0.30000000000000004");
    }
}
