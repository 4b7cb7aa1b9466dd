//! What texts are held against, by name and by place: an object or a river is found without asking all of them.

use super::{AuditGround, AuditPlace};
use crate::document::description::{Landmark, Words};
use crate::document::parse::word_of;
use crate::earth::{LocalPlane, distance_m};
use crate::topology::SegmentIndex;
use geo::Coord;
use rustc_hash::FxHashMap;

/// Words by which something is called, in small letters.
pub(super) struct Called(Vec<String>);

impl Called {
    pub fn of(text: &str) -> Self {
        let low = text.to_lowercase();
        let words = low.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
        Called(words.map(str::to_owned).collect())
    }

    /// Whether both mean the same: all words of one are alike to words of the other.
    pub fn means(&self, other: &Called) -> bool {
        let within = |a: &Called, b: &Called| a.0.iter().all(|word| b.0.iter().any(|other| alike(word, other)));
        !self.0.is_empty() && !other.0.is_empty() && (within(self, other) || within(other, self))
    }
}

/// Whether words of a text and of data mean the same: alike in their beginnings, without case.
pub(super) fn means(text: &str, data: &str) -> bool {
    Called::of(text).means(&Called::of(data))
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether two words are forms of one: cases of a name differ in their ends, numbers do not.
fn alike(a: &str, b: &str) -> bool {
    if has_digit(a) || has_digit(b) {
        return a == b;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let least = a.chars().count().min(b.chars().count());
    shared >= least.saturating_sub(2).max(3).min(least)
}

/// The first letters of a word, at most so many.
fn first(word: &str, count: usize) -> &str {
    &word[..word.char_indices().nth(count).map_or(word.len(), |(at, _)| at)]
}

/// Keys of a word of the data: alike words share three letters, or two where one has no more.
fn keys(word: &str) -> Vec<String> {
    let two = first(word, 2);
    match () {
        () if has_digit(word) => vec![word.to_owned()],
        () if two == word => vec![two.to_owned(), format!("{two}.")],
        () => vec![two.to_owned(), first(word, 3).to_owned()],
    }
}

/// The keys by which words alike to a word of a text are found.
fn keys_asked(word: &str) -> Vec<String> {
    let two = first(word, 2);
    match () {
        () if has_digit(word) => vec![word.to_owned()],
        () if two == word => vec![two.to_owned()],
        () => vec![first(word, 3).to_owned(), format!("{two}.")],
    }
}

/// A place with what it is called.
struct Object {
    called: Vec<Called>,
    kind: Option<String>,
}

/// A river with the chainages of its positions.
struct River {
    chainage: Vec<f64>,
}

/// The nearest position on a river: its chainage and the distance.
#[derive(Clone, Copy)]
pub(super) struct OnRiver {
    pub chainage_m: f64,
    pub away_m: f64,
}

/// The places and rivers that texts are held against, indexed.
pub(super) struct Against<'a> {
    pub places: &'a [AuditPlace],
    pub has_rivers: bool,
    objects: Vec<Object>,
    by_word: FxHashMap<String, Vec<u32>>,
    by_place: SegmentIndex,
    rivers: Vec<River>,
    /// River and edge of each indexed edge.
    edges: Vec<(u32, u32)>,
    by_edge: SegmentIndex,
}

/// A landmark of a text, by which places are asked.
pub(super) struct Sought {
    names: Vec<Called>,
    class: Option<String>,
    has_name: bool,
}

impl Sought {
    pub fn of(landmark: &Landmark) -> Self {
        let all = landmark.also.iter().chain([&landmark.name]);
        Sought {
            names: all.flat_map(|words: &Words| words.0.values().map(|text| Called::of(text))).collect(),
            class: landmark.class.map(|class| word_of(&class)),
            has_name: !landmark.name.is_empty(),
        }
    }
}

/// Candidates by name beyond which places are asked by where they are first.
const FEW: usize = 64;

impl<'a> Against<'a> {
    pub fn new(ground: &'a AuditGround) -> Self {
        let plain = |text: &String| text.to_lowercase().replace(['_', ' '], "-");
        let object = |place: &AuditPlace| Object {
            called: place.names.iter().map(|name| Called::of(name)).collect(),
            kind: place.kind.as_ref().map(plain),
        };
        let objects: Vec<Object> = ground.places.iter().map(object).collect();
        let mut by_word: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (object, number) in objects.iter().zip(0_u32..) {
            for key in object.called.iter().flat_map(|called| &called.0).flat_map(|word| keys(word)) {
                let known = by_word.entry(key).or_default();
                if known.last() != Some(&number) {
                    known.push(number);
                }
            }
        }
        let mut edges = Vec::new();
        let mut all = Vec::new();
        for (river, number) in ground.rivers.iter().zip(0_u32..) {
            for (pair, edge) in river.windows(2).zip(0_u32..) {
                all.push([pair[0], pair[1]]);
                edges.push((number, edge));
            }
        }
        Against {
            places: &ground.places,
            has_rivers: !ground.rivers.is_empty(),
            objects,
            by_word,
            by_place: SegmentIndex::new(ground.places.iter().map(|place| [place.position; 2]).zip(0_u32..)),
            rivers: ground.rivers.iter().map(|river| River::of(river)).collect(),
            edges,
            by_edge: SegmentIndex::new(all.into_iter().zip(0_u32..)),
        }
    }

    /// Numbers of places that may have one of the names, ascending.
    fn maybe_named(&self, sought: &Sought) -> Vec<u32> {
        let words = sought.names.iter().flat_map(|called| &called.0);
        let asked = words.flat_map(|word| keys_asked(word));
        let mut out: Vec<u32> = asked.filter_map(|key| self.by_word.get(&key)).flatten().copied().collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    fn is_named(&self, sought: &Sought, number: u32) -> bool {
        let called = &self.objects[number as usize].called;
        sought.names.iter().any(|name| called.iter().any(|other| name.means(other)))
    }

    /// Whether a place is of the class of an object.
    pub fn of_class(&self, sought: &Sought, number: u32) -> bool {
        sought.class.is_some() && self.objects[number as usize].kind == sought.class
    }

    /// Numbers of the places that are the object of a text by its name.
    pub fn named(&self, sought: &Sought) -> Vec<u32> {
        self.maybe_named(sought).into_iter().filter(|number| self.is_named(sought, *number)).collect()
    }

    /// Numbers of the places, not farther away than so many metres, that are the object of a text: by its name, else by
    /// its class.
    pub fn near(&self, sought: &Sought, at: Coord, within_m: f64) -> Vec<u32> {
        let by_name = sought.has_name.then(|| self.maybe_named(sought)).filter(|found| found.len() <= FEW);
        let candidates = by_name.unwrap_or_else(|| {
            let boxes = boxes(at, within_m);
            let found = boxes.iter().flat_map(|[low, high]| self.by_place.touching(*low, *high));
            let mut found: Vec<u32> = found.map(|(_, number)| number).collect();
            found.sort_unstable();
            found
        });
        let fits = |number: u32| match sought.has_name {
            true => self.is_named(sought, number),
            false => self.of_class(sought, number),
        };
        let is_near = |number: u32| distance_m(self.places[number as usize].position, at) < within_m;
        candidates.into_iter().filter(|number| fits(*number) && is_near(*number)).collect()
    }

    /// Where a position lies along the rivers that are not farther away than so many metres, by their numbers.
    pub fn on_rivers(&self, at: Coord, within_m: f64) -> FxHashMap<u32, OnRiver> {
        let plane = LocalPlane::at(at);
        let reach = plane.degrees(1.01 * within_m);
        let mut out: FxHashMap<u32, OnRiver> = FxHashMap::default();
        for ([a, b], number) in self.by_edge.touching(at - reach, at + reach) {
            let (river, edge) = self.edges[number as usize];
            let (share, away_m) = plane.nearest_on_edge(at, a, b);
            let chainage = &self.rivers[river as usize].chainage;
            let (from, to) = (chainage[edge as usize], chainage[edge as usize + 1]);
            let found = OnRiver { chainage_m: from + share * (to - from), away_m };
            let known = out.entry(river).or_insert(found);
            let before = (known.away_m, known.chainage_m);
            if (found.away_m, found.chainage_m) < before {
                *known = found;
            }
        }
        out.retain(|_, found| found.away_m < within_m);
        out
    }
}

/// Boxes that hold all positions within so many metres, also beyond the antimeridian.
fn boxes(at: Coord, within_m: f64) -> Vec<[Coord; 2]> {
    let reach = LocalPlane::at(at).degrees(1.01 * within_m);
    let turns = [0.0, 360.0, -360.0].map(|turn| Coord { x: turn, y: 0.0 });
    let all = turns.map(|turn| [at - reach + turn, at + reach + turn]);
    all.into_iter().filter(|[low, high]| low.x <= 180.0 && high.x >= -180.0).collect()
}

impl River {
    fn of(line: &[Coord]) -> Self {
        let mut chainage = vec![0.0];
        for pair in line.windows(2) {
            chainage.push(chainage[chainage.len() - 1] + distance_m(pair[0], pair[1]));
        }
        River { chainage }
    }
}
