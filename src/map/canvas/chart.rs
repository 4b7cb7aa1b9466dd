//! Charts: plotters' axes over a region of the sheet.

use super::Canvas;
use super::style::Rgb;
use crate::map::paper::Bounds;
use plotters::prelude::{ChartBuilder, Color, IntoFont, RGBColor, Rectangle, ShapeStyle};

/// The message for errors of plotters; drawing on a sheet returns none.
pub(super) const DRAWS: &str = "drawing on a sheet cannot fail";
/// The ink of axes.
pub(super) const INK: RGBColor = RGBColor(0x1a, 0x1a, 0x1a);

/// Converts a colour to plotters' type.
pub(super) fn color(rgb: Rgb) -> RGBColor {
    let channel = |shift: u32| (rgb >> shift & 0xff) as u8;
    RGBColor(channel(16), channel(8), channel(0))
}

impl Canvas {
    /// A strip of coloured bands over an axis from 0 to `length_km`; each band is its start, its end and its colour.
    /// Returns the rectangle that the bands fill.
    pub(crate) fn strip(&self, place: Bounds, length_km: f64, bands: &[(f64, f64, Rgb)]) -> Bounds {
        let um = |v: f64| v.round() as i32;
        let axis_um = 7_000;
        let area = self.root.clone().shrink((um(place.x0), um(place.y0)), (um(place.width()), um(place.height())));
        let mut chart = ChartBuilder::on(&area)
            .x_label_area_size(axis_um)
            .build_cartesian_2d(0.0..length_km, 0.0..1.0)
            .expect(DRAWS);
        let rectangle =
            |(from, to, rgb): &(f64, f64, Rgb)| Rectangle::new([(*from, 0.0), (*to, 1.0)], color(*rgb).filled());
        chart.draw_series(bands.iter().map(rectangle)).expect(DRAWS);
        chart
            .configure_mesh()
            .disable_mesh()
            .disable_y_axis()
            .x_labels(10)
            .x_label_formatter(&|km| format!("{km:.0}"))
            .axis_style(ShapeStyle { color: INK.to_rgba(), filled: false, stroke_width: 200 })
            .set_all_tick_mark_size(1_200)
            .label_style(("DejaVu Sans", 2_300).into_font())
            .draw()
            .expect(DRAWS);
        Bounds { y1: place.y1 - f64::from(axis_um), ..place }
    }
}
