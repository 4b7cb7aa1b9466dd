//! A JSON value of the tolerant reader.

use geo::Coord;
use serde_json::Value;
use std::borrow::Cow;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    Null,
    Bool(bool),
    Number(f64),
    /// A number outside the range of a double, or `NaN` and the like.
    NotFinite,
    String(Cow<'a, str>),
    /// An array of two numbers: usually a position.
    Pair([f64; 2]),
    /// An array of at least two pairs and nothing else: usually a line or a ring.
    Pairs(Vec<Coord>),
    Array(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
    /// A value nested too deep.
    Deep(usize),
}

impl<'a> Node<'a> {
    /// The value of a member; of a duplicate key the last one, as in most readers.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        match self {
            Node::Object(members) => members.iter().rev().find(|(k, _)| k == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value as a `serde_json` value.
    pub fn to_value(&self) -> Value {
        match self {
            Node::Null | Node::NotFinite | Node::Deep(_) => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Number(number) => number_value(*number),
            Node::String(text) => Value::String(text.to_string()),
            Node::Pair(pair) => Value::Array(pair.iter().map(|n| number_value(*n)).collect()),
            Node::Pairs(pairs) => Value::Array(pairs.iter().map(|pair| Node::of(pair).to_value()).collect()),
            Node::Array(items) => Value::Array(items.iter().map(Node::to_value).collect()),
            Node::Object(members) => {
                Value::Object(members.iter().map(|(key, value)| (key.to_string(), value.to_value())).collect())
            }
        }
    }

    /// The node of one of [`Pairs`](Node::Pairs).
    pub fn of(pair: &Coord) -> Self {
        Node::Pair([pair.x, pair.y])
    }

    /// Its type name in messages.
    pub fn word(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a boolean",
            Node::Number(_) | Node::NotFinite => "a number",
            Node::String(_) => "a string",
            Node::Pair(_) | Node::Pairs(_) | Node::Array(_) => "an array",
            Node::Object(_) => "an object",
            Node::Deep(_) => "nested too deep",
        }
    }
}

fn number_value(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return Value::from(number as i64);
    }
    serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)
}
