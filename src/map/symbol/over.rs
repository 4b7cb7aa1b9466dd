//! Styles that override the line language: those of the specification, and the hue and dash of each claimant.

use crate::map::canvas::{Dash, Rgb, Stroke};
use crate::map::palette::{ALERT, Hue};
use crate::map::spec::{MarkKind, StyleSpec, Texts};

/// Differences of a symbol from the line language.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Over {
    /// Suffix of the symbol's name in the SVG.
    pub id: String,
    pub color: Option<Rgb>,
    pub width_um: Option<u32>,
    pub dash_um: Option<Vec<u32>>,
    pub mark: Option<MarkKind>,
    /// Text of the legend instead of the standard one, by language.
    pub legend: Texts,
    /// Addition in the legend: the claimant or proposer.
    pub by: Option<String>,
    /// Colour of the tint on the claimant's side.
    pub tint: Option<Rgb>,
}

impl Over {
    /// The style at an index of a layer's list.
    pub(crate) fn of(style: &StyleSpec, layer: &str, place: usize) -> Self {
        let um = |mm: f64| (mm * 1000.0).round() as u32;
        Over {
            id: format!("{}-{}", slug(layer), place + 1),
            color: style.rgb(),
            width_um: style.width_mm.map(um),
            dash_um: style.dash_mm.as_ref().map(|dash| dash.iter().copied().map(um).collect()),
            mark: style.mark,
            legend: style.legend.clone(),
            ..Over::default()
        }
    }

    /// The symbol of a claimant: each has a hue and dash of its own.
    pub(crate) fn claim(claimant: &str, place: usize) -> Self {
        const LOOKS: [(Rgb, &[u32], MarkKind, Rgb); 4] = [
            (ALERT, &[2400, 1800], MarkKind::Cross, 0xf3c9cf),
            (0x1f4e9e, &[1200, 600, 1200, 1800], MarkKind::Tick, 0xccd8ee),
            (0x2f6b1e, &[4000, 1200], MarkKind::None, 0xd2e6cb),
            (0x8a5a00, &[700, 500, 2600, 1600], MarkKind::None, 0xf0e0c0),
        ];
        let (color, dash, mark, tint) = LOOKS[place % LOOKS.len()];
        Over {
            id: format!("claim-{}", slug(claimant)),
            color: Some(color),
            dash_um: Some(dash.to_vec()),
            mark: Some(mark),
            by: Some(claimant.to_owned()),
            tint: Some(tint),
            ..Over::default()
        }
    }

    /// The symbol of a proposal, with its proposer.
    pub(crate) fn proposed_by(proposer: &str) -> Self {
        Over { id: format!("by-{}", slug(proposer)), by: Some(proposer.to_owned()), ..Over::default() }
    }

    /// A stroke modified by this style.
    pub(crate) fn on(&self, mut stroke: Stroke) -> Stroke {
        if let Some(color) = self.color {
            stroke.color = color;
        }
        if let Some(width) = self.width_um {
            stroke.width_mm = f64::from(width) / 1000.0;
        }
        if let Some(dash) = &self.dash_um {
            let lengths: Vec<f64> = dash.iter().map(|um| f64::from(*um) / 1000.0).collect();
            stroke.dash_mm = Dash::of(&lengths);
            // A dash of zero length is a dot, visible only with round ends.
            stroke.round = lengths.is_empty() || lengths.iter().step_by(2).all(|d| *d == 0.0);
        }
        stroke
    }
}

/// The hue from styles of a layer for territories of a kind.
pub(crate) fn hue(styles: &[StyleSpec], status: &str, kind: Option<&str>) -> Option<Hue> {
    styles.iter().find(|style| style.fits(status, kind)).and_then(|style| style.hue)
}

/// Letters and digits of a text, joined by hyphens.
fn slug(text: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    text.chars().take(32).map(letter).collect()
}
