//! Sheets of the Soviet topographic map, 1:1 000 000 to 1:25 000.

use geo::Coord;
use thiserror::Error;

/// A scale of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SheetScale {
    /// 1:1 000 000, 4° by 6°: K-38.
    Million,
    /// 1:500 000, 2° by 3°: K-38-В.
    HalfMillion,
    /// 1:200 000, 40′ by 1°: K-38-XXVII.
    TwoHundredThousand,
    /// 1:100 000, 20′ by 30′: K-38-103.
    HundredThousand,
    /// 1:50 000, 10′ by 15′: K-38-103-В.
    FiftyThousand,
    /// 1:25 000, 5′ by 7.5′: K-38-103-В-а.
    TwentyFiveThousand,
}

use SheetScale::*;

impl SheetScale {
    /// Every scale, the coarsest first.
    pub const ALL: [SheetScale; 6] =
        [Million, HalfMillion, TwoHundredThousand, HundredThousand, FiftyThousand, TwentyFiveThousand];

    /// The number under the 1.
    pub const fn denominator(self) -> u32 {
        match self {
            Million => 1_000_000,
            HalfMillion => 500_000,
            TwoHundredThousand => 200_000,
            HundredThousand => 100_000,
            FiftyThousand => 50_000,
            TwentyFiveThousand => 25_000,
        }
    }

    /// The scale with that number under the 1, if the series has it.
    pub fn of_denominator(denominator: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| scale.denominator() == denominator)
    }

    /// Degrees of longitude and latitude along a side.
    pub fn span_deg(self) -> (f64, f64) {
        (f64::from(self.cells()) / 8.0, f64::from(self.cells()) / 12.0)
    }

    /// Sheets of 1:25 000 along a side; every sheet is a whole number of them.
    const fn cells(self) -> i32 {
        match self {
            Million => 48,
            HalfMillion => 24,
            TwoHundredThousand => 8,
            HundredThousand => 4,
            FiftyThousand => 2,
            TwentyFiveThousand => 1,
        }
    }
}

/// Letters of a sheet's name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Letters {
    /// As on the sheets: К-38-103-В has a Latin row letter and Cyrillic quarters А Б В Г, а б в г.
    #[default]
    Cyrillic,
    /// Quarters A B C D, a b c d, as on the sheets of states that write Latin.
    Latin,
}

/// Why a position or a text has no sheet.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SheetError {
    /// North of 60° sheets are printed two and four to one, with double names.
    #[error("latitude {0:.4}° is north of 60°, where sheets are joined in twos and fours under double names")]
    Joined(f64),
    /// South of the equator.
    #[error("latitude {0:.4}° is south of the equator")]
    South(f64),
    /// It is no name of a sheet.
    #[error("\"{0}\" is no name of a sheet from 1:1 000 000 to 1:25 000")]
    NoName(String),
    /// A part of a name is out of range.
    #[error("\"{0}\": {1} has {2}")]
    NoPart(String, String, &'static str),
}

/// Greatest latitude of single sheets, in cells.
const NORTH_CELLS: i32 = 60 * 12;
const ROWS: [char; 15] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O'];
/// Cyrillic letters that stand for a row letter without doubt, by look or by sound.
const CYRILLIC_ROWS: [(char, char); 17] = [
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Д', 'D'),
    ('Е', 'E'),
    ('Ф', 'F'),
    ('Г', 'G'),
    ('І', 'I'),
    ('И', 'I'),
    ('Ј', 'J'),
    ('Й', 'J'),
    ('К', 'K'),
    ('Л', 'L'),
    ('М', 'M'),
    ('О', 'O'),
    ('Х', 'X'),
    ('У', 'V'),
];

/// A sheet of the Soviet topographic map.
///
/// **Earth and units**: its frame runs along meridians and parallels of Pulkovo 1942, in degrees.
///
/// **Method**: every sheet is a whole number of cells of 5′ by 7.5′; letters, Roman and Arabic numbers count from the
/// north-west, row by row. A sheet holds its western and southern edge.
///
/// **Limitations**: from the equator to 60° N; beyond, sheets are joined in twos and fours.
///
/// **Example**
/// ```
/// use merestone::earth::{Letters, Sheet, SheetScale};
/// let sheet = Sheet::parse("K-38-103-В").unwrap();
/// assert_eq!(sheet.bounds_deg(), [45.0, 41.0, 45.25, 41.0 + 10.0 / 60.0]); // west, south, east, north
/// assert_eq!(sheet.name(Letters::Latin), "K-38-103-C");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sheet {
    scale: SheetScale,
    /// Cells from the equator to its southern edge, and from 180° W to its western edge.
    south: i32,
    west: i32,
}

impl Sheet {
    /// The sheet that holds a Pulkovo 1942 position (lon, lat in degrees).
    pub fn at(position: Coord, scale: SheetScale) -> Result<Self, SheetError> {
        if position.y < 0.0 {
            return Err(SheetError::South(position.y));
        }
        let (south, west) = ((position.y * 12.0).floor() as i32, ((position.x + 180.0) * 8.0).floor() as i32);
        if south >= NORTH_CELLS {
            return Err(SheetError::Joined(position.y));
        }
        Ok(Sheet { scale: TwentyFiveThousand, south, west: west.rem_euclid(360 * 8) }.within(scale))
    }

    /// Its scale.
    pub fn scale(self) -> SheetScale {
        self.scale
    }

    /// West, south, east, north in degrees of Pulkovo 1942.
    pub fn bounds_deg(self) -> [f64; 4] {
        let cells = self.scale.cells();
        let (lon, lat) = (|cells: i32| f64::from(cells) / 8.0 - 180.0, |cells: i32| f64::from(cells) / 12.0);
        [lon(self.west), lat(self.south), lon(self.west + cells), lat(self.south + cells)]
    }

    /// Its frame in Pulkovo 1942 as a closed ring, counter-clockwise from the south-west, with a position at every 5′ of
    /// latitude and 7.5′ of longitude: brought to another datum, frames of neighbours and of other scales coincide.
    pub fn frame(self) -> Vec<Coord> {
        let n = self.scale.cells();
        let at =
            |x: i32, y: i32| Coord { x: f64::from(self.west + x) / 8.0 - 180.0, y: f64::from(self.south + y) / 12.0 };
        let sides = (0..n).map(|i| at(i, 0)).chain((0..n).map(|i| at(n, i)));
        sides.chain((0..n).map(|i| at(n - i, n))).chain((0..=n).map(|i| at(0, n - i))).collect()
    }

    /// The sheet of a coarser scale, or itself, that it lies in.
    fn within(self, scale: SheetScale) -> Self {
        let n = scale.cells();
        Sheet { scale, south: self.south.div_euclid(n) * n, west: self.west.div_euclid(n) * n }
    }

    /// The sheets of a scale that share land with it: that which it lies in, or those that it holds, from the north-west.
    pub fn of_scale(self, scale: SheetScale) -> Vec<Sheet> {
        let (own, n) = (self.scale.cells(), scale.cells());
        if n >= own {
            // Sheets of 1:200 000 and 1:100 000 lie across quarters of 1:500 000 nowhere: every side divides the next.
            return vec![self.within(scale)];
        }
        let along = own / n;
        let sheet = |row: i32, column: i32| Sheet {
            scale,
            south: self.south + own - (row + 1) * n,
            west: self.west + column * n,
        };
        (0..along).flat_map(|row| (0..along).map(move |column| (row, column))).map(|(r, c)| sheet(r, c)).collect()
    }

    /// Its name: `K-38-103-В`.
    pub fn name(self, letters: Letters) -> String {
        let million = format!("{}-{}", ROWS[(self.south / 48) as usize], self.west / 48 + 1);
        let quarter = |whole: SheetScale, part: SheetScale| match letters {
            Letters::Cyrillic => ['А', 'Б', 'В', 'Г'][self.place(whole, part)],
            Letters::Latin => ['A', 'B', 'C', 'D'][self.place(whole, part)],
        };
        match self.scale {
            Million => million,
            HalfMillion => format!("{million}-{}", quarter(Million, HalfMillion)),
            TwoHundredThousand => format!("{million}-{}", roman(self.place(Million, TwoHundredThousand) + 1)),
            _ => {
                let mut name = format!("{million}-{}", self.place(Million, HundredThousand) + 1);
                if self.scale >= FiftyThousand {
                    name.push_str(&format!("-{}", quarter(HundredThousand, FiftyThousand)));
                }
                if self.scale == TwentyFiveThousand {
                    name.push_str(&format!("-{}", quarter(FiftyThousand, TwentyFiveThousand).to_lowercase()));
                }
                name
            }
        }
    }

    /// Its place, from 0 in the north-west, row by row, among the sheets of `part` that make up one of `whole`.
    fn place(self, whole: SheetScale, part: SheetScale) -> usize {
        let (whole, n) = (whole.cells(), part.cells());
        let along = whole / n;
        let (from_south, from_west) = (self.south.rem_euclid(whole) / n, self.west.rem_euclid(whole) / n);
        ((along - 1 - from_south) * along + from_west) as usize
    }

    /// The sheet of that name, in Latin or Cyrillic letters, with hyphens, dashes, spaces or underscores.
    ///
    /// Quarters are А Б В Г or A B C D; after a sheet of 1:100 000 V and G stand for В and Г too. A Latin B is the
    /// second quarter, Б, although it looks like В: [`looks_double`](Self::looks_double) tells.
    pub fn parse(text: &str) -> Result<Self, SheetError> {
        let no_name = || SheetError::NoName(text.to_owned());
        let mut parts =
            text.trim().split(|c: char| c.is_whitespace() || "-–—−_‐‑/.".contains(c)).filter(|p| !p.is_empty());
        let first = parts.next().ok_or_else(no_name)?;
        let mut letters = first.chars();
        let initial = letters.next().ok_or_else(no_name)?;
        let (letter, rest) = (row_letter(initial).ok_or_else(no_name)?, letters.as_str());
        // "K38" is a sheet; "m2" is more likely a road.
        let column = match rest {
            "" => parts.next(),
            joined => Some(joined).filter(|_| initial.is_uppercase()),
        };
        let column = column.ok_or_else(no_name)?;
        let column: i32 = number(column).ok_or_else(no_name)?;
        let row = ROWS.iter().position(|r| *r == letter);
        let row = row.ok_or_else(|| {
            SheetError::NoPart(text.to_owned(), letter.to_string(), "no single sheets: rows are A to O, up to 60° N")
        })?;
        if !(1..=60).contains(&column) {
            return Err(SheetError::NoPart(text.to_owned(), column.to_string(), "no place: columns are 1 to 60"));
        }
        let mut sheet = Sheet { scale: Million, south: row as i32 * 48, west: (column - 1) * 48 };
        if let Some(part) = parts.next() {
            sheet = if let Some(n) = number(part) {
                sheet.part(HundredThousand, n as usize).ok_or(SheetError::NoPart(
                    text.to_owned(),
                    part.to_owned(),
                    "no place: 1:100 000 counts to 144",
                ))?
            } else if let Some(n) = roman_number(part) {
                sheet.part(TwoHundredThousand, n).ok_or(SheetError::NoPart(
                    text.to_owned(),
                    part.to_owned(),
                    "no place: 1:200 000 counts to XXXVI",
                ))?
            } else {
                quarter_number(part, false).and_then(|n| sheet.part(HalfMillion, n)).ok_or_else(no_name)?
            };
        }
        if sheet.scale == HundredThousand {
            for scale in [FiftyThousand, TwentyFiveThousand] {
                let Some(part) = parts.next() else { break };
                sheet = quarter_number(part, true).and_then(|n| sheet.part(scale, n)).ok_or_else(no_name)?;
            }
        }
        parts.next().map_or(Ok(sheet), |_| Err(no_name()))
    }

    /// Whether a name has a Latin B for a quarter, which looks like the Cyrillic В but is not the same quarter.
    pub fn looks_double(text: &str) -> bool {
        text.chars().skip(1).any(|c| matches!(c, 'B'))
    }

    /// The n-th sheet of a finer scale in it, from 1.
    fn part(self, scale: SheetScale, n: usize) -> Option<Self> {
        self.of_scale(scale).get(n.checked_sub(1)?).copied()
    }
}

fn row_letter(c: char) -> Option<char> {
    let upper = c.to_uppercase().next()?;
    let latin = CYRILLIC_ROWS.iter().find(|(cyrillic, _)| *cyrillic == upper).map_or(upper, |(_, latin)| *latin);
    latin.is_ascii_uppercase().then_some(latin)
}

fn number(text: &str) -> Option<i32> {
    text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn quarter_number(text: &str, after_number: bool) -> Option<usize> {
    let mut letters = text.chars().flat_map(char::to_uppercase);
    let (letter, None) = (letters.next()?, letters.next()) else { return None };
    match letter {
        'А' | 'A' => Some(1),
        'Б' | 'B' => Some(2),
        'В' | 'C' => Some(3),
        'Г' | 'D' => Some(4),
        'V' if after_number => Some(3),
        'G' if after_number => Some(4),
        _ => None,
    }
}

const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

fn roman(number: usize) -> String {
    "X".repeat(number / 10) + ONES[number % 10]
}

/// A Roman number in Latin letters or Cyrillic ones that look like them.
fn roman_number(text: &str) -> Option<usize> {
    let latin: String = text.to_uppercase().replace('Х', "X").replace('І', "I");
    let tens = latin.len() - latin.trim_start_matches('X').len();
    let ones = ONES.iter().position(|ones| *ones == &latin[tens..])?;
    (tens < 10 && tens * 10 + ones > 0).then_some(tens * 10 + ones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_series() {
        // Instructions for the nomenclature of Soviet topographic maps: N-37 (Moscow) and its parts.
        for (name, west, south, east, north) in [
            ("N-37", 36.0, 52.0, 42.0, 56.0),
            ("N-37-А", 36.0, 54.0, 39.0, 56.0),
            ("N-37-I", 36.0, 55.0 + 1.0 / 3.0, 37.0, 56.0),
            ("N-37-XXXVI", 41.0, 52.0, 42.0, 52.0 + 2.0 / 3.0),
            ("N-37-144", 41.5, 52.0, 42.0, 52.0 + 1.0 / 3.0),
            ("N-37-144-Г", 41.75, 52.0, 42.0, 52.0 + 1.0 / 6.0),
            ("N-37-144-Г-г", 41.875, 52.0, 42.0, 52.0 + 1.0 / 12.0),
            ("K-38-103-В-а", 45.0, 41.0 + 1.0 / 12.0, 45.125, 41.0 + 1.0 / 6.0),
        ] {
            let sheet = Sheet::parse(name).unwrap_or_else(|error| panic!("{error}"));
            for (is, wanted) in sheet.bounds_deg().iter().zip([west, south, east, north]) {
                assert!((is - wanted).abs() < 1e-12, "{name}: {:?}", sheet.bounds_deg());
            }
            assert_eq!(sheet.name(Letters::Cyrillic), name);
        }
    }

    #[test]
    fn every_sheet_of_a_million_is_found_by_its_name_in_either_alphabet() {
        let million = Sheet::parse("К38").expect("a Cyrillic row letter, joined");
        for scale in SheetScale::ALL {
            let sheets = million.of_scale(scale);
            assert_eq!(sheets.len(), (48 / scale.cells()).pow(2) as usize);
            for sheet in sheets {
                for letters in [Letters::Cyrillic, Letters::Latin] {
                    assert_eq!(Sheet::parse(&sheet.name(letters)), Ok(sheet));
                }
                let [west, south, east, north] = sheet.bounds_deg();
                let middle = Coord { x: (west + east) / 2.0, y: (south + north) / 2.0 };
                assert_eq!(Sheet::at(middle, scale), Ok(sheet));
                assert_eq!(Sheet::at(Coord { x: west, y: south }, scale), Ok(sheet));
                assert_eq!(sheet.of_scale(Million), [million]);
            }
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["", "K", "38-K", "K-38-В-1", "K-38-XXVII-А", "K-38-103-Д", "K-38-103-В-а-1", "syunik", "m2"] {
            assert!(matches!(Sheet::parse(text), Err(SheetError::NoName(_))), "{text}");
        }
        for text in ["K-61", "K-38-145", "K-38-0", "K-38-XXXVII", "T-38"] {
            assert!(matches!(Sheet::parse(text), Err(SheetError::NoPart(..))), "{text}");
        }
    }

    #[test]
    fn joined_and_southern_sheets_are_refused() {
        assert_eq!(Sheet::at(Coord { x: 45.0, y: 60.0 }, Million), Err(SheetError::Joined(60.0)));
        assert_eq!(Sheet::at(Coord { x: 45.0, y: -0.1 }, Million), Err(SheetError::South(-0.1)));
        assert_eq!(
            Sheet::at(Coord { x: 45.0, y: 59.99 }, Million).map(|s| s.name(Letters::Cyrillic)),
            Ok("O-38".into())
        );
    }

    #[test]
    fn frames_of_neighbours_share_their_side() {
        let frame = |name: &str| Sheet::parse(name).expect(name).frame();
        let (west, east) = (frame("K-38-103"), frame("K-38-104"));
        assert_eq!(west.first(), west.last());
        assert_eq!(west.iter().filter(|c| east.contains(c)).count(), 5);
    }
}
