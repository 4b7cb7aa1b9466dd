//! Graphic styles: strokes, fills and text.

use crate::map::fonts::{CAP_HEIGHT, Face, POINT_MM, nearest_size_pt, size_within_mm};
use crate::model::sanitize;

/// A colour as 0xRRGGBB.
pub(crate) type Rgb = u32;

/// Style of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub color: Rgb,
    pub width_mm: f64,
    pub opacity: f64,
    pub dash_mm: Dash,
    /// Round line ends; otherwise flat.
    pub round: bool,
}

/// Lengths of dashes and gaps in millimetres, alternating; none for a solid line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dash {
    lengths: [f64; 8],
    count: usize,
}

impl Dash {
    /// The first eight of the given lengths.
    pub(crate) const fn of(given: &[f64]) -> Self {
        let mut dash = Dash { lengths: [0.0; 8], count: 0 };
        while dash.count < given.len() && dash.count < dash.lengths.len() {
            dash.lengths[dash.count] = given[dash.count];
            dash.count += 1;
        }
        dash
    }
}

impl std::ops::Deref for Dash {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.lengths[..self.count]
    }
}

impl Stroke {
    pub(crate) const fn new(color: Rgb, width_mm: f64) -> Self {
        Stroke { color, width_mm, opacity: 1.0, dash_mm: Dash::of(&[]), round: true }
    }

    pub(crate) const fn dashed(mut self, dash_mm: &[f64]) -> Self {
        self.dash_mm = Dash::of(dash_mm);
        self.round = false;
        self
    }

    pub(crate) const fn dotted(mut self, dash_mm: &[f64]) -> Self {
        self.dash_mm = Dash::of(dash_mm);
        self
    }

    pub(crate) const fn flat(mut self) -> Self {
        self.round = false;
        self
    }

    /// The stroke scaled down: thinner, with shorter dashes.
    pub(crate) fn finer(mut self, share: f64) -> Self {
        self.width_mm *= share;
        self.dash_mm.lengths.iter_mut().for_each(|length| *length *= share);
        self
    }

    pub(crate) const fn opacity(mut self, opacity: f64) -> Self {
        self.opacity = opacity;
        self
    }
}

/// A line of text with its style.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub text: String,
    pub face: Face,
    pub size_mm: f64,
    pub color: Rgb,
    /// Halo: colour and width beyond the outline, in millimetres.
    pub halo: Option<(Rgb, f64)>,
    pub spacing_mm: f64,
    /// Language code (BCP 47), if known.
    pub lang: Option<String>,
}

impl Text {
    /// A text in the type size nearest to the wanted one.
    pub(crate) fn new(text: impl Into<String>, size_pt: f64) -> Self {
        Text {
            text: sanitize(&text.into()).into_owned(),
            face: Face::Regular,
            size_mm: nearest_size_pt(size_pt) * POINT_MM,
            color: 0x1a1a1a,
            halo: None,
            spacing_mm: 0.0,
            lang: None,
        }
    }

    pub(crate) fn face(mut self, face: Face) -> Self {
        self.face = face;
        self
    }

    pub(crate) fn bold(self) -> Self {
        self.face(Face::Bold)
    }

    pub(crate) fn color(mut self, color: Rgb) -> Self {
        self.color = color;
        self
    }

    pub(crate) fn halo(mut self, color: Rgb, width_mm: f64) -> Self {
        self.halo = Some((color, width_mm));
        self
    }

    pub(crate) fn spacing(mut self, spacing_mm: f64) -> Self {
        self.spacing_mm = spacing_mm;
        self
    }

    /// Takes a smaller type size if the text is wider than `width_mm`, down to the smallest.
    pub(crate) fn within(mut self, width_mm: f64) -> Self {
        self.size_mm = size_within_mm(self.size_mm * (width_mm / self.width_mm()).min(1.0));
        self
    }

    pub(crate) fn lang(mut self, lang: &str) -> Self {
        self.lang = Some(lang.to_owned());
        self
    }

    pub(crate) fn width_mm(&self) -> f64 {
        self.face.width_mm(&self.text, self.size_mm, self.spacing_mm)
    }

    pub(crate) fn cap_mm(&self) -> f64 {
        CAP_HEIGHT * self.size_mm
    }
}

/// The point of a text's baseline that is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Middle,
    End,
}

impl Align {
    /// The share of the width before the given point.
    pub(crate) fn share(self) -> f64 {
        match self {
            Align::Start => 0.0,
            Align::Middle => 0.5,
            Align::End => 1.0,
        }
    }
}
