//! Nomenclature of Soviet topographic map sheets, 1:1 000 000 to 1:25 000.

mod name;

use geo::Coord;
use thiserror::Error;

/// A scale of the map series.
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
    /// All scales, the smallest (1:1 000 000) first.
    pub const ALL: [SheetScale; 6] =
        [Million, HalfMillion, TwoHundredThousand, HundredThousand, FiftyThousand, TwentyFiveThousand];

    /// The scale denominator.
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

    /// Returns the scale with this denominator, if the series has it.
    pub fn of_denominator(denominator: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| scale.denominator() == denominator)
    }

    /// Longitude and latitude span in degrees of a single sheet; a joined sheet has several of these spans in
    /// longitude.
    pub fn span_deg(self) -> (f64, f64) {
        (f64::from(self.cells()) / 8.0, f64::from(self.cells()) / 12.0)
    }

    /// Number of single sheets joined in longitude, by row of 1:1 000 000 sheets (0 at the equator): two from 60°, four
    /// from 76°; three at 1:200 000 from 76°.
    const fn joined(self, row: i32) -> i32 {
        match (row, self) {
            (..15, _) => 1,
            (15..19, _) => 2,
            (_, TwoHundredThousand) => 3,
            _ => 4,
        }
    }

    /// Cells (5′ by 7.5′, the size of a 1:25 000 sheet) along a side.
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

/// Alphabet of a sheet's name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Letters {
    /// As printed on the sheets: К-38-103-В has a Latin row letter and Cyrillic quarters А Б В Г, а б в г.
    #[default]
    Cyrillic,
    /// Quarters A B C D, a b c d, as in Latin transcriptions.
    Latin,
}

/// Why a position or a text has no sheet.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SheetError {
    /// Within 2° of a pole there is one sheet of 1:1 000 000, and no finer one.
    #[error("latitude {0:.4}° is within 2° of a pole, where the series has one sheet of 1:1 000 000 only")]
    Pole(f64),
    /// North of 60° N and south of 60° S sheets are joined.
    #[error("\"{0}\": there the sheets are joined; it is part of {1}")]
    Joined(String, String),
    /// The text is not a sheet name.
    #[error("\"{0}\" is no name of a sheet from 1:1 000 000 to 1:25 000")]
    NoName(String),
    /// A part of a name is out of range.
    #[error("\"{0}\": {1} has {2}")]
    NoPart(String, String, &'static str),
}

/// Cells around a parallel.
const ROUND: i32 = 360 * 8;
/// Cells along the height of a 1:1 000 000 row.
const ROW: i32 = 48;
/// The row from 88° to the pole, a single sheet.
const POLAR_ROW: i32 = 22;

/// Positions this close to a sheet edge in degrees are on it: 0.02 mm, the rounding of a round trip through WGS 84.
const ON_FRAME_DEG: f64 = 2e-10;

/// A sheet of the Soviet topographic map series.
///
/// **Earth and units**: the sheet edges are meridians and parallels of Pulkovo 1942, in degrees.
///
/// **Method**: every sheet is an integer number of cells of 5′ by 7.5′; letters, Roman and Arabic numerals count from
/// the north-west, row by row, in both hemispheres. A sheet contains its western and southern edges; positions within
/// 2e-10° (0.02 mm) of an edge are on it. From 60° to 76° of latitude two sheets are joined in longitude, from 76° to
/// 88° four (three at 1:200 000). The joined name is that of the western sheet and the differing parts of the others:
/// P-36-1,2. From 88° to the pole there is one sheet, Z, at 1:1 000 000. Names in the southern hemisphere end in
/// (Ю.П.).
///
/// **References**: Instructions on the nomenclature of Soviet topographic maps: sheets joined in twos north of 60°, in
/// fours north of 76°, in threes at 1:200 000, named by the western sheet and the indices of the others (P-52-V,VI;
/// P-52-23,24); GIS-Lab, *Разграфка и номенклатура топографических карт* (gis-lab.info/qa/topogrids.html): the same
/// south of 60° S.
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
    /// Cells from the equator to the southern edge, and from 180° W to the western edge.
    south: i32,
    west: i32,
}

impl Sheet {
    /// Returns the sheet that contains a Pulkovo 1942 position (lon, lat in degrees).
    ///
    /// # Errors
    /// [`SheetError::Pole`] within 2° of a pole at a larger scale than 1:1 000 000.
    pub fn at(position: Coord, scale: SheetScale) -> Result<Self, SheetError> {
        let cell = |degrees: f64, per_degree: f64| {
            on_sheet_edge(degrees, per_degree)
                .map_or((degrees * per_degree).floor() as i32, |line| (line * per_degree).round() as i32)
        };
        // The North Pole is on the northern edge of the last sheet.
        let south = cell(position.y, 12.0).clamp(-90 * 12, 90 * 12 - 1);
        let west = cell(position.x + 180.0, 8.0).rem_euclid(ROUND);
        let row = row_of(south);
        if row < POLAR_ROW {
            return Ok(Sheet::around(west, south, scale));
        }
        if scale != Million {
            return Err(SheetError::Pole(position.y));
        }
        Ok(Sheet { scale, south: if south < 0 { -90 * 12 } else { POLAR_ROW * ROW }, west: 0 })
    }

    /// Returns the sheet of a scale that contains a cell south of 88° N and north of 88° S.
    fn around(west: i32, south: i32, scale: SheetScale) -> Self {
        let height = scale.cells();
        let width = height * scale.joined(row_of(south));
        Sheet { scale, south: south.div_euclid(height) * height, west: west.div_euclid(width) * width }
    }

    /// Size in cells: longitude, latitude.
    fn cells(self) -> (i32, i32) {
        let row = row_of(self.south);
        if row == POLAR_ROW {
            (ROUND, ROW / 2)
        } else {
            (self.scale.cells() * self.scale.joined(row), self.scale.cells())
        }
    }

    /// Whether the sheet extends to a pole.
    pub fn is_polar(self) -> bool {
        row_of(self.south) == POLAR_ROW
    }

    /// The scale.
    pub fn scale(self) -> SheetScale {
        self.scale
    }

    /// West, south, east, north in degrees of Pulkovo 1942.
    pub fn bounds_deg(self) -> [f64; 4] {
        let (width, height) = self.cells();
        let (lon, lat) = (|cells: i32| f64::from(cells) / 8.0 - 180.0, |cells: i32| f64::from(cells) / 12.0);
        [lon(self.west), lat(self.south), lon(self.west + width), lat(self.south + height)]
    }

    /// Returns the sheet outline in Pulkovo 1942 as a closed ring (lon, lat in degrees), counter-clockwise from the
    /// south-west, with a position every 5′ of latitude and 7.5′ of longitude: outlines of adjacent sheets and other
    /// scales still coincide after a datum operation.
    pub fn frame(self) -> Vec<Coord> {
        let (w, h) = self.cells();
        let at =
            |x: i32, y: i32| Coord { x: f64::from(self.west + x) / 8.0 - 180.0, y: f64::from(self.south + y) / 12.0 };
        let sides = (0..w).map(|i| at(i, 0)).chain((0..h).map(|i| at(w, i)));
        sides.chain((0..w).map(|i| at(w - i, h))).chain((0..=h).map(|i| at(0, h - i))).collect()
    }

    /// Returns the sheets of a scale that overlap this one, from the north-west: the containing sheet, the contained
    /// ones, or the ones across it where 1:200 000 sheets are joined in threes and others in fours. Empty at a pole at
    /// larger scales.
    pub fn of_scale(self, scale: SheetScale) -> Vec<Sheet> {
        if self.is_polar() {
            return if scale == Million { vec![self] } else { Vec::new() };
        }
        let (width, height) = self.cells();
        let steps =
            |first: i32, extent: i32, step: i32| (0..extent.max(1)).step_by(step as usize).map(move |i| first + i);
        let rows: Vec<i32> = steps(self.south, height, scale.cells()).collect();
        let all = rows.into_iter().rev().flat_map(|south| {
            let first = Sheet::around(self.west, south, scale);
            let width_of = first.cells().0;
            steps(first.west, self.west + width - first.west, width_of).map(move |west| Sheet { west, ..first })
        });
        all.collect()
    }
}

/// The sheet edge (meridian or parallel) on which a coordinate lies, if any; 8 meridians and 12 parallels per degree.
pub(crate) fn on_sheet_edge(degrees: f64, per_degree: f64) -> Option<f64> {
    let line = (degrees * per_degree).round() / per_degree;
    ((degrees - line).abs() <= ON_FRAME_DEG).then_some(line)
}

/// Row of 1:1 000 000 sheets, counted from the equator to either pole.
fn row_of(south: i32) -> i32 {
    if south < 0 { (-south - 1) / ROW } else { south / ROW }
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
    fn every_million_sheet_parses_in_either_alphabet() {
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
    fn invalid_names_are_refused() {
        for text in ["", "K", "38-K", "K-38-В-1", "K-38-XXVII-А", "K-38-103-Д", "K-38-103-В-а-1", "valley", "m2"] {
            assert!(matches!(Sheet::parse(text), Err(SheetError::NoName(_))), "{text}");
        }
        for text in ["K-61", "K-38-145", "K-38-0", "K-38-XXXVII", "Z-38", "W-38"] {
            assert!(matches!(Sheet::parse(text), Err(SheetError::NoPart(..))), "{text}");
        }
    }

    #[test]
    fn joined_sheets_have_the_names_of_the_instructions() {
        // P-52-V,VI and P-52-23,24: the examples of the instructions; the rest derived by hand from their rule.
        for (name, west, south, east, north) in [
            ("P-52-V,VI", 130.0, 63.0 + 1.0 / 3.0, 132.0, 64.0),
            ("P-52-23,24", 131.0, 63.0 + 1.0 / 3.0, 132.0, 63.0 + 2.0 / 3.0),
            ("P-47,48", 96.0, 60.0, 108.0, 64.0),
            ("P-36-А,Б", 30.0, 62.0, 36.0, 64.0),
            ("P-36-В,Г", 30.0, 60.0, 36.0, 62.0),
            ("P-47-9-А,Б", 100.0, 63.0 + 5.0 / 6.0, 100.5, 64.0),
            ("P-47-9-А-а,б", 100.0, 63.0 + 11.0 / 12.0, 100.25, 64.0),
            ("T-45,46,47,48", 84.0, 76.0, 108.0, 80.0),
            ("T-47-А,Б,48-А,Б", 96.0, 78.0, 108.0, 80.0),
            ("T-47-I,II,III", 96.0, 79.0 + 1.0 / 3.0, 99.0, 80.0),
            ("T-47-133,134,135,136", 96.0, 76.0, 98.0, 76.0 + 1.0 / 3.0),
            ("T-47-133-А,Б,134-А,Б", 96.0, 76.0 + 1.0 / 6.0, 97.0, 76.0 + 1.0 / 3.0),
            ("T-47-12-А-а,б,Б-а,б", 101.5, 79.0 + 11.0 / 12.0, 102.0, 80.0),
            ("C-20 (Ю.П.)", -66.0, -12.0, -60.0, -8.0),
            ("H-19-1 (Ю.П.)", -72.0, -28.0 - 1.0 / 3.0, -71.5, -28.0),
            ("P-19,20 (Ю.П.)", -72.0, -64.0, -60.0, -60.0),
            ("Z", -180.0, 88.0, 180.0, 90.0),
            ("Z (Ю.П.)", -180.0, -90.0, 180.0, -88.0),
        ] {
            let sheet = Sheet::parse(name).unwrap_or_else(|error| panic!("{error}"));
            for (is, wanted) in sheet.bounds_deg().iter().zip([west, south, east, north]) {
                assert!((is - wanted).abs() < 1e-12, "{name}: {:?}", sheet.bounds_deg());
            }
            assert_eq!(sheet.name(Letters::Cyrillic), name);
        }
        // Sheets are joined from an odd column.
        let wrong = Sheet::parse("P-20,21 (Ю.П.)");
        assert_eq!(wrong, Err(SheetError::Joined("P-20,21 (Ю.П.)".into(), "P-19,20 (Ю.П.)".into())));
        // The name of a single sheet denotes the joined sheet that contains it.
        assert_eq!(Sheet::parse("P-36-2").map(|s| s.name(Letters::Cyrillic)), Ok("P-36-1,2".into()));
        assert_eq!(Sheet::parse("P-36-A,B").map(|s| s.name(Letters::Latin)), Ok("P-36-A,B".into()));
    }

    #[test]
    fn joined_sheets_partition_the_row_at_every_scale() {
        for lat in [62.0, 78.0, 86.5, -62.0, -78.0] {
            for scale in SheetScale::ALL {
                let mut west = -180.0;
                while west < 180.0 {
                    let sheet = Sheet::at(Coord { x: west, y: lat }, scale).expect("a sheet");
                    let [w, s, e, n] = sheet.bounds_deg();
                    assert_eq!(w, west, "{lat} {scale:?}");
                    assert!((s..n).contains(&lat));
                    assert_eq!(Sheet::parse(&sheet.name(Letters::Cyrillic)), Ok(sheet));
                    assert_eq!(Sheet::parse(&sheet.name(Letters::Latin)), Ok(sheet));
                    assert_eq!(Sheet::at(Coord { x: e - 1e-6, y: lat }, scale), Ok(sheet));
                    west = e;
                }
                assert_eq!(west, 180.0);
            }
        }
    }

    #[test]
    fn the_poles_have_one_sheet() {
        let at = |y: f64, scale| Sheet::at(Coord { x: 12.0, y }, scale);
        assert_eq!(at(90.0, Million).map(|s| s.name(Letters::Cyrillic)), Ok("Z".into()));
        assert_eq!(at(-90.0, Million).map(|s| s.name(Letters::Latin)), Ok("Z (S)".into()));
        assert_eq!(at(87.99, Million).map(|s| s.name(Letters::Cyrillic)), Ok("V-33,34,35,36".into()));
        assert_eq!(at(89.0, HundredThousand), Err(SheetError::Pole(89.0)));
    }

    #[test]
    fn position_on_a_sheet_edge_belongs_to_the_north_east_sheet() {
        let third: f64 = 40.0 + 1.0 / 3.0;
        for y in [third, third - 1e-10, third + 1e-10, third.next_down()] {
            for x in [45.5, 45.5 - 1e-10, 45.5_f64.next_down()] {
                let name = Sheet::at(Coord { x, y }, HundredThousand).map(|s| s.name(Letters::Cyrillic));
                assert_eq!(name, Ok("K-38-128".into()), "{x} {y}");
            }
        }
        assert_eq!(Sheet::at(Coord { x: 180.0, y: 66.0 }, Million), Sheet::at(Coord { x: -180.0, y: 66.0 }, Million));
    }

    #[test]
    fn adjacent_sheets_share_vertices() {
        let frame = |name: &str| Sheet::parse(name).expect(name).frame();
        let (west, east) = (frame("K-38-103"), frame("K-38-104"));
        assert_eq!(west.first(), west.last());
        assert_eq!(west.iter().filter(|c| east.contains(c)).count(), 5);
    }
}
