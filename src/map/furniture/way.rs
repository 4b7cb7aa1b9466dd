//! Panel layouts: the ways to divide a sheet between the map and its panel.

use crate::map::framing::{Layout, Side};

/// The groups of texts given in every language of the plate, not only in that of the furniture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Translated {
    /// Scale, north, projection, notes and disclaimer.
    pub notes: bool,
    /// Names of routes.
    pub routes: bool,
    pub legend: bool,
}

/// A candidate layout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Way {
    pub panel: Side,
    /// Whether notes and sources are at the foot of the sheet instead of in the panel.
    pub(super) at_foot: bool,
    /// Whether the list of routes is there too.
    pub(super) routes_at_foot: bool,
    pub(super) translated: Translated,
}

impl Way {
    /// All layouts for a sheet, in the order in which they are tried: notes and sources at the foot, then also the
    /// list of routes; wider panels; finally, with the widest panel, fewer texts in every language, first without the
    /// notes.
    pub(crate) fn all(width_mm: f64, height_mm: f64) -> Vec<Way> {
        let whole = Translated { notes: true, routes: true, legend: true };
        let widths = Layout::panel_widths(width_mm, height_mm);
        let way = |panel_mm: f64, at_foot: bool, routes_at_foot: bool| {
            let panel = Side::Beside(panel_mm);
            Way { panel, at_foot, routes_at_foot, translated: whole }
        };
        let ways =
            widths.iter().flat_map(|panel_mm| [way(*panel_mm, true, false), way(*panel_mm, true, true)]).collect();
        Self::in_fewer_languages(ways)
    }

    /// The layouts under a map of the world, which is twice as wide as it is high: the panel as low as possible, notes
    /// and sources at the foot.
    pub(crate) fn under_the_world(height_mm: f64) -> Vec<Way> {
        Self::under(height_mm, Side::UnderTheWorld, &[false])
    }

    /// The layouts of an upright sheet: the panel under the map, as low as possible.
    pub(crate) fn upright(height_mm: f64) -> Vec<Way> {
        Self::under(height_mm, Side::Under, &[false, true])
    }

    fn under(height_mm: f64, panel: fn(f64) -> Side, routes_at_foot: &[bool]) -> Vec<Way> {
        let whole = Translated { notes: true, routes: true, legend: true };
        let heights = (0..).map(|i| 30.0 + 5.0 * f64::from(i)).take_while(|panel_mm| *panel_mm < height_mm * 0.6);
        let way = |panel_mm: f64, routes_at_foot: bool| Way {
            panel: panel(panel_mm),
            at_foot: true,
            routes_at_foot,
            translated: whole,
        };
        let ways = heights.flat_map(|panel_mm| routes_at_foot.iter().map(move |routes| way(panel_mm, *routes)));
        Self::in_fewer_languages(ways.collect())
    }

    /// The layouts of a sheet of an album: the same panel on every sheet, notes and sources at the foot.
    pub(crate) fn of_a_sheet(panel_mm: f64) -> Vec<Way> {
        let whole = Translated { notes: true, routes: true, legend: true };
        Self::in_fewer_languages(vec![Way {
            panel: Side::Beside(panel_mm),
            at_foot: true,
            routes_at_foot: false,
            translated: whole,
        }])
    }

    fn in_fewer_languages(mut ways: Vec<Way>) -> Vec<Way> {
        let widest = ways[ways.len() - 1];
        for (notes, routes, legend) in [(false, true, true), (false, false, true), (false, false, false)] {
            ways.push(Way { translated: Translated { notes, routes, legend }, ..widest });
        }
        ways
    }
}
