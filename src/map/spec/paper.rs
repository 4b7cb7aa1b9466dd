use serde::Deserialize;

/// The paper: a standard size, or width and height in millimetres.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paper {
    /// Standard size; A4 if absent.
    pub size: PaperSize,
    /// Orientation of the paper.
    pub orientation: Orientation,
    /// Width in millimetres, instead of a standard size.
    pub width_mm: Option<f64>,
    /// Height in millimetres, instead of a standard size.
    pub height_mm: Option<f64>,
}

/// Sizes of ISO 216.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum PaperSize {
    /// 841 × 1189 mm.
    A0,
    /// 594 × 841 mm.
    A1,
    /// 420 × 594 mm.
    A2,
    /// 297 × 420 mm.
    A3,
    /// 210 × 297 mm.
    #[default]
    A4,
}

/// Orientation of the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// The long side is horizontal.
    #[default]
    Landscape,
    /// The short side is horizontal.
    Portrait,
}

/// Area of A3 in square millimetres, and the smallest share of its type: on A4 the smallest type has 5 points.
const A3_MM2: f64 = 297.0 * 420.0;
const LEAST_SHARE: f64 = 5.0 / 6.0;

impl Paper {
    /// Size of type and furniture as a share of that on A3: the square root of the area, so that a wall map can be
    /// read from
    /// farther away; not less than five sixths.
    pub(crate) fn enlargement(&self) -> f64 {
        let (width_mm, height_mm) = self.size_mm();
        (width_mm * height_mm / A3_MM2).sqrt().max(LEAST_SHARE)
    }

    /// Width and height in millimetres.
    pub fn size_mm(&self) -> (f64, f64) {
        let (short, long) = match self.size {
            PaperSize::A0 => (841.0, 1189.0),
            PaperSize::A1 => (594.0, 841.0),
            PaperSize::A2 => (420.0, 594.0),
            PaperSize::A3 => (297.0, 420.0),
            PaperSize::A4 => (210.0, 297.0),
        };
        let (width, height) = match self.orientation {
            Orientation::Landscape => (long, short),
            Orientation::Portrait => (short, long),
        };
        (self.width_mm.unwrap_or(width), self.height_mm.unwrap_or(height))
    }
}
