//! One leg: the features that it follows, crosses and leaves on its sides.

use super::DescriptionLine;
use super::context::{Around, WayKind};
use super::course::Path;
use super::follow::{Lies, Stretch};
use super::number::Rounding;
use crate::document::description::{
    ClauseCrossing, ClausePart, FeatureLine, Follow, Hand, Landmark, LandmarkClass, LeftOnSide, LengthKind, Via, Words,
};

/// Least share of a leg for a part of a compound leg.
const PART: f64 = 0.2;
/// Gaps between two parts below this share belong to the next: a leg follows a feature on nine tenths of its length.
const GAP: f64 = 0.1;
/// Greatest number of parts of a leg.
const MOST_PARTS: usize = 3;
/// Greatest number of objects that a leg leaves on its sides.
const MOST_LEFT: usize = 3;

/// A part of a leg by chainage, with the stretch that it follows.
struct LegStretch<'s> {
    from_m: f64,
    to_m: f64,
    stretch: Option<&'s Stretch>,
}

/// Features along one sector, by chainage.
pub(super) struct Along {
    pub stretches: Vec<Stretch>,
    /// Ways and waters that the line crosses: from and to which chainage, for ways the same.
    pub crossings: Vec<(f64, f64, u32)>,
    /// Metres in waters.
    pub lake_m: f64,
    /// Summits and heights on the line.
    pub summits: Vec<(f64, Landmark)>,
    /// Objects on one side, with their rank by distance.
    pub left: Vec<(f64, usize, LeftOnSide)>,
}

/// The chosen description of a leg.
pub(super) struct Chosen {
    pub parts: Vec<ClausePart>,
    /// Whether the whole leg is straight.
    pub is_straight: bool,
    /// Whether the whole leg follows a river, so that the stream states the direction.
    pub is_river: bool,
    /// Metres along rivers.
    pub river_m: f64,
    /// The way at its end.
    pub ends_on: Option<u32>,
    /// Features that it follows without a stated territory.
    pub not_allotted: Vec<Landmark>,
}

/// The data needed to describe the legs of one sector.
pub(super) struct Legs<'a> {
    pub line: &'a DescriptionLine,
    pub path: &'a Path,
    pub around: &'a Around,
    pub along: &'a Along,
    pub rounding: Rounding,
    pub straight_m: f64,
}

impl Legs<'_> {
    /// Describes the leg between two vertices; if it has more than three parts, returns the vertex at which to cut it.
    pub(super) fn choose(&self, from: usize, to: usize, stretches: &[&Stretch]) -> Result<Chosen, usize> {
        let (start, end) = (self.path.chainage[from], self.path.chainage[to]);
        let whole = self.whole(start, end, stretches);
        let pieces = match whole {
            Some(stretch) => vec![LegStretch { from_m: start, to_m: end, stretch: Some(stretch) }],
            None if to - from > 1 => self.pieces(start, end, stretches),
            None => vec![LegStretch { from_m: start, to_m: end, stretch: None }],
        };
        if let Some(cut) = self.cut(&pieces, from, to) {
            return Err(cut);
        }
        let mut chosen = Chosen {
            parts: Vec::new(),
            is_straight: false,
            is_river: false,
            river_m: 0.0,
            ends_on: pieces.last().and_then(|piece| piece.stretch).map(|stretch| stretch.way),
            not_allotted: Vec::new(),
        };
        for piece in &pieces {
            let mut part = self.part(piece, [from, to], &mut chosen);
            self.met(piece, end, stretches, &mut part);
            chosen.parts.push(part);
        }
        let follow = |part: &ClausePart| part.follow;
        chosen.is_straight = chosen.parts.len() == 1 && follow(&chosen.parts[0]) == Some(Follow::Straight);
        chosen.is_river = chosen.parts.iter().all(|part| part.stream.is_some());
        let mut left = self.left(start, end);
        if let Some(last) = chosen.parts.last_mut() {
            left.truncate(MOST_LEFT.saturating_sub(last.leaves.len()));
            last.leaves.extend(left);
        }
        Ok(chosen)
    }

    /// The vertex at which to cut a leg with more parts than a sentence can have, or with a part below its share.
    fn cut(&self, pieces: &[LegStretch<'_>], from: usize, to: usize) -> Option<usize> {
        let least_m = PART * self.path.between_m(from, to);
        let short = pieces.iter().position(|piece| piece.to_m - piece.from_m < least_m);
        let at = match short {
            _ if pieces.len() > MOST_PARTS => pieces.len() / 2,
            Some(0) => 1,
            Some(short) => short,
            None => return None,
        };
        self.path.vertex_near(pieces.get(at)?.from_m, from, to)
    }

    /// The stretch that the whole leg follows: for nine tenths of its length for a river or road, eight for others.
    fn whole<'s>(&self, start: f64, end: f64, stretches: &[&'s Stretch]) -> Option<&'s Stretch> {
        let share = |stretch: &Stretch| (stretch.to_m.min(end) - stretch.from_m.max(start)) / (end - start);
        let kind = |stretch: &Stretch| self.around.ways[stretch.way as usize].kind;
        let enough = |stretch: &&&Stretch| {
            let least = if matches!(kind(stretch), WayKind::River | WayKind::Road) { 0.9 } else { 0.8 };
            share(stretch) >= least
        };
        let order = |a: &&&Stretch, b: &&&Stretch| {
            let on = |stretch: &Stretch| stretch.lies != Lies::On;
            (kind(a), on(a)).cmp(&(kind(b), on(b))).then(share(b).total_cmp(&share(a))).then(a.way.cmp(&b.way))
        };
        stretches.iter().filter(enough).min_by(order).copied()
    }

    /// The parts of a mixed leg; one part if no other has its share.
    fn pieces<'s>(&self, start: f64, end: f64, stretches: &[&'s Stretch]) -> Vec<LegStretch<'s>> {
        let whole = end - start;
        let kind = |stretch: &Stretch| self.around.ways[stretch.way as usize].kind;
        let mut sorted: Vec<&Stretch> = stretches.to_vec();
        sorted.sort_by(|a, b| kind(a).cmp(&kind(b)).then(a.from_m.total_cmp(&b.from_m)));
        let mut taken: Vec<LegStretch<'_>> = Vec::new();
        for stretch in sorted {
            let (from_m, to_m) = (stretch.from_m.max(start), stretch.to_m.min(end));
            let is_free =
                |other: &LegStretch<'_>| to_m.min(other.to_m) - from_m.max(other.from_m) < 0.1 * (to_m - from_m);
            if to_m - from_m >= PART * whole && taken.iter().all(is_free) {
                taken.push(LegStretch { from_m, to_m, stretch: Some(stretch) });
            }
        }
        taken.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
        let mut out: Vec<LegStretch<'_>> = Vec::new();
        let mut at = start;
        for mut piece in taken {
            if piece.from_m - at >= GAP * whole {
                out.push(LegStretch { from_m: at, to_m: piece.from_m, stretch: None });
            } else {
                piece.from_m = at;
            }
            at = piece.to_m;
            out.push(piece);
        }
        match out.last_mut() {
            Some(last) if end - at < GAP * whole => last.to_m = end,
            _ => out.push(LegStretch { from_m: at, to_m: end, stretch: None }),
        }
        // A single way below its share of the leg is not followed.
        if out.len() == 1 {
            out[0].stretch = None;
        }
        out
    }

    fn part(&self, piece: &LegStretch<'_>, [from, to]: [usize; 2], chosen: &mut Chosen) -> ClausePart {
        let Some(stretch) = piece.stretch else {
            let vertex = |chainage: f64| self.path.chainage[from..=to].partition_point(|&c| c < chainage - 1e-6) + from;
            let (a, b) = (vertex(piece.from_m).min(to), vertex(piece.to_m).min(to));
            // A path is straight if neither positions nor printed length distinguish it from the straight line.
            let detour_m = self.path.between_m(a, b) - self.path.chord_m(a, b);
            let is_straight = b <= a + 1
                || (detour_m <= self.rounding.half_unit_m() && self.path.deviation_m(a, b) <= self.straight_m);
            let follow = if is_straight { Follow::Straight } else { Follow::CoordinateList };
            return ClausePart { follow: Some(follow), ..ClausePart::default() };
        };
        let way = &self.around.ways[stretch.way as usize];
        let mut part = ClausePart { along: vec![way.landmark.clone()], ..ClausePart::default() };
        let class = way.landmark.class;
        match (way.kind, stretch.lies) {
            (WayKind::River, _) if way.is_outline => {
                part.follow = Some(Follow::Bank);
                chosen.river_m += piece.to_m - piece.from_m;
            }
            (WayKind::River, Lies::Bank(bank)) => {
                (part.follow, part.bank, part.stream) = (Some(Follow::Bank), Some(bank), Some(stretch.stream));
                chosen.river_m += piece.to_m - piece.from_m;
            }
            (WayKind::River, _) => {
                let is_canal = matches!(class, Some(LandmarkClass::Canal | LandmarkClass::Ditch));
                part.follow = Some(if is_canal { Follow::Canal } else { Follow::River });
                part.line = Some(way.line.unwrap_or(FeatureLine::Middle));
                part.stream = Some(stretch.stream);
                chosen.river_m += piece.to_m - piece.from_m;
            }
            (WayKind::Road, lies) => {
                let is_rail = class == Some(LandmarkClass::Railway);
                part.follow = Some(if is_rail { Follow::Railway } else { Follow::Road });
                if let Lies::Beside(metres) = lies {
                    part.follow = Some(Follow::Offset);
                    part.offset = Some(self.rounding.length(metres, LengthKind::Straight, false));
                }
                self.allot(stretch, &way.territory, &mut part, chosen);
            }
            (WayKind::Ridge, _) => {
                part.follow = Some(Follow::Ridge);
                let summits = &self.along.summits;
                let first = summits.partition_point(|(at, _)| *at < piece.from_m);
                let on = summits[first..].iter().take_while(|(at, _)| *at <= piece.to_m);
                part.via = on.map(|(_, one)| Via { point: None, landmark: Some(one.clone()) }).collect();
            }
            (WayKind::Parcel, _) => {
                let is_forest = class == Some(LandmarkClass::Forest);
                part.follow = Some(if is_forest { Follow::ForestEdge } else { Follow::ParcelEdge });
            }
        }
        part
    }

    /// The territory of the road: as stated by the source, else that of its side.
    fn allot(&self, stretch: &Stretch, stated: &Words, part: &mut ClausePart, chosen: &mut Chosen) {
        let by_side = stretch.hand.and_then(|hand| match hand {
            Hand::Left => self.line.left.clone(),
            Hand::Right => self.line.right.clone(),
        });
        let territory = Some(stated.clone()).filter(|words| !words.is_empty()).or(by_side);
        match territory {
            Some(territory) => {
                let what = Landmark { anaphora: true, ..Landmark::default() };
                part.leaves.push(LeftOnSide { what, territory, ..LeftOnSide::default() });
            }
            None => chosen.not_allotted.extend(part.along.first().cloned()),
        }
    }

    /// The ways that a piece crosses, in order, except the one that it follows; waters if it leaves them before the end
    /// of the leg.
    fn met(&self, piece: &LegStretch<'_>, end_m: f64, stretches: &[&Stretch], part: &mut ClausePart) {
        let crossings = &self.along.crossings;
        // A crossing at a turning point belongs to the leg that ends there.
        let first = crossings.partition_point(|(at, ..)| *at <= piece.from_m);
        let follows =
            |at: f64, way: u32| stretches.iter().any(|s| s.way == way && s.from_m - 1.0 <= at && at <= s.to_m + 1.0);
        for &(at, until, way) in crossings[first..].iter().take_while(|(at, ..)| *at <= piece.to_m) {
            if until > end_m {
                continue;
            }
            let what = &self.around.ways[way as usize].landmark;
            if !follows(at, way) && part.crosses.last().is_none_or(|last| last.what != *what) {
                part.crosses.push(ClauseCrossing { what: what.clone(), ties: Vec::new(), not: false });
            }
        }
    }

    /// The objects left on the sides of the leg, the nearest first.
    fn left(&self, start: f64, end: f64) -> Vec<LeftOnSide> {
        let all = &self.along.left;
        let first = all.partition_point(|(at, ..)| *at < start);
        let mut on: Vec<_> = all[first..].iter().take_while(|(at, ..)| *at < end).collect();
        on.sort_by_key(|(_, rank, _)| *rank);
        on.into_iter().take(MOST_LEFT).map(|(.., allotment)| allotment.clone()).collect()
    }
}
