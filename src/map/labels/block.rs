//! A label: lines of text one above the other.

use crate::map::canvas::{Align, Sheet, Text};
use crate::map::fonts::size_within_mm;
use crate::map::paper::MM;
use geo::Coord;

/// Lines of text that stay together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    pub lines: Vec<Text>,
}

impl Block {
    pub(crate) fn width_um(&self) -> f64 {
        self.lines.iter().map(|l| l.width_mm() * MM).fold(0.0, f64::max)
    }

    pub(crate) fn height_um(&self) -> f64 {
        self.baselines().last().copied().unwrap_or(0.0)
    }

    /// The block with type and spacing scaled, each line in one of the type sizes.
    pub(crate) fn scaled(&self, factor: f64) -> Self {
        let mut block = self.clone();
        for line in &mut block.lines {
            let size_mm = size_within_mm(line.size_mm * factor);
            line.spacing_mm *= size_mm / line.size_mm;
            line.size_mm = size_mm;
        }
        block
    }

    /// The block with letters close to each other.
    pub(crate) fn tight(&self) -> Self {
        let close = |line: &Text| Text { spacing_mm: line.spacing_mm.min(line.size_mm * 0.06), ..line.clone() };
        Block { lines: self.lines.iter().map(close).collect() }
    }

    /// The block with each long line broken in two at the space nearest its middle.
    pub(crate) fn broken(&self) -> Self {
        let halves = |line: &Text| {
            let n = line.text.len();
            let spaces = line.text.match_indices(' ').map(|(i, _)| i);
            match spaces.min_by_key(|i| i.abs_diff(n / 2)).filter(|_| line.text.chars().count() > 11) {
                Some(i) => vec![
                    Text { text: line.text[..i].to_owned(), ..line.clone() },
                    Text { text: line.text[i + 1..].to_owned(), ..line.clone() },
                ],
                None => vec![line.clone()],
            }
        };
        Block { lines: self.lines.iter().flat_map(halves).collect() }
    }

    /// Draws the block centred on `centre` and rotated about it.
    pub(crate) fn draw(&self, sheet: &mut Sheet, centre: Coord, angle_deg: f64, align: Align) {
        let (sin, cos) = angle_deg.to_radians().sin_cos();
        let (width, height) = (self.width_um(), self.height_um());
        let x = (align.share() - 0.5) * width;
        for (line, baseline) in self.lines.iter().zip(self.baselines()) {
            let y = baseline - height / 2.0;
            let at = Coord { x: centre.x + x * cos - y * sin, y: centre.y + x * sin + y * cos };
            sheet.text(at, line, align, angle_deg);
        }
    }

    /// Distances from the top of the first line's capitals to each baseline.
    fn baselines(&self) -> Vec<f64> {
        let mut down = 0.0;
        let place = |(i, line): (usize, &Text)| {
            down += if i == 0 { line.cap_mm() } else { line.size_mm * 1.12 } * MM;
            down
        };
        self.lines.iter().enumerate().map(place).collect()
    }
}
