//! The encodings of GeoArrow: points, lines and polygons as nested lists of coordinates.

use crate::io::Problem;
use crate::io::convert::{Position, Shape};
use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use geo::Coord;

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Point,
    Line,
    Polygon,
    MultiPoint,
    MultiLine,
    MultiPolygon,
}

const NAMES: [(&str, Kind); 6] = [
    ("point", Kind::Point),
    ("linestring", Kind::Line),
    ("polygon", Kind::Polygon),
    ("multipoint", Kind::MultiPoint),
    ("multilinestring", Kind::MultiLine),
    ("multipolygon", Kind::MultiPolygon),
];

impl Kind {
    /// By its name: `point`, `linestring` …
    pub fn of(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        let name = lower.strip_prefix("geoarrow.").unwrap_or(&lower);
        NAMES.iter().find(|(word, _)| *word == name).map(|(_, kind)| *kind)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, kind)| *kind == self).map_or("point", |(name, _)| name)
    }

    /// Number of lists around its coordinates.
    const fn depth(self) -> usize {
        match self {
            Kind::Point => 0,
            Kind::Line | Kind::MultiPoint => 1,
            Kind::Polygon | Kind::MultiLine => 2,
            Kind::MultiPolygon => 3,
        }
    }

    /// Whether a column of this data type can hold it.
    pub fn fits(self, data_type: &DataType) -> bool {
        let mut inner = data_type;
        for _ in 0..self.depth() {
            inner = match inner {
                DataType::List(item) | DataType::LargeList(item) => item.data_type(),
                _ => return false,
            };
        }
        match inner {
            DataType::FixedSizeList(item, size) => *size >= 2 && *item.data_type() == DataType::Float64,
            DataType::Struct(fields) => {
                let is_real = |name: &str| fields.find(name).map(|(_, field)| *field.data_type() == DataType::Float64);
                is_real("x") == Some(true) && is_real("y") == Some(true) && is_real("z") != Some(false)
            }
            _ => false,
        }
    }
}

/// The geometry of a row of a column that fits its kind; measures are left out.
///
/// # Errors
/// A coordinate is missing or not a finite number.
pub(super) fn shape(column: &ArrayRef, row: usize, kind: Kind) -> Result<Option<Shape>, Problem> {
    let one = column.slice(row, 1);
    Ok(match kind {
        Kind::Point => point(&one)?.map(Shape::Point),
        Kind::Line => Some(positions(&items(&one))?).filter(|all| !all.is_empty()).map(Shape::Line),
        Kind::MultiPoint => Some(positions(&items(&one))?).filter(|all| !all.is_empty()).map(Shape::MultiPoint),
        Kind::Polygon => Some(runs(&items(&one))?).filter(|all| !all.is_empty()).map(Shape::Polygon),
        Kind::MultiLine => Some(runs(&items(&one))?).filter(|all| !all.is_empty()).map(Shape::MultiLine),
        Kind::MultiPolygon => {
            let parts = items(&one);
            let part = |at: usize| runs(&items(&parts.slice(at, 1)));
            let parts = (0..parts.len()).map(part).collect::<Result<Vec<_>, _>>()?;
            Some(parts).filter(|all| !all.is_empty()).map(Shape::MultiPolygon)
        }
    })
}

/// A point; an empty one has coordinates that are all no numbers.
fn point(one: &ArrayRef) -> Result<Option<Position>, Problem> {
    let empty = match one.data_type() {
        DataType::FixedSizeList(_, _) => {
            let numbers = one.as_fixed_size_list().value(0);
            let numbers = numbers.as_primitive::<Float64Type>();
            (0..numbers.len()).all(|at| numbers.value(at).is_nan())
        }
        _ => one
            .as_struct()
            .columns()
            .iter()
            .all(|column| column.as_primitive_opt::<Float64Type>().is_none_or(|numbers| numbers.value(0).is_nan())),
    };
    if empty { Ok(None) } else { Ok(positions(one)?.pop()) }
}

fn runs(lists: &ArrayRef) -> Result<Vec<Vec<Position>>, Problem> {
    (0..lists.len()).map(|at| positions(&items(&lists.slice(at, 1)))).collect()
}

/// What the only list of a column holds; nothing if it is null.
fn items(column: &ArrayRef) -> ArrayRef {
    let large = matches!(column.data_type(), DataType::LargeList(_));
    let items = if large { column.as_list::<i64>().value(0) } else { column.as_list::<i32>().value(0) };
    if column.is_null(0) { items.slice(0, 0) } else { items }
}

/// The coordinates of a column: interleaved, or x, y and z apart.
fn positions(column: &ArrayRef) -> Result<Vec<Position>, Problem> {
    let position = |x: f64, y: f64, z: Option<f64>| match x.is_finite() && y.is_finite() {
        true => Ok(Position { at: Coord { x, y }, z: z.filter(|z| z.is_finite()) }),
        false => Err(Problem::NotFinite),
    };
    let absent = |at: usize| column.is_null(at);
    match column.data_type() {
        DataType::FixedSizeList(item, size) => {
            let each = column.as_fixed_size_list();
            let has_z = *size >= 3 && item.name() != "xym";
            let of = |at: usize| {
                let numbers = each.value(at);
                let numbers = numbers.as_primitive::<Float64Type>();
                if absent(at) || numbers.null_count() > 0 {
                    return Err(Problem::NotFinite);
                }
                position(numbers.value(0), numbers.value(1), has_z.then(|| numbers.value(2)))
            };
            (0..each.len()).map(of).collect()
        }
        _ => {
            let each = column.as_struct();
            let number = |name: &str| each.column_by_name(name).and_then(|one| one.as_primitive_opt::<Float64Type>());
            let (Some(x), Some(y)) = (number("x"), number("y")) else { return Err(Problem::NotFinite) };
            let z = number("z");
            let of = |at: usize| {
                if absent(at) || x.is_null(at) || y.is_null(at) {
                    return Err(Problem::NotFinite);
                }
                position(x.value(at), y.value(at), z.filter(|z| !z.is_null(at)).map(|z| z.value(at)))
            };
            (0..each.len()).map(of).collect()
        }
    }
}
