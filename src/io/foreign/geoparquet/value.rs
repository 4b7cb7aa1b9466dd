//! Values of columns as properties.

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, IntervalUnit, TimeUnit};
use serde_json::{Number, Value};

/// A column of properties.
pub(super) struct Column {
    array: ArrayRef,
    /// Of a dictionary: the number of the value of each row, if it has one.
    keys: Option<Vec<Option<usize>>>,
}

/// Whether values are bytes, which JSON has no way to write.
pub(super) fn is_binary(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_))
}

impl Column {
    pub fn of(array: &ArrayRef) -> Self {
        match array.as_any_dictionary_opt() {
            Some(dictionary) if !dictionary.values().is_empty() => {
                let keys = dictionary.normalized_keys();
                let keys = keys.into_iter().enumerate().map(|(row, key)| (!array.is_null(row)).then_some(key));
                Column { keys: Some(keys.collect()), array: dictionary.values().clone() }
            }
            Some(dictionary) => Column { keys: Some(vec![None; array.len()]), array: dictionary.values().clone() },
            None => Column { array: array.clone(), keys: None },
        }
    }

    /// The value of a row; null where JSON has no value for it.
    pub fn value(&self, row: usize) -> Value {
        match &self.keys {
            Some(keys) => keys[row].map_or(Value::Null, |key| value(&self.array, key)),
            None => value(&self.array, row),
        }
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
        Float16 => number(f64::from(array.as_primitive::<Float16Type>().value(row))),
        // By its shortest digits: 0.1, not 0.10000000149011612.
        Float32 => digits(&array.as_primitive::<Float32Type>().value(row).to_string()),
        Float64 => number(array.as_primitive::<Float64Type>().value(row)),
        Utf8 => array.as_string::<i32>().value(row).into(),
        LargeUtf8 => array.as_string::<i64>().value(row).into(),
        Utf8View => array.as_string_view().value(row).into(),
        Date32 => text(array.as_primitive::<Date32Type>().value_as_date(row)),
        Date64 => text(array.as_primitive::<Date64Type>().value_as_date(row)),
        Time32(TimeUnit::Second) => text(array.as_primitive::<Time32SecondType>().value_as_time(row)),
        Time32(_) => text(array.as_primitive::<Time32MillisecondType>().value_as_time(row)),
        Time64(TimeUnit::Microsecond) => text(array.as_primitive::<Time64MicrosecondType>().value_as_time(row)),
        Time64(_) => text(array.as_primitive::<Time64NanosecondType>().value_as_time(row)),
        Timestamp(TimeUnit::Second, zone) => time::<TimestampSecondType>(array, row, zone.is_some()),
        Timestamp(TimeUnit::Millisecond, zone) => time::<TimestampMillisecondType>(array, row, zone.is_some()),
        Timestamp(TimeUnit::Microsecond, zone) => time::<TimestampMicrosecondType>(array, row, zone.is_some()),
        Timestamp(TimeUnit::Nanosecond, zone) => time::<TimestampNanosecondType>(array, row, zone.is_some()),
        Duration(TimeUnit::Second) => array.as_primitive::<DurationSecondType>().value(row).into(),
        Duration(TimeUnit::Millisecond) => array.as_primitive::<DurationMillisecondType>().value(row).into(),
        Duration(TimeUnit::Microsecond) => array.as_primitive::<DurationMicrosecondType>().value(row).into(),
        Duration(TimeUnit::Nanosecond) => array.as_primitive::<DurationNanosecondType>().value(row).into(),
        Interval(IntervalUnit::YearMonth) => array.as_primitive::<IntervalYearMonthType>().value(row).into(),
        Interval(IntervalUnit::DayTime) => {
            let of = array.as_primitive::<IntervalDayTimeType>().value(row);
            format!("P{}DT{}S", of.days, f64::from(of.milliseconds) / 1000.0).into()
        }
        Interval(IntervalUnit::MonthDayNano) => {
            let of = array.as_primitive::<IntervalMonthDayNanoType>().value(row);
            format!("P{}M{}DT{}S", of.months, of.days, of.nanoseconds as f64 / 1e9).into()
        }
        Decimal32(_, _) => digits(&array.as_primitive::<Decimal32Type>().value_as_string(row)),
        Decimal64(_, _) => digits(&array.as_primitive::<Decimal64Type>().value_as_string(row)),
        Decimal128(_, _) => digits(&array.as_primitive::<Decimal128Type>().value_as_string(row)),
        Decimal256(_, _) => digits(&array.as_primitive::<Decimal256Type>().value_as_string(row)),
        List(_) => all(&array.as_list::<i32>().value(row)),
        LargeList(_) => all(&array.as_list::<i64>().value(row)),
        FixedSizeList(_, _) => all(&array.as_fixed_size_list().value(row)),
        Map(_, _) => {
            let entries = array.as_map().value(row);
            let (keys, values) = (Column::of(entries.column(0)), Column::of(entries.column(1)));
            let key = |at: usize| match keys.value(at) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            Value::Object((0..entries.len()).map(|at| (key(at), values.value(at))).collect())
        }
        Struct(fields) => {
            let each = array.as_struct();
            let mut members = serde_json::Map::new();
            for (field, column) in fields.iter().zip(each.columns()) {
                members.insert(field.name().clone(), Column::of(&column.slice(row, 1)).value(0));
            }
            Value::Object(members)
        }
        Dictionary(_, _) => Column::of(array).value(row),
        // Bytes inside lists and structures.
        _ => Value::Null,
    }
}

fn all(items: &ArrayRef) -> Value {
    let items = Column::of(items);
    (0..items.keys.as_ref().map_or(items.array.len(), Vec::len)).map(|at| items.value(at)).collect()
}

fn number(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn digits(text: &str) -> Value {
    text.parse().map_or(Value::Null, number)
}

fn text(value: Option<impl std::fmt::Display>) -> Value {
    value.map_or(Value::Null, |value| value.to_string().into())
}

/// A time as ISO 8601 (RFC 3339 if it is an instant, in UTC).
fn time<T: ArrowTemporalType>(array: &ArrayRef, row: usize, is_instant: bool) -> Value
where
    i64: From<T::Native>,
{
    let Some(time) = array.as_primitive::<T>().value_as_datetime(row) else { return Value::Null };
    let zone = if is_instant { "Z" } else { "" };
    format!("{}{zone}", time.format("%Y-%m-%dT%H:%M:%S%.f")).into()
}
