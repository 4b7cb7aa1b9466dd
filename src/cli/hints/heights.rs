//! Hints for grids of heights that cannot be used.

use super::Hint;
use merestone::io::{HeightsError, HeightsProblem};

impl Hint for HeightsError {
    fn hint(&self) -> String {
        let (path, problem) = match self {
            HeightsError::Read(error) => return error.hint(),
            HeightsError::Grid { path, problem } => (path, problem),
            _ => return KINDS.into(),
        };
        match problem {
            HeightsProblem::System(_) | HeightsProblem::NotNorthUp => {
                format!("bring it to longitude and latitude first: gdalwarp -t_srs EPSG:4326 {path} lonlat.tif")
            }
            HeightsProblem::Unit(_) => {
                format!(
                    "bring it to metres first, from feet: gdal_calc.py -A {path} --calc=A*0.3048 --outfile metres.tif"
                )
            }
            HeightsProblem::TooLarge(_) => {
                format!("cut it to the land in question: gdal_translate -projwin WEST NORTH EAST SOUTH {path} part.tif")
            }
            HeightsProblem::TooSmall { .. } => "name a grid that reaches over the land in question".into(),
            _ => KINDS.into(),
        }
    }
}

/// For a file of an unsupported kind.
const KINDS: &str = "grids of heights are GeoTIFF, .hgt, DTED, Esri ASCII or SAGA, in one file";
