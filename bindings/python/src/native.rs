//! The native types of GeoArrow, made well-known binary: points, lines and polygons as nested lists of coordinates.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

/// A type of GeoArrow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Point,
    Line,
    Polygon,
    MultiPoint,
    MultiLine,
    MultiPolygon,
}

impl Kind {
    /// By the name of the extension type.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "geoarrow.point" => Kind::Point,
            "geoarrow.linestring" => Kind::Line,
            "geoarrow.polygon" => Kind::Polygon,
            "geoarrow.multipoint" => Kind::MultiPoint,
            "geoarrow.multilinestring" => Kind::MultiLine,
            "geoarrow.multipolygon" => Kind::MultiPolygon,
            _ => return None,
        })
    }

    /// How many lists lie around its coordinates.
    const fn depth(self) -> usize {
        match self {
            Kind::Point => 0,
            Kind::Line | Kind::MultiPoint => 1,
            Kind::Polygon | Kind::MultiLine => 2,
            Kind::MultiPolygon => 3,
        }
    }

    /// The code of well-known binary, and that of its parts.
    const fn code(self) -> (u32, Option<Kind>) {
        match self {
            Kind::Point => (1, None),
            Kind::Line => (2, None),
            Kind::Polygon => (3, None),
            Kind::MultiPoint => (4, Some(Kind::Point)),
            Kind::MultiLine => (5, Some(Kind::Line)),
            Kind::MultiPolygon => (6, Some(Kind::Polygon)),
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
            DataType::Struct(fields) => ["x", "y"]
                .iter()
                .all(|name| fields.find(name).is_some_and(|(_, field)| *field.data_type() == DataType::Float64)),
            _ => false,
        }
    }
}

/// The geometry of a row, of a column that fits its kind; heights and measures are left out.
pub fn wkb(column: &ArrayRef, row: usize, kind: Kind) -> Option<Vec<u8>> {
    if column.is_null(row) {
        return None;
    }
    let mut out = Vec::new();
    put(&column.slice(row, 1), kind, &mut out);
    Some(out)
}

/// Writes the only geometry of a column.
fn put(column: &ArrayRef, kind: Kind, out: &mut Vec<u8>) {
    let (code, part) = kind.code();
    out.push(1);
    out.extend(code.to_le_bytes());
    match (kind, part) {
        (Kind::Point, _) => positions(column).into_iter().take(1).for_each(|at| put_position(at, out)),
        (Kind::Line, _) => put_run(&items(column), out),
        (Kind::Polygon, _) => {
            let rings = items(column);
            out.extend(count(&rings));
            (0..rings.len()).for_each(|ring| put_run(&items(&rings.slice(ring, 1)), out));
        }
        (_, Some(part)) => {
            let parts = items(column);
            out.extend(count(&parts));
            (0..parts.len()).for_each(|at| put(&parts.slice(at, 1), part, out));
        }
        (_, None) => {}
    }
}

fn put_run(column: &ArrayRef, out: &mut Vec<u8>) {
    out.extend(count(column));
    positions(column).into_iter().for_each(|at| put_position(at, out));
}

fn put_position(at: [f64; 2], out: &mut Vec<u8>) {
    at.iter().for_each(|number| out.extend(number.to_le_bytes()));
}

fn count(column: &ArrayRef) -> [u8; 4] {
    u32::try_from(column.len()).unwrap_or(u32::MAX).to_le_bytes()
}

/// What the only list of a column holds.
fn items(column: &ArrayRef) -> ArrayRef {
    match column.data_type() {
        DataType::LargeList(_) => column.as_list::<i64>().value(0),
        _ => column.as_list::<i32>().value(0),
    }
}

/// The coordinates of a column: interleaved, or x and y apart.
fn positions(column: &ArrayRef) -> Vec<[f64; 2]> {
    match column.data_type() {
        DataType::FixedSizeList(_, _) => {
            let each = column.as_fixed_size_list();
            let pair = |at: usize| {
                let numbers = each.value(at);
                let numbers = numbers.as_primitive::<Float64Type>();
                [numbers.value(0), numbers.value(1)]
            };
            (0..each.len()).map(pair).collect()
        }
        _ => {
            let each = column.as_struct();
            let (Some(x), Some(y)) = (each.column_by_name("x"), each.column_by_name("y")) else { return Vec::new() };
            let (x, y) = (x.as_primitive::<Float64Type>(), y.as_primitive::<Float64Type>());
            (0..each.len()).map(|at| [x.value(at), y.value(at)]).collect()
        }
    }
}
