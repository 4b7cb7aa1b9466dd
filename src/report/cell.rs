//! Tables of plain values.

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number, with the decimals that a reader is shown; CSV keeps it whole.
    Number(f64, usize),
    /// A number that is printed with so many decimals everywhere: read again, it gives the same.
    Fixed(f64, usize),
    /// Nothing to say.
    Empty,
}

/// Digits of a small measure that are shown.
const SHOWN: f64 = 4.0;
/// The most decimals of a measure: square millimetres, and micrometres.
const MOST: usize = 9;
/// Less is nothing.
const LEAST: f64 = 5e-10;

impl Cell {
    /// Words, or nothing.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A number, or nothing.
    pub fn number(number: impl Into<Option<f64>>, decimals: usize) -> Self {
        number.into().map_or(Cell::Empty, |n| Cell::Number(n, decimals))
    }

    /// A length in kilometres or an area in km², or nothing: below 0.1 with as many decimals as show four digits of it, so that
    /// 2 166 m² are 0.002166 km² and not 0.00. Units do not change within a column.
    pub fn measure(number: impl Into<Option<f64>>, decimals: usize) -> Self {
        let number = number.into();
        let needed = number.map(f64::abs).filter(|size| (LEAST..0.1).contains(size)).map_or(0, |size| {
            // 0.1 has its first digit in the first place behind the point.
            (SHOWN - 1.0 - size.log10().floor()) as usize
        });
        Cell::number(number, decimals.max(needed.min(MOST)))
    }

    /// Several words: names may hold blanks and commas.
    pub fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Self {
        let words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
        Cell::text(words.join("; "))
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
            Cell::Empty => String::new(),
        }
    }

    /// As a program reads it.
    pub fn exact(&self) -> String {
        match self {
            Cell::Number(number, _) => number.to_string(),
            Cell::Fixed(number, decimals) => format!("{number:.decimals$}"),
            other => other.shown(),
        }
    }

    /// Whether it stands to the right of its column.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Number(..) | Cell::Fixed(..))
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
    fn numbers_are_grouped_and_rounded() {
        assert_eq!(Cell::Number(1_007_123.456, 1).shown(), "1\u{202f}007\u{202f}123.5");
        assert_eq!(Cell::Number(904.8, 0).shown(), "905");
        assert_eq!(Cell::Number(-0.04, 1).shown(), "0.0");
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
            assert_eq!(Cell::measure(number, decimals).shown(), shown);
        }
        assert_eq!(Cell::list(["Al Batnah", "Al Wusta"]).shown(), "Al Batnah; Al Wusta");
    }
}
