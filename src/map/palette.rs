//! Colours: soft hues for territories that also the colour-blind tell apart, and the fixed colours of the plate.

use super::canvas::Rgb;
pub use crate::model::Hue;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const INK: Rgb = 0x1a1a1a;
pub(crate) const GREY_INK: Rgb = 0x4d4d4d;
pub(crate) const PAPER: Rgb = 0xffffff;
pub(crate) const WATER: Rgb = 0xcde4f1;
pub(crate) const SHORE: Rgb = 0x4f93ba;
pub(crate) const WATER_INK: Rgb = 0x24608a;
pub(crate) const GRID: Rgb = 0x6f8296;
pub(crate) const ALERT: Rgb = 0xb3122f;
pub(crate) const PROPOSAL: Rgb = 0x8a1a7a;

impl Hue {
    const CHOICE: [Hue; 8] =
        [Hue::Apricot, Hue::Jade, Hue::Mauve, Hue::Straw, Hue::Brick, Hue::Slate, Hue::Olive, Hue::Rose];

    pub(crate) const fn fill(self) -> Rgb {
        match self {
            Hue::Apricot => 0xfcedd2,
            Hue::Jade => 0xe2f1e6,
            Hue::Mauve => 0xf1e5f0,
            Hue::Straw => 0xf7f3cb,
            Hue::Brick => 0xf9dfd6,
            Hue::Slate => 0xe4e4ee,
            Hue::Olive => 0xe9ebcf,
            Hue::Rose => 0xfbe3ea,
            Hue::Neutral => 0xf1ede4,
        }
    }

    pub(crate) const fn band(self) -> Rgb {
        match self {
            Hue::Apricot => 0xf2c37f,
            Hue::Jade => 0x97cfae,
            Hue::Mauve => 0xcfa6cb,
            Hue::Straw => 0xdccd62,
            Hue::Brick => 0xe59c85,
            Hue::Slate => 0xa9a9c9,
            Hue::Olive => 0xb9be7e,
            Hue::Rose => 0xe6a3b8,
            Hue::Neutral => 0xd3ccbd,
        }
    }

    pub(crate) const fn ink(self) -> Rgb {
        match self {
            Hue::Apricot => 0x7a4a12,
            Hue::Jade => 0x1f5c44,
            Hue::Mauve => 0x6d3a6b,
            Hue::Straw => 0x5e5610,
            Hue::Brick => 0x84351f,
            Hue::Slate => 0x44446e,
            Hue::Olive => 0x4c5218,
            Hue::Rose => 0x7d2c48,
            Hue::Neutral => 0x6b655a,
        }
    }
}

/// A hue for every territory: the fixed ones as given, the others so that neighbours differ.
///
/// Smallest-last order (Matula and Beck 1983): whoever has the fewest neighbours left is taken off, and hues are given
/// in the opposite order. Territories in one piece each have at most five neighbours left at every step, so that six
/// hues do; two more serve those in several pieces.
pub(crate) fn hues(
    ids: &[String],
    neighbours: &BTreeSet<(String, String)>,
    fixed: &BTreeMap<String, Hue>,
) -> BTreeMap<String, Hue> {
    let mut near: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (a, b) in neighbours {
        near.entry(a).or_default().insert(b);
        near.entry(b).or_default().insert(a);
    }
    let near = |id: &String| near.get(id).into_iter().flatten().copied();
    let mut chosen: BTreeMap<String, Hue> =
        ids.iter().filter_map(|id| fixed.get(id).map(|hue| (id.clone(), *hue))).collect();
    let mut count: BTreeMap<&String, usize> =
        ids.iter().filter(|id| !chosen.contains_key(*id)).map(|id| (id, near(id).count())).collect();
    let mut left: BTreeSet<(usize, &String)> = count.iter().map(|(id, n)| (*n, *id)).collect();
    let mut taken_off = Vec::with_capacity(left.len());
    while let Some((_, next)) = left.pop_first() {
        taken_off.push(next);
        for other in near(next) {
            if let Some(n) = count.get_mut(other)
                && left.remove(&(*n, other))
            {
                *n -= 1;
                left.insert((*n, other));
            }
        }
    }
    for id in taken_off.into_iter().rev() {
        let taken: BTreeSet<Hue> = near(id).filter_map(|n| chosen.get(n).copied()).collect();
        let free = Hue::CHOICE.into_iter().find(|hue| !taken.contains(hue));
        chosen.insert(id.clone(), free.unwrap_or(Hue::Neutral));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_never_share_a_hue() {
        let ids: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).into();
        let pairs = [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("b", "d"), ("a", "e")];
        let pairs: BTreeSet<_> = pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        let fixed = BTreeMap::from([("c".to_owned(), Hue::Apricot)]);
        let hues = hues(&ids, &pairs, &fixed);
        assert_eq!(hues["c"], Hue::Apricot);
        assert!(pairs.iter().all(|(a, b)| hues[a] != hues[b]), "{hues:?}");
    }
}
