//! Graphs: a quantity along a distance, on plotters' axes over a region of the sheet.

use super::Canvas;
use super::chart::{DRAWS, INK, color};
use super::style::Rgb;
use crate::map::paper::Bounds;
use geo::Coord;
use plotters::coord::ranged1d::{AsRangedCoord, Ranged, ValueFormatter};
use plotters::prelude::{ChartBuilder, Color, IntoFont, IntoLogRange, PathElement, Rectangle, ShapeStyle};

/// Room below and to the left of a graph for its axes, in micrometres.
const AXES_UM: (i32, i32) = (10_000, 18_000);

/// A quantity by distance.
pub(crate) struct Graph<'a> {
    /// Length of the horizontal axis, from 0.
    pub length_km: f64,
    /// Ends of the vertical axis.
    pub range: (f64, f64),
    /// Whether the vertical axis is logarithmic; then its lower end must be positive.
    pub logarithmic: bool,
    /// Titles of the two axes, with units.
    pub titles: (&'a str, &'a str),
    /// Stretches of the horizontal axis that are shaded.
    pub shaded: &'a [(f64, f64)],
    /// Colour of the shading.
    pub shade: Rgb,
    /// The quantity, in order of distance.
    pub line: &'a [(f64, f64)],
}

/// The position of a graph on the sheet.
pub(crate) struct Placed {
    /// The rectangle between the axes.
    pub plot: Bounds,
    range: (f64, f64),
    length_km: f64,
    logarithmic: bool,
}

impl Placed {
    /// The position on the sheet of a distance and a quantity.
    pub(crate) fn at(&self, km: f64, quantity: f64) -> Coord {
        let scale = |v: f64| if self.logarithmic { v.max(self.range.0).ln() } else { v };
        let share = (scale(quantity) - scale(self.range.0)) / (scale(self.range.1) - scale(self.range.0));
        Coord {
            x: self.plot.x0 + self.plot.width() * km / self.length_km,
            y: self.plot.y1 - self.plot.height() * share,
        }
    }
}

impl Canvas {
    /// Draws a graph within `place`.
    pub(crate) fn graph(&self, place: Bounds, graph: &Graph) -> Placed {
        let (low, high) = graph.range;
        if graph.logarithmic {
            self.axes(place, graph, (low..high).log_scale());
        } else {
            self.axes(place, graph, low..high);
        }
        let plot = Bounds { x0: place.x0 + f64::from(AXES_UM.1), y1: place.y1 - f64::from(AXES_UM.0), ..place };
        Placed { plot, range: graph.range, length_km: graph.length_km, logarithmic: graph.logarithmic }
    }

    fn axes<Y>(&self, place: Bounds, graph: &Graph, vertical: Y)
    where
        Y: AsRangedCoord<Value = f64>,
        Y::CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>,
    {
        let um = |v: f64| v.round() as i32;
        let area = self.root.clone().shrink((um(place.x0), um(place.y0)), (um(place.width()), um(place.height())));
        let mut chart = ChartBuilder::on(&area)
            .x_label_area_size(AXES_UM.0)
            .y_label_area_size(AXES_UM.1)
            .build_cartesian_2d(0.0..graph.length_km, vertical)
            .expect(DRAWS);
        let (low, high) = graph.range;
        let shade = color(graph.shade).filled();
        let bands = graph.shaded.iter().map(|(from, to)| Rectangle::new([(*from, low), (*to, high)], shade));
        chart.draw_series(bands).expect(DRAWS);
        let thin = |width_um: u32| ShapeStyle { color: INK.to_rgba(), filled: false, stroke_width: width_um };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(ShapeStyle { stroke_width: 0, color: INK.mix(0.0), filled: false })
            .bold_line_style(ShapeStyle { stroke_width: 60, color: INK.mix(0.35), filled: false })
            .x_labels(12)
            .y_labels(7)
            .x_label_formatter(&|km| plain(*km))
            .y_label_formatter(&|quantity| plain(*quantity))
            .x_desc(graph.titles.0)
            .y_desc(graph.titles.1)
            .axis_style(thin(200))
            .set_all_tick_mark_size(1_200)
            .label_style(("DejaVu Sans", 2_300).into_font())
            .axis_desc_style(("DejaVu Sans", 2_500).into_font())
            .draw()
            .expect(DRAWS);
        chart.draw_series([PathElement::new(graph.line.to_vec(), thin(220))]).expect(DRAWS);
    }
}

/// A number of an axis, without superfluous decimals.
fn plain(number: f64) -> String {
    format!("{:.3}", number).trim_end_matches('0').trim_end_matches('.').to_owned()
}
