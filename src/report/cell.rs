//! Table cells.

use crate::earth::is_undetermined;
use crate::model::Published;

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number with the decimals of tables; CSV has full precision.
    Number(f64, usize),
    /// A number with fixed decimals in every format, so that it round-trips.
    Fixed(f64, usize),
    /// A number too uncertain to show in tables; CSV has it.
    Undetermined(f64),
    /// No value.
    Empty,
}

/// Significant digits of a small measure in tables.
const SIGNIFICANT: f64 = 4.0;
/// Greatest number of decimals of a measure: 1 mm² in km², 1 µm in km.
const MOST: usize = 9;
/// Smaller values count as zero.
const LEAST: f64 = 5e-10;

impl Cell {
    /// An area in km², rounded to two digits of its error and to at most `decimals`.
    pub fn areas(area_km2: impl Into<Option<f64>>, error_km2: Option<f64>, decimals: usize) -> [Cell; 2] {
        let area_km2 = area_km2.into();
        let Some(error) = error_km2.filter(|error| *error > 0.0) else {
            return [Cell::measure(area_km2, decimals), Cell::measure(error_km2, decimals)];
        };
        let decimals = area_km2.map_or(decimals, |area_km2| decimals_of(area_km2, decimals));
        let decimals = decimals.min((1.0 - error.log10().floor()).max(0.0) as usize);
        let undetermined = area_km2.is_some_and(|area| is_undetermined(area, error));
        let error = if undetermined { Cell::Undetermined(error) } else { Cell::Number(error, decimals) };
        [Cell::number(area_km2, decimals), error]
    }

    /// Text, or empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A number, or empty.
    pub fn number(number: impl Into<Option<f64>>, decimals: usize) -> Self {
        number.into().map_or(Cell::Empty, |n| Cell::Number(n, decimals))
    }

    /// An area in km², or empty. Values below 0.1 have four significant digits: 2 166 m² is 0.002166
    /// km², not 0.00. All values of a column have the same unit.
    pub fn measure(number: impl Into<Option<f64>>, decimals: usize) -> Self {
        number.into().map_or(Cell::Empty, |number| Cell::Number(number, decimals_of(number, decimals)))
    }

    /// A length in metres, or empty: whole metres from 100 m on, else four significant digits, at most millimetres.
    pub fn metres(length_m: impl Into<Option<f64>>) -> Self {
        length_m.into().map_or(Cell::Empty, |length_m| {
            let decimals = match length_m.abs() {
                size if !(5e-4..100.0).contains(&size) => 0,
                size if size >= 10.0 => 2,
                _ => 3,
            };
            Cell::Number(length_m, decimals)
        })
    }

    /// Whether something holds, as in every other format.
    pub fn truth(holds: bool) -> Self {
        Cell::Text(holds.to_string())
    }

    /// A published figure as its smallest and its largest value.
    pub fn published(figure: Option<&Published>, decimals: usize) -> [Cell; 2] {
        [figure.map(|figure| figure.low), figure.map(|figure| figure.high)].map(|value| Cell::number(value, decimals))
    }

    /// A list of texts, which may contain spaces and commas.
    pub fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Self {
        let words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
        Cell::text(words.join("; "))
    }

    /// Optional text.
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Cell::Empty, Cell::text)
    }

    /// Formats the value for a reader, with thousands separated by a narrow space.
    pub fn formatted(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number, decimals) | Cell::Fixed(number, decimals) => grouped(*number, *decimals),
            Cell::Undetermined(_) => "undetermined".to_owned(),
            Cell::Empty => String::new(),
        }
    }

    /// Formats the value for a program; zero has no sign.
    pub fn exact(&self) -> String {
        match self {
            Cell::Number(number, _) | Cell::Undetermined(number) => (number + 0.0).to_string(),
            Cell::Fixed(number, decimals) => {
                let text = format!("{number:.decimals$}");
                let zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
                if zero { text.trim_start_matches('-').to_owned() } else { text }
            }
            other => other.formatted(),
        }
    }

    /// Whether the column is right-aligned.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Number(..) | Cell::Fixed(..) | Cell::Undetermined(_))
    }
}

/// Number of decimals of a measure: `decimals`, or, below 0.1, enough for [`SIGNIFICANT`] significant digits.
fn decimals_of(number: f64, decimals: usize) -> usize {
    if !(LEAST..0.1).contains(&number.abs()) {
        return decimals;
    }
    // The first digit of 0.1 is the first decimal.
    let needed = (SIGNIFICANT - 1.0 - number.abs().log10().floor()) as usize;
    decimals.max(needed.min(MOST))
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

/// A table with headings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Caption; empty if the context is clear.
    pub title: String,
    /// Column names.
    pub columns: Vec<&'static str>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_shown_with_the_digits_that_its_error_leaves() {
        let shown =
            |area: f64, error: f64, decimals| Cell::areas(area, Some(error), decimals).map(|cell| cell.formatted());
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
        assert_eq!(Cell::Number(1_007_123.456, 1).formatted(), "1\u{202f}007\u{202f}123.5");
        assert_eq!(Cell::Number(904.8, 0).formatted(), "905");
        assert_eq!(Cell::Number(-0.04, 1).formatted(), "0.0");
        assert_eq!((Cell::Number(-0.0, 1).exact(), Cell::Fixed(-0.004, 2).exact()), ("0".into(), "0.00".into()));
        assert_eq!(Cell::Number(0.1 + 0.2, 1).exact(), "0.30000000000000004");
    }

    #[test]
    fn small_measures_keep_their_digits() {
        // 2 166 m², an enclave of Baarle; two hectares; a width of 12 mm.
        for (number, decimals, shown) in [
            (0.002_166, 2, "0.002166"),
            (0.02, 4, "0.02000"),
            (0.000_012, 3, "0.00001200"),
            (0.1, 2, "0.10"),
            (0.0, 2, "0.00"),
            (1e-12, 2, "0.00"),
            (-0.05, 2, "−0.05000"),
        ] {
            assert_eq!(Cell::measure(number, decimals).formatted(), shown);
        }
        for (length_m, shown) in [
            (304_742.4, "304\u{202f}742"),
            (74.93, "74.93"),
            (7.493, "7.493"),
            (0.012_34, "0.012"),
            (0.0, "0"),
            (-1e-12, "0"),
        ] {
            assert_eq!(Cell::metres(length_m).formatted(), shown);
        }
        assert_eq!(Cell::list(["Al Batnah", "Al Wusta"]).formatted(), "Al Batnah; Al Wusta");
    }
}
