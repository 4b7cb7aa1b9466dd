//! Names of map sheets: formatting and parsing.

use super::SheetScale::{self, *};
use super::{Letters, POLAR_ROW, ROUND, ROW, Sheet, SheetError, row_of};

/// Row letters from the equator; the last is the polar row.
const ROWS: &str = "ABCDEFGHIJKLMNOPQRSTUVZ";
/// Suffixes of names in the southern hemisphere (Ю.П.). The first two are printed, all are parsed.
const SOUTH: [&str; 5] = ["(Ю.П.)", "(S)", "(ЮП)", "Ю.П.", "ЮП"];
/// Cyrillic letters accepted for a row letter, by look or by sound.
const CYRILLIC_ROWS: [(char, char); 19] = [
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
    ('Р', 'P'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('У', 'V'),
];

impl Sheet {
    /// Formats the name: `K-38-103-В`. A joined sheet has the name of the western one and the differing parts of the
    /// others: `P-36-1,2`, `T-47-А,Б,48-А,Б`.
    pub fn name(self, letters: Letters) -> String {
        let joined = if self.is_polar() { 1 } else { self.scale.joined(row_of(self.south)) };
        let parts: Vec<Vec<String>> = (0..joined).map(|i| self.single(i).parts(letters)).collect();
        let mut name = parts[0].join("-");
        for pair in parts.windows(2) {
            let same = pair[0].iter().zip(&pair[1]).take_while(|(a, b)| a == b).count();
            name.push_str(&format!(",{}", pair[1][same..].join("-")));
        }
        match (self.south < 0, letters) {
            (false, _) => name,
            (true, Letters::Cyrillic) => format!("{name} {}", SOUTH[0]),
            (true, Letters::Latin) => format!("{name} {}", SOUTH[1]),
        }
    }

    /// The n-th single sheet of a joined one, from the west.
    fn single(self, n: i32) -> Sheet {
        Sheet { west: self.west + n * self.scale.cells(), ..self }
    }

    /// The parts of the name of a single sheet.
    fn parts(self, letters: Letters) -> Vec<String> {
        let row = row_of(self.south);
        let letter = ROWS.chars().nth(row as usize).map(String::from).unwrap_or_default();
        if row == POLAR_ROW {
            return vec![letter];
        }
        let quarter = |whole: SheetScale, part: SheetScale| match letters {
            Letters::Cyrillic => ['А', 'Б', 'В', 'Г'][self.place(whole, part)].to_string(),
            Letters::Latin => ['A', 'B', 'C', 'D'][self.place(whole, part)].to_string(),
        };
        let mut parts = vec![letter, (self.west / ROW + 1).to_string()];
        match self.scale {
            Million => {}
            HalfMillion => parts.push(quarter(Million, HalfMillion)),
            TwoHundredThousand => parts.push(roman(self.place(Million, TwoHundredThousand) + 1)),
            _ => parts.push((self.place(Million, HundredThousand) + 1).to_string()),
        }
        if self.scale >= FiftyThousand {
            parts.push(quarter(HundredThousand, FiftyThousand));
        }
        if self.scale == TwentyFiveThousand {
            parts.push(quarter(FiftyThousand, TwentyFiveThousand).to_lowercase());
        }
        parts
    }

    /// Row-by-row index, from 0 in the north-west, among the single sheets of `part` in one of `whole`.
    fn place(self, whole: SheetScale, part: SheetScale) -> usize {
        let (whole, n) = (whole.cells(), part.cells());
        let along = whole / n;
        let (from_south, from_west) = (self.south.rem_euclid(whole) / n, self.west.rem_euclid(whole) / n);
        ((along - 1 - from_south) * along + from_west) as usize
    }

    /// Parses a sheet name in Latin or Cyrillic letters, separated by hyphens, dashes, spaces or underscores.
    ///
    /// Quarters are А Б В Г or A B C D; after a 1:100 000 sheet V and G are accepted for В and Г. A Latin B is the
    /// second quarter, Б, although it looks like В: see [`has_latin_b_quarter`](Self::has_latin_b_quarter). The name of a single
    /// sheet gives the joined sheet that contains it.
    ///
    /// # Errors
    /// [`SheetError`] if the text is not a sheet name or a part is out of range.
    pub fn parse(text: &str) -> Result<Self, SheetError> {
        let plain = text.trim();
        let southern = SOUTH.iter().find_map(|end| plain.strip_suffix(end));
        let (plain, is_south) = (southern.unwrap_or(plain).trim_end(), southern.is_some());
        let (first, others) = plain.split_once(',').map_or((plain, None), |(first, others)| (first, Some(others)));
        let single = single(first, text, is_south)?;
        let sheet = if single.is_polar() { single } else { Sheet::around(single.west, single.south, single.scale) };
        let Some(_) = others else { return Ok(sheet) };
        let name = sheet.name(Letters::Cyrillic);
        let (wanted, is) = (words(&name), words(text));
        // Place names and positions contain commas too.
        let like_a_name =
            |word: &String| number(word).is_some() || roman_number(word).is_some() || quarter(word).is_some();
        if wanted.len() == is.len() && wanted.iter().zip(&is).skip(1).all(|(a, b)| alike(a, b)) {
            Ok(sheet)
        } else if sheet.cells().0 > sheet.scale.cells() && is.iter().skip(1).all(like_a_name) {
            Err(SheetError::Joined(text.to_owned(), name))
        } else {
            Err(SheetError::NoName(text.to_owned()))
        }
    }

    /// Whether a name has a Latin B as a quarter: it looks like the Cyrillic В, which is another quarter.
    pub fn has_latin_b_quarter(text: &str) -> bool {
        text.chars().skip(1).any(|c| matches!(c, 'B'))
    }

    /// The n-th single sheet (from 1) of a larger scale in a single sheet.
    fn part(self, scale: SheetScale, n: usize) -> Option<Self> {
        let (own, size) = (self.scale.cells(), scale.cells());
        let along = own / size;
        let n = i32::try_from(n.checked_sub(1)?).ok().filter(|n| *n < along * along)?;
        let (row, column) = (n / along, n % along);
        Some(Sheet { scale, south: self.south + own - (row + 1) * size, west: self.west + column * size })
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "-–—−_‐‑/.,".contains(c)).filter(|part| !part.is_empty())
}

/// The words of a name without the southern suffix; `P36` is two words.
fn words(name: &str) -> Vec<String> {
    let plain = SOUTH.iter().find_map(|end| name.trim().strip_suffix(end)).unwrap_or(name);
    let mut out: Vec<String> = Vec::new();
    for word in split(plain) {
        let digit = word.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0 && out.is_empty());
        let (letter, rest) = word.split_at(digit.unwrap_or(word.len()));
        out.push(letter.to_owned());
        out.extend((!rest.is_empty()).then(|| rest.to_owned()));
    }
    out
}

fn quarter(word: &str) -> Option<usize> {
    quarter_number(word, true)
}

/// Whether two words of names have the same meaning.
fn alike(a: &str, b: &str) -> bool {
    let same = |read: fn(&str) -> Option<usize>| read(a).is_some() && read(a) == read(b);
    same(quarter) || same(roman_number) || same(|word| number(word).map(|n| n as usize))
}

/// Parses the name of a single sheet.
fn single(name: &str, text: &str, is_south: bool) -> Result<Sheet, SheetError> {
    let no_name = || SheetError::NoName(text.to_owned());
    let no_part = |part: &str, why| SheetError::NoPart(text.to_owned(), part.to_owned(), why);
    let mut parts = split(name);
    let first = parts.next().ok_or_else(no_name)?;
    let mut letters = first.chars();
    let initial = letters.next().ok_or_else(no_name)?;
    let (letter, rest) = (row_letter(initial).ok_or_else(no_name)?, letters.as_str());
    // "K38" is a sheet; "m2" is more likely a road.
    let column = match rest {
        "" => parts.next(),
        joined => Some(joined).filter(|_| initial.is_uppercase()),
    };
    let row = ROWS.chars().position(|r| r == letter).map(|row| row as i32);
    if row == Some(POLAR_ROW) && rest.is_empty() && column.is_none() && initial.is_uppercase() {
        let south = if is_south { -90 * 12 } else { POLAR_ROW * ROW };
        return Ok(Sheet { scale: Million, south, west: 0 });
    }
    let column = column.ok_or_else(no_name)?;
    let column: i32 = number(column).ok_or_else(no_name)?;
    let row = row.filter(|row| *row != POLAR_ROW);
    let row =
        row.ok_or_else(|| no_part(&letter.to_string(), "no numbered sheets: rows are A to V, up to 88°, and Z"))?;
    if !(1..=ROUND / ROW).contains(&column) {
        return Err(no_part(&column.to_string(), "no place: columns are 1 to 60"));
    }
    let south = if is_south { -(row + 1) * ROW } else { row * ROW };
    let mut sheet = Sheet { scale: Million, south, west: (column - 1) * ROW };
    if let Some(part) = parts.next() {
        sheet = if let Some(n) = number(part) {
            let why = "no place: 1:100 000 counts to 144";
            sheet.part(HundredThousand, n as usize).ok_or_else(|| no_part(part, why))?
        } else if let Some(n) = roman_number(part) {
            let why = "no place: 1:200 000 counts to XXXVI";
            sheet.part(TwoHundredThousand, n).ok_or_else(|| no_part(part, why))?
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

/// A Roman numeral in Latin letters or their Cyrillic lookalikes.
fn roman_number(text: &str) -> Option<usize> {
    let latin: String = text.to_uppercase().replace('Х', "X").replace('І', "I");
    let tens = latin.len() - latin.trim_start_matches('X').len();
    let ones = ONES.iter().position(|ones| *ones == &latin[tens..])?;
    (tens < 10 && tens * 10 + ones > 0).then_some(tens * 10 + ones)
}
