//! The north arrow: grid north upwards, true north beside it, and the angle between them.

use crate::map::canvas::{Align, Sheet, Stroke, Text};
use crate::map::palette::{INK, PAPER};
use crate::map::paper::{MM, mm};
use geo::Coord;

/// Draws the arrow for a convergence in degrees, with its base at (`x_mm`, `y_mm`) and a height of `height_mm`.
pub(crate) fn arrow(sheet: &mut Sheet, convergence: f64, x_mm: f64, y_mm: f64, height_mm: f64) {
    let foot = mm(x_mm, y_mm);
    // Grid north is up; true north lies the convergence anticlockwise of it. The drawn angle is exaggerated when small.
    let up = |angle_deg: f64, reach: f64, side: f64| {
        let (sin, cos) = angle_deg.to_radians().sin_cos();
        foot + Coord { x: (side * cos + reach * sin) * MM, y: (side * sin - reach * cos) * MM }
    };
    sheet.open("north");
    let drawn =
        if convergence.abs() < 0.005 { 0.0 } else { -convergence.signum() * convergence.abs().clamp(5.0, 30.0) };
    let h = height_mm;
    sheet.fill(&[vec![up(drawn, h, 0.0), up(drawn, h * 0.55, 1.3), up(drawn, h * 0.64, 0.0)]], INK);
    let left = vec![up(drawn, h, 0.0), up(drawn, h * 0.55, -1.3), up(drawn, h * 0.64, 0.0), up(drawn, h, 0.0)];
    sheet.fill(std::slice::from_ref(&left), PAPER);
    sheet.stroke(&[left, vec![foot, up(drawn, h * 0.64, 0.0)]], &Stroke::new(INK, 0.18));
    sheet.text(up(drawn, h + 1.0, 0.0), &Text::new("N", 7.0).bold(), Align::Middle, drawn);
    if drawn != 0.0 {
        sheet.stroke(&[vec![foot, up(0.0, h * 0.92, 0.0)]], &Stroke::new(INK, 0.15).dashed(&[0.8, 0.5]));
    }
    sheet.close();
}
