//! Parsed fields, and synonymous words.

use serde_json::Value;

/// A field of a clause: right, wrong or missing, or invented.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub field: String,
    pub right: bool,
    /// The text does not state it; it counts double.
    pub invented: bool,
    pub expected: String,
    pub found: String,
}

/// The parse of one entry's text.
pub struct Read<'a> {
    pub clauses: Vec<&'a Value>,
    /// The statements of the tree for the clauses.
    pub statements: Vec<&'a Value>,
    /// The rose of winds of the document.
    pub winds: f64,
    pub facts: &'a [Value],
}

pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Synonyms in notes by hand and in classes of the tree.
const SAME: [(&str, &str); 40] = [
    ("country road", "countryroad"),
    ("field road", "fieldroad"),
    ("improved dirt", "improveddirt"),
    ("burial ground", "burial"),
    ("cattle burial", "burial"),
    ("turning pylon", "turningpylon"),
    ("geodetic point", "geodetic"),
    ("triangulation point", "geodetic"),
    ("dirt roads", "dirtroad"),
    ("dirt road", "dirtroad"),
    ("hill top", "summit"),
    ("intermittent stream", "intermittent"),
    ("passable", ""),
    ("forest outline", "turn"),
    ("outline", "edge"),
    ("astronomic", ""),
    ("tripoint of", "tripoint"),
    ("gully head", "gully"),
    ("head of", ""),
    ("forest cut", "forestcut"),
    ("cut", ""),
    ("western", "w"),
    ("boundary mark", "mark"),
    ("remaining", "rest"),
    ("islands", "island"),
    ("roads", "road"),
    ("streams", "stream"),
    ("north", "n"),
    ("south", "s"),
    ("west", "w"),
    ("east", "e"),
    ("sw", "s w"),
    ("nw", "n w"),
    ("shore signal mark", "signal"),
    ("shore signal", "signal"),
    ("small forest", "forest"),
    ("right-of-way", "rightofway"),
    ("right of way", "rightofway"),
    ("territory", ""),
    ("район", "район"),
];

/// Territories and objects with names translated in the notes by hand.
const NAMES: [(&str, &str); 26] = [
    ("ukr", "україни"),
    ("rus", "росси"),
    ("rus", "російської федерації"),
    ("mng", "монгол"),
    ("chn", "кита"),
    ("fra", "french"),
    ("ita", "талијан"),
    ("burma", "burmah"),
    ("коми", "коми"),
    ("нао", "ненецкого"),
    ("blr", "білорусь"),
    ("константиновский", "константиновского"),
    ("волгодонской", "волгодонского"),
    ("куйбышевский", "куйбышевского"),
    ("родионово-несветайский", "родионово-несветайского"),
    ("мота", "маты"),
    ("mouth", "confluence"),
    ("source", "верховье"),
    ("first", "1."),
    ("gully", "gully"),
    ("bend", "turn"),
    ("cote", "height"),
    ("corner", "corner"),
    ("brazil", "brazilian"),
    ("tripoint", "tripoint"),
    ("summit", "top"),
];

fn plain(words: &str) -> String {
    let mut low = words.to_lowercase().replace(['-', '_', '(', ')', ',', '|', '.', '/', '–', '×', '\''], " ");
    low = low.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in SAME {
        let (from, to) = (from.replace('-', " "), to.replace('-', " "));
        low = format!(" {low} ").replace(&format!(" {from} "), &format!(" {to} ")).trim().to_owned();
    }
    low
}

/// Whether the parsed text matches the notes: more than half of their words, compared by their beginnings.
pub fn alike(expected: &str, found: &str) -> bool {
    const SMALL: [&str; 22] = [
        "of", "a", "an", "the", "and", "with", "at", "on", "in", "into", "between", "m", "from", "×2", "2", "unnamed",
        "high", "same", "disused", "pavement", "pool", "p",
    ];
    let mut found = plain(found);
    for (code, name) in NAMES {
        if found.contains(name) {
            found.push_str(&format!(" {code}"));
        }
    }
    let found: Vec<String> = found.split_whitespace().map(str::to_owned).collect();
    let wanted = plain(expected);
    let wanted: Vec<&str> = wanted.split_whitespace().filter(|word| !SMALL.contains(word)).collect();
    let start = |word: &str| word.chars().take(4.max(word.chars().count() * 2 / 3)).collect::<String>();
    let has = |word: &str| {
        found.iter().any(|other| {
            other == word
                || word.chars().count() > 3 && other.starts_with(&start(word))
                || other.chars().count() > 3 && word.starts_with(&start(other))
        })
    };
    let right = wanted.iter().filter(|word| has(word)).count();
    wanted.is_empty()
        || 2 * right > wanted.len()
        || wanted.len() == 2 && right == 1 && wanted.iter().any(|word| has(word) && word.chars().count() > 3)
}

impl Read<'_> {
    /// The values of the fields with a name, in order.
    pub fn values(&self, names: &[&str]) -> Vec<String> {
        let fields = self.clauses.iter().flat_map(|clause| clause["fields"].as_array().into_iter().flatten());
        fields
            .filter(|field| names.contains(&field["field"].as_str().unwrap_or_default()))
            .map(|field| text(&field["value"]))
            .collect()
    }

    /// The values with the words from which they were read.
    pub fn said(&self, names: &[&str]) -> Vec<String> {
        let fields = self.clauses.iter().flat_map(|clause| clause["fields"].as_array().into_iter().flatten());
        fields
            .filter(|field| names.contains(&field["field"].as_str().unwrap_or_default()))
            .map(|field| format!("{} {}", text(&field["value"]), text(&field["text"])))
            .collect()
    }

    pub fn numbers(&self, names: &[&str]) -> Vec<f64> {
        self.values(names).iter().filter_map(|value| value.parse().ok()).collect()
    }

    pub fn follows(&self) -> Vec<String> {
        let mut out = Vec::new();
        for leg in self.statements.iter().filter_map(|statement| statement.get("leg")) {
            for part in leg["parts"].as_array().into_iter().flatten() {
                let Some(follow) = part["follow"].as_str() else { continue };
                out.push(match follow {
                    "road" if part.get("side").is_some() => "road_side".to_owned(),
                    "bank" => "river_bank".to_owned(),
                    "offset" => "parallel_offset".to_owned(),
                    "points" => "polyline_through_points".to_owned(),
                    "forest-block" => "forest_block_boundary".to_owned(),
                    "marks" => "cairns".to_owned(),
                    "to-be-fixed" => "to_be_fixed_on_the_ground".to_owned(),
                    "slope-foot" => "foot_of_slope".to_owned(),
                    other => other.replace('-', "_"),
                });
            }
        }
        out
    }

    pub fn kind(&self, kind: &str) -> bool {
        self.clauses.iter().any(|clause| clause["kind"] == kind)
    }
}
