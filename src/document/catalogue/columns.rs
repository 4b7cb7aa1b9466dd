//! Detects the contents of table columns from their headings.

use super::CoordinateColumns;

/// The contents of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnContent {
    Line,
    Number,
    Name,
    /// `None` if the heading does not state the datum.
    Latitude(Option<CoordinateColumns>),
    Longitude(Option<CoordinateColumns>),
    GkZone,
    GkX,
    GkY,
    UtmZone,
    UtmEasting,
    UtmNorthing,
    Azimuth,
    Distance,
    Chainage,
    Height,
    Source,
}

use ColumnContent::*;

/// Heading words in the supported languages, without datum and grid.
const WORDS: [(ColumnContent, &[&str]); 12] = [
    (Latitude(None), &["latitude", "lat", "широта", "b", "φ", "լայնություն", "enlik", "enliyi"]),
    (
        Longitude(None),
        &["longitude", "lon", "long", "lng", "долгота", "l", "λ", "երկայնություն", "uzunluq", "uzunluğu"],
    ),
    (GkX, &["x", "х"]),
    (GkY, &["y", "у"]),
    (GkZone, &["zone", "зона"]),
    (UtmEasting, &["easting", "e", "rechtswert"]),
    (UtmNorthing, &["northing", "n", "hochwert"]),
    (Azimuth, &["azimuth", "азимут", "ազիմուտ", "azimut"]),
    (Distance, &["distance", "расстояние", "հեռավորություն", "məsafə"]),
    (Chainage, &["chainage", "пикетаж"]),
    (Height, &["height", "h", "elevation", "высота", "բարձրություն", "hündürlük"]),
    (Source, &["source", "источник", "աղբյուր", "mənbə"]),
];
const NUMBER: [&str; 8] = ["number", "no", "nr", "№", "номер", "համար", "nömrə", "num"];
const NAME: [&str; 12] =
    ["name", "mark", "point", "pillar", "название", "знак", "точка", "пункт", "անուն", "նշան", "ad", "nişan"];
const LINE: [&str; 4] = ["line", "линия", "գիծ", "xətt"];

/// Returns the contents of the columns with these headings, where known. Northing, easting, X and Y refer to the grid
/// of the requested positions: X is the northing in Gauss–Krüger, the easting in UTM.
pub(super) fn columns(headings: &[String], asked: Option<CoordinateColumns>) -> Vec<Option<ColumnContent>> {
    let mut columns: Vec<Option<ColumnContent>> = headings.iter().map(|heading| column(heading)).collect();
    let has = |columns: &[Option<ColumnContent>], wanted| columns.contains(&Some(wanted));
    let plain = |heading: &str| heading.trim().to_lowercase();
    // Beside a column E, N is the northing, not the number.
    if headings.iter().any(|heading| plain(heading) == "e") {
        let north = headings.iter().position(|heading| plain(heading) == "n");
        north.into_iter().for_each(|at| columns[at] = Some(UtmNorthing));
    }
    // A zone column without a grid in its heading belongs to the requested grid.
    if asked == Some(CoordinateColumns::Utm) && !has(&columns, UtmZone) {
        columns.iter_mut().filter(|column| **column == Some(GkZone)).for_each(|column| *column = Some(UtmZone));
    }
    let pairs = match asked {
        Some(CoordinateColumns::GaussKruger) if !has(&columns, UtmZone) && !has(&columns, GkX) => {
            [(UtmNorthing, GkX), (UtmEasting, GkY)]
        }
        Some(CoordinateColumns::Utm) if has(&columns, UtmZone) && !has(&columns, UtmEasting) => {
            [(GkX, UtmEasting), (GkY, UtmNorthing)]
        }
        _ => return columns,
    };
    for column in columns.iter_mut().flatten() {
        *column = pairs.iter().find(|(from, _)| from == column).map_or(*column, |(_, to)| *to);
    }
    columns
}

/// Returns the contents of the column with this heading, if known.
fn column(heading: &str) -> Option<ColumnContent> {
    let lower = heading.trim().to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '№').filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let joined = words.concat();
    let pulkovo = ["pulkovo", "пулково", "sk42", "ск42", "1942"].iter().any(|w| joined.contains(w));
    let datum = if pulkovo {
        Some(CoordinateColumns::Pulkovo)
    } else {
        joined.contains("wgs").then_some(CoordinateColumns::Wgs84)
    };
    // "utm_zone", "gk_x": detect the grid before its component.
    if has(&["utm"]) {
        let of_utm =
            [(UtmZone, &["zone"][..]), (UtmEasting, &["easting", "e", "x"]), (UtmNorthing, &["northing", "n", "y"])];
        return of_utm.into_iter().find(|(_, list)| has(list)).map(|(column, _)| column);
    }
    // Number, name and line come first: "n" is a number only on its own.
    if words == ["n"] || has(&NUMBER) {
        return Some(Number);
    }
    let found = WORDS.iter().find(|(_, list)| has(list)).map(|(column, _)| *column);
    match found {
        Some(Latitude(_)) => Some(Latitude(datum)),
        Some(Longitude(_)) => Some(Longitude(datum)),
        Some(other) => Some(other),
        None if has(&NAME) => Some(Name),
        None => has(&LINE).then_some(Line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_papers() {
        for (heading, is) in [
            ("wgs84_latitude", Latitude(Some(CoordinateColumns::Wgs84))),
            ("Широта (СК-42)", Latitude(Some(CoordinateColumns::Pulkovo))),
            ("pulkovo_1942_longitude", Longitude(Some(CoordinateColumns::Pulkovo))),
            ("Долгота", Longitude(None)),
            ("B, WGS-84", Latitude(Some(CoordinateColumns::Wgs84))),
            ("gk_x_m", GkX),
            ("gk_zone", GkZone),
            ("X (м)", GkX),
            ("utm_zone", UtmZone),
            ("UTM E", UtmEasting),
            ("utm_northing_m", UtmNorthing),
            ("№", Number),
            ("№ знака", Number),
            ("N", Number),
            ("name", Name),
            ("Азимут", Azimuth),
            ("Расстояние, м", Distance),
            ("height_m", Height),
            ("line", Line),
        ] {
            assert_eq!(column(heading), Some(is), "{heading}");
        }
        assert_eq!(column("remarks"), None);
    }

    #[test]
    fn northing_and_easting_follow_the_requested_grid() {
        let of = |headings: &[&str], asked| {
            columns(&headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>(), asked)
        };
        let gk = Some(CoordinateColumns::GaussKruger);
        assert_eq!(of(&["No", "Northing", "Easting"], gk), [Some(Number), Some(GkX), Some(GkY)]);
        assert_eq!(of(&["N", "E"], gk), [Some(GkX), Some(GkY)]);
        assert_eq!(of(&["N", "X", "Y"], gk), [Some(Number), Some(GkX), Some(GkY)]);
        let utm = Some(CoordinateColumns::Utm);
        assert_eq!(of(&["Punkt", "Rechtswert", "Hochwert"], gk)[1..], [Some(GkY), Some(GkX)]);
        assert_eq!(of(&["zone", "Easting", "Northing"], utm), [Some(UtmZone), Some(UtmEasting), Some(UtmNorthing)]);
        assert_eq!(of(&["utm_zone", "X", "Y"], utm), [Some(UtmZone), Some(UtmEasting), Some(UtmNorthing)]);
    }
}
