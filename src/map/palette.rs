//! Colours: soft hues for territories, distinguishable in colour blindness, and the fixed colours of the plate.

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

/// Fills, bands and inks of one kind have the same lightness and chroma (CIELAB: 92.5 and 9.5, 76 and 31, 36 and 28);
/// they differ only in hue, and in equal measure from the neutral one, which has no chroma. No territory is emphasised
/// by its colour.
impl Hue {
    const CHOICE: [Hue; 8] =
        [Hue::Apricot, Hue::Jade, Hue::Mauve, Hue::Straw, Hue::Brick, Hue::Slate, Hue::Olive, Hue::Rose];

    pub(crate) const fn fill(self) -> Rgb {
        match self {
            Hue::Apricot => 0xf6e7d8,
            Hue::Jade => 0xdaeee2,
            Hue::Mauve => 0xf4e5f4,
            Hue::Straw => 0xedead8,
            Hue::Brick => 0xfde4df,
            Hue::Slate => 0xe3e9fb,
            Hue::Olive => 0xe6ecda,
            Hue::Rose => 0xfce3e9,
            Hue::Neutral => 0xebebeb,
        }
    }

    pub(crate) const fn band(self) -> Rgb {
        match self {
            Hue::Apricot => 0xdeb485,
            Hue::Jade => 0x87caa6,
            Hue::Mauve => 0xdcacdc,
            Hue::Straw => 0xc1be84,
            Hue::Brick => 0xf3a99d,
            Hue::Slate => 0xa8baf3,
            Hue::Olive => 0xadc38b,
            Hue::Rose => 0xf2a6bc,
            Hue::Neutral => 0xc4c4c4,
        }
    }

    pub(crate) const fn ink(self) -> Rgb {
        match self {
            Hue::Apricot => 0x6e4f2a,
            Hue::Jade => 0x265f43,
            Hue::Mauve => 0x6d486f,
            Hue::Straw => 0x575728,
            Hue::Brick => 0x7d453c,
            Hue::Slate => 0x415481,
            Hue::Olive => 0x4a5a2d,
            Hue::Rose => 0x7d4256,
            Hue::Neutral => 0x636363,
        }
    }
}

/// Assigns a hue to every territory: the fixed ones as given, the others so that neighbours differ.
///
/// Smallest-last ordering (Matula and Beck 1983): the territory with the fewest remaining neighbours is removed, and
/// hues are assigned in reverse order. For territories in one piece each (a planar graph) at most five neighbours
/// remain at every step, so that six hues suffice; two more serve territories in several pieces. As many territories as
/// there are hues differ from one another, neighbours or not.
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
    let are_few = ids.len() <= Hue::CHOICE.len();
    for id in taken_off.into_iter().rev() {
        let near: Box<dyn Iterator<Item = &String>> = if are_few { Box::new(ids.iter()) } else { Box::new(near(id)) };
        let taken: BTreeSet<Hue> = near.filter_map(|n| chosen.get(n).copied()).collect();
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
        assert_eq!(hues.values().collect::<BTreeSet<_>>().len(), ids.len(), "few territories: {hues:?}");
    }

    /// CIELAB of a colour (CIE 15:2004), white point D65.
    fn lab(rgb: Rgb) -> [f64; 3] {
        let linear = [16, 8, 0]
            .map(|shift| f64::from(rgb >> shift & 0xff) / 255.0)
            .map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        let row = |m: [f64; 3]| m.iter().zip(linear).map(|(a, b)| a * b).sum::<f64>();
        let x = row([0.4124564, 0.3575761, 0.1804375]) / 0.95047;
        let y = row([0.2126729, 0.7151522, 0.0721750]);
        let z = row([0.0193339, 0.1191920, 0.9503041]) / 1.08883;
        let f = |t: f64| if t > (6.0f64 / 29.0).powi(3) { t.cbrt() } else { t * 841.0 / 108.0 + 4.0 / 29.0 };
        [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
    }

    #[test]
    fn no_hue_is_stronger_or_nearer_to_the_neutral_one_than_another() {
        for (kind, of) in [("fill", Hue::fill as fn(Hue) -> Rgb), ("band", Hue::band), ("ink", Hue::ink)] {
            let neutral = lab(of(Hue::Neutral));
            let chroma = |hue: Hue| lab(of(hue))[1].hypot(lab(of(hue))[2]);
            let apart = |hue: Hue| lab(of(hue)).iter().zip(neutral).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
            for (what, values) in
                [("chroma", Hue::CHOICE.map(chroma)), ("distance from the neutral hue", Hue::CHOICE.map(apart))]
            {
                let (least, most) =
                    (values.into_iter().fold(f64::MAX, f64::min), values.into_iter().fold(0.0, f64::max));
                assert!(most / least < 1.05, "{what} of {kind}: {values:?}");
            }
            // CIELAB against published values: sRGB red is 53.24, 80.09, 67.20.
            let red = lab(0xff0000);
            assert!((red[0] - 53.24).abs() < 0.02 && (red[1] - 80.09).abs() < 0.02 && (red[2] - 67.20).abs() < 0.02);
        }
    }
}
