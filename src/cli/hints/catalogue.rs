//! Hints for errors of tables of turning points.

use super::Hint;
use merestone::document::{CatalogueError, RowError, RowProblem};

impl Hint for CatalogueError {
    fn hint(&self) -> String {
        remedy(self).to_owned()
    }
}

fn remedy(error: &CatalogueError) -> &'static str {
    match error {
        CatalogueError::NoPositions(..) => {
            "name them like latitude, longitude; pulkovo_1942_latitude, pulkovo_1942_longitude; gk_x_m, gk_y_m; utm_zone, \
             utm_easting_m, utm_northing_m; Northing and Easting with --positions gauss-kruger"
        }
        CatalogueError::Twice(..) => "keep one of them, or rename it",
        CatalogueError::OnePoint(..) => "rows of one line stand together, with the same word in the column line",
        CatalogueError::NoRows => "a heading and a row for each turning point are needed",
        CatalogueError::Cell(RowError { problem, .. }) => match problem {
            RowProblem::Angle(_) => "write angles like 40°37′59.16″N, 40 37 59,16 or 40.6331",
            RowProblem::NotMetres => "write metres like 4498901.23 or 4 498 901,23",
            RowProblem::NoZone => "write y with its zone in front (8 543 601.20), or add a column gk_zone",
            RowProblem::OtherZone(..) | RowProblem::OffGrid => {
                "x is the northing, y the easting with the zone in front"
            }
            RowProblem::BadZone(_) => "zone 8 of Gauss–Krüger and zone 38N of UTM reach from 42° to 48° E",
            _ => TABLE_HINT,
        },
        _ => TABLE_HINT,
    }
}

/// For other errors of a table of turning points.
const TABLE_HINT: &str = "merestone catalogue --help says what a table of turning points needs";
