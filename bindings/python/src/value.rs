//! Values of Arrow's columns as properties.

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use serde_json::{Number, Value};

/// A column whose values can be properties.
pub struct Column {
    array: ArrayRef,
    /// Of a dictionary: the number of the value of each row.
    keys: Option<Vec<usize>>,
    /// Of a dictionary: which rows have no value.
    rows: Option<ArrayRef>,
}

impl Column {
    /// A column of a table; an error says which type is not read.
    pub fn of(name: &str, array: &ArrayRef) -> Result<Self, String> {
        let column = match array.as_any_dictionary_opt() {
            Some(dictionary) => Column {
                array: dictionary.values().clone(),
                keys: Some(dictionary.normalized_keys()),
                rows: Some(array.clone()),
            },
            None => Column { array: array.clone(), keys: None, rows: None },
        };
        match is_read(column.array.data_type()) {
            true => Ok(column),
            false => Err(format!("column {name} is of type {}, which no property has", array.data_type())),
        }
    }

    /// The value of a row; what is no number in JSON is null.
    pub fn value(&self, row: usize) -> Value {
        match (&self.keys, &self.rows) {
            (Some(_), Some(rows)) if rows.is_null(row) => Value::Null,
            (Some(keys), _) => value(&self.array, keys[row]),
            _ => value(&self.array, row),
        }
    }
}

fn is_read(data_type: &DataType) -> bool {
    use DataType::*;
    match data_type {
        Null
        | Boolean
        | Int8
        | Int16
        | Int32
        | Int64
        | UInt8
        | UInt16
        | UInt32
        | UInt64
        | Float32
        | Float64
        | Utf8
        | LargeUtf8
        | Utf8View
        | Date32
        | Date64
        | Timestamp(_, _)
        | Decimal128(_, _) => true,
        List(item) | LargeList(item) => is_read(item.data_type()),
        Struct(fields) => fields.iter().all(|field| is_read(field.data_type())),
        _ => false,
    }
}

fn value(array: &ArrayRef, row: usize) -> Value {
    use DataType::*;
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        Boolean => array.as_boolean().value(row).into(),
        Int8 => array.as_primitive::<Int8Type>().value(row).into(),
        Int16 => array.as_primitive::<Int16Type>().value(row).into(),
        Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        UInt8 => array.as_primitive::<UInt8Type>().value(row).into(),
        UInt16 => array.as_primitive::<UInt16Type>().value(row).into(),
        UInt32 => array.as_primitive::<UInt32Type>().value(row).into(),
        UInt64 => array.as_primitive::<UInt64Type>().value(row).into(),
        Float32 => number(f64::from(array.as_primitive::<Float32Type>().value(row))),
        Float64 => number(array.as_primitive::<Float64Type>().value(row)),
        Utf8 => array.as_string::<i32>().value(row).into(),
        LargeUtf8 => array.as_string::<i64>().value(row).into(),
        Utf8View => array.as_string_view().value(row).into(),
        Date32 => date(array.as_primitive::<Date32Type>().value_as_date(row)),
        Date64 => date(array.as_primitive::<Date64Type>().value_as_date(row)),
        Timestamp(TimeUnit::Second, _) => time::<TimestampSecondType>(array, row),
        Timestamp(TimeUnit::Millisecond, _) => time::<TimestampMillisecondType>(array, row),
        Timestamp(TimeUnit::Microsecond, _) => time::<TimestampMicrosecondType>(array, row),
        Timestamp(TimeUnit::Nanosecond, _) => time::<TimestampNanosecondType>(array, row),
        Decimal128(_, _) => {
            let text = array.as_primitive::<Decimal128Type>().value_as_string(row);
            text.parse().map_or(Value::Null, number)
        }
        List(_) => all(&array.as_list::<i32>().value(row)),
        LargeList(_) => all(&array.as_list::<i64>().value(row)),
        Struct(fields) => {
            let each = array.as_struct();
            let member = |(at, name): (usize, &String)| (name.clone(), value(each.column(at), row));
            Value::Object(fields.iter().map(|field| field.name()).enumerate().map(member).collect())
        }
        _ => Value::Null,
    }
}

fn all(items: &ArrayRef) -> Value {
    (0..items.len()).map(|at| value(items, at)).collect()
}

fn number(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn date(date: Option<impl std::fmt::Display>) -> Value {
    date.map_or(Value::Null, |date| date.to_string().into())
}

/// A time as ISO 8601; of midnight the day alone, as frames write dates.
fn time<T: ArrowTemporalType>(array: &ArrayRef, row: usize) -> Value
where
    i64: From<T::Native>,
{
    let Some(time) = array.as_primitive::<T>().value_as_datetime(row) else { return Value::Null };
    let text = time.format("%Y-%m-%dT%H:%M:%S").to_string();
    text.strip_suffix("T00:00:00").map_or(text.clone(), str::to_owned).into()
}
