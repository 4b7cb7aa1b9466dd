//! Selection by time and by party: what is valid on a day, and what a party asserts or accepts.

use super::Problem;
use super::filter::texts;
use crate::model::Party;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

/// A day of the Gregorian calendar.
///
/// # Example
/// ```
/// use merestone::io::Day;
///
/// assert_eq!(Day::last_of("1988").unwrap().to_string(), "1988-12-31"); // a year is its last day
/// assert_eq!(Day::last_of("2024-02").unwrap().to_string(), "2024-02-29");
/// assert!(Day::last_of("15 May 2024").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The last day of a year, of a month or the day itself (ISO 8601: `1988`, `1988-05`, `1988-05-15`); `None` for
    /// other text.
    pub fn last_of(text: &str) -> Option<Self> {
        Self::of(text, |year, month| (month.unwrap_or(12), days(year, month.unwrap_or(12))))
    }

    /// The first day of the same.
    pub fn first_of(text: &str) -> Option<Self> {
        Self::of(text, |_, month| (month.unwrap_or(1), 1))
    }

    fn of(text: &str, fill: impl Fn(u16, Option<u8>) -> (u8, u8)) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        let is_number = |part: &&str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        let well = parts.iter().enumerate().all(|(at, part)| is_number(part, if at == 0 { 4 } else { 2 }));
        if !well || parts.len() > 3 {
            return None;
        }
        let year = parts[0].parse().ok()?;
        let month: Option<u8> = parts.get(1).map(|part| part.parse()).transpose().ok()?;
        let (filled_month, filled_day) = fill(year, month);
        let day = parts.get(2).map(|part| part.parse()).transpose().ok()?.unwrap_or(filled_day);
        let fits = (1..=12).contains(&filled_month) && day >= 1 && day <= days(year, filled_month);
        fits.then_some(Day { year, month: filled_month, day })
    }
}

/// Days of a month; 0 for a number that is no month.
fn days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Whether something is valid on a day: from its first day (or the first of its first month or year) to its last. A
/// text that is no date is no limit.
pub(super) fn is_valid(from: Option<&str>, to: Option<&str>, day: Day) -> bool {
    from.and_then(Day::first_of).is_none_or(|from| from <= day) && to.and_then(Day::last_of).is_none_or(|to| day <= to)
}

/// Whose view selects features, where parties differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// What nobody disputes and no party alone asserts.
    Neutral,
    /// What this party asserts, accepts, or does not dispute.
    Party(String),
}

impl View {
    /// The view with this name: `neutral`, or the code of a party. `None` for empty text.
    pub fn of(name: &str) -> Option<Self> {
        match name.trim() {
            "" => None,
            name if name.eq_ignore_ascii_case("neutral") => Some(View::Neutral),
            name => Some(View::Party(name.to_owned())),
        }
    }

    /// The code of the party, or `neutral`.
    pub fn name(&self) -> &str {
        match self {
            View::Neutral => "neutral",
            View::Party(party) => party,
        }
    }

    /// Whether a feature is seen: by its properties `asserted_by`, `accepted_by` and `disputed_by`, each the code of a
    /// party or a list of them. A feature without them is seen by all.
    pub(super) fn sees(&self, properties: &Map<String, Value>) -> bool {
        let [asserted, accepted, disputed] = OF_PARTIES.map(|name| parties(properties, name));
        match self {
            View::Neutral => disputed.is_empty() && (asserted.len() != 1 || !accepted.is_empty()),
            View::Party(party) => {
                let has = |list: &[String]| list.iter().any(|one| one.eq_ignore_ascii_case(party));
                let is_own = asserted.is_empty() || has(&asserted) || has(&accepted);
                is_own && !has(&disputed)
            }
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "view {}", self.name())
    }
}

/// The parties of a property; a text may list several between commas or semicolons.
fn parties(properties: &Map<String, Value>, name: &str) -> Vec<String> {
    let all = properties.get(name).map(texts).unwrap_or_default();
    let split = all.iter().flat_map(|text| text.split([',', ';'])).map(str::trim);
    split.filter(|party| !party.is_empty()).map(str::to_owned).collect()
}

/// Properties by which parties differ.
const OF_PARTIES: [&str; 3] = ["asserted_by", "accepted_by", "disputed_by"];

/// Properties that state when a feature is valid.
const OF_DAYS: [&str; 2] = ["valid_from", "valid_to"];

/// What features state of parties and of days, counted while they are selected.
#[derive(Debug, Default)]
pub(super) struct Statements {
    parties: BTreeSet<String>,
    dated: bool,
    /// Number of features with a text in place of a date, and the first such text.
    undated: (usize, Option<String>),
}

impl Statements {
    /// Takes the statements of a feature.
    pub fn take(&mut self, properties: &Map<String, Value>) {
        self.parties.extend(OF_PARTIES.iter().flat_map(|name| parties(properties, name)));
        let stated: Vec<String> = OF_DAYS.iter().filter_map(|name| properties.get(*name)).flat_map(texts).collect();
        self.dated |= !stated.is_empty();
        if let Some(wrong) = stated.into_iter().find(|text| Day::first_of(text).is_none()) {
            self.undated.0 += 1;
            self.undated.1.get_or_insert(wrong);
        }
    }

    /// Whether a feature names the party.
    pub fn names(&self, party: &str) -> bool {
        self.parties.iter().any(|known| known.eq_ignore_ascii_case(party))
    }

    /// The problem of a view whose party neither the dataset with these parties nor a feature names.
    pub fn unknown(&self, view: &View, parties: &[Party]) -> Option<Problem> {
        let View::Party(party) = view else { return None };
        if parties.is_empty() || self.names(party) || parties.iter().any(|known| known.id.eq_ignore_ascii_case(party)) {
            return None;
        }
        let known: BTreeSet<String> =
            parties.iter().map(|known| known.id.clone()).chain(self.parties.clone()).collect();
        Some(Problem::UnknownParty { party: party.clone(), known: known.into_iter().collect() })
    }

    /// What a reader must know of a selection from a layer.
    pub fn remarks(&self, path: &str, day: Option<Day>, view: Option<&View>) -> Vec<String> {
        let mut remarks = Vec::new();
        match view {
            Some(view) if self.parties.is_empty() => {
                remarks
                    .push(format!("{path}: no feature states {}: {view} is that of everybody", OF_PARTIES.join(", ")));
            }
            Some(View::Party(party)) if !self.names(party) => {
                let all: Vec<&str> = self.parties.iter().map(String::as_str).collect();
                remarks.push(format!("{path}: no feature names the party {party}, only {}", all.join(", ")));
            }
            _ => {}
        }
        if let (Some(_), (count @ 1.., Some(text))) = (day, &self.undated) {
            let noun = if *count == 1 { "feature states" } else { "features state" };
            remarks.push(format!("{path}: {count} {noun} a validity that is no date (\"{text}\"), which is no limit"));
        }
        remarks
    }

    /// The remark on a file whose features state no dates.
    pub fn undated(&self, path: &str, day: Day) -> Option<String> {
        let message = || format!("{path}: no feature states {}: all are taken as valid on {day}", OF_DAYS.join(" or "));
        (!self.dated).then(message)
    }
}

/// Gives a feature the status that it had on a day before it became valid, if it states one (`status_before`).
pub(super) fn turn_back(properties: &mut Map<String, Value>, day: Day) {
    let from = properties.get("valid_from").and_then(|value| texts(value).into_iter().next());
    let Some(from) = from.filter(|from| Day::first_of(from).is_some_and(|from| day < from)) else { return };
    if let Some(before) = properties.shift_remove("status_before").filter(|before| !texts(before).is_empty()) {
        properties.insert("status".to_owned(), before);
        properties.shift_remove("valid_from");
        properties.insert("status_changes".to_owned(), from.into());
    }
}

/// Whether a feature is valid on a day, or states what it was before.
pub(super) fn is_known(properties: &Map<String, Value>, day: Day) -> bool {
    let date = |name: &str| properties.get(name).and_then(|value| texts(value).into_iter().next());
    let (from, to) = (date("valid_from"), date("valid_to"));
    let from = from.filter(|_| properties.get("status_before").is_none_or(|before| texts(before).is_empty()));
    is_valid(from.as_deref(), to.as_deref(), day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_are_dates() {
        for (text, first, last) in [
            ("1988", "1988-01-01", "1988-12-31"),
            ("2100-02", "2100-02-01", "2100-02-28"),
            ("2000-02", "2000-02-01", "2000-02-29"),
            ("2024-05-15", "2024-05-15", "2024-05-15"),
        ] {
            assert_eq!(Day::first_of(text).map(|day| day.to_string()).as_deref(), Some(first));
            assert_eq!(Day::last_of(text).map(|day| day.to_string()).as_deref(), Some(last));
        }
        for text in
            ["", "88", "1988-13", "1988-00", "2023-02-29", "2024-5-15", "1990/1992", "2024-05-15T00", "-1988", "1988-"]
        {
            assert_eq!((Day::first_of(text), Day::last_of(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn validity_includes_both_ends() {
        let day = |text| Day::last_of(text).expect("a day");
        assert!(is_valid(Some("1988"), Some("1988"), day("1988-06-01")));
        assert!(is_valid(Some("2024-05-15"), None, day("2024-05-15")));
        assert!(!is_valid(Some("2024-05-15"), None, day("2024-05-14")));
        assert!(!is_valid(None, Some("1988"), day("1989-01-01")));
        assert!(is_valid(Some("about 1920"), None, day("1900")));
    }

    #[test]
    fn views_of_parties() {
        let sees = |view: &str, properties: Value| View::of(view).unwrap().sees(properties.as_object().unwrap());
        let seen = |properties: Value| ["a", "b", "c", "neutral"].map(|view| sees(view, properties.clone()));
        assert_eq!(seen(json!({})), [true; 4]);
        assert_eq!(seen(json!({"asserted_by": "a"})), [true, false, false, false]);
        assert_eq!(seen(json!({"asserted_by": "A", "accepted_by": ["b"]})), [true, true, false, true]);
        assert_eq!(seen(json!({"asserted_by": ["a", "b"]})), [true, true, false, true]);
        assert_eq!(seen(json!({"disputed_by": "b; c"})), [true, false, false, false]);
        assert_eq!(
            seen(json!({"asserted_by": "a", "accepted_by": "c", "disputed_by": "b"})),
            [true, false, true, false]
        );
        assert_eq!(View::of(" "), None);
    }

    #[test]
    fn the_status_before_an_act() {
        let section = json!({"status": "delimited", "status_before": "undefined", "valid_from": "2024-05-15"});
        let at = |day: &str| {
            let mut properties = section.as_object().unwrap().clone();
            turn_back(&mut properties, Day::last_of(day).unwrap());
            properties["status"].clone()
        };
        assert_eq!(
            (at("2018"), at("2024-05-14"), at("2024-05-15")),
            ("undefined".into(), "undefined".into(), "delimited".into())
        );
    }
}
