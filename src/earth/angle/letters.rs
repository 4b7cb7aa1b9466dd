//! Words and letters for the four directions, in the languages that coordinate lists use.

use super::Axis;

/// The meaning of a word beside an angle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A direction: the axis, and whether it is negative.
    Side(Axis, bool),
    /// Latitude or longitude, without a hemisphere.
    Of(Axis),
    /// A letter whose meaning depends on the alphabet.
    Doubtful,
}

const NORTH: [&str; 10] = ["n", "north", "с", "сш", "сев", "север", "հս", "հյուսիս", "şm", "şimal"];
const SOUTH: [&str; 8] = ["s", "south", "ю", "юш", "юг", "հվ", "հարավ", "cənub"];
const EAST: [&str; 11] = ["e", "east", "в", "вд", "вост", "восток", "արլ", "արև", "արևելք", "ş", "şərq"];
const WEST: [&str; 9] = ["w", "west", "з", "зд", "зап", "запад", "արմ", "արևմուտք", "qərb"];
const LATITUDE: [&str; 9] = ["lat", "latitude", "ш", "широта", "широты", "լ", "լայնություն", "enliyi", "φ"];
const LONGITUDE: [&str; 10] =
    ["lon", "long", "longitude", "д", "долгота", "долготы", "ե", "երկայնություն", "uzunluğu", "λ"];
/// Ambiguous Latin letters, which look like Cyrillic ones with another meaning or differ between languages: C (С, cənub),
/// B (В, geodetic latitude), O (Ost, ouest), L (longitude, latitude).
const DOUBTFUL: [&str; 4] = ["c", "b", "o", "l"];

/// Returns the meaning of a word, in any case and with or without full stops; `None` if unknown.
pub(super) fn word(text: &str) -> Option<Word> {
    let plain: String = text.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is = |list: &[&str]| list.contains(&plain.as_str());
    if is(&NORTH) {
        Some(Word::Side(Axis::Latitude, false))
    } else if is(&SOUTH) {
        Some(Word::Side(Axis::Latitude, true))
    } else if is(&EAST) {
        Some(Word::Side(Axis::Longitude, false))
    } else if is(&WEST) {
        Some(Word::Side(Axis::Longitude, true))
    } else if is(&LATITUDE) {
        Some(Word::Of(Axis::Latitude))
    } else if is(&LONGITUDE) {
        Some(Word::Of(Axis::Longitude))
    } else {
        is(&DOUBTFUL).then_some(Word::Doubtful)
    }
}
