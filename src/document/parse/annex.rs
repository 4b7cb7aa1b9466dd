//! The annexed catalogue of coordinates: cells in the order point, latitude, longitude, azimuth, distance.

use super::angle::{angle, position};
use super::token::{TokenKind, tokens};
use super::{ParsedClause, ParsedText};
#[cfg(feature = "plates")]
use crate::document::description::CatalogueEntry;
use crate::document::description::{Decimal, StatedAngle, StatedCoordinate, StatedPosition};

/// Fields of the cells of a row.
pub(super) const POINT: &str = "catalogue-point";
pub(super) const LATITUDE: &str = "catalogue-latitude";
pub(super) const LONGITUDE: &str = "catalogue-longitude";
const AZIMUTH: &str = "catalogue-azimuth";
const DISTANCE: &str = "catalogue-distance";

/// A row being read.
#[cfg(feature = "plates")]
#[derive(Debug, Default)]
pub(super) struct Row {
    point: String,
    latitude: Option<StatedCoordinate>,
    next: AnnexColumn,
}

/// The next column.
#[cfg(feature = "plates")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum AnnexColumn {
    #[default]
    Point,
    Latitude,
    Longitude,
    Azimuth,
    Distance,
}

#[cfg(feature = "plates")]
impl Row {
    /// The field of a cell, and the entry if the position is complete. A cell without a field may be a point, if a latitude
    /// follows, or a heading.
    pub fn cell(&mut self, cell: &str) -> (Option<&'static str>, Option<CatalogueEntry>) {
        let (field, next) = match (self.next, coordinate(cell)) {
            (AnnexColumn::Latitude, Some((latitude, true))) => {
                self.latitude = Some(latitude);
                (LATITUDE, AnnexColumn::Longitude)
            }
            (AnnexColumn::Longitude, Some((longitude, false))) => {
                self.next = AnnexColumn::Azimuth;
                let position = StatedPosition::Geographic {
                    latitude: self.latitude.take(),
                    longitude: Some(longitude),
                    longitude_first: false,
                    approx: false,
                };
                let point = std::mem::take(&mut self.point);
                return (Some(LONGITUDE), Some(CatalogueEntry { point, position, height: None }));
            }
            (AnnexColumn::Azimuth, None) if bearing(cell).is_some() => (AZIMUTH, AnnexColumn::Distance),
            (AnnexColumn::Distance, None) if number(cell).is_some() => (DISTANCE, AnnexColumn::Point),
            _ => {
                *self = Row { point: cell.to_owned(), latitude: None, next: AnnexColumn::Latitude };
                return (None, None);
            }
        };
        self.next = next;
        (Some(field), None)
    }
}

/// A latitude or longitude with its letter, and whether it is the latitude.
fn coordinate(cell: &str) -> Option<(StatedCoordinate, bool)> {
    let all = tokens(cell, 0..cell.len());
    let got = position(&all, cell).filter(|got| got.used == all.len())?;
    match got.value {
        StatedPosition::Geographic { latitude: Some(one), longitude: None, .. } if one.hemisphere.is_some() => {
            Some((StatedCoordinate { angle: plain(one.angle), ..one }, true))
        }
        StatedPosition::Geographic { latitude: None, longitude: Some(one), .. } if one.hemisphere.is_some() => {
            Some((StatedCoordinate { angle: plain(one.angle), ..one }, false))
        }
        _ => None,
    }
}

/// Minutes and seconds below ten have a leading zero, which is not a digit of the number.
fn plain(angle: StatedAngle) -> StatedAngle {
    let bare = |part: Decimal| {
        let digits = part.digits();
        let whole = digits.split('.').next().map_or(0, str::len);
        let bare = digits.strip_prefix('0').filter(|_| whole == 2).and_then(|bare| bare.parse().ok());
        bare.unwrap_or(part)
    };
    StatedAngle { degrees: angle.degrees, minutes: angle.minutes.map(bare), seconds: angle.seconds.map(bare) }
}

fn bearing(cell: &str) -> Option<StatedAngle> {
    let all = tokens(cell, 0..cell.len());
    angle(&all).filter(|got| got.used == all.len()).map(|got| got.value)
}

fn number(cell: &str) -> Option<Decimal> {
    match tokens(cell, 0..cell.len()).as_slice() {
        [one] if one.kind == TokenKind::Number => one.low.replace(',', ".").parse().ok(),
        _ => None,
    }
}

/// A row of the annexed catalogue, each value with its clause.
pub(crate) struct AnnexRow<'a> {
    /// Its point.
    pub point: (&'a str, &'a ParsedClause),
    /// Latitude and longitude.
    pub position: [(StatedCoordinate, &'a ParsedClause); 2],
    /// The azimuth to the next point.
    pub azimuth: Option<(StatedAngle, &'a ParsedClause)>,
    /// The distance to the next point, in metres.
    pub distance: Option<(Decimal, &'a ParsedClause)>,
}

/// The rows of the annexed catalogue of a text.
pub(crate) fn annexed(text: &ParsedText) -> Vec<AnnexRow<'_>> {
    let mut out: Vec<AnnexRow<'_>> = Vec::new();
    let (mut point, mut latitude) = (None, None);
    for clause in &text.clauses {
        for field in &clause.fields {
            let value = field.value.as_str();
            match field.field.as_str() {
                POINT => point = Some((value, clause)),
                LATITUDE => latitude = coordinate(value).map(|(one, _)| (one, clause)),
                LONGITUDE => {
                    if let (Some(point), Some(latitude), Some((longitude, _))) =
                        (point.take(), latitude.take(), coordinate(value))
                    {
                        let position = [latitude, (longitude, clause)];
                        out.push(AnnexRow { point, position, azimuth: None, distance: None });
                    }
                }
                AZIMUTH => {
                    if let Some(row) = out.last_mut() {
                        row.azimuth = bearing(value).map(|angle| (angle, clause));
                    }
                }
                DISTANCE => {
                    if let Some(row) = out.last_mut() {
                        row.distance = number(value).map(|number| (number, clause));
                    }
                }
                _ => {}
            }
        }
    }
    out
}
