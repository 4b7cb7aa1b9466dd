//! Selection of features by their properties: `admin_level = 8 and boundary = administrative`.

use super::as_of::{Day, View, is_known, turn_back};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Conditions on the properties of a feature, joined by "and".
///
/// # Grammar
/// Conditions joined by `and`. A condition compares a property with a value (`=`, `!=`, `<`, `<=`, `>`, `>=`), tests
/// membership in a list (`kind in (town, village)`), or tests whether the property has a value (`iso_a3`, `!iso_a3`). A
/// value may be quoted. Two numbers are compared as numbers, whether the file stores them as numbers or as text;
/// anything else as text. A missing property satisfies `!=` and no other comparison; for a multilingual name, one
/// matching text suffices.
///
/// # Examples
/// ```
/// use merestone::io::Filter;
/// let filter = Filter::parse("admin_level = 8 and name != 'Vaduz'")?;
/// assert_eq!(filter.to_string(), "admin_level = 8 and name != Vaduz");
/// assert!(Filter::parse("admin_level =").is_err());
/// # Ok::<(), merestone::io::FilterError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    conditions: Vec<Condition>,
    /// The day on which features must be valid.
    day: Option<Day>,
    /// Whose view selects.
    view: Option<View>,
}

/// A text that is not a valid filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FilterError {
    /// A condition without a property.
    #[error("\"{0}\" names no property")]
    NoProperty(String),
    /// A comparison without a value.
    #[error("\"{0}\" gives no value to compare with")]
    NoValue(String),
    /// A quotation mark or a parenthesis that is not closed.
    #[error("\"{0}\" is not closed")]
    Open(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    property: String,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Present,
    Absent,
    Compared(Operator, String),
    In(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Operators; longer ones first.
const OPERATORS: [(&str, Operator); 8] = [
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("!=", Operator::Unequal),
    ("<>", Operator::Unequal),
    ("==", Operator::Equal),
    ("=", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

impl Operator {
    const fn word(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::Unequal => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
        }
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Operator::Equal => order.is_eq(),
            Operator::Unequal => order.is_ne(),
            Operator::Less => order.is_lt(),
            Operator::LessOrEqual => order.is_le(),
            Operator::Greater => order.is_gt(),
            Operator::GreaterOrEqual => order.is_ge(),
        }
    }
}

impl Filter {
    /// Parses a filter.
    ///
    /// # Errors
    /// A condition without a property or a value, or an open quotation.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let conditions: Vec<Condition> =
            clauses(text)?.iter().map(|clause| condition(clause)).collect::<Result<_, _>>()?;
        if conditions.is_empty() {
            return Err(FilterError::NoProperty(text.trim().to_owned()));
        }
        Ok(Filter { conditions, ..Filter::default() })
    }

    /// The filter of features that are valid on a day (properties `valid_from` and `valid_to`), or that state their status
    /// before they became valid (`status_before`), which then is their status.
    ///
    /// ```
    /// use merestone::io::{Day, Filter};
    /// let filter = Day::last_of("1988").map(Filter::valid_on);
    /// assert_eq!(filter.map(|filter| filter.to_string()).as_deref(), Some("valid on 1988-12-31"));
    /// ```
    pub fn valid_on(day: Day) -> Self {
        Filter { day: Some(day), ..Filter::default() }
    }

    /// The filter of features in a view (properties `asserted_by`, `accepted_by` and `disputed_by`).
    pub fn seen_by(view: View) -> Self {
        Filter { view: Some(view), ..Filter::default() }
    }

    /// The filter of what passes both; a day or view of `other` replaces this one's.
    #[must_use]
    pub fn and(mut self, other: &Filter) -> Self {
        self.conditions.extend(other.conditions.iter().cloned());
        self.day = other.day.or(self.day);
        self.view = other.view.clone().or(self.view);
        self
    }

    /// Whose view selects.
    pub fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    /// The day on which features must be valid.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// Whether there are no conditions, so that every feature passes.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.day.is_none() && self.view.is_none()
    }

    /// Whether a condition refers to this property.
    pub fn names(&self, property: &str) -> bool {
        self.conditions.iter().any(|condition| condition.property == property)
    }

    pub(super) fn holds(&self, id: Option<&str>, properties: &Map<String, Value>) -> bool {
        self.conditions.iter().all(|condition| condition.holds(id, properties))
            && self.day.is_none_or(|day| is_known(properties, day))
            && self.view.as_ref().is_none_or(|view| view.sees(properties))
    }

    /// Gives a feature that passes the properties that it had on the day.
    pub(super) fn turn_back(&self, properties: &mut Map<String, Value>) {
        if let Some(day) = self.day {
            turn_back(properties, day);
        }
    }
}

impl std::fmt::Display for Filter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, Condition { property, test }) in self.conditions.iter().enumerate() {
            f.write_str(if number > 0 { " and " } else { "" })?;
            match test {
                Test::Present => write!(f, "{property}")?,
                Test::Absent => write!(f, "!{property}")?,
                Test::Compared(operator, value) => write!(f, "{property} {} {}", operator.word(), quoted(value))?,
                Test::In(values) => {
                    let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
                    write!(f, "{property} in ({})", values.join(", "))?;
                }
            }
        }
        let day = self.day.map(|day| format!("valid on {day}"));
        for (number, text) in day.into_iter().chain(self.view.as_ref().map(View::to_string)).enumerate() {
            f.write_str(if number > 0 || !self.conditions.is_empty() { " and " } else { "" })?;
            f.write_str(&text)?;
        }
        Ok(())
    }
}

impl Condition {
    fn holds(&self, id: Option<&str>, properties: &Map<String, Value>) -> bool {
        let own_id = id.filter(|_| self.property == "id").map(|id| vec![id.to_owned()]);
        let values = properties.get(&self.property).map(texts).or(own_id).unwrap_or_default();
        let any = |holds: &dyn Fn(&str) -> bool| values.iter().any(|value| holds(value));
        match &self.test {
            Test::Present => !values.is_empty(),
            Test::Absent => values.is_empty(),
            Test::Compared(Operator::Unequal, asked) => !any(&|value| compared(value, asked).is_eq()),
            Test::Compared(operator, asked) => any(&|value| operator.holds(compared(value, asked))),
            Test::In(several) => any(&|value| several.iter().any(|asked| compared(value, asked).is_eq())),
        }
    }
}

/// The texts of a property: for a list or a multilingual name, all of them.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) if text.is_empty() => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}

fn compared(a: &str, b: &str) -> Ordering {
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.cmp(b),
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number + 0.0)
}

/// Splits a text at `and` outside quotations and parentheses.
fn clauses(text: &str) -> Result<Vec<String>, FilterError> {
    let (mut clauses, mut clause, mut quote, mut depth) = (Vec::new(), String::new(), None, 0_u32);
    for word in text.split_inclusive(char::is_whitespace) {
        let is_and = quote.is_none() && depth == 0 && word.trim().eq_ignore_ascii_case("and");
        if is_and {
            clauses.push(std::mem::take(&mut clause));
            continue;
        }
        for c in word.chars() {
            match (c, quote) {
                (c, Some(open)) if c == open => quote = None,
                ('\'' | '"', None) => quote = Some(c),
                ('(', None) => depth += 1,
                (')', None) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        clause.push_str(word);
    }
    if quote.is_some() || depth > 0 {
        return Err(FilterError::Open(text.trim().to_owned()));
    }
    clauses.push(clause);
    Ok(clauses.into_iter().map(|clause| clause.trim().to_owned()).filter(|clause| !clause.is_empty()).collect())
}

fn condition(clause: &str) -> Result<Condition, FilterError> {
    let no_property = || FilterError::NoProperty(clause.to_owned());
    let named = |property: &str| {
        let property = unquoted(property);
        if property.is_empty() { Err(no_property()) } else { Ok(property) }
    };
    let first = unquoted_chars(clause).find_map(|(at, _)| {
        OPERATORS.iter().find(|(word, _)| clause[at..].starts_with(word)).map(|(word, operator)| (at, *word, *operator))
    });
    if let Some((at, word, operator)) = first {
        let value = unquoted(&clause[at + word.len()..]);
        if value.is_empty() {
            return Err(FilterError::NoValue(clause.to_owned()));
        }
        return Ok(Condition { property: named(&clause[..at])?, test: Test::Compared(operator, value) });
    }
    if let Some((property, list)) = listed(clause) {
        let values: Vec<String> = members(list).map(unquoted).filter(|value| !value.is_empty()).collect();
        if values.is_empty() {
            return Err(FilterError::NoValue(clause.to_owned()));
        }
        return Ok(Condition { property: named(property)?, test: Test::In(values) });
    }
    match clause.strip_prefix('!') {
        Some(property) => Ok(Condition { property: named(property)?, test: Test::Absent }),
        None => Ok(Condition { property: named(clause)?, test: Test::Present }),
    }
}

/// The characters of a text outside quotations, with their offsets.
fn unquoted_chars(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut quote = None;
    text.char_indices().filter(move |(_, c)| match quote {
        Some(open) => {
            if *c == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(c, '\'' | '"') {
                quote = Some(*c);
            }
            quote.is_none()
        }
    })
}

/// The members of a list, separated by commas outside quotations.
fn members(list: &str) -> impl Iterator<Item = &str> {
    let commas = unquoted_chars(list).filter(|(_, c)| *c == ',').map(|(at, _)| at);
    let mut from = 0;
    let ends: Vec<usize> = commas.chain([list.len()]).collect();
    ends.into_iter().map(move |end| {
        let member = &list[from..end];
        from = (end + 1).min(list.len());
        member
    })
}

/// `property in (list)`
fn listed(clause: &str) -> Option<(&str, &str)> {
    let (before, list) = clause.strip_suffix(')')?.split_once('(')?;
    let before = before.trim_end();
    let property = before.strip_suffix("in").or_else(|| before.strip_suffix("IN"))?;
    property.ends_with(char::is_whitespace).then_some((property, list))
}

/// A value as text, quoted where it would otherwise be parsed differently.
fn quoted(value: &str) -> Cow<'_, str> {
    let plain = value.chars().all(|c| c.is_alphanumeric() || "._-:".contains(c));
    match value.contains('\'') {
        _ if plain => value.into(),
        true => format!("\"{value}\"").into(),
        false => format!("'{value}'").into(),
    }
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = ['\'', '"'].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn holds(filter: &str, properties: Value) -> bool {
        Filter::parse(filter).unwrap().holds(Some("7"), properties.as_object().unwrap())
    }

    #[test]
    fn comparisons_of_numbers_texts_and_missing_values() {
        let row = json!({"admin_level": "8", "population": 1200, "name": {"en": "Field", "de": "Feld"}, "note": "", "a b": "x=y"});
        for (filter, expected) in [
            ("admin_level = 8", true),
            ("admin_level=08", true),
            ("admin_level == 6", false),
            ("admin_level > 7 and population <= 1200", true),
            ("population >= 1200.5", false),
            ("name = Feld", true),
            ("name != Feld", false),
            ("name != Wald", true),
            ("missing != x", true),
            ("missing < 5", false),
            ("missing", false),
            ("!missing", true),
            ("note", false),
            ("admin_level in (6, 8)", true),
            ("admin_level in ('6', \"7\")", false),
            ("'a b' in ('x=y', 'p, q')", true),
            ("'a=b' = 1", false),
            ("'a b' = 'x=y'", true),
            ("id = 7", true),
            ("name = 'Field' AND admin_level <> 9", true),
        ] {
            assert_eq!(holds(filter, row.clone()), expected, "{filter}");
        }
    }

    #[test]
    fn a_filter_is_written_as_it_is_read() {
        for text in ["a = 'b and c'", "a = \"it's\" and b != x", "a in ('x, y', z) and !c", "a >= -1.5"] {
            let filter = Filter::parse(text).unwrap();
            assert_eq!(filter.to_string(), text);
            assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
        }
    }

    #[test]
    fn what_is_no_filter_says_why() {
        for (text, error) in [
            ("", FilterError::NoProperty("".into())),
            ("= 8", FilterError::NoProperty("= 8".into())),
            ("admin_level =", FilterError::NoValue("admin_level =".into())),
            ("a = 'b", FilterError::Open("a = 'b".into())),
            ("a in (b", FilterError::Open("a in (b".into())),
            ("a in ()", FilterError::NoValue("a in ()".into())),
        ] {
            assert_eq!(Filter::parse(text), Err(error), "{text}");
        }
    }
}
